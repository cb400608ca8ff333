"""Pages as they stand; answers in the form of the API (API:Revisions, API:Contributors)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from globalban_bot.errors import WikiError
from globalban_bot.gather.fresh_pages import FreshPage, read_fresh, read_revisions
from globalban_bot.model.revision import Revision
from tests.unit.made_accounts import day

TITLE = 'Requests for comment/Global ban for Bel'
OTHER = 'User:Request facts bot/Request/7/Approval'
Query = dict[str, Any]


class Parts:
    """Answers a question by parts, and keeps what it was asked; None is no answer."""

    home = 'https://metawiki.example'

    def __init__(self, *queries: Query | None) -> None:
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self.taken = 0
        self._queries = queries

    def query(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        self.asked.append((server, parameters))
        for query in self._queries:
            self.taken += 1
            if query is None:
                raise WikiError('no answer')
            yield {'query': query}

    def action(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        raise AssertionError


def revision(number: int = 70, text: str | None = 'text', **more: Any) -> dict[str, Any]:
    content = {'texthidden': True} if text is None else {'content': text}
    slots = {'main': {'contentmodel': 'wikitext', 'contentformat': 'text/x-wiki', **content}}
    return {'revid': number, 'timestamp': '2027-05-03T12:00:00Z', 'user': 'Ada', 'slots': slots, **more}


def page(title: str = TITLE, *editors: str, page_id: int = 7, **more: Any) -> dict[str, Any]:
    people = {'contributors': [{'userid': 3, 'name': name} for name in editors]} if editors else {}
    return {'pageid': page_id, 'ns': 0, 'title': title, **people, **more}


def pages(*found: dict[str, Any], **more: Any) -> Query:
    return {'pages': [*found], **more}


def missing(title: str = OTHER) -> dict[str, Any]:
    return {'ns': 2, 'title': title, 'missing': True}


def test_one_question() -> None:
    """It should ask the wiki of the requests once for all pages, uncached, with who has edited them."""
    wikis = Parts(pages(page(TITLE, 'Ada', revisions=[revision()]), missing()))
    assert read_fresh(wikis, [TITLE, OTHER]) == {
        TITLE: FreshPage(7, 70, 'text', frozenset({'Ada'})),
        OTHER: FreshPage(),
    }
    ((server, question),) = wikis.asked
    assert server == Parts.home
    assert question['titles'] == f'{TITLE}|{OTHER}'
    assert set(question['prop'].split('|')) == {'revisions', 'contributors'}
    assert question['pclimit'] == 'max'
    assert not {'maxage', 'smaxage', 'rvlimit', 'redirects'} & set(question)


@pytest.mark.parametrize('absent', [{'missing': True}, {'invalid': True, 'invalidreason': 'no title'}])
def test_missing(absent: dict[str, Any]) -> None:
    """It should take a page that is missing, or cannot be, for one without number, text and editors."""
    assert read_fresh(Parts(pages({'title': TITLE, **absent})), [TITLE]) == {TITLE: FreshPage()}
    with pytest.raises(WikiError):
        read_fresh(Parts({}), [TITLE])


def test_normalized() -> None:
    """It should answer by the titles that were asked for, however the wiki writes them."""
    asked = 'requests_for comment/x'
    more = [{'fromencoded': False, 'from': asked, 'to': 'Requests for comment/x'}]
    found = pages(page('Requests for comment/x', 'Ada', revisions=[revision()]), normalized=more)
    assert read_fresh(Parts(found), [asked]) == {asked: FreshPage(7, 70, 'text', frozenset({'Ada'}))}


def test_normalized_in_each_part() -> None:
    """It should know the title again in the further parts of an answer."""
    more = [{'fromencoded': False, 'from': 'a_b', 'to': 'A b'}]
    first = pages(page('A b', 'Ada', revisions=[revision()]), normalized=more)
    second = pages(page('A b', 'Bo'), normalized=more)
    assert read_fresh(Parts(first, second), ['a_b'])['a_b'].editors == {'Ada', 'Bo'}


@pytest.mark.parametrize('first_part', [0, 1, 2])
def test_many_editors(first_part: int) -> None:
    """It should join the editors of all parts, whichever of them holds the revision."""
    names = [f'Invented {number}' for number in range(1200)]
    portions = [names[:500], names[500:1000], names[1000:]]
    shown: dict[str, Any] = {'revisions': [revision()]}
    answers = [
        pages(page(TITLE, *some, **(shown if at == first_part else {})), missing())
        for at, some in enumerate(portions)
    ]
    wikis = Parts(*answers)
    found = read_fresh(wikis, [TITLE, OTHER])
    assert found == {TITLE: FreshPage(7, 70, 'text', frozenset(names)), OTHER: FreshPage()}
    assert wikis.taken == len(portions)


def test_parts_of_two_pages() -> None:
    """It should keep the editors of one page apart from those of the other."""
    wikis = Parts(
        pages(page(TITLE, 'Ada', revisions=[revision()]), page(OTHER, page_id=8, revisions=[revision(80)])),
        pages(page(TITLE), page(OTHER, 'Bo', page_id=8)),
    )
    found = read_fresh(wikis, [TITLE, OTHER])
    assert [found[title].editors for title in (TITLE, OTHER)] == [{'Ada'}, {'Bo'}]
    assert (found[OTHER].page_id, found[OTHER].revision) == (8, 80)


def test_hidden_text() -> None:
    """It should tell a page whose text is hidden from one without any."""
    shown = [
        read_fresh(Parts(pages(page(TITLE, revisions=[revision(70, text)]))), [TITLE])[TITLE]
        for text in (None, '')
    ]
    assert [one.text for one in shown] == [None, '']
    assert [one.revision for one in shown] == [70, 70]


@pytest.mark.parametrize('broken', [{'revid': 70}, {'revid': 70, 'slots': {}}, {'revid': 70, 'slots': None}])
def test_without_text(broken: dict[str, Any]) -> None:
    """It should not take an answer without slots for a hidden text."""
    with pytest.raises(WikiError, match='slots'):
        read_fresh(Parts(pages(page(TITLE, revisions=[broken]))), [TITLE])


@pytest.mark.parametrize('broken', ['revid', 'timestamp'])
def test_other_form(broken: str) -> None:
    """It should fail as where the wiki does not tell, where an answer has another form than documented."""
    one = revision()
    del one[broken]
    with pytest.raises(WikiError):
        read_revisions(Parts(pages(page(revisions=[one]))), TITLE)


def test_two_names_of_a_page() -> None:
    """It should answer by each title that was asked for, also where two of them are the same page."""
    more = [
        {'fromencoded': False, 'from': 'a_b', 'to': 'A b'},
        {'fromencoded': False, 'from': 'a b', 'to': 'A b'},
    ]
    found = read_fresh(Parts(pages(page('A b', revisions=[revision()]), normalized=more)), ['a_b', 'a b'])
    assert [one.page_id for one in found.values()] == [7, 7]


def test_no_answer() -> None:
    """It should fail where a part is not told, and not go on with half of the editors."""
    with pytest.raises(WikiError):
        read_fresh(Parts(pages(page(TITLE, 'Ada', revisions=[revision()])), None), [TITLE])
    with pytest.raises(WikiError):
        read_revisions(Parts(pages(page(TITLE, revisions=[revision()])), None), TITLE)


def test_revisions() -> None:
    """It should return the revisions of all parts, oldest first, hidden users and texts as not known."""
    wikis = Parts(
        pages(
            page(
                revisions=[
                    revision(4, '', parentid=3, user='Bo'),
                    revision(3, 'three', parentid=2, userhidden=True),
                ]
            )
        ),
        pages(page(revisions=[revision(2, None, parentid=1), revision(1, 'one', parentid=0)])),
    )
    time = day('2027-05-03T12:00')
    assert read_revisions(wikis, TITLE) == (
        Revision(1, time, 'Ada', 'one'),
        Revision(2, time, 'Ada', None, is_first=False),
        Revision(3, time, None, 'three', is_first=False),
        Revision(4, time, 'Bo', '', is_first=False),
    )
    ((server, question),) = wikis.asked
    assert (server, question['titles'], question['rvdir']) == (Parts.home, TITLE, 'older')
    assert set(question['rvprop'].split('|')) == {'ids', 'timestamp', 'user', 'content'}
    assert not {'rvstart', 'rvendid', 'rvend'} & set(question)


def test_very_many_revisions() -> None:
    """It should leave the oldest out of a very long history, and not know then what the first one added."""
    numbers = range(40, 0, -1)
    wikis = Parts(*(pages(page(revisions=[revision(one, 'x', parentid=one - 1)])) for one in numbers))
    found = read_revisions(wikis, TITLE)
    assert [one.id for one in found] == [*range(31, 41)]
    assert not found[0].is_first
    assert wikis.taken == 10


def test_hidden_user_without_name() -> None:
    """It should take a revision without the name of who saved it for one whose author is hidden."""
    hidden = revision(1, 'one', userhidden=True)
    del hidden['user']
    (found,) = read_revisions(Parts(pages(page(revisions=[hidden]))), TITLE)
    assert (found.user, found.text) == (None, 'one')


def test_no_revisions() -> None:
    """It should find no revisions of a page that is missing."""
    assert read_revisions(Parts(pages(missing())), OTHER) == ()


class Since:
    """A page whose revisions are asked for from a moment on.

    :param stood: id of the revision that stood then; None for no page yet
    """

    home = Parts.home

    def __init__(self, stood: int | None) -> None:
        self.asked: list[Mapping[str, str]] = []
        self._stood = stood

    def query(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        assert server == self.home
        self.asked.append(parameters)
        if 'rvstart' not in parameters:
            yield {'query': pages(page(revisions=[revision(5, parentid=4), revision(4, parentid=3)]))}
        elif self._stood is None:
            yield {'query': pages(page())}
        else:
            yield {'query': pages(page(revisions=[{'revid': self._stood, 'parentid': 3}]))}
            raise AssertionError('asked for more than the newest')

    def action(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        raise AssertionError


def test_since() -> None:
    """It should begin with the revision that stood at a moment: what it has, the next one did not add."""
    wikis = Since(4)
    assert [one.id for one in read_revisions(wikis, TITLE, day('2027-05-03T12:00'))] == [4, 5]
    stood, history = wikis.asked
    assert (stood['titles'], stood['rvdir'], stood['rvlimit']) == (TITLE, 'older', '1')
    assert stood['rvstart'] == '2027-05-03T12:00:00Z'
    assert 'content' not in stood['rvprop']
    assert (history['titles'], history['rvdir'], history['rvendid']) == (TITLE, 'older', '4')
    assert set(history['rvprop'].split('|')) == {'ids', 'timestamp', 'user', 'content'}


def test_since_before_the_page() -> None:
    """It should read all revisions of a page that was not there at that moment."""
    wikis = Since(None)
    assert len(read_revisions(wikis, TITLE, day('2027-05-03T12:00'))) == 2
    assert not {'rvstart', 'rvendid'} & set(wikis.asked[1])


def test_since_of_a_missing_page() -> None:
    """It should find no revisions of a page that is missing, from whatever moment on."""
    assert read_revisions(Parts(pages(missing())), OTHER, day('2027-05-03T12:00')) == ()


def test_since_without_an_answer() -> None:
    """It should fail where the wiki does not tell what stood at that moment."""
    with pytest.raises(WikiError):
        read_revisions(Parts(None), TITLE, day('2027-05-03T12:00'))
