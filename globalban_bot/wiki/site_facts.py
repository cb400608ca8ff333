"""What any wiki tells of itself: its clock, and by which category pages refuse mass messages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from globalban_bot.wiki.answers import Queries, ask_once

#: An answer tells whole seconds, and takes a while to arrive.
_TOLERANCE = timedelta(minutes=1)
#: Name of the category where a wiki has no message of its own (extension MassMessage).
USUAL_CATEGORY = 'Opted-out of message delivery'
_MESSAGE = 'massmessage-optout-category'


def wiki_clock(wikis: Queries, clock: Callable[[], datetime]) -> Callable[[], datetime]:
    """Return a clock that goes by the wiki with the requests. One request, now.

    The clock of the machine may be wrong, and then holds and waits would end too early.

    :param clock: the clock of the machine (aware, UTC)
    """
    answer = ask_once(wikis, wikis.home, meta='siteinfo', curtimestamp='1')
    difference = answer.time('curtimestamp') - clock()
    return clock if abs(difference) <= _TOLERANCE else lambda: clock() + difference


def opt_out_category(wikis: Queries) -> str:
    """Return the category, such as ``Category:Opted-out of message delivery``. Two requests.

    MassMessage takes its name from a message in the content language of the wiki.
    """
    site = ask_once(wikis, wikis.home, meta='siteinfo', siprop='general')
    language = site.text('query', 'general', 'lang')
    answer = ask_once(wikis, wikis.home, meta='allmessages', ammessages=_MESSAGE, amlang=language)
    message = answer.at('query', 'allmessages', 0)
    name = USUAL_CATEGORY if message.flag('missing') else message.text('content')
    return f'Category:{name.strip() or USUAL_CATEGORY}'
