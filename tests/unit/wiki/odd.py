"""Odd answers of wikis, read from the data beside this file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.unit.wiki.miniwiki import _JSON, Odd

_FILE = Path(__file__).with_name('odd_answers.yaml')
_DEEP = 100_000


def read_odd_answers() -> dict[str, tuple[Odd, bool]]:
    """Return the odd answers by name, and of each whether nobody may take it for an answer."""
    rows = yaml.safe_load(_FILE.read_text('utf-8'))
    return {name: (_odd(row), row.get('wrong', True)) for name, row in rows.items()}


def _odd(row: Mapping[str, Any]) -> Odd:
    body = row.get('body')
    change = _CHANGES[row['change']] if 'change' in row else _as_it_is
    return Odd(
        row.get('status', 200),
        row.get('headers', _JSON),
        change if body is None else lambda _: body.encode('utf-8', 'surrogatepass'),
        row.get('lost', False),
        row.get('idle', False),
    )


def _as_it_is(good: Any) -> bytes:
    return json.dumps(good).encode()


def _walked(change: Callable[[Any], Any]) -> Callable[[Any], bytes]:
    """Return what changes all values of an answer below its first level."""

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return change({key: walk(inner) for key, inner in value.items()})
        return change([walk(inner) for inner in value] if isinstance(value, list) else value)

    return lambda good: _as_it_is({key: walk(value) for key, value in good.items()})


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _without_lists(value: Any) -> Any:
    kept = isinstance(value, dict)
    return {key: one for key, one in value.items() if not isinstance(one, list)} if kept else value


_CHANGES: dict[str, Callable[[Any], bytes]] = {
    'cut': lambda good: _as_it_is(good)[:-2],
    'utf-16': lambda good: json.dumps(good).encode('utf-16'),
    'long number': lambda good: _as_it_is(good)[:-1] + b', "x": ' + b'9' * 4300 + b'}',
    'deep': lambda good: _as_it_is(good)[:-1] + b', "x": ' + b'[' * _DEEP + b']' * _DEEP + b'}',
    'texts for numbers': _walked(lambda value: str(value) if _is_number(value) else value),
    'numbers for texts': _walked(lambda value: 7 if isinstance(value, str) else value),
    'nulls': _walked(lambda value: None if isinstance(value, str | int) else value),
    'objects for lists': _walked(lambda value: {'0': value} if isinstance(value, list) else value),
    'below zero': _walked(lambda value: -5 if _is_number(value) else value),
    'no lists': _walked(_without_lists),
}
