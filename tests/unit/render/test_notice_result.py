"""The page that shows what became of a plan of notices."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.notice import Delivery, Sent
from globalban_bot.render.notice_result import render_notice_result
from tests.unit.render.notices import EVIL, HOSTILE, SKIPS, WHEN, deliveries, evil_plan, holds_still

M = Messages()


def test_result() -> None:
    """It should name what was not delivered first, with the reason, and link what was."""
    said = render_notice_result(12, deliveries(), SKIPS, M, WHEN)
    assert (
        '* 1 delivered; 1 there already; 1 refused by the wiki; 1 not sent, as the delivery was stopped'
        in said
    )
    assert '| refused by the wiki (protected)\n' in said
    assert '| [https://de.wikipedia.org/wiki/Special:Diff/5 delivered]\n' in said
    assert said.index('(protected)') < said.index('the wiki is closed') < said.index('Special:Diff/5')
    assert 'Invented' not in said
    assert said.endswith('</div><noinclude>__NOINDEX__</noinclude>\n')
    assert '{|' not in render_notice_result(12, [], (), M, WHEN)
    assert '* 0 delivered.\n' in render_notice_result(12, [], (), M, WHEN)


@given(HOSTILE | st.sampled_from(EVIL))
def test_hostile(text: str) -> None:
    """It should show titles and reasons from other wikis, and never let them act or ping."""
    results = [Delivery(one, Sent.REFUSED, text) for one in evil_plan(text).notices]
    holds_still(render_notice_result(12, results, evil_plan(text).skipped, M, WHEN))


@given(st.permutations(deliveries()))
def test_order(given_in: list[Delivery]) -> None:
    """It should name what was not delivered before the rest, in whatever order it was tried."""
    said = render_notice_result(12, given_in, SKIPS, M, WHEN)
    undone = [said.index(one) for one in ('| refused', '| not sent', 'the wiki is closed')]
    done = [said.index(one) for one in ('Special:Diff/5 delivered', '| there already')]
    assert max(undone) < min(done)
