"""What the page of a plan of notices tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from globalban_bot.model.gate import Gate
from globalban_bot.model.notice import Audience, Coverage, NoticePlan, SendPage
from globalban_bot.model.settling import Send
from globalban_bot.render.rich_text import LabelledLine, Said


@dataclass(frozen=True)
class PlanPage:
    """What the page of a plan tells.

    :param plan: who is to be told
    :param plan_title: title of the page itself
    :param coverage: of all targets, those of the plan included
    :param gate: whether it may be sent
    :param sends: the pages from which people send, in the order of the texts
    :param lines: what was found on the nomination and on blocks
    :param state: how the request stands, in words
    :param report_page: where people reach the operator of the bot
    :param server: of the wiki with the request, as ``https://meta.wikimedia.org``
    :param ask_page: where people without the right ask for delivery
    :param ask_text: the page with the text of such a request
    :param category: the category of plans that are ready
    :param messages_sent: the messages that were sent about it, oldest first
    """

    plan: NoticePlan
    plan_title: str
    coverage: Sequence[Coverage]
    gate: Gate
    sends: Sequence[SendPage]
    lines: Sequence[LabelledLine]
    state: Said
    report_page: str
    server: str
    ask_page: str
    ask_text: str
    category: str
    messages_sent: Sequence[Send] = ()

    @property
    def standing(self) -> str:
        """The word by which the marker tells what is made known at once when it changes."""
        told = [audience.value for audience in Audience if self.gate.is_open_for(audience)]
        if not told:
            names = (barrier.name.lower().replace('_', '-') for barrier in self.gate.barriers)
            return '-'.join(['shut', *names])
        # The subject's part is for the nominator; who looks for plans to send, looks for the communities'.
        return '-'.join(['open', *told, *(['ready'] if self.sendable(Audience.COMMUNITY) else [])])

    @property
    def ready(self) -> bool:
        """Whether somebody can be told now."""
        return any(self.sendable(audience) for audience in Audience)

    def sendable(self, audience: Audience) -> tuple[SendPage, ...]:
        """Return the pages from which somebody can be told now."""
        return tuple(
            one for one in self.sends if one.ready and one.notices and one.notices[0].audience is audience
        )
