"""Check ``jobs.yaml`` before Toolforge does: ``python -m tools.check_jobs [FILE]``.

The keys are the options of ``toolforge jobs run`` (toolforge-jobs-cli 16.2.3), the limits those of
its server. The check is stricter than Toolforge, which leaves out with a warning what it does not
understand, and takes the last of two equal keys.
"""

from __future__ import annotations

import ast
import re
import shlex
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import yaml

#: Takes a value; returns what is wrong with it and what to do, or nothing.
Rule = Callable[[object], str | None]

_NAME = re.compile(r'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')
#: Kubernetes' limit for the name of a scheduled job.
_NAME_LENGTH = 52
_MEMORY = re.compile(r'[0-9]+(\.[0-9]+)?([KMGT]i|[kMGT])')
_CPU = re.compile(r'[0-9]+(\.[0-9]+)?|[0-9]+m')
_PORT = re.compile(r'([0-9]{1,5})(/(tcp|udp))?')
_MACROS = ('@hourly', '@daily', '@weekly', '@monthly', '@yearly')
_DAYS = {'sun': '0', 'mon': '1', 'tue': '2', 'wed': '3', 'thu': '4', 'fri': '5', 'sat': '6', '7': '0'}
#: The fields of a schedule: name, least and greatest value, other names of values.
_FIELDS: tuple[tuple[str, int, int, dict[str, str]], ...] = (
    ('minute', 0, 59, {}),
    ('hour', 0, 23, {}),
    ('day', 1, 31, {}),
    ('month', 1, 12, {}),
    ('day of the week', 0, 6, _DAYS),
)
_KINDS = ('schedule', 'continuous', 'wait', 'webservice')
#: Keys that belong to some kinds of job only; a job of no kind runs once.
_ONLY_FOR = {
    'timeout': ('schedule',),
    'retry': ('schedule', 'wait', None),
    'health-check-script': ('continuous',),
    'health-check-http': ('continuous',),
    'publish': ('continuous',),
    'port': ('continuous', 'webservice'),
    'replicas': ('continuous', 'webservice'),
}
#: Keys that exclude each other.
_EITHER = (
    ('filelog', 'no-filelog'),
    ('no-filelog', 'filelog-stdout'),
    ('no-filelog', 'filelog-stderr'),
    ('health-check-script', 'health-check-http'),
)
#: Keys that need another one.
_NEEDS = {'publish': 'port', 'health-check-http': 'port'}
#: The options that pywikibot itself takes from every script.
_PYWIKIBOT = frozenset(
    '-dir -config -code -family -site -user -daemonize -help -log -nolog -maxlag -putthrottle -pt '
    '-debug -verbose -v -cosmeticchanges -cc -simulate'.split()
)


@dataclass(frozen=True)
class Entry:
    """A value of a job, and the line of its key."""

    value: object
    line: int


@dataclass(frozen=True)
class Job:
    """A job of the file.

    :param line: the line on which it begins
    :param entries: its keys, in the order of the file
    """

    line: int
    entries: dict[str, Entry]

    @property
    def name(self) -> str:
        """What people call it."""
        return str(self.entries['name'].value) if 'name' in self.entries else f'of line {self.line}'

    @property
    def kinds(self) -> list[str]:
        """The keys that say when it runs."""
        return [kind for kind in _KINDS if kind in self.entries]


def _true(value: object) -> str | None:
    return None if value is True else 'is not the plain word true; write true, or leave the key out'


def _text(value: object) -> str | None:
    if isinstance(value, str) and value.strip() and '\n' not in value.strip():
        return None
    return 'is not a line of text; write one, in quotes where YAML would read a number or a date'


def _image(value: object) -> str | None:
    if isinstance(value, str) and re.fullmatch(r'\S+', value):
        return None
    return 'is no name of an image; choose one of `toolforge jobs images`'


def _name(value: object) -> str | None:
    if not isinstance(value, str) or not _NAME.fullmatch(value):
        return 'is no name; use small letters, digits and "-", beginning and ending with a letter or digit'
    if len(value) > _NAME_LENGTH:
        return f'has {len(value)} characters; use {_NAME_LENGTH} at most'
    return None


def _whole(least: int, most: int | None = None) -> Rule:
    """Return a rule for whole numbers; true and false are none."""
    wanted = f'of {least} or more' if most is None else f'from {least} to {most}'

    def rule(value: object) -> str | None:
        number = value if isinstance(value, int) and not isinstance(value, bool) else least - 1
        if least <= number <= (number if most is None else most):
            return None
        return f'is no whole number {wanted}; write such a number, without quotes'

    return rule


def _one_of(*words: str) -> Rule:
    wanted = ', '.join(words)

    def rule(value: object) -> str | None:
        return None if isinstance(value, str) and value in words else f'is none of {wanted}; write one'

    return rule


def _wait(value: object) -> str | None:
    return None if value is True else _whole(1)(value)


def _memory(value: object) -> str | None:
    if isinstance(value, str) and _MEMORY.fullmatch(value) and float(value.rstrip('KMGTki')) > 0:
        return None
    return 'is no amount of memory; write a number with its unit, such as 512Mi or 1Gi'


def _cpu(value: object) -> str | None:
    text = '' if isinstance(value, bool) else str(value)
    if _CPU.fullmatch(text) and float(text.removesuffix('m')) > 0:
        return None
    return 'is no share of a processor; write a number such as 0.5, or thousandths such as 500m'


def _port(value: object) -> str | None:
    found = None if isinstance(value, bool) else _PORT.fullmatch(str(value))
    if found and 1 <= int(found[1]) <= 65535:
        return None
    return 'is no port; write a number from 1 to 65535, with /tcp or /udp behind it if need be'


def _schedule(value: object) -> str | None:
    if not isinstance(value, str):
        return "is no text; write five fields in quotes, such as '37 * * * *' (UTC)"
    if value.startswith('@'):
        return None if value in _MACROS else f'is unknown to Toolforge; write one of {", ".join(_MACROS)}'
    parts = [part for part in value.lower().split(' ') if part]
    if len(parts) != len(_FIELDS):
        return f'has {len(parts)} fields; write five: minute hour day month day-of-week (UTC)'
    for part, (name, least, most, names) in zip(parts, _FIELDS, strict=True):
        for entry in part.split(','):
            wrong = _field(entry, least, most, names)
            if wrong:
                return f'has {entry!r} as {name}, which {wrong}'
    return None


def _field(entry: str, least: int, most: int, names: dict[str, str]) -> str | None:
    """Return what is wrong with one entry of a field of a schedule."""
    if '-' in entry:
        return _range(entry, least, most)
    value, slash, step = entry.partition('/')
    if slash and not (_is_between(step, max(least, 1), most)):
        return f'has no step from {max(least, 1)} to {most}; write */5, say'
    if value != '*' and not _is_between(names.get(value, value), least, most):
        return f'is not * and no number from {least} to {most}; write one'
    return None


def _range(entry: str, least: int, most: int) -> str | None:
    if '/' in entry:
        return 'is a range with a step, which Toolforge refuses; list the values with commas'
    start, _, end = entry.partition('-')
    if not _is_between(start, least, most) or not _is_between(end, least, most) or int(start) > int(end):
        return f'is no range from smaller to greater within {least}-{most} (digits only); write one'
    return None


def _is_between(text: str, least: int, most: int) -> bool:
    return re.fullmatch('[0-9]{1,2}', text) is not None and least <= int(text) <= most


RULES: dict[str, Rule] = {
    'name': _name,
    'command': _text,
    'image': _image,
    'schedule': _schedule,
    'continuous': _true,
    'wait': _wait,
    'webservice': _true,
    'timeout': _whole(1),
    'retry': _whole(0, 5),
    'mem': _memory,
    'cpu': _cpu,
    'emails': _one_of('none', 'all', 'onfinish', 'onfailure'),
    'mount': _one_of('all', 'none'),
    'filelog': _true,
    'no-filelog': _true,
    'filelog-stdout': _text,
    'filelog-stderr': _text,
    'health-check-script': _text,
    'health-check-http': _text,
    'port': _port,
    'replicas': _whole(0),
    'publish': _one_of('/'),
}


def check(text: str) -> list[str]:
    """Return the mistakes of a file of jobs: what is wrong, where, and what to do.

    :param text: the file
    """
    wrong: list[str] = []
    jobs = [*_jobs(text, wrong)]
    for job in jobs:
        wrong += _values(job)
        wrong += _together(job)
    return [*wrong, *_twice(jobs)]


def _twice(jobs: list[Job]) -> Iterator[str]:
    """Yield the names that stand more than once; Toolforge would take the first job only."""
    first: dict[str, int] = {}
    for job in jobs:
        entry = job.entries.get('name')
        if entry is None:
            continue
        if job.name in first:
            yield f'line {entry.line}: job {job.name} is on line {first[job.name]}, too; rename one'
        first.setdefault(job.name, entry.line)


def _jobs(text: str, wrong: list[str]) -> Iterator[Job]:
    """Yield the jobs of a file; what is no job goes to the mistakes."""
    try:
        top = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        wrong.append(f'{_where(error)}: not YAML: {_problem(error)}; mend it there or on the line above')
        return
    if not isinstance(top, yaml.SequenceNode) or not top.value:
        wrong.append('line 1: not a list of jobs; begin each job with "- name: …"')
        return
    for node in top.value:
        if isinstance(node, yaml.MappingNode):
            yield Job(_line(node), _entries(node, wrong))
        else:
            wrong.append(f'line {_line(node)}: no job; begin each job with "- name: …"')


def _entries(job: yaml.MappingNode, wrong: list[str]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for key_node, node in job.value:
        key, line = str(key_node.value), _line(key_node)
        if key in entries:
            first = entries[key].line
            wrong.append(f'line {line}: {key} stands twice in this job, first on line {first}; keep one')
            continue
        try:
            entries[key] = Entry(_scalar(node), line)
        except (yaml.YAMLError, ValueError):
            wrong.append(f'line {line}: {key} is no plain value; write a word, a number, or a text in quotes')
    return entries


def _scalar(node: yaml.Node) -> object:
    """Return the value of a node that holds one.

    :raises ValueError: if it holds several
    """
    if not isinstance(node, yaml.ScalarNode):
        raise ValueError(node.tag)
    value: object = yaml.SafeLoader('').construct_object(node)
    return value


def _values(job: Job) -> Iterator[str]:
    """Yield what is wrong with single values."""
    for key, entry in job.entries.items():
        if key not in RULES:
            known = ', '.join(RULES)
            yield f'line {entry.line}: job {job.name}: {key} is no key; leave it out, or use one of {known}'
            continue
        wrong = RULES[key](entry.value)
        if wrong:
            yield f'line {entry.line}: job {job.name}: {key}: {entry.value!r} {wrong}'


def _together(job: Job) -> Iterator[str]:
    """Yield what does not go together, and what is missing."""
    at = f'line {job.line}: job {job.name}'
    for key in ('name', 'image', 'command'):
        if key not in job.entries and (key == 'image' or 'webservice' not in job.entries):
            yield f'{at}: {key} is missing; add it'
    if len(job.kinds) > 1:
        yield f'{at}: {" and ".join(job.kinds)} exclude each other; keep one'
    for first, second in _EITHER:
        if first in job.entries and second in job.entries:
            yield f'{at}: {first} and {second} exclude each other; keep one'
    for key, other in _NEEDS.items():
        if key in job.entries and other not in job.entries:
            yield f'{at}: {key} needs {other}; add it'
    yield from _of_other_kinds(job)
    mount = job.entries.get('mount')
    if mount and mount.value == 'none' and 'filelog' in job.entries:
        yield f'{at}: filelog needs a place for the files; write mount: all'


def _of_other_kinds(job: Job) -> Iterator[str]:
    """Yield the keys that do not belong to a job of this kind."""
    kind = job.kinds[0] if job.kinds else None
    for key, kinds in _ONLY_FOR.items():
        if key in job.entries and kind not in kinds:
            allowed = ' or '.join(f'with {one}' if one else 'for a job that runs once' for one in kinds)
            yield f'line {job.entries[key].line}: job {job.name}: {key} works only {allowed}; leave it out'


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, 'problem_mark', None)
    return f'line {mark.line + 1}' if mark else 'line 1'


def _problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, 'problem', None) or getattr(error, 'reason', None) or error)


#: The one command of ``python -m globalban_bot`` that makes sense as a job.
_DOCTOR = ' -m globalban_bot doctor'


def check_commands(text: str, scripts: Path) -> list[str]:
    """Return what is wrong with the commands: scripts and options that do not exist.

    :param text: the file of jobs, already checked
    :param scripts: the folder of the scripts
    """
    wrong: list[str] = []
    for job in _jobs(text, wrong):
        entry = job.entries.get('command')
        if entry is not None:
            found = command_mistakes(str(entry.value), scripts)
            wrong += [f'line {entry.line}: job {job.name}: command: {mistake}' for mistake in found]
    return wrong


def command_mistakes(command: str, scripts: Path) -> Iterator[str]:
    """Yield what is wrong with one command.

    :param command: what the job runs: ``… pwb SCRIPT -option:value …``, or ``… -m globalban_bot doctor``
    """
    if command.endswith(_DOCTOR):
        return
    name, options = script_of(command)
    if name is None:
        yield 'no script behind pwb; write … pwb SCRIPT -option …'
        return
    path = scripts / f'{name}.py'
    if not path.is_file():
        yield f'there is no script {name} ({scripts.name}/{path.name}); write the name of one'
        return
    known = documented(path) | _PYWIKIBOT
    for option in options:
        if option not in known:
            yield f'{option} does not stand in the help of {name}; leave it out, or document it there'


def script_of(command: str) -> tuple[str | None, list[str]]:
    """Return the script that a command has pywikibot run, and the options, without their values."""
    try:
        words = shlex.split(command)
    except ValueError:
        return None, []
    at = next((n for n, word in enumerate(words) if PurePosixPath(word).name == 'pwb'), len(words))
    rest = words[at + 1 :]
    name = next((word for word in rest if not word.startswith('-')), None)
    return name, [word.partition(':')[0] for word in rest if word != name]


def documented(script: Path) -> frozenset[str]:
    """Return the options that the help of a script names, each at the beginning of a line."""
    text = ast.get_docstring(ast.parse(script.read_text('utf-8'))) or ''
    return frozenset(re.findall(r'^(-[a-z][a-z-]*)', text, re.MULTILINE))


def main(arguments: list[str]) -> int:
    """Print the mistakes of a file; the exit code tells whether there are any."""
    root = Path(__file__).parent.parent
    path = Path(arguments[0]) if arguments else root / 'jobs.yaml'
    text = path.read_text('utf-8')
    wrong = check(text) or check_commands(text, root / 'scripts')
    print('\n'.join(f'{path}: {mistake}' for mistake in wrong) or f'{path}: no mistake found')
    return 1 if wrong else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
