"""The board: the list of requests."""

from __future__ import annotations

from dataclasses import replace

import mwparserfromhell
import pytest

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.state import Phase, RequestState, Status
from globalban_bot.model.tally import Tally
from globalban_bot.model.vote import Doubt
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.board import (
    board_facts,
    board_standing,
    in_order,
    render_board,
    row_of,
)
from tests.unit.decide.made import at, closed_at, entry, tallied

META = load_profile('meta')


def board(*found: Tally) -> str:
    return render_board([row_of(one) for one in found], META, Messages(), at(9))


def rows(text: str) -> list[list[str]]:
    return [row.strip().split('\n') for row in text.split('|-\n')[2:]]


def test_empty() -> None:
    """It should be a whole table when there is no request."""
    assert board() == (
        '<div class="globalban-board mw-content-ltr" lang="en" dir="ltr">\n'
        '{{#ifeq: {{#ifeq: {{PAGESIZE:User:Request facts bot/Run|R}} | 3 | {{User:Request facts bot/Run}} }}'
        ' | run |  | <p>The bot is stopped ([[User:Request facts bot/Run|stop page]]): this list and the'
        ' boxes may be out of date. An operator, an administrator or a steward can start it again.</p> }}\n'
        "'''Global ban requests''', as of 12:00, 9 May 2027 (UTC). Made by a bot from public pages;"
        ' the order says nothing.\n'
        '{| class="wikitable sortable"\n'
        '|+ Global ban requests\n'
        '|-\n'
        '! scope="col" | Request\n'
        '! scope="col" | Facts\n'
        '! scope="col" | Status\n'
        '! scope="col" | Opened\n'
        '|}\n'
        '<p>[[:Category:Global ban notices ready to send|Notices that are ready to be sent]]</p>\n'
        '</div><noinclude>__NOINDEX__</noinclude>\n'
    )


def test_ready() -> None:
    """It should link the plan of a request whose notices can be sent, and tell that at once."""
    row = row_of(tallied(entry(1)))
    ready = replace(row, ready=True)
    link = '[[User:Request facts bot/Request/7/Notices|notices ready to send]]'
    assert f'| open; {link}\n' in render_board([ready], META, Messages(), at(9))
    assert link not in render_board([row], META, Messages(), at(9))
    assert board_facts([ready]) != board_facts([row])
    assert board_standing([ready]) != board_standing([row])


def test_row() -> None:
    """It should link request and box by the page id, and say when it was opened and how it stands."""
    assert rows(board(tallied(entry(1, doubt=Doubt.SPLIT)))) == [
        [
            '! scope="row" | [[Special:Redirect/page/7|<bdi>Global ban for Bel</bdi>]]',
            '| data-sort-value="1" | [[User:Request facts bot/Request/7|1 to look at]]',
            '| open',
            '| data-sort-value="2027-05-01 12:00" | 12:00, 1 May 2027 (UTC)',
            '|}',
            '<p>[[:Category:Global ban notices ready to send|Notices that are ready to be sent]]</p>',
            '</div><noinclude>__NOINDEX__</noinclude>',
        ]
    ]


#: How many entries are to be looked at, and what links the box then.
LOOKS = {0: 'facts', 1: '1 to look at', 2: '2 to look at', 12: '12 to look at'}


@pytest.mark.parametrize(('number', 'shown'), LOOKS.items())
def test_link_to_the_box(number: int, shown: str) -> None:
    """It should lead to the facts about each request, and sort by what is to look at there, as a number."""
    found = tallied(*(entry(at, f'Ada {at}', doubt=Doubt.SPLIT) for at in range(1, number + 1)), page_id=23)
    link = f'[[User:Request facts bot/Request/23|{shown}]]'
    assert rows(board(found))[0][1] == f'| data-sort-value="{number}" | {link}'


def test_times_are_sorted_as_times() -> None:
    """It should sort cells with a time by the time, and those without one by their text."""
    row = rows(board(tallied(state=closed_at(at(8, 9)))))[0]
    assert row[2] == '| data-sort-value="2027-05-08 09:00" | closed 09:00, 8 May 2027 (UTC)'


def test_no_counts() -> None:
    """It should hold no count of an open request."""
    few, many = tallied(entry(1)), tallied(*(entry(n, f'Ada {n}') for n in range(1, 50)))
    assert board(few) == board(many)


def test_unknown() -> None:
    """It should say where it is not known when a request was opened, and not link without a page id."""
    row = rows(board(tallied(entry(1, doubt=Doubt.SPLIT), opened=None, page_id=None)))[0]
    assert row[:4] == [
        '! scope="row" | <bdi>Global ban for Bel</bdi>',
        '| data-sort-value="1" | 1 to look at',
        '| open',
        '| not known',
    ]


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
        tallied(
            title=title,
            opened=at(opened) if opened else None,
            state=closed_at(at(closed)) if closed else RequestState(),
        )
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


def test_order_of_equals() -> None:
    """It should put the higher page id first among requests of one moment, however they were listed."""
    found = [tallied(title=f'R/{number}', page_id=number) for number in (1, 3, 2)]
    assert [one.request.page_id for one in in_order(found)] == [3, 2, 1]
    assert board(*found) == board(*reversed(found))


OPEN = tallied(entry(1))
STATED = RequestState(Phase.CLOSING_STATED, Status.INVALID, 'invalid', since=at(8))
#: What may change between two runs; whether the facts of the board change, and whether its standing does.
CHANGES = {
    'nothing': ([OPEN], False, False),
    'a vote more': ([tallied(entry(1), entry(2, 'Cid'))], False, False),
    'an entry to look at': ([tallied(entry(1, doubt=Doubt.SPLIT))], True, False),
    'another title': ([tallied(entry(1), title='R/Moved')], True, False),
    'a closing stated': ([tallied(entry(1), state=STATED)], True, True),
    'closed': ([tallied(entry(1), state=closed_at(at(8)))], True, True),
    'one more request': ([OPEN, tallied(page_id=8)], True, True),
    'none any more': ([], True, True),
}


@pytest.mark.parametrize(('found', 'facts', 'standing'), CHANGES.values(), ids=CHANGES)
def test_what_is_compared(found: list[Tally], facts: bool, standing: bool) -> None:
    """It should tell what a reader of the board cares about, and what is made known at once."""
    before, after = [row_of(OPEN)], [row_of(one) for one in found]
    assert (board_facts(before) != board_facts(after)) is facts
    assert (board_standing(before) != board_standing(after)) is standing


def test_note() -> None:
    """It should have a note above the table, and tell of it as news that does not wait."""
    rows = [row_of(OPEN)]
    text = render_board(rows, META, Messages(), at(9), 'Something is to be noted.')
    assert '\n\nSomething is to be noted.\n{| ' in text
    assert text.replace('\nSomething is to be noted.\n', '', 1) == render_board(rows, META, Messages(), at(9))
    assert board_facts(rows, problem='noted') != board_facts(rows)
    assert board_standing(rows, 'noted') != board_standing(rows)
