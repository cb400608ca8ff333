"""A wiki on which the bot has been at work, for looking at: what it shows, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import as_file
from pathlib import Path
from urllib.parse import quote

from globalban_bot.act.folder_writer import FolderWriter
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.run import Run
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.log import log_line, render_log
from globalban_bot.sample import ACCOUNTS, EXPORT, TODAY
from tests.farm.botfolder import write_bot_folder
from tests.farm.browser import View
from tests.farm.child import run_child
from tests.farm.farm import Farm
from tests.farm.onwiki import edit, page_id

META = load_profile('meta')
WIKI = 'metawiki'
FACTS, BOARD, LOG = '.globalban-facts', '.globalban-board', '.globalban-log'
OPEN = 'Requests for comment/Global ban for Orvandelle'
CLOSED = 'Requests for comment/Global ban for Ludgrave Moth'
#: Pages of the stage's own: a box with a table, a request that shows its box.
TABLE = 'User:Request facts bot/Several questions'
SHOWN = 'Requests for comment/With its box'
#: The page id, in the sample, of the discussion with several questions.
SEVERAL = 12498213
#: What the bot's pages link to and the sample does not have.
NEIGHBOURS = (META.method_page, META.report_page, *(page for page, _ in META.steward_links))


@dataclass(frozen=True)
class Look:
    """A way to look at a page of the wiki.

    :param view: the window
    :param query: what is asked of the wiki
    """

    view: View
    query: str = ''


#: The skin is always the one that Meta has. ``uselang`` turns the interface, and what the bot shows in
#: several languages; the page around that stays as it is.
LOOKS = {
    'light': Look(View()),
    'dark': Look(View(dark=True), 'vectornightmode=1'),
    'narrow': Look(View(width=360, height=740)),
    'rtl': Look(View(), 'uselang=ar'),
}


def name_languages(farm: Farm, codes: Iterable[str]) -> None:
    """Give the wiki MediaWiki:Lang as Meta has it: for each language a page with its code."""
    edit(farm, 'MediaWiki:Lang', 'en')
    for code in codes:
        edit(farm, f'MediaWiki:Lang/{code}', code)


def let_bot_run(farm: Farm, folder: Path) -> None:
    """Import the sample, and let the bot bring its pages up to date.

    :param folder: an empty one
    """
    with as_file(EXPORT) as path:
        farm.import_xml(WIKI, path)
    edit(farm, META.stop_page, 'run')
    with as_file(ACCOUNTS) as facts:
        options = (TODAY.isoformat(), '-always', f'-facts:{facts}')
        outcome = run_child(farm, write_bot_folder(folder / 'bot'), '-m', 'tests.farm.status_at', *options)
    assert outcome.code == 0, outcome.errors


def set_stage(farm: Farm, folder: Path, demo: Path) -> dict[str, tuple[str, str]]:
    """Let the bot run on the sample, and make the pages that the sample has no need of.

    :param folder: an empty one
    :param demo: what the demo has written
    :return: what there is to look at: its title, and a selector of the bot's content
    """
    farm.reset(WIKI)
    name_languages(farm, META.languages)
    let_bot_run(farm, folder)
    edit(farm, TABLE, _several(demo))
    edit(farm, META.log_page, _log())
    box = META.box_title(page_id(farm, OPEN))
    edit(farm, SHOWN, f'{{{{{box}}}}}\n\n== Support ==\n# Yes. [[User:Merrowby|Merrowby]]')
    return {
        'board': (META.board_page, BOARD),
        'open box': (box, FACTS),
        'closed box': (META.box_title(page_id(farm, CLOSED)), FACTS),
        'table': (TABLE, FACTS),
        'log': (META.log_page, LOG),
    }


def address(farm: Farm, title: str, look: Look) -> str:
    """Return the address of a page, for a browser that looks in a certain way."""
    query = '&'.join(filter(None, ['useskin=vector-2022', look.query]))
    return f'{farm.browser_url(WIKI, quote(title.replace(" ", "_"), safe="/:"))}?{query}'


def _several(demo: Path) -> str:
    title = META.box_title(SEVERAL)
    text = FolderWriter(demo).states([title])[title].body
    assert 'wikitable' in text
    return text


def _log() -> str:
    """Return a log that tells of failures, too: the run on the stage had none."""
    failures = (
        'page 3: could not be read',
        'User:Request facts bot/Request/12: filter warning',
        'User:Request facts bot/Request/9: other content model',
    )
    runs = [
        Run(TODAY, 5, tuple(log_line(one) for one in failures)),
        Run(TODAY - timedelta(days=1), 7, ()),
    ]
    return render_log(runs, Messages(), TODAY)
