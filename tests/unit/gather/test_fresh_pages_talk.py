"""Talk pages on which commands stand; answers in the form of the API (API:Embeddedin, API:Info)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from globalban_bot.errors import WikiError
from globalban_bot.gather.fresh_pages import pages_with
from globalban_bot.model.talk import TalkPage

ASK = 'User:Request facts bot/Ask'
TITLE = 'Requests for comment/Global ban for Bel'
TALK = f'Talk:{TITLE}'


def listed(page_id: int) -> dict[str, Any]:
    return {'pageid': page_id, 'ns': 1, 'title': f'Talk:{page_id}'}


def told(page_id: int, **more: Any) -> dict[str, Any]:
    plain = {'contentmodel': 'wikitext', 'pagelanguage': 'en', 'lastrevid': page_id * 10, 'length': 5}
    return {**listed(page_id), **plain, 'subjectid': page_id + 1, **more}


class Wiki:
    """Answers which pages call a template, by parts of three, and tells of each page; None is no answer.

    :param found: page ids of the pages that call it
    :param others: what is told of a page instead
    """

    home = 'https://metawiki.example'

    def __init__(self, *found: int, **others: dict[str, Any] | None) -> None:
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self._found = found
        self._others = others

    def query(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        self.asked.append((server, parameters))
        if parameters.get('list') == 'embeddedin':
            for at in range(0, max(len(self._found), 1), 3):
                yield {'query': {'embeddedin': [listed(number) for number in self._found[at : at + 3]]}}
            return
        numbers = parameters['pageids'].split('|')
        pages = [self._others.get(f'page_{number}', told(int(number))) for number in numbers]
        if None in pages:
            raise WikiError('no answer')
        yield {'query': {'pages': pages}}

    def action(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        raise AssertionError


def test_pages() -> None:
    """It should tell of each page its number, its newest revision, and the page that is talked about."""
    assert pages_with(Wiki(7, 9), ASK) == (TalkPage(7, 'Talk:7', 70, 8), TalkPage(9, 'Talk:9', 90, 10))


def test_questions() -> None:
    """It should ask the wiki of the requests which talk pages call the template, and then of all at once."""
    wiki = Wiki(7, 9)
    pages_with(wiki, ASK)
    (server, which), (other, what) = wiki.asked
    assert server == other == Wiki.home
    assert (which['list'], which['eititle'], which['eilimit']) == ('embeddedin', ASK, 'max')
    assert (what['prop'], what['pageids']) == ('info', '7|9')
    assert not {'eifilterredir', 'redirects', 'maxage', 'smaxage'} & {*which, *what}


def test_namespaces() -> None:
    """It should look at talk pages alone: nobody asks on a page of its own, and no template does."""
    wiki = Wiki()
    pages_with(wiki, ASK)
    assert all(int(number) % 2 for number in wiki.asked[0][1]['einamespace'].split('|'))
    assert {'1', '3'} <= {*wiki.asked[0][1]['einamespace'].split('|')}


def test_none() -> None:
    """It should ask nothing more where nobody has asked."""
    wiki = Wiki()
    assert pages_with(wiki, ASK) == ()
    assert len(wiki.asked) == 1


def test_parts() -> None:
    """It should read all parts of the list."""
    assert [page.page_id for page in pages_with(Wiki(*range(1, 8)), ASK)] == [*range(1, 8)]


@pytest.mark.parametrize(('number', 'questions'), [(50, 1), (51, 2), (120, 3)])
def test_many(number: int, questions: int) -> None:
    """It should tell of many pages, fifty to a question."""
    wiki = Wiki(*range(1, number + 1))
    assert [page.page_id for page in pages_with(wiki, ASK)] == [*range(1, number + 1)]
    portions = [question['pageids'].split('|') for _, question in wiki.asked[1:]]
    assert len(portions) == questions
    assert max(map(len, portions)) <= 50


def test_talk_about_nothing() -> None:
    """It should find a talk page without the page that it would be about."""
    lonely = told(7)
    del lonely['subjectid']
    (found,) = pages_with(Wiki(7, page_7=lonely), ASK)
    assert found.subject_id is None


@pytest.mark.parametrize('gone', [{'pageid': 7, 'missing': True}, {'title': 'Talk:7', 'missing': True}])
def test_deleted_a_moment_ago(gone: dict[str, Any]) -> None:
    """It should leave out a page that is gone by now, and tell of the others."""
    assert [page.page_id for page in pages_with(Wiki(7, 9, page_7=gone), ASK)] == [9]


@pytest.mark.parametrize(
    'broken', [None, {'pageid': 7, 'title': 'Talk:7'}, {'title': 'Talk:7', 'lastrevid': 1}]
)
def test_no_answer(broken: dict[str, Any] | None) -> None:
    """It should fail where the wiki does not tell, or not in the form that is documented."""
    with pytest.raises(WikiError):
        pages_with(Wiki(7, page_7=broken), ASK)


class One:
    """Answers with one part."""

    home = Wiki.home

    def __init__(self, *pages: Any) -> None:
        self.asked: list[Mapping[str, str]] = []
        self._pages = pages

    def query(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        assert server == self.home
        self.asked.append(parameters)
        yield {'query': {'pages': [*self._pages]}}

    def action(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        raise AssertionError
