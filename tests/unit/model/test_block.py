"""Blocks of an account."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.unit.made_accounts import block, day, wiki_blocks

A_SECOND = timedelta(seconds=1)
END = day('2027-05-01')


@pytest.mark.parametrize(
    ('moment', 'stands'), [(END - A_SECOND, True), (END, False), (END + A_SECOND, False)]
)
def test_stands(moment: datetime, stands: bool) -> None:
    """It should stand until its end, and not at it."""
    assert block(expiry=END).stands(moment) is stands
    assert block().stands(moment)


def test_link() -> None:
    """It should link a line of the log by its number, on the server of its wiki."""
    assert wiki_blocks('enwiki').link(77) == 'https://enwiki.example/wiki/Special:Redirect/logid/77'
