"""Tables for the terminal."""

from __future__ import annotations

import unicodedata

import pytest
from rich.cells import cell_len

from globalban_bot.decide.tally import tally
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.vote import Doubt
from globalban_bot.render.terminal import WIDTH, render_board_table, render_table
from tests.unit.decide.made import OPPOSE, at, closed_at, closed_head, entry, proposal, request, tallied

#: Titles that a terminal must not act on, and what is to be seen of them.
HOSTILE = {
    'escape sequence': ('Ban \x1b[31mred\x1b[0m', 'Ban [31mred[0m'),
    'escape sequence in one character': ('Ban \x9b31mred', 'Ban 31mred'),
    'window title': ('Ban \x1b]0;evil\x07', 'Ban ]0;evil'),
    'rich markup': ('Ban [bold red]x[/bold red] [link=#]y[/link]', None),
    'rich markup that is not closed': ('Ban [/] [/bold]', None),
    'rich emoji': ('Ban :smile:', None),
    'line breaks': ('Ban\r\nof\nBel', 'Ban of Bel'),
    'turned around': ('Ban \u202eleB\u202c', 'Ban leB'),
    'backspace': ('Ban \x08\x08\x08x', 'Ban x'),
    'wide letters': ('全域封禁请求', None),
    'Arabic': ('حظر عالمي', None),
}


def has_controls(text: str) -> bool:
    return any(unicodedata.category(char) == 'Cc' for char in text.replace('\n', ''))


@pytest.mark.parametrize(('title', 'shown'), HOSTILE.values(), ids=HOSTILE)
def test_title_is_literal(title: str, shown: str | None) -> None:
    """It should show a title as it is: nothing in it drives the terminal or the library."""
    for text in (
        render_table(tallied(title=f'R/{title}'), Messages()),
        render_board_table([tallied(title=f'R/{title}')], Messages()),
        render_table(tally(request(proposal(heading=title))), Messages()),
        render_table(tallied(warnings=(title,)), Messages()),
    ):
        assert (shown or title) in ' '.join(text.split())
        assert not has_controls(text)


def test_table() -> None:
    """It should give the counts, one row a question, and below what needs a person's look."""
    page = request(
        proposal(entry(1), entry(2, 'Bel', OPPOSE), entry(3, 'Cid', doubt=Doubt.SPLIT), heading='One'),
        proposal(heading=None),
        warnings=('odd',),
    )
    lines = [line.split() for line in render_table(tally(page), Messages()).split('\n')]
    assert ['Proposal', 'Support', 'Oppose', 'Neutral', 'To', 'look', 'at'] in lines
    assert ['One', '1', '1', '0', '1'] in lines
    assert ['–', '0', '0', '0', '0'] in lines
    assert "Needs a person's look (lines of the wikitext): line 3 (unclear: not counted)".split() in lines
    assert ['!', 'odd'] in lines


def test_board() -> None:
    """It should list requests in the order of the board."""
    found = [
        tallied(title='R/Old', state=closed_at(at(8)), head=closed_head()),
        tallied(title='R/Unknown', opened=None),
        tallied(title='R/New'),
    ]
    lines = render_board_table(found, Messages()).split('\n')
    rows = [line.split() for line in lines if '  ' in line.strip() or line.strip().startswith('Unknown')]
    assert [row[0] for row in rows if row[0] in {'Old', 'New', 'Unknown'}] == ['New', 'Unknown', 'Old']
    assert any('open' in row and 'New' in row for row in rows)


def test_empty_board() -> None:
    """It should show a table without rows."""
    assert 'Global ban requests' in render_board_table([], Messages())


@pytest.mark.parametrize('title', ['全' * 300, 'a' * 300, 'ab ' * 100, '👩\u200d💻' * 80, 'e\u0301' * 300])
def test_width(title: str) -> None:
    """It should keep to the width, counted as a terminal counts it, without blanks at the ends."""
    for text in (
        render_table(tallied(title=title, warnings=(title,)), Messages()),
        render_board_table([tallied(title=title)], Messages()),
    ):
        assert all(cell_len(line) <= WIDTH for line in text.split('\n'))
        assert all(line == line.rstrip() for line in text.split('\n'))
        assert text.endswith('\n')


def test_columns_stand_below_each_other() -> None:
    """It should align the numbers where headings are of wide letters."""
    page = request(proposal(entry(1), heading='全域封禁'), proposal(entry(1), heading='abcdefgh'))
    rows = [line for line in render_table(tally(page), Messages()).split('\n') if line.endswith('0')]
    assert len(rows) == 2
    assert len({cell_len(row) for row in rows}) == 1
