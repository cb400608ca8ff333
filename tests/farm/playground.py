"""What a newcomer needs where the bot is at work: a start page, people to log in as, a command."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from globalban_bot.profiles.loader import load_profile
from tests.farm.accounts import OPERATOR, SENDER, Account
from tests.farm.child import bound_to
from tests.farm.client import client_of
from tests.farm.communities import make_communities
from tests.farm.farm import Farm
from tests.farm.folders import CHECKOUT
from tests.farm.onwiki import page_id
from tests.farm.stage import OPEN

META = load_profile('meta')
assert META.kit is not None
assert META.commands is not None
assert META.notices is not None
ASK = META.commands.template
HELP = META.kit.help
NOTICES = META.notices
WIKI = 'metawiki'
START = 'Main Page'


@dataclass(frozen=True)
class Person:
    """Somebody to log in as.

    :param may: what the account is there for
    """

    account: Account
    role: str
    may: str


#: Somebody without any special right.
EDITOR = Account('Editor Invented', 'editor of the farm')
ADMINISTRATOR = Account('Administrator Invented', 'administrator of the farm', ('sysop',))
PEOPLE = (
    Person(EDITOR, 'editor', 'asks, asks for delivery, holds notices, closes a request, stops the bot'),
    Person(ADMINISTRATOR, 'administrator', 'also changes settings, starts the bot again, protects'),
    Person(SENDER, 'sender', 'sends notices: has the right to send mass messages'),
)
#: What the sample's pages use, and the sample does not have.
TEMPLATES = {
    'Template:Rfc subpage': "''Status: {{{status|}}}''. {{{comment|}}}",
    'Template:LockHide': '{{{1}}}',
    'Template:Support': "'''Support'''",
    'Template:Oppose': "'''Oppose'''",
    'Template:Neutral': "'''Neutral'''",
}


def make_playground(farm: Farm, seconds: int) -> None:
    """Make the start page, the templates of the sample's pages, and communities that can be told.

    The people of the wiki are there already.

    :param seconds: between two runs of the bot
    """
    make_communities(farm)
    pages = {**TEMPLATES, START: start_page(page_id(farm, OPEN), seconds)}
    with client_of(farm, WIKI, OPERATOR) as client:
        for title, text in pages.items():
            client.edit(title, text)


def start_page(page: int, seconds: int) -> str:
    """Return the start page.

    :param page: the page id of the open request
    """
    ask = f'<code><nowiki>{{{{{ASK}|recount}}}} ~~~~</nowiki></code>'
    box, plan = META.box_title(page), NOTICES.plan_page.format(page_id=page)
    people = '\n'.join(
        f'|-\n| {person.account.name} || {person.account.password} || {person.role}: {person.may}'
        for person in PEOPLE
    )
    return f"""\
A wiki to try the bot on. All people in it are invented. The bot runs every {seconds} seconds. Ctrl-C in the
terminal ends it, and nothing is kept.

== Look ==
* [[{META.board_page}|The list of requests]]
* [[{OPEN}|An open request]], and [[{box}|its box]]
* [[{plan}|The plan of its notices]]: ready to be sent
* [[{HELP}|The guide]], [[{META.method_page}|what counts]], [[{META.log_page}|the log]]
* [{{{{fullurl:Special:RecentChanges|hidebots=0}}}} All changes, those of the bot included]

== Log in ==
[[Special:UserLogin|Log in]] as one of these:
{{| class="wikitable"
! Name !! Password !! Role
{people}
|}}

== Send notices ==
Log in as the sender and open [[{plan}|the plan]]. Follow the link that opens the form. Everything is filled
in: press “Preview”, then “Send”. After the bot's next run the wikis have the notice, and the plan says who
sent it. If you do not have the right, the plan has a link by which you ask somebody who has it: try it as
the editor.

== Hold notices ==
Log in as the editor, and edit [[{plan}|the plan]] in any way. The bot's next run empties the lists, so that
old links send nothing. Only the operator lifts the hold, with the last command that the terminal shows.

== Ask ==
Log in as the editor. On [[Talk:{OPEN}|the talk page of the request]] write {ask} and save. Reload the
page after the bot's next run: the answer stands there.

== Close ==
Edit [[{OPEN}|the request]]: write <code>globalban-no</code> behind <code>status =</code> at its top, and
save. After the bot's next run look at [[{META.board_page}|the list]], [[{box}|the box]] and
[[{plan}|the plan]].

== Stop ==
Write <code>stop</code> on [[{META.stop_page}|the stop page]]. To start the bot again, write
<code>run</code> there as the administrator.
"""


def write_command(farm: Farm, bot: Path, path: Path) -> Path:
    """Write a program that runs the bot's scripts and commands against this farm, from any folder.

    :param bot: pywikibot's folder
    :param path: of the program
    """
    exports = '\n'.join(f'export {name}={shlex.quote(value)}' for name, value in bound_to(farm, bot).items())
    program = shlex.join([sys.executable, '-m', 'tests.farm.pwb'])
    there = shlex.quote(str(CHECKOUT))
    path.write_text(f'#!/bin/sh\n{exports}\ncd {there} && exec {program} "$@"\n', 'utf-8')
    path.chmod(0o700)
    return path


def describe_playground(farm: Farm, bot: Path, command: Path, seconds: int) -> str:
    """Return what the terminal says: where to begin, whom to log in as, what to run."""
    request = page_id(farm, OPEN)
    examples = (
        'globalban_tally -limit:3',
        '-m globalban_bot doctor',
        f'-m globalban_bot forget {request}',
        f'globalban_notify -request:{request} -plan -rearm',
    )
    return '\n'.join(
        [
            f'Begin here: {farm.browser_url(WIKI, START)}',
            'Log in there as:',
            *(
                f'  {person.role:14} "{person.account.name}", password "{person.account.password}"'
                for person in PEOPLE
            ),
            f'The bot runs every {seconds} seconds. Its folder: {bot}',
            'Run one of its commands yourself, from another terminal:',
            *(f'  {shlex.quote(str(command))} {example}' for example in examples),
        ]
    )
