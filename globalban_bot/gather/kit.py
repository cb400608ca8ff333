"""Read what the page kit needs to know of a wiki: its extensions, and which pages there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pywikibot

from globalban_bot.errors import WikiError

_STYLES = 'TemplateStyles'
#: Namespace of users (MediaWiki, includes/Defines.php).
_USER = 2


def has_styles(site: Any) -> bool:
    """Tell whether a wiki has TemplateStyles; asked afresh, where pywikibot would remember it for a month.

    :param site: the wiki, an ``APISite``
    :raises WikiError: it does not answer
    """
    try:
        answer = site.simple_request(
            action='query', meta='siteinfo', siprop='extensions', formatversion='2'
        ).submit()
    except pywikibot.exceptions.Error as error:
        raise WikiError(f'{site}: its extensions cannot be read: {error}') from error
    return any(one.get('name') == _STYLES for one in answer['query']['extensions'])


def own_names(site: Any, titles: Iterable[str]) -> Mapping[str, str]:
    """Return how a wiki itself writes titles: ``Project:Request facts`` is ``Meta:Request facts`` on Meta.

    :param site: the wiki, an ``APISite``
    """
    return {title: pywikibot.Page(site, title).title() for title in titles}


def bot_of(site: Any, roots: Iterable[str], stop_page: str) -> str:
    """Return the account of the bot: the one whose user space its pages are in, else who made the stop page.

    Nothing where that is not known: no page is taken for the bot's then.

    :param site: the wiki, an ``APISite``
    :param roots: the pages below which those of the bot are, as the wiki writes them
    :raises WikiError: it does not answer
    """
    pages = [pywikibot.Page(site, root) for root in roots]
    users = [page.title(with_ns=False) for page in pages if page.namespace() == _USER]
    if users:
        return str(users[0])
    try:
        answer = site.simple_request(
            action='query', titles=stop_page, prop='revisions', rvprop='user', rvdir='newer', rvlimit='1',
            formatversion='2',
        ).submit()  # fmt: skip
    except pywikibot.exceptions.Error as error:
        raise WikiError(f'{site}: who made the stop page cannot be read: {error}') from error
    made: Mapping[str, Any] = next(iter(answer['query']['pages'][0].get('revisions', ())), {})
    return str(made.get('user', ''))


def pages_under(site: Any, roots: Iterable[str]) -> frozenset[str]:
    """Return the titles of all pages that are one of these, or a subpage of one, redirects too.

    :param site: the wiki, an ``APISite``
    :param roots: titles as the wiki writes them
    :raises WikiError: it does not answer
    """
    try:
        return frozenset(title for root in roots for title in _under(site, root))
    except pywikibot.exceptions.Error as error:
        raise WikiError(f'{site}: the pages of the bot cannot be listed: {error}') from error


def _under(site: Any, root: str) -> Iterable[str]:
    page = pywikibot.Page(site, root)
    for found in site.allpages(prefix=page.title(with_ns=False), namespace=page.namespace()):
        title = found.title()
        if title == root or title.startswith(f'{root}/'):
            yield title
