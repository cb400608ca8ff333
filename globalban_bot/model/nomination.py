"""What was found on a nomination. It flags; it never refuses."""

from __future__ import annotations

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
class FoundBlock:
    """A block that was found.

    :param wiki: database name
    :param since: when it was made (UTC)
    :param link: address of the line of the log; None where the log does not show it
    """

    wiki: str
    since: datetime
    link: str | None


@dataclass(frozen=True)
class BlockFinding:
    """The blocks of an account at a moment.

    :param finding: how the rule on them stands
    :param counted: indefinite blocks of the whole wiki, where the account has enough edits
    :param partial: indefinite blocks of a part of a wiki; not counted
    :param without_edits: indefinite blocks where the account has not; not counted
    :param unknown: wikis that could not be checked, and why
    :param checked: how many wikis could be
    """

    finding: Finding
    counted: tuple[FoundBlock, ...] = ()
    partial: tuple[FoundBlock, ...] = ()
    without_edits: tuple[FoundBlock, ...] = ()
    unknown: tuple[tuple[str, Gap], ...] = ()
    checked: int = 0


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
class Clock:
    """When the times that the policy names end.

    :param shortest: when the shortest discussion ends (UTC); None where the policy names none
    :param longest: when the longest does
    :param recalled: whether one of them is known from memory only
    """

    shortest: datetime | None = None
    longest: datetime | None = None
    recalled: bool = False


@dataclass(frozen=True)
class Nomination:
    """What was found on a nomination at a moment.

    :param nominator: how the rules on the nominator stand, in the order of the policy
    :param subjects: the accounts that the request names, the first one first
    :param clock: when the times that the policy names end
    :param wordings: rules that are shown, with the wording in force
    :param questions: rules that only people can answer
    :param edits_now: the nominator's edits on all wikis now; not what counts
    :param moment: for which moment (UTC): the closing, while open the run
    """

    nominator: tuple[Finding, ...]
    subjects: tuple[SubjectFinding, ...]
    clock: Clock
    wordings: tuple[Finding, ...]
    questions: tuple[Finding, ...]
    edits_now: int | None
    moment: datetime

    @property
    def retry(self) -> bool:
        """Whether a later run may learn more."""
        gaps = [finding.gap for finding in self.nominator]
        for subject in self.subjects:
            gaps += [gap for _, gap in subject.blocks.unknown]
            gaps += [subject.blocks.finding.gap]
            gaps += [subject.reply.gap] if isinstance(subject.reply, Unknown) else []
        return any(gap is not None and gap.retry for gap in gaps)
