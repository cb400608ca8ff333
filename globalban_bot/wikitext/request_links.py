"""Find links to a request in wikitext, and tell whether an address is that of a request.

.. code-block:: wikitext

   [[m:Requests for comment/Global ban for X|a request]]      any interwiki prefix of the wiki
   [[m:Special:Redirect/page/123]]   [[m:Special:MyLanguage/…]]
   https://meta.wikimedia.org/wiki/…   …/w/index.php?title=…   …/?curid=123
   [{{fullurl:m:Requests for comment/…}} here]

What readers cannot follow is no link: text in comments, ``<nowiki>`` and the like. A marker in the text is no
link either, as anybody can write one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, unquote, urlsplit

from globalban_bot.wikitext.active_parts import active_parts

#: ``[[m:Title|…]]``, with as many prefixes as stand there, up to what ends the title; no title is as long.
_LINK = re.compile(r'\[\[\s*+:?([^\[\]|#\n]{1,1000})')
_FUNCTION = re.compile(r'\{\{\s*+(?:full|local|canonical)urle?:([^{}|#\n]{1,1000})', re.IGNORECASE)
_ADDRESS = re.compile(r'(?:https?:)?//[^\s\[\]<>"|{}]++', re.IGNORECASE)
#: Leads readers to the translation in their language.
_TRANSLATED = 'special:mylanguage/'
_BY_NUMBER = re.compile(r'special:redirect/page/0*+(\d{1,15})')


@dataclass(frozen=True)
class RequestLinks:
    """Knows the links to a request.

    :param page_id: page id of the request
    :param titles: its title, then those that it had, and of redirects to it
    :param server: address of its wiki, as ``https://meta.wikimedia.org``
    :param prefixes: interwiki prefixes that lead to that wiki from the wiki of the text, the usual one first
    """

    page_id: int
    titles: tuple[str, ...]
    server: str
    prefixes: tuple[str, ...] = ('m', 'meta')

    def addresses(self) -> tuple[str, ...]:
        """Return its addresses without protocol, as ``list=exturlusage`` takes them."""
        host = urlsplit(self.server).netloc
        return tuple(f'{host}/wiki/{quote(database_title(title), safe="/:")}' for title in self.titles)

    def linked_in(self, text: str, *, here: bool = False) -> bool:
        """Return whether readers of a text can follow a link to the request.

        :param text: wikitext
        :param here: whether it stands on the wiki of the request, where links need no prefix
        """
        visible = '\n'.join(part for part in active_parts(text) if part is not None)
        return any(self._is_linked(link, here) for link in _targets(visible)) or any(
            self.is_address(match[0]) for match in _ADDRESS.finditer(visible)
        )

    def is_address(self, address: str) -> bool:
        """Return whether an address, also one for mobile phones, is that of the request."""
        # What ends a sentence is no part of an address.
        return self._leads(address) or self._leads(address.rstrip(".,;:!?)'"))

    def _leads(self, address: str) -> bool:
        try:
            parts = urlsplit(address)
        except ValueError:
            return False
        if parts.netloc.lower().replace('.m.', '.', 1) != urlsplit(self.server).netloc:
            return False
        if parts.path.startswith('/wiki/'):
            return self._is_page(unquote(parts.path.removeprefix('/wiki/')))
        query = parse_qs(parts.query)
        # MediaWiki follows "curid" whatever the title says.
        numbers = query.get('curid', [])
        return str(self.page_id) in numbers if numbers else any(map(self._is_page, query.get('title', [])))

    def _is_linked(self, link: str, here: bool) -> bool:
        link = unquote(link)
        if here and self._is_page(link):
            return True
        prefix, _, rest = link.partition(':')
        while rest:
            if prefix.strip().lower() in self.prefixes and self._is_page(rest):
                return True
            prefix, _, rest = rest.partition(':')
        return False

    def _is_page(self, text: str) -> bool:
        title = _plain(text)
        if title.lower().startswith(_TRANSLATED):
            title = _plain(title[len(_TRANSLATED) :])
        by_number = _BY_NUMBER.fullmatch(title.lower())
        if by_number is not None:
            return int(by_number[1]) == self.page_id
        return title in {_plain(title) for title in self.titles}


def database_title(title: str) -> str:
    """Return a title as MediaWiki's tables of links have it."""
    return title.replace(' ', '_')


def _targets(text: str) -> Iterator[str]:
    """Yield what links and functions such as ``{{fullurl:…}}`` lead to, as it is written."""
    for form in (_LINK, _FUNCTION):
        yield from (match[1] for match in form.finditer(text))


def _plain(title: str) -> str:
    """Return a title in one form: blanks for underlines, the first letter large."""
    words = ' '.join(title.replace('_', ' ').split()).removeprefix(':').strip()
    return words[:1].upper() + words[1:]
