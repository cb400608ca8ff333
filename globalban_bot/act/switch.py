"""The page that lets the bot run.

.. code-block:: wikitext

   run

Anybody who may edit the page can stop the bot by changing it; see :class:`Switch` for who may start it again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from globalban_bot.errors import Stopped

#: The group tells that the part is never closed: then it is no such part.
_NO_PART = re.compile(r'<!--.*?(?:-->|(\Z))|<noinclude>.*?(?:</noinclude>|(\Z))', re.DOTALL)
RUN = 'run'
#: Characters; a longer page says something else, and is not looked through.
LONGEST = 10_000
#: So many revisions with one text are looked back at most.
_MOST_BACK = 50


class Switch:
    """Reads the stop page, afresh each time.

    The bot runs only while the page says ``run``, and that was written by its own account, by an operator or
    by a member of one of the groups. Who protects or moves the page makes a revision that changes nothing: it
    does not start the bot. Whatever else it finds, and also if it finds nothing, means stop.

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
            text = revision['slots']['main']['content']
            if len(text) > LONGEST or _said(text) != RUN:
                raise Stopped(f'{self._title} does not say "{RUN}": the bot was stopped')
            self._check_editor(revision)
        except Stopped:
            raise
        except Exception as error:
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
        """Check, once a revision, who said "run", and who has saved the page last, be it by a move."""
        if revision['revid'] == self._trusted:
            return
        users = {revision.get('user'), self._writer_of(revision['revid'])}
        strangers = users.difference(self._operators, {self._site.username()})
        if None in strangers or not self._are_members(sorted(filter(None, strangers))):
            raise Stopped(f'{self._title}: who set it to "{RUN}" may not start the bot')
        self._trusted = revision['revid']

    def _writer_of(self, newest: int) -> str | None:
        """Return who has last changed the text; None where the name is hidden."""
        answer = self._site.simple_request(
            action='query', titles=self._title, prop='revisions', rvprop='ids|user|sha1|size',
            rvstartid=str(newest), rvlimit=str(_MOST_BACK), formatversion='2',
        ).submit()  # fmt: skip
        revisions = answer['query']['pages'][0]['revisions']
        for one, before in pairwise(revisions):
            if not self._is_same(one, before):
                return one.get('user')
        if 'continue' in answer:
            raise Stopped(f'{self._title}: who set it to "{RUN}" is too far back; say it anew')
        return revisions[-1].get('user')

    def _is_same(self, one: Any, before: Any) -> bool:
        """Tell whether a revision has left the text as it was."""
        if one['size'] != before['size']:
            return False
        if 'sha1' not in one or 'sha1' not in before:
            raise Stopped(
                f'{self._title}: a text before "{RUN}" is hidden; say something else, and then it anew'
            )
        return bool(one['sha1'] == before['sha1'])

    def _are_members(self, users: Sequence[str]) -> bool:
        """Tell whether each account is a member of one of the groups; nothing is asked about none."""
        if not users:
            return True
        answer = self._site.simple_request(
            action='query', list='users', ususers='|'.join(users), usprop='groups', formatversion='2'
        ).submit()
        return all(self._groups.intersection(one.get('groups', ())) for one in answer['query']['users'])


def _said(text: str) -> str:
    """Return what the page says, without comments and without what is for its readers."""
    return _NO_PART.sub(lambda part: '' if part.lastindex is None else part[0], text).strip()
