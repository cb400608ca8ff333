"""Why a wiki did not take an edit."""

from __future__ import annotations

from enum import Enum


class Refusal(Enum):
    """Why an edit was not made. The run goes on with the next one; its exit code tells."""

    BLOCKED = 'blocked'  #: the account is blocked, on the wiki or for the page
    GLOBALLY_BLOCKED = 'globally blocked'  #: the account is blocked on all wikis
    PROTECTED = 'protected'  #: the page, its title or its namespace is protected
    READ_ONLY = 'read only'  #: the wiki takes no edits at the moment
    RATE_LIMITED = 'rate limited'  #: too many edits in a short time
    LAGGED = 'lagged'  #: the databases lag (``maxlag``)
    CAPTCHA = 'captcha'  #: the wiki asks for a proof that we are no program
    FILTER_WARNING = 'filter warning'  #: AbuseFilter warns; the bot never insists
    FILTERED = 'filtered'  #: AbuseFilter does not allow it
    SPAM_LIST = 'spam list'  #: a link is on the spam blacklist
    TITLE_LIST = 'title list'  #: the title is on the title blacklist
    OTHER_MODEL = 'other content model'  #: the page is no wikitext
    DELETED = 'deleted meanwhile'  #: the page was there when it was planned
    MOVED = 'moved meanwhile'  #: the page has become a redirect
    CREATED = 'created meanwhile'  #: the page was not there when it was planned
    CONFLICT = 'edit conflict'  #: somebody edited the page meanwhile
    OVERWROTE = 'overwrote'  #: somebody edited in the same second; their text was put back
    NO_BOTS = 'no bots'  #: the page excludes the bot ({{bots}}, {{nobots}})
    PLANTED = 'planted text'  #: the edit would expand or sign what somebody left there for the next editor
    OPTED_OUT = 'opted out'  #: the page is in the category of those that want no mass messages
    NOT_ALLOWED = 'not allowed'  #: the account lacks a right
    NOT_LOGGED_IN = 'not logged in'  #: the session is lost, or another account's
    NO_ANSWER = 'no answer'  #: the answer was lost; whether the edit was made is looked up
    HELD = 'held by the brake'  #: the bot itself held it back, as it looks wrong
    OTHER = 'other'  #: an error that the bot does not know

    @property
    def is_conflict(self) -> bool:
        """Whether the page changed since it was planned: planning anew may help."""
        return self in {Refusal.DELETED, Refusal.CREATED, Refusal.CONFLICT}
