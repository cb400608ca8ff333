"""The log of runs, as wikitext. It is its own memory: the runs are read back from it.

.. code-block:: wikitext

   |-
   | 2027-05-03T14:05:00Z || 3 || page 123: protected
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.run import Run
from globalban_bot.render.box import END
from globalban_bot.render.escape import escape, one_line

#: Older runs are dropped.
MOST_RUNS = 50
#: Older than this (seconds), the last sign of life is no longer one: a day, and an hour for a late start.
STALE_SECONDS = 25 * 3600
_STAMP = '%Y-%m-%dT%H:%M:%SZ'
_ROW = re.compile(r'^\| (?P<time>\S+Z) \|\| (?P<edits>\d{1,9}) \|\| ?(?P<failures>.*)$', re.MULTILINE)
_BETWEEN = '<br>'


def read_log(text: str) -> tuple[Run, ...]:
    """Return the runs that a log has, newest first; a row that is none is passed over."""
    return tuple(run for found in _ROW.finditer(text) if (run := _run(found)) is not None)


def _run(match: re.Match[str]) -> Run | None:
    try:
        time = datetime.strptime(match['time'], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    # What was escaped once stays as it is: see _row.
    failures = tuple(part for part in match['failures'].split(_BETWEEN) if part)
    return Run(time, int(match['edits']), failures)


def log_line(failure: str) -> str:
    """Return a failure as the log holds it: escaped, on one line."""
    return escape(one_line(failure, 200))


def render_log(runs: Sequence[Run], messages: Messages, alive: datetime) -> str:
    """Return the log.

    The page itself tells when the last sign of life is old: nobody else would, were the bot dead.

    :param runs: newest first; their failures are escaped already (see :func:`log_line`)
    :param alive: the last sign of life (UTC)
    """
    return '\n'.join([messages.div('globalban-log'), *_lines(runs[:MOST_RUNS], messages, alive), END]) + '\n'


def _lines(runs: Sequence[Run], messages: Messages, alive: datetime) -> Iterator[str]:
    age = '{{#time:U}} - {{#time:U|' + f'{alive:{_STAMP}}' + '}}'
    stale = f"'''{messages.get('log-stale')}'''"
    said = messages.get('log-alive', messages.time(alive))
    yield f'{said} {{{{#ifexpr: {age} > {STALE_SECONDS} | {stale} }}}}'
    yield ''
    yield messages.get('log-intro')
    yield '{| class="wikitable"'
    yield f'|+ {messages.get("log-title")}'
    yield '|-'
    for column in ('log-time', 'log-edits', 'log-failures'):
        yield f'! scope="col" | {messages.get(column)}'
    for run in runs:
        yield '|-'
        yield f'| {run.time:{_STAMP}} || {run.edits} || {_BETWEEN.join(run.failures)}'
    yield '|}'
