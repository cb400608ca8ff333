"""By which category pages of a wiki refuse mass messages."""

from __future__ import annotations

from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import flag_at, mapping_at, text_at
from globalban_bot.wiki.queries import Queries

#: The name where a wiki has no message of its own (extension MassMessage).
USUAL = 'Opted-out of message delivery'
_MESSAGE = 'massmessage-optout-category'


def opt_out_category(wikis: Queries, server: str) -> str:
    """Return the category, such as ``Category:Opted-out of message delivery``. Two requests.

    The extension takes its name from a message in the content language of the wiki.

    :raises WikiError: the wiki does not tell
    """
    with understood(server):
        site = next(wikis.query(server, meta='siteinfo', siprop='general'))
        language = text_at(site, 'query', 'general', 'lang')
        question = {'meta': 'allmessages', 'ammessages': _MESSAGE, 'amlang': language}
        message = mapping_at(next(wikis.query(server, **question)), 'query', 'allmessages', 0)
        name = USUAL if flag_at(message, 'missing') else text_at(message, 'content')
    return f'Category:{name.strip() or USUAL}'
