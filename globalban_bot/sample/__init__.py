"""A small made-up Meta-Wiki with full page histories, to try the bot on without a network.

``tools/make_sample.py`` builds ``meta.xml``, an XML export, from ``pages/*.yaml`` and ``users.yaml``;
``archive.xml``, an export of closed requests with shortened histories, and ``later.json`` from
``archive.yaml``; and ``accounts.json``, recorded facts about the people of both, from ``accounts.yaml`` and
``archive.yaml``. All people, accounts and happenings in it are invented.
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


def archive() -> Traversable:
    """Return where the export of closed requests lies, of more than ten years."""
    return files(__name__) / 'archive.xml'


def accounts() -> Traversable:
    """Return where the recorded facts about nominators and subjects lie, those of both exports."""
    return files(__name__) / 'accounts.json'


def later() -> Traversable:
    """Return where it stands which accounts of the archive other bodies banned later, by page id."""
    return files(__name__) / 'later.json'
