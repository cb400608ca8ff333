"""Ask the API of any wiki of a farm a question, by one plain request.

pywikibot's own requests begin, on a wiki first met, with questions of their own (who am I, what are the
parameters), and try a wiki that is down for minutes. Here a question is a request, sent through pywikibot's
session with its user agent, its throttle and its patience for lag, and a silent wiki is left alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import pywikibot
import requests
from pywikibot.comms import http

from globalban_bot.errors import WikiError

#: After so many failures in a row a wiki is not asked again: it must not hold up a run.
_MOST_FAILURES = 2
#: Without the wiki of the requests nothing is known: it is given more chances.
_MOST_FAILURES_AT_HOME = 5
#: Requests for the parts of one answer; more parts than these are no answer.
_MOST_PARTS = 20
#: Errors that ask to come back later. It is done once.
_LATER = {'maxlag', 'ratelimited'}
#: Errors that pass by themselves.
_PASSING = {*_LATER, 'readonly'}
#: How long to wait then, in seconds, at most.
_LONGEST_WAIT = 10
#: Lag of the databases that a question bears, in seconds; before pywikibot 11.8 there is no setting for it.
_MAXLAG = 30


class AnswerError(WikiError):
    """A wiki answered with an error.

    :param code: the error's code
    """

    def __init__(self, code: str) -> None:
        super().__init__(f'the wiki answered with the error {code}')
        self.code = code

    @property
    def passes(self) -> bool:
        """Whether asking again may help."""
        return self.code in _PASSING or self.code.startswith('internal_api_error')


class Wikis:
    """Asks the wikis of a farm.

    :param site: the wiki with the requests, an ``APISite``; its account and its throttle are used for all
    """

    def __init__(self, site: Any) -> None:
        self._site = site
        self._failures: Counter[str] = Counter()
        self.home = str(site.base_url('')).rstrip('/')
        self._home_api = site.base_url(site.apipath())

    def parts(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        """Yield the answer of ``action=query``, part by part, as far as the caller takes it.

        :param server: address of the wiki, as ``https://en.wikipedia.org``
        :raises WikiError: there is no answer, or an error
        """
        further: Mapping[str, str] = {}
        for _ in range(_MOST_PARTS):
            answer = self._ask(server, {**parameters, **further}, 'query')
            yield answer
            if 'continue' not in answer:
                return
            further = answer['continue']
        raise AnswerError('toomanyparts')

    def answer(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        """Return the answer of another action, which stands in ``action``.

        :param server: address of the wiki, as ``https://en.wikipedia.org``
        :param holds: the part without which it is no answer
        :raises WikiError: there is no answer, or an error
        """
        return self._ask(server, parameters, holds)

    def _ask(self, server: str, parameters: Mapping[str, str], holds: str) -> Mapping[str, Any]:
        answer = self._get(server, parameters)
        if _code(answer) in _LATER:
            pywikibot.sleep(min(pywikibot.config.retry_wait, _LONGEST_WAIT))
            answer = self._get(server, parameters)
        code = _code(answer)
        if code is not None:
            raise AnswerError(code)
        if not isinstance(answer.get(holds), dict):
            raise WikiError('the answer is none to a question')
        return answer

    def _get(self, server: str, parameters: Mapping[str, str]) -> dict[str, Any]:
        if self._failures[server] >= (_MOST_FAILURES_AT_HOME if server == self.home else _MOST_FAILURES):
            raise WikiError('the wiki did not answer before')
        self._failures[server] += 1
        answer = self._sent(self._api(server), parameters)
        del self._failures[server]
        return answer

    def _api(self, server: str) -> str:
        if server == self.home:
            return str(self._home_api)
        if urlsplit(server).scheme != 'https':
            raise AnswerError('noaddress')
        return f'{server}/w/api.php'

    def _sent(self, address: str, parameters: Mapping[str, str]) -> dict[str, Any]:
        """Send a question and return the answer.

        pywikibot's handling of errors is left out: it prints the address, and with it the account's name.
        """
        query = {
            'action': 'query',
            'format': 'json',
            'formatversion': '2',
            'errorformat': 'bc',
            'maxlag': str(getattr(pywikibot.config, 'read_maxlag', _MAXLAG)),
            **parameters,
        }
        self._site.throttle()
        agent = {'user-agent': http.user_agent(self._site)}
        try:
            found = http.fetch(address, params=query, headers=agent, default_error_handling=False)
            if not isinstance(found, requests.Response):
                raise WikiError(type(found).__name__)
            if not found.ok:
                raise WikiError(f'HTTP {found.status_code}')
            answer = found.json()
        except (requests.exceptions.RequestException, ValueError, pywikibot.exceptions.Error) as error:
            raise WikiError(type(error).__name__) from error
        if not isinstance(answer, dict):
            raise WikiError('the answer is none of the API')
        return answer


def _code(answer: Mapping[str, Any]) -> str | None:
    error = answer.get('error')
    return str(error.get('code')) if isinstance(error, dict) else None
