"""Facts about accounts from a live wiki farm."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote

from globalban_bot.errors import WikiError
from globalban_bot.gather import account_answers, block_answers, lock_answers, right_answers
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
from globalban_bot.wiki.api_errors import ApiError, understood
from globalban_bot.wiki.api_values import (
    first_second,
    mapping_at,
    mappings_at,
    nullable_text,
    number_at,
    optional_mappings,
    parse_timestamp,
    second_before,
    text_at,
)
from globalban_bot.wiki.queries import Queries

_log = logging.getLogger(__name__)
_Fact = TypeVar('_Fact')
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


class LiveAccounts:
    """Asks live wikis. Each answer is kept: to ask the same again costs nothing.

    No log line names an account, and no reason of a block is asked for.

    :param wikis: asks the wikis
    :param now: the moment of the run (UTC)
    """

    def __init__(self, wikis: Queries, now: datetime) -> None:
        self._wikis = wikis
        self._now = now
        self._kept: dict[Any, Any] = {}

    def account(self, name: str) -> Account | Unknown:
        """Return a global account by its name. One request."""
        return self._once(('account', name), lambda: self._account(name))

    def edits(self, account: Account, question: EditsAsked) -> Bounds | Unknown:
        """Return how many edits an account has: a request for each wiki, and each 500 edits, of the proof."""

        def count(local: LocalAccount, span: Span, wanted: int) -> int:
            return self._count(account.name, local, span, wanted)

        return self._once(('edits', account, question), lambda: count_edits(account, question, count))

    def blocks(self, account: Account, local: LocalAccount) -> WikiBlocks | Unknown:
        """Return the blocks of an account on a wiki, those of the past included. One request, or few."""
        return self._once(('blocks', account, local), lambda: self._blocks(account.name, local))

    def locks(self, account: Account) -> tuple[LockEvent, ...] | Unknown:
        """Return when the account was shut out, and when not any more, oldest first. Two requests."""
        return self._once(('locks', account), lambda: self._locks(account))

    def group(self, account: Account, group: str) -> GroupHeld | Unknown:
        """Return since when an account holds a group: one request where it does, none where it does not."""
        return self._once(('group', account, group), lambda: self._group(account, group))

    def here(self, names: Sequence[str]) -> Mapping[str, LocalAccountSummary | Unknown]:
        """Return accounts as the wiki of the requests alone knows them: a request for every fifty."""
        found: dict[str, LocalAccountSummary | Unknown] = {}
        for some in _portions(names):
            answered = self._once(('names', some), lambda some=some: self._here(some))  # type: ignore[misc]
            known = {} if isinstance(answered, Unknown) else answered
            missing = answered if isinstance(answered, Unknown) else Unknown(Gap.NOT_SHOWN)
            found |= {name: known.get(name, missing) for name in some}
        return found

    def _here(self, names: Sequence[str]) -> dict[str, LocalAccountSummary | Unknown]:
        question = {'list': 'users', 'ususers': '|'.join(names), 'usprop': 'editcount|registration'}
        answer = next(self._wikis.query(self._wikis.home, **question))
        with understood(self._wikis.home):
            users = mappings_at(answer, 'query', 'users')
            return {text_at(item, 'name'): _here(item) for item in users if 'editcount' in item}

    def _once(self, key: Any, find: Callable[[], _Fact | Unknown]) -> _Fact | Unknown:
        """Return what is kept, or find it; that there is no answer is kept as well."""
        if key not in self._kept:
            self._kept[key] = _or_unknown(key[0], find)
        return self._kept[key]

    def _account(self, name: str) -> Account | Unknown:
        question = {**account_answers.QUESTION, 'guiuser': name, 'grsuser': name, 'bgtargets': _stored(name)}
        try:
            answer = next(self._wikis.query(self._wikis.home, **question))
        except ApiError as error:
            if error.code in _NO_ACCOUNT:
                return Unknown(Gap.NOT_SHOWN)
            raise
        with understood(self._wikis.home):
            return account_answers.account_of(answer, self._now)

    def _count(self, name: str, local: LocalAccount, span: Span, wanted: int) -> int:
        question = {
            'list': 'usercontribs',
            'ucuser': name,
            'ucprop': 'ids',
            'uclimit': str(min(wanted, _AT_ONCE)),
            'ucdir': 'older',
        }
        if span.before is not None:
            question['ucstart'] = second_before(span.before)
        if span.after is not None:
            question['ucend'] = first_second(span.after)
        found = 0
        for query in self._told(local.url, question, 'usercontribs'):
            found += len(optional_mappings(query, 'usercontribs'))
            if found >= wanted:
                break
        return found

    def _told(self, server: str, question: Mapping[str, str], *kinds: str) -> Iterator[Mapping[str, Any]]:
        """Yield the parts of an answer, of which the first has to have all lists that were asked for.

        :param kinds: names of the lists; one that is left out would be taken for an empty one
        :raises WikiError: there is no answer, or an error
        """
        try:
            with understood(server):
                for number, part in enumerate(self._wikis.query(server, **question)):
                    query = mapping_at(part, 'query')
                    for kind in kinds if number == 0 else ():
                        mappings_at(query, kind)
                    yield query
        except WikiError as error:
            _log.warning('%s: %s', ', '.join(kinds), error)
            raise

    def _blocks(self, name: str, local: LocalAccount) -> WikiBlocks:
        question = {**block_answers.QUESTION, 'bkusers': name, 'letitle': f'User:{name}'}
        parts = [*self._told(local.url, question, 'blocks', 'logevents')]
        with understood(local.url):
            log = block_answers.block_log(
                line for part in parts for line in optional_mappings(part, 'logevents')
            )
            standing = (block for part in parts for block in optional_mappings(part, 'blocks'))
            return WikiBlocks(
                wiki=local.wiki,
                url=local.url,
                edits=local.edits,
                standing=block_answers.standing_blocks(standing),
                log=log.events,
                asked=self._now,
                whole=log.whole,
            )

    def _locks(self, account: Account) -> tuple[LockEvent, ...] | Unknown:
        try:
            locks, blocks = (
                [*self._lines(kind, title.format(name=account.name), lock_answers.QUESTION)]
                for kind, title in (lock_answers.LOCKS, lock_answers.GLOBAL_BLOCKS)
            )
        except ApiError as error:
            if error.code in _NO_SUCH_LOG:
                return Unknown(Gap.NOT_ASKED)
            raise
        with understood(self._wikis.home):
            events = lock_answers.lock_events(locks, blocks, self._now)
        # The log of an account that was renamed stands under its old name.
        shut_out = account.locked or account.globally_blocked is True
        lacks_a_line = shut_out and not (events and events[-1].locked)
        return Unknown(Gap.NO_LOG) if lacks_a_line else events

    def _group(self, account: Account, group: str) -> GroupHeld | Unknown:
        here = next((local for local in account.locals if local.url == self._wikis.home), None)
        if here is not None and group in here.groups:
            log = right_answers.LOCAL
        elif group in account.groups:
            log = right_answers.GLOBAL
        else:
            return GroupHeld(None)
        lines = self._lines(log, f'User:{account.name}', right_answers.QUESTION)
        try:
            with understood(self._wikis.home):
                return right_answers.held_since(lines, group)
        except ApiError as error:
            if error.code in _NO_SUCH_LOG:
                return Unknown(Gap.NO_LOG)
            raise

    def _lines(self, kind: str, title: str, question: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        """Yield lines of a log of the wiki with the requests."""
        question = {**question, 'letype': kind, 'letitle': title}
        for query in self._told(self._wikis.home, question, 'logevents'):
            yield from optional_mappings(query, 'logevents')


def _portions(names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Divide names so that each question is one that a wiki takes, and an address that a server takes."""
    some: list[str] = []
    for name in names:
        length = sum(len(quote(one)) for one in (*some, name))
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


def _here(item: Mapping[str, Any]) -> LocalAccountSummary:
    registered = nullable_text(item, 'registration')
    return LocalAccountSummary(
        parse_timestamp(registered) if registered else None, number_at(item, 'editcount')
    )


def _or_unknown(subject: str, find: Callable[[], _Fact | Unknown]) -> _Fact | Unknown:
    """Return a fact, or why it is not known. The log names the wiki, never the account."""
    try:
        return find()
    except ApiError as error:
        _log.warning('%s of an account: %s', subject, error)
        return Unknown(Gap.NO_ANSWER if error.passes else Gap.NOT_READABLE)
    except WikiError as error:
        _log.warning('%s of an account: %s', subject, error)
        return Unknown(Gap.NO_ANSWER)
