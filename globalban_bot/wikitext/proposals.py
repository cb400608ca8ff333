"""Which sections ask which question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from globalban_bot.model.vote import Stance
from globalban_bot.wikitext.sections import Meaning, Section

#: Words that head one of several answers to a question, not a question.
_OPTIONS = (
    'option',
    'opción',
    'opzione',
    'opção',
    'opcja',
    'möglichkeit',
    'вариант',
    'вариант',
    '選項',
    '选项',
)


@dataclass(frozen=True)
class Scope:
    """The sections of one question.

    :param heading: its heading; None where the page asks one question
    :param sections: its sections, in the order of the page
    """

    heading: str | None
    sections: tuple[Section, ...]

    @cached_property
    def has_sides(self) -> bool:
        """Whether there are sections for sides, be they empty."""
        return any(section.side is not None for section in self.sections)

    def is_for_late_votes(self, section: Section) -> bool:
        """Tell whether a section follows the vote sections and is not for comments."""
        comments = any(above.meaning is Meaning.COMMENTS for above in section.upwards())
        return self._first_side is not None and section.line > self._first_side and not comments

    @cached_property
    def _first_side(self) -> int | None:
        """The line of the first section of a side."""
        return next((section.line for section in self.sections if section.side is not None), None)

    @cached_property
    def is_option(self) -> bool:
        """Whether it is one of several options whose lists are signed by those who are for it.

        ``== Option 2: Not yet ==`` with a numbered list, and no sections for sides.
        """
        opener = self.sections[0].proposal if self.heading is not None and self.sections else None
        numbered = any(line.marker == '#' for section in self.sections for line in section.lines)
        return opener is not None and opener.startswith(_OPTIONS) and numbered and not self.has_sides


def scopes_of(sections: Sequence[Section], language_names: frozenset[str] = frozenset()) -> list[Scope]:
    """Divide the sections of a page by question.

    Two or more numbered proposals (options, points …) are a question each; so are two or more
    sections which each have their own ``Support`` and ``Oppose``. Otherwise the page asks one
    question, also where the sides stand once for each language. Sections outside of the questions,
    such as general comments, are in no scope.
    """
    named = _numbered(sections)
    if len(named) > 1:
        return _with_main_question(named, sections)
    parents = _with_own_sides(sections)
    if len(parents) > 1 and not all(_is_language(top, language_names) for top in parents):
        return _of_each(parents, sections)
    return [Scope(None, tuple(sections))]


def _of_each(tops: Sequence[Section], sections: Sequence[Section]) -> list[Scope]:
    """Return the questions of some sections, each with the sections below it."""
    members: dict[int, list[Section]] = {id(top): [] for top in tops}
    for section in sections:
        for above in section.upwards():
            if id(above) in members:
                members[id(above)].append(section)
    return [Scope(top.heading, tuple(members[id(top)])) for top in tops]


def _is_language(section: Section, names: frozenset[str]) -> bool:
    return not names.isdisjoint(part.strip().lower() for part in re.split(r'[/(),–-]', section.heading))


def _numbered(sections: Sequence[Section]) -> list[Scope]:
    groups: dict[str, list[Section]] = {}
    for section in sections:
        name = _proposal_of(section)
        if name is not None:
            groups.setdefault(name, []).append(section)
    return [Scope(members[0].heading, tuple(members)) for members in groups.values()]


def _with_main_question(named: list[Scope], sections: Sequence[Section]) -> list[Scope]:
    """Add the sides that stand outside of all numbered proposals: the page's main question.

    Where the numbered sections have no sides, they are parts of something else, such as evidence.
    """
    inside = {id(section) for scope in named for section in scope.sections}
    outside = tuple(section for section in sections if id(section) not in inside)
    if not any(section.side is not None for section in outside):
        return named
    with_sides = [scope for scope in named if scope.has_sides]
    return [Scope(None, outside), *with_sides] if with_sides else [Scope(None, tuple(sections))]


def _proposal_of(section: Section) -> str | None:
    return next((above.proposal for above in section.upwards() if above.proposal is not None), None)


def _with_own_sides(sections: Sequence[Section]) -> list[Section]:
    """Return the sections which directly hold sides, if one side is held by two of them.

    A part of a side (``Support, continued`` below ``Support``) makes no holder of it.
    """
    holders: dict[Stance, set[int]] = {}
    for section in sections:
        if (
            section.meaning is Meaning.SIDE
            and section.side
            and section.parent
            and section.parent.level
            and section.parent.side is not section.side
        ):
            holders.setdefault(section.side, set()).add(id(section.parent))
    if not any(len(parents) > 1 for parents in holders.values()):
        return []
    tops = {parent for parents in holders.values() for parent in parents}
    return [section for section in sections if id(section) in tops]
