"""The farm serves people and their scripts."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.farm.folders import CHECKOUT
from tests.farm.release import Release
from tests.farm.serve import parse

LONGEST = 90
VERSIONS = {Release.OWN: 'MediaWiki 1.', Release.LTS: 'MediaWiki 1.43.'}


@pytest.fixture(params=list(Release), ids=[one.value for one in Release])
def release(request: pytest.FixtureRequest) -> Release:
    return Release(request.param)


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """Serve a farm as long as the block lasts."""
    environment = {**os.environ, 'TMPDIR': str(folder)}
    environment.pop('PYWIKIBOT_NO_USER_CONFIG', None)
    process = subprocess.Popen(
        [sys.executable, '-m', 'tests.farm.serve', '--port', '0', *options],
        cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    watch = threading.Timer(LONGEST, process.kill)
    watch.start()
    try:
        yield process
    finally:
        watch.cancel()
        process.send_signal(signal.SIGINT)
        process.communicate()


@pytest.fixture
def served(release: Release, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Give a process that serves a farm, and what it says at first."""
    with serving(tmp_path, '--release', release.value) as process:
        yield process, said_until(process, 'Ctrl-C')


def said_until(process: subprocess.Popen[str], last: str) -> str:
    """Return what a process says up to the line that begins so."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line.startswith(last):
            return ''.join(lines)
    pytest.fail(f'never said {last!r}: {"".join(lines)}')


class TestServe:
    def test_printed_command(
        self, served: tuple[subprocess.Popen[str], str], release: Release, tmp_path: Path
    ) -> None:
        """It should import the sample, and print a command line that runs a script against the farm."""
        process, said = served
        assert re.search(VERSIONS[release], version(said)), said
        command = re.search('^ +(.*tests.farm.pwb .*)$', said, re.MULTILINE)
        assert command, said
        outcome = subprocess.run(
            command[1], shell=True, cwd='/', capture_output=True, text=True, timeout=LONGEST, check=False
        )
        assert outcome.returncode == 0, outcome.stderr
        assert outcome.stdout.count('Requests for comment/Global ban') == 3
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=LONGEST)
        assert (process.returncode, rest) == (0, '\nended\n')
        assert not list(tmp_path.glob('farm-*'))

    def test_at_work(self, tmp_path: Path) -> None:
        """It should let the bot run on a wiki with the page kit, when it is asked to."""
        with serving(tmp_path, '--release', 'lts', '--at-work', '1') as process:
            said = said_until(process, 'Nothing to edit.')
        assert 'globalban_talk ended with 0' in said
        assert 'edited: User:Request facts bot/Requests' in said
        assert re.search('^ +editor +"Editor Invented", password', said, re.MULTILINE)

    def test_default(self) -> None:
        """It should serve the machine's own release and the sample when nothing else is asked for."""
        options = parse([])
        assert (options.release, options.exports, options.port) == ('own', [], 8080)


def version(said: str) -> str:
    """Return the version of the MediaWiki that answers where metawiki is said to be."""
    address = re.search(r'(http://\S+/=metawiki)/', said)
    assert address, said
    query = '/w/api.php?format=json&action=query&meta=siteinfo'
    answer = requests.get(address[1] + query, timeout=30).json()
    return str(answer['query']['general']['generator'])
