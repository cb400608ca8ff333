"""The figures, as they are shown, and the command that shows them."""

from __future__ import annotations

import csv
import io
import json
from importlib.resources import as_file
from pathlib import Path

import pytest

from globalban_bot.cli.main import main
from globalban_bot.jobs.figures.show import STUDY_FORMS, show_study
from globalban_bot.jobs.figures.whatif import sample_inquiry
from globalban_bot.sample import ACCOUNTS, ARCHIVE, EXPORT, LATER
from tests.unit.render.studies import names_of_people

STUDY = sample_inquiry()
SHOWN = {form: show_study(STUDY, form) for form in STUDY_FORMS}


@pytest.mark.parametrize('form', STUDY_FORMS)
def test_nobody_is_named(form: str) -> None:
    """It should name nobody of the sample, in no form."""
    names = names_of_people()
    assert len(names) > 100
    assert [name for name in names if name in SHOWN[form]] == []


#: What a new user asks, and where the answer stands in every form that is read by people.
ANSWERS = {
    'who met all': 'All that a bot can check was met by 11 of 34 (32 %).',
    'what was missing': 'just one requirement, most often: the nominator had too few edits (7).',
    'whose requests these are': 'All requests and people in these figures are invented',
    'how long': 'most often: longer than 30 days, up to 365 days (16); longer than 365 days (15)',
}


@pytest.mark.parametrize('form', ['table', 'html', 'wikitext'])
@pytest.mark.parametrize('answer', ANSWERS.values(), ids=ANSWERS)
def test_questions_are_answered(form: str, answer: str) -> None:
    """It should answer what people ask in a line, beside the tables."""
    shown = SHOWN[form].replace('&#39;', "'").replace('&#59;', ';')
    assert answer in ' '.join(shown.split())


def test_rules_are_compared() -> None:
    """It should say beside each bar how many would have met all, under the policy and under one block."""
    html = SHOWN['html']
    assert '<bdi>the policy in force at the opening</bdi>: <b>11 of 34 (32 %) would have met all</b>' in html
    assert '<bdi>One block is enough</bdi>: <b>17 of 34 (50 %) would have met all</b>' in html


def test_large_parts_are_ranges() -> None:
    """It should say of a large part with small ones how many it may be, and never that it is all."""
    told = '<bdi>One block is enough</bdi>: <b>16 or 17 of 18 would have met all; the others: would not'
    assert told in SHOWN['html']
    assert all('but for' not in SHOWN[form] for form in STUDY_FORMS)


def test_records_agree() -> None:
    """It should have the same numbers as CSV and as JSON."""
    cells = [
        (one['rules'] or '', cell['label'], cell['requests'])
        for one in json.loads(SHOWN['json'])['figures']
        for cell in one['cells']
    ]
    lines = [*csv.DictReader(io.StringIO(SHOWN['csv']))]
    assert [(one['rules'], one['cell'], int(one['requests'])) for one in lines if one['of']] == cells
    assert len(cells) > 50


@pytest.mark.parametrize('form', STUDY_FORMS)
def test_command(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It should show the sample in each form on standard output."""
    assert main(['whatif', '--sample', '--format', form]) == 0
    out, err = capsys.readouterr()
    assert (out, err) == (SHOWN[form], '')


def test_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should write into a file, and print nothing then."""
    path = tmp_path / 'figures.csv'
    assert main(['whatif', '--sample', '--format', 'csv', '--output', str(path)]) == 0
    assert path.read_bytes().decode() == SHOWN['csv']
    assert capsys.readouterr().out == ''


def test_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should make of exports and recorded facts what it makes of the sample, but for the date."""
    facts, bans = tmp_path / 'facts.json', tmp_path / 'later.json'
    facts.write_bytes(ACCOUNTS.read_bytes())
    bans.write_bytes(LATER.read_bytes())
    with as_file(EXPORT) as small, as_file(ARCHIVE) as large:
        command = ['whatif', str(small), str(large), '--facts', str(facts), '--format', 'json']
        assert main([*command, '--later', str(bans)]) == 0
        whole = json.loads(capsys.readouterr().out)
        assert main(command) == 0
        alone = json.loads(capsys.readouterr().out)
    assert whole['figures'] == json.loads(SHOWN['json'])['figures']
    assert (whole['invented'], json.loads(SHOWN['json'])['invented']) == (False, True)
    topics = [
        one['topic'] for one, other in zip(whole['figures'], alone['figures'], strict=True) if one != other
    ]
    assert {*topics} == {'followed'}


#: Command lines that end with an error, and what it says.
ERRORS: dict[str, tuple[list[str], str]] = {
    'no facts': (['page.xml'], 'error: --facts is missing: '),
    'facts without files': (
        ['--sample', '--facts', 'facts.json'],
        'error: --facts and --later belong to exports',
    ),
    'later bans without files': (
        ['--sample', '--later', 'facts.json'],
        'error: --facts and --later belong to exports',
    ),
    'missing facts': (['page.xml', '--facts', 'missing'], 'error: missing: cannot be read'),
    'missing export': (['missing', '--facts', 'facts.json'], 'error: missing: cannot be read'),
    'bad export': (['page.xml', '--facts', 'facts.json'], 'error: page.xml: the XML is not well formed'),
    'bad bans': (['page.xml', '--facts', 'facts.json', '--later', 'page.xml'], 'error: page.xml: is not of'),
    'folder for output': (['--sample', '--output', '.'], 'error: .: is a folder'),
}


@pytest.mark.parametrize(('arguments', 'message'), ERRORS.values(), ids=ERRORS)
def test_errors(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """It should end an error with code 2 and one line that says what is wrong."""
    monkeypatch.chdir(tmp_path)
    Path('page.xml').write_text('<mediawiki><page></mediawiki>')
    Path('facts.json').write_text('{"accounts": {}}')
    assert main(['whatif', *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ''
    assert err.startswith(message)
    assert err.count('\n') == 1


@pytest.mark.parametrize('arguments', [['--format', 'klingon'], ['--facts'], ['--output']])
def test_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """It should refuse a wrong command line with the code of a user's error."""
    with pytest.raises(SystemExit) as caught:
        main(['whatif', *arguments])
    assert caught.value.code == 2
    assert 'usage: globalban whatif' in capsys.readouterr().err
