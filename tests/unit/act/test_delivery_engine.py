"""What all engines have in common."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.act.delivery_engine import left
from globalban_bot.model.notice import Delivery, Notice, Sent
from tests.unit.render.notices import notice, target

NOTICES = [notice(target(wiki)) for wiki in ('dewiki', 'frwiki', 'eswiki')]


@given(st.lists(st.sampled_from(NOTICES)), st.text())
def test_left(notices: list[Notice], reason: str) -> None:
    """It should tell of each notice that it was not sent, in their order, and why."""
    assert [*left(notices, reason)] == [Delivery(one, Sent.LEFT, reason) for one in notices]
