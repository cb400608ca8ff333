"""Mass messages from Meta to pages of the German wiki: their list, their sending, and what came of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.farm.accounts import BOT
from tests.farm.client import Client, client_of
from tests.farm.farm import Farm

META, WIKI = 'metawiki', 'dewiki'
LIST = f'User:{BOT.name}/Targets'
PUMP = 'Wikipedia:Café'
TEXT = 'Something is discussed. ~~~~'
#: The end of the hidden comment, in every language.
END = f'index.php?title={LIST.replace(" ", "_")}&oldid='


def write_list(farm: Farm, *pages: str, host: str = 'de.wikipedia.org') -> None:
    lines = (f'* {{{{#target:{page}|{host}}}}}' for page in pages)
    farm.write_page(META, LIST, '\n'.join(lines) or 'No page.', BOT.name)


def send(client: Client, **params: str) -> dict[str, Any]:
    message = {'spamlist': LIST, 'subject': 'A notice', 'message': TEXT, **params}
    return client.post(action='massmessage', **message)


def log(farm: Farm, dbname: str = WIKI) -> list[tuple[str, str, dict[str, Any]]]:
    """Return the lines of a wiki's log of mass messages, oldest first: action, title, params."""
    question = {
        'list': 'logevents',
        'letype': 'massmessage',
        'ledir': 'newer',
        'leprop': 'type|title|details',
    }
    with client_of(farm, dbname) as client:
        lines = client.get(action='query', **question)['query']['logevents']
    return [(line['action'], line['title'], line['params']) for line in lines]


def revisions(farm: Farm, title: str = PUMP) -> Sequence[dict[str, Any]]:
    """Return the revisions of a page of the German wiki, newest first; none of a page that is missing."""
    question = {
        'prop': 'revisions',
        'rvprop': 'user|comment|tags|content',
        'rvslots': 'main',
        'rvlimit': 'max',
    }
    with client_of(farm, WIKI) as client:
        (page,) = client.get(action='query', titles=title, **question)['query']['pages']
    return list(page.get('revisions', ()))
