"""Read what ``meta=globaluserinfo`` answers about an account, and ``list=globalblocks`` beside it.

Written to CentralAuth's ``ApiQueryGlobalUserInfo`` and ``ApiQueryGlobalRenameStatus``, and GlobalBlocking's
``ApiQueryGlobalBlocks``. The reasons
of blocks that the first one tells unasked are not read, and neither is their end: it does not tell whether a
block is partial.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from globalban_bot.model.account import Account, LocalAccount
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.wiki.api_values import (
    DATABASE,
    SERVER,
    fitting,
    flag_at,
    mapping_at,
    mappings_at,
    nullable_text,
    number_at,
    optional_mappings,
    optional_text,
    parse_expiry,
    parse_timestamp,
    text_at,
    texts_at,
    time_at,
)

#: The question that this answer belongs to, without the account's name.
QUESTION = {
    'meta': 'globaluserinfo|globalrenamestatus',
    'guiprop': 'merged|unattached|groups|editcount',
    'list': 'globalblocks',
    'bgprop': 'id|expiry',
    'bglimit': '10',
    'curtimestamp': '1',
}
#: How close to the moment of asking a registration is taken for none.
_NO_REGISTRATION = timedelta(minutes=1)


def account_of(answer: Mapping[str, Any], at: datetime) -> Account | Unknown:
    """Return the account of an answer.

    :param at: when the wiki was asked, unless the answer tells (UTC)
    """
    info = mapping_at(answer, 'query', 'globaluserinfo')
    if _is_being_renamed(mapping_at(answer, 'query')):
        # Meanwhile the old name is missing, and the new one has a part of the wikis.
        return Unknown(Gap.BEING_RENAMED)
    if flag_at(info, 'missing') or flag_at(info, 'hidden'):
        return Unknown(Gap.NOT_SHOWN)
    if not _is_complete(info):
        return Unknown(Gap.BEING_RENAMED)
    time = time_at(answer, 'curtimestamp') if 'curtimestamp' in answer else at
    found = [_local(item, time) for item in mappings_at(info, 'merged')]
    locals_ = tuple(sorted(found, key=lambda local: (-local.edits, local.wiki)))
    edits = number_at(info, 'editcount')
    if edits == 0 and any(local.edits for local in locals_):
        return Unknown(Gap.BEING_RENAMED)
    known = [_registered(nullable_text(info, 'registration'), time), *(local.registered for local in locals_)]
    return Account(
        name=text_at(info, 'name'),
        registered=min((one for one in known if one is not None), default=None),
        edits=edits,
        locals=locals_,
        locked=flag_at(info, 'locked'),
        globally_blocked=_globally_blocked(mapping_at(answer, 'query'), time),
        asked=time,
        groups=_groups(info),
    )


def _is_complete(info: Mapping[str, Any]) -> bool:
    """Tell whether all wikis of the account are attached to it.

    While it is renamed, wiki after wiki lacks: the counts are zero or a part, and it has no home.
    """
    home = nullable_text(info, 'home')
    whole = home and mappings_at(info, 'merged') and not optional_mappings(info, 'unattached')
    return bool(whole)


def _is_being_renamed(query: Mapping[str, Any]) -> bool:
    """Tell whether a rename is at work. Where none is, the answer has nothing of it, or an empty list."""
    renames = query.get('globalrenamestatus') or {}
    return any(renames[name] for name in mapping_at({'renames': renames}, 'renames'))


def _local(item: Mapping[str, Any], at: datetime) -> LocalAccount:
    url = text_at(item, 'url')
    return LocalAccount(
        wiki=fitting(DATABASE, text_at(item, 'wiki')),
        # Without an address it cannot be asked; that it is there must not be lost.
        url=url if SERVER.fullmatch(url) else '',
        edits=number_at(item, 'editcount'),
        registered=_registered(nullable_text(item, 'registration'), at),
        blocked='blocked' in item,
        groups=_groups(item),
    )


def _groups(info: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(texts_at(info, 'groups') if 'groups' in info else ())


def _registered(text: str | None, at: datetime) -> datetime | None:
    """Read a time of registration; None where the wiki has none.

    Where a database has none, CentralAuth writes the moment of asking: MediaWiki's ``wfTimestamp`` takes
    nothing for "now".
    """
    time = parse_timestamp(text) if text else None
    return None if time is None or at - time < _NO_REGISTRATION else time


def _globally_blocked(query: Mapping[str, Any], now: datetime) -> bool | Unknown:
    """Tell whether a global block stands; a wiki without that list leaves it out of its answer."""
    if 'globalblocks' not in query:
        return Unknown(Gap.NOT_ASKED)
    ends = [parse_expiry(optional_text(item, 'expiry')) for item in mappings_at(query, 'globalblocks')]
    return any(time is None or time > now for time in ends)
