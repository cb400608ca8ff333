"""The log of MassMessage; answers in the form of the API (API:Logevents)."""

from __future__ import annotations

import pytest

from globalban_bot.errors import WikiError
from globalban_bot.gather.sent_messages import last_sent
from tests.unit.gather.test_pages_now import Parts
from tests.unit.made_accounts import day

LIST = 'User:Request facts bot/Request/7/Targets'


def test_sent() -> None:
    """It should tell when a message was last sent, of the newest line of this very list."""
    wikis = Parts({'logevents': [{'logid': 4, 'timestamp': '2027-05-03T12:00:00Z'}]})
    assert last_sent(wikis, LIST) == day('2027-05-03T12:00')
    asked = wikis.asked[0][1]
    assert (asked['letype'], asked['letitle'], asked['lelimit']) == ('massmessage', LIST, '1')


def test_never() -> None:
    """It should tell where no message was ever sent."""
    assert last_sent(Parts({'logevents': []}), LIST) is None


@pytest.mark.parametrize('answer', [{}, {'logevents': [{}]}, {'logevents': [{'timestamp': 'x'}]}, None])
def test_unreadable(answer: dict[str, object] | None) -> None:
    """It should fail rather than take an answer that it cannot read for "never"."""
    with pytest.raises(WikiError):
        last_sent(Parts(answer), LIST)
