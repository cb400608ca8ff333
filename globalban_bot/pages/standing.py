"""What the marker of a plan tells of its gate, as it was when the plan was posted."""

from __future__ import annotations

import re
from collections.abc import Iterable

from globalban_bot.model.notice import Audience
from globalban_bot.model.owned import CurrentPage

_TOLD = re.compile(r'<!-- globalban-told ([a-z0-9_ ]+) -->')


def told_then(state: CurrentPage) -> frozenset[Audience]:
    """Return who could be told when a plan was posted.

    :param state: the page of the plan
    """
    parts = state.marker.standing.split('-') if state.marker is not None else []
    return frozenset(one for one in Audience if parts[:1] == ['open'] and one.value in parts)


def told_line(wikis: Iterable[str]) -> str:
    """Return the line of a plan that remembers which wikis were told, as the operator says."""
    return f'<!-- globalban-told {" ".join(sorted(wikis))} -->'


def told_wikis_on(state: CurrentPage) -> tuple[str, ...]:
    """Return the wikis that were told, as a plan remembers them.

    :param state: the page of the plan, as the bot saved it
    """
    line = _TOLD.search(state.text)
    return tuple(line[1].split()) if line else ()


def is_ready(state: CurrentPage) -> bool:
    """Tell whether communities could be told from a plan when it was posted."""
    return state.marker is not None and state.marker.standing.endswith('-ready')
