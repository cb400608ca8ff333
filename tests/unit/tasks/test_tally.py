"""Tallying saved pages."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from globalban_bot.errors import UserError
from globalban_bot.model.tally import Count, Tally
from globalban_bot.profiles.loader import load_profile
from globalban_bot.tasks.tally import tally_file, tally_files
from tests.unit.gather.made import export, page, revision

RFC = 'Requests for comment'
NOW = datetime(2027, 6, 1, tzinfo=UTC)
SIGNED = '[[User:{name}|{name}]] ([[User talk:{name}|talk]]) 12:00, 1 May 2027 (UTC)'
TEXT = (
    '{{rfc subpage|status=}}\n== Statement ==\nPlease. '
    + SIGNED.format(name='Ünal')
    + '\n=== Support ===\n# {{support}} '
    + SIGNED.format(name='Ünal')
    + '\n=== Oppose ===\n# {{oppose}} '
    + SIGNED.format(name='Bel')
    + '\n'
)


def read(content: bytes, title: str = '') -> list[Tally]:
    return [*tally_file(content, 'file', load_profile('meta'), NOW, title=title)]


def counts(found: list[Tally]) -> list[Count]:
    return [one.proposals[0].count for one in found]


CID = f'{RFC}/Global ban for Cid'

#: Files in different forms with the same page.
FORMS: dict[str, bytes] = {
    'wikitext': TEXT.encode(),
    'wikitext with a byte order mark': TEXT.encode('utf-8-sig'),
    'wikitext with CR LF': TEXT.replace('\n', '\r\n').encode(),
    'export': export(page(CID, revision(1, TEXT))),
    'export with a byte order mark': b'\xef\xbb\xbf' + export(page(CID, revision(1, TEXT))),
    'export of a page that is no request': export(page('User:Ada/Draft', revision(1, TEXT))),
    'export with an older revision': export(
        page(CID, revision(1, 'start', time='2027-04-30T12:00:00Z'), revision(2, TEXT))
    ),
    'export with other pages': export(
        page('User:Ada/Draft', revision(1, TEXT)),
        page(CID, revision(1, TEXT)),
        page(f'{RFC}/Global ban for Dov', revision(1, TEXT), redirect='elsewhere'),
        page(f'{RFC}/Global bans', revision(1, TEXT)),
    ),
    'export with a request by category': export(
        page('User:Ada/Draft', revision(1, TEXT)),
        page(f'{RFC}/The case of Cid', revision(1, f'{TEXT}[[Category:Successful global ban requests]]')),
    ),
}


@pytest.mark.parametrize('content', FORMS.values(), ids=FORMS)
def test_forms_of_files(content: bytes) -> None:
    """It should find the one request of a file, in whatever form it is saved."""
    assert counts(read(content)) == [Count(1, 1, 0)]
    assert not any('UTF-8' in warning for warning in read(content)[0].request.warnings)


def test_export_of_several_requests() -> None:
    """It should tally each request of an export, with the title and the ids of the page."""
    titles = [f'{RFC}/Global ban for {name}' for name in 'ABC']
    pages = [page(title, revision(9, TEXT), number=n) for n, title in enumerate(titles, 1)]
    found = read(export(*pages), title='not asked for')
    assert [one.request.title for one in found] == titles
    assert [one.request.page_id for one in found] == [1, 2, 3]
    assert {one.request.revision for one in found} == {9}


def test_export_tells_the_times() -> None:
    """It should take the time of opening from the history of an export."""
    content = export(page(CID, revision(1, TEXT, time='2027-04-30T01:02:03Z')))
    assert read(content)[0].request.opened == datetime(2027, 4, 30, 1, 2, 3, tzinfo=UTC)


def test_title() -> None:
    """It should use the title that the caller gives for wikitext."""
    assert read(TEXT.encode(), f'{RFC}/Global ban for Cid')[0].request.subjects == ('Cid',)


@pytest.mark.parametrize(
    ('content', 'byte'),
    [
        (TEXT.encode('latin-1'), TEXT.encode('latin-1').index(b'\xdc')),
        (b'\xff' + TEXT.encode(), 0),
        (TEXT.encode() + b'\xc3', len(TEXT.encode())),
    ],
)
def test_not_utf8(content: bytes, byte: int) -> None:
    """It should count what can be read of another encoding, and warn where it begins."""
    (found,) = read(content)
    assert counts([found]) == [Count(1, 1, 0)]
    warning = f'file: not UTF-8 from byte {byte} on; unreadable bytes were replaced'
    assert found.request.warnings[-1] == warning


def test_utf16_is_warned_of() -> None:
    """It should warn of a file in another encoding altogether."""
    assert any('not UTF-8' in warning for warning in read(TEXT.encode('utf-16'))[0].request.warnings)


@pytest.mark.parametrize('content', [b'', b'\n', b'\xef\xbb\xbf', b'\x00' * 100])
def test_nothing_in_it(content: bytes) -> None:
    """It should take an empty file for a page without votes."""
    assert counts(read(content)) == [Count()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / 'good.wiki').write_text(TEXT, 'utf-8')
    (tmp_path / 'good.xml').write_bytes(FORMS['export'])
    (tmp_path / 'bad.xml').write_bytes(FORMS['export'][:-30])
    (tmp_path / 'folder').mkdir()
    return tmp_path


def test_one_bad_file_does_not_stop_the_rest(folder: Path) -> None:
    """It should tally the files that can be read, and give an error for each of the others, in order."""
    names = ['missing', 'good.wiki', 'bad.xml', 'folder', 'good.xml']
    found, errors = tally_files([str(folder / name) for name in names], NOW)
    assert counts(found) == [Count(1, 1, 0)] * 2
    assert [type(error) for error in errors] == [UserError] * 3
    for name, error in zip(['missing', 'bad.xml', 'folder'], errors, strict=True):
        assert str(error).startswith(f'{folder / name}: ')


def test_missing_file(folder: Path) -> None:
    """It should say of a missing file what is wrong and what to do."""
    _, (error,) = tally_files([str(folder / 'missing')], NOW)
    assert 'No such file or directory' in str(error)
    assert '- for standard input' in str(error)


def test_pages_before_a_fault_are_kept(tmp_path: Path) -> None:
    """It should give the requests that stand in a file before its fault, beside the error."""
    good = [page(f'{RFC}/Global ban for {name}', revision(1, TEXT)) for name in 'AB']
    path = tmp_path / 'file.xml'
    path.write_bytes(export(*good, page(f'{RFC}/Global ban for C', revision(1, time=''))))
    found, errors = tally_files([str(path)], NOW)
    assert counts(found) == [Count(1, 1, 0)] * 2
    assert len(errors) == 1


@pytest.mark.parametrize('content', [FORMS['wikitext'], FORMS['export']])
def test_standard_input(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """It should read standard input by the name -, as bytes."""
    monkeypatch.setattr(sys, 'stdin', io.TextIOWrapper(io.BytesIO(content), 'ascii'))
    found, errors = tally_files(['-'], NOW)
    assert counts(found) == [Count(1, 1, 0)]
    assert errors == []


def test_no_files() -> None:
    """It should find nothing in no files."""
    assert tally_files([], NOW) == ([], [])
