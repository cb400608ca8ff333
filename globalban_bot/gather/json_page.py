"""Which revision of a page of JSON counts: the newest that is well formed and saved by somebody trusted.

Revisions are looked at without their texts. A text is loaded only where it may count, one at a time: a huge
revision, or a flood of them, costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from globalban_bot.errors import UserError
from globalban_bot.model.settings import Flaw, Problem
from globalban_bot.wiki.answers import ApiAnswer, Queries, ask_once

T = TypeVar('T')
#: So many revisions back at most.
MOST_BACK = 50
#: A character takes so many bytes at most, in UTF-8.
_BYTES = 4
_OUTLINE = {'prop': 'revisions', 'rvprop': 'ids|user|size|contentmodel', 'rvslots': 'main'}
_TEXT = {'prop': 'revisions', 'rvprop': 'content', 'rvslots': 'main'}


@dataclass(frozen=True)
class Saved:
    """A revision without its text; its user is None where the name is hidden, its size is in bytes."""

    id: int
    user: str | None
    size: int
    model: str


@dataclass(frozen=True)
class JsonPage(Generic[T]):
    """A page of JSON.

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
    """The newest revision of a page of JSON that counts; None where none does.

    :param aside: why newer revisions do not count, newest first
    """

    value: T | None
    revision: int | None
    aside: tuple[Problem, ...]


def read_newest(wikis: Queries, titles: Sequence[str]) -> Mapping[str, Saved | None]:
    """Return the newest revisions of pages; None for a page that is missing. One request."""
    answer = ask_once(wikis, wikis.home, titles='|'.join(titles), **_OUTLINE)
    return {title: _newest(page) for title, page in answer.pages_of(titles).items()}


def newest_good(wikis: Queries, page: JsonPage[T], newest: Saved | None) -> GoodRevision[T]:
    """Return what the newest revision that counts holds.

    One request for its text; one more, and one for each text that may count, where the newest does not.

    :param newest: the newest revision; None where the page is missing
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
    """Return the text of a revision; None where it is hidden, or deleted meanwhile. One request."""
    answer = ask_once(wikis, wikis.home, revids=str(revision), **_TEXT)
    query = answer.at('query')
    if 'badrevids' in query and 'pages' not in query:
        return None
    revisions = query.at('pages', 0).lines('revisions')
    return revisions[0].content() if revisions else None


def _back(wikis: Queries, title: str, newest: Saved | None) -> Iterator[Saved]:
    """Yield the revisions of a page, newest first; those before it are asked for when they are taken."""
    if newest is None:
        return
    yield newest
    question = {**_OUTLINE, 'rvlimit': str(MOST_BACK), 'rvstartid': str(newest.id)}
    page = ask_once(wikis, wikis.home, titles=title, **question).at('query', 'pages', 0)
    revisions = [_saved(revision) for revision in page.lines('revisions')]
    yield from (saved for saved in revisions if saved.id != newest.id)


def _newest(page: ApiAnswer) -> Saved | None:
    """Return the newest revision of a page; None of one that is missing."""
    if page.flag('missing') or page.flag('invalid'):
        return None
    return _saved(page.at('revisions', 0))


def _saved(revision: ApiAnswer) -> Saved:
    model = revision.text('slots', 'main', 'contentmodel')
    return Saved(revision.number('revid'), revision.user(), revision.number('size'), model)


def _flaw(page: JsonPage[T], saved: Saved) -> Flaw | None:
    """Return why a revision does not count, as far as that is known without its text."""
    if saved.user is None:
        return Flaw.HIDDEN
    if saved.model != 'json':
        return Flaw.OTHER_MODEL
    if saved.size > page.longest * _BYTES:
        return Flaw.TOO_LONG
    return None if page.trusted(saved.user) else Flaw.NOT_TRUSTED
