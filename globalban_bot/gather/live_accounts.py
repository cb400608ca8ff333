"""Facts about accounts from a live wiki farm."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import quote

from globalban_bot.errors import WikiError
from globalban_bot.gather import account_answers, log_answers
from globalban_bot.gather.edit_counts import Span, count_edits
from globalban_bot.model.account import (
    Account,
    Bounds,
    EditsAsked,
    GroupHeld,
    LocalAccount,
    LocalAccountSummary,
    LockEvent,
)
from globalban_bot.model.block import WikiBlocks
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.wiki.answers import ApiAnswer, Queries, ask, ask_once
from globalban_bot.wiki.api_errors import ApiError
from globalban_bot.wiki.api_values import first_second, second_before

_log = logging.getLogger(__name__)
_Fact = TypeVar('_Fact')
_Asked = ParamSpec('_Asked')
#: What the API answers to a name that is no account's, or a hidden one's (GlobalBlocking: ``nosuchuser``).
_NO_ACCOUNT = {'baduser', 'invaliduser', 'nosuchuser'}
#: What it answers to a log that it does not have.
_NO_SUCH_LOG = {'badvalue', 'unknown_letype'}
#: Characters of names in an address; servers take some 8,000 in all.
_LONGEST_QUESTION = 5000
#: Names that an account without special rights may ask for by one request.
_NAMES_AT_ONCE = 50
#: Edits that an account without special rights may list by one request.
_AT_ONCE = 500


def _kept(
    find: Callable[Concatenate[LiveAccounts, _Asked], _Fact],
) -> Callable[Concatenate[LiveAccounts, _Asked], _Fact | Unknown]:
    """Make a method keep what it has found; what no wiki tells becomes a fact that is not known."""

    def kept(self: LiveAccounts, /, *question: _Asked.args, **more: _Asked.kwargs) -> _Fact | Unknown:
        key = (find.__name__, question, *more.values())
        if key not in self.kept:
            try:
                self.kept[key] = find(self, *question, **more)
            except WikiError as error:
                # The log names the wiki, never the account.
                _log.warning('%s of an account: %s', find.__name__.strip('_'), error)
                lasts = isinstance(error, ApiError) and not error.passes
                self.kept[key] = Unknown(Gap.NOT_READABLE if lasts else Gap.NO_ANSWER)
        return self.kept[key]

    return kept


class LiveAccounts:
    """Asks live wikis. Each answer is kept: to ask the same again costs nothing.

    No log line names an account, and no reason of a block is asked for.

    :ivar kept: what is known, by what was asked
    """

    def __init__(self, wikis: Queries, now: datetime) -> None:
        self._wikis = wikis
        self._now = now
        self.kept: dict[Any, Any] = {}

    @_kept
    def account(self, name: str) -> Account | Unknown:
        """Return a global account by its name. One request."""
        question = {**account_answers.QUESTION, 'guiuser': name, 'grsuser': name, 'bgtargets': _stored(name)}
        try:
            answer = ask_once(self._wikis, self._wikis.home, **question)
        except ApiError as error:
            if error.code in _NO_ACCOUNT:
                return Unknown(Gap.NOT_SHOWN)
            raise
        return account_answers.account_of(answer, self._now)

    @_kept
    def edits(self, account: Account, question: EditsAsked) -> Bounds | Unknown:
        """Return how many edits an account has: a request for each wiki, and each 500 edits, of the proof."""
        return count_edits(account, question, partial(self._count, account.name))

    @_kept
    def blocks(self, account: Account, local: LocalAccount) -> WikiBlocks | Unknown:
        """Return the blocks of an account on a wiki, those of the past included. One request, or few."""
        question = {**log_answers.BLOCKS, 'bkusers': account.name, 'letitle': f'User:{account.name}'}
        parts = [*ask(self._wikis, local.url, 'blocks', 'logevents', **question)]
        log, whole = log_answers.block_log(
            line for part in parts for line in part.lines('query', 'logevents')
        )
        return WikiBlocks(
            wiki=local.wiki,
            url=local.url,
            edits=local.edits,
            standing=log_answers.standing_blocks(
                block for part in parts for block in part.lines('query', 'blocks')
            ),
            log=log,
            asked=self._now,
            whole=whole,
        )

    @_kept
    def locks(self, account: Account) -> tuple[LockEvent, ...] | Unknown:
        """Return when the account was shut out, and when not any more, oldest first. Two requests."""
        try:
            locks = [*self._log(log_answers.LOCKS, f'User:{account.name}@global')]
            blocks = [*self._log(log_answers.GLOBAL_BLOCKS, f'User:{account.name}')]
        except ApiError as error:
            if error.code in _NO_SUCH_LOG:
                return Unknown(Gap.NOT_ASKED)
            raise
        events = log_answers.lock_events(locks, blocks, self._now)
        # The log of an account that was renamed stands under its old name.
        shut_out = account.locked or account.globally_blocked is True
        lacks_a_line = shut_out and not (events and events[-1].locked)
        return Unknown(Gap.NO_LOG) if lacks_a_line else events

    @_kept
    def group(self, account: Account, group: str) -> GroupHeld | Unknown:
        """Return since when an account holds a group: one request where it does, none where it does not."""
        here = next((local for local in account.locals if local.url == self._wikis.home), None)
        if here is not None and group in here.groups:
            question = log_answers.RIGHTS
        elif group in account.groups:
            question = log_answers.GLOBAL_RIGHTS
        else:
            return GroupHeld(None)
        try:
            return log_answers.held_since(self._log(question, f'User:{account.name}'), group)
        except ApiError as error:
            if error.code in _NO_SUCH_LOG:
                return Unknown(Gap.NO_LOG)
            raise

    def here(self, names: Sequence[str]) -> Mapping[str, LocalAccountSummary | Unknown]:
        """Return accounts as the wiki of the requests alone knows them: a request for every fifty."""
        accounts: dict[str, LocalAccountSummary | Unknown] = {}
        for some in _portions(names):
            known = self._names(some)
            if isinstance(known, Unknown):
                accounts |= dict.fromkeys(some, known)
            else:
                accounts |= {name: known.get(name, Unknown(Gap.NOT_SHOWN)) for name in some}
        return accounts

    @_kept
    def _names(self, names: Sequence[str]) -> Mapping[str, LocalAccountSummary]:
        question = {'list': 'users', 'ususers': '|'.join(names), 'usprop': 'editcount|registration'}
        users = ask_once(self._wikis, self._wikis.home, **question).objects('query', 'users')
        return {
            user.text('name'): LocalAccountSummary(user.time_if_any('registration'), user.number('editcount'))
            for user in users
            if 'editcount' in user
        }

    def _count(self, name: str, local: LocalAccount, span: Span, wanted: int) -> int:
        question = {'list': 'usercontribs', 'ucuser': name, 'ucprop': 'ids', 'ucdir': 'older'}
        question['uclimit'] = str(min(wanted, _AT_ONCE))
        if span.before is not None:
            question['ucstart'] = second_before(span.before)
        if span.after is not None:
            question['ucend'] = first_second(span.after)
        edits = 0
        for part in ask(self._wikis, local.url, 'usercontribs', **question):
            edits += len(part.lines('query', 'usercontribs'))
            if edits >= wanted:
                break
        return edits

    def _log(self, question: Mapping[str, str], title: str) -> Iterator[ApiAnswer]:
        """Yield lines of a log of the wiki with the requests."""
        for part in ask(self._wikis, self._wikis.home, 'logevents', **question, letitle=title):
            yield from part.lines('query', 'logevents')


def _portions(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Divide names so that each question is one that a wiki takes, and an address that a server takes."""
    some: list[str] = []
    for name in names:
        length = sum(len(quote(other)) for other in (*some, name))
        if some and (len(some) == _NAMES_AT_ONCE or length > _LONGEST_QUESTION):
            yield tuple(some)
            some = []
        some.append(name)
    if some:
        yield tuple(some)


def _stored(name: str) -> str:
    """Return a name as MediaWiki stores it, which the list of global blocks takes alone."""
    words = ' '.join(name.replace('_', ' ').split())
    return words[:1].upper() + words[1:]
