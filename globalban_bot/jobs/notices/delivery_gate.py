"""Ask, at the gate and again before each notice of the bot's, whether notices of a request may be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from globalban_bot.decide.gate import GateFacts, judge_gate
from globalban_bot.errors import Stopped, WikiError
from globalban_bot.gather.fresh_pages import FreshPage, read_fresh
from globalban_bot.gather.holds import read_hold
from globalban_bot.model.gate import Gate
from globalban_bot.model.notice import Audience
from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.tally import Tally
from globalban_bot.wiki.answers import Queries
from globalban_bot.wikitext.page import Reader


@dataclass(frozen=True)
class DeliveryGate:
    """Knows a request and the pages about it, and reads them anew each time.

    :param wikis: asks the wiki with the request
    :param reader: reads the head of the request
    :param states: tells how the bot's own pages stand
    :param bot: name of the bot's account
    :param tally: the request, with what was found on its nomination
    :param box: title of its box
    :param pages: titles of the plan and of its lists, by which people hold the plan
    """

    wikis: Queries
    reader: Reader
    states: Callable[[Sequence[str]], Mapping[str, CurrentPage]]
    bot: str
    tally: Tally
    box: str
    pages: tuple[str, ...]

    def gate(self) -> Gate:
        """Tell whether notices may be sent.

        :raises WikiError: the wiki does not tell how the request stands
        """
        return judge_gate(self.facts())

    def facts(self) -> GateFacts:
        """Return what the gate looks at, as it is now.

        :raises WikiError: the wiki does not tell how the request stands
        """
        request, nomination = self.tally.request, self.tally.nomination
        page = read_fresh(self.wikis, [request.title])[request.title]
        readings = [read_hold(self.wikis, title, self.bot) for title in self.pages]
        states = self.states([self.box, *self.pages])
        return GateFacts(
            is_open=self._is_open(page),
            forgotten=any(state.is_forgotten for state in states.values()),
            opened=request.opened,
            moved=request.state.moved,
            nominator=nomination.nominator if nomination is not None else (),
            holds=frozenset(reading.hold for reading in readings),
            at=max((reading.at for reading in readings if reading.at is not None), default=None),
            held_by=tuple(reading.change for reading in readings if reading.change is not None),
        )

    def check(self, audience: Audience) -> None:
        """Return if the next notice may be sent.

        :raises Stopped: it may not, or the wiki with the request does not tell
        """
        try:
            barriers = self.gate().barriers_for(audience)
        except WikiError as error:
            raise Stopped(f'the request cannot be read again: {error}') from error
        if barriers:
            raise Stopped(f'nothing more may be sent: {", ".join(barrier.value for barrier in barriers)}')

    def _is_open(self, page: FreshPage) -> bool:
        """Tell whether the request stands under its title, and its text says that it is open."""
        if page.page_id != self.tally.request.page_id or page.text is None:
            return False
        return self.reader.state_of(page.text).is_open
