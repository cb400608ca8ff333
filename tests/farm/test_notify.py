"""Notices on fifty wikis: looked for, planned, approved, delivered, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from globalban_bot.model.notice import notice_marker
from globalban_bot.profiles.loader import load_profile
from tests.farm.accounts import BOT, OPERATOR, Account
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import Outcome, run_child
from tests.farm.client import client_of
from tests.farm.farm import Farm
from tests.farm.faults import Fault, Moment
from tests.farm.many import PUMPS
from tests.farm.notices_stage import ODD, REDIRECT_TO
from tests.farm.onwiki import edit, pages
from tests.farm.rights import grant

META = load_profile('meta')
SENDER, READER, VOTER = 'Sender Invented', 'Reader Invented', 'Voter Invented'
Stage = tuple[Farm, dict[str, Any]]


@pytest.fixture
def stage(notices: Stage) -> Iterator[Stage]:
    """Give the stage with somebody who may send messages, and a stop page that says run."""
    farm, found = notices
    farm.create_accounts('metawiki', *(Account(name) for name in (SENDER, READER, VOTER)))
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
    return str(getattr(META.notices, f'{kind}_page').format(page_id=found['page_id']))


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


def test_texts_of_the_wiki(stage: Stage, folder: Path) -> None:
    """It should take texts from the page on the wiki, as an administrator last left it well formed."""
    farm, found = stage
    settings = META.notices
    assert settings is not None
    vouched = '{"de": {"reviewed": true, "community-heading": "Hinweis auf eine Anfrage"}}'
    broken, strange = '{"de": {"nonsense": "x"}}', '{"de": {"reviewed": true}}'
    for text, name in ((vouched, SENDER), (broken, SENDER), (strange, READER)):
        edit(farm, settings.texts_page, text, name)
    outcome = run(farm, folder, f'-request:{found["page_id"]}')
    assert outcome.code == 0, outcome.errors
    assert 'Hinweis auf eine Anfrage' in outcome.output
    assert outcome.output.count('left aside') == 2


def test_not_approved(stage: Stage, folder: Path) -> None:
    """It should deliver nothing that nobody has approved, and say so."""
    farm, found = stage
    outcome = run(farm, folder, f'-request:{found["page_id"]}', '-deliver', '-engine:direct')
    assert (outcome.code, given(farm, found)) == (4, {})
    assert 'not approved' in outcome.errors


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
    'told': 'notice found',
    'archived': 'notice found',
    'external': 'notice found',
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
    approve(farm, found, folder)
    request = f'-request:{found["page_id"]}'
    outcome = run(farm, folder, request, '-deliver', '-engine:direct')
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
    again = run(farm, folder, request, '-deliver', '-engine:direct')
    assert given(farm, found) == there, again.output


def test_killed_in_between(stage: Stage, folder: Path) -> None:
    """It should go on where it was killed, with the same approval, and give nothing twice."""
    farm, found = stage
    approve(farm, found, folder)
    options = (f'-request:{found["page_id"]}', '-deliver', '-engine:direct', '-always')
    for number in (4, 9):
        fault = Fault(Moment.SENT, number, 'action=edit')
        assert run_child(farm, folder, 'globalban_notify', *options, fault=fault, timeout=300).code == -9
    outcome = run_child(farm, folder, 'globalban_notify', *options, timeout=300)
    assert outcome.code == 3, outcome.errors
    there = given(farm, found)
    assert {key.partition(' ')[0] for key in there} >= {*farm.wikis} - {*ODD.values()}
    assert set(there.values()) == {1}


def test_massmessage(stage: Stage, folder: Path) -> None:
    """It should hand one message for all communities to the wiki, once, where the account has the right."""
    farm, found = stage
    grant(farm, BOT.name, 'massmessage-sender')
    approve(farm, found, folder)
    request = f'-request:{found["page_id"]}'
    outcome = run(farm, folder, request, '-deliver', '-engine:massmessage')
    assert outcome.code == 0, (outcome.output, outcome.errors)
    again = run(farm, folder, request, '-deliver', '-engine:massmessage')
    assert again.code == 0, again.errors
    farm.run_jobs()
    last = run(farm, folder, request, '-deliver', '-engine:massmessage')
    assert 'there already' in again.output, last.output
    there = given(farm, found)
    assert len(there) > 25
    assert set(there.values()) == {1}


class Attempts:
    """Tries to deliver, and remembers what stood in the way.

    :ivar table: what was tried, what should stand in the way, what did
    """

    def __init__(self, farm: Farm, found: Mapping[str, Any], folder: Path) -> None:
        self._farm, self._folder, self._found = farm, folder, found
        self.table: list[tuple[str, str, str]] = []

    def attempt(self, what: str, expected: str) -> None:
        options = (f'-request:{self._found["page_id"]}', '-deliver', '-engine:direct', '-limit:0')
        outcome = run(self._farm, self._folder, *options)
        barriers = outcome.errors.partition('may not be delivered: ')[2].strip()
        self.table.append((what, expected, barriers or f'open ({outcome.code})'))

    def say(self, text: str, name: str = SENDER) -> None:
        """Write on the page for approvals, after it was emptied, and sign: each line is said anew."""
        page = page_of(self._found, 'approval')
        edit(self._farm, page, '')
        edit(self._farm, page, '\n'.join(f'{line} ~~~~' for line in text.split('\n')), name)

    def told(self, capsys: pytest.CaptureFixture[str]) -> None:
        with capsys.disabled():
            for what, expected, actual in self.table:
                print(f'\n{what:34} {expected:14} {actual}', end='')
        assert [actual for _, _, actual in self.table] == [expected for _, expected, _ in self.table]


def test_who_approves(stage: Stage, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should send nothing where the approval does not count, by whoever saved it."""
    farm, found = stage
    line = f'* approve {approve(farm, found, folder)}'
    attempts = Attempts(farm, found, folder)
    attempts.attempt('approved by a sender', 'open (0)')
    attempts.say(f'{line} [[User:{SENDER}|{SENDER}]]', READER)
    attempts.attempt('a forged signature', 'no right')
    grant(farm, found['nominator'], 'sysop')
    attempts.say(line, found['nominator'])
    attempts.attempt('the nominator, with the right', 'participant')
    text = pages(farm)[found['title']].text
    edit(
        farm, found['title'], text.replace('== Oppose ==', f'# Yes. [[User:{VOTER}]]\n\n== Oppose =='), VOTER
    )
    grant(farm, VOTER, 'sysop')
    attempts.say(line, VOTER)
    attempts.attempt('a participant, with the right', 'participant')
    attempts.say(line)
    grant(farm, SENDER, 'sysop', take=True)
    attempts.attempt('the right was lost since', 'no right')
    grant(farm, SENDER, 'sysop')
    attempts.attempt('the right was given back later', 'no right')
    # A signature tells no seconds: the same words in the same minute would be those of before.
    attempts.say(f'{line}, again')
    attempts.attempt('approved again', 'open (0)')
    with client_of(farm, 'metawiki', OPERATOR) as client:
        some = {'partial': 1, 'pagerestrictions': found['title'], 'allowusertalk': 1, 'expiry': '1 day'}
        assert 'block' in client.post(action='block', user=SENDER, **some)
        attempts.attempt('blocked from a page now', 'no right')
        client.post(action='unblock', user=SENDER)
    with farm.global_account(SENDER, locked=True):
        attempts.attempt('locked now', 'no right')
    attempts.attempt('neither any more', 'open (0)')
    attempts.told(capsys)
    assert given(farm, found) == {}


def test_what_is_approved(stage: Stage, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should send nothing that was not approved, that somebody holds, or that is closed."""
    farm, found = stage
    line = f'* approve {approve(farm, found, folder)}'
    attempts = Attempts(farm, found, folder)
    attempts.say('* approve 0123456789ab')
    attempts.attempt('another plan', 'other plan')
    attempts.say(f'{line}\n* hold')
    attempts.attempt('somebody asks to wait', 'held')
    edit(farm, page_of(found, 'approval'), f'{line}\n* hold\n* settle', SENDER)
    attempts.attempt('an administrator settles that', 'open (0)')
    edit(farm, PUMPS['eswiki'], f'[[m:{found["title"]}]]', dbname='eswiki')
    attempts.attempt('a community was told meanwhile', 'other plan')
    text = pages(farm)[found['title']].text
    edit(farm, found['title'], text.replace('|status=|', '|status=invalid|'))
    attempts.attempt('and the request was closed', 'not open, other plan')
    edit(farm, found['title'], text)
    with client_of(farm, 'metawiki', OPERATOR) as client:
        client.post(action='move', **{'from': found['title'], 'to': f'{found["title"]} 2'})
    attempts.attempt('opened again, and moved', 'other plan')
    attempts.told(capsys)
    assert given(farm, found) == {}


def test_nominator(stage: Stage, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should send nothing where a rule on the nominator is not met, unless an administrator waives it."""
    farm, found = stage
    with farm.global_account(found['nominator'], editcounts={'enwiki': 20}, editcount=20):
        line = f'* approve {approve(farm, found, folder)}'
        attempts = Attempts(farm, found, folder)
        attempts.attempt('a rule is not met', 'nominator')
        attempts.say(f'{line}\n* waive', READER)
        edit(farm, page_of(found, 'approval'), f'* waive\n{line}\n{line}', SENDER)
        attempts.attempt('waived by anybody', 'nominator')
        attempts.say(f'{line}\n* waive')
        attempts.attempt('waived by an administrator', 'open (0)')
    attempts.told(capsys)


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
