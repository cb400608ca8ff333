"""Check, before a request is filed, how it would stand. Nothing is stored, nothing is posted."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from globalban_bot.decide.eligibility import edits_asked
from globalban_bot.decide.nomination import judge_nomination
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.accounts import accounts_of, nominations_of
from globalban_bot.jobs.nomination import Nominations
from globalban_bot.model.facts import Moments, NominationFacts
from globalban_bot.model.policy import Party
from globalban_bot.model.precheck import Precheck
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.check import render_check
from globalban_bot.wiki.api import ApiClient


def check_live(
    site: Any, profile: Profile, nominator: str, subject: str, now: datetime, facts: Path | None = None
) -> str:
    """Return what somebody reads who thinks of filing a request.

    :param site: the wiki with the requests, an ``APISite``; only asked
    :param nominator: the account that would file it
    :param subject: the account that it would be about
    :param now: the moment of the run (aware, UTC)
    :param facts: a file with recorded facts; None to ask the wikis
    :raises UserError: the file cannot be read
    """
    with accounts_of(ApiClient(site), now, facts=facts) as accounts:
        found = check(nominations_of(profile, accounts), nominator, subject, now)
    pump = profile.notices.pump if profile.notices is not None else None
    return render_check(found, pump, Messages())


def check(nominations: Nominations, nominator: str, subject: str, now: datetime) -> Precheck:
    """Tell how a request would stand if it were filed now."""
    moments = Moments(opening=now, closing=None, now=now)
    asked = edits_asked(nominations.policy, Party.NOMINATOR, moments)
    facts = NominationFacts(
        nominator=nominations.person(nominator, asked, moments),
        subjects=(nominations.subject(subject, past=False),),
    )
    nomination = judge_nomination(nominations.policy, facts, moments, nominations.wiki)
    return Precheck(nomination, facts.subjects[0].account, nominations.policy.page, now)
