"""Each way in which a real wiki can refuse an edit, and what the writer calls it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

import pytest

from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.plan import EditReason, PageEdit
from globalban_bot.model.refusal import Refusal
from globalban_bot.wikitext.pending import pending_on
from tests.farm import hurdles
from tests.farm.abusefilter import DISALLOW, WARN, Filter
from tests.farm.accounts import OPERATOR, Account, BotPassword
from tests.farm.client import client_of
from tests.farm.farm import Farm
from tests.farm.onwiki import edit, pages
from tests.farm.session import pywikibot_on

META = 'metawiki'
PAGE = 'User:Request facts bot/Invented'
STOP = 'User:Request facts bot/Run'
PLAIN = Account('Plain bot', bot_password=BotPassword())


@dataclass
class Desk:
    """A writer on a wiki, and the wiki."""

    farm: Farm
    writer: Any

    def planned(self, text: str = 'after', title: str = PAGE) -> PageEdit:
        """Return an edit of a page as it stands now."""
        return PageEdit(self.writer.states([title])[title], text, 'invented', EditReason.FACTS)


@pytest.fixture
def desk(farm: Farm, tmp_path: Any) -> Iterator[Desk]:
    """Give a writer for an account without any right to pass a hurdle; a page is there already."""
    farm.create_accounts(META, PLAIN)
    edit(farm, STOP, 'run')
    edit(farm, PAGE, 'before')
    with pywikibot_on(farm, tmp_path / 'bot', PLAIN) as pywikibot:
        from globalban_bot.gather.stop_page import StopPage
        from globalban_bot.jobs.writing import writer_of
        from globalban_bot.wiki.api import ApiClient

        site = pywikibot.Site('meta', 'meta')
        site.login()
        api = ApiClient(site)
        switch = StopPage(api, api.bot, STOP, (), ('sysop',), pending_on)
        yield Desk(farm, writer_of(api, switch.check))


def settled(farm: Farm) -> None:
    """Let a second pass: within one, MediaWiki sees no conflict."""
    time.sleep(1.1)


def nothing(desk: Desk) -> PageEdit:
    return desk.planned()


def protected(desk: Desk) -> PageEdit:
    desk.farm.run(META, 'protect', PAGE)
    return desk.planned()


def blocked(desk: Desk) -> PageEdit:
    desk.farm.run(META, 'blockUsers', '--performer', 'Farm operator', text=PLAIN.name)
    return desk.planned()


def filtered(actions: Any) -> Callable[[Desk], PageEdit]:
    def prepare(desk: Desk) -> PageEdit:
        desk.farm.create_filter(META, Filter('added_lines rlike "after"', actions))
        return desk.planned()

    return prepare


def spam(desk: Desk) -> PageEdit:
    edit(desk.farm, 'MediaWiki:Spam-blacklist', r'invented-spam\.example')
    return desk.planned('https://invented-spam.example/')


def bad_title(desk: Desk) -> PageEdit:
    edit(desk.farm, 'MediaWiki:Titleblacklist', '.*Unwanted.*')
    return desk.planned(title='User:Request facts bot/Unwanted')


def no_bots(desk: Desk) -> PageEdit:
    edit(desk.farm, PAGE, '{{nobots}}')
    return desk.planned()


def deleted(desk: Desk) -> PageEdit:
    planned = desk.planned()
    desk.farm.run(META, 'deleteBatch', text=PAGE)
    return planned


def created(desk: Desk) -> PageEdit:
    planned = desk.planned(title='User:Request facts bot/New')
    edit(desk.farm, planned.title, 'somebody was faster')
    return planned


def conflict(desk: Desk) -> PageEdit:
    planned = desk.planned()
    settled(desk.farm)
    edit(desk.farm, PAGE, 'somebody else')
    return planned


def json_page(desk: Desk) -> PageEdit:
    title = 'User:Plain bot/invented.json'
    edit(desk.farm, title, '{"a": 1}', PLAIN.name)
    return replace(desk.planned('{{not json', title=title))


#: A name that is a sentence; what is switched on the wiki; what is done before; what the writer calls it.
TABLE: list[tuple[str, dict[str, Any], Callable[[Desk], PageEdit], Refusal]] = [
    ('the account is blocked', {}, blocked, Refusal.BLOCKED),
    ('the page is protected', {}, protected, Refusal.PROTECTED),
    ('the namespace is protected', {'wgNamespaceProtection': {'2': ['protect']}}, nothing, Refusal.PROTECTED),
    ('the wiki is read-only', {'wgReadOnly': 'invented maintenance'}, nothing, Refusal.READ_ONLY),
    ('there are too many edits', {'wgRateLimits': {'edit': {'user': [0, 60], 'newbie': [0, 60]}}}, nothing,
     Refusal.RATE_LIMITED),
    ('a captcha is asked for', dict(hurdles.CAPTCHA), nothing, Refusal.CAPTCHA),
    ('a filter warns', dict(hurdles.ABUSE_FILTER), filtered(WARN), Refusal.FILTER_WARNING),
    ('a filter disallows', dict(hurdles.ABUSE_FILTER), filtered(DISALLOW), Refusal.FILTERED),
    ('a link is on the spam list', dict(hurdles.SPAM_LIST), spam, Refusal.SPAM_LIST),
    ('the title is on the title list', dict(hurdles.TITLE_LIST), bad_title, Refusal.TITLE_LIST),
    ('the page is no wikitext', {}, json_page, Refusal.OTHER_MODEL),
    ('the page was deleted meanwhile', {}, deleted, Refusal.DELETED),
    ('the page was created meanwhile', {}, created, Refusal.CREATED),
    ('somebody edited meanwhile', {'wgDiff3': ''}, conflict, Refusal.CONFLICT),
    ('the page excludes bots', {}, no_bots, Refusal.NO_BOTS),
    ('the databases lag', {'farmLag': 10}, nothing, Refusal.LAGGED),
    ('the account may not edit', {'wgRevokePermissions': {'user': {'edit': True}}}, nothing,
     Refusal.NOT_ALLOWED),
]  # fmt: skip


def switched(farm: Farm, settings: dict[str, Any]) -> AbstractContextManager[None]:
    return farm.switch(META, **settings) if settings else nullcontext()


@pytest.mark.parametrize(('name', 'settings', 'prepare', 'expected'), TABLE, ids=[row[0] for row in TABLE])
def test_refusals(
    desk: Desk, name: str, settings: dict[str, Any], prepare: Callable[[Desk], PageEdit], expected: Refusal
) -> None:
    """It should name the refusal, and leave the page as it is."""
    from globalban_bot.wiki.api_errors import RefusedError

    with switched(desk.farm, settings):
        planned = prepare(desk)
        before = pages(desk.farm)
        with pytest.raises(RefusedError) as refused:
            desk.writer.edit(planned)
    print(f'{name:32} expected {expected.value:22} actual {refused.value.refusal.value}')
    assert refused.value.refusal is expected, refused.value.detail
    assert pages(desk.farm) == before


def test_filter_warning_is_heeded(desk: Desk) -> None:
    """It should take a second warning for a no as well: it never insists."""
    from globalban_bot.wiki.api_errors import RefusedError

    with desk.farm.switch(META, **hurdles.ABUSE_FILTER):
        desk.farm.create_filter(META, Filter('added_lines rlike "after"', WARN))
        with pytest.raises(RefusedError):
            desk.writer.edit(desk.planned())
    assert pages(desk.farm)[PAGE].text == 'before'


def test_edit_in_the_same_second(desk: Desk) -> None:
    """It should put back the text of somebody whose edit it overwrote, and say so."""
    from globalban_bot.wiki.api_errors import RefusedError

    planned = desk.planned()
    edit(desk.farm, PAGE, 'somebody else')
    newer = desk.writer.states([PAGE])[PAGE]
    # The wiki is told that our edit is on the newer revision: what happens when both come in one second.
    told = replace(planned.before, time=newer.time)
    with pytest.raises(RefusedError) as refused:
        desk.writer.edit(replace(planned, before=told))
    assert refused.value.refusal is Refusal.OVERWROTE
    assert pages(desk.farm)[PAGE].text == 'somebody else'


def test_new_page_and_next_edit(desk: Desk) -> None:
    """It should make a page, edit it on its own revision, and know both for its own."""
    title = 'User:Request facts bot/New'
    desk.writer.edit(desk.planned('one', title))
    desk.writer.edit(desk.planned('two', title))
    state = desk.writer.states([title])[title]
    assert (state.user, state.text, pages(desk.farm)[title].revisions) == (PLAIN.name, 'two', 2)


def test_warnings_of_the_wiki(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It should send nothing that the wiki warns of, and tell the operator if it does."""
    said: list[str] = []
    monkeypatch.setattr('globalban_bot.wiki.api.pywikibot.warning', said.append)
    desk.writer.edit(desk.planned('one'))
    assert said == []
    desk.writer._api.post(action='edit', title=PAGE, text='two', invented='1')
    assert len(said) == 1
    assert 'invented' in said[0]


def test_same_text_again(desk: Desk) -> None:
    """It should take it for done when the page already has the text."""
    desk.writer.edit(desk.planned('before'))
    assert pages(desk.farm)[PAGE].revisions == 1


def test_page_that_was_taken_away(desk: Desk) -> None:
    """It should tell a page that was deleted from one that never was."""
    desk.farm.run(META, 'deleteBatch', text=PAGE)
    never = 'User:Request facts bot/Never'
    states = desk.writer.states([PAGE, never])
    assert (states[PAGE].removed, states[never]) == (True, CurrentPage(never))


def test_huge_pages(desk: Desk) -> None:
    """It should know every page, though strangers have made others so long that no answer holds all."""
    huge = [f'{PAGE}/{number}' for number in range(6)]
    with client_of(desk.farm, META) as client:
        for title in huge:
            assert client.edit(title, 'y' * 2_090_000)['edit']['result'] == 'Success'
    # MediaWiki answers in the order of page ids, so what is made last is cut off first.
    desk.writer.edit(desk.planned('one', f'{PAGE}/last'))
    never = f'{PAGE}/never'
    states = desk.writer.states([f'{PAGE}/last', *huge, PAGE, never])
    assert {(states[title].text, states[title].unread, states[title].is_gone) for title in huge} == {
        ('', True, False)
    }
    assert (states[f'{PAGE}/last'].user, states[f'{PAGE}/last'].text) == (PLAIN.name, 'one')
    assert (states[PAGE].text, states[never]) == ('before', CurrentPage(never))


def test_stop_page_between_two_edits(desk: Desk) -> None:
    """It should stop before the very next edit once somebody has changed the stop page."""
    from globalban_bot.errors import Stopped

    desk.writer.edit(desk.planned('one'))
    edit(desk.farm, STOP, 'please stop', 'Plain bot')
    planned = desk.planned('two')
    with pytest.raises(Stopped):
        desk.writer.edit(planned)
    assert pages(desk.farm)[PAGE].text == 'one'


def test_protected_by_an_admin(desk: Desk) -> None:
    """It should stay stopped where an administrator has only protected what a stranger has set to run."""
    from globalban_bot.errors import Stopped

    stranger = Account('Stranger Invented')
    desk.farm.create_accounts(META, stranger)
    edit(desk.farm, STOP, 'please stop')
    edit(desk.farm, STOP, 'run', stranger.name)
    with client_of(desk.farm, META, OPERATOR) as client:
        client.post(action='protect', title=STOP, protections='edit=sysop', reason='an edit war')
    assert pages(desk.farm)[STOP].revisions == 4
    with pytest.raises(Stopped):
        desk.writer.edit(desk.planned('one'))
    edit(desk.farm, STOP, 'run<!-- by an administrator -->')
    desk.writer.edit(desk.planned('two'))
    assert pages(desk.farm)[PAGE].text == 'two'
