"""Notices on wikis of the farm, for looking at: one from left to right, one from right to left."""

from __future__ import annotations

from tests.farm.farm import Farm
from tests.farm.onwiki import edit
from tests.unit.render.notices import notice, target

PUMP = 'Project:Pump'
BODY = '.mw-parser-output'
#: By direction, the wiki on which the notice stands.
WIKIS = {'ltr': 'enwiki', 'rtl': 'arwiki'}


def give_notices(farm: Farm) -> None:
    """Save a page with a notice on each of the wikis."""
    for dbname in WIKIS.values():
        place = target(dbname, farm.wikis[dbname].language, PUMP)
        found = notice(place)
        edit(farm, PUMP, f'== {found.heading} ==\n\n{found.body}\n', dbname=dbname)


def notice_address(farm: Farm, direction: str) -> str:
    """Return the address of a page with a notice, in the skin of Wikipedia."""
    return f'{farm.browser_url(WIKIS[direction], PUMP)}?useskin=vector-2022'
