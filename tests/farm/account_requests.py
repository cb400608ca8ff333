"""Measures how many requests the facts about accounts take.

    python -m tests.farm.account_requests

The fewest that can be: for a nominator 1 + k, where k is the number of wikis, the one with most edits first,
that together hold the edits wanted before the opening, and 0 where the account has fewer now; for the subject
1 + F, where F is the number of wikis that flag a block, and at a past moment 1 + W, the wikis with edits; for
V voters V / 50, rounded up, + U, where U are those of whom the wiki of the request alone does not tell that
they are neither new nor short of edits.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from globalban_bot.decide.tally import tally
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.page import reader_for
from tests.farm.accounts import OPERATOR, Account
from tests.farm.client import client_of
from tests.farm.contributions import import_edits
from tests.farm.farm import Farm
from tests.farm.session import pywikibot_on

OPENED = datetime(2021, 2, 3, 4, 5, 6, tzinfo=UTC)
_NOMINATOR, _NEWCOMER, _SUBJECT = 'Ada Invented', 'Bo Invented', 'Cy Invented'
_WANTED = 8
_VOTERS = '60 voters, 3 of them new'
_VOTER = '# {{{{s}}}} [[User:Voter {number}|Voter {number}]] 12:00, {day} February 2021 (UTC)'


@dataclass(frozen=True)
class Measured:
    """What a question took.

    :param question: whose facts, and which
    :param first_met: whether the question was put for the first time in this process
    :param minimum: the fewest that can be, and by which formula
    """

    question: str
    first_met: bool
    requests: int
    minimum: int
    formula: str


def measure(farm: Farm, site: Any) -> Iterator[Measured]:
    """Put accounts on the farm, ask about them, and count the requests of each question.

    Each question is put twice, each time by a source of its own: what pywikibot may have learnt of a wiki by
    the first time could make the second cheaper.

    :param farm: a farm with five wikis
    :param site: pywikibot's site of its Meta
    """
    _people(farm)
    for question, minimum, formula in (
        ('nominator, edits on two wikis', 1 + 2, '1 + k'),
        ('nominator, too few edits now', 1, '1 + 0'),
        ('subject, now', 1 + 3, '1 + F'),
        ('subject, at a past moment', 1 + 2, '1 + W'),
        (_VOTERS, 2 + 3, 'V / 50 + U'),
    ):
        for first_met in (True, False):
            with farm.recording() as requests:
                _ask(site, question)
            yield Measured(question, first_met, len(requests), minimum, formula)


def _people(farm: Farm) -> None:
    before = [OPENED - timedelta(days=number) for number in range(1, 6)]
    with tempfile.TemporaryDirectory() as folder:
        for dbname, name in (
            ('enwiki', _NOMINATOR), ('dewiki', _NOMINATOR), ('frwiki', _NEWCOMER), ('enwiki', _SUBJECT),
            ('arwiki', _SUBJECT),
        ):  # fmt: skip
            import_edits(farm, dbname, name, before, Path(folder), f'Edits of {name}')
    farm.create_accounts('frwiki', Account(_SUBJECT))
    farm.create_accounts(
        'metawiki', *(Account(f'Voter {number}', registered=_since(number)) for number in range(60))
    )
    for dbname in ('enwiki', 'arwiki', 'frwiki'):
        with client_of(farm, dbname, OPERATOR) as client:
            client.post(action='block', user=_SUBJECT, expiry='infinity')


def _since(number: int) -> str:
    """Return when a voter was registered: three of them after the request was opened."""
    return '20210204000000' if number < 3 else '20150101000000'


def _votes() -> Tally:
    lines = [_VOTER.format(number=number, day=4 + number % 20) for number in range(60)]
    text = '\n'.join(['== Support ==', *lines])
    request = reader_for(load_profile('meta')).read(
        text, title='Requests for comment/Global ban for Cy Invented'
    )
    return tally(replace(request, opened=OPENED))


def _ask(site: Any, question: str) -> None:
    # pywikibot can be imported by now, which the module under test does at once.
    from globalban_bot.gather.live_accounts import LiveAccounts
    from globalban_bot.jobs.figures.background import voters_of
    from globalban_bot.model.account import Account as GlobalAccount
    from globalban_bot.model.account import EditsAsked
    from globalban_bot.wiki.api import ApiClient

    source = LiveAccounts(ApiClient(site), datetime.now(UTC))
    if question == _VOTERS:
        voters = voters_of(_votes(), source, least=0)
        assert (voters.counted, voters.newer) == (60, 3), voters
        return
    names = {'nominator, edits on two wikis': _NOMINATOR, 'nominator, too few edits now': _NEWCOMER}
    found = source.account(names.get(question, _SUBJECT))
    assert isinstance(found, GlobalAccount), found
    if question in names:
        source.edits(found, EditsAsked(_WANTED, before=OPENED))
        return
    flagged = [local for local in found.locals if local.blocked]
    for local in flagged if question == 'subject, now' else found.edited:
        source.blocks(found, local)


def main() -> None:
    """Print what was measured, a line a question."""
    with Farm.create() as farm, tempfile.TemporaryDirectory() as folder:
        farm.start()
        with pywikibot_on(farm, Path(folder) / 'bot') as pywikibot:
            site = pywikibot.Site('meta', 'meta')
            site.login()
            print(f'{"question":32} {"wikis":10} {"requests":>8}  {"minimum":>7}')
            for one in measure(farm, site):
                met = 'first met' if one.first_met else 'known'
                print(f'{one.question:32} {met:10} {one.requests:8}  {one.minimum:7} = {one.formula}')


if __name__ == '__main__':
    main()
