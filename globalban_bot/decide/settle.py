"""What became of a notice: the first state that fits.

That a message was sent to a list says little: the list may have been empty, the page protected, or the
community may have opted out. So a notice is delivered only where a revision shows it. MassMessage tries jobs
that failed again, so a failure is final, and a message without a trace lost, only after :data:`PATIENCE`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from globalban_bot.model.notice import Coverage, NoticeState
from globalban_bot.model.settling import Hurdle, HurdleLine, Send, WikiTraces

#: Jobs are tried again for so long at most.
PATIENCE = timedelta(hours=72)


def settle(coverage: Coverage, traces: WikiTraces | None, sends: Sequence[Send], now: datetime) -> Coverage:
    """Return what became of the notice of a target; the same where nothing is known to have been sent there.

    :param coverage: whether other pages link to the request
    :param traces: what the wiki shows; None where it did not answer
    :param sends: the messages about the request, oldest first
    """
    if traces is not None and traces.revisions:
        return _delivered(coverage, traces)
    reaching = [send for send in sends if send.reached(coverage.target.host)]
    if not reaching:
        return coverage
    hindered = None if traces is None else _hindered(coverage, traces.lines, reaching, now)
    return hindered or _handed_over(coverage, reaching[-1], now, answered=traces is not None)


def _delivered(coverage: Coverage, traces: WikiTraces) -> Coverage:
    standing = [one for one in traces.revisions if one.stands]
    shown = (standing or traces.revisions)[0]
    # Of a page from which it was taken away, the diff shows that it was there.
    kind = 'Permalink' if standing else 'Diff'
    return replace(
        coverage,
        state=NoticeState.DELIVERED if standing else NoticeState.GONE,
        link=f'{coverage.target.url}/wiki/Special:{kind}/{shown.revision}',
        when=shown.at,
        times=len(standing or traces.revisions),
        other_words=shown.same_words is False,
    )


def _hindered(
    coverage: Coverage, lines: Sequence[HurdleLine], sends: Sequence[Send], now: datetime
) -> Coverage | None:
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
        reason = last.reason or last.hurdle.value
        return replace(coverage, state=NoticeState.FAILED, reason=reason, is_final=final)
    skips = sum(line.hurdle is not Hurdle.FAILURE for line in fitting)
    is_clear = skips >= sum(_fits(last, send) for send in sends)
    state = NoticeState.SKIPPED if is_clear else NoticeState.TO_CHECK
    return replace(coverage, state=state, reason=last.hurdle.value, is_final=is_clear)


def _handed_over(coverage: Coverage, send: Send, now: datetime, *, answered: bool) -> Coverage:
    if answered and now - send.at >= PATIENCE:
        return replace(coverage, state=NoticeState.NO_TRACE)
    return replace(coverage, state=NoticeState.HANDED_OVER, when=send.at, is_final=False)


def _fits(line: HurdleLine, send: Send) -> bool:
    """Tell whether a line may be of a message: the same heading, and not before it was sent."""
    return line.at >= send.at and None not in {line.subject, send.subject} and line.subject == send.subject
