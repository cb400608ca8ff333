"""What a wiki shows of the notices of a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from globalban_bot.gather.traces import DELIVERER, NoticeSought, read_traces
from globalban_bot.model.notice import given_word, notice_marker
from globalban_bot.model.settling import Hurdle, HurdleLine, NoticeRevision, WikiTraces
from globalban_bot.model.target import Target
from globalban_bot.wikitext.request_links import RequestLinks
from tests.unit.gather.asked import Asked
from tests.unit.made_accounts import day

BOT, TITLE = 'Facts bot', 'Requests for comment/Global ban for Ada'
META, DE = 'https://meta.wikimedia.org', 'https://de.wikipedia.org'
PUMP = Target('dewiki', DE, 'de', 'Wikipedia:Treff', names=('Wikipedia:Alt',))
SOUGHT = NoticeSought(
    12, BOT, f'User:{BOT}/Request/12/Targets/', RequestLinks(12, (TITLE,), META), day('2027-05-01T10:00')
)
BEFORE = 'A place to talk.'
COMMENT = '<!-- Nachricht von Benutzer:Ada@metawiki unter https://meta.wikimedia.org/w/index.php?title='
LISTED = f'{COMMENT}User:Facts_bot/Request/12/Targets/en&oldid=55 -->'
OTHERS = f'{COMMENT}User:Bo/List&oldid=56 -->'
HEADING, WORDS = '== Request (no. 12) ==', 'A request asks something.'
NOTICE = f'\n\n{HEADING}\n\n{WORDS} 10:00\n{notice_marker(12)}'
PLANNED = (HEADING, WORDS)


def edit(user: str = DELIVERER, comment: str = '', title: str = 'Wikipedia:Treff') -> dict[str, Any]:
    stamp = '2027-05-03T12:00:00Z'
    return {
        'user': user, 'title': title, 'revid': 8, 'parentid': 7, 'comment': comment, 'timestamp': stamp,
    }  # fmt: skip


def revision(number: int, text: str) -> dict[str, Any]:
    return {'revid': number, 'slots': {'main': {'content': text}}}


def wiki(added: str, *edits: Mapping[str, Any], now: str | None = None, lines: Any = ()) -> Asked:
    """Make a wiki on which an edit has added something."""
    page = {'pageid': 5, 'title': 'Wikipedia:Treff'}
    text = BEFORE + added if now is None else now

    def reply(_: str, question: Mapping[str, str]) -> Mapping[str, Any]:
        if 'revids' in question:
            shown = [revision(7, BEFORE), revision(8, BEFORE + added)]
            return {'query': {'pages': [{**page, 'revisions': shown}]}}
        query = {'usercontribs': [*edits], 'logevents': [*lines]}
        return {'query': {**query, 'pages': [{**page, 'revisions': [revision(9, text)]}]}}

    return Asked(reply)


def traces(asked: Asked, words: Sequence[str] = PLANNED) -> WikiTraces | None:
    return read_traces(asked, PUMP, SOUGHT, {'Wikipedia:Bistro'}, words)


BY_BOT = edit(BOT, f'Notice {given_word(12)}')
#: What an edit added, by whom, and whether that is a notice, stands, and has the planned words.
SHOWN: dict[str, tuple[str, Mapping[str, Any], tuple[bool, bool] | None]] = {
    'a message to our list': (f'{NOTICE}\n{LISTED}', edit(), (True, True)),
    'one with other words': (f'\n\n== x ==\n[[m:{TITLE}|y]]\n{LISTED}', edit(), (True, False)),
    'one without a link': (f'\n\n== x ==\nWords.\n{LISTED}', edit(), (True, False)),
    'a message to another list that links to the request': (
        f'\n\n== x ==\n[[m:{TITLE}|y]]\n{OTHERS}', edit(), (True, False),
    ),
    'a message about something else': (f'\n\n== x ==\nWords.\n{OTHERS}', edit(), None),
    'a message to a list whose title ours begins with': (
        f'\n\n== x ==\nWords.\n{COMMENT}User:Facts_bot/Request/1/Targets/en&oldid=5 -->', edit(), None,
    ),
    'an edit of the bot': (NOTICE, BY_BOT, (True, True)),
    'an edit of the bot that gave nothing': (NOTICE, edit(BOT, 'Other'), None),
    'another request': (f'\n\n== x ==\nWords. {notice_marker(1)}', edit(), None),
    'another page': (f'{NOTICE}\n{LISTED}', edit(title='Wikipedia:Anderes'), None),
}  # fmt: skip


@pytest.mark.parametrize('name', SHOWN)
def test_revisions(name: str) -> None:
    """It should know a notice by what a revision of the bot's, or of MassMessage's account, added."""
    added, by, expected = SHOWN[name]
    asked = wiki(added, by)
    found = traces(asked)
    known = () if expected is None else (NoticeRevision(8, day('2027-05-03T12:00'), *expected),)
    assert found == WikiTraces(known)
    assert len(asked.questions) <= 2


PLANTED = '{{subst:User:Mallory/x}}'


@pytest.mark.parametrize(
    ('by', 'words', 'same'),
    [(edit(), (), None), (BY_BOT, (), True), (BY_BOT, (HEADING, 'Other words.'), True)],
)
def test_words(by: Mapping[str, Any], words: Sequence[str], same: bool | None) -> None:
    """It should call words other ones only where they are known, and those of the bot's own edits never."""
    found = traces(wiki(f'{NOTICE}\n{LISTED}', by), words)
    assert found is not None
    assert [one.same_words for one in found.revisions] == [same]


#: What an edit made of a page with a planted text; None where it gave no notice, else whether with the words.
EXPANDED: dict[str, tuple[str, bool | None]] = {
    'a message about something else': (
        f'[[m:{TITLE}|y]] {notice_marker(12)}\n\n== x ==\nWords.\n{OTHERS}',
        None,
    ),
    'one that names our list in the middle': (f'{LISTED}\n\n== x ==\nWords.\n{OTHERS}', None),
    'the notice itself': (f'Hello.{NOTICE}\n{LISTED}', True),
    'a message with other words': (f'Hello.\n\n== x ==\nWords.\n{LISTED}', False),
}


@pytest.mark.parametrize('name', EXPANDED)
def test_planted(name: str) -> None:
    """It should take nothing for a part of a message that the edit expanded from the page."""
    made, same_words = EXPANDED[name]
    page = {'pageid': 5, 'title': 'Wikipedia:Treff'}
    before, after = f'{BEFORE}\n{PLANTED}', f'{BEFORE}\n{made}'

    def reply(_: str, question: Mapping[str, str]) -> Mapping[str, Any]:
        if 'revids' in question:
            return {'query': {'pages': [{**page, 'revisions': [revision(7, before), revision(8, after)]}]}}
        pages = [{**page, 'revisions': [revision(9, after)]}]
        return {'query': {'usercontribs': [edit()], 'logevents': [], 'pages': pages}}

    found = traces(Asked(reply))
    assert found is not None
    assert [one.same_words for one in found.revisions] == ([] if same_words is None else [same_words])


@pytest.mark.parametrize(
    ('now', 'stands'),
    [
        (f'{BEFORE}{NOTICE}\n: A reply.', True),
        (f'{BEFORE}\n\n{HEADING}\n\n{WORDS} 10:00', True),
        (BEFORE, False),
        (f'{BEFORE}\n[[m:{TITLE}]]', False),
        ('', False),
    ],
)
def test_stands(now: str, stands: bool) -> None:
    """It should tell whether the notice itself is still on the page, whatever others wrote there."""
    found = traces(wiki(NOTICE, BY_BOT, now=now))
    assert found is not None
    assert [one.stands for one in found.revisions] == [stands]


def test_one_question() -> None:
    """It should take one request where no account that delivers has edited the page."""
    asked = wiki('')
    assert traces(asked) == WikiTraces()
    ((server, question),) = asked.questions
    assert server == DE
    assert question['ucuser'] == f'{DELIVERER}|{BOT}'
    assert question['ucend'] == question['leend'] == '2027-05-01T10:00:00Z'
    assert 'uctag' not in question


def line(title: str, action: str = 'skipbadns', **more: Any) -> dict[str, Any]:
    stamp = '2027-05-03T12:00:00Z'
    return {'title': title, 'action': action, 'timestamp': stamp, 'params': {'subject': 'S'}, **more}


def test_log() -> None:
    """It should read the lines on the page, on the names that lead there, and on what was sent to."""
    when = day('2027-05-03T12:00')
    for title in ('Wikipedia:Treff', 'Wikipedia:Alt', 'Wikipedia:Bistro'):
        found = traces(wiki('', lines=[line(title)]))
        assert found == WikiTraces((), (HurdleLine(Hurdle.BAD_NAMESPACE, when, 'S'),)), title
    failed = line('Wikipedia:Alt', 'failure', params={'subject': 'S', 'reason': 'protectedpage'})
    hidden = {'title': 'Wikipedia:Alt', 'action': 'failure', 'timestamp': failed['timestamp']}
    found = traces(wiki('', lines=[line('Wikipedia:X'), line('Wikipedia:Alt', 'send'), failed, hidden]))
    assert found is not None
    assert [(one.subject, one.reason) for one in found.lines] == [('S', 'protectedpage'), (None, '')]


@pytest.mark.parametrize('answer', [None, {}, {'query': {}}, {'query': {'usercontribs': []}}, {'query': []}])
def test_odd(answer: Any) -> None:
    """It should not take an answer that leaves something out for one that nothing happened."""
    assert traces(Asked(lambda *_: answer)) is None
