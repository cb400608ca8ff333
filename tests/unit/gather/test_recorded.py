"""Facts about accounts from a file."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from globalban_bot.errors import UserError
from globalban_bot.gather.recorded import RecordedAccounts
from globalban_bot.model.account import Account, Bounds, EditsAsked, GroupHeld, LocalAccount, LockEvent
from globalban_bot.model.block import WikiBlocks
from globalban_bot.model.unknown import Gap, Unknown

ASKED = datetime(2025, 5, 3, 14, 5, tzinfo=UTC)
FILE = """
asked: '2025-05-03T14:05:00Z'
accounts:
  Ada: not shown
  ada: {same-as: Ada}
  Bo:
    registered: '2012-01-05T10:00:00Z'
    edits: 5012
    globally-blocked: not asked
    groups: [steward]
    wikis:
      dewiki: {url: https://de.wikipedia.org, edits: 12}
      enwiki:
        url: https://en.wikipedia.org
        edits: 4000
        registered: '2012-01-05T10:00:00Z'
        blocked: true
        groups: [sysop]
      frwiki: {url: https://fr.wikipedia.org, edits: 1, blocks: no answer}
    counts: [{before: '2025-05-01T00:00:00Z', at-least: 512}]
    locks: [{time: '2025-01-01T00:00:00Z', locked: true}]
    held: {sysop: '2020-01-01T00:00:00Z', bot: null, steward: no log}
  Cy: {asked: '2025-05-04T00:00:00Z', registered: null, edits: 0, locked: true, locks: no answer}
"""


@pytest.fixture
def recorded() -> RecordedAccounts:
    return RecordedAccounts(FILE, 'facts.yaml')


def of(recorded: RecordedAccounts, name: str) -> Account:
    found = recorded.account(name)
    assert isinstance(found, Account)
    return found


def test_account(recorded: RecordedAccounts) -> None:
    """It should give an account with what the file leaves out, the wiki with most edits first."""
    first = datetime(2012, 1, 5, 10, tzinfo=UTC)
    local = LocalAccount('enwiki', 'https://en.wikipedia.org', 4000, first, True, frozenset({'sysop'}))
    found = of(recorded, 'Bo')
    assert found.locals[0] == local
    assert [one.wiki for one in found.locals] == ['enwiki', 'dewiki', 'frwiki']
    assert (found.registered, found.edits, found.locked, found.asked) == (first, 5012, False, ASKED)
    assert found.globally_blocked == Unknown(Gap.NOT_ASKED)
    assert found.groups == {'steward'}
    assert of(recorded, 'Cy') == Account('Cy', None, 0, (), True, False, datetime(2025, 5, 4, tzinfo=UTC))


def test_gaps(recorded: RecordedAccounts) -> None:
    """It should give a gap where one is written, and say of the rest that it was not asked."""
    assert recorded.account('Ada') == recorded.account('ada') == Unknown(Gap.NOT_SHOWN)
    stranger = Account('Nobody', None, 1, (), False, False, ASKED)
    local = of(recorded, 'Bo').locals[0]
    assert [
        recorded.account('Nobody'),
        recorded.edits(stranger, EditsAsked(1)),
        recorded.blocks(stranger, local),
        recorded.locks(stranger),
        recorded.group(stranger, 'sysop'),
        recorded.blocks(of(recorded, 'Cy'), local),
    ] == [Unknown(Gap.NOT_ASKED)] * 6


def test_blocks(recorded: RecordedAccounts) -> None:
    """It should know of no block where none is flagged, and not guess where one is."""
    bo = of(recorded, 'Bo')
    flagged, plain, silent = bo.locals
    assert recorded.blocks(bo, flagged) == Unknown(Gap.NOT_ASKED)
    assert recorded.blocks(bo, plain) == WikiBlocks('dewiki', 'https://de.wikipedia.org', 12, (), (), ASKED)
    assert recorded.blocks(bo, silent) == Unknown(Gap.NO_ANSWER)


def test_rest(recorded: RecordedAccounts) -> None:
    """It should give counts, locks and groups."""
    bo, cy = of(recorded, 'Bo'), of(recorded, 'Cy')
    assert recorded.edits(bo, EditsAsked(500, datetime(2025, 5, 1, tzinfo=UTC))) == Bounds(512)
    assert recorded.locks(bo) == (LockEvent(datetime(2025, 1, 1, tzinfo=UTC), True),)
    assert recorded.locks(cy) == Unknown(Gap.NO_ANSWER)
    assert [recorded.group(bo, group) for group in ('sysop', 'bot', 'steward', 'rollbacker')] == [
        GroupHeld(datetime(2020, 1, 1, tzinfo=UTC)), GroupHeld(None), Unknown(Gap.NO_LOG),
        Unknown(Gap.NOT_ASKED),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ('old', 'new', 'message'),
    [
        (
            'edits: 5012',
            'edit: 5012',
            "facts.yaml: accounts: Bo: the key 'edit' is not known; known are asked, ",
        ),
        ('edits: 5012', 'edits: many', 'Bo: edits: write a whole number here'),
        ('    edits: 5012\n', '', "Bo: the key 'edits' is missing; add it"),
        (
            "asked: '2025-05-03T14:05:00Z'",
            '',
            "accounts: Bo: it does not tell when it was asked; add the key 'asked'",
        ),
        ("'2020-01-01T00:00:00Z'", '2020-01-01', 'Bo: held: sysop: write a time here, in UTC and in quotes'),
        ("'2020-01-01T00:00:00Z'", "'2020-01-01T00:00:00'", 'Bo: held: sysop: write a time here'),
        ('blocked: true', 'blocked: 1', 'Bo: wikis: enwiki: blocked: write true or false here'),
        ('groups: [sysop]', 'groups: sysop', 'enwiki: groups: write a list here'),
        ('groups: [steward]', 'groups: [7]', 'groups: 1: write a text here, in quotes'),
        ('same-as: Ada', 'same-as: Eve', 'ada: same-as: there is no such account in this file'),
        ('  Ada: not shown', '  Ada: nothing', 'accounts: Ada: write keys with values here'),
        ('  Ada: not shown', '  17: not shown', 'accounts: the key 17 is no text; put it in quotes'),
        ('accounts:', '[accounts:', 'facts.yaml: this is no YAML'),
        ('accounts:', 'people:', "facts.yaml: the key 'people' is not known"),
    ],
)
def test_malformed(old: str, new: str, message: str) -> None:
    """It should say of a malformed file what is wrong, where, and what to do."""
    assert old in FILE
    with pytest.raises(UserError, match=re.escape(message)):
        RecordedAccounts(FILE.replace(old, new, 1), 'facts.yaml')


@pytest.mark.parametrize('content', ['', '[]', 'text', '{}', '[' * 5000, '!!bool maybe', '{"accounts": []}'])
def test_no_file_of_facts(content: str) -> None:
    """It should refuse what is no file of facts."""
    with pytest.raises(UserError, match=r'^facts\.yaml'):
        RecordedAccounts(content, 'facts.yaml')


def test_oldest(recorded: RecordedAccounts) -> None:
    """It should tell when the first of its accounts was asked for, where it holds any."""
    assert recorded.oldest == ASKED
    newer = FILE.replace("asked: '2025-05-03T14:05:00Z'", "asked: '2025-05-05T00:00:00Z'", 1)
    assert RecordedAccounts(newer, 'facts.yaml').oldest == datetime(2025, 5, 4, tzinfo=UTC)
    assert RecordedAccounts('accounts: {Ada: not shown}', 'facts.yaml').oldest is None
    assert RecordedAccounts('accounts: {}', 'facts.yaml').oldest is None
