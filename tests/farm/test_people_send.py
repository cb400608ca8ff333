"""Notices as people meet them: on the playground, in a browser, from the start page on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from globalban_bot.pages.target_list import read_target_list
from globalban_bot.sample import EXPORT
from tests.farm.accounts import SENDER, Account
from tests.farm.at_work import WIKI, done, make_ready, work
from tests.farm.browser import View, opened, started_browser
from tests.farm.child import run_child
from tests.farm.client import client_of
from tests.farm.communities import PUMPS, SUBJECT
from tests.farm.errors import FarmError
from tests.farm.farm import Farm
from tests.farm.many import keep_all, restore_all
from tests.farm.onwiki import page_id, pages
from tests.farm.playground import EDITOR, NOTICES, START, make_playground
from tests.farm.stage import OPEN

PLAN_LINK, FORM_LINK, MARK = 'The plan of its notices', 'open the form', 'notices ready to send'


@pytest.fixture(scope='module')
def playground(running_farm: Farm, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make the playground as it is served, and return the folder of the bot, and what was kept of it."""
    running_farm.reset()
    bot = make_ready(running_farm, tmp_path_factory.mktemp('ready'))
    with as_file(EXPORT) as path:
        running_farm.import_xml(WIKI, path)
    make_playground(running_farm, 20)
    said = [*work(running_farm, bot)]
    assert all('ended with 0' in one for one in said), said
    kept = tmp_path_factory.mktemp('kept')
    keep_all(running_farm, kept)
    return bot, kept


@pytest.fixture
def farm(running_farm: Farm, playground: tuple[Path, Path]) -> Farm:
    restore_all(running_farm, playground[1])
    return running_farm


@pytest.fixture
def bot(playground: tuple[Path, Path]) -> Path:
    return playground[0]


@pytest.fixture(scope='module')
def browser() -> Iterator[Browser]:
    """Start Chromium once; that it is missing is a failure."""
    try:
        with started_browser() as started:
            yield started
    except FarmError as error:
        pytest.fail(str(error), pytrace=False)


@contextmanager
def visitor(farm: Farm, browser: Browser, account: Account) -> Iterator[Page]:
    """Give a browser in which somebody has logged in by the start page, and see that it stays on the farm."""
    with opened(browser, farm.browser_url(WIKI, START), View()) as sight:
        page = sight.page
        page.click('#mw-content-text >> text="Log in" >> nth=-1')
        page.fill('#wpName1', account.name)
        page.fill('#wpPassword1', account.password or '')
        page.click('#wpLoginAttempt')
        page.goto(farm.browser_url(WIKI, START))
        yield page
        assert sight.strangers == []


def next_run(farm: Farm, bot: Path) -> None:
    """Let the messages be delivered, and the job on notices run."""
    farm.run_jobs()
    done(run_child(farm, bot, 'globalban_notify', '-plan', '-always', timeout=300))


def titles(farm: Farm) -> tuple[str, str]:
    """Return the titles of the plan and of its list of targets."""
    number = page_id(farm, OPEN)
    return NOTICES.plan_page.format(page_id=number), NOTICES.list_title(number, 'en')


def content(page: Page) -> str:
    return page.inner_text('#mw-content-text')


def test_sender(farm: Farm, bot: Path, browser: Browser) -> None:
    """It should let somebody with the right find a ready plan and send it; the next run tells of it."""
    plan, targets = titles(farm)
    heading = f'Request for comment on Meta-Wiki (no. {page_id(farm, OPEN)})'
    with visitor(farm, browser, SENDER) as page:
        page.click(f'text={PLAN_LINK}')
        assert 'ready to send' in content(page)
        assert 'State: open' in content(page)
        assert 'Not to be sent any more' not in content(page)
        assert 'English (en), 4 wikis: open the form' in content(page)
        page.click(f'text={FORM_LINK}')
        assert page.input_value('[name=spamlist]') == targets
        assert page.input_value('[name=subject]') == heading
        assert '~~~~' in page.input_value('[name=message]')
        page.click('[name=preview-button]')
        assert 'This message goes to 4 pages.' in content(page)
        page.click('[name=submit-button]')
        assert 'is queued' in content(page)
        page.goto(farm.browser_url(WIKI, plan))
        page.click('text=open a new section of their talk page')
        page.click('#wpSave')
        assert SENDER.name in page.inner_text('#content')
        next_run(farm, bot)
        page.goto(farm.browser_url(WIKI, plan))
        assert f'Sent by {SENDER.name} at ' in content(page)
        assert 'a notice is seen on 4 of its 4 wikis.' in content(page)
        assert FORM_LINK not in content(page)
        assert 'talk page (a link by another page: look whether it is a notice)' in content(page)
    for dbname, pump in PUMPS.items():
        with client_of(farm, dbname) as client:
            assert (
                client.get(action='parse', page=pump, prop='wikitext')['parse']['wikitext'].count(heading)
                == 1
            )
    assert SENDER.name in pages(farm)[f'User talk:{SUBJECT}'].text


def test_nominator(farm: Farm, browser: Browser) -> None:
    """It should let somebody without the right ask for delivery, by a request that can be saved as it is."""
    plan, _ = titles(farm)
    with visitor(farm, browser, EDITOR) as page:
        page.click(f'text={PLAN_LINK}')
        page.click(f'text={FORM_LINK}')
        assert page.query_selector('[name=preview-button]') is None
        page.go_back()
        page.click('text=ask somebody who has it')
        assert f'please look at [[{plan}]]' in page.input_value('#wpTextbox1')
        page.click('#wpSave')
        shown = content(page)
        assert 'Delivery of notices' in shown
        assert f'please look at {plan}' in shown
        assert EDITOR.name in shown
        page.click(f'text="{plan}"')
        assert 'ready to send' in content(page)


@pytest.mark.parametrize('which', ['the plan', 'its list'])
def test_editor(farm: Farm, bot: Path, browser: Browser, which: str) -> None:
    """It should let an editor hold the notices by any edit: old links send nothing, and pages say why."""
    plan, targets = titles(farm)
    title = plan if which == 'the plan' else targets
    assert len(read_target_list(pages(farm)[targets].text) or ()) == 4
    with visitor(farm, browser, EDITOR) as page:
        page.goto(farm.browser_url(WIKI, title))
        page.click('#ca-edit')
        page.fill('#wpTextbox1', f'Wait, please. {page.input_value("#wpTextbox1")}')
        page.fill('#wpSummary', 'Not yet')
        page.click('#wpSave')
        next_run(farm, bot)
        assert read_target_list(pages(farm)[targets].text) == ()
        page.goto(f'{farm.browser_url(WIKI, targets)}?action=history')
        newest = page.inner_text('#pagehistory li >> nth=0')
        assert 'a change by a person holds the notices' in newest
        assert 'write to the operator' in newest
        if which == 'its list':
            page.goto(farm.browser_url(WIKI, plan))
            assert 'not to be sent now' in content(page)
            assert page.query_selector(f'text={FORM_LINK}') is None
            page.click('#mw-content-text >> text=/^Special:Diff/')
        else:
            page.goto(farm.browser_url(WIKI, plan))
            assert 'Not to be sent any more' in content(page)
            assert page.query_selector(f'text={NOTICES.category}') is None
            page.goto(f'{farm.browser_url(WIKI, targets)}?action=history')
            page.click('text=a change by a person >> nth=0')
        assert EDITOR.name in content(page)
        assert 'Not yet' in content(page)


def test_list_of_requests(farm: Farm, bot: Path, browser: Browser) -> None:
    """It should lead from the list of requests to the plan that is ready, as long as nobody holds it."""
    plan, _ = titles(farm)
    with visitor(farm, browser, EDITOR) as page:
        done(run_child(farm, bot, 'globalban_status', '-always'))
        page.click('text="The list of requests"')
        page.click(f'text={MARK}')
        assert 'ready to send' in content(page)
        farm.write_page(WIKI, plan, 'Wait, please.', EDITOR.name)
        done(run_child(farm, bot, 'globalban_status', '-always'))
        page.goto(farm.browser_url(WIKI, START))
        page.click('text="The list of requests"')
        assert page.query_selector(f'text={MARK}') is None
