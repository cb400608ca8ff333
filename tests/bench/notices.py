"""``python -m tests.bench.notices``: memory and time of a plan for 100 and for 1,000 wikis, as ratios.

Each plan is made in a process of its own: the targets, what stands there, the texts, the page. The wikis are
a hand-made stand-in, as no farm here has a thousand: it answers ``action=query`` as MediaWiki does
(``prop=info``, ``prop=revisions``, ``list=iwbacklinks``, ``list=exturlusage``; ``formatversion=2``), each
wiki with a page that holds no notice.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from globalban_bot.gather.coverage import coverage_of
from globalban_bot.gather.pumps import Pumps
from globalban_bot.gather.targets import targets_of
from globalban_bot.i18n.messages import Messages
from globalban_bot.i18n.notices import load_notice_texts
from globalban_bot.jobs.notices.planner import Planner
from globalban_bot.model.account import Account, LocalAccount
from globalban_bot.model.gate import Barrier, Gate
from globalban_bot.model.nomination import Clock, Nomination
from globalban_bot.model.notice import Audience
from globalban_bot.model.request import Head, Proposal, Request
from globalban_bot.model.target import WikiState
from globalban_bot.pages.notice_plan import render_notice_plan
from globalban_bot.pages.plan_page import PlanPage
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.request_links import RequestLinks

NOW = datetime(2027, 5, 3, 12, tzinfo=UTC)
FEW, MANY = 100, 1000
#: What is wanted: see README.md.
MOST_MEMORY, MOST_TIME = 1.2, 11.0
ROUNDS = 3
_TEXT = 'A place to talk.\n' * 2000


class MadeWikis:
    """Wikis that all answer alike."""

    home = 'https://meta.wikimedia.org'

    def query(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        """Yield an answer of ``action=query``."""
        title, *others = parameters.get('titles', '').split('|')
        slots = {'main': {'contentmodel': 'wikitext', 'content': _TEXT}}
        page = {
            'pageid': 1, 'ns': 4, 'title': title, 'contentmodel': 'wikitext', 'protection': [],
            'revisions': [{'revid': 7, 'slots': slots}],
        }  # fmt: skip
        absent = [{'ns': 4, 'title': other, 'missing': True} for other in others]
        yield {'query': {'pages': [page, *absent], 'iwbacklinks': [], 'exturlusage': []}}

    def action(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        """Return an answer of another action; none is asked for here."""
        raise NotImplementedError(holds)


def plan(wikis: int) -> str:
    """Make a plan for so many wikis and return its page."""
    locals_ = [
        LocalAccount(f'w{number}wiki', f'https://w{number}.example.org', 5, None) for number in range(wikis)
    ]
    account = Account('Cassian Wold', None, 5 * wikis, tuple(locals_), False, False, NOW)
    states = {one.wiki: WikiState(one.wiki, one.url, 'en') for one in locals_}
    targets = targets_of([account], states, Pumps(fallbacks=('Project:Village pump',)), MadeWikis())
    sought = RequestLinks(12, ('Requests for comment/Global ban for Cassian Wold',), MadeWikis.home)
    coverage = [coverage_of(one, Audience.COMMUNITY, sought, MadeWikis()) for one in targets]
    request = Request(
        sought.titles[0], 12, 34, Head(), ('Cassian Wold',), 'Petra Lund', NOW, (Proposal(None),)
    )
    nomination = Nomination((), (), Clock(), (), (), None, NOW)
    planner = Planner(load_notice_texts(), load_profile('meta'))
    made = planner.plan(request, nomination, coverage, NOW)
    assert len(made.notices) == wikis
    gate = Gate((Barrier.TOO_YOUNG,))
    page = PlanPage(
        made, 'Plan', coverage, gate, (), (), (), 'Talk', MadeWikis.home, 'Requests', 'Text', 'Ready'
    )
    return render_notice_plan(page, Messages())


def measure(wikis: int) -> dict[str, float]:
    """Return memory (in kilobytes) and time (in seconds) of a plan, in this process."""
    plan(3)
    best = float('inf')
    for _ in range(ROUNDS):
        start = time.perf_counter()
        plan(wikis)
        best = min(best, time.perf_counter() - start)
    return {'memory': float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss), 'time': best}


def measured(wikis: int) -> dict[str, float]:
    """Measure in a process of its own."""
    command = [sys.executable, '-m', 'tests.bench.notices', str(wikis)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> int:
    """Print the ratios; the exit code tells whether they are as wanted."""
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
        return 0
    few, many = measured(FEW), measured(MANY)
    print(f'{"wikis":>6}{"memory":>12}{"time":>12}')
    for wikis, found in ((FEW, few), (MANY, many)):
        print(f'{wikis:>6}{found["memory"] / 1024:>9.1f} MB{found["time"] * 1000:>9.1f} ms')
    memory, growth = many['memory'] / few['memory'], many['time'] / few['time']
    print(f'memory({MANY})/memory({FEW}) = {memory:.2f} (wanted: at most {MOST_MEMORY})')
    print(f'time({MANY})/time({FEW}) = {growth:.1f} (wanted: at most {MOST_TIME:.0f})')
    return 0 if memory <= MOST_MEMORY and growth <= MOST_TIME else 1


if __name__ == '__main__':
    sys.exit(main())
