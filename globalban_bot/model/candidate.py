"""Pages that may be requests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RequestRef:
    """A page that was looked at when requests were searched.

    :param title: full title
    :param page_id: page id; None where it is not known
    :param excluded: why it is no request; None where it is one
    :param revision: id of the newest revision; None where it is not known
    """

    title: str
    page_id: int | None
    excluded: str | None = None
    revision: int | None = None

    @property
    def is_request(self) -> bool:
        """Whether the page is a request."""
        return self.excluded is None
