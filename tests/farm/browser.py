"""Chromium, without a window, for looking at pages; Playwright drives the system's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright

from tests.farm.parts import BROWSER, ensure_browser
from tests.farm.server import HOST

#: What axe checks: WCAG 2.2 up to level AA, and what its makers call best practice.
RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
#: For root, and for a machine without shared memory, such as a chroot.
SWITCHES = ['--no-sandbox', '--disable-dev-shm-usage']
_WIDER = '() => document.documentElement.scrollWidth - document.documentElement.clientWidth'


@dataclass(frozen=True)
class View:
    """How a page is looked at.

    :param width: of the window
    :param dark: whether a dark scheme is preferred
    :param scale: device pixels for each pixel
    """

    width: int = 1280
    height: int = 800
    dark: bool = False
    scale: float = 1


@dataclass
class Sight:
    """An open page, and what happened while it opened.

    :param faults: errors in the console, exceptions, files that did not come
    :param strangers: addresses that were asked for outside the loopback interface, and refused
    :param requests: all addresses that were asked for
    """

    page: Page
    faults: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def violations(self, selector: str, without: Iterable[str] = ()) -> list[str]:
        """Return what axe finds in a part of the page, one line for each element.

        :param without: rules that are not asked for
        """
        options = {
            'runOnly': {'type': 'tag', 'values': RULES},
            'rules': {rule: {'enabled': False} for rule in without},
        }
        found = Axe().run(self.page, context=selector, options=options).response['violations']
        return [f'{one["id"]}: {node["html"]}' for one in found for node in one['nodes']]

    def overhang(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        return int(self.page.evaluate(_WIDER))

    def picture(self, path: Path, selector: str | None = None, margin: int = 12) -> None:
        """Write the page, or one element with a margin around it, as PNG."""
        if selector is None:
            self.page.screenshot(path=path)
            return
        box = self.page.locator(selector).bounding_box()
        assert box is not None, f'{selector} is not to be seen'
        self.page.screenshot(
            path=path,
            full_page=True,
            clip={
                'x': max(box['x'] - margin, 0),
                'y': max(box['y'] - margin, 0),
                'width': box['width'] + 2 * margin,
                'height': box['height'] + 2 * margin,
            },
        )


@contextmanager
def started_browser() -> Iterator[Browser]:
    """Run Chromium for the length of a block.

    :raises tests.farm.errors.MissingPartError: it is not there and cannot be installed
    """
    ensure_browser()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which(BROWSER), args=SWITCHES)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, url: str, view: View) -> Iterator[Sight]:
    """Open a page, in a profile of its own, until all of it has come."""
    context = browser.new_context(
        viewport={'width': view.width, 'height': view.height},
        color_scheme='dark' if view.dark else 'light',
        device_scale_factor=view.scale,
        reduced_motion='reduce',
    )
    try:
        # No test fails for being slow: a busy machine may take long for the first page.
        context.set_default_navigation_timeout(180_000)
        sight = Sight(context.new_page())
        _listen(sight)
        sight.page.goto(url, wait_until='networkidle')
        yield sight
    finally:
        context.close()


def _listen(sight: Sight) -> None:
    def answer(route: Route) -> None:
        url = urlsplit(route.request.url)
        if url.path == '/favicon.ico':  # asked for by the browser, not by a page
            route.fulfill(status=204)
            return
        sight.requests.append(route.request.url)
        if url.scheme in {'http', 'https'} and url.hostname != HOST:
            sight.strangers.append(route.request.url)
            route.abort()
        else:
            route.continue_()

    def hear(message: ConsoleMessage) -> None:
        if message.type == 'error':
            sight.faults.append(f'{message.text} {message.location.get("url", "")}')

    sight.page.route('**/*', answer)
    sight.page.on('console', hear)
    sight.page.on('pageerror', lambda error: sight.faults.append(str(error)))
