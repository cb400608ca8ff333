"""Titles that come from wikis: what can be one, and no more."""

from __future__ import annotations

import re
from urllib.parse import quote

#: What no title has ($wgLegalTitleChars): these would end a link, or split a list of titles in a question.
_TITLE = re.compile(r'(?![:\s])[^\x00-\x1f\x7f|#<>\[\]{}\ufffd\ud800-\udfff]+')
#: A title is at most this long without its namespace, in bytes; the names of namespaces are short.
_LONGEST = 255 + 100


def is_title(text: object) -> bool:
    """Return whether a text can be a title, and stand in a question or a link as it is."""
    return isinstance(text, str) and _TITLE.fullmatch(text) is not None and len(text.encode()) <= _LONGEST


def page_url(server: str, title: str) -> str:
    """Return the address of a page.

    :param server: address of the wiki, as ``https://en.wikipedia.org``
    """
    return f'{server}/wiki/{quote(title.replace(" ", "_"), safe="/:")}'


def revision_url(server: str, revision: int) -> str:
    """Return the address of a page as a revision left it."""
    return f'{server}/wiki/Special:Permalink/{revision}'
