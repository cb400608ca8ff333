"""Ask the wiki with the requests who is a member of a group now."""

from __future__ import annotations

from collections.abc import Collection

from globalban_bot.gather.pages_now import understood
from globalban_bot.gather.questions import Questions


def is_member(wikis: Questions, name: str, groups: Collection[str]) -> bool:
    """Tell whether an account holds one of some groups of that wiki now. One request.

    :raises WikiError: the wiki does not tell
    """
    with understood():
        question = {'list': 'users', 'ususers': name, 'usprop': 'groups'}
        part = next(iter(wikis.parts(wikis.home, **question)))
        return any(not {*groups}.isdisjoint(one.get('groups', ())) for one in part['query']['users'])
