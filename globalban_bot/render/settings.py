"""The settings in force, as wikitext: for people, and below that for the bot itself.

.. code-block:: wikitext

   * ''status:'' may run
   …
   <!-- settings 123 {"run": {"notify": false}, "skip": [12345]} -->
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.settings import InForce, Problem, Settings, Task
from globalban_bot.profiles.controls import SettingsPages
from globalban_bot.render.box import END
from globalban_bot.render.escape import escape, one_line

_KEPT = re.compile(r'<!-- settings (?P<revision>\d+) (?P<json>\{.*\}) -->')


def render_in_force(in_force: InForce, pages: SettingsPages, messages: Messages, as_of: datetime) -> str:
    """Return the page that tells which settings are in force.

    :param as_of: when they were read (aware, UTC)
    """
    lines = _lines(in_force, pages, messages, as_of)
    return '\n'.join([messages.div('globalban-settings'), *lines, END, *_kept(in_force)]) + '\n'


def in_force_facts(in_force: InForce) -> str:
    """Return what a reader of that page cares about, as text to be compared: a revision alone is no news."""
    return f'{in_force.revision is None} {written(in_force.settings)} {problem_facts(in_force)}'


def problem_facts(in_force: InForce) -> str:
    """Return what is wrong with the page of settings, as text to be compared; empty where nothing is."""
    problem = in_force.problem
    return '' if problem is None else f'{in_force.revision} {problem.flaw.value} {problem.revision}'


def read_kept(body: str) -> tuple[int, str] | None:
    """Return what the bot has kept in the page: since which revision, and the settings as JSON."""
    kept = _KEPT.search(body)
    return None if kept is None else (int(kept['revision']), kept['json'])


def written(settings: Settings) -> str:
    """Return settings as they would stand on their page, in short. Nothing in it ends a comment."""
    parts: dict[str, Any] = {
        'run': {task.value: False for task in Task if task in settings.off},
        'skip': sorted(settings.skip),
        'extra': list(settings.extra),
        'notices': {wiki: False if page is None else page for wiki, page in settings.notices},
    }
    text = json.dumps({key: value for key, value in parts.items() if value})
    return text.replace('<', '\\u003c').replace('>', '\\u003e')


def board_note(in_force: InForce, pages: SettingsPages | None, messages: Messages) -> str:
    """Return the line of the board on a problem with the settings; empty where there is none."""
    if in_force.problem is None or pages is None:
        return ''
    problem = _problem(in_force.problem, messages)
    if in_force.revision is None:
        return messages.get('board-problem-defaults', problem)
    return messages.get('board-problem-kept', problem, pages.in_force)


def _lines(in_force: InForce, pages: SettingsPages, messages: Messages, as_of: datetime) -> Iterator[str]:
    title, settings = messages.get('settings-title'), in_force.settings
    yield f"'''{title}''': {messages.get('settings-intro', messages.time(as_of), pages.page)}"
    if in_force.problem is not None:
        detail = escape(one_line(in_force.problem.detail, 500))
        told = f'<bdi lang="en" dir="ltr">{detail}</bdi>' if detail else ''
        yield f'* {_problem(in_force.problem, messages)} {told}'.rstrip()
    if in_force.revision is None:
        yield f'* {messages.get("settings-defaults")}'
    else:
        link = f'[[Special:Permalink/{in_force.revision}|{in_force.revision}]]'
        yield f'* {messages.get("settings-since", link)}'
    for task in Task:
        yield f'* {messages.get("settings-on" if settings.runs(task) else "settings-off", task.value)}'
    for key, links in (('settings-skip', _by_id(settings)), ('settings-extra', _by_title(settings))):
        yield f'* {messages.get(key, ", ".join(links) or messages.get("settings-none"))}'
    if settings.notices:
        yield f'* {messages.get("settings-notices", ", ".join(_wishes(settings, messages)))}'


def _by_id(settings: Settings) -> list[str]:
    return [f'[[Special:Redirect/page/{number}|{number}]]' for number in sorted(settings.skip)]


def _by_title(settings: Settings) -> list[str]:
    """Link titles; what is no title does not get into settings."""
    return [f'[[:{title}|<bdi>{escape(one_line(title))}</bdi>]]' for title in settings.extra]


def _wishes(settings: Settings, messages: Messages) -> list[str]:
    return [
        f'{wiki}: {messages.get("settings-no-notices") if page is None else _shown(page)}'
        for wiki, page in settings.notices
    ]


def _shown(title: str) -> str:
    return f'<bdi>{escape(one_line(title))}</bdi>'


def _problem(problem: Problem, messages: Messages) -> str:
    link = f'[[Special:Diff/{problem.revision}|{messages.get("settings-revision", problem.revision)}]]'
    return messages.get(f'settings-flaw-{problem.flaw.name.lower().replace("_", "-")}', link)


def _kept(in_force: InForce) -> Iterator[str]:
    if in_force.revision is not None:
        yield f'<!-- settings {in_force.revision} {written(in_force.settings)} -->'
