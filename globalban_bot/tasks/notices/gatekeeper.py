"""Ask, at the gate and again before each notice, whether a plan may be delivered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from globalban_bot.decide.gate import GateFacts, judge_gate
from globalban_bot.errors import Stopped, WikiError
from globalban_bot.gather.accounts import Accounts
from globalban_bot.gather.pages_now import Now, read_now, read_revisions
from globalban_bot.model.account import Account, GroupHeld
from globalban_bot.model.approval import Gate, Said, Standing
from globalban_bot.model.notice import NoticePlan
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import NoticeSettings
from globalban_bot.wiki.queries import Queries
from globalban_bot.wikitext.accounts import is_unregistered, signer_by
from globalban_bot.wikitext.approvals import read_approvals
from globalban_bot.wikitext.commands import CommandReader, read_rulings
from globalban_bot.wikitext.page import Reader

#: What was said on a talk page longer ago than this does not count.
RECENT = timedelta(days=30)


@dataclass(frozen=True)
class TalkRulings:
    """The talk page of a request, where people rule by commands.

    :param title: its title
    :param reader: reads the commands
    """

    title: str
    reader: CommandReader


@dataclass(frozen=True)
class Gatekeeper:
    """Knows a request and its plan, and reads the rest anew each time.

    :param wikis: asks the wiki with the request
    :param reader: reads the head of the request
    :param fresh: makes a source of facts about accounts that remembers nothing
    :param settings: how communities are told
    :param found: the request, with what was found on its nomination
    :param plan: the plan
    :param clock: tells the moment (aware, UTC)
    :param talk: where people rule by commands, too; None where they do not
    """

    wikis: Queries
    reader: Reader
    fresh: Callable[[], Accounts]
    settings: NoticeSettings
    found: Tally
    plan: NoticePlan
    clock: Callable[[], datetime]
    talk: TalkRulings | None = None

    @property
    def approval_page(self) -> str:
        """Title of the page where people approve."""
        return self.settings.approval_page.format(page_id=self.plan.page_id)

    def pages(self) -> Mapping[str, Now]:
        """Return the request, the page for approvals and the talk page as they stand.

        :raises WikiError: the wiki does not tell
        """
        talk = [] if self.talk is None else [self.talk.title]
        return read_now(self.wikis, [self.found.request.title, self.approval_page, *talk])

    def gate(self, pages: Mapping[str, Now] | None = None) -> Gate:
        """Tell whether the plan may be delivered.

        :param pages: what :meth:`pages` has returned; read where it is left out
        :raises WikiError: the wiki does not tell
        """
        return judge_gate(self.facts(pages))

    def facts(self, pages: Mapping[str, Now] | None = None) -> GateFacts:
        """Return what the gate looks at, as it is now.

        :param pages: what :meth:`pages` has returned; read where it is left out
        :raises WikiError: the wiki does not tell
        """
        pages = self.pages() if pages is None else pages
        request, nomination, now = self.found.request, self.found.nomination, self.clock()
        said = self._said(now)
        return GateFacts(
            is_open=self._is_open(pages[request.title]),
            opened=request.opened,
            nominator=nomination.nominator if nomination is not None else (),
            involved=self._involved(pages[request.title]),
            digest=self.plan.digest,
            notices=len(self.plan.notices),
            said=said,
            standings=self._standings(said),
            now=now,
        )

    def _said(self, now: datetime) -> Sequence[Said]:
        """Return what was said on both pages, oldest first."""
        signer = signer_by(self.reader.dialect)
        said = read_approvals(read_revisions(self.wikis, self.approval_page), signer)
        if self.talk is None:
            return said
        revisions = read_revisions(self.wikis, self.talk.title, now - RECENT)
        rulings = read_rulings(revisions, self.talk.reader, self.plan.page_id)
        return sorted([*said, *rulings], key=lambda one: (one.time, one.revision))

    def _is_open(self, page: Now) -> bool:
        """Tell whether the request stands under its title, and its text says that it is open."""
        if page.page_id != self.plan.page_id or page.text is None:
            return False
        return self.reader.read(page.text, title=self.found.request.title).state.is_open

    def _involved(self, page: Now) -> frozenset[str]:
        """Return who must not decide: nominator, subjects, and whoever has edited the request."""
        request = self.found.request
        votes = (vote.entry.author for one in self.found.proposals for vote in one.votes)
        named = {request.nominator, *request.subjects, *votes}
        return page.editors | {name for name in named if name is not None}

    def _standings(self, said: Sequence[Said]) -> Mapping[str, Standing]:
        accounts = self.fresh()
        authors = {one.author for one in said if one.author is not None}
        return {name: self._standing(accounts, name) for name in sorted(authors)}

    def _standing(self, accounts: Accounts, name: str) -> Standing:
        """Tell what somebody may do now, and since when, by the log of rights; if shut out, none."""
        if is_unregistered(name):
            return Standing(registered=False)
        account = accounts.account(name)
        if not isinstance(account, Account) or self._is_barred(account):
            return Standing()

        def since(groups: Iterable[str]) -> datetime | None:
            answers = (accounts.group(account, group) for group in sorted(groups))
            held = (one.since for one in answers if isinstance(one, GroupHeld) and one.since is not None)
            return min(held, default=None)

        return Standing(since(self.settings.senders), since(self.settings.settlers))

    def _is_barred(self, account: Account) -> bool:
        """Tell whether an account is shut out now: globally, or by any block on the wiki of the requests."""
        here = (local.blocked for local in account.locals if local.url == self.wikis.home)
        return account.locked or account.globally_blocked is True or any(here)


class Watch:
    """Looks, before each notice, whether anything has changed since the gate was open.

    :param keeper: of the gate
    :param gate: as it was found open
    :param pages: as they were then
    """

    def __init__(self, keeper: Gatekeeper, gate: Gate, pages: Mapping[str, Now]) -> None:
        self._keeper = keeper
        self._gate = gate
        self._seen = _revisions(pages)

    def check(self) -> None:
        """Return if the next notice may be sent.

        :raises Stopped: it may not, or the wiki with the request does not tell
        """
        try:
            self._check()
        except WikiError as error:
            raise Stopped(f'the request cannot be read again: {error}') from error

    def _check(self) -> None:
        pages = self._keeper.pages()
        if _revisions(pages) == self._seen:
            return
        gate = self._keeper.gate(pages)
        if not gate.open:
            barriers = ', '.join(barrier.value for barrier in gate.barriers)
            raise Stopped(f'the delivery may not go on: {barriers}')
        if gate.approver != self._gate.approver:
            raise Stopped('somebody else has approved meanwhile; run again')
        self._seen = _revisions(pages)


def _revisions(pages: Mapping[str, Now]) -> Mapping[str, tuple[int | None, int | None]]:
    return {title: (page.page_id, page.revision) for title, page in pages.items()}
