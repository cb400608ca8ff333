"""What the operator is told of requests whose state the bot cannot tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import datetime

from globalban_bot.decide.page_edits import REST
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.run import Run
from globalban_bot.model.state import Phase
from globalban_bot.model.summary import RequestSummary
from globalban_bot.render.log import log_line

#: In the list: a request.
_LISTED = re.compile(r'\[\[Special:Redirect/page/(\d+)\|')
_TEXTS = {
    Phase.UNKNOWN_WORD: 'its status word is not known, or its head cannot be read: mend page or profile',
    Phase.BLANKED: 'it has no text any more',
    Phase.REDIRECT: 'it is a redirect',
    Phase.TAGGED: 'it is tagged for deletion',
}


#: The wiki did not tell for which boxes there is no request any more.
GONE_NOT_KNOWN = (
    'it is not known which requests are gone: their boxes may tell what was; the next run asks again'
)


def alarms_of(summaries: Iterable[RequestSummary]) -> Iterator[str]:
    """Yield a line for each request that the operator has to look at; the status word is not quoted."""
    for summary in summaries:
        if summary.needs_operator:
            yield f'page {summary.page_id}: {_TEXTS[summary.phase]}'


def gone_alarms(board: str, candidates: Iterable[RequestRef], skip: Set[int]) -> Iterator[str]:
    """Yield a line for each request on the list that is none any more.

    :param board: the list as it stands; empty where it is not the bot's own
    :param candidates: all pages that were looked at
    :param skip: page ids of requests that are left alone on purpose
    """
    known = {candidate.page_id for candidate in candidates if candidate.is_request} | skip
    listed = {int(number) for number in _LISTED.findall(board)}
    for number in sorted(listed - known):
        yield (
            f'page {number}: it is no request any more (deleted, moved or a redirect); its box says so,'
            ' unless a person has edited it'
        )


def not_logged(alarms: Iterable[str], runs: Sequence[Run], as_of: datetime) -> list[str]:
    """Return the alarms that the log has not told for a day: one that lasts makes no edit of each run."""
    told = {failure for run in runs if as_of - run.time < REST for failure in run.failures}
    return [line for alarm in alarms if (line := log_line(alarm)) not in told]
