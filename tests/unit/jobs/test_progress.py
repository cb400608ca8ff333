"""Showing how far a long work is."""

from __future__ import annotations

import logging
import sys

import pytest

from globalban_bot.jobs.progress import progress


def test_without_a_terminal(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """It should log a line now and then where there is no terminal."""
    monkeypatch.setattr(sys.stderr, 'isatty', lambda: False)
    with caplog.at_level(logging.INFO):
        assert [*progress(range(60), 'reading')] == [*range(60)]
    assert caplog.messages == ['reading: 25 of 60', 'reading: 50 of 60']


def test_short_work(caplog: pytest.LogCaptureFixture) -> None:
    """It should not talk about a short work."""
    with caplog.at_level(logging.INFO):
        assert [*progress('abc', 'reading')] == [*'abc']
    assert caplog.messages == []


def test_in_a_terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """It should show a bar in a terminal, on standard error."""
    monkeypatch.setattr(sys.stderr, 'isatty', lambda: True)
    assert [*progress(range(60), 'reading')] == [*range(60)]
    assert capsys.readouterr().out == ''
