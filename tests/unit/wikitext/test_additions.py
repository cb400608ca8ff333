"""What revisions added, and whether it stands."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.model.revision import Revision
from globalban_bot.wikitext.additions import additions
from tests.unit.made_accounts import NOW

PEOPLE = ('Ada', 'Bo', 'Cid', 'Dot')


def page(*texts: str | None) -> list[Revision]:
    """Return revisions, the first by Ada, the next by Bo; each letter is a thing."""
    return [
        Revision(number, NOW + timedelta(minutes=number), PEOPLE[number % 4], text, is_first=number == 0)
        for number, text in enumerate(texts)
    ]


def told(revisions: list[Revision]) -> list[tuple[str, str | None, bool]]:
    return [(one.thing, one.revision.user, one.stands) for one in additions(revisions, list)]


#: Texts of a page, and what was added, by whom, and whether it stands.
TABLE: list[tuple[str, list[str | None], list[tuple[str, str | None, bool]]]] = [
    ('nothing of no page', [], []),
    ('what the first revision has', ['ab'], [('a', 'Ada', True), ('b', 'Ada', True)]),
    ('nothing by who only edits', ['a', 'a', 'a'], [('a', 'Ada', True)]),
    ('nothing by who puts it in another order', ['ab', 'ba'], [('a', 'Ada', True), ('b', 'Ada', True)]),
    ('each by who added it', ['a', 'ab'], [('a', 'Ada', True), ('b', 'Bo', True)]),
    ('a second one of the same form', ['a', 'aa'], [('a', 'Ada', True), ('a', 'Bo', True)]),
    ('what was taken out as gone', ['a', ''], [('a', 'Ada', False)]),
    ('what was put back as added anew', ['a', '', 'a'], [('a', 'Ada', False), ('a', 'Cid', True)]),
    (
        'no two apart, one of which was taken out',
        ['aa', 'a'],
        [('a', 'Ada', False), ('a', 'Ada', False)],
    ),
    (
        'what stands though another was taken out',
        ['ab', 'b'],
        [('a', 'Ada', False), ('b', 'Ada', True)],
    ),
    ('all as gone where a text is hidden', ['ab', None], [('a', 'Ada', False), ('b', 'Ada', False)]),
    (
        'as of nobody what stands there after a hidden text',
        ['a', None, 'ab', 'abc'],
        [('a', 'Ada', False), ('a', None, True), ('b', None, True), ('c', 'Dot', True)],
    ),
    ('as of nobody what stands there first after two', [None, None, 'a'], [('a', None, True)]),
    ('who cleared the page as known', ['a', '', 'b'], [('a', 'Ada', False), ('b', 'Cid', True)]),
]


@pytest.mark.parametrize(('it', 'texts', 'expected'), TABLE, ids=[it for it, _, _ in TABLE])
def test_additions(it: str, texts: list[str | None], expected: list[tuple[str, str | None, bool]]) -> None:
    """It should tell what was added, by whom, and whether it stands."""
    assert told(page(*texts)) == expected


def test_older_revisions_missing() -> None:
    """It should take what the first known revision has for nobody's, and what follows for somebody's."""
    revisions = page('a', 'ab')
    revisions[0] = replace(revisions[0], is_first=False)
    assert told(revisions) == [('a', None, True), ('b', 'Bo', True)]


def test_time_of_nobody() -> None:
    """It should keep id and time of the revision where it names nobody."""
    (found,) = additions([replace(page('a')[0], is_first=False)], list)
    assert (found.revision.id, found.revision.time) == (0, NOW)


texts = st.lists(st.text('abc', max_size=4) | st.none(), max_size=8)


@given(texts)
def test_what_stands_is_there(found: list[str | None]) -> None:
    """It should let stand no more of a form than the newest text has."""
    revisions = page(*found)
    stands = Counter(one.thing for one in additions(revisions, list) if one.stands)
    assert stands <= Counter(revisions[-1].text or '' if revisions else '')


@given(texts, st.sampled_from(PEOPLE))
def test_saved_again(found: list[str | None], who: str) -> None:
    """It should find nothing new in a revision that leaves the text as it is, whoever saves it."""
    revisions = page(*found, 'ab')
    again = replace(revisions[-1], id=99, user=who)
    assert additions([*revisions, again], list) == additions(revisions, list)


@given(texts, texts)
def test_later_revisions(found: list[str | None], later: list[str | None]) -> None:
    """It should not change its mind on who added what, whatever is saved later."""
    before, after = told(page(*found)), told(page(*found, *later))
    assert [one[:2] for one in after[: len(before)]] == [one[:2] for one in before]
    assert all(was or not now for (*_, was), (*_, now) in zip(before, after, strict=False))
