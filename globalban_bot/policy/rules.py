"""Read the rules of a policy: which units and which further keys each shape of rule takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from globalban_bot.errors import UserError
from globalban_bot.model.account import EditScope
from globalban_bot.model.policy import DatedValue, Moment, Party, Provenance, Reference, Rule, Shape, Unit
from globalban_bot.policy.items import Item

REPEALED = 'repealed'
YES = 'yes'

_TIMES = frozenset({Unit.DAYS, Unit.WEEKS, Unit.MONTHS})
_NOMINATOR = frozenset({Party.NOMINATOR})
_ALL = frozenset(Party)
#: The greatest value of a unit: a hundred years, or more than anybody has. Whatever is greater is a slip.
_MOST = {Unit.DAYS: 36_525, Unit.WEEKS: 5_218, Unit.MONTHS: 1_200, Unit.EDITS: 10_000_000, Unit.WIKIS: 10_000}


@dataclass(frozen=True)
class _Form:
    """What a rule of some shape can say.

    :param of: whom it can be about; on anybody else, nothing would check it
    :param units: what its values can be counted in
    :param needed: keys that it must have, beside those of all rules
    :param optional: keys that it may have
    :param least: its least value; 0 where that has a meaning
    """

    of: frozenset[Party]
    units: frozenset[Unit]
    needed: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    least: int = 1


def _only(unit: Unit) -> frozenset[Unit]:
    return frozenset({unit})


_FORMS: Mapping[Shape, _Form] = {
    Shape.ACCOUNT: _Form(_NOMINATOR, _only(Unit.YES)),
    # "More than 0 days before a date" is any time before that date.
    Shape.REGISTERED: _Form(_NOMINATOR, _TIMES, needed=('before',), least=0),
    Shape.EDITS: _Form(
        _NOMINATOR,
        _only(Unit.EDITS),
        needed=('before',),
        optional=('before-provenance', 'where'),
    ),
    Shape.BLOCKED: _Form(frozenset({Party.SUBJECT}), _only(Unit.WIKIS), optional=('elsewhere',)),
    Shape.BLOCK_EDITS: _Form(frozenset({Party.SUBJECT}), _only(Unit.EDITS)),
    Shape.SHORTEST: _Form(frozenset({Party.REQUEST}), _TIMES),
    Shape.LONGEST: _Form(frozenset({Party.REQUEST}), _TIMES),
    Shape.WORDING: _Form(_ALL, _only(Unit.WORDS)),
    Shape.QUESTION: _Form(_ALL, _only(Unit.YES)),
}


def read_rule(item: Item, references: Mapping[str, Reference]) -> Rule:
    """Read a rule.

    :param references: those of the file, by name
    :raises UserError: something is missing, unknown, or does not fit the shape
    """
    named = item.entries()
    if 'shape' not in named:
        raise item.wrong(f"'shape' is missing; use one of: {', '.join(shape.value for shape in Shape)}")
    shape = named['shape'].word(Shape)
    form = _FORMS[shape]
    fields = item.record(('of', 'shape', 'description', 'unit', *form.needed, 'values'), form.optional)
    of, unit = fields['of'].word(Party), fields['unit'].word(Unit)
    if of not in form.of:
        raise _unfit(fields['of'], shape, [one.value for one in Party if one in form.of])
    if unit not in form.units:
        raise _unfit(fields['unit'], shape, [one.value for one in Unit if one in form.units])
    return Rule(
        name=item.name,
        of=of,
        shape=shape,
        description=fields['description'].text(),
        unit=unit,
        values=_values(fields['values'], shape, unit, references),
        before=fields['before'].word(Moment) if 'before' in fields else None,
        where=fields['where'].word(EditScope) if 'where' in fields else EditScope.TOGETHER,
        elsewhere=fields['elsewhere'].flag() if 'elsewhere' in fields else False,
        before_provenance=(
            fields['before-provenance'].word(Provenance) if 'before-provenance' in fields else Provenance.SEEN
        ),
    )


def read_value(item: Item, shape: Shape, unit: Unit) -> int | str | None:
    """Read a value; None for ``repealed``.

    :raises UserError: it does not fit the unit
    """
    if item.node.value == REPEALED:
        return None
    if unit is Unit.YES:
        if item.text() != YES:
            raise item.wrong(f"must be '{YES}' or {REPEALED}: a rule of the unit yes is in force or not")
        return YES
    if unit is Unit.WORDS:
        return item.text()
    return item.whole(_FORMS[shape].least, _MOST[unit])


def takes_elsewhere(shape: Shape) -> bool:
    """Tell whether a rule of a shape can count what is outside the wikis."""
    return 'elsewhere' in _FORMS[shape].optional


def _values(
    item: Item, shape: Shape, unit: Unit, references: Mapping[str, Reference]
) -> tuple[DatedValue, ...]:
    """Read the values of a rule, which must stand in the order of their dates."""
    parts = [part.record(('from', 'value', 'provenance', 'reference')) for part in item.items()]
    values = tuple(_value(part, shape, unit, references) for part in parts)
    if values[0].value is None:
        raise parts[0]['value'].wrong('the first value cannot be a repeal; write what was in force before')
    for (one, other), part in zip(pairwise(values), parts[1:], strict=True):
        if other.start <= one.start:
            raise part['from'].wrong('this date is not later than the one above; put the oldest value first')
        if one.value is other.value is None:
            raise part['value'].wrong('the rule is repealed already; take this line out')
    return values


def _value(part: Mapping[str, Item], shape: Shape, unit: Unit, known: Mapping[str, Reference]) -> DatedValue:
    reference = part['reference'].text()
    if reference not in known:
        names = ', '.join(known)
        raise part['reference'].wrong(f'{reference!r} is not known; use one of those above: {names}')
    value = read_value(part['value'], shape, unit)
    return DatedValue(part['from'].moment(), value, part['provenance'].word(Provenance), known[reference])


def _unfit(item: Item, shape: Shape, allowed: list[str]) -> UserError:
    fitting = ', '.join(allowed)
    return item.wrong(f'{item.text()!r} does not fit the shape {shape.value!r}; use one of: {fitting}')
