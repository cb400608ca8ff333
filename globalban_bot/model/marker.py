"""What the bot remembers in a page of its own."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

_FORM = re.compile(
    r'<!-- globalban_bot facts=(?P<facts>\w+) standing=(?P<standing>[\w-]+) positions=(?P<positions>\d+|-)'
    r' as-of=(?P<as_of>[\d:TZ-]+) body=(?P<body>\w+) -->'
)
#: Stands behind the standing of a page that tells only a part: that more becomes known is a change.
PARTLY = '-partly'
#: Stands behind the standing of a box where a rule on the nominator is not met.
NOMINATOR = '-nominator'
#: The standing of a page that an operator had blanked: it is never filled again.
FORGOTTEN = 'forgotten'


@dataclass(frozen=True)
class Marker:
    """The first line of a page that the bot owns.

    .. code-block:: wikitext

       <!-- globalban_bot facts=3f1c9a0b52d7e864 standing=open positions=22 as-of=… body=… -->

    It names nobody. It is the only memory that the bot needs: what the page tells, since when, and whether
    the text is still the bot's own.

    :param facts: digest of what a reader cares about; a stamp such as "as of" is no part of it
    :param standing: a word for what is made known at once when it changes, such as ``open``
    :param positions: how many signed positions the page shows; None where it shows none
    :param as_of: the moment of the run that wrote the page (UTC)
    :param body: digest of the text below the marker
    """

    facts: str
    standing: str
    positions: int | None
    as_of: datetime
    body: str

    def __str__(self) -> str:
        positions = '-' if self.positions is None else self.positions
        return (
            f'<!-- globalban_bot facts={self.facts} standing={self.standing} positions={positions}'
            f' as-of={self.as_of:%Y-%m-%dT%H:%M:%SZ} body={self.body} -->'
        )

    @classmethod
    def parse(cls, line: str) -> Self | None:
        """Read a marker; None where the line is none."""
        found = _FORM.fullmatch(line)
        if found is None:
            return None
        try:
            as_of = datetime.strptime(found['as_of'], '%Y-%m-%dT%H:%M:%SZ').replace(tzinfo=UTC)
            positions = None if found['positions'] == '-' else int(found['positions'])
        except ValueError:
            return None
        return cls(found['facts'], found['standing'], positions, as_of, found['body'])


def digest(text: str) -> str:
    """Return a short fingerprint of a text; blanks at its end do not count, as MediaWiki drops them."""
    return hashlib.sha256(text.rstrip().encode('utf-8', 'surrogatepass')).hexdigest()[:16]
