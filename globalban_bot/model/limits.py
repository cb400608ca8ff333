"""Where the brake is put on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a plan may do at most. A page beyond a limit of its own is held back, and the others go on.

    :param edits: pages edited in one run; beyond it nothing is edited at all
    :param fall: signed positions that a page may lose from one edit to the next
    :param rise: signed positions that a page may gain
    :param shrink: share of its length that a page may lose, from 0 to 1
    """

    edits: int
    fall: int
    rise: int
    shrink: float
