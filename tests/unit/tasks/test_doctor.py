"""What is looked up of how the bot is set up, and what is told."""

from __future__ import annotations

import pytest

from globalban_bot.errors import GlobalbanError, UserError, WikiError
from globalban_bot.gather.checkup import Settings
from globalban_bot.tasks import diagnosis, doctor
from globalban_bot.tasks.diagnosis import NOT_CHECKED, Check
from tests.unit.tasks.made_checkup import ACCOUNT, META, NOW, RULES, SETTINGS, WIKI, pages, wrong

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
    """It should say why for the first thing, and of the others that they were not checked."""
    checks = [*doctor.told(WikiError('no answer'), ('login', 'block', 'rights'), lambda _: (), 3)]
    assert wrong(checks) == {'login': 'no answer', 'block': NOT_CHECKED, 'rights': NOT_CHECKED}
    assert {check.code for check in checks} == {3}


def test_names_are_the_same() -> None:
    """It should name the same things whether they can be read or not."""
    error = GlobalbanError('x')
    stages = [
        (doctor._SETTINGS, diagnosis.judge_settings(SETTINGS, META)),
        (doctor._WIKI, diagnosis.judge_wiki(WIKI)),
        (doctor._ACCOUNT, diagnosis.judge_account(ACCOUNT, SETTINGS, WIKI)),
        (doctor._PAGES, diagnosis.judge_pages(pages(), META, RULES)),
    ]
    for names, judged in stages:
        told = doctor.told(error, names, lambda _: ())
        assert [check.name for check in told] == [check.name for check in judged]


def test_all_checks_without_a_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    """It should go through all checks even if the first of them fails."""

    def none() -> Settings:
        raise UserError('there is none; copy it')

    monkeypatch.setattr(doctor, 'read_settings', none)
    lines: list[str] = []
    assert doctor.run_doctor(lines.append, NOW) == 2
    assert 'MEND  configuration: there is none; copy it' in lines
    names = [*doctor._SETTINGS[1:], *doctor._WIKI, *doctor._ACCOUNT, *doctor._PAGES]
    assert lines[-len(names) :] == [f'MEND  {name}: {NOT_CHECKED}' for name in names]
