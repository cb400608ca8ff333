"""Setup and uninstallation on a live wiki: what they need is put together here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from globalban_bot.act.delete_pages import Remover, remove
from globalban_bot.act.run_lock import TerminationSignal, hold_run_lock
from globalban_bot.errors import UserError, WikiError
from globalban_bot.gather.current_pages import CurrentPageReader
from globalban_bot.gather.home_wiki import bot_of, has_styles, own_names, pages_under
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.setup.job import SetupJob, set_up
from globalban_bot.jobs.setup.uninstall import plan_removal, titles_of
from globalban_bot.jobs.status_job import Approve
from globalban_bot.jobs.writing import stop_page_of, writer_of
from globalban_bot.model.outcome import Outcome
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.removal import render_removal
from globalban_bot.wiki.api import ApiClient

_NO_RIGHT = (
    'the account {} may not delete pages: run this from an account of an administrator (see user-config.py), '
    'or have the pages above deleted by hand, with the reasons that stand there'
)


@dataclass(frozen=True)
class SetupRun:
    """A run on a live wiki.

    :param site: the wiki, an ``APISite`` that is logged in
    :param folder: where the lock is
    :param show: prints a text
    """

    site: Any
    folder: Path
    profile: Profile
    show: Callable[[str], None]

    def install(self, rearmed: frozenset[str], approve: Approve) -> int:
        """Install the page kit, or bring it up to date.

        :param rearmed: titles of pages that the operator takes back from a person's edit
        :return: the exit code
        :raises Stopped: another run is at work
        """
        with hold_run_lock(self.folder):
            stop, profile = TerminationSignal(), self.profile
            api = ApiClient(self.site)
            job = SetupJob(
                writer=writer_of(api, stop.check, stop_page_of(api, profile).check, marked=False),
                opener=writer_of(api, stop.check, marked=False),
                profile=profile,
                messages=Messages(),
                styled=has_styles(api),
            )
            return self._told(set_up(job, rearmed, approve), 'saved')

    def uninstall(self, may_delete: Callable[[], bool]) -> int:
        """Delete all that setup and the bot have made.

        :param may_delete: asks the person at the terminal, or says yes or no by itself
        :return: the exit code
        :raises Stopped: another run is at work
        :raises UserError: the account may not delete pages
        """
        with hold_run_lock(self.folder):
            stop, messages, titles = TerminationSignal(), Messages(), titles_of(self.profile)
            api = ApiClient(self.site)
            names = own_names(api, titles.roots)
            found = pages_under(api, names.values())
            bot = bot_of(api, names.values(), self.profile.stop_page)
            # What somebody else has saved last is not made again in any case: no need to look back.
            states = CurrentPageReader(api, bot, marked=False)
            removal = plan_removal(titles, names, found, states.read, bot)
            self.show(render_removal(removal, messages))
            remover = Remover(api, messages.get('summary-uninstall'), stop.check)
            if removal.going and not remover.may:
                raise UserError(_NO_RIGHT.format(self.site.username()))
            if not removal.going or not may_delete():
                return 0
            return self._told(remove(removal.going, remover.delete), 'deleted')

    def _told(self, outcome: Outcome, done: str) -> int:
        """Tell what became of the plan; return the exit code."""
        lines = [f'{done}: {title}' for title in outcome.done]
        lines += [
            f'not {done}: {one.title}: {one.refusal.value} {one.detail}'.rstrip() for one in outcome.refused
        ]
        if outcome.stopped is not None:
            lines.append(f'stopped: {outcome.stopped}')
        if lines:
            self.show('\n'.join(lines))
        return WikiError.exit_code if outcome.refused else 0
