"""Where a community, or a user, can be told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Unreachable(Enum):
    """Why there is no page where somebody can be told."""

    CLOSED = 'closed'  #: the wiki is closed: nobody would read it
    PRIVATE = 'private'  #: only members can read it
    FISHBOWL = 'fishbowl'  #: only members can edit it
    NOT_LISTED = 'not listed'  #: the farm's list of wikis does not have it
    UNREACHABLE = 'unreachable'  #: it did not answer; asking again may help
    NO_PAGE = 'no page'  #: no village pump is known, or the page is missing
    OTHER_MODEL = 'other content model'  #: the page is no wikitext
    BOARD = 'board'  #: a board of Flow or LiquidThreads: what stands there cannot be checked
    OTHER_NAMESPACE = 'other namespace'  #: the page, or the end of its redirect, is not the project's own
    YOUNG = 'young'  #: it is known by a redirect or a sitelink that is less than a day old
    ELSEWHERE = 'elsewhere'  #: the talk page of the account leads elsewhere
    NOT_WANTED = 'not wanted'  #: the community wants no notices

    @property
    def retry(self) -> bool:
        """Whether a later run may find a page."""
        return self is Unreachable.UNREACHABLE


class Via(Enum):
    """How a page was found."""

    WISH = 'wish'  #: the community has asked for this page
    OVERRIDE = 'override'  #: in the reviewed table of the project
    SITELINK = 'sitelink'  #: by the sitelinks of the Wikidata item on village pumps
    FALLBACK = 'fallback'  #: by a usual title
    USER_TALK = 'user talk'  #: the talk page of an account


@dataclass(frozen=True)
class WikiState:
    """A wiki of the farm, as its list of wikis (``action=sitematrix``) has it.

    :param wiki: database name
    :param url: its server, as ``https://en.wikipedia.org``
    :param language: code of its content language, as MediaWiki uses it
    :param lack: why it cannot be told; None where it can
    """

    wiki: str
    url: str
    language: str
    lack: Unreachable | None = None


@dataclass(frozen=True)
class Target:
    """A page on a wiki.

    :param wiki: database name
    :param url: server of the wiki
    :param language: content language of the wiki
    :param page: title of the page, redirects resolved; None where there is none
    :param lack: why there is none; None where there is one
    :param via: how it was found; None where there is none
    :param names: the titles that led there, the first one first; more than one where they are the same page
    :param protected: whether the page can be edited by administrators only
    :param edits: how many edits the accounts have there together; None where that is not counted
    """

    wiki: str
    url: str
    language: str
    page: str | None = None
    lack: Unreachable | None = None
    via: Via | None = None
    names: tuple[str, ...] = ()
    protected: bool = False
    edits: int | None = None

    @property
    def host(self) -> str:
        """The wiki's domain, as lists of targets have it: ``en.wikipedia.org``."""
        return self.url.partition('://')[2]
