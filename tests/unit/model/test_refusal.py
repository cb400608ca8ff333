"""Why a wiki did not take an edit."""

from __future__ import annotations

from globalban_bot.model.refusal import Refusal


def test_conflicts() -> None:
    """It should plan anew only where the page changed since it was planned."""
    conflicts = {one for one in Refusal if one.is_conflict}
    assert conflicts == {Refusal.DELETED, Refusal.CREATED, Refusal.CONFLICT}


def test_words_are_fit_for_the_log() -> None:
    """It should have for each its own words, without markup."""
    words = [one.value for one in Refusal]
    assert len({*words}) == len(words)
    assert all(word.replace(' ', '').isalpha() for word in words)
