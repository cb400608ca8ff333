"""Where the communities on which an account has edited can be told, and where its holder.

A wiki that can be told takes one request here, however many accounts edited there and however many titles
come into question; one that cannot takes none. To find what stands there already takes one more, or a few
(:mod:`globalban_bot.gather.coverage`). A wiki that is silent costs at most two.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from globalban_bot.errors import WikiError
from globalban_bot.gather.pumps import Pumps
from globalban_bot.gather.titles import TitleAnswers, is_title
from globalban_bot.model.account import Account, LocalAccount
from globalban_bot.model.target import Target, Unreachable, Via, WikiState
from globalban_bot.wiki.answers import ApiAnswer, Queries, ask, ask_once

_log = logging.getLogger(__name__)
#: The property of a page that uses LiquidThreads.
_THREADS = 'use-liquid-threads'
_FLOW = 'flow-board'
_QUESTION = {'redirects': '1', 'prop': 'info|pageprops', 'inprop': 'protection', 'ppprop': _THREADS}
_AGE = {'prop': 'revisions', 'rvprop': 'timestamp'}
#: Numbers of the project namespace and its talk, the same on every wiki.
_PROJECT = {4, 5}
#: A redirect or a sitelink has to stand for so long: somebody may have made it to lead notices astray.
_LEAST_AGE = timedelta(days=1)
#: Of a wiki whose language is not known.
_PLAIN = 'en'


def targets_of(
    accounts: Iterable[Account],
    states: Mapping[str, WikiState],
    pumps: Pumps,
    wikis: Queries,
    check_stop: Callable[[], None] = lambda: None,
    wishes: Mapping[str, str | None] | None = None,
) -> tuple[Target, ...]:
    """Return the pages of all communities where one of the accounts has edited, each wiki once, by its name.

    :param states: the wikis of the farm, by database name
    :param check_stop: called before each wiki; raises ``Stopped``
    :param wishes: pages that communities have asked for; None for those that want no notices
    """
    edited = [local for account in accounts for local in account.edited]
    edits = Counter[str]()
    for local in edited:
        edits[local.wiki] += local.edits
    targets: list[Target] = []
    for wiki, local in sorted({local.wiki: local for local in edited}.items()):
        check_stop()
        target = replace(_plain(local, states), edits=edits[wiki])
        targets.append(_wished(target, wishes or {}, pumps, wikis))
    return tuple(targets)


def _wished(target: Target, wishes: Mapping[str, str | None], pumps: Pumps, wikis: Queries) -> Target:
    """Return the page of a community, by its own wish where it has one."""
    if target.wiki not in wishes:
        return _pump(target, pumps.candidates(target.wiki), wikis, pumps.young)
    page = wishes[target.wiki]
    if page is None:
        return replace(target, lack=target.lack or Unreachable.NOT_WANTED)
    return _pump(target, [(page, Via.WISH)], wikis, frozenset())


def talk_page_of(target: Target, wikis: Queries) -> Target:
    """Return the talk page of an account, with what it lacks: one request.

    One that redirects is for people: a section would land on the redirect, or with somebody else.
    """
    if target.page is None:
        return target
    try:
        lack = _lack_of_talk(ask_once(wikis, target.url, titles=target.page, **_QUESTION))
    except WikiError as error:
        _log.warning('%s: the talk page is not known (%s)', target.wiki, error)
        lack = Unreachable.UNREACHABLE
    return target if lack is None else replace(target, page=None, lack=lack)


def _lack_of_talk(answer: ApiAnswer) -> Unreachable | None:
    if answer.lines('query', 'redirects') or answer.lines('query', 'interwiki'):
        return Unreachable.ELSEWHERE
    page = answer.at('query', 'pages', 0)
    return None if page.flag('missing') else _lack_of_model(page)


def _lack_of_model(page: ApiAnswer) -> Unreachable | None:
    model = page.text('contentmodel')
    if model == _FLOW or ('pageprops' in page and _THREADS in page.fields('pageprops')):
        return Unreachable.BOARD
    return None if model == 'wikitext' else Unreachable.OTHER_MODEL


def subject_pages(account: Account, states: Mapping[str, WikiState], home: str) -> tuple[Target, ...]:
    """Return the talk pages of an account where it has edited, that on the wiki of the requests first.

    Nothing is asked: such a page can be written to before it exists. Its namespace has this name everywhere.

    :param home: database name of the wiki of the requests
    """
    page = f'User talk:{account.name}'
    targets = [_plain(local, states) for local in account.edited]
    targets.sort(key=lambda target: (target.wiki != home, target.wiki))
    if not is_title(page):
        return tuple(replace(target, lack=target.lack or Unreachable.NO_PAGE) for target in targets)
    return tuple(
        target if target.lack else replace(target, page=page, via=Via.USER_TALK, names=(page,))
        for target in targets
    )


def _plain(local: LocalAccount, states: Mapping[str, WikiState]) -> Target:
    """Return the wiki without its page, with what it lacks by the list of wikis."""
    state = states.get(local.wiki) or WikiState(local.wiki, local.url, _PLAIN, Unreachable.NOT_LISTED)
    return Target(state.wiki, state.url, state.language, lack=state.lack)


def _pump(
    target: Target, candidates: Sequence[tuple[str, Via]], wikis: Queries, young: Collection[str]
) -> Target:
    """Return the wiki with its page.

    :param young: wikis whose sitelink is less than a day old
    """
    if target.lack is not None:
        return target
    if not candidates:
        return replace(target, lack=Unreachable.NO_PAGE)
    titles = '|'.join(dict.fromkeys(title for title, _ in candidates))
    try:
        answers = TitleAnswers(ask(wikis, target.url, titles=titles, **_QUESTION))
        return _without_young(_resolved(target, candidates, answers), answers, wikis, young)
    except WikiError as error:
        _log.warning('%s: the village pump is not known (%s)', target.wiki, error)
    return replace(target, lack=Unreachable.UNREACHABLE)


def _without_young(target: Target, answers: TitleAnswers, wikis: Queries, young: Collection[str]) -> Target:
    """Return the wiki without its page where what led to the page is less than a day old."""
    if target.page is None:
        return target
    if not target.names:
        # The name that led there is no title that can be asked for again.
        return replace(target, page=None, via=None, lack=Unreachable.NO_PAGE)
    redirects = answers.redirects_of(target.names[0])
    is_young = target.via is Via.SITELINK and target.wiki in young
    if is_young or (redirects and _is_young(target.url, redirects, wikis)):
        return replace(target, page=None, via=None, lack=Unreachable.YOUNG)
    return target


def _resolved(target: Target, candidates: Sequence[tuple[str, Via]], answers: TitleAnswers) -> Target:
    """Return the wiki with its page: the first candidate that exists.

    :param candidates: titles as they were asked for, the best one first
    :raises WikiError: the answer does not tell of each title
    """
    for title, _ in candidates:
        if not answers.tells(title):
            raise WikiError(f'{target.url} tells nothing of a title that was asked for')
    pages = [(answers.page(title), via, answers.name(title)) for title, via in candidates]
    page, via = next(((page, via) for page, via, _ in pages if page is not None), (None, None))
    if page is None:
        return replace(target, lack=Unreachable.NO_PAGE)
    names = tuple(dict.fromkeys(name for other, _, name in pages if other is page and is_title(name)))
    lack = _lack_of_model(page) if page.number('ns') in _PROJECT else Unreachable.OTHER_NAMESPACE
    if lack is not None:
        return replace(target, lack=lack, names=names)
    return replace(target, page=page.text('title'), via=via, names=names, protected=_protected(page))


def _is_young(server: str, redirects: Sequence[str], wikis: Queries) -> bool:
    """Tell whether one of these redirects was saved less than a day ago, by the clock of its wiki."""
    answer = ask_once(wikis, server, titles='|'.join(redirects), curtimestamp='1', **_AGE)
    now = answer.time('curtimestamp')
    saved = [page.time('revisions', 0, 'timestamp') for page in answer.objects('query', 'pages')]
    return not saved or any(now - time < _LEAST_AGE for time in saved)


def _protected(page: ApiAnswer) -> bool:
    levels = [(line.value.get('type'), line.value.get('level')) for line in page.objects('protection')]
    return ('edit', 'sysop') in levels
