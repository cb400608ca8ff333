"""A small made-up Meta-Wiki with full page histories, to try the bot on without a network.

``tools/make_sample.py`` builds the files from ``pages/*.yaml``, ``users.yaml``, ``accounts.yaml`` and
``archive.yaml``. All people, accounts and happenings in it are invented.
"""

from datetime import UTC, datetime
from importlib.resources import files

#: The day on which the sample plays: its last edit is some minutes old. It lies in the past, so that a wiki
#: which imports the sample has no edits of tomorrow.
TODAY = datetime(2025, 5, 3, 14, 5, tzinfo=UTC)
#: Policy discussions of the sample, which are tallied like requests.
DISCUSSIONS = ('Requests for comment/Notices about global ban discussions',)
#: An XML export of the sample's Meta-Wiki.
EXPORT = files(__name__) / 'meta.xml'
#: An XML export of closed requests with shortened histories, of more than ten years.
ARCHIVE = files(__name__) / 'archive.xml'
#: Recorded facts about nominators and subjects of both exports.
ACCOUNTS = files(__name__) / 'accounts.json'
#: Which accounts of the archive other bodies banned later, by page id.
LATER = files(__name__) / 'later.json'
