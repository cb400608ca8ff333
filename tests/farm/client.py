"""A client of one wiki's API that hands out the answers as they are.

pywikibot turns what a wiki refuses into exceptions of its own; this shows what the wiki said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import requests

from tests.farm.accounts import Account
from tests.farm.adapter import FarmAdapter, mounted
from tests.farm.errors import FarmError
from tests.farm.farm import Farm

SECONDS = 60
#: When several requests find MediaWiki's cache of messages empty at once, one of them may fail.
LOGINS = 3


class Client:
    """A client; anonymous until it logs in.

    :param session: what can reach the farm
    :param address: the wiki's, as ``https://meta.wikimedia.org``
    """

    def __init__(self, session: requests.Session, address: str) -> None:
        self._session = session
        self._pages = f'{address}/w/index.php'
        self._address = f'{address}/w/api.php'

    def get(self, **params: Any) -> dict[str, Any]:
        """Ask, and return the whole answer."""
        query = {'format': 'json', 'formatversion': 2, **params}
        return dict(self._session.get(self._address, params=query, timeout=SECONDS).json())

    def post(self, **params: Any) -> dict[str, Any]:
        """Have something done, with a token, and return the whole answer."""
        form = {'format': 'json', 'formatversion': 2, 'token': self.token('csrf'), **params}
        return dict(self._session.post(self._address, data=form, timeout=SECONDS).json())

    def page(self, title: str, /, **query: str) -> str:
        """Open a page as a browser does, and return its HTML."""
        query = {'title': title, **query}
        return self._session.get(self._pages, params=query, timeout=SECONDS).text

    def submit(self, form: Mapping[str, str]) -> str:
        """Submit a form of a page, and return the HTML that follows."""
        return self._session.post(self._pages, data=form, timeout=SECONDS).text

    def edit(self, title: str, text: str, **params: Any) -> dict[str, Any]:
        """Save a page, and return the whole answer, be it ``{"error": …}`` or ``{"edit": …}``."""
        return self.post(action='edit', title=title, text=text, **params)

    def token(self, kind: str) -> str:
        """Return a token for changes."""
        return str(self.get(action='query', meta='tokens', type=kind)['query']['tokens'][f'{kind}token'])

    def log_in(self, account: Account) -> None:
        """Log in by the bot password if the account has one, otherwise by the one for people."""
        bot = account.bot_password
        name = f'{account.name}@{bot.suffix}' if bot else account.name
        password = bot.password if bot else account.password
        for _ in range(LOGINS):
            form = {
                'action': 'login', 'lgname': name, 'lgpassword': password, 'lgtoken': self.token('login'),
                'format': 'json', 'formatversion': 2,
            }  # fmt: skip
            answer = self._session.post(self._address, data=form, timeout=SECONDS).json()
            if answer.get('login', {}).get('result') == 'Success':
                return
            if not answer.get('error', {}).get('code', '').startswith('internal_api_error'):
                break
        raise FarmError(f'{name} cannot log in: {answer}')


@contextmanager
def client_of(farm: Farm, dbname: str, account: Account | None = None) -> Iterator[Client]:
    """Give a client of a wiki, logged in if an account is named, for the length of a block."""
    with requests.Session() as session, mounted(session, FarmAdapter(farm.url, farm.hosts)):
        client = Client(session, f'https://{farm.wikis[dbname].host}')
        if account:
            client.log_in(account)
        yield client
