"""Requests hour by hour: what the bot knows and shows of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from globalban_bot.gather.cache import Cache
from globalban_bot.gather.request_source import classify_page
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.nomination import Nominations
from globalban_bot.jobs.page_reading import read_page
from globalban_bot.jobs.status import update_status
from globalban_bot.jobs.status_job import StatusJob, StatusOptions, StatusReport
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.revision import Page
from globalban_bot.model.state import RequestState
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.box import render_box
from globalban_bot.wikitext.page import reader_for
from tests.unit.jobs.made import BOARD, LOG, Wiki, box
from tests.unit.policy.policy_of_2026 import GLOBAL_BANS_OF_2026
from tests.unit.scenarios import PAGE_ID, Scenario, load_scenarios, moment

META = replace(load_profile('meta'), languages=())
#: Scenarios are held to the values of their day, whatever the newest ones are.
POLICY = GLOBAL_BANS_OF_2026
READER = reader_for(META)
SCENARIOS = load_scenarios()
#: So many edits the policy asks for: more are not told exactly.
MOST_TOLD = 500
_STATE = {'phase', 'word', 'since', 'by-revision', 'counts-from', 'closed', 'was-closed', 'moved'}
_EXPECTED = _STATE | {'at', 'parts', 'votes', 'urgent', 'operator'}


class Source:
    """A wiki with the one request of a scenario."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def candidates(self) -> Iterator[RequestRef]:
        page = self._page
        yield classify_page(META, page.title, page.page_id, revision=page.live.id)

    def read(self, candidate: RequestRef) -> Page:
        return self._page


class Bot:
    """The bot on the wiki of a scenario, run after run."""

    def __init__(self, scenario: Scenario, folder: Path) -> None:
        self._scenario = scenario
        self._cache = Cache(folder)
        self.wiki = Wiki()

    def run(self, at: datetime) -> StatusReport:
        """Run the status job."""
        self.wiki.now = at
        self.wiki.saved.clear()
        source = Source(self._scenario.page(at))
        nominations = Nominations(self._scenario.accounts(at), POLICY, META.wiki)
        job = StatusJob(source, self.wiki, READER, self._cache, META, Messages(), at, nominations=nominations)
        return update_status(job, StatusOptions(), lambda plan: True)


def tally_at(scenario: Scenario, at: datetime) -> Tally:
    """Return the request as the bot reads it, with what is found on the nomination."""
    page = scenario.page(at)
    found = read_page(page, READER, at)
    nominations = Nominations(scenario.accounts(at), POLICY, META.wiki)
    return Tally(found.request, found.proposals, nominations.of(found.request, at))


def written(time: datetime | None) -> str | None:
    """Return a time as the scenarios write it."""
    return None if time is None else f'{time:%Y-%m-%d %H:%M}'


def state_as_written(state: RequestState) -> dict[str, Any]:
    """Return a state as the scenarios write it, without what is empty."""
    values = {
        'phase': state.phase.value,
        'word': state.word,
        'since': written(state.since),
        'by-revision': state.revision,
        'counts-from': written(state.counts_from),
        'closed': written(state.closed),
        'was-closed': [[written(time.start), written(time.end)] for time in state.was_closed],
        'moved': state.moved is not None,
    }
    return {key: value for key, value in values.items() if value}


def parts_of(text: str) -> list[str]:
    """Return which parts a box shows."""
    labels = {'clock': "''Time:''", 'blocks': "''Indefinite blocks", 'stewards': "''For stewards:''"}
    return [part for part, label in labels.items() if label in text]


def votes_of(found: Tally) -> list[int] | str:
    """Return the count of the only question."""
    (proposal,) = found.proposals
    count = proposal.count
    return [count.support, count.oppose, count.neutral] if found.request.state.has_text else 'none'


@pytest.mark.parametrize('scenario', SCENARIOS, ids=lambda scenario: scenario.name)
def test_state(scenario: Scenario) -> None:
    """It should know, at each hour, where the request stands, and show no more than that allows."""
    for hour in scenario.expected:
        assert hour.keys() <= _EXPECTED
        at = moment(hour['at'])
        found = tally_at(scenario, at)
        wanted = {key: value for key, value in hour.items() if key in _STATE}
        assert (at, state_as_written(found.request.state)) == (at, wanted)
        assert (at, votes_of(found)) == (at, hour['votes'])
        assert (at, found.request.opened) == (at, scenario.opened)
        assert (at, parts_of(render_box(found, META, Messages(), at))) == (at, hour['parts'])


RUNS = [pytest.param(one, id=one.name) for one in SCENARIOS]


@pytest.mark.parametrize('scenario', RUNS)
def test_runs(scenario: Scenario, tmp_path: Path) -> None:
    """It should edit at once what is urgent, tell the operator, and list nothing as open that is not."""
    bot = Bot(scenario, tmp_path)
    edited: datetime | None = None
    for hour in scenario.expected:
        at = moment(hour['at'])
        report = bot.run(at)
        saved = box(PAGE_ID) in bot.wiki.saved
        if edited is not None and (at - edited).days < 1:
            assert (at, saved) == (at, hour.get('urgent', False))
        elif hour.get('urgent'):
            assert saved
        edited = at if saved else edited
        assert bool(report.alarms) is hour.get('operator', False)
        assert ('page 7:' in bot.wiki.text(LOG)) >= bool(report.alarms)
        is_open = hour['phase'] in {'open', 'reopened'}
        assert _listed_as_open(bot.wiki.text(BOARD)) is is_open
        assert ("''Time:''" in bot.wiki.text(box(PAGE_ID))) is is_open


def _listed_as_open(board: str) -> bool:
    return '| open\n' in board or ' | open again (' in board


def _hours(part: str) -> list[Any]:
    """Return the expectations of one part, each with its scenario."""
    return [
        pytest.param(scenario, hour, id=f'{scenario.name}-{hour["at"]}')
        for scenario in SCENARIOS
        for hour in scenario.data[part]
    ]


@pytest.mark.parametrize(('scenario', 'hour'), _hours('nominator'))
def test_nominator(scenario: Scenario, hour: Mapping[str, Any]) -> None:
    """It should know the edits of the nominator at the opening and now."""
    nomination = tally_at(scenario, moment(hour['at'])).nomination
    assert nomination is not None
    (rule,) = (one for one in nomination.nominator if one.rule.name == 'nominator-edits')
    assert nomination.edits_now == hour['now']
    if hour['at-opening'] < MOST_TOLD:
        assert rule.found == hour['at-opening']
