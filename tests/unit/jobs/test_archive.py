"""The archive of the sample against its source, and the recorded facts against themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import pytest
import yaml

from globalban_bot.gather.export import ExportSource
from globalban_bot.gather.recorded import RecordedAccounts
from globalban_bot.jobs.page_reading import read_page
from globalban_bot.model.account import Bounds, EditsAsked
from globalban_bot.model.block import WikiBlocks
from globalban_bot.model.tally import Tally
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.profiles.loader import load_profile
from globalban_bot.sample import ACCOUNTS, ARCHIVE, EXPORT, LATER, TODAY
from globalban_bot.wikitext.page import reader_for
from tests.requests_of import requests_of

FOLDER = Path(str(ARCHIVE)).parent
REQUESTS = yaml.safe_load((FOLDER / 'archive.yaml').read_text('utf-8'))['requests']
SOURCE = {request['page']: request for request in REQUESTS}
PROFILE = load_profile('meta')
FACTS = json.loads(ACCOUNTS.read_text('utf-8'))['accounts']


def read(exported: Any) -> dict[int | None, Tally]:
    reader = reader_for(PROFILE)
    with as_file(exported) as path:
        return {
            page.page_id: read_page(page, reader, TODAY) for page in requests_of(ExportSource(path, PROFILE))
        }


FOUND = read(ARCHIVE)


def name_of(nominator: str | dict[str, Any]) -> str:
    return nominator if isinstance(nominator, str) else str(nominator['name'])


@pytest.mark.parametrize(('page', 'source'), SOURCE.items(), ids=map(str, SOURCE))
def test_request(page: int, source: dict[str, Any]) -> None:
    """It should read each request of the archive as its source describes it."""
    request = FOUND[page].request
    nominator = name_of(source['nominator'])
    assert request.subjects == (source['subject'],)
    assert request.nominator == (None if nominator[0].isdigit() else nominator)
    assert (request.opened, request.closed) == tuple(
        source[name].replace(tzinfo=UTC) for name in ('opened', 'closed')
    )
    assert request.head.word == source['status']
    assert request.head.status is PROFILE.statuses[source['status']]
    (proposal,) = FOUND[page].proposals
    assert [*vars(proposal.count).values()] == source['votes']
    assert not FOUND[page].looks


def test_archive_is_whole() -> None:
    """It should hold just the requests of its source, 26 of them before the rules of 2018."""
    assert set(FOUND) == set(SOURCE)
    assert sum(source['opened'] < datetime(2018, 1, 10) for source in SOURCE.values()) == 26  # noqa: DTZ001
    assert len(REQUESTS) == len(SOURCE) == 66


@pytest.mark.parametrize('exported', [EXPORT, ARCHIVE], ids=['meta', 'archive'])
def test_facts_are_whole(exported: Any) -> None:
    """It should hold facts about each nominator and subject, and a nominator's edits at each opening."""
    for found in read(exported).values():
        request = found.request
        for name in (*request.subjects, *([request.nominator] if request.nominator else [])):
            assert name in FACTS
        facts = FACTS[request.nominator] if request.nominator else 'no account'
        if not isinstance(facts, str) and request.opened is not None:
            openings = [count['before'] for count in facts['counts']]
            assert f'{request.opened:%Y-%m-%dT%H:%M:%SZ}' in openings


def test_facts_are_read() -> None:
    """It should record the facts in the form that the bot reads."""
    recorded = RecordedAccounts(ACCOUNTS.read_text('utf-8'), 'accounts.json')
    gaps = set()
    for name in FACTS:
        account = recorded.account(name)
        if isinstance(account, Unknown):
            gaps.add(account.gap)
            continue
        for local in account.locals:
            blocks = recorded.blocks(account, local)
            gaps |= {blocks.gap} if isinstance(blocks, Unknown) else set()
            assert not isinstance(blocks, WikiBlocks) or bool(blocks.standing) == local.blocked
        for count in FACTS[name].get('counts', []):
            bounds = recorded.edits(account, EditsAsked(500, datetime.fromisoformat(count['before'])))
            assert bounds == Bounds(count['at-least'], count['at-most'])
    assert gaps == {Gap.NOT_SHOWN, Gap.NO_ANSWER}


def test_later() -> None:
    """It should tell of later bans on requests that ended without one, after their closing."""
    for page, bans in json.loads(LATER.read_text('utf-8')).items():
        closed = FOUND[int(page)].request.closed
        assert SOURCE[int(page)]['status'] not in {'globalban-yes', 'resolved'}
        for ban in bans:
            assert ban['body'] in {'foundation', 'u4c'}
            assert closed is not None
            assert closed < datetime.fromisoformat(ban['on']) < TODAY


KNOWN = {name: facts for name, facts in FACTS.items() if not isinstance(facts, str)}


def wikis(*, logged: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, facts in KNOWN.items():
        for wiki, local in facts['wikis'].items():
            if not logged or isinstance(local.get('blocks'), dict):
                yield f'{name} on {wiki}', local


def test_edits_add_up() -> None:
    """It should record as edits on all wikis the sum of the wikis, and never more at an opening."""
    for name, facts in KNOWN.items():
        assert facts['edits'] == sum(local['edits'] for local in facts['wikis'].values()), name
        for count in facts.get('counts', []):
            assert 0 < count['at-least'] <= count['at-most'] <= facts['edits'], name


def test_times_are_in_order() -> None:
    """It should record a registration before a first block, and no time after today."""
    today = f'{TODAY:%Y-%m-%dT%H:%M:%SZ}'
    for where, local in wikis(logged=True):
        log = local['blocks']['log']
        times = [local['registered'] or '', *(event['time'] for event in log), today]
        assert times == sorted(set(times)), where
        assert len({event['id'] for event in log}) == len(log), where
    for name, facts in KNOWN.items():
        times = [lock['time'] for lock in facts['locks']]
        assert [*times, today] == sorted({*times, today}), name
        assert facts['locked'] == bool(times and facts['locks'][-1]['locked']), name
        for count in facts.get('counts', []):
            assert (facts['registered'] or '') < count['before'], name


def test_logs_agree_with_what_stands() -> None:
    """It should record as standing what the log leads to: the last change, unless it was lifted or ended."""
    today = f'{TODAY:%Y-%m-%dT%H:%M:%SZ}'
    for where, local in wikis(logged=True):
        last = local['blocks']['log'][-1]
        stands = last['action'] != 'unblock' and (last.get('expiry') or today) >= today
        assert [block['since'] for block in local['blocks']['standing']] == [last['time']] * stands, where
        assert local['blocked'] == stands, where


def test_logs_are_possible() -> None:
    """It should lift and change only blocks that stand, and make one only where none does."""
    for where, local in wikis(logged=True):
        ends = ''
        for event in local['blocks']['log']:
            assert (event['action'] == 'block') == (event['time'] >= ends), where
            ends = event['time'] if event['action'] == 'unblock' else event.get('expiry') or '9999'
