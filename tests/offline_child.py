"""Runs each command in a fork of itself; see offline.py.

    python -m tests.offline_child SITUATION FOLDER

It prints, as JSON, for each command its exit code and its lines, or null where it needs nothing that lacks.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import requests
from requests.adapters import BaseAdapter

from globalban_bot.cli.command import Command
from globalban_bot.cli.commands import COMMANDS
from tests.offline import CHECKOUT, Situation, command_line, is_tried

UNRESOLVED = (
    "HTTPSConnectionPool(host='meta.wikimedia.org', port=443): Max retries exceeded with url: /w/api.php "
    "(Caused by NameResolutionError(\"Failed to resolve 'meta.wikimedia.org' "
    '([Errno -2] Name or service not known)"))'
)


def module(path: str, **parameters: list[str]) -> dict[str, Any]:
    """Return what ``action=paraminfo`` tells of a module, in the first format.

    :param parameters: the submodules that each names
    """
    before = '' if path == 'main' else f'{path}+'
    known = [
        {'name': name, 'type': types, 'limit': 50, 'submodules': {one: before + one for one in types}}
        for name, types in parameters.items()
    ]
    name = path.rpartition('+')[2]
    return {'name': name, 'path': path, 'classname': name, 'prefix': '', 'parameters': known}


#: What the wiki says to whom it does not know.
ANSWERS: dict[str, Any] = {
    'login': {'login': {'result': 'Failed', 'reason': 'Incorrect username or password entered.'}},
    'query': {
        'batchcomplete': True,
        'curtimestamp': datetime.now(UTC).isoformat(),
        'query': {
            'userinfo': {'id': 0, 'name': '192.0.2.1', 'anon': True, 'groups': ['*'], 'rights': []},
            'tokens': {'logintoken': 'token', 'csrftoken': '+\\'},
            'general': {'generator': 'MediaWiki 1.43.0', 'case': 'first-letter'},
        },
    },
    'paraminfo': {
        'paraminfo': {
            'modules': [
                module('main', action=['query', 'paraminfo', 'login']),
                module('paraminfo'),
                module('query', prop=['info'], list=['blocks'], meta=['tokens', 'userinfo'], generator=[]),
                {**module('query+tokens'), 'parameters': [{'name': 'type', 'type': ['login', 'csrf']}]},
            ]
        }
    },
}


class NoNetwork(BaseAdapter):
    """Finds no host."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Fail as the network does."""
        raise requests.ConnectionError(UNRESOLVED, request=request)

    def close(self) -> None:
        """Do nothing."""


class WrongPassword(NoNetwork):
    """Is a wiki that does not know the bot."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Answer as the wiki does."""
        text = f'{request.url} {request.body!r}'
        action = next((name for name in ANSWERS if f'action={name}' in text), 'query')
        response = requests.Response()
        response.status_code, response.url, response.request = 200, str(request.url), request
        response.raw = BytesIO(json.dumps(ANSWERS[action]).encode())
        response.headers['Content-Type'] = 'application/json'
        return response


class NotAtAll(NoNetwork):
    """Tells that a wiki was asked."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Say so, on a line of its own."""
        print(f'asked {request.url}', flush=True)
        return super().send(request)


#: With a configuration a wiki may be asked; without one none may.
ADAPTERS = {Situation.WRONG_PASSWORD: WrongPassword, Situation.NO_CONFIGURATION: NotAtAll}


def run(command: Command, folder: Path) -> None:
    """Run a command as its process would, to its exit."""
    name, *arguments = command_line(command, folder)
    if command.script is None:
        from globalban_bot.cli.main import main

        sys.exit(main([name, *arguments]))
    from pywikibot.scripts import wrapper

    path = str(CHECKOUT / 'scripts' / f'{command.script}.py')
    sys.argv = [path, *arguments]
    wrapper.run_python_file(path, arguments)


def forked(act: Callable[[], None], said: Path) -> int:
    """Let a fork act, and return its exit code.

    :param said: the file for what it prints
    """
    process = os.fork()
    if process == 0:
        with said.open('wb') as file:
            for stream in (1, 2):
                os.dup2(file.fileno(), stream)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        act()
        sys.exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def import_pywikibot(adapter: BaseAdapter) -> None:
    """Import pywikibot as its wrapper does, with a network of our own."""
    os.environ['PYWIKIBOT_NO_USER_CONFIG'] = '2'
    sys.argv = ['pwb']
    from pywikibot.comms import http
    from pywikibot.scripts import wrapper

    wrapper.site_package = True
    for scheme in ('https://', 'http://'):
        http.session.mount(scheme, adapter)


def main() -> None:
    """Run all commands in a situation."""
    situation, folder = Situation[sys.argv[1]], Path(sys.argv[2])
    import_pywikibot(ADAPTERS.get(situation, NoNetwork)())
    endings: list[tuple[int, list[str]] | None] = []
    for number, command in enumerate(COMMANDS):
        if not is_tried(command, situation):
            endings.append(None)
            continue
        said = folder / str(number)
        code = forked(lambda command=command: run(command, folder), said)  # type: ignore[misc]
        endings.append((code, [line for line in said.read_text('utf-8').splitlines() if line]))
    print(json.dumps(endings))


if __name__ == '__main__':
    main()
