"""How a page stands, as far as no wiki is asked; the rest is tested against a real MediaWiki."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from globalban_bot.act.notice_page import DeliveryRevision, NoticePageReader, _lack
from globalban_bot.model.notice import given_word, notice_marker
from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.site_facts import USUAL_CATEGORY
from tests.unit.gather.asked import Asked, answer_of

BOT = 'Facts bot'

#: What the API tells of a page and its newest revision, and why the page can take no notice.
PAGES: list[tuple[dict[str, Any], str, Refusal | None]] = [
    ({}, 'wikitext', None),
    ({'redirect': False}, 'wikitext', None),
    ({'redirect': True}, 'wikitext', Refusal.MOVED),
    ({'categories': [{'ns': 14, 'title': f'Category:{USUAL_CATEGORY}'}]}, 'wikitext', Refusal.OPTED_OUT),
    ({}, 'flow-board', Refusal.OTHER_MODEL),
    ({'redirect': True}, 'json', Refusal.OTHER_MODEL),
]


@pytest.mark.parametrize(('page', 'model', 'lack'), PAGES)
def test_lack(page: dict[str, Any], model: str, lack: Refusal | None) -> None:
    """It should say why a page cannot take a notice, its content model first."""
    assert _lack(answer_of(page), answer_of({'slots': {'main': {'contentmodel': model}}})) is lack


def test_lack_of_a_hidden_model() -> None:
    """It should append nothing to a page of which the content model is not told."""
    assert _lack(answer_of({}), answer_of({'slots': {'main': {}}})) is Refusal.OTHER_MODEL


#: What the API tells of an edit of the bot, beside its number, and whether it gave the notice of request 12.
EDITS: list[tuple[dict[str, Any], bool]] = [
    ({'comment': 'Notice of a request (globalban-notice 12)'}, True),
    ({'comment': '/* Request */ Notice (globalban-notice 12)', 'parentid': 6}, True),
    ({'comment': '', 'commenthidden': True}, True),
    ({'commenthidden': True}, True),
    ({'comment': 'Notice of a request (globalban-notice 1)'}, False),
    ({'comment': 'Notice of a request (globalban-notice 112)'}, False),
    ({'comment': 'Undid (globalban-notice 12) by somebody'}, False),
    ({'comment': 'The same notice stands above (globalban-notice-once 12)'}, False),
    ({'comment': 'Something else'}, False),
    ({'comment': ''}, False),
    ({}, False),
]


@pytest.mark.parametrize(('edit', 'gave'), EDITS)
def test_given(edit: dict[str, Any], gave: bool) -> None:
    """It should know by the summary which edits gave the notice, and rather believe one that is hidden."""
    reader = NoticePageReader(Asked(lambda *_: None), BOT, 'Project:Pump', 12)
    found = [*reader._given([answer_of({'revid': 7, **edit})])]
    assert found == ([DeliveryRevision(7, edit.get('parentid', 0))] if gave else [])


def test_words_of_two_requests() -> None:
    """It should tell the notices of any two requests apart, in the text as in the summary."""
    for one, other in ((1, 12), (12, 112), (12, 121)):
        assert not f'Notice {given_word(other)}'.endswith(given_word(one))
        assert notice_marker(one) not in notice_marker(other)


#: The parts of an answer about three revisions, as MediaWiki gives them where the texts are long.
PARTS: list[dict[str, Any]] = [
    {
        'query': {'pages': [{'revisions': [{'revid': 5, 'slots': {'main': {'content': 'Old.'}}}]}, {}]},
    },
    {
        'query': {
            'pages': [
                {
                    'revisions': [
                        {'revid': 6, 'slots': {'main': {'content': 'Old. New.'}}},
                        {'revid': 7, 'slots': {'main': {'texthidden': True}}},
                    ]
                },
                {'revisions': []},
            ]
        }
    },
]


class Parts(Asked):
    """A wiki that answers in parts."""

    def query(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        self.questions.append((server, parameters))
        yield from PARTS


def test_long_revisions() -> None:
    """It should know what each revision appended, also where one answer has no room for all the texts."""
    wiki = Parts(lambda *_: None)
    found = NoticePageReader(wiki, BOT, 'Project:Pump', 12).blocks(
        [DeliveryRevision(6, 5), DeliveryRevision(7, 6)]
    )
    assert found == (' New.',)
    assert {question['revids'] for _, question in wiki.questions} == {'5|6|7'}
