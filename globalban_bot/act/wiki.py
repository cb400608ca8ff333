"""Edit the bot's own pages on a live wiki, through pywikibot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pywikibot

from globalban_bot.act.page_states import PageStates
from globalban_bot.act.post import post
from globalban_bot.act.refusals import check_answer
from globalban_bot.act.switch import Switch
from globalban_bot.act.writer import RefusedError
from globalban_bot.model.owned import PageState
from globalban_bot.model.plan import PageEdit
from globalban_bot.model.refusal import Refusal


class WikiWriter:
    """Writes pages of a live wiki: each edit once, on the revision that was planned for.

    :param site: the wiki, an ``APISite`` that is logged in
    :param switch: the stop page; read again before each edit. None to make that page
    :param check_stop: raises ``Stopped`` when the process was asked to end
    :param marked: whether its pages bear markers, as those of the kit do not
    """

    def __init__(
        self, site: Any, switch: Switch | None, check_stop: Callable[[], None], *, marked: bool = True
    ) -> None:
        self._site = site
        self._switch = switch
        self._check_stop = check_stop
        self.bot: str = site.username()
        self._pages = PageStates(site, self.bot, marked=marked)

    def states(self, titles: Iterable[str]) -> Mapping[str, PageState]:
        """Return how pages stand now (:class:`~globalban_bot.act.page_states.PageStates`)."""
        return self._pages.read(titles)

    def edit(self, edit: PageEdit) -> None:
        """Make one edit, and see to it that it is on top of what was planned for."""
        before = edit.before
        if before.revision is not None and before.model != edit.model:
            raise RefusedError(Refusal.OTHER_MODEL, before.model)
        self._check_stop()
        self._check_exclusion(edit)
        if self._switch is not None:
            self._switch.check()
        try:
            check_answer(post(self._site, _parameters(edit)), before.revision)
        except RefusedError as error:
            if error.refusal is not Refusal.OVERWROTE:
                raise
            self._put_back(edit, error.detail)

    def _check_exclusion(self, edit: PageEdit) -> None:
        """Ask pywikibot whether the page excludes the bot; it would load the page, so only where it may."""
        if 'bots' in edit.before.text.lower() and not pywikibot.Page(self._site, edit.title).botMayEdit():
            raise RefusedError(Refusal.NO_BOTS, 'the page has {{bots}} or {{nobots}}')

    def _put_back(self, edit: PageEdit, revision: str) -> None:
        """Undo our edit that took the place of somebody else's.

        Two edits within one second overwrite each other without a conflict; the answer's ``oldrevid`` tells.
        """
        undo = {'action': 'edit', 'title': edit.title, 'undo': revision, 'bot': '1', 'summary': edit.summary}
        check_answer(post(self._site, undo), int(revision))
        raise RefusedError(Refusal.OVERWROTE, 'somebody edited in the same second; their text was put back')


def _parameters(edit: PageEdit) -> dict[str, str]:
    before = edit.before
    parameters = {
        'action': 'edit',
        'title': edit.title,
        'text': edit.text,
        'summary': edit.summary,
        'bot': '1',
        'notminor': '1',
        'watchlist': 'nochange',
    }
    if before.revision is None:
        return {**parameters, 'createonly': '1', 'contentmodel': edit.model}
    parameters |= {'nocreate': '1', 'baserevid': str(before.revision)}
    if before.time is not None:
        parameters['basetimestamp'] = f'{before.time:%Y-%m-%dT%H:%M:%SZ}'
    return parameters
