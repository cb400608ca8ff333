"""Requests that somebody asks for."""

from __future__ import annotations

import pytest

from globalban_bot.errors import UserError
from globalban_bot.jobs.select_requests import find_requests
from globalban_bot.model.candidate import RequestRef

A, B, C = RequestRef('R/A', 1), RequestRef('R/B b', 2), RequestRef('R/C', 3, 'left alone, by the settings')
#: What is asked for, and what is found.
ASKED: list[tuple[set[str], list[RequestRef]]] = [
    ({'1'}, [A]),
    ({'R/A'}, [A]),
    ({'R/B_b'}, [B]),
    ({'2', '1'}, [A, B]),
    ({'1', 'R/A'}, [A]),
]


@pytest.mark.parametrize(('names', 'found'), ASKED)
def test_found(names: set[str], found: list[RequestRef]) -> None:
    """It should find requests by page id or title, with blanks or underscores, each once."""
    assert find_requests([A, B, C], names) == found


#: What is asked for in vain, and what is said.
IN_VAIN = [
    ({'9'}, '-request: there is no request 9 (page id, or full title)'),
    ({'1', 'R/Z', '9'}, '-request: there is no request 9, R/Z (page id, or full title)'),
    ({'3'}, '-request: 3 is no request here: left alone, by the settings'),
    ({'R/C', '1'}, '-request: R/C is no request here: left alone, by the settings'),
]


@pytest.mark.parametrize(('names', 'said'), IN_VAIN)
def test_in_vain(names: set[str], said: str) -> None:
    """It should say which of them is no request, and why it was left out."""
    with pytest.raises(UserError) as error:
        find_requests([A, B, C], names)
    assert str(error.value) == said
