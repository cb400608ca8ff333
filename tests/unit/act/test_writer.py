"""Edits that a wiki did not take."""

from __future__ import annotations

import pytest

from globalban_bot.errors import WikiError
from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.api_errors import RefusedError


@pytest.mark.parametrize('refusal', Refusal)
def test_what_is_said(refusal: Refusal) -> None:
    """It should say why, and what the wiki said where it said anything, as a wiki's error."""
    assert str(RefusedError(refusal)) == refusal.value
    assert str(RefusedError(refusal, 'Words.')) == f'{refusal.value}: Words.'
    assert RefusedError(refusal).exit_code == WikiError.exit_code
