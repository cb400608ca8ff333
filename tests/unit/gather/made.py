"""Made-up XML exports."""

from __future__ import annotations

from html import escape

NAMESPACE = 'http://www.mediawiki.org/xml/export-0.11/'

ADA = '<contributor><username>Ada</username><id>3</id></contributor>'


def revision(
    number: int | str = 1,
    text: str = 'text',
    *,
    time: str = '2027-05-01T12:00:00Z',
    contributor: str = ADA,
    text_tag: str | None = None,
    parent: int | None = None,
) -> str:
    """Return a revision; the tags of contributor and text can be given whole.

    :param parent: id of the revision before it
    """
    tag = f'<text xml:space="preserve">{escape(text)}</text>' if text_tag is None else text_tag
    stamp = f'<timestamp>{time}</timestamp>' if time else ''
    before = '' if parent is None else f'<parentid>{parent}</parentid>'
    return f'<revision><id>{number}</id>{before}{stamp}{contributor}<comment>c</comment>{tag}</revision>'


def page(title: str, *revisions: str, number: int | str = 7, redirect: str | None = None) -> str:
    """Return a page, with one revision if none is given."""
    target = '' if redirect is None else f'<redirect title="{escape(redirect)}" />'
    body = ''.join(revisions or (revision(),))
    return f'<page><title>{escape(title)}</title><ns>0</ns><id>{number}</id>{target}{body}</page>'


def export(*pages: str, namespace: str = NAMESPACE) -> bytes:
    """Return an export of some pages."""
    space = f' xmlns="{namespace}"' if namespace else ''
    return f'<mediawiki{space} version="0.11"><siteinfo/>{"".join(pages)}</mediawiki>'.encode()
