"""A small made-up Meta-Wiki with full page histories, to try the bot on without a network.

``meta.xml`` is a MediaWiki XML export that ``tools/make_sample.py`` builds from ``pages/*.yaml``
and ``users.yaml``. All people, accounts and happenings in it are invented.
"""

from datetime import UTC, datetime
from importlib.resources import files
from importlib.resources.abc import Traversable

TODAY = datetime(2025, 5, 3, 14, 5, tzinfo=UTC)
"""The day on which the sample plays: its last edit is some minutes old. It lies in the past, so that a wiki
which imports the sample has no edits of tomorrow."""

DISCUSSIONS = ('Requests for comment/Notices about global ban discussions',)
"""Policy discussions of the sample, which are tallied like requests."""


def export() -> Traversable:
    """Return where the export of the sample's Meta-Wiki lies."""
    return files(__name__) / 'meta.xml'
