"""Deleting what the bot has made; the deletions themselves are looked at in ``tests/farm/test_setup.py``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from globalban_bot.act.delete_pages import going, kit_going, reason_of, remove
from globalban_bot.errors import Stopped
from globalban_bot.model.kit import UNINSTALLED, Going
from globalban_bot.model.marker import FORGOTTEN
from globalban_bot.model.outcome import Outcome, Refused
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.api_errors import RefusedError

BOT = 'Facts bot'
TITLE = 'User:Facts bot/Request/7'
NOW = datetime(2027, 5, 3, tzinfo=UTC)


def state(standing: str = 'open') -> CurrentPage:
    text = DesiredPage(DesiredFacts(TITLE, 'f', standing), 'The box.\n', NOW).text
    return CurrentPage(TITLE, 5, BOT, NOW, text.rstrip())


def test_as_the_bot_left_it() -> None:
    """It should let a page be made again that the bot left so."""
    assert going(state(), BOT) == Going(TITLE)


@pytest.mark.parametrize('user', ['Stranger', 'Another bot', None])
def test_forged(user: str | None) -> None:
    """It should keep from being made again what somebody else has saved, be the marker as it should be."""
    assert going(replace(state(), user=user), BOT).for_good
    assert going(replace(state(), user=user), '').for_good


def test_for_good() -> None:
    """It should keep from being made again what was blanked for good, and what a person has edited."""
    ours = state()
    assert going(state(FORGOTTEN), BOT).for_good
    assert going(replace(ours, forgotten=True), BOT).for_good
    assert going(replace(ours, text=f'{ours.text} a word'), BOT).for_good
    assert going(replace(ours, text='my own words'), BOT).for_good
    assert going(replace(ours, text=''), BOT).for_good


def test_kit() -> None:
    """It should let a page of the kit be made again only where the bot has saved it last."""
    page = CurrentPage(TITLE, 5, BOT, NOW, 'A text without a marker.')
    assert kit_going(page, BOT) == Going(TITLE)
    for user in ('Somebody', None):
        assert kit_going(replace(page, user=user), BOT).for_good
        assert kit_going(replace(page, user=user), '').for_good


def test_reason() -> None:
    """It should tell a later run by the reason which pages may be made again."""
    assert reason_of(Going(TITLE), 'gone').endswith(UNINSTALLED)
    assert reason_of(Going(TITLE, for_good=True), 'gone') == 'gone'


def refusing(answers: dict[str, Exception]) -> Callable[[Going], None]:
    def delete(page: Going) -> None:
        if page.title in answers:
            raise answers[page.title]

    return delete


def test_refusal_stops_nothing() -> None:
    """It should go on behind a page that the wiki does not let go, and name it."""
    pages = [Going('a'), Going('b'), Going('c')]
    found = remove(pages, refusing({'b': RefusedError(Refusal.PROTECTED, 'why')}))
    assert found == Outcome(('a', 'c'), (Refused('b', Refusal.PROTECTED, 'why'),))


def test_asked_to_end() -> None:
    """It should end where it is asked to, and say what was done."""
    pages = [Going('a'), Going('b'), Going('c')]
    assert remove(pages, refusing({'b': Stopped('asked to end')})) == Outcome(('a',), (), 'asked to end')
