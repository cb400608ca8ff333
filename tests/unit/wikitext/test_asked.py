"""Questions in the history of a talk page: which revision first held each, and whether it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.model.command import CommandName
from globalban_bot.model.revision import Revision
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.asked import read_asked
from globalban_bot.wikitext.commands import CommandReader, command_reader
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.lexicon import wikimedia_lexicon
from tests.unit.made_accounts import NOW

SETTINGS = load_profile('meta').commands
assert SETTINGS is not None
ASK = SETTINGS.template
PEOPLE = ('Ada', 'Bo', 'Cid', 'Dot')
#: Two questions of one text, signed at different minutes.
A = '* {{A|recount}} [[User:Ada|Ada]] 12:00, 3 May 2027 (UTC)'
B = '* {{A|recount}} [[User:Bo|Bo]] 12:05, 3 May 2027 (UTC)'


@pytest.fixture(scope='module')
def reader() -> CommandReader:
    return made_reader()


def made_reader() -> CommandReader:
    assert SETTINGS is not None
    return command_reader(SETTINGS, wikimedia_dialect(), wikimedia_lexicon())


def page(*texts: str | None) -> list[Revision]:
    """Return a page of which revision 0 was saved by Ada, 1 by Bo, 2 by Cid and 3 by Dot."""
    return [
        Revision(
            number,
            NOW + timedelta(minutes=number),
            PEOPLE[number % 4],
            text and text.replace('{A|', f'{{{ASK}|'),
        )
        for number, text in enumerate(texts)
    ]


def found(reader: CommandReader, *texts: str | None) -> list[tuple[str, int, str | None, bool]]:
    return [
        (one.command.ask.value, one.revision, one.author, one.stands)
        for one in read_asked(page(*texts), reader)
    ]


#: Revisions of a page, and what was asked: word, revision, author, whether it stands.
HISTORIES: list[tuple[str, list[str | None], list[tuple[str, int, str | None, bool]]]] = [
    ('asked by who saved it', ['', '{{A|recount}} [[User:Dot|Dot]]'], [('recount', 1, 'Bo', True)]),
    ('edited later', ['{{A|recount}}', '{{A|recount}} x'], [('recount', 0, 'Ada', True)]),
    ('indented later', [A, f'*{A}'], [('recount', 0, 'Ada', True)]),
    (
        'a reply on its line',
        [A, f'{A} No. [[User:Bo|Bo]] 12:09, 3 May 2027 (UTC)'],
        [('recount', 0, 'Ada', True)],
    ),
    ('taken out', ['{{A|recount}}', ''], [('recount', 0, 'Ada', False)]),
    ('struck', ['{{A|recount}}', '<s>{{A|recount}}</s>'], [('recount', 0, 'Ada', False)]),
    ('struck, and then not', [A, f'<s>{A}</s>', A], [('recount', 0, 'Ada', True)]),
    ('taken out and put back', [A, '', f'x\n{A}'], [('recount', 0, 'Ada', True)]),
    (
        'without a signature: asked again when it comes back',
        ['{{A|recount}}', '', '{{A|recount}}'],
        [('recount', 0, 'Ada', False), ('recount', 2, 'Cid', True)],
    ),
    ('the same by two', [A, f'{A}\n{B}'], [('recount', 0, 'Ada', True), ('recount', 1, 'Bo', True)]),
    (
        'the first of two goes',
        [A, f'{A}\n{B}', B],
        [('recount', 0, 'Ada', False), ('recount', 1, 'Bo', True)],
    ),
    (
        'the second of two goes',
        [A, f'{A}\n{B}', A],
        [('recount', 0, 'Ada', True), ('recount', 1, 'Bo', False)],
    ),
    ('one goes as another comes', [A, B], [('recount', 0, 'Ada', False), ('recount', 1, 'Bo', True)]),
    (
        'another word',
        ['{{A|status}}', '{{A|recount}}'],
        [('status', 0, 'Ada', False), ('recount', 1, 'Bo', True)],
    ),
    (
        'another number',
        ['{{A|coverage|1}}', '{{A|coverage}}'],
        [('coverage', 0, 'Ada', False), ('coverage', 1, 'Bo', True)],
    ),
    ('twice in one edit', ['{{A|recount}}\n{{A|recount}}'], [('recount', 0, 'Ada', True)] * 2),
    ('behind a hidden text', [None, '{{A|recount}}'], [('recount', 1, None, True)]),
    ('before and behind a hidden text', [A, None, A], [('recount', 0, 'Ada', True)]),
]


@pytest.mark.parametrize(('it', 'texts', 'expected'), HISTORIES, ids=[it for it, _, _ in HISTORIES])
def test_histories(
    reader: CommandReader,
    it: str,
    texts: list[str | None],
    expected: list[tuple[str, int, str | None, bool]],
) -> None:
    """It should know which revision first held a question, and whether it stands."""
    assert found(reader, *texts) == expected


def test_older_revisions_missing(reader: CommandReader) -> None:
    """It should name nobody for what stood on the page before the revisions that were read."""
    revisions = page('{{A|recount|7}}', '{{A|recount|7}} {{A|coverage}}')
    revisions[0] = replace(revisions[0], is_first=False)
    asked = read_asked(revisions, reader)
    assert [(one.command.ask, one.author) for one in asked] == [
        (CommandName.RECOUNT, None),
        (CommandName.COVERAGE, 'Bo'),
    ]


lines = st.lists(st.sampled_from([A, B, '{{A|recount}}', f'<s>{A}</s>', 'x']), max_size=4).map('\n'.join)
histories = st.lists(st.none() | lines, min_size=1, max_size=8)


@given(histories)
def test_what_stands(texts: list[str | None]) -> None:
    """It should find as many questions standing as the newest readable text holds, each once."""
    reader = made_reader()
    asked = read_asked(page(*texts), reader)
    newest = next((one.text for one in reversed(page(*texts)) if one.text is not None), '')
    assert [one.command for one in asked if one.stands] == [*reader.read(newest or '')]
    assert [one.revision for one in asked] == sorted(one.revision for one in asked)


@given(histories, st.none() | lines)
def test_what_comes_later(texts: list[str | None], later: str | None) -> None:
    """It should not change who asked what, and when, for what is saved later."""
    reader = made_reader()
    before, after = read_asked(page(*texts), reader), read_asked(page(*texts, later), reader)
    assert [replace(one, stands=True) for one in after[: len(before)]] == [
        replace(one, stands=True) for one in before
    ]
