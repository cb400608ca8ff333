"""What to do about a notice that went to the wrong wiki or the wrong person, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.notice import Coverage
from globalban_bot.render.escape import one_line


def wrong_notice_text(coverage: Sequence[Coverage], plan_title: str, messages: Messages) -> str:
    """Return where notices of a request, or links to it, stand, and who does what.

    :param coverage: of all targets
    :param plan_title: title of the plan
    """
    return '\n'.join([*_places(coverage, messages), '', *_steps(plan_title, messages)]) + '\n'


def _places(coverage: Sequence[Coverage], messages: Messages) -> Iterator[str]:
    found = [one for one in coverage if one.link is not None]
    yield messages.get('wrong-found', len(found))
    for one in found:
        yield f'  {one_line(one.target.host, 120)}: {one_line(one.link or "", 500)}'


def _steps(plan_title: str, messages: Messages) -> Iterator[str]:
    yield messages.get('wrong-hold', one_line(plan_title))
    yield messages.get('wrong-remove')
    yield messages.get('wrong-tell')
    yield messages.get('wrong-person')
    yield messages.get('wrong-cause')
