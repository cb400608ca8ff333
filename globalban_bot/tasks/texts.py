"""The texts of notices, with those that a page on the wiki of the requests replaces."""

from __future__ import annotations

from collections.abc import Callable

from globalban_bot.errors import UserError
from globalban_bot.gather.accounts import Accounts
from globalban_bot.gather.pages_now import read_revisions
from globalban_bot.gather.questions import Questions
from globalban_bot.i18n.notice_override import with_override
from globalban_bot.i18n.notices import NoticeTexts
from globalban_bot.model.account import Account, GroupHeld
from globalban_bot.profiles.loader import NoticeSettings


def texts_of(
    texts: NoticeTexts,
    wikis: Questions,
    accounts: Accounts,
    settings: NoticeSettings,
    show: Callable[[str], None],
) -> NoticeTexts:
    """Return the texts with the last good revision of the page: well formed, and saved by somebody trusted.

    :param texts: those that come with the package
    :param show: is told what is wrong with newer revisions
    :raises WikiError: the wiki does not tell
    """
    for revision in reversed(read_revisions(wikis, settings.texts_page)):
        if revision.user is None or not _is_trusted(accounts, revision.user, settings):
            show(f'{settings.texts_page}: revision {revision.id} is by nobody who may set texts; left aside')
            continue
        try:
            return with_override(texts, revision.text or '', revision.user)
        except UserError as error:
            show(f'{settings.texts_page}: revision {revision.id}: {error}; left aside')
    return texts


def _is_trusted(accounts: Accounts, name: str, settings: NoticeSettings) -> bool:
    """Tell whether an account is an administrator of the wiki or a steward now."""
    account = accounts.account(name)
    if not isinstance(account, Account):
        return False
    held = (accounts.group(account, group) for group in sorted(settings.settlers))
    return any(isinstance(one, GroupHeld) and one.since is not None for one in held)
