"""The jobs on a live wiki, as far as they need none; the rest is tested against a real MediaWiki."""

from __future__ import annotations

from pathlib import Path

import pytest

from globalban_bot.act.run_lock import hold_run_lock
from globalban_bot.errors import Stopped, UserError
from globalban_bot.jobs.status_job import StatusOptions, StatusReport
from globalban_bot.jobs.status_run import StatusRun, show_report
from globalban_bot.model.outcome import Outcome, Refused
from globalban_bot.model.plan import Plan
from globalban_bot.model.refusal import Refusal
from globalban_bot.profiles.loader import load_profile
from tests.unit.jobs.made import after


def test_report() -> None:
    """It should tell the operator what was edited, what was not, what the wiki said, and why it ended."""
    refused = (Refused('B', Refusal.FILTERED, 'Words of the wiki.'), Refused('C', Refusal.NO_ANSWER))
    outcome = Outcome(('A',), refused, 'somebody stopped it')
    report = StatusReport((), (), Plan(), outcome, ('page 7: could not be read', 'B: filtered'))
    assert show_report(report).splitlines() == [
        'edited: A',
        'not done: page 7: could not be read',
        'not done: B: filtered',
        'the wiki said of B: Words of the wiki.',
        'stopped: somebody stopped it',
    ]


def test_report_of_nothing() -> None:
    """It should say nothing where nothing was done."""
    assert show_report(StatusReport((), (), Plan(), Outcome(), ())) == ''


def test_another_run_at_work(tmp_path: Path) -> None:
    """It should not even look at the wiki while another run is at work."""
    run = StatusRun(None, tmp_path, after(0), load_profile('meta'))
    with hold_run_lock(tmp_path), pytest.raises(Stopped, match='another run'):
        run.status(StatusOptions(), lambda plan: True)


FACTS = """
accounts:
  Ada: {asked: '2027-05-03T12:00:00Z', registered: null, edits: 1}
"""


def test_posting_what_was_recorded_long_ago(tmp_path: Path) -> None:
    """It should not even begin a run with facts that are too old."""
    path = tmp_path / 'facts.yaml'
    path.write_text(FACTS, 'utf-8')
    run = StatusRun(None, tmp_path, after(99), load_profile('meta'), facts=path)
    with pytest.raises(UserError, match='record it anew'):
        run.status(StatusOptions(), lambda plan: True)
    assert [one.name for one in tmp_path.iterdir()] == ['facts.yaml']
