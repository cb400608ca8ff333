"""Whether a diff that the request names is a notice: the nominator's, with a link to the request."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from globalban_bot.errors import WikiError
from globalban_bot.gather.coverage import LinksToRequest
from globalban_bot.model.notice import Coverage, NoticeState
from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import (
    mapping_at,
    number_at,
    optional_mappings,
    optional_text,
    time_at,
)
from globalban_bot.wiki.queries import Queries

_log = logging.getLogger(__name__)
_TEXTS = {'prop': 'revisions', 'rvprop': 'ids|user|timestamp|content', 'rvslots': 'main'}
#: The project namespace and its talk, the same on every wiki.
_PROJECT = {4, 5}
#: Diffs of one wiki that are looked at, newest last.
_MOST = 10


def with_named_diff(
    coverage: Coverage,
    revisions: Sequence[int],
    nominator: str,
    links: LinksToRequest,
    wikis: Queries,
    pending: Callable[[str], object | None],
) -> Coverage:
    """Return what is known of a notice, with what the diffs show that the request names.

    Two requests for a wiki of which the request names a diff. Only an edit of the nominator's counts, on a
    page of the project: others could keep a community from being told. So they could by a text that they
    planted there and that the edit expanded.

    :param revisions: the revisions of this wiki that the request names
    :param pending: tells what on a page waits for the next edit
    """
    url = coverage.target.url
    try:
        with understood(url):
            edits = _read(wikis, url, revisions[-_MOST:], nominator)
            before = _read(wikis, url, [number_at(edit, 'parentid') for edit in edits.values()])
            notices = (edit for _, edit in sorted(edits.items()) if _adds_link(edit, before, links, pending))
            if (first := next(notices, None)) is not None:
                link = f'{url}/wiki/Special:Diff/{number_at(first, "revid")}'
                when = time_at(first, 'timestamp')
                return replace(coverage, state=NoticeState.FOUND_BEFORE, link=link, when=when)
    except WikiError as error:
        _log.warning('%s: the diffs that the request names are not known (%s)', coverage.target.wiki, error)
    return coverage


def _adds_link(
    edit: Mapping[str, Any],
    before: Mapping[int, Mapping[str, Any]],
    links: LinksToRequest,
    pending: Callable[[str], object | None],
) -> bool:
    """Tell whether an edit added a link to the request.

    A text that is hidden may have held the link already, by somebody else.
    """
    new, old = _text(edit), _text_before(edit, before)
    if new is None or old is None:
        return False
    return links.linked_in(new) and not (links.linked_in(old) or pending(old))


def _read(
    wikis: Queries, url: str, numbers: Sequence[int], user: str | None = None
) -> dict[int, Mapping[str, Any]]:
    """Return revisions of pages of the project by their ids, if need be those of one user."""
    wanted = '|'.join(str(number) for number in sorted({*numbers}) if number)
    if not wanted:
        return {}
    return {
        number_at(one, 'revid'): one
        for part in wikis.query(url, revids=wanted, **_TEXTS)
        for page in optional_mappings(mapping_at(part, 'query'), 'pages')
        if number_at(page, 'ns') in _PROJECT
        for one in optional_mappings(page, 'revisions')
        if user is None or optional_text(one, 'user') == user
    }


def _text_before(edit: Mapping[str, Any], before: Mapping[int, Mapping[str, Any]]) -> str | None:
    """Return the text before an edit, empty for a new page; None where the wiki does not show it."""
    number = number_at(edit, 'parentid')
    if not number:
        return ''
    return _text(before[number]) if number in before else None


def _text(revision: Mapping[str, Any]) -> str | None:
    return optional_text(mapping_at(revision, 'slots', 'main'), 'content')
