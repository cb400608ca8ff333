"""The moves of a page, and since when it stands where requests stand.

.. code-block:: text

   9 May   Ada creates User:Ada/Draft
   1 June  Ada moves it to Requests for comment/Global ban for Zephyra     here the request is opened
   2 June  Bel moves it to Requests for comment/Global ban for Zephyra II  nothing is opened
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, pairwise

from globalban_bot.model.revision import Page, Revision
from globalban_bot.model.state import STANDING


@dataclass(frozen=True)
class Placing:
    """How a page came to where requests stand.

    :param move: the revision of the move that brought it there; None where it was there from its beginning
    :param moved: when the page was last moved (UTC); None where it was not
    :param is_known: whether the moves tell it
    """

    move: Revision | None = None
    moved: datetime | None = None
    is_known: bool = True


@dataclass(frozen=True)
class _Candidate:
    """A revision that may be a move, without its text.

    :param is_certain: whether it changes nothing; False where a text is hidden
    """

    revision: Revision
    is_certain: bool


@dataclass(frozen=True)
class _Stay:
    """A time during which the page had one title.

    :param move: the revision with which it began; None for the first one
    :param is_there: whether it was a title of a request
    """

    move: Revision | None
    is_there: bool


def read_placing(page: Page, is_request_title: Callable[[str], bool]) -> Placing:
    """Tell how a page came to where requests stand.

    :param page: a request with all of its revisions; requests may stand at its title of now, too
    """
    candidates = [*_candidates(page.revisions)]
    moves = _moves(page.title, candidates)
    if moves is None:
        times = (one.revision.time for one in candidates if one.is_certain)
        return Placing(moved=max(times, default=None), is_known=False)
    titles = [old for _, old in moves] + [page.title]
    there = [title == page.title or is_request_title(title) for title in titles]
    begins = [None, *(move for move, _ in moves)]
    stays = [_Stay(move, is_there) for move, is_there in zip(begins, there, strict=True)]
    moved = moves[-1][0].time if moves else None
    first = there.index(True)
    return Placing(stays[first].move, moved, is_known=not _was_away(stays[first:]))


def _candidates(revisions: Sequence[Revision]) -> Iterator[_Candidate]:
    """Yield the revisions that may be moves, oldest first.

    A summary can be forged, but a revision that changes nothing is made by MediaWiki alone. One whose text
    and summary are both hidden is taken for an edit: such edits are hidden often, and moves are not.
    """
    for before, after in pairwise(revisions):
        is_certain = after.text is not None and after.text == before.text
        is_hidden = after.text is None or before.text is None
        if is_certain and (after.move is not None or after.hides_summary):
            yield _Candidate(replace(after, text=None), is_certain=True)
        elif is_hidden and after.move is not None:
            yield _Candidate(replace(after, text=None), is_certain=False)


def _moves(title: str, candidates: Sequence[_Candidate]) -> list[tuple[Revision, str]] | None:
    """Return the moves of a page, oldest first, each with the title before it; None where they do not fit.

    They are followed back from the title of now. A protection has a summary like that of a move, whose first
    link is the page itself.

    :param title: title of now
    """
    moves: list[tuple[Revision, str]] = []
    for candidate in reversed(candidates):
        old, new = candidate.revision.move or ('', '')
        if new == title and candidate.is_certain:
            moves.append((candidate.revision, old))
            title = old
        elif new == title or (candidate.is_certain and old != title):
            return None
    return moves[::-1]


def _was_away(stays: Sequence[_Stay]) -> bool:
    """Tell whether a page left the place of requests for a day or more.

    :param stays: beginning with the first one in that place
    """
    begins = [next(group).move for _, group in groupby(stays, lambda stay: stay.is_there)]
    # Behind the first one they take turns: away, there, away, there.
    times = [move.time for move in begins[1:] if move is not None]
    return any(back - left >= STANDING for left, back in zip(times[::2], times[1::2], strict=True))
