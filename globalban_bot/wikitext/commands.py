"""Read what people ask of the bot on a talk page.

.. code-block:: wikitext

   * {{User:Request facts bot/Ask|recount}} ~~~~
   * {{User:Request facts bot/Ask|coverage|12345}} ~~~~

A command within ``<nowiki>``, a comment, a quote or another template is none, nor is one that is struck out.
A command asks for an answer. It never opens anything, whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from globalban_bot.model.command import ODD, CommandName, TalkCommand
from globalban_bot.model.dialect import Dialect
from globalban_bot.profiles.controls import CommandSettings
from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.opaque import hide, without_surrogates
from globalban_bot.wikitext.surface import Surface, surface_of
from globalban_bot.wikitext.templates import swallowed

#: More commands of one page are not read.
MOST = 200
#: As many digits as the template takes for a number.
_NUMBER = re.compile(r'[0-9]{1,15}', re.ASCII)
_COMMENT = re.compile(r'<!--.*?(?:-->|\Z)', re.DOTALL)
#: What is not shown on the page itself, though a template stands in it, or is a quote to the end of the page.
_NOT_SHOWN = re.compile(
    r'<includeonly\b[^<>]*>.*?(?:</includeonly\s*>|\Z)|<(?:blockquote|q)\b[^<>]*>.*',
    re.DOTALL | re.IGNORECASE,
)
#: What PHP's ``trim`` takes away, as the parser functions do.
_BLANKS = ' \t\n\r\0\v'


@dataclass(frozen=True)
class Placed:
    """A command, and where it stands.

    :param start: offset of its opening braces
    :param end: offset behind its closing braces
    """

    start: int
    end: int
    command: TalkCommand


@dataclass(frozen=True)
class CommandReader:
    """Reads commands.

    :param names: titles of the template, as :func:`_title` writes them
    :param words: what people write, in lower case, and what it means
    :param lexicon: tells which templates hold a person's own words
    :param dialect: tells links to accounts
    """

    names: frozenset[str]
    words: Mapping[str, CommandName]
    lexicon: Lexicon
    dialect: Dialect

    def read(self, text: str) -> tuple[TalkCommand, ...]:
        """Return the commands that stand on a page, in its order; twice where one stands there twice."""
        return tuple(one.command for one in self.placed(text))

    def placed(self, text: str) -> tuple[Placed, ...]:
        """Return the commands of a page with their places, in its order; :data:`MOST` of them."""
        return tuple(islice(self._placed(text), MOST))

    def _placed(self, text: str) -> Iterator[Placed]:
        surface = self.surface(text)
        for template in surface.templates:
            command = None if surface.is_struck(template.start) else self._command(template.source)
            if command is not None:
                yield Placed(template.start, template.end, command)

    def surface(self, text: str) -> Surface:
        """Return what a reader of the page sees, at the offsets of the page."""
        text = without_surrogates(text)
        hidden = hide(text)
        text = _without(text, (found.span() for found in _NOT_SHOWN.finditer(hidden)))
        return surface_of(_without(text, swallowed(hidden)), self.lexicon)

    def _command(self, source: str) -> TalkCommand | None:
        """Read a call; None where it is none to the template, or asks nothing."""
        name, *parts = _COMMENT.sub('', source)[2:-2].split('|')
        if _title(name.strip().removeprefix(':'), self.dialect) not in self.names:
            return None
        given = dict(_numbered(parts))
        ask = self.words.get(given.get('1', '').lower())
        return None if ask is None else TalkCommand(ask, _argument(given.get('2', '')))


def command_reader(settings: CommandSettings, dialect: Dialect, lexicon: Lexicon) -> CommandReader:
    """Make the reader of a wiki's commands.

    :param dialect: by what names the wiki calls the namespace for users
    """
    titles = (settings.template, *settings.aliases)
    return CommandReader(
        frozenset(_title(title, dialect) for title in titles), settings.words, lexicon, dialect
    )


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with blanks in the place of some spans, in order and apart."""
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += [text[done:start], ' ' * (end - start)]
        done = end
    return ''.join([*parts, text[done:]])


def _title(written: str, dialect: Dialect) -> str:
    """Return the title of a template as MediaWiki knows it, ``Template:`` left out."""
    space, colon, name = ' '.join(written.replace('_', ' ').split()).partition(':')
    space = space.strip().lower()
    if not colon or space not in {'template', *dialect.user}:
        return _capital(' '.join(written.replace('_', ' ').split()))
    return f'{"user:" if space in dialect.user else ""}{_capital(name.strip())}'


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _numbered(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the arguments of a call with their names, of which the last counts, or their numbers."""
    number = 0
    for part in parts:
        name, equals, value = part.partition('=')
        if not equals:
            number += 1
        yield (name.strip(_BLANKS), value.strip(_BLANKS)) if equals else (str(number), part.strip(_BLANKS))


def _argument(written: str) -> str:
    return written if not written or _NUMBER.fullmatch(written) else ODD
