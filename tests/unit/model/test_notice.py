"""Notices, and what tells one plan of them from another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.model.notice import Notice, NoticePlan, notice_marker, notices_on, plan_digest
from tests.unit.made_accounts import NOW
from tests.unit.render.notices import notice, target

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


@given(some_notices.flatmap(lambda some: st.tuples(st.just(some), st.permutations(some))))
def test_order(case: tuple[list[Notice], list[Notice]]) -> None:
    """It should give a plan the same digest in whatever order its notices were found."""
    one, other = case
    assert plan_digest(12, one) == plan_digest(12, other)


@given(some_notices, some_notices)
def test_other_notices(one: list[Notice], other: list[Notice]) -> None:
    """It should give plans of other notices other digests: an approval is of one list, all or nothing."""
    same = {(each.target.wiki, each.target.page) for each in one} == {
        (each.target.wiki, each.target.page) for each in other
    }
    assert (plan_digest(12, one) == plan_digest(12, other)) is same


#: Changes of a notice, each of which changes what is approved.
CHANGES: list[Notice] = [
    replace(NOTICES[0], heading='Other'),
    replace(NOTICES[0], body='Other'),
    replace(NOTICES[0], target=replace(NOTICES[0].target, page='C')),
    replace(NOTICES[0], target=replace(NOTICES[0].target, wiki='eswiki')),
    # The same letters, divided otherwise.
    replace(NOTICES[0], heading=NOTICES[0].heading[:-1], body=NOTICES[0].heading[-1] + NOTICES[0].body),
]


@pytest.mark.parametrize('changed', CHANGES)
def test_changed(changed: Notice) -> None:
    """It should give a changed notice another digest, and the same notice of another request, too."""
    assert plan_digest(12, [changed]) != plan_digest(12, [NOTICES[0]]) != plan_digest(13, [NOTICES[0]])


@given(some_notices, st.integers(0, 4))
def test_given(notices: list[Notice], done: int) -> None:
    """It should keep the digest of a plan while its notices are given, one after the other."""
    whole = NoticePlan(12, 'Title', tuple(notices), (), NOW)
    part = replace(whole, notices=tuple(notices[done:]), given=tuple(notices[:done]))
    assert part.digest == whole.digest == plan_digest(12, notices)
