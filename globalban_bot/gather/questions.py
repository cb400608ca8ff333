"""What asks the wikis of a farm, as those who have a question need it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol


class Questions(Protocol):
    """Asks any wiki of a farm, by one request a call (:class:`globalban_bot.gather.asking.Wikis`)."""

    @property
    def home(self) -> str:
        """Server of the wiki with the requests, as ``https://meta.wikimedia.org``."""

    def parts(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        """Yield the answer of ``action=query``, part by part, as far as the caller takes it.

        :raises WikiError: there is no answer, or an error
        """

    def answer(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        """Return the answer of another action.

        :param holds: the part without which it is no answer
        :raises WikiError: there is no answer, or an error
        """
