"""The wikis of the playground beside Meta: the subject of the open request has edited on each of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing

from tests.farm.accounts import OPERATOR, Account
from tests.farm.client import client_of
from tests.farm.farm import Farm

SUBJECT, NOMINATOR = 'Orvandelle', 'Merrowby'
#: Where each community meets, by database name. The first title is that of the project's reviewed table.
PUMPS: Mapping[str, str] = {
    'enwiki': 'Wikipedia:Village pump (miscellaneous)',
    'dewiki': 'Wikipedia:Fragen zur Wikipedia',
    'frwiki': 'Wikipédia:Bistro',
    'arwiki': 'ويكيبيديا:الميدان',
}
#: How often the subject has edited on each of them.
EDITS = {'enwiki': 214, 'dewiki': 57, 'frwiki': 31, 'arwiki': 12}
#: How often the nominator has edited on enwiki: as often as the policy asks, and more.
NOMINATORS_EDITS = 900
_REGISTERED = '20200101000000'


def make_communities(farm: Farm) -> None:
    """Give each wiki beside Meta a village pump and the accounts that have edited there."""
    people = tuple(Account(name, registered=_REGISTERED) for name in (SUBJECT, NOMINATOR))
    for dbname, pump in PUMPS.items():
        farm.create_accounts(dbname, *people)
        _count_edits(farm, dbname, SUBJECT, EDITS[dbname])
        with client_of(farm, dbname, OPERATOR) as client:
            client.edit(pump, 'A place to talk.')
    _count_edits(farm, 'enwiki', NOMINATOR, NOMINATORS_EDITS)


def _count_edits(farm: Farm, dbname: str, name: str, count: int) -> None:
    change = 'UPDATE user SET user_editcount = ? WHERE user_name = ?'
    with closing(sqlite3.connect(farm.folders.database(dbname), timeout=30)) as database, database:
        database.execute(change, (count, name))
