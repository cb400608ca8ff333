"""Find the talk pages on which commands stand (API:Embeddedin, API:Info)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from globalban_bot.model.talk import TalkPage
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import (
    flag_at,
    mappings_at,
    number_at,
    text_at,
)
from globalban_bot.wiki.queries import Queries

#: The talk pages of pages (1), users (3) and the project itself (5).
_CALLS = {'list': 'embeddedin', 'einamespace': '1|3|5', 'eilimit': 'max'}
#: Pages that are asked for at a time, as many as the API allows without a right of its own.
_AT_A_TIME = 50


def pages_with(
    wikis: Queries, template: str, is_wanted: Callable[[str], bool] = lambda _: True
) -> tuple[TalkPage, ...]:
    """Return the talk pages that call a template, by whatever name: the wiki follows redirects.

    One request, and one more for each 50 pages that are wanted. A redirect is no talk page.

    :param template: full title of the template
    :param is_wanted: tells by its title whether a page is to be looked up
    :raises WikiError: the wiki does not tell
    """
    with understood(wikis.home):
        found = [
            str(number_at(page, 'pageid'))
            for part in wikis.query(wikis.home, eititle=template, **_CALLS)
            for page in mappings_at(part, 'query', 'embeddedin')
            if is_wanted(text_at(page, 'title'))
        ]
        return tuple(
            _talk_page(page)
            for at in range(0, len(found), _AT_A_TIME)
            for part in _info(wikis, found[at : at + _AT_A_TIME])
            for page in mappings_at(part, 'query', 'pages')
            # One that was deleted a moment ago has no title, or is missing.
            if 'title' in page and not flag_at(page, 'missing') and not flag_at(page, 'redirect')
        )


def _talk_page(page: Mapping[str, Any]) -> TalkPage:
    subject = number_at(page, 'subjectid') if 'subjectid' in page else None
    return TalkPage(number_at(page, 'pageid'), text_at(page, 'title'), number_at(page, 'lastrevid'), subject)


def _info(wikis: Queries, page_ids: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    return wikis.query(wikis.home, pageids='|'.join(page_ids), prop='info', inprop='subjectid')
