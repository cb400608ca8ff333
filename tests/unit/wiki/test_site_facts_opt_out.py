"""By which category pages refuse mass messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from globalban_bot.errors import WikiError
from globalban_bot.wiki.site_facts import USUAL_CATEGORY, opt_out_category
from tests.unit.gather.asked import Answer, Asked


def wiki(message: dict[str, Any]) -> Asked:
    def reply(_: str, question: Mapping[str, str]) -> Answer:
        if question['meta'] == 'siteinfo':
            return {'query': {'general': {'lang': 'de'}}}
        assert question['amlang'] == 'de'
        return {'query': {'allmessages': [{'name': question['ammessages'], **message}]}}

    return Asked(reply)


@pytest.mark.parametrize(
    ('message', 'name'),
    [
        ({'content': 'Wikipedia:Keine Nachrichten'}, 'Wikipedia:Keine Nachrichten'),
        ({'missing': True}, USUAL_CATEGORY),
        ({'content': ' '}, USUAL_CATEGORY),
    ],
)
def test_name(message: dict[str, Any], name: str) -> None:
    """It should take the name from the message in the language of the wiki, else the usual one."""
    assert opt_out_category(wiki(message)) == f'Category:{name}'


def test_odd() -> None:
    """It should not take an answer of another form for a wiki without such a category."""
    with pytest.raises(WikiError, match=Asked.home):
        opt_out_category(wiki({'content': 7}))
