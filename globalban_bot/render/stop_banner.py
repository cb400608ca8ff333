"""What readers see only while the stop page does not say "run", as wikitext that looks at that page itself.

The bot cannot say that it is stopped: it makes no edit then. Anybody may have written anything onto the stop
page, and what is transcluded acts even where it is only compared: it adds indicators, counts against the
limits of the page, calls itself. So its length is looked at first, and three letters can do nothing.
"""

from __future__ import annotations

from globalban_bot.model.stop_page import RUN


def while_stopped(stop_page: str, stopped: str, running: str = '') -> str:
    """Return wikitext that shows one thing while the bot is stopped, and another one while it may run.

    :param stop_page: title of the stop page
    :param stopped: shown also where there is no such page
    :param running: shown while the page is the one word
    """
    said = f'{{{{#ifeq: {{{{PAGESIZE:{stop_page}|R}}}} | {len(RUN)} | {{{{{stop_page}}}}} }}}}'
    return f'{{{{#ifeq: {said} | {RUN} | {running} | {stopped} }}}}'
