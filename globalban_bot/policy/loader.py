"""Load policies and overlays of this package, or read them from a text.

An overlay is a proposal: the newest version of a policy with some values changed. It is in force from the
beginning as a whole, the unchanged rules too, so that a request of any year can be put to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from globalban_bot.errors import UserError
from globalban_bot.model.policy import DatedValue, Overlay, Policy, Provenance, Reference, Rule, Shape
from globalban_bot.policy.items import Item
from globalban_bot.policy.rules import read_rule, read_value, takes_elsewhere
from globalban_bot.policy.strict import read_document
from globalban_bot.policy.versions import BEGINNING, END, as_version

_ENDING = '.yaml'
_NAME = re.compile(r'[a-z][a-z0-9]*(-[a-z0-9]+)*')
#: What a policy has one rule for: of a second one, nothing would tell which counts.
_ONCE = (Shape.BLOCKED, Shape.BLOCK_EDITS, Shape.SHORTEST, Shape.LONGEST)
#: MediaWiki's ids of revisions are below this.
_MOST_REVISION = 10**12


def policy_names() -> tuple[str, ...]:
    """Return the names of the policies of this package."""
    return _names(_folder())


def overlay_names() -> tuple[str, ...]:
    """Return the names of the overlays of this package, for all policies."""
    return _names(_folder() / 'overlays')


@cache
def load_policy(name: str) -> Policy:
    """Load a policy of this package by its name.

    :raises UserError: there is none of that name, or its file is not right
    """
    return read_policy(_data(_folder(), name, 'policy'), name)


def overlays_of(policy_name: str) -> tuple[Overlay, ...]:
    """Return the overlays of a policy of this package, in the order of their names.

    :raises UserError: there is no such policy, or a file is not right
    """
    policy = load_policy(policy_name)
    folder = _folder() / 'overlays'
    data = ((name, _data(folder, name, 'overlay')) for name in overlay_names())
    return tuple(read_overlay(text, name, policy) for name, text in data if _of(text, name) == policy_name)


def read_policy(data: str | bytes, name: str) -> Policy:
    """Read a policy.

    :param name: its name, and that of its file
    :raises UserError: with file, line and column, what is wrong there and what to do
    """
    fields = read_document(data, f'{name}{_ENDING}').record(
        ('policy', 'title', 'page', 'checked', 'references', 'rules')
    )
    _named(fields['policy'], name)
    checked = fields['checked'].record(('on', 'revision'))
    revision = checked['revision']
    return Policy(
        name=name,
        title=fields['title'].text(),
        page=fields['page'].text(),
        checked_on=checked['on'].moment().date(),
        revision=None if revision.is_null() else revision.whole(1, _MOST_REVISION),
        rules=_rules(fields['rules'], _references(fields['references'])),
    )


def read_overlay(data: str | bytes, name: str, policy: Policy | None = None) -> Overlay:
    """Read an overlay.

    :param name: its name, and that of its file
    :param policy: the policy that it changes; None for the one of this package that it names
    :raises UserError: as :func:`read_policy`
    """
    fields = _overlay_fields(data, name)
    _named(fields['overlay'], name)
    of = fields['of'].text()
    if of not in ((policy.name,) if policy else policy_names()):
        known = policy.name if policy else ', '.join(policy_names())
        raise fields['of'].wrong(f'{of!r} is not the policy; use: {known}')
    policy = policy or load_policy(of)
    source = fields['source'].text()
    page = None if fields['page'].is_null() else fields['page'].text()
    reference = Reference(name, page or '', source)
    return Overlay(
        name=name,
        title=fields['title'].text(),
        source=source,
        page=page,
        policy=_changed(policy, fields['changes'], reference),
    )


def _references(item: Item) -> dict[str, Reference]:
    found = {name: part.record(('page', 'note')) for name, part in item.entries().items()}
    return {name: Reference(name, part['page'].text(), part['note'].text()) for name, part in found.items()}


def _rules(item: Item, references: Mapping[str, Reference]) -> dict[str, Rule]:
    """Read all rules; of some shapes there can be one only."""
    rules: dict[str, Rule] = {}
    for name, part in item.entries().items():
        if not _NAME.fullmatch(name):
            raise part.wrong("the name of a rule must be small letters, digits and '-', as nominator-edits")
        rule = read_rule(part, references)
        twin = next((one.name for one in rules.values() if one.shape is rule.shape), None)
        if rule.shape in _ONCE and twin is not None:
            raise part.wrong(f'the rule {twin!r} has the shape {rule.shape.value!r}, too; make them one')
        rules[name] = rule
    if not rules:
        raise item.wrong('there is no rule; write at least one')
    return rules


def _changed(policy: Policy, changes: Item, reference: Reference) -> Policy:
    """Return the newest version of a policy with the changes of an overlay."""
    rules = dict(as_version(policy, END).rules)
    for name, part in changes.entries().items():
        if name not in policy.rules:
            raise part.wrong(f'there is no such rule; use: {", ".join(policy.rules)}')
        rule = policy.rules[name]
        fields = part.record(('value',), ('elsewhere',) if takes_elsewhere(rule.shape) else ())
        value = read_value(fields['value'], rule.shape, rule.unit)
        if value is None:
            rules.pop(name, None)
            continue
        dated = DatedValue(BEGINNING, value, Provenance.SEEN, reference)
        elsewhere = fields['elsewhere'].flag() if 'elsewhere' in fields else rule.elsewhere
        rules[name] = replace(rule, values=(dated,), elsewhere=elsewhere)
    return replace(policy, rules=rules)


def _of(data: bytes, name: str) -> str:
    """Return the name of the policy that an overlay changes."""
    return _overlay_fields(data, name)['of'].text()


def _overlay_fields(data: str | bytes, name: str) -> dict[str, Item]:
    document = read_document(data, f'overlays/{name}{_ENDING}')
    return document.record(('overlay', 'of', 'title', 'source', 'page', 'changes'))


def _named(item: Item, name: str) -> None:
    if item.text() != name:
        raise item.wrong(f'{item.text()!r} is not the name of the file; use: {name}')


def _folder() -> Traversable:
    return files('globalban_bot.policy')


def _names(folder: Traversable) -> tuple[str, ...]:
    names = (path.name for path in folder.iterdir())
    return tuple(sorted(name.removesuffix(_ENDING) for name in names if name.endswith(_ENDING)))


def _data(folder: Traversable, name: str, what: str) -> bytes:
    """Return the content of a file, named by people."""
    known = _names(folder)
    if name not in known:
        raise UserError(f'there is no {what} {name!r}; known are: {", ".join(known)}')
    return (folder / f'{name}{_ENDING}').read_bytes()
