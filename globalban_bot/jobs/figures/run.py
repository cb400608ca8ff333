"""Figures over the closed requests of a live wiki: printed, or written to a file, and never posted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from globalban_bot.gather.live_requests import LiveSource
from globalban_bot.jobs.accounts import accounts_of
from globalban_bot.jobs.figures.show import given, show_study
from globalban_bot.jobs.figures.whatif import Inquiry, read_later, run_whatif
from globalban_bot.jobs.files import read_text
from globalban_bot.jobs.page_worker import PageWorker
from globalban_bot.jobs.session import reader_of
from globalban_bot.profiles.loader import Profile
from globalban_bot.wiki.api import ApiClient


@dataclass(frozen=True)
class WhatifOptions:
    """What the operator asked for.

    :param form: one of the forms
    :param output: the file to write; None for the terminal
    :param facts: a file with recorded facts; None to ask the wikis
    :param record: a file to which what the wikis tell of accounts is written; None for none
    :param later: bans by other bodies; None where none are on record
    """

    form: str
    output: Path | None = None
    facts: Path | None = None
    record: Path | None = None
    later: Path | None = None


def whatif_live(site: Any, profile: Profile, wanted: WhatifOptions, now: datetime) -> str:
    """Make the figures and return what to print: nothing where a file was written.

    :param site: the wiki with the requests, an ``APISite``; only asked
    :param now: the moment of the run (aware, UTC)
    :raises UserError: a file cannot be read or written
    :raises WikiError: the requests cannot be listed
    """
    bans = read_later(read_text(wanted.later), str(wanted.later)) if wanted.later is not None else {}
    wikis = ApiClient(site)
    sources = [LiveSource(wikis, profile)]
    with (
        accounts_of(wikis, now, facts=wanted.facts, record=wanted.record) as accounts,
        PageWorker() as worker,
    ):
        study = run_whatif(Inquiry(sources, reader_of(site, profile), accounts, profile, bans, now, worker))
    return given(show_study(study, wanted.form), wanted.output)
