"""The commands that print, and edit nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from globalban_bot.cli.command import Command, Needs
from globalban_bot.cli.options import FACTS, PROFILE, RECORD, REQUEST, Argument, Option, number
from globalban_bot.jobs.figures.show import STUDY_FORMS
from globalban_bot.jobs.show import FORMATS

_FILES = Argument('files', 'A file, or - for standard input.', 'FILE', count='*')
_LATER = Option('later', 'Bans by other bodies, by the page id of the request.', 'FILE', Path)
_OUTPUT = Option('output', 'Write there, not to the terminal.', 'FILE', Path)


def _form(choices: Sequence[str]) -> Option:
    return Option('format', 'One of %(choices)s (default: %(default)s).', 'FORM', str, 'table', choices)


REPORTS = (
    Command(
        'demo',
        Needs.NOTHING,
        'run the main job on the built-in sample',
        'Read the built-in sample, print its tallies, and write the pages into a folder.',
        (
            Option(
                'output', 'Folder for the pages (default: %(default)s).', 'FOLDER', Path, Path('demo-output')
            ),
        ),
    ),
    Command(
        'tally',
        Needs.FILES,
        'tally saved pages, or the live requests',
        'Tally files (wikitext, or XML exports); without files, the requests of the wiki. It makes no '
        'edit. Each entry that a person should look at is named by its line.',
        (
            _FILES,
            _form(FORMATS),
            Option('title', 'Title of the page, where the file does not tell it.', 'TITLE'),
            Option('explain', 'Say for each entry why it counts or not.'),
            Option('limit', 'Read at most N requests of the wiki.', 'N', number),
            PROFILE,
        ),
        ('PAGE.wiki',),
    ),
    Command(
        'why',
        Needs.NOTHING,
        'say why the entry on a line counts or not',
        'Say why the entry on a line of a page counts or not.',
        (
            Argument('file', 'A file, or - for standard input.', 'FILE'),
            Argument('line', 'Line of the page, from 1.', 'LINE', int),
        ),
        ('PAGE.wiki', '81'),
    ),
    Command(
        'whatif',
        Needs.FILES,
        'figures over closed requests, under several rules',
        'Print what stopped closed requests, and what other rules would change. The figures name nobody; '
        'parts of fewer than three requests are merged. Without files it reads the wiki, which takes a '
        'request for each wiki that a subject has edited: record once, and work from the recording. It '
        'makes no edit.',
        (
            Argument('files', 'XML exports of closed requests.', 'FILE', Path, '*'),
            Option('sample', 'Use the built-in sample.'),
            _form(STUDY_FORMS),
            _OUTPUT,
            FACTS,
            RECORD,
            _LATER,
            PROFILE,
        ),
        ('--sample',),
    ),
    Command(
        'doctor',
        Needs.DIAGNOSIS,
        'check the setup, on the wiki too; edits nothing',
        'Check the configuration, the account, the wiki and the data; each check is a line. It edits '
        'nothing.',
        (PROFILE,),
    ),
    Command(
        'check',
        Needs.READING,
        'before filing: who qualifies, whom to tell',
        'Check, before a request is filed, how it would stand: the rules that the nominator meets, the '
        'indefinite blocks, the communities to tell, and texts to copy. Nothing is stored, nothing is '
        'posted.',
        (
            Option(
                'nominator',
                'The account that would file the request (default: the account of the configuration).',
                'NAME',
            ),
            Option('subject', 'The account that the request would be about.', 'NAME'),
            FACTS,
            PROFILE,
        ),
        ('--subject', 'NAME'),
    ),
    Command(
        'background',
        Needs.READING,
        'figures for the operator alone',
        'Print how many edits the account of a request has on each wiki since its first indefinite block, '
        'and how many of the positions that count are by new accounts or by accounts with few edits. '
        'These figures say something about people: they are printed here, stored nowhere, never posted.',
        (
            REQUEST,
            Option('below', 'Fewer edits than this are few (default: %(default)s).', 'N', number, default=50),
            FACTS,
            PROFILE,
        ),
        ('--request', '123'),
    ),
)
