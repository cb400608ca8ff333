"""Replies below comments."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from globalban_bot.model.command import ODD, Ask, Command
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.commands import CommandReader, command_reader
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.lexicon import wikimedia_lexicon
from globalban_bot.wikitext.opaque import hide
from globalban_bot.wikitext.replies import reply_marker, with_reply

SETTINGS = load_profile('meta').commands
assert SETTINGS is not None
READER: CommandReader = command_reader(SETTINGS, wikimedia_dialect(), wikimedia_lexicon())
ASK = SETTINGS.template
RECOUNT = Command(Ask.RECOUNT)
MARKER = reply_marker(RECOUNT, 123)
REPLY = f'Counted. ~~~~{MARKER}'
TIME = '12:00, 3 May 2027 (UTC)'


def replied(text: str, command: Command = RECOUNT) -> str | None:
    """Return the page with a reply; ``{A}`` is the template, ``{R}`` the reply, ``{T}`` a time."""
    return with_reply(filled(text), READER, command, REPLY)


def filled(text: str) -> str:
    return text.replace('{A}', ASK).replace('{R}', REPLY).replace('{T}', TIME)


#: A page, and the page with the reply.
TABLE = [
    ('below it', '{{{A}|recount}}', '{{{A}|recount}}\n: {R}'),
    ('before the end of the page', '{{{A}|recount}}\n', '{{{A}|recount}}\n: {R}\n'),
    (
        'below its line, not within it',
        'Please {{{A}|recount}}, thank you. Ada {T}\nMore.',
        'Please {{{A}|recount}}, thank you. Ada {T}\n: {R}\nMore.',
    ),
    ('a step further in a list', '* {{{A}|recount}} Ada {T}', '* {{{A}|recount}} Ada {T}\n*: {R}'),
    (
        'a step further in a thread',
        'Well. Bo {T}\n:: {{{A}|recount}} Ada {T}\n: No. Bo {T}',
        'Well. Bo {T}\n:: {{{A}|recount}} Ada {T}\n::: {R}\n: No. Bo {T}',
    ),
    (
        'below the line with the time',
        '{{{A}|recount}}\nIt was\nlong ago. Ada {T}\nNo. Bo {T}',
        '{{{A}|recount}}\nIt was\nlong ago. Ada {T}\n: {R}\nNo. Bo {T}',
    ),
    (
        'below its line where no time is near',
        '{{{A}|recount}}\n' + 'more\n' * 12 + 'Bo {T}',
        '{{{A}|recount}}\n: {R}\n' + 'more\n' * 12 + 'Bo {T}',
    ),
    (
        'above the next heading',
        '{{{A}|recount}}\nPlease.\n== Next ==\nBo {T}',
        '{{{A}|recount}}\n: {R}\nPlease.\n== Next ==\nBo {T}',
    ),
    (
        'below the last one of several',
        '{{{A}|recount}} Ada {T}\nNo. Bo {T}\n* {{{A}|recount}} Ada {T}',
        '{{{A}|recount}} Ada {T}\nNo. Bo {T}\n* {{{A}|recount}} Ada {T}\n*: {R}',
    ),
    (
        'not below what is quoted',
        '{{{A}|recount}} Ada {T}\n<nowiki>{{{A}|recount}}</nowiki> Bo {T}',
        '{{{A}|recount}} Ada {T}\n: {R}\n<nowiki>{{{A}|recount}}</nowiki> Bo {T}',
    ),
    (
        'below a command of several lines',
        '* {{{A}\n|recount\n}} Ada {T}',
        '* {{{A}\n|recount\n}} Ada {T}\n*: {R}',
    ),
    (
        'behind a comment that is not shown',
        '{{{A}|recount}} <!-- a\nb --> Ada {T}\nNo.',
        '{{{A}|recount}} <!-- a\nb --> Ada {T}\n: {R}\nNo.',
    ),
    (
        'behind a comment that is not shown, without a time',
        '{{{A}|recount}} <!-- a\nb\n-->\nNo.',
        '{{{A}|recount}} <!-- a\nb\n-->\n: {R}\nNo.',
    ),
    (
        'behind a template that tells the time',
        '{{{A}|recount}} {{unsigned|Ada|{T}}}\nNo.',
        '{{{A}|recount}} {{unsigned|Ada|{T}}}\n: {R}\nNo.',
    ),
]


@pytest.mark.parametrize(('it', 'text', 'expected'), TABLE, ids=[it for it, _, _ in TABLE])
def test_place(it: str, text: str, expected: str) -> None:
    """It should put the reply below the comment with the command."""
    assert replied(text) == filled(expected)


@pytest.mark.parametrize(
    'text',
    ['', 'Nothing.', '{{{A}|status}}', '{{{A}|recount|7}}', '<s>{{{A}|recount}}</s>', '<!-- {{{A}|recount}}'],
)
def test_does_not_stand(text: str) -> None:
    """It should leave a page alone on which the command does not stand."""
    assert replied(text) is None


def test_among_others() -> None:
    """It should tell the commands apart by word and argument."""
    text = '* {{{A}|recount|7}} Ada {T}\n* {{{A}|recount|8}} Bo {T}'
    assert replied(text, Command(Ask.RECOUNT, '7')) == filled(text.replace('\n', '\n*: {R}\n'))


def test_marker() -> None:
    """It should tell by the marker which command of which revision was answered, and nobody's name."""
    markers = {
        reply_marker(command, number)
        for command in (RECOUNT, Command(Ask.RECOUNT, '7'), Command(Ask.COVERAGE), Command(Ask.STATUS, ODD))
        for number in (1, 12)
    }
    assert len(markers) == 8
    assert all(hide(one).strip('\ue000') == '' for one in markers)


pieces = st.sampled_from(
    [f'{{{{{ASK}|recount}}}}', f'{{{{{ASK}\n|recount}}}}', f' {TIME}', '\n', '\n', '\n== H ==\n', '* ', ':',
     '<!--', '-->', '<nowiki>', '</nowiki>', '{{', '}}', '{|\n|', '<s>', '</s>', 'words', 'é', '\r',
     '\u2028', '\ud800'],
)  # fmt: skip
pages = st.lists(pieces, max_size=14).map(''.join)


@given(pages)
@example(f'{{{{{ASK}|recount}}}}\n\n')
def test_taken_out_again(text: str) -> None:
    """It should add one line and change nothing else, whatever stands there; the marker is found again."""
    found = with_reply(text, READER, RECOUNT, REPLY)
    assert (found is None) is (RECOUNT not in READER.read(text))
    assume(found is not None)
    assert found is not None
    lines = found.split('\n')
    at = next(number for number, line in enumerate(lines) if line.endswith(REPLY))
    assert '\n'.join(lines[:at] + lines[at + 1 :]) == text
    assert set(lines[at].removesuffix(REPLY)) <= set('*#:; ')
    assert found.count(MARKER) == 1


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(pages.filter(lambda text: text.count('<!--') <= text.count('-->')))
def test_is_seen(text: str) -> None:
    """It should leave each command what it was: a reply stands within no comment, nor template."""
    before = READER.read(text)
    assume(RECOUNT in before and '<!--' not in text.rpartition('-->')[2])
    found = with_reply(text, READER, RECOUNT, 'Counted.')
    assert found is not None
    assert READER.read(found) == before
    assert 'Counted.' in READER.surface(found).text
