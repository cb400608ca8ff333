"""The page that tells which settings are in force, and the line of the board on a problem."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.gather.settings_json import parse_settings
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.settings import Flaw, InForce, Problem, Settings, Task
from globalban_bot.profiles.controls import SettingsPages
from globalban_bot.render.settings import (
    board_note,
    in_force_facts,
    problem_facts,
    read_kept,
    render_in_force,
    written,
)
from tests.unit.decide.made import at

PAGES = SettingsPages('User:B/S.json', 'User:B/F')
SET = Settings(frozenset({Task.NOTIFY}), frozenset({12, 7}), ('R/X',))
BROKEN = Problem(Flaw.BROKEN, 9, 'settings, skip: it must be a list')


def body(found: InForce) -> str:
    return render_in_force(found, PAGES, Messages(), at(9))


def test_page() -> None:
    """It should tell people what is in force, since when, what is wrong; and below that the bot itself."""
    assert body(InForce(SET, 8, BROKEN)) == (
        '<div class="globalban-settings mw-content-ltr" lang="en" dir="ltr">\n'
        "'''Settings in force''': as of 12:00, 9 May 2027 (UTC). Kept by a bot; they are made on"
        ' [[User:B/S.json]].\n'
        '* [[Special:Diff/9|Revision 9]] of the settings does not count: it is not well formed.'
        ' <bdi lang="en" dir="ltr">settings, skip: it must be a list</bdi>\n'
        '* In force since revision [[Special:Permalink/8|8]].\n'
        '* <code>status</code>: may run\n'
        '* <code>talk</code>: may run\n'
        '* <code>notify</code>: is switched off\n'
        '* Requests that are left alone: [[Special:Redirect/page/7|7]], [[Special:Redirect/page/12|12]]\n'
        '* Requests whose titles have another form: [[:R/X|<bdi>R/X</bdi>]]\n'
        '</div><noinclude>__NOINDEX__</noinclude>\n'
        '<!-- settings 8 {"run": {"notify": false}, "skip": [7, 12], "extra": ["R/X"]} -->\n'
    )


def test_defaults() -> None:
    """It should say so where the defaults are in force, and keep nothing then."""
    text = body(InForce(problem=BROKEN))
    assert '* The defaults are in force.' in text
    assert '* Requests that are left alone: none' in text
    assert read_kept(text) is None


HOSTILE = ["''a''", '-->', '~~~~', '{{x}}', '[[x]]', '<b>', '\u202ea', '| b', '\n== c ==']


@pytest.mark.parametrize('detail', HOSTILE)
def test_hostile_detail(detail: str) -> None:
    """It should show what is wrong as it is, and on one line."""
    text = body(InForce(problem=Problem(Flaw.BROKEN, 9, f'x {detail}')))
    assert text.count('\n') == body(InForce(problem=BROKEN)).count('\n')
    assert f'x {detail}' not in text


SETTINGS = st.builds(
    Settings,
    st.frozensets(st.sampled_from(Task)),
    st.frozensets(st.integers(1, 2**32 - 1)),
    st.lists(st.from_regex(r'\AR/[A-Za-z0-9\u00e4\u05d0 ().,:!=-]{0,20}x\Z'), max_size=3).map(tuple),
)


@given(SETTINGS, st.integers(1, 10**9))
def test_kept(settings: Settings, revision: int) -> None:
    """It should keep settings so that they can be read again, by the same rules as their page."""
    kept = read_kept(body(InForce(settings, revision)))
    assert kept is not None
    again = parse_settings(kept[1], 'R/')
    assert (kept[0], again.off, again.skip) == (revision, settings.off, settings.skip)
    assert set(again.extra) == {' '.join(title.split()) for title in settings.extra}


def test_nothing_ends_the_comment() -> None:
    """It should write settings so that no title could end the comment in which they stand."""
    assert '>' not in written(Settings(extra=('a --> b',)))
    assert '<' not in written(Settings(extra=('<!-- b',)))


#: What may change between two runs; whether people care on the page of settings, and whether on the board.
BEFORE = InForce(SET, 8)
CHANGES: dict[str, tuple[InForce, bool, bool]] = {
    'nothing': (BEFORE, False, False),
    'a revision that sets the same': (InForce(SET, 9), False, False),
    'other settings': (InForce(Settings(), 9), True, False),
    'the defaults': (InForce(), True, False),
    'a problem': (InForce(SET, 8, BROKEN), True, True),
}


@pytest.mark.parametrize(('after', 'page', 'board'), CHANGES.values(), ids=CHANGES)
def test_what_is_compared(after: InForce, page: bool, board: bool) -> None:
    """It should tell what readers care about: settings and problem, on the board the problem alone."""
    assert (in_force_facts(BEFORE) != in_force_facts(after)) is page
    assert (problem_facts(BEFORE) != problem_facts(after)) is board


def test_another_problem() -> None:
    """It should compare the revision and the kind of a problem."""
    others = [Problem(Flaw.BROKEN, 10), Problem(Flaw.TOO_LONG, 9), Problem(Flaw.MISSING)]
    told = {problem_facts(InForce(SET, 8, one)) for one in (BROKEN, *others)}
    assert len(told) == 4


def test_empty_settings_are_not_the_defaults() -> None:
    """It should tell settings that were made, but set nothing, from none."""
    assert in_force_facts(InForce(Settings(), 8)) != in_force_facts(InForce())


#: What is in force, and the line of the board.
NOTES: list[tuple[InForce, str]] = [
    (BEFORE, ''),
    (
        InForce(SET, 8, BROKEN),
        '[[Special:Diff/9|Revision 9]] of the settings does not count: it is not well formed.'
        ' [[User:B/F|What was set before]] stays in force.',
    ),
    (
        InForce(problem=Problem(Flaw.NOT_TRUSTED, 9)),
        '[[Special:Diff/9|Revision 9]] of the settings does not count: it was saved by an account that is not'
        ' one of those who make the settings. The defaults are in force.',
    ),
    (
        InForce(SET, 8, Problem(Flaw.MISSING)),
        'The page of settings is missing. [[User:B/F|What was set before]] stays in force.',
    ),
]


@pytest.mark.parametrize(('found', 'line'), NOTES)
def test_note(found: InForce, line: str) -> None:
    """It should name the revision and what holds instead, and nobody."""
    assert board_note(found, PAGES, Messages()) == line
