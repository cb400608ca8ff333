"""Tallying saved pages."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from globalban_bot.errors import UserError
from globalban_bot.jobs.tally import NO_VOTES, tally_file, tally_files
from globalban_bot.model.tally import Count, Tally
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.history import NO_HISTORY
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
    found = [*tally_file(io.BytesIO(content), 'file', load_profile('meta'), NOW, title=title)]
    return [one for one in found if isinstance(one, Tally)]


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


PNG = b'\x89PNG\r\n\x1a\n' + bytes(range(256))
#: Files that are no page, and a word of what is wrong.
NO_PAGES: dict[str, tuple[bytes, str]] = {
    'empty': (b'', 'empty'),
    'a line break': (b'\n', 'empty'),
    'a byte order mark': (b'\xef\xbb\xbf', 'empty'),
    'NUL bytes': (b'\x00' * 100, 'not a text'),
    'a text with a NUL byte': (TEXT.encode() + b'\x00', 'not a text'),
    'a picture': (PNG, 'not a text'),
    'UTF-16': (TEXT.encode('utf-16'), 'UTF-16'),
    'UTF-16 without a mark': (TEXT.encode('utf-16-le'), 'not a text'),
    'an export in UTF-16': (FORMS['export'].decode().encode('utf-16'), 'UTF-16'),
    'an empty file, packed': (gzip.compress(b''), 'empty'),
    'a picture, packed': (bz2.compress(PNG), 'not a text'),
    'a torn file': (gzip.compress(TEXT.encode())[:-9], 'cannot be unpacked'),
}


@pytest.mark.parametrize(('content', 'reason'), NO_PAGES.values(), ids=NO_PAGES)
def test_no_page(tmp_path: Path, content: bytes, reason: str) -> None:
    """It should say of a file that is no page what it is and what to do, and count nothing."""
    path = tmp_path / 'file'
    path.write_bytes(content)
    found, (error,) = tally_files([str(path)], NOW)
    assert found == []
    assert str(error).startswith(f'{path}: ')
    assert reason in str(error)
    assert '; ' in str(error)
    assert error.exit_code == 2


@pytest.mark.parametrize('pack', [gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize('content', [FORMS['wikitext'], FORMS['export']])
def test_packed(pack: Callable[[bytes], bytes], content: bytes) -> None:
    """It should read a compressed file as it reads the file itself."""
    assert read(pack(content)) == read(content)


@pytest.mark.parametrize('content', ['Some text.', export(page(CID, revision(1, 'Some text.'))).decode()])
def test_no_votes(content: str) -> None:
    """It should ask whether a text without any entry is a request page."""
    assert read(content.encode())[0].request.warnings[-1] == NO_VOTES
    assert NO_VOTES not in read(TEXT.encode())[0].request.warnings


#: Exports of a page whose first revision is not there.
LATER = '2027-05-02T12:00:00Z'
NO_HISTORY_EXPORTS: dict[str, bytes] = {
    'the current revision only': export(page(CID, revision(2, TEXT, parent=1))),
    'the last revisions': export(
        page(CID, revision(2, 'x', parent=1), revision(3, TEXT, time=LATER, parent=2))
    ),
    'a format that does not tell': export(
        page(CID, revision(2, TEXT)), namespace='http://www.mediawiki.org/xml/export-0.6/'
    ),
    'wikitext': TEXT.encode(),
}


@pytest.mark.parametrize('content', NO_HISTORY_EXPORTS.values(), ids=NO_HISTORY_EXPORTS)
def test_without_history(content: bytes) -> None:
    """It should count what a text shows, and know no times and no authors that only a history tells."""
    (found,) = read(content, CID)
    assert counts([found]) == [Count(1, 1, 0)]
    request = found.request
    assert (request.opened, request.closed, request.named, request.has_history) == (None, None, None, False)
    assert NO_HISTORY in request.warnings


def test_page_without_its_text(tmp_path: Path) -> None:
    """It should count nothing of a page whose text a file does not hold, and say so; the others follow."""
    stub = revision(2, text_tag='<text bytes="900" sha1="x" />')
    path = tmp_path / 'stubs.xml'
    path.write_bytes(export(page(CID, stub), page(f'{RFC}/Global ban for Dov', revision(1, TEXT), number=8)))
    found, (error,) = tally_files([str(path)], NOW)
    assert counts(found) == [Count(1, 1, 0)]
    assert 'does not hold the text' in str(error)


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
