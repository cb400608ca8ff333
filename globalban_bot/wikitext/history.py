"""Read the history of a request page: when it was opened and closed, and who wrote a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from globalban_bot.model.history import Author, History
from globalban_bot.model.request import Request
from globalban_bot.model.revision import Page, Revision
from globalban_bot.model.vote import Entry, Signing
from globalban_bot.wikitext.accounts import is_unregistered
from globalban_bot.wikitext.head import is_redirect
from globalban_bot.wikitext.moves import Placing, read_placing
from globalban_bot.wikitext.page import Reader
from globalban_bot.wikitext.state import state_of_history

#: What people are told about a text without its history.
NO_HISTORY = (
    'text without history: times, votes after the closing and the authors of unsigned entries are not known'
)
_NOT_THE_WRITERS = re.compile(
    r'<!--.*?(?:-->|$)|</?(?:s|del|strike|small)\b[^<>]*>|\{\{\s*(?:unsigned|struck)[^{}|]*\|?', re.IGNORECASE
)
_FINGERPRINT_LENGTH = 80


def read_history(page: Page, reader: Reader, as_of: datetime) -> History:
    """Read the revisions of a page.

    :param page: the page with all revisions that are known, oldest first
    :param as_of: the moment from which it is looked at (aware, UTC)
    """
    # A page that began as a redirect became a request only later, be it years.
    first = next((one for one in page.revisions if not is_redirect(one.text or '')), page.revisions[0])
    placing = read_placing(page, reader.is_request_title)
    opening = _opening(page, first, placing)
    state = state_of_history(page.revisions, reader, as_of)
    return History(
        opened=None if opening is None else opening.time,
        created=first.time,
        creator=first.user,
        authors=dict(_authors(page.revisions, _fingerprints(page.live.text or ''))),
        state=replace(state, moved=placing.moved),
        listed=None if opening is None or opening.text is None else reader.listed(opening.text),
        other_opened=opening is not None and opening.user != first.user,
    )


def _opening(page: Page, first: Revision, placing: Placing) -> Revision | None:
    """Return the revision with which the request was opened; None where that is not known.

    A draft is opened by the move to where people look for requests, not by its first revision.

    :param first: the first revision that is no redirect
    """
    if not placing.is_known:
        return None
    if placing.move is None or placing.move.time <= first.time:
        return first
    return next(one for one in page.revisions if one.id == placing.move.id)


def _fingerprints(text: str) -> frozenset[str]:
    """Return the fingerprints of a text's lines. Other lines are not looked for in the history."""
    return frozenset(filter(None, map(fingerprint, text.split('\n'))))


def _authors(revisions: Sequence[Revision], wanted: frozenset[str]) -> Iterator[tuple[str, Author]]:
    """Yield each fingerprint with the first revision that has it."""
    missing = set(wanted)
    before: set[str] = set()
    for revision in revisions:
        if not missing:
            return
        lines = (revision.text or '').split('\n')
        for line in lines:
            mark = None if line in before else fingerprint(line)
            if mark in missing:
                missing.remove(mark)
                yield mark, Author(revision.user, revision.time)
        before = {*lines}


def fingerprint(line: str) -> str:
    """Return the words with which a line begins.

    Strikes, small print, comments and ``{{unsigned}}`` are left out: others add them later.
    """
    return re.sub(r'[\W_]+', ' ', _NOT_THE_WRITERS.sub(' ', line)).strip()[:_FINGERPRINT_LENGTH]


def with_history(request: Request, text: str, history: History) -> Request:
    """Complete a request with what its history tells.

    Times come from the history; an unsigned entry gets the author of its line; a nominator
    other than the creator of the page is for people.
    """
    lines = text.split('\n')
    proposals = tuple(
        replace(proposal, entries=tuple(_with_author(entry, lines, history) for entry in proposal.entries))
        for proposal in request.proposals
    )
    opener = _opener(request, history)
    return replace(
        request,
        opened=history.opened,
        created=history.created,
        state=history.state,
        nominator=opener.nominator,
        unregistered=opener.unregistered,
        named=_named(request, opener, history),
        proposals=proposals,
        warnings=(*request.warnings, *opener.warnings),
    )


def without_history(request: Request) -> Request:
    """Return a request that was read from its text alone: what only a history tells is not known."""
    return replace(
        request,
        opened=None,
        state=replace(request.state, closed=None),
        has_history=False,
        warnings=(*request.warnings, NO_HISTORY),
    )


def _named(request: Request, opener: _Opener, history: History) -> tuple[str, ...] | None:
    """Return the accounts that the nominator named beside the subjects and themselves."""
    if history.listed is None:
        return None
    known = {*request.subjects, opener.nominator}
    return tuple(name for name in history.listed if name not in known)


def _with_author(entry: Entry, lines: Sequence[str], history: History) -> Entry:
    if entry.author is not None or entry.signing is not Signing.UNSIGNED:
        return entry
    author = history.authors.get(fingerprint(lines[entry.line - 1]))
    if author is None or author.user is None:
        return entry
    return replace(entry, author=author.user, time=entry.time or author.time)


@dataclass(frozen=True)
class _Opener:
    """Who made a request.

    :param nominator: an account; None where it is for people, or where it was nobody with an account
    :param unregistered: whether it was somebody without an account
    """

    nominator: str | None
    unregistered: bool
    warnings: tuple[str, ...] = ()


_OTHER = _Opener(
    None,
    False,
    ('the opening statement is signed with another name than that of who made the page: for people',),
)

_MOVED_BY_OTHER = _Opener(
    None,
    False,
    ('another than who wrote the draft moved it to where it is: for people who made the request',),
)


def _opener(request: Request, history: History) -> _Opener:
    """Hold the signature of the statement against who made the page."""
    signer, creator = request.nominator, history.creator
    if not request.subjects:
        return _Opener(signer, request.unregistered)
    if history.other_opened:
        return _MOVED_BY_OTHER
    if creator is None:
        # Who made the page is hidden: anybody could have signed for anybody.
        return _Opener(None, False)
    if is_unregistered(creator):
        return _Opener(None, True) if signer is None else _OTHER
    if signer is None and not request.unregistered:
        warning = 'the opening statement is not signed; the nominator is who made the page'
        return _Opener(creator, False, (warning,))
    return _Opener(creator, False) if signer == creator else _OTHER
