"""What is not known."""

from __future__ import annotations

from globalban_bot.model.unknown import Gap


def test_retry() -> None:
    """It should have two gaps only that asking again may close: no answer, and a rename."""
    assert {gap for gap in Gap if gap.retry} == {Gap.NO_ANSWER, Gap.BEING_RENAMED}


def test_texts_of_files() -> None:
    """It should keep the texts by which recorded facts name gaps: files of earlier days hold them."""
    assert [gap.value for gap in Gap] == [
        'no answer',
        'count is zero',
        'not shown',
        'no registration',
        'deleted edits',
        'no log',
        'not named',
        'no moment',
        'not asked',
    ]
