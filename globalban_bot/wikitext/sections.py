"""The sections of a page, and what their headings mean for the votes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto

from globalban_bot.model.vote import Stance
from globalban_bot.wikitext.headings import (
    PSEUDO_LEVEL,
    heading_of,
    plain,
    pseudo_heading_of,
    words_of,
)
from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.lines import Line

_PROPOSAL_NUMBER = re.compile(r'\s*+[#№]?\s*+(\d++|[A-Z])\b')
#: Words behind that of a side, in headings that go on with a name.
_MEASURES = frozenset('ban banning banned global globally block blocking lock locking the a any'.split())
_PARTS = re.compile(r'[/|·,;()\[\]]+')
_DASH = re.compile('[–—]')


class Meaning(Enum):
    """What a heading says of its section."""

    SIDE = auto()  #: votes of one side
    VOTES = auto()  #: holds vote sections, or one list of votes
    COMMENTS = auto()  #: comments
    PROPOSAL = auto()  #: the text of a proposal
    OTHER = auto()  #: anything else


@dataclass
class Section:
    """A section: a heading and the lines up to the next one.

    :param heading: heading as plain text, empty for the lead
    :param level: level of the heading; 0 for the lead, 7 for a bold line
    :param meaning: what the heading says
    :param side: the side whose votes it holds, also by the section above
    :param line: line of the heading, from 1
    :param parent: the section above
    :param lines: its lines, without those of sections below
    :param proposal: name of the proposal that the heading opens, such as ``proposal 2``
    """

    heading: str
    level: int
    meaning: Meaning
    side: Stance | None
    line: int
    parent: Section | None
    lines: list[Line] = field(default_factory=list)
    proposal: str | None = None

    def within(self, other: Section) -> bool:
        """Tell whether it is another section, or stands below it."""
        return any(section is other for section in self.upwards())

    def upwards(self) -> Iterator[Section]:
        """Yield the section, the one above it, and so on."""
        above: Section | None = self
        while above is not None:
            yield above
            above = above.parent


def sections_of(text: str, lines: Sequence[Line], lexicon: Lexicon) -> list[Section]:
    """Divide the lines of a page into sections, in order; the first is the lead."""
    current = Section('', 0, Meaning.OTHER, None, 1, None)
    found = [current]
    for line in lines:
        content = text[line.start : line.end]
        heading = heading_of(content)
        if heading is None:
            bold = pseudo_heading_of(content, line, lexicon)
            heading = (PSEUDO_LEVEL, bold) if bold is not None else None
        if heading is None:
            current.lines.append(line)
            continue
        current = _section(heading, line, current, lexicon)
        found.append(current)
    return found


def _section(heading: tuple[int, str], line: Line, before: Section, lexicon: Lexicon) -> Section:
    level, wikitext = heading
    parent: Section | None = before
    while parent is not None and parent.level >= level:
        parent = parent.parent
    name = plain(wikitext)
    meaning, side = meaning_of(name, lexicon)
    if meaning is Meaning.OTHER and parent is not None:
        side = parent.side
    proposal = _proposal_name(name, lexicon) if meaning is not Meaning.COMMENTS else None
    return Section(name, level, meaning, side, line.number, parent, proposal=proposal)


def meaning_of(name: str, lexicon: Lexicon) -> tuple[Meaning, Stance | None]:
    """Tell what a heading means for the votes below it.

    A heading is one of a side if, but for filling words, all of its words are of that side:
    ``Arguments in favor (Support)``, ``Neutral/Recusal``. In ``Proposal 2: Support`` the part
    behind the colon decides.
    """
    words = words_of(name)
    side = _side_of(name, lexicon)
    if side is not None:
        return Meaning.SIDE, side
    if _proposal_name(name, lexicon) is not None:
        tail = _tail(name)
        side = _side_of(tail, lexicon) if tail is not None else None
        return (Meaning.SIDE, side) if side is not None else (Meaning.PROPOSAL, None)
    if _starts_with(words, lexicon.comment_headings):
        return Meaning.COMMENTS, None
    if _starts_with(words, lexicon.votes_headings):
        return Meaning.VOTES, None
    return Meaning.OTHER, None


def _tail(name: str) -> str | None:
    """Return what stands behind the last colon or bracket of a heading, or behind the first dash after it."""
    text = name.rstrip().removesuffix(')')
    last = max(text.rfind(mark) for mark in ':()')
    if last >= 0 and text[last] != ')':
        return text[last + 1 :]
    dash = _DASH.search(text, last + 1)
    return text[dash.end() :] if dash is not None else None


def _side_of(name: str, lexicon: Lexicon) -> Stance | None:
    """Return the side of a heading; of one in several languages (``Pro / Pour``), if all agree."""
    parts = [part for part in _PARTS.split(name.lower()) if words_of(part)]
    sides = {_side_of_part(part, lexicon) for part in parts if not _is_filler(part, lexicon)}
    return sides.pop() if len(sides) == 1 else None


def _is_filler(part: str, lexicon: Lexicon) -> bool:
    return all(word in lexicon.heading_filler and word not in lexicon.headings for word in words_of(part))


def _side_of_part(name: str, lexicon: Lexicon) -> Stance | None:
    words = words_of(name)
    phrase = lexicon.headings.get(' '.join(words)) or lexicon.headings.get(name.strip())
    if phrase is not None:
        return phrase
    telling = [word for word in words if word not in lexicon.heading_filler]
    sides = {lexicon.heading(word) for word in telling}
    if len(sides) == 1:
        return sides.pop()
    return lexicon.heading(words[0]) if _goes_on_with_a_name(words, sides, lexicon) else None


def _goes_on_with_a_name(words: list[str], sides: set[Stance | None], lexicon: Lexicon) -> bool:
    """Tell whether a heading takes a side on the ban of somebody named: ``Support banning User:A``."""
    return (
        len(sides - {None}) == 1
        and lexicon.heading(words[0]) is not None
        and words[1] in _MEASURES
        and not any(word in lexicon.comment_headings or word.startswith('condition') for word in words)
    )


def _starts_with(words: list[str], known: frozenset[str]) -> bool:
    return any(' '.join(words[:length]) in known for length in (1, 2, 3) if len(words) >= length)


def _proposal_name(name: str, lexicon: Lexicon) -> str | None:
    """Return ``proposal 2`` of ``Proposal 2: Required notice``; None for other headings.

    The word may stand later when a filling word leads: ``Discussion for proposal 2: Notice``.
    """
    for word in re.finditer(r'[^\W\d_]+', name):
        if word[0].lower() in lexicon.proposal_headings:
            number = _PROPOSAL_NUMBER.match(name, word.end())
            return f'{word[0].lower()} {number[1].lower()}' if number else None
    return None
