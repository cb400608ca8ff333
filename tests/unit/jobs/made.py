"""A made-up wiki: requests that people edit, and pages of the bot's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from globalban_bot.errors import WikiError
from globalban_bot.gather.cache import Cache
from globalban_bot.gather.export import ExportSource
from globalban_bot.gather.request_source import Skipping
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.status import update_status
from globalban_bot.jobs.status_job import StatusJob, StatusOptions, StatusReport
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.plan import PageEdit, Plan
from globalban_bot.model.refusal import Refusal
from globalban_bot.model.revision import Page
from globalban_bot.model.settings import InForce
from globalban_bot.profiles.loader import Profile, load_profile
from globalban_bot.wiki.api_errors import RefusedError
from globalban_bot.wikitext.page import reader_for
from tests.unit.gather.made import export, page, revision

META = load_profile('meta')
START = datetime(2027, 5, 3, 12, 0, tzinfo=UTC)
RFC = 'Requests for comment'
BOT = 'Facts bot'


def after(hours: float) -> datetime:
    """Return a moment so many hours after the start."""
    return START + timedelta(hours=hours)


class Wiki:
    """A hand-made stand-in for a writer on a wiki: it keeps the bot's pages in memory as a wiki would.

    An edit makes a revision by the bot, without the blanks at the end of the text; one that changes nothing
    makes none. It is refused where the page is not any more as it was planned for. The real writer is tested
    against a real MediaWiki.

    :ivar saved: titles of the pages that the bot edited, in order
    :ivar refusals: what the next edits of a page are answered with, by title; nothing is saved then
    :ivar lost: titles of pages that are saved, but the answer is lost
    :ivar meanwhile: called before each edit: what others do at that moment
    """

    bot = BOT

    def __init__(self) -> None:
        self.now = START
        self.saved: list[str] = []
        self.refusals: dict[str, list[BaseException | Refusal]] = {}
        self.lost: set[str] = set()
        self.meanwhile: Callable[[str], None] = lambda title: None
        self._pages: dict[str, CurrentPage] = {}
        self._revision = 1000

    def states(self, titles: Iterable[str]) -> Mapping[str, CurrentPage]:
        """Return how pages stand."""
        return {title: self.page(title) for title in titles}

    def edit(self, edit: PageEdit) -> None:
        """Save a page, unless it has changed since it was planned."""
        self.meanwhile(edit.title)
        for answer in self.refusals.get(edit.title, [])[:1]:
            self.refusals[edit.title].pop(0)
            raise RefusedError(answer, 'Vulpecula did it') if isinstance(answer, Refusal) else answer
        now = self.page(edit.title)
        if now.revision != edit.before.revision:
            gone, new = now.revision is None, edit.before.revision is None
            kind = Refusal.DELETED if gone else Refusal.CREATED if new else Refusal.CONFLICT
            raise RefusedError(kind)
        if edit.text.rstrip() != now.text:
            self.saved.append(edit.title)
            self.save(edit.title, edit.text, BOT)
        if edit.title in self.lost:
            raise RefusedError(Refusal.NO_ANSWER)

    def page(self, title: str) -> CurrentPage:
        """Return how a page stands."""
        return self._pages.get(title, CurrentPage(title))

    def save(self, title: str, text: str, user: str, model: str = 'wikitext') -> None:
        """Make a revision, by whomever."""
        self._revision += 1
        # Whether it was blanked for good, the bot's own newest revision tells.
        forgotten = None if user == self.bot else self.page(title).is_forgotten
        self._pages[title] = CurrentPage(
            title, self._revision, user, self.now, text.rstrip(), model, forgotten=forgotten
        )

    def delete(self, title: str) -> None:
        """Delete a page."""
        self._pages[title] = CurrentPage(title, removed=True)

    def text(self, title: str) -> str:
        """Return the text of a page, without the marker."""
        return self.page(title).body

    def all_text(self) -> dict[str, str]:
        """Return all pages."""
        return {title: state.text for title, state in sorted(self._pages.items())}


class Requests(ExportSource):
    """An export that counts what is read of it, and of which some requests cannot be read.

    :ivar reads: page ids, in the order in which they were read
    """

    def __init__(self, path: Path, profile: Profile, unreadable: Iterable[int] = ()) -> None:
        super().__init__(path, profile)
        self.reads: list[int | None] = []
        self._unreadable = set(unreadable)

    def read(self, candidate: RequestRef) -> Page:
        """Return a request, or fail."""
        self.reads.append(candidate.page_id)
        if candidate.page_id in self._unreadable:
            raise WikiError(f'{candidate.title} is broken, says Vulpecula')
        return super().read(candidate)


@dataclass
class World:
    """Requests, and the runs of the bot on them.

    :param folder: where the export and the cache are
    :ivar unreadable: page ids of requests that cannot be read
    :ivar deleted: page ids of requests that were deleted
    :ivar tells: whether the wiki tells which requests are gone
    :ivar shown: the plans that were shown
    :ivar approved: whether they may be carried out
    :ivar in_force: the settings on the wiki
    """

    folder: Path
    profile: Profile = META
    wiki: Wiki = field(default_factory=Wiki)
    reads: list[int | None] = field(default_factory=list)
    unreadable: set[int] = field(default_factory=set)
    deleted: set[int] = field(default_factory=set)
    tells: bool = True
    shown: list[Plan] = field(default_factory=list)
    approved: bool = True
    check_stop: Callable[[], None] = lambda: None
    in_force: InForce = field(default_factory=InForce)
    _requests: dict[int, list[str]] = field(default_factory=dict)
    _votes: dict[int, list[str]] = field(default_factory=dict)
    _revision: int = 0

    @property
    def cache(self) -> Path:
        """The folder of the cache."""
        return self.folder / 'cache'

    def request(self, number: int, *voters: str, hours: float = -48, status: str = '') -> None:
        """Make a request, or a new revision of it with more votes.

        :param hours: when, counted from the start
        """
        votes = self._votes.setdefault(number, [])
        votes += [
            f'# {{{{support}}}} [[User:{name}|{name}]] ([[User talk:{name}|talk]]) 12:00, 1 May 2027 (UTC)'
            for name in voters
        ]
        self._revision += 1
        text = f'{{{{rfc subpage|status={status}}}}}\n== Support ==\n' + '\n'.join(votes)
        time = f'{after(hours):%Y-%m-%dT%H:%M:%SZ}'
        self._requests.setdefault(number, []).append(revision(self._revision, text, time=time))

    def run(self, hours: float, choice: StatusOptions = StatusOptions()) -> StatusReport:  # noqa: B008
        """Run the bot so many hours after the start."""
        path = self.folder / 'requests.xml'
        pages = [
            page(f'{RFC}/Global ban for Lacerta {n}', *found, number=n)
            for n, found in self._requests.items()
            if n not in self.deleted
        ]
        path.write_bytes(export(*pages))
        self.wiki.now = after(hours)
        requests = Requests(path, self.profile, self.unreadable)
        self.reads = requests.reads
        source = Skipping(requests, self.in_force.settings.skip, 'left alone')
        reader = reader_for(self.profile)
        job = StatusJob(
            source,
            self.wiki,
            reader,
            Cache(self.cache),
            self.profile,
            Messages(),
            after(hours),
            self.check_stop,
            in_force=self.in_force,
            gone=self._gone,
        )

        def approve(plan: Plan) -> bool:
            self.shown.append(plan)
            return self.approved

        self.wiki.saved.clear()
        return update_status(job, choice, approve)

    def _gone(self, known: Set[int]) -> Set[int]:
        if not self.tells:
            raise WikiError('no answer')
        return self.deleted - known


def box(number: int) -> str:
    """Return the title of a box."""
    return META.box_title(number)


BOARD, LOG = META.board_page, META.log_page
