"""Whether a text, or an address, leads to a request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlsplit

from globalban_bot.model.notice import notices_on

#: ``[[m:Title|…]]``, with as many prefixes as stand there, up to what ends the title; no title is as long.
_LINK = re.compile(r'\[\[\s*:?([^\[\]|#\n]{1,1000})')
_ADDRESS = re.compile(r'(?:https?:)?//[^\s\[\]<>"|{}]+', re.IGNORECASE)
#: Leads readers to the translation in their language.
_TRANSLATED = 'special:mylanguage/'


@dataclass(frozen=True)
class Sought:
    """The request that notices lead to.

    :param page_id: its page id
    :param titles: its title, then those that it had, and of redirects to it
    :param server: address of its wiki, as ``https://meta.wikimedia.org``
    :param prefixes: interwiki prefixes that lead to that wiki from all others, the usual one first
    """

    page_id: int
    titles: tuple[str, ...]
    server: str
    prefixes: tuple[str, ...] = ('m', 'meta')

    def addresses(self) -> tuple[str, ...]:
        """Return its addresses without protocol, as ``list=exturlusage`` takes them."""
        host = urlsplit(self.server).netloc
        return tuple(f'{host}/wiki/{quote(database_title(title), safe="/:")}' for title in self.titles)

    def in_text(self, text: str, *, here: bool = False) -> bool:
        """Return whether a text has the marker of a notice, or a link to the request.

        :param text: wikitext
        :param here: whether it stands on the wiki of the request, where links need no prefix
        """
        if notices_on(text, self.page_id):
            return True
        linked = any(self._is_linked(match[1], here) for match in _LINK.finditer(text))
        return linked or any(self.is_address(match[0]) for match in _ADDRESS.finditer(text))

    def is_address(self, address: str) -> bool:
        """Return whether an address, also one for mobile phones, is that of the request."""
        # What ends a sentence is no part of an address.
        return self._leads(address) or self._leads(address.rstrip(".,;:!?)'"))

    def _leads(self, address: str) -> bool:
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        host = parts.netloc.lower().replace('.m.', '.', 1)
        if host != urlsplit(self.server).netloc:
            return False
        if parts.path.startswith('/wiki/'):
            return self._is_title(unquote(parts.path.removeprefix('/wiki/')))
        titles = parse_qs(parts.query).get('title', [])
        return any(self._is_title(title) for title in titles)

    def _is_linked(self, link: str, here: bool) -> bool:
        link = unquote(link)
        if here and self._is_title(link):
            return True
        prefix, _, rest = link.partition(':')
        while rest:
            if prefix.strip().lower() in self.prefixes and self._is_title(rest):
                return True
            prefix, _, rest = rest.partition(':')
        return False

    def _is_title(self, text: str) -> bool:
        found = _plain(text)
        if found.lower().startswith(_TRANSLATED):
            found = _plain(found[len(_TRANSLATED) :])
        return found in {_plain(title) for title in self.titles}


def database_title(title: str) -> str:
    """Return a title as MediaWiki's tables of links have it."""
    return title.replace(' ', '_')


def _plain(title: str) -> str:
    """Return a title in one form: blanks are underlines, the first letter is large."""
    words = ' '.join(title.replace('_', ' ').split()).removeprefix(':').strip()
    return words[:1].upper() + words[1:]
