"""What a run wants to do."""

from __future__ import annotations

from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.plan import EditReason, PageEdit, Plan, SkippedPage, SkipReason


def plan(title: str, text: str) -> Plan:
    state = CurrentPage(title, 7, 'Bot', text='before')
    return Plan(
        (PageEdit(state, text, 'summary', EditReason.FACTS),),
        (SkippedPage(title, SkipReason.SAME),),
        {title: state},
    )


def test_with_more() -> None:
    """It should put one plan behind another, and lose nothing of either."""
    one, other = plan('A', 'a'), plan('B', 'b')
    both = one.with_more(other)
    assert [edit.title for edit in both.edits] == [left.title for left in both.left] == ['A', 'B']
    assert both.states == {**one.states, **other.states}
    assert one.with_more(Plan()) == Plan().with_more(one) == one


def test_after() -> None:
    """It should tell of a page after its edit the new text alone: who saves it as what is not known yet."""
    (edit,) = plan('A', 'a').edits
    assert edit.after == CurrentPage('A', text='a')
