"""Give one notice on one page, once.

The wiki alone decides, by what can be read there at any moment:

- The bot's edits say that it was given, by a word at the end of their summaries: it is given, also where it
  stands there no longer, as somebody has archived it or taken it away. Only if it vanished within seconds,
  and by no revert, somebody overwrote it without knowing, and it is given again. A marker in the text alone
  says nothing: anybody can write one.
- A page on which something waits for the next edit is not edited. After the append the saved revision is
  compared with what was sent, and undone if it holds more.
- It is given by an append (``section=new``), which never takes anybody's text away. The append names the
  revision that was looked at (``baserevid``): where the same account has appended the same since, and nobody
  else edited, MediaWiki refuses it as a conflict.
- After each append, be it answered or not, the page is read again. Two deliveries at once may both have
  appended; as the wiki puts edits into an order, the later one sees both notices, and so does any later run.
- Whoever sees more than one takes the later ones away in one edit, as far as they are the bot's own letter by
  letter. That edit names its ``baserevid`` and no ``basetimestamp``: with a time, MediaWiki lets an edit
  within the same second pass and overwrite; with the number alone it merges or refuses. The first notice in
  the text is never taken away, so two that do this at once agree, and one notice is left.

Each step is one edit that leaves the page right or as it was. Killed between any two, the next run goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pywikibot

from globalban_bot.act.appended import is_append
from globalban_bot.act.duplicates import without_repeats
from globalban_bot.act.notice_page import DeliveryRevision, NoticePage, NoticePageReader
from globalban_bot.errors import Stopped
from globalban_bot.model.notice import Audience, Delivery, Notice, Sent, given_word, notice_marker
from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.api import ApiClient
from globalban_bot.wiki.api_errors import RefusedError
from globalban_bot.wiki.exclusion import check_exclusion
from globalban_bot.wiki.replies import check_edit

#: Rounds of looking and doing; more are needed only where others edit the page without a pause.
_ROUNDS = 10
#: The page may be overwritten so often, and the notice is given anew.
_MOST_GIVEN = 5
#: Looks for an edit whose answer was lost, or that a lagging database does not show yet.
_MOST_WAITS = 3
_ONCE_MORE = {Refusal.CONFLICT, Refusal.CREATED, Refusal.RATE_LIMITED}


class NoticeAppender:
    """Gives a notice on a wiki.

    :param api: asks the wiki and writes to it; its account is logged in
    :param notice: the notice; its target has a page
    :param page_id: page id of the request
    :param summary: the edit summary
    :param before_each: called before every write; raises ``Stopped``
    :param pause: seconds to wait before a look or an edit is tried again
    :param pending: tells what on a page waits for the next edit; nothing where an edit adds only what it says
    :param inert: makes of a text one on which nothing waits for the next edit
    """

    def __init__(
        self,
        api: ApiClient,
        notice: Notice,
        page_id: int,
        summary: str,
        before_each: Callable[[], None],
        pause: float,
        pending: Callable[[str], object | None],
        inert: Callable[[str], str],
    ) -> None:
        self._api = api
        self._notice = notice
        self._title = notice.target.page or ''
        self._page_id = page_id
        self._summary = summary
        self._before_each = before_each
        self._pause = pause
        self._pending = pending
        self._inert = inert
        # Only a user is told on a page that may not be there yet.
        may_create = notice.audience is Audience.SUBJECT
        self._looker = NoticePageReader(self._api, self._api.bot, self._title, page_id, may_create=may_create)
        self._sent: list[int] = []
        self._before: frozenset[int] | None = None
        self._base: NoticePage | None = None
        self._strangers = 0
        self._gone = 0
        self._lost = False
        self._waits = 0
        self._once_more = True

    def give(self) -> Delivery:
        """Give the notice unless it is given.

        :raises RefusedError: the wiki did not take it, or whether it did cannot be told
        :raises Stopped: nothing may be sent any more, and nothing was
        """
        try:
            for _ in range(_ROUNDS):
                done = self._round(self._look())
                if done is not None:
                    return done
            raise RefusedError(Refusal.CONFLICT, 'others edit the page without a pause')
        except (RefusedError, Stopped):
            if not self._sent:
                raise
            return Delivery(self._notice, Sent.DELIVERED, revision=self._sent[-1])

    def _look(self) -> NoticePage:
        """Look at the page; wait for a database that lags behind our own edit."""
        look = self._looker.look()
        while self._sent and look.revision < self._sent[-1]:
            self._wait(Refusal.LAGGED)
            look = self._looker.look()
        if self._before is None:
            self._before = frozenset(one.revision for one in look.given)
            # Markers that stand there although the bot gave nothing.
            self._strangers = 0 if look.given else look.count
        return look

    def _round(self, look: NoticePage) -> Delivery | None:
        """Do what a look calls for; None where another look is needed."""
        self._find_lost(look)
        count = look.count - self._strangers
        if count > 1 and self._settle(look):
            return None
        if count > 0 or self._taken_away(look):
            return self._given(look)
        if self._lost:
            self._wait(Refusal.NO_ANSWER)
            return None
        self._append(look)
        return None

    def _given(self, look: NoticePage) -> Delivery:
        """Tell a notice that was given here from one that was there."""
        given = [one for one in look.given if one.revision > self._gone]
        if not given:
            return Delivery(self._notice, Sent.THERE)
        first = given[0]
        if first.revision not in self._sent:
            return Delivery(self._notice, Sent.THERE, revision=first.revision)
        self._check_saved(look, first)
        return Delivery(self._notice, Sent.DELIVERED, revision=first.revision)

    def _check_saved(self, look: NoticePage, given: DeliveryRevision) -> None:
        """Return if an edit saved the notice alone; else undo it.

        :raises RefusedError: it was undone
        """
        base = self._base
        if base is not None and (base.revision, look.revision) == (given.parent, given.revision):
            pairs: Sequence[tuple[str, str]] = [(base.text, look.text)]
        else:
            pairs = self._looker.texts([given])
        if all(is_append(before, after, self._notice) for before, after in pairs):
            return
        self._sent.clear()
        if look.revision != given.revision:
            raise RefusedError(Refusal.PLANTED, f'{self._title}: others have edited since; undo it by hand')
        try:
            done = 'undone' if self._undo(look, self._inert(pairs[0][0])) else 'undo it by hand'
        except (RefusedError, Stopped) as error:
            raise RefusedError(Refusal.PLANTED, f'{self._title}: could not be undone: {error}') from error
        raise RefusedError(Refusal.PLANTED, f'{self._title}: the edit saved more than the notice; {done}')

    def _undo(self, look: NoticePage, text: str) -> bool:
        """Save the text that stood there before; tell whether it stands there now.

        MediaWiki's own undo would expand again what was planted there.
        """
        summary = f'The edit saved more than the notice (globalban-notice-undo {self._page_id})'
        self._post(look, {'text': text, 'summary': summary})
        return self._looker.look().text.rstrip() == text.rstrip()

    def _find_lost(self, look: NoticePage) -> None:
        """Find the edit whose answer was lost among those that the page shows."""
        new = [one.revision for one in look.given if one.revision not in (self._before or ())]
        if self._lost and new:
            self._sent.append(new[-1])
            self._lost = False

    def _taken_away(self, look: NoticePage) -> bool:
        """Tell whether the notice was given and somebody took it away: it is not given again."""
        if not look.given:
            return False
        if len(look.given) < _MOST_GIVEN and (gone := self._looker.overwritten(look.given[-1])):
            self._gone = gone
            return False
        return True

    def _append(self, look: NoticePage) -> None:
        if look.lack is not None:
            raise RefusedError(look.lack, self._title)
        check_exclusion(self._api, self._title, look.text)
        if self._pending(look.text):
            raise RefusedError(Refusal.PLANTED, self._title)
        self._base = look
        summary = f'{self._summary} {given_word(self._page_id)}'
        try:
            new = {'section': 'new', 'sectiontitle': self._notice.heading, 'text': self._notice.body}
            self._sent.append(self._post(look, new | {'summary': summary}))
        except RefusedError as error:
            if error.refusal is Refusal.NO_ANSWER:
                self._lost = True
            elif error.refusal in _ONCE_MORE and self._once_more:
                self._once_more = False
                pywikibot.sleep(self._pause)
            else:
                raise

    def _settle(self, look: NoticePage) -> bool:
        """Take the bot's later notices away; return whether another look is needed."""
        marker = notice_marker(self._page_id)
        text = without_repeats(look.text, marker, self._looker.blocks(look.given))
        if text == look.text:
            return False
        summary = f'The same notice stands above (globalban-notice-once {self._page_id})'
        try:
            self._post(look, {'text': text, 'summary': summary})
        except Stopped:
            return False
        except RefusedError as error:
            pywikibot.warning(f'{self._api.home}: {self._title} has a notice twice: {error}')
            if error.refusal not in {Refusal.CONFLICT, Refusal.NO_ANSWER}:
                return False
        return True

    def _post(self, look: NoticePage, what: dict[str, str]) -> int:
        """Make an edit on the revision that was looked at, and return its own revision."""
        self._before_each()
        answer = self._api.post(
            action='edit', title=self._title, **_on(look),
            bot='1', notminor='1', watchlist='nochange', **what,
        )  # fmt: skip
        # Another "oldrevid" overwrote nothing: an append is on the newest revision, the rest is merged.
        return check_edit(self._api.home, answer)

    def _wait(self, why: Refusal) -> None:
        """Wait, so often and no longer.

        :raises RefusedError: it was often enough
        """
        self._waits += 1
        if self._waits > _MOST_WAITS:
            raise RefusedError(why, 'the page does not show the edit; a later run looks again')
        pywikibot.sleep(self._pause)


def _on(look: NoticePage) -> dict[str, str]:
    """Return on what an edit is made: the revision that was looked at, or a page that is missing yet."""
    if not look.revision:
        return {'createonly': '1'}
    return {'baserevid': str(look.revision), 'nocreate': '1'}
