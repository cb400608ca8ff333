"""Options of the command line, in both ways of writing them."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.cli.command import Command
from globalban_bot.cli.commands import COMMANDS
from globalban_bot.cli.main import main
from globalban_bot.cli.options import Option, number, positive_number, with_two_dashes
from globalban_bot.cli.parser import make_parser

#: What is typed, and what argparse is given.
WRITTEN = {
    '-always': '--always',
    '-request:Requests for comment/A: b': '--request=Requests for comment/A: b',
    '-also-subject:A': '--also-subject=A',
    '-request:': '--request=',
    '--always': '--always',
    '--request=A': '--request=A',
    '-': '-',
    '-h': '-h',
    '-3': '-3',
    'PAGE.wiki': 'PAGE.wiki',
}


@pytest.mark.parametrize(('typed', 'wanted'), WRITTEN.items())
def test_pywikibots_way(typed: str, wanted: str) -> None:
    """It should take pywikibot's way of writing an option for the usual one."""
    assert with_two_dashes(typed) == wanted


def parse(*arguments: str) -> argparse.Namespace:
    return make_parser().parse_args([with_two_dashes(argument) for argument in arguments])


def test_both_ways_are_the_same() -> None:
    """It should make the same of both ways."""
    pywikibots = parse('status', '-always', '-request:1', '-request:2', '-limit:5', '-cache:a/b')
    usual = parse('status', '--always', '--request', '1', '--request=2', '--limit', '5', '--cache', 'a/b')
    assert pywikibots == usual
    assert (usual.request, usual.limit, usual.cache, usual.always) == (['1', '2'], 5, Path('a/b'), True)


#: Command lines that end with 2, and what is said about them.
REFUSED: dict[str, tuple[list[str], str]] = {
    'unknown': (['demo', '-klingon'], 'there is no option --klingon; see globalban demo --help'),
    'shortened': (['demo', '--out', 'x'], 'there is no option --out'),
    'value missing': (['status', '-limit:'], 'argument --limit: its value is missing'),
    'value missing at the end': (['status', '--limit'], 'argument --limit: expected one argument'),
    'value where there is none': (['status', '-always:x'], 'argument --always: ignored explicit argument'),
    'no number': (['status', '-limit:x'], "argument --limit: it does not take the value 'x'"),
    'no engine': (['notify', '-engine:x'], "argument --engine: it does not take the value 'x'"),
    'no format': (['tally', 'x', '-format:x'], "argument --format: invalid choice: 'x'"),
}


@pytest.mark.parametrize(('arguments', 'text'), REFUSED.values(), ids=REFUSED)
def test_refused(arguments: list[str], text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It should say what is wrong with a command line, and end with the code of a user's error."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert text in capsys.readouterr().err


@pytest.mark.parametrize('command', COMMANDS, ids=lambda command: command.name)
@pytest.mark.parametrize('help_option', ['-help', '--help', '-h'])
def test_help(command: Command, help_option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It should show the help of each command without a configuration, and say what the bot does not do."""
    name = command.name
    with pytest.raises(SystemExit) as caught:
        main([name, help_option])
    assert caught.value.code == 0
    out = ' '.join(capsys.readouterr().out.split())
    assert f'usage: globalban {name}' in out
    assert 'It counts; it never concludes.' in out


def test_wiki_commands_have_a_profile() -> None:
    """It should take a profile wherever a wiki is asked."""
    for command in COMMANDS:
        assert (command.script is None) is not any(one.name == 'profile' for one in command.options)


@given(st.text())
def test_number(text: str) -> None:
    """It should take plain digits for a number, and nothing else."""
    if text.isascii() and text.isdigit():
        assert number(text) == int(text)
    else:
        with pytest.raises(ValueError):  # its message is the text
            number(text)


def test_positive_number() -> None:
    """It should not take zero."""
    assert positive_number('07') == 7
    with pytest.raises(ValueError, match='0'):
        positive_number('0')


def test_empty_value() -> None:
    """It should not take an empty path for the folder in which it runs."""
    parser = argparse.ArgumentParser()
    Option('cache', 'A folder.', 'FOLDER', Path).add_to(parser)
    with pytest.raises(SystemExit):
        parser.parse_args(['--cache='])
