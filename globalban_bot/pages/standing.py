"""What the marker of a plan tells of its gate, as it was when the plan was posted."""

from __future__ import annotations

from globalban_bot.model.notice import Audience
from globalban_bot.model.owned import PageState


def told_then(state: PageState) -> frozenset[Audience]:
    """Return who could be told when a plan was posted.

    :param state: the page of the plan
    """
    parts = state.marker.standing.split('-') if state.marker is not None else []
    return frozenset(one for one in Audience if parts[:1] == ['open'] and one.value in parts)


def is_ready(state: PageState) -> bool:
    """Tell whether something could be sent from a plan when it was posted."""
    return state.marker is not None and state.marker.standing.endswith('-ready')
