"""What some fixtures give: functions that make parts of a page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from globalban_bot.wikitext.sections import Section
from globalban_bot.wikitext.surface import Surface

Surfaces = Callable[[str], Surface]
SectionsOf = Callable[[str], list[Section]]
When = Callable[[str], datetime]
