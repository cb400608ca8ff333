"""What the documents for operators say, compared with what they speak of."""

from __future__ import annotations

import re
import shlex
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from globalban_bot.cli.command import Command
from globalban_bot.cli.commands import COMMANDS
from globalban_bot.cli.options import with_two_dashes
from globalban_bot.cli.parser import make_parser
from globalban_bot.jobs.diagnosis import CHOSEN_GRANTS

CHECKOUT = Path(__file__).parents[2]
JOBS = [job['name'] for job in yaml.safe_load((CHECKOUT / 'jobs.yaml').read_text('utf-8'))]
SAMPLE = CHECKOUT / 'user-config.py.sample'
SECRETS = {
    f'GLOBALBAN_OAUTH_{name}': name for name in ('CONSUMER', 'CONSUMER_SECRET', 'ACCESS', 'ACCESS_SECRET')
}


def plain(name: str) -> str:
    """Return the text of a file in one line, without the marks of comments."""
    return ' '.join(re.sub('^# *', '', (CHECKOUT / name).read_text('utf-8'), flags=re.MULTILINE).split())


def part(heading: str) -> str:
    """Return a section of the document on Toolforge."""
    text = (CHECKOUT / 'docs' / 'toolforge.md').read_text('utf-8')
    return text.partition(f'\n## {heading}\n')[2].partition('\n## ')[0]


@pytest.mark.parametrize('name', ['docs/approval.md', 'docs/toolforge.md', 'user-config.py.sample'])
def test_grants(name: str) -> None:
    """It should ask for the same grants everywhere, those that the doctor looks for, and no other."""
    grants = ', '.join(f'"{grant}"' for grant in CHOSEN_GRANTS)
    assert f'{grants}; nothing else' in plain(name)


@pytest.mark.parametrize('heading', ['7. Updating', '8. Stopping'])
def test_all_jobs(heading: str) -> None:
    """It should stop all jobs, not some of them: one that goes on would edit on."""
    assert 'toolforge jobs flush' in part(heading)


def test_jobs_by_name() -> None:
    """It should name every job, and no other, where the jobs are deleted one by one."""
    text = part('7. Updating') + part('8. Stopping')
    assert re.findall('toolforge jobs delete ([a-z]+)', text) == JOBS


NAMES = [command.name for command in COMMANDS]
#: The ways in which a command is typed.
WAYS = 'globalban [a-z-]+|python -m globalban_bot [a-z-]+'


@pytest.mark.parametrize('command', COMMANDS, ids=lambda command: command.line)
def test_readme(command: Command) -> None:
    """It should show each command in the README."""
    readme = (CHECKOUT / 'README.md').read_text('utf-8')
    ways = {command.line, f'python -m globalban_bot {command.name}'} & {*re.findall(WAYS, readme)}
    assert ways or command.name == 'demo'
    assert 'make demo' in readme


def run_sample(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    """Return what the sample configuration sets."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings: dict[str, Any] = {'usernames': defaultdict(dict), 'authenticate': {}}
    exec(compile(SAMPLE.read_text('utf-8'), SAMPLE.name, 'exec'), settings)
    return settings


def test_sample_with_oauth(monkeypatch: pytest.MonkeyPatch) -> None:
    """It should sign what goes to Meta, and nothing that goes to a wiki where the account may be unknown."""
    settings = run_sample(monkeypatch, **SECRETS)
    assert settings['authenticate'] == {'meta.wikimedia.org': tuple(SECRETS.values())}


def test_sample_with_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """It should know the account on every wiki, so that a bot password logs in on each."""
    settings = run_sample(monkeypatch, GLOBALBAN_PASSWORD_FILE='passwords', GLOBALBAN_ACCOUNT='Invented bot')
    assert settings['usernames'] == {'*': {'*': 'Invented bot'}}
    assert settings['password_file'] == 'passwords'


#: Of the options that the guides show, those that are pywikibot's own.
PYWIKIBOTS = {'--simulate', '--putthrottle=60'}


#: What stands for a number in the guides.
PLACEHOLDERS = {'PAGEID': '1', 'LINE': '1', 'N': '1', '3d': '3'}
GUIDES = ['README.md', *(f'docs/{path.name}' for path in (CHECKOUT / 'docs').glob('*.md'))]


@pytest.mark.parametrize('path', GUIDES)
def test_commands_in_the_guides(path: str) -> None:
    """It should show commands and options that there are, and no other."""
    text = (CHECKOUT / path).read_text('utf-8')
    lines = re.findall(rf'(?:globalban|-m globalban_bot) ((?:{"|".join(NAMES)})\b[^`#|"\n]*)', text)
    for line in lines:
        words = [with_two_dashes(PLACEHOLDERS.get(word, word)) for word in shlex.split(line)]
        _, unknown = make_parser().parse_known_args(words)
        assert {*unknown} <= PYWIKIBOTS, line
