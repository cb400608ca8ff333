"""Deliver notices by the extension MassMessage of the wiki with the request.

Written to its documented API (``Extension:MassMessage/API``): ``action=massmessage`` with ``spamlist``,
``subject`` and ``message``. It is logged (``massmessage``) on the list's page before its jobs deliver.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

import pywikibot

from globalban_bot.act.ask import ask
from globalban_bot.act.engine import left
from globalban_bot.act.post import post
from globalban_bot.act.refusals import check_answer
from globalban_bot.act.writer import RefusedError
from globalban_bot.errors import Stopped
from globalban_bot.model.notice import Delivery, Notice, Sent
from globalban_bot.model.refusal import Refusal

_WAITS = 3


class MassMessageEngine:
    """Hands one message for all targets of a list to the wiki, once.

    A line of the log that is younger than the list tells that it was sent, by whomever. So the list must be
    the bot's own page, saved only when the targets change, and one list must serve one request. Two runs that
    send at the same moment are told apart by the extension alone: it leaves out what it has just delivered.

    :param site: the wiki with the request, an ``APISite`` that is logged in
    :param list_page: full title of the list of targets
    :param subject: heading of the message
    :param message: text of the message
    :param pause: seconds to wait before the log is read again
    """

    def __init__(self, site: Any, list_page: str, subject: str, message: str, pause: float = 5) -> None:
        self._site = site
        self._list_page = list_page
        self._subject = subject
        self._message = message
        self._pause = pause

    def deliver(self, notices: Sequence[Notice], before_each: Callable[[], None]) -> Iterator[Delivery]:
        """Send the message once; what becomes of it is the same for all notices."""
        if not notices:
            return
        try:
            sent = self._once(before_each)
        except Stopped as stop:
            yield from left(notices, str(stop))
        except RefusedError as error:
            pywikibot.warning(f'{self._list_page}: {error}')
            yield from (Delivery(notice, Sent.REFUSED, error.refusal.value) for notice in notices)
        except pywikibot.exceptions.Error as error:
            pywikibot.warning(f'{self._list_page}: {type(error).__name__}: {error}')
            yield from (Delivery(notice, Sent.REFUSED, Refusal.NO_ANSWER.value) for notice in notices)
        else:
            yield from (Delivery(notice, sent) for notice in notices)

    def _once(self, before_each: Callable[[], None]) -> Sent:
        since = self._list_saved()
        if self._is_sent(since):
            return Sent.THERE
        before_each()
        try:
            self._send()
        except RefusedError as error:
            if error.refusal is not Refusal.NO_ANSWER or not self._shows_up(since):
                raise
        return Sent.DELIVERED

    def _list_saved(self) -> datetime:
        """Return when the list was saved.

        :raises RefusedError: it is missing, or somebody else saved it last
        """
        answer = ask(self._site, titles=self._list_page, prop='revisions', rvprop='timestamp|user')
        page = answer['query']['pages'][0]
        if 'revisions' not in page:
            raise RefusedError(Refusal.DELETED, f'{self._list_page} is missing')
        revision = page['revisions'][0]
        if revision.get('user') != self._site.username():
            raise RefusedError(Refusal.CONFLICT, f'{self._list_page} was last saved by somebody else')
        return datetime.fromisoformat(revision['timestamp'])

    def _is_sent(self, since: datetime) -> bool:
        answer = ask(
            self._site, list='logevents', letype='massmessage', letitle=self._list_page, lelimit='max',
            leprop='type|timestamp',
        )  # fmt: skip
        events = answer['query']['logevents']
        sends = [event for event in events if event.get('action', 'send') == 'send']
        return any(datetime.fromisoformat(event['timestamp']) >= since for event in sends)

    def _send(self) -> None:
        answer = post(self._site, {
            'action': 'massmessage', 'spamlist': self._list_page, 'subject': self._subject,
            'message': self._message,
        })  # fmt: skip
        if 'error' in answer:
            check_answer(answer, None)
        if answer.get('massmessage', {}).get('result') != 'success':
            raise RefusedError(Refusal.OTHER, str(answer))

    def _shows_up(self, since: datetime) -> bool:
        """Look in the log for a message whose answer was lost."""
        for _ in range(_WAITS):
            if self._is_sent(since):
                return True
            pywikibot.sleep(self._pause)
        return False
