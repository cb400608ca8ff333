"""What an operator reads after answers on talk pages; the rest is tested against a real MediaWiki."""

from __future__ import annotations

import pytest

from globalban_bot.jobs.status_job import StatusReport
from globalban_bot.jobs.talk.job import TalkReport
from globalban_bot.jobs.talk.run import failures_of, is_whole, show_talk
from globalban_bot.model.outcome import Outcome, Refused
from globalban_bot.model.plan import Plan
from globalban_bot.model.refusal import Refusal

NOTHING = TalkReport(Outcome(), None, ())
REFUSED = (Refused('A', Refusal.PROTECTED, 'Words of the wiki.'),)


def recounted(*failures: str, outcome: Outcome = Outcome(('Box',))) -> StatusReport:  # noqa: B008 - it is frozen
    return StatusReport((), (), Plan(), outcome, failures)


#: What a run made, what is shown of it, and whether all was done.
REPORTS: dict[str, tuple[TalkReport, list[str], bool]] = {
    'nothing': (NOTHING, [], True),
    'answers': (
        TalkReport(Outcome(('Answers/8', 'Answers/9')), None, ()),
        ['edited: Answers/8', 'edited: Answers/9'],
        True,
    ),
    'an answer that was refused, and one that failed': (
        TalkReport(Outcome(refused=REFUSED), None, ('page 8: no answer',)),
        [
            'not done: page 8: no answer',
            'not done: A: protected',
            'the wiki said of A: Words of the wiki.',
        ],
        False,
    ),
    'stopped': (
        TalkReport(Outcome(stopped='the page says stop'), None, ()),
        ['stopped: the page says stop'],
        True,
    ),
    'recounted': (TalkReport(Outcome(), recounted(), ()), ['edited: Box'], True),
    'recounted, nothing new': (TalkReport(Outcome(), recounted(outcome=Outcome()), ()), [], True),
    'recounted in part': (
        TalkReport(Outcome(), recounted('page 7: could not be read'), ()),
        ['edited: Box', 'not done: page 7: could not be read'],
        False,
    ),
}


@pytest.mark.parametrize(('report', 'lines', 'whole'), REPORTS.values(), ids=REPORTS)
def test_report(report: TalkReport, lines: list[str], whole: bool) -> None:
    """It should tell what was edited, what was not and why, of answers and boxes alike."""
    assert show_talk(report).splitlines() == lines
    assert is_whole(report) is whole


def test_failures() -> None:
    """It should name what failed by itself first, then what the wiki refused, in the order it was tried."""
    report = TalkReport(
        Outcome(refused=(Refused('B', Refusal.NO_ANSWER),)),
        None,
        ('page 8: no answer',),
    )
    assert failures_of(report) == ('page 8: no answer', f'B: {Refusal.NO_ANSWER.value}')
