"""Take the bot off a wiki: which pages setup and the bot have made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from globalban_bot.act.delete_pages import going, kit_going
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.kit import Removal
from globalban_bot.model.owned import CurrentPage
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.kit import kit_pages

States = Mapping[str, CurrentPage]
#: Stands in titles of the profile for a page id, or for a language code.
_NUMBER = re.compile(r'\\\{(?:page_id|talk_id|number)\\\}')
_LANGUAGE = re.compile(r'\\\{language\\\}')


@dataclass(frozen=True)
class Titles:
    """The titles of all pages that setup or the bot makes.

    :param kit: titles of the page kit, the stop page first
    :param own: forms of titles of the pages that the bot keeps, with ``{page_id}`` or ``{talk_id}``
    """

    kit: tuple[str, ...]
    own: tuple[str, ...]

    @property
    def roots(self) -> tuple[str, ...]:
        """The pages below which all of them are."""
        return tuple(dict.fromkeys(root_of(title) for title in (*self.kit, *self.own)))


def root_of(title: str) -> str:
    """Return the page of which a page is a subpage, at whatever depth."""
    return title.partition('/')[0]


def titles_of(profile: Profile) -> Titles:
    """Return the titles of all pages that setup or the bot makes on a wiki."""
    return Titles(
        tuple(page.title for page in kit_pages(profile, Messages(), styled=True)), tuple(_own(profile))
    )


def _own(profile: Profile) -> Iterator[str]:
    notices = profile.notices
    yield from (profile.board_page, profile.log_page, profile.box_page)
    if notices is not None:
        yield from (notices.plan_page, notices.result_page, notices.list_page, notices.text_page)
        yield notices.why_page
    if profile.commands is not None:
        yield profile.commands.answers
    if profile.settings is not None:
        yield profile.settings.in_force


def plan_removal(
    titles: Titles,
    names: Mapping[str, str],
    existing: Iterable[str],
    states: Callable[[list[str]], States],
    bot: str,
) -> Removal:
    """Plan which pages go; the stop page first: without it, no run of the bot makes another one meanwhile.

    :param names: how the wiki itself writes the roots
    :param existing: titles of all pages below the roots
    :param states: reads how pages stand
    :param bot: name of the bot's account
    """

    def here(title: str) -> str:
        root = root_of(title)
        return names[root] + title.removeprefix(root)

    there = set(existing)
    kit = [title for title in map(here, titles.kit) if title in there]
    form = re.compile('|'.join(_form(here(title)) for title in titles.own))
    own = sorted(title for title in there.difference(kit) if form.fullmatch(title))
    read = states([*kit, *own])
    return Removal(
        (*(kit_going(read[title], bot) for title in kit), *(going(read[title], bot) for title in own)),
        tuple(sorted(there.difference(kit, own))),
    )


def _form(title: str) -> str:
    return _LANGUAGE.sub(r'[a-z][a-z0-9-]*', _NUMBER.sub(r'[0-9]+', re.escape(title)))
