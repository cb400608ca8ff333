"""Which messages were sent from the lists of targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from globalban_bot.errors import WikiError
from globalban_bot.gather.sends import read_send_lines, read_sends
from globalban_bot.model.settling import Send
from globalban_bot.pages.target_list import read_target_list
from tests.unit.gather.asked import Asked
from tests.unit.made_accounts import day

LIST, BOT, WHEN = 'User:Bot/Targets/en', 'Bot', day('2027-05-03T12:00')
LINE = {
    'title': LIST, 'user': 'Ada', 'timestamp': '2027-05-03T12:00:00Z', 'comment': 'Heading',
    'params': {'revid': 5, 'pageMessage': ''},
}  # fmt: skip
BOTH = frozenset({('a.org', 'P'), ('b.org', 'Q')})
SEND = Send(LIST, 5, 'Ada', WHEN, 'Heading')


def log(*lines: Mapping[str, Any]) -> Asked:
    return Asked(lambda *_: {'query': {'logevents': [*lines]}})


def test_lines() -> None:
    """It should read the log since a moment, oldest first; a name or heading that is hidden is not known."""
    hidden: dict[str, Any] = {'title': LIST, 'timestamp': '2027-05-02T12:00:00Z', 'params': {'revid': 4}}
    hidden |= {'userhidden': True, 'commenthidden': True}
    gone = {'timestamp': '2027-05-02T13:00:00Z', 'actionhidden': True}
    asked = log(LINE, gone, hidden)
    since = day('2027-05-01T10:00')
    assert read_send_lines(asked, since) == (Send(LIST, 4, None, day('2027-05-02T12:00'), None), SEND)
    assert asked.questions[0][1]['leend'] == '2027-05-01T10:00:00Z'


@pytest.mark.parametrize(
    'answer', [None, {}, {'query': {}}, {'query': {'logevents': [{'params': {'a': 1}}]}}]
)
def test_odd(answer: Any) -> None:
    """It should not take an odd answer for one that nothing was sent."""
    with pytest.raises(WikiError):
        read_send_lines(Asked(lambda *_: answer), WHEN)


@pytest.mark.parametrize(
    ('text', 'user', 'targets', 'by_bot'),
    [
        ('* a.org: {{#target:P|a.org}}', BOT, frozenset({('a.org', 'P')}), True),
        (
            '{{#target:P|a.org}} {{#target:Q|b.org}}',
            'Ada',
            frozenset({('a.org', 'P'), ('b.org', 'Q')}),
            False,
        ),
        ('', BOT, frozenset(), True),
        ('{{#target:P|a.org}} {{Target|Q|b.org}}', BOT, None, True),
        ('{{#target:P}}', BOT, None, True),
        (None, BOT, None, True),
    ],
)
def test_sends(text: str | None, user: str, targets: frozenset[tuple[str, str]] | None, by_bot: bool) -> None:
    """It should read the targets of the revision that was sent, and say where it cannot tell them."""
    slots = {'main': {'texthidden': True} if text is None else {'content': text}}
    page = {'pageid': 3, 'revisions': [{'revid': 5, 'user': user, 'slots': slots}]}
    asked = Asked(lambda *_: {'query': {'pages': [page]}})
    assert read_sends(asked, [SEND], BOT, read_target_list) == (
        Send(LIST, 5, 'Ada', WHEN, 'Heading', targets, by_bot),
    )


def test_list_that_is_gone() -> None:
    """It should not know the targets of a list that was deleted, and ask for none where nothing was sent."""
    asked = Asked(lambda *_: {'query': {'badrevids': {'5': {'missing': True}}}})
    assert [one.targets for one in read_sends(asked, [SEND], BOT, read_target_list)] == [None]
    asked.questions.clear()
    assert read_sends(asked, [], BOT, read_target_list) == ()
    assert asked.questions == []
