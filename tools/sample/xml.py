"""Pages as a MediaWiki XML export."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from xml.sax.saxutils import escape

from tools.sample.pages import NAMESPACES, Page, Revision
from tools.sample.users import User

EXPORT = 'http://www.mediawiki.org/xml/export-0.11/'


def xml_of(pages: Iterable[Page]) -> str:
    """Write an export of some pages, in the order of their ids."""
    blocks = [_page_xml(page) for page in sorted(pages, key=lambda page: page.id)]
    opening = (
        f'<mediawiki xmlns="{EXPORT}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{EXPORT} http://www.mediawiki.org/xml/export-0.11.xsd"'
        ' version="0.11" xml:lang="en">\n'
    )
    return opening + _siteinfo_xml() + ''.join(blocks) + '</mediawiki>\n'


def _siteinfo_xml() -> str:
    spaces = ''.join(
        f'      <namespace key="{key}" case="first-letter"' + (f'>{name}</namespace>\n' if name else ' />\n')
        for key, name in NAMESPACES.items()
    )
    return (
        '  <siteinfo>\n    <sitename>Meta</sitename>\n    <dbname>metawiki</dbname>\n'
        '    <base>https://meta.wikimedia.org/wiki/Main_Page</base>\n'
        '    <generator>globalban_bot tools/make_sample.py</generator>\n    <case>first-letter</case>\n'
        f'    <namespaces>\n{spaces}    </namespaces>\n  </siteinfo>\n'
    )


def _page_xml(page: Page) -> str:
    redirect = f'    <redirect title={_quoted(page.redirect)} />\n' if page.redirect else ''
    parents = [None, *(revision.id for revision in page.revisions)]
    return (
        f'  <page>\n    <title>{escape(page.title)}</title>\n    <ns>{page.namespace}</ns>\n'
        f'    <id>{page.id}</id>\n{redirect}'
        + ''.join(_revision_xml(*pair) for pair in zip(page.revisions, parents, strict=False))
        + '  </page>\n'
    )


def _revision_xml(revision: Revision, parent: int | None) -> str:
    raw = revision.text.encode()
    sha1 = base36(int(hashlib.sha1(raw, usedforsecurity=False).hexdigest(), 16)).rjust(31, '0')
    lines = [
        f'<id>{revision.id}</id>',
        f'<parentid>{parent}</parentid>' if parent else '',
        f'<timestamp>{revision.time:%Y-%m-%dT%H:%M:%SZ}</timestamp>',
        f'<contributor>{_contributor_xml(revision.user)}</contributor>',
        f'<comment>{escape(revision.comment)}</comment>' if revision.comment else '',
        f'<origin>{revision.id}</origin>',
        '<model>wikitext</model>',
        '<format>text/x-wiki</format>',
        f'<text bytes="{len(raw)}" sha1="{sha1}" xml:space="preserve">{escape(revision.text)}</text>',
        f'<sha1>{sha1}</sha1>',
    ]
    return '    <revision>\n' + ''.join(f'      {line}\n' for line in lines if line) + '    </revision>\n'


def _contributor_xml(user: User) -> str:
    if user.id is None:
        return f'<ip>{user.name}</ip>'
    return f'<username>{escape(user.name)}</username><id>{user.id}</id>'


def _quoted(text: str) -> str:
    return '"' + escape(text, {'"': '&quot;'}) + '"'


def base36(number: int) -> str:
    """Write a number with the digits 0-9 and a-z, as MediaWiki writes SHA-1 sums."""
    digits = ''
    while number:
        number, digit = divmod(number, 36)
        digits = '0123456789abcdefghijklmnopqrstuvwxyz'[digit] + digits
    return digits
