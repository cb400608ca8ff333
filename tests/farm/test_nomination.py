"""What the box says of a nomination, after real blocks on four wikis."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from globalban_bot.profiles.loader import load_profile
from tests.farm.accounts import OPERATOR, Account
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import Outcome, run_child
from tests.farm.client import client_of
from tests.farm.contributions import import_edits
from tests.farm.farm import Farm
from tests.farm.onwiki import edit, page_id, pages
from tests.farm.releases import ON_BOTH

META = load_profile('meta')
TITLE = 'Requests for comment/Global ban for Cassian Wold'
SUBJECT, NOMINATOR = 'Cassian Wold', 'Petra Lund'
HEAD = '{{{{rfc subpage|status={status}|comment=|date=}}}}\n'
STATEMENT = (
    'Statement. [[User:Petra Lund|Petra Lund]] 12:00, 1 May 2026 (UTC)\n\n== Support ==\n\n== Oppose ==\n'
)
NOT_CHECKED = 'not checked: bans without a block, other accounts of the same person'
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def block(farm: Farm, dbname: str, **parameters: Any) -> None:
    """Block the subject as an administrator does; a block without an expiry is indefinite."""
    action = {'action': 'block', 'user': SUBJECT, 'expiry': 'infinity', 'allowusertalk': 1, **parameters}
    with client_of(farm, dbname, OPERATOR) as client:
        answer = client.post(**action)
    assert 'error' not in answer, answer


def edited(farm: Farm, folder: Path, dbname: str, name: str, edits: int) -> None:
    times = [LONG_AGO + timedelta(hours=number) for number in range(edits)]
    import_edits(farm, dbname, name, times, folder, f'Edits of {name}')


@pytest.fixture(scope='module')
def kept(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Farm, str], Path]:
    """Give room for the states of wikis, so that each farm is made ready once."""
    return {}


@pytest.fixture
def asked(farm: Farm, kept: dict[tuple[Farm, str], Path], tmp_path_factory: pytest.TempPathFactory) -> Farm:
    """Give a farm with a request, a nominator with 499 edits and a subject who has edited on five wikis."""
    if (farm, 'metawiki') not in kept:
        folder = tmp_path_factory.mktemp('kept')
        make_ready(farm, folder)
        kept |= {(farm, dbname): farm.keep(dbname, folder / f'{dbname}.sqlite') for dbname in farm.wikis}
    else:
        for dbname in farm.wikis:
            farm.restore(dbname, kept[farm, dbname])
    return farm


def make_ready(farm: Farm, folder: Path) -> None:
    for dbname, edits in (('metawiki', 1), ('enwiki', 4), ('dewiki', 3), ('frwiki', 2), ('arwiki', 2)):
        edited(farm, folder, dbname, SUBJECT, edits)
    edited(farm, folder, 'enwiki', NOMINATOR, 499)
    farm.create_accounts('metawiki', Account(NOMINATOR, registered='20200101000000'))
    edit(farm, TITLE, HEAD.format(status='') + STATEMENT, NOMINATOR)
    edit(farm, META.stop_page, 'run')
    # No log tells what stood in the very second of the opening.
    time.sleep(1.1)


def run(farm: Farm, tmp_path: Path, moment: datetime, *options: str) -> Outcome:
    folder = write_bot_folder(tmp_path / 'bot')
    outcome = run_child(farm, folder, '-m', 'tests.farm.status_at', moment.isoformat(), '-always', *options)
    assert outcome.code == 0, outcome.errors
    return outcome


def box(farm: Farm) -> list[str]:
    """Return the lines of the box, without dates and addresses of logs."""
    text = pages(farm)[META.box_title(page_id(farm, TITLE))].text
    return [
        re.sub(r'\[https://([a-z]+)\.wikipedia\.org/\S+ [^\]]+\]', r'[\1]', line) for line in text.split('\n')
    ]


def line(farm: Farm, label: str) -> str:
    return next(one for one in box(farm) if one.startswith(f"* ''{label}:''")).partition("'' ")[2]


@ON_BOTH
def test_blocks(asked: Farm, tmp_path: Path) -> None:
    """It should tell indefinite blocks placed or lifted since, and apart what does not count."""
    block(asked, 'enwiki')
    time.sleep(1.1)
    block(asked, 'dewiki', expiry='2 years')
    block(asked, 'frwiki', partial=1, namespacerestrictions='0')
    block(asked, 'arwiki')
    with client_of(asked, 'arwiki', OPERATOR) as client:
        client.post(action='unblock', user=SUBJECT)
    run(asked, tmp_path, datetime.now(UTC))
    asks = 'the policy asks for 2 projects or more'
    first = f'{asks}; placed since: enwiki ([en]); lifted or changed since: arwiki ([ar])'
    partial = 'not counted, of a part of a wiki: frwiki ([fr])'
    expiring = 'not counted, not indefinite: dewiki ([de])'
    assert line(asked, 'Indefinite blocks') == f'{first}; {partial}; {expiring}; {NOT_CHECKED}.'
    block(asked, 'dewiki', reblock=1)
    run(asked, tmp_path, datetime.now(UTC), '-recount')
    assert expiring in line(asked, 'Indefinite blocks'), 'it is asked again the next day'
    run(asked, tmp_path, datetime.now(UTC) + timedelta(days=1, minutes=1), '-recount')
    assert line(asked, 'Indefinite blocks') == (
        f'{asks}; placed since: enwiki ([en]), dewiki ([de]); lifted or changed since: arwiki ([ar]);'
        f' {partial}; {NOT_CHECKED}.'
    )


@ON_BOTH
def test_at_closing(asked: Farm, tmp_path: Path) -> None:
    """It should tell how it stood at the closing, by the block log, whatever was done since."""
    block(asked, 'enwiki')
    time.sleep(1.1)
    block(asked, 'dewiki')
    block(asked, 'frwiki', expiry='2 years')
    time.sleep(1.1)
    edit(asked, TITLE, HEAD.format(status='globalban-yes') + STATEMENT)
    time.sleep(1.1)
    with client_of(asked, 'dewiki', OPERATOR) as client:
        client.post(action='unblock', user=SUBJECT)
    block(asked, 'frwiki', reblock=1)
    block(asked, 'arwiki')
    run(asked, tmp_path, datetime.now(UTC) + timedelta(days=2))
    assert line(asked, 'Indefinite blocks at closing') == (
        'the policy asks for 2 projects or more; 0 at the opening; 2 at the closing.'
    )
    assert not [one for one in box(asked) if "''Reply on this wiki:''" in one]


def test_log_line(asked: Farm, tmp_path: Path) -> None:
    """It should link the very line of the log, by its number, without naming anybody."""
    block(asked, 'enwiki')
    run(asked, tmp_path, datetime.now(UTC))
    text = pages(asked)[META.box_title(page_id(asked, TITLE))].text
    number = re.search(r'https://en\.wikipedia\.org/wiki/Special:Redirect/logid/(\d+) ', text)
    assert number is not None
    with client_of(asked, 'enwiki') as client:
        found = client.get(action='query', list='logevents', letype='block', leprop='ids|title')
    assert [(one['logid'], one['title']) for one in found['query']['logevents']] == [
        (int(number[1]), f'User:{SUBJECT}')
    ]
    assert SUBJECT not in text
    assert NOMINATOR not in text


def test_nominator(asked: Farm, tmp_path: Path) -> None:
    """It should leave 499 edits before the opening and 500 now to people, and find 500 before it enough."""
    farm = asked
    run(farm, tmp_path, datetime.now(UTC))
    assert line(farm, 'Nominator').startswith(
        'registered more than 6 months before the opening: met; '
        '500 edits on all wikis together before the opening: for people'
        ' (499 at the opening; 500 now; enough since'
    )
    edited(farm, tmp_path, 'dewiki', NOMINATOR, 1)
    run(farm, tmp_path, datetime.now(UTC) + timedelta(days=1, minutes=1))
    assert '500 edits on all wikis together before the opening: met.' in line(farm, 'Nominator')


@pytest.mark.parametrize(
    ('parameters', 'said'),
    [
        ({}, 'blocked here, may edit the own talk page.'),
        ({'allowusertalk': ''}, 'blocked here, may edit the own talk page.'),
        ({'nocreate': 1, 'allowusertalk': None}, 'blocked here, may not edit the own talk page.'),
        ({'partial': 1, 'namespacerestrictions': '0'}, 'blocked from a part of this wiki.'),
        (None, 'no block or lock found.'),
    ],
)
def test_reply(asked: Farm, tmp_path: Path, parameters: dict[str, Any] | None, said: str) -> None:
    """It should tell whether the subject can reply on Meta."""
    if parameters is not None:
        block(asked, 'metawiki', **parameters)
    run(asked, tmp_path, datetime.now(UTC))
    assert line(asked, 'Reply on this wiki') == said


def test_locked(asked: Farm, tmp_path: Path) -> None:
    """It should tell that the subject is locked."""
    with asked.global_account(SUBJECT, locked=True):
        run(asked, tmp_path, datetime.now(UTC))
    assert line(asked, 'Reply on this wiki') == 'locked: cannot log in.'


def test_silent_wiki(asked: Farm, tmp_path: Path) -> None:
    """It should not take a wiki that does not answer for one without a block, and ask it again."""
    block(asked, 'enwiki')
    time.sleep(1.1)
    block(asked, 'dewiki')
    with asked.switch('dewiki', farmLag=60):
        run(asked, tmp_path, datetime.now(UTC))
    assert 'not known whether 2 or more' in line(asked, 'Indefinite blocks')
    assert '1 of 5 wikis could not be looked up' in line(asked, 'Indefinite blocks')
    run(asked, tmp_path, datetime.now(UTC) + timedelta(hours=1))
    assert 'placed since: enwiki ([en]), dewiki ([de]);' in line(asked, 'Indefinite blocks')


def test_recorded(asked: Farm, tmp_path: Path) -> None:
    """It should make the same box from what it recorded, without asking any wiki about accounts."""
    block(asked, 'enwiki')
    moment = datetime.now(UTC)
    record = tmp_path / 'facts.json'
    run(asked, tmp_path, moment, f'-record:{record}')
    first = box(asked)
    with asked.recording() as requests:
        folder, later = write_bot_folder(tmp_path / 'other'), (moment + timedelta(hours=20)).isoformat()
        options = ('-always', f'-facts:{record}', '-recount', f'-cache:{tmp_path / "empty"}')
        outcome = run_child(asked, folder, '-m', 'tests.farm.status_at', later, *options)
    assert outcome.code == 0, outcome.errors
    assert box(asked) == first
    assert not [one for one in requests if 'globaluserinfo' in one.params.get('meta', '')]
