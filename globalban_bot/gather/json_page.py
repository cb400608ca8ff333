"""Which revision of a page of JSON counts: the newest that is well formed and saved by somebody trusted.

Revisions are looked at without their texts. A text is loaded only where it may count, one at a time: a huge
revision, or a flood of them, costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from globalban_bot.errors import UserError
from globalban_bot.model.settings import Flaw, Problem
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import (
    flag_at,
    mapping_at,
    mappings_at,
    number_at,
    optional_mappings,
    optional_text,
    text_at,
)
from globalban_bot.wiki.queries import Queries

T = TypeVar('T')
#: So many revisions back at most.
MOST_BACK = 50
#: A character takes so many bytes at most, in UTF-8.
_BYTES = 4
_OUTLINE = {'prop': 'revisions', 'rvprop': 'ids|user|size|contentmodel', 'rvslots': 'main'}
_TEXT = {'prop': 'revisions', 'rvprop': 'content', 'rvslots': 'main'}


@dataclass(frozen=True)
class Saved:
    """A revision without its text.

    :param id: revision id
    :param user: who saved it; None where the name is hidden
    :param size: size of its text, in bytes
    :param model: its content model
    """

    id: int
    user: str | None
    size: int
    model: str


@dataclass(frozen=True)
class JsonPage(Generic[T]):
    """A page of JSON.

    :param title: full title
    :param longest: most characters
    :param trusted: tells whether an account may save it; asked only where the answer matters
    :param parse: makes a value of a text and of the account that saved it; raises ``UserError``
    """

    title: str
    longest: int
    trusted: Callable[[str], bool]
    parse: Callable[[str, str], T]


@dataclass(frozen=True)
class GoodRevision(Generic[T]):
    """What was found of a page of JSON.

    :param value: of the newest revision that counts; None where none does
    :param revision: the id of that revision
    :param aside: why newer revisions do not count, newest first
    """

    value: T | None
    revision: int | None
    aside: tuple[Problem, ...]


def read_newest(wikis: Queries, titles: Sequence[str]) -> Mapping[str, Saved | None]:
    """Return the newest revisions of pages; None for a page that is missing. One request.

    :raises WikiError: the wiki does not tell
    """
    with understood(wikis.home):
        query = mapping_at(next(wikis.query(wikis.home, titles='|'.join(titles), **_OUTLINE)), 'query')
        names = {text_at(one, 'from'): text_at(one, 'to') for one in optional_mappings(query, 'normalized')}
        pages = {text_at(page, 'title'): page for page in mappings_at(query, 'pages')}
        return {title: _newest(pages[names.get(title, title)]) for title in titles}


def newest_good(wikis: Queries, page: JsonPage[T], newest: Saved | None) -> GoodRevision[T]:
    """Return what the newest revision that counts holds.

    One request for its text; one more, and one for each text that may count, where the newest does not.

    :param newest: the newest revision; None where the page is missing
    :raises WikiError: the wiki does not tell
    """
    aside: list[Problem] = []
    for saved in _back(wikis, page.title, newest):
        flaw = _flaw(page, saved)
        text = None if flaw is not None or saved.user is None else read_text(wikis, saved.id)
        if text is None or saved.user is None:
            aside.append(Problem(flaw or Flaw.HIDDEN, saved.id))
            continue
        try:
            return GoodRevision(page.parse(text, saved.user), saved.id, tuple(aside))
        except UserError as error:
            aside.append(Problem(Flaw.BROKEN, saved.id, str(error)))
    return GoodRevision(None, None, tuple(aside))


def read_text(wikis: Queries, revision: int) -> str | None:
    """Return the text of a revision; None where it is hidden, or deleted meanwhile. One request.

    :raises WikiError: the wiki does not tell
    """
    with understood(wikis.home):
        query = mapping_at(next(wikis.query(wikis.home, revids=str(revision), **_TEXT)), 'query')
        if 'badrevids' in query and 'pages' not in query:
            return None
        found = optional_mappings(mapping_at(query, 'pages', 0), 'revisions')
        return optional_text(mapping_at(found[0], 'slots', 'main'), 'content') if found else None


def _back(wikis: Queries, title: str, newest: Saved | None) -> Iterator[Saved]:
    """Yield the revisions of a page, newest first; those before it are asked for when they are taken."""
    if newest is None:
        return
    yield newest
    with understood(wikis.home):
        question = {**_OUTLINE, 'rvlimit': str(MOST_BACK), 'rvstartid': str(newest.id)}
        answer = next(wikis.query(wikis.home, titles=title, **question))
        older = [
            _saved(one) for one in optional_mappings(mapping_at(answer, 'query', 'pages', 0), 'revisions')
        ]
    yield from (one for one in older if one.id != newest.id)


def _newest(page: Mapping[str, Any]) -> Saved | None:
    """Return the newest revision of a page; None of one that is missing.

    :raises OddValueError: neither is told
    """
    if flag_at(page, 'missing') or flag_at(page, 'invalid'):
        return None
    return _saved(mapping_at(page, 'revisions', 0))


def _saved(item: Mapping[str, Any]) -> Saved:
    user = None if flag_at(item, 'userhidden') else optional_text(item, 'user')
    return Saved(
        number_at(item, 'revid'),
        user,
        number_at(item, 'size'),
        text_at(item, 'slots', 'main', 'contentmodel'),
    )


def _flaw(page: JsonPage[T], saved: Saved) -> Flaw | None:
    """Return why a revision does not count, as far as that is known without its text."""
    if saved.user is None:
        return Flaw.HIDDEN
    if saved.model != 'json':
        return Flaw.OTHER_MODEL
    if saved.size > page.longest * _BYTES:
        return Flaw.TOO_LONG
    return None if page.trusted(saved.user) else Flaw.NOT_TRUSTED
