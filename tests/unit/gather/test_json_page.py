"""Which revision of a page of JSON counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from globalban_bot.errors import UserError, WikiError
from globalban_bot.gather.json_page import (
    MOST_BACK,
    GoodRevision,
    JsonPage,
    Saved,
    newest_good,
    read_newest,
    read_text,
)
from globalban_bot.model.settings import Flaw, Problem
from tests.unit.gather.asked import Asked
from tests.unit.gather.made_json_page import JsonWiki, Version

TITLE, OTHER = 'User:Facts bot/Settings.json', 'User:Facts bot/Other'
LONGEST = 100


def parse(text: str, saved_by: str) -> str:
    if not text.startswith('{'):
        raise UserError(f'no brace in {text!r}')
    return f'{text} by {saved_by}'


PAGE = JsonPage(TITLE, LONGEST, trusted=lambda name: name == 'Ada', parse=parse)


def found(wiki: JsonWiki) -> GoodRevision[str]:
    return newest_good(wiki, PAGE, read_newest(wiki, [TITLE])[TITLE])


def versions(*some: Version) -> JsonWiki:
    return JsonWiki({TITLE: [replace(one, id=at) for at, one in enumerate(some, 1)]})


GOOD, BAD = Version(0, '{}'), Version(0, 'x')
STRANGE, WIKITEXT = Version(0, '{}', 'Somebody'), Version(0, '{}', model='wikitext')
HUGE, NAMELESS, TEXTLESS = Version(0, '{' * 401), Version(0, '{}', None), Version(0, None)
#: Revisions, oldest first; which counts; what is wrong with newer ones, newest first; which texts are loaded.
HISTORIES: dict[str, tuple[list[Version], int | None, list[Flaw], list[int]]] = {
    'a good one': ([GOOD], 1, [], [1]),
    'the newest of good ones': ([GOOD, GOOD, GOOD], 3, [], [3]),
    'a broken one on top': ([GOOD, BAD], 1, [Flaw.BROKEN], [2, 1]),
    'a stranger on top': ([GOOD, STRANGE], 1, [Flaw.NOT_TRUSTED], [1]),
    'another model on top': ([GOOD, WIKITEXT], 1, [Flaw.OTHER_MODEL], [1]),
    'a huge one on top': ([GOOD, HUGE], 1, [Flaw.TOO_LONG], [1]),
    'a flood of huge ones': ([GOOD, *[HUGE] * 40], 1, [Flaw.TOO_LONG] * 40, [1]),
    'a hidden name on top': ([GOOD, NAMELESS], 1, [Flaw.HIDDEN], [1]),
    'a hidden text on top': ([GOOD, TEXTLESS], 1, [Flaw.HIDDEN], [2, 1]),
    'a good one between bad ones': ([BAD, GOOD, STRANGE, BAD], 2, [Flaw.BROKEN, Flaw.NOT_TRUSTED], [4, 2]),
    'none that is good': ([BAD, STRANGE], None, [Flaw.NOT_TRUSTED, Flaw.BROKEN], [1]),
    'the fiftieth': ([GOOD, *[STRANGE] * 49], 1, [Flaw.NOT_TRUSTED] * 49, [1]),
    'one further back': ([GOOD, *[STRANGE] * 50], None, [Flaw.NOT_TRUSTED] * 50, []),
}


@pytest.mark.parametrize(('history', 'counts', 'flaws', 'loaded'), HISTORIES.values(), ids=HISTORIES)
def test_history(history: list[Version], counts: int | None, flaws: list[Flaw], loaded: list[int]) -> None:
    """It should take the newest that is well formed and trusted, and load no text that cannot count."""
    wiki = versions(*history)
    told = found(wiki)
    assert (told.revision, [one.flaw for one in told.aside]) == (counts, flaws)
    assert told.value == (None if counts is None else '{} by Ada')
    assert wiki.loaded == loaded
    assert len(told.aside) <= MOST_BACK


def test_problems_have_their_revision() -> None:
    """It should say of each revision that does not count which it is, and what is wrong with it."""
    assert found(versions(GOOD, STRANGE, BAD)).aside == (
        Problem(Flaw.BROKEN, 3, "no brace in 'x'"),
        Problem(Flaw.NOT_TRUSTED, 2),
    )


#: How many questions it takes: the newest revision; its text; those before it; the text of one of them.
COSTS = [([GOOD], 2), ([GOOD] * 60, 2), ([GOOD, BAD], 4), ([GOOD, HUGE], 3), ([HUGE] * 60, 2)]


@pytest.mark.parametrize(('history', 'questions'), COSTS)
def test_costs(history: list[Version], questions: int) -> None:
    """It should ask as little as it needs."""
    wiki = versions(*history)
    found(wiki)
    assert wiki.asked == questions


def test_missing() -> None:
    """It should find nothing of a page that is missing, by one question."""
    wiki = JsonWiki({})
    assert found(wiki) == GoodRevision(None, None, ())
    assert wiki.asked == 1


def test_largest_that_is_loaded() -> None:
    """It should load a text that may have as many characters as are allowed, each of four bytes."""
    fits = Version(0, '{' + '\U0001f600' * (LONGEST - 1))
    assert found(versions(fits)).revision == 1


def test_two_pages() -> None:
    """It should tell of several pages by one question, by the titles that were asked for."""
    wiki = JsonWiki(
        {TITLE: [Version(1, '{}'), Version(2, '{} ')], OTHER: [Version(3, 'x', 'Bel', 'wikitext')]}
    )
    wanted = [TITLE.replace(' ', '_'), OTHER, 'Missing']
    assert read_newest(wiki, wanted) == {
        wanted[0]: Saved(2, 'Ada', 3, 'json'),
        OTHER: Saved(3, 'Bel', 1, 'wikitext'),
        'Missing': None,
    }
    assert wiki.asked == 1


def test_text() -> None:
    """It should return the text of a revision; nothing where it is hidden or not there any more."""
    wiki = versions(GOOD, TEXTLESS)
    assert [read_text(wiki, number) for number in (1, 2, 3)] == ['{}', None, None]


def test_no_answer() -> None:
    """It should fail where the wiki does not tell: that is no missing page."""
    wiki = JsonWiki({}, silent=True)
    with pytest.raises(WikiError):
        read_newest(wiki, [TITLE])
    with pytest.raises(WikiError):
        read_text(wiki, 1)
    with pytest.raises(WikiError):
        newest_good(wiki, PAGE, Saved(1, 'Ada', 401, 'json'))


@pytest.mark.parametrize('page', [{}, {'title': TITLE, 'revisions': [{'revid': 1}]}])
def test_other_form(page: dict[str, object]) -> None:
    """It should fail, too, where an answer has another form than documented."""
    with pytest.raises(WikiError):
        read_newest(Asked(lambda server, question: {'query': {'pages': [page]}}), [TITLE])
