"""Block logs as people note them down, and what stands of them.

A line of a log is a time, an action and its terms:

``2019-03-04 10:12 block``                                   for good, of the whole wiki
``2019-03-04 10:12 block until 2019-04-04 10:12``            it ends
``2019-03-04 10:12 block partial talk-closed``               of a part; without the own talk page
``2019-05-01 08:00 reblock``                                 the block is changed: now for good
``2019-06-01 08:00 unblock``                                 lifted
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from tools.sample.pages import read_time
from tools.sample.users import SourceError

FIRST_LINE = datetime(2005, 1, 1, tzinfo=UTC)  # log ids count minutes from here
TIME = r'\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?'
LINE = re.compile(
    rf'(?P<time>{TIME}) (?P<action>block|reblock|unblock)'
    rf'(?: until (?P<until>{TIME}))?(?P<partial> partial)?(?P<closed> talk-closed)?'
)
Event = dict[str, Any]


def events_of(lines: Sequence[str], key: str) -> list[Event]:
    """Return the lines of a log as recorded facts.

    :param key: from which seconds that are not noted down follow
    """
    events = [_event(line, f'{key}/{number}') for number, line in enumerate(lines, 1)]
    if any(one['time'] >= other['time'] for one, other in pairwise(events)):
        raise SourceError(f'{key}: the block log is not in the order of time')
    return events


def _event(line: str, key: str) -> Event:
    found = LINE.fullmatch(line)
    if found is None:
        raise SourceError(f'{key}: no line of a block log: {line!r}')
    time = read_time(found['time'], key)
    event: Event = {'id': (time - FIRST_LINE) // timedelta(minutes=1), 'time': stamp(time)}
    event['action'] = found['action']
    if found['action'] == 'unblock':
        return event
    return event | _terms(found, key)


def _terms(found: re.Match[str], key: str) -> Event:
    """Return the terms of a block, those that are not the usual ones."""
    terms: Event = {}
    if found['until']:
        terms['expiry'] = stamp(read_time(found['until'], key))
    if found['partial']:
        terms['partial'] = True
    if found['closed']:
        terms['talk-open'] = False
    return terms


def standing(events: Sequence[Event], now: datetime) -> list[Event]:
    """Return the block that stands after all that the log tells, if one does."""
    if not events or events[-1]['action'] == 'unblock':
        return []
    last = events[-1]
    if last.get('expiry') is not None and last['expiry'] <= stamp(now):
        return []
    stands: Event = {'since': last['time']}
    return [stands | {key: last[key] for key in ('expiry', 'partial', 'talk-open') if key in last}]


def stamp(time: datetime) -> str:
    """Write a time as recorded facts do."""
    return f'{time:%Y-%m-%dT%H:%M:%SZ}'
