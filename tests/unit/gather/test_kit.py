"""Whose the pages of the bot are; MediaWiki is asked in ``tests/farm/test_setup.py``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from globalban_bot.gather.kit import bot_of

STOP = 'Meta:Request facts/Run'


@dataclass
class Page:
    """A page by its title.

    :param name: full title
    """

    site: Any
    name: str

    def namespace(self) -> int:
        return {'Benutzer': 2, 'Meta': 4, 'Template': 10}[self.name.partition(':')[0]]

    def title(self, *, with_ns: bool) -> str:
        assert not with_ns
        return self.name.partition(':')[2]


@dataclass
class Site:
    """A wiki with a stop page.

    :param revisions: the first of its revisions, where there is one
    """

    revisions: list[dict[str, Any]]

    def simple_request(self, **question: str) -> Site:
        assert (question['titles'], question['rvdir'], question['rvlimit']) == (STOP, 'newer', '1')
        return self

    def submit(self) -> dict[str, Any]:
        return {'query': {'pages': [{'title': STOP, 'revisions': self.revisions}]}}


@pytest.fixture(autouse=True)
def titles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let titles be read without a wiki."""
    monkeypatch.setattr('globalban_bot.gather.kit.pywikibot.Page', Page)


def test_user_space() -> None:
    """It should take the account below whose page the pages are for the bot, and ask nothing."""
    roots = ['Template:Request facts bot', 'Benutzer:Request facts bot']
    assert bot_of(None, roots, STOP) == 'Request facts bot'


@pytest.mark.parametrize(('revisions', 'bot'), [
    ([{'user': 'Facts bot'}], 'Facts bot'),
    ([{'userhidden': True}], ''),
    ([], ''),
])  # fmt: skip
def test_elsewhere(revisions: list[dict[str, Any]], bot: str) -> None:
    """It should take who made the stop page for the bot where they are in nobody's user space."""
    assert bot_of(Site(revisions), ['Meta:Request facts'], STOP) == bot
