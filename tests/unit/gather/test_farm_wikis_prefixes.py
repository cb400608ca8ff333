"""By which interwiki prefixes a wiki leads to the wiki with the requests."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from globalban_bot.gather.farm_wikis import USUAL_PREFIXES, read_prefixes
from tests.unit.gather.asked import Asked
from tests.unit.made_accounts import day

DE, NOW = 'https://de.wikipedia.org', day('2027-05-03T12:00')
MAP = [
    {'prefix': 'm', 'url': 'https://meta.wikimedia.org/wiki/$1'},
    {'prefix': 'Metawikipedia', 'url': '//meta.wikimedia.org/wiki/$1'},
    {'prefix': 'evil', 'url': 'https://meta.wikimedia.org.example/wiki/$1'},
    {'prefix': 'w', 'url': 'https://en.wikipedia.org/wiki/$1'},
]


def test_prefixes(tmp_path: Path) -> None:
    """It should take those of the wiki's own map that lead there, the usual first, and keep them."""
    asked = Asked(lambda *_: {'query': {'interwikimap': MAP}})
    for _ in range(2):
        assert read_prefixes(asked, DE, tmp_path, NOW) == (*USUAL_PREFIXES, 'metawikipedia')
    assert len(asked.questions) == 1
    read_prefixes(asked, DE, tmp_path, NOW + timedelta(days=11))
    assert len(asked.questions) == 2


@pytest.mark.parametrize('answer', [None, {'query': {}}, {'query': {'interwikimap': [{'prefix': 1}]}}])
def test_odd(answer: Any) -> None:
    """It should take the usual prefixes where the wiki does not answer, or answers oddly."""
    assert read_prefixes(Asked(lambda *_: answer), DE, None, NOW) == USUAL_PREFIXES
