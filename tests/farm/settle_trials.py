"""Messages under trial: sent by one or two people, hindered, taken away; and what the bot tells of each."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from globalban_bot.decide.settle import settle
from globalban_bot.gather.sends import read_send_lines, read_sends
from globalban_bot.gather.traces import NoticeSought, read_traces
from globalban_bot.model.notice import Audience, Coverage, NoticeState
from globalban_bot.model.settling import Send
from globalban_bot.model.target import Target
from globalban_bot.pages.target_list import read_target_list
from globalban_bot.wikitext.request_links import RequestLinks
from tests.farm.accounts import BOT, OPERATOR, SENDER
from tests.farm.client import Client, client_of
from tests.farm.deliver_at import HEADING, SIGNED, body
from tests.farm.farm import Farm
from tests.farm.sending_form import SendingForm
from tests.farm.trials import WIKI, deliver

_JOBS = threading.Lock()
HOST, META = 'de.wikipedia.org', 'metawiki'


@dataclass(frozen=True)
class SettleTally:
    """What trials showed; all but the first three must be none.

    :param pages: pages in trials
    :param sends: messages that people sent
    :param doubled: pages with a notice twice, as two people sent it; each is told
    :param duplicates: pages on which the bot's own engine added a notice to one of theirs
    :param untrue: pages of which something was told that is not so
    """

    pages: int = 0
    sends: int = 0
    doubled: int = 0
    duplicates: int = 0
    untrue: int = 0

    def __add__(self, other: SettleTally) -> SettleTally:
        return SettleTally(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))

    @property
    def clean(self) -> bool:
        """Whether nothing went wrong."""
        return not (self.duplicates or self.untrue)

    def __str__(self) -> str:
        return (
            f'sends by people {self.sends} to {self.pages} pages / told that is not so {self.untrue} / '
            f'duplicates by the bot {self.duplicates} (doubled by two people, each told: {self.doubled})'
        )


class FarmQueries:
    """Asks wikis of the farm as anybody can.

    :param clients: by server
    """

    home = 'https://meta.wikimedia.org'

    def __init__(self, clients: Mapping[str, Client]) -> None:
        self._clients = clients

    def query(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        """Yield the answer, part by part."""
        further: Mapping[str, str] = {}
        while True:
            answer = self._clients[server].get(action='query', **{**parameters, **further})
            yield answer
            if 'continue' not in answer:
                return
            further = answer['continue']

    def action(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        """Return the answer of another action."""
        raise AssertionError((server, holds, parameters))


def list_of(number: int) -> str:
    """Return the beginning of the titles of the lists of a request."""
    return f'User:{BOT.name}/Request/{number}/Targets/'


def settle_trial(farm: Farm, folder: Path, number: int, seed: str) -> SettleTally:
    """Let people send to two fresh pages and disturb it; settle, and let the bot's engine do the rest."""
    chosen = random.Random(f'settle {seed} {number}')
    since = datetime.now(UTC) - timedelta(minutes=1)
    titles = [f'Wikipedia:Sent {number} {letter}' for letter in 'ab']
    lines = '\n'.join(f'* {HOST}: {{{{#target:{title}|{HOST}}}}}' for title in titles)
    with (
        client_of(farm, WIKI, OPERATOR) as client,
        client_of(farm, META, BOT) as bot,
        client_of(farm, META, SENDER) as sender,
    ):
        for title in titles:
            client.edit(title, f'Start of {title}.')
        bot.edit(f'{list_of(number)}en', lines)
        protected = chosen.random() < 0.3
        if protected:
            client.post(action='protect', title=titles[0], protections='edit=sysop', expiry='infinity')
        times = chosen.choice([1, 1, 2])
        for at in range(times):
            words = body(number) if at == 0 or chosen.random() < 0.3 else f'Other words {at}. ~~~~'
            _send(sender, number, words)
            if chosen.random() < 0.5:
                _run_jobs(farm)
        early = _told(farm, number, titles, since)
        _run_jobs(farm)
        if chosen.random() < 0.3:
            client.edit(titles[1], f'Start of {titles[1]}.')
        said = _told(farm, number, titles, since)
        before = {title: _headings(client, title) for title in titles}
        # Whatever is settled, no engine gets; here none may be left.
        left = [title for title in titles if not said[title].state.is_settled]
        if left:
            deliver(farm, folder, left, number)
        untrue = sum(not _is_true(said[title], before[title]) for title in titles)
        untrue += sum(not early[title].state.is_settled for title in titles)
        return SettleTally(
            pages=len(titles),
            sends=times,
            doubled=sum(count > 1 for count in before.values()),
            duplicates=sum(_headings(client, title) > before[title] for title in titles),
            untrue=untrue,
        )


def _run_jobs(farm: Farm) -> None:
    # The queue is a file, which two trials must not take at once.
    with _JOBS:
        farm.run_jobs()


def _send(client: Client, number: int, words: str) -> None:
    filled = {'spamlist': f'{list_of(number)}en', 'subject': f'{HEADING} (no. {number})', 'message': words}
    assert SendingForm(client, **filled).preview().send().sent


def _headings(client: Client, title: str) -> int:
    question = {'titles': title, 'prop': 'revisions', 'rvprop': 'content', 'rvslots': 'main'}
    page = client.get(action='query', **question)['query']['pages'][0]
    return str(page['revisions'][0]['slots']['main']['content']).count(f'== {HEADING}')


def _told(farm: Farm, number: int, titles: Sequence[str], since: datetime) -> dict[str, Coverage]:
    """Return what the bot tells of each page."""
    now = datetime.now(UTC)
    with client_of(farm, META) as meta, client_of(farm, WIKI) as wiki:
        queries = FarmQueries({FarmQueries.home: meta, f'https://{HOST}': wiki})
        lines = [one for one in read_send_lines(queries, since) if one.page.startswith(list_of(number))]
        sends: Sequence[Send] = read_sends(queries, lines, BOT.name, read_target_list)
        links = RequestLinks(number, (f'Request {number}',), FarmQueries.home)
        sought = NoticeSought(number, BOT.name, list_of(number), links, since)
        told = {}
        for title in titles:
            target = Target(WIKI, f'https://{HOST}', 'de', title)
            coverage = Coverage(target, Audience.COMMUNITY, NoticeState.NONE_FOUND)
            traces = read_traces(queries, target, sought, {title}, (f'== {HEADING}', SIGNED))
            told[title] = settle(coverage, traces, sends, now)
        return told


def _is_true(told: Coverage, stands: int) -> bool:
    """Tell whether what was told of a page is what stands there: delivered, and how often, or not."""
    if told.state is NoticeState.DELIVERED:
        return told.times == stands
    return stands == 0 and told.state in {NoticeState.GONE, NoticeState.FAILED}
