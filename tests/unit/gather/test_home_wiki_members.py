"""Members of groups; answers in the form of the API (API:Users)."""

from __future__ import annotations

from typing import Any

import pytest

from globalban_bot.errors import WikiError
from globalban_bot.gather.home_wiki import are_members
from tests.unit.gather.asked import Asked

GROUPS = frozenset({'sysop', 'steward'})
#: What the wiki tells of an account, and whether it is a member.
TOLD: list[tuple[dict[str, Any], bool]] = [
    ({'userid': 3, 'name': 'Ada', 'groups': ['sysop', '*', 'user']}, True),
    ({'userid': 3, 'name': 'Ada', 'groups': ['*', 'user', 'autoconfirmed']}, False),
    ({'name': 'Ada', 'missing': True}, False),
    ({'name': '192.0.2.1', 'invalid': True}, False),
]


@pytest.mark.parametrize(('told', 'member'), TOLD)
def test_member(told: dict[str, Any], member: bool) -> None:
    """It should know members of at least one of the groups, by one question to the wiki of the requests."""
    wikis = Asked(lambda server, question: {'query': {'users': [told]}})
    assert are_members(wikis, ['Ada'], GROUPS) is member
    assert wikis.questions == [(wikis.home, {'list': 'users', 'ususers': 'Ada', 'usprop': 'groups'})]


@pytest.mark.parametrize('answer', [None, {'query': {}}, {'query': {'users': None}}])
def test_no_answer(answer: Any) -> None:
    """It should fail where the wiki does not tell, and never take that for no."""
    with pytest.raises(WikiError):
        are_members(Asked(lambda server, question: answer), ['Ada'], GROUPS)


def test_no_groups() -> None:
    """It should know no members of no groups."""
    told = {'userid': 3, 'name': 'Ada', 'groups': ['sysop']}
    assert not are_members(Asked(lambda server, question: {'query': {'users': [told]}}), ['Ada'], frozenset())
