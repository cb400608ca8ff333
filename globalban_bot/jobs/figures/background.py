"""Figures on the accounts of a request for the operator alone. They are printed, and never posted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from globalban_bot.decide.blocklog import first_indefinite
from globalban_bot.errors import UserError
from globalban_bot.gather.accounts import Accounts
from globalban_bot.gather.live_requests import LiveSource
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.accounts import accounts_of, nominations_of
from globalban_bot.jobs.nomination import Nominations
from globalban_bot.jobs.page_worker import PageWorker
from globalban_bot.jobs.session import reader_of
from globalban_bot.model.account import Account, Bounds, EditsAsked, LocalAccountSummary
from globalban_bot.model.background import Background, Voters
from globalban_bot.model.block import WikiBlocks
from globalban_bot.model.facts import AccountFacts
from globalban_bot.model.tally import Tally
from globalban_bot.model.unknown import Unknown
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.background import render_background
from globalban_bot.wiki.api import ApiClient
from globalban_bot.wikitext.accounts import is_unregistered

#: Edits on a wiki are counted so far.
MOST_EDITS = 500


def background_live(
    site: Any, profile: Profile, request: str, least: int, now: datetime, facts: Path | None = None
) -> str:
    """Return what the operator reads.

    :param request: page id or full title of the request
    :param least: accounts with fewer edits than these are counted apart
    :param now: the moment of the run (aware, UTC)
    :param facts: a file with recorded facts; None to ask the wikis
    :raises UserError: there is no such request, or the file cannot be read
    :raises WikiError: the request cannot be read
    """
    wikis = ApiClient(site)
    source = LiveSource(wikis, profile)
    wanted = request.replace('_', ' ')
    candidates = (one for one in source.candidates() if one.is_request)
    found = next((one for one in candidates if wanted in {str(one.page_id), one.title}), None)
    if found is None:
        raise UserError(f'-request: there is no request {request} (page id, or full title)')
    with PageWorker() as worker:
        tally = worker.read_page(source.read(found), reader_of(site, profile), now)
    with accounts_of(wikis, now, facts=facts) as accounts:
        background = background_of(tally, nominations_of(profile, accounts), least, now)
    return render_background(background, Messages())


def background_of(tally: Tally, nominations: Nominations, least: int, now: datetime) -> Background:
    """Look the figures up."""
    subjects = tally.request.subjects
    subject = nominations.subject(subjects[0], past=False) if subjects else None
    first = _first_block(subject, now) if subject is not None else None
    edits: Iterable[tuple[str, Bounds | Unknown]] = ()
    if subject is not None and isinstance(first, datetime):
        edits = _edits_after(subject, first, nominations.accounts)
    return Background(first, tuple(edits), voters_of(tally, nominations.accounts, least), now)


def _first_block(subject: AccountFacts, now: datetime) -> datetime | Unknown | None:
    """Return when the first indefinite block was made that stands; None where there is none."""
    if isinstance(subject.account, Unknown):
        return subject.account
    known = (one for one in subject.blocks.values() if isinstance(one, WikiBlocks))
    times = [time for one in known if (time := first_indefinite(one, now)) is not None]
    unknown = next((one for one in subject.blocks.values() if isinstance(one, Unknown)), None)
    return min(times) if times else unknown


def _edits_after(
    subject: AccountFacts, first: datetime, accounts: Accounts
) -> Iterable[tuple[str, Bounds | Unknown]]:
    """Yield the edits on each wiki since a moment; a wiki is asked as if it were the only one."""
    if isinstance(subject.account, Account):
        for local in subject.account.edited:
            alone = replace(subject.account, locals=(local,), edits=local.edits)
            yield local.wiki, accounts.edits(alone, EditsAsked(MOST_EDITS, after=first))


def voters_of(tally: Tally, accounts: Accounts, least: int) -> Voters:
    """Count the positions by new accounts and by such with few edits.

    What the wiki of the request knows decides for most; only for the others all wikis are asked.
    """
    counting = [vote.entry for proposal in tally.proposals for vote in proposal.votes if vote.counts]
    named = [one.author for one in counting if one.author and not is_unregistered(one.author)]
    here = accounts.here([*dict.fromkeys(named)])
    newer = fewer = unknown = 0
    for name in named:
        if _is_settled(here[name], tally.request.opened, least):
            continue
        account = accounts.account(name)
        if isinstance(account, Unknown) or account.registered is None or tally.request.opened is None:
            unknown += 1
        else:
            newer += account.registered > tally.request.opened
            fewer += account.edits < least
    return Voters(len(counting), len(counting) - len(named), newer, fewer, unknown, least)


def _is_settled(here: LocalAccountSummary | Unknown, opened: datetime | None, least: int) -> bool:
    """Tell whether an account is neither new nor short of edits, by one wiki alone."""
    return (
        isinstance(here, LocalAccountSummary)
        and here.edits >= least
        and here.registered is not None
        and opened is not None
        and here.registered <= opened
    )
