"""Settings on a real wiki: what is in force when the page of settings is good, broken, strange or gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import pytest

from globalban_bot.errors import UserError
from globalban_bot.gather.json_page import JsonPage, Saved, newest_good, read_newest, read_text
from globalban_bot.gather.settings_json import parse_settings
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.settings import Flaw, InForce, Problem, Settings
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.settings import read_kept, render_in_force
from globalban_bot.sample import EXPORT
from globalban_bot.wiki.api import ApiClient
from tests.farm.accounts import BOT, OPERATOR, Account
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import Outcome, run_child
from tests.farm.client import client_of
from tests.farm.farm import Farm
from tests.farm.faults import Fault, Moment
from tests.farm.onwiki import Standing, edit, page_id, pages
from tests.farm.releases import ON_BOTH
from tests.farm.test_hostile_text import HOSTILE, effects

META = load_profile('meta')
assert META.settings is not None
PAGE, OWN = META.settings.page, META.settings.in_force
WIKI, SETTER, STRANGER = 'metawiki', 'Setter Invented', 'Merrowby'
OPEN = 'Requests for comment/Global ban for Orvandelle'
OTHER_FORM = 'Requests for comment/What to do about Quillmere'
NEW = 'Requests for comment/Global ban for Tessaly'
FIRST, LATER, LAST = (f'2026-01-01T{hour}:00:00+00:00' for hour in (12, 13, 14))


@pytest.fixture(scope='module')
def ready(running_farm: Farm, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a wiki that has the sample, a stop page that says run, and somebody who may make settings."""
    running_farm.reset(WIKI)
    with as_file(EXPORT) as path:
        running_farm.import_xml(WIKI, path)
    edit(running_farm, META.stop_page, 'run')
    running_farm.create_accounts(WIKI, Account(SETTER, 'password of the setter', ('sysop',)))
    return running_farm.keep(WIKI, tmp_path_factory.mktemp('kept') / 'metawiki.sqlite')


@pytest.fixture
def stage(running_farm: Farm, ready: Path) -> Farm:
    running_farm.restore(WIKI, ready)
    return running_farm


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_bot_folder(tmp_path / 'bot')


def run(farm: Farm, folder: Path, moment: str = FIRST, *options: str, fault: Fault | None = None) -> Outcome:
    command = ('-m', 'tests.farm.status_at', moment, '-always', *options)
    return run_child(farm, folder, *command, fault=fault)


def box_of(farm: Farm, title: str) -> str:
    return META.box_title(page_id(farm, title))


def test_never_any(stage: Farm, folder: Path) -> None:
    """It should do as ever on a wiki without settings, for one request more, and make no page of them."""
    with stage.recording() as requests:
        assert run(stage, folder).code == 0
    asked = [one for one in requests if PAGE in one.params.get('titles', '')]
    assert [one.params['titles'] for one in asked] == [f'{PAGE}|{OWN}']
    assert OWN not in pages(stage)


def test_in_force(stage: Farm, folder: Path) -> None:
    """It should leave a request alone, take up another, and tell of both on a page of its own, once."""
    stage.write_page(WIKI, OTHER_FORM, pages(stage)[OPEN].text, STRANGER)
    text = f'{{"skip": [{page_id(stage, OPEN)}], "extra": ["{OTHER_FORM}"]}}'
    with client_of(stage, WIKI, OPERATOR) as client:
        assert client.edit(PAGE, text)['edit']['result'] == 'Success'
    outcome = run(stage, folder)
    assert outcome.code == 0, outcome.errors
    found = pages(stage)
    assert box_of(stage, OPEN) not in found
    assert box_of(stage, OTHER_FORM) in found
    assert 'Quillmere' in found[META.board_page].text
    assert 'Orvandelle' not in found[META.board_page].text
    assert f'Special:Redirect/page/{page_id(stage, OPEN)}' in found[OWN].text
    assert run(stage, folder).code == 0
    assert pages(stage) == found
    asked_for = run(stage, folder, FIRST, f'-request:{page_id(stage, OPEN)}')
    assert asked_for.code == 2
    assert f'no request here: left alone, by {PAGE}' in asked_for.errors


def test_switched_off(stage: Farm, folder: Path) -> None:
    """It should end well without an edit but that which tells of it; what is off outlasts a bad edit."""
    edit(stage, PAGE, '{"run": {"status": false, "notify": false}}', SETTER)
    outcome = run(stage, folder)
    assert (outcome.code, META.board_page in pages(stage)) == (0, False), outcome.errors
    assert f'status is switched off on {PAGE}' in outcome.output + outcome.errors
    assert '<code>status</code>: is switched off' in pages(stage)[OWN].text
    stage.run(WIKI, 'deleteBatch', text=PAGE)
    assert run(stage, folder).code == 0
    assert META.board_page not in pages(stage)
    notify = run_child(stage, folder, 'globalban_notify', f'-request:{page_id(stage, OPEN)}', '-coverage')
    assert notify.code == 0, notify.errors
    assert f'notify is switched off on {PAGE}' in notify.output + notify.errors


def test_notices_of_a_skipped_request(stage: Farm, folder: Path) -> None:
    """It should say that a request is left alone when somebody asks for its notices."""
    edit(stage, PAGE, f'{{"skip": [{page_id(stage, OPEN)}]}}', SETTER)
    outcome = run_child(stage, folder, 'globalban_notify', f'-request:{page_id(stage, OPEN)}', '-coverage')
    assert outcome.code == 2
    assert f'no request here: left alone, by {PAGE}' in outcome.errors


def no_object(farm: Farm) -> None:
    edit(farm, PAGE, '[1]', SETTER)


def unknown_key(farm: Farm) -> None:
    edit(farm, PAGE, '{"skipp": []}', SETTER)


def strange(farm: Farm) -> None:
    edit(farm, PAGE, '{}', STRANGER)


def deleted(farm: Farm) -> None:
    farm.run(WIKI, 'deleteBatch', text=PAGE)


def deleted_then_strange(farm: Farm) -> None:
    deleted(farm)
    strange(farm)


def no_member_any_more(farm: Farm) -> None:
    with client_of(farm, WIKI, OPERATOR) as client:
        token = client.token('userrights')
        answer = client.post(action='userrights', user=SETTER, token=token, remove='sysop')
    assert 'error' not in answer, answer


def two_megabytes(farm: Farm) -> None:
    edit(farm, PAGE, f'{{"extra": ["{"x" * 2_000_000}"]}}', SETTER)


def flood(farm: Farm) -> None:
    for number in range(3):
        edit(farm, PAGE, f'{{"extra": ["{number}{"x" * 1_000_000}"]}}', SETTER)


def wikitext(farm: Farm) -> None:
    with client_of(farm, WIKI, OPERATOR) as client:
        answer = client.edit(PAGE, '{"skip": [1', contentmodel='wikitext', contentformat='text/x-wiki')
    assert answer['edit']['result'] == 'Success', answer


#: What somebody does to settings that are in force, and what the board says of the page then.
CASES: dict[str, tuple[Callable[[Farm], None], str]] = {
    'JSON that is no object': (no_object, 'it is not well formed'),
    'an unknown key': (unknown_key, 'it is not well formed'),
    "a stranger's edit": (strange, 'it was saved by an account that is not one of those'),
    'the group was taken away from who made them': (no_member_any_more, 'it was saved by an account that is'),
    'the page was deleted': (deleted, 'The page of settings is missing'),
    'deleted, and made by a stranger': (
        deleted_then_strange,
        'it was saved by an account that is not one of',
    ),
    'a revision of two megabytes': (two_megabytes, 'it is too long'),
    'a flood of huge revisions': (flood, 'it is too long'),
    'invalid JSON, in another content model': (wikitext, 'its content model is not JSON'),
}


def test_costs(stage: Farm, folder: Path) -> None:
    """It should take one request more for settings by the bot, and two for those of an administrator."""
    taken: dict[str, int] = {}
    for name in ('nobody', BOT.name, SETTER):
        if name != 'nobody':
            edit(stage, PAGE, f'{{"skip": [{len(taken)}]}}', name)
        for _ in range(2):
            run(stage, folder)
        taken[name] = run(stage, folder).requests or 0
    print(f'requests of a run with nothing to do, by who has made settings: {taken}')
    assert [taken[name] - taken['nobody'] for name in (BOT.name, SETTER)] == [1, 2]


@pytest.mark.parametrize(('harm', 'said'), CASES.values(), ids=CASES)
def test_last_good_is_kept(
    stage: Farm,
    folder: Path,
    harm: Callable[[Farm], None],
    said: str,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It should keep the last good settings, say on the board what is wrong, and do all else as ever."""
    edit(stage, PAGE, f'{{"skip": [{page_id(stage, OPEN)}]}}', SETTER)
    assert run(stage, folder).code == 0
    before = boxes(stage)
    harm(stage)
    stage.write_page(WIKI, NEW, pages(stage)[OPEN].text, STRANGER)
    with stage.recording() as requests:
        outcome = run(stage, folder, LATER)
    assert outcome.code == 0, outcome.errors
    found, board = pages(stage), pages(stage)[META.board_page].text
    actual = {
        'settings kept': str(page_id(stage, OPEN)) in found[OWN].text and box_of(stage, OPEN) not in found,
        'told on the board': said in board,
        'told beside the settings': said in found[OWN].text,
        'nobody named': not any(name in board for name in (SETTER, STRANGER)),
        'the new request has its box': box_of(stage, NEW) in found,
        'other boxes as before': {title: found[title] for title in before} == before,
    }
    assert run(stage, folder, LAST).code == 0
    actual['quiet afterwards'] = pages(stage) == found
    with capsys.disabled():
        print(f'\n{request.node.callspec.id} ({len(requests)} requests)')
        for what, fine in actual.items():
            print(f'    {what:28} expected True, actual {fine}')
    assert all(actual.values())


def boxes(farm: Farm) -> dict[str, Standing]:
    start = META.box_title(None).removesuffix('None')
    return {title: page for title, page in pages(farm).items() if title.startswith(start)}


def test_mended(stage: Farm, folder: Path) -> None:
    """It should take what is mended at once, and have nothing more to say on the board."""
    edit(stage, PAGE, f'{{"skip": [{page_id(stage, OPEN)}]}}', SETTER)
    unknown_key(stage)
    run(stage, folder)
    assert 'does not count' in pages(stage)[META.board_page].text
    assert box_of(stage, OPEN) not in pages(stage)
    edit(stage, PAGE, '{}', SETTER)
    assert run(stage, folder, LATER).code == 0
    assert 'does not count' not in pages(stage)[META.board_page].text
    assert box_of(stage, OPEN) in pages(stage)


def test_no_answer(stage: Farm, folder: Path) -> None:
    """It should ask again for settings whose answer was lost, and never go on with the defaults."""
    edit(stage, PAGE, '{"run": {"status": false}}', SETTER)
    fault = Fault(Moment.LOST, 1, 'Settings.json')
    outcome = run(stage, folder, FIRST, fault=fault)
    assert 'switched off' in outcome.errors
    assert META.board_page not in pages(stage)


def test_doctor(stage: Farm, folder: Path) -> None:
    """It should say in the doctor's line what is wrong with the settings, where, and what is allowed."""
    edit(stage, PAGE, '{"run": {"talk": 1}}', SETTER)
    outcome = run_child(stage, folder, '-m', 'globalban_bot', 'doctor')
    (line,) = (line for line in outcome.output.splitlines() if line[6:].startswith('settings: '))
    assert line.startswith('MEND  ')
    assert 'settings, run, talk: it must be true or false; until that is mended the defaults hold' in line


@ON_BOTH
class TestWiki:
    """What the wiki itself makes sure of, and tells."""

    def test_who_can_save(self, farm: Farm) -> None:
        """It should let administrators save the page, and nobody else; and nothing that is no JSON."""
        farm.create_accounts(WIKI, Account(STRANGER, 'password of a stranger'))
        with client_of(farm, WIKI, Account(STRANGER, 'password of a stranger')) as client:
            assert client.edit(PAGE, '{}')['error']['code'] == 'customjsonprotected'
        with client_of(farm, WIKI, OPERATOR) as client:
            assert client.edit(PAGE, '{"skip": [1')['error']['code'] == 'invalid-json-data'
            assert client.edit(PAGE, '{}')['edit']['contentmodel'] == 'json'

    def test_outlines(self, farm: Farm, bot: Any, meta_site: Any) -> None:
        """It should tell of revisions without their texts, those with hidden parts among them."""
        wikis = ApiClient(meta_site)
        for text in ('{}', '{"skip": []}', '{"skip": [1]}'):
            edit(farm, PAGE, text)
        newest = read_newest(wikis, [PAGE, OWN])[PAGE]
        assert newest is not None
        assert (newest.user, newest.model) == (OPERATOR.name, 'json')
        assert newest.size > len('{"skip": [1]}'), 'the wiki writes it on several lines'
        hide(farm, newest.id - 1, 'content|user')
        page = JsonPage(PAGE, 9, lambda name: True, lambda text, _: text)
        counted = newest_good(wikis, page, Saved(newest.id, newest.user, 99, newest.model))
        assert [one.flaw for one in counted.aside] == [Flaw.TOO_LONG, Flaw.HIDDEN]
        assert counted.value is not None
        assert read_text(wikis, newest.id - 1) is None

    def test_titles(self, farm: Farm, bot: Any, meta_site: Any) -> None:
        """It should take for a title only what pywikibot takes for one, on the wiki itself."""
        for title in taken():
            page = bot.Page(meta_site, title)
            assert (page.site, page.title(), page.exists()) == (meta_site, title, False)

    def test_effects(self, farm: Farm) -> None:
        """It should link titles on the page that tells of them, do nothing else, and read them back."""
        assert META.settings is not None
        problem = Problem(Flaw.BROKEN, 9, ' '.join(HOSTILE))
        found, harmless = InForce(Settings(extra=tuple(taken())), 8, problem), InForce(revision=8)
        texts = [
            render_in_force(one, META.settings, Messages(), datetime(2027, 5, 3, tzinfo=UTC))
            for one in (found, harmless)
        ]
        with client_of(farm, WIKI, OPERATOR) as client:
            shown, twin = (effects(client, text) for text in texts)
            client.edit(OWN, texts[0])
        assert {one['title'] for one in shown.pop('links')} == {PAGE, *taken()}
        assert [one['title'] for one in twin.pop('links')] == [PAGE]
        assert shown == twin
        kept = read_kept(pages(farm)[OWN].text)
        assert kept is not None
        assert parse_settings(kept[1], META.prefix) == found.settings


def taken() -> list[str]:
    """Return the titles among those that look odd that are taken for titles."""
    titles: list[str] = []
    for end in ENDS:
        with suppress(UserError):
            text = json.dumps({'extra': [f'{META.prefix}{end}']})
            titles += parse_settings(text, META.prefix).extra
    assert len(ENDS) / 3 < len(titles) < len(ENDS)
    return [*dict.fromkeys(titles)]


#: Ends of titles that look odd.
ENDS = [
    'A', 'a b', 'A: b', 'en:A', ':A', 'A/B', '.', '..', '...', './A', '../A', 'A/.', 'A/..', 'A/./B', 'a.b',
    '~~', '~~~', '%', '%4', '%41', '100 % b', '&', '& b', '&amp', '&amp;', '&#65;', 'A#b', 'A|b', '<b>',
    '[[A]]', '{{A}}', '__TOC__', "''A''", '"A"', 'A+B', 'A\u00a0b', '\u00c9', 'E\u0301', '\u05d0',
    '\U0001f600', '!', '-',
]  # fmt: skip


def hide(farm: Farm, revision: int, parts: str) -> None:
    hider = Account('Hider Invented', 'password of the hider', ('sysop', 'suppress'))
    farm.create_accounts(WIKI, hider)
    with client_of(farm, WIKI, hider) as client:
        answer = client.post(action='revisiondelete', type='revision', ids=revision, hide=parts)
    assert 'error' not in answer, answer
