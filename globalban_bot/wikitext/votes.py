"""What each entry of a question is: a position, or a named "not a vote"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from globalban_bot.model.request import Proposal
from globalban_bot.model.vote import (
    Doubt,
    Entry,
    Form,
    NotAVote,
    NotAVoteReason,
    Signing,
    Stance,
)
from globalban_bot.wikitext.drafts import Draft, Drafts, Place
from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.opaque import BLANK, OPAQUE
from globalban_bot.wikitext.position import Position
from globalban_bot.wikitext.positions import Positions
from globalban_bot.wikitext.proposals import Scope
from globalban_bot.wikitext.sections import Meaning, Section
from globalban_bot.wikitext.signatures import Signatures
from globalban_bot.wikitext.surface import Surface

#: A note of a clerk in the place of a vote.
_REMOVED = re.compile(
    r"(?:<[^<>]*>|[\s'(\[])*!?(?:vote|comment|entry)s?\b[^.\n]{0,150}?\b(?:removed|withdrawn|deleted)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """How an entry takes its side."""

    stance: Stance
    form: Form
    strength: str | None = None
    struck: bool = False
    doubt: Doubt | None = None
    contradicts: bool = False
    removed: bool = False


class VoteReader:
    """Reads the votes of a page.

    :param surface: the page
    """

    def __init__(
        self, surface: Surface, positions: Positions, signatures: Signatures, lexicon: Lexicon
    ) -> None:
        self._surface = surface
        self._lexicon = lexicon
        self._positions = positions
        self._signatures = signatures
        self._drafts = Drafts(surface, positions, signatures, lexicon)

    def read(self, scope: Scope) -> Proposal:
        """Read the entries of one question."""
        found = [item for section in scope.sections for item in self._of_section(section, scope)]
        return Proposal(
            scope.heading,
            tuple(item for item in found if isinstance(item, Entry)),
            tuple(item for item in found if isinstance(item, NotAVote)),
        )

    def _of_section(self, section: Section, scope: Scope) -> Iterator[Entry | NotAVote]:
        side = section.side if section.meaning is not Meaning.COMMENTS else None
        for draft in self._drafts.of_section(section, mixed=side is None):
            if side is not None:
                yield from self._in_vote_section(draft, section, side)
            elif scope.is_option and draft.place is Place.LISTED:
                yield from self._under_option(draft, section)
            elif scope.has_sides:
                yield from self._outside(draft, section, scope)
            else:
                yield from self._in_mixed_list(draft, section)

    def _outside(self, draft: Draft, section: Section, scope: Scope) -> Iterator[Entry | NotAVote]:
        """Judge a position when the votes of the page have sections elsewhere.

        An item that leads with a template counts where only votes come late; elsewhere it is for
        people.
        """
        first = next((p for p in draft.positions if p.leading and not p.struck), None)
        if first is None or first.form is Form.WORD or draft.signature is None:
            return
        listed = draft.place is Place.LISTED and len(draft.lines) == 1
        if first.form is Form.TEMPLATE and listed and scope.is_for_late_votes(section):
            yield _entry(draft, section, Found(first.stance, first.form, first.strength))
        else:
            yield _not(draft, section, NotAVoteReason.OUTSIDE, first.stance)

    def _in_vote_section(self, draft: Draft, section: Section, side: Stance) -> Iterator[Entry | NotAVote]:
        if not self._has_content(draft) and draft.signature is None:
            yield _not(draft, section, NotAVoteReason.EMPTY)
            return
        if any(
            t.name in self._lexicon.removed
            for line in draft.lines
            for t in self._surface.templates_in(line.body, line.end)
        ):
            yield _entry(draft, section, Found(side, Form.SECTION, removed=True))
            return
        if self._is_removal_note(draft):
            yield replace(
                _entry(draft, section, Found(side, Form.SECTION, removed=True)),
                author=self._signatures.first_account(draft.lines[0].body, draft.lines[0].end),
                time=None,
            )
            return
        live = [p for p in draft.positions if not p.struck]
        if draft.place is Place.REPLY:
            yield from self._reply(draft, section, live)
            return
        if draft.comment:
            yield from self._comment(draft, section, side, live)
            return
        if draft.place is Place.PARAGRAPH and draft.signature is None and not draft.leads:
            yield _not(draft, section, NotAVoteReason.PARAGRAPH)
            return
        yield from (_entry(draft, section, found) for found in self._by_section(draft, side, live))

    def _is_removal_note(self, draft: Draft) -> bool:
        """Tell whether a clerk's note stands in the place of a vote: "Vote by A removed"."""
        line = draft.lines[0]
        return _REMOVED.match(self._surface.text[line.body : line.end]) is not None

    def _by_section(self, draft: Draft, side: Stance, live: list[Position]) -> list[Found]:
        """Judge an item of a vote section: its own leading word, else the section."""
        split = _split(self._positions, live)
        if split:
            return split
        lead = next((p for p in live if p.leading), None)
        if lead is not None and lead.form is Form.WORD and (lead.stance is not side):
            lead = None
        same = lead or next((p for p in live if p.stance is side and p.form is not Form.WORD), None)
        if same is not None:
            return [Found(same.stance, same.form, same.strength, contradicts=same.stance is not side)]
        struck = next((p for p in draft.positions if p.struck), None)
        if struck is not None and not live:
            return [Found(struck.stance, struck.form, struck.strength, struck=True)]
        return [Found(side, Form.SECTION, struck=self._is_struck(draft))]

    def _under_option(self, draft: Draft, section: Section) -> Iterator[Entry | NotAVote]:
        """Judge an item below an option: who signs there is for it, unless a template says otherwise."""
        if draft.signature is None and not self._has_content(draft):
            yield _not(draft, section, NotAVoteReason.EMPTY)
        elif draft.comment:
            yield _not(draft, section, NotAVoteReason.COMMENT)
        else:
            live = [p for p in draft.positions if not p.struck and p.form is not Form.WORD]
            yield from (_entry(draft, section, f) for f in self._by_section(draft, Stance.SUPPORT, live))

    def _comment(
        self, draft: Draft, section: Section, side: Stance, live: list[Position]
    ) -> Iterator[Entry | NotAVote]:
        """Judge an item labelled as a comment: a position in it outweighs the label."""
        taken = next((p for p in live if p.form is not Form.WORD or p.leading), None)
        if taken is not None:
            yield _entry(draft, section, Found(taken.stance, taken.form, taken.strength))
        elif draft.signature is not None:
            yield _entry(draft, section, Found(side, Form.SECTION, doubt=Doubt.COMMENT))
        else:
            yield _not(draft, section, NotAVoteReason.COMMENT)

    def _reply(self, draft: Draft, section: Section, live: list[Position]) -> Iterator[Entry | NotAVote]:
        """Judge what stands below or beside a list: only a position that is asserted is one."""
        deep = len(draft.lines[0].marker) > 1
        taken = [
            p
            for p in draft.positions
            if p.asserted and not (p.answer and deep) and (p.form is not Form.WORD or _taken_out(p, section))
        ]
        standing = [p for p in taken if not p.struck]
        chosen = standing or (taken if not live else [])
        if not chosen or (draft.signature is None and not chosen[0].leading):
            if draft.positions and draft.positions[0].form is not Form.WORD:
                yield _not(draft, section, NotAVoteReason.MENTION, draft.positions[0].stance)
            return
        first = next((p for p in chosen if not p.tentative), chosen[0])
        if section.side is not None and first.partial and not first.leading:
            yield _not(draft, section, NotAVoteReason.MENTION, first.stance)
            return
        doubt = Doubt.CONDITIONAL if first.conditional else None
        if section.side is None and first.partial:
            doubt = Doubt.PARTIAL
        yield _entry(
            draft, section, Found(first.stance, first.form, first.strength, struck=first.struck, doubt=doubt)
        )

    def _in_mixed_list(self, draft: Draft, section: Section) -> Iterator[Entry | NotAVote]:
        live = [p for p in draft.positions if not p.struck]
        if draft.place is not Place.LISTED:
            yield from self._reply(draft, section, live)
            return
        split = _split(self._positions, live)
        if split:
            yield from (_entry(draft, section, found) for found in split)
            return
        taken = _taken(self._positions, live) or (
            _taken(self._positions, draft.positions) if not live else None
        )
        if taken is not None and (draft.signature is not None or taken.leading):
            doubt = Doubt.CONDITIONAL if taken.conditional else None
            yield _entry(
                draft,
                section,
                Found(taken.stance, taken.form, taken.strength, struck=taken.struck, doubt=doubt),
            )
        elif draft.signature is not None:
            judged = None if draft.comment else self._judgement(draft)
            if judged is not None:
                yield _entry(draft, section, Found(judged, Form.WORD, doubt=Doubt.PROSE))
            else:
                reason = NotAVoteReason.COMMENT if draft.comment else NotAVoteReason.NO_POSITION
                yield _not(draft, section, reason)

    def _judgement(self, draft: Draft) -> Stance | None:
        line = draft.lines[0]
        if draft.signature is None or len(draft.lines) > 1:
            return None
        return self._positions.judgement(line.body, min(line.end, draft.signature.start))

    def _has_content(self, draft: Draft) -> bool:
        return any(self._surface.text[line.body : line.end].strip(f" \t\r'.{BLANK}") for line in draft.lines)

    def _is_struck(self, draft: Draft) -> bool:
        """Tell whether all of an entry's text before its signature is struck out."""
        text = self._surface.text
        seen = False
        in_tag = False
        for line in draft.lines:
            end = line.end
            if draft.signature is not None and line.start <= draft.signature.start < line.end:
                end = draft.signature.start
            for offset in range(line.body, end):
                char = text[offset]
                in_tag = char == '<' or (in_tag and char != '>')
                if not in_tag and (char.isalnum() or char == OPAQUE):
                    if not self._surface.is_struck(offset):
                        return False
                    seen = True
        return seen or (draft.signature is not None and self._surface.is_struck(draft.signature.start))


def _taken_out(position: Position, section: Section) -> bool:
    """Tell whether a leading word below a list is a vote struck and taken out of the numbering."""
    return position.struck and position.stance is section.side


def _split(positions: Positions, live: list[Position]) -> list[Found]:
    """Return two doubtful positions where an entry takes both sides by template.

    ``{{S}} for the one and {{O}} for the other``; not where the second is a wish ("I will
    {{support}} if …") or both are one change of mind.
    """
    templates = [p for p in live if p.form is Form.TEMPLATE]
    first = templates[0] if templates and templates[0].leading else None
    other = next((p for p in templates if first and p.stance is not first.stance and not p.tentative), None)
    if first is None or other is None or positions.is_change(first, other):
        return []
    return [Found(p.stance, p.form, p.strength, doubt=Doubt.SPLIT) for p in (first, other)]


def _taken(positions: Positions, read: Iterable[Position]) -> Position | None:
    """Return the position that an item of a mixed list takes.

    A template anywhere in it; else a bold or a leading word.
    """
    templates = [p for p in read if p.form is Form.TEMPLATE]
    if len(templates) > 1 and positions.is_change(templates[0], templates[1]):
        return templates[1]
    lead = next((p for p in read if p.leading and p.form is not Form.WORD), None)
    firm = next((p for p in templates if not p.tentative), None)
    return lead or firm or next(iter(templates), None) or next((p for p in read if p.asserted), None)


def _entry(draft: Draft, section: Section, position: Found) -> Entry:
    signature = draft.signature
    return Entry(
        line=draft.lines[0].number,
        last_line=draft.lines[-1].number,
        section=section.heading,
        stance=position.stance,
        strength=position.strength,
        form=position.form,
        author=signature.account if signature else None,
        time=signature.time if signature else None,
        signing=signature.signing if signature else Signing.UNSIGNED,
        struck=position.struck,
        removed=position.removed,
        doubt=position.doubt,
        listed=draft.place is Place.LISTED or section.side is None,
        contradicts=position.contradicts,
    )


def _not(draft: Draft, section: Section, reason: NotAVoteReason, stance: Stance | None = None) -> NotAVote:
    return NotAVote(draft.lines[0].number, section.heading, reason, stance)
