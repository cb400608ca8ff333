"""The sample against its gold, which was counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import pytest
import yaml

from globalban_bot.gather.export import ExportSource
from globalban_bot.jobs.page_reading import read_page
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import load_profile
from globalban_bot.sample import DISCUSSIONS, EXPORT, TODAY
from globalban_bot.wikitext.page import reader_for
from tests.requests_of import requests_of

GOLD = yaml.safe_load((Path(__file__).parents[2] / 'cases' / 'sample.yaml').read_text('utf-8'))
PROFILE = replace(load_profile('meta'), extra=DISCUSSIONS)


def read() -> dict[str, Tally]:
    reader = reader_for(PROFILE)
    with as_file(EXPORT) as path:
        return {
            page.title: read_page(page, reader, TODAY) for page in requests_of(ExportSource(path, PROFILE))
        }


FOUND = read()


def minute(time: datetime | str | None) -> str | None:
    return None if time is None else str(time).replace('T', ' ')[:16]


@pytest.mark.parametrize(('title', 'gold'), GOLD['pages'].items(), ids=GOLD['pages'])
def test_sample(title: str, gold: dict[str, Any]) -> None:
    """It should read each page of the sample as the person who made its gold."""
    found = FOUND[title]
    request = found.request
    assert [vars(proposal.count) for proposal in found.proposals] == [
        {side: proposal[side] for side in ('support', 'oppose', 'neutral')} for proposal in gold['proposals']
    ]
    assert minute(request.opened) == minute(gold['opened'])
    assert minute(request.closed) == minute(gold['closed'])
    assert list(request.subjects) == gold['subjects']
    assert request.nominator == gold['nominator']


def test_sample_is_whole() -> None:
    """It should find just the pages of the gold."""
    assert set(FOUND) == set(GOLD['pages'])


def test_history_names_authors() -> None:
    """It should learn from the history whose unsigned vote it is."""
    authors = {
        v.entry.author
        for t in FOUND.values()
        for p in t.proposals
        for v in p.votes
        if v.state.value == 'unsigned'
    }
    assert 'Birchwater' in authors
