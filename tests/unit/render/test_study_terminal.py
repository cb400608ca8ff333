"""Figures for the terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.study import Topic
from globalban_bot.render.study_terminal import render_study_table
from globalban_bot.render.terminal import WIDTH
from tests.unit.render.studies import ALL, MERGED, WITHHELD, figure, passed, study

EN = Messages()


def words(text: str) -> str:
    """Return text without the line breaks of the table."""
    return ' '.join(text.split())


@pytest.mark.parametrize('title', ['[red]x[/red]', '[/]', '\x1b[31mred', ':smile:', '[link=file:///x]y'])
def test_hostile_title(title: str) -> None:
    """It should show the hostile title of a proposal literally, without control characters."""
    text = render_study_table(study(passed(title, title), figure(Topic.MISSING, (title, 3))), EN)
    assert title.replace('\x1b', '') in text
    assert '\x1b' not in text


def test_shown() -> None:
    """It should have topic, period, numbers, shares, sources and limits, no wider than the terminal."""
    text = render_study_table(ALL, EN)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert 'opened since 10 January 2018, of 34 requests that failed' in text
    assert '- Other rules: By some.' in text
    assert 'What these figures cannot say:' in text
    assert 'All of them together were open for 321 hours.' in text


def test_merged() -> None:
    """It should name what was merged, and give no percentages below twenty requests."""
    text = words(render_study_table(study(MERGED), EN))
    assert 'more than one of them or not determined (each fewer than 3)' in text
    assert '%' not in text


def test_what_must_be_known_first() -> None:
    """It should say first that all is invented, where it is, and below the title what it is to meet all."""
    told = 'All requests and people in these figures are invented'
    text = words(render_study_table(replace(ALL, invented=True), EN))
    assert told in text.partition('HOW REQUESTS WERE CLOSED')[0]
    warning = 'A request that meets everything a bot can check is not necessarily right.'
    assert f'ALL THAT A BOT CAN CHECK {warning}' in text
    assert told not in render_study_table(ALL, EN)


def test_withheld() -> None:
    """It should say of too few requests that they are too few."""
    text = render_study_table(study(WITHHELD), EN)
    assert 'opened before 10 January 2018, fewer than 3 requests: not told.' in text
    assert 'Requests  ' not in text
