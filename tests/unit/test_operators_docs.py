"""What the documents for operators say, compared with what they speak of."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from globalban_bot.commands import COMMANDS, Command
from globalban_bot.tasks.diagnosis import CHOSEN_GRANTS

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


@pytest.mark.parametrize('command', COMMANDS, ids=lambda command: command.line)
def test_readme(command: Command) -> None:
    """It should show each command in the README."""
    readme = (CHECKOUT / 'README.md').read_text('utf-8')
    assert command.line in readme or command.name == 'demo'
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
