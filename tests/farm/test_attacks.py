"""The status job on a wiki where somebody attacks it: the other pages are up to date after each run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from globalban_bot.profiles.loader import load_profile
from tests.attacks import PLACES, attacked, attacks, request
from tests.farm.accounts import authors_of
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import Outcome, run_child
from tests.farm.farm import Farm
from tests.farm.onwiki import edit, page_id, pages
from tests.unit.gather.made import export, page, revision

META = load_profile('meta')
PREFIX = 'Requests for comment/Global ban for'
HONEST = f'{PREFIX} Orvandelle'
FIRST, NEXT_DAY = '2026-01-01T12:00:00+00:00', '2026-01-02T12:30:00+00:00'


@pytest.fixture(scope='module')
def ready(running_farm: Farm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a wiki with an honest request and a stop page that says run."""
    running_farm.reset('metawiki')
    edit(running_farm, META.stop_page, 'run')
    post(running_farm, tmp_path_factory.mktemp('honest'), {HONEST: [request(20)]})
    return running_farm.keep('metawiki', tmp_path_factory.mktemp('kept') / 'metawiki.sqlite')


@pytest.fixture
def farm(running_farm: Farm, ready: Path) -> Iterator[Farm]:
    running_farm.restore('metawiki', ready)
    yield running_farm


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bot_folder(tmp_path / 'bot')


def post(farm: Farm, folder: Path, requests: dict[str, list[str]]) -> None:
    """Make requests, each with its revisions."""
    made = (
        page(
            title,
            *(
                revision(number * 100 + n, text, time=f'2025-05-0{n}T12:00:00Z')
                for n, text in enumerate(texts, 1)
            ),
            number=number,
        )
        for number, (title, texts) in enumerate(requests.items(), 1)
    )
    path = folder / 'requests.xml'
    # MediaWiki takes an empty element for one that never ends.
    path.write_bytes(export(*made).replace(b'<siteinfo/>', b'<siteinfo></siteinfo>'))
    farm.create_accounts('metawiki', *authors_of(path))
    farm.run('metawiki', 'importDump', str(path))


def run(farm: Farm, folder: Path, moment: str, *options: str) -> Outcome:
    return run_child(farm, folder, '-m', 'tests.farm.attacked_at', moment, *options, timeout=600)


def box(farm: Farm, title: str) -> str:
    return pages(farm)[META.box_title(page_id(farm, title))].text


def attack_pages() -> dict[str, list[str]]:
    """Return a request for each attack and place, and one where it once stood in the head."""
    made = {
        f'{PREFIX} {name} {place}': [attacked(place, text)]
        for name, text in attacks(on_wiki=True).items()
        for place in PLACES
    }
    reverted = {
        f'{PREFIX} {name} reverted': [request(3), attacked('head', text), request(3)]
        for name, text in attacks(on_wiki=True).items()
    }
    return {**made, **reverted}


def test_attacks(farm: Farm, folder: Path) -> None:
    """It should bring all other pages up to date after all attacks at once, and name what failed."""
    post(farm, folder, attack_pages())
    outcome = run(farm, folder, FIRST, '-always')
    assert outcome.code in {0, 3}, outcome.errors
    assert 'our own mistake' not in outcome.errors
    assert '20 support' in box(farm, HONEST)
    failed = [line for line in outcome.output.splitlines() if 'could not be read' in line]
    print('\n'.join(failed))
    assert all('(' in line for line in failed)
    board, log = pages(farm)[META.board_page].text, pages(farm)[META.log_page].text
    assert 'Orvandelle' in board
    for line in failed:
        number = line.partition('page ')[2].partition(':')[0]
        assert f'Special:Redirect/page/{number}|{number}' in board
        assert f'page {number}: could not be read' in log
    edit(farm, HONEST, request(21))
    assert run(farm, folder, NEXT_DAY, '-always').code in {0, 3}
    assert '21 support' in box(farm, HONEST)


def test_reverted(farm: Farm, folder: Path) -> None:
    """It should read a request as before when a head that nobody can read has once stood there."""
    title = f'{PREFIX} Bel'
    attack = attacks()['braces within includeonly']
    post(farm, folder, {title: [request(3), attacked('head', attack), request(3)]})
    outcome = run(farm, folder, FIRST, '-always')
    assert (outcome.code, '3 support' in box(farm, title)) == (0, True), outcome.errors


def test_growth_and_strikes(farm: Farm, folder: Path) -> None:
    """It should post thirty new boxes in one run, and follow a clerk who strikes seventeen votes."""
    assert run(farm, folder, FIRST, '-always').code == 0
    post(farm, folder, {f'{PREFIX} Account {n}': [request(1)] for n in range(30)})
    lines = request(20).split('\n')
    struck = [f'# <s>{line[2:]}</s> sock' if line.startswith('#') else line for line in lines]
    edit(farm, HONEST, '\n'.join([*struck[:-5], *lines[-5:]]))
    outcome = run(farm, folder, NEXT_DAY, '-always')
    assert outcome.code == 0, outcome.output + outcome.errors
    assert '3 support' in box(farm, HONEST)
    assert all('1 support' in box(farm, f'{PREFIX} Account {n}') for n in range(30))
