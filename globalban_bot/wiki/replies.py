"""Read a reply of HTTP as an answer of the API, or say why it is none.

An answer of the API is a JSON object of bounded size, sent with status 200. Everything else is no answer: a
page in HTML, a redirect, a proxy's error, JSON that is cut off, a key that stands twice.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import requests

from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.answers import ApiAnswer
from globalban_bot.wiki.api_errors import NoAnswerError, RefusedError, refusal_of
from globalban_bot.wiki.retry import parse_retry_after

#: Bytes of an answer. MediaWiki ends one at 8 MB of values (``$wgAPIMaxResultSize``); JSON may escape them.
LARGEST = 32_000_000
#: Seconds in which an answer has to arrive. The time-out of a socket alone does not end one that drips.
LONGEST = 120
#: Digits of a number. MediaWiki's numbers have 64 bits.
_MOST_DIGITS = 20
_CHUNK = 65_536
_OK = 200
_TOO_MANY_REQUESTS = 429


@dataclass(frozen=True)
class ApiReply:
    """An answer of the API.

    :param retry_after: how many seconds the wiki wants to be left alone; None where it does not say
    """

    answer: Mapping[str, Any]
    retry_after: float | None = None


def read_reply(server: str, response: requests.Response) -> ApiReply:
    """Return the answer that a response holds.

    :param response: not read yet (``stream=True``), or read
    :raises RefusedError: there were too many requests; this one was not looked at
    """
    retry_after = parse_retry_after(response.headers.get('Retry-After'))
    try:
        _check_head(server, response)
        return ApiReply(_parsed(_body(response)), retry_after)
    except RefusedError as error:
        error.retry_after = retry_after
        raise
    except (requests.exceptions.RequestException, OSError, ValueError, RecursionError) as error:
        why = str(error) if type(error) is ValueError else type(error).__name__
        raise NoAnswerError(server, f'the answer cannot be read ({why[:100]})', retry_after) from error


def continuation(answer: ApiAnswer) -> dict[str, str]:
    """Return where an answer goes on; MediaWiki writes some of these as numbers."""
    return {
        name: str(step.value) if isinstance(step.value, int) else step.text()
        for name, step in answer.fields('continue').items()
    }


def error_code(server: str, answer: Mapping[str, Any]) -> str | None:
    """Return the code of the error that an answer holds; None where it holds none."""
    if 'error' not in answer and 'errors' not in answer:
        return None
    error = answer.get('error')
    code = error.get('code') if isinstance(error, dict) else None
    if not isinstance(code, str) or not code:
        raise NoAnswerError(server, 'an error without a code')
    return code


def check_error(server: str, answer: Mapping[str, Any]) -> None:
    """Let the answer of a write pass that is no error.

    :raises RefusedError: it is one
    """
    code = error_code(server, answer)
    if code is not None:
        raise RefusedError(refusal_of(code), str(answer['error'].get('info', '')))


def check_edit(server: str, answer: Mapping[str, Any], base: int | None = None) -> int:
    """Let an answer pass that says the edit was made, or that nothing had to be changed.

    :param answer: of ``action=edit``, ``formatversion=2``
    :param base: the revision that the edit had to follow, 0 for a new page; None where any will do
    :return: id of the new revision; 0 where nothing was changed
    :raises RefusedError: the edit was not made, or it followed another revision
    """
    edit = ApiAnswer(server, answer).at('edit')
    if edit.text('result') != 'Success':
        raise RefusedError(
            _of_failure(edit.value), str({key: edit.value[key] for key in edit.value if key != 'captcha'})
        )
    if edit.value.get('nochange'):
        return 0
    old, new = edit.number('oldrevid'), edit.number('newrevid')
    if base is not None and old != base:
        raise RefusedError(Refusal.OVERWROTE, str(new))
    return new


def _of_failure(edit: Mapping[str, Any]) -> Refusal:
    """Read the older way in which extensions refuse: ``{"result": "Failure", "code": …}``."""
    if 'captcha' in edit:
        return Refusal.CAPTCHA
    if 'spamblacklist' in edit:
        return Refusal.SPAM_LIST
    return refusal_of(str(edit.get('code')))


def _check_head(server: str, response: requests.Response) -> None:
    if response.status_code == _TOO_MANY_REQUESTS:
        raise RefusedError(Refusal.RATE_LIMITED, f'{server}: HTTP 429')
    if response.status_code != _OK:
        raise NoAnswerError(server, f'HTTP {response.status_code}')
    kind = response.headers.get('Content-Type', '').partition(';')[0].strip().lower()
    if kind != 'application/json':
        raise NoAnswerError(server, f'the answer is no JSON but {kind[:50] or "of no kind"}')


def _body(response: requests.Response) -> bytes:
    """Return the body, as far as it has a length that can be kept.

    :raises ValueError: it is too long, or it takes too long
    """
    body = bytearray()
    until = time.monotonic() + LONGEST
    for chunk in response.iter_content(_CHUNK):
        body += chunk
        if len(body) > LARGEST:
            raise ValueError(f'more than {LARGEST} bytes')
        if time.monotonic() > until:
            raise ValueError(f'not whole after {LONGEST} seconds')
    return bytes(body)


def _parsed(body: bytes) -> Mapping[str, Any]:
    answer = json.loads(
        body.decode('utf-8'), object_pairs_hook=_once, parse_constant=_refuse, parse_int=_number
    )
    if not isinstance(answer, dict):
        raise ValueError('no object')
    if b'\\ud' in body.lower():
        # Half a character: it could be neither printed nor sent anywhere.
        json.dumps(answer, ensure_ascii=False).encode()
    return answer


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError('a key stands twice')
    return fields


def _refuse(name: str) -> NoReturn:
    raise ValueError(f'{name} is no number')


def _number(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError('a number is too long')
    return int(digits)
