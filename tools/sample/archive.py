"""The closed requests of ``archive.yaml`` as pages with short histories.

A history holds what a reader needs: the creation, one to three edits that bring all votes up to then, and the
closing. Who votes, in which order and with which words follows from the page id alone, so that the source
can give plain numbers and a change of one request leaves the others as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from zlib import crc32

from tools.sample.changes import append, replace, sign
from tools.sample.pages import Page, Revision, read_time
from tools.sample.users import User, Users

Source = Mapping[str, Any]
T = TypeVar('T')
SIDES = ('Support', 'Oppose', 'Neutral')
OPEN_HEAD = ' |status  =\n |comment =\n'
TALK_EDITS = 3


@dataclass(frozen=True)
class Vote:
    """A vote of the archive.

    :param side: heading of its section
    :param line: what stands there, four tildes included
    """

    time: datetime
    user: User
    side: str
    line: str


def archive_pages(source: Source, users: Users) -> Iterator[Page]:
    """Build the page of each request."""
    for request in source['requests']:
        yield Page(title_of(request), int(request['page']), tuple(_revisions(request, source, users)))


def title_of(request: Source) -> str:
    """Return the title of a request's page."""
    again = f' {request["again"]}' if 'again' in request else ''
    return f'Requests for comment/Global ban {request.get("title", "for")} {request["subject"]}{again}'


def name_of(request: Source) -> str:
    """Return the name, or the IP address, of the nominator: facts beside it are given once only."""
    nominator = request['nominator']
    return str(nominator if isinstance(nominator, str) else nominator['name'])


def opened(request: Source) -> datetime:
    """Return the time of the first revision."""
    return read_time(str(request['opened']), f'{request["page"]}/opened')


def closed(request: Source) -> datetime:
    """Return the time at which the closing status was set."""
    return read_time(str(request['closed']), f'{request["page"]}/closed')


def _revisions(request: Source, source: Source, users: Users) -> Iterator[Revision]:
    nominator = users.or_new(name_of(request))
    text = sign(_start(request, source['statements']), nominator, opened(request))
    yield Revision(opened(request), nominator, 'new request', text)
    for group in _groups(_votes(request, source, users)):
        for vote in group:
            text = append(text, vote.side, sign(vote.line, vote.user, vote.time))
        yield Revision(group[-1].time, group[-1].user, f'/* {group[-1].side} */', text)
    word = str(request['status'])
    closer = users[_pick(source['closers'][_party(word)], request['page'], 'closer')]
    comment = request.get('why') or source['closings'][word]
    head = f' |status  = {word}\n |comment = {comment} ~~~~\n'
    text = replace(text, OPEN_HEAD, sign(head, closer, closed(request)))
    yield Revision(closed(request), closer, 'closing', text)


def _party(word: str) -> str:
    """Return who closes: stewards what was discussed, administrators what is no valid request."""
    return 'invalid' if word == 'invalid' else 'discussed'


def _start(request: Source, statements: Sequence[str]) -> str:
    date = f'{opened(request):%Y%m%d%H%M%S} <!-- creation date, do **not** change -->'
    words = _pick(statements, request['page'], 'statement').format(subject=request['subject'])
    sections = ''.join(f'\n== {side} ==\n' for side in SIDES)
    return f'{{{{rfc subpage\n{OPEN_HEAD} |date    = {date}\n}}}}\n== Statement ==\n{words} ~~~~\n{sections}'


def _votes(request: Source, source: Source, users: Users) -> list[Vote]:
    """Return the votes of a request, oldest first."""
    page = request['page']
    people = {name_of(request), str(request['subject'])}
    voters = _shuffled([name for name in source['voters'] if name not in people], page, 'voter')
    sides = [side for side, number in zip(SIDES, request['votes'], strict=True) for _ in range(number)]
    order = _shuffled(range(len(sides)), page, 'side')
    step = (closed(request) - opened(request)) / (len(sides) + 1)
    return [
        _vote(request, source, users.or_new(voters[at]), sides[number], opened(request) + step * (at + 1))
        for at, number in enumerate(order)
    ]


def _vote(request: Source, source: Source, user: User, side: str, time: datetime) -> Vote:
    form = _pick(source['forms'], request['page'], 'form')
    remark = _pick(source['remarks'][side], request['page'], user.name)
    line = form.format(side=side, template=side.lower(), remark=remark)
    return Vote(time.replace(microsecond=0), user, side, f'{line} ~~~~')


def _groups(votes: Sequence[Vote]) -> Iterator[Sequence[Vote]]:
    """Divide the votes into one to three edits."""
    size = max(1, -(-len(votes) // TALK_EDITS))
    return (votes[at : at + size] for at in range(0, len(votes), size))


def _pick(choices: Sequence[str], page: int, what: str) -> str:
    return choices[_draw(page, what) % len(choices)]


def _shuffled(values: Sequence[T], page: int, what: str) -> list[T]:
    return sorted(values, key=lambda value: _draw(page, f'{what}/{value}'))


def _draw(page: int, what: str) -> int:
    return crc32(f'{page}/{what}'.encode())


def later_of(source: Source) -> dict[str, list[dict[str, str]]]:
    """Return what other bodies did later, by page id."""
    return {
        str(request['page']): [
            {'body': body, 'on': f'{on}T00:00:00Z'} for body, on in request['later'].items()
        ]
        for request in source['requests']
        if 'later' in request
    }
