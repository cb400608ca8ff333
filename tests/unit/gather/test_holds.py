"""Whether people hold a page of the bot's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from globalban_bot.errors import WikiError
from globalban_bot.gather.holds import REARMED, read_hold
from globalban_bot.model.gate import Hold

BOT = 'Facts bot'
CLOCK = '2027-05-03T12:00:00Z'
Entry = tuple[str, str | None, str]


class History:
    """A hand-made stand-in for a wiki that tells the history and the log of one page.

    :param revisions: newest first: when, who (None: hidden), with which summary
    :param events: newest first: when, who, of which type
    :param parts: the answer instead, as it comes
    """

    home = 'https://meta.example'

    def __init__(
        self,
        revisions: list[Entry] | None = None,
        events: Sequence[Entry] = (),
        parts: Any = None,
    ) -> None:
        page: dict[str, Any] = {'title': 'Plan'}
        if revisions is None:
            page['missing'] = True
        else:
            page['revisions'] = [_line(one, 'comment') for one in revisions]
        events_ = [_line(one, 'type') for one in events]
        whole = {'curtimestamp': CLOCK, 'query': {'pages': [page], 'logevents': events_}}
        self._parts = [whole] if parts is None else parts

    def query(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        assert (server, parameters['titles'], parameters['letitle']) == (self.home, 'Plan', 'Plan')
        if isinstance(self._parts, Exception):
            raise self._parts
        yield from self._parts

    def action(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        raise AssertionError((server, holds, parameters))


def _line(entry: Entry, key: str) -> dict[str, Any]:
    time, user, what = entry
    who = {'userhidden': True} if user is None else {'user': user}
    return {'timestamp': f'2027-05-{time}:00Z', **who, key: what}


MADE: Entry = ('01T10:00', BOT, 'Plan of notices')
REARM: Entry = ('02T10:00', BOT, f'Plan of notices {REARMED}')
#: What the case shows, revisions and log entries newest first, and how the page stands.
CASES: list[tuple[str, list[Entry] | None, list[Entry], Hold]] = [
    ('a page that was never made', None, [], Hold.NONE),
    ('edits of the bot', [('02T10:00', BOT, 'x'), MADE], [], Hold.NONE),
    ('an edit by a person', [('02T10:00', 'Reader', 'x'), MADE], [], Hold.HELD),
    ('an edit that was taken back', [('02T11:00', BOT, 'x'), ('02T10:00', 'A', ''), MADE], [], Hold.HELD),
    ('an edit whose account is hidden', [('02T10:00', None, 'x'), MADE], [], Hold.HELD),
    ('a page that a person made first', [('02T10:00', BOT, 'x'), ('01T09:00', 'A', '')], [], Hold.HELD),
    ('a deletion', None, [('02T10:00', 'Admin', 'delete')], Hold.HELD),
    ('a deletion and a restoration', [MADE], [('02T10:00', 'Admin', 'delete')], Hold.HELD),
    ('a move', [MADE], [('02T10:00', 'Mover', 'move')], Hold.HELD),
    ('a deletion by a hidden account', [MADE], [('02T10:00', None, 'delete')], Hold.HELD),
    ('a deletion by the bot itself', None, [('02T10:00', BOT, 'delete')], Hold.NONE),
    ('a message that was sent to the list', [MADE], [('02T10:00', 'Sender', 'massmessage')], Hold.NONE),
    ('a hold that the operator lifted', [REARM, ('01T11:00', 'Reader', 'x'), MADE], [], Hold.NONE),
    ('a deletion before the operator lifted it', [REARM, MADE], [('01T11:00', 'Admin', 'delete')], Hold.NONE),
    ('an edit after that', [('03T10:00', 'Reader', 'x'), REARM, ('01T11:00', 'A', 'x')], [], Hold.HELD),
    ('a deletion after that', [REARM, MADE], [('02T11:00', 'Admin', 'delete')], Hold.HELD),
    ('a deletion in the same second', [REARM, MADE], [('02T10:00', 'Admin', 'delete')], Hold.HELD),
    ('a summary that a person copied', [('02T10:00', 'Reader', f'x {REARMED}'), MADE], [], Hold.HELD),
    ('a summary that mentions it', [('02T10:00', BOT, f'{REARMED} x'), ('01T11:00', 'A', '')], [], Hold.HELD),
]


@pytest.mark.parametrize(('it', 'revisions', 'events', 'hold'), CASES, ids=[case[0] for case in CASES])
def test_hold(it: str, revisions: list[Entry] | None, events: list[Entry], hold: Hold) -> None:
    """It should tell by history and log whether people hold a page, and tell the clock of the wiki."""
    reading = read_hold(History(revisions, events), 'Plan', BOT)
    assert (reading.hold, reading.at) == (hold, datetime(2027, 5, 3, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ('revision', 'event', 'shown'),
    [
        ({'user': 'Reader', 'revid': 31}, None, 'Special:Diff/31'),
        (None, {'user': 'Mover', 'type': 'move', 'logid': 7}, 'Special:Redirect/logid/7'),
        ({'user': 'Reader'}, None, None),
        ({'user': BOT, 'revid': 32}, None, None),
    ],
)
def test_shown(revision: dict[str, Any] | None, event: dict[str, Any] | None, shown: str | None) -> None:
    """It should name the special page that shows who holds a page, and by what."""
    page: dict[str, Any] = {'missing': True} if revision is None else {'revisions': [at_noon(revision)]}
    events = [] if event is None else [at_noon(event)]
    whole = {'pages': [page], 'logevents': events}
    assert read_hold(History(parts=[{'curtimestamp': CLOCK, 'query': whole}]), 'Plan', BOT).change == shown


def at_noon(entry: dict[str, Any]) -> dict[str, Any]:
    return {**entry, 'timestamp': CLOCK}


def test_hidden_type() -> None:
    """It should take a log entry whose type is hidden for a hold."""
    whole = {'pages': [{'missing': True}], 'logevents': [{'timestamp': CLOCK, 'user': 'A'}]}
    found = read_hold(History(parts=[{'curtimestamp': CLOCK, 'query': whole}]), 'Plan', BOT)
    assert found.hold is Hold.HELD


def test_several_parts() -> None:
    """It should read a long history to its end, however the answer is divided."""
    first = {'pages': [{'revisions': [_line(MADE, 'comment')]}], 'logevents': []}
    old = {'pages': [{'revisions': [_line(('01T09:00', 'Reader', 'x'), 'comment')]}]}
    gone = {'logevents': [_line(('01T09:00', 'Admin', 'delete'), 'type')]}
    for later in (old, gone):
        parts = [{'curtimestamp': CLOCK, 'query': first}, {'query': later}]
        assert read_hold(History(parts=parts), 'Plan', BOT).hold is Hold.HELD


ODD: list[Any] = [
    WikiError('no answer'),
    [],
    [{}],
    [{'query': {}}],
    [{'curtimestamp': CLOCK, 'query': {'pages': []}}],
    [{'curtimestamp': CLOCK, 'query': {'logevents': []}}],
    [{'query': {'pages': [{'missing': True}], 'logevents': []}}],
    [{'curtimestamp': CLOCK, 'query': {'pages': [{}], 'logevents': []}}],
    [{'curtimestamp': 'now', 'query': {'pages': [{'missing': True}], 'logevents': []}}],
    [{'curtimestamp': CLOCK, 'query': {'pages': 'x', 'logevents': []}}],
    [{'curtimestamp': CLOCK, 'query': {'pages': [{'revisions': [5]}], 'logevents': []}}],
    [{'curtimestamp': CLOCK, 'query': {'pages': [{'missing': True}], 'logevents': None}}],
]


@pytest.mark.parametrize('parts', ODD)
def test_odd_answers(parts: Any) -> None:
    """It should not know whether a page is held where the answer cannot be understood."""
    reading = read_hold(History(parts=parts), 'Plan', BOT)
    assert (reading.hold, reading.at) == (Hold.NOT_KNOWN, None)
