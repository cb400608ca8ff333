"""Judging how the bot is set up."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from globalban_bot.errors import GlobalbanError, WikiError
from globalban_bot.gather.environment import Newest
from globalban_bot.jobs import diagnosis
from globalban_bot.jobs.diagnosis import Check
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.settings import Flaw, InForce, Problem
from globalban_bot.policy.loader import load_policy
from globalban_bot.profiles.loader import load_profile
from tests.unit.jobs.made_checkup import (
    ACCOUNT,
    BOT,
    META,
    NOW,
    RIGHTS,
    RULES,
    SETTINGS,
    SETTINGS_PAGES,
    WIKI,
    pages,
    wrong,
)


def test_lines() -> None:
    """It should be one line, whatever the wiki says."""
    assert str(Check('login', True, 'as A')) == 'OK    login: as A'
    assert str(Check('block', False, 'a\nb\x1b[0m\u202e')) == 'MEND  block: a b[0m'


def test_all_is_well() -> None:
    """It should find nothing to mend."""
    checks = [
        *diagnosis.judge_versions({'Python': '3.11.7', 'pywikibot': '11.9.0'}),
        *diagnosis.judge_settings(SETTINGS, META),
        *diagnosis.judge_wiki(WIKI),
        *diagnosis.judge_account(ACCOUNT, SETTINGS, WIKI),
    ]
    assert wrong(checks) == {}
    assert len({check.name for check in checks}) == len(checks)


OLD: list[tuple[str, str | None, bool]] = [
    ('Python', '3.10.14', False),
    ('Python', '3.13.0', True),
    ('pywikibot', '9.3.1', False),
    ('pywikibot', '10.0.0.dev1', True),
    ('pywikibot', None, False),
]


@pytest.mark.parametrize(('name', 'version', 'ok'), OLD)
def test_versions(name: str, version: str | None, ok: bool) -> None:
    """It should compare versions by number."""
    (check,) = diagnosis.judge_versions({name: version})
    assert check.ok is ok


#: What is wrong with the settings, which check says so, and what it says to do.
SET_WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({'site': ('wikipedia', 'test')}, 'site', "set family to 'meta'"),
    ({'account': None}, 'account name', 'set usernames'),
    ({'account': 'Global Ban bot'}, 'account name', 'another account'),
    ({'account': 'Request facts'}, 'account name', 'another account'),
    ({'contact': None}, 'contact', 'user_agent_description is not set'),
    ({'contact': 'https://example.org/tool; operator@example.org'}, 'contact', 'that of the sample'),
    ({'put_throttle': 11}, 'put_throttle', 'set it to 10 or less'),
    ({'max_retries': 15}, 'max_retries', 'set it to 5 or less'),
    ({'cache_writable': False}, 'cache folder', 'cannot be written'),
]


@pytest.mark.parametrize(('change', 'name', 'said'), SET_WRONG)
def test_settings(change: dict[str, Any], name: str, said: str) -> None:
    """It should say of each wrong setting what to do, and of no other."""
    found = wrong(diagnosis.judge_settings(replace(SETTINGS, **change), META))
    assert [*found] == [name]
    assert said in found[name]


@pytest.mark.parametrize(('seconds', 'ok'), [(60, True), (-60, True), (61, False), (-90, False)])
def test_clock(seconds: int, ok: bool) -> None:
    """It should take a minute, early or late, for well."""
    found = wrong(diagnosis.judge_wiki(replace(WIKI, here=NOW + timedelta(seconds=seconds))))
    assert ('clock' not in found) is ok


@pytest.mark.parametrize(
    ('generator', 'ok'), [('MediaWiki 1.38.2', False), ('MediaWiki 1.45.0-wmf.12', True)]
)
def test_old_wiki(generator: str, ok: bool) -> None:
    """It should know which versions of MediaWiki it was made for."""
    assert ('MediaWiki' not in wrong(diagnosis.judge_wiki(replace(WIKI, generator=generator)))) is ok


#: What is wrong with the account, and what is said.
ACCOUNT_WRONG: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({'name': 'Other bot'}, {'login': 'as Other bot, not as Invented bot'}),
    ({'block': 'altogether, until infinite: too fast'}, {'block': 'too fast'}),
    ({'rights': RIGHTS - {'createpage'}}, {'rights': 'the grant "Create, edit, and move pages"'}),
    ({'rights': RIGHTS - {'edit'}}, {'rights': 'the grant "Edit existing pages"'}),
    ({'rights': RIGHTS - {'writeapi'}}, {'rights': 'without writeapi'}),
    (
        {'rights': RIGHTS - {'bot', 'apihighlimits'}},
        {'rights': 'without bot, apihighlimits; renew the bot password (or OAuth consumer) with the grant '
         '"High-volume (bot) access"'},
    ),
    (
        {'rights': RIGHTS - {'bot', 'apihighlimits'}, 'groups': frozenset({'user'})},
        {'bot flag': 'docs/approval.md'},
    ),
]  # fmt: skip


@pytest.mark.parametrize(('change', 'said'), ACCOUNT_WRONG)
def test_account(change: dict[str, Any], said: dict[str, str]) -> None:
    """It should tell a login without grants from an account without the flag."""
    found = wrong(diagnosis.judge_account(replace(ACCOUNT, **change), SETTINGS, WIKI))
    assert [*found] == [*said]
    assert all(text in found[name] for name, text in said.items())


def test_no_writeapi_in_later_versions() -> None:
    """It should not ask for a right that the wiki no longer has."""
    account = replace(ACCOUNT, rights=RIGHTS - {'writeapi'})
    assert diagnosis.judge_rights(account, 'MediaWiki 1.43.3').ok


OURS = DesiredPage(DesiredFacts(META.board_page, 'f', 's'), 'body', NOW).text


def board(**change: Any) -> CurrentPage:
    return replace(CurrentPage(META.board_page, 7, BOT, NOW, OURS), **change)


#: How a page stands, what bars the bot, and what is said; None where all is well.
STANDING: list[tuple[CurrentPage, tuple[str, ...], str | None]] = [
    (board(), (), None),
    (CurrentPage(META.board_page), (), None),
    (board(), ('blocked',), None),
    (board(), ('protectedpage',), 'may not edit User:Request facts bot/Requests (protectedpage)'),
    (CurrentPage(META.board_page), ('titleprotected',), 'titleprotected'),
    (board(user='Ada'), (), 'edited by somebody else'),
    (board(text='text'), (), 'edited by somebody else'),
    (board(model='json'), (), 'no wikitext'),
    (CurrentPage(META.board_page, removed=True), (), 'deleted or moved away'),
]


@pytest.mark.parametrize(('state', 'barred', 'said'), STANDING)
def test_page(state: CurrentPage, barred: tuple[str, ...], said: str | None) -> None:
    """It should say what keeps the bot from a page of its own; that it is not there yet is well."""
    check = diagnosis.judge_page('board', state, barred, RULES)
    assert (check.ok, check.code) == (said is None, 3)
    assert (said or '') in check.text


#: What the switch says, the change of the stop page, and what is said.
STOPS: list[tuple[str | None, dict[str, Any], str]] = [
    (None, {}, 'says "run"'),
    ('User:X/Run does not say "run": the bot was stopped', {}, 'was stopped; read its history'),
    ('User:X/Run cannot be read', {'revision': None}, 'have it made, with the one word "run"'),
]


@pytest.mark.parametrize(('stopped', 'change', 'said'), STOPS)
def test_stop_page(stopped: str | None, change: dict[str, Any], said: str) -> None:
    """It should say whether the bot may run, and if not, what to do."""
    *_, check, _, _ = diagnosis.judge_pages(pages(stopped, **change), META, RULES)
    assert check.name == 'stop page'
    assert check.ok is (stopped is None)
    assert said in check.text


NEWEST = Newest(9, datetime(2026, 11, 23, 0, 0, tzinfo=UTC))
#: The revision that was compared, what was read of the newest, the state that is told, and some of the text.
POLICY_PAGES: list[tuple[int | None, Newest | GlobalbanError | None, str, str]] = [
    (None, None, 'NOTE', 'this wiki has no such page; nobody has compared the data with the page'),
    (None, NEWEST, 'MEND', 'set its "revision" to the one compared (9)'),
    (None, WikiError('no answer'), 'MEND', 'nobody has compared the data with the page'),
    (9, None, 'OK', 'this wiki has no'),
    (9, NEWEST, 'OK', 'compared on'),
    (8, NEWEST, 'MEND', 'mend globalban_bot/policy/global-bans.yaml'),
    (9, WikiError('no answer'), 'MEND', 'no answer'),
]


@pytest.mark.parametrize(('revision', 'newest', 'state', 'text'), POLICY_PAGES)
def test_policy_page(
    revision: int | None, newest: Newest | GlobalbanError | None, state: str, text: str
) -> None:
    """It should say that nobody has compared the data with the policy's page, or that it changed since."""
    policy = replace(load_policy('global-bans'), revision=revision)
    check = diagnosis.judge_policy(policy, newest)
    assert str(check).startswith(state)
    assert text in check.text


def test_one_page_that_cannot_be_read() -> None:
    """It should judge all other pages where one thing could not be read."""
    broken = replace(pages(), in_force=WikiError('no answer'), policy=None)
    assert wrong(diagnosis.judge_pages(broken, META, RULES)) == {'settings': 'no answer'}


def test_other_wikis() -> None:
    """It should note, and not complain, that the bot could not log in on other wikis."""
    assert str(diagnosis.judge_elsewhere(None)).startswith('OK')
    check = diagnosis.judge_elsewhere('there is no password file')
    assert str(check).startswith('NOTE')
    assert 'there is no password file' in check.text


OWN_NOTE = DesiredPage(DesiredFacts(SETTINGS_PAGES.in_force, 'aa', 'aa'), 'told', NOW).text
BROKEN = Problem(Flaw.BROKEN, 9, 'settings, skip: it must be a list')
#: The settings in force, how the page that tells of them stands, and what is said; None where all is well.
SET_ON_WIKI: list[tuple[InForce, CurrentPage | None, str | None]] = [
    (InForce(), None, None),
    (InForce(), CurrentPage(SETTINGS_PAGES.in_force, removed=True), None),
    (InForce(revision=8), None, None),
    (InForce(revision=8), CurrentPage(SETTINGS_PAGES.in_force, 12, BOT, NOW, OWN_NOTE), None),
    (
        InForce(revision=8),
        CurrentPage(SETTINGS_PAGES.in_force, 12, 'Ada', NOW, OWN_NOTE),
        'edited by somebody',
    ),
    (InForce(revision=8), CurrentPage(SETTINGS_PAGES.in_force, removed=True), 'was deleted'),
    (
        InForce(revision=8, problem=BROKEN),
        None,
        'revision 9: settings, skip: it must be a list; until that is mended revision 8 holds',
    ),
    (
        InForce(problem=Problem(Flaw.NOT_TRUSTED, 9)),
        None,
        'revision 9: not trusted; until that is mended the',
    ),
    (InForce(revision=8, problem=Problem(Flaw.MISSING)), None, 'the page: missing; until'),
]


@pytest.mark.parametrize(('in_force', 'state', 'said'), SET_ON_WIKI)
def test_settings_on_the_wiki(in_force: InForce, state: CurrentPage | None, said: str | None) -> None:
    """It should tell of a problem with the settings, and where the bot cannot keep what is in force."""
    found = pages()
    assert not isinstance(found.states, GlobalbanError)
    states = {**found.states, **({} if state is None else {state.title: state})}
    barred: dict[str, tuple[str, ...]] = dict.fromkeys(states, ())
    check = diagnosis.judge_in_force(states, barred, in_force, META, RULES)
    assert check.ok is (said is None), check
    assert said is None or said in check.text


def test_farm_without_settings() -> None:
    """It should find nothing to mend where the settings stand in the profile."""
    assert diagnosis.judge_in_force({}, {}, InForce(), load_profile('example'), RULES).ok
