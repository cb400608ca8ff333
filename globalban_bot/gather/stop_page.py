"""The page that lets the bot run.

.. code-block:: wikitext

   run

Anybody who may edit the page can stop the bot by changing it. :class:`StopPage` says who may start it
again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from globalban_bot.errors import Stopped
from globalban_bot.model.stop_page import RUN
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import (
    mapping_at,
    mappings_at,
    number_at,
    optional_text,
    text_at,
    texts_at,
)
from globalban_bot.wiki.queries import Queries

#: The group tells that the part is never closed: then it is no such part.
_NO_PART = re.compile(r'<!--.*?(?:-->|(\Z))|<noinclude>.*?(?:</noinclude>|(\Z))', re.DOTALL)
#: Characters; a longer page says something else, and is not looked through.
LONGEST = 10_000
#: So many revisions with one text are looked back at most.
_MOST_BACK = 50


class StopPage:
    """Reads the stop page, afresh each time.

    The bot runs only while the page says ``run``, and that was written by its own account, by an operator or
    by a member of one of the groups. Who protects or moves the page makes a revision that changes nothing: it
    does not start the bot. Nor does an edit that may have expanded what others had planted on the page.
    Whatever else it finds, and also if it finds nothing, means stop.

    :param wiki: asks the wiki, its ``home``
    :param bot: name of the bot's account
    :param title: title of the stop page
    :param operators: accounts that may start the bot
    :param groups: groups whose members may start the bot
    :param pending: tells what on a page waits for the next edit
    """

    def __init__(
        self,
        wiki: Queries,
        bot: str,
        title: str,
        operators: Iterable[str],
        groups: Iterable[str],
        pending: Callable[[str], object | None],
    ) -> None:
        self._wiki = wiki
        self._bot = bot
        self._title = title
        self._operators = frozenset(operators)
        self._groups = frozenset(groups)
        self._pending = pending
        self._trusted: int | None = None

    def check(self) -> None:
        """Return if the bot may edit.

        :raises Stopped: it may not
        """
        try:
            with understood(self._wiki.home):
                revision = self._revisions(rvprop='ids|user|content', rvslots='main')[0]
                text = text_at(revision, 'slots', 'main', 'content')
                if len(text) > LONGEST or _said(text) != RUN:
                    raise Stopped(f'{self._title} does not say "{RUN}": the bot was stopped')
                self._check_editor(revision)
        except Stopped:
            raise
        except Exception as error:
            # Whatever goes wrong while this page is read, the bot must not go on.
            raise Stopped(
                f'{self._title} cannot be read ({error}): that means stop. '
                f'If it does not exist, make it with the one word "{RUN}"'
            ) from error

    def _query(self, **question: str) -> Mapping[str, Any]:
        return next(self._wiki.query(self._wiki.home, **question))

    def _revisions(self, **question: str) -> list[Mapping[str, Any]]:
        answer = self._query(titles=self._title, prop='revisions', **question)
        return mappings_at(answer, 'query', 'pages', 0, 'revisions')

    def _check_editor(self, revision: Any) -> None:
        """Check, once a revision, who said "run", and who has saved the page last, be it by a move."""
        newest = number_at(revision, 'revid')
        if newest == self._trusted:
            return
        written = self._written(newest)
        users = {optional_text(revision, 'user'), optional_text(written, 'user')}
        strangers = users.difference(self._operators, {self._bot})
        if None in strangers or not self._are_members(sorted(filter(None, strangers))):
            raise Stopped(f'{self._title}: who set it to "{RUN}" may not start the bot')
        self._check_before(number_at(written, 'parentid'))
        self._trusted = newest

    def _check_before(self, number: int) -> None:
        """Check that the text before held nothing that became "run" when somebody else's edit was saved."""
        if not number:
            return
        answer = self._query(revids=str(number), prop='revisions', rvprop='content', rvslots='main')
        (before,) = mappings_at(answer, 'query', 'pages', 0, 'revisions')
        text = optional_text(mapping_at(before, 'slots', 'main'), 'content')
        if text is None or self._pending(text):
            raise Stopped(
                f'{self._title}: the text before "{RUN}" is hidden, or holds what an edit expands; '
                f'say "stop", and then "{RUN}" again'
            )

    def _written(self, newest: int) -> Mapping[str, Any]:
        """Return the revision that has last changed the text."""
        answer = self._query(
            titles=self._title, prop='revisions', rvprop='ids|user|sha1|size', rvstartid=str(newest),
            rvlimit=str(_MOST_BACK),
        )  # fmt: skip
        revisions = mappings_at(answer, 'query', 'pages', 0, 'revisions')
        for one, before in pairwise(revisions):
            if not self._is_same(one, before):
                return one
        if 'continue' in answer:
            raise Stopped(f'{self._title}: who set it to "{RUN}" is too far back; say it anew')
        return revisions[-1]

    def _is_same(self, other: Any, before: Any) -> bool:
        """Tell whether a revision has left the text as it was."""
        if number_at(other, 'size') != number_at(before, 'size'):
            return False
        if 'sha1' not in other or 'sha1' not in before:
            raise Stopped(
                f'{self._title}: a text before "{RUN}" is hidden; say something else, and then it anew'
            )
        return text_at(other, 'sha1') == text_at(before, 'sha1')

    def _are_members(self, users: Sequence[str]) -> bool:
        """Tell whether each account is a member of one of the groups; nothing is asked about none."""
        if not users:
            return True
        answer = self._query(list='users', ususers='|'.join(users), usprop='groups')
        told = {
            text_at(one, 'name'): texts_at(one, 'groups') if 'groups' in one else []
            for one in mappings_at(answer, 'query', 'users')
        }
        return all(self._groups.intersection(told.get(user, [])) for user in users)


def _said(text: str) -> str:
    """Return what the page says, without comments and without what is for its readers."""
    return _NO_PART.sub(lambda part: '' if part.lastindex is None else part[0], text).strip()
