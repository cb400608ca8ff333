"""A made-up wiki on whose talk pages people ask the bot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from globalban_bot.errors import WikiError
from globalban_bot.gather.cache import Cache
from globalban_bot.gather.fresh_pages import pages_with
from globalban_bot.gather.pumps import Pumps
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.nomination import Nominations
from globalban_bot.jobs.notices.coverage_search import CoverageSearch
from globalban_bot.jobs.notices.job import NoticeSurvey, NotifyJob, look
from globalban_bot.jobs.notices.planner import Planner
from globalban_bot.jobs.request_reader import RequestReader
from globalban_bot.jobs.status_job import StatusReport
from globalban_bot.jobs.talk.find_answer import Answerer
from globalban_bot.jobs.talk.job import TalkJob, TalkReport, answer_talk
from globalban_bot.jobs.talk.process_page import TalkPageProcessor
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.marker import FORGOTTEN
from globalban_bot.model.outcome import Outcome
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.plan import Plan
from globalban_bot.model.revision import Page
from globalban_bot.model.talk import Answers, TalkPage
from globalban_bot.model.target import WikiState
from globalban_bot.policy.loader import load_policy
from globalban_bot.profiles.controls import CommandSettings
from globalban_bot.wikitext.answers import read_answers
from globalban_bot.wikitext.commands import command_reader
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.lexicon import wikimedia_lexicon
from globalban_bot.wikitext.page import reader_for
from tests.unit.jobs.made import BOT, Wiki
from tests.unit.made_accounts import account, local
from tests.unit.made_notices import META, NOW, OPENED, PAGE_ID, TITLE, Farm, Rights
from tests.unit.render.notices import TEXTS

assert META.commands is not None
SETTINGS: CommandSettings = META.commands
ASK = SETTINGS.template
OTHER_ID, OTHER = 8, 'Requests for comment/Global ban for Cid'
#: The talk pages of both requests, and the bot's own.
TALK, OTHER_TALK, OWN_TALK = f'Talk:{TITLE}', f'Talk:{OTHER}', META.report_page
TALK_IDS = {TALK: 70, OTHER_TALK: 80, OWN_TALK: 90}
COMMANDS = command_reader(SETTINGS, wikimedia_dialect(), wikimedia_lexicon())


class TalkWiki(Wiki):
    """A hand-made writer that knows the talk pages of a farm, too."""

    def __init__(self, farm: Farm) -> None:
        super().__init__()
        self.farm = farm
        self.now = NOW

    def page(self, title: str) -> CurrentPage:
        """Return how a page stands."""
        revisions = self.farm.revisions(title)
        if not revisions:
            return super().page(title)
        newest = revisions[-1]
        return CurrentPage(title, newest.id, newest.user, newest.time, newest.text or '')

    def save(self, title: str, text: str, user: str, model: str = 'wikitext') -> None:
        """Make a revision, by whomever."""
        if self.farm.revisions(title):
            self.farm.write(title, user, text, self.now)
        else:
            super().save(title, text, user, model)


@dataclass
class Source:
    """The requests of a farm, by page id; some of them cannot be read."""

    farm: Farm
    titles: dict[int, str] = field(default_factory=lambda: {PAGE_ID: TITLE, OTHER_ID: OTHER})
    unreadable: set[int] = field(default_factory=set)

    def candidates(self) -> Iterator[RequestRef]:
        return (RequestRef(title, page_id) for page_id, title in self.titles.items())

    def read(self, candidate: RequestRef) -> Page:
        if candidate.page_id in self.unreadable:
            raise WikiError(f'{candidate.title} is broken, says Vulpecula')
        return Page(candidate.title, candidate.page_id, self.farm.revisions(candidate.title))


class Stage:
    """A farm with two requests, people who ask, and runs of the bot.

    :ivar now: the moment
    :ivar recounts: the boxes that were brought up to date, run by run
    :ivar looked: requests whose notices were looked for
    :ivar shown: plans that were shown
    :ivar approved: whether they may be carried out
    """

    def __init__(self, languages: tuple[str, ...] = ()) -> None:
        self.now = NOW
        self.farm = Farm()
        self.wiki = TalkWiki(self.farm)
        self.source = Source(self.farm)
        self.accounts = Rights(
            *(account(local('metawiki'), name=name) for name in ('Ada', 'Cid')), account(local('dewiki'))
        )
        self.profile = META
        self.settings = SETTINGS
        self.languages = languages
        self.recounts: list[frozenset[int]] = []
        self.looked: list[int] = []
        self.shown: list[Plan] = []
        self.approved = True
        self.boxes = True
        self.check_stop: Callable[[], None] = lambda: None
        for page_id, title in self.source.titles.items():
            self.farm.write(title, 'Ada', request_text(), OPENED, page_id)

    # What people do.

    def ask(self, *words: str, by: str = 'Reader', on: str = TALK) -> int:
        """Save a command below what stands on a talk page, and return the id of the revision."""
        line = f'* {{{{{ASK}|{"|".join(words)}}}}} [[User:{by}|{by}]] {at(self.now)}\n'
        return self.write(f'{self.text(on)}{line}', by, on)

    def write(self, text: str, by: str = 'Reader', on: str = TALK) -> int:
        """Save a talk page."""
        return self.farm.write(on, by, text, self.now, TALK_IDS.get(on, 0))

    def vote(self, *names: str, on: str = TITLE) -> None:
        """Save votes on a request."""
        self.farm.write(on, 'Ada', request_text(*names), self.now)

    def wait(self, **times: float) -> None:
        """Let time pass."""
        self.now += timedelta(**times)

    # What the bot does.

    def answerer(self) -> Answerer:
        nominations = Nominations(self.accounts, load_policy('global-bans'), 'metawiki')
        requests = RequestReader(
            self.source, reader_for(META), Cache(None), self.profile, Messages(), self.now, nominations
        )
        return Answerer(
            source=self.source,
            requests=requests,
            candidates={one.page_id: one for one in self.source.candidates() if one.page_id is not None},
            writer=self.wiki,
            profile=self.profile,
            settings=self.settings,
            notices=self._notices,
            as_of=self.now,
        )

    def hearing(self) -> TalkPageProcessor:
        return TalkPageProcessor(
            self.farm, COMMANDS, self.answerer(), self.settings, self.languages, self.now
        )

    def run(self) -> TalkReport:
        """Run the bot once."""
        self.wiki.now = self.now
        self.wiki.saved.clear()
        recount = self._recount if self.boxes else None
        job = TalkJob(self.hearing(), self.wiki, self.profile, Messages(), recount, self.check_stop)
        return answer_talk(job, self._approve)

    def box(self, page_id: int = PAGE_ID, *, standing: str = 'open') -> str:
        """Make the box of a request, or bring it up to date, and return its title."""
        title = META.box_title(page_id)
        text = DesiredPage(DesiredFacts(title, 'facts', standing), f'The box, {self.now}.', self.now).text
        self.wiki.save(title, text, BOT)
        return title

    def forget(self, page_id: int = PAGE_ID) -> None:
        """Blank the box of a request for good."""
        self.box(page_id, standing=FORGOTTEN)

    def _recount(self, page_ids: frozenset[int]) -> StatusReport:
        self.recounts.append(page_ids)
        for page_id in page_ids:
            self.box(page_id)
        return StatusReport((), (), Plan(), Outcome(), ())

    def _approve(self, plan: Plan) -> bool:
        self.shown.append(plan)
        return self.approved

    def notify_job(self) -> NotifyJob:
        states = {wiki: WikiState(wiki, f'https://{wiki}.example', 'en') for wiki in ('dewiki', 'metawiki')}
        return NotifyJob(
            source=self.source,
            writer=self.wiki,
            reader=reader_for(META),
            nominations=Nominations(self.accounts, load_policy('global-bans'), 'metawiki'),
            scout=CoverageSearch(
                self.farm, lambda: states, lambda: Pumps(fallbacks=('Project:Village pump',))
            ),
            planner=Planner(TEXTS, META),
            wikis=self.farm,
            fresh=lambda: self.accounts,
            profile=META,
            messages=Messages(),
            clock=lambda: self.now,
        )

    def _notices(self, page_id: int) -> NoticeSurvey:
        self.looked.append(page_id)
        return look(self.notify_job(), str(page_id))

    # What is seen.

    def text(self, title: str = TALK) -> str:
        """Return how a page of the farm stands."""
        revisions = self.farm.revisions(title)
        return (revisions[-1].text or '') if revisions else ''

    def talk_page(self, title: str = TALK) -> TalkPage:
        """Return a talk page as the bot finds it."""
        return next(page for page in pages_with(self.farm, ASK) if page.title == title)

    def found(self, on: str = TALK) -> Answers:
        """Return the answers to a talk page as they stand on the wiki."""
        return read_answers(self.wiki.page(self.answers_page(on)), TALK_IDS[on], BOT)

    def told(self, on: str = TALK) -> dict[str, str]:
        """Return the newest answer to each command on a talk page, by command: ``recount 7``."""
        return newest_of(self.found(on))

    def answers_page(self, on: str = TALK) -> str:
        """Return the title of the page with the answers to a talk page."""
        return self.settings.answers_page(TALK_IDS[on])


def newest_of(found: Answers) -> dict[str, str]:
    """Return the newest answer to each command, by command, in the order in which they were given."""
    newest: dict[str, str] = {}
    for one in found.answers:
        key = f'{one.command.ask.value} {one.command.argument}'.rstrip()
        newest.pop(key, None)
        newest[key] = one.text
    return newest


def request_text(*names: str) -> str:
    """Return a request with votes."""
    votes = (
        f'# {{{{support}}}} [[User:{name}|{name}]] ([[User talk:{name}|talk]]) 12:00, 2 May 2027 (UTC)\n'
        for name in names
    )
    return (
        '{{rfc subpage|status=}}\n== Statement ==\nPlease look. [[User:Ada|Ada]] 12:00, 1 May 2027 (UTC)\n'
        f'== Support ==\n{"".join(votes)}'
    )


def days(number: float) -> timedelta:
    """Return so many days."""
    return timedelta(days=number)


def at(moment: datetime) -> str:
    """Return a moment as answers tell it."""
    return Messages().time(moment)
