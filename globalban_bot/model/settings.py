"""Settings that people make on the wiki, and which of them are in force."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Task(Enum):
    """What the bot does, as the settings call it."""

    STATUS = 'status'  #: keeps board and boxes
    TALK = 'talk'  #: answers on talk pages
    NOTIFY = 'notify'  #: finds, plans and delivers notices


@dataclass(frozen=True)
class Settings:
    """Settings. What is left out has its default: all tasks run, on all requests that are found.

    :param off: tasks that may not run
    :param skip: page ids of requests that are left alone
    :param extra: full titles of requests that have another form of title
    :param notices: what communities wish, by database name: a page of theirs, or None for no notices
    """

    off: frozenset[Task] = frozenset()
    skip: frozenset[int] = frozenset()
    extra: tuple[str, ...] = ()
    notices: tuple[tuple[str, str | None], ...] = ()

    def runs(self, task: Task) -> bool:
        """Tell whether a task may run."""
        return task not in self.off


class Flaw(Enum):
    """Why a revision of a page of JSON does not count."""

    MISSING = 'missing'  #: there is no page, though there was one
    HIDDEN = 'hidden'  #: its text, or who saved it, is hidden
    OTHER_MODEL = 'other content model'  #: its content model is not JSON
    TOO_LONG = 'too long'  #: it was not even loaded
    NOT_TRUSTED = 'not trusted'  #: saved by somebody who does not set this page
    BROKEN = 'broken'  #: it is not well formed


@dataclass(frozen=True)
class Problem:
    """What keeps a page of JSON, as it stands, from being in force. It names nobody.

    :param revision: the revision; None where the page is missing
    :param detail: what is wrong, where, and what is allowed; empty where the flaw says it all
    """

    flaw: Flaw
    revision: int | None = None
    detail: str = ''

    def __str__(self) -> str:
        where = 'the page' if self.revision is None else f'revision {self.revision}'
        return f'{where}: {self.detail or self.flaw.value}'


@dataclass(frozen=True)
class InForce:
    """The settings in force, and since when.

    :param settings: those of the last revision that counts
    :param revision: that revision of the page of settings; None where the defaults are in force
    :param problem: why the page as it stands is not in force; None where it is, or there never was one
    :param told: whether the page of the bot's own that tells of them is there
    """

    settings: Settings = Settings()
    revision: int | None = None
    problem: Problem | None = None
    told: bool = False
