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

from globalban_bot.model.command import Ask, Asked, Command
from globalban_bot.model.revision import Revision
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.commands import CommandReader, command_reader, read_asked
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.lexicon import wikimedia_lexicon
from tests.unit.made_accounts import NOW

SETTINGS = load_profile('meta').commands
assert SETTINGS is not None
ASK = SETTINGS.template
CASES: list[dict[str, Any]] = yaml.safe_load(Path('tests/cases/commands.yaml').read_text('utf-8'))


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
        ['{{A|coverage|1}}', '{{A|coverage}}'],
        [('coverage', 'Ada', False), ('coverage', 'Bo', True)],
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
    revisions = page(f'{{{{{ASK}|recount|7}}}}', f'{{{{{ASK}|recount|7}}}} {{{{{ASK}|coverage}}}}')
    revisions[0] = replace(revisions[0], is_first=False)
    found = read_asked(revisions, reader)
    assert [(one.command.ask, one.author) for one in found] == [(Ask.RECOUNT, None), (Ask.COVERAGE, 'Bo')]


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
    texts = ['', f'{{{{{ASK}|status}}}}', f'{{{{{ASK}|status}}}}{{{{{ASK}|coverage}}}}']
    found: Sequence[Asked] = read_asked(page(*texts), reader)
    assert [one.revision for one in found] == [1, 2]
