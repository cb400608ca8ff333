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
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from globalban_bot.model.target import Target

_MARKER = '<!-- globalban-notice {page_id} -->'


def notice_marker(page_id: int) -> str:
    """Return the comment in a notice that tells of which request it is, by its page id; it names nobody."""
    return _MARKER.format(page_id=page_id)


def notices_on(text: str, page_id: int) -> int:
    """Count the notices of a request on a page, by their markers."""
    return len(re.findall(re.escape(notice_marker(page_id)), text))


class NoticeState(Enum):
    """Whether somebody was told."""

    FOUND = 'found'  #: a notice, or another link to the request, stands there
    NONE_FOUND = 'none found'  #: none was found, which does not mean that nobody was told
    NOT_CHECKED = 'could not be checked'


class Audience(Enum):
    """Who is told."""

    COMMUNITY = 'community'
    SUBJECT = 'subject'


@dataclass(frozen=True)
class Coverage:
    """Whether a notice stands on a wiki.

    :param target: where it would stand
    :param audience: who is told
    :param state: whether it does
    :param link: address of what was found; None where nothing was
    :param when: when that was written (UTC); None where it is not known
    :param marked: whether it is the very notice, by its marker, not words of somebody's own
    """

    target: Target
    audience: Audience
    state: NoticeState
    link: str | None = None
    when: datetime | None = None
    marked: bool = False


class Skip(Enum):
    """Why a target gets no notice."""

    TOLD = 'notice found'
    NOT_CHECKED = 'could not be checked'
    NO_PAGE = 'no page'  #: for the reason that the target tells
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
    """All notices of a request: one list, all or nothing.

    :param page_id: page id of the request
    :param title: title of the request
    :param notices: those to be given, by wiki
    :param skipped: targets that get none
    :param as_of: when it was made (UTC)
    :param given: those of the list that stand already: what is left of an approved plan is approved, too
    """

    page_id: int
    title: str
    notices: tuple[Notice, ...]
    skipped: tuple[Skipped, ...]
    as_of: datetime
    given: tuple[Notice, ...] = ()

    @property
    def digest(self) -> str:
        """What an approval refers to: it changes with any target or text, not with time or what is done."""
        return plan_digest(self.page_id, (*self.notices, *self.given))


def plan_digest(page_id: int, notices: Sequence[Notice]) -> str:
    """Return a short digest of notices: where, and what."""
    found = hashlib.sha256(str(page_id).encode())
    for one in sorted(notices, key=lambda notice: (notice.target.wiki, notice.target.page or '')):
        for part in (one.target.wiki, one.target.page or '', one.heading, one.body):
            found.update(part.encode() + b'\0')
    return found.hexdigest()[:12]


class Sent(Enum):
    """What became of a notice."""

    DELIVERED = 'delivered'
    THERE = 'there already'  #: its marker was found when the page was read
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
