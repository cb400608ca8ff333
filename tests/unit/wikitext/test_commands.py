"""Commands on talk pages; tests/cases/commands.yaml has what is one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from globalban_bot.model.command import CommandName, TalkCommand
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.commands import CommandReader, command_reader
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.lexicon import wikimedia_lexicon

SETTINGS = load_profile('meta').commands
assert SETTINGS is not None
ASK = SETTINGS.template
CASES: list[dict[str, Any]] = yaml.safe_load(Path('tests/cases/commands.yaml').read_text('utf-8'))


@pytest.fixture(scope='module')
def reader() -> CommandReader:
    assert SETTINGS is not None
    return command_reader(SETTINGS, wikimedia_dialect(), wikimedia_lexicon())


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
    words = {**SETTINGS.words, 'nachzählen': CommandName.RECOUNT}
    local = replace(SETTINGS, aliases=('Template:Anfrage',), words=words)
    other = command_reader(local, wikimedia_dialect(), wikimedia_lexicon())
    assert other.read('{{anfrage|Nachzählen}}') == (TalkCommand(CommandName.RECOUNT),)
    assert other.read('{{Template:Anfrage|recount}}') == (TalkCommand(CommandName.RECOUNT),)
    assert reader.read('{{anfrage|Nachzählen}}') == ()


def test_place(reader: CommandReader) -> None:
    """It should tell where a command ends, behind what is hidden, too."""
    text = f'<!-- {{{{{ASK}|recount}}}} -->Bél, {{{{{ASK}|status}}}}, please'
    (one,) = reader.placed(text)
    assert (text[one.end :], one.command) == (', please', TalkCommand(CommandName.STATUS))


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
