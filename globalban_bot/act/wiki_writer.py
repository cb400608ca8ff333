"""Edit the bot's own pages on a live wiki, through pywikibot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.plan import PageEdit
from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.api import ApiClient
from globalban_bot.wiki.api_errors import RefusedError
from globalban_bot.wiki.exclusion import check_exclusion
from globalban_bot.wiki.replies import check_edit


class WikiWriter:
    """Writes pages of a live wiki: each edit once, on the revision that was planned for.

    :param api: asks the wiki and writes to it; its account is logged in
    :param states: returns how pages stand now, by title
    :param check: raises ``Stopped`` where nothing may be edited; called before each edit
    """

    def __init__(
        self,
        api: ApiClient,
        states: Callable[[Iterable[str]], Mapping[str, CurrentPage]],
        check: Callable[[], None],
    ) -> None:
        self._api = api
        self._states = states
        self._check = check
        self.bot: str = api.bot

    def states(self, titles: Iterable[str]) -> Mapping[str, CurrentPage]:
        """Return how pages stand now, by title."""
        return self._states(titles)

    def edit(self, edit: PageEdit) -> None:
        """Make one edit, and see to it that it is on top of what was planned for."""
        before = edit.before
        if before.revision is not None and before.model != edit.model:
            raise RefusedError(Refusal.OTHER_MODEL, before.model)
        check_exclusion(self._api, edit.title, before.text)
        self._check()
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
