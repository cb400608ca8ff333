"""Send one POST to a wiki's API, once.

pywikibot's own request repeats a POST whose answer was lost (``data/api/_requests.py``: after a time-out, or
HTTP 504), so that a message could be posted twice, and it waits out a read-only wiki. Here an answer is
taken as it is, and none is "no answer".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pywikibot
import requests
from pywikibot.comms import http

from globalban_bot.act.writer import RefusedError
from globalban_bot.errors import InternalError
from globalban_bot.model.refusal import Refusal

#: Errors that mean that nothing was done, and that a fresh session or token mends.
_STALE = {'badtoken', 'assertuserfailed', 'assertnameduserfailed'}


def post(site: Any, parameters: Mapping[str, str]) -> Mapping[str, Any]:
    """Send a write and return the answer, errors included.

    A session that was lost is taken up again once, and databases that lag are waited for, as often as
    pywikibot's ``max_retries`` says: the wiki has done nothing then.

    :param site: the wiki, an ``APISite`` that is logged in
    :param parameters: without token, format and assertion
    :raises RefusedError: there is no answer that can be read
    """
    answer = _post(site, parameters)
    if _code(answer) in _STALE:
        site.tokens.clear()
        site.login()
        answer = _post(site, parameters)
    for _ in range(pywikibot.config.max_retries):
        if _code(answer) != 'maxlag':
            break
        pywikibot.sleep(pywikibot.config.retry_wait)
        answer = _post(site, parameters)
    if 'warnings' in answer:
        # Of the request, such as an unknown parameter: the edit itself is judged by its answer.
        pywikibot.warning(f'{site} warns: {answer["warnings"]}')
    return answer


def _code(answer: Mapping[str, Any]) -> str | None:
    code: str | None = answer.get('error', {}).get('code')
    return code


def _token(site: Any) -> str:
    """Return the token for changes.

    Where a session ended, pywikibot logs in while it asks for the token, and then has none (``KeyError``, in
    ``site/_tokenwallet.py``); the next time it has one.

    :raises RefusedError: there is none
    """
    for _ in range(2):
        try:
            return str(site.tokens['csrf'])
        except KeyError:
            site.tokens.clear()
    raise RefusedError(Refusal.NOT_LOGGED_IN, 'the wiki gives no token for changes')


def _post(site: Any, parameters: Mapping[str, str]) -> Mapping[str, Any]:
    data = {
        **parameters,
        'token': _token(site),
        'assert': 'user',
        'assertuser': site.username(),
        'maxlag': str(pywikibot.config.write_maxlag),
        'format': 'json',
        'formatversion': '2',
        'errorformat': 'bc',
    }
    if pywikibot.config.simulate:
        raise InternalError('a write was to be sent although nothing may be written (-simulate)')
    site.throttle(write=True)
    try:
        response = http.request(site, uri=site.apipath(), method='POST', data=data)
        answer: Mapping[str, Any] = response.json()
    except (
        requests.exceptions.RequestException,
        ConnectionError,
        ValueError,
        pywikibot.exceptions.Error,
    ) as error:
        raise RefusedError(Refusal.NO_ANSWER, f'{type(error).__name__}: {error}') from error
    return answer
