"""Whether a nomination tells only a part, and whether a later run may learn more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from globalban_bot.model.nomination import (
    BlockFinding,
    Clock,
    Finding,
    Nomination,
    Reply,
    SubjectFinding,
    Verdict,
)
from globalban_bot.model.policy import Party, Shape
from globalban_bot.model.unknown import Gap, Unknown
from tests.unit.made_accounts import NOW, rule

MET = Finding(rule(Shape.ACCOUNT), Verdict.MET)
BLOCKS = BlockFinding(Finding(rule(Shape.BLOCKED, of=Party.SUBJECT), Verdict.MET))
SUBJECT = SubjectFinding(BLOCKS, Reply.FREE)
PLAIN = Nomination((MET,), (SUBJECT,), Clock(), (), (), None, NOW)


def open_by(gap: Gap) -> Finding:
    return Finding(MET.rule, Verdict.UNDETERMINED, gap=gap)


def with_gaps(gap: Gap) -> dict[str, Nomination]:
    """Return nominations with a gap, by the place where it is."""
    unknown = replace(BLOCKS, unknown=(('enwiki', Gap.NO_LOG), ('dewiki', gap)))
    blocks = replace(BLOCKS, finding=open_by(gap))
    return {
        'nominator': replace(PLAIN, nominator=(MET, open_by(gap))),
        'wiki': replace(PLAIN, subjects=(SUBJECT, replace(SUBJECT, blocks=unknown))),
        'subject': replace(PLAIN, subjects=(replace(SUBJECT, blocks=blocks), SUBJECT)),
        'reply': replace(PLAIN, subjects=(replace(SUBJECT, reply=Unknown(gap)),)),
    }


@pytest.mark.parametrize('place', with_gaps(Gap.NO_LOG))
@pytest.mark.parametrize('gap', Gap)
def test_retry(gap: Gap, place: str) -> None:
    """It should say wherever a gap is whether asking again may close it."""
    assert with_gaps(gap)[place].retry is gap.retry


@pytest.mark.parametrize('place', with_gaps(Gap.NO_LOG))
@pytest.mark.parametrize('gap', Gap)
def test_partly(gap: Gap, place: str) -> None:
    """It should say wherever a gap is whether something could not be looked up."""
    assert with_gaps(gap)[place].partly is gap.is_missing


@pytest.mark.parametrize('found', [PLAIN, replace(PLAIN, nominator=(), subjects=())])
def test_nothing_unknown(found: Nomination) -> None:
    """It should not ask again, nor tell a part alone, where all is known."""
    assert (found.retry, found.partly) == (False, False)
