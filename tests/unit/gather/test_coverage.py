"""What was told; answers as MediaWiki documents them: API:Iwbacklinks, API:Exturlusage, API:Revisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from globalban_bot.gather.coverage import coverage_of
from globalban_bot.model.notice import Audience, Coverage, NoticeState, notice_marker
from globalban_bot.model.target import Target, Unreachable, Via
from globalban_bot.wikitext.request_links import RequestLinks
from tests.unit.gather.asked import Answer, Asked

TITLE = 'Requests for comment/Global ban for Ada'
META = 'https://meta.wikimedia.org'
SOUGHT = RequestLinks(12345, (TITLE,), META)
DE = 'https://de.wikipedia.org'
PUMP = Target('dewiki', DE, 'de', 'Wikipedia:Treff', None, Via.SITELINK, ('Wikipedia:Treff',))
TALK = Target('dewiki', DE, 'de', 'User talk:Ada', None, Via.USER_TALK, ('User talk:Ada',))
ADDRESS = 'https://meta.wikimedia.org/wiki/Requests_for_comment/Global_ban_for_Ada'


def text(content: str, title: str = 'Wikipedia:Treff') -> dict[str, Any]:
    revision = {
        'revid': 77,
        'parentid': 76,
        'slots': {'main': {'contentmodel': 'wikitext', 'content': content}},
    }
    return {'pages': [{'pageid': 7, 'ns': 4, 'title': title, 'revisions': [revision]}]}


def linked(title: str, ns: int = 4) -> dict[str, Any]:
    return {'iwbacklinks': [{'pageid': 9, 'ns': ns, 'title': title}]}


def used(title: str, url: str = ADDRESS, ns: int = 4) -> dict[str, Any]:
    return {'exturlusage': [{'pageid': 9, 'ns': ns, 'title': title, 'url': url}]}


def _told(query: Mapping[str, Any], question: Mapping[str, str]) -> Mapping[str, Any]:
    """Return a query that tells of all that was asked for, as MediaWiki does."""
    told: dict[str, Any] = {kind: [] for kind in question['list'].split('|')}
    if 'titles' in question:
        told['pages'] = [{'ns': 4, 'title': question['titles'], 'missing': True}]
    return {**told, **query}


def covered(
    *queries: Mapping[str, Any] | None,
    target: Target = PUMP,
    audience: Audience = Audience.COMMUNITY,
    sought: RequestLinks = SOUGHT,
) -> tuple[Coverage, list[Mapping[str, str]]]:
    """Return the coverage after answers one after the other, then empty ones, and what was asked."""
    left = [*queries]

    def reply(server: str, question: Mapping[str, str]) -> Answer:
        query = left.pop(0) if left else {}
        return None if query is None else {'query': _told(query, question)}

    wikis = Asked(reply)
    return coverage_of(target, audience, sought, wikis), [question for _, question in wikis.questions]


@pytest.mark.parametrize(
    ('query', 'link'),
    [
        (text(f'== x ==\n{notice_marker(12345)}'), None),
        (text(f'[[m:{TITLE}|x]]'), 'Special:Permalink/77'),
        (text(f'[{ADDRESS} x]'), 'Special:Permalink/77'),
        (linked('Wikipedia:Treff/Archiv 2'), 'Wikipedia:Treff/Archiv_2'),
        (linked('Treff/Archiv', 0), None),
        (linked('Wikipedia Diskussion:Käse?', 5), 'Wikipedia_Diskussion:K%C3%A4se%3F'),
        (used('Wikipedia:Aktuelles'), 'Wikipedia:Aktuelles'),
        (used('Wikipedia:Aktuelles', f'{ADDRESS}_(2)'), None),
        (linked('Benutzer Diskussion:Ada', 3), None),
        (linked('Ada', 0), None),
        (linked('x]]'), None),
        (text('nothing'), None),
        (text(notice_marker(1)), None),
    ],
)
def test_found(query: Mapping[str, Any], link: str | None) -> None:
    """It should find a link, and no mere marker, on the page, its archives and pages of the project."""
    found, questions = covered(query)
    state = NoticeState.NONE_FOUND if link is None else NoticeState.LINKED
    where = None if link is None else f'{DE}/wiki/{link}'
    assert found == Coverage(PUMP, Audience.COMMUNITY, state, where)
    assert len(questions) == (2 if link is None else 1)


def test_questions() -> None:
    """It should ask for text, links and addresses at once, then for the other prefix."""
    _, questions = covered()
    links = {'iwbltitle': TITLE.replace(' ', '_'), 'iwbllimit': '500'}
    assert questions == [
        {
            'list': 'iwbacklinks|exturlusage',
            'iwblprefix': 'm',
            **links,
            'euquery': ADDRESS.removeprefix('https://'),
            'euprop': 'title|url',
            'eulimit': '500',
            'prop': 'revisions',
            'rvprop': 'ids|content',
            'rvslots': 'main',
            'redirects': '1',
            'titles': 'Wikipedia:Treff',
        },
        {'list': 'iwbacklinks', 'iwblprefix': 'meta', **links},
    ]


@pytest.mark.parametrize(('titles', 'requests'), [(1, 2), (2, 4), (3, 6)])
def test_number_of_requests(titles: int, requests: int) -> None:
    """It should take a request for each title and prefix at most, and one where the first finds something."""
    sought = RequestLinks(12345, tuple(f'{TITLE} {number}' for number in range(titles)), META)
    assert len(covered(sought=sought)[1]) == requests
    assert len(covered(text(f'[[m:{TITLE} 0]]'), sought=sought)[1]) == 1


def test_other_titles() -> None:
    """It should find a link by a title that the request had before."""
    sought = RequestLinks(12345, (TITLE, 'Requests for comment/Old'), META)
    found, questions = covered({}, linked('Wikipedia:Treff/1'), sought=sought)
    assert found.state is NoticeState.LINKED
    assert questions[1]['iwbltitle'] == 'Requests_for_comment/Old'
    assert covered(text('[[meta:Requests for comment/Old]]'), sought=sought)[0].state is NoticeState.LINKED


def test_subject() -> None:
    """It should count for the subject only the own talk page, its target and what is below it."""
    for query, state in (
        (text(f'[[m:{TITLE}]]', 'User talk:Ada'), NoticeState.LINKED),
        (linked('User talk:Ada/Archive', 3), NoticeState.LINKED),
        (linked('Wikipedia:Treff'), NoticeState.NONE_FOUND),
        (linked('User talk:Bo', 3), NoticeState.NONE_FOUND),
        (
            linked('User talk:Ada Lee/2', 3)
            | {'redirects': [{'from': 'User talk:Ada', 'to': 'User talk:Ada Lee'}]},
            NoticeState.LINKED,
        ),
        ({'pages': [{'ns': 3, 'title': 'User talk:Ada', 'missing': True}]}, NoticeState.NONE_FOUND),
    ):
        assert covered(query, target=TALK, audience=Audience.SUBJECT)[0].state is state


def test_here() -> None:
    """It should look for plain links on the wiki of the request, on the page itself only."""
    forum = Target('metawiki', META, 'en', 'Wikimedia Forum', None, Via.SITELINK)
    link = [{'pageid': 9, 'ns': 0, 'title': 'Wikimedia Forum/Archives/1'}]
    found, questions = covered({'backlinks': link}, target=forum)
    assert (found.state, found.link) == (NoticeState.LINKED, f'{META}/wiki/Wikimedia_Forum/Archives/1')
    assert (questions[0]['list'], questions[0]['bltitle']) == ('backlinks|exturlusage', TITLE)
    other = [{'pageid': 9, 'ns': 4, 'title': 'Meta:List of requests'}]
    found, questions = covered({'backlinks': other}, target=forum)
    assert (found.state, len(questions)) == (NoticeState.NONE_FOUND, 1)
    assert covered(text(f'[[{TITLE}]]'), target=forum)[0].state is NoticeState.LINKED


@pytest.mark.parametrize(
    'query', [None, {'pages': [{'revisions': 'x'}]}, {'iwbacklinks': [{}]}, {'pages': []}]
)
def test_not_checked(query: Any) -> None:
    """It should say that it could not check where there is no answer, or one of another form."""
    assert covered(query)[0] == Coverage(PUMP, Audience.COMMUNITY, NoticeState.NOT_CHECKED)
    assert covered({}, None)[0].state is NoticeState.NOT_CHECKED


def test_wikis_that_lack_a_page() -> None:
    """It should look where only the page is missing, and leave alone what is closed or does not answer."""
    for lack in Unreachable:
        target = Target('dewiki', DE, 'de', lack=lack)
        found, questions = covered(linked('Wikipedia:Anderswo'), target=target)
        if lack in {Unreachable.NO_PAGE, Unreachable.OTHER_MODEL}:
            assert found.state is NoticeState.LINKED
            assert 'titles' not in questions[0]
        else:
            assert (found.state, questions) == (NoticeState.NOT_CHECKED, [])
        assert covered(target=target, audience=Audience.SUBJECT)[0].state is NoticeState.NOT_CHECKED
