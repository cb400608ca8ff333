"""Plans of notices, made from what was found on the wikis."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.i18n.notices import NoticeTexts, load_notice_texts
from globalban_bot.jobs.notices.planner import Planner
from globalban_bot.model.nomination import Nomination, Reply
from globalban_bot.model.notice import (
    Audience,
    Coverage,
    NoticePlan,
    NoticeState,
    Skip,
    Skipped,
    notices_on,
)
from globalban_bot.model.target import Unreachable
from globalban_bot.model.unknown import Gap, Unknown
from tests.unit.decide.made import request
from tests.unit.made_notices import META, NOW, PAGE_ID, TITLE, coverage, nomination

ENGLISH = load_notice_texts().choose('en')
GERMAN = replace(load_notice_texts().choose('de'), reviewed_by=None)
#: Each reply is told by a sentence of its own.
FREE, TALK_PAGE, SHUT_OUT = (
    ENGLISH.texts[f'subject-{key}'].partition('[[')[0] for key in ('free', 'talk-page', 'shut-out')
)
SUBJECT = coverage('metawiki', audience=Audience.SUBJECT)


def planner(*, unreviewed: bool = False, german_by: str | None = None) -> Planner:
    texts = NoticeTexts({'en': ENGLISH, 'de': replace(GERMAN, reviewed_by=german_by)})
    return Planner(texts, META, unreviewed)


def plan(
    *found: Coverage,
    made: Planner | None = None,
    judged: Nomination | None = None,
    as_of: datetime = NOW,
    **more: Any,
) -> NoticePlan:
    return (made or planner()).plan(request(**more), judged or nomination(Reply.FREE), found, as_of)


def body(*found: Coverage, **more: Any) -> str:
    (notice,) = plan(*found, **more).notices
    return notice.body


def test_plan() -> None:
    """It should plan a notice for each community that was not told, of this request, as of the moment."""
    found = plan(coverage('dewiki'), coverage('frwiki'))
    assert [(one.target.wiki, one.audience) for one in found.notices] == [
        ('dewiki', Audience.COMMUNITY),
        ('frwiki', Audience.COMMUNITY),
    ]
    assert (found.page_id, found.title, found.skipped, found.as_of) == (PAGE_ID, TITLE, (), NOW)
    assert all(notices_on(one.body, PAGE_ID) == 1 for one in found.notices)
    assert all(f'[[m:{TITLE}|' in one.body for one in found.notices)


def test_notices() -> None:
    """It should know what a notice says on a wiki that could not be checked, or that was told."""
    states = (NoticeState.NONE_FOUND, NoticeState.NOT_CHECKED, NoticeState.DELIVERED)
    found = [coverage(state=state) for state in states]
    (planned,) = plan(*found).notices
    assert [*planner().notices(request(), nomination(Reply.FREE), found)] == [planned] * 3


def test_links() -> None:
    """It should lead a community to the page that tells why it is told, and to where questions are asked."""
    assert META.notices is not None
    text = body(coverage())
    assert f'[[m:{META.notices.why_page.format(page_id=PAGE_ID)}|' in text
    assert f'[[m:{META.report_page}|' in text


@pytest.mark.parametrize('audience', [*Audience])
@pytest.mark.parametrize(
    ('state', 'more', 'reason'),
    [
        (NoticeState.DELIVERED, {}, Skip.SETTLED),
        (NoticeState.DELIVERED, {'page': None, 'lack': Unreachable.NO_PAGE}, Skip.SETTLED),
        (NoticeState.NONE_FOUND, {'page': None, 'lack': Unreachable.NO_PAGE}, Skip.NO_PAGE),
        (NoticeState.NOT_CHECKED, {'page': None, 'lack': Unreachable.CLOSED}, Skip.NO_PAGE),
        (NoticeState.NOT_CHECKED, {}, Skip.NOT_CHECKED),
    ],
)
def test_skipped(audience: Audience, state: NoticeState, more: dict[str, Any], reason: Skip) -> None:
    """It should tell nobody who was told, has no page, or could not be checked, and say which."""
    for wiki in ('metawiki', 'dewiki'):
        one = coverage(wiki, state, audience, **more)
        found = plan(one)
        assert found.notices == ()
        assert found.skipped == (Skipped(one, reason),)


def test_subject() -> None:
    """It should tell the subject on the wiki of the request, and leave the other talk pages to people."""
    elsewhere = coverage('dewiki', audience=Audience.SUBJECT)
    found = plan(SUBJECT, elsewhere)
    (notice,) = found.notices
    assert (notice.target.wiki, notice.target.page) == ('metawiki', 'User talk:Bel')
    assert notice.heading == ENGLISH.texts['subject-heading']
    assert found.skipped == (Skipped(elsewhere, Skip.BY_HAND),)


def test_community_of_the_wiki_of_the_request() -> None:
    """It should tell the community there, too, and not by hand."""
    (notice,) = plan(coverage('metawiki')).notices
    heading = ENGLISH.texts['community-heading'].replace('$3', str(PAGE_ID))
    assert (notice.audience, notice.heading) == (Audience.COMMUNITY, heading)


@given(
    st.lists(
        st.builds(
            coverage,
            st.sampled_from(['metawiki', 'dewiki', 'frwiki', 'aawiki']),
            st.sampled_from(NoticeState),
            st.sampled_from(Audience),
        ),
        max_size=8,
    )
)
def test_nothing_is_lost(found: list[Coverage]) -> None:
    """It should either tell or name each target, in their order."""
    made = plan(*found)
    rest = list(found)
    for one in made.skipped:
        rest.remove(one.coverage)
    assert [(one.target, one.audience) for one in made.notices] == [
        (one.target, one.audience) for one in rest
    ]
    assert all(one.state in {NoticeState.NONE_FOUND, NoticeState.LINKED} for one in rest)


@pytest.mark.parametrize(
    ('unreviewed', 'german_by', 'language'),
    [(False, None, 'en'), (True, None, 'de'), (False, 'Ada', 'de'), (True, 'Ada', 'de')],
)
def test_reviewed(unreviewed: bool, german_by: str | None, language: str) -> None:
    """It should send a translation that nobody has reviewed only where the operator says so."""
    made = planner(unreviewed=unreviewed, german_by=german_by)
    (notice,) = plan(coverage(language='de'), made=made).notices
    assert notice.language == language
    assert f'<div lang="{language}"' in notice.body
    assert notice.reviewed is (language == 'en' or german_by is not None)


@pytest.mark.parametrize(
    ('reply', 'said'),
    [
        (Reply.FREE, FREE),
        (Reply.TALK_PAGE, TALK_PAGE),
        (Reply.SHUT, SHUT_OUT),
        (Reply.PARTLY, SHUT_OUT),
        (Reply.LOCKED, SHUT_OUT),
        (Reply.GLOBALLY_BLOCKED, SHUT_OUT),
        (Unknown(Gap.NO_ANSWER), SHUT_OUT),
        (None, SHUT_OUT),
    ],
)
def test_reply(reply: Reply | Unknown | None, said: str) -> None:
    """It should tell the subject how to reply, and how else where that is not known."""
    assert said in body(SUBJECT, judged=nomination(reply))


@pytest.mark.parametrize(
    ('replies', 'said'),
    [
        ((Reply.FREE, Reply.LOCKED), [FREE, SHUT_OUT]),
        ((Unknown(Gap.NO_ANSWER), Reply.FREE), [SHUT_OUT, FREE]),
    ],
)
def test_reply_of_each(replies: tuple[Reply | Unknown, ...], said: list[str]) -> None:
    """It should tell each subject how they can reply themselves."""
    both = [
        coverage('metawiki', audience=Audience.SUBJECT, page=f'User talk:{name}') for name in ('Bel', 'Cid')
    ]
    found = plan(*both, judged=nomination(*replies), subjects=('Bel', 'Cid')).notices
    assert [text in one.body for text, one in zip(said, found, strict=True)] == [True, True]


def test_code() -> None:
    """It should have a code that neither time nor order changes, and that what is left out changes."""
    found = [coverage('dewiki'), coverage('frwiki'), SUBJECT]
    code = plan(*found).code
    assert plan(*found, as_of=NOW + timedelta(days=9)).code == code
    assert plan(*reversed(found)).code == code
    assert plan(*found, coverage('eswiki', NoticeState.DELIVERED)).code != code


def test_no_name() -> None:
    """It should hold nobody's name but that of the request, whoever sends it."""
    found = plan(coverage('dewiki'), SUBJECT)
    assert not any('Bel' in one.body.replace(TITLE, '') for one in found.notices)
