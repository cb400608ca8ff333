"""Reading how the bot is set up."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from globalban_bot.errors import WikiError
from globalban_bot.gather.checkup import (
    Account,
    Wiki,
    account_of,
    barred_of,
    can_be_written,
    read_versions,
    why_skipped,
    wiki_of,
)

CHECKOUT = Path(__file__).parents[3]
NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)
INFO = {'name': 'Invented bot', 'groups': ['*', 'bot'], 'rights': ['edit', 'bot']}
BLOCK = {'blockid': 3, 'blockexpiry': 'infinite', 'blockreason': 'too fast'}
BLOCKS: list[tuple[dict[str, Any], str | None]] = [
    ({}, None),
    (BLOCK, 'altogether, until infinite: too fast'),
    ({**BLOCK, 'blockreason': ''}, 'altogether, until infinite: no reason given'),
    ({**BLOCK, 'blockpartial': True}, 'from some pages, until infinite: too fast'),
]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / 'user-config.py'
    path.write_text("family = 'meta'\n")
    path.chmod(0o600)
    return path


@pytest.mark.parametrize(('block', 'said'), BLOCKS)
def test_account(block: dict[str, Any], said: str | None) -> None:
    """It should read name, groups, rights and block."""
    wanted = Account('Invented bot', frozenset({'*', 'bot'}), frozenset({'edit', 'bot'}), said)
    assert account_of({**INFO, **block}) == wanted


def test_barred() -> None:
    """It should read the codes of what keeps the bot from a page, by the title that was asked for."""
    errors = [{'code': 'protectedpage'}, {'code': 'protectedpage'}]
    query = {
        'normalized': [{'from': 'user:A/B', 'to': 'User:A/B'}],
        'pages': [
            {'title': 'User:A/B', 'actions': {'edit': errors, 'create': []}},
            {'title': 'User:A/C', 'actions': {'edit': [], 'create': []}},
        ],
    }
    assert barred_of(query) == {'user:A/B': ('protectedpage',), 'User:A/C': ()}


def test_wiki() -> None:
    """It should read version and time."""
    answer = {
        'curtimestamp': '2027-06-01T12:00:07Z',
        'query': {'general': {'generator': 'MediaWiki 1.43.0'}},
    }
    assert wiki_of(answer, NOW) == Wiki('MediaWiki 1.43.0', NOW.replace(second=7), NOW)


@pytest.mark.parametrize('answer', [{}, {'error': {'code': 'x'}}, {'curtimestamp': 'now'}, {'query': None}])
def test_other_answer(answer: dict[str, Any]) -> None:
    """It should say what the wiki answers instead."""
    with pytest.raises(WikiError, match='otherwise than expected'):
        wiki_of(answer, NOW)


def test_versions() -> None:
    """It should find the versions of what is installed."""
    assert [*read_versions()] == ['Python', 'pywikibot']
    assert None not in read_versions().values()


def test_read_configuration(config: Path) -> None:
    """It should take a configuration that only its owner may write."""
    assert why_skipped(config) is None


def test_missing_configuration(tmp_path: Path) -> None:
    """It should say what to copy and what to set where there is none."""
    said = str(why_skipped(tmp_path / 'user-config.py'))
    assert 'copy user-config.py.sample' in said
    assert 'PYWIKIBOT_DIR' in said


def test_open_configuration(config: Path) -> None:
    """It should say how to close a configuration that others may write."""
    config.chmod(0o666)
    assert f'chmod 600 {config}' in str(why_skipped(config))


def test_configuration_of_somebody_else(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It should not take a configuration of another user for one that is read."""
    if config.stat().st_uid == 0:
        os.chown(config, 12345, -1)
    monkeypatch.setattr('os.getuid', lambda: 54321)
    assert 'another user' in str(why_skipped(config))


def test_folder(config: Path) -> None:
    """It should tell whether files can be written, and make nothing."""
    folder = config.parent / 'cache' / 'deep'
    assert can_be_written(folder)
    assert not folder.parent.exists()
    assert not can_be_written(config / 'below a file')


@pytest.mark.parametrize(
    ('text', 'said'),
    [
        (None, 'copy user-config.py.sample'),
        ('1 / 0', 'ends with an error (ZeroDivisionError'),
        ('family = ', 'ends with an error (SyntaxError'),
    ],
)
def test_trouble_with_the_configuration(tmp_path: Path, text: str | None, said: str) -> None:
    """It should turn whatever a configuration does into an error that says what to do."""
    if text is not None:
        (tmp_path / 'user-config.py').write_text(text)
        (tmp_path / 'user-config.py').chmod(0o600)
    code = (
        'from globalban_bot.errors import UserError\nfrom globalban_bot.gather import checkup\n'
        'try: checkup.read_settings()\nexcept UserError as error: print(error)'
    )
    plain = {name: value for name, value in os.environ.items() if name != 'PYWIKIBOT_NO_USER_CONFIG'}
    environment = {
        **plain, 'PYTHONPATH': str(CHECKOUT), 'PYWIKIBOT_DIR': str(tmp_path), 'HOME': str(tmp_path)
    }  # fmt: skip
    command = [sys.executable, '-c', code]
    result = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert said in result.stdout, result.stderr
