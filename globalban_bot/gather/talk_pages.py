"""Find the talk pages on which commands stand (API:Embeddedin, API:Info)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from globalban_bot.errors import WikiError
from globalban_bot.gather.questions import Questions
from globalban_bot.model.talk import TalkPage

#: The talk pages of pages (1), users (3) and the project itself (5).
_CALLS = {'list': 'embeddedin', 'einamespace': '1|3|5', 'eilimit': 'max'}
#: Pages that are asked for at a time, as many as the API allows without a right of its own.
_AT_A_TIME = 50


def pages_with(
    wikis: Questions, template: str, is_wanted: Callable[[str], bool] = lambda _: True
) -> tuple[TalkPage, ...]:
    """Return the talk pages that call a template, by whatever name: the wiki follows redirects.

    One request, and one more for each 50 pages that are wanted. A redirect is no talk page.

    :param template: full title of the template
    :param is_wanted: tells by its title whether a page is to be looked up
    :raises WikiError: the wiki does not tell
    """
    try:
        found = [
            str(page['pageid'])
            for part in wikis.parts(wikis.home, eititle=template, **_CALLS)
            for page in part['query']['embeddedin']
            if is_wanted(page['title'])
        ]
        return tuple(
            TalkPage(page['pageid'], page['title'], page['lastrevid'], page.get('subjectid'))
            for at in range(0, len(found), _AT_A_TIME)
            for part in _info(wikis, found[at : at + _AT_A_TIME])
            for page in part['query']['pages']
            # One that was deleted a moment ago has no title, or is missing.
            if 'title' in page and not page.get('missing') and not page.get('redirect')
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise WikiError('an answer of another form than documented') from error


def _info(wikis: Questions, page_ids: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    return wikis.parts(wikis.home, pageids='|'.join(page_ids), prop='info', inprop='subjectid')


def talk_title_of(wikis: Questions, title: str) -> str:
    """Return the title of a page's talk page.

    :raises WikiError: the wiki does not tell, or there is none
    """
    part = next(wikis.parts(wikis.home, titles=title, prop='info', inprop='associatedpage'))
    try:
        return str(part['query']['pages'][0]['associatedpage'])
    except (KeyError, TypeError, IndexError) as error:
        raise WikiError(f'{title}: its talk page is not known') from error
