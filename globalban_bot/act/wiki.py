"""Edit the bot's own pages on a live wiki, through pywikibot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

import pywikibot

from globalban_bot.act.post import post
from globalban_bot.act.refusals import check_answer
from globalban_bot.act.switch import Switch
from globalban_bot.act.writer import RefusedError
from globalban_bot.errors import WikiError
from globalban_bot.model.kit import UNINSTALLED
from globalban_bot.model.owned import PageState
from globalban_bot.model.plan import PageEdit
from globalban_bot.model.refusal import Refusal

#: Types of log entries by which a page goes; None where the type is hidden.
_TAKES_AWAY = {'delete', 'move', 'suppress', None}


class WikiWriter:
    """Writes pages of a live wiki: each edit once, on the revision that was planned for.

    :param site: the wiki, an ``APISite`` that is logged in
    :param switch: the stop page; read again before each edit. None to make that page
    :param check_stop: raises ``Stopped`` when the process was asked to end
    """

    def __init__(self, site: Any, switch: Switch | None, check_stop: Callable[[], None]) -> None:
        self._site = site
        self._switch = switch
        self._check_stop = check_stop
        self.bot: str = site.username()

    def states(self, titles: Iterable[str]) -> Mapping[str, PageState]:
        """Return how pages stand now: a request for 50 titles, or 500 with a bot's limits."""
        wanted = [*dict.fromkeys(titles)]
        size = 500 if self._site.has_right('apihighlimits') else 50
        try:
            found = [state for part in _parts(wanted, size) for state in self._states(part)]
            return {state.title: self._with_log(state) for state in found}
        except pywikibot.exceptions.Error as error:
            raise WikiError(f'{self._site}: the pages of the bot cannot be read: {error}') from error

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

    def _states(self, titles: Sequence[str]) -> Iterator[PageState]:
        answer = self._site.simple_request(
            action='query', titles='|'.join(titles), prop='revisions', rvslots='main', formatversion='2',
            rvprop='ids|timestamp|user|content|contentmodel',
        ).submit()  # fmt: skip
        names = {one['to']: one['from'] for one in answer['query'].get('normalized', ())}
        for page in answer['query']['pages']:
            yield _state(names.get(page['title'], page['title']), page)

    def _with_log(self, state: PageState) -> PageState:
        """Tell a page that was taken away from one that never was."""
        if state.revision is not None:
            return state
        answer = self._site.simple_request(
            action='query', list='logevents', letitle=state.title, leprop='type|comment', lelimit='10',
            formatversion='2',
        ).submit()  # fmt: skip
        events = (one for one in answer['query']['logevents'] if one.get('type') in _TAKES_AWAY)
        newest = next(events, None)
        return PageState(state.title, removed=newest is not None and not _by_uninstall(newest))

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


def _by_uninstall(event: Mapping[str, Any]) -> bool:
    """Tell the deletion of our own ``-uninstall`` from one that says that the page shall not be."""
    return event.get('type') == 'delete' and str(event.get('comment', '')).endswith(UNINSTALLED)


def _parts(titles: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (titles[at : at + size] for at in range(0, len(titles), size))


def _state(title: str, page: Mapping[str, Any]) -> PageState:
    if 'revisions' not in page:
        return PageState(title)
    revision = page['revisions'][0]
    slot = revision.get('slots', {}).get('main', {})
    return PageState(
        title,
        revision['revid'],
        revision.get('user'),
        datetime.fromisoformat(revision['timestamp']),
        slot.get('content', ''),
        slot.get('contentmodel', 'wikitext'),
    )


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
