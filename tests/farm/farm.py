"""The farm: several wikis in one PHP server."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.farm import accounts, database, jobs, wikis
from tests.farm.abusefilter import Filter, create_filter
from tests.farm.accounts import OPERATOR, Account
from tests.farm.errors import FarmError
from tests.farm.folders import Folders, default_cache
from tests.farm.maintenance import run_script
from tests.farm.notifications import Notification, read_notifications
from tests.farm.parts import ensure_parts
from tests.farm.release import Release
from tests.farm.requestlog import Request, RequestLog
from tests.farm.server import HOST, Server
from tests.farm.switches import JsonFile
from tests.farm.template import template_database

#: The files for what no database holds: facts about global accounts, states of wikis, items' sitelinks.
STATED = ('global', 'states', 'sitelinks')


class Farm:
    """A farm of MediaWiki wikis; as a context manager it stops at the end of the block.

    :param folders: where it lives
    :param members: its wikis
    :param template: the database that a new wiki begins with
    """

    def __init__(self, folders: Folders, members: Iterable[wikis.Wiki], template: Path) -> None:
        self.folders = folders
        self.wikis = {wiki.dbname: wiki for wiki in members}
        self._template = template
        self._server: Server | None = None
        self._log = RequestLog(folders.run / 'requests.jsonl')

    @classmethod
    def create(
        cls,
        names: Iterable[str] | None = None,
        cache: Path | None = None,
        release: Release = Release.OWN,
        path: Path = wikis.WIKIS_FILE,
    ) -> Farm:
        """Make a farm, ready to be started.

        :param names: the database names of its wikis; all of the file when left out
        :param cache: where MediaWiki is or is to be unpacked
        :param release: the MediaWiki to make it of
        :param path: the file that describes its wikis
        """
        folders = Folders(cache or default_cache(), Path(tempfile.mkdtemp(prefix='farm-')), release)
        try:
            ensure_parts(folders)
            members = wikis.load_wikis(names, path)
            folders.make()
            wikis.write_json(members, folders.run / 'wikis.json')
            farm = cls(folders, members, template_database(folders, members))
            farm.reset()
        except BaseException:
            shutil.rmtree(folders.run)
            raise
        return farm

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    # The server

    def start(self, port: int = 0, workers: int = 4) -> Self:
        """Serve the farm; port 0 takes any free one."""
        if self._server is None:
            self._server = Server(self.folders, port, workers)
        return self

    def stop(self) -> None:
        """End the server and delete what belongs to this run; the cache stays."""
        if self._server is not None:
            self._server.stop()
            self._server = None
        shutil.rmtree(self.folders.run, ignore_errors=True)

    @property
    def url(self) -> str:
        """The address of the server, without a slash at the end."""
        if self._server is None:
            raise FarmError('the farm has not been started')
        return f'http://{HOST}:{self._server.port}'

    def browser_url(self, dbname: str, title: str = 'Main_Page') -> str:
        """Return the address of a page for a browser."""
        return f'{self.url}/={dbname}/wiki/{title.replace(" ", "_")}'

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts that the farm stands in for."""
        return tuple(wiki.host for wiki in self.wikis.values())

    # The state of the wikis

    def reset(self, *dbnames: str) -> None:
        """Put wikis back to the state in which they began; all of them when none is named."""
        for dbname in dbnames or self.wikis:
            self._switch_file(dbname).write({})
            database.copy_database(self._template, self.folders.database(self._known(dbname)))
        if not dbnames:
            for name in STATED:
                self._stated(name).write({})
            jobs.empty_queue(self.folders)
        self._forget()

    def keep(self, dbname: str, path: Path) -> Path:
        """Copy the state of a wiki into a file, to go back to with ``restore``."""
        database.copy_database(self.folders.database(self._known(dbname)), path)
        return path

    def restore(self, dbname: str, path: Path) -> None:
        """Put a wiki back to a state that was kept."""
        database.copy_database(path, self.folders.database(self._known(dbname)))
        self._forget()

    def switch(self, dbname: str, **settings: Any) -> AbstractContextManager[None]:
        """Change a wiki's settings for the length of a block.

        :param settings: variables by their full name (wgReadOnly='why'), and load=[extension, …]
        """
        return self._switch_file(self._known(dbname)).changed(settings)

    def set_switch(self, dbname: str, **settings: Any) -> None:
        """Change a wiki's settings until it is reset; those changed before stay."""
        file = self._switch_file(self._known(dbname))
        file.write({**file.read(), **settings})

    def wiki_state(self, dbname: str, **states: bool) -> None:
        """State that a wiki is closed, private, fishbowl or nonglobal, until all wikis are reset.

        :param states: closed=True, …; False takes it back
        """
        file = self._stated('states')
        before = file.read()
        file.write({**before, self._known(dbname): {**before.get(dbname, {}), **states}})

    def sitelinks(self, titles: Mapping[str, str], item: str = 'Q16503') -> None:
        """State which pages an item of Wikidata links to, by database name, until all wikis are reset."""
        file = self._stated('sitelinks')
        file.write({**file.read(), item: dict(titles)})

    def run_jobs(self) -> dict[str, int]:
        """Try once to deliver each message that is queued, and return how many were tried, by wiki."""
        done = jobs.deliver(self.folders, self.wikis)
        self._forget()
        return done

    def global_account(self, name: str, **facts: Any) -> AbstractContextManager[None]:
        """State what the databases do not hold of a global account, for the length of a block.

        :param facts: see the README of the extension: locked, hidden, home, groups, rename, …
        """
        return self._stated('global').changed({name: facts})

    def create_accounts(self, dbname: str, *new: Account) -> None:
        """Create accounts on a wiki."""
        accounts.create_accounts(self.folders, self._known(dbname), new)
        self._forget()

    def import_xml(self, dbname: str, export: Path) -> None:
        """Import an XML export with its history, under its authors' names."""
        self.create_accounts(dbname, *accounts.authors_of(export))
        self.run(dbname, 'importDump', str(export.resolve()))
        for script in ('runJobs', 'initEditCount', 'rebuildrecentchanges', 'initSiteStats'):
            self.run(dbname, script, *(['--update'] if script == 'initSiteStats' else []))

    def write_page(self, dbname: str, title: str, text: str, author: str = OPERATOR.name) -> None:
        """Save a page past the API, and past what the API's edits are refused for."""
        self.run(dbname, 'edit', '--user', author, '--summary', 'for a test', title, text=text)

    def create_filter(self, dbname: str, new: Filter) -> int:
        """Make a filter of AbuseFilter, which a switch must have loaded, and return its number."""
        number = create_filter(self.folders, self._known(dbname), new)
        self._forget()
        return number

    def notifications(self, dbname: str) -> tuple[Notification, ...]:
        """Return whom Echo has notified of what on a wiki, in order: pairs of event type and user."""
        return read_notifications(self.folders.database(self._known(dbname)))

    def run(self, dbname: str, script: str | Path, *args: str, text: str = '') -> str:
        """Run a maintenance script on a wiki and return what it prints."""
        output = run_script(self.folders, self._known(dbname), script, *args, text=text)
        self._forget()
        return output

    # The requests

    def requests(self) -> tuple[Request, ...]:
        """Return all requests so far."""
        return self._log.since()

    @contextmanager
    def recording(self) -> Iterator[list[Request]]:
        """Collect the requests of a block; the list is filled when the block ends."""
        mark, recorded = self._log.mark(), list[Request]()
        try:
            yield recorded
        finally:
            recorded += self._log.since(mark)

    def _known(self, dbname: str) -> str:
        if dbname not in self.wikis:
            raise FarmError(f'the farm has no wiki {dbname}; it has {", ".join(self.wikis)}')
        return dbname

    def _switch_file(self, dbname: str) -> JsonFile:
        return JsonFile(self.folders.run / 'switch' / f'{dbname}.json')

    def _stated(self, name: str) -> JsonFile:
        return JsonFile(self.folders.run / f'{name}.json')

    def _forget(self) -> None:
        """Make the server's caches forget: a database was changed behind its back."""
        epoch = self.folders.run / 'epoch'
        count = int(epoch.read_text()) + 1 if epoch.exists() else 1
        new = epoch.with_suffix('.new')
        new.write_text(str(count))
        new.replace(epoch)
