"""What is looked up of how the bot is set up, and what is told."""

from __future__ import annotations

from typing import NoReturn

import pytest

from globalban_bot.errors import GlobalbanError, UserError, WikiError
from globalban_bot.gather.environment import PywikibotConfig
from globalban_bot.jobs import diagnosis, doctor
from globalban_bot.jobs.diagnosis import NOT_CHECKED, Check
from tests.unit.jobs.made_checkup import ACCOUNT, META, NOW, RULES, SETTINGS, WIKI, pages, wrong

EXIT_CODES: list[tuple[list[Check], int]] = [
    ([], 0),
    ([Check('a', True, ''), Check('b', True, '', 3)], 0),
    ([Check('a', True, ''), Check('b', False, '', 3)], 3),
    ([Check('b', False, '', 3), Check('a', False, '')], 2),
]


@pytest.mark.parametrize(('checks', 'code'), EXIT_CODES)
def test_exit_code(checks: list[Check], code: int) -> None:
    """It should end with 0 if all is well, 2 if something is ours to mend, 3 if the wiki said no."""
    assert doctor.exit_code(checks) == code


def test_names_where_nothing_can_be_read() -> None:
    """It should say why for the first thing, and keep the names of the others."""
    missed = ['clock']
    checks = [*doctor.told(WikiError('no answer'), ('login', 'block', 'rights'), missed, lambda _: ())]
    assert wrong(checks) == {'login': 'no answer'}
    assert checks[0].code == 3
    assert missed == ['clock', 'block', 'rights']


def test_what_was_not_reached() -> None:
    """It should give no line to what was not even tried."""
    missed: list[str] = []
    error = doctor._after(WikiError('no answer'), lambda _: 'never')
    assert not [*doctor.told(error, ('login', 'block'), missed, lambda _: ())]
    assert missed == ['login', 'block']


def test_names_are_the_same() -> None:
    """It should name the same things whether they can be read or not."""
    stages = [
        (doctor._SETTINGS, diagnosis.judge_settings(SETTINGS, META)),
        (doctor._WIKI, diagnosis.judge_wiki(WIKI)),
        (doctor._ACCOUNT, diagnosis.judge_account(ACCOUNT, SETTINGS, WIKI)),
        ((*doctor._PAGES, 'policy page'), diagnosis.judge_pages(pages(), META, RULES)),
    ]
    for names, judged in stages:
        assert [check.name for check in judged] == [*names]


ERRORS: list[tuple[Exception, type[GlobalbanError]]] = [
    (WikiError('no'), WikiError),
    (ConnectionError('no route'), WikiError),
    (PermissionError(13, 'Permission denied', '/there'), UserError),
]


@pytest.mark.parametrize(('error', 'kind'), ERRORS)
def test_whatever_fails(error: Exception, kind: type[GlobalbanError]) -> None:
    """It should turn what fails while a thing is read into that thing's own error."""
    assert type(doctor._tried(lambda: throw(error))) is kind


def test_our_own_mistake() -> None:
    """It should not hide a mistake of ours."""
    with pytest.raises(ZeroDivisionError):
        doctor._tried(lambda: throw(ZeroDivisionError()))


def throw(error: Exception) -> NoReturn:
    raise error


def test_all_checks_without_a_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    """It should go through all checks even if the first of them fails."""

    def none() -> PywikibotConfig:
        raise UserError('there is none; copy it')

    monkeypatch.setattr(doctor, 'read_settings', none)
    lines: list[str] = []
    assert doctor.run_doctor(lines.append, NOW) == 2
    assert 'MEND  configuration: there is none; copy it' in lines
    names = [*doctor._SETTINGS[1:], *doctor._WIKI, *doctor._ACCOUNT, *doctor._PAGES]
    assert lines[-1] == f'MEND  not checked: {", ".join(names)}; {NOT_CHECKED}'
    assert 'nobody has compared the data' in lines[-2]
