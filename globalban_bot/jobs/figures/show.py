"""Show the figures over closed requests to the person at the terminal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from globalban_bot.errors import UserError
from globalban_bot.gather.recorded import RecordedAccounts
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.figures.whatif import file_inquiry, read_later, sample_inquiry
from globalban_bot.jobs.files import read_text, write_text
from globalban_bot.model.study import Study
from globalban_bot.render.study_html import render_study_html
from globalban_bot.render.study_record import render_study_csv, render_study_json
from globalban_bot.render.study_terminal import render_study_table
from globalban_bot.render.study_wikitext import render_study_wikitext

_FORMS: Mapping[str, Callable[[Study, Messages], str]] = {
    'table': render_study_table,
    'html': render_study_html,
    'wikitext': render_study_wikitext,
    'csv': render_study_csv,
    'json': render_study_json,
}
STUDY_FORMS = tuple(_FORMS)


@dataclass(frozen=True)
class WhatifFileOptions:
    """What the person at the terminal asks for.

    :param files: exports of closed requests; none for the sample
    :param facts: recorded facts about the accounts of the exports
    :param later: bans by other bodies; None where none are on record
    :param form: one of the forms
    :param output: the file to write; None for the terminal
    """

    files: Sequence[Path]
    facts: Path | None
    later: Path | None
    form: str
    output: Path | None


def run_whatif_show(options: WhatifFileOptions, now: datetime) -> str:
    """Make the figures and return what to print: nothing where a file was written.

    :raises UserError: a file is missing, or is not what it should be
    """
    return given(show_study(_study(options, now), options.form), options.output)


def given(text: str, output: Path | None) -> str:
    """Write a text to a file, or return it where none is named.

    :raises UserError: the file cannot be written
    """
    if output is None:
        return text
    write_text(output, text)
    return ''


def show_study(study: Study, form: str) -> str:
    """Return figures in one of the forms."""
    return _FORMS[form](study, Messages())


def _study(options: WhatifFileOptions, now: datetime) -> Study:
    if not options.files:
        if options.facts is not None or options.later is not None:
            raise UserError('--facts and --later belong to exports; name the files, too')
        return sample_inquiry()
    if options.facts is None:
        raise UserError(
            '--facts is missing: the recorded facts about the accounts of these requests, '
            'which globalban whatif --record FILE (or globalban status --record FILE) writes'
        )
    known = RecordedAccounts(read_text(options.facts), str(options.facts))
    bans = read_later(read_text(options.later), str(options.later)) if options.later is not None else {}
    return file_inquiry(options.files, known, bans, now)
