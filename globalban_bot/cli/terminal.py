"""The person at the terminal: is shown a plan, and asked whether it may be carried out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.status_job import Approve
from globalban_bot.model.plan import Plan
from globalban_bot.render.plan import render_plan
from globalban_bot.wiki.configuration import is_simulated


@dataclass(frozen=True)
class Terminal:
    """Somebody at a terminal, or nobody.

    :param show: prints a text
    :param ask: asks a question that is answered with yes or no
    :param always: whether all may be carried out without asking
    :param never: whether nothing may be carried out
    :param type: asks a question that is answered with words
    """

    show: Callable[[str], None]
    ask: Callable[[str], bool]
    always: bool = False
    never: bool = False
    type: Callable[[str], str] = lambda _: ''

    def typed(self, question: str) -> str:
        """Return the person's answer to a question; an empty text if nobody may be asked."""
        return '' if self.never or self.always else self.type(question)

    def may(self, question: str) -> bool:
        """Tell whether something may be done that the person has seen."""
        return self.always or (not self.never and self.ask(question))

    def approves(self, question: str) -> Approve:
        """Return what shows a plan and says whether it may be carried out; it asks about no empty plan."""

        def approve(plan: Plan) -> bool:
            self.show(render_plan(plan, Messages(), diffs=not self.always))
            return self.always or (bool(plan.edits) and self.may(question))

        return approve


def terminal_of(*, always: bool) -> Terminal:
    """Return the terminal of a run.

    :param always: whether the command line says ``--always``; pywikibot's ``-simulate`` outweighs it
    """
    simulated = is_simulated()
    never = simulated or not sys.stdin.isatty()
    return Terminal(print, _answers_yes, always=always and not simulated, never=never, type=_typed)


def _answers_yes(question: str) -> bool:
    return _typed(f'{question} [y/N]').strip().lower() in {'y', 'yes'}


def _typed(question: str) -> str:
    """Return what the person types; nothing where the person ends the input."""
    try:
        return input(f'{question} ')
    except EOFError:
        return ''
