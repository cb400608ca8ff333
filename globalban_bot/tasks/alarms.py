"""What the operator is told of requests whose state the bot cannot tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from globalban_bot.act.planning import REST
from globalban_bot.model.run import Run
from globalban_bot.model.state import Phase
from globalban_bot.model.summary import Summary
from globalban_bot.render.log import log_line

_TEXTS = {
    Phase.UNKNOWN_WORD: 'its status word is not known; add it to the profile, or have it corrected',
    Phase.BLANKED: 'it has no text any more',
    Phase.REDIRECT: 'it is a redirect',
    Phase.TAGGED: 'it is tagged for deletion',
}


def alarms_of(summaries: Iterable[Summary]) -> Iterator[str]:
    """Yield a line for each request that the operator has to look at; the status word is not quoted."""
    for summary in summaries:
        if summary.needs_operator:
            yield f'page {summary.page_id}: {_TEXTS[summary.phase]}'


def not_logged(alarms: Iterable[str], runs: Sequence[Run], as_of: datetime) -> list[str]:
    """Return the alarms that the log has not told for a day: one that lasts makes no edit of each run."""
    told = {failure for run in runs if as_of - run.time < REST for failure in run.failures}
    return [line for alarm in alarms if (line := log_line(alarm)) not in told]
