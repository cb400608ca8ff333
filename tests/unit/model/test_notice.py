"""Notices, and what tells one plan of them from another."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.model.notice import Audience, Notice, NoticePlan, Skip, notice_marker, notices_on
from tests.unit.made_accounts import NOW
from tests.unit.render.notices import notice, skipped, target

MARK = notice_marker(12)
NOTICES = [notice(target(wiki, page=page)) for wiki in ('dewiki', 'frwiki') for page in ('A', 'B')]
some_notices = st.lists(st.sampled_from(NOTICES), unique=True)

#: Texts, and how many notices of request 12 stand in each.
TEXTS: list[tuple[str, int]] = [
    ('', 0),
    (MARK, 1),
    (f'a{MARK}{MARK}b\n{MARK}', 3),
    (notice_marker(1) + notice_marker(112) + notice_marker(121), 0),
    ('<!--globalban-notice 12-->', 0),
    ('(globalban-notice 12)', 0),
    (f'<nowiki>{MARK}</nowiki>', 1),
]


@pytest.mark.parametrize(('text', 'count'), TEXTS)
def test_notices_on(text: str, count: int) -> None:
    """It should count the notices of one request by their markers, and no other's."""
    assert notices_on(text, 12) == count


def code(*notices: Notice, **more: Any) -> str:
    return replace(NoticePlan(12, 'Title', notices, (), NOW), **more).code


@given(some_notices.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_order(case: tuple[list[Notice], list[Notice]]) -> None:
    """It should give a plan the same code in whatever order its notices were found."""
    first, second = case
    assert code(*first) == code(*second)


@given(some_notices, some_notices)
def test_other_notices(first: list[Notice], second: list[Notice]) -> None:
    """It should give plans of other notices other codes."""
    same = {(one.target.wiki, one.target.page) for one in first} == {
        (one.target.wiki, one.target.page) for one in second
    }
    assert (code(*first) == code(*second)) is same


#: Changes of a notice, each of which changes what is sent.
CHANGES: list[Notice] = [
    replace(NOTICES[0], heading='Other'),
    replace(NOTICES[0], body='Other'),
    replace(NOTICES[0], audience=Audience.SUBJECT),
    replace(NOTICES[0], target=replace(NOTICES[0].target, page='C')),
    replace(NOTICES[0], target=replace(NOTICES[0].target, wiki='eswiki')),
    # The same letters, divided otherwise.
    replace(NOTICES[0], heading=NOTICES[0].heading[:-1], body=NOTICES[0].heading[-1] + NOTICES[0].body),
]


@pytest.mark.parametrize('changed', CHANGES)
def test_changed(changed: Notice) -> None:
    """It should give a changed notice another code, and the same notice of another request, too."""
    assert code(changed) != code(NOTICES[0]) != code(NOTICES[0], page_id=13)


def test_what_a_sender_sees() -> None:
    """It should give another code when a page is left out, for another reason, or the nomination changes."""
    left = [skipped(Skip.TOLD), skipped(Skip.BY_HAND), skipped(Skip.TOLD, target('frwiki'))]
    codes = [code(*NOTICES), *(code(*NOTICES, skipped=(one,)) for one in left)]
    codes += [code(*NOTICES, nomination=(line,)) for line in ('Nominator: met', 'Nominator: not met')]
    assert len({*codes}) == len(codes)
    assert all(re.fullmatch('[0-9a-f]{12}', one) for one in codes)


def test_time() -> None:
    """It should keep the code of a plan that is made again later."""
    assert code(*NOTICES) == code(*NOTICES, as_of=NOW + timedelta(days=3))
