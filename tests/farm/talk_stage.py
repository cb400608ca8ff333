"""A wiki that was made ready by one command, and a talk page on which people have asked the bot."""

from __future__ import annotations

from importlib.resources import as_file
from pathlib import Path

from globalban_bot.profiles.loader import load_profile
from globalban_bot.sample import ACCOUNTS, EXPORT, TODAY
from tests.farm.at_work import WIKI, done, make_ready
from tests.farm.child import run_child
from tests.farm.farm import Farm
from tests.farm.onwiki import edit, page_id

META = load_profile('meta')
assert META.commands is not None
ASK = META.commands.template
OPEN = 'Requests for comment/Global ban for Orvandelle'
TALK = f'Talk:{OPEN}'
#: A conversation: what is asked, the template shows the answer to.
CONVERSATION = f"""\
== How many are there by now? ==
The box is of this morning. [[User:Merrowby|Merrowby]] 13:20, 3 May 2025 (UTC)
: {{{{{ASK}|recount}}}} [[User:Merrowby|Merrowby]] 13:21, 3 May 2025 (UTC)
: And the nomination? {{{{{ASK}|nomination}}}} [[User:Late Comer|Late Comer]] 13:40, 3 May 2025 (UTC)
:: {{{{{ASK}|status}}}} [[User:Merrowby|Merrowby]] 13:42, 3 May 2025 (UTC)

== Can it close this? ==
* {{{{{ASK}|close}}}} [[User:Late Comer|Late Comer]] 13:45, 3 May 2025 (UTC)
"""


def set_talk_stage(farm: Farm, folder: Path) -> Path:
    """Make an empty wiki ready, with requests, boxes and answers.

    :param folder: an empty one
    :return: the folder of the bot
    """
    farm.reset(WIKI)
    bot = make_ready(farm, folder)
    with as_file(EXPORT) as path:
        farm.import_xml(WIKI, path)
    with as_file(ACCOUNTS) as facts:
        given = ('-always', f'-facts:{facts}')
        done(run_child(farm, bot, '-m', 'tests.farm.status_at', TODAY.isoformat(), *given))
        edit(farm, TALK, CONVERSATION, 'Merrowby')
        done(run_child(farm, bot, '-m', 'tests.farm.talk_at', TODAY.isoformat(), *given))
    return bot


def plan_notices(farm: Farm, bot: Path) -> str:
    """Let the bot plan the notices of the request.

    :param bot: the folder of the bot
    :return: the title of the plan
    """
    assert META.notices is not None
    notices, request = META.notices, page_id(farm, OPEN)
    done(run_child(farm, bot, 'globalban_notify', f'-request:{request}', '-plan', '-always'))
    return notices.plan_page.format(page_id=request)
