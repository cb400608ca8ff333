"""Facts about accounts from real wikis."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from globalban_bot.gather import account_answers, log_answers
from globalban_bot.gather.accounts import Accounts
from globalban_bot.gather.recorded import RecordedAccounts, Recorder
from globalban_bot.model.account import Account, Bounds, EditsAsked, EditScope, GroupHeld, LockEvent
from globalban_bot.model.block import Action, Block, BlockEvent, WikiBlocks
from globalban_bot.model.unknown import Gap, Unknown
from tests.farm import accounts
from tests.farm.account_requests import measure
from tests.farm.accounts import BOT, OPERATOR
from tests.farm.adapter import FarmAdapter, mounted
from tests.farm.client import client_of
from tests.farm.contributions import import_edits
from tests.farm.farm import Farm
from tests.farm.releases import ON_BOTH, ON_LTS

ADA = accounts.Account('Ada Invented', registered='2012-01-05T10:00:00Z')
OPENED = datetime(2021, 2, 3, 4, 5, 6, tzinfo=UTC)
LOG = Path(__file__).parent / 'globaluserinfo' / 'log.php'


def live(site: Any) -> Accounts:
    from globalban_bot.gather.live_accounts import LiveAccounts
    from globalban_bot.wiki.api import ApiClient

    return LiveAccounts(ApiClient(site), datetime.now(UTC))


def account_on(source: Accounts, name: str = ADA.name) -> Account:
    found = source.account(name)
    assert isinstance(found, Account), found
    return found


def days(count: int, first: datetime) -> list[datetime]:
    return [first + timedelta(days=number) for number in range(count)]


def before(count: int, moment: datetime = OPENED) -> list[datetime]:
    """Return times of edits, the last of them a second before the moment."""
    return [moment - timedelta(seconds=1, days=number) for number in range(count)]


@contextmanager
def without(farm: Farm, *dbnames: str) -> Iterator[None]:
    """Let wikis be out of reach for pywikibot."""
    away = {farm.wikis[dbname].host for dbname in dbnames}
    session = sys.modules['pywikibot.comms.http'].session
    with mounted(session, FarmAdapter(farm.url, set(farm.hosts) - away)):
        yield


def block(farm: Farm, dbname: str, name: str = ADA.name, action: str = 'block', **params: Any) -> None:
    with client_of(farm, dbname, OPERATOR) as client:
        answer = client.post(action=action, user=name, reason='a reason that nobody reads', **params)
        assert 'error' not in answer, answer


def blocks_on(source: Accounts, dbname: str) -> WikiBlocks:
    found = account_on(source)
    local = found.on(dbname)
    assert local is not None
    told = source.blocks(found, local)
    assert isinstance(told, WikiBlocks), told
    return told


def shape(events: tuple[BlockEvent, ...]) -> list[tuple[Action, bool | None, bool | None]]:
    """Return what was done, whether by a partial block, and whether the talk page is open."""
    return [
        (one.action, one.block.partial if one.block else None, one.block.talk_open if one.block else None)
        for one in events
    ]


@ON_BOTH
class TestAccount:
    def test_facts(self, farm: Farm, meta_site: Any) -> None:
        """It should tell of an account what the wikis know, the one with most edits first, by one request."""
        for dbname in ('metawiki', 'dewiki', 'frwiki'):
            farm.create_accounts(dbname, ADA)
        block(farm, 'frwiki')
        facts = {
            'editcounts': {'metawiki': 3, 'dewiki': 40, 'frwiki': 0},
            'registrations': {'dewiki': '20110105100000', 'frwiki': None},
            'groups': ['steward'],
            'locked': True,
        }
        with farm.global_account(ADA.name, **facts):
            source = live(meta_site)
            with farm.recording() as requests:
                found = account_on(source)
                assert source.account(ADA.name) is found
        assert len(requests) == 1
        assert 'reason' not in json.dumps(requests[0].params)
        assert [(one.wiki, one.edits, one.blocked) for one in found.locals] == [
            ('dewiki', 40, False), ('metawiki', 3, False), ('frwiki', 0, True),
        ]  # fmt: skip
        assert found.registered == datetime(2011, 1, 5, 10, tzinfo=UTC)
        assert found.locals[2].registered is None
        assert (found.edits, found.locked, found.globally_blocked) == (43, True, False)
        assert found.groups == {'steward'}
        assert [one.wiki for one in found.edited] == ['dewiki', 'metawiki']

    def test_not_shown(self, farm: Farm, meta_site: Any) -> None:
        """It should not tell a hidden account, none, an address and an impossible name from each other."""
        farm.create_accounts('metawiki', ADA)
        with farm.global_account(ADA.name, hidden=True):
            source = live(meta_site)
            answers = [
                source.account(name) for name in (ADA.name, 'Nobody Invented', '192.0.2.7', 'A|B', 'A#B')
            ]
        assert answers == [Unknown(Gap.NOT_SHOWN)] * 5

    def test_being_renamed(self, farm: Farm, meta_site: Any) -> None:
        """It should not believe a global count of 0 of an account that has local edits."""
        farm.create_accounts('metawiki', ADA)
        with farm.global_account(ADA.name, editcount=0, editcounts={'metawiki': 3}):
            assert live(meta_site).account(ADA.name) == Unknown(Gap.BEING_RENAMED)

    def test_globally_blocked(
        self, farm: Farm, meta_site: Any, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """It should tell of a global block that stands; without that list it is unknown, quietly."""
        farm.create_accounts('metawiki', ADA)
        answers = []
        for expiry in ('infinity', '2099-01-01T00:00:00Z', '2020-01-01T00:00:00Z'):
            with farm.global_account(ADA.name, globalblock={'expiry': expiry, 'reason': 'unread'}):
                answers.append(account_on(live(meta_site)).globally_blocked)
        assert answers == [True, True, False]
        monkeypatch.setitem(account_answers.QUESTION, 'list', 'nosuchlist')
        capfd.readouterr()
        assert account_on(live(meta_site)).globally_blocked == Unknown(Gap.NOT_ASKED)
        assert capfd.readouterr() == ('', '')

    def test_silence(
        self, farm: Farm, meta_site: Any, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """It should say that there is no answer, name nobody, and soon leave a silent wiki alone."""
        source = live(meta_site)
        with caplog.at_level(logging.INFO), without(farm, 'metawiki'), farm.recording() as requests:
            names = ('Ada', 'Bo', 'Cy', 'Dee', 'Eve', 'Fay')
            answers = [source.account(f'{name} Invented') for name in names]
        assert answers == [Unknown(Gap.NO_ANSWER)] * 6
        assert requests == []
        assert 'did not answer before' in caplog.messages[-1]
        assert 'Invented' not in caplog.text + ''.join(capfd.readouterr())

    def test_lag(self, farm: Farm, meta_site: Any) -> None:
        """It should not ask again before the time that a wiki wants has passed, nor wait for long."""
        farm.create_accounts('metawiki', ADA)
        with farm.switch('metawiki', farmLag=60), farm.recording() as requests:
            begun = time.monotonic()
            assert live(meta_site).account(ADA.name) == Unknown(Gap.NO_ANSWER)
            assert time.monotonic() - begun < 5
        assert len(requests) == 1


@ON_BOTH
class TestBlocks:
    def test_kinds(self, farm: Farm, meta_site: Any) -> None:
        """It should read blocks of each kind, the past ones in the log, by one request a wiki."""
        for dbname in farm.wikis:
            farm.create_accounts(dbname, ADA)
        block(farm, 'enwiki', expiry='infinity', autoblock=1, allowusertalk=1)
        block(farm, 'dewiki', expiry='2099-01-01T00:00:00Z')
        block(farm, 'dewiki', expiry='never', reblock=1)
        block(farm, 'frwiki', partial=1, pagerestrictions='Main Page', expiry='indefinite', allowusertalk=1)
        block(farm, 'arwiki', expiry='1 week', allowusertalk=1)
        time.sleep(1.1)
        block(farm, 'arwiki', action='unblock')
        source = live(meta_site)
        account = account_on(source)
        assert {one.wiki for one in account.locals if one.blocked} == {'enwiki', 'dewiki', 'frwiki'}
        with farm.recording() as requests:
            found = {dbname: blocks_on(source, dbname) for dbname in farm.wikis}
            blocks_on(source, 'enwiki')
        assert sorted(one.host for one in requests) == sorted(farm.hosts)
        assert not any(
            'reason' in prop or 'comment' in prop for one in requests for prop in one.params.values()
        )

        assert [(one.expiry, one.partial, one.talk_open) for one in found['enwiki'].standing] == [
            (None, False, True)
        ]
        assert shape(found['enwiki'].log) == [(Action.BLOCK, False, True)]
        assert [(one.expiry, one.partial, one.talk_open) for one in found['dewiki'].standing] == [
            (None, False, False)
        ]
        assert shape(found['dewiki'].log) == [(Action.BLOCK, False, False), (Action.REBLOCK, False, False)]
        assert [one.block and one.block.expiry for one in found['dewiki'].log] == [
            datetime(2099, 1, 1, tzinfo=UTC), None,
        ]  # fmt: skip
        assert [(one.partial, one.talk_open) for one in found['frwiki'].standing] == [(True, True)]
        assert shape(found['frwiki'].log) == [(Action.BLOCK, True, True)]
        assert found['arwiki'].standing == ()
        assert shape(found['arwiki'].log) == [(Action.BLOCK, False, True), (Action.UNBLOCK, None, None)]
        first = found['arwiki'].log[0]
        assert first.block is not None
        assert first.block.expiry == first.time + timedelta(weeks=1)
        assert (found['metawiki'].standing, found['metawiki'].log) == ((), ())
        assert found['enwiki'].link(7) == 'https://en.wikipedia.org/wiki/Special:Redirect/logid/7'

    def test_old_lines(self, farm: Farm, meta_site: Any) -> None:
        """It should read lines of former times, and leave out hidden ones and such with an unreadable end."""
        farm.create_accounts('enwiki', ADA)
        target = f'User:{ADA.name}'
        kinds: tuple[dict[str, Any], ...] = (
            {'params': [], 'legacy': True},
            {'params': ['3 days'], 'legacy': True},
            {'params': ['indefinite', 'nocreate,nousertalk'], 'legacy': True},
            {'params': ['a very long time', ''], 'legacy': True},
            {'params': {'5::duration': 'infinity', '6::flags': 'nocreate'}, 'hidden': True},
        )
        lines = [
            {
                'type': 'block',
                'action': 'block',
                'target': target,
                'time': f'200{number}-01-01T00:00:00Z',
                **kind,
            }
            for number, kind in enumerate(kinds, 4)
        ]
        farm.run('enwiki', LOG, text=json.dumps(lines))
        first, second, third = [one.block for one in blocks_on(live(meta_site), 'enwiki').log]
        assert first == Block(datetime(2004, 1, 1, tzinfo=UTC), None, partial=False, talk_open=True)
        assert second is not None
        assert second.expiry == datetime(2005, 1, 4, tzinfo=UTC)
        assert third == Block(datetime(2006, 1, 1, tzinfo=UTC), None, partial=False, talk_open=False)

    def test_silence(self, farm: Farm, meta_site: Any) -> None:
        """It should say of a wiki out of reach that there is no answer, and ask the others."""
        for dbname in ('metawiki', 'enwiki', 'dewiki'):
            farm.create_accounts(dbname, ADA)
        source = live(meta_site)
        found = account_on(source)
        with without(farm, 'enwiki'):
            answers = {one.wiki: source.blocks(found, one) for one in found.locals}
        assert answers['enwiki'] == Unknown(Gap.NO_ANSWER)
        assert isinstance(answers['dewiki'], WikiBlocks)


@ON_BOTH
class TestEdits:
    def test_proven(self, farm: Farm, meta_site: Any, tmp_path: Path) -> None:
        """It should ask the wiki with most edits first, and stop where the number is proven."""
        import_edits(farm, 'enwiki', ADA.name, before(12), tmp_path)
        import_edits(farm, 'dewiki', ADA.name, [*before(5), OPENED], tmp_path)
        source = live(meta_site)
        found = account_on(source)
        assert [(one.wiki, one.edits) for one in found.locals] == [('enwiki', 12), ('dewiki', 6)]
        for wanted, hosts, bounds in (
            (10, ['en'], Bounds(10)),
            (17, ['en', 'de'], Bounds(17)),
            (18, ['en', 'de', 'de'], Bounds(17, 17)),
            (19, [], Bounds(0, 18)),
        ):
            with farm.recording() as requests:
                assert source.edits(found, EditsAsked(wanted, before=OPENED)) == bounds
                source.edits(found, EditsAsked(wanted, before=OPENED))
            assert [one.host.partition('.')[0] for one in requests] == hosts, wanted
        assert source.edits(found, EditsAsked(10)) == Bounds(18, 18)

    def test_stretch(self, farm: Farm, meta_site: Any, tmp_path: Path) -> None:
        """It should count from a moment on, that moment included, up to another, that moment excluded."""
        import_edits(farm, 'enwiki', ADA.name, days(20, OPENED), tmp_path)
        source = live(meta_site)
        found = account_on(source)
        end = OPENED + timedelta(days=15)
        asked = EditsAsked(11, before=end, after=OPENED + timedelta(days=5))
        assert source.edits(found, asked) == Bounds(10, 10)
        assert source.edits(found, EditsAsked(10, before=end, after=OPENED + timedelta(days=5))) == Bounds(10)
        assert source.edits(found, EditsAsked(5, after=end)) == Bounds(5)
        assert source.edits(found, EditsAsked(6, after=end)) == Bounds(5, 5)

    def test_any(self, farm: Farm, meta_site: Any, tmp_path: Path) -> None:
        """It should look for one wiki with the number, and not ask those that cannot have it."""
        import_edits(farm, 'enwiki', ADA.name, [*before(3), *days(9, OPENED)], tmp_path)
        import_edits(farm, 'dewiki', ADA.name, before(8), tmp_path)
        import_edits(farm, 'frwiki', ADA.name, before(4), tmp_path)
        source = live(meta_site)
        found = account_on(source)
        with farm.recording() as requests:
            assert source.edits(found, EditsAsked(8, OPENED, where=EditScope.ANY)) == Bounds(8)
        assert [one.host[:2] for one in requests] == ['en', 'en', 'de']
        with farm.recording() as requests:
            assert source.edits(found, EditsAsked(9, OPENED, where=EditScope.ANY)) == Bounds(3, 8)
            assert source.edits(found, EditsAsked(9, where=EditScope.ANY)) == Bounds(12, 12)
        assert [one.host[:2] for one in requests] == ['en', 'en']

    def test_deleted(self, farm: Farm, meta_site: Any, tmp_path: Path) -> None:
        """It should leave the number open where deleted edits decide it."""
        import_edits(farm, 'enwiki', ADA.name, before(6), tmp_path)
        import_edits(farm, 'enwiki', ADA.name, [*before(4), *days(2, OPENED)], tmp_path, 'Deleted edits')
        with client_of(farm, 'enwiki', OPERATOR) as client:
            assert 'error' not in client.post(action='delete', title='Deleted edits')
        source = live(meta_site)
        found = account_on(source)
        assert found.edits == 12
        assert source.edits(found, EditsAsked(9, before=OPENED)) == Bounds(6, 12)

    def test_many(self, farm: Farm, meta_site: Any, tmp_path: Path) -> None:
        """It should go on where a wiki lists fewer at once than are wanted."""
        times = [OPENED - timedelta(hours=1 + number) for number in range(503)]
        import_edits(farm, 'enwiki', ADA.name, times, tmp_path)
        source = live(meta_site)
        found = account_on(source)
        with farm.recording() as requests:
            assert source.edits(found, EditsAsked(502, before=OPENED)) == Bounds(502)
        assert len(requests) == 2

    def test_silence(self, farm: Farm, meta_site: Any, tmp_path: Path) -> None:
        """It should not let a silent wiki decide, unless it cannot make a difference."""
        import_edits(farm, 'enwiki', ADA.name, before(6), tmp_path)
        import_edits(farm, 'dewiki', ADA.name, [*before(3), OPENED], tmp_path)
        source = live(meta_site)
        found = account_on(source)
        with without(farm, 'enwiki'):
            answers = [source.edits(found, EditsAsked(wanted, before=OPENED)) for wanted in (3, 4, 10)]
        assert answers == [Bounds(3), Unknown(Gap.NO_ANSWER), Bounds(3, 9)]


@ON_LTS
class TestLogs:
    def test_locks(self, farm: Farm, meta_site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """It should read the log of locks, also the older form; a wiki without it makes it unknown."""
        farm.create_accounts('metawiki', ADA)
        lock = {'type': 'globalauth', 'action': 'setstatus', 'target': f'User:{ADA.name}@global'}
        lines = [
            {**lock, 'time': '2012-01-01T00:00:00Z', 'params': ['locked', '(none)'], 'legacy': True},
            {**lock, 'time': '2013-01-01T00:00:00Z', 'params': ['(none)', 'locked'], 'legacy': True},
            {**lock, 'time': '2024-01-01T00:00:00Z', 'params': {'added': ['locked'], 'removed': []}},
            {**lock, 'time': '2024-02-01T00:00:00Z', 'params': {'added': [], 'removed': ['locked']}},
            {
                'type': 'gblblock', 'action': 'gblock', 'target': f'User:{ADA.name}',
                'time': '2025-01-01T00:00:00Z',
                'params': {'5::expiry': '20250201000000', '6:array:flags': []},
            },
        ]  # fmt: skip
        farm.run('metawiki', LOG, text=json.dumps(lines))
        source = live(meta_site)
        found = account_on(source)
        with farm.recording() as requests:
            told = source.locks(found)
        assert len(requests) == 2
        assert told == tuple(
            LockEvent(datetime(year, month, 1, tzinfo=UTC), locked)
            for year, month, locked in (
                (2012, 1, True), (2013, 1, False), (2024, 1, True), (2024, 2, False), (2025, 1, True),
                (2025, 2, False),
            )
        )  # fmt: skip
        monkeypatch.setattr(log_answers, 'LOCKS', {**log_answers.LOCKS, 'letype': 'nosuchlog'})
        assert live(meta_site).locks(found) == Unknown(Gap.NOT_ASKED)

    def test_group(self, farm: Farm, meta_site: Any) -> None:
        """It should tell since when a group is held; what the log does not tell is unknown."""
        farm.create_accounts('metawiki', ADA)
        with client_of(farm, 'metawiki', OPERATOR) as client:
            for change in ({'add': 'sysop'}, {'add': 'bot'}, {'remove': 'sysop'}, {'add': 'sysop'}):
                time.sleep(1.1)
                token = client.token('userrights')
                answer = client.post(action='userrights', user=ADA.name, token=token, **change)
                assert 'error' not in answer, answer
        source = live(meta_site)
        found = account_on(source)
        with farm.recording() as requests:
            held = source.group(found, 'sysop')
            assert source.group(found, 'steward') == GroupHeld(None)
        assert len(requests) == 1
        assert isinstance(held, GroupHeld)
        assert held.since is not None
        assert timedelta(0) <= datetime.now(UTC) - held.since < timedelta(seconds=30)
        bot = source.group(found, 'bot')
        assert isinstance(bot, GroupHeld)
        assert bot.since is not None
        assert bot.since < held.since
        assert source.group(account_on(source, BOT.name), 'bot') == Unknown(Gap.NO_LOG)
        with farm.global_account(ADA.name, groups=['steward']):
            assert live(meta_site).group(account_on(live(meta_site)), 'steward') == Unknown(Gap.NO_LOG)


@ON_BOTH
def test_recorded(farm: Farm, meta_site: Any, tmp_path: Path) -> None:
    """It should answer from a record just as the wikis did."""
    import_edits(farm, 'enwiki', ADA.name, before(6), tmp_path)
    import_edits(farm, 'dewiki', ADA.name, before(4), tmp_path)
    block(farm, 'enwiki', expiry='infinity')
    recorder = Recorder(live(meta_site))

    def answers(source: Any) -> list[Any]:
        found = source.account(ADA.name)
        return [
            found,
            source.account('Nobody Invented'),
            *(source.edits(found, EditsAsked(wanted, before=OPENED)) for wanted in (5, 7, 12)),
            *(source.blocks(found, local) for local in found.locals),
            source.locks(found),
            source.group(found, 'sysop'),
        ]

    told = answers(recorder)
    assert answers(RecordedAccounts(recorder.dump(), 'record')) == told


@ON_LTS
def test_requests(farm: Farm, bot: ModuleType, meta_site: Any) -> None:
    """It should take the fewest requests that these facts can be had by, on wikis first met as well."""
    for one in measure(farm, meta_site):
        assert one.requests == one.minimum, one
