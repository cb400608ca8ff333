"""Read what people ask of the bot on a talk page.

.. code-block:: wikitext

   * {{User:Request facts bot/Ask|recount}} ~~~~
   * {{User:Request facts bot/Ask|approve|0123456789ab}} ~~~~

A command within ``<nowiki>``, a comment, a quote or another template is none, nor is one that is struck out.
Whose it is, the history of the page tells, never a signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from globalban_bot.model.approval import Said
from globalban_bot.model.command import ODD, Ask, Asked, Command
from globalban_bot.model.dialect import Dialect
from globalban_bot.model.revision import Revision
from globalban_bot.profiles.controls import CommandSettings
from globalban_bot.wikitext.additions import additions
from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.opaque import without_surrogates
from globalban_bot.wikitext.surface import Surface, surface_of
from globalban_bot.wikitext.templates import Template, normal_name

_DIGEST = re.compile(r'[0-9a-f]{12}', re.ASCII)
_NUMBER = re.compile(r'[0-9]+', re.ASCII)
_COMMENT = re.compile(r'<!--.*?(?:-->|\Z)', re.DOTALL)
#: What is not shown on the page itself, though a template stands in it.
_NOT_SHOWN = re.compile(r'<includeonly\b[^<>]*>.*?(?:</includeonly\s*>|\Z)', re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class CommandReader:
    """Reads commands.

    :param names: names of the template, in the form in which names are compared
    :param words: what people write, in lower case, and what it means
    :param lexicon: tells which templates hold a person's own words
    """

    names: frozenset[str]
    words: Mapping[str, Ask]
    lexicon: Lexicon

    def read(self, text: str) -> tuple[Command, ...]:
        """Return the commands that stand on a page, in its order; twice where one stands there twice."""
        return tuple(command for _, command in self.placed(text))

    def placed(self, text: str) -> Iterator[tuple[int, Command]]:
        """Yield the commands of a page, each with the offset behind it."""
        surface = self.surface(text)
        for template in surface.templates:
            command = None if surface.is_struck(template.start) else self._command(template)
            if command is not None:
                yield template.end, command

    def surface(self, text: str) -> Surface:
        """Return what a reader of the page sees, at the offsets of the page."""
        shown = _NOT_SHOWN.sub(lambda found: ' ' * len(found[0]), without_surrogates(text))
        return surface_of(shown, self.lexicon)

    def _command(self, template: Template) -> Command | None:
        if template.name.removeprefix(':').strip() not in self.names:
            return None
        arguments = template.arguments()
        word, argument = (_plain(arguments.get(number, '')) for number in ('1', '2'))
        ask = self.words.get(word)
        return None if ask is None else Command(ask, _argument(ask, argument))


def command_reader(settings: CommandSettings, dialect: Dialect, lexicon: Lexicon) -> CommandReader:
    """Make the reader of a wiki's commands.

    :param dialect: by what names the wiki calls the namespace for users
    """
    titles = (settings.template, *settings.aliases)
    return CommandReader(
        frozenset(name for title in titles for name in _names(title, dialect)), settings.words, lexicon
    )


def read_asked(revisions: Sequence[Revision], reader: CommandReader) -> tuple[Asked, ...]:
    """Return what was asked on a page, oldest first.

    :param revisions: of the page, oldest first
    """
    return tuple(
        Asked(one.thing, one.revision.user, one.revision.time, one.revision.id, one.stands)
        for one in additions(revisions, reader.read)
    )


def ruling_of(asked: Asked, page_id: int) -> Said | None:
    """Return what a command on the talk page of a request says about its delivery; None for a mere question.

    :param page_id: page id of the request; a command that names another one says nothing here
    """
    ask, argument = asked.command.ask, asked.command.argument
    whole = argument not in {'', ODD} if ask is Ask.APPROVE else argument in {'', str(page_id)}
    if ask.ruling is None or not whole:
        return None
    digest = argument if ask is Ask.APPROVE else ''
    return Said(ask.ruling, digest, asked.author, asked.time, asked.revision, asked.stands)


def _names(title: str, dialect: Dialect) -> Iterator[str]:
    """Yield the ways in which a template is called: ``Template:X`` is ``X``, too."""
    space, colon, name = title.partition(':')
    yield normal_name(title)
    if colon and space.lower() == 'template':
        yield normal_name(name)
    if colon and space.lower() in dialect.user:
        yield from (normal_name(f'{user}:{name}') for user in dialect.user)


def _plain(written: str) -> str:
    return ' '.join(_COMMENT.sub('', written).split()).lower()


def _argument(ask: Ask, written: str) -> str:
    form = _DIGEST if ask is Ask.APPROVE else _NUMBER
    return written if not written or form.fullmatch(written) else ODD
