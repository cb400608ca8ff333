"""Which lines belong to one entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.lines import Line
from globalban_bot.wikitext.position import Position
from globalban_bot.wikitext.positions import Positions
from globalban_bot.wikitext.sections import Section
from globalban_bot.wikitext.signatures import Signature, Signatures, own_signature
from globalban_bot.wikitext.surface import Surface

#: Markers of lists of votes, in the order in which they are looked for.
_LISTS = ('#', '*', ':#', ':*')
_MIXED = frozenset('*#')
_ADDRESSES = re.compile(r'\s*@')
#: Somebody asks for a signature: not the author.
_REMINDER = re.compile(r'\bsign (?:your|this|it|the)\b|\b(?:unsigned|not signed)\b', re.IGNORECASE)


class Place(Enum):
    """Where an entry stands."""

    LISTED = auto()  #: an item of the section's own list
    PARAGRAPH = auto()  #: running text before the list
    REPLY = auto()  #: anything below or beside the list


@dataclass
class Draft:
    """The lines of one entry, before it is judged.

    .. code-block:: wikitext

       * {{strong support}}: for these reasons:
       ** the first
       ** the second
       So much for that. [[User:A|A]] 12:00, 1 May 2027 (UTC)

    :param place: where it stands
    :param lines: its lines, up to the one that is signed
    :param positions: the positions in its own text, in order
    :param signature: the author's; None while it is not signed
    :param comment: it is labelled as a comment
    """

    place: Place
    lines: list[Line]
    positions: list[Position]
    signature: Signature | None
    comment: bool

    @property
    def leads(self) -> bool:
        """Whether it starts with a position."""
        return any(position.leading for position in self.positions)


class Drafts:
    """Gathers the lines of sections to entries."""

    def __init__(
        self, surface: Surface, positions: Positions, signatures: Signatures, lexicon: Lexicon
    ) -> None:
        self._surface = surface
        self._positions = positions
        self._signatures = signatures
        self._lexicon = lexicon

    def of_section(self, section: Section, *, mixed: bool) -> Iterator[Draft]:
        """Yield the entries of a section, in order.

        :param section: a section with votes
        :param mixed: a list of votes of all sides, where an entry must name its side
        """
        markers = _MIXED if mixed else _own_marker(section)
        current: Draft | None = None
        for line in section.lines:
            draft = self._draft(line, current, markers, mixed=mixed)
            if (
                draft.place is Place.LISTED
                and current is not None
                and self._goes_on(current, draft, mixed=mixed)
            ):
                _join(current, draft)
                continue
            if (
                draft.place is not Place.LISTED
                and current is not None
                and self._continues(current, draft, line)
            ):
                _join(current, draft)
                continue
            if draft.place is Place.REPLY and not draft.positions:
                continue
            if current is not None:
                yield current
            current = draft
        if current is not None:
            yield current

    def _draft(self, line: Line, current: Draft | None, markers: frozenset[str], *, mixed: bool) -> Draft:
        if line.marker and line.marker in markers:
            place = Place.LISTED
        elif not mixed and (line.marker in markers or (not line.marker.strip(':') and current is None)):
            place = Place.PARAGRAPH
        else:
            place = Place.REPLY
        signatures = self._signatures.within(line.body, line.end)
        own = own_signature(signatures)
        end = _end_of_own_text(own, signatures, line)
        positions = self._positions.within(line.body, end, own.start if own is not None else None)
        comment = self._positions.is_comment(line.body, end)
        return Draft(place, [line], positions, own, comment)

    def _continues(self, current: Draft, draft: Draft, line: Line) -> bool:
        """Tell whether a line below an unsigned entry carries on with it."""
        if current.signature is not None or draft.leads:
            return False
        text = self._surface.text[line.body : line.end]
        first = next(iter(self._surface.templates_in(line.body, line.end)), None)
        if _REMINDER.search(text):
            return False
        addresses = _ADDRESSES.match(text) or (
            first is not None
            and first.name in self._lexicon.labels
            and not text[: first.start - line.body].strip()
        )
        return not addresses

    def _goes_on(self, current: Draft, draft: Draft, *, mixed: bool) -> bool:
        """Tell whether a bullet carries on with the unsigned position of the bullet above."""
        same = current.lines[0].marker == draft.lines[0].marker
        return same and current.signature is None and current.leads and not draft.leads and mixed


def _join(current: Draft, draft: Draft) -> None:
    current.lines += draft.lines
    current.positions += [_trailing(position) for position in draft.positions]
    current.signature = draft.signature


def _trailing(position: Position) -> Position:
    return replace(position, leading=False)


def _own_marker(section: Section) -> frozenset[str]:
    """Return the marker of a section's own list: ``#``, else ``*``, else an indented list.

    Where people write paragraphs, it is the empty one: what they indent are replies.
    """
    markers = {line.marker for line in section.lines}
    known = next((marker for marker in _LISTS if marker in markers), None)
    if known is None:
        known = section.lines[0].marker if section.lines and section.lines[0].marker in {'', ':'} else '#'
    return frozenset((known,))


def _end_of_own_text(own: Signature | None, signatures: list[Signature], line: Line) -> int:
    """Return where the author's own words end: where somebody else signs, at the signature."""
    others = [s for s in signatures if own is not None and s.account not in {None, own.account}]
    return own.end if own is not None and any(s.start > own.end for s in others) else line.end
