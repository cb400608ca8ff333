"""The status job, killed at every step: the next run makes the pages that an undisturbed run makes."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import as_file
from pathlib import Path

import pytest

from globalban_bot.profiles.loader import load_profile
from globalban_bot.sample import ACCOUNTS, EXPORT
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import Outcome, run_child
from tests.farm.farm import Farm
from tests.farm.faults import Fault, Moment
from tests.farm.onwiki import Standing, edit, pages

META = load_profile('meta')
#: A day on which the recorded facts of the sample are fresh.
MOMENT = '2025-05-03T18:00:00+00:00'
KILLED = -9
RANDOM_POINTS = 50
SEED = 20220601


@dataclass(frozen=True)
class Undisturbed:
    """What a run makes when nothing goes wrong.

    :param before: the wiki before it
    :param owned: texts of the owned pages after it
    :param requests: how many HTTP requests it makes
    """

    kept: Path
    before: Mapping[str, Standing]
    owned: Mapping[str, str]
    requests: int


def run(farm: Farm, folder: Path, fault: Fault | None = None) -> Outcome:
    """Run the job; what is known of accounts comes from a file, as asking changes nothing on a wiki."""
    with as_file(ACCOUNTS) as facts:
        options = ('-always', f'-facts:{facts}')
        return run_child(farm, folder, '-m', 'tests.farm.status_at', MOMENT, *options, fault=fault)


def owned(farm: Farm) -> dict[str, str]:
    return {
        title: one.text
        for title, one in pages(farm).items()
        if title.startswith('User:Request facts bot/') and title != META.stop_page
    }


@pytest.fixture(scope='module')
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with cookies and API caches kept, as a bot that runs every hour has."""
    return write_bot_folder(tmp_path_factory.mktemp('bot'))


@pytest.fixture(scope='module')
def undisturbed(running_farm: Farm, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    running_farm.reset('metawiki')
    with as_file(EXPORT) as path:
        running_farm.import_xml('metawiki', path)
    edit(running_farm, META.stop_page, 'run')
    kept = running_farm.keep('metawiki', tmp_path_factory.mktemp('kept') / 'metawiki.sqlite')
    before = pages(running_farm)
    # The first runs ask what pywikibot keeps for later ones: how the API is made.
    for _ in range(3):
        fresh(running_farm, folder, kept)
        outcome = run(running_farm, folder)
        assert outcome.code == 0, outcome.errors
    assert outcome.requests is not None
    return Undisturbed(kept, before, owned(running_farm), outcome.requests)


def fresh(farm: Farm, folder: Path, kept: Path) -> None:
    """Put the wiki back, and forget what was read."""
    farm.restore('metawiki', kept)
    for path in (folder / 'globalban-cache').glob('*.json'):
        path.unlink()


@pytest.fixture
def farm(running_farm: Farm, folder: Path, undisturbed: Undisturbed) -> Iterator[Farm]:
    fresh(running_farm, folder, undisturbed.kept)
    yield running_farm


def check(farm: Farm, folder: Path, undisturbed: Undisturbed, fault: Fault) -> None:
    """Kill one run, let another one end, and compare."""
    killed = run(farm, folder, fault)
    assert killed.code == KILLED, f'{fault} was never reached: {killed.errors}'
    after = run(farm, folder)
    assert after.code == 0, f'{fault}: {after.errors}'
    assert owned(farm) == undisturbed.owned, f'{fault}: other pages than an undisturbed run makes'
    there = pages(farm)
    strangers = {title: there.get(title) for title in undisturbed.before}
    assert strangers == undisturbed.before, f'{fault}: a page of somebody else was touched'


MOMENTS = [Moment.BEFORE, Moment.SENT, Moment.ANSWERED]


@pytest.mark.parametrize('moment', MOMENTS)
def test_every_write(farm: Farm, folder: Path, undisturbed: Undisturbed, moment: Moment) -> None:
    """It should make the same pages after it was killed at any one of its edits, and touch no other page."""
    for number in range(1, len(undisturbed.owned) + 1):
        fresh(farm, folder, undisturbed.kept)
        check(farm, folder, undisturbed, Fault(moment, number, 'action=edit'))
    print(f'killed at {moment.value}: {len(undisturbed.owned)} edits, each once; all pages as undisturbed')


@pytest.mark.prove
@pytest.mark.parametrize('moment', MOMENTS)
def test_every_request(farm: Farm, folder: Path, undisturbed: Undisturbed, moment: Moment) -> None:
    """It should make the same pages after it was killed at any one HTTP request, and touch no other page."""
    for number in range(1, undisturbed.requests + 1):
        fresh(farm, folder, undisturbed.kept)
        check(farm, folder, undisturbed, Fault(moment, number))
    print(f'killed at {moment.value}: {undisturbed.requests} requests, each once; all pages as undisturbed')


def test_random_points(farm: Farm, folder: Path, undisturbed: Undisturbed) -> None:
    """It should make the same pages however often it was killed on the way."""
    chosen = random.Random(SEED)
    points = 0
    while points < RANDOM_POINTS:
        fresh(farm, folder, undisturbed.kept)
        for _ in range(chosen.randint(1, 3)):
            fault = Fault(chosen.choice(MOMENTS), chosen.randint(1, undisturbed.requests))
            points += run(farm, folder, fault).code == KILLED
        assert run(farm, folder).code == 0
        assert owned(farm) == undisturbed.owned
    print(f'killed at {points} random points (seed {SEED}); all pages as undisturbed')


def test_lost_answers(farm: Farm, folder: Path, undisturbed: Undisturbed) -> None:
    """It should look up what became of an edit whose answer was lost, and not make it twice."""
    outcome = run(farm, folder, Fault(Moment.LOST, 1, 'action=edit'))
    assert outcome.code == 0, outcome.errors
    assert owned(farm) == undisturbed.owned
    assert {one.revisions for title, one in pages(farm).items() if title in undisturbed.owned} == {1}
