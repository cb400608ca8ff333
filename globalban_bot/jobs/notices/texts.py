"""The texts of notices, with those that a page on the wiki of the requests replaces."""

from __future__ import annotations

from collections.abc import Callable

from globalban_bot.gather.accounts import Accounts
from globalban_bot.gather.json_page import JsonPage, newest_good, read_newest
from globalban_bot.i18n.notice_override import LONGEST_PAGE, with_override
from globalban_bot.i18n.notices import NoticeTexts
from globalban_bot.model.account import Account, GroupHeld
from globalban_bot.profiles.loader import NoticeSettings
from globalban_bot.wiki.answers import Queries


def texts_of(
    texts: NoticeTexts,
    wikis: Queries,
    accounts: Accounts,
    settings: NoticeSettings,
    bot: str,
    show: Callable[[str], None],
) -> NoticeTexts:
    """Return the texts with the last good revision of the page: well formed, and saved by somebody trusted.

    :param texts: those that come with the package
    :param bot: name of the bot's account, which has made the page with nothing in it
    :param show: is told what is wrong with newer revisions
    :raises WikiError: the wiki does not tell
    """
    page = JsonPage(
        settings.texts_page,
        LONGEST_PAGE,
        trusted=lambda name: name == bot or _is_trusted(accounts, name, settings),
        parse=lambda text, saved_by: with_override(texts, text, saved_by),
    )
    counted = newest_good(wikis, page, read_newest(wikis, [page.title])[page.title])
    for problem in counted.aside:
        show(f'{page.title}: {problem}; left aside')
    return texts if counted.value is None else counted.value


def _is_trusted(accounts: Accounts, name: str, settings: NoticeSettings) -> bool:
    """Tell whether an account is an administrator of the wiki or a steward now."""
    account = accounts.account(name)
    if not isinstance(account, Account):
        return False
    held = (accounts.group(account, group) for group in sorted(settings.text_editors))
    return any(isinstance(one, GroupHeld) and one.since is not None for one in held)
