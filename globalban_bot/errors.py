"""The errors of this project, each with the exit code of a run that ends by it.

A small tree: what the caller can mend (:class:`UserError`), what a wiki refused
(:class:`WikiError`), a plan that the brake held back (:class:`UnsafePlanError`), an orderly
stop (:class:`Stopped`) and what only we can mend (:class:`InternalError`).
"""

from __future__ import annotations


class GlobalbanError(Exception):
    """Base of all errors of this project.

    :cvar exit_code: what the process returns when the error ends it
    """

    exit_code = 70


class UserError(GlobalbanError):
    """Bad input, options, configuration or data files: the caller can mend it.

    The message says what is wrong, where, and what to do.
    """

    exit_code = 2


class WikiError(GlobalbanError):
    """A wiki refused a read or an edit, or did not answer."""

    exit_code = 3


class UnreadError(WikiError):
    """One page could not be read; the others can.

    :param name: which page it is; no name of a person
    :param reason: why, in words that quote nothing of the page and nothing that a wiki said; may be empty
    :param detail: what a wiki said, for the operator alone: it may name people
    """

    exit_code = 3

    def __init__(self, name: str, reason: str = '', detail: str = '') -> None:
        why = detail or reason
        super().__init__(f'{name}: could not be read ({why})' if why else f'{name}: could not be read')
        self.name = name
        self.reason = reason
        self.detail = detail

    @property
    def public(self) -> str:
        """What may stand on a wiki."""
        return str(UnreadError(self.name, self.reason))


class UnsafePlanError(GlobalbanError):
    """The brake held back a whole plan; nothing of it was done."""

    exit_code = 4


class Stopped(GlobalbanError):  # noqa: N818 - being stopped is a normal end, not an error
    """Somebody used the stop page: a normal end."""

    exit_code = 0


class InternalError(GlobalbanError):
    """Our own mistake; please report it."""

    exit_code = 70
