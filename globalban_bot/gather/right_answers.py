"""Read since when an account holds a group, from the log of rights.

Written to MediaWiki's ``RightsLogFormatter`` (log type ``rights``) and CentralAuth's
``GroupMembershipChangeLogFormatter`` (``gblrights``); they spell the names of the lists differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from globalban_bot.model.account import GroupHeld
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.wiki.api_values import log_params, time_at, words_of

#: The question, without the account's name and the log.
QUESTION = {
    'list': 'logevents',
    'leprop': 'ids|type|timestamp|details',
    'ledir': 'older',
    'lelimit': 'max',
}
#: The log for groups of one wiki, and the one for global groups.
LOCAL, GLOBAL = 'rights', 'gblrights'


def held_since(lines: Iterable[Mapping[str, Any]], group: str) -> GroupHeld | Unknown:
    """Return since when a group is held that is held now.

    :param lines: the log, newest first; no more of it is taken than needed
    """
    for line in lines:
        parameters = log_params(line)
        if parameters is None:
            continue
        before, after = _lists(parameters)
        if group not in after:
            break  # It is held again, and no line says since when.
        if group not in before:
            return GroupHeld(time_at(line, 'timestamp'))
    return Unknown(Gap.NO_LOG)


def _lists(parameters: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return the groups before and after a change; old lines have them as two numbered texts."""
    names = {name.lower(): value for name, value in parameters.items()}
    before = words_of(names.get('oldgroups', names.get('0')))
    return before, words_of(names.get('newgroups', names.get('1')))
