"""The repeated patterns of ``tests/cases/growth/families.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

CASES = Path(__file__).parent.parent / 'cases' / 'growth'


@dataclass(frozen=True)
class Family:
    """Texts that repeat one pattern.

    :param name: what is repeated
    :param unit: the pattern
    :param closing: what closes a unit; it is repeated as often, behind all units
    :param middle: what stands between the units and what closes them
    """

    name: str
    unit: str
    prefix: str = ''
    middle: str = ''
    closing: str = ''
    suffix: str = ''

    def times(self, length: int) -> int:
        """Return how many units make a text of about so many characters."""
        return max(1, length // len(self.unit + self.closing))

    def text(self, times: int) -> str:
        """Return the text with so many units."""
        return f'{self.prefix}{self.unit * times}{self.middle}{self.closing * times}{self.suffix}'


def load_families() -> dict[str, Family]:
    """Return all families by their names."""
    rows = yaml.safe_load((CASES / 'families.yaml').read_text('utf-8'))
    return {row['name']: Family(**row) for row in rows}


def load_worst() -> list[tuple[str, str]]:
    """Return family and place of the cases that once took the longest (``worst.yaml``)."""
    rows = yaml.safe_load((CASES / 'worst.yaml').read_text('utf-8'))
    return [(row['family'], row['place']) for row in rows]
