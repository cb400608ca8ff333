"""Run the main job on the built-in sample."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import as_file
from pathlib import Path

from globalban_bot.act.folder_writer import FolderWriter
from globalban_bot.gather.cache import Cache
from globalban_bot.gather.export import ExportSource
from globalban_bot.gather.recorded import RecordedAccounts
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.figures.show import show_study
from globalban_bot.jobs.figures.whatif import sample_inquiry
from globalban_bot.jobs.nomination import Nominations
from globalban_bot.jobs.status import update_status
from globalban_bot.jobs.status_job import StatusJob, StatusOptions
from globalban_bot.policy.loader import load_policy
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.html import render_html
from globalban_bot.render.terminal import render_board_table
from globalban_bot.sample import ACCOUNTS, DISCUSSIONS, EXPORT, TODAY
from globalban_bot.wikitext.page import reader_for


def run_demo(folder: Path) -> str:
    """Write board, boxes and two HTML pages of the sample into a folder.

    It is the job that the live bot runs, with another source and another writer.

    :return: what to show at the terminal
    """
    messages = Messages()
    profile = replace(load_profile('meta'), extra=DISCUSSIONS, languages=())
    with as_file(EXPORT) as path:
        source = ExportSource(path, profile)
        writer = FolderWriter(folder)
        reader = reader_for(profile)
        nominations = Nominations(_accounts(), load_policy(profile.policy), profile.wiki)
        job = StatusJob(
            source, writer, reader, Cache(None), profile, messages, TODAY, nominations=nominations
        )
        # Whatever is in the folder from an earlier day, or an earlier version, is written anew.
        ours = {profile.box_title(one.page_id) for one in source.candidates()}
        choice = StatusOptions(rearmed=frozenset({*ours, profile.board_page, profile.log_page}))
        report = update_status(job, choice, approve=lambda plan: True)
    page = folder / 'index.html'
    figures = folder / 'whatif.html'
    page.write_text(render_html(report.tallies, messages, TODAY, figures.name), 'utf-8')
    figures.write_text(show_study(sample_inquiry(), 'html'), 'utf-8')
    titles = [profile.box_title(one.request.page_id) for one in report.tallies]
    boxes = '\n'.join(f'--- {title}\n{state.body}' for title, state in writer.states(titles).items())
    left_out = '\n'.join(f'  {c.title}: {c.excluded}' for c in report.candidates if not c.is_request)
    return (
        f'{render_board_table(list(report.tallies), messages)}\n{boxes}\n'
        f'Left out:\n{left_out}\n\nOpen in a browser: {page}, {figures}'
    )


def _accounts() -> RecordedAccounts:
    return RecordedAccounts(ACCOUNTS.read_text('utf-8'), ACCOUNTS.name)
