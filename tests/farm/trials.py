"""Notices under trial: many faults, races and foreign edits, and what the wiki shows afterwards."""

from __future__ import annotations

import json
import random
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, field
from itertools import pairwise
from pathlib import Path

from globalban_bot.model.notice import notices_on
from tests.farm.accounts import BOT, OPERATOR
from tests.farm.child import Outcome, run_child
from tests.farm.client import Client, client_of
from tests.farm.deliver_at import HEADING, SIGNED, body
from tests.farm.farm import Farm
from tests.farm.faults import Fault, Moment
from tests.farm.onwiki import pages

WIKI, PLACE = 'dewiki', 'wikipedia:de:'
KILLED = -9
#: By then two that are to begin at once are ready.
START_SECONDS = 1.2
_HISTORY = """
SELECT rev_id, actor_name, old_text FROM revision
JOIN page ON page_id = rev_page
JOIN actor ON actor_id = rev_actor
JOIN slots ON slot_revision_id = rev_id
JOIN content ON content_id = slot_content_id
JOIN text ON old_id = CAST(SUBSTR(content_address, 4) AS INTEGER)
WHERE page_title = ? ORDER BY rev_id
"""


def deliver(
    farm: Farm,
    folder: Path,
    titles: Sequence[str],
    request: int,
    fault: Fault | None = None,
    shift: int = 0,
    start: float = 0,
) -> Outcome:
    """Run a delivery to pages of one wiki."""
    module = ('-m', 'tests.farm.deliver_at', str(request), str(start), str(shift))
    return run_child(farm, folder, *module, *(PLACE + title for title in titles), fault=fault)


def told(outcome: Outcome) -> dict[str, tuple[str, str]]:
    """Return what a delivery printed: title to what became of it and why."""
    assert outcome.code == 0, outcome.errors
    lines = (json.loads(line) for line in outcome.output.splitlines() if line.startswith('['))
    return {page: (sent, reason) for page, sent, reason, _ in lines}


@dataclass
class Stranger:
    """Somebody who edits pages in the way of all three kinds of editors.

    :param said: what was saved, by page
    """

    client: Client
    seed: int
    said: dict[str, list[str]] = field(default_factory=dict)

    def edit(self, title: str, number: int, way: str) -> None:
        """Add a word: as a section, at a place in the page, or carelessly, by the time of the base alone."""
        word = f'Foreign{self.seed}x{number}.'
        if way == 'section':
            answer = self.client.edit(title, word, section='new', sectiontitle=f'Other {number}')
        else:
            base = self.client.get(
                action='query', titles=title, prop='revisions', rvprop='ids|timestamp|content', rvslots='main'
            )['query']['pages'][0]['revisions'][0]
            stamp = (
                {'basetimestamp': base['timestamp']} if way == 'careless' else {'baserevid': base['revid']}
            )
            text = base['slots']['main']['content']
            time.sleep(0.2 if way == 'careless' else 0)
            text = f'{word}\n\n{text}' if number % 2 else f'{text}\n: {word}'
            answer = self.client.edit(title, text, **stamp)
        if answer.get('edit', {}).get('result') == 'Success':
            self.said.setdefault(title, []).append(word)


@contextmanager
def others_editing(stranger: Stranger, titles: Sequence[str], chosen: random.Random) -> Iterator[None]:
    """Let somebody edit pages all the time."""
    ended = threading.Event()

    def work() -> None:
        for number in range(1000):
            if ended.is_set():
                return
            stranger.edit(chosen.choice(titles), number, chosen.choice(['section', 'place', 'careless']))
            time.sleep(chosen.uniform(0, 0.08))

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


@dataclass(frozen=True)
class Tally:
    """What trials showed; duplicates, losses and lost edits of others must be none.

    :param killed: deliveries that were killed
    :param settled: edits that took a second notice away
    :param overwritten: edits of others that overwrote a notice
    :param foreign: edits of others
    """

    trials: int = 0
    killed: int = 0
    settled: int = 0
    overwritten: int = 0
    foreign: int = 0
    duplicates: int = 0
    losses: int = 0
    foreign_lost: int = 0

    def __add__(self, other: Tally) -> Tally:
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Tally(*(one + two for one, two in pairs))

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.duplicates or self.losses or self.foreign_lost)

    def __str__(self) -> str:
        return (
            f'trials {self.trials} / duplicates {self.duplicates} / losses {self.losses} / '
            f'foreign edits lost {self.foreign_lost} (runs killed {self.killed}, second notices taken away '
            f'{self.settled}, notices overwritten by others {self.overwritten}, foreign edits {self.foreign})'
        )


def trial(farm: Farm, folders: Sequence[Path], number: int, seed: str) -> Tally:
    """Run disturbed deliveries to two fresh pages, one or two at once, then one that is not disturbed.

    :param folders: of pywikibot, each with its own cookies
    :param number: of the trial, and of the request
    """
    chosen = random.Random(f'{seed} {number}')
    titles = [f'Pump {number} {letter}' for letter in 'ab']
    with client_of(farm, WIKI, OPERATOR) as client:
        for title in titles:
            client.edit(title, f'Start of {title}.')
        stranger = Stranger(client, number)
        with others_editing(stranger, titles, random.Random(chosen.random())):
            killed = _disturbed(farm, folders, titles, number, chosen)
    last = deliver(farm, folders[0], titles, number)
    assert last.code == 0, last.errors
    tallies = [_seen(farm, title, number, stranger) for title in titles]
    return sum(tallies, Tally(trials=1, killed=killed))


def _disturbed(
    farm: Farm, folders: Sequence[Path], titles: Sequence[str], request: int, chosen: random.Random
) -> int:
    """Run deliveries with faults, and return how many were killed."""
    racing = folders[: chosen.choice([1, 2, 2])]
    start = time.time() + START_SECONDS if len(racing) > 1 else 0
    runs = [(folder, _fault(chosen), _shift(chosen), start) for folder in racing]
    with ThreadPoolExecutor() as pool:
        ended = pool.map(lambda run: deliver(farm, run[0], titles, request, *run[1:]), runs)
        return sum(outcome.code == KILLED for outcome in ended)


def _fault(chosen: random.Random) -> Fault | None:
    if chosen.random() < 0.2:
        return None
    moment = chosen.choice(list(Moment))
    if moment is Moment.LOST or chosen.random() < 0.4:
        return Fault(moment, chosen.randint(1, 3), 'action=edit')
    return Fault(moment, chosen.randint(1, 14))


def _shift(chosen: random.Random) -> int:
    """Let the clock jump; back by little, as pywikibot's throttle waits until it has caught up."""
    return chosen.choice([0, 0, 0, 86400, -1])


def _seen(farm: Farm, title: str, request: int, stranger: Stranger) -> Tally:
    text = pages(farm, WIKI)[title].text
    notices = notices_on(text, request)
    said = [f'Start of {title}.', *stranger.said.get(title, [])]
    lost = sum(word not in text for word in said)
    steps = [
        (ours, notices_on(before, request) - notices_on(after, request), _foreign(before, after, request))
        for ours, before, after in history(farm, title)
    ]
    return Tally(
        settled=sum(ours and fewer > 0 for ours, fewer, _ in steps),
        overwritten=sum(not ours and fewer > 0 for ours, fewer, _ in steps),
        foreign=len(said),
        duplicates=max(0, notices - 1),
        losses=int(notices == 0),
        foreign_lost=lost + sum(ours and touched for ours, _, touched in steps),
    )


def history(farm: Farm, title: str) -> list[tuple[bool, str, str]]:
    """Return the edits of a page: whether they are the bot's, the text before and the text after."""
    with closing(sqlite3.connect(farm.folders.database(WIKI), timeout=30)) as database:
        rows = database.execute(_HISTORY, (title.replace(' ', '_'),)).fetchall()
    texts = [(_text(name) == BOT.name, _text(text)) for _, name, text in rows]
    return [(ours, before, after) for (_, before), (ours, after) in pairwise(texts)]


def _foreign(before: str, after: str, request: int) -> bool:
    """Tell whether an edit touched anything but notices and blank lines."""
    return _others(before, request) != _others(after, request)


def _others(text: str, request: int) -> str:
    """Return the lines of a page that are no notice's."""
    notice = {f'== {HEADING} ==', *body(request).splitlines()}
    lines = (line for line in text.splitlines() if line not in notice)
    return '\n'.join(line for line in lines if line and not line.startswith(SIGNED))


def _text(value: object) -> str:
    return value.decode('utf-8') if isinstance(value, bytes) else str(value)
