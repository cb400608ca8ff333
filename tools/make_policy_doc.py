"""Write ``docs/policy.md`` from the policies and overlays: ``python -m tools.make_policy_doc [--check]``.

With ``--check`` nothing is written; the exit code tells whether the file is up to date.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

from globalban_bot.model.account import EditScope
from globalban_bot.model.policy import DatedValue, Moment, Overlay, Policy, Provenance, Reference, Rule, Unit
from globalban_bot.policy.loader import load_policy, overlays_of, policy_names
from globalban_bot.policy.versions import BEGINNING, versions

TARGET = Path(__file__).parents[1] / 'docs' / 'policy.md'

_HEAD = """\
# The policies, as the bot knows them

`python -m tools.make_policy_doc` makes this page from `globalban_bot/policy`. Change the data, not this page.

A request is put to the rules that were in force when it was opened. All times are UTC. How a value is known:

- *seen*: the wording, or a quotation of it, was read
- *inferred*: concluded from what was read
- *not verified*: from memory

An overlay is a proposal. With it the bot can tell how a request would stand if the proposal were in force;
the rules that it does not change stand as in the newest version.
"""
_KNOWN = {
    Provenance.SEEN: 'seen',
    Provenance.INFERRED: '*inferred*',
    Provenance.RECALLED: '**not verified**',
}
_MONTHS = 'January February March April May June July August September October November December'.split()
#: The first policies of the document; the others follow by name.
_FIRST = ('global-bans', 'requests-for-comment')


def document() -> str:
    """Return the text of the document."""
    names = sorted(policy_names(), key=lambda name: (name not in _FIRST, name))
    parts = (_policy(load_policy(name), overlays_of(name)) for name in names)
    return '\n'.join([_HEAD, *('\n'.join(part) for part in parts)])


def _policy(policy: Policy, overlays: tuple[Overlay, ...]) -> Iterator[str]:
    """Yield the lines on a policy."""
    yield f'## {policy.title}\n'
    yield f'Name: `{policy.name}`. Page: {policy.page}. {_checked(policy)}\n'
    first = versions(policy)[0]
    yield f'None of these rules was in force before {_moment(first)}.\n'
    yield '| rule | what it asks | when | value | how known | where |'
    yield '|---|---|---|---|---|---|'
    for rule in policy.rules.values():
        yield from _rule(rule, first)
    yield '\nWhere:\n'
    for reference in _references(policy):
        yield f'- *{reference.name}*: {reference.page}. {reference.note}'
    yield ''
    if overlays:
        yield f'### Overlays of {policy.title}\n'
        for overlay in overlays:
            yield _overlay(overlay)
        yield ''


def _checked(policy: Policy) -> str:
    """Return when a person last compared the data, and with what."""
    day = _day(policy.checked_on)
    if policy.revision is None:
        return f'Checked on {day}; no revision of the page itself was compared.'
    return f'Checked on {day} with revision {policy.revision} of the page.'


def _rule(rule: Rule, first: datetime) -> Iterator[str]:
    """Yield the rows of a rule: before its first value, too, where the policy is older."""
    name, asks = f'`{rule.name}`', _cell(rule.description)
    if rule.values[0].start > first:
        yield f'| {name} | {asks} | before {_moment(rule.values[0].start)} | no such rule yet | | |'
        name = asks = ''
    for value, after in pairwise([*rule.values, None]):
        if value is not None:
            until = f', to {_moment(after.start)}' if after is not None else ''
            cells = (f'from {_moment(value.start)}{until}', _value(rule, value), _KNOWN[value.provenance])
            yield f'| {name} | {asks} | {" | ".join(cells)} | {value.reference.name} |'
            name = asks = ''


def _value(rule: Rule, value: DatedValue) -> str:
    """Return a value with its unit."""
    if value.value is None:
        return '**repealed**'
    if isinstance(value.value, str):
        return 'in force' if rule.unit is Unit.YES else f'“{_cell(value.value)}”'
    unit = rule.unit.value.removesuffix('s') if value.value == 1 else rule.unit.value
    return f'{value.value:,} {unit}{_limits(rule)}'


def _limits(rule: Rule) -> str:
    """Return where and when a rule counts, so far as it says."""
    where = ' on any one wiki' if rule.where is EditScope.ANY else ''
    where += ' or other places' if rule.elsewhere else ''
    if rule.before is None:
        return where
    named = 'today' if rule.before is Moment.NOW else f'the {rule.before.value}'
    known = '' if rule.before_provenance is Provenance.SEEN else f' ({rule.before_provenance.value})'
    return f'{where} before {named}{known}'


def _overlay(overlay: Overlay) -> str:
    """Return the line on an overlay: what it changes, and who proposed it."""
    changed = [
        f'`{rule.name}`: {_value(rule, value)}'
        for rule in overlay.policy.rules.values()
        for value in rule.values
        if value.start == BEGINNING and value.reference.name == overlay.name
    ]
    page = f' Page: {overlay.page}.' if overlay.page else ' **Illustration, no proposal.**'
    return f'- `{overlay.name}`: {overlay.title}. Changes {"; ".join(changed)}. {overlay.source}{page}'


def _references(policy: Policy) -> list[Reference]:
    """Return the references of a policy in the order in which they are first used."""
    found = (value.reference for rule in policy.rules.values() for value in rule.values)
    return [*dict.fromkeys(found)]


def _cell(text: str) -> str:
    return text.replace('|', '&#124;')


def _day(day: date) -> str:
    return f'{day.day} {_MONTHS[day.month - 1]} {day.year}'


def _moment(moment: datetime) -> str:
    """Return a moment; the time only where there is one."""
    time = f', {moment:%H:%M}' if (moment.hour, moment.minute) != (0, 0) else ''
    return f'{_day(moment.date())}{time}'


def main(arguments: list[str]) -> int:
    """Write the document, or check it."""
    if arguments not in ([], ['--check']):
        print('usage: python -m tools.make_policy_doc [--check]', file=sys.stderr)
        return 2
    text = document()
    if not arguments:
        TARGET.write_text(text, 'utf-8')
    elif TARGET.read_text('utf-8') != text:
        print(f'{TARGET} is not up to date; run: python -m tools.make_policy_doc', file=sys.stderr)
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
