"""Read what the page kit needs to know of a wiki: its extensions, and which pages there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from globalban_bot.wiki.api_errors import understood
from globalban_bot.wiki.api_values import (
    mapping_at,
    mappings_at,
    number_at,
    optional_mappings,
    optional_text,
    text_at,
)
from globalban_bot.wiki.queries import Queries

_STYLES = 'TemplateStyles'
#: Namespace of users (MediaWiki, includes/Defines.php).
_USER = 2


def has_styles(wikis: Queries) -> bool:
    """Tell whether the wiki with the requests has TemplateStyles.

    :raises WikiError: it does not answer
    """
    answer = next(wikis.query(wikis.home, meta='siteinfo', siprop='extensions'))
    with understood(wikis.home):
        return _STYLES in {
            text_at(one, 'name') for one in mappings_at(answer, 'query', 'extensions') if 'name' in one
        }


def own_names(wikis: Queries, titles: Iterable[str]) -> Mapping[str, str]:
    """Return how the wiki itself writes titles: ``Project:Request facts`` is ``Meta:Request facts`` on Meta.

    :raises WikiError: it does not answer
    """
    pages = _pages(wikis, titles)
    with understood(wikis.home):
        return {title: text_at(page, 'title') for title, page in pages.items()}


def bot_of(wikis: Queries, roots: Iterable[str], stop_page: str) -> str:
    """Return the account of the bot: the one whose user space its pages are in, else who made the stop page.

    Nothing where that is not known: no page is taken for the bot's then.

    :param roots: the pages below which those of the bot are, as the wiki writes them
    :raises WikiError: it does not answer
    """
    pages = _pages(wikis, roots).values()
    with understood(wikis.home):
        users = [text_at(page, 'title').partition(':')[2] for page in pages if page['ns'] == _USER]
    if users:
        return users[0]
    question = {'titles': stop_page, 'prop': 'revisions', 'rvprop': 'user', 'rvdir': 'newer', 'rvlimit': '1'}
    answer = next(wikis.query(wikis.home, **question))
    with understood(wikis.home):
        revisions = optional_mappings(mapping_at(answer, 'query', 'pages', 0), 'revisions')
        return (optional_text(revisions[0], 'user') or '') if revisions else ''


def pages_under(wikis: Queries, roots: Iterable[str]) -> frozenset[str]:
    """Return the titles of all pages that are one of these, or a subpage of one, redirects too.

    :param roots: titles as the wiki writes them
    :raises WikiError: it does not answer
    """
    pages = _pages(wikis, roots).values()
    with understood(wikis.home):
        return frozenset(title for page in pages for title in _under(wikis, page))


def _pages(wikis: Queries, titles: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
    """Return what the wiki tells of titles, by the titles that were asked for."""
    wanted = [*dict.fromkeys(titles)]
    answer = next(wikis.query(wikis.home, titles='|'.join(wanted), prop='info'))
    with understood(wikis.home):
        query = mapping_at(answer, 'query')
        names = {text_at(one, 'from'): text_at(one, 'to') for one in optional_mappings(query, 'normalized')}
        told = {text_at(page, 'title'): page for page in mappings_at(query, 'pages') if 'ns' in page}
        return {title: told[names.get(title, title)] for title in wanted}


def _under(wikis: Queries, page: Mapping[str, Any]) -> Iterator[str]:
    root, space = text_at(page, 'title'), number_at(page, 'ns')
    prefix = root.partition(':')[2] if space else root
    question = {'list': 'allpages', 'apprefix': prefix, 'apnamespace': str(space), 'aplimit': 'max'}
    for part in wikis.query(wikis.home, **question):
        for one in mappings_at(part, 'query', 'allpages'):
            title = text_at(one, 'title')
            if title == root or title.startswith(f'{root}/'):
                yield title
