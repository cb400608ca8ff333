"""What the bot shows, in a browser: on MediaWiki 1.43, and the HTML page of the demo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from globalban_bot.jobs.demo import run_demo
from tests.farm.browser import Sight, View, opened, started_browser
from tests.farm.errors import FarmError
from tests.farm.farm import Farm
from tests.farm.stage import FACTS, LOOKS, SHOWN, WIKI, address, set_stage

PLACES = ('board', 'open box', 'closed box', 'table', 'log')
#: Those that turn with the language of the reader.
TURNING = ('board', 'open box', 'closed box')
#: How links stand out from the text is the skin's choice; Vector's night mode leaves it to a pale colour.
SKINS_OWN = ('link-in-text-block',)
Stage = dict[str, tuple[str, str]]


@pytest.fixture(scope='module')
def browser() -> Iterator[Browser]:
    """Start Chromium once; that it is missing is a failure."""
    try:
        with started_browser() as started:
            yield started
    except FarmError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope='module')
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp('demo')
    run_demo(folder)
    return folder


@pytest.fixture(scope='module')
def stage(running_lts_farm: Farm, tmp_path_factory: pytest.TempPathFactory, demo: Path) -> Stage:
    return set_stage(running_lts_farm, tmp_path_factory.mktemp('stage'), demo)


def brightness(sight: Sight, selector: str) -> float:
    """Return how bright the text is, from 0 to 255."""
    colour = sight.page.eval_on_selector(selector, 'element => getComputedStyle(element).color')
    numbers = [float(part) for part in colour.partition('(')[2].rstrip(')').split(',')[:3]]
    return sum(numbers) / 3


def looks_told(cell: str) -> int:
    """Return how many entries a link to a box tells to look at."""
    return 0 if cell == 'facts' else int(cell.split(maxsplit=1)[0])


def columns(sight: Sight) -> list[list[str]]:
    rows = sight.page.eval_on_selector_all(
        'tbody tr', 'rows => rows.map(row => [...row.cells].map(cell => cell.innerText))'
    )
    return [list(column) for column in zip(*rows, strict=True)]


@pytest.mark.parametrize('look', LOOKS)
@pytest.mark.parametrize('place', PLACES)
def test_on_the_wiki(running_lts_farm: Farm, browser: Browser, stage: Stage, place: str, look: str) -> None:
    """It should be accessible, fit the window and leave the console quiet, in every look."""
    title, selector = stage[place]
    with opened(browser, address(running_lts_farm, title, LOOKS[look]), LOOKS[look].view) as sight:
        assert sight.page.locator(selector).count() == 1
        assert sight.violations(selector, without=SKINS_OWN) == []
        assert sight.overhang() == 0
        assert (sight.faults, sight.strangers) == ([], [])
        # A look that were not in force would prove nothing.
        assert (brightness(sight, selector) > 128) is (look == 'dark')
        assert sight.page.evaluate('document.documentElement.dir') == ('rtl' if look == 'rtl' else 'ltr')
        turned = look == 'rtl' and place in TURNING
        shown = sight.page.eval_on_selector(selector, 'element => [element.lang, element.dir]')
        assert shown == (['ar', 'rtl'] if turned else ['en', 'ltr'])


def test_in_rtl_page(running_lts_farm: Farm, browser: Browser, stage: Stage) -> None:
    """It should keep its own direction, and its language, on a page that runs from the right."""
    light = LOOKS['light']
    assert stage
    with (
        running_lts_farm.switch(WIKI, wgLanguageCode='ar'),
        opened(browser, address(running_lts_farm, SHOWN, light), light.view) as sight,
    ):
        around = sight.page.locator('.mw-parser-output')
        assert around.evaluate('element => getComputedStyle(element).direction') == 'rtl'
        box = sight.page.locator(FACTS)
        assert box.evaluate('element => getComputedStyle(element).direction') == 'ltr'
        assert box.evaluate('element => element.lang') == 'en'
        bullets = box.locator('ul').evaluate(
            'list => { const s = getComputedStyle(list); return [s.marginLeft, s.marginRight]; }'
        )
        assert float(bullets[0].removesuffix('px')) > float(bullets[1].removesuffix('px'))
        assert (sight.violations(FACTS), sight.overhang(), sight.faults) == ([], 0, [])


def test_board_sorts(running_lts_farm: Farm, browser: Browser, stage: Stage) -> None:
    """It should sort the board by time, though a time begins with the hour, and by what is to look at."""
    light = LOOKS['light']
    with opened(browser, address(running_lts_farm, stage['board'][0], light), light.view) as sight:
        opened_last_first = columns(sight)[2]
        for number in (2, 3):
            sight.page.locator('th.headerSort').nth(number).click()
            years = [text.split()[-2] for text in columns(sight)[number] if text != 'open']
            assert years == sorted(years)
        sight.page.locator('th.headerSort').nth(2).click()
        sight.page.locator('th.headerSort').nth(2).click()
        assert columns(sight)[2] == opened_last_first
        sight.page.locator('th.headerSort').nth(1).click()
        assert columns(sight)[1] == sorted(columns(sight)[1], key=looks_told)
        assert {*map(looks_told, columns(sight)[1])} > {0, 1}


def test_board_leads_to_facts(running_lts_farm: Farm, browser: Browser, stage: Stage) -> None:
    """It should lead from each row to the box of that request, without scrolling on a telephone."""
    look = LOOKS['narrow']
    with opened(browser, address(running_lts_farm, stage['board'][0], look), look.view) as sight:
        links = sight.page.eval_on_selector_all('tbody td:nth-child(2) a', 'all => all.map(one => one.href)')
        ends = 'all => all.map(one => one.getBoundingClientRect().right)'
        assert max(sight.page.eval_on_selector_all('tbody td:nth-child(2)', ends)) <= look.view.width
        assert len({*links}) == len(links) == len(columns(sight)[0]) > 1
    for link in links:
        with opened(browser, link, look.view) as sight:
            assert sight.page.locator(FACTS).count() == 1, link


@pytest.mark.parametrize('look', ['light', 'dark', 'narrow'])
def test_demo_page(browser: Browser, demo: Path, look: str) -> None:
    """It should be accessible, fit the window and load nothing but itself."""
    url = (demo / 'index.html').as_uri()
    with opened(browser, url, LOOKS[look].view) as sight:
        assert sight.violations('body') == []
        assert sight.overhang() == 0
        assert (sight.faults, sight.requests) == ([], [url])
        assert (brightness(sight, 'body') > 128) is (look == 'dark')


@pytest.mark.parametrize('look', ['light', 'dark', 'narrow'])
def test_figures_page(browser: Browser, demo: Path, look: str) -> None:
    """It should be accessible, fit the window, and load nothing but itself; bars keep to its width."""
    url = (demo / 'whatif.html').as_uri()
    with opened(browser, url, LOOKS[look].view) as sight:
        assert sight.violations('body') == []
        assert sight.overhang() == 0
        assert (sight.faults, sight.strangers, sight.requests) == ([], [], [url])
        for selector in ('body', '.headline', '.chip', 'td.number'):
            assert (brightness(sight, selector) > 128) is (look == 'dark')
        cut = 'all => all.filter(one => one.scrollWidth > one.clientWidth + 1).length'
        assert sight.page.eval_on_selector_all('.segment', cut) == 0
        assert sight.page.eval_on_selector_all('.chip', cut.replace('Width', 'Height')) == 0


def test_figures_page_on_one_scale(browser: Browser, demo: Path) -> None:
    """It should draw each part of a topic as long as its number says."""
    lengths = (
        """all => all.map(one => one.getBoundingClientRect().width / one.querySelector('b').innerText)"""
    )
    with opened(browser, (demo / 'whatif.html').as_uri(), LOOKS['light'].view) as sight:
        for topic in ('outcomes', 'missing', 'passed', 'second-block', 'open-invalid', 'followed'):
            selector = f'section[aria-labelledby="{topic}"] .segment'
            found = sight.page.eval_on_selector_all(selector, lengths)
            assert len(found) > 1
            assert max(found) < 1.1 * min(found)


def test_demo_leads_to_figures(browser: Browser, demo: Path) -> None:
    """It should lead from the page of facts to the page of figures, and there to each part."""
    with opened(browser, (demo / 'index.html').as_uri(), LOOKS['light'].view) as sight:
        sight.page.get_by_role('link', name='What closed requests tell').click()
        assert sight.page.locator('h1').inner_text() == 'What closed requests tell'
        for link in sight.page.locator('nav a').all():
            assert sight.page.locator(link.get_attribute('href') or '').count() == 1


def test_sees_faults(browser: Browser, tmp_path: Path) -> None:
    """It should see what is wrong with a page, or all the tests above are blind."""
    page = tmp_path / 'bad.html'
    page.write_text(
        '<!DOCTYPE html><html lang="en"><title>Bad</title><p class="bad" style="color: #bbb; width: 50rem">'
        'Pale <img src="https://example.org/x.png"></p><script>nothing()</script>'
    )
    with opened(browser, page.as_uri(), View(width=360)) as sight:
        found = {one.partition(':')[0] for one in sight.violations('.bad')}
        assert found == {'color-contrast', 'image-alt'}
        assert sight.overhang() > 0
        assert sight.strangers == ['https://example.org/x.png']
        assert any('nothing is not defined' in one for one in sight.faults)
