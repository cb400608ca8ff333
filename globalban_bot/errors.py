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


class UnsafePlanError(GlobalbanError):
    """The brake held back a plan; nothing of it was done."""

    exit_code = 4


class Stopped(GlobalbanError):  # noqa: N818 - being stopped is a normal end, not an error
    """Somebody used the stop page: a normal end."""

    exit_code = 0


class InternalError(GlobalbanError):
    """Our own mistake; please report it."""

    exit_code = 70
