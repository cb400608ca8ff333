"""Read the bot's own page of answers; :mod:`globalban_bot.render.answers` shows its wikitext."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from globalban_bot.model.command import Ask, Command
from globalban_bot.model.owned import PageState
from globalban_bot.model.talk import Answer, Answers

_CASE = re.compile(
    rf'^\|(?P<ask>{"|".join(ask.value for ask in Ask)})/(?P<argument>[0-9a-f?]*)='
    r'<!-- asked (?P<revision>\d+) of (?P<request>\d+|-) at (?P<time>[\dTZ:-]+) -->(?P<text>.*)<!-- end -->$',
    re.MULTILINE | re.ASCII,
)
_SEEN = re.compile(r'seen-(\d+)', re.ASCII)


def standing_of(found: Answers) -> str:
    """Return the word by which the marker of the page tells what was read."""
    return f'seen-{found.seen}'


def read_answers(state: PageState, talk_id: int, bot: str) -> Answers:
    """Return the answers that stand on a page; none where it is not as the bot left it.

    :param bot: name of the bot's account
    """
    marker = state.marker
    seen = _SEEN.fullmatch(marker.standing) if marker is not None and state.is_of(bot) else None
    if seen is None:
        return Answers(talk_id)
    return Answers(talk_id, int(seen[1]), tuple(_answer(found) for found in _CASE.finditer(state.body)))


def _answer(found: re.Match[str]) -> Answer:
    request = None if found['request'] == '-' else int(found['request'])
    time = datetime.strptime(found['time'], '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=UTC)
    command = Command(Ask(found['ask']), found['argument'])
    return Answer(command, found['text'], int(found['revision']), time, request)
