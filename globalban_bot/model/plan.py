"""What a run wants to do, before it does anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from globalban_bot.model.owned import CurrentPage


class SkipReason(Enum):
    """Why a page is left as it is, in order of precedence."""

    INCOMPLETE = 'incomplete'  #: not every request that it lists was read in this run
    FORGOTTEN = 'forgotten'  #: an operator had it blanked for good
    REMOVED = 'removed'  #: it was deleted or moved away: the bot never makes it again
    OTHER_MODEL = 'other content model'  #: it has another content model than it should have
    HANDS_OFF = 'hands off'  #: a person has edited, protected or blanked it
    SAME = 'same'  #: nothing that a reader cares about has changed
    LESS_KNOWN = 'less known'  #: something that stands there cannot be looked up now
    WAITS = 'waits'  #: it was edited less than a day ago
    UNREAD = 'unread'  #: what it tells of could not be read
    HELD = 'held'  #: the brake holds it back, as it looks wrong


class EditReason(Enum):
    """Why a page is to be edited."""

    NEW = 'new'  #: there is no such page yet
    FACTS = 'facts'  #: what it tells has changed
    STANDING = 'standing'  #: the request was closed or opened again, or a request came or went
    RECOUNT = 'recount'  #: somebody asked for it
    REARMED = 'rearmed'  #: the operator takes it back from a person's edit
    EMPTIED = 'emptied'  #: nothing may be sent from it now, whoever saved it last
    FORGET = 'forget'  #: the operator has it blanked
    GONE = 'gone'  #: the request that it tells of is none any more
    OUTDATED = 'outdated'  #: the package has another text of this page of the kit
    SETTINGS = 'settings'  #: the settings on the wiki, or what is wrong with them, have changed
    ANSWERS = 'answers'  #: somebody has asked something
    LOG = 'log'  #: the run has something to tell, or a day has passed


@dataclass(frozen=True)
class PageEdit:
    """An edit of one page.

    :param before: the page as it stands
    :param text: the whole new text
    :param summary: the edit summary; it names nobody
    :param why: the reason
    :param model: content model of the new text
    """

    before: CurrentPage
    text: str
    summary: str
    why: EditReason
    model: str = 'wikitext'

    @property
    def title(self) -> str:
        """Full title of the page."""
        return self.before.title

    @property
    def after(self) -> CurrentPage:
        """The page as it is to be, as far as it is known."""
        return CurrentPage(self.title, text=self.text)


@dataclass(frozen=True)
class SkippedPage:
    """A page that is left as it is.

    :param detail: what the brake found, in numbers; it names nobody
    """

    title: str
    reason: SkipReason
    detail: str = ''


@dataclass(frozen=True)
class Plan:
    """What is to be done, as a whole.

    :param edits: in the order in which they are to be made
    :param left: pages that are left as they are, with the reason
    :param states: the owned pages as they stood when it was made, by title
    """

    edits: tuple[PageEdit, ...] = ()
    left: tuple[SkippedPage, ...] = ()
    states: Mapping[str, CurrentPage] = field(default_factory=dict)

    def with_more(self, other: Plan) -> Plan:
        """Return this plan, and another one behind it."""
        return Plan(self.edits + other.edits, self.left + other.left, {**self.states, **other.states})
