"""The jobs that Toolforge runs, and the check of their file."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tools.check_jobs import RULES, check, check_commands, command_mistakes, documented, main, script_of

CHECKOUT = Path(__file__).parents[2]
JOBS = (CHECKOUT / 'jobs.yaml').read_text('utf-8')

#: A right job; the bad files change or add a line.
GOOD = """\
- name: status
  command: exec venv/bin/pwb globalban_status -always
  image: python3.11
  schedule: '37 * * * *'
"""
RIGHT = {
    'scheduled': "- {name: a, command: b, image: c, schedule: '1 * * * *', timeout: 60, retry: 5}",
    'once': '- {name: a, command: b, image: c, retry: 0, wait: 60}',
    'waited for': '- {name: a, command: b, image: c, wait: true}',
    'continuous': '- {name: a, command: b, image: c, continuous: true, port: 80/tcp, publish: /}',
    'looked after': '- {name: a, command: b, image: c, continuous: true, health-check-script: d}',
    'webservice': '- {image: c, webservice: true, port: 8000}',
    'files': '- {name: a, command: b, image: c, filelog: true, mount: all, filelog-stderr: e}',
    'no files': '- {name: a, command: b, image: c, no-filelog: true, mount: none, emails: none}',
    'amounts': '- {name: a.b-1, command: b, image: c, mem: 1.5Gi, cpu: 0.5}',
    'thousandths': '- {name: a, command: b, image: c, mem: 512Mi, cpu: 500m}',
    'two jobs': '- {name: a, command: b, image: c}\n- {name: b, command: b, image: c}',
}


def named(name: str) -> str:
    """Return the right job with another name."""
    return GOOD.replace('status', name, 1)


def told(command: str) -> str:
    """Return the right job with another command."""
    return GOOD.replace('exec venv/bin/pwb globalban_status -always', command)


def at(schedule: str) -> str:
    """Return the right job with another schedule."""
    return GOOD.replace('37 * * * *', schedule)


def endless(more: str) -> str:
    """Return a job without end."""
    return f'- {{name: a, command: b, image: c, continuous: true, {more}}}'


def without(line: int) -> str:
    """Return the right job with a harmless key in place of a line."""
    lines = GOOD.splitlines()
    lines[line - 1] = lines[line - 1][:2] + 'emails: all'
    return '\n'.join(lines)


TWO_LOOKS = 'port: 80, health-check-script: a, health-check-http: /a'
#: One bad file for each kind of mistake: its text, the line that is named, and what is said.
BAD: dict[str, tuple[str, int, str]] = {
    'no YAML': ('- name: [', 1, 'not YAML'),
    'a control character': ('- name: \x07', 1, 'not YAML'),
    'empty': ('', 1, 'not a list of jobs'),
    'an empty list': ('[]', 1, 'not a list of jobs'),
    'a mapping': ('status: {image: a}', 1, 'not a list of jobs'),
    'two documents': (f'{GOOD}---\n{GOOD}', 5, 'not YAML'),
    'a job that is a word': (f'{GOOD}- status\n', 5, 'no job'),
    'an unknown key': (f'{GOOD}  memory: 1Gi\n', 5, 'memory is no key'),
    'a merge key': (f'{GOOD}  <<: {{retry: 0}}\n', 5, '<< is no plain value'),
    'a key twice': (f'{GOOD}  retry: 0\n  retry: 1\n', 6, 'retry stands twice in this job, first on line 5'),
    'a name twice': (f'{GOOD}{GOOD}', 5, 'job status is on line 1, too'),
    'a name twice, quoted': (GOOD + named("'status'"), 5, 'job status is on line 1, too'),
    'a list as value': (f'{GOOD}  emails: [all]\n', 5, 'emails is no plain value'),
    'a mapping as value': (f'{GOOD}  health-check: {{type: http}}\n', 5, 'health-check is no plain value'),
    'an object of Python': (f'{GOOD}  mem: !!python/name:os.system a\n', 5, 'mem is no plain value'),
    'a date that is none': (f'{GOOD}  filelog-stdout: 2027-13-45\n', 5, 'filelog-stdout is no plain value'),
    'no name': (without(1), 1, 'name is missing'),
    'no command': (without(2), 1, 'command is missing'),
    'no image': (without(3), 1, 'image is missing'),
    'a name in capitals': (named('Status'), 1, "name: 'Status' is no name"),
    'a name with _': (named('status_box'), 1, 'is no name'),
    'a name that ends with -': (named('status-'), 1, 'is no name'),
    'a name with a line break': (named('"status\\n"'), 1, 'is no name'),
    'a number as name': (named('12'), 1, 'is no name'),
    'a long name': (named('a' * 53), 1, 'has 53 characters; use 52 at most'),
    'an empty command': (told('" "'), 2, 'is not a line of text'),
    'a command of two lines': (told(r'"a\nb"'), 2, 'is not a line of text'),
    'an image with a blank': (GOOD.replace('python3.11', 'python 3.11'), 3, 'is no name of an image'),
    'a number as image': (GOOD.replace('python3.11', '3.11'), 3, 'is no name of an image'),
    'four fields': (at('37 * * *'), 4, 'has 4 fields; write five'),
    'six fields': (at('0 37 * * * *'), 4, 'has 6 fields; write five'),
    'a range with a step': (at('37 1-5/2 * * *'), 4, "has '1-5/2' as hour, which is a range with a step"),
    'a range backwards': (at('37 5-1 * * *'), 4, 'is no range from smaller to greater within 0-23'),
    'a range of days by name': (at('37 * * * mon-fri'), 4, 'as day of the week, which is no range'),
    'a range to day 7': (at('37 * * * 5-7'), 4, 'within 0-6'),
    'minute 60': (at('60 * * * *'), 4, "has '60' as minute, which is not * and no number from 0 to 59"),
    'month 0': (at('37 * * 0 *'), 4, 'as month'),
    'a month by name': (at('37 * * jan *'), 4, 'no number from 1 to 12'),
    'a step of 0': (at('*/0 * * * *'), 4, 'has no step from 1 to 59'),
    'a step that is missing': (at('*/ * * * *'), 4, 'has no step'),
    'two steps': (at('*/5/2 * * * *'), 4, 'has no step'),
    'a value that is missing': (at('1,,2 * * * *'), 4, "has '' as minute"),
    'a signed number': (at('+5 * * * *'), 4, "has '+5' as minute"),
    'an unknown macro': (at('@reboot'), 4, 'write one of @hourly, @daily'),
    'a number as schedule': (GOOD.replace("'37 * * * *'", '37'), 4, 'write five fields in quotes'),
    'a timeout without schedule': (f'{without(4)}\n  timeout: 60\n', 5, 'timeout works only with schedule'),
    'a timeout of 0': (f'{GOOD}  timeout: 0\n', 5, 'is no whole number of 1 or more'),
    'a timeout in words': (f'{GOOD}  timeout: 30m\n', 5, 'is no whole number of 1 or more'),
    'a timeout that is true': (f'{GOOD}  timeout: true\n', 5, 'is no whole number'),
    'a retry of 6': (f'{GOOD}  retry: 6\n', 5, 'is no whole number from 0 to 5'),
    'a retry of -1': (f'{GOOD}  retry: -1\n', 5, 'is no whole number from 0 to 5'),
    'a quoted retry': (f"{GOOD}  retry: '0'\n", 5, 'without quotes'),
    'a retry that is false': (f'{GOOD}  retry: no\n', 5, 'is no whole number'),
    'a retry without end': (endless('retry: 0'), 1, 'with schedule or with wait or for a job that runs once'),
    'unknown emails': (f'{GOOD}  emails: onfail\n', 5, 'is none of none, all, onfinish, onfailure'),
    'emails that are true': (f'{GOOD}  emails: yes\n', 5, 'True is none of'),
    'an unknown mount': (f'{GOOD}  mount: home\n', 5, 'is none of all, none'),
    'memory without unit': (f'{GOOD}  mem: 512\n', 5, 'write a number with its unit'),
    'memory in thousandths': (f'{GOOD}  mem: 512m\n', 5, 'write a number with its unit'),
    'memory of 0': (f'{GOOD}  mem: 0Mi\n', 5, 'is no amount of memory'),
    'a processor in words': (f'{GOOD}  cpu: half\n', 5, 'is no share of a processor'),
    'a processor of 0': (f'{GOOD}  cpu: 0\n', 5, 'is no share of a processor'),
    'a processor that is true': (f'{GOOD}  cpu: true\n', 5, 'is no share of a processor'),
    'a quoted true': (f"{GOOD}  no-filelog: 'true'\n", 5, 'write true, or leave the key out'),
    'a false': (f'{GOOD}  filelog: false\n', 5, 'write true, or leave the key out'),
    'a one for true': (f'{GOOD}  no-filelog: 1\n', 5, 'write true, or leave the key out'),
    'two kinds': (f'{GOOD}  continuous: true\n', 1, 'schedule and continuous exclude each other'),
    'a wait that is false': (f'{without(4)}\n  wait: false\n', 5, 'is no whole number'),
    'two ways to log': (f'{GOOD}  filelog: true\n  no-filelog: true\n', 1, 'filelog and no-filelog exclude'),
    'a file and none': (f'{GOOD}  no-filelog: true\n  filelog-stdout: a\n', 1, 'and filelog-stdout exclude'),
    'a file without a place': (f'{GOOD}  filelog: true\n  mount: none\n', 1, 'write mount: all'),
    'a look at a schedule': (f'{GOOD}  health-check-script: a\n', 5, 'works only with continuous'),
    'two looks': (endless(TWO_LOOKS), 1, 'health-check-script and health-check-http exclude each other'),
    'a look without port': (endless('health-check-http: /a'), 1, 'health-check-http needs port'),
    'public without port': (endless('publish: /'), 1, 'publish needs port'),
    'public elsewhere': (endless('port: 80, publish: /a'), 1, 'is none of /'),
    'a port too far': (endless('port: 65536'), 1, 'is no port'),
    'a port of a schedule': (f'{GOOD}  port: 80\n', 5, 'works only with continuous or with webservice'),
    'copies below 0': (endless('replicas: -1'), 1, 'is no whole number of 0 or more'),
}


@pytest.mark.parametrize('text', RIGHT.values(), ids=RIGHT)
def test_right(text: str) -> None:
    """It should find nothing wrong with a file that Toolforge takes."""
    assert check(text) == []


@pytest.mark.parametrize(('text', 'line', 'said'), BAD.values(), ids=BAD)
def test_bad(text: str, line: int, said: str) -> None:
    """It should say on which line a mistake is, what it is, and what to do."""
    found = check(text)
    (mistake,) = [mistake for mistake in found if said in mistake]
    assert mistake.startswith(f'line {line}: ')
    assert '; ' in mistake


def test_every_key_has_a_bad_file() -> None:
    """It should have a bad file for the value of every key, or a rule that one of them shares."""
    shown = {rule for key, rule in RULES.items() if any(f'{key}:' in text for text, _, _ in BAD.values())}
    assert set(RULES.values()) <= shown


def test_all_mistakes() -> None:
    """It should name all mistakes of a file, not the first only."""
    assert len(check(f'{GOOD}  retry: 9\n  mount: home\n  nice: 1\n')) == 3


def field(least: int, most: int) -> st.SearchStrategy[str]:
    """Return a strategy for one field of a schedule."""
    number = st.integers(least, most)
    step = st.integers(max(least, 1), most)
    entry = st.one_of(
        st.just('*'),
        number.map(str),
        st.builds('*/{}'.format, step),
        st.builds('{}/{}'.format, number, step),
        st.tuples(number, number).map(lambda pair: f'{min(pair)}-{max(pair)}'),
    )
    return st.lists(entry, min_size=1, max_size=3).map(','.join)


BAD_ENTRIES = ['60', '-1', '1-2/3', '*/0', 'x', '*-5', '1 1', '٣', '5-', '']
schedules = st.tuples(field(0, 59), field(0, 23), field(1, 31), field(1, 12), field(0, 6)).map(' '.join)


@given(schedules)
def test_every_schedule(schedule: str) -> None:
    """It should take every schedule that is made by the rules."""
    assert check(at(schedule)) == []


@given(schedules, st.integers(0, 4), st.sampled_from(BAD_ENTRIES))
def test_every_bad_schedule(schedule: str, place: int, entry: str) -> None:
    """It should refuse a schedule with one bad entry, wherever it stands."""
    parts = schedule.split(' ')
    parts[place] = f'{parts[place]},{entry}'
    (mistake,) = check(at(' '.join(parts)))
    assert mistake.startswith('line 4: job status: schedule: ')


@given(st.from_regex(r'[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?', fullmatch=True))
def test_every_name(name: str) -> None:
    """It should take every name by RFC 1123 of 52 characters at most."""
    assert check(named(f"'{name}'")) == []


@given(st.text(), st.sampled_from(sorted(RULES)))
def test_any_text_as_value(text: str, key: str) -> None:
    """It should never break, whatever a value is: it takes it or names the job."""
    file = yaml.safe_dump([{'name': 'a', 'command': 'b', 'image': 'c', key: text}], sort_keys=False)
    for mistake in check(file):
        assert mistake.startswith('line ')


keys = st.text() | st.sampled_from(sorted(RULES))
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner),
    max_leaves=9,
)


@given(anything)
def test_any_file(data: object) -> None:
    """It should never break, whatever the file holds."""
    for mistake in check(yaml.safe_dump(data)):
        assert mistake.startswith('line ')


# --- commands ---


@pytest.fixture
def scripts(tmp_path: Path) -> Path:
    """Return a folder with one script."""
    folder = tmp_path / 'scripts'
    folder.mkdir()
    text = '#!/usr/bin/env python3\n"""Do.\n\n-always  Write.\n\n-limit:N  At most N.\n\nNot -this.\n"""\n'
    (folder / 'do.py').write_text(text)
    return folder


def test_documented(scripts: Path) -> None:
    """It should read from the help of a script the options that begin a line."""
    assert documented(scripts / 'do.py') == {'-always', '-limit'}


@pytest.mark.parametrize('command', [
    'pwb do', 'exec venv/bin/pwb do -always -limit:5', 'pwb -dir:bot do -simulate', "cd 'a b'; pwb do -pt:60",
])  # fmt: skip
def test_right_command(command: str, scripts: Path) -> None:
    """It should find nothing wrong with a script and options that there are."""
    assert [*command_mistakes(command, scripts)] == []


@pytest.mark.parametrize(('command', 'said'), [
    ('pwb undo -always', 'there is no script undo (scripts/undo.py)'),
    ('pwb do -alway', '-alway does not stand in the help of do'),
    ('pwb do -this', '-this does not stand in the help of do'),
    ('pwb do -limit:5 -nobrake', '-nobrake does not stand'),
    ('pwb do always', 'always does not stand'),
    ('pwb -always', 'no script behind pwb'),
    ('python do.py', 'no script behind pwb'),
    ("pwb 'do", 'no script behind pwb'),
])  # fmt: skip
def test_bad_command(command: str, said: str, scripts: Path) -> None:
    """It should name the script or the option that there is not."""
    (mistake,) = command_mistakes(command, scripts)
    assert said in mistake
    (mistake,) = check_commands(f'- {{name: a, command: "{command}"}}', scripts)
    assert mistake.startswith('line 1: job a: command: ')


def test_command_of_the_job() -> None:
    """It should take script and options apart, without the values of the options."""
    assert script_of('exec venv/bin/pwb do -limit:5 -always') == ('do', ['-limit', '-always'])


# --- the file of this checkout ---


def test_our_file() -> None:
    """It should find nothing wrong with jobs.yaml."""
    assert check(JOBS) == []


def test_our_commands() -> None:
    """It should find the scripts of jobs.yaml in scripts/, and each option in the script's help."""
    assert check_commands(JOBS, CHECKOUT / 'scripts') == []


def test_our_choices() -> None:
    """It should hold what the documentation promises of every job."""
    for job in yaml.safe_load(JOBS):
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


@pytest.mark.parametrize('name', ['toolforge', 'for-operators', 'approval'])
def test_our_guides(name: str) -> None:
    """It should show in the guides for operators only scripts and options that there are."""
    guide = (CHECKOUT / 'docs' / f'{name}.md').read_text('utf-8')
    commands = re.findall(r'pwb globalban_[^`#|"\n]*', guide)
    assert commands
    for command in commands:
        assert [*command_mistakes(command, CHECKOUT / 'scripts')] == [], command


def test_program(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should print the mistakes, each with the file, and tell by the exit code whether there are any."""
    path = tmp_path / 'jobs.yaml'
    path.write_text(f'{GOOD}  retry: 6\n')
    assert main([str(path)]) == 1
    assert capsys.readouterr().out.startswith(f'{path}: line 5: job status: retry: 6 ')


def test_as_a_command() -> None:
    """It should run from the root of the checkout and find nothing wrong there."""
    command = [sys.executable, '-m', 'tools.check_jobs']
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ''), done.stdout
