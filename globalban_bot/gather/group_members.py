"""Ask the wiki with the requests who is a member of a group now."""

from __future__ import annotations

from collections.abc import Collection

from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import mappings_at, texts_at
from globalban_bot.wiki.queries import Queries


def is_member(wikis: Queries, name: str, groups: Collection[str]) -> bool:
    """Tell whether an account holds one of some groups of that wiki now. One request.

    :raises WikiError: the wiki does not tell
    """
    with understood(wikis.home):
        question = {'list': 'users', 'ususers': name, 'usprop': 'groups'}
        users = mappings_at(next(wikis.query(wikis.home, **question)), 'query', 'users')
        # One that is missing has no groups.
        held = [texts_at(one, 'groups') for one in users if 'groups' in one]
        return any(not {*groups}.isdisjoint(one) for one in held)
