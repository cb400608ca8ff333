"""The state of a request in words.

.. code-block:: wikitext

   the head says “invalid” since 11:10, 1 May 2027 (UTC) ([[Special:Diff/123|diff]]); counted as closed from …
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.request import Request
from globalban_bot.model.state import Phase, RequestState
from globalban_bot.render.rich_text import Link, Quote, Said, joined

#: Stands in a message where a quote comes: no message and no time has it.
_SLOT = '\0'


def state_said(request: Request, messages: Messages) -> Said:
    """Return where a request stands, since when, and what was before; unknown times are left out."""
    parts = [*_parts(request.state, messages), *_opened(request, messages)]
    return joined(parts, messages.get('semicolon-separator'))


def status_text(phase: Phase, since: datetime | None, messages: Messages) -> str:
    """Return where a request stands, as a cell of the list.

    :param since: since when (UTC); None where that is not known, or where it was never otherwise
    """
    label = messages.get(f'phase-{_slug(phase)}')
    if since is None:
        return label
    return (
        messages.get('board-closed', messages.time(since))
        if phase is Phase.CLOSED
        else (f'{label} ({messages.time(since)})')
    )


def since_of(state: RequestState) -> datetime | None:
    """Return the time that the list shows: of the closing, where one counts."""
    return state.closed if state.phase is Phase.CLOSED else state.since


def _parts(state: RequestState, messages: Messages) -> Iterator[Said]:
    yield (*_now(state, messages), *_diff(state, messages))
    if state.counts_from is not None:
        yield (messages.get('phase-counts-from', messages.time(state.counts_from)),)
    if state.phase is not Phase.CLOSED and state.closed is not None:
        yield (messages.get('phase-counts', messages.time(state.closed)),)
    for time in state.was_closed:
        yield (messages.get('phase-was-closed', messages.time(time.start), messages.time(time.end)),)


def _opened(request: Request, messages: Messages) -> Iterator[Said]:
    """Yield when the page was moved and when the request was opened; a draft is opened by its move."""
    opened, moved = request.opened, request.state.moved
    if opened is not None and opened == moved:
        yield (messages.get('box-opened-by-move', messages.time(opened)),)
        return
    if moved is not None:
        yield (messages.get('phase-moved', messages.time(moved)),)
    if opened is not None:
        yield (messages.get('box-opened', messages.time(opened)),)
    elif request.has_history:
        yield (messages.get('box-opened-not-known'),)


def _now(state: RequestState, messages: Messages) -> Said:
    if state.word and state.phase in {Phase.CLOSING_STATED, Phase.WITHDRAWN, Phase.UNKNOWN_WORD}:
        return _says(state, messages)
    return (status_text(state.phase, since_of(state), messages),)


def _says(state: RequestState, messages: Messages) -> Said:
    said = (
        messages.get('phase-says', _SLOT)
        if state.since is None
        else messages.get('phase-says-since', _SLOT, messages.time(state.since))
    )
    before, _, after = said.partition(_SLOT)
    unknown = (f' {messages.get("phase-not-known")}',) if state.phase is Phase.UNKNOWN_WORD else ()
    return (before, Quote(state.word), after, *unknown)


def _diff(state: RequestState, messages: Messages) -> Said:
    if state.revision is None:
        return ()
    label = 'box-statement' if state.phase is Phase.CLOSED else 'phase-diff'
    return (' (', Link(f'Special:Diff/{state.revision}', messages.get(label)), ')')


def _slug(phase: Phase) -> str:
    return phase.value.replace(' ', '-')
