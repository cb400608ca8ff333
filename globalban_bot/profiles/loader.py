"""Load a profile."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from globalban_bot.errors import UserError
from globalban_bot.model.limits import Limits
from globalban_bot.model.notice import EngineName
from globalban_bot.model.state import Status
from globalban_bot.profiles.controls import CommandSettings, KitPages, SettingsPages, commands_of


@dataclass(frozen=True)
class Exclusion:
    """Titles that look like a request and are none.

    :param title: form of the titles
    :param reason: why, for people
    """

    title: re.Pattern[str]
    reason: str


@dataclass(frozen=True)
class NoticeSettings:
    """How the communities of a farm are told.

    :param plan_page: title of the page with the plan, with ``{page_id}``
    :param result_page: title of the page with what became of a delivery
    :param texts_page: title of the page with texts that replace those of the package
    :param list_page: title of a list of targets, with ``{page_id}`` and ``{language}``
    :param pump: address that leads to a wiki's village pump, with ``{wiki}``
    :param wikidata: server of the item on village pumps
    :param item: the item
    :param fallbacks: titles that are tried where no village pump is known
    :param text_page: title of the text to a subject, with ``{page_id}`` and ``{number}``
    :param why_page: title of the page to which notices link, with ``{page_id}``
    :param ask_page: title of the page where people ask for delivery
    :param category: category of plans that can be sent now, without namespace
    :param text_editors: groups whose members may save texts of notices
    :param engines: the bot's own engines that an operator may use
    """

    plan_page: str
    result_page: str
    texts_page: str
    list_page: str
    pump: str
    wikidata: str
    item: str
    fallbacks: tuple[str, ...]
    text_page: str
    why_page: str
    ask_page: str
    category: str
    text_editors: frozenset[str]
    engines: frozenset[EngineName]

    def list_title(self, page_id: int, language: str) -> str:
        """Return the title of the list of targets of a text.

        :param language: language of the text
        """
        return self.list_page.format(page_id=page_id, language=language)

    def text_title(self, page_id: int, number: str) -> str:
        """Return the title of the text to a subject.

        :param number: which of the subjects, from 1
        """
        return self.text_page.format(page_id=page_id, number=number)


@dataclass(frozen=True)
class Profile:
    """A wiki farm.

    :param name: name of the profile
    :param family: family of the wiki with the requests, as pywikibot calls it
    :param code: code of that wiki
    :param wiki: name of its database
    :param policy: name of the policy that nominations are held against
    :param titles: forms of titles of ban requests, each with a group ``subject``
    :param prefix: how all titles of requests begin
    :param categories: categories of ban requests, without namespace
    :param extra: titles of requests that have another form
    :param excluded: what is no request, first match decides
    :param heads: names of the head template, in lower case
    :param deletion: names of templates that ask for the deletion of a page, in lower case
    :param statuses: meaning of the status words, in lower case
    :param method_page: title of the page that says how the bot counts
    :param report_page: title of the page for reports of errors
    :param board_page: title of the board
    :param box_page: title of a box, with ``{page_id}``
    :param log_page: title of the log of runs
    :param stop_page: title of the page that lets the bot run
    :param notices: how communities are told; None where that is left to people
    :param commands: commands on talk pages; None where nobody answers them
    :param settings: settings on the wiki; None where there are none
    :param kit: pages that are installed beside those named here; None where none are
    :param languages: languages in which board and box are shown to readers, beside English
    :param operators: accounts that may start the bot again, beside its own
    :param restarters: groups whose members may
    :param steward_links: page titles, each with the key of its label
    :param limits: where the brake is put on
    """

    name: str
    family: str
    code: str
    wiki: str
    policy: str
    titles: tuple[re.Pattern[str], ...]
    prefix: str
    categories: tuple[str, ...]
    extra: tuple[str, ...]
    excluded: tuple[Exclusion, ...]
    heads: frozenset[str]
    deletion: frozenset[str]
    statuses: Mapping[str, Status]
    method_page: str
    report_page: str
    board_page: str
    box_page: str
    log_page: str
    stop_page: str
    notices: NoticeSettings | None
    commands: CommandSettings | None
    settings: SettingsPages | None
    kit: KitPages | None
    languages: tuple[str, ...]
    operators: frozenset[str]
    restarters: frozenset[str]
    steward_links: tuple[tuple[str, str], ...]
    limits: Limits

    def box_title(self, page_id: int | None) -> str:
        """Return the title of a request's box."""
        return self.box_page.format(page_id=page_id)

    def titles_of(self, page_id: int) -> tuple[str, ...]:
        """Return the titles of the pages that the bot keeps on a request, its box first; lists left out."""
        found = self.notices
        beside = () if found is None else (found.plan_page, found.result_page, found.why_page)
        return (self.box_title(page_id), *(title.format(page_id=page_id) for title in beside))


@cache
def load_profile(name: str) -> Profile:
    """Load a profile of the package by its name.

    :raises UserError: there is none of that name
    """
    path = files('globalban_bot.profiles') / f'{name}.yaml'
    if not path.is_file():
        known = sorted(
            p.name.removesuffix('.yaml')
            for p in files('globalban_bot.profiles').iterdir()
            if p.name.endswith('.yaml')
        )
        raise UserError(f'there is no profile {name!r}; known are: {", ".join(known)}')
    data: dict[str, Any] = yaml.safe_load(path.read_text('utf-8'))
    requests, head = data['requests'], data['head']
    return Profile(
        name=data['name'],
        family=data['site']['family'],
        code=data['site']['code'],
        wiki=data['site']['wiki'],
        policy=data['policy'],
        titles=tuple(re.compile(form) for form in requests['titles']),
        prefix=requests['prefix'],
        categories=tuple(requests['categories']),
        extra=tuple(requests['extra']),
        excluded=tuple(Exclusion(re.compile(e['title']), e['reason']) for e in requests['excluded']),
        heads=frozenset(name.lower() for name in head['templates']),
        deletion=frozenset(name.lower() for name in head['deletion']),
        statuses={word.lower(): Status(meaning) for word, meaning in head['statuses'].items()},
        method_page=data['pages']['method'],
        report_page=data['pages']['report'],
        board_page=data['pages']['board'],
        box_page=data['pages']['box'],
        log_page=data['pages']['log'],
        stop_page=data['pages']['stop'],
        notices=_notices(data['notices']),
        commands=commands_of(data['commands']),
        settings=SettingsPages(**data['settings']) if data['settings'] else None,
        kit=KitPages(**data['kit']) if data['kit'] else None,
        languages=tuple(data['languages']),
        operators=frozenset(data['restart']['operators']),
        restarters=frozenset(data['restart']['groups']),
        steward_links=tuple((link['title'], link['message']) for link in data['stewards']),
        limits=Limits(**data['brake']),
    )


def _notices(data: dict[str, Any] | None) -> NoticeSettings | None:
    if data is None:
        return None
    return NoticeSettings(
        plan_page=data['plan'],
        result_page=data['result'],
        texts_page=data['texts'],
        list_page=data['list'],
        pump=data['pump'],
        wikidata=data['wikidata']['server'],
        item=data['wikidata']['item'],
        fallbacks=tuple(data['fallbacks']),
        text_page=data['text'],
        why_page=data['why'],
        ask_page=data['ask'],
        category=data['category'],
        text_editors=frozenset(data['text_editors']),
        engines=frozenset(map(EngineName, data['engines'])),
    )
