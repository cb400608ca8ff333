"""The scripts that only ask a wiki: before filing, for the operator alone, over closed requests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import as_file
from pathlib import Path

import pytest

from globalban_bot.sample import ACCOUNTS, EXPORT, LATER
from tests.farm.accounts import OPERATOR, Account
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import Outcome, run_child
from tests.farm.client import client_of
from tests.farm.farm import Farm
from tests.farm.onwiki import pages

SUBJECT = 'Orvandelle'
OPEN = 'Requests for comment/Global ban for Orvandelle'


@pytest.fixture(scope='module')
def ready(running_farm: Farm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    running_farm.reset()
    with as_file(EXPORT) as path:
        running_farm.import_xml('metawiki', path)
    return running_farm.keep('metawiki', tmp_path_factory.mktemp('kept') / 'metawiki.sqlite')


@pytest.fixture
def farm(running_farm: Farm, ready: Path) -> Iterator[Farm]:
    running_farm.reset('enwiki', 'dewiki')
    running_farm.restore('metawiki', ready)
    yield running_farm


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bot_folder(tmp_path / 'bot')


def run(farm: Farm, folder: Path, *command: str) -> Outcome:
    """Run a script that must leave the wiki, and the bot's folder, as they were."""
    before = pages(farm)
    with farm.recording() as requests:
        outcome = run_child(farm, folder, *command)
    assert pages(farm) == before
    assert {one.action for one in requests} <= {'query', 'paraminfo', 'login', None, ''}
    assert not (folder / 'globalban-cache').exists() or not [*(folder / 'globalban-cache').glob('*.json')]
    return outcome


def test_check(farm: Farm, folder: Path) -> None:
    """It should tell a nominator to be how a request would stand, which wikis to tell, and give texts."""
    for dbname in ('enwiki', 'dewiki'):
        farm.create_accounts(dbname, Account(SUBJECT, registered='20200101000000'))
        with client_of(farm, dbname, OPERATOR) as client:
            client.post(action='block', user=SUBJECT, expiry='infinity')
    outcome = run(farm, folder, 'globalban_check', '-nominator:Merrowby', f'-subject:{SUBJECT}')
    assert outcome.code == 0, outcome.errors
    said = ' '.join(outcome.output.split())
    assert '500 edits on all wikis together before the opening: not met' in said
    assert 'the policy asks for 2 projects or more; none found' in said
    assert 'not counted, too few edits there: ' in said
    assert 'metawiki (' in said
    assert 'https://www.wikidata.org/wiki/Special:GoToLinkedPage/metawiki/Q16503' in said
    assert 'asks whether a user who has edited here should be banned' in said


def test_check_needs_names(farm: Farm, folder: Path) -> None:
    """It should say which options are missing."""
    outcome = run(farm, folder, 'globalban_check')
    assert (outcome.code, 'name both accounts: --nominator NAME --subject NAME' in outcome.errors) == (
        2,
        True,
    )


def test_background(farm: Farm, folder: Path) -> None:
    """It should tell the operator who took the positions, in numbers, and name nobody."""
    outcome = run(farm, folder, 'globalban_background', f'-request:{OPEN}', '-below:2')
    assert outcome.code == 0, outcome.errors
    assert 'Positions that count: 49, of them' in outcome.output
    assert 'by accounts with fewer than 2 edits on all wikis' in outcome.output
    assert 'Not to be posted' in outcome.output
    assert 'Merrowby' not in outcome.output


def test_background_of_no_request(farm: Farm, folder: Path) -> None:
    """It should say that there is no such request."""
    outcome = run(farm, folder, 'globalban_background', '-request:999999')
    assert (outcome.code, 'there is no request 999999' in outcome.errors) == (2, True)


def test_whatif(farm: Farm, folder: Path, tmp_path: Path) -> None:
    """It should make the figures of a wiki, and make them again from what it recorded."""
    record, first, second = tmp_path / 'facts.json', tmp_path / 'first.json', tmp_path / 'second.json'
    with as_file(ACCOUNTS) as facts, as_file(LATER) as bans:
        outcome = run(
            farm, folder, 'globalban_whatif', f'-facts:{facts}', f'-later:{bans}', f'-record:{record}',
            '-format:json', f'-output:{first}',
        )  # fmt: skip
        assert outcome.code == 0, outcome.errors
        again = (
            'globalban_whatif',
            f'-facts:{record}',
            f'-later:{bans}',
            '-format:json',
            f'-output:{second}',
        )
        outcome = run(farm, folder, *again)
        assert outcome.code == 0, outcome.errors
    one, two = (json.loads(path.read_text('utf-8')) for path in (first, second))
    assert one['requests'] == 4
    assert one['figures'] == two['figures']
    assert 'Orvandelle' not in first.read_text('utf-8')


def test_whatif_asks_the_wikis(farm: Farm, folder: Path) -> None:
    """It should ask the wikis themselves where no recording is given."""
    outcome = run(farm, folder, 'globalban_whatif')
    assert outcome.code == 0, outcome.errors
    assert 'What these figures cannot say' in outcome.output
