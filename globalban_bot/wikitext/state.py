"""The state of a request, from the history of its page.

.. code-block:: wikitext

   {{rfc subpage|status=}}         10:00  open
   {{rfc subpage|status=invalid}}  10:01  the closing is stated; it counts from 10:01 of the next day

A head, a blanking or a deletion tag that is reverted within a day never was.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from globalban_bot.model.revision import Revision
from globalban_bot.model.state import STANDING, ClosedTime, Phase, RequestState, Status, phase_of
from globalban_bot.wikitext.head import find_head, read_head, read_sign
from globalban_bot.wikitext.page import Reader

#: A page that looks so has no head; what stood before goes on.
_WITHOUT_HEAD = {Phase.BLANKED, Phase.REDIRECT}

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Look:
    """What a page looks like at one time.

    :param source: the head template; two looks with the same source and sign are the same
    :param sign: whether the page is blanked, tagged or a redirect; None for none of them
    """

    source: str
    sign: Phase | None
    status: Status = Status.OPEN
    word: str = ''

    @property
    def key(self) -> tuple[str, Phase | None]:
        return self.source, self.sign

    @property
    def phase(self) -> Phase:
        return self.sign or phase_of(self.status)


@dataclass
class _Stint:
    """A time during which the page looked the same.

    :param first: the revision with which it began
    :param end: when it ended; None for the last one
    :param closing: whether it is a part of a closing: a blanked page stays closed
    """

    look: _Look
    first: Revision
    closing: bool
    end: datetime | None = None

    def is_like(self, other: _Stint) -> bool:
        """Tell whether a reader sees the same phase and the same word."""
        return (self.look.phase, self.look.word.lower()) == (other.look.phase, other.look.word.lower())


def state_of_history(revisions: Sequence[Revision], reader: Reader, as_of: datetime) -> RequestState:
    """Return the state of a request.

    :param revisions: those of its page that are known, oldest first; a hidden text changes nothing
    :param as_of: the moment from which it is looked at (aware, UTC)
    """
    stints = _stints(_looks(revisions, reader))
    if not stints:
        return RequestState()
    now = stints[-1]
    *earlier, last = _runs(stints)
    was_closed = tuple(_closed_times(earlier))
    stated = last[0].first.time if now.closing else None
    counts = stated is not None and as_of - stated >= STANDING
    start = _start(stints)
    phase = _phase(now.look.phase, counts=counts, reopened=bool(was_closed))
    from_the_beginning = phase is Phase.OPEN
    return RequestState(
        phase,
        now.look.status,
        now.look.word,
        since=None if from_the_beginning else start.time,
        revision=None if from_the_beginning else start.id,
        counts_from=stated + STANDING if stated is not None and not counts else None,
        closed=stated if counts else None,
        was_closed=was_closed,
    )


def _phase(phase: Phase, *, counts: bool, reopened: bool) -> Phase:
    if phase is Phase.CLOSED and not counts:
        return Phase.CLOSING_STATED
    return Phase.REOPENED if phase is Phase.OPEN and reopened else phase


def _looks(revisions: Sequence[Revision], reader: Reader) -> Iterator[tuple[Revision, _Look]]:
    """Yield what the page looked like, revision by revision, without the texts.

    An old revision that is hidden, or that nobody can read, is left out: its neighbours tell enough.
    """
    before: _Look | None = None
    last = len(revisions)
    for number, revision in enumerate(revisions, 1):
        # What cannot be read now has no text to be counted.
        if revision.text is None and number < last:
            continue
        try:
            look = _look(revision.text or '', before, reader)
        except Exception as error:
            if number == last:
                raise
            _log.info('revision %s could not be read (%s)', revision.id, type(error).__name__)
            continue
        before = look
        yield replace(revision, text=None), look


def _look(text: str, before: _Look | None, reader: Reader) -> _Look:
    """Return what a text looks like; the head is read only where it is another than before."""
    found = find_head(text, reader.heads)
    source = found if isinstance(found, str) else found.source if found else ''
    look = _Look(source, read_sign(text, reader.deletion))
    if before is not None and before.key == look.key:
        return before
    head = read_head(found, reader.statuses, reader.dialect)
    return _Look(look.source, look.sign, head.status, head.word)


def _stints(looks: Iterable[tuple[Revision, _Look]]) -> list[_Stint]:
    stints: list[_Stint] = []
    for revision, look in looks:
        if stints and stints[-1].look.key == look.key:
            continue
        if stints:
            stints[-1].end = revision.time
        same = _reverted_to(stints, look, revision.time)
        if same is None:
            carried = look.sign in _WITHOUT_HEAD and bool(stints) and stints[-1].closing
            stints.append(_Stint(look, revision, look.status.closed or carried))
        else:
            del stints[same + 1 :]
            stints[same].end = None
    return stints


def _reverted_to(stints: Sequence[_Stint], look: _Look, time: datetime) -> int | None:
    """Return which stint a revision brings back; None where it is news."""
    for number in reversed(range(len(stints))):
        end = stints[number].end
        if end is None or time - end >= STANDING:
            return None
        if stints[number].look.key == look.key:
            return number
    return None


def _runs(stints: Sequence[_Stint]) -> list[list[_Stint]]:
    """Return the stints in groups: closed ones and others by turns."""
    runs: list[list[_Stint]] = []
    for stint in stints:
        if runs and runs[-1][0].closing == stint.closing:
            runs[-1].append(stint)
        else:
            runs.append([stint])
    return runs


def _closed_times(runs: Iterable[Sequence[_Stint]]) -> Iterator[ClosedTime]:
    """Yield the earlier times as a closed request; a closing that stood for less than a day is none."""
    for run in runs:
        start, end = run[0].first.time, run[-1].end
        if run[0].closing and end is not None and end - start >= STANDING:
            yield ClosedTime(start, end)


def _start(stints: Sequence[_Stint]) -> Revision:
    """Return the revision since which a reader sees the phase and the word of now."""
    first = stints[-1]
    for stint in reversed(stints):
        if not stint.is_like(stints[-1]):
            break
        first = stint
    return first.first
