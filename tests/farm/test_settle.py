"""What became of notices: what the bot tells is what stands on the pages, however they were sent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from globalban_bot.errors import UnsafePlanError
from tests.farm.accounts import BOT, SENDER, Account
from tests.farm.child import run_child
from tests.farm.client import client_of
from tests.farm.farm import Farm
from tests.farm.faults import Fault, Moment
from tests.farm.folders import SOURCE
from tests.farm.many import PUMPS
from tests.farm.notices_stage import KEEPER
from tests.farm.onwiki import edit, pages
from tests.farm.rights import grant
from tests.farm.settling import do, send_by_form, standing, table, told
from tests.farm.test_notify import Stage, deliver, folder, page_of, run, stage

__all__ = ['folder', 'stage']
ROWS = yaml.safe_load((SOURCE / 'settling.yaml').read_text(encoding='utf-8'))
KILLED = -9
SECOND = Account('Second sender', 'sender of the farm', ('massmessage-sender',))


def happen(farm: Farm, found: dict[str, Any], rows: dict[str, Any], when: str) -> None:
    for wiki, row in rows.items():
        do(farm, wiki, row.get(when, ''), found['page_id'])


def check(farm: Farm, found: dict[str, Any], folder: Path, rows: dict[str, Any]) -> list[str]:
    """Compare what a run tells with what stands on the pages, and both with the rows; print the table.

    :return: what was told of each message
    """
    outcome = run(farm, folder, f'-request:{found["page_id"]}', '-coverage')
    assert outcome.code == 0, outcome.errors
    words = told(outcome.output)
    said = {wiki: words.get(farm.wikis[wiki].host, '-') for wiki in rows}
    stands = {wiki: standing(farm, wiki, found['page_id']) for wiki in rows}
    print(f'\n{table(rows, said, stands)}')
    sent = [line for line in outcome.output.splitlines() if 'Sent by' in line]
    print('\n'.join(sent))
    got = {wiki: (said[wiki].removeprefix('the account has edited there; '), stands[wiki]) for wiki in rows}
    assert got == {wiki: (row['told'], row['stands']) for wiki, row in rows.items()}
    return sent


def plan_of(farm: Farm, found: dict[str, Any], folder: Path) -> str:
    outcome = run(farm, folder, f'-request:{found["page_id"]}', '-plan')
    assert outcome.code == 0, outcome.errors
    return pages(farm)[page_of(found, 'plan')].text


def test_form(stage: Stage, folder: Path) -> None:
    """It should tell of each wiki what its page or its log shows, after one and after two sends by people."""
    farm, found = stage
    farm.create_accounts('metawiki', SENDER, SECOND)
    plan = plan_of(farm, found, folder)
    rows = ROWS['form']
    happen(farm, found, rows, 'before')
    assert send_by_form(farm, plan) > len(rows)
    farm.run_jobs()
    happen(farm, found, rows, 'after')
    check(farm, found, folder, rows)
    # The lists are still full: the bot has not seen the send. While a second person looks at the preview of
    # other words, somebody takes most targets off the list.
    list_page, wikis = page_of(found, 'list'), ('enwiki', 'eswiki', 'idwiki')
    lines = [f'{{{{#target:{PUMPS[wiki]}|{farm.wikis[wiki].host}}}}}' for wiki in wikis]
    send_by_form(
        farm, plan, SECOND, lambda: edit(farm, list_page, '\n'.join(lines)), message='[[m:Global bans]]. ~~~~'
    )
    farm.run_jobs()
    said = check(farm, found, folder, ROWS['again'])
    assert said[-1].endswith('seen on 2 of its 3 wikis. The bot had not saved this revision of the list.')
    # Once it has seen the sends, nothing is left to send.
    assert 'Special:MassMessage' not in plan_of(farm, found, folder)


def test_same_words_again(stage: Stage, folder: Path) -> None:
    """It should tell the same after a second person sent the same words: the extension leaves them out."""
    farm, found = stage
    farm.create_accounts('metawiki', SENDER, SECOND)
    plan = plan_of(farm, found, folder)
    rows = ROWS['deduplicated']
    send_by_form(farm, plan)
    farm.run_jobs()
    happen(farm, found, rows, 'after')
    send_by_form(farm, plan, SECOND)
    farm.run_jobs()
    said = check(farm, found, folder, rows)
    # It tells where a notice stands, not whose it is: the second message arrived nowhere.
    assert len(said) == 2
    assert len({line.partition('; ')[2] for line in said}) == 1


def test_forgotten(stage: Stage, folder: Path) -> None:
    """It should send nothing of a request that was forgotten: by no link, by no engine, and plan nothing."""
    farm, found = stage
    farm.create_accounts('metawiki', SENDER)
    grant(farm, BOT.name, 'massmessage-sender')
    plan = plan_of(farm, found, folder)
    forgotten = run_child(farm, folder, 'globalban_forget', str(found['page_id']), '-always')
    assert forgotten.code == 0, forgotten.errors
    assert send_by_form(farm, plan) == 0
    farm.run_jobs()
    blank = plan_of(farm, found, folder)
    for engine in ('massmessage', 'direct'):
        assert deliver(farm, found, folder, engine).code == UnsafePlanError.exit_code
    check(farm, found, folder, {'enwiki': {'told': 'no notice found', 'stands': 0}})
    assert (blank.count('\n'), plan_of(farm, found, folder)) == (0, blank)


@pytest.mark.parametrize('moment', [Moment.BEFORE, Moment.SENT, Moment.ANSWERED])
def test_killed_send(stage: Stage, folder: Path, moment: Moment) -> None:
    """It should send once, and tell what stands, though it was killed at the send and at an edit."""
    farm, found = stage
    grant(farm, BOT.name, 'massmessage-sender')
    for needle in ('action=edit', 'action=massmessage'):
        killed = deliver(farm, found, folder, 'massmessage', fault=Fault(moment, 1, needle))
        assert killed.code == KILLED, f'{needle} was never reached: {killed.errors}'
    assert deliver(farm, found, folder, 'massmessage').code in (0, 3)
    farm.run_jobs()
    check(farm, found, folder, ROWS['killed'])


@pytest.mark.parametrize('moment', [Moment.BEFORE, Moment.SENT, Moment.ANSWERED])
def test_killed_while_settling(stage: Stage, folder: Path, moment: Moment) -> None:
    """It should tell what stands after a send by form, though the runs that settle it were killed."""
    farm, found = stage
    farm.create_accounts('metawiki', SENDER)
    send_by_form(farm, plan_of(farm, found, folder))
    farm.run_jobs()
    options = (f'-request:{found["page_id"]}', '-plan', '-always')
    edits = 0
    while True:
        edits += 1
        # Killed before its first edit, a run changes nothing: the next one gets an edit further.
        number = edits if moment is Moment.BEFORE else 1
        fault = Fault(moment, number, 'action=edit')
        code = run_child(farm, folder, 'globalban_notify', *options, fault=fault, timeout=300).code
        if code != KILLED or edits > 9:
            break
    assert code == 0
    assert 1 < edits < 9
    check(farm, found, folder, ROWS['killed'])
    assert 'Special:MassMessage' not in pages(farm)[page_of(found, 'plan')].text


def test_shut_between_link_and_send(stage: Stage, folder: Path) -> None:
    """It should tell of a send by an old link, after the request was closed, that nothing went anywhere."""
    farm, found = stage
    farm.create_accounts('metawiki', SENDER)
    plan = plan_of(farm, found, folder)
    text = pages(farm)[found['title']].text
    edit(farm, found['title'], text.replace('|status=', '|status=closed'))
    plan_of(farm, found, folder)
    assert send_by_form(farm, plan) == 0
    farm.run_jobs()
    rows = {'enwiki': {'told': 'no notice found', 'stands': 0}}
    said = check(farm, found, folder, rows)
    assert said[-1].endswith('seen on 0 of its 0 wikis.')


@pytest.mark.parametrize('engine', ['massmessage', 'direct'])
def test_blocked(stage: Stage, folder: Path, engine: str) -> None:
    """It should send nothing while its account has a block, be it a partial one: another may be behind it.

    The extension itself would send for it: it asks for the right alone. Of several blocks, one is told.
    """
    farm, found = stage
    grant(farm, BOT.name, 'massmessage-sender')
    plan_of(farm, found, folder)
    with client_of(farm, 'metawiki', KEEPER) as client:
        block = {'user': BOT.name, 'expiry': 'infinity', 'partial': '1', 'allowusertalk': '1'}
        assert 'error' not in client.post(action='block', **block, pagerestrictions=found['title'])
    assert deliver(farm, found, folder, engine).code == UnsafePlanError.exit_code
    farm.run_jobs()
    check(farm, found, folder, {'enwiki': {'told': 'no notice found', 'stands': 0}})


@pytest.mark.parametrize('engine', ['api', 'direct'])
def test_own_engine(stage: Stage, folder: Path, engine: str) -> None:
    """It should tell the same of what the bot sends; and the other engine should then add nothing."""
    farm, found = stage
    rows = ROWS[engine]
    names = {'api': ('massmessage', 'direct'), 'direct': ('direct', 'massmessage')}
    grant(farm, BOT.name, 'massmessage-sender')
    happen(farm, found, rows, 'before')
    assert deliver(farm, found, folder, names[engine][0]).code in (0, 3)
    farm.run_jobs()
    happen(farm, found, rows, 'after')
    check(farm, found, folder, rows)
    if engine == 'api':
        assert deliver(farm, found, folder, names[engine][1]).code in (0, 3)
        check(farm, found, folder, rows)
