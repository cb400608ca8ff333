"""The lists of targets that stand on the wiki."""

from __future__ import annotations

from typing import Any

from globalban_bot.profiles.loader import Profile


def list_pages(site: Any, profile: Profile, page_id: int) -> tuple[str, ...]:
    """Return the titles of the lists of a request, in whatever language, also those of plans of before.

    :param site: the wiki with the requests, an ``APISite``
    :raises WikiError: it does not answer
    """
    # It imports pywikibot, and that fails where the configuration is missing.
    from globalban_bot.gather.kit import pages_under  # noqa: PLC0415

    if profile.notices is None:
        return ()
    return tuple(sorted(pages_under(site, [profile.notices.list_title(page_id, '').rstrip('/')])))
