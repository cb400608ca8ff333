"""Ask any wiki of a farm, and write to one: every request of the bot goes through here.

A request goes through pywikibot's session, with its login, cookies, user agent and throttle. It does not go
through pywikibot's own requests: those hold a run for minutes where a wiki is down, ask each wiki about
itself first, and send a write again whose answer was lost. See ``docs/decisions/0006-one-client.md``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode, urlsplit

import pywikibot
import requests
from pywikibot.comms import http

from globalban_bot.errors import InternalError
from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.answers import ApiAnswer, ask_once
from globalban_bot.wiki.api_errors import LATER, STALE, ApiError, NoAnswerError, RefusedError, refusal_of
from globalban_bot.wiki.replies import ApiReply, check_error, continuation, error_code, read_reply
from globalban_bot.wiki.retry import RetryPolicy

#: Requests for the parts of one answer; the wiki with the requests has long histories. More parts are none.
_MOST_PARTS = 20
_MOST_PARTS_AT_HOME = 400
#: Lag of the databases that a read bears, in seconds; pywikibot has a setting for it from 11.8 on.
_MAXLAG = 30
#: Characters of an address; servers take some 8,000. A longer question is sent in the body of a request.
_LONGEST_ADDRESS = 6000
_FORMAT = {'format': 'json', 'formatversion': '2', 'errorformat': 'bc'}


class ApiClient:
    """Asks the wikis of a farm, and writes to one of them.

    :param site: that wiki, an ``APISite``; its account and its throttle are used for all
    :ivar home: server of that wiki, as ``https://meta.wikimedia.org``
    """

    def __init__(self, site: Any) -> None:
        self.site = site
        self.bot: str = site.username()
        self._home_api: str = site.base_url(site.apipath())
        self._token: str | None = None
        self._rights: frozenset[str] | None = None
        self.home = str(site.base_url('')).rstrip('/')
        self._retry = RetryPolicy(self.home, time.monotonic, pywikibot.sleep, pywikibot.config.retry_wait)

    def query(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        """Yield the answer of ``action=query``, part by part, as far as the caller takes it.

        :raises ApiError: the wiki answers with an error
        """
        further: Mapping[str, str] = {}
        for _ in range(_MOST_PARTS_AT_HOME if server == self.home else _MOST_PARTS):
            answer = self.action(server, 'query', **{'action': 'query', **parameters, **further})
            yield answer
            if 'continue' not in answer:
                return
            further = continuation(ApiAnswer(server, answer))
        raise ApiError(server, 'toomanyparts')

    def action(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        """Return the answer of an action that reads.

        :param holds: the key of the object without which the answer is not understood
        :raises ApiError: the wiki answers with an error
        """
        answer = self._get(server, parameters)
        ApiAnswer(server, answer).fields(holds)
        return answer

    def post(self, **parameters: str) -> Mapping[str, Any]:
        """Send a write, once, and return the answer.

        It is sent again only where the wiki says that it has done nothing: the session or the token was lost,
        or the databases lag (as often as pywikibot's ``max_retries`` says).

        :param parameters: without token, format and assertion
        :raises RefusedError: the wiki did not do it
        :raises NoAnswerError: whether it did cannot be told
        """
        if pywikibot.config.simulate:
            raise InternalError('a write was to be sent although nothing may be written (-simulate)')
        reply = self._post(parameters)
        if error_code(self.home, reply.answer) in STALE:
            self._log_in()
            reply = self._post(parameters)
        for _ in range(pywikibot.config.max_retries):
            if error_code(self.home, reply.answer) != 'maxlag':
                break
            self._retry.later(self.home, reply.retry_after, Refusal.LAGGED)
            reply = self._post(parameters)
        if 'warnings' in reply.answer:
            # Of the request, such as an unknown parameter. The write itself is judged by its answer.
            pywikibot.warning(f'{self.site} warns: {reply.answer["warnings"]}')
        check_error(self.home, reply.answer)
        return reply.answer

    def has_right(self, right: str) -> bool:
        """Tell whether the account has a right on its wiki. One request a client."""
        if self._rights is None:
            answer = ask_once(self, self.home, meta='userinfo', uiprop='rights')
            self._rights = frozenset(answer.texts('query', 'userinfo', 'rights'))
        return right in self._rights

    def _get(self, server: str, parameters: Mapping[str, str]) -> Mapping[str, Any]:
        """Return the answer of a read; one that failed is sent once more."""
        maxlag = str(getattr(pywikibot.config, 'read_maxlag', _MAXLAG))
        data = {**_FORMAT, 'maxlag': maxlag, **parameters}
        try:
            return self._try(server, data)
        except RefusedError as error:
            if not self._helps_again(server, error):
                raise
        return self._try(server, data)

    def _helps_again(self, server: str, error: RefusedError) -> bool:
        return error.code in LATER if isinstance(error, ApiError) else not self._retry.is_given_up(server)

    def _try(self, server: str, data: Mapping[str, str]) -> Mapping[str, Any]:
        """Send a read, and take down how the wiki bore it."""
        self._retry.wait(server)
        try:
            reply = self._sent(server, data)
            code = error_code(server, reply.answer)
        except RefusedError as error:
            self._retry.failed(server, error.retry_after)
            raise
        self._retry.answered(server)
        if code in LATER:
            self._retry.later(server, reply.retry_after, refusal_of(code or ''))
        if code is not None:
            raise ApiError(server, code)
        return reply.answer

    def _post(self, parameters: Mapping[str, str]) -> ApiReply:
        data = {
            **_FORMAT,
            **parameters,
            'token': self._csrf_token(),
            'assert': 'user',
            'assertuser': self.bot,
            'maxlag': str(pywikibot.config.write_maxlag),
        }
        self._retry.wait(self.home)
        try:
            return self._sent(self.home, data, write=True)
        except RefusedError as error:
            if error.retry_after is not None:
                self._retry.later(self.home, error.retry_after)
            raise

    def _csrf_token(self) -> str:
        """Return the token for writes; a session that was lost is taken up again once."""
        if self._token is None:
            try:
                self._token = self._read_token()
            except ApiError as error:
                if error.code not in STALE:
                    raise
                self._log_in()
                self._token = self._read_token()
        return self._token

    def _read_token(self) -> str:
        question = {'meta': 'tokens', 'type': 'csrf', 'assert': 'user', 'assertuser': self.bot}
        return ask_once(self, self.home, **question).text('query', 'tokens', 'csrftoken')

    def _log_in(self) -> None:
        """Log in again."""
        self._token = None
        try:
            # With what it remembers of the account, pywikibot would not ask whether the session still holds.
            with suppress(AttributeError):
                del self.site.userinfo
            self.site.login()
        except Exception as error:
            # Besides its own errors, pywikibot lets through whatever an odd answer makes of it.
            why = f'{type(error).__name__}: {error}'
            raise RefusedError(Refusal.NOT_LOGGED_IN, f'{self.home}: {why[:200]}') from error

    def _api(self, server: str) -> str:
        if server == self.home:
            return self._home_api
        if urlsplit(server).scheme != 'https':
            raise ApiError(server, 'noaddress')
        return f'{server}/w/api.php'

    def _sent(self, server: str, data: Mapping[str, str], *, write: bool = False) -> ApiReply:
        """Send a request and return the reply.

        pywikibot's handling of errors is left out: it prints the address, and with it the account's name. A
        redirect is not followed: what answers there is not the wiki that was asked.
        """
        address = self._api(server)
        in_body = write or len(urlencode(data)) > _LONGEST_ADDRESS
        self.site.throttle(write=write)
        response = http.fetch(
            address,
            'POST' if in_body else 'GET',
            headers={'user-agent': http.user_agent(self.site)},
            default_error_handling=False,
            allow_redirects=False,
            stream=True,
            **{'data' if in_body else 'params': data},
            **self._session(server),
        )
        if not isinstance(response, requests.Response):
            raise NoAnswerError(server, type(response).__name__)
        with response:
            return read_reply(server, response)

    def _session(self, server: str) -> Mapping[str, Any]:
        """Return how pywikibot's settings for the site change a request."""
        without_oauth = {'auth': None} if getattr(self.site, '_oauth_disabled', False) else {}
        at_home = {'verify': self.site.verify_SSL_certificate()} if server == self.home else {}
        return {**without_oauth, **at_home}
