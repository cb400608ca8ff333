"""The commands that edit, as the bot."""

from __future__ import annotations

from globalban_bot.cli.command import Command, Needs
from globalban_bot.cli.options import (
    ALWAYS,
    CACHE,
    FACTS,
    PROFILE,
    RECORD,
    Argument,
    Option,
    number,
    positive_number,
)
from globalban_bot.model.notice import EngineName

EDITS = (
    Command(
        'setup',
        Needs.LOGIN,
        'make the templates, guides, settings and stop page',
        'Make a wiki ready for the bot: templates, their documentation, a style sheet, settings, the stop '
        'page. It shows the plan with all changes, and asks. It leaves a page that a person has edited, '
        'and does not make a deleted page again. Run it as often as you like, always as the bot.',
        (
            ALWAYS,
            Option('rearm', 'Take back a page that a person has edited.', 'TITLE', repeated=True),
            Option('uninstall', 'Delete what setup and the bot have made; needs the right to delete.'),
            CACHE,
            PROFILE,
        ),
    ),
    Command(
        'status',
        Needs.LOGIN,
        'bring list and boxes up to date',
        'Bring the list and the boxes of the requests up to date. It shows the plan with all changes, and '
        'asks. It edits its own pages only, each at most once a day unless a request was opened or '
        'closed, and it leaves a page that a person has edited.',
        (
            ALWAYS,
            Option(
                'request',
                'Only this request, by page id or full title; the list is left.',
                'PAGE',
                repeated=True,
            ),
            Option('limit', 'At most N requests, the newest first; the list is left.', 'N', number),
            Option('recount', 'Do not wait for the next day.'),
            Option('rearm', 'Take back a page that a person has edited.', 'TITLE', repeated=True),
            Option('nobrake', 'Let through what the brake would hold back. Look at the plan first.'),
            CACHE,
            FACTS,
            RECORD,
            PROFILE,
        ),
    ),
    Command(
        'talk',
        Needs.LOGIN,
        'answer what editors asked on talk pages',
        'Answer what editors ask on talk pages, once, and count again what they asked to be counted. '
        "People ask by a template; it shows the answer from a page of the bot's, so nothing is posted on "
        'the talk page.',
        (ALWAYS, CACHE, FACTS, PROFILE),
    ),
    Command(
        'notify',
        Needs.LOGIN,
        'which communities were told, which were not',
        'Find which communities must be told of a request and which were told, and post a plan from which '
        "people send. The duty is the nominator's. The bot sends by itself only where the profile allows "
        'it, and only if the operator types the code of the plan at a terminal.',
        (
            Option(
                'request',
                'The request, by page id or full title. Without it, with --plan: all plans that are due; '
                'the lists of targets are emptied where nothing may be sent any more.',
                'PAGE',
            ),
            Option('coverage', 'Look, and print what was found (this is the default).'),
            Option('plan', 'Post the plan.'),
            Option('rearm', 'With --plan: lift the hold of people who edited the plan or a list.'),
            Option(
                'also-subject',
                'Tell this account, too, though the title does not name it.',
                'NAME',
                repeated=True,
            ),
            Option(
                'told',
                'With --plan: this wiki (its database name) was told; the link that stands there is the '
                'notice.',
                'WIKI',
                repeated=True,
            ),
            Option('wrong', 'Say where notices stand, and what to do about a wrong one.'),
            Option('deliver', "Deliver by the bot's own engine; asks for the code of the plan."),
            Option('engine', 'massmessage or direct. Without it nothing is sent.', 'NAME', EngineName),
            Option(
                'limit', 'At most N notices, for trials alone: a part of a list is selective.', 'N', number
            ),
            Option('unreviewed', 'Use translations that nobody has reviewed, too.'),
            Option('always', 'Post the plan without asking. It never sends a notice.'),
            FACTS,
            CACHE,
            PROFILE,
        ),
        ('--request', '123'),
    ),
    Command(
        'forget',
        Needs.LOGIN,
        'blank for good what was posted on a request',
        'Blank for good what was posted on a request, and delete what the cache has of it.',
        (Argument('page_id', 'Page id of the request.', 'PAGEID', positive_number), ALWAYS, CACHE, PROFILE),
        ('123',),
    ),
)
