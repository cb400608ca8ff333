"""Leaving the delivery to a person."""

from __future__ import annotations

import pytest

from globalban_bot.act.by_hand import ByHandEngine
from globalban_bot.model.notice import Sent
from tests.unit.render.notices import notice, target


def test_nothing_is_sent() -> None:
    """It should leave each notice to be given by hand, and ask nobody whether it may write."""

    def before_each() -> None:
        pytest.fail('something is to be written')

    notices = [notice(), notice(target('frwiki'))]
    found = [*ByHandEngine().deliver(notices, before_each)]
    assert [one.notice for one in found] == notices
    assert {(one.sent, one.reason) for one in found} == {(Sent.LEFT, 'by hand')}
