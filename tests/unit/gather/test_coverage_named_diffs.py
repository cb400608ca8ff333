"""Whether a diff that the request names is a notice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from globalban_bot.gather.coverage import with_named_diff
from globalban_bot.model.notice import Audience, Coverage, NoticeState
from globalban_bot.model.target import Target
from globalban_bot.wikitext.pending import pending_on
from globalban_bot.wikitext.request_links import RequestLinks
from tests.unit.gather.asked import Asked

TITLE, DE = 'Requests for comment/Global ban for Ada', 'https://de.wikipedia.org'
LINKS = RequestLinks(12, (TITLE,), 'https://meta.wikimedia.org')
BEFORE = Coverage(Target('dewiki', DE, 'de', 'Wikipedia:Treff'), Audience.COMMUNITY, NoticeState.NONE_FOUND)
LINK = f'[[m:{TITLE}]]'


def wiki(user: str, old: str | None, new: str | None, namespace: int) -> Asked:
    texts = {7: old, 8: new}

    def reply(_: str, question: Mapping[str, str]) -> Mapping[str, Any]:
        number = int(question['revids'])
        shown = {
            'revid': number, 'parentid': number - 1, 'user': user, 'timestamp': '2027-05-03T12:00:00Z',
            'slots': {'main': {'texthidden': True} if texts[number] is None else {'content': texts[number]}},
        }  # fmt: skip
        return {'query': {'pages': [{'ns': namespace, 'title': 'Wikipedia:Treff', 'revisions': [shown]}]}}

    return Asked(reply)


@pytest.mark.parametrize(
    ('user', 'old', 'new', 'namespace', 'state'),
    [
        ('Bea', 'x', f'x {LINK}', 4, NoticeState.FOUND_BEFORE),
        ('Bea', 'x', f'x {LINK}', 5, NoticeState.FOUND_BEFORE),
        ('Vandal', 'x', f'x {LINK}', 4, NoticeState.NONE_FOUND),
        ('Bea', f'x {LINK}', f'x {LINK} y', 4, NoticeState.NONE_FOUND),
        ('Bea', 'x', f'x <!-- {LINK} -->', 4, NoticeState.NONE_FOUND),
        ('Bea', 'x', f'x {LINK}', 2, NoticeState.NONE_FOUND),
        ('Bea', None, f'x {LINK}', 4, NoticeState.NONE_FOUND),
        ('Bea', 'x', None, 4, NoticeState.NONE_FOUND),
        ('Bea', 'x {{subst:User:Vandal/x}}', f'x {LINK} y', 4, NoticeState.NONE_FOUND),
    ],
)
def test_diff(user: str, old: str | None, new: str | None, namespace: int, state: NoticeState) -> None:
    """It should count an edit of the nominator's that adds a link, on a page of the project, and no other."""
    asked = wiki(user, old, new, namespace)
    found = with_named_diff(BEFORE, [8], 'Bea', LINKS, asked, pending_on)
    assert found.state is state
    assert found.link == (f'{DE}/wiki/Special:Diff/8' if state is NoticeState.FOUND_BEFORE else None)
    assert len(asked.questions) <= 2


@pytest.mark.parametrize('answer', [None, {'query': {'pages': [{'ns': 'x'}]}}, {'query': []}])
def test_odd(answer: Any) -> None:
    """It should leave what is known as it is where the wiki does not answer, or answers oddly."""
    assert with_named_diff(BEFORE, [8], 'Bea', LINKS, Asked(lambda *_: answer), pending_on) is BEFORE
