"""MediaWiki's XML exports."""

from __future__ import annotations

import io
import subprocess
import sys
import tracemalloc
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from globalban_bot.errors import UserError
from globalban_bot.gather.export import ExportSource, is_export, read_pages
from globalban_bot.gather.request_source import ANOTHER_TITLE, REDIRECT
from globalban_bot.model.revision import Page, Revision
from globalban_bot.profiles.loader import load_profile
from globalban_bot.sample import EXPORT
from tests.requests_of import requests_of
from tests.unit.gather.made import ADA, export, page, revision

CHECKOUT = Path(__file__).parents[3]
NOON = datetime(2027, 5, 1, 12, tzinfo=UTC)


def read(content: bytes) -> list[Page]:
    found = [*read_pages(io.BytesIO(content), 'file.xml')]
    for one in found:
        if isinstance(one, UserError):
            raise one
    return [one for one in found if isinstance(one, Page)]


@pytest.mark.parametrize('space', ['', *(f'http://www.mediawiki.org/xml/export-0.{n}/' for n in (7, 10, 11))])
def test_page(space: str) -> None:
    """It should read a page of any version of the format."""
    content = export(page('Ä & B', revision(5, 'a\n<b> &amp; ü')), namespace=space)
    assert read(content) == [Page('Ä & B', 7, (Revision(5, NOON, 'Ada', 'a\n<b> &amp; ü'),))]


#: How a contributor can be written, and who it is.
CONTRIBUTORS: dict[str, tuple[str, str | None]] = {
    'account': (ADA, 'Ada'),
    'IP address': ('<contributor><ip>192.0.2.1</ip></contributor>', '192.0.2.1'),
    'hidden': ('<contributor deleted="deleted" />', None),
    'hidden, though the name is there': (
        '<contributor deleted="deleted"><username>Ada</username></contributor>',
        None,
    ),
    'empty': ('<contributor></contributor>', None),
    'empty name': ('<contributor><username /><id>0</id></contributor>', None),
    'missing': ('', None),
}


@pytest.mark.parametrize(('contributor', 'user'), CONTRIBUTORS.values(), ids=CONTRIBUTORS)
def test_contributor(contributor: str, user: str | None) -> None:
    """It should name the contributor, and nobody where the name is hidden."""
    assert read(export(page('P', revision(contributor=contributor))))[0].live.user == user


#: How a text can be written, and what it is.
TEXTS: dict[str, tuple[str, str | None]] = {
    'text': ('<text bytes="1">a</text>', 'a'),
    'empty': ('<text bytes="0" />', ''),
    'hidden': ('<text deleted="deleted" />', None),
    'hidden, though it is there': ('<text deleted="deleted">a</text>', None),
    'missing': ('', None),
}


@pytest.mark.parametrize(('tag', 'text'), TEXTS.values(), ids=TEXTS)
def test_text(tag: str, text: str | None) -> None:
    """It should tell a hidden text from an empty one."""
    assert read(export(page('P', revision(text_tag=tag))))[0].live.text == text


@pytest.mark.parametrize(
    ('stamp', 'time'),
    [
        ('2027-05-01T12:00:00Z', NOON),
        ('2027-05-01T14:00:00+02:00', NOON),
        ('2001-01-15T00:00:01Z', datetime(2001, 1, 15, 0, 0, 1, tzinfo=UTC)),
    ],
)
def test_time(stamp: str, time: datetime) -> None:
    """It should read times as times in UTC."""
    moment = read(export(page('P', revision(time=stamp))))[0].live.time
    assert (moment, moment.tzinfo) == (time, UTC)


def test_revisions_are_put_in_order() -> None:
    """It should give the oldest revision first, those of one second by their ids."""
    later = '2027-05-02T12:00:00Z'
    found = read(export(page('P', revision(4, time=later), revision(3, time=later), revision(9))))[0]
    assert [one.id for one in found.revisions] == [9, 3, 4]
    assert found.live.id == 4


def test_redirect() -> None:
    """It should give the target of a redirect."""
    pages = read(export(page('P', redirect='A & B'), page('Q')))
    assert [one.redirect for one in pages] == ['A & B', None]


def test_page_without_an_id() -> None:
    """It should take a page whose id is missing."""
    assert read(export(page('P', number='')))[0].page_id is None


def test_sample() -> None:
    """It should read the export that comes with the package."""
    pages = read(EXPORT.read_bytes())
    assert all(page.has_history for page in pages)
    assert len(pages) > 10
    assert all(page.page_id for page in pages)
    assert max(len(page.revisions) for page in pages) > 50


class Counted(io.BytesIO):
    """A stream that knows how much of it was read."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


def test_streams() -> None:
    """It should give the first page before it has read the file to its end."""
    content = export(*(page(f'P {n}', revision(n, 'x' * 10_000)) for n in range(1, 200)))
    stream = Counted(content)
    pages = read_pages(stream, 'file.xml')
    next(pages)
    assert stream.taken < len(content) / 4
    assert len([*pages]) == 198


def test_memory() -> None:
    """It should hold one page at a time, however many the file has."""

    def peak(number: int) -> int:
        stream = io.BytesIO(export(*(page(f'P {n}', revision(n, 'x' * 20_000)) for n in range(1, number))))
        tracemalloc.start()
        for _ in read_pages(stream, 'file.xml'):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(400) < 2 * peak(40)


BILLION = '<!DOCTYPE mediawiki [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'

#: Files that are refused, with a word of the reason.
REFUSED: dict[str, tuple[bytes, str]] = {
    'document type': (b'<!DOCTYPE mediawiki>' + export(page('P')), 'document type'),
    'entities': (
        BILLION.encode() + export(page('P', revision(text_tag='<text>&b;</text>'))),
        'document type',
    ),
    'external entity': (
        b'<!DOCTYPE m [<!ENTITY a SYSTEM "file:///etc/passwd">]><mediawiki>&a;</mediawiki>',
        'document type',
    ),
    'external document type': (b'<!DOCTYPE m SYSTEM "http://example.org/m"><mediawiki/>', 'document type'),
    'undeclared entity': (export(page('P', revision(text_tag='<text>&nbsp;</text>'))), 'not well formed'),
    'cut off': (export(page('P'))[:-20], 'not well formed'),
    'tags that cross': (b'<mediawiki><page></mediawiki></page>', 'not well formed'),
    'empty': (b'', 'not well formed'),
    'control character': (export(page('P', revision(text_tag='<text>\x01</text>'))), 'not well formed'),
    'not UTF-8': (export(page('P')).replace(b'<title>P', b'<title>\xff'), 'not well formed'),
    'unknown encoding': (b'<?xml version="1.0" encoding="klingon"?>' + export(page('P')), ''),
    'another kind of XML': (b'<html><body/></html>', 'not a MediaWiki export: it starts with <html>'),
    'page without a title': (export(page('')), 'without a title'),
    'page without revisions': (export('<page><title>P</title><id>1</id></page>'), 'without revisions'),
    'page id that is no number': (export(page('P', number='²')), ''),
    'page that is not where it belongs': (
        export().replace(b'<siteinfo/>', f'<x>{page("P")}</x>'.encode()),
        '',
    ),
}


@pytest.mark.parametrize(('content', 'reason'), REFUSED.values(), ids=REFUSED)
def test_refused(content: bytes, reason: str) -> None:
    """It should refuse what is no safe and whole export, naming the file and the reason."""
    with pytest.raises(UserError) as caught:
        read(content)
    assert str(caught.value).startswith('file.xml: ')
    assert reason in str(caught.value)


@pytest.mark.parametrize('content', [REFUSED[name][0] for name in ('document type', 'entities', 'cut off')])
def test_refusal_says_what_to_do(content: bytes) -> None:
    """It should say in a refusal what the caller can do about it."""
    with pytest.raises(UserError, match=r'export the page|Special:Export'):
        read(content)


@pytest.mark.parametrize(
    ('number', 'stamp'),
    [
        ('1', ''),
        ('1', 'yesterday'),
        ('1', '2027-13-01T00:00:00Z'),
        ('1', '2027-05-01T12:00:00'),
        ('1', '0001-01-01T00:00:00+14:00'),
        ('', '2027-05-01T12:00:00Z'),
        ('x', '2027-05-01T12:00:00Z'),
    ],
)
def test_revision_without_id_or_time(number: str, stamp: str) -> None:
    """It should refuse a revision whose id or time is missing, no such thing, or of no known zone."""
    with pytest.raises(UserError, match=r"^file\.xml: page 1, 'P': a revision without a valid id or "):
        read(export(page('P', revision(number, time=stamp))))


def test_pages_around_a_bad_one_are_given() -> None:
    """It should give the pages before and after one that cannot be read, and name its place."""
    content = export(page('P'), page('Q', revision(time='')), page(''), page('R'))
    first, bad, unnamed, last = read_pages(io.BytesIO(content), 'file.xml')
    assert [one.title for one in (first, last) if isinstance(one, Page)] == ['P', 'R']
    assert str(bad).startswith("file.xml: page 2, 'Q': ")
    assert str(unnamed).startswith('file.xml: page 3: ')


def test_pages_before_a_fault_are_given() -> None:
    """It should give the pages that stand before the place where a file is cut off."""
    pages = read_pages(io.BytesIO(export(page('P'), page('Q'))[:-40]), 'file.xml')
    assert isinstance(next(pages), Page)
    with pytest.raises(UserError, match='line 1, column'):
        list(pages)


#: Texts that are not there, and whether they are.
STUBS: dict[str, tuple[str, str | None]] = {
    'empty': ('<text bytes="0" />', ''),
    'a stub': ('<text bytes="812" sha1="x" />', None),
    'a stub with an address': ('<text location="tt:7" />', None),
    'a text': ('<text bytes="1" location="tt:7">a</text>', 'a'),
}


@pytest.mark.parametrize(('tag', 'text'), STUBS.values(), ids=STUBS)
def test_stub(tag: str, text: str | None) -> None:
    """It should not take a text that the file leaves out for an empty one."""
    assert read(export(page('P', revision(text_tag=tag))))[0].live.text == text


@pytest.mark.parametrize(
    ('parent', 'version', 'known'),
    [(None, 11, True), (0, 11, True), (4, 11, False), (None, 7, True), (None, 6, False), (None, 3, False)],
)
def test_history(parent: int | None, version: int, *, known: bool) -> None:
    """It should know whether a history begins with the first revision: that one has no parent."""
    content = export(
        page('P', revision(5, parent=parent), revision(6, time='2027-05-02T12:00:00Z', parent=5)),
        namespace=f'http://www.mediawiki.org/xml/export-0.{version}/',
    )
    assert read(content)[0].has_history is known


def test_page_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """It should not hold a page of any size, but many pages that are larger together."""
    monkeypatch.setattr('globalban_bot.gather.export.MOST_OF_A_PAGE', 200_000)
    many = export(*(page(f'P {n}', revision(n, 'x' * 50_000)) for n in range(1, 20)))
    assert len(read(many)) == 19
    with pytest.raises(UserError, match='larger than can be read'):
        read(export(page('P', *(revision(n, 'x' * 50_000) for n in range(1, 20)))))


#: Beginnings of files, and whether they are those of an export.
STARTS: list[tuple[str, bool]] = [
    ('<mediawiki xmlns="x">', True),
    ('<mediawiki>', True),
    ('<ns0:mediawiki xmlns:ns0="x">', True),
    ('\ufeff<?xml version="1.0"?>\n<mediawiki>', True),
    ('\n  <mediawiki>', True),
    ('<!-- made by hand --><mediawiki>', True),
    ('<!-- made\nby hand -->\n<mediawiki>', True),
    ('<?xml version="1.0"?><!-- a --><!-- b -->\n<mediawiki>', True),
    ('<!DOCTYPE mediawiki><mediawiki>', True),
    ('<?xml version="1.0"?>\n<!DOCTYPE m [<!ENTITY a "b">]><mediawiki>', True),
    ('', False),
    ('{{rfc subpage}}', False),
    ('<mediawikis>', False),
    ('text <mediawiki>', False),
    ('<nowiki><mediawiki></nowiki>', False),
    ('<!-- a comment --> {{rfc subpage}}', False),
    ('<!-- <mediawiki> --> text', False),
]


@pytest.mark.parametrize(('start', 'wanted'), STARTS)
def test_is_export(start: str, *, wanted: bool) -> None:
    """It should tell an export from wikitext by how it begins."""
    assert is_export(start) is wanted


@pytest.mark.parametrize('start', ["'<!-- a -->' * 200", "'<!DOCTYPEx' * 200", "' ' * 4000"])
def test_is_export_is_quick(start: str) -> None:
    """It should tell wikitext that begins with many comments from an export at once."""
    code = f'from globalban_bot.gather.export import is_export; print(is_export({start}))'
    command = [sys.executable, '-c', code]
    try:
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=3, check=True)
    except subprocess.TimeoutExpired:
        pytest.fail('not decided within 3 seconds')
    assert done.stdout == 'False\n'


RFC = 'Requests for comment'


def source(folder: Path, pages: Iterable[str]) -> ExportSource:
    path = folder / 'file.xml'
    path.write_bytes(export(*pages))
    return ExportSource(path, load_profile('meta'))


def test_source(tmp_path: Path) -> None:
    """It should give the requests of an export, and all its pages with the reason for leaving one out."""
    category = '[[Category:Successful_global ban requests|Ada]]'
    found = source(
        tmp_path,
        [
            page(f'{RFC}/Global ban for Ada', number=1),
            page(f'{RFC}/Global ban for Bel', number=2, redirect=f'{RFC}/Global ban for Ada'),
            page(f'{RFC}/The case of Cid', revision(text=category), number=3),
            page(f'{RFC}/The case of Dov', revision(text=category.replace('[[', '[[:')), number=4),
            page(f'{RFC}/Global ban for Ada/de', number=5),
            page(f'{RFC}/The case of Eve', revision(text_tag='<text deleted="deleted" />'), number=6),
        ],
    )
    assert [one.page_id for one in requests_of(found)] == [1, 3]
    reasons = [(one.page_id, one.excluded) for one in found.candidates()]
    assert reasons == [
        (1, None),
        (2, REDIRECT),
        (3, None),
        (4, ANOTHER_TITLE),
        (5, 'a translation'),
        (6, ANOTHER_TITLE),
    ]


def test_source_takes_the_live_categories(tmp_path: Path) -> None:
    """It should go by the categories of the newest revision."""
    was = revision(1, '[[Category:Successful global ban requests]]')
    now = revision(2, 'text', time='2027-05-02T12:00:00Z')
    assert [*requests_of(source(tmp_path, [page(f'{RFC}/The case of Ada', was, now)]))] == []


def test_source_can_be_read_again(tmp_path: Path) -> None:
    """It should give the same pages each time it is asked."""
    found = source(tmp_path, [page(f'{RFC}/Global ban for Ada')])
    assert [*requests_of(found)] == [*requests_of(found)]


def test_source_reads_one(tmp_path: Path) -> None:
    """It should give the newest revision of a request, and the request with its history."""
    revisions = (revision(70), revision(71, 'new', time='2027-05-02T12:00:00Z'))
    found = source(tmp_path, [page(f'{RFC}/Global ban for Ada', *revisions), page(f'{RFC}/Logo', number=8)])
    first, second = found.candidates()
    assert (first.revision, second.is_request) == (71, False)
    assert [one.id for one in found.read(first).revisions] == [70, 71]
