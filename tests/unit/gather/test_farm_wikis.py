"""Lists of wikis, in the form of SiteMatrix' ``ApiSiteMatrix`` (REL1_45, with ``formatversion=2``)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from globalban_bot.errors import UserError, WikiError
from globalban_bot.gather.farm_wikis import read_wikis, wiki_states
from globalban_bot.model.target import Unreachable, WikiState
from tests.unit.gather.asked import Asked, answer_of

NOW = datetime(2027, 5, 3, 14, 5, tzinfo=UTC)


def site(dbname: str, host: str, **more: Any) -> dict[str, Any]:
    return {'url': f'https://{host}', 'dbname': dbname, 'code': 'wiki', **more}


def matrix(*groups: dict[str, Any], specials: Any = (), **more: Any) -> dict[str, Any]:
    numbered = {str(number): group for number, group in enumerate(groups)}
    return {'sitematrix': {'count': 1, **numbered, 'specials': [*specials]}, **more}


FARM = matrix(
    {'code': 'en', 'site': [site('enwiki', 'en.wikipedia.org', lang='en')]},
    {'code': 'aa', 'site': [site('aawiki', 'aa.wikipedia.org', lang='aa', closed=True)]},
    specials=(
        site('metawiki', 'meta.wikimedia.org', lang='en'),
        site('officewiki', 'office.wikimedia.org', lang='en', private=True),
        site('foundationwiki', 'foundation.wikimedia.org', lang='en', fishbowl=True),
        site('oldwiki', 'old.wikimedia.org', lang='en', private=True, closed=True),
    ),
)


def test_states() -> None:
    """It should take wikis of languages and others, each with what it lacks."""
    found = wiki_states(answer_of(FARM))
    assert found['enwiki'] == WikiState('enwiki', 'https://en.wikipedia.org', 'en')
    assert {wiki: state.lack for wiki, state in found.items()} == {
        'enwiki': None, 'aawiki': Unreachable.CLOSED, 'metawiki': None, 'officewiki': Unreachable.PRIVATE,
        'foundationwiki': Unreachable.FISHBOWL, 'oldwiki': Unreachable.CLOSED,
    }  # fmt: skip


@pytest.mark.parametrize(
    ('code', 'lang', 'language'),
    [
        ('no', 'nb', 'nb'), ('no', None, 'nb'), ('simple', 'en', 'en'), ('simple', None, 'en'),
        ('be-x-old', None, 'be-tarask'), ('crh', 'crh-Latn', 'crh-latn'), ('pt', 'pt-BR', 'pt-br'),
        ('map-bms', 'jv-x-bms', 'map-bms'), ('nrm', 'nrf', 'nrm'), ('zh-yue', None, 'yue'),
        ('x', '[[Evil]]', 'en'), ('', None, 'en'),
    ],
)  # fmt: skip
def test_language(code: str, lang: str | None, language: str) -> None:
    """It should say a wiki's language by MediaWiki's code, from a tag, or from the code in the address."""
    more = {} if lang is None else {'lang': lang}
    found = wiki_states(answer_of(matrix({'code': code, 'site': [site('xwiki', 'x.wikipedia.org', **more)]})))
    assert found['xwiki'].language == language


def test_malformed() -> None:
    """It should leave out a wiki that it cannot read, and keep the others."""
    bad = [
        site('a|b', 'a.org'),
        site('b', 'b.org/}}'),
        {'dbname': 'c'},
        'd',
        site('http', 'x') | {'url': 'http://x'},
    ]
    assert list(wiki_states(answer_of(matrix(specials=[*bad, site('good', 'good.org')])))) == ['good']


def test_flags_of_the_old_format() -> None:
    """It should take an empty text for a flag, as older answers have it, and false for none."""
    found = wiki_states(
        answer_of(matrix(specials=[site('a', 'a.org', closed=''), site('b', 'b.org', closed=False)]))
    )
    assert [state.lack for state in found.values()] == [Unreachable.CLOSED, None]


@pytest.mark.parametrize(
    'answer',
    [
        None, matrix(), matrix({'code': 'en'}), {'sitematrix': []},
        {**FARM, 'query-continue': {'sitematrix': {'smcontinue': 'language|b'}}},
    ],
)  # fmt: skip
def test_no_list(answer: Any, tmp_path: Path) -> None:
    """It should fail without a whole list, and keep nothing."""
    with pytest.raises(WikiError):
        read_wikis(Asked(lambda *_: answer), tmp_path, NOW)
    assert not [*tmp_path.iterdir()]


def test_kept(tmp_path: Path) -> None:
    """It should ask once in ten days, and again where the file is broken or from the future."""
    wikis = Asked(lambda *_: FARM)
    first = read_wikis(wikis, tmp_path / 'new', NOW)
    file = tmp_path / 'new' / 'wikis.json'
    for now, asked in ((NOW, 1), (NOW + timedelta(days=9), 1), (NOW - timedelta(days=1), 2)):
        assert read_wikis(wikis, tmp_path / 'new', now) == first
        assert len(wikis.questions) == asked
    for number, content in enumerate(('', '{', '[]', 'null', '[' * 100_000, '{"asked": 1}'), 3):
        file.write_text(content)
        assert read_wikis(wikis, tmp_path / 'new', NOW) == first
        assert len(wikis.questions) == number
    read_wikis(wikis, tmp_path / 'new', NOW + timedelta(days=10))
    assert len(wikis.questions) == 9
    assert [path.name for path in file.parent.iterdir()] == ['wikis.json']


def test_kept_is_checked(tmp_path: Path) -> None:
    """It should not believe what is kept more than what is answered."""
    wikis = Asked(lambda *_: FARM)
    read_wikis(wikis, tmp_path, NOW)
    file = tmp_path / 'wikis.json'
    for old, new in (('"enwiki"', '"en}}wiki"'), ('https://en', 'http://en'), ('"closed"', '"shut"')):
        file.write_text(file.read_text().replace(old, new))
        read_wikis(wikis, tmp_path, NOW)
    assert len(wikis.questions) == 4


def test_not_kept(tmp_path: Path) -> None:
    """It should keep nothing without a folder, and say where it cannot write."""
    wikis = Asked(lambda *_: FARM)
    assert read_wikis(wikis, None, NOW) == read_wikis(wikis, None, NOW)
    assert len(wikis.questions) == 2
    (tmp_path / 'file').touch()
    with pytest.raises(UserError, match='cannot be written'):
        read_wikis(wikis, tmp_path / 'file', NOW)
