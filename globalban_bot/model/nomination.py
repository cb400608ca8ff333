"""What was found on a nomination. It flags; it never refuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from globalban_bot.model.policy import DatedValue, Rule
from globalban_bot.model.unknown import Gap, Unknown


class Verdict(Enum):
    """How a rule stands."""

    MET = 'met'
    NOT_MET = 'not met'
    UNDETERMINED = 'undetermined'  #: not known, which does not mean "not met"
    FOR_PEOPLE = 'for people'  #: only people can tell
    NOT_YET = 'not yet'  #: the rule was not in force yet
    REPEALED = 'repealed'  #: the rule was not in force any more


@dataclass(frozen=True)
class Finding:
    """How a rule stands, with its evidence.

    :param rule: the rule
    :param verdict: how it stands
    :param value: the value that was in force, with its source; None where none was
    :param found: what was found, in the unit of the rule, where that is a number
    :param gap: why it is undetermined; None where it is not
    """

    rule: Rule
    verdict: Verdict
    value: DatedValue | None = None
    found: int | None = None
    gap: Gap | None = None


@dataclass(frozen=True)
class BlockEvidence:
    """A block that was found, or the end of one.

    :param wiki: database name
    :param since: when it was made, or ended (UTC)
    :param link: address of the line of the log; None where the log does not show it
    """

    wiki: str
    since: datetime
    link: str | None


@dataclass(frozen=True)
class BlockFinding:
    """The blocks of an account: those that stand, and what changed since the request was opened.

    A block counts if it is indefinite, covers the whole wiki, and the account has enough edits there. Each
    block that counts is in one of ``at_opening``, ``since`` and ``undated``.

    :param finding: how the rule on them stands at the moment asked about: the closing, while open the run
    :param counted: blocks that count at that moment
    :param at_opening: those of them that have counted since the opening without a break
    :param since: those that began after the opening
    :param undated: those of which the log does not tell whether they stood at the opening
    :param ended: the last end on each wiki of a block that had counted at the opening or later: it was
        lifted, or changed so that it does not count
    :param partial: indefinite blocks of a part of a wiki; not counted
    :param expiring: blocks that are not indefinite; not counted
    :param without_edits: indefinite blocks where the account has too few edits; not counted
    :param unknown: wikis that could not be checked, and why
    :param past_unknown: wikis where no block counts at that moment; whether one did since the opening is
        not known
    :param checked: how many wikis could be
    :param number_at_opening: how many blocks counted at the opening, those that ended since included; None
        where that is not known
    """

    finding: Finding
    counted: tuple[BlockEvidence, ...] = ()
    at_opening: tuple[BlockEvidence, ...] = ()
    since: tuple[BlockEvidence, ...] = ()
    undated: tuple[BlockEvidence, ...] = ()
    ended: tuple[BlockEvidence, ...] = ()
    partial: tuple[BlockEvidence, ...] = ()
    expiring: tuple[BlockEvidence, ...] = ()
    without_edits: tuple[BlockEvidence, ...] = ()
    unknown: tuple[tuple[str, Gap], ...] = ()
    past_unknown: tuple[tuple[str, Gap], ...] = ()
    checked: int = 0
    number_at_opening: int | None = None

    @property
    def gaps(self) -> Iterator[Gap]:
        """Why something about them is not known."""
        if self.finding.gap is not None:
            yield self.finding.gap
        yield from (gap for _, gap in (*self.unknown, *self.past_unknown))


class Reply(Enum):
    """Whether the subject can reply on the wiki of the request."""

    FREE = 'free'  #: nothing stands in the way
    TALK_PAGE = 'talk page'  #: blocked there; the own talk page is open
    SHUT = 'shut'  #: blocked there, the own talk page included
    PARTLY = 'partly'  #: blocked from a part of the wiki: people look which
    LOCKED = 'locked'  #: locked: cannot log in
    GLOBALLY_BLOCKED = 'globally blocked'  #: blocked on all wikis; the wiki of the request may be exempt


@dataclass(frozen=True)
class SubjectFinding:
    """What was found on one of the accounts that a request names.

    :param blocks: its blocks
    :param reply: whether it can reply; None where the request is closed
    """

    blocks: BlockFinding
    reply: Reply | Unknown | None


@dataclass(frozen=True)
class Term:
    """A length of time that the policy names for a discussion.

    :param finding: the rule, with its value
    :param end: when it ends for this request (UTC)
    """

    finding: Finding
    end: datetime


@dataclass(frozen=True)
class Clock:
    """When the times end that the policy names.

    :param shortest: the shortest discussion; None where the policy names none
    :param longest: the longest
    """

    shortest: Term | None = None
    longest: Term | None = None


@dataclass(frozen=True)
class Nomination:
    """What was found on a nomination at a moment.

    :param nominator: how the rules on the nominator stand, in the order of the policy
    :param subjects: the accounts that the request is about, the first one first
    :param clock: when the times that the policy names end
    :param wordings: rules that are shown, with the wording in force
    :param questions: rules that only people can answer
    :param edits_now: the nominator's edits on all wikis now; not what counts
    :param moment: for which moment (UTC): the closing, while open the run
    :param opened: when the request was opened (UTC); None where that is not known
    :param more: how many further accounts the request is about, which were not looked up
    :param named: blocks of the other accounts that the nominator named when the request was opened, in the
        order of the list. Nobody has checked whose they are: how a rule stands for them tells nothing about
        the request.
    :param named_more: how many further ones were named, which were not looked up
    :param wiki: database name of the wiki of the request
    """

    nominator: tuple[Finding, ...]
    subjects: tuple[SubjectFinding, ...]
    clock: Clock
    wordings: tuple[Finding, ...]
    questions: tuple[Finding, ...]
    edits_now: int | None
    moment: datetime
    opened: datetime | None = None
    more: int = 0
    named: tuple[BlockFinding, ...] = ()
    named_more: int = 0
    wiki: str = ''

    @property
    def retry(self) -> bool:
        """Whether a later run may learn more."""
        return any(gap.retry for gap in self._gaps())

    @property
    def partly(self) -> bool:
        """Whether something could not be looked up."""
        return any(gap.is_missing for gap in self._gaps())

    def _gaps(self) -> Iterator[Gap]:
        yield from (finding.gap for finding in self.nominator if finding.gap is not None)
        for blocks in (*(subject.blocks for subject in self.subjects), *self.named):
            yield from blocks.gaps
        for subject in self.subjects:
            if isinstance(subject.reply, Unknown):
                yield subject.reply.gap
