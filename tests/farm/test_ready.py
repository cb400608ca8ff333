"""A wiki made ready by one command: what follows works on it, and looks as it should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.farm.at_work import WIKI, done
from tests.farm.browser import opened, started_browser
from tests.farm.child import run_child
from tests.farm.client import client_of
from tests.farm.errors import FarmError
from tests.farm.farm import Farm
from tests.farm.folders import CHECKOUT
from tests.farm.onwiki import edit, pages
from tests.farm.stage import LOOKS, address
from tests.farm.talk_stage import ASK, TALK, plan_notices, set_talk_stage
from tests.farm.test_looks import SKINS_OWN, brightness

ANSWER = '.globalban-answer'
MARKUP = re.compile(r'<style.*?</style>|<[^>]*>', re.DOTALL)


@pytest.fixture(scope='module')
def ready(running_lts_farm: Farm, tmp_path_factory: pytest.TempPathFactory) -> tuple[Farm, Path]:
    """Give the wiki and the folder of the bot."""
    return running_lts_farm, set_talk_stage(running_lts_farm, tmp_path_factory.mktemp('ready'))


@pytest.fixture(scope='module')
def browser() -> Iterator[Browser]:
    """Start Chromium once; that it is missing is a failure."""
    try:
        with started_browser() as started:
            yield started
    except FarmError as error:
        pytest.fail(str(error), pytrace=False)


def shown(farm: Farm, title: str = TALK, language: str = 'en') -> str:
    """Return the text that a reader sees on a page."""
    with client_of(farm, WIKI) as client:
        answer = client.get(action='parse', page=title, prop='text', uselang=language)
    return ' '.join(MARKUP.sub(' ', answer['parse']['text']).split())


def test_answers_are_shown(ready: tuple[Farm, Path]) -> None:
    """It should show each answer where it was asked, and a kind word for what cannot be asked."""
    text = shown(ready[0])
    assert 'Recounted at revision' in text
    assert 'No change since the count of' in text
    assert 'Nominator:' in text
    assert text.count('Answer of the bot') == 4
    assert 'no such command' in text
    assert text.count(', asked at ') == 3
    assert 'Status , asked at' in text


def test_answers_stay_in_their_lists(ready: tuple[Farm, Path], browser: Browser) -> None:
    """It should show each answer within the comment that asked, with the signature below it."""
    with opened(browser, address(ready[0], TALK, LOOKS['light']), LOOKS['light'].view) as sight:
        frames = sight.page.locator(ANSWER)
        inside = sight.page.locator(f'dd {ANSWER}, li {ANSWER}')
        assert inside.count() == frames.count() == 4
        assert all(len(frame.inner_text()) > len('Answer of the bot: ') for frame in frames.all())
        assert sight.page.locator('dd dd', has_text='Status, asked at').count() == 1


def test_rest_of_the_bot(ready: tuple[Farm, Path]) -> None:
    """It should let notices be planned from the talk page; setup then has nothing to do."""
    farm, bot = ready
    title = plan_notices(farm, bot)
    before = pages(farm)[TALK.replace('Talk:', '1:', 1)].text
    edit(farm, TALK, f'{before}\n{{{{{ASK}|coverage}}}} ~~~~', 'Farm operator')
    outcome = done(run_child(farm, bot, 'globalban_talk', '-always'))
    assert title in pages(farm)
    assert 'Looked at' in shown(farm)
    assert 'left aside' not in outcome.output + outcome.errors
    there = pages(farm)
    outcome = run_child(farm, bot, 'globalban_setup', '-always')
    assert (outcome.code, outcome.output.strip(), pages(farm)) == (0, 'Nothing to edit.', there)


def test_quiet_run(ready: tuple[Farm, Path]) -> None:
    """It should ask the wiki as little as the guide for operators says, where nobody has asked anew."""
    farm, bot = ready
    there = pages(farm)
    done(run_child(farm, bot, 'globalban_talk', '-always'))
    outcome = run_child(farm, bot, 'globalban_talk', '-always')
    told = re.search(
        r'run with nothing new takes (\d+) requests', (CHECKOUT / 'docs' / 'for-operators.md').read_text()
    )
    assert told is not None
    assert (outcome.code, pages(farm), outcome.requests) == (0, there, int(told[1]))


@pytest.mark.parametrize('look', LOOKS)
def test_looks(ready: tuple[Farm, Path], browser: Browser, look: str) -> None:
    """It should show answers to everybody: light and dark, on a telephone, from the right."""
    with opened(browser, address(ready[0], TALK, LOOKS[look]), LOOKS[look].view) as sight:
        assert sight.page.locator(ANSWER).count() >= 3
        assert sight.violations(ANSWER, without=SKINS_OWN) == []
        assert sight.overhang() == 0
        assert (sight.faults, sight.strangers) == ([], [])
        # A look that were not in force would prove nothing.
        assert (brightness(sight, ANSWER) > 128) is (look == 'dark')
