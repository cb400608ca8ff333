"""Titles and addresses from wikis, made into links only where they are what they pretend to be.

A title that a wiki gave is one that MediaWiki let somebody create; the rules are those of its
``MediaWikiTitleCodec`` (1.39), and stricter where a title could act within a page.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

_LONGEST_BYTES = 255
_ILLEGAL = re.compile(
    r'[#<>\[\]|{}\x00-\x1f\x7f-\x9f\ufffd]|~~~|%[0-9A-Fa-f]{2}|&#?[\w\x80-\uffff]+;'
    r'|^\.{1,2}$|^\.{1,2}/|/\.{1,2}/|/\.{1,2}$|__|^[:/]|^\s*$'
)
#: Characters that turn or hide the text around them.
_TRICKS = re.compile('[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]')
_URL = re.compile(r'https://[a-z0-9-]+(?:\.[a-z0-9-]+)+')
_LINK = re.compile(r'https://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[!#$%&()*+,./0-9:;=?@A-Z_a-z-]*')


def linkable(title: str) -> str | None:
    """Return a title as it may stand in a link; None where it is no title.

    :param title: as a wiki or a person wrote it
    """
    plain = ' '.join(unicodedata.normalize('NFC', title.replace('_', ' ')).split())
    if len(plain.encode('utf-8', 'replace')) > _LONGEST_BYTES:
        return None
    return None if not plain or _ILLEGAL.search(plain) or _TRICKS.search(plain) else plain


def page_address(url: str, title: str) -> str | None:
    """Return the address of a page on another wiki; None where it is none.

    :param url: server of the wiki, as ``https://en.wikipedia.org``
    """
    plain = linkable(title)
    if plain is None or not _URL.fullmatch(url):
        return None
    return f'{url}/wiki/{quote(plain.replace(" ", "_"), safe="/:")}'


def address(link: str) -> str | None:
    """Return an address that was found; None where it is none, or could act within a page."""
    return link if _LINK.fullmatch(link) and '__' not in link and '~~~' not in link else None
