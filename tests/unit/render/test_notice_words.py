"""Words about notices."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.gate import Barrier, Gate
from globalban_bot.model.notice import Audience, Coverage, Delivery, NoticeState, Sent, Skip
from globalban_bot.model.target import Unreachable
from globalban_bot.render.notice_words import (
    barrier_texts,
    counts_text,
    coverage_text,
    sent_text,
    skip_text,
    state_text,
    subject_text,
    why_text,
)
from tests.unit.render.notices import closed, coverage, notice, skipped, target

M = Messages()
F, N, C = NoticeState.DELIVERED, NoticeState.NONE_FOUND, NoticeState.NOT_CHECKED


#: States of communities, and the line of the box.
COVERED: list[tuple[list[NoticeState], str]] = [
    ([], 'no wiki is known where the account has edited'),
    (
        [F] * 12 + [N] * 15 + [C] * 4,
        'notice found on 12 of 31 wikis where the account has edited; none found on 15;'
        ' 4 could not be checked',
    ),
    ([F], 'notice found on 1 of 1 wiki where the account has edited'),
    ([N, N], 'notice found on 0 of 2 wikis where the account has edited; none found on 2'),
    ([F, C], 'notice found on 1 of 2 wikis where the account has edited; 1 could not be checked'),
]


@pytest.mark.parametrize(('states', 'said'), COVERED)
def test_coverage(states: list[NoticeState], said: str) -> None:
    """It should count communities, and neither talk pages of the subject nor what is not there."""
    subject = coverage(F, audience=Audience.SUBJECT)
    assert coverage_text([*(coverage(state) for state in states), subject], M) == said
    assert 'told' not in said


@pytest.mark.parametrize(
    ('states', 'said'),
    [
        ([], None),
        ([F, C], 'notice found on one talk page of the account'),
        ([N, N], 'no notice found on a talk page of the account'),
        ([N, C], 'no notice found; not every talk page of the account could be checked'),
    ],
)
def test_coverage_of_the_subject(states: list[NoticeState], said: str | None) -> None:
    """It should say of none found only where all was looked at."""
    found: list[Coverage] = [coverage(state, audience=Audience.SUBJECT) for state in states]
    assert subject_text(found, M) == said


#: Whether only administrators can edit the page, whether the text was reviewed, and what is said.
STATES: list[tuple[bool, bool, str]] = [
    (False, True, 'no notice found'),
    (True, True, 'no notice found; only administrators can edit the page'),
    (False, False, 'no notice found; nobody has reviewed the translation'),
    (
        True,
        False,
        'no notice found; only administrators can edit the page; nobody has reviewed the translation',
    ),
]


@pytest.mark.parametrize(('protected', 'reviewed', 'said'), STATES)
def test_state(protected: bool, reviewed: bool, said: str) -> None:
    """It should say of a planned notice what a person should look at, and of a plain one nothing more."""
    planned = replace(notice(replace(target(), protected=protected)), reviewed=reviewed)
    assert state_text(planned, [], M) == said


#: Why a target gets no notice, why it has no page, and what is said.
SKIPPED: list[tuple[Skip, Unreachable | None, str]] = [
    (Skip.TOLD, None, 'told, as the operator of the bot says'),
    (Skip.SETTLED, None, 'delivered'),
    (Skip.NOT_CHECKED, None, 'could not be checked; it is looked at again'),
    (Skip.BY_HAND, None, 'left to the nominator'),
    (Skip.ODD_TITLE, None, 'its title cannot stand in a list of targets'),
    (Skip.NO_PAGE, None, 'no page is known'),
    (Skip.NO_PAGE, Unreachable.CLOSED, 'the wiki is closed'),
    (Skip.NO_PAGE, Unreachable.PRIVATE, 'only members can read the wiki'),
    (Skip.NO_PAGE, Unreachable.FISHBOWL, 'only members can edit the wiki'),
    (Skip.NO_PAGE, Unreachable.NOT_LISTED, 'the wiki is not on the list of all wikis'),
    (Skip.NO_PAGE, Unreachable.UNREACHABLE, 'the wiki did not answer; it is asked again'),
    (Skip.NO_PAGE, Unreachable.NO_PAGE, 'no village pump is known, or it is missing'),
    (Skip.NO_PAGE, Unreachable.OTHER_MODEL, 'the page is no wikitext'),
    (Skip.NO_PAGE, Unreachable.BOARD, 'it is a board of Flow or LiquidThreads, which cannot be checked'),
    (Skip.NO_PAGE, Unreachable.OTHER_NAMESPACE, 'the page is not in the project namespace'),
    (Skip.NO_PAGE, Unreachable.YOUNG, 'it is known by a redirect or sitelink that is less than a day old'),
    (Skip.NO_PAGE, Unreachable.ELSEWHERE, 'the talk page redirects'),
    (Skip.NO_PAGE, Unreachable.NOT_WANTED, 'the community wants no notices'),
    (Skip.NOT_CHECKED, Unreachable.UNREACHABLE, 'could not be checked; it is looked at again'),
]


@pytest.mark.parametrize(('reason', 'lack', 'said'), SKIPPED)
def test_skip(reason: Skip, lack: Unreachable | None, said: str) -> None:
    """It should say why there is no notice: where there is no page, why there is none."""
    assert skip_text(skipped(reason, replace(closed(), lack=lack)), M) == said


def test_every_reason() -> None:
    """It should have been asked above for every reason that there is."""
    assert {reason for reason, _, _ in SKIPPED} == {*Skip}
    assert {lack for _, lack, _ in SKIPPED} == {*Unreachable, None}


def test_barriers() -> None:
    """It should name each barrier once, in the order of the gate."""
    said = [*barrier_texts(Gate((*Barrier,)), M)]
    assert len({*said}) == len(Barrier)
    assert said[2] == 'The request is less than 24 hours old.'
    assert [*barrier_texts(Gate(()), M)] == []


@given(st.lists(st.sampled_from(Sent)))
def test_counts(kinds: list[Sent]) -> None:
    """It should count each notice once, and always say how many were delivered."""
    said = counts_text([Delivery(notice(), kind) for kind in kinds], M).split('; ')
    assert said[0] == f'{kinds.count(Sent.DELIVERED)} delivered'
    assert sum(int(part.partition(' ')[0]) for part in said) == len(kinds)
    assert len(said) == len({*kinds, Sent.DELIVERED})


def test_one_of_each() -> None:
    """It should have words of its own for each thing that can become of a notice, and for whom it is."""
    assert len({sent_text(kind, M) for kind in Sent}) == len(Sent)
    assert why_text(Audience.COMMUNITY, M) == 'the account has edited there'
    assert why_text(Audience.SUBJECT, M) == 'the request is about the account'
