"""Delete what setup and the bot have made, through pywikibot."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from globalban_bot.errors import Stopped
from globalban_bot.model.kit import UNINSTALLED, Going
from globalban_bot.model.outcome import Outcome, Refused
from globalban_bot.model.owned import CurrentPage
from globalban_bot.wiki.api import ApiClient
from globalban_bot.wiki.api_errors import RefusedError


def going(state: CurrentPage, bot: str) -> Going:
    """Tell of a page that the bot keeps whether it may be made again after it was deleted.

    It may where it stands as the bot left it, and was not blanked for good. A marker alone does not tell it:
    anybody can write one.

    :param bot: name of the bot's account; this is run by an administrator
    """
    return Going(state.title, for_good=state.is_forgotten or not state.is_of(bot))


def kit_going(state: CurrentPage, bot: str) -> Going:
    """Tell of a page of the kit whether it may be made again: without a marker, who saved it last decides."""
    return Going(state.title, for_good=state.user != bot)


def remove(pages: Iterable[Going], delete: Callable[[Going], None]) -> Outcome:
    """Delete pages; one that is refused never stops the rest.

    :param delete: deletes a page; raises ``RefusedError``, or ``Stopped`` when the run was asked to end
    """
    done: list[str] = []
    refused: list[Refused] = []
    for page in pages:
        try:
            delete(page)
        except Stopped as stop:
            return Outcome(tuple(done), tuple(refused), str(stop))
        except RefusedError as error:
            refused.append(Refused(page.title, error.refusal, error.detail))
        else:
            done.append(page.title)
    return Outcome(tuple(done), tuple(refused))


def reason_of(page: Going, words: str) -> str:
    """Return the reason of a deletion; its end tells a later run whether the page may be made again.

    :param words: why, for people
    """
    return words if page.for_good else f'{words} {UNINSTALLED}'


class Remover:
    """Deletes pages of a live wiki.

    The stop page is not asked: an administrator is at work here, and a bot that was stopped may have to go.

    :param api: writes to the wiki; its account is logged in
    :param words: why, for people
    :param check_stop: raises ``Stopped`` when the process was asked to end
    """

    def __init__(self, api: ApiClient, words: str, check_stop: Callable[[], None]) -> None:
        self._api = api
        self._words = words
        self._check_stop = check_stop

    @property
    def may(self) -> bool:
        """Whether the account has the right."""
        return self._api.has_right('delete')

    def delete(self, page: Going) -> None:
        """Delete a page.

        :raises RefusedError: the wiki did not do it
        """
        self._check_stop()
        reason = reason_of(page, self._words)
        self._api.post(action='delete', title=page.title, reason=reason, watchlist='nochange')
