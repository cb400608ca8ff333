"""What stands on a request page: positions, and what looks like one but is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Stance(Enum):
    """The side that a person takes on the question of a request."""

    SUPPORT = 'support'  #: for the ban, or for the proposal
    OPPOSE = 'oppose'  #: against it
    NEUTRAL = 'neutral'  #: neither, said expressly (neutral, abstention, recusal)


class Form(Enum):
    """How a position is expressed; the more explicit form comes first."""

    TEMPLATE = 'template'  #: ``{{s}}``, ``{{oppose|Weak oppose}}``
    BOLD = 'bold'  #: ``'''Support'''`` or ``''Oppose''``
    WORD = 'word'  #: a leading word: ``Oppose per nom``
    SECTION = 'section'  #: nothing but the section that it stands in


class Signing(Enum):
    """What is known of the author of an entry."""

    SIGNED = 'signed'  #: a signature of an account, with or without a time
    UNSIGNED = 'unsigned'  #: none of its own: named by ``{{unsigned}}``, by the history, or not at all
    UNREGISTERED = 'unregistered'  #: signed by an IP address or a temporary account


class Doubt(Enum):
    """Why a person has to read an entry; such an entry is not counted."""

    CONDITIONAL = 'conditional'  #: "leaning oppose", "oppose, and maybe support", without a template
    SPLIT = 'split'  #: for one part and against another
    PARTIAL = 'partial'  #: on a part of the question only
    COMMENT = 'comment'  #: labelled as a comment, in a vote section, by somebody without a vote
    PROSE = 'prose'  #: a judgement in prose without a vote word, outside a vote section


class NotAVoteReason(Enum):
    """Why an entry that looks like a vote is none."""

    COMMENT = 'comment'  #: labelled as comment, question, note …
    VOTERS_COMMENT = 'comment of a voter'  #: labelled as a comment, by somebody who also voted
    NO_POSITION = 'no position'  #: a list item without a vote word, outside vote sections
    MENTION = 'mention'  #: names a position without taking it, as in a reply
    OUTSIDE = 'outside the vote sections'  #: a position, but the page has vote sections elsewhere
    PARAGRAPH = 'paragraph'  #: running text in a vote section: hint, reply, heading-like line
    EMPTY = 'empty'  #: a list marker with nothing behind it


@dataclass(frozen=True)
class Entry:
    """An entry of a request page that takes a position.

    ``# {{weak support}} per nom. [[User:A|A]] ([[User talk:A|talk]]) 12:00, 1 May 2027 (UTC)``

    :param line: line of the page on which the entry starts, from 1
    :param last_line: line on which it ends (where its signature stands)
    :param section: heading of its section as plain text, empty in the lead
    :param stance: the side
    :param strength: ``strong``, ``weak``, or the words given to the template; None where plain
    :param form: how the stance is expressed
    :param author: account name or IP address; None where the page does not tell
    :param time: time of the author's own signature (aware, UTC); None where there is none
    :param signing: what is known of the author
    :param struck: the position is struck out
    :param removed: a note stands in the place of the position
    :param doubt: why a person has to read it; None where it is clear
    :param listed: it is an item of its section's own list, as clerks count
    :param contradicts: the stance differs from the meaning of its section
    """

    line: int
    last_line: int
    section: str
    stance: Stance
    strength: str | None
    form: Form
    author: str | None
    time: datetime | None
    signing: Signing
    struck: bool = False
    removed: bool = False
    doubt: Doubt | None = None
    listed: bool = True
    contradicts: bool = False


@dataclass(frozen=True)
class NotAVote:
    """An entry that looks like a vote and is none.

    :param line: line of the page, from 1
    :param section: heading of its section as plain text
    :param reason: why it is none
    :param stance: the position that it names, if any
    """

    line: int
    section: str
    reason: NotAVoteReason
    stance: Stance | None = None
