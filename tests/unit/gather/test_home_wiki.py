"""Whose the pages of the bot are; MediaWiki is asked in ``tests/farm/test_setup.py``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from globalban_bot.gather.home_wiki import bot_of
from tests.unit.gather.asked import Asked

STOP = 'Meta:Request facts/Run'


SPACES = {'Benutzer': 2, 'Meta': 4, 'Template': 10}


def wiki(revisions: list[dict[str, Any]]) -> Asked:
    """Return a wiki with a stop page.

    :param revisions: the first of its revisions, where there is one
    """

    def reply(_: str, question: Mapping[str, str]) -> dict[str, Any]:
        if question['prop'] == 'info':
            pages = [
                {'title': title, 'ns': SPACES[title.partition(':')[0]], 'missing': True}
                for title in question['titles'].split('|')
            ]
            return {'query': {'pages': pages}}
        assert (question['titles'], question['rvdir'], question['rvlimit']) == (STOP, 'newer', '1')
        return {'query': {'pages': [{'title': STOP, 'revisions': revisions}]}}

    return Asked(reply)


def test_user_space() -> None:
    """It should take the account below whose page the pages are for the bot, whoever made it."""
    roots = ['Template:Request facts bot', 'Benutzer:Request facts bot']
    assert bot_of(wiki([]), roots, STOP) == 'Request facts bot'


@pytest.mark.parametrize(('revisions', 'bot'), [
    ([{'user': 'Facts bot'}], 'Facts bot'),
    ([{'userhidden': True}], ''),
    ([], ''),
])  # fmt: skip
def test_elsewhere(revisions: list[dict[str, Any]], bot: str) -> None:
    """It should take who made the stop page for the bot where they are in nobody's user space."""
    assert bot_of(wiki(revisions), ['Meta:Request facts'], STOP) == bot
