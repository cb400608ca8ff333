"""Made-up values, to be tallied and rendered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from globalban_bot.decide.tally import tally
from globalban_bot.model.request import Head, Proposal, Request
from globalban_bot.model.state import Phase, RequestState, Status
from globalban_bot.model.tally import Tally
from globalban_bot.model.vote import Entry, Form, NotAVote, NotAVoteReason, Signing, Stance

SUPPORT, OPPOSE, NEUTRAL = Stance


def at(day: int, hour: int = 12) -> datetime:
    """Return a time in May 2027."""
    return datetime(2027, 5, day, hour, tzinfo=UTC)


def entry(line: int = 1, author: str | None = 'Ada', stance: Stance = SUPPORT, **more: Any) -> Entry:
    """Return a plain signed position; what is given replaces what is plain about it."""
    plain = Entry(
        line=line,
        last_line=line,
        section='Votes',
        stance=stance,
        strength=None,
        form=Form.TEMPLATE,
        author=author,
        time=at(2),
        signing=Signing.SIGNED,
    )
    return replace(plain, **more)


def other(line: int = 1, reason: NotAVoteReason = NotAVoteReason.COMMENT) -> NotAVote:
    """Return what looks like a vote and is none."""
    return NotAVote(line, 'Votes', reason)


def proposal(*entries: Entry, heading: str | None = None, others: tuple[NotAVote, ...] = ()) -> Proposal:
    """Return a question with its entries."""
    return Proposal(heading, entries, others)


def request(*proposals: Proposal, **more: Any) -> Request:
    """Return an open request about one account."""
    plain = Request(
        title='Requests for comment/Global ban for Bel',
        page_id=7,
        revision=70,
        head=Head(),
        subjects=('Bel',),
        nominator='Ada',
        opened=at(1),
        proposals=proposals or (proposal(),),
    )
    return replace(plain, **more)


def closed_at(moment: datetime, status: Status = Status.CLOSED, **more: Any) -> RequestState:
    """Return the state of a request that was closed at a moment; by default its head does not tell how."""
    plain = RequestState(Phase.CLOSED, status, status.value, since=moment, closed=moment)
    return replace(plain, **more)


def tallied(*entries: Entry, **more: Any) -> Tally:
    """Return the tally of a request with one question."""
    return tally(request(proposal(*entries), **more))


def closed_head() -> Head:
    """Return the head of a request that was closed without a ban."""
    return Head(word='globalban-no', status=Status.UNSUCCESSFUL)
