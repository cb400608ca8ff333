"""Whether a policy page was changed since a person compared it with the data."""

from __future__ import annotations

from datetime import UTC, datetime

from globalban_bot.model.policy import Policy


def is_newer(policy: Policy, revision: int, written: datetime) -> bool:
    """Tell whether the page should be read anew.

    Where only quotations were compared, every revision from after that day is newer.

    :param revision: id of the newest revision of the page
    :param written: when it was written (aware)
    """
    if policy.revision is not None:
        return revision > policy.revision
    return written.astimezone(UTC).date() > policy.checked_on
