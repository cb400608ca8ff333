"""Made-up requests whose communities are told, and a stand-in for the wikis that are asked about them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from globalban_bot.errors import Stopped, WikiError
from globalban_bot.model.account import Account, GroupHeld
from globalban_bot.model.candidate import RequestRef
from globalban_bot.model.nomination import (
    BlockFinding,
    Clock,
    Finding,
    Nomination,
    Reply,
    SubjectFinding,
    Term,
    Verdict,
)
from globalban_bot.model.notice import Audience, Coverage, Delivery, Notice, NoticeState, Sent, notice_marker
from globalban_bot.model.policy import Shape
from globalban_bot.model.revision import Page, Revision
from globalban_bot.model.target import Target, Via
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.profiles.loader import NoticeSettings, load_profile
from tests.unit.made_accounts import AskedAccounts, account, day, local, rule

META = load_profile('meta')
HOME = 'https://metawiki.example'
PAGE_ID = 7
TITLE = 'Requests for comment/Global ban for Bel'
OPEN = '{{rfc subpage|status=}}\n== Statement ==\nPlease look. [[User:Ada|Ada]] 12:00, 1 May 2027 (UTC)\n'
CLOSED = OPEN.replace('status=', 'status=globalban-no')
#: The request was opened two days before.
OPENED = day('2027-05-01T12:00')
NOW = OPENED + timedelta(days=2)
#: Who may do what: the groups that somebody holds, on the wiki of the requests.
GROUPS = {'Sender': {'massmessage-sender'}, 'Second sender': {'massmessage-sender'}, 'Admin': {'sysop'}}


def settings() -> NoticeSettings:
    """Return how the communities of the made-up farm are told."""
    assert META.notices is not None
    return META.notices


def page_of(kind: str, language: str = 'en') -> str:
    """Return the title of a page beside the request: plan, result or list."""
    return str(getattr(settings(), f'{kind}_page')).format(page_id=PAGE_ID, language=language, number=1)


class Farm:
    """A hand-made stand-in for the wikis of a farm: pages with revisions on the wiki of the requests, pumps.

    :ivar asked: the questions, in their order: of which server, and what
    :ivar silent: servers that do not answer
    :ivar unreadable: titles of pages that are not told
    :ivar told: servers where words of somebody's own tell of the request
    :ivar given: servers and pages on which the very notice stands
    :ivar sends: lines of the log of messages
    :ivar events: log entries on a title: type, user and when
    :ivar now: the clock of the wiki
    :ivar meanwhile: called before each question: what others do at that moment
    """

    home = HOME

    def __init__(self) -> None:
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self.silent: set[str] = set()
        self.unreadable: set[str] = set()
        self.told: set[str] = set()
        self.given: set[tuple[str, str]] = set()
        self.sends: list[dict[str, Any]] = []
        self.events: dict[str, list[tuple[str | None, str | None, datetime]]] = {}
        self.now = NOW
        self.comments: dict[int, str] = {}
        self.meanwhile: Callable[[], None] = lambda: None
        self._pages: dict[str, tuple[int, list[Revision]]] = {}
        self._last = 100

    def write(
        self,
        title: str,
        user: str | None,
        text: str | None,
        time: datetime = NOW,
        page_id: int = 0,
        comment: str = '',
    ) -> int:
        """Save a revision, and return its id."""
        self._last += 1
        self.comments[self._last] = comment
        number, revisions = self._pages.get(title, (page_id or self._last, []))
        self._pages[title] = (number, [*revisions, Revision(self._last, time, user, text)])
        return self._last

    def delete(self, title: str) -> None:
        """Delete a page."""
        del self._pages[title]

    def move(self, title: str, to: str) -> None:
        """Move a page, with a redirect."""
        self._pages[to] = self._pages.pop(title)
        self.write(title, 'Mover', f'#REDIRECT [[{to}]]')

    def hide(self, title: str, **parts: None) -> None:
        """Hide user or text of the newest revision: ``user=None``, ``text=None``."""
        number, revisions = self._pages[title]
        self._pages[title] = (number, [*revisions[:-1], replace(revisions[-1], **parts)])  # type: ignore[arg-type]

    def revisions(self, title: str) -> tuple[Revision, ...]:
        """Return the revisions of a page."""
        return tuple(self._pages.get(title, (0, []))[1])

    def query(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:  # noqa: PLR0912
        self.asked.append((server, parameters))
        self.meanwhile()
        if server in self.silent or self.unreadable & {*parameters.get('titles', '').split('|')}:
            raise WikiError('no answer')
        if parameters.get('list') == 'embeddedin':
            yield {'query': {'embeddedin': [*self._calling(parameters['eititle'])]}}
        elif 'pageids' in parameters:
            yield {'query': {'pages': [*map(self._info, parameters['pageids'].split('|'))]}}
        elif parameters.get('inprop') == 'associatedpage':
            title = parameters['titles']
            yield {'query': {'pages': [{'ns': 0, 'title': title, 'associatedpage': f'Talk:{title}'}]}}
        elif parameters.get('prop') == 'info|pageprops':
            # The first title that is asked for exists; no talk page of an account does.
            title, *others = parameters['titles'].split('|')
            there = {'pageid': 5, 'ns': 4, 'title': title, 'contentmodel': 'wikitext', 'protection': []}
            missing = {'ns': 3, 'title': title, 'missing': True, 'contentmodel': 'wikitext'}
            absent = [{'ns': 4, 'title': other, 'missing': True} for other in others]
            page = missing if title.startswith('User talk:') else there
            yield {'query': {'pages': [page, *absent]}}
        elif parameters.get('list') == 'allpages':
            titles = sorted(one for one in self._pages if one.startswith(f'User:{parameters["apprefix"]}'))
            yield {'query': {'allpages': [{'ns': 2, 'title': title} for title in titles]}}
        elif 'curtimestamp' in parameters:
            yield self._history(parameters)
        elif parameters.get('leaction') == 'massmessage/send':
            yield {'query': {'logevents': self.sends}}
        elif parameters.get('list') == 'usercontribs|logevents':
            yield {'query': {**_delivered(server, self.given), 'logevents': []}}
        elif 'revids' in parameters:
            yield {'query': {'pages': [_revisions_of(parameters['revids'].split('|'))]}}
        elif 'list' in parameters:
            title = parameters.get('titles', 'Project:Village pump')
            found = [{'ns': 4, 'title': title}] if server in self.told else []
            pages = [_given(title)] if (server, title) in self.given else []
            pages = pages or [{'ns': 4, 'title': title, 'missing': True}]
            lists = {'iwbacklinks': found, 'backlinks': found, 'exturlusage': []}
            yield {'query': {**lists, 'pages': pages}}
        else:
            yield {
                'query': {
                    'pages': [self._page(title, parameters) for title in parameters['titles'].split('|')]
                }
            }

    def _history(self, parameters: Mapping[str, str]) -> Mapping[str, Any]:
        title = parameters['titles']
        events = [_event(*one) for one in self.events.get(title, [])]
        page = self._page(title, {**parameters, 'rvlimit': '500'})
        for one in page.get('revisions', ()):
            one['comment'] = self.comments[one['revid']]
        query = {'pages': [page], 'logevents': events}
        return {'curtimestamp': f'{self.now:%Y-%m-%dT%H:%M:%SZ}', 'query': query}

    def action(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        raise AssertionError(f'{server} was asked {holds} {parameters}')

    def _calling(self, template: str) -> Iterator[dict[str, Any]]:
        """Yield the talk pages that call a template."""
        for title, (number, revisions) in self._pages.items():
            if _subject(title) != title and f'{{{{{template}|' in (revisions[-1].text or ''):
                yield {'pageid': number, 'ns': 1, 'title': title}

    def _info(self, page_id: str) -> dict[str, Any]:
        pages = {number: (title, revisions) for title, (number, revisions) in self._pages.items()}
        title, revisions = pages[int(page_id)]
        about, _ = self._pages.get(_subject(title), (None, []))
        subject = {} if about is None else {'subjectid': about}
        return {'pageid': int(page_id), 'title': title, 'lastrevid': revisions[-1].id, **subject}

    def _page(self, title: str, parameters: Mapping[str, str]) -> dict[str, Any]:
        if title not in self._pages:
            return {'ns': 0, 'title': title, 'missing': True}
        number, revisions = self._pages[title]
        parents = [0, *(one.id for one in revisions)]
        shown = [_shown(one, parent) for one, parent in _asked_for(revisions, parents, parameters)]
        page: dict[str, Any] = {'pageid': number, 'ns': 0, 'title': title, 'revisions': shown}
        if 'contributors' in parameters['prop']:
            page['contributors'] = [
                {'userid': 1, 'name': name} for name in sorted({one.user for one in revisions if one.user})
            ]
        return page


def _event(kind: str | None, user: str | None, time: datetime) -> dict[str, Any]:
    parts = {'type': kind, 'user': user}
    known = {key: part for key, part in parts.items() if part is not None}
    return {**known, 'timestamp': f'{time:%Y-%m-%dT%H:%M:%SZ}'}


def _delivered(server: str, given: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the edits by which the notice came to pages of a wiki, and these pages."""
    titles = [title for where, title in given if where == server]
    edit = {'user': 'MediaWiki message delivery', 'revid': 6, 'parentid': 5, 'comment': ''}
    edits = [{**edit, 'title': title, 'timestamp': f'{NOW:%Y-%m-%dT%H:%M:%SZ}'} for title in titles]
    return {'usercontribs': edits, 'pages': [_given(title) for title in titles]}


def _revisions_of(numbers: Sequence[str]) -> dict[str, Any]:
    texts = {'5': 'Words.', '6': f'Words.\n{notice_marker(PAGE_ID)}'}
    shown = [{'revid': int(one), 'slots': {'main': {'content': texts[one]}}} for one in numbers]
    return {'pageid': 5, 'ns': 4, 'title': 'Project:Village pump', 'revisions': shown}


def _given(title: str) -> dict[str, Any]:
    slots = {'main': {'content': f'Words.\n{notice_marker(PAGE_ID)}'}}
    return {'pageid': 5, 'ns': 4, 'title': title, 'revisions': [{'revid': 6, 'slots': slots}]}


def _subject(title: str) -> str:
    """Return the title of the page that a talk page is about."""
    return title.removeprefix('Talk:').replace('User talk:', 'User:')


def _asked_for(
    revisions: Sequence[Revision], parents: Sequence[int], parameters: Mapping[str, str]
) -> Sequence[tuple[Revision, int]]:
    """Return the revisions that are asked for, newest first, each with the id of the one before."""
    start, last = parameters.get('rvstart'), int(parameters.get('rvendid', '0'))
    found = [
        one
        for one in zip(revisions, parents, strict=False)
        if one[0].id >= last and (start is None or _stamp(one[0]) <= start)
    ]
    return found[::-1][: int(parameters.get('rvlimit', '1'))]


def _stamp(one: Revision) -> str:
    return f'{one.time:%Y-%m-%dT%H:%M:%SZ}'


def _shown(one: Revision, parent: int) -> dict[str, Any]:
    who = {'userhidden': True} if one.user is None else {'user': one.user}
    what = {'texthidden': True} if one.text is None else {'content': one.text}
    slot = {'contentmodel': 'wikitext', 'contentformat': 'text/x-wiki', **what}
    return {
        'revid': one.id,
        'parentid': parent,
        'timestamp': f'{one.time:%Y-%m-%dT%H:%M:%SZ}',
        **who,
        'slots': {'main': slot},
    }


class Rights(AskedAccounts):
    """Accounts, and the groups that they hold since 2020.

    :param groups: by name
    :param since: since when a group is held, by name and group
    """

    def __init__(
        self,
        *accounts: Account,
        groups: Mapping[str, set[str]] = GROUPS,
        since: Mapping[tuple[str, str], datetime | Unknown] | None = None,
        **more: Any,
    ) -> None:
        people = [account(local('metawiki'), name=name) for name in groups]
        super().__init__(*people, *accounts, **more)
        self._groups = groups
        self._since = since or {}

    def group(self, account: Account, group: str) -> GroupHeld | Unknown:
        self.asked.append(('group', account.name, group))
        if group not in self._groups.get(account.name, set()):
            return GroupHeld(None)
        since = self._since.get((account.name, group), day('2020-01-01'))
        return since if isinstance(since, Unknown) else GroupHeld(since)


def target(wiki: str = 'dewiki', page: str | None = 'Project:Village pump', **more: Any) -> Target:
    """Return a page on a wiki."""
    plain = Target(wiki, f'https://{wiki}.example', 'en', page, via=Via.SITELINK if page else None)
    return replace(plain, **more)


def coverage(
    wiki: str = 'dewiki',
    state: NoticeState = NoticeState.NONE_FOUND,
    audience: Audience = Audience.COMMUNITY,
    **more: Any,
) -> Coverage:
    """Return what was found on a wiki; of a subject, on the talk page of Bel."""
    if audience is Audience.SUBJECT:
        more = {'page': 'User talk:Bel', **more}
    return Coverage(target(wiki, **more), audience, state)


def subject(reply: Reply | Unknown | None = Reply.FREE) -> SubjectFinding:
    """Return what was found on a subject."""
    return SubjectFinding(BlockFinding(Finding(rule(Shape.BLOCKED), Verdict.MET)), reply)


def nomination(
    *replies: Reply | Unknown | None,
    ends: datetime | None = None,
    nominator: Sequence[Verdict] = (Verdict.MET,),
) -> Nomination:
    """Return what was found on a nomination.

    :param replies: whether the subjects can reply
    :param ends: when the shortest discussion ends
    :param nominator: how the rules on the nominator stand
    """
    term = Term(Finding(rule(Shape.SHORTEST), Verdict.MET), ends) if ends is not None else None
    return Nomination(
        nominator=tuple(Finding(rule(Shape.ACCOUNT), verdict) for verdict in nominator),
        subjects=tuple(subject(reply) for reply in replies),
        clock=Clock(term),
        wordings=(),
        questions=(),
        edits_now=1000,
        moment=NOW,
        opened=OPENED,
    )


UNKNOWN = Unknown(Gap.NOT_SHOWN)


@dataclass
class Requests:
    """A hand-made stand-in for the source of requests: one, as it stands on the farm."""

    farm: Farm

    def candidates(self) -> Iterator[RequestRef]:
        yield RequestRef(TITLE, PAGE_ID)

    def read(self, candidate: RequestRef) -> Page:
        return Page(candidate.title, candidate.page_id, self.farm.revisions(candidate.title))


@dataclass
class Carrier:
    """A hand-made engine: it keeps what it sends, and stops as an engine has to.

    :ivar sent: notices, as they were sent
    :ivar refuses: wikis that refuse
    """

    refuses: frozenset[str] = frozenset()
    sent: list[Notice] = field(default_factory=list)

    def deliver(self, notices: Sequence[Notice], before_each: Callable[[], None]) -> Iterator[Delivery]:
        for at, notice in enumerate(notices):
            try:
                before_each()
            except Stopped as stop:
                yield from (Delivery(rest, Sent.LEFT, str(stop)) for rest in notices[at:])
                return
            if notice.target.wiki in self.refuses:
                yield Delivery(notice, Sent.REFUSED, 'protected')
            else:
                self.sent.append(notice)
                yield Delivery(notice, Sent.DELIVERED, revision=9)
