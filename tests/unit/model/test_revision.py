"""Pages and candidates."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import UTC, datetime
from types import ModuleType

import pytest

from globalban_bot.model import (
    candidate,
    command,
    dialect,
    history,
    owned,
    request,
    revision,
    talk,
    tally,
    vote,
)
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.revision import Page, Revision


def test_live() -> None:
    """It should take the last revision for the live one."""
    made = [Revision(n, datetime(2027, 5, n, tzinfo=UTC), 'Ada', str(n)) for n in (1, 2)]
    assert Page('T', 7, tuple(made)).live is made[1]


#: A moment, and which revisions there were: one and two were saved in one second.
MOMENTS = [
    ('2027-04-30T23:59:59', None),
    ('2027-05-01T00:00:00', [1, 2]),
    ('2027-05-02T23:59:59', [1, 2]),
    ('2027-05-03T00:00:00', [1, 2, 3]),
    ('2027-06-01T00:00:00', [1, 2, 3]),
]


@pytest.mark.parametrize(('moment', 'expected'), MOMENTS)
def test_at(moment: str, expected: list[int] | None) -> None:
    """It should know the page as it stood at a moment, to the second, and the same page otherwise."""
    days = [1, 1, 3]
    made = [Revision(n, datetime(2027, 5, day, tzinfo=UTC), 'Ada', str(n)) for n, day in enumerate(days, 1)]
    page = Page('T', 7, tuple(made), redirect='R')
    found = page.at(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    assert (found and [one.id for one in found.revisions]) == expected
    if found is not None:
        assert (found.title, found.page_id, found.redirect) == ('T', 7, 'R')


def test_no_page_yet() -> None:
    """It should know no page at any moment where none of its revisions are known."""
    assert Page('T', 7, ()).at(datetime(2027, 5, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(('excluded', 'expected'), [(None, True), ('a translation', False)])
def test_is_request(excluded: str | None, expected: bool) -> None:
    """It should tell requests from what was left out for a reason."""
    assert RequestRef('T', 7, excluded).is_request is expected


@pytest.mark.parametrize(
    'module', [candidate, command, dialect, history, owned, request, revision, talk, tally, vote]
)
def test_values_are_frozen(module: ModuleType) -> None:
    """It should have frozen values only, so that no room changes what another one reads."""
    made = [thing for thing in vars(module).values() if isinstance(thing, type) and is_dataclass(thing)]
    for thing in made:
        bare = object.__new__(thing)
        with pytest.raises(FrozenInstanceError):
            setattr(bare, fields(thing)[0].name, 1)
