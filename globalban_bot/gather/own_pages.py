"""The pages of the bot's own that stand below a title."""

from __future__ import annotations

from globalban_bot.gather.pages_now import understood
from globalban_bot.gather.questions import Questions

#: Numbers of the namespaces in which a profile may put pages, by their names in English.
_NAMESPACES = {'User': '2', 'Project': '4', 'Template': '10'}


def pages_below(wikis: Questions, title: str) -> tuple[str, ...]:
    """Return the titles of the pages whose titles begin with this one, redirects too, in their order.

    One request, and one more for each 500 pages.

    :param title: with its namespace in English, as profiles have it
    :raises WikiError: the wiki does not tell
    """
    space, _, name = title.partition(':')
    question = {'list': 'allpages', 'apprefix': name, 'apnamespace': _NAMESPACES[space], 'aplimit': 'max'}
    with understood():
        pages = [page for part in wikis.parts(wikis.home, **question) for page in part['query']['allpages']]
        return tuple(f'{space}:{page["title"].partition(":")[2]}' for page in pages)
