"""Who signed a line, and when."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from globalban_bot.model.dialect import Dialect
from globalban_bot.model.vote import Signing
from globalban_bot.wikitext.accounts import AccountLink, AccountLinks, is_unregistered, normal_account
from globalban_bot.wikitext.asides import MARKUP, Asides
from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.opaque import BLANK, OPAQUE
from globalban_bot.wikitext.surface import Surface
from globalban_bot.wikitext.templates import Template
from globalban_bot.wikitext.times import WrittenTime, find_times

#: Visible characters that may stand between the last link of a signature and its time.
LONGEST_GAP = 100
_UNSIGNED_NOTE = re.compile(r'class\s*=\s*"?autosigned|\bunsigned\]\]|\|\s*unsigned\b', re.IGNORECASE)
#: What may stand behind the last link of a signature that has no time.
_TAIL = re.compile(
    rf"(?:[\s|)\]}}>.,'’\"~{BLANK}{OPAQUE}•·/–—-]|<[^<>\n]{{0,300}}>|&\w+;|\((?:talk|c|t)\)){{0,60}}"
    r'(?:\d{1,2}(?::\d\d|[. ])[^\n\[\]]{0,40})?\Z'
)
#: A word in front of a lone link which tells that somebody else is meant.
_MEANS_ANOTHER = re.compile(r'(?:[^\W\d_][\s:]*|@\s*)\Z')
#: Between two links tells that the second is another name of the same person.
_ALIAS = re.compile(r'\b(?:formerly|previously|former|aka|also|ex|alias|alt|known as)\b', re.IGNORECASE)
#: Between a link and a time: what somebody did then, no signature.
_DID = re.compile(
    r'\b(?:said|says|wrote|stated|noted|claimed|blocked|banned|locked|reverted|reported|posted|replied)\b',
    re.IGNORECASE,
)
_SIGNING_OFF = re.compile(r'(?:[-–—~.!?:;)\]}>/|•·…]|&\w+;)[\s\'\"]*\Z')


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature, such as ``[[User:A|A]] ([[User talk:A|talk]]) 12:00, 1 May 2027 (UTC)``.

    :param start: offset of its first link
    :param end: offset behind its time, or its last link
    :param account: the account; None for a time that nobody signed
    :param time: its first time (UTC); None where it has none
    :param signing: signed, unsigned (``{{unsigned}}``), or unregistered
    :param aside: it stands in small print or brackets, as clerks' notes do, or is told of ("by A")
    """

    start: int
    end: int
    account: str | None
    time: datetime | None
    signing: Signing
    aside: bool = False


class Signatures:
    """Finds the signatures of a page, line by line.

    :param surface: the page
    """

    def __init__(self, surface: Surface, lexicon: Lexicon, dialect: Dialect) -> None:
        self._surface = surface
        self._lexicon = lexicon
        self._dialect = dialect
        named = [link for template in surface.templates if (link := self._named(template)) is not None]
        links = [*AccountLinks(dialect).find(surface.text), *named]
        self._links = sorted(links, key=lambda link: link.start)
        self._link_starts = [link.start for link in self._links]
        self._asides = Asides(surface.text)
        self._times = [*find_times(surface.text, dialect)]
        self._time_starts = [time.start for time in self._times]

    def within(self, start: int, end: int) -> list[Signature]:
        """Return the signatures between two offsets of one line, in order."""
        times = self._times[bisect_left(self._time_starts, start) : bisect_left(self._time_starts, end)]
        unsigned = [t for t in self._surface.templates_in(start, end) if t.name in self._lexicon.unsigned]
        found: list[Signature] = []
        reached = start
        for time in times:
            signature = self._before_time(reached, time)
            if signature is not None:
                found.append(signature)
            reached = time.end
        if not found or found[-1].end <= reached:
            tail = self._without_time(found[-1].end if found else start, end)
            found += [tail] if tail is not None else []
            if tail is not None and found[0].account is None and self._nearby(found[0], tail):
                found = [replace(tail, time=found[0].time), *found[1:-1]]
        if unsigned:
            found = [s for s in found if s.account is not None]
            found += [s for t in unsigned if (s := self._by_template(t)) is not None]
        return sorted(found, key=lambda signature: signature.start)

    def first_account(self, start: int, end: int) -> str | None:
        """Return the account that is linked first between two offsets."""
        return next((link.account for link in self._links_between(start, end)), None)

    def _links_between(self, start: int, end: int) -> Sequence[AccountLink]:
        return self._links[bisect_left(self._link_starts, start) : bisect_left(self._link_starts, end)]

    def _before_time(self, after: int, time: WrittenTime) -> Signature | None:
        """Join a time with the run of links of one account in front of it."""
        near = self._links_between(after, time.start)
        if not near or self._visible(near[-1].end, time.start) > LONGEST_GAP:
            return self._by_mention(after, time)
        near = self._without_aliases(near)
        account = near[-1].account
        first = near[-1].start
        for link in reversed(near):
            if link.account != account or self._visible(link.end, first) > LONGEST_GAP:
                break
            first = link.start
        signature = self._signature(after, first, time.end, account, time.time)
        told = _DID.search(MARKUP.sub('', self._surface.text[near[-1].end : time.start])) is not None
        return replace(signature, aside=True) if told else signature

    def _by_mention(self, after: int, time: WrittenTime) -> Signature:
        """Take ``{{u|A}}`` in front of a time as a signature, for want of a link."""
        mentions = [
            t
            for t in self._surface.templates_in(after, time.start)
            if t.name in self._lexicon.identities or t.name in self._lexicon.labels
        ]
        if mentions and self._visible(mentions[-1].end, time.start) <= LONGEST_GAP:
            account = normal_account(mentions[-1].arguments().get('1', ''), self._dialect)
            if account is not None:
                return self._signature(after, mentions[-1].start, time.end, account, time.time)
        return Signature(time.start, time.end, None, time.time, Signing.UNSIGNED)

    def _without_aliases(self, links: Sequence[AccountLink]) -> Sequence[AccountLink]:
        """Leave out links to other names of the person: ``[[User:A]] (formerly [[User:B]])``."""
        for at in range(len(links) - 1, 0, -1):
            first, second = links[at - 1], links[at]
            between = self._surface.text[first.end : second.start]
            if first.account == second.account:
                continue
            return links[:at] if len(between) < LONGEST_GAP and _ALIAS.search(between) else links
        return links

    def _without_time(self, after: int, end: int) -> Signature | None:
        """Find a signature at the end of a line that has no time."""
        near = self._links_between(after, end)
        if not near or not _TAIL.match(self._surface.text, near[-1].end, end):
            return None
        account = near[-1].account
        run = [link for link in near if link.account == account]
        gaps = (self._visible(link.end, then.start) > LONGEST_GAP for link, then in pairwise(run))
        run = run[next((at for at, wide in enumerate(gaps) if not wide), len(run) - 1) :]
        before = MARKUP.sub('', self._surface.text[after : run[0].start])
        if len(run) == 1 and _MEANS_ANOTHER.search(before) and not _SIGNING_OFF.search(before):
            return None
        undated = next(
            (t for t in self._surface.templates_in(run[0].start, end) if t.name in self._lexicon.undated),
            None,
        )
        return self._signature(after, run[0].start, end, account, self._time_of(undated))

    def _signature(self, after: int, start: int, end: int, account: str, time: datetime | None) -> Signature:
        source = self._surface.source
        noted = _UNSIGNED_NOTE.search(source, after, start) is not None
        signing = Signing.UNSIGNED if noted else _signing_of(account)
        aside = not noted and self._asides.holds(start, end)
        return Signature(start, end, account, time, signing, aside)

    def _by_template(self, template: Template) -> Signature | None:
        """Read ``{{unsigned|user|time}}``; the arguments stand in either order."""
        account: str | None = None
        time: datetime | None = None
        for value in template.arguments().values():
            written = next(find_times(value, self._dialect), None)
            if written is not None:
                time = time or written.time
            else:
                account = (
                    account
                    or next((link.account for link in AccountLinks(self._dialect).find(value)), None)
                    or normal_account(
                        value.rpartition(':')[2] if value.lower().startswith('user:') else value,
                        self._dialect,
                    )
                )
        return Signature(template.start, template.end, account, time, Signing.UNSIGNED)

    def _time_of(self, template: Template | None) -> datetime | None:
        if template is None:
            return None
        return next(
            (t.time for v in template.arguments().values() for t in find_times(v, self._dialect)), None
        )

    def _named(self, template: Template) -> AccountLink | None:
        """Read ``{{User:A/Signature}}`` as a link to the account."""
        space, colon, rest = template.source[2:-2].partition('|')[0].partition(':')
        if colon and space.strip().lower() in self._dialect.user:
            account = normal_account(rest.partition('/')[0], self._dialect)
        else:
            return None
        return AccountLink(template.start, template.end, account) if account else None

    def _visible(self, start: int, end: int) -> int:
        """Count the characters between two offsets that a reader sees."""
        return len(MARKUP.sub('', self._surface.text[start:end])) if end - start > LONGEST_GAP else 0

    def _nearby(self, time: Signature, tail: Signature) -> bool:
        """Tell whether nothing but markup stands between a time and the links behind it."""
        return not MARKUP.sub('', self._surface.text[time.end : tail.start]).strip(' -–—~.,')


def _signing_of(account: str) -> Signing:
    return Signing.UNREGISTERED if is_unregistered(account) else Signing.SIGNED


def own_signature(signatures: Sequence[Signature]) -> Signature | None:
    """Return the signature of the author among those of a line.

    The first that is no aside: clerks' notes stand in small print or brackets, and what others
    append stands behind. A time that nobody signed yields to a signature.
    """
    named = [s for s in signatures if s.account is not None] or list(signatures)
    return next((s for s in named if not s.aside), named[0] if named else None)
