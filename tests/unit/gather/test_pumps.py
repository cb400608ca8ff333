"""Village pumps; answers in the form of ``wbgetentities`` (Wikibase/DataModel/JSON on mediawiki.org)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from globalban_bot.errors import UserError, WikiError
from globalban_bot.gather.pumps import (
    Pumps,
    load_overrides,
    read_overrides,
    read_sitelinks,
    sitelinks,
)
from globalban_bot.model.target import Via
from tests.unit.gather.asked import Asked, answer_of

NOW = datetime(2027, 5, 3, 14, 5, tzinfo=UTC)
SERVER, ITEM = 'https://www.wikidata.org', 'Q16503'
GOOD = "dewiki: {page: 'Wikipedia:Treff', why: a list, provenance: seen, seen: '2026-01-31'}"


def answer(**links: Any) -> dict[str, Any]:
    found = {wiki: {'site': wiki, 'title': title, 'badges': []} for wiki, title in links.items()}
    entities = {ITEM: {'type': 'item', 'id': ITEM, 'sitelinks': found}}
    return {'curtimestamp': f'{NOW:%Y-%m-%dT%H:%M:%SZ}', 'entities': entities, 'success': 1}


def item_of(**links: str) -> dict[str, Any]:
    """Return the answer about the item's newest revision of a day ago."""
    content = json.dumps({'sitelinks': {wiki: {'title': title} for wiki, title in links.items()}})
    return {'query': {'pages': [{'revisions': [{'slots': {'main': {'content': content}}}]}]}}


def wikidata(then: Any, **links: str) -> Asked:
    """Return a wiki with the item: how it answers about a day ago, and its sitelinks now."""
    return Asked(lambda _, question: then if question.get('prop') == 'revisions' else answer(**links))


def test_sitelinks() -> None:
    """It should take titles by database name, and leave out what can be no title or no database."""
    found = sitelinks(answer_of(answer(dewiki='Wikipedia:Treff', arwiki='ويكيبيديا:الميدان')))
    assert found == {'dewiki': 'Wikipedia:Treff', 'arwiki': 'ويكيبيديا:الميدان'}
    hostile = {
        'a': ':x',
        'b': 'x|y',
        'c': 'x\ny',
        'd': 'x]]',
        'e': '{{x',
        'f': ' ',
        'g': '',
        'i-': 'x',
    }
    assert sitelinks(answer_of(answer(**hostile, j='x'))) == {'j': 'x'}


@pytest.mark.parametrize(
    'found',
    [
        {'entities': {ITEM: {'id': ITEM, 'missing': ''}}}, {'entities': {}}, {'entities': []},
        {'entities': {ITEM: {'sitelinks': []}}}, {'entities': {ITEM: {'sitelinks': {'dewiki': 'x'}}}},
    ],
)  # fmt: skip
def test_no_item(found: Any) -> None:
    """It should fail where the item is missing, or has no page."""
    with pytest.raises(WikiError):
        sitelinks(answer_of(found))


def test_kept(tmp_path: Path) -> None:
    """It should ask once, and again for another item."""
    wikis = wikidata(item_of(dewiki='Wikipedia:Treff'), dewiki='Wikipedia:Treff')
    for _ in range(2):
        links = read_sitelinks(wikis, SERVER, ITEM, tmp_path, NOW)
        assert links == Pumps({'dewiki': 'Wikipedia:Treff'})
    asked = {'action': 'wbgetentities', 'ids': ITEM, 'props': 'sitelinks', 'curtimestamp': '1'}
    assert wikis.questions[0] == (SERVER, asked)
    assert len(wikis.questions) == 3
    read_sitelinks(wikis, SERVER, 'Q1', tmp_path, NOW)
    assert len(wikis.questions) == 6


def test_young(tmp_path: Path) -> None:
    """It should tell which sitelinks were others a day ago, by the wiki's clock, and keep none of that."""
    then = item_of(dewiki='Wikipedia:Treff', frwiki='Wikipédia:Le Bistro')
    wikis = wikidata(then, dewiki='Wikipedia:Treff', frwiki='MediaWiki:Sitenotice', itwiki='Wikipedia:Bar')
    links = read_sitelinks(wikis, SERVER, ITEM, tmp_path, NOW + timedelta(days=1))
    assert links.young == {'frwiki', 'itwiki'}
    assert wikis.questions[1][1]['rvstart'] == '2027-05-02T14:05:00Z'
    assert not [*tmp_path.iterdir()]


def test_young_in_between() -> None:
    """It should take a sitelink for young that was another one in between, also by so many edits."""
    then, between = (
        item_of(dewiki='Wikipedia:Treff', frwiki='A'),
        item_of(dewiki='Wikipedia:Treff', frwiki='B'),
    )
    cases: list[tuple[dict[str, Any], set[str]]] = [
        ({}, {'frwiki'}),
        ({'continue': {}}, {'dewiki', 'frwiki'}),
    ]
    for more, young in cases:

        def reply(_: str, question: Any, more: Any = more) -> Any:
            if 'rvend' in question:
                return between | more
            return then if 'rvstart' in question else answer(dewiki='Wikipedia:Treff', frwiki='A')

        assert read_sitelinks(Asked(reply), SERVER, ITEM, None, NOW).young == young


@pytest.mark.parametrize(
    'then',
    [
        None, {}, {'query': {'pages': []}}, {'query': {'pages': [{'missing': True}]}},
        {'query': {'pages': [{'revisions': [{'slots': {'main': {'texthidden': True}}}]}]}},
        {'query': {'pages': [{'revisions': [{'slots': {'main': {'content': '[['}}}]}]}},
        {'query': {'pages': [{'revisions': [{'slots': {'main': {'content': '7'}}}]}]}},
        {'query': {'pages': [{'revisions': [{'slots': {'main': {'content': '{"sitelinks": []}'}}}]}]}},
    ],
)  # fmt: skip
def test_age_not_known(then: Any) -> None:
    """It should take every sitelink for young where the history of the item does not tell."""
    wikis = wikidata(then, dewiki='Wikipedia:Treff')
    assert read_sitelinks(wikis, SERVER, ITEM, None, NOW).young == {'dewiki'}


def test_no_answer(tmp_path: Path) -> None:
    """It should fail without an answer, and keep nothing."""
    with pytest.raises(WikiError):
        read_sitelinks(Asked(lambda *_: None), SERVER, ITEM, tmp_path, NOW)
    assert not [*tmp_path.iterdir()]


def test_candidates() -> None:
    """It should give the table first, then the item, then the usual titles."""
    table = {'dewiki': 'Wikipedia:Treff'}
    pumps = Pumps({'dewiki': 'Wikipedia:Liste', 'a': 'x|y'}, table, ('Project:Village pump',))
    usual = ('Project:Village pump', Via.FALLBACK)
    assert pumps.candidates('dewiki') == (
        ('Wikipedia:Treff', Via.OVERRIDE),
        ('Wikipedia:Liste', Via.SITELINK),
        usual,
    )
    assert pumps.candidates('a') == pumps.candidates('b') == (usual,)


@pytest.mark.parametrize('path', [*(files('globalban_bot.profiles') / 'pumps').iterdir()], ids=str)
def test_every_table(path: Any) -> None:
    """It should read every table of the package, each of a profile that there is."""
    assert load_overrides(path.name.removesuffix('.yaml'))
    assert (files('globalban_bot.profiles') / path.name).is_file()


def test_table() -> None:
    """It should read a table, and take a missing or an empty file for none."""
    assert read_overrides(GOOD, 'f') == {'dewiki': 'Wikipedia:Treff'}
    assert read_overrides('# nothing yet', 'f') == load_overrides('nothing') == {}


@pytest.mark.parametrize(
    ('old', 'new', 'problem'),
    [
        ('dewiki', 'de.wikipedia', 'f: de.wikipedia: write the name of a database'),
        ("'Wikipedia:Treff'", "'[[Wikipedia:Treff]]'", 'f: dewiki: page: this can be no title'),
        ("'Wikipedia:Treff'", '7', 'f: dewiki: page: write a text'),
        ('a list', "' '", 'f: dewiki: why: say why'),
        ('provenance: seen', 'provenance: heard', 'write one of seen, inferred, recalled'),
        ('provenance: seen', 'provenance: recalled', 'f: dewiki: seen: write a date where'),
        ("'2026-01-31'", 'null', 'f: dewiki: seen: write a date where'),
        ("'2026-01-31'", "'31 January'", 'f: dewiki: seen: write a date here'),
        ("'2026-01-31'", '2026-01-31', 'f: dewiki: seen: write a text'),
        (', why: a list', '', "the key 'why' is missing"),
        ('why:', 'reason:', "the key 'reason' is not known"),
        ('}', '', 'f: is no YAML'),
        ("'2026-01-31'", '2026-99-31', 'f: is no YAML'),
        ("'2026-01-31'", '!!bool maybe', 'f: is no YAML'),
        ("'2026-01-31'", '[' * 5000, 'f: is no YAML'),
    ],
)
def test_table_is_wrong(old: str, new: str, problem: str) -> None:
    """It should say where a table is wrong, and what to do."""
    with pytest.raises(UserError, match=problem):
        read_overrides(GOOD.replace(old, new), 'f')
