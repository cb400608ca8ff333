"""Run the main job on the built-in sample."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import as_file
from pathlib import Path

from globalban_bot.act.folder import FolderWriter
from globalban_bot.gather.export import ExportSource
from globalban_bot.i18n.messages import Messages
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.html import render_html
from globalban_bot.render.terminal import render_board_table
from globalban_bot.sample import DISCUSSIONS, TODAY, export
from globalban_bot.tasks.status import update_status


def run_demo(folder: Path) -> str:
    """Write board, boxes and an HTML page of the sample into a folder.

    It is the job that the live bot runs, with another source and another writer.

    :return: what to show at the terminal
    """
    messages = Messages()
    profile = replace(load_profile('meta'), extra=DISCUSSIONS)
    with as_file(export()) as path:
        source = ExportSource(path, profile)
        report = update_status(source, FolderWriter(folder), profile, messages, TODAY)
    page = folder / 'index.html'
    page.write_text(render_html(report.tallies, messages, TODAY), 'utf-8')
    boxes = '\n'.join(f'--- {owned.title}\n{owned.text}' for owned in report.pages[1:])
    left_out = '\n'.join(f'  {c.title}: {c.excluded}' for c in report.candidates if not c.is_request)
    return (
        f'{render_board_table(list(report.tallies), messages)}\n{boxes}\n'
        f'Left out:\n{left_out}\n\nOpen in a browser: {page}'
    )
