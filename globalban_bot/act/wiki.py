"""Edit the bot's own pages on a live wiki, through pywikibot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from globalban_bot.act.page_states import PageStates
from globalban_bot.act.switch import Switch
from globalban_bot.model.owned import PageState
from globalban_bot.model.plan import PageEdit
from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.api import ApiClient
from globalban_bot.wiki.api_errors import RefusedError, check_edit
from globalban_bot.wiki.exclusion import check_exclusion


class WikiWriter:
    """Writes pages of a live wiki: each edit once, on the revision that was planned for.

    :param api: asks the wiki and writes to it; its account is logged in
    :param switch: the stop page; read again before each edit. None to make that page
    :param check_stop: raises ``Stopped`` when the process was asked to end
    :param marked: whether its pages bear markers, as those of the kit do not
    """

    def __init__(
        self, api: ApiClient, switch: Switch | None, check_stop: Callable[[], None], *, marked: bool = True
    ) -> None:
        self._api = api
        self._switch = switch
        self._check_stop = check_stop
        self.bot: str = api.bot
        self._pages = PageStates(self._api, self.bot, marked=marked, at_once=self._at_once)

    def _at_once(self) -> int:
        return 500 if self._api.has_right('apihighlimits') else 50

    def states(self, titles: Iterable[str]) -> Mapping[str, PageState]:
        """Return how pages stand now (:class:`~globalban_bot.act.page_states.PageStates`)."""
        return self._pages.read(titles)

    def edit(self, edit: PageEdit) -> None:
        """Make one edit, and see to it that it is on top of what was planned for."""
        before = edit.before
        if before.revision is not None and before.model != edit.model:
            raise RefusedError(Refusal.OTHER_MODEL, before.model)
        self._check_stop()
        check_exclusion(self._api, edit.title, before.text)
        if self._switch is not None:
            self._switch.check()
        try:
            check_edit(self._api.home, self._api.post(**_parameters(edit)), before.revision or 0)
        except RefusedError as error:
            if error.refusal is not Refusal.OVERWROTE:
                raise
            self._put_back(edit, error.detail)

    def _put_back(self, edit: PageEdit, revision: str) -> None:
        """Undo our edit that took the place of somebody else's.

        Two edits within one second overwrite each other without a conflict; the answer's ``oldrevid`` tells.
        """
        undo = {'action': 'edit', 'title': edit.title, 'undo': revision, 'bot': '1', 'summary': edit.summary}
        check_edit(self._api.home, self._api.post(**undo), int(revision))
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
