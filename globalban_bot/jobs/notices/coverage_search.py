"""Find where a request has to be told, and where it was told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from globalban_bot.gather.coverage import coverage_of
from globalban_bot.gather.farm_wikis import USUAL_PREFIXES
from globalban_bot.gather.pumps import Pumps
from globalban_bot.gather.targets import subject_pages, talk_page_of, targets_of
from globalban_bot.jobs.nomination import MOST_SUBJECTS, Nominations
from globalban_bot.jobs.progress import progress
from globalban_bot.model.account import Account
from globalban_bot.model.notice import Audience, Coverage
from globalban_bot.model.request import Request
from globalban_bot.model.target import Target, Via, WikiState
from globalban_bot.wiki.answers import Queries
from globalban_bot.wikitext.request_links import RequestLinks


@dataclass(frozen=True)
class CoverageResult:
    """What was found.

    :param coverage: of all targets: communities by wiki, then the talk pages of the subjects
    :param unknown: how many accounts of the request could not be looked up: their wikis are not among them
    """

    coverage: tuple[Coverage, ...]
    unknown: int


class CoverageSearch:
    """Looks for targets and for notices.

    :param wikis: asks the wikis of the farm
    :param states: the wikis of the farm, read when they are needed
    :param pumps: where village pumps are, read when they are needed
    :param check_stop: raises ``Stopped`` when the run was asked to end
    :param wishes: pages that communities have asked for; None for those that want no notices
    :param prefixes: returns the interwiki prefixes by which a wiki leads to that of the requests
    """

    def __init__(
        self,
        wikis: Queries,
        states: Callable[[], Mapping[str, WikiState]],
        pumps: Callable[[], Pumps],
        check_stop: Callable[[], None] = lambda: None,
        wishes: Mapping[str, str | None] | None = None,
        prefixes: Callable[[str], tuple[str, ...]] = lambda _: USUAL_PREFIXES,
    ) -> None:
        self._wikis = wikis
        self._read_states = states
        self._read_pumps = pumps
        self._check_stop = check_stop
        self._wishes = wishes
        self._prefixes = prefixes

    @cached_property
    def _states(self) -> Mapping[str, WikiState]:
        return self._read_states()

    @cached_property
    def _pumps(self) -> Pumps:
        return self._read_pumps()

    def scout(self, request: Request, nominations: Nominations, told: Sequence[str]) -> CoverageResult:
        """Look for a request.

        :param told: the accounts that are told, and whose communities are
        :raises WikiError: the list of wikis, or that of village pumps, cannot be had
        """
        names = told[:MOST_SUBJECTS]
        # Whom the operator adds may have come later; the title is as old as the request.
        openings = [request.opened if name in request.subjects else None for name in names]
        found = [nominations.account_of(*pair) for pair in zip(names, openings, strict=True)]
        accounts = [one for one in found if isinstance(one, Account)]
        targets = targets_of(accounts, self._states, self._pumps, self._wikis, self._check_stop, self._wishes)
        links = RequestLinks(request.page_id or 0, (request.title,), self._wikis.home)
        places = [(target, Audience.COMMUNITY) for target in targets]
        for account in accounts:
            pages = subject_pages(account, self._states, nominations.wiki)
            if not any(target.wiki == nominations.wiki for target in pages):
                pages = (self._at_home(account, nominations.wiki), *pages)
            # The other talk pages are left to people.
            places += [(self._checked(target, nominations.wiki), Audience.SUBJECT) for target in pages]
        coverage = tuple(self._coverage(places, links))
        return CoverageResult(coverage, len(told) - len(accounts))

    def _checked(self, target: Target, home: str) -> Target:
        return talk_page_of(target, self._wikis) if target.wiki == home else target

    def _at_home(self, account: Account, wiki: str) -> Target:
        """Return the talk page on the wiki of the requests, where the subject is told in any case."""
        page = f'User talk:{account.name}'
        state = self._states.get(wiki)
        language = state.language if state is not None else 'en'
        return Target(wiki, self._wikis.home, language, page=page, via=Via.USER_TALK, names=(page,))

    def _coverage(self, places: list[tuple[Target, Audience]], links: RequestLinks) -> Iterator[Coverage]:
        for target, audience in progress(places, 'looking for notices'):
            self._check_stop()
            if target.url != self._wikis.home and target.lack is None:
                links = replace(links, prefixes=self._prefixes(target.url))
            yield coverage_of(target, audience, links, self._wikis)
