"""Measures how many requests a delivered notice takes.

    python -m tests.farm.notice_requests

The fewest that can be are three: the page is read, the notice appended, the page read again, as an answer
alone does not tell whether somebody else gave the same notice in that moment. Before it some more see to it
that it may be sent: the request, the histories of its plan and lists, and the stop page. A wiki first met
takes the login, too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from globalban_bot.wikitext.pending import pending_on, without_pending
from tests.farm.deliver_at import notice
from tests.farm.farm import Farm
from tests.farm.onwiki import edit
from tests.farm.session import pywikibot_on

PAGE, OTHER = 'Project:First pump', 'Project:Second pump'
REQUEST = 12


@dataclass(frozen=True)
class Measured:
    """What a notice took.

    :param wiki: whether the bot has been on the wiki before in this run
    """

    wiki: str
    requests: int
    minimum: int


def measure(farm: Farm, pywikibot: Any) -> Iterator[Measured]:
    """Deliver two notices on a wiki that the bot has not met, and count the requests of each."""
    from globalban_bot.act.direct import DirectEngine

    for title in (PAGE, OTHER):
        edit(farm, title, 'A place to talk.', dbname='enwiki')

    def site_of(_: object) -> Any:
        site = pywikibot.Site('en', 'wikipedia')
        site.login()
        return site

    engine = DirectEngine(site_of, REQUEST, 'Notice of a request', pending=pending_on, inert=without_pending)
    for wiki, title in (('first met', PAGE), ('known', OTHER)):
        with farm.recording() as requests:
            done = list(engine.deliver([notice(REQUEST, f'wikipedia:en:{title}')], lambda: None))
        assert [one.sent.value for one in done] == ['delivered'], done
        yield Measured(wiki, len(requests), 3)


def main() -> None:
    """Print what was measured."""
    with Farm.create() as farm, tempfile.TemporaryDirectory() as folder:
        farm.start()
        with pywikibot_on(farm, Path(folder) / 'bot') as pywikibot:
            print(f'{"wiki":12} {"requests":>8}  {"minimum":>7}')
            for one in measure(farm, pywikibot):
                print(f'{one.wiki:12} {one.requests:8}  {one.minimum:7} = read, append, read')
    print('before each notice: 4 = request, histories of the plan and of a list, stop page')


if __name__ == '__main__':
    main()
