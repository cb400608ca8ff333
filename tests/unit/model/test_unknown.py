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
        'not readable',
        'too much',
    ]


def test_missing() -> None:
    """It should tell what could not be looked up from what was, and does not decide it."""
    assert {gap for gap in Gap if not gap.is_missing} == {
        Gap.NO_REGISTRATION,
        Gap.DELETED_EDITS,
        Gap.NO_LOG,
        Gap.NOT_NAMED,
        Gap.NO_MOMENT,
    }


def test_asked_again_is_missing() -> None:
    """It should miss whatever asking again may bring."""
    assert all(gap.is_missing for gap in Gap if gap.retry)
