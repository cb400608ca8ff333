"""Read the bot's own page of answers; :mod:`globalban_bot.render.answers` shows its wikitext.

Answers of older releases have one revision each, and do not begin with what was asked. They are read like
the others, and keep their text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from globalban_bot.model.command import CommandName, TalkCommand
from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.talk import Answer, Answers

_CASE = re.compile(
    rf'^\|(?P<ask>{"|".join(name.value for name in CommandName)})/'
    r'(?P<argument>[0-9?]*)=(?P<last><!-- .*<!-- end -->)$',
    re.MULTILINE | re.ASCII,
)
_RECORD = re.compile(
    r'<!-- (?P<kind>asked|limit) (?P<revisions>\d+(?: \d+)*) of (?P<request>\d+|-) at (?P<time>[\dTZ:-]+) -->'
    r'(?P<text>(?:(?!<!--).)*)<!-- end -->',
    re.ASCII,
)
_SEEN = re.compile(r'seen-(\d+)', re.ASCII)


def standing_of(answers: Answers) -> str:
    """Return the word by which the marker of the page tells what was read."""
    return f'seen-{answers.seen}'


def read_answers(state: CurrentPage, talk_id: int, bot: str) -> Answers:
    """Return the answers that stand on a page; none where it is not as the bot left it.

    :param bot: name of the bot's account
    """
    marker = state.marker
    seen = _SEEN.fullmatch(marker.standing) if marker is not None and state.is_of(bot) else None
    if seen is None:
        return Answers(talk_id)
    # All that one run has answered has one time: there the revisions tell the order.
    answers = sorted(_answers(state.body), key=lambda answer: (answer.time, answer.revisions))
    return Answers(talk_id, int(seen[1]), tuple(answers))


def _answers(body: str) -> Iterator[Answer]:
    for case in _CASE.finditer(body):
        command = TalkCommand(CommandName(case['ask']), case['argument'])
        for record in _RECORD.finditer(case['last']):
            yield _answer(command, record)


def _answer(command: TalkCommand, record: re.Match[str]) -> Answer:
    return Answer(
        command,
        record['text'],
        tuple(map(int, record['revisions'].split())),
        datetime.strptime(record['time'], '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=UTC),
        None if record['request'] == '-' else int(record['request']),
        record['kind'] == 'limit',
    )
