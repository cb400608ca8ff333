"""Notices on fifty wikis: looked for, planned, delivered by the bot's own engines, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from globalban_bot.model.notice import notice_marker
from globalban_bot.profiles.loader import load_profile
from tests.farm.accounts import BOT, Account
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import Outcome, run_child
from tests.farm.farm import Farm
from tests.farm.faults import Fault, Moment
from tests.farm.many import PUMPS
from tests.farm.notices_stage import ODD, REDIRECT_TO
from tests.farm.onwiki import edit, pages
from tests.farm.rights import grant

META = load_profile('meta')
SENDER, READER = 'Sender Invented', 'Reader Invented'
Stage = tuple[Farm, dict[str, Any]]


@pytest.fixture
def stage(notices: Stage) -> Iterator[Stage]:
    """Give the stage with somebody who may send messages, and a stop page that says run."""
    farm, found = notices
    farm.create_accounts('metawiki', *(Account(name) for name in (SENDER, READER)))
    grant(farm, SENDER, 'sysop')
    edit(farm, META.stop_page, 'run')
    yield farm, found


def run(farm: Farm, folder: Path, *options: str, always: bool = True) -> Outcome:
    given = [*options, '-always'] if always else [*options]
    return run_child(farm, folder, 'globalban_notify', *given, timeout=300)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bot_folder(tmp_path / 'bot')


def page_of(found: Mapping[str, Any], kind: str) -> str:
    assert META.notices is not None
    return str(getattr(META.notices, f'{kind}_page').format(page_id=found['page_id'], language='en'))


def given(farm: Farm, found: Mapping[str, Any]) -> dict[str, int]:
    """Return on which pages of which wikis how many notices stand."""
    marker = notice_marker(found['page_id'])
    counts: dict[str, int] = {}
    for dbname in farm.wikis:
        for title, page in pages(farm, dbname).items():
            if marker in page.text and not title.startswith('User:Request facts bot'):
                counts[f'{dbname} {title}'] = page.text.count(marker)
    return counts


def code_of(farm: Farm, found: Mapping[str, Any], folder: Path) -> str:
    """Return the code of the plan, as the operator reads it."""
    outcome = run(farm, folder, f'-request:{found["page_id"]}')
    assert outcome.code == 0, outcome.errors
    written = re.search(r'\(code ([0-9a-f]{12})\)', outcome.output)
    assert written is not None, outcome.output
    return written[1]


def deliver(
    farm: Farm, found: Mapping[str, Any], folder: Path, engine: str, *, fault: Fault | None = None
) -> Outcome:
    """Deliver as an operator does: type the code at a terminal. The profile allows both engines."""
    code = code_of(farm, found, folder)
    options = (f'-request:{found["page_id"]}', '-deliver', f'-engine:{engine}')
    command = ('-m', 'tests.farm.notify_allowed', *options)
    return run_child(farm, folder, *command, fault=fault, typed=f'{code}\n', timeout=300)


def test_coverage_posts_nothing(stage: Stage, folder: Path) -> None:
    """It should print what it found and post nothing."""
    farm, found = stage
    before = pages(farm)
    outcome = run(farm, folder, f'-request:{found["page_id"]}', '-coverage')
    assert outcome.code == 0, outcome.errors
    assert 'a link by another page: look whether it is a notice: 3' in outcome.output
    assert pages(farm) == before
    assert given(farm, found) == {}


def test_wrong_notice(stage: Stage, folder: Path) -> None:
    """It should say where notices and links stand, and who does what, and post nothing."""
    farm, found = stage
    before = pages(farm)
    outcome = run(farm, folder, f'-request:{found["page_id"]}', '-wrong')
    assert outcome.code == 0, outcome.errors
    told = outcome.output[outcome.output.index('Notices of this request, or links to it') :].splitlines()
    assert told[0].endswith('were found on 3 pages:')
    assert all('/wiki/' in line for line in told[1:4])
    assert told[5].startswith(f'1. Hold the rest: edit {page_of(found, "plan")} in any way.')
    assert [line[:2] for line in told[5:10]] == ['1.', '2.', '3.', '4.', '5.']
    assert pages(farm) == before


def test_texts_of_the_wiki(stage: Stage, folder: Path) -> None:
    """It should take texts from the page on the wiki, as an administrator last left it well formed."""
    farm, found = stage
    settings = META.notices
    assert settings is not None
    vouched = '{"de": {"reviewed": true, "community-heading": "Hinweis auf eine Anfrage (Nr. $3)"}}'
    broken, strange = '{"de": {"nonsense": "x"}}', '{"de": {"reviewed": true}}'
    for text, name in ((vouched, SENDER), (broken, SENDER), (strange, READER)):
        edit(farm, settings.texts_page, text, name)
    outcome = run(farm, folder, f'-request:{found["page_id"]}')
    assert outcome.code == 0, outcome.errors
    assert 'Hinweis auf eine Anfrage' in outcome.output
    assert outcome.output.count('left aside') == 2


#: How a delivery is asked for, and what is said of it.
NOT_SENT = {
    'no engine': (('-deliver',), 0, 'People send'),
    'an engine that the profile does not allow': (('-deliver', '-engine:direct'), 2, 'does not allow'),
    'an engine that there is not': (('-deliver', '-engine:person'), 2, 'engine'),
}


@pytest.mark.parametrize('name', NOT_SENT)
def test_not_sent(stage: Stage, folder: Path, name: str) -> None:
    """It should send nothing by -always, without an engine, or by one that the profile does not allow."""
    farm, found = stage
    options, code, said = NOT_SENT[name]
    outcome = run(farm, folder, f'-request:{found["page_id"]}', *options)
    assert (outcome.code, given(farm, found)) == (code, {})
    assert said in outcome.output + outcome.errors


@pytest.mark.parametrize('typed', ['', '\n', 'yes\n', '0123456789ab\n'])
def test_code_not_typed(stage: Stage, folder: Path, typed: str) -> None:
    """It should send nothing unless the operator types the code of this plan at a terminal."""
    farm, found = stage
    options = (f'-request:{found["page_id"]}', '-deliver', '-engine:direct')
    command = ('-m', 'tests.farm.notify_allowed', *options)
    outcome = run_child(farm, folder, *command, typed=typed, timeout=300)
    assert (outcome.code, given(farm, found)) == (0, {})
    assert 'Nothing was sent' in outcome.output


#: What is odd about a wiki, and what is said of it after a delivery.
EXPECTED = {
    'closed': 'the wiki is closed',
    'private': 'only members can read the wiki',
    'fishbowl': 'only members can edit the wiki',
    # It lets nobody log in, which pywikibot tells as no answer.
    'readonly': 'refused by the wiki (no answer)',
    'missing': 'no village pump is known, or it is missing',
    'unlinked': 'no village pump is known, or it is missing',
    'redirect': 'delivered',
    'twonames': 'delivered',
    'rtl': 'delivered',
    'protected': 'refused by the wiki (protected)',
    'blocked': 'refused by the wiki (blocked)',
    'noaccount': 'refused by the wiki (not logged in)',
    'noright': 'refused by the wiki (not allowed)',
    'nobots': 'refused by the wiki (no bots)',
    'model': 'the page is no wikitext',
    'optedout': 'refused by the wiki (opted out)',
    # Links by others keep no community from being told.
    'told': 'delivered',
    'archived': 'delivered',
    'external': 'delivered',
    'silent': 'the wiki did not answer; it is asked again',
}


def said_of(farm: Farm, output: str) -> dict[str, str]:
    """Return what the result says of each community, by what is odd about its wiki, else by the wiki."""
    _, _, result = output.partition(' delivered;')
    names = {wiki.host: dbname for dbname, wiki in farm.wikis.items()}
    odd = {dbname: kind for kind, dbname in ODD.items()}
    found: dict[str, str] = {}
    for one in result.splitlines():
        written = re.fullmatch(r'  (\S+?)(?: (.+?))?: (.+)', one)
        if written is not None and 'User talk:' not in (written[2] or ''):
            dbname = names[written[1]]
            found.setdefault(odd.get(dbname, dbname), written[3])
    return found


def test_delivered(stage: Stage, folder: Path) -> None:
    """It should give each community its notice, once, skip by named skip, and tell what it did not do."""
    farm, found = stage
    outcome = deliver(farm, found, folder, 'direct')
    assert outcome.code == 3, outcome.errors
    usual = dict.fromkeys({*farm.wikis} - {*ODD.values()}, 'delivered')
    assert said_of(farm, outcome.output) == {**usual, **EXPECTED}
    there = given(farm, found)
    told = set(usual) | {ODD[kind] for kind, said in EXPECTED.items() if said == 'delivered'}
    assert {key.partition(' ')[0] for key in there} == told
    assert there[f'metawiki User talk:{found["subject"]}'] == 1
    assert set(there.values()) == {1}
    result = pages(farm)[page_of(found, 'result')].text
    assert 'pl.wikipedia.org' in result
    assert 'blocked' in result
    again = deliver(farm, found, folder, 'direct')
    assert given(farm, found) == there, again.output


def test_killed_in_between(stage: Stage, folder: Path) -> None:
    """It should go on where it was killed, and give nothing twice."""
    farm, found = stage
    for number in (4, 9):
        fault = Fault(Moment.SENT, number, 'action=edit')
        assert deliver(farm, found, folder, 'direct', fault=fault).code == -9
    outcome = deliver(farm, found, folder, 'direct')
    assert outcome.code == 3, outcome.errors
    there = given(farm, found)
    assert {key.partition(' ')[0] for key in there} >= {*farm.wikis} - {*ODD.values()}
    assert set(there.values()) == {1}


def test_massmessage(stage: Stage, folder: Path) -> None:
    """It should hand one message for all communities to the wiki, once, where the account has the right."""
    farm, found = stage
    grant(farm, BOT.name, 'massmessage-sender')
    outcome = deliver(farm, found, folder, 'massmessage')
    assert outcome.code == 0, (outcome.output, outcome.errors)
    again = deliver(farm, found, folder, 'massmessage')
    assert again.code == 0, again.errors
    farm.run_jobs()
    last = deliver(farm, found, folder, 'massmessage')
    assert 'handed over, not seen yet: ' in again.output, again.output
    assert 'delivered' in last.output, last.output
    there = given(farm, found)
    assert len(there) > 25
    assert set(there.values()) == {1}


def barriers(farm: Farm, found: Mapping[str, Any], folder: Path) -> list[str]:
    """Return what stands in the way of sending, as the operator reads it."""
    outcome = run(farm, folder, f'-request:{found["page_id"]}')
    assert outcome.code == 0, outcome.errors
    said = outcome.output.partition('Before this can be sent:\n')[2]
    return [line.strip() for line in said.splitlines() if line.startswith('  ')][:1]


def test_gate(stage: Stage, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should be shut by a closing, and held by any edit, move or deletion of the plan by a person."""
    farm, found = stage
    assert run(farm, folder, f'-request:{found["page_id"]}', '-plan').code == 0
    plan, text = page_of(found, 'plan'), pages(farm)[found['title']].text
    table = [('nobody has done anything', 'Ready to be sent.', barriers(farm, found, folder))]
    edit(farm, found['title'], text.replace('|status=|', '|status=invalid|'))
    table.append(('the request was closed', 'The request is not open', barriers(farm, found, folder)))
    edit(farm, found['title'], text)
    table.append(('and opened again', 'Ready to be sent.', barriers(farm, found, folder)))
    before = pages(farm)[plan].text
    edit(farm, plan, f'{before} Wait.', READER)
    edit(farm, plan, before, READER)
    table.append(('a person edited the plan', 'Somebody has edited', barriers(farm, found, folder)))
    with capsys.disabled():
        for what, expected, actual in table:
            print(f'\n{what:34} {expected:26} {actual}', end='')
    assert all(expected in ' '.join(actual) for _, expected, actual in table)
    assert given(farm, found) == {}


def test_stopped_in_between(stage: Stage, folder: Path) -> None:
    """It should look at the stop page before each notice."""
    farm, found = stage
    edit(farm, META.stop_page, 'stop')
    outcome = deliver(farm, found, folder, 'direct')
    assert given(farm, found) == {}
    assert 'the bot was stopped' in outcome.output


def test_names(stage: Stage) -> None:
    """It should have the pages of the stage as the other tests take them."""
    farm, _ = stage
    assert REDIRECT_TO in {title.replace('4:', 'Wikipédia:') for title in pages(farm, ODD['redirect'])}
    assert ODD['told'] in PUMPS
