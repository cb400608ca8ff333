"""What became of a notice: the first state that fits.

That a message was sent to a list says little: the list may have been empty, the page protected, the community
may have opted out. So a notice is delivered only where a revision shows it. MassMessage tries jobs that failed
again, so a failure is final, and a message without a trace lost, only after :data:`PATIENCE`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from globalban_bot.model.notice import NoticeState
from globalban_bot.model.settling import Hurdle, HurdleLine, Send, WikiTraces

#: Jobs are tried again for so long at most.
PATIENCE = timedelta(hours=72)


@dataclass(frozen=True)
class Settled:
    """What became of a notice on a wiki.

    :param revision: the revision that shows it; None where none does
    :param times: how many notices were delivered
    :param other_words: whether it says something else than was planned
    :param reason: code of an error, or the action of a log; else empty
    :param is_final: whether nothing more is to be expected
    """

    state: NoticeState
    revision: int | None = None
    times: int = 0
    other_words: bool = False
    reason: str = ''
    is_final: bool = True


def settle(traces: WikiTraces | None, sends: Sequence[Send], host: str, now: datetime) -> Settled | None:
    """Return what became of a notice; None where nothing was sent to the wiki, as far as is known.

    :param traces: what the wiki shows; None where it did not answer
    :param sends: the messages about the request, oldest first
    :param host: the wiki, as ``de.wikipedia.org``
    """
    reaching = [send for send in sends if send.reached(host)]
    shown = traces or WikiTraces()
    if shown.revisions:
        return _delivered(shown)
    if not reaching:
        return None
    return _hindered(shown.lines, reaching, now) or _handed_over(
        reaching[-1], now, answered=traces is not None
    )


def _delivered(traces: WikiTraces) -> Settled:
    standing = [one for one in traces.revisions if one.stands]
    shown = (standing or traces.revisions)[0]
    return Settled(
        NoticeState.DELIVERED if standing else NoticeState.GONE,
        shown.revision,
        len(traces.revisions),
        other_words=not shown.same_words,
    )


def _hindered(lines: Sequence[HurdleLine], sends: Sequence[Send], now: datetime) -> Settled | None:
    """Return why MassMessage did not deliver; None where its log has no line of one of the messages.

    A skip is of one message. Where fewer skips are logged than messages were sent that they fit, it is not
    known which of the messages was skipped.
    """
    fitting = [line for line in lines if any(_fits(line, send) for send in sends)]
    if not fitting:
        return None
    last = fitting[-1]
    if last.hurdle is Hurdle.FAILURE:
        final = now - last.at >= PATIENCE
        return Settled(NoticeState.FAILED, reason=last.reason or last.hurdle.value, is_final=final)
    skips = [line for line in fitting if line.hurdle is not Hurdle.FAILURE]
    if len(skips) < sum(_fits(last, send) for send in sends):
        return Settled(NoticeState.TO_CHECK, reason=last.hurdle.value, is_final=False)
    return Settled(NoticeState.SKIPPED, reason=last.hurdle.value)


def _fits(line: HurdleLine, send: Send) -> bool:
    """Tell whether a line may be of a message: the same heading, and not before it was sent."""
    return line.at >= send.at and None not in {line.subject, send.subject} and line.subject == send.subject


def _handed_over(send: Send, now: datetime, *, answered: bool) -> Settled:
    if answered and now - send.at >= PATIENCE:
        return Settled(NoticeState.NO_TRACE)
    return Settled(NoticeState.HANDED_OVER, is_final=False)
