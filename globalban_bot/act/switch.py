"""The page that lets the bot run.

.. code-block:: wikitext

   run

Anybody who may edit the page can stop the bot by changing it; see :class:`Switch` for who may start it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pywikibot

from globalban_bot.errors import Stopped

_NO_PART = re.compile(r'<!--.*?-->|<noinclude>.*?</noinclude>', re.DOTALL)
RUN = 'run'


class Switch:
    """Reads the stop page, afresh each time.

    The bot runs only while the page says ``run`` and was last saved by its own account, by an operator or by
    a member of one of the groups. Whatever else it finds, and also if it finds nothing, means stop.

    :param site: the wiki, an ``APISite``
    :param title: title of the stop page
    :param operators: accounts that may start the bot
    :param groups: groups whose members may start the bot
    """

    def __init__(self, site: Any, title: str, operators: Iterable[str], groups: Iterable[str]) -> None:
        self._site = site
        self._title = title
        self._operators = frozenset(operators)
        self._groups = frozenset(groups)
        self._trusted: int | None = None

    def check(self) -> None:
        """Return if the bot may edit.

        :raises Stopped: it may not
        """
        try:
            revision = self._newest()
            if _NO_PART.sub('', revision['slots']['main']['content']).strip() != RUN:
                raise Stopped(f'{self._title} does not say "{RUN}": the bot was stopped')
            self._check_editor(revision)
        except (KeyError, IndexError, TypeError, pywikibot.exceptions.Error) as error:
            raise Stopped(
                f'{self._title} cannot be read ({type(error).__name__}: {error}): that means stop. '
                f'If it does not exist, make it with the one word "{RUN}"'
            ) from error

    def _newest(self) -> Any:
        answer = self._site.simple_request(
            action='query', titles=self._title, prop='revisions', rvprop='ids|user|content', rvslots='main',
            formatversion='2',
        ).submit()  # fmt: skip
        return answer['query']['pages'][0]['revisions'][0]

    def _check_editor(self, revision: Any) -> None:
        """Check who said "run", once a revision."""
        if revision['revid'] == self._trusted:
            return
        user = revision.get('user')
        known = user is not None and (user == self._site.username() or user in self._operators)
        if not known and not self._groups & self._groups_of(user):
            raise Stopped(f'{self._title}: who set it to "{RUN}" may not start the bot')
        self._trusted = revision['revid']

    def _groups_of(self, user: str | None) -> frozenset[str]:
        if user is None:
            return frozenset()
        answer = self._site.simple_request(
            action='query', list='users', ususers=user, usprop='groups', formatversion='2'
        ).submit()
        return frozenset(answer['query']['users'][0].get('groups', ()))
