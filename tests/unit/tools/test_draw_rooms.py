"""The drawing of the rooms."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tools.draw_rooms import DRAWING, arrows, boxes, drawing, leads_up
from tools.import_law import imported_rooms

CHECKOUT = Path(__file__).parents[3]


def test_the_drawing_shows_the_code() -> None:
    """It should be drawn anew when the rooms or their imports change."""
    assert DRAWING.read_text('utf-8') == drawing(imported_rooms(CHECKOUT)), 'run python -m tools.draw_rooms'


def test_no_arrow_leads_against_the_flow() -> None:
    """It should show no room that imports one above it."""
    placed = boxes()
    shown = arrows(imported_rooms(CHECKOUT))
    assert len(shown) > 10
    assert [(room, other) for room, other in shown if leads_up(placed[room], placed[other])] == []


def test_an_arrow_against_the_flow_is_marked() -> None:
    """It should mark the import of a room above."""
    assert 'class="up"' not in drawing({'jobs': {'act'}, 'act': set()})
    assert 'class="up"' in drawing({'jobs': set(), 'act': {'jobs'}})


def test_a_room_without_a_place_is_named() -> None:
    """It should say which room has no place in the drawing."""
    with pytest.raises(ValueError, match='attic'):
        drawing({'attic': set()})


def test_it_is_read_aloud() -> None:
    """It should be well-formed, and tell in words what the arrows show."""
    root = ElementTree.fromstring(drawing({'cli': {'jobs'}, 'jobs': {'act'}, 'act': set()}))
    texts = [text for element in root for text in element.itertext()]
    assert (
        'cli imports jobs; jobs imports act. The last row holds values and data, which most rooms import.'
        in texts
    )
