"""Find the requests that somebody asks for by page id or title."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from globalban_bot.errors import UserError
from globalban_bot.model.candidate import RequestRef


def find_requests(candidates: Iterable[RequestRef], names: Collection[str]) -> list[RequestRef]:
    """Return the requests of some names, in the order of the candidates.

    :param names: page ids or full titles
    :raises UserError: one of them is no request; where it was left out, the message says why
    """
    wanted = {name.replace('_', ' ') for name in names}
    found = [one for one in candidates if _names(one) & wanted]
    for one in found:
        if not one.is_request:
            name = min(_names(one) & wanted)
            raise UserError(f'-request: {name} is no request here: {one.excluded}')
    missing = wanted.difference(*(_names(one) for one in found))
    if missing:
        raise UserError(
            f'-request: there is no request {", ".join(sorted(missing))} (page id, or full title)'
        )
    return found


def _names(candidate: RequestRef) -> set[str]:
    return {str(candidate.page_id), candidate.title}
