"""What is not known, and why. Nothing unknown becomes zero, "no" or "not met"."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Gap(Enum):
    """Why something is not known."""

    NO_ANSWER = 'no answer'  #: a wiki did not answer; asking again may help
    BEING_RENAMED = 'count is zero'  #: the wikis of the account are not all attached, as during a rename
    NOT_SHOWN = 'not shown'  #: there is no such account, or the wiki does not show it; which, is not told
    NO_REGISTRATION = 'no registration'  #: the wiki has no time of registration (accounts before 2005)
    DELETED_EDITS = 'deleted edits'  #: fewer edits can be seen, more are counted: deleted ones decide
    NO_LOG = 'no log'  #: the log does not tell how it stood at that moment
    NOT_NAMED = 'not named'  #: the request does not tell which account
    NO_MOMENT = 'no moment'  #: the request does not tell when
    NOT_ASKED = 'not asked'  #: the recorded facts do not hold it
    NOT_READABLE = 'not readable'  #: a wiki refuses the answer, or gives one that cannot be read
    TOO_MUCH = 'too much'  #: more would have to be asked than a request may take

    @property
    def is_missing(self) -> bool:
        """Whether it could not be looked up. Which of these reasons it is, is not told on a wiki.

        A difference would show that an account was hidden, or that it is being renamed.
        """
        return self in _MISSING

    @property
    def retry(self) -> bool:
        """Whether a later run may learn it."""
        return self in {Gap.NO_ANSWER, Gap.BEING_RENAMED}


_MISSING = {
    Gap.NO_ANSWER,
    Gap.BEING_RENAMED,
    Gap.NOT_SHOWN,
    Gap.NOT_ASKED,
    Gap.NOT_READABLE,
    Gap.TOO_MUCH,
}


@dataclass(frozen=True)
class Unknown:
    """Stands where a fact would.

    :param gap: why it is not known
    """

    gap: Gap
