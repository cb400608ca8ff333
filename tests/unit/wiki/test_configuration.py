"""Where pywikibot's configuration is, and whether it is read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from globalban_bot.wiki.configuration import can_be_written, why_skipped

CHECKOUT = Path(__file__).parents[3]


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / 'user-config.py'
    path.write_text("family = 'meta'\n")
    path.chmod(0o600)
    return path


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
        'from globalban_bot.errors import UserError\n'
        'from globalban_bot.wiki.configuration import read_configuration\n'
        'try: read_configuration()\nexcept UserError as error: print(error)'
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
