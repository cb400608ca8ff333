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

from globalban_bot.gather.answered import DATABASE, SERVER, end, fitting, moment
from globalban_bot.model.account import Account, LocalAccount
from globalban_bot.model.unknown import Gap, Unknown

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


def account_of(answer: Mapping[str, Any], asked: datetime) -> Account | Unknown:
    """Return the account of an answer.

    :param asked: when the wiki was asked, unless the answer tells (UTC)
    """
    info = answer['query']['globaluserinfo']
    if _is_so(info, 'missing') or _is_so(info, 'hidden'):
        return Unknown(Gap.NOT_SHOWN)
    if not _is_complete(info, answer['query']):
        return Unknown(Gap.BEING_RENAMED)
    time = moment(answer['curtimestamp']) if 'curtimestamp' in answer else asked
    found = [_local(item, time) for item in info.get('merged', [])]
    locals_ = tuple(sorted(found, key=lambda local: (-local.edits, local.wiki)))
    edits = info.get('editcount', 0)
    if edits == 0 and any(local.edits for local in locals_):
        return Unknown(Gap.BEING_RENAMED)
    known = [_registered(info.get('registration'), time), *(local.registered for local in locals_)]
    return Account(
        name=info['name'],
        registered=min((one for one in known if one is not None), default=None),
        edits=edits,
        locals=locals_,
        locked=_is_so(info, 'locked'),
        globally_blocked=_globally_blocked(answer['query'], time),
        asked=time,
        groups=frozenset(info.get('groups', ())),
    )


def _is_complete(info: Mapping[str, Any], query: Mapping[str, Any]) -> bool:
    """Tell whether all wikis of the account are attached to it.

    While it is renamed, wiki after wiki lacks: the counts are zero or a part, and it has no home.
    """
    renamed = query.get('globalrenamestatus')
    return bool(info.get('home') and info.get('merged')) and not info.get('unattached') and not renamed


def _local(item: Mapping[str, Any], asked: datetime) -> LocalAccount:
    return LocalAccount(
        wiki=fitting(DATABASE, item['wiki']),
        # Without an address it cannot be asked; that it is there must not be lost.
        url=item['url'] if SERVER.fullmatch(item['url']) else '',
        edits=item['editcount'],
        registered=_registered(item.get('registration'), asked),
        blocked='blocked' in item,
        groups=frozenset(item.get('groups', ())),
    )


def _is_so(info: Mapping[str, Any], flag: str) -> bool:
    """Read a flag, which is there or not, or says true or false."""
    return flag in info and info[flag] is not False


def _registered(text: str | None, asked: datetime) -> datetime | None:
    """Read a time of registration; None where the wiki has none.

    Where a database has none, CentralAuth writes the moment of asking: MediaWiki's ``wfTimestamp`` takes
    nothing for "now".
    """
    time = moment(text) if text else None
    return None if time is None or asked - time < _NO_REGISTRATION else time


def _globally_blocked(query: Mapping[str, Any], now: datetime) -> bool | Unknown:
    """Tell whether a global block stands; a wiki without that list leaves it out of its answer."""
    if 'globalblocks' not in query:
        return Unknown(Gap.NOT_ASKED)
    ends = [end(item.get('expiry')) for item in query['globalblocks']]
    return any(time is None or time > now for time in ends)
