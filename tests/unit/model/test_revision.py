"""Pages and candidates."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import UTC, datetime

import pytest

from globalban_bot.model import candidate, dialect, history, owned, request, revision, tally, vote
from globalban_bot.model.candidate import Candidate
from globalban_bot.model.revision import Page, Revision


def test_live() -> None:
    """It should take the last revision for the live one."""
    made = [Revision(n, datetime(2027, 5, n, tzinfo=UTC), 'Ada', str(n)) for n in (1, 2)]
    assert Page('T', 7, tuple(made)).live is made[1]


@pytest.mark.parametrize(('excluded', 'expected'), [(None, True), ('a translation', False)])
def test_is_request(excluded: str | None, expected: bool) -> None:
    """It should tell requests from what was left out for a reason."""
    assert Candidate('T', 7, excluded).is_request is expected


@pytest.mark.parametrize('module', [candidate, dialect, history, owned, request, revision, tally, vote])
def test_values_are_frozen(module) -> None:
    """It should have frozen values only, so that no room changes what another one reads."""
    made = [thing for thing in vars(module).values() if isinstance(thing, type) and is_dataclass(thing)]
    for thing in made:
        bare = object.__new__(thing)
        with pytest.raises(FrozenInstanceError):
            setattr(bare, fields(thing)[0].name, 1)
