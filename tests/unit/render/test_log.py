"""The log of runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.run import Run
from globalban_bot.render.log import MOST_RUNS, STALE_SECONDS, log_line, read_log, render_log

NOW = datetime(2027, 5, 3, 14, 5, 7, tzinfo=UTC)
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)
#: Any text, and such in which the signs of wikitext and of the log stand close together.
TEXTS = st.text() | st.lists(
    st.sampled_from([*'|-!{}[]<>&;\n\r\t ', '<br>', '||', '|-', '|}', '\n| 2027-05-03T14:05:00Z || 3 || x'])
).map(''.join)
RUNS = st.lists(
    st.builds(
        Run,
        time=TIMES,
        edits=st.integers(0, 10**6),
        failures=st.lists(TEXTS.map(log_line).filter(bool), max_size=4).map(tuple),
    ),
    max_size=5,
).map(tuple)


def log(*runs: Run) -> str:
    return render_log(runs, Messages(), NOW)


@given(RUNS)
def test_round_trip(runs: tuple[Run, ...]) -> None:
    """It should read back the runs that it shows."""
    assert read_log(log(*runs)) == runs
    assert read_log(log(*runs).rstrip()) == runs


def test_form() -> None:
    """It should be a table with caption and scopes, the newest run at the top, and kept out of indexes."""
    text = log(Run(NOW, 3, ('page 7: protected', 'page 8: blocked')), Run(NOW - timedelta(hours=2), 0))
    assert text.startswith('<div class="globalban-log mw-content-ltr" lang="en" dir="ltr">\n')
    assert text.endswith(
        '{| class="wikitable"\n'
        '|+ Runs of the bot\n'
        '|-\n'
        '! scope="col" | Time\n'
        '! scope="col" | Pages edited\n'
        '! scope="col" | Not done\n'
        '|-\n'
        '| 2027-05-03T14:05:07Z || 3 || page 7: protected<br>page 8: blocked\n'
        '|-\n'
        '| 2027-05-03T12:05:07Z || 0 || \n'
        '|}\n'
        '</div><noinclude>__NOINDEX__</noinclude>\n'
    )


def test_no_runs() -> None:
    """It should be a whole table without runs."""
    assert read_log(log()) == ()
    assert log().count('|-') == 1


def test_most_runs() -> None:
    """It should show the newest fifty runs, and drop those before."""
    runs = [Run(NOW - timedelta(hours=n), n) for n in range(MOST_RUNS + 7)]
    assert read_log(log(*runs)) == tuple(runs[:50])


def test_sign_of_life() -> None:
    """It should tell by itself when it is old: nobody else would, were the bot dead."""
    text = log()
    assert 'Last sign of life: 14:05, 3 May 2027 (UTC).' in text
    assert STALE_SECONDS == 90_000
    test = '{{#ifexpr: {{#time:U}} - {{#time:U|2027-05-03T14:05:07Z}} > 90000 | '
    assert test in text
    said = text.partition(test)[2].partition(' }}')[0]
    assert said.startswith("'''No sign of life for more than a day")
    assert not set(said) & set('|{}=')


#: Failures that would break the table, were they taken as they are.
HOSTILE = [
    'a | b || c',
    '<br>',
    'a<br>b<br/>c',
    'a\nb\r\nc\u2028d\x85e',
    '\n|}\n',
    '\n|-\n| 2027-05-03T14:05:00Z || 3 || forged',
    '{{delete}} [[Category:C]] ~~~~ <script>',
    '!! x',
    '</div>',
]


@pytest.mark.parametrize('failure', HOSTILE)
def test_hostile_failure(failure: str) -> None:
    """It should show a hostile failure on its line, read it back as it stands, and do nothing else."""
    run = Run(NOW, 0, (log_line(failure), 'page 7: protected'))
    text, plain = log(run), log(Run(NOW, 0, ('x', 'page 7: protected')))
    assert read_log(text) == (run,)
    assert read_log(log(*read_log(text))) == (run,)
    assert text.count('\n') == plain.count('\n')
    code, harmless = mwparserfromhell.parse(text), mwparserfromhell.parse(plain)
    assert len(code.filter_tags()) == len(harmless.filter_tags())
    assert len(code.filter_templates()) == len(harmless.filter_templates())
    assert code.filter_wikilinks() == []


def test_long_failure() -> None:
    """It should cut a long failure."""
    assert len(log_line('a' * 5000)) == 200


#: Rows that are none.
NO_ROWS = [
    '',
    'My own words.',
    '| 2027-05-03T14:05:00Z || three || x',
    '| 2027-02-30T14:05:00Z || 3 || x',
    '| yesterdayZ || 3 || x',
    '| 2027-05-03T14:05:00Z || 3',
    ' | 2027-05-03T14:05:00Z || 3 || x',
    '! Time || 3 || x',
]


@pytest.mark.parametrize('row', NO_ROWS)
def test_no_row(row: str) -> None:
    """It should pass over what is no row, and read the rows around it."""
    runs = (Run(NOW, 1), Run(NOW - timedelta(days=1), 2, ('x',)))
    first, second = (log(run).split('|-\n')[2].partition('|}')[0] for run in runs)
    assert read_log(f'{first}{row}\n{second}') == runs


@given(st.text())
def test_any_text(text: str) -> None:
    """It should read any text without failing."""
    read_log(text)
