"""Draw the rooms of the package, and which of them import which.

    python -m tools.draw_rooms            # writes docs/images/rooms.svg
    python -m tools.draw_rooms --check    # tells whether the drawing still shows the code

The arrows are the imports that the code has. The rooms of values and of data are imported nearly everywhere:
they stand at the bottom, without arrows. An arrow that leads upwards is red; the law of imports allows none.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from tools.import_law import VALUES, imported_rooms

ROOT = Path(__file__).parent.parent
DRAWING = ROOT / 'docs' / 'images' / 'rooms.svg'
#: The rooms from top to bottom, each with what it does. Data flows through the fourth row from left to right.
ROWS: tuple[tuple[tuple[str, str], ...], ...] = (
    (('scripts', 'names for pwb'), ('__main__', 'python -m')),
    (('cli', 'commands, options'),),
    (('jobs', 'status, talk, notices …'),),
    (
        ('gather', 'read a wiki'),
        ('wikitext', 'text to values'),
        ('decide', 'values to verdicts'),
        ('pages', "the bot's own pages"),
        ('act', 'write'),
    ),
    (
        ('wiki', 'the API'),
        ('policy', 'dated rules'),
        ('render', 'texts, reports'),
        ('sample', 'for the demo'),
    ),
    (
        ('profiles', 'wiki farms'),
        ('i18n', 'messages'),
        ('strict_json', ''),
        ('whole_file', ''),
        ('model', 'values'),
        ('errors', ''),
    ),
)
_NOT_DRAWN = {'__init__'}
#: Rooms whose imports have no arrow: nearly everybody has them.
_EVERYWHERE = VALUES | {'strict_json', 'whole_file'}
_WIDTH, _MARGIN, _GAP, _HEIGHT, _STEP = 960, 20, 14, 50, 112
_STYLE = """
  text { font: 15px sans-serif; text-anchor: middle; fill: #202122; }
  .what { font-size: 12px; fill: #54595d; }
  rect { fill: #f8f9fa; stroke: #72777d; }
  path { fill: none; stroke: #36c; stroke-width: 1.5; }
  .up { stroke: #b32424; stroke-width: 3; }
  @media (prefers-color-scheme: dark) {
    text { fill: #eaecf0; }
    .what { fill: #a2a9b1; }
    rect { fill: #27292d; }
    path { stroke: #88a3e8; }
    .up { stroke: #fd7865; }
  }
"""


@dataclass(frozen=True)
class Box:
    """A room in the drawing; lengths are in pixels.

    :param row: 0 is the uppermost
    """

    room: str
    what: str
    row: int
    left: float
    width: float

    @property
    def top(self) -> float:
        """Where it begins."""
        return _MARGIN + self.row * _STEP

    @property
    def middle(self) -> float:
        """Half of its way from left to right."""
        return self.left + self.width / 2

    def svg(self) -> str:
        """Return the box with its words."""
        name_at = self.top + (21 if self.what else 31)
        what = f'<text class="what" x="{self.middle:g}" y="{self.top + 39:g}">{escape(self.what)}</text>'
        return (
            f'<rect x="{self.left:g}" y="{self.top:g}" width="{self.width:g}" height="{_HEIGHT}" rx="4"/>'
            f'<text x="{self.middle:g}" y="{name_at:g}">{escape(self.room)}</text>{what if self.what else ""}'
        )


def boxes() -> dict[str, Box]:
    """Return the boxes of all rooms that have a place, by room."""
    return {box.room: box for row, rooms in enumerate(ROWS) for box in _row(row, rooms)}


def _row(row: int, rooms: tuple[tuple[str, str], ...]) -> Iterator[Box]:
    width = min(190, (_WIDTH - 2 * _MARGIN - _GAP * (len(rooms) - 1)) / len(rooms))
    space = (_WIDTH - 2 * _MARGIN - width * len(rooms)) / (len(rooms) + 1)
    for place, (room, what) in enumerate(rooms):
        yield Box(room, what, row, _MARGIN + space + place * (width + space), width)


def arrows(rooms: dict[str, set[str]]) -> list[tuple[str, str]]:
    """Return which room imports which, as far as it is drawn, sorted."""
    return sorted(
        (room, other)
        for room, others in rooms.items()
        for other in others
        if room not in _EVERYWHERE and other not in _EVERYWHERE
    )


def leads_up(start: Box, end: Box) -> bool:
    """Tell whether an arrow leads against the flow."""
    return end.row < start.row


def drawing(rooms: dict[str, set[str]]) -> str:
    """Return the drawing.

    :param rooms: the rooms of a checkout, each with those that it imports
    :raises ValueError: a room has no place in ``ROWS``
    """
    rooms = {room: others for room, others in rooms.items() if room not in _NOT_DRAWN}
    placed = boxes()
    homeless = sorted(rooms.keys() - placed.keys())
    if homeless:
        raise ValueError(f'give a place in ROWS of {Path(__file__).name} to: {", ".join(homeless)}')
    drawn = [box for room, box in placed.items() if room in rooms]
    height = _MARGIN * 2 + _STEP * (len(ROWS) - 1) + _HEIGHT
    told = '; '.join(f'{room} imports {other}' for room, other in arrows(rooms))
    return '\n'.join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img">',
            '<title>The rooms of globalban_bot, and which imports which</title>',
            f'<desc>{escape(told)}. The last row holds values and data, which most rooms import.</desc>',
            f'<style>{_STYLE}</style>',
            '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6" '
            'orient="auto"><path d="M0,0 L8,4 L0,8"/></marker></defs>',
            *(_arrow(placed[room], placed[other]) for room, other in arrows(rooms)),
            *(box.svg() for box in drawn),
            '</svg>',
            '',
        ]
    )


def _arrow(start: Box, end: Box) -> str:
    if start.row == end.row:
        first, last = sorted((start, end), key=lambda box: box.left)
        edges = (first.left + first.width, last.left)
        begin, stop = edges if first is start else reversed(edges)
        level = start.top + _HEIGHT / 2
        way = f'M{begin:g},{level:g} L{stop:g},{level:g}'
    else:
        down = end.row > start.row
        begin, stop = start.top + (_HEIGHT if down else 0), end.top + (0 if down else _HEIGHT)
        half = (begin + stop) / 2
        bend = f'C{start.middle:g},{half:g} {end.middle:g},{half:g}'
        way = f'M{start.middle:g},{begin:g} {bend} {end.middle:g},{stop:g}'
    kind = ' class="up"' if leads_up(start, end) else ''
    return f'<path{kind} d="{way}" marker-end="url(#head)"/>'


def main(arguments: list[str]) -> int:
    """Write the drawing, or compare it; the exit code tells whether it is as it should be."""
    svg = drawing(imported_rooms(ROOT))
    if '--check' not in arguments:
        DRAWING.write_text(svg, 'utf-8')
        print(f'written: {DRAWING.relative_to(ROOT)}')
        return 0
    if DRAWING.is_file() and DRAWING.read_text('utf-8') == svg:
        print('the drawing of the rooms shows the code')
        return 0
    print(
        'docs/images/rooms.svg shows other rooms than the code: run python -m tools.draw_rooms',
        file=sys.stderr,
    )
    return 1


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
