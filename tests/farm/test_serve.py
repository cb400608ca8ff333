"""The farm serves people and their scripts."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from tests.farm.accounts import Account
from tests.farm.client import Client
from tests.farm.folders import CHECKOUT
from tests.farm.playground import ASK, HELP, META, NOTICES, START
from tests.farm.release import Release
from tests.farm.serve import parse
from tests.farm.stage import OPEN

LONGEST = 180
VERSIONS = {Release.OWN: 'MediaWiki 1.', Release.LTS: 'MediaWiki 1.43.'}


@pytest.fixture(params=list(Release), ids=[one.value for one in Release])
def release(request: pytest.FixtureRequest) -> Release:
    return Release(request.param)


@contextmanager
def serving(folder: Path, *options: str, seconds: int = LONGEST) -> Iterator[subprocess.Popen[str]]:
    """Serve a farm as long as the block lasts.

    :param seconds: after which it is ended in any case
    """
    environment = {**os.environ, 'TMPDIR': str(folder)}
    environment.pop('PYWIKIBOT_NO_USER_CONFIG', None)
    process = subprocess.Popen(
        [sys.executable, '-m', 'tests.farm.serve', '--port', '0', *options],
        cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    watch = threading.Timer(seconds, process.kill)
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
        command = re.search('^ +(/.*/try .*)$', said, re.MULTILINE)
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

    def test_default(self) -> None:
        """It should serve the machine's own release and the sample when nothing else is asked for."""
        options = parse([])
        assert (options.release, options.exports, options.port) == ('own', [], 8080)


@pytest.fixture(scope='class')
def playground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give what a playground says at first, while the bot is at work on it."""
    folder, options = tmp_path_factory.mktemp('play'), ('--release', 'lts', '--at-work', '1')
    # It outlasts all the tests below.
    with serving(folder, *options, seconds=4 * LONGEST) as process:
        said = said_until(process, 'Ctrl-C')
        said_until(process, 'globalban_talk ended with 0')
        reader = threading.Thread(target=lambda: process.stdout and process.stdout.read(), daemon=True)
        reader.start()
        yield said


@pytest.fixture
def visitor(playground: str) -> Iterator[Client]:
    """Give the editor whom the terminal names, logged in where it says."""
    with requests.Session() as session:
        client = Client(session, address_of(playground))
        client.log_in(person(playground, 'editor'))
        yield client


class TestPlayground:
    def test_start_page(self, playground: str, visitor: Client) -> None:
        """It should lead from the start page to list, request, plan and guide, and name people to be."""
        page = visitor.get(action='parse', page=START, prop='links|wikitext')['parse']
        links = {link['title']: link['exists'] for link in page['links']}
        number = page_id_of(visitor, OPEN)
        plan = NOTICES.plan_page.format(page_id=number)
        titles = (META.board_page, OPEN, HELP, META.stop_page, META.box_title(number), plan)
        assert {title: links.get(title) for title in titles} == dict.fromkeys(titles, True)
        assert f'Talk:{OPEN}' in links
        assert 'ready to send' in wikitext(visitor, plan)
        for role in ('editor', 'administrator', 'sender'):
            account = person(playground, role)
            assert account.name in page['wikitext']
            with requests.Session() as session:
                Client(session, address_of(playground)).log_in(account)

    def test_question(self, visitor: Client) -> None:
        """It should answer what the editor asks on the talk page of the request."""
        title = f'Talk:{OPEN}'
        visitor.edit(title, f'== A question ==\n{{{{{ASK}|recount}}}} ~~~~')
        assert until(lambda: 'Recounted at revision' in shown(visitor, title)), shown(visitor, title)

    def test_closing(self, visitor: Client) -> None:
        """It should show in the list, with the bot's next run, that somebody has closed the request."""
        text = wikitext(visitor, OPEN)
        closed = re.sub(r'\|\s*status\s*=', '| status = globalban-no', text, count=1)
        assert visitor.edit(OPEN, closed)['edit']['result'] == 'Success'
        assert until(lambda: 'closing stated' in shown(visitor, META.board_page)), shown(
            visitor, META.board_page
        )

    @pytest.mark.parametrize('command', ['doctor', 'forget'])
    def test_command(self, playground: str, command: str) -> None:
        """It should let the operator's commands run as the bot's account, as printed."""
        line = re.search(f'^ +(/.*/try -m globalban_bot {command}.*)$', playground, re.MULTILINE)
        assert line, playground
        outcome = subprocess.run(
            line[1], shell=True, cwd='/', stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=LONGEST, check=False,
        )  # fmt: skip
        assert outcome.returncode == 0, outcome.stdout + outcome.stderr
        assert 'MEND' not in outcome.stdout
        # Nothing counts as edited by a person: the folder is that of the bot's own account.
        assert command == 'doctor' or re.search(r'^[1-9]\d* pages? to edit', outcome.stdout), outcome.stdout


def address_of(said: str) -> str:
    """Return the address of the wiki that is printed to begin with."""
    address = re.search(r'Begin here: (http://\S+)/wiki/', said)
    assert address, said
    return address[1]


def person(said: str, role: str) -> Account:
    """Return whom the terminal names for a role."""
    line = re.search(rf'^ +{role} +"(.*)", password "(.*)"$', said, re.MULTILINE)
    assert line, said
    return Account(line[1], line[2])


def page_id_of(visitor: Client, title: str) -> int:
    """Return the page id of a page."""
    return int(visitor.get(action='query', titles=title)['query']['pages'][0]['pageid'])


def wikitext(visitor: Client, title: str) -> str:
    """Return the wikitext of a page."""
    return str(visitor.get(action='parse', page=title, prop='wikitext')['parse']['wikitext'])


def shown(visitor: Client, title: str) -> str:
    """Return what readers see of a page, as HTML."""
    visitor.post(action='purge', titles=title)
    return str(visitor.get(action='parse', page=title, prop='text')['parse']['text'])


def until(holds: Callable[[], bool]) -> bool:
    """Wait until something holds; tell whether it did in time."""
    end = time.monotonic() + LONGEST / 3
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.5)
    return False


def version(said: str) -> str:
    """Return the version of the MediaWiki that answers where metawiki is said to be."""
    address = re.search(r'(http://\S+/=metawiki)/', said)
    assert address, said
    query = '/w/api.php?format=json&action=query&meta=siteinfo'
    answer = requests.get(address[1] + query, timeout=30).json()
    return str(answer['query']['general']['generator'])
