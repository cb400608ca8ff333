"""The operator's commands on a real wiki: ``doctor`` and ``forget``."""

from __future__ import annotations

import shutil
from dataclasses import replace
from importlib.resources import as_file
from pathlib import Path

import pytest

from globalban_bot.model.marker import FORGOTTEN, Marker
from globalban_bot.profiles.loader import load_profile
from globalban_bot.sample import EXPORT
from tests.farm.accounts import BOT, OPERATOR, Account, BotPassword
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import Outcome, run_child
from tests.farm.client import client_of
from tests.farm.farm import Farm
from tests.farm.onwiki import edit, pages
from tests.farm.releases import ON_BOTH

META = load_profile('meta')
WIKI = 'metawiki'
#: What is right in all tests that do not say otherwise.
CONFIGURED = {
    'Python', 'pywikibot', 'configuration', 'site', 'account name', 'contact',
    'put_throttle', 'max_retries', 'cache folder', 'other wikis',
}  # fmt: skip
ALL = {
    *CONFIGURED, 'MediaWiki', 'clock', 'login', 'block', 'rights', 'bot flag', 'board', 'log', 'stop page',
    'settings', 'policy page',
}  # fmt: skip
#: What shares a line where nobody is logged in.
NEED_LOGIN = 'block, rights, bot flag, board, log, stop page, settings;'


def doctor(farm: Farm, folder: Path) -> tuple[int, dict[str, str]]:
    """Run doctor, and return its exit code with what is to be mended, by name."""
    with farm.recording() as requests:
        outcome = run_child(farm, folder, '-m', 'globalban_bot', 'doctor')
    assert 'edit' not in {one.action for one in requests}
    lines = [line.partition(': ') for line in outcome.output.splitlines()]
    texts = {head[6:]: text for head, _, text in lines}
    missed = texts.get('not checked', '').partition(';')[0].split(', ')
    assert {*texts, *missed} - {'not checked', ''} == ALL, outcome.errors
    assert {head[:6] for head, _, _ in lines} <= {'OK    ', 'NOTE  ', 'MEND  '}
    return outcome.code, {head[6:]: text for head, _, text in lines if head.startswith('MEND')}


@ON_BOTH
class TestDoctor:
    def test_all_is_well(self, farm: Farm, tmp_path: Path) -> None:
        """It should find that only the stop page is missing before the first run, and then nothing."""
        folder = write_bot_folder(tmp_path / 'bot')
        code, found = doctor(farm, folder)
        assert (code, [*found]) == (3, ['stop page'])
        assert 'have it made, with the one word "run"' in found['stop page']
        edit(farm, META.stop_page, 'run')
        assert doctor(farm, folder) == (0, {})

    def test_grants(self, farm: Farm, tmp_path: Path) -> None:
        """It should say which grants a bot password lacks."""
        edit(farm, META.stop_page, 'run')
        few = replace(BOT, bot_password=BotPassword('few', grants=('basic', 'editpage')))
        farm.create_accounts(WIKI, few)
        code, found = doctor(farm, write_bot_folder(tmp_path / 'bot', few))
        assert (code, [*found]) == (3, ['rights', 'board', 'log'])
        assert 'without createpage, editmyuserjson, bot, apihighlimits;' in found['rights']
        for grant in ('Create, edit, and move pages', 'High-volume (bot) access'):
            assert f'"{grant}"' in found['rights']


class TestDoctorFindsTrouble:
    @pytest.fixture(autouse=True)
    def running(self, farm: Farm) -> None:
        edit(farm, META.stop_page, 'run')

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        return write_bot_folder(tmp_path / 'bot')

    def test_stopped(self, farm: Farm, folder: Path) -> None:
        """It should say that somebody stopped the bot, or started it without the right to."""
        edit(farm, META.stop_page, 'wait', BOT.name)
        code, found = doctor(farm, folder)
        assert (code, [*found]) == (3, ['stop page'])
        assert 'the bot was stopped; read its history' in found['stop page']
        farm.create_accounts(WIKI, Account('Ada Invented'))
        edit(farm, META.stop_page, 'run', 'Ada Invented')
        assert 'may not start the bot' in doctor(farm, folder)[1]['stop page']

    def test_policy(self, farm: Farm, folder: Path) -> None:
        """It should raise an alarm while nobody has compared the data with the policy's page."""
        edit(farm, 'Global bans', 'Five hundred and one edits.')
        code, found = doctor(farm, folder)
        assert (code, [*found]) == (2, ['policy page'])
        assert 'nobody has compared the data with the page Global bans' in found['policy page']

    def test_no_flag(self, farm: Farm, tmp_path: Path) -> None:
        """It should say that the account has no bot flag."""
        plain = Account('Flagless bot', bot_password=BotPassword())
        farm.create_accounts(WIKI, plain)
        code, found = doctor(farm, write_bot_folder(tmp_path / 'bot', plain))
        assert (code, [*found]) == (3, ['bot flag'])
        assert 'docs/approval.md' in found['bot flag']

    def test_blocked(self, farm: Farm, folder: Path) -> None:
        """It should tell of a block, with its reason, and of nothing that only follows from it."""
        with client_of(farm, WIKI, OPERATOR) as client:
            client.post(action='block', user=BOT.name, reason='invented reason', expiry='infinite')
        code, found = doctor(farm, folder)
        assert (code, [*found]) == (3, ['block'])
        assert 'invented reason' in found['block']

    def test_wrong_password(self, farm: Farm, folder: Path) -> None:
        """It should check all that needs no login when the password is wrong."""
        path = folder / 'user-password.py'
        path.write_text(path.read_text().replace('0123', '9876'))
        code, found = doctor(farm, folder)
        assert (code, [*found]) == (2, ['login', 'policy page', 'not checked'])
        assert 'Incorrect username or password' in found['login']
        assert found['not checked'].startswith(NEED_LOGIN)

    def test_no_password(self, farm: Farm, folder: Path) -> None:
        """It should end, too, where nobody is there to type one in."""
        (folder / 'user-password.py').write_text('# none\n')
        code, found = doctor(farm, folder)
        assert code == 2
        assert 'there is no password for Farm bot; look at the password file' in found['login']

    def test_no_configuration(self, farm: Farm, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """It should say how to configure it, and ask no wiki."""
        monkeypatch.setenv('HOME', str(folder))
        (folder / 'user-config.py').unlink()
        with farm.recording() as requests:
            code, found = doctor(farm, folder)
        assert (code, requests) == (2, [])
        assert 'copy user-config.py.sample' in found['configuration']
        assert 'PYWIKIBOT_DIR' in found['configuration']

    def test_open_configuration(self, farm: Farm, folder: Path) -> None:
        """It should say that others may write to the configuration."""
        (folder / 'user-config.py').chmod(0o666)
        code, found = doctor(farm, folder)
        assert code == 2
        assert 'chmod 600' in found['configuration']

    def test_pages(self, farm: Farm, folder: Path) -> None:
        """It should say which of its pages are not its own any more, and why."""
        edit(farm, META.board_page, 'Somebody was here.')
        with client_of(farm, WIKI, OPERATOR) as client:
            client.post(action='protect', title=META.log_page, protections='create=sysop', expiry='infinite')
        code, found = doctor(farm, folder)
        assert (code, [*found]) == (3, ['board', 'log'])
        assert 'somebody else' in found['board']
        assert 'may not edit' in found['log']


@pytest.fixture(scope='module')
def posted(running_farm: Farm, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give the state of a wiki after a first run on the sample, and the folder of that run."""
    folder = write_bot_folder(tmp_path_factory.mktemp('posted') / 'bot')
    running_farm.reset()
    with as_file(EXPORT) as path:
        running_farm.import_xml(WIKI, path)
    edit(running_farm, META.stop_page, 'run')
    outcome = run_child(running_farm, folder, 'globalban_status', '-always')
    assert outcome.code == 0, outcome.errors
    return running_farm.keep(WIKI, folder.parent / 'kept.sqlite'), folder


class TestForget:
    @pytest.fixture
    def farm(self, running_farm: Farm, posted: tuple[Path, Path]) -> Farm:
        running_farm.restore(WIKI, posted[0])
        return running_farm

    @pytest.fixture
    def folder(self, posted: tuple[Path, Path], tmp_path: Path) -> Path:
        return shutil.copytree(posted[1], tmp_path / 'bot', symlinks=True)

    @pytest.fixture
    def number(self, folder: Path) -> str:
        """Give the page id of a request that the first run has read."""
        return min(path.stem for path in (folder / 'globalban-cache').glob('*.json'))

    def test_plan_only(self, farm: Farm, folder: Path, number: str) -> None:
        """It should show the plan and do nothing where there is no terminal to ask at."""
        before = pages(farm)
        outcome = forget(farm, folder, number)
        assert (outcome.code, pages(farm)) == (0, before), outcome.errors
        assert f'{META.box_title(int(number))}: blanked for good, by the operator' in outcome.output
        assert '--always' in outcome.output
        assert kept(folder, number)

    def test_forgets(self, farm: Farm, folder: Path, number: str) -> None:
        """It should blank the box and nothing else, clear the cache, and say what it cannot do."""
        before = pages(farm)
        box = META.box_title(int(number))
        outcome = forget(farm, folder, number, '--always')
        after = pages(farm)
        assert outcome.code == 0, outcome.errors
        assert {title for title in after if after[title] != before.get(title)} == {box}
        marker = Marker.parse(after[box].text)
        assert marker is not None
        assert marker.standing == FORGOTTEN
        assert not kept(folder, number)
        path = box.replace(' ', '_')
        assert f'https://meta.wikimedia.org/wiki/Special:PageHistory/{path}' in outcome.output
        assert 'oversighter' in outcome.output

    def test_stays_forgotten(self, farm: Farm, folder: Path, number: str) -> None:
        """It should be gone from the board after the next run, and its box be empty still."""
        box = META.box_title(int(number))
        row = f'[[Special:Redirect/page/{number}|'
        assert row in pages(farm)[META.board_page].text
        forget(farm, folder, number, '--always')
        blank = pages(farm)[box]
        again = forget(farm, folder, number, '--always')
        assert (again.code, pages(farm)[box]) == (0, blank)
        assert 'blanked for good by the operator' in again.output
        run = run_child(farm, folder, 'globalban_status', '-always')
        assert run.code == 0, run.errors
        assert pages(farm)[box] == blank
        assert row not in pages(farm)[META.board_page].text

    def test_stays_forgotten_though_filled(self, farm: Farm, folder: Path, number: str) -> None:
        """It should stay gone from the board, though a stranger fills the box again."""
        box, row = META.box_title(int(number)), f'[[Special:Redirect/page/{number}|'
        forget(farm, folder, number, '--always')
        with client_of(farm, WIKI) as client:
            assert client.edit(box, 'x')['edit']['result'] == 'Success'
        run = run_child(farm, folder, 'globalban_status', '-always', f'-rearm:{box}')
        assert run.code == 0, run.errors
        assert f'{box}: blanked for good by the operator' in run.output
        assert pages(farm)[box].text == 'x'
        assert row not in pages(farm)[META.board_page].text

    def test_stopped(self, farm: Farm, folder: Path, number: str) -> None:
        """It should edit nothing while the stop page says stop."""
        edit(farm, META.stop_page, 'wait')
        before = pages(farm)
        outcome = forget(farm, folder, number, '--always')
        assert (outcome.code, pages(farm)) == (0, before)
        assert 'stopped: ' in outcome.output

    def test_hands_off(self, farm: Farm, folder: Path, number: str) -> None:
        """It should name a box that a person has edited, and leave it to a person."""
        box = META.box_title(int(number))
        edit(farm, box, 'Somebody was here.')
        outcome = forget(farm, folder, number, '--always')
        assert (outcome.code, pages(farm)[box].text) == (0, 'Somebody was here.')
        assert f'{box} is left to a person' in outcome.output

    def test_no_box(self, farm: Farm, folder: Path, number: str) -> None:
        """It should say that nothing was posted, make no page, and clear the cache all the same."""
        other = folder / 'other cache'
        other.mkdir()
        (other / '999999.json').write_text('{}')
        before = pages(farm)
        outcome = forget(farm, folder, '999999', '--always', '--cache', str(other))
        assert (outcome.code, pages(farm)) == (0, before), outcome.errors
        assert 'nothing to blank' in outcome.output
        assert not (other / '999999.json').exists()
        assert kept(folder, number)

    def test_refused(self, farm: Farm, folder: Path, number: str) -> None:
        """It should end with the code for what the wiki refuses, and name the reason."""
        with client_of(farm, WIKI, OPERATOR) as client:
            client.post(action='block', user=BOT.name, reason='invented', expiry='infinite')
        outcome = forget(farm, folder, number, '--always')
        assert outcome.code == 3
        assert 'blocked' in outcome.output

    def test_no_configuration(
        self, farm: Farm, folder: Path, number: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It should say how to configure it."""
        monkeypatch.setenv('HOME', str(folder))
        (folder / 'user-config.py').unlink()
        outcome = forget(farm, folder, number)
        assert outcome.code == 2
        assert 'copy user-config.py.sample' in outcome.errors


def forget(farm: Farm, folder: Path, number: str, *options: str) -> Outcome:
    return run_child(farm, folder, '-m', 'globalban_bot', 'forget', number, *options)


def kept(folder: Path, number: str) -> bool:
    return (folder / 'globalban-cache' / f'{number}.json').exists()
