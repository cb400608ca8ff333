"""Read what ``meta=globaluserinfo`` answers about an account, and ``list=globalblocks`` beside it.

Written to CentralAuth's ``ApiQueryGlobalUserInfo`` and ``ApiQueryGlobalRenameStatus``, and GlobalBlocking's
``ApiQueryGlobalBlocks``. The reasons of blocks that the first one tells unasked are not read, and neither is
their end: it does not tell whether a block is partial.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from globalban_bot.model.account import Account, LocalAccount
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.wiki.answers import ApiAnswer
from globalban_bot.wiki.api_values import DATABASE, SERVER

#: The question that this answer belongs to, without the account's name.
QUESTION = {
    'meta': 'globaluserinfo|globalrenamestatus',
    'guiprop': 'merged|unattached|groups|editcount',
    'list': 'globalblocks',
    'bgprop': 'id|expiry',
    'bglimit': '10',
    'curtimestamp': '1',
}
#: A registration so close to the moment of asking is none.
_NO_REGISTRATION = timedelta(minutes=1)


def account_of(answer: ApiAnswer, now: datetime) -> Account | Unknown:
    """Return the account of an answer.

    :param now: when the wiki was asked, unless the answer tells (UTC)
    """
    info = answer.at('query', 'globaluserinfo')
    if _is_being_renamed(answer.at('query')):
        # Meanwhile the old name is missing, and the new one has a part of the wikis.
        return Unknown(Gap.BEING_RENAMED)
    if info.flag('missing') or info.flag('hidden'):
        return Unknown(Gap.NOT_SHOWN)
    if not _is_complete(info):
        return Unknown(Gap.BEING_RENAMED)
    time = answer.time('curtimestamp') if 'curtimestamp' in answer else now
    merged = [_local(item, time) for item in info.objects('merged')]
    locals_ = tuple(sorted(merged, key=lambda local: (-local.edits, local.wiki)))
    edits = info.number('editcount')
    if edits == 0 and any(local.edits for local in locals_):
        return Unknown(Gap.BEING_RENAMED)
    times = [_registered(info, time), *(local.registered for local in locals_)]
    return Account(
        name=info.text('name'),
        registered=min((time for time in times if time is not None), default=None),
        edits=edits,
        locals=locals_,
        locked=info.flag('locked'),
        globally_blocked=_globally_blocked(answer.at('query'), time),
        asked=time,
        groups=_groups(info),
    )


def _is_complete(info: ApiAnswer) -> bool:
    """Tell whether all wikis of the account are attached to it.

    While it is renamed, wiki after wiki lacks: the counts are zero or a part, and it has no home.
    """
    has_home = info.value.get('home') is not None and info.text('home') != ''
    return bool(has_home and info.objects('merged') and not info.lines('unattached'))


def _is_being_renamed(query: ApiAnswer) -> bool:
    """Tell whether a rename is at work. Where none is, the answer has nothing of it, or an empty list."""
    if not query.value.get('globalrenamestatus'):
        return False
    return any(rename.value for rename in query.fields('globalrenamestatus').values())


def _local(item: ApiAnswer, now: datetime) -> LocalAccount:
    url = item.text('url')
    return LocalAccount(
        wiki=item.fitting(DATABASE, 'wiki'),
        # Without an address it cannot be asked; that it is there must not be lost.
        url=url if SERVER.fullmatch(url) else '',
        edits=item.number('editcount'),
        registered=_registered(item, now),
        blocked='blocked' in item,
        groups=_groups(item),
    )


def _groups(info: ApiAnswer) -> frozenset[str]:
    return frozenset(info.texts('groups') if 'groups' in info else ())


def _registered(info: ApiAnswer, now: datetime) -> datetime | None:
    """Return the time of registration; None where the wiki has none.

    Where a database has none, CentralAuth writes the moment of asking: MediaWiki's ``wfTimestamp`` takes
    nothing for "now".
    """
    time = info.time_if_any('registration')
    return None if time is None or now - time < _NO_REGISTRATION else time


def _globally_blocked(query: ApiAnswer, now: datetime) -> bool | Unknown:
    """Tell whether a global block is in force; a wiki without that list leaves it out of its answer."""
    if 'globalblocks' not in query:
        return Unknown(Gap.NOT_ASKED)
    ends = [item.expiry() for item in query.objects('globalblocks')]
    return any(end is None or end > now for end in ends)
