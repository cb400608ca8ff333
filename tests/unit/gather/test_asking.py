"""Errors of the API; how wikis are asked is tested against a real MediaWiki."""

from __future__ import annotations

import pytest

from globalban_bot.gather.asking import AnswerError, _code

#: Codes of errors, and whether asking again may help.
CODES: list[tuple[str, bool]] = [
    ('maxlag', True),
    ('ratelimited', True),
    ('readonly', True),
    ('internal_api_error_DBQueryTimeoutError', True),
    ('internal_api_error', True),
    ('toomanyparts', False),
    ('noaddress', False),
    ('badvalue', False),
    ('nosuchuser', False),
    ('None', False),
]


@pytest.mark.parametrize(('code', 'passes'), CODES)
def test_passes(code: str, passes: bool) -> None:
    """It should tell what passes by itself from what a wiki will say again."""
    error = AnswerError(code)
    assert error.passes is passes
    assert code in str(error)


@pytest.mark.parametrize(
    ('answer', 'code'),
    [
        ({}, None),
        ({'query': {}}, None),
        ({'error': {'code': 'maxlag', 'info': 'Waiting.'}}, 'maxlag'),
        ({'error': {}}, 'None'),
        ({'error': 'maxlag'}, None),
        ({'error': None}, None),
    ],
)
def test_code(answer: dict[str, object], code: str | None) -> None:
    """It should find the code of an error, and none in what has not the form of one."""
    assert _code(answer) == code
