"""Facts about accounts from a live wiki farm."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import quote

from globalban_bot.errors import WikiError
from globalban_bot.gather import account_answers, block_answers, lock_answers, right_answers
from globalban_bot.gather.answered import first_second, moment, second_before
from globalban_bot.gather.asking import AnswerError, Wikis
from globalban_bot.gather.edit_counts import Span, count_edits
from globalban_bot.model.account import Account, Bounds, EditsAsked, GroupHeld, Here, LocalAccount, LockEvent
from globalban_bot.model.block import WikiBlocks
from globalban_bot.model.unknown import Gap, Unknown

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

    :param site: the wiki with the requests, an ``APISite``
    :param now: the moment of the run (UTC)
    """

    def __init__(self, site: Any, now: datetime) -> None:
        self._wikis = Wikis(site)
        self._now = now
        self._kept: dict[Any, Any] = {}

    def account(self, name: str) -> Account | Unknown:
        """Return a global account by its name. One request."""
        return self._once(('account', name), lambda: self._account(name))

    def edits(self, account: Account, asked: EditsAsked) -> Bounds | Unknown:
        """Return how many edits an account has: a request for each wiki, and each 500 edits, of the proof."""

        def count(local: LocalAccount, span: Span, wanted: int) -> int:
            return self._count(account.name, local, span, wanted)

        return self._once(('edits', account, asked), lambda: count_edits(account, asked, count))

    def blocks(self, account: Account, local: LocalAccount) -> WikiBlocks | Unknown:
        """Return the blocks of an account on a wiki, those of the past included. One request, or few."""
        return self._once(('blocks', account, local), lambda: self._blocks(account.name, local))

    def locks(self, account: Account) -> tuple[LockEvent, ...] | Unknown:
        """Return when the account was shut out, and when not any more, oldest first. Two requests."""
        return self._once(('locks', account), lambda: self._locks(account.name))

    def group(self, account: Account, group: str) -> GroupHeld | Unknown:
        """Return since when an account holds a group: one request where it does, none where it does not."""
        return self._once(('group', account, group), lambda: self._group(account, group))

    def here(self, names: Sequence[str]) -> Mapping[str, Here | Unknown]:
        """Return accounts as the wiki of the requests alone knows them: a request for every fifty."""
        found: dict[str, Here | Unknown] = {}
        for some in _portions(names):
            answered = self._once(('names', some), lambda some=some: self._here(some))  # type: ignore[misc]
            known = {} if isinstance(answered, Unknown) else answered
            missing = answered if isinstance(answered, Unknown) else Unknown(Gap.NOT_SHOWN)
            found |= {name: known.get(name, missing) for name in some}
        return found

    def _here(self, names: Sequence[str]) -> dict[str, Here | Unknown]:
        question = {'list': 'users', 'ususers': '|'.join(names), 'usprop': 'editcount|registration'}
        answer = next(self._wikis.parts(self._wikis.home, **question))
        return {
            item['name']: Here(
                moment(item['registration']) if item.get('registration') else None, item['editcount']
            )
            for item in answer['query']['users']
            if 'editcount' in item
        }

    def _once(self, key: Any, find: Callable[[], _Fact | Unknown]) -> _Fact | Unknown:
        """Return what is kept, or find it; that there is no answer is kept as well."""
        if key not in self._kept:
            self._kept[key] = _or_unknown(key[0], find)
        return self._kept[key]

    def _account(self, name: str) -> Account | Unknown:
        # The list of global blocks takes a name only as it is stored.
        stored = name.replace('_', ' ').strip()
        stored = stored[:1].upper() + stored[1:]
        question = {**account_answers.QUESTION, 'guiuser': name, 'grsuser': name, 'bgtargets': stored}
        try:
            answer = next(self._wikis.parts(self._wikis.home, **question))
        except AnswerError as error:
            if error.code in _NO_ACCOUNT:
                return Unknown(Gap.NOT_SHOWN)
            raise
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
        for part in _logged('edits', self._wikis.parts(local.url, **question)):
            found += len(part['query'].get('usercontribs', ()))
            if found >= wanted:
                break
        return found

    def _blocks(self, name: str, local: LocalAccount) -> WikiBlocks:
        question = {**block_answers.QUESTION, 'bkusers': name, 'letitle': f'User:{name}'}
        parts = [part['query'] for part in self._wikis.parts(local.url, **question)]
        log = block_answers.block_log(item for part in parts for item in part.get('logevents', ()))
        return WikiBlocks(
            wiki=local.wiki,
            url=local.url,
            edits=local.edits,
            standing=block_answers.standing_blocks(item for part in parts for item in part.get('blocks', ())),
            log=log.events,
            asked=self._now,
            whole=log.whole,
        )

    def _locks(self, name: str) -> tuple[LockEvent, ...] | Unknown:
        try:
            locks, blocks = (
                [*self._lines(kind, title.format(name=name), lock_answers.QUESTION)]
                for kind, title in (lock_answers.LOCKS, lock_answers.GLOBAL_BLOCKS)
            )
        except AnswerError as error:
            if error.code in _NO_SUCH_LOG:
                return Unknown(Gap.NOT_ASKED)
            raise
        return lock_answers.lock_events(locks, blocks, self._now)

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
            return right_answers.held_since(lines, group)
        except AnswerError as error:
            if error.code in _NO_SUCH_LOG:
                return Unknown(Gap.NO_LOG)
            raise

    def _lines(self, kind: str, title: str, question: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        """Yield lines of a log of the wiki with the requests."""
        for part in self._wikis.parts(self._wikis.home, **question, letype=kind, letitle=title):
            yield from part['query'].get('logevents', ())


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


def _or_unknown(subject: str, find: Callable[[], _Fact | Unknown]) -> _Fact | Unknown:
    try:
        return find()
    except AnswerError as error:
        _log.warning('%s of an account: %s', subject, error)
        return Unknown(Gap.NO_ANSWER if error.passes else Gap.NOT_READABLE)
    except WikiError as error:
        _log.warning('%s of an account: no answer (%s)', subject, error)
        return Unknown(Gap.NO_ANSWER)
    except Exception as error:
        # An answer of another form than documented must not end the run. Its content may name the account.
        _log.warning('%s of an account: an answer that cannot be read (%s)', subject, type(error).__name__)
        return Unknown(Gap.NOT_READABLE)


def _logged(subject: str, parts: Iterator[_Fact]) -> Iterator[_Fact]:
    try:
        yield from parts
    except WikiError as error:
        _log.warning('%s of an account: no answer (%s)', subject, error)
        raise
