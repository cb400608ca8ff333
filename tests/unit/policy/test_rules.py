"""Reading the rules of a policy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.errors import UserError
from globalban_bot.model.account import EditScope
from globalban_bot.model.policy import DatedValue, Moment, Party, Provenance, Reference, Rule, Shape, Unit
from globalban_bot.policy.rules import read_rule, read_value, takes_elsewhere
from globalban_bot.policy.strict import read_document

VOTE = Reference('vote', 'Project:Vote', 'The vote of 2020.')
#: For each shape: whom it can be about, what it can be counted in, what it must say, and its least value.
FORMS: dict[str, tuple[str, str, dict[str, str], int | str]] = {
    'account': ('nominator', 'yes', {}, 'yes'),
    'registered': ('nominator', 'days weeks months', {'before': 'opening'}, 0),
    'edits': ('nominator', 'edits', {'before': 'opening'}, 1),
    'blocked': ('subject', 'wikis', {}, 1),
    'block-edits': ('subject', 'edits', {}, 1),
    'shortest': ('request', 'days weeks months', {}, 1),
    'longest': ('request', 'days weeks months', {}, 1),
    'wording': ('nominator subject request', 'words', {}, 'Words.'),
    'question': ('nominator subject request', 'yes', {}, 'yes'),
}
MOST = {'days': 36_525, 'weeks': 5_218, 'months': 1_200, 'edits': 10_000_000, 'wikis': 10_000}


def value(start: str = '2020-02-01', what: int | str = 1) -> dict[str, Any]:
    return {'from': start, 'value': what, 'provenance': 'seen', 'reference': 'vote'}


def written(shape: str, /, **change: Any) -> dict[str, Any]:
    """Return a good rule of some shape, with a change; a key that becomes None is taken out."""
    of, units, needed, least = FORMS[shape]
    plain = {
        'of': of.split()[0],
        'shape': shape,
        'description': 'A rule.',
        'unit': units.split()[0],
        **needed,
    }
    whole = {**plain, 'values': [value(what=least)], **change}
    return {key: part for key, part in whole.items() if part is not None}


def read(rule: Mapping[str, Any]) -> Rule:
    # JSON is YAML.
    return read_rule(
        read_document(json.dumps({'a-rule': rule}), 'x.yaml').entries()['a-rule'], {'vote': VOTE}
    )


def refusal(rule: Mapping[str, Any]) -> str:
    with pytest.raises(UserError) as error:
        read(rule)
    return str(error.value)


def test_every_shape() -> None:
    """It should have a form for each shape that there is."""
    assert {*FORMS} == {shape.value for shape in Shape}


@pytest.mark.parametrize('shape', FORMS)
def test_fits(shape: str) -> None:
    """It should read a rule about whom its shape can be about, in its units, and refuse all others."""
    who, units, _, _ = FORMS[shape]
    for of, unit in product(Party, Unit):
        # The least value of the unit: a rule in words has words, a rule of yes has yes.
        least = {Unit.YES: 'yes', Unit.WORDS: 'Words.'}.get(unit, 1)
        rule = written(shape, of=of.value, unit=unit.value, values=[value(what=least)])
        if of.value in who.split() and unit.value in units.split():
            found = read(rule)
            assert (found.name, found.of, found.shape, found.unit) == ('a-rule', of, Shape(shape), unit)
        else:
            assert f'does not fit the shape {shape!r}; use one of: ' in refusal(rule)


@pytest.mark.parametrize('shape', FORMS)
def test_keys(shape: str) -> None:
    """It should want what the shape needs, and take no key of another shape."""
    for name in written(shape):
        assert f"'{name}' is missing" in refusal(written(shape, **{name: None}))
    others = {'before': 'now', 'where': 'any', 'elsewhere': True}
    taken = {name for name, what in others.items() if _is_read(written(shape, **{name: what}))}
    optional = {'edits': {'where'}, 'blocked': {'elsewhere'}}
    assert taken == {*FORMS[shape][2]} | optional.get(shape, set())
    assert takes_elsewhere(Shape(shape)) is ('elsewhere' in taken)


def _is_read(rule: Mapping[str, Any]) -> bool:
    try:
        return bool(read(rule))
    except UserError as error:
        assert 'is not known here' in str(error)
        return False


@pytest.mark.parametrize('shape', [shape for shape in FORMS if isinstance(FORMS[shape][3], int)])
def test_limits(shape: str) -> None:
    """It should take values from the least that has a meaning to the greatest that is no slip."""
    _, units, _, least = FORMS[shape]
    assert isinstance(least, int)
    for unit in units.split():
        good = (least, MOST[unit])
        for what in good:
            assert read(written(shape, unit=unit, values=[value(what=what)])).values[0].value == what
        for what in (least - 1, MOST[unit] + 1):
            said = refusal(written(shape, unit=unit, values=[value(what=what)]))
            assert f'write a number from {least} to {MOST[unit]}' in said


def test_plain() -> None:
    """It should hold what a rule says, and what is true where it says nothing."""
    assert read(written('edits')) == Rule(
        name='a-rule',
        of=Party.NOMINATOR,
        shape=Shape.EDITS,
        description='A rule.',
        unit=Unit.EDITS,
        values=(DatedValue(datetime(2020, 2, 1, tzinfo=UTC), 1, Provenance.SEEN, VOTE),),
        before=Moment.OPENING,
    )
    more = read(written('edits', where='any', before='closing'))
    assert (more.before, more.where) == (Moment.CLOSING, EditScope.ANY)
    assert read(written('blocked', elsewhere=True)).elsewhere


DATES = [f'20{year}-01-01' for year in range(10, 20)]


@given(st.lists(st.sampled_from(DATES), min_size=1, max_size=5))
def test_order(dates: list[str]) -> None:
    """It should read values that stand in the order of their dates, each date once, and no others."""
    rule = written('edits', values=[value(day) for day in dates])
    if dates == sorted({*dates}):
        assert [f'{one.start:%Y-%m-%d}' for one in read(rule).values] == dates
    else:
        assert 'this date is not later than the one above' in refusal(rule)


@given(st.lists(st.sampled_from([1, 2, 'repealed']), min_size=1, max_size=6))
def test_repeals(values: list[int | str]) -> None:
    """It should read a repeal where there was a value, and no second one after it."""
    rule = written('edits', values=[value(day, what) for day, what in zip(DATES, values, strict=False)])
    twice = any(one == other == 'repealed' for one, other in pairwise(values))
    if values[0] == 'repealed':
        assert 'the first value cannot be a repeal' in refusal(rule)
    elif twice:
        assert 'the rule is repealed already' in refusal(rule)
    else:
        found = [one.value for one in read(rule).values]
        assert found == [None if what == 'repealed' else what for what in values]


#: Changes of a good rule, and what is said.
MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({'shape': 'edit'}, "shape: 'edit' is not known; use one of: account, registered, edits, "),
    ({'of': 'reader'}, "of: 'reader' is not known; use one of: nominator, subject, request"),
    ({'values': []}, 'values: the list is empty'),
    (
        {'values': [{**value(), 'reference': 'poll'}]},
        "reference: 'poll' is not known; use one of those above: vote",
    ),
    ({'values': [{**value(), 'provenance': 'heard'}]}, "provenance: 'heard' is not known"),
    ({'values': [value(what='1')]}, 'value: must be a whole number, without quotes; this is text'),
    ({'before': 'later'}, "before: 'later' is not known; use one of: opening, closing, now"),
    ({'where': 'here'}, "where: 'here' is not known; use one of: "),
]


@pytest.mark.parametrize(('change', 'said'), MISTAKES)
def test_mistake(change: dict[str, Any], said: str) -> None:
    """It should say what is wrong, and what can be used."""
    assert said in refusal(written('edits', **change))


def test_yes() -> None:
    """It should know a rule that is in force or not by yes alone."""
    for what, said in (('no', "must be 'yes' or repealed"), (True, 'must be text'), (1, 'must be text')):
        assert said in refusal(written('account', values=[value(what=what)]))


@pytest.mark.parametrize('unit', Unit)
def test_repeal_in_each_unit(unit: Unit) -> None:
    """It should read a repeal in whatever unit, as an overlay may take out any rule."""
    item = read_document('it: repealed', 'x.yaml').entries()['it']
    assert read_value(item, Shape.EDITS, unit) is None
