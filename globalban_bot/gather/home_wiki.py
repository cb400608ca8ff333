"""What the wiki with the requests tells of itself: extensions, words, pages, and who holds a group."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from globalban_bot.model.dialect import Dialect
from globalban_bot.wiki.answers import ApiAnswer, Queries, ask, ask_once

#: Namespaces by their numbers (MediaWiki, includes/Defines.php).
_USER, _USER_TALK, _SPECIAL, _FILE, _CATEGORY = 2, 3, -1, 6, 14
#: Numbers of the namespaces in which a profile may put pages, by their names in English.
_NAMESPACES = {'User': 2, 'Project': 4, 'Template': 10}
_MONTHS = (
    'january', 'february', 'march', 'april', 'may_long', 'june',
    'july', 'august', 'september', 'october', 'november', 'december',
    'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec',
)  # fmt: skip
_YEAR = 12


def has_styles(wikis: Queries) -> bool:
    """Tell whether the wiki has TemplateStyles."""
    answer = ask_once(wikis, wikis.home, meta='siteinfo', siprop='extensions')
    extensions = answer.objects('query', 'extensions')
    return 'TemplateStyles' in {extension.text_if_any('name') for extension in extensions}


def are_members(wikis: Queries, names: Collection[str], groups: Collection[str]) -> bool:
    """Tell whether each account holds one of some groups of the wiki now. One request; none without names."""
    if not names:
        return True
    answer = ask_once(wikis, wikis.home, list='users', ususers='|'.join(names), usprop='groups')
    # One that is missing has no groups.
    held = {
        user.text('name'): user.texts('groups')
        for user in answer.objects('query', 'users')
        if 'groups' in user
    }
    return all(not {*groups}.isdisjoint(held.get(name, ())) for name in names)


def live_dialect(wikis: Queries, base: Dialect) -> Dialect:
    """Add the names that the wiki itself uses to a dialect. Two requests.

    :param base: the dialect of all wikis together: people paste signatures from everywhere
    """
    question = {'meta': 'siteinfo', 'siprop': 'general|namespaces|namespacealiases'}
    query = ask_once(wikis, wikis.home, **question).at('query')
    return replace(
        base,
        user=base.user | _names(query, _USER),
        user_talk=base.user_talk | _names(query, _USER_TALK),
        special=base.special | _names(query, _SPECIAL),
        file=base.file | _names(query, _FILE),
        category=base.category | _names(query, _CATEGORY),
        months={**base.months, **_months(wikis, query.text('general', 'lang'))},
        capital_first=query.text('general', 'case') == 'first-letter',
    )


def _months(wikis: Queries, language: str) -> Mapping[str, int]:
    """Return the numbers of months by their names, long and short."""
    question = {'meta': 'allmessages', 'ammessages': '|'.join(_MONTHS), 'amlang': language}
    answer = ask_once(wikis, wikis.home, **question)
    messages = {message.text('name'): message for message in answer.objects('query', 'allmessages')}
    if not messages.keys() >= {*_MONTHS}:
        answer.at('query', 'allmessages').odd('lacks a month')
    return {
        messages[name].text('content').lower().rstrip('.'): number % _YEAR + 1
        for number, name in enumerate(_MONTHS)
        if not messages[name].flag('missing')
    }


def _names(query: ApiAnswer, number: int) -> frozenset[str]:
    """Return the names of a namespace: in the wiki's language, the canonical one, and further ones."""
    space = query.at('namespaces', str(number))
    names = {space.text('name'), space.text('canonical')}
    aliases = query.objects('namespacealiases')
    names |= {alias.text('alias') for alias in aliases if alias.value.get('id') == number}
    return frozenset(name.lower() for name in names if name)


def own_names(wikis: Queries, titles: Iterable[str]) -> Mapping[str, str]:
    """Return how the wiki itself writes titles: ``Project:Facts`` is ``Meta:Facts`` on Meta."""
    return {title: page.text('title') for title, page in _pages(wikis, titles).items()}


def bot_of(wikis: Queries, roots: Iterable[str], stop_page: str) -> str:
    """Return the account of the bot: the one whose user space its pages are in, else who made the stop page.

    Nothing where that is not known: no page is taken for the bot's then.

    :param roots: the pages below which those of the bot are, as the wiki writes them
    """
    for page in _pages(wikis, roots).values():
        if page.number('ns') == _USER:
            return page.text('title').partition(':')[2]
    question = {'titles': stop_page, 'prop': 'revisions', 'rvprop': 'user', 'rvdir': 'newer', 'rvlimit': '1'}
    revisions = ask_once(wikis, wikis.home, **question).at('query', 'pages', 0).lines('revisions')
    return (revisions[0].text_if_any('user') or '') if revisions else ''


def pages_under(wikis: Queries, roots: Iterable[str]) -> frozenset[str]:
    """Return the titles of all pages that are one of these, or a subpage of one, redirects too.

    :param roots: titles as the wiki writes them
    """
    return frozenset(
        title
        for page in _pages(wikis, roots).values()
        for title in _listed(wikis, page.text('title'), page.number('ns'))
        if title == page.text('title') or title.startswith(f'{page.text("title")}/')
    )


def pages_below(wikis: Queries, title: str) -> tuple[str, ...]:
    """Return the titles of the pages whose titles begin with this one, redirects too, in their order.

    One request, and one more for each 500 pages.

    :param title: with its namespace in English, as profiles have it; so are the titles that are returned
    """
    space = title.partition(':')[0]
    pages = _listed(wikis, title, _NAMESPACES[space])
    return tuple(f'{space}:{page.partition(":")[2]}' for page in pages)


def _pages(wikis: Queries, titles: Iterable[str]) -> Mapping[str, ApiAnswer]:
    """Return what the wiki tells of titles, by the titles that were asked for."""
    wanted = [*dict.fromkeys(titles)]
    pages = ask_once(wikis, wikis.home, titles='|'.join(wanted), prop='info').pages_of(wanted)
    for page in pages.values():
        # One without a namespace is a title that cannot be.
        page.number('ns')
    return pages


def _listed(wikis: Queries, title: str, space: int) -> Iterator[str]:
    """Yield the titles of the pages whose titles begin with this one."""
    prefix = title.partition(':')[2] if space else title
    question = {'list': 'allpages', 'apprefix': prefix, 'apnamespace': str(space), 'aplimit': 'max'}
    for part in ask(wikis, wikis.home, **question):
        yield from (page.text('title') for page in part.objects('query', 'allpages'))
