"""What asks the wikis of a farm, as its callers need it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol


class Queries(Protocol):
    """Asks any wiki of a farm, by one request a call (:class:`globalban_bot.wiki.api.ApiClient`)."""

    @property
    def home(self) -> str:
        """Server of the wiki with the requests, as ``https://meta.wikimedia.org``."""

    def query(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        """Yield the answer of ``action=query``, part by part, as far as the caller takes it.

        :raises WikiError: there is no answer, or an error
        """

    def action(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        """Return the answer of another action, whose name stands in ``action``.

        :param holds: the key without which the answer is not understood
        :raises WikiError: there is no answer, or an error
        """
