"""Looking for what became of the notices of a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from globalban_bot.jobs.notices.job import settings_of
from globalban_bot.jobs.notices.settling import Settler
from globalban_bot.model.notice import NoticeState
from tests.unit.decide.made import tallied
from tests.unit.gather.asked import Asked
from tests.unit.made_notices import META, NOW, OPENED
from tests.unit.render.notices import coverage


def nothing_there(server: str, question: Mapping[str, str]) -> Mapping[str, Any]:
    return {'query': {'usercontribs': [], 'logevents': [], 'pages': []}}


@pytest.mark.parametrize('opened', [OPENED + timedelta(hours=30), None])
def test_since(opened: datetime | None) -> None:
    """It should look for notices since the page was made, also where nobody knows when it was opened."""
    wikis = Asked(nothing_there)
    request = replace(tallied().request, opened=opened, created=OPENED)
    settler = Settler(wikis, settings_of(META), 'Facts bot', by_bot=True)
    found = [*settler.settled(request, [coverage(NoticeState.NONE_FOUND)], (), {}, NOW)]
    assert [one.state for one in found] == [NoticeState.NONE_FOUND]
    assert {question['ucend'] for _, question in wikis.questions} == {f'{OPENED:%Y-%m-%dT%H:%M:%SZ}'}
