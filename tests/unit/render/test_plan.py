"""A plan for the terminal."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import EditReason, PageEdit, Plan, SkippedPage, SkipReason
from globalban_bot.render.plan import diff, render_plan

NOW = datetime(2027, 5, 3, 14, 5, tzinfo=UTC)


def text(body: str) -> str:
    return DesiredPage(DesiredFacts('User:Bot/7', 'aa', 'open', 1), body, NOW).text


def edit(before: str, after: str, why: EditReason = EditReason.FACTS) -> PageEdit:
    return PageEdit(CurrentPage('User:Bot/7', 70, 'Bot', NOW, before), text(after), 'A summary', why)


def test_whole_plan() -> None:
    """It should name the edits with reason and summary, the changes, and the pages that are left, and why."""
    plan = Plan(
        (edit(text('one\ntwo\nthree\n'), 'one\nzwei\nthree\n'),),
        (SkippedPage('User:Bot/8', SkipReason.HANDS_OFF), SkippedPage('User:Bot/9', SkipReason.SAME)),
    )
    assert render_plan(plan, Messages()).splitlines() == [
        'One page to edit:',
        '  User:Bot/7: the facts have changed (A summary)',
        '    @@ -1,3 +1,3 @@',
        '     one',
        '    -two',
        '    +zwei',
        '     three',
        'Left as they are:',
        '  User:Bot/8: a person has edited it; -rearm:TITLE takes it back',
    ]


def test_without_diffs() -> None:
    """It should leave the changes out where nobody reads them."""
    plan = Plan((edit(text('one\n'), 'two\n'), edit('', 'two\n', EditReason.NEW)))
    assert render_plan(plan, Messages(), diffs=False).splitlines() == [
        '2 pages to edit:',
        '  User:Bot/7: the facts have changed (A summary)',
        '  User:Bot/7: new page (A summary)',
    ]


def test_nothing_to_do() -> None:
    """It should say so where nothing is to be edited, and not name pages that are the same."""
    assert (
        render_plan(Plan((), (SkippedPage('User:Bot/7', SkipReason.SAME),)), Messages())
        == 'Nothing to edit.\n'
    )


@pytest.mark.parametrize('why', EditReason)
def test_every_reason_to_edit_has_words(why: EditReason) -> None:
    """It should have words for every reason to edit."""
    said = render_plan(Plan((edit('', 'a', why),)), Messages(), diffs=False)
    assert len(said.splitlines()) == 2
    assert ':  (' not in said


@pytest.mark.parametrize('reason', [one for one in SkipReason if one is not SkipReason.SAME])
def test_every_reason_to_leave_has_words(reason: SkipReason) -> None:
    """It should have words for every reason to leave a page."""
    said = render_plan(Plan((), (SkippedPage('User:Bot/7', reason),)), Messages())
    assert '  User:Bot/7: ' in said.splitlines()[-1]


def test_new_page() -> None:
    """It should show all lines of a new page as coming."""
    assert [*diff(edit('', 'one\ntwo\n', EditReason.NEW))] == ['@@ -0,0 +1,2 @@', '+one', '+two']


def test_marker_is_no_change() -> None:
    """It should not show the marker, which changes each time."""
    assert [*diff(edit(text('one\n').replace('aa', 'bb'), 'one\n'))] == []


def test_lines_that_look_like_changes() -> None:
    """It should tell what stays from what goes or comes, whatever a line begins with."""
    assert [*diff(edit(text('- a\n+ b\n--- c\nold\n'), '- a\n+ b\n--- c\nnew\n'))] == [
        '@@ -3,2 +3,2 @@',
        ' --- c',
        '-old',
        '+new',
    ]


def test_control_characters() -> None:
    """It should write no control character to a terminal, and cut endless lines."""
    lines = [*diff(edit(text('\x1b[31mred\x07\u202e\n'), 'a' * 5000))]
    assert lines[1] == '-[31mred'
    assert len(lines[2]) == 501
