"""Takes the pictures in docs/images: what the bot shows, on MediaWiki 1.43 and in the demo.

python -m tests.farm.pictures
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser

from globalban_bot.jobs.demo import run_demo
from globalban_bot.sample import TODAY
from tests.farm.accounts import OPERATOR
from tests.farm.at_work import done
from tests.farm.browser import View, opened, started_browser
from tests.farm.child import run_child
from tests.farm.farm import Farm
from tests.farm.folders import CHECKOUT
from tests.farm.given_notices import BODY, WIKIS, give_notices, notice_address
from tests.farm.onwiki import edit, pages
from tests.farm.release import Release
from tests.farm.stage import LOOKS, NEIGHBOURS, SHOWN, WIKI, Look, address, set_stage
from tests.farm.talk_stage import META, TALK, plan_notices, set_talk_stage

IMAGES = CHECKOUT / 'docs' / 'images'
#: Of each page on the wiki, the looks that tell most.
WANTED = {
    'board': ('light', 'dark', 'narrow', 'rtl'),
    'closed box': ('light', 'dark', 'narrow', 'rtl'),
    'table': ('light', 'narrow'),
    'log': ('light', 'narrow'),
}
#: The picture of the README: a box alone, fine enough for any screen.
BOX = Look(View(width=1120, scale=2))


def take_all(farm: Farm, browser: Browser, folder: Path) -> Iterator[Path]:
    """Take all pictures and yield their files.

    :param folder: an empty one, for what is made on the way
    """
    demo = folder / 'demo'
    run_demo(demo)
    stage = set_stage(farm, folder, demo)
    for title in NEIGHBOURS:
        edit(farm, title, 'For people.')
    for place, looks in WANTED.items():
        for look in looks:
            url = address(farm, stage[place][0], LOOKS[look])
            yield take(browser, url, LOOKS[look].view, f'{place.replace(" ", "-")}-{look}')
    title, selector = stage['open box']
    yield take(browser, address(farm, title, BOX), BOX.view, 'box', selector)
    with farm.switch(WIKI, wgLanguageCode='ar'):
        yield take(browser, address(farm, SHOWN, LOOKS['light']), LOOKS['light'].view, 'box-in-rtl-page')
    yield from take_demo(browser, demo)
    yield from take_figures(browser, demo)
    yield from take_notices(farm, browser)
    yield from take_controls(farm, browser, folder / 'controls')


def take_demo(browser: Browser, demo: Path) -> Iterator[Path]:
    """Take pictures of the demo's HTML page."""
    for look in ('light', 'dark', 'narrow'):
        view = replace(LOOKS[look].view, height=1000)
        yield take(browser, (demo / 'index.html').as_uri(), view, f'demo-{look}')


def take_figures(browser: Browser, demo: Path) -> Iterator[Path]:
    """Take pictures of the part of the page of figures that compares the policy with proposals, whole."""
    for look, name in (('light', 'whatif'), ('dark', 'whatif-dark')):
        url, part = (demo / 'whatif.html').as_uri(), 'section[aria-labelledby="passed"]'
        yield take(browser, url, LOOKS[look].view, name, part)


def take_notices(farm: Farm, browser: Browser) -> Iterator[Path]:
    """Take pictures of a notice on a wiki of each direction."""
    give_notices(farm)
    for direction in WIKIS:
        yield take(browser, notice_address(farm, direction), View(), f'notice-{direction}', BODY)


def take_controls(farm: Farm, browser: Browser, folder: Path) -> Iterator[Path]:
    """Take pictures of what editors use: a talk page with answers, the stop page, a plan, broken settings."""
    assert META.settings is not None
    bot = set_talk_stage(farm, folder)
    for title in NEIGHBOURS:
        if title not in pages(farm):
            edit(farm, title, 'For people.')
    for look in ('light', 'dark', 'narrow', 'rtl'):
        yield take(browser, address(farm, TALK, LOOKS[look]), LOOKS[look].view, f'talk-{look}')
    yield take(browser, address(farm, META.stop_page, LOOKS['light']), View(height=240), 'stop')
    plan = plan_notices(farm, bot)
    yield take(browser, address(farm, plan, LOOKS['light']), LOOKS['light'].view, 'plan')
    edit(farm, META.settings.page, '{"skip": ["Orvandelle"]}', OPERATOR.name)
    done(run_child(farm, bot, '-m', 'tests.farm.status_at', TODAY.isoformat(), '-always'))
    yield take(browser, address(farm, META.board_page, LOOKS['light']), LOOKS['light'].view, 'board-problem')


def take(browser: Browser, url: str, view: View, name: str, selector: str | None = None) -> Path:
    """Take one picture."""
    path = IMAGES / f'{name}.png'
    with opened(browser, url, view) as sight:
        sight.picture(path, selector)
    return path


def main() -> None:
    """Take all pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        Farm.create(release=Release.LTS) as farm,
        started_browser() as browser,
    ):
        farm.start()
        for path in take_all(farm, browser, Path(folder)):
            print(path.relative_to(CHECKOUT), flush=True)


if __name__ == '__main__':
    main()
