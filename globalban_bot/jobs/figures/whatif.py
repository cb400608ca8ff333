"""What closed requests tell, under the policy of their day, under its versions and under proposals."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from importlib.resources import as_file
from pathlib import Path
from typing import Any

from globalban_bot.decide.eligibility import edits_asked
from globalban_bot.decide.whatif import Case, Variant, periods_of, study_of
from globalban_bot.errors import GlobalbanError, UserError
from globalban_bot.gather.accounts import Accounts
from globalban_bot.gather.export import ExportSource
from globalban_bot.gather.recorded import RecordedAccounts
from globalban_bot.gather.request_source import Source
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.nomination import Nominations, moments_of
from globalban_bot.jobs.page_reading import InProcess, PageReading
from globalban_bot.jobs.page_worker import PageWorker
from globalban_bot.jobs.progress import progress
from globalban_bot.model.account import Account, EditsAsked, LockEvent
from globalban_bot.model.facts import NominationFacts
from globalban_bot.model.policy import Party, Policy
from globalban_bot.model.request import Request
from globalban_bot.model.study import Later, Study
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.policy.loader import load_policy, overlays_of
from globalban_bot.policy.versions import as_version, versions
from globalban_bot.profiles.loader import Profile, load_profile
from globalban_bot.sample import ACCOUNTS, ARCHIVE, EXPORT, LATER, TODAY
from globalban_bot.wiki.api_values import parse_timestamp
from globalban_bot.wikitext.page import Reader, reader_for

_log = logging.getLogger(__name__)

#: Bans by other bodies, by the page id of the request.
LaterBans = Mapping[int, tuple[Later, ...]]


@dataclass(frozen=True)
class Inquiry:
    """What is looked at.

    :param sources: where the requests are
    :param reader: how they are read
    :param accounts: who is asked about accounts
    :param profile: the farm
    :param later: bans by other bodies
    :param as_of: the moment of the run (aware, UTC)
    :param reading: reads pages, in this process or in a worker
    """

    sources: Sequence[Source]
    reader: Reader
    accounts: Accounts
    profile: Profile
    later: LaterBans
    as_of: datetime
    reading: PageReading = field(default_factory=InProcess)


def run_whatif(inquiry: Inquiry) -> Study:
    """Make the figures of all closed requests; one that cannot be read is left out and counted."""
    policy = load_policy(inquiry.profile.policy)
    variants = variants_of(policy, Messages())
    cases: list[Case] = []
    left_out = 0
    for source in inquiry.sources:
        for request in progress([*_requests(source, inquiry)], 'looking at closed requests'):
            case = _case(request, inquiry, policy, variants) if request is not None else None
            cases += [case] if case is not None else []
            left_out += case is None
    # No request was opened under a version that is not in force yet.
    begun = [moment for moment in versions(policy) if moment <= inquiry.as_of]
    return study_of(cases, periods_of(begun), variants, inquiry.as_of, left_out)


def variants_of(policy: Policy, messages: Messages) -> tuple[Variant, ...]:
    """Return the rules that requests are put to: those in force, each version, each proposal."""
    dated = (
        Variant(messages.get('whatif-version', messages.date(moment)), '', as_version(policy, moment))
        for moment in versions(policy)
    )
    proposals = (Variant(one.title, one.source, one.policy) for one in overlays_of(policy.name))
    return (Variant('', '', policy), *dated, *proposals)


def _requests(source: Source, inquiry: Inquiry) -> Iterator[Request | None]:
    """Yield the closed requests to ban accounts; None for one that cannot be read."""
    for candidate in [*source.candidates()]:
        if not candidate.is_request:
            continue
        try:
            page = source.read(candidate)
            request = inquiry.reading.read_page(page, inquiry.reader, inquiry.as_of).request
        except UserError:
            raise
        except GlobalbanError as error:
            _log.warning('page %s: %s', candidate.page_id, error)
            yield None
            continue
        if request.closed is not None and request.subjects:
            yield request


def _case(request: Request, inquiry: Inquiry, policy: Policy, variants: Sequence[Variant]) -> Case | None:
    """Return what the figures need of a request; None where its times are not known."""
    if request.opened is None or request.closed is None:
        return None
    nominations = Nominations(inquiry.accounts, policy, inquiry.profile.wiki)
    subject = nominations.subject(request.subjects[0], past=True)
    return Case(
        status=request.head.status,
        opened=request.opened,
        closed=request.closed,
        facts=NominationFacts(
            nominator=nominations.nominator(request, inquiry.as_of, _asked(request, inquiry, variants)),
            subjects=(subject,),
        ),
        locks=_locks(inquiry.accounts, subject.account),
        later=inquiry.later.get(request.page_id or 0, ()),
    )


def _locks(accounts: Accounts, account: Account | Unknown) -> tuple[LockEvent, ...] | Unknown:
    """Return the locks of an account; not known where it is locked and no line of the log says so.

    The log of an account that was renamed stands under its old name.
    """
    if isinstance(account, Unknown):
        return account
    locks = accounts.locks(account)
    if account.locked and not isinstance(locks, Unknown) and not (locks and locks[-1].locked):
        return Unknown(Gap.NO_LOG)
    return locks


def _asked(request: Request, inquiry: Inquiry, variants: Sequence[Variant]) -> dict[str, EditsAsked]:
    """Return what all the rules together ask about edits: the largest number tells of the smaller ones."""
    asked: dict[str, EditsAsked] = {}
    for variant in variants:
        moments = moments_of(request, inquiry.as_of)
        for rule, question in edits_asked(variant.policy, Party.NOMINATOR, moments).items():
            most = max(question.wanted, asked.get(rule, question).wanted)
            asked[rule] = replace(question, wanted=most)
    return asked


def sample_inquiry() -> Study:
    """Make the figures of the sample."""
    profile = load_profile('meta')
    reader = reader_for(profile)
    known = RecordedAccounts(ACCOUNTS.read_text('utf-8'), ACCOUNTS.name)
    bans = read_later(LATER.read_text('utf-8'), LATER.name)
    with as_file(EXPORT) as small, as_file(ARCHIVE) as large:
        sources = [ExportSource(path, profile) for path in (small, large)]
        return replace(run_whatif(Inquiry(sources, reader, known, profile, bans, TODAY)), invented=True)


def file_inquiry(files: Sequence[Path], known: Accounts, bans: LaterBans, as_of: datetime) -> Study:
    """Make the figures of exports.

    :raises UserError: a file cannot be read
    """
    profile = load_profile('meta')
    sources = [ExportSource(path, profile) for path in files]
    try:
        with PageWorker() as worker:
            return run_whatif(Inquiry(sources, reader_for(profile), known, profile, bans, as_of, worker))
    except OSError as error:
        raise UserError(f'{error.filename}: cannot be read ({error.strerror}); name another file') from error


def read_later(text: str, name: str) -> LaterBans:
    """Read bans by other bodies: ``{"12345": [{"body": "foundation", "on": "2021-03-04T00:00:00Z"}]}``.

    :param name: name of the file, for messages
    :raises UserError: it is not of that form
    """
    try:
        kept: dict[str, list[dict[str, Any]]] = json.loads(text)
        return {
            int(page): tuple(Later(str(one['body']), parse_timestamp(one['on'])) for one in bans)
            for page, bans in kept.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        form = '{"12345": [{"body": "foundation", "on": "2021-03-04T00:00:00Z"}]}'
        raise UserError(f'{name}: is not of the form {form} ({error}); mend it') from error
