"""The command line that needs no wiki and no pywikibot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from globalban_bot import __version__
from globalban_bot.cli.main import main
from globalban_bot.jobs.show import FORMATS

CHECKOUT = Path(__file__).parents[2]
PAGES = CHECKOUT / 'tests' / 'pages'
PAGE = PAGES / 'resolved-08.wiki'
GOLD = yaml.safe_load(PAGE.with_suffix('.gold.yaml').read_text('utf-8'))
TALLY = GOLD['proposals'][0]['tally']


def run(*arguments: str, text: bytes = b'', cwd: Path = CHECKOUT) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, 'PYTHONPATH': str(CHECKOUT), 'PYTHONIOENCODING': 'utf-8'}
    return subprocess.run(
        [sys.executable, *arguments], input=text, cwd=cwd, env=environment, capture_output=True, check=False
    )


def test_tally(capsys: pytest.CaptureFixture[str]) -> None:
    """It should tally a saved page, and end well."""
    assert main(['tally', str(PAGE), '--format', 'json', '--title', str(GOLD['title'])]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record['proposals'][0]['tally'] == TALLY
    assert record['title'] == GOLD['title']


@pytest.mark.parametrize('form', FORMATS)
def test_formats(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It should show each format on standard output, and nothing on the other."""
    assert main(['tally', str(PAGE), '--format', form]) == 0
    out, err = capsys.readouterr()
    assert out.endswith('\n') or form == 'html'
    assert str(TALLY['support']) in out
    assert err == ''


def test_explain(capsys: pytest.CaptureFixture[str]) -> None:
    """It should explain each entry below the table."""
    assert main(['tally', '--explain', str(PAGE)]) == 0
    out = capsys.readouterr().out
    counting = [line for line in out.splitlines() if ': counts' in line]
    assert len(counting) == sum(TALLY.values())
    assert 'Support' in out


def test_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should say why the entry on a line counts."""
    page = tmp_path / 'page.wiki'
    signature = '[[User:A|A]] ([[User talk:A|talk]]) 12:00, 1 May 2027 (UTC)'
    page.write_text(f'== Support ==\n# {{{{support}}}} {signature}\n')
    assert main(['why', str(page), '2']) == 0
    assert main(['why', str(page), '1']) == 0
    assert capsys.readouterr().out.splitlines() == [
        'line 2: support, by template, A, 12:00, 1 May 2027 (UTC): counts',
        'line 1: nothing here looks like a vote',
    ]


def test_demo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should run the demonstration into a folder."""
    assert main(['demo', '--output', str(tmp_path / 'out')]) == 0
    assert 'Global ban requests' in capsys.readouterr().out
    assert (tmp_path / 'out' / 'index.html').is_file()


def test_command_after_the_demo(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should name, in the last line of the demonstration, a command that works as it stands."""
    assert main(['demo', '--output', str(tmp_path)]) == 0
    command = capsys.readouterr().out.splitlines()[-1].partition(': ')[2]
    done = subprocess.run(command, shell=True, cwd=Path.cwd(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert 'Global ban' in done.stdout


BAD_XML = '<mediawiki><page></mediawiki>'

#: Command lines that end with an error: their exit codes and a word of the message.
ERRORS: dict[str, tuple[list[str], int, str]] = {
    'missing file': (['tally', 'missing'], 2, 'error: missing: cannot be read (No such file or directory)'),
    'folder': (['tally', '.'], 2, 'error: .: cannot be read (Is a directory)'),
    'bad export': (['tally', 'bad.xml'], 2, 'error: bad.xml: the XML is not well formed'),
    'why of a missing file': (['why', 'missing', '1'], 2, 'error: missing: cannot be read'),
    'why of line zero': (['why', 'page.wiki', '0'], 2, 'error: line 0: lines are counted from 1'),
    'demo where a file is': (['demo', '--output', 'page.wiki'], 2, 'error: '),
}


@pytest.mark.parametrize(('arguments', 'code', 'message'), ERRORS.values(), ids=ERRORS)
def test_errors(
    arguments: list[str],
    code: int,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It should end an error with its code and one line that says what is wrong, on standard error."""
    monkeypatch.chdir(tmp_path)
    Path('page.wiki').write_text('text')
    Path('bad.xml').write_text(BAD_XML)
    assert main(arguments) == code
    out, err = capsys.readouterr()
    assert out == ''
    assert err.startswith(message)
    assert err.count('\n') == 1


#: Command lines that the parser refuses.
USAGE = [
    [],
    ['klingon'],
    ['tally', 'page', '--format', 'klingon'],
    ['why', 'page'],
    ['why', 'page', 'x'],
    ['demo', 'page'],
]


@pytest.mark.parametrize('arguments', USAGE)
def test_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """It should refuse a wrong command line with the code of a user's error."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert 'usage: globalban' in capsys.readouterr().err


@pytest.mark.parametrize(('argument', 'said'), [('--version', __version__), ('--help', 'It counts;')])
def test_information(argument: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It should tell its version and how it is used."""
    with pytest.raises(SystemExit) as caught:
        main([argument])
    assert caught.value.code == 0
    assert said in capsys.readouterr().out


def test_one_bad_file_does_not_stop_the_rest(capsys: pytest.CaptureFixture[str]) -> None:
    """It should show what could be read, name what could not, and end with the error's code."""
    assert main(['tally', '--format', 'json', 'missing', str(PAGE), 'missing too']) == 2
    out, err = capsys.readouterr()
    assert json.loads(out)['proposals'][0]['tally'] == TALLY
    assert [line.split(': ')[1] for line in err.splitlines()] == ['missing', 'missing too']


def test_export_without_requests_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should not end in silence where a file holds pages, but no request."""
    page = (
        '<page><title>{}</title><id>1</id><revision><id>1</id><timestamp>2027-05-01T12:00:00Z</timestamp>'
        '<text>a</text></revision></page>'
    )
    path = tmp_path / 'pages.xml'
    path.write_text(f'<mediawiki>{page.format("One")}{page.format("Two")}</mediawiki>')
    main(['tally', str(path)])
    out, err = capsys.readouterr()
    assert out + err != ''


@pytest.mark.parametrize('command', [['tally', '-', '--format', 'json'], ['why', '-', '1']])
def test_standard_input(command: list[str]) -> None:
    """It should read standard input by the name -."""
    done = run('-m', 'globalban_bot', *command, text=b'\xef\xbb\xbf' + PAGE.read_bytes())
    assert (done.returncode, done.stderr) == (0, b'')
    if command[0] == 'tally':
        assert json.loads(done.stdout)['proposals'][0]['tally'] == TALLY


def test_terminal_that_cannot_show_a_name() -> None:
    """It should write a name in another way where the terminal's encoding lacks it."""
    environment = {**os.environ, 'PYTHONIOENCODING': 'ascii'}
    command = [sys.executable, '-m', 'globalban_bot', 'tally', '-', '--title', 'Global ban for 9839아']
    done = subprocess.run(
        command, input=b'text', cwd=CHECKOUT, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert b'9839\\uc544' in done.stdout


def test_our_own_mistake(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It should end with an exit code of its own, and ask for a report, when the fault is ours."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr('globalban_bot.cli.demo.run_demo', fail)
    assert main(['demo']) == 70
    assert 'please report it' in capsys.readouterr().err


@pytest.mark.parametrize('pages', [1, 20])
def test_reader_that_has_enough(pages: int) -> None:
    """It should end well and quietly when the program behind the pipe stops reading."""
    command = f'"{sys.executable}" -m globalban_bot tally --explain "$@" | true; exit "${{PIPESTATUS[0]}}"'
    names = [str(PAGE)] * pages
    line = ['bash', '-c', command, 'bash', *names]
    done = subprocess.run(line, cwd=CHECKOUT, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b'')


#: Run in a child: pywikibot cannot be imported; every module of the rooms that need it not can.
WITHOUT_PYWIKIBOT = """
import importlib, pkgutil, sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] == 'pywikibot':
            raise ImportError('pywikibot is blocked')

sys.meta_path.insert(0, Blocker())
import globalban_bot
rooms = ['wikitext', 'policy', 'decide', 'render', 'model']
names = ['globalban_bot.cli.main']
for room in rooms:
    package = importlib.import_module(f'globalban_bot.{room}')
    names += [found.name for found in pkgutil.walk_packages(package.__path__, package.__name__ + '.')]
for name in names:
    importlib.import_module(name)
print(len(names), file=sys.stderr)
from globalban_bot.cli.main import main
code = main(sys.argv[1:])
assert not any(name.partition('.')[0] == 'pywikibot' for name in sys.modules)
sys.exit(code)
"""


def test_without_pywikibot() -> None:
    """It should import and tally where pywikibot is not there."""
    done = run('-c', WITHOUT_PYWIKIBOT, 'tally', str(PAGE), '--format', 'json')
    assert done.returncode == 0, done.stderr.decode()
    assert int(done.stderr) > 20
    assert json.loads(done.stdout)['proposals'][0]['tally'] == TALLY


def test_pywikibot_is_blocked_there() -> None:
    """It should prove the block of the test above: the client of the API fails behind it."""
    code = WITHOUT_PYWIKIBOT.replace("'globalban_bot.cli.main'", "'globalban_bot.wiki.api'")
    done = run('-c', code, '--version')
    assert done.returncode == 1
    assert b'pywikibot is blocked' in done.stderr
