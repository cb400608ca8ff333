"""The page kit on a real wiki: one command makes it ready, one leaves nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from importlib.resources import as_file
from pathlib import Path

import pytest

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.marker import FORGOTTEN
from globalban_bot.model.owned import DesiredFacts, DesiredPage
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.kit import kit_pages
from globalban_bot.sample import EXPORT
from tests.farm import hurdles
from tests.farm.abusefilter import DISALLOW, Filter
from tests.farm.accounts import BOT_GRANTS, Account, BotPassword
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import Outcome, run_child
from tests.farm.farm import Farm
from tests.farm.onwiki import edit, pages
from tests.farm.releases import ON_BOTH

WIKI = 'metawiki'
META = load_profile('meta')
assert META.commands is not None
assert META.kit is not None
assert META.settings is not None
ASK, HELP, SETTINGS = META.commands.template, META.kit.help, META.settings.page
#: JSON pages below a user's are for that user: so the bot is called as the profile says.
BOT = Account('Request facts bot', groups=('bot',), bot_password=BotPassword())
ADMIN = Account('Invented admin', None, ('sysop',), BotPassword(grants=(*BOT_GRANTS, 'delete')))
LATER = '2026-01-01T12:00:00+00:00'
PLAIN, STYLED = (
    {page.title: page for page in kit_pages(META, Messages(), styled=styled)} for styled in (False, True)
)


def run(farm: Farm, folder: Path, *options: str, account: Account = BOT) -> Outcome:
    farm.create_accounts(WIKI, account)
    bot = write_bot_folder(folder / account.name, account)
    return run_child(farm, bot, 'globalban_setup', *options)


def standing(farm: Farm) -> dict[str, str]:
    """Return the pages of the kit and of the bot, as the wiki has them."""
    found = {title.replace('10:', 'Template:', 1): one.text for title, one in pages(farm).items()}
    return {title: text for title, text in found.items() if 'Request facts bot' in title}


@ON_BOTH
def test_setup(farm: Farm, tmp_path: Path) -> None:
    """It should save the whole kit on an empty wiki, and nothing more the second time."""
    assert run(farm, tmp_path, '-always').code == 0
    assert standing(farm) == {title: page.text.rstrip() for title, page in PLAIN.items()}
    with farm.recording() as requests:
        outcome = run(farm, tmp_path, '-always')
    assert (outcome.code, outcome.output.strip()) == (0, 'Nothing to edit.')
    assert 'edit' not in {one.action for one in requests}


@ON_BOTH
def test_styles(farm: Farm, tmp_path: Path) -> None:
    """It should bring the style sheet and what calls it where the wiki has TemplateStyles, once it has."""
    run(farm, tmp_path, '-always')
    with farm.switch(WIKI, load=['TemplateStyles']):
        outcome = run(farm, tmp_path, '-always')
        assert outcome.code == 0, outcome.output
        assert standing(farm) == {title: page.text.rstrip() for title, page in STYLED.items()}
        assert 'Nothing to edit.' in run(farm, tmp_path, '-always').output


def test_plan_only(farm: Farm, tmp_path: Path) -> None:
    """It should print plan and changes and save nothing: simulated, or without a terminal to ask at."""
    for options in ([], ['-simulate', '-always'], ['-simulate', '-always', '-uninstall']):
        outcome = run(farm, tmp_path, *options)
        assert (outcome.code, standing(farm)) == (0, {}), outcome.errors
    assert f'{ASK}: new page' in run(farm, tmp_path).output


def test_another_account(farm: Farm, tmp_path: Path) -> None:
    """It should name what an account may not save, and save the rest."""
    outcome = run(farm, tmp_path, '-always', account=Account('Farm bot', None, ('bot',), BotPassword()))
    assert outcome.code == 3
    assert f'not saved: {SETTINGS}: not allowed' in outcome.output
    assert set(PLAIN) - set(standing(farm)) == {page.title for page in PLAIN.values() if page.model == 'json'}


def test_status_follows(farm: Farm, tmp_path: Path) -> None:
    """It should be all that the status job needs: the stop page is there, and says run."""
    with as_file(EXPORT) as path:
        farm.import_xml(WIKI, path)
    run(farm, tmp_path, '-always')
    outcome = run_child(farm, tmp_path / BOT.name, '-m', 'tests.farm.status_at', LATER, '-always')
    assert outcome.code == 0, outcome.errors
    assert META.board_page in standing(farm)


def test_updates(farm: Farm, tmp_path: Path) -> None:
    """It should bring up to date what the bot itself has saved, and no seed."""
    edit(farm, META.stop_page, ' run', BOT.name)
    edit(farm, HELP, 'the text of an older version', BOT.name)
    edit(farm, SETTINGS, '{"skip": [7]}', BOT.name)
    outcome = run(farm, tmp_path)
    assert f'{HELP}: the bot comes with another text by now' in outcome.output
    assert '-the text of an older version' in outcome.output
    assert run(farm, tmp_path, '-always').code == 0
    found = standing(farm)
    assert found[HELP] == PLAIN[HELP].text.rstrip()
    assert (found[META.stop_page], json.loads(found[SETTINGS])) == (' run', {'skip': [7]})


def test_hands_off(farm: Farm, tmp_path: Path) -> None:
    """It should leave a page alone that a person has edited, until the operator takes it back."""
    run(farm, tmp_path, '-always')
    edit(farm, HELP, 'Somebody was here.')
    outcome = run(farm, tmp_path, '-always')
    assert (outcome.code, standing(farm)[HELP]) == (0, 'Somebody was here.')
    assert f'{HELP}: a person has edited it' in outcome.output
    assert run(farm, tmp_path, '-always', f'-rearm:{HELP}').code == 0
    assert standing(farm)[HELP] == PLAIN[HELP].text.rstrip()


def test_deleted(farm: Farm, tmp_path: Path) -> None:
    """It should never make a page again that was deleted, not even when it is asked to, and say so."""
    run(farm, tmp_path, '-always')
    farm.run(WIKI, 'deleteBatch', text=HELP)
    outcome = run(farm, tmp_path, '-always', f'-rearm:{HELP}')
    assert (outcome.code, HELP in standing(farm)) == (0, False)
    assert f'{HELP}: it was deleted or moved away' in outcome.output


def test_rearm_of_nothing(farm: Farm, tmp_path: Path) -> None:
    """It should not pass over a title in silence that is none of the kit's."""
    outcome = run(farm, tmp_path, '-always', '-rearm:User:Request facts bot/Hulp')
    assert (outcome.code, standing(farm)) == (2, {})


@pytest.mark.parametrize('text', ['stop', 'run!'])
def test_stopped(farm: Farm, tmp_path: Path, text: str) -> None:
    """It should save nothing on a wiki whose stop page says anything but run, and end well."""
    edit(farm, META.stop_page, text)
    outcome = run(farm, tmp_path, '-always')
    assert (outcome.code, standing(farm)) == (0, {META.stop_page: text})
    assert 'stopped:' in outcome.output


def test_stop_page_deleted(farm: Farm, tmp_path: Path) -> None:
    """It should not start the bot where somebody has deleted the stop page."""
    run(farm, tmp_path, '-always')
    farm.run(WIKI, 'deleteBatch', text='\n'.join(standing(farm)))
    outcome = run(farm, tmp_path, '-always')
    assert (outcome.code, standing(farm)) == (0, {})


def own_page(title: str, body: str, standing: str = 'open') -> tuple[str, str]:
    wanted = DesiredFacts(title, 'f', standing)
    return title, DesiredPage(wanted, body, datetime(2026, 1, 1, tzinfo=UTC)).text


def fill(farm: Farm, folder: Path) -> None:
    """Have the kit, pages of every form that the bot makes, and one that a person has made."""
    assert META.notices is not None
    assert META.commands is not None
    assert META.settings is not None
    run(farm, folder, '-always')
    notices = META.notices
    titles = (META.box_page, notices.plan_page, notices.result_page, notices.list_page)
    own = [title.format(page_id=12, language='en') for title in titles]
    own += [META.commands.answers_page(34), META.settings.in_force, META.board_page, META.log_page]
    for title in own:
        edit(farm, *own_page(title, 'the text'), BOT.name)
    edit(farm, *own_page(META.box_title(13), '', FORGOTTEN), BOT.name)
    edit(farm, META.box_title(14), 'a person was here')
    for title in OTHERS:
        edit(farm, title, "a person's")


#: Pages that look a little like the bot's.
OTHERS = (
    'User:Request facts bot/Request/12/Draft',
    'User:Request facts bot/Thoughts',
    'User:Request facts bot 2/Run',
    'User:Request facts bot',
)
LEFT = dict.fromkeys(OTHERS, "a person's")


@ON_BOTH
def test_uninstall(farm: Farm, tmp_path: Path) -> None:
    """It should leave nothing but what people have made, and name that; a new setup makes the kit again."""
    fill(farm, tmp_path)
    outcome = run(farm, tmp_path, '-always', '-uninstall', account=ADMIN)
    assert (outcome.code, standing(farm)) == (0, LEFT), outcome.output
    assert 'User:Request facts bot/Thoughts' in outcome.output.partition('Left')[2]
    assert run(farm, tmp_path, '-always').code == 0
    assert standing(farm) == {title: page.text.rstrip() for title, page in PLAIN.items()} | LEFT


def test_uninstall_of_an_edited_kit(farm: Farm, tmp_path: Path) -> None:
    """It should not have a later setup make a page of the kit anew that a person has edited."""
    run(farm, tmp_path, '-always')
    edit(farm, HELP, 'Somebody was here.')
    outcome = run(farm, tmp_path, '-always', '-uninstall', account=ADMIN)
    assert (outcome.code, standing(farm)) == (0, {}), outcome.output
    assert run(farm, tmp_path, '-always').code == 0
    assert set(standing(farm)) == set(PLAIN) - {HELP}


def test_uninstall_of_styles(farm: Farm, tmp_path: Path) -> None:
    """It should delete the style sheet, too."""
    with farm.switch(WIKI, load=['TemplateStyles']):
        run(farm, tmp_path, '-always')
        assert set(standing(farm)) == set(STYLED)
        assert run(farm, tmp_path, '-always', '-uninstall', account=ADMIN).code == 0
    assert standing(farm) == {}


def test_board_after_uninstall(farm: Farm, tmp_path: Path) -> None:
    """It should let the bot post again after a new setup, but never what was blanked for good or edited."""
    with as_file(EXPORT) as path:
        farm.import_xml(WIKI, path)
    run(farm, tmp_path, '-always')
    status = ('-m', 'tests.farm.status_at', LATER, '-always')
    run_child(farm, tmp_path / BOT.name, *status)
    before = set(standing(farm))
    boxes = sorted(title for title in before if title.startswith('User:Request facts bot/Request/'))
    edit(farm, *own_page(boxes[0], '', FORGOTTEN), BOT.name)
    edit(farm, boxes[1], '')
    # Anybody can write a marker that says that the page is as the bot left it.
    edit(farm, *own_page(boxes[2], 'forged'), 'Farm operator')
    run(farm, tmp_path, '-always', '-uninstall', account=ADMIN)
    assert standing(farm) == {}
    run(farm, tmp_path, '-always')
    assert run_child(farm, tmp_path / BOT.name, *status).code == 0
    assert set(standing(farm)) == before - {*boxes[:3]}


def test_uninstall_without_the_right(farm: Farm, tmp_path: Path) -> None:
    """It should delete nothing, and list what somebody with the right has to delete, with the reason."""
    fill(farm, tmp_path)
    before = standing(farm)
    outcome = run(farm, tmp_path, '-always', '-uninstall')
    assert (outcome.code, standing(farm)) == (2, before)
    listed = {line.strip() for line in outcome.output.splitlines()}
    assert set(before) - set(OTHERS) <= listed
    assert 'Request facts bot may not delete pages' in outcome.errors


def test_uninstall_refused(farm: Farm, tmp_path: Path) -> None:
    """It should name a page that the wiki does not let go, and delete the rest."""
    run(farm, tmp_path, '-always')
    with farm.switch(WIKI, **hurdles.ABUSE_FILTER):
        farm.create_filter(WIKI, Filter(f'action == "delete" & article_prefixedtext == "{HELP}"', DISALLOW))
        outcome = run(farm, tmp_path, '-always', '-uninstall', account=ADMIN)
    assert (outcome.code, set(standing(farm))) == (3, {HELP}), outcome.output
    assert f'not deleted: {HELP}: filtered' in outcome.output


def test_uninstall_asks(farm: Farm, tmp_path: Path) -> None:
    """It should delete nothing where there is no terminal to ask at."""
    run(farm, tmp_path, '-always')
    before = standing(farm)
    for options in (['-uninstall'], ['-uninstall', '-simulate', '-always']):
        outcome = run(farm, tmp_path, *options, account=ADMIN)
        assert (outcome.code, standing(farm)) == (0, before)
