"""What can go wrong with the farm itself, as opposed to with what it tests."""

from __future__ import annotations


class FarmError(Exception):
    """The farm cannot do what is asked of it."""


class MissingPartError(FarmError):
    """PHP, MediaWiki or a module is not there."""


class ScriptError(FarmError):
    """A maintenance script failed.

    :param script: its name
    :param code: its exit code
    :param output: what it said
    """

    def __init__(self, script: str, code: int, output: str) -> None:
        super().__init__(f'{script} ended with code {code}:\n{output.strip()}')
