"""The jobs that Toolforge runs."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from globalban_bot.cli.options import with_two_dashes
from globalban_bot.cli.parser import make_parser

CHECKOUT = Path(__file__).parents[2]
SCHEMA = yaml.safe_load((CHECKOUT / 'tests' / 'jobs.schema.yaml').read_text('utf-8'))
JOBS = yaml.safe_load((CHECKOUT / 'jobs.yaml').read_text('utf-8'))
JOB = {'name': 'a', 'command': 'b', 'image': 'c'}

#: What makes a job wrong.
WRONG: dict[str, dict[str, Any]] = {
    'unknown key': {'nice': 1},
    'name with a capital letter': {'name': 'Status'},
    'name that is too long': {'name': 'a' * 53},
    'number as a command': {'command': 5},
    'command on two lines': {'command': 'a\nb'},
    'four fields': {'schedule': '1 * * *'},
    'word in a schedule': {'schedule': '1 * * * mon-'},
    'text as a timeout': {'schedule': '1 * * * *', 'timeout': '60'},
    'timeout without a schedule': {'timeout': 60},
    'two kinds': {'schedule': '1 * * * *', 'continuous': True},
    'too many retries': {'retry': 6},
    'memory without a unit': {'mem': '512'},
    'place that cannot be mounted': {'mount': 'home'},
    'log and no log': {'filelog': True, 'no-filelog': True},
}


def mistakes(jobs: Any) -> list[str]:
    """Return what is wrong with a file of jobs."""
    return [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(jobs)]


def test_our_file() -> None:
    """It should find nothing wrong with jobs.yaml."""
    assert mistakes(JOBS) == []


@pytest.mark.parametrize('change', WRONG.values(), ids=WRONG)
def test_wrong_job(change: dict[str, Any]) -> None:
    """It should find a mistake that Toolforge would refuse, or leave out."""
    assert mistakes([JOB]) == []
    assert len(mistakes([JOB | change])) == 1


@pytest.mark.parametrize('key', ['name', 'command', 'image'])
def test_missing_key(key: str) -> None:
    """It should miss a key that each job needs."""
    assert len(mistakes([{name: value for name, value in JOB.items() if name != key}])) == 1


def test_our_commands() -> None:
    """It should run commands and options that there are."""
    for job in JOBS:
        match = re.fullmatch(r'exec venv/bin/(?:pwb globalban_|python -m globalban_bot )(.*)', job['command'])
        assert match, job['command']
        make_parser().parse_args([with_two_dashes(word) for word in shlex.split(match[1])])


def test_our_choices() -> None:
    """It should hold what the documentation promises of every job."""
    for job in JOBS:
        minutes, *others = job['schedule'].split()
        daily, runs = job['name'] == 'doctor', minutes.split(',')
        assert others == ['6' if daily else '*', '*', '*', '*'], 'every hour, but for the doctor'
        assert all(int(minute) % 5 for minute in runs), 'not at a minute at which many jobs start'
        assert job['timeout'] < 3600 / len(runs), 'over before the next run'
        assert (job['retry'], job['emails'], job['mount'], job['no-filelog']) == (0, 'onfailure', 'all', True)
        assert job['command'].startswith('exec '), 'signals must reach the bot'


def test_our_environment() -> None:
    """It should name in docs/toolforge.md each setting that the sample configuration reads."""
    sample = (CHECKOUT / 'user-config.py.sample').read_text('utf-8')
    guide = (CHECKOUT / 'docs' / 'toolforge.md').read_text('utf-8')
    names = {word for word in sample.replace("'", ' ').split() if word.startswith('GLOBALBAN_')}
    assert names
    assert {name for name in names if name not in guide} == set()
