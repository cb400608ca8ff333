"""Put a reply below the comment that holds a command, on wikis that have approved threaded replies.

.. code-block:: wikitext

   * {{User:Request facts bot/Ask|recount}} [[User:Ada Invented|Ada Invented]] 12:00, 3 May 2027 (UTC)
   *: Recounted at … ~~~~<!-- globalban_bot answer 123 recount/ -->
"""

from __future__ import annotations

import re

from globalban_bot.model.command import Command
from globalban_bot.wikitext.commands import CommandReader

#: A comment ends with a time; it is looked for on so many lines.
_LONGEST = 10
_TIME = re.compile(r'\d{4} \(UTC\)')
_INDENT = re.compile(r'[*#:;]*')


def reply_marker(command: Command, revision: int) -> str:
    """Return what stands behind a reply: it tells that the command of a revision was answered.

    :param revision: id of the revision that asked
    """
    return f'<!-- globalban_bot answer {revision} {command.ask.value}/{command.argument} -->'


def with_reply(text: str, reader: CommandReader, command: Command, reply: str) -> str | None:
    """Return a talk page with a reply below a command; None where the command does not stand there.

    :param text: the page
    :param reply: wikitext on one line
    """
    ends = [one.end for one in reader.placed(text) if one.command == command]
    if not ends:
        return None
    # Line breaks within templates and what is not shown are none.
    shown = reader.surface(text).text
    start = shown.rfind('\n', 0, ends[-1]) + 1
    indent = _INDENT.match(text, start)
    at = _end_of_comment(text, shown, ends[-1])
    return f'{text[:at]}\n{indent[0] if indent else ""}: {reply}{text[at:]}'


def _end_of_comment(text: str, shown: str, start: int) -> int:
    """Return the offset of the end of the line with the time, or of the line itself where none is near."""
    first = end = _line_end(shown, start)
    for _ in range(_LONGEST):
        if _TIME.search(text, start, end):
            return end
        if end == len(text) or text[end + 1 : end + 2] in {'=', ''}:
            break
        end = _line_end(shown, end + 1)
    return first


def _line_end(text: str, start: int) -> int:
    end = text.find('\n', start)
    return len(text) if end < 0 else end
