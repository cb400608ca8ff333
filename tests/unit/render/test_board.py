"""The board: the list of requests."""

from __future__ import annotations

import mwparserfromhell
import pytest

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.tally import Tally
from globalban_bot.model.vote import Doubt
from globalban_bot.render.board import in_order, render_board, status_text
from tests.unit.decide.made import at, closed_head, entry, tallied


def board(*found: Tally) -> str:
    return render_board(found, Messages(), at(9))


def rows(text: str) -> list[list[str]]:
    return [row.strip().split('\n') for row in text.split('|-\n')[2:]]


def test_empty() -> None:
    """It should be a whole table when there is no request."""
    assert board() == (
        '<div class="globalban-board" lang="en">\n'
        "'''Global ban requests''', as of 12:00, 9 May 2027 (UTC). Made by a bot from public pages;"
        ' the order says nothing.\n'
        '{| class="wikitable sortable"\n'
        '|+ Global ban requests\n'
        '|-\n'
        '! scope="col" | Request\n'
        '! scope="col" | Opened\n'
        '! scope="col" | Status\n'
        '! scope="col" | To look at\n'
        '|}\n'
        '</div>__NOINDEX__\n'
    )


def test_row() -> None:
    """It should link a request by its page id, and say when it was opened and how it stands."""
    assert rows(board(tallied(entry(1, doubt=Doubt.SPLIT)))) == [
        [
            '! scope="row" | [[Special:Redirect/page/7|<bdi>Global ban for Bel</bdi>]]',
            '| 12:00, 1 May 2027 (UTC)',
            '| open',
            '| 1',
            '|}',
            '</div>__NOINDEX__',
        ]
    ]


def test_no_counts() -> None:
    """It should hold no count of an open request."""
    few, many = tallied(entry(1)), tallied(*(entry(n, f'Ada {n}') for n in range(1, 50)))
    assert board(few) == board(many)


def test_unknown_is_left_out() -> None:
    """It should leave a cell empty where the time is not known, and not link without a page id."""
    row = rows(board(tallied(opened=None, page_id=None)))[0]
    assert row[:2] == ['! scope="row" | <bdi>Global ban for Bel</bdi>', '| ']


def test_status() -> None:
    """It should say open, or when it was closed; the head's word alone closes nothing."""
    assert status_text(tallied(head=closed_head()), Messages()) == 'open'
    assert status_text(tallied(closed=at(8)), Messages()) == 'closed 12:00, 8 May 2027 (UTC)'


#: Opening and closing day of requests by title, and their order.
ORDERS: list[tuple[dict[str, tuple[int | None, int | None]], list[str]]] = [
    ({'a': (1, None), 'b': (3, None), 'c': (2, None)}, ['b', 'c', 'a']),
    ({'a': (5, 8), 'b': (1, None), 'c': (6, 7)}, ['b', 'c', 'a']),
    ({'a': (None, None), 'b': (1, None), 'c': (None, 3), 'd': (1, 2)}, ['b', 'a', 'd', 'c']),
    ({'a': (None, None), 'b': (None, None)}, ['a', 'b']),
    ({}, []),
]


@pytest.mark.parametrize(('days', 'wanted'), ORDERS)
def test_order(days: dict[str, tuple[int | None, int | None]], wanted: list[str]) -> None:
    """It should put open requests first, the newest at the top of each part, unknown times at its end."""
    found = [
        tallied(title=title, opened=at(opened) if opened else None, closed=at(closed) if closed else None)
        for title, (opened, closed) in days.items()
    ]
    assert [one.request.title for one in in_order(found)] == wanted


#: Titles, and how they stand on the board.
TITLES = [
    ('Requests for comment/Global ban for A/B', 'Global ban for A/B'),
    ('Something', 'Something'),
    ("R/It's", 'It&#39;s'),
    ('R/{{delete}}', '&#123;&#123;delete&#125;&#125;'),
    ('R/a!!b', 'a&#33;!b'),
    ('R/~~~~', '&#126;~&#126;&#126;'),
    ('R/a\u202eb', 'ab'),
    ('R/' + 'a' * 150, 'a' * 119 + '…'),
]


@pytest.mark.parametrize(('title', 'name'), TITLES)
def test_title(title: str, name: str) -> None:
    """It should show a title as it is, without its prefix, and do nothing else."""
    assert f'<bdi>{name}</bdi>' in rows(board(tallied(title=title)))[0][0]


@pytest.mark.parametrize(
    'title', ['R/Wow!!! A ban', 'R/!!!!!', "R/'''a'''", 'R/a|b]]c', 'R/</bdi><b>', 'R/-{a}-']
)
def test_hostile_title(title: str) -> None:
    """It should keep a row whole whatever the title holds."""
    row = rows(board(tallied(title=title)))[0][0]
    assert '!!' not in row, 'MediaWiki would begin a new cell'
    code = mwparserfromhell.parse(row.partition('| ')[2])
    (link,) = code.filter_wikilinks()
    assert str(link) == str(code)
    assert [str(tag.tag) for tag in code.filter_tags()] == ['bdi']
