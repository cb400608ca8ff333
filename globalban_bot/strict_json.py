"""Read JSON that people write, strictly: what could be lost or misread in silence is an error."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from globalban_bot.errors import UserError


def read_object(text: str, what: str, longest: int) -> Mapping[str, Any]:
    """Return the object that a text holds.

    :param what: what the text is, for people, such as ``the page of texts``
    :param longest: most characters
    :raises UserError: it is longer, no JSON, no object, too deep, or has a key twice or a ``NaN``
    """
    if len(text) > longest:
        raise UserError(f'{what} is longer than {longest} characters; make it shorter')
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse)
    except ValueError as error:
        raise UserError(f'{what} is no JSON: {error}') from None
    except RecursionError:
        raise UserError(f'{what} is no JSON that can be read: it is nested too deeply') from None
    if not isinstance(found, dict):
        raise UserError(f'{what} must be an object: keys with their values, in braces')
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that stands twice: of two values one would be lost in silence."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError('a key stands twice in one object; take one out')
    return found


def _refuse(name: str) -> NoReturn:
    raise ValueError(f'{name} is no JSON')
