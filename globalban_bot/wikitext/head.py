"""The head template: status, closing comment, date.

.. code-block:: wikitext

   {{rfc subpage|status=invalid|comment=…|date=20270501}}

A request without a head counts as open. So a head that cannot be read with certainty, since it is hidden,
nested or cut, must not be taken for none: its status is not known. Of several heads the first counts, as
people keep the head of an earlier closing below it. Where the first has no word and another has one, it is
not known which of them is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Final, Literal

from globalban_bot.model.dialect import Dialect
from globalban_bot.model.request import Head
from globalban_bot.model.state import Phase, Status
from globalban_bot.wikitext.opaque import BLANK, hide, without_comments
from globalban_bot.wikitext.templates import Template, find_templates, outermost
from globalban_bot.wikitext.times import find_times
from globalban_bot.wikitext.unseen import without_unseen

_STAMP = re.compile(r'\s*(\d{14}|\d{12}|\d{8})(?!\d)')
_ISO = re.compile(r'\s*(\d{4})-(\d{1,2})-(\d{1,2})')
_POINTS = re.compile(r'\s*(\d{1,2})\.(\d{1,2})\.(\d{4})')
_WORDS = re.compile(r'\s*(\d{1,2})\.?\s+([^\W\d_]+)\.?,?\s+(\d{4})')
_FORMATS = {14: '%Y%m%d%H%M%S', 12: '%Y%m%d%H%M', 8: '%Y%m%d'}
_DATE_ONLY = 8
_LEAD = 60_000
#: The word in the language of most wikis; others take it, too.
_REDIRECT = re.compile(r'\s*#REDIRECT\b', re.IGNORECASE)
_HEADING = re.compile(r'^=', re.MULTILINE)


#: Stands for the head of a page that has one which cannot be read with certainty.
UNCLEAR: Final = 'unclear'


def find_head(source: str, names: frozenset[str]) -> Template | Literal['unclear'] | None:
    """Find the head template of a page: the call by one of the names that readers see.

    It may follow categories, comments and subpage templates, and may stand in ``<onlyinclude>``.

    :param names: in lower case
    :return: None where the page names no head; :data:`UNCLEAR` where it names one that cannot be read
    """
    if _named(names).search(source) is None:
        return None
    lead = source[:_LEAD]
    hidden = hide(lead)
    visible = without_unseen(lead) or hidden
    calls = outermost(find_templates(visible, lead))
    heads = [call for call in calls if call.name.removeprefix('template:').strip() in names]
    if not heads:
        return UNCLEAR if _call_of(names).search(hide(source)) else None
    head, *others = heads
    before = _call_of(names).search(visible, 0, head.start + 2)
    is_doubtful = before is not None or (not _word(head) and any(map(_word, others)))
    return UNCLEAR if is_doubtful else head


def _word(call: Template) -> str:
    return without_comments(_arguments(call).get('status', '')).strip()


def _arguments(call: Template) -> dict[str, str]:
    """Return the arguments of a head by their names in lower case.

    MediaWiki tells letter cases apart: another spelling counts only where the right one is missing.
    """
    written = call.arguments()
    return {**{name.lower(): value for name, value in written.items()}, **written}


@cache
def _named(names: frozenset[str]) -> re.Pattern[str]:
    """Return what finds the names anywhere."""
    return re.compile('|'.join(map(_spelled, sorted(names))), re.IGNORECASE)


@cache
def _call_of(names: frozenset[str]) -> re.Pattern[str]:
    """Return what finds calls by one of the names, in whatever namespace, closed or not."""
    spelled = '|'.join(map(_spelled, sorted(names)))
    space = rf'[\s_{BLANK}]*+'
    before = r'(?:\{\{|\}\}\})(?:[^{}|\[\]\n]{0,80}:)?'
    return re.compile(f'{before}{space}(?:{spelled}){space}(?=[|}}])', re.IGNORECASE)


def _spelled(name: str) -> str:
    return rf'[\s_{BLANK}]++'.join(map(re.escape, name.split()))


def is_redirect(source: str) -> bool:
    """Tell whether a page is a redirect."""
    return _REDIRECT.match(source) is not None


def read_sign(source: str, tags: frozenset[str]) -> Phase | None:
    """Tell whether a page is blanked, a redirect, or tagged for deletion above its first heading.

    .. code-block:: wikitext

       {{delete|1=attack page}}

    :param tags: names of templates that ask for a deletion, in lower case
    :return: what it is; None for none of them
    """
    if not source.strip():
        return Phase.BLANKED
    if is_redirect(source):
        return Phase.REDIRECT
    heading = _HEADING.search(source, 0, _LEAD)
    lead = source[: heading.start() if heading else _LEAD]
    tagged = any(template.name in tags for template in outermost(find_templates(hide(lead), lead)))
    return Phase.TAGGED if tagged else None


def read_head(
    template: Template | Literal['unclear'] | None, statuses: Mapping[str, Status], dialect: Dialect
) -> Head:
    """Read the head template; without one the request counts as open.

    :param statuses: meaning of the status words, in lower case
    """
    if template is None:
        return Head()
    if isinstance(template, str):
        return Head(status=Status.UNKNOWN)
    arguments = _arguments(template)
    word = _word(template)
    comment = arguments.get('comment', arguments.get('comments', ''))
    date, exact = read_date(without_comments(arguments.get('date', '')).strip(), dialect)
    signed = [written.time for written in find_times(hide(comment), dialect)]
    return Head(
        word=word,
        status=statuses.get(word.lower(), Status.UNKNOWN),
        comment=comment,
        date=date,
        exact=exact,
        signed=signed[-1] if signed else None,
    )


def read_date(written: str, dialect: Dialect) -> tuple[datetime | None, bool]:
    """Read the ``date`` parameter in one of the forms in which people write it.

    ``20270501120000``, 12 or 8 digits, ``2027-05-1``, ``1. May 2027``, ``01.05.2027``,
    ``12:00, 1 May 2027 (UTC)``.

    :return: the time (UTC), and whether it has a time of day
    """
    time = next(find_times(written, dialect), None)
    if time is not None:
        return time.time, True
    stamp = _STAMP.match(written)
    if stamp is not None:
        try:
            moment = datetime.strptime(stamp[1], _FORMATS[len(stamp[1])]).replace(tzinfo=UTC)
        except ValueError:
            return None, False
        return moment, len(stamp[1]) > _DATE_ONLY
    return _day(written, dialect), False


def _day(written: str, dialect: Dialect) -> datetime | None:
    if found := _ISO.match(written):
        year, month, day = (int(part) for part in found.groups())
    elif found := _POINTS.match(written):
        day, month, year = (int(part) for part in found.groups())
    elif (found := _WORDS.match(written)) and found[2].lower() in dialect.months:
        day, month, year = int(found[1]), dialect.months[found[2].lower()], int(found[3])
    else:
        return None
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
