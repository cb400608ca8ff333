"""Notices on fifty wikis: looked for, planned, approved, delivered, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from globalban_bot.model.notice import notice_marker
from globalban_bot.profiles.loader import load_profile
from tests.farm.accounts import OPERATOR, Account
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import Outcome, run_child
from tests.farm.client import client_of
from tests.farm.farm import Farm
from tests.farm.many import PUMPS
from tests.farm.notices_stage import ODD, REDIRECT_TO
from tests.farm.onwiki import edit, pages

META = load_profile('meta')
SENDER, READER, VOTER = 'Sender Invented', 'Reader Invented', 'Voter Invented'
Stage = tuple[Farm, dict[str, Any]]


@pytest.fixture
def stage(notices: Stage) -> Iterator[Stage]:
    """Give the stage with somebody who may send messages, by the rights log, and a stop page that says run."""
    farm, found = notices
    farm.create_accounts('metawiki', *(Account(name) for name in (SENDER, READER, VOTER)))
    grant(farm, SENDER, 'sysop')
    edit(farm, META.stop_page, 'run')
    yield farm, found


def grant(farm: Farm, name: str, group: str, *, take: bool = False) -> None:
    with client_of(farm, 'metawiki', OPERATOR) as client:
        token = client.token('userrights')
        change = {'remove' if take else 'add': group}
        answer = client.post(action='userrights', user=name, token=token, **change)
    assert 'error' not in answer, answer


def run(farm: Farm, folder: Path, *options: str, always: bool = True) -> Outcome:
    given = [*options, '-always'] if always else [*options]
    return run_child(farm, folder, 'globalban_notify', *given, timeout=300)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bot_folder(tmp_path / 'bot')


def page_of(found: Mapping[str, Any], kind: str) -> str:
    assert META.notices is not None
    return getattr(META.notices, f'{kind}_page').format(page_id=found['page_id'])


def given(farm: Farm, found: Mapping[str, Any]) -> dict[str, int]:
    """Return on which pages of which wikis how many notices stand."""
    marker = notice_marker(found['page_id'])
    counts: dict[str, int] = {}
    for dbname in farm.wikis:
        for title, page in pages(farm, dbname).items():
            if marker in page.text and not title.startswith('User:Request facts bot'):
                counts[f'{dbname} {title}'] = page.text.count(marker)
    return counts


def approve(farm: Farm, found: Mapping[str, Any], folder: Path, name: str = SENDER) -> str:
    """Post the plan, and approve it as somebody."""
    outcome = run(farm, folder, f'-request:{found["page_id"]}', '-plan')
    assert outcome.code == 0, outcome.errors
    digest = plan_digest(farm, found)
    edit(farm, page_of(found, 'approval'), f'* approve {digest}', name)
    return digest


def plan_digest(farm: Farm, found: Mapping[str, Any]) -> str:
    text = pages(farm)[page_of(found, 'plan')].text
    written = re.search(r'<code>approve ([0-9a-f]{12})</code>', text)
    assert written is not None, text
    return written[1]


def test_coverage_posts_nothing(stage: Stage, folder: Path) -> None:
    """It should print what it found and post nothing."""
    farm, found = stage
    before = pages(farm)
    outcome = run(farm, folder, f'-request:{found["page_id"]}', '-coverage')
    assert outcome.code == 0, outcome.errors
    assert 'notice found on 3 of' in outcome.output
    assert pages(farm) == before
    assert given(farm, found) == {}


def test_not_approved(stage: Stage, folder: Path) -> None:
    """It should deliver nothing that nobody has approved, and say so."""
    farm, found = stage
    outcome = run(farm, folder, f'-request:{found["page_id"]}', '-deliver', '-engine:direct')
    assert (outcome.code, given(farm, found)) == (4, {})
    assert 'not approved' in outcome.errors


def test_delivered(stage: Stage, folder: Path) -> None:
    """It should give each community its notice, once, skip by named skip, and tell what it did not do."""
    farm, found = stage
    approve(farm, found, folder)
    request = f'-request:{found["page_id"]}'
    outcome = run(farm, folder, request, '-deliver', '-engine:direct')
    assert outcome.code == 3, outcome.errors
    print(outcome.output)
    odd = {ODD[name] for name in (
        'closed', 'private', 'fishbowl', 'readonly', 'missing', 'protected', 'blocked', 'noaccount', 'noright',
        'nobots', 'model', 'told', 'archived', 'external', 'silent', 'noedits', 'unlinked', 'optedout',
    )}  # fmt: skip
    usual = set(farm.wikis) - odd - {'metawiki'}
    there = given(farm, found)
    assert set(there.values()) == {1}
    assert {key.partition(' ')[0] for key in there} - {'metawiki'} >= usual - {'enwiki'}
    assert not odd - {ODD['unlinked']} & {key.partition(' ')[0] for key in there}
    result = pages(farm)[page_of(found, 'result')].text
    for name in ('readonly', 'protected', 'blocked', 'nobots'):
        assert ODD[name] in result, name
    again = run(farm, folder, request, '-deliver', '-engine:direct')
    assert given(farm, found) == there, again.output


def test_approvals(stage: Stage, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should send nothing where the approval does not count, whatever the reason."""
    farm, found = stage
    request = f'-request:{found["page_id"]}'
    digest = approve(farm, found, folder)
    approvals, title = page_of(found, 'approval'), found['title']
    text = pages(farm)[title].text
    line = f'* approve {digest}'
    table: list[tuple[str, str, str]] = []

    def attempt(what: str, expected: str) -> None:
        outcome = run(farm, folder, request, '-deliver', '-engine:direct', '-limit:0')
        actual = outcome.errors.partition('may not be delivered: ')[2].strip() or f'open ({outcome.code})'
        table.append((what, expected, actual))

    attempt('approved by a sender', 'open (0)')
    edit(farm, approvals, '')
    edit(farm, approvals, f'{line} [[User:{SENDER}|{SENDER}]]', READER)
    attempt('a forged signature', 'no right')
    edit(farm, approvals, '')
    grant(farm, found['nominator'], 'sysop')
    edit(farm, approvals, line, found['nominator'])
    attempt('the nominator, with the right', 'participant')
    edit(farm, approvals, '')
    edit(farm, title, text.replace('== Oppose ==', f'# Yes. [[User:{VOTER}]]\n\n== Oppose =='), VOTER)
    grant(farm, VOTER, 'sysop')
    edit(farm, approvals, line, VOTER)
    attempt('a participant, with the right', 'participant')
    edit(farm, approvals, '')
    edit(farm, approvals, '* approve 0123456789ab', SENDER)
    attempt('another plan', 'other plan')
    edit(farm, approvals, '')
    edit(farm, approvals, line, SENDER)
    grant(farm, SENDER, 'sysop', take=True)
    attempt('the right was lost since', 'no right')
    grant(farm, SENDER, 'sysop')
    attempt('the right was given back later', 'no right')
    edit(farm, approvals, '')
    edit(farm, approvals, line, SENDER)
    attempt('approved again', 'open (0)')
    edit(farm, approvals, f'{line}\n* hold', READER)
    attempt('somebody asks to wait', 'held')
    edit(farm, approvals, f'{line}\n* hold\n* settle', SENDER)
    attempt('an administrator settles that', 'open (0)')
    closed = text.replace('|status=|', '|status=invalid|')
    edit(farm, title, closed, OPERATOR.name)
    attempt('the request was closed', 'not open')
    with capsys.disabled():
        for what, expected, actual in table:
            print(f'\n{what:34} {expected:14} {actual}', end='')
    assert [(what, actual) for what, _, actual in table] == [(what, expected) for what, expected, _ in table]
    assert given(farm, found) == {}


def test_stopped_in_between(stage: Stage, folder: Path) -> None:
    """It should look at the stop page before each notice."""
    farm, found = stage
    approve(farm, found, folder)
    edit(farm, META.stop_page, 'stop')
    outcome = run(farm, folder, f'-request:{found["page_id"]}', '-deliver', '-engine:direct')
    assert given(farm, found) == {}
    assert 'the bot was stopped' in outcome.output


def test_names(stage: Stage) -> None:
    """It should have the pages of the stage as the other tests take them."""
    farm, _ = stage
    assert REDIRECT_TO in {title.replace('4:', 'Wikipédia:') for title in pages(farm, ODD['redirect'])}
    assert ODD['told'] in PUMPS
