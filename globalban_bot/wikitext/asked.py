"""Find in the history of a talk page which revision first held each question.

.. code-block:: wikitext

   * {{User:Request facts bot/Ask|recount}} [[User:Ada Invented|Ada Invented]] 12:00, 3 May 2027 (UTC)

A question that somebody moves, indents or puts back stays the question that it was. The revision gives the
minute at which it was asked, and its account counts for the limits alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from globalban_bot.model.command import CommandUse, TalkCommand
from globalban_bot.model.revision import Revision
from globalban_bot.wikitext.commands import CommandReader

#: The time in a signature. Two comments of one text differ in it.
_TIME = re.compile(r'\d\d:\d\d, [^()\[\]{}\n]{4,40} \(UTC\)')


@dataclass(frozen=True)
class _Written:
    """A question as one revision has it.

    :param line: the line on which it stands, without the signs of lists
    :param times: the times of signatures on the line
    """

    command: TalkCommand
    line: str
    times: frozenset[str]


@dataclass(frozen=True)
class _Held:
    """A question, and the revision that first held it; the author is None where nobody can be named."""

    written: _Written
    first: Revision
    author: str | None


def read_asked(revisions: Sequence[Revision], reader: CommandReader) -> tuple[CommandUse, ...]:
    """Return what was asked on a page, in the order of the revisions that first held it.

    What the first revision holds was asked by nobody if older revisions are missing. So is what first stands
    behind a revision whose text is hidden.

    :param revisions: of the page, oldest first
    """
    known = not revisions or revisions[0].is_first
    all_held: list[_Held] = []
    # Each question by its number in all_held: as it stands now, and each line on which it ever stood.
    now: dict[int, _Written] = {}
    ever: dict[_Written, list[int]] = {}
    for revision in revisions:
        if revision.text is None:
            known = False
            continue
        numbers = _numbered(_written(revision.text, reader), now, ever)
        now = {}
        for written, number in numbers:
            if number is None:
                number = len(all_held)  # noqa: PLW2901
                all_held.append(_Held(written, revision, revision.user if known else None))
            now[number] = written
            if number not in ever.setdefault(written, []):
                ever[written].append(number)
        known = True
    return tuple(_asked(held, number in now) for number, held in enumerate(all_held))


def _asked(held: _Held, stands: bool) -> CommandUse:
    return CommandUse(held.written.command, held.author, held.first.time, held.first.id, stands)


def _written(text: str, reader: CommandReader) -> Iterator[_Written]:
    for placed in reader.placed(text):
        start, end = text.rfind('\n', 0, placed.start) + 1, text.find('\n', placed.end)
        line = text[start : end if end >= 0 else len(text)].strip(' *#:;')
        yield _Written(placed.command, line, frozenset(_TIME.findall(line)))


def _numbered(
    questions: Iterable[_Written], before: dict[int, _Written], ever: dict[_Written, list[int]]
) -> list[tuple[_Written, int | None]]:
    """Return each question with its number; None where nobody asked it before.

    :param before: the questions of the revision before, by number
    :param ever: numbers by each line that ever was
    """
    taken: set[int] = set()

    def take(numbers: Iterable[int]) -> int | None:
        number = next((number for number in numbers if number not in taken), None)
        if number is not None:
            taken.add(number)
        return number

    # First those whose line is the same, then those whose line was edited or put back.
    same = [(one, take(n for n in ever.get(one, ()) if n in before)) for one in questions]
    return [
        (one, number)
        if number is not None
        else (one, take((*_edited(one, before), *(ever.get(one, ()) if one.times else ()))))
        for one, number in same
    ]


def _edited(question: _Written, before: dict[int, _Written]) -> Iterator[int]:
    """Yield the questions of the revision before that may be this one; with another time it is another."""
    for number, other in before.items():
        if other.command == question.command and (
            not other.times or not question.times or other.times & question.times
        ):
            yield number
