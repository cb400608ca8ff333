"""Deliver notices by edits of the bot, wiki by wiki."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pywikibot

from globalban_bot.act.append_once import NoticeAppender
from globalban_bot.act.delivery_engine import left
from globalban_bot.errors import GlobalbanError, Stopped
from globalban_bot.model.notice import Delivery, Notice, Sent
from globalban_bot.model.refusal import Refusal
from globalban_bot.model.target import Target
from globalban_bot.wiki.api import ApiClient
from globalban_bot.wiki.api_errors import RefusedError

#: Failures that are no single page's: many in a row are the bot's own trouble.
_OF_THE_WIKI = {
    Refusal.BLOCKED,
    Refusal.READ_ONLY,
    Refusal.RATE_LIMITED,
    Refusal.LAGGED,
    Refusal.NOT_LOGGED_IN,
    Refusal.NO_ANSWER,
}


class DirectEngine:
    """Appends each notice to its page; :mod:`globalban_bot.act.append_once` says how it stays one.

    :param site_of: gives the wiki of a target, an ``APISite`` that is logged in
    :param page_id: page id of the request
    :param summary: the edit summary
    :param most_in_a_row: so many failures of whole wikis in a row, and the rest is left
    :param pause: seconds to wait before something is tried again
    :param pending: tells what on a page waits for the next edit; nothing where an edit adds only what it says
    :param inert: makes of a text one on which nothing waits for the next edit
    """

    def __init__(
        self,
        site_of: Callable[[Target], Any],
        page_id: int,
        summary: str,
        most_in_a_row: int = 3,
        pause: float = 5,
        *,
        pending: Callable[[str], object | None],
        inert: Callable[[str], str],
    ) -> None:
        self._site_of = site_of
        self._page_id = page_id
        self._summary = summary
        self._most_in_a_row = most_in_a_row
        self._pause = pause
        self._pending = pending
        self._inert = inert

    def deliver(self, notices: Sequence[Notice], before_each: Callable[[], None]) -> Iterator[Delivery]:
        """Deliver notices in their order."""
        in_a_row = 0
        for at, notice in enumerate(notices):
            if in_a_row >= self._most_in_a_row:
                yield from left(notices[at:], f'{in_a_row} wikis in a row refused')
                return
            try:
                delivery = self._give(notice, before_each)
                yield delivery
                # A wiki on which nothing had to be written says nothing about writing.
                in_a_row = 0 if delivery.sent is Sent.DELIVERED else in_a_row
            except Stopped as stop:
                yield from left(notices[at:], str(stop))
                return
            except RefusedError as error:
                pywikibot.warning(f'{notice.target.wiki}: {error}')
                in_a_row += error.refusal in _OF_THE_WIKI
                yield Delivery(notice, Sent.REFUSED, error.refusal.value)
                if error.refusal is Refusal.GLOBALLY_BLOCKED:
                    yield from left(notices[at + 1 :], 'the account is globally blocked')
                    return

    def _give(self, notice: Notice, before_each: Callable[[], None]) -> Delivery:
        api = ApiClient(self._site(notice.target))
        common = (self._page_id, self._summary, before_each, self._pause, self._pending, self._inert)
        return NoticeAppender(api, notice, *common).give()

    def _site(self, target: Target) -> Any:
        """Return the wiki of a target; nothing was sent where that fails.

        :raises RefusedError: it cannot be had
        """
        try:
            return self._site_of(target)
        except GlobalbanError:
            raise
        except pywikibot.exceptions.NoUsernameError as error:
            raise RefusedError(Refusal.NOT_LOGGED_IN, str(error)) from error
        except Exception as error:
            # Besides its own errors, pywikibot lets through whatever an odd answer makes of it.
            # A wiki that is read-only does not even let anybody log in.
            read_only = getattr(error, 'code', None) == 'readonly'
            refusal = Refusal.READ_ONLY if read_only else Refusal.NO_ANSWER
            raise RefusedError(refusal, f'{type(error).__name__}: {error}') from error
