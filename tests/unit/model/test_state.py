"""The state of a request."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from globalban_bot.model.state import Phase, RequestState, Status, state_of_text

THEN = datetime(2027, 5, 8, 12, tzinfo=UTC)
PHASES = {
    Status.OPEN: Phase.OPEN,
    Status.UNKNOWN: Phase.UNKNOWN_WORD,
    Status.WITHDRAWN: Phase.WITHDRAWN,
    Status.INVALID: Phase.CLOSED,
    Status.SUCCESSFUL: Phase.CLOSED,
    Status.UNSUCCESSFUL: Phase.CLOSED,
    Status.INACTIVE: Phase.CLOSED,
    Status.CLOSED: Phase.CLOSED,
}


@pytest.mark.parametrize('status', Status)
def test_of_a_text(status: Status) -> None:
    """It should tell from the text alone what the word means, and take the closing from its signature."""
    found = state_of_text(status, 'word', THEN, None)
    assert found.phase is PHASES[status]
    assert found.closed == (THEN if status.closed else None)


@pytest.mark.parametrize('sign', [Phase.BLANKED, Phase.TAGGED, Phase.REDIRECT])
def test_of_a_text_with_a_sign(sign: Phase) -> None:
    """It should go by the blanking or the tag before the word, and show nothing about people."""
    found = state_of_text(Status.OPEN, '', None, sign)
    assert (found.phase, found.shows_nomination, found.shows_subjects) == (sign, False, False)


@pytest.mark.parametrize('status', Status)
def test_subjects(status: Status) -> None:
    """It should not show what was found on the subjects where no ban comes of the request."""
    without = {Status.INVALID, Status.WITHDRAWN, Status.UNSUCCESSFUL, Status.INACTIVE}
    assert state_of_text(status, 'word', None, None).shows_subjects is (status not in without)


def test_key() -> None:
    """It should change with phase, word and closing; the word itself is no part of it."""
    stated = RequestState(Phase.WITHDRAWN, Status.WITHDRAWN, 'Vulpecula', counts_from=THEN)
    counted = RequestState(Phase.WITHDRAWN, Status.WITHDRAWN, 'Vulpecula', closed=THEN)
    other = RequestState(Phase.WITHDRAWN, Status.WITHDRAWN, 'retiré', closed=THEN)
    keys = [one.key for one in (RequestState(), RequestState(Phase.REOPENED), stated, counted, other)]
    assert len(set(keys)) == len(keys)
    assert keys[0] == 'open'
    assert not any('Vulpecula' in key for key in keys)


def test_operator() -> None:
    """It should call for the operator where the bot cannot tell, unless the request was closed before."""
    assert RequestState(Phase.BLANKED).needs_operator
    assert not RequestState(Phase.BLANKED, closed=THEN).needs_operator
    assert not RequestState(Phase.CLOSING_STATED).needs_operator
