"""Commands on talk pages; tests/cases/commands.yaml has what is one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from globalban_bot.model.approval import Word
from globalban_bot.model.command import ODD, Ask, Asked, Command
from globalban_bot.model.revision import Revision
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.commands import CommandReader, command_reader, read_asked, read_rulings, ruling_of
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.lexicon import wikimedia_lexicon
from tests.unit.made_accounts import NOW

SETTINGS = load_profile('meta').commands
assert SETTINGS is not None
ASK = SETTINGS.template
CASES: list[dict[str, Any]] = yaml.safe_load(Path('tests/cases/commands.yaml').read_text('utf-8'))
DIGEST = '0123456789ab'


@pytest.fixture(scope='module')
def reader() -> CommandReader:
    assert SETTINGS is not None
    return command_reader(SETTINGS, wikimedia_dialect(), wikimedia_lexicon())


def page(*texts: str | None) -> list[Revision]:
    people = ('Ada', 'Bo', 'Cid', 'Dot')
    return [
        Revision(number, NOW + timedelta(minutes=number), people[number % 4], text)
        for number, text in enumerate(texts)
    ]


def asked(reader: CommandReader, *texts: str | None) -> list[tuple[str, str | None, bool]]:
    return [(one.command.ask.value, one.author, one.stands) for one in read_asked(page(*texts), reader)]


@pytest.mark.parametrize('case', CASES, ids=[case['it'] for case in CASES])
def test_cases(reader: CommandReader, case: dict[str, Any]) -> None:
    """It should read from a page what its editors mean."""
    found = reader.read(case['text'].replace('{A}', ASK))
    assert [f'{one.ask.value} {one.argument}'.rstrip() for one in found] == case['read']


def test_cases_are_said_once() -> None:
    """It should describe no case twice."""
    assert len({case['it'] for case in CASES}) == len(CASES) >= 25


def test_local_names(reader: CommandReader) -> None:
    """It should read the words and the names of the template that a profile adds."""
    assert SETTINGS is not None
    words = {**SETTINGS.words, 'nachzählen': Ask.RECOUNT}
    local = replace(SETTINGS, aliases=('Template:Anfrage',), words=words)
    other = command_reader(local, wikimedia_dialect(), wikimedia_lexicon())
    assert other.read('{{anfrage|Nachzählen}}') == (Command(Ask.RECOUNT),)
    assert other.read('{{Template:Anfrage|recount}}') == (Command(Ask.RECOUNT),)
    assert reader.read('{{anfrage|Nachzählen}}') == ()


def test_place(reader: CommandReader) -> None:
    """It should tell where a command ends, behind what is hidden, too."""
    text = f'<!-- {{{{{ASK}|recount}}}} -->Bél, {{{{{ASK}|status}}}}, please'
    (one,) = reader.placed(text)
    assert (text[one.end :], one.command) == (', please', Command(Ask.STATUS))


#: Revisions of a page, and who asked what, and whether it stands.
HISTORIES: list[tuple[str, list[str | None], list[tuple[str, str | None, bool]]]] = [
    ('by who saved it', ['', '{{A|recount}} [[User:Dot|Dot]]'], [('recount', 'Bo', True)]),
    ('not by who edits later', ['{{A|recount}}', '{{A|recount}} x'], [('recount', 'Ada', True)]),
    ('not any more once taken out', ['{{A|recount}}', ''], [('recount', 'Ada', False)]),
    (
        'by who puts it back',
        ['{{A|recount}}', '', '{{A|recount}}'],
        [('recount', 'Ada', False), ('recount', 'Cid', True)],
    ),
    (
        'anew where somebody makes another of it',
        ['{{A|status}}', '{{A|recount}}'],
        [('status', 'Ada', False), ('recount', 'Bo', True)],
    ),
    (
        'anew where a number is changed',
        ['{{A|hold|1}}', '{{A|hold}}'],
        [('hold', 'Ada', False), ('hold', 'Bo', True)],
    ),
    ('twice in one edit', ['{{A|recount}}\n{{A|recount}}'], [('recount', 'Ada', True)] * 2),
    ('by nobody behind a hidden text', [None, '{{A|recount}}'], [('recount', None, True)]),
    ('not once struck', ['{{A|recount}}', '<s>{{A|recount}}</s>'], [('recount', 'Ada', False)]),
]


@pytest.mark.parametrize(('it', 'texts', 'expected'), HISTORIES, ids=[it for it, _, _ in HISTORIES])
def test_histories(
    reader: CommandReader, it: str, texts: list[str | None], expected: list[tuple[str, str | None, bool]]
) -> None:
    """It should know by the history whose a command is, and whether it stands."""
    assert asked(reader, *(text and text.replace('A|', f'{ASK}|') for text in texts)) == expected


def test_older_revisions_missing(reader: CommandReader) -> None:
    """It should name nobody for what stood on the page before the revisions that were read."""
    revisions = page(f'{{{{{ASK}|approve|{DIGEST}}}}}', f'{{{{{ASK}|approve|{DIGEST}}}}} {{{{{ASK}|hold}}}}')
    revisions[0] = replace(revisions[0], is_first=False)
    found = read_asked(revisions, reader)
    assert [(one.command.ask, one.author) for one in found] == [(Ask.APPROVE, None), (Ask.HOLD, 'Bo')]


@pytest.mark.parametrize(
    ('command', 'says'),
    [
        (Command(Ask.APPROVE, DIGEST), (Word.APPROVE, DIGEST)),
        (Command(Ask.WAIVE), (Word.WAIVE, '')),
        (Command(Ask.HOLD), (Word.HOLD, '')),
        (Command(Ask.HOLD, '7'), (Word.HOLD, '')),
        (Command(Ask.SETTLE), (Word.SETTLE, '')),
        (Command(Ask.APPROVE), None),
        (Command(Ask.APPROVE, ODD), None),
        (Command(Ask.HOLD, '8'), None),
        (Command(Ask.HOLD, ODD), (Word.HOLD, '')),
        (Command(Ask.SETTLE, '007'), (Word.SETTLE, '')),
        (Command(Ask.WAIVE, ODD), None),
        (Command(Ask.RECOUNT), None),
        (Command(Ask.STATUS, '7'), None),
    ],
)
def test_ruling(command: Command, says: tuple[Word, str] | None) -> None:
    """It should take nothing for a ruling that is a question, not whole, or about another request."""
    assert ruling_of(command, 7) == says


APPROVE = f'{{{{A|approve|{DIGEST}}}}}'
BY_BO = f'{APPROVE} Yes. [[User talk:Bo|Bo]] 12:00, 3 May 2027 (UTC)'
NOBODYS: list[tuple[Word, str | None, bool]] = [(Word.APPROVE, None, True)]
#: Revisions of a page, and who said what about the delivery, and whether it stands.
RULINGS: list[tuple[str, list[str], list[tuple[Word, str | None, bool]]]] = [
    ('by who saved and signed it', ['', BY_BO], [(Word.APPROVE, 'Bo', True)]),
    ('a waiver', ['* {{A|waive}} [[User:Ada|me]]'], [(Word.WAIVE, 'Ada', True)]),
    ('a hold, whatever is given as a reason', ['{{A|hold|too early}}'], [(Word.HOLD, 'Ada', True)]),
    ('on the request by its number', ['{{A|waive|007}} [[User:Ada]]'], [(Word.WAIVE, 'Ada', True)]),
    ('no question', ['{{A|status}} {{A|recount|7}}'], []),
    ('nothing on another request', ['{{A|waive|8}} {{A|hold|8}}'], []),
    ('by nobody, without a signature', [APPROVE], NOBODYS),
    ('by nobody, with the signature of another one', [BY_BO], NOBODYS),
    (
        'by nobody, when somebody reverts',
        ['x', f'x {BY_BO}', 'x', f'x {BY_BO}'],
        [(Word.APPROVE, 'Bo', False), *NOBODYS],
    ),
    ('by nobody, when somebody mends a comment', [f'<!-- {BY_BO}', BY_BO], NOBODYS),
    ('by nobody, when somebody mends nowiki', [f'<nowiki>{BY_BO}</nowiki>', BY_BO], NOBODYS),
    ('by nobody, when somebody takes a strike away', [f'<s>{BY_BO}</s>', BY_BO], NOBODYS),
    (
        'by nobody, whatever else is in the call',
        ['<!-- {{A|waive|x={{y}}}}', '{{A|waive|x={{y}}}}'],
        [(Word.WAIVE, None, True)],
    ),
    ('by who made it, whoever mends its line', ['', BY_BO, f'* {BY_BO}'], [(Word.APPROVE, 'Bo', True)]),
    ('by who writes it over two lines', ['{{A\n|waive}} [[User:Ada]]'], [(Word.WAIVE, 'Ada', True)]),
    (
        'not once the page was moved or protected',
        ['{{A|waive}} [[User:Ada]]'] * 2,
        [(Word.WAIVE, 'Ada', False)],
    ),
]


@pytest.mark.parametrize(('it', 'texts', 'expected'), RULINGS, ids=[it for it, _, _ in RULINGS])
def test_rulings(
    reader: CommandReader, it: str, texts: list[str], expected: list[tuple[Word, str | None, bool]]
) -> None:
    """It should know by the history whose a ruling is, and whether it stands."""
    revisions = page(*(text.replace('{{A', f'{{{{{ASK}') for text in texts))
    found = read_rulings(revisions, reader, 7)
    assert [(one.word, one.author, one.stands) for one in found] == expected


pieces = st.sampled_from(
    [
        f'{{{{{ASK}|recount}}}}',
        '{{',
        '}}',
        '|',
        '<nowiki>',
        '</nowiki>',
        '<!--',
        '-->',
        '<s>',
        '</s>',
        '\n',
        'é',
    ]
)


@given(st.lists(pieces, max_size=12).map(''.join))
@example('<includeonly>' * 3)
def test_any_text(text: str) -> None:
    """It should read any text, and find each command where it says."""
    assert SETTINGS is not None
    reader = command_reader(SETTINGS, wikimedia_dialect(), wikimedia_lexicon())
    ends = [one.end for one in reader.placed(text)]
    assert ends == sorted(ends)
    assert all(text[:end].endswith('}}') for end in ends)


def test_order(reader: CommandReader) -> None:
    """It should keep the order of the history."""
    texts = ['', f'{{{{{ASK}|status}}}}', f'{{{{{ASK}|status}}}}{{{{{ASK}|hold}}}}']
    found: Sequence[Asked] = read_asked(page(*texts), reader)
    assert [one.revision for one in found] == [1, 2]
