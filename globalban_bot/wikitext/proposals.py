"""Which sections ask which question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from globalban_bot.model.vote import Stance
from globalban_bot.wikitext.sections import Meaning, Section


@dataclass(frozen=True)
class Scope:
    """The sections of one question.

    :param heading: its heading; None where the page asks one question
    :param sections: its sections, in the order of the page
    """

    heading: str | None
    sections: tuple[Section, ...]

    @property
    def has_sides(self) -> bool:
        """Whether there are sections for sides, be they empty."""
        return any(section.side is not None for section in self.sections)


def scopes_of(sections: Sequence[Section]) -> list[Scope]:
    """Divide the sections of a page by question.

    Two or more numbered proposals (options, points …) are a question each; so are two or more
    sections which each have their own ``Support`` and ``Oppose``. Otherwise the page asks one
    question. Sections outside of the questions, such as general comments, are in no scope.
    """
    named = _numbered(sections)
    if len(named) > 1:
        return named
    parents = _with_own_sides(sections)
    if len(parents) > 1:
        return [Scope(top.heading, tuple(s for s in sections if s.within(top))) for top in parents]
    return [Scope(None, tuple(sections))]


def _numbered(sections: Sequence[Section]) -> list[Scope]:
    groups: dict[str, list[Section]] = {}
    for section in sections:
        name = _proposal_of(section)
        if name is not None:
            groups.setdefault(name, []).append(section)
    return [Scope(members[0].heading, tuple(members)) for members in groups.values()]


def _proposal_of(section: Section) -> str | None:
    above: Section | None = section
    while above is not None:
        if above.proposal is not None:
            return above.proposal
        above = above.parent
    return None


def _with_own_sides(sections: Sequence[Section]) -> list[Section]:
    """Return the sections which directly hold sides, if one side is held by two of them."""
    holders: dict[Stance, list[Section]] = {}
    for section in sections:
        if section.meaning is Meaning.SIDE and section.side and section.parent and section.parent.level:
            known = holders.setdefault(section.side, [])
            if section.parent not in known:
                known.append(section.parent)
    if not any(len(parents) > 1 for parents in holders.values()):
        return []
    tops = {id(parent): parent for parents in holders.values() for parent in parents}
    return [section for section in sections if id(section) in tops]
