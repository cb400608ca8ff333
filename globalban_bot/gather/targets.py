"""Where the communities on which an account has edited can be told, and where its holder.

A wiki that can be told takes one request here, however many accounts edited there and however many titles
come into question; one that cannot takes none. To find what stands there already takes one more, or a few
(:mod:`globalban_bot.gather.coverage`). A wiki that is silent costs at most two.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from globalban_bot.errors import WikiError
from globalban_bot.gather.pumps import Pumps
from globalban_bot.gather.titles import is_title
from globalban_bot.model.account import Account, LocalAccount
from globalban_bot.model.target import Lack, Target, Via, WikiState
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import (
    OddValueError,
    flag_at,
    mapping_at,
    mappings_at,
    number_at,
    optional_mappings,
    text_at,
)
from globalban_bot.wiki.queries import Queries

_log = logging.getLogger(__name__)
_QUESTION = {'redirects': '1', 'prop': 'info', 'inprop': 'protection'}
#: Redirects behind each other; MediaWiki itself makes none of more than one.
_MOST_STEPS = 5
#: Of a wiki whose language is not known.
_PLAIN = 'en'
_Answer = Mapping[str, Any]


def targets_of(
    accounts: Iterable[Account],
    states: Mapping[str, WikiState],
    pumps: Pumps,
    wikis: Queries,
    check_stop: Callable[[], None] = lambda: None,
) -> tuple[Target, ...]:
    """Return the pages of all communities where one of the accounts has edited, each wiki once, by its name.

    :param accounts: of all subjects
    :param states: the wikis of the farm, by database name
    :param check_stop: called before each wiki; raises ``Stopped``
    """
    edited = {local.wiki: local for account in accounts for local in account.edited}
    found: list[Target] = []
    for wiki in sorted(edited):
        check_stop()
        found.append(_pump(_plain(edited[wiki], states), pumps, wikis))
    return tuple(found)


def subject_pages(account: Account, states: Mapping[str, WikiState], home: str) -> tuple[Target, ...]:
    """Return the talk pages of an account where it has edited, that on the wiki of the requests first.

    Nothing is asked: such a page can be written to before it exists. Its namespace has this name everywhere.

    :param home: database name of the wiki of the requests
    """
    found = [_plain(local, states) for local in account.edited]
    found.sort(key=lambda target: (target.wiki != home, target.wiki))
    return tuple(_with_page(target, f'User talk:{account.name}', Via.USER_TALK) for target in found)


def _with_page(target: Target, page: str, via: Via) -> Target:
    if target.lack is not None:
        return target
    if not is_title(page):
        return replace(target, lack=Lack.NO_PAGE)
    return replace(target, page=page, via=via, names=(page,))


def _plain(local: LocalAccount, states: Mapping[str, WikiState]) -> Target:
    """Return the wiki without its page, with what it lacks by the list of wikis."""
    state = states.get(local.wiki) or WikiState(local.wiki, local.url, _PLAIN, Lack.NOT_LISTED)
    return Target(state.wiki, state.url, state.language, lack=state.lack)


def _pump(target: Target, pumps: Pumps, wikis: Queries) -> Target:
    candidates = pumps.candidates(target.wiki)
    if target.lack is not None:
        return target
    if not candidates:
        return replace(target, lack=Lack.NO_PAGE)
    titles = '|'.join(dict.fromkeys(title for title, _ in candidates))
    try:
        with understood(target.url):
            parts = wikis.query(target.url, titles=titles, **_QUESTION)
            return resolved(target, candidates, [mapping_at(part, 'query') for part in parts])
    except WikiError as error:
        _log.warning('%s: the village pump is not known (%s)', target.wiki, error)
    return replace(target, lack=Lack.UNREACHABLE)


def resolved(target: Target, candidates: Sequence[tuple[str, Via]], queries: Sequence[_Answer]) -> Target:
    """Return the wiki with its page: the first candidate that exists, by what ``prop=info`` answers.

    :param target: the wiki without its page
    :param candidates: titles as they were asked for, the best one first
    :param queries: the parts of the answer
    :raises OddValueError: the answer does not tell of each title
    """
    known = _Pages.of(queries)
    for title, _ in candidates:
        known.check_told(title)
    found = [(known.page(title), via, known.name(title)) for title, via in candidates]
    page, via = next(((page, via) for page, via, _ in found if page is not None), (None, None))
    if page is None:
        return replace(target, lack=Lack.NO_PAGE)
    names = tuple(dict.fromkeys(name for other, _, name in found if other == page and is_title(name)))
    if text_at(page, 'contentmodel') != 'wikitext':
        return replace(target, lack=Lack.OTHER_MODEL, names=names)
    return replace(target, page=page['title'], via=via, names=names, protected=_protected(page))


@dataclass(frozen=True)
class _Pages:
    """An answer on titles.

    :param written: titles as MediaWiki writes them, by what was asked for
    :param redirects: where redirects lead
    :param pages: pages that exist, by title
    :param told: titles of all pages, those that are missing too
    """

    written: Mapping[str, str]
    redirects: Mapping[str, str]
    pages: Mapping[str, _Answer]
    told: frozenset[str]

    @classmethod
    def of(cls, queries: Sequence[_Answer]) -> _Pages:
        """Read the parts of an answer."""
        pages: dict[str, _Answer] = {}
        told: set[str] = set()
        for page in _lines(queries, 'pages'):
            title = text_at(page, 'title')
            told.add(title)
            if _exists(page):
                # A later part tells more of the same page.
                pages[title] = {**pages.get(title, {}), **page}
        told |= {text_at(line, 'title') for line in _lines(queries, 'interwiki')}
        return cls(_ends(queries, 'normalized'), _ends(queries, 'redirects'), pages, frozenset(told))

    def check_told(self, title: str) -> None:
        """Return if the answer tells of a title: otherwise a page would be taken for missing.

        :raises OddValueError: it does not
        """
        name = self.name(title)
        if name not in self.told and name not in self.redirects:
            raise OddValueError(['pages'], 'lacks a title that was asked for')

    def name(self, title: str) -> str:
        """Return a title as MediaWiki writes it."""
        return self.written.get(title, title)

    def page(self, title: str) -> _Answer | None:
        """Return the page that a title leads to; None where there is none, or where it is on another wiki."""
        last = self.name(title)
        for _ in range(_MOST_STEPS):
            if last not in self.redirects:
                return self.pages.get(last)
            last = self.redirects[last]
        return None


def _lines(queries: Sequence[_Answer], kind: str) -> Iterator[_Answer]:
    for query in queries:
        yield from optional_mappings(query, kind)


def _ends(queries: Sequence[_Answer], kind: str) -> dict[str, str]:
    return {text_at(line, 'from'): text_at(line, 'to') for line in _lines(queries, kind)}


def _exists(page: _Answer) -> bool:
    """Return whether there is a page that can be written to: no missing, impossible or special one."""
    absent = any(flag_at(page, flag) for flag in ('missing', 'invalid', 'special'))
    return not absent and number_at(page, 'ns') >= 0 and is_title(page.get('title'))


def _protected(page: _Answer) -> bool:
    return any(
        one.get('type') == 'edit' and one.get('level') == 'sysop' for one in mappings_at(page, 'protection')
    )
