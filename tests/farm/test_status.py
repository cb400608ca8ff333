"""The status job on a real wiki: what it posts, when it is quiet, whom it gives way to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import as_file
from pathlib import Path

import pytest

from globalban_bot.profiles.loader import load_profile
from globalban_bot.sample import ACCOUNTS, EXPORT
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import Outcome, bound_to, run_child
from tests.farm.client import client_of
from tests.farm.farm import Farm
from tests.farm.folders import CHECKOUT
from tests.farm.onwiki import edit, page_id, pages

META = load_profile('meta')
OPEN = 'Requests for comment/Global ban for Orvandelle'
VOTE = '# {{s}} Yes. [[User:Late Comer|Late Comer]] ([[User talk:Late Comer|talk]]) 10:00, 3 May 2025 (UTC)'
#: Moments of runs: the sample is over; a little later; the next day.
FIRST, LATER, NEXT_DAY = (f'2026-01-0{day}+00:00' for day in ('1T12:00:00', '1T18:00:00', '2T12:30:00'))


@pytest.fixture(scope='module')
def ready(running_farm: Farm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a wiki that has the sample and a stop page that says run."""
    running_farm.reset('metawiki')
    with as_file(EXPORT) as path:
        running_farm.import_xml('metawiki', path)
    edit(running_farm, META.stop_page, 'run')
    return running_farm.keep('metawiki', tmp_path_factory.mktemp('kept') / 'metawiki.sqlite')


@pytest.fixture
def farm(running_farm: Farm, ready: Path) -> Iterator[Farm]:
    running_farm.restore('metawiki', ready)
    yield running_farm


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bot_folder(tmp_path / 'bot')


@pytest.fixture(scope='module')
def facts(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the option that takes what is known of accounts from the sample, as if it were of that day."""
    path = tmp_path_factory.mktemp('facts') / 'accounts.json'
    path.write_text(
        ACCOUNTS.read_text('utf-8').replace('"2025-05-03T14:05:00Z"', f'"{FIRST[:19]}Z"'), 'utf-8'
    )
    return f'-facts:{path}'


def run(farm: Farm, folder: Path, moment: str, *options: str) -> Outcome:
    return run_child(farm, folder, '-m', 'tests.farm.status_at', moment, *options)


def owned(farm: Farm) -> dict[str, str]:
    found = pages(farm)
    return {
        title: one.text
        for title, one in found.items()
        if title.startswith('User:Request facts bot/') and title != META.stop_page
    }


def changed(farm: Farm, before: dict[str, str]) -> set[str]:
    after = owned(farm)
    return {title for title in {*before, *after} if before.get(title) != after.get(title)}


def box_of(farm: Farm, title: str) -> str:
    return META.box_title(page_id(farm, title))


def vote(farm: Farm) -> None:
    text = pages(farm)[OPEN].text
    edit(farm, OPEN, text.replace('=== Oppose ===', f'{VOTE}\n\n=== Oppose ===', 1), 'Merrowby')


def test_posts_then_quiet(farm: Farm, folder: Path) -> None:
    """It should post board, boxes and log at first, touch no other page, and edit nothing the second time."""
    before = pages(farm)
    assert run(farm, folder, FIRST, '-always').code == 0
    after = pages(farm)
    assert {META.board_page, META.log_page, box_of(farm, OPEN)} < set(owned(farm))
    assert {title: one for title, one in after.items() if title in before} == before
    second = run(farm, folder, LATER, '-always')
    assert (second.code, pages(farm)) == (0, after)


def test_one_vote(farm: Farm, folder: Path) -> None:
    """It should bring just the box of that request up to date, the next day; the log tells of it."""
    run(farm, folder, FIRST, '-always')
    before = owned(farm)
    vote(farm)
    outcome = run(farm, folder, LATER, '-always')
    assert outcome.code == 0, outcome.errors
    assert changed(farm, before) == set()
    assert run(farm, folder, NEXT_DAY, '-always').code == 0
    assert changed(farm, before) == {box_of(farm, OPEN), META.log_page}
    assert '36 support' in owned(farm)[box_of(farm, OPEN)]


def test_recount(farm: Farm, folder: Path) -> None:
    """It should not wait for the next day when a recount is asked for."""
    run(farm, folder, FIRST, '-always')
    before = owned(farm)
    vote(farm)
    number = box_of(farm, OPEN).rpartition('/')[2]
    assert run(farm, folder, LATER, '-always', '-recount', f'-request:{number}').code == 0
    assert changed(farm, before) == {box_of(farm, OPEN), META.log_page}


@pytest.mark.parametrize('text', ['stop', '', 'run!', '<!-- run -->'])
def test_stopped(farm: Farm, folder: Path, text: str) -> None:
    """It should edit nothing and end well while the stop page says anything else."""
    edit(farm, META.stop_page, text or '<!-- -->', 'Merrowby')
    outcome = run(farm, folder, FIRST, '-always')
    assert (outcome.code, owned(farm)) == (0, {})
    assert 'stopped:' in outcome.output


def test_stranger_cannot_restart(farm: Farm, folder: Path) -> None:
    """It should stay stopped when somebody without the right sets the page back to run."""
    edit(farm, META.stop_page, 'stop', 'Merrowby')
    edit(farm, META.stop_page, 'run', 'Merrowby')
    assert (run(farm, folder, FIRST, '-always').code, owned(farm)) == (0, {})
    edit(farm, META.stop_page, ' run ', 'Farm operator')
    edit(farm, META.stop_page, 'run', 'Farm operator')
    assert run(farm, folder, FIRST, '-always').code == 0
    assert owned(farm)


def test_missing_stop_page(farm: Farm, folder: Path) -> None:
    """It should take a missing stop page for a stop, and say how to make it."""
    farm.run('metawiki', 'deleteBatch', text=META.stop_page)
    outcome = run(farm, folder, FIRST, '-always')
    assert (outcome.code, owned(farm)) == (0, {})
    assert 'make it with the one word "run"' in outcome.output


@pytest.mark.parametrize('options', [['-simulate'], ['-simulate', '-always'], []])
def test_plan_only(farm: Farm, folder: Path, options: list[str]) -> None:
    """It should print plan and changes and edit nothing: simulated, or without a terminal to ask at."""
    with farm.recording() as requests:
        outcome = run(farm, folder, FIRST, *options)
    assert (outcome.code, owned(farm)) == (0, {}), outcome.errors
    assert META.board_page in outcome.output
    assert "+* ''Signed positions:'' 35 support, 11 oppose, 3 neutral" in outcome.output
    assert 'edit' not in {one.action for one in requests}


def test_hands_off(farm: Farm, folder: Path) -> None:
    """It should leave a box alone that a person has edited, until the operator takes it back."""
    run(farm, folder, FIRST, '-always')
    box = box_of(farm, OPEN)
    edit(farm, box, 'Somebody was here.', 'Merrowby')
    outcome = run(farm, folder, NEXT_DAY, '-always')
    assert (outcome.code, owned(farm)[box]) == (0, 'Somebody was here.')
    assert f'{box}: a person has edited it' in outcome.output
    assert run(farm, folder, NEXT_DAY, '-always', f'-rearm:{box}').code == 0
    assert 'Signed positions' in owned(farm)[box]


def test_deleted_box(farm: Farm, folder: Path) -> None:
    """It should never make a box again that was deleted, not even when it is asked to."""
    run(farm, folder, FIRST, '-always')
    box = box_of(farm, OPEN)
    farm.run('metawiki', 'deleteBatch', text=box)
    assert run(farm, folder, NEXT_DAY, '-always', f'-rearm:{box}').code == 0
    assert box not in owned(farm)


def test_deleted_request(farm: Farm, folder: Path) -> None:
    """It should put a note in the box of a request that was deleted, and fill it again when it is back."""
    run(farm, folder, FIRST, '-always')
    box = box_of(farm, OPEN)
    farm.run('metawiki', 'deleteBatch', text=OPEN)
    outcome = run(farm, folder, LATER, '-always')
    assert outcome.code == 3, outcome.errors
    assert 'does not find this request any more' in owned(farm)[box]
    assert 'support' not in owned(farm)[box]
    before = owned(farm)
    assert run(farm, folder, LATER, '-always').code == 0
    assert changed(farm, before) == set()
    farm.run('metawiki', 'undelete', OPEN)
    assert run(farm, folder, LATER, '-always').code == 0
    assert '35 support' in owned(farm)[box]


def test_asked_to_end(farm: Farm, folder: Path) -> None:
    """It should finish the edit it is at and end well when it is asked to; the next run does the rest."""
    command = [sys.executable, '-m', 'tests.farm.pwb', '-m', 'tests.farm.status_at', FIRST, '-always']
    environment = {**os.environ, **bound_to(farm, folder), 'PYTHONPATH': str(CHECKOUT)}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        while not owned(farm):
            time.sleep(0.01)
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert 'stopped: asked to end' in output
    assert 0 < len(owned(farm)) < 8
    assert run(farm, folder, FIRST, '-always').code == 0
    assert len(owned(farm)) == 8


def test_log_tells_when_it_is_stale(farm: Farm, folder: Path) -> None:
    """It should tell on the wiki, without the bot, that its last sign of life is old, not when it is new."""
    shown = {}
    for moment in (FIRST, f'{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}+00:00'):
        run(farm, folder, moment, '-always')
        with client_of(farm, 'metawiki') as client:
            shown[moment] = client.get(action='parse', page=META.log_page, prop='text')['parse']['text']
    stale, fresh = shown.values()
    assert 'No sign of life' in stale
    assert 'No sign of life' not in fresh


def test_cache_costs_time_only(farm: Farm, folder: Path, facts: str) -> None:
    """It should do the same without its cache, for three more requests a request page at most.

    What the questions about accounts take is measured by ``tests.farm.account_requests``.
    """
    run(farm, folder, FIRST, '-always', facts)
    run(farm, folder, LATER, '-always', facts)
    before = owned(farm)
    kept = run(farm, folder, LATER, '-always', facts).requests
    cache = folder / 'globalban-cache'
    count = 0
    for path in cache.glob('*.json'):
        path.unlink()
        count += 1
    without = run(farm, folder, LATER, '-always', facts).requests
    print(f'with the cache {kept} requests, without {without}; {count} request pages')
    assert kept is not None
    assert without is not None
    assert without <= kept + 3 * count
    assert changed(farm, before) == set()


def test_requests_do_not_grow(farm: Farm, folder: Path) -> None:
    """It should ask a wiki with 50 unchanged requests as often as one with 10."""
    numbers: dict[int, int | None] = {}
    text = pages(farm)['Requests for comment/Global ban request for Pebbletarn'].text
    have = 6
    for wanted in (10, 50):
        many(farm, text, range(have, wanted))
        have = wanted
        assert run(farm, folder, FIRST, '-always', '-nobrake').code == 0
        run(farm, folder, FIRST, '-always')
        numbers[wanted] = run(farm, folder, FIRST, '-always').requests
    print(f'requests for 10 and 50 unchanged request pages: {numbers}')
    assert numbers[10] == numbers[50]


def many(farm: Farm, text: str, numbers: range) -> None:
    """Make further requests, in one import."""
    title = 'Requests for comment/Global ban for Invented {}'
    parts = (
        f'<page><title>{title.format(number)}</title><ns>0</ns><revision><timestamp>2025-01-01T00:00:00Z'
        f'</timestamp><contributor><username>Merrowby</username></contributor><model>wikitext</model>'
        f'<format>text/x-wiki</format><text xml:space="preserve">{escape(text)}</text></revision></page>'
        for number in numbers
    )
    export = farm.folders.run / 'many.xml'
    head = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">'
    export.write_text(f'{head}{"".join(parts)}</mediawiki>', 'utf-8')
    farm.run('metawiki', 'importDump', str(export))


def escape(text: str) -> str:
    return text.replace('&', '&amp;').replace('<', '&lt;')
