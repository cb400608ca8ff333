"""Deliver notices by the extension MassMessage of the wiki with the request.

Written to its documented API (``Extension:MassMessage/API``): ``action=massmessage`` with ``spamlist``,
``subject`` and ``message``. It is logged (``massmessage``) on the list's page before its jobs deliver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

import pywikibot

from globalban_bot.act.delivery_engine import left
from globalban_bot.errors import Stopped
from globalban_bot.model.notice import Delivery, Notice, Sent
from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.answers import ApiAnswer, ask_once
from globalban_bot.wiki.api import ApiClient
from globalban_bot.wiki.api_errors import NoAnswerError, RefusedError

_WAITS = 3


class MassMessageEngine:
    """Hands one message for all targets of a list to the wiki, once.

    A line of the log that is younger than the list tells that it was sent, by whomever. So the list must be
    the bot's own page, saved only when the targets change, and one list must serve one request. Two runs that
    send at the same moment are told apart by the extension alone: it leaves out what it has just delivered.

    :param api: asks the wiki with the request and writes to it; its account is logged in
    :param list_page: full title of the list of targets
    :param subject: heading of the message
    :param message: text of the message
    :param pause: seconds to wait before the log is read again
    """

    def __init__(self, api: ApiClient, list_page: str, subject: str, message: str, pause: float = 5) -> None:
        self._api = api
        self._list_page = list_page
        self._subject = subject
        self._message = message
        self._pause = pause

    def deliver(self, notices: Sequence[Notice], before_each: Callable[[], None]) -> Iterator[Delivery]:
        """Hand the message over once; what becomes of it on each wiki, later runs see."""
        if not notices:
            return
        try:
            sent, reason = self._once(len(notices), before_each)
        except Stopped as stop:
            yield from left(notices, str(stop))
        except RefusedError as error:
            pywikibot.warning(f'{self._list_page}: {error}')
            yield from (Delivery(notice, Sent.REFUSED, error.refusal.value) for notice in notices)
        else:
            yield from (Delivery(notice, sent, reason) for notice in notices)

    def _once(self, targets: int, before_each: Callable[[], None]) -> tuple[Sent, str]:
        """Send, and return what became of it, with the count of the wiki where it is another one."""
        since = self._list_saved()
        if self._is_sent(since):
            return Sent.HANDED_OVER, ''
        before_each()
        try:
            taken = self._send()
        except RefusedError as error:
            if error.refusal is not Refusal.NO_ANSWER or not self._shows_up(since):
                raise
            return Sent.HANDED_OVER, ''
        if taken == targets:
            return Sent.HANDED_OVER, ''
        return Sent.HANDED_OVER if taken else Sent.REFUSED, f'the wiki took {taken} of {targets} targets'

    def _list_saved(self) -> datetime:
        """Return when the list was saved.

        :raises RefusedError: it is missing, or somebody else saved it last
        """
        question = {'titles': self._list_page, 'prop': 'revisions', 'rvprop': 'timestamp|user'}
        answer = ask_once(self._api, self._api.home, **question)
        page = answer.at('query', 'pages', 0)
        if page.flag('missing'):
            raise RefusedError(Refusal.DELETED, f'{self._list_page} is missing')
        revision = page.at('revisions', 0)
        if revision.text_if_any('user') != self._api.bot:
            raise RefusedError(Refusal.CONFLICT, f'{self._list_page} was last saved by somebody else')
        return revision.time('timestamp')

    def _is_sent(self, since: datetime) -> bool:
        question = {
            'list': 'logevents', 'letype': 'massmessage', 'letitle': self._list_page, 'lelimit': 'max',
            'leprop': 'type|timestamp',
        }  # fmt: skip
        answer = ask_once(self._api, self._api.home, **question)
        events = answer.objects('query', 'logevents')
        sends = [event for event in events if (event.text_if_any('action') or 'send') == 'send']
        return any(event.time('timestamp') >= since for event in sends)

    def _send(self) -> int:
        """Send, and return how many targets the wiki took."""
        reply = self._api.post(
            action='massmessage', spamlist=self._list_page, subject=self._subject, message=self._message
        )
        answer = ApiAnswer(self._api.home, reply)
        if answer.text('massmessage', 'result') != 'success':
            raise NoAnswerError(self._api.home, 'the answer does not tell of a success')
        return answer.number('massmessage', 'count')

    def _shows_up(self, since: datetime) -> bool:
        """Look in the log for a message whose answer was lost."""
        for _ in range(_WAITS):
            if self._is_sent(since):
                return True
            pywikibot.sleep(self._pause)
        return False
