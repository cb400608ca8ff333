"""The pages of the bot's own that stand below a title."""

from __future__ import annotations

from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import mappings_at, text_at
from globalban_bot.wiki.queries import Queries

#: Numbers of the namespaces in which a profile may put pages, by their names in English.
_NAMESPACES = {'User': '2', 'Project': '4', 'Template': '10'}


def pages_below(wikis: Queries, title: str) -> tuple[str, ...]:
    """Return the titles of the pages whose titles begin with this one, redirects too, in their order.

    One request, and one more for each 500 pages.

    :param title: with its namespace in English, as profiles have it
    :raises WikiError: the wiki does not tell
    """
    space, _, name = title.partition(':')
    question = {'list': 'allpages', 'apprefix': name, 'apnamespace': _NAMESPACES[space], 'aplimit': 'max'}
    with understood(wikis.home):
        parts = wikis.query(wikis.home, **question)
        pages = [page for part in parts for page in mappings_at(part, 'query', 'allpages')]
        return tuple(f'{space}:{text_at(page, "title").partition(":")[2]}' for page in pages)
