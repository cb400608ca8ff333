"""Notices: which there are already, and which are still to be given.

.. code-block:: wikitext

   == Request for comment on Meta-Wiki ==
   <div lang="en" dir="ltr" class="mw-content-ltr">
   A [[m:…|request for comment]] asks whether … ~~~~
   </div>
   <!-- globalban-notice 12345 -->
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from globalban_bot.model.target import Target

_MARKER = '<!-- globalban-notice {page_id} -->'


def notice_marker(page_id: int) -> str:
    """Return the comment in a notice that tells of which request it is, by its page id; it names nobody."""
    return _MARKER.format(page_id=page_id)


def given_word(page_id: int) -> str:
    """Return the end of the summary of each edit of the bot's that gives a notice."""
    return f'(globalban-notice {page_id})'


def notices_on(text: str, page_id: int) -> int:
    """Count the notices of a request on a page, by their markers."""
    return len(re.findall(re.escape(notice_marker(page_id)), text))


class NoticeState(Enum):
    """What is known of a notice. Only a revision that was seen makes it delivered."""

    DELIVERED = 'delivered'  #: a revision of the bot's, or of MassMessage's account, shows it
    GONE = 'no longer on the page'  #: it was delivered, and is archived or taken away: never again
    SKIPPED = 'skipped'  #: by MassMessage, as its log on the wiki tells
    FAILED = 'failed'  #: so that log tells; jobs are tried again for three days
    TO_CHECK = 'to check'  #: the log does not tell which of several messages was skipped
    HANDED_OVER = 'handed over'  #: somebody sent it, and nobody has seen it yet
    NO_TRACE = 'no trace'  #: somebody sent it three days ago, and nobody has seen it
    FOUND_BEFORE = 'found before'  #: the request names a diff as its notice, which adds a link to it
    LINKED = 'a link by another page'  #: people decide whether it is a notice
    NONE_FOUND = 'none found'  #: which does not mean that nobody was told
    NOT_CHECKED = 'could not be checked'

    @property
    def is_settled(self) -> bool:
        """Whether it bars every other way to tell this wiki."""
        return self not in {NoticeState.LINKED, NoticeState.NONE_FOUND, NoticeState.NOT_CHECKED}

    @property
    def is_seen(self) -> bool:
        """Whether a revision shows that the notice was on a page."""
        return self in {NoticeState.DELIVERED, NoticeState.GONE, NoticeState.FOUND_BEFORE}


class EngineName(Enum):
    """The bot's own ways to send notices; by default people send them."""

    MASSMESSAGE = 'massmessage'  #: by the extension, where the account has the right
    DIRECT = 'direct'  #: by edits of the bot, where the wikis allow that


class Audience(Enum):
    """Who is told."""

    COMMUNITY = 'community'
    SUBJECT = 'subject'


@dataclass(frozen=True)
class Coverage:
    """Whether a notice stands on a wiki.

    :param target: where it would stand
    :param audience: who is told
    :param state: what is known of it
    :param link: address of what was found; None where nothing was
    :param when: when that was written (UTC); None where it is not known
    :param times: how many notices stand there; if none does, how many were delivered
    :param other_words: whether the notice is known to say something else than is planned
    :param reason: code of an error, or the action of a log; else empty
    :param is_final: whether nothing more is to be expected
    """

    target: Target
    audience: Audience
    state: NoticeState
    link: str | None = None
    when: datetime | None = None
    times: int = 0
    other_words: bool = False
    reason: str = ''
    is_final: bool = True


class Skip(Enum):
    """Why a target gets no notice."""

    SETTLED = 'settled'  #: for the reason that the state of its notice tells
    TOLD = 'told'  #: as the operator says
    NOT_CHECKED = 'could not be checked'
    NO_PAGE = 'no page'  #: for the reason that the target tells
    ODD_TITLE = 'unusual title'  #: it cannot stand in a list of targets
    BY_HAND = 'by hand'  #: the nominator's: other talk pages of the subject


@dataclass(frozen=True)
class Notice:
    """A notice that is to be given.

    :param target: where
    :param audience: to whom
    :param language: language of its text
    :param heading: its heading, as wikitext
    :param body: its text, as wikitext, with the marker, without heading
    :param reviewed: whether somebody has reviewed the translation
    """

    target: Target
    audience: Audience
    language: str
    heading: str
    body: str
    reviewed: bool


@dataclass(frozen=True)
class Skipped:
    """A target that gets no notice, and why."""

    coverage: Coverage
    reason: Skip


@dataclass(frozen=True)
class NoticePlan:
    """All notices of a request.

    :param page_id: page id of the request
    :param title: title of the request
    :param notices: those to be given, by wiki
    :param skipped: targets that get none
    :param as_of: when it was made (UTC)
    :param nomination: what was found on the nomination and on blocks, as lines of plain text
    :param named: accounts that only the nominator's opening names: they are shown, and not told
    """

    page_id: int
    title: str
    notices: tuple[Notice, ...]
    skipped: tuple[Skipped, ...]
    as_of: datetime
    nomination: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """Twelve hexadecimal digits over all that a sender should have seen; time is no part of it.

        It changes with any target, page that is left out, text, subject or line on the nomination.
        """
        told, left = sorted(self._sent()), sorted(self._left_out())
        parts = [str(self.page_id), *self.nomination, *sorted(self.named), *told, *left]
        whole = '\n'.join(json.dumps(part) for part in parts)
        return hashlib.sha256(whole.encode()).hexdigest()[:12]

    def to(self, audience: Audience) -> tuple[Notice, ...]:
        """Return the notices for somebody."""
        return tuple(one for one in self.notices if one.audience is audience)

    def _sent(self) -> Iterator[str]:
        for one in self.notices:
            target = one.target
            yield json.dumps([target.wiki, target.page, one.audience.value, one.heading, one.body])

    def _left_out(self) -> Iterator[str]:
        for one in self.skipped:
            target, audience = one.coverage.target, one.coverage.audience
            said = [one.reason.value, one.coverage.state.value]
            yield json.dumps([target.wiki, target.page, audience.value, *said])


def by_text(notices: Sequence[Notice]) -> list[list[Notice]]:
    """Return notices in groups of the same text, in the order of their first."""
    groups: dict[tuple[Audience, str, str, str], list[Notice]] = {}
    for one in notices:
        groups.setdefault((one.audience, one.language, one.heading, one.body), []).append(one)
    return [*groups.values()]


@dataclass(frozen=True)
class SendPage:
    """A page of the bot's from which people send one text: a list of targets, or the text to a subject.

    :param title: its full title
    :param notices: what is sent from it; none while it is emptied
    :param ready: whether it stands on the wiki as it should
    """

    title: str
    notices: tuple[Notice, ...]
    ready: bool = False


class Sent(Enum):
    """What became of a notice."""

    DELIVERED = 'delivered'
    HANDED_OVER = 'handed over'  #: to MassMessage: what becomes of it, later runs see
    THERE = 'there already'  #: the bot had given it before
    REFUSED = 'refused'  #: by the wiki, for a reason that is named
    LEFT = 'left'  #: the delivery was stopped before


@dataclass(frozen=True)
class Delivery:
    """What became of a notice.

    :param notice: the notice
    :param sent: what became of it
    :param reason: why it was refused, in a word; empty where it was not
    :param revision: id of the revision that gave it; None where it is not known
    """

    notice: Notice
    sent: Sent
    reason: str = ''
    revision: int | None = None
