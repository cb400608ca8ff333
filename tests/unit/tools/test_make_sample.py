"""The files of the sample and their sources."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tools import make_sample
from tools.sample.archive import later_of
from tools.sample.blocks import events_of, standing
from tools.sample.facts import Recorder, from_archive
from tools.sample.users import SourceError, Users

CHECKOUT = Path(__file__).parents[3]
NOW = datetime(2025, 5, 3, tzinfo=UTC)
OPENED = datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
SERVERS = {'enwiki': 'https://en.wikipedia.org', 'dewiki': 'https://de.wikipedia.org'}
RECORDER = Recorder(SERVERS, {7: OPENED}, NOW)


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = Path(shutil.copytree(make_sample.SAMPLE, tmp_path / 'sample'))
    monkeypatch.setattr(make_sample, 'SAMPLE', folder)
    return folder


def test_up_to_date() -> None:
    """It should hold all files as their sources describe them."""
    assert make_sample.main(['--check']) == 0


def test_same_bytes() -> None:
    """It should make the same bytes of the same sources, twice."""
    assert make_sample.build(make_sample.SAMPLE) == make_sample.build(make_sample.SAMPLE)


@pytest.mark.parametrize('name', ['meta.xml', 'archive.xml', 'accounts.json', 'later.json'])
def test_writes_and_checks(copy: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It should say which file is not up to date, and mend it."""
    right = (copy / name).read_bytes()
    (copy / name).write_bytes(b'old')
    assert make_sample.main(['--check']) == 1
    assert f'{name} is not up to date' in capsys.readouterr().err
    assert make_sample.main([]) == 0
    assert (copy / name).read_bytes() == right


@pytest.mark.parametrize('call', [['tools/make_sample.py'], ['-m', 'tools.make_sample']])
def test_command(call: list[str]) -> None:
    """It should run by its path and as a module."""
    command = [sys.executable, *call, '--help']
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, 'usage: python tools/make_sample.py [--check]\n')


def test_an_id_that_stands_twice(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should refuse a page of the archive with an id of another page of the wiki."""
    source = copy / 'archive.yaml'
    source.write_text(source.read_text('utf-8').replace('- page: 5', '- page: 12840117 #', 1), 'utf-8')
    assert make_sample.main([]) == 2
    assert 'page ids must be unique: {12840117}' in capsys.readouterr().err


STANDING: dict[str, tuple[list[str], list[dict[str, Any]]]] = {
    'never': ([], []),
    'for good': (['2020-01-01 10:00:00 block'], [{'since': '2020-01-01T10:00:00Z'}]),
    'lifted': (['2020-01-01 10:00 block', '2020-01-02 10:00 unblock'], []),
    'ended': (['2020-01-01 10:00 block until 2021-01-01 10:00'], []),
    'ends later': (
        ['2020-01-01 10:00:00 block until 2026-01-01 10:00:00'],
        [{'since': '2020-01-01T10:00:00Z', 'expiry': '2026-01-01T10:00:00Z'}],
    ),
    'changed': (
        ['2020-01-01 10:00 block until 2020-02-01 10:00', '2020-01-05 10:00:00 reblock partial talk-closed'],
        [{'since': '2020-01-05T10:00:00Z', 'partial': True, 'talk-open': False}],
    ),
}


@pytest.mark.parametrize(('lines', 'stands'), STANDING.values(), ids=STANDING)
def test_standing(lines: list[str], stands: list[dict[str, Any]]) -> None:
    """It should tell from a block log what stands."""
    assert standing(events_of(lines, 'Ada/enwiki'), NOW) == stands


MALFORMED = [
    ['2020-01-01 block'],
    ['2020-01-01 10:00 ban'],
    ['2020-01-02 10:00 block', '2020-01-01 10:00 block'],
]


@pytest.mark.parametrize('lines', MALFORMED)
def test_malformed_log(lines: list[str]) -> None:
    """It should refuse lines of a block log that it does not know, or that are not in the order of time."""
    with pytest.raises(SourceError):
        events_of(lines, 'Ada/enwiki')


def test_account() -> None:
    """It should add up the edits, and write all times in full."""
    noted = {
        'registered': '2015-01-01 10:00:00',
        'wikis': {'enwiki': 40, 'dewiki': {'edits': 2, 'blocked': True, 'blocks': 'no answer'}},
        'edits': {7: '30..35'},
        'locks': ['2020-01-01 10:00:00', '2020-01-02 10:00:00 open'],
    }
    found = RECORDER.account('Ada', noted)
    assert isinstance(found, dict)
    assert (found['registered'], found['edits'], found['locked']) == ('2015-01-01T10:00:00Z', 42, False)
    assert found['counts'] == [
        {'before': '2024-01-02T03:04:05Z', 'after': None, 'where': 'together', 'at-least': 30, 'at-most': 35}
    ]
    assert found['locks'][-1] == {'time': '2020-01-02T10:00:00Z', 'locked': False}
    assert found['wikis']['dewiki']['blocks'] == 'no answer'
    assert found['wikis']['enwiki']['registered'] == '2015-01-01T10:00:00Z'


def test_account_that_is_not_known() -> None:
    """It should hand on why an account, or its edits, are not known."""
    assert RECORDER.account('Ada', 'not shown') == 'not shown'
    noted = {'registered': None, 'wikis': {'enwiki': 1}, 'edits': {7: 'no answer'}}
    found = RECORDER.account('Ada', noted)
    assert isinstance(found, dict)
    assert (found['registered'], found['counts'][0]['at-least']) == (None, 'no answer')


def test_wiki_without_address() -> None:
    """It should refuse a wiki that accounts.yaml does not name."""
    with pytest.raises(SourceError, match='no address of xywiki'):
        RECORDER.account('Ada', {'registered': None, 'wikis': {'xywiki': 1}})


def test_a_person_in_several_requests() -> None:
    """It should set the edits at several openings beside each other."""
    first = {'page': 1, 'subject': 'Bel', 'nominator': {'name': 'Ada', 'wikis': {'enwiki': 9}, 'edits': 5}}
    second = {'page': 2, 'subject': 'Bel', 'nominator': {'name': 'Ada', 'edits': 7}, 'account': 'not shown'}
    third = {'page': 3, 'subject': 'Cid', 'nominator': '192.0.2.1', 'account': {'wikis': {}}}
    found = from_archive({'requests': [first, second, third]})
    assert found['Ada'] == {'name': 'Ada', 'wikis': {'enwiki': 9}, 'edits': {1: 5, 2: 7}}
    assert (found['Bel'], found['Cid']) == ('not shown', {'wikis': {}})


def test_later() -> None:
    """It should tell of other bodies by page id."""
    source = {'requests': [{'page': 1}, {'page': 2, 'later': {'u4c': '2024-11-19'}}]}
    assert later_of(source) == {'2': [{'body': 'u4c', 'on': '2024-11-19T00:00:00Z'}]}


def test_people_without_an_entry() -> None:
    """It should give an account without an entry an id that follows from its name, and an address none."""
    users = Users({'Ada': {'id': 5}})
    assert users.or_new('Ada').id == 5
    assert users.or_new('192.0.2.1').id is None
    assert users.or_new('Bel') == Users({}).or_new('Bel')
    with pytest.raises(SourceError, match='no account'):
        users['Bel']
