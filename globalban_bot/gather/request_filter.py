"""Tell requests from pages that look like them."""

from __future__ import annotations

from collections.abc import Iterable

from globalban_bot.model.candidate import RequestRef
from globalban_bot.profiles.loader import Profile

#: Why a page is left out, beside the reasons of the profile.
REDIRECT = 'a redirect'
ANOTHER_TITLE = 'neither its title nor a category makes it a request'


def classify_page(
    profile: Profile,
    title: str,
    page_id: int | None,
    *,
    categories: Iterable[str] = (),
    redirect: bool = False,
    revision: int | None = None,
) -> RequestRef:
    """Tell whether a page is a request, and if not, why.

    :param categories: categories of the page, without namespace
    :param redirect: the page is a redirect, as a moved request leaves one
    :param revision: id of the newest revision
    """
    plain = title.replace('_', ' ')
    if redirect:
        return RequestRef(plain, page_id, REDIRECT)
    if plain in profile.extra:
        return RequestRef(plain, page_id, revision=revision)
    excluded = next((e.reason for e in profile.excluded if e.title.search(plain)), None)
    if excluded is not None:
        return RequestRef(plain, page_id, excluded)
    known = {name.replace('_', ' ').lower() for name in profile.categories}
    if any(form.match(plain) for form in profile.titles):
        return RequestRef(plain, page_id, revision=revision)
    if any(name.replace('_', ' ').lower() in known for name in categories):
        return RequestRef(plain, page_id, revision=revision)
    return RequestRef(plain, page_id, ANOTHER_TITLE)
