"""Delivers notices to given pages by direct edits, in a process of its own.

    python -m tests.farm.pwb -m tests.farm.deliver_at REQUEST START SHIFT FAMILY:CODE:TITLE [...]

REQUEST is the page id of the request, START when to begin (seconds of the epoch), so that two begin at once.
From its middle on, the clock of the process is wrong by SHIFT seconds.
Each delivery is printed as a line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any
from unittest import mock

from globalban_bot.model.notice import Audience, Notice, notice_marker
from globalban_bot.model.target import Target
from globalban_bot.wikitext.pending import pending_on, without_pending

HEADING = 'Request for comment on Meta-Wiki'
SIGNED = 'A request for comment asks something.'
SUMMARY = 'Notice of a request'


def body(request: int) -> str:
    """Return the text of a notice."""
    return f'<div lang="en" dir="ltr">\n{SIGNED} ~~~~\n</div>\n{notice_marker(request)}'


def notice(request: int, place: str) -> Notice:
    """Make a notice for "family:code:title"."""
    family, code, title = place.split(':', 2)
    target = Target(f'{code}wiki', f'https://{code}.{family}.org', code, title)
    return Notice(target, Audience.COMMUNITY, 'en', HEADING, body(request), True)


def shifted(seconds: float) -> Callable[[], float]:
    """Return a clock that jumps at its tenth question."""
    real = time.time
    asked = iter(range(10**9))
    return lambda: real() + (seconds if next(asked) > 10 else 0)


def main() -> None:
    """Deliver what the command line names."""
    request, start, shift, *places = sys.argv[1:]
    del sys.argv[1:]
    import pywikibot

    from globalban_bot.act.direct import DirectEngine

    def site_of(target: Target) -> Any:
        family = 'meta' if target.language == 'meta' else 'wikipedia'
        site = pywikibot.Site(target.language, family)
        site.login()
        return site

    site_of(notice(0, places[0]).target)
    time.sleep(max(0, float(start) - time.time()))
    notices = [notice(int(request), place) for place in places]
    engine = DirectEngine(
        site_of, int(request), SUMMARY, pause=0.3, pending=pending_on, inert=without_pending
    )
    with mock.patch('time.time', shifted(float(shift))):
        for one in engine.deliver(notices, lambda: None):
            print(json.dumps([one.notice.target.page, one.sent.name, one.reason, one.revision]), flush=True)


if __name__ == '__main__':
    main()
