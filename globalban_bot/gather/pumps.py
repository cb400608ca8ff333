"""Where a wiki's village pump may be: a reviewed table, an item of Wikidata, usual titles.

``action=wbgetentities`` with ``props=sitelinks`` tells the pages that an item is linked with, one a wiki, by
database name (Wikibase's JSON format). Some wikis have none, some have a list of pumps: the table
``profiles/pumps/NAME.yaml`` says better there, and its first lines say how.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from globalban_bot.errors import UserError, WikiError
from globalban_bot.gather.cache import load_kept, store_kept
from globalban_bot.gather.place import FileNode
from globalban_bot.gather.titles import is_title
from globalban_bot.model.target import Via
from globalban_bot.wiki.answers import ApiAnswer, Queries, ask_once
from globalban_bot.wiki.api_values import DATABASE

_log = logging.getLogger(__name__)
_FIELDS = ('page', 'why', 'provenance', 'seen')
_PROVENANCES = ('seen', 'inferred', 'recalled')
#: So long a sitelink has to be there without a break.
_LEAST_AGE = timedelta(days=1)
_HISTORY = {'prop': 'revisions', 'rvprop': 'content', 'rvslots': 'main'}
#: An item that is edited more often within a day is left to people.
_MOST_EDITS = '20'


@dataclass(frozen=True)
class Pumps:
    """Where the village pumps of a farm may be.

    :param sitelinks: titles by the item, by database name
    :param overrides: titles by the reviewed table, by database name
    :param young: wikis whose sitelink is less than a day old
    """

    sitelinks: Mapping[str, str] = field(default_factory=dict)
    overrides: Mapping[str, str] = field(default_factory=dict)
    fallbacks: Sequence[str] = ()
    young: frozenset[str] = frozenset()

    def candidates(self, wiki: str) -> tuple[tuple[str, Via], ...]:
        """Return the titles to look at on a wiki, the best one first, and how each is known."""
        titles = [(title, Via.FALLBACK) for title in self.fallbacks]
        if wiki in self.sitelinks:
            titles.insert(0, (self.sitelinks[wiki], Via.SITELINK))
        if wiki in self.overrides:
            titles.insert(0, (self.overrides[wiki], Via.OVERRIDE))
        return tuple((title, via) for title, via in titles if is_title(title))


def read_sitelinks(wikis: Queries, server: str, item: str, folder: Path | None, now: datetime) -> Pumps:
    """Return the pages of an item: three requests, or none where they are kept; young ones are never kept.

    :param server: address of the wiki with the item, as ``https://www.wikidata.org``
    :param item: its id, as ``Q16503``
    :raises WikiError: it does not tell; usual titles are not taken where better ones may be known
    :raises UserError: the folder cannot be written
    """
    path = None if folder is None else folder / 'pumps.json'
    source = f'{server} {item}'
    before = load_kept(path, source, now)
    if isinstance(before, dict) and before:
        return Pumps(_readable(before))
    question = {'action': 'wbgetentities', 'ids': item, 'props': 'sitelinks', 'curtimestamp': '1'}
    answer = ApiAnswer(server, wikis.action(server, 'entities', **question))
    titles = sitelinks(answer)
    young = _young(wikis, server, item, titles, answer.time('curtimestamp'))
    if not young:
        store_kept(path, source, now, titles)
    return Pumps(titles, young=young)


def sitelinks(answer: ApiAnswer) -> dict[str, str]:
    """Return the pages of the only item of an answer, by database name.

    :raises WikiError: there is no such item, or it has no page, or it is another answer
    """
    entities = [*answer.fields('entities').values()]
    if len(entities) != 1:
        answer.at('entities').odd('is not one entity')
    titles = _titles_in(entities[0])
    if not titles:
        raise WikiError('there is no item on village pumps, or it has no page')
    return _readable(titles)


def _titles_in(entity: ApiAnswer) -> dict[str, str]:
    """Return the sitelinks of an item: ``{"sitelinks": {"dewiki": {"title": …}}}``."""
    links = entity.fields().get('sitelinks')
    if links is None or not links.value:
        # PHP writes an empty map as a list.
        return {}
    return {wiki: link.text('title') for wiki, link in links.fields().items()}


def _young(wikis: Queries, server: str, item: str, links: Mapping[str, str], at: datetime) -> frozenset[str]:
    """Return the wikis whose sitelink was another one, or none, at some time of the last day. Two requests.

    Anybody can edit an item of Wikidata, and a notice follows its sitelinks. So a sitelink counts once it has
    been there for a day without a break; until then it is for people. What the item's history does not tell
    counts as young.

    :param links: the sitelinks as they are now, by database name
    :param at: the moment by the clock of that wiki (UTC)
    """
    day_ago = f'{at - _LEAST_AGE:%Y-%m-%dT%H:%M:%SZ}'
    try:
        first = ask_once(wikis, server, titles=item, rvstart=day_ago, rvlimit='1', **_HISTORY)
        since = ask_once(wikis, server, titles=item, rvend=day_ago, rvlimit=_MOST_EDITS, **_HISTORY)
        # An item that was made since had no sitelinks a day ago.
        then = [*_history(first)] or [{}]
        then += [{}] if 'continue' in since else [*_history(since)]
    except WikiError as error:
        _log.warning('%s: the age of its sitelinks is not known (%s)', item, error)
        then = [{}]
    return frozenset(wiki for wiki, title in links.items() if any(old.get(wiki) != title for old in then))


def _history(answer: ApiAnswer) -> Iterator[dict[str, str]]:
    """Yield the sitelinks in the content of each revision."""
    for revision in answer.at('query', 'pages', 0).lines('revisions'):
        content = revision.at('slots', 'main', 'content')
        yield _titles_in(ApiAnswer(answer.server, content.read_text(json.loads, 'is no JSON')))


def load_overrides(profile: str) -> Mapping[str, str]:
    """Return the reviewed table of a profile; it is empty where there is none."""
    path = files('globalban_bot.profiles') / 'pumps' / f'{profile}.yaml'
    return read_overrides(path.read_text('utf-8'), f'pumps/{profile}.yaml') if path.is_file() else {}


def read_overrides(text: str, name: str) -> Mapping[str, str]:
    """Read a reviewed table.

    :raises UserError: it is not well formed
    """
    try:
        data = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError(f'{name}: is no YAML ({" ".join(str(error).split())})') from error
    return {wiki: _override(wiki, place) for wiki, place in FileNode(data or {}, name).entries().items()}


def _override(wiki: str, place: FileNode) -> str:
    if not DATABASE.fullmatch(wiki):
        place.wrong('write the name of a database, as enwiki')
    fields = place.fields(_FIELDS, _FIELDS)
    page, provenance = fields['page'].text(), fields['provenance'].text()
    if not is_title(page):
        fields['page'].wrong('this can be no title; write it as the wiki has it, without brackets')
    if not fields['why'].text().strip():
        fields['why'].wrong('say why')
    if provenance not in _PROVENANCES:
        fields['provenance'].wrong(f'write one of {", ".join(_PROVENANCES)}')
    seen = _date(fields['seen'])
    if (provenance == 'seen') != (seen is not None):
        fields['seen'].wrong('write a date where the provenance is "seen", and null where not')
    return page


def _date(place: FileNode) -> date | None:
    if place.value is None:
        return None
    try:
        return date.fromisoformat(place.text())
    except ValueError:
        place.wrong("write a date here, in quotes, such as '2026-01-31'; or null")


def _readable(titles: Mapping[Any, Any]) -> dict[str, str]:
    """Return what has the form of database names and titles: it goes into questions and pages."""
    return {
        wiki: title
        for wiki, title in titles.items()
        if isinstance(wiki, str) and DATABASE.fullmatch(wiki) and is_title(title)
    }
