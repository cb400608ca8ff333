"""The package, installed as people install it, and the scripts, found as pywikibot finds them."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from setuptools import find_packages

CHECKOUT = Path(__file__).parents[2]
PARTS = ('setup.cfg', 'pyproject.toml', 'LICENSE', 'README.md', 'globalban_bot', 'scripts')
DATA = {'.typed', '.yaml', '.json', '.xml', '.j2', '.css', '.wiki'}
CONFIG = "family = 'meta'\nmylang = 'meta'\nusernames['meta']['meta'] = 'Bot'\n"

#: Put in the way of a child's imports: whatever opens the network is written down, and fails.
NO_NETWORK = """
import os, socket

def refuse(*arguments, **more):
    with open(os.environ['NETWORK_LOG'], 'a') as log:
        log.write(repr(arguments) + chr(10))
    raise OSError('no network in this test')

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""


def config() -> configparser.ConfigParser:
    found = configparser.ConfigParser()
    found.read(CHECKOUT / 'setup.cfg', 'utf-8')
    return found


def files_in(folder: Path) -> set[str]:
    return {
        str(path.relative_to(folder))
        for path in folder.rglob('*')
        if path.is_file() and path.suffix in {*DATA, '.py'} and '__pycache__' not in path.parts
    }


def test_every_package_is_named() -> None:
    """It should name in setup.cfg just the packages that there are."""
    found = find_packages(str(CHECKOUT), include=['globalban_bot', 'globalban_bot.*'])
    named = config()['options']['packages'].split()
    assert named == sorted(named)
    assert set(named) == {*found, 'globalban_scripts', 'globalban_scripts.i18n'}


@pytest.fixture(scope='module')
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install a copy of the checkout into a folder."""
    copy, target = tmp_path_factory.mktemp('copy'), tmp_path_factory.mktemp('target')
    for part in PARTS:
        source = CHECKOUT / part
        if source.is_dir():
            shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns('__pycache__'))
        elif source.exists():
            shutil.copy(source, copy / part)
    pip = [sys.executable, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']
    options = ['--no-index', '--no-build-isolation', '--no-deps', '--no-compile', '--target', str(target)]
    done = subprocess.run([*pip, *options, str(copy)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


def test_all_files_are_installed(installed: Path) -> None:
    """It should install every module and every file of data, and no other package."""
    assert files_in(installed / 'globalban_bot') == files_in(CHECKOUT / 'globalban_bot')
    assert files_in(installed / 'globalban_scripts') == files_in(CHECKOUT / 'scripts')
    folders = {path.name for path in installed.iterdir() if path.suffix != '.dist-info'}
    assert folders <= {'globalban_bot', 'globalban_scripts', 'bin', '__pycache__'}


def test_installed_package_runs(installed: Path, tmp_path: Path) -> None:
    """It should run from where it is installed, with all its data."""
    command = [sys.executable, '-m', 'globalban_bot', 'demo']
    environment = {**os.environ, 'PYTHONPATH': str(installed)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / 'demo-output' / 'index.html').is_file()


def test_console_script(installed: Path, tmp_path: Path) -> None:
    """It should have a program of its own, for which pywikibot needs no configuration."""
    environment = {**os.environ, 'PYTHONPATH': str(installed)}
    command = [
        str(installed / 'bin' / 'globalban'),
        'why',
        str(CHECKOUT / 'tests/pages/resolved-08.wiki'),
        '32',
    ]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith('line 32: ')


def help_of(name: str, tmp_path: Path, *path: Path, settings: str = '') -> str:
    """Run ``pwb NAME -help`` with a folder of its own; fail if it opens the network."""
    folder, hooks = tmp_path / 'bot', tmp_path / 'hooks'
    folder.mkdir(exist_ok=True)
    hooks.mkdir()
    (hooks / 'sitecustomize.py').write_text(NO_NETWORK)
    user_config = folder / 'user-config.py'
    user_config.write_text(CONFIG + settings)
    user_config.chmod(0o600)
    log = tmp_path / 'network.log'
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith('PYWIKIBOT')},
        'PYTHONPATH': os.pathsep.join(map(str, (hooks, *path))),
        'PYWIKIBOT_DIR': str(folder),
        'NETWORK_LOG': str(log),
    }
    done = subprocess.run(
        [str(Path(sys.executable).parent / 'pwb'), name, '-help'],
        cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not log.exists(), log.read_text()
    return done.stdout


SCRIPTS = sorted(path.stem for path in (CHECKOUT / 'scripts').glob('*.py') if path.stem != '__init__')


@pytest.mark.parametrize('name', SCRIPTS)
def test_found_by_entry_point(name: str, installed: Path, tmp_path: Path) -> None:
    """It should be found by pywikibot when it is installed, and print its help without the network."""
    assert 'It counts; it never concludes' in ' '.join(help_of(name, tmp_path, installed).split())


@pytest.mark.parametrize('name', SCRIPTS)
def test_found_in_a_folder(name: str, tmp_path: Path) -> None:
    """It should be found by pywikibot in a folder of scripts beside user-config.py."""
    shutil.copytree(CHECKOUT / 'scripts', tmp_path / 'bot' / 'scripts')
    text = help_of(name, tmp_path, CHECKOUT, settings="user_script_paths = ['scripts']\n")
    assert 'It counts; it never concludes' in ' '.join(text.split())


def test_the_guard_sees_the_network(tmp_path: Path) -> None:
    """It should prove the guard of the tests above: it writes down what opens the network."""
    (tmp_path / 'sitecustomize.py').write_text(NO_NETWORK)
    log = tmp_path / 'network.log'
    environment = {**os.environ, 'PYTHONPATH': str(tmp_path), 'NETWORK_LOG': str(log)}
    code = "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run([sys.executable, '-c', code], env=environment, capture_output=True, check=False)
    assert done.returncode == 1
    assert log.exists()


def test_lock() -> None:
    """It should lock each package that setup.cfg asks for, with a release that it allows, and by a digest."""
    settings = configparser.RawConfigParser()
    settings.read(CHECKOUT / 'setup.cfg', encoding='utf-8')
    lines = (CHECKOUT / 'requirements.lock').read_text('utf-8').splitlines()
    locked = dict(line.rstrip(' \\').split('==') for line in lines if '==' in line)
    for text in [*settings['options']['install_requires'].split(), 'mwoauth']:
        needed = Requirement(text)
        assert needed.specifier.contains(locked[needed.name.lower()]), text
    assert sum('--hash=sha256:' in line for line in lines) >= len(locked)
