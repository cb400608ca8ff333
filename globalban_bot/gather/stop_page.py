"""The page that lets the bot run.

.. code-block:: wikitext

   run

Anybody who may edit the page can stop the bot by changing it. :class:`StopPage` says who may start it
again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import pairwise

from globalban_bot.errors import Stopped
from globalban_bot.gather.home_wiki import are_members
from globalban_bot.model.stop_page import RUN
from globalban_bot.wiki.answers import ApiAnswer, Queries, ask_once

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
            answer = self._ask(titles=self._title, rvprop='ids|user|content', rvslots='main')
            revision = answer.at('query', 'pages', 0, 'revisions', 0)
            text = revision.text('slots', 'main', 'content')
            if len(text) > LONGEST or _command(text) != RUN:
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

    def _ask(self, **question: str) -> ApiAnswer:
        return ask_once(self._wiki, self._wiki.home, prop='revisions', **question)

    def _check_editor(self, revision: ApiAnswer) -> None:
        """Check, once a revision, who said "run", and who has saved the page last, be it by a move."""
        newest = revision.number('revid')
        if newest == self._trusted:
            return
        written = self._written(newest)
        users = {revision.text_if_any('user'), written.text_if_any('user')}
        strangers = users.difference(self._operators, {self._bot})
        names = sorted(filter(None, strangers))
        if None in strangers or not are_members(self._wiki, names, self._groups):
            raise Stopped(f'{self._title}: who set it to "{RUN}" may not start the bot')
        self._check_before(written.number('parentid'))
        self._trusted = newest

    def _check_before(self, number: int) -> None:
        """Check that the text before held nothing that became "run" when somebody else's edit was saved."""
        if not number:
            return
        answer = self._ask(revids=str(number), rvprop='content', rvslots='main')
        text = answer.at('query', 'pages', 0, 'revisions', 0).content()
        if text is None or self._pending(text):
            raise Stopped(
                f'{self._title}: the text before "{RUN}" is hidden, or holds what an edit expands; '
                f'say "stop", and then "{RUN}" again'
            )

    def _written(self, newest: int) -> ApiAnswer:
        """Return the revision that has last changed the text."""
        answer = self._ask(
            titles=self._title, rvprop='ids|user|sha1|size', rvstartid=str(newest), rvlimit=str(_MOST_BACK)
        )
        revisions = answer.objects('query', 'pages', 0, 'revisions')
        for revision, before in pairwise(revisions):
            if not self._is_same(revision, before):
                return revision
        if 'continue' in answer:
            raise Stopped(f'{self._title}: who set it to "{RUN}" is too far back; say it anew')
        return revisions[-1]

    def _is_same(self, revision: ApiAnswer, before: ApiAnswer) -> bool:
        """Tell whether a revision has left the text as it was."""
        if revision.number('size') != before.number('size'):
            return False
        if 'sha1' not in revision or 'sha1' not in before:
            raise Stopped(
                f'{self._title}: a text before "{RUN}" is hidden; say something else, and then it anew'
            )
        return revision.text('sha1') == before.text('sha1')


def _command(text: str) -> str:
    """Return what the page says, without comments and without what is for its readers."""
    return _NO_PART.sub(lambda part: '' if part.lastindex is None else part[0], text).strip()
