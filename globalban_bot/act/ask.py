"""Ask a wiki's API one question by a plain GET, afresh each time.

pywikibot's own request holds a run for minutes where a wiki is down, and asks a wiki first met about itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pywikibot
import requests
from pywikibot.comms import http

from globalban_bot.act.refusals import check_answer
from globalban_bot.act.writer import RefusedError
from globalban_bot.model.refusal import Refusal

#: A question may be asked again, other than a write.
_TRIES = 2


def ask(site: Any, **parameters: str) -> Mapping[str, Any]:
    """Return the answer to ``action=query``.

    :param site: the wiki, an ``APISite``
    :raises RefusedError: there is no answer, or an error
    """
    for at in range(_TRIES):
        try:
            answer = _get(site, parameters)
            break
        except (
            requests.exceptions.RequestException,
            ConnectionError,
            ValueError,
            pywikibot.exceptions.Error,
        ) as error:
            if at == _TRIES - 1:
                raise RefusedError(Refusal.NO_ANSWER, f'{type(error).__name__}: {error}') from error
            pywikibot.sleep(min(pywikibot.config.retry_wait, 10))
    if 'error' in answer:
        check_answer(answer, None)
    return answer


def _get(site: Any, parameters: Mapping[str, str]) -> Mapping[str, Any]:
    query = {
        'action': 'query',
        'format': 'json',
        'formatversion': '2',
        'errorformat': 'bc',
        **parameters,
    }
    response = http.request(site, uri=site.apipath(), params=query)
    answer: Mapping[str, Any] = response.json()
    if not isinstance(answer, dict):
        raise ValueError('the answer is no object')
    return answer
