"""Board and box by the language of the reader, on a wiki whose MediaWiki:Lang tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from importlib.resources import as_file

import mwparserfromhell
import pytest

from globalban_bot.decide.tally import tally
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.summary import Row
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.board import render_board
from globalban_bot.render.box import render_box
from globalban_bot.render.in_languages import NOINDEX, in_languages
from globalban_bot.sample import TODAY, accounts, export
from globalban_bot.wikitext.page import reader_for
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import run_child
from tests.farm.client import Client, client_of
from tests.farm.farm import Farm
from tests.farm.onwiki import edit, page_id
from tests.farm.releases import ON_BOTH
from tests.farm.stage import META, OPEN, WIKI
from tests.farm.test_hostile_text import HOSTILE

SHOWN = ('en', *META.languages)
#: Language of the interface, and the one in which the page is read there.
READERS = {
    **{code: code for code in SHOWN},
    'gsw': 'de', 'de-at': 'de', 'arz': 'ar', 'oc': 'fr', 'qu': 'es', 'en-gb': 'en', 'ja': 'en',
}  # fmt: skip
Make = Callable[[Messages], str]


def meta_with_lang(farm: Farm, *codes: str) -> None:
    """Give the wiki MediaWiki:Lang as Meta has it: a page for each language, with its code."""
    edit(farm, 'MediaWiki:Lang', 'en')
    for code in codes:
        edit(farm, f'MediaWiki:Lang/{code}', code)


def board_of(text: str) -> Make:
    closed = TODAY + timedelta(days=2)
    rows = [Row(f'R/{text}', 12, TODAY, None, 1), Row(text, 13, TODAY, closed, 0)]
    return lambda messages: render_board(rows, messages, TODAY)


def table_of(text: str) -> Make:
    section = '=== Support ===\n# {{s}} x. [[User:A|A]] 10:00, 1 May 2025 (UTC)\n'
    page = f'== Proposal one {text} ==\n{section}== Proposal two {text} ==\n{section}'
    found: Tally = tally(reader_for(META).read(page))
    return lambda messages: render_box(found, META, messages, TODAY)


def alone(make: Make, language: str) -> str:
    """Return what is made in a language, without what stands outside of all languages."""
    return make(Messages(language)).rstrip().removesuffix(NOINDEX)


def expanded(client: Client, text: str, language: str) -> str:
    answer = client.post(
        action='expandtemplates', text=text, title='User:Request facts bot/Invented', prop='wikitext',
        uselang=language,
    )  # fmt: skip
    return str(answer['expandtemplates']['wikitext']).rstrip().removesuffix('__NOINDEX__')


def read(client: Client, title: str, language: str) -> str:
    """Return the HTML of a page as a reader without an account gets it."""
    return str(client.get(action='parse', page=title, prop='text', uselang=language)['parse']['text'])


def shown_in(html: str, kind: str) -> list[tuple[str, str]]:
    """Return language and direction of the bot's content in a page."""
    tags = mwparserfromhell.parse(html).filter_tags(matches=lambda tag: tag.has('class'))
    return [
        (str(tag.get('lang').value), str(tag.get('dir').value))
        for tag in tags
        if kind in str(tag.get('class').value)
    ]


@ON_BOTH
@pytest.mark.parametrize('made', [board_of, table_of], ids=lambda made: made.__name__)
def test_parser_reads_one_language(farm: Farm, made: Callable[[str], Make]) -> None:
    """It should come out of the parser letter by letter as the page in one language, whatever it holds."""
    meta_with_lang(farm, *META.languages)
    with client_of(farm, WIKI) as client:
        for text in ['plain', *HOSTILE, ' '.join(HOSTILE)]:
            page = in_languages(made(text), META.languages)
            assert page.count(NOINDEX) == 1
            for code in SHOWN:
                assert expanded(client, page, code) == alone(made(text), code), (code, text)


@ON_BOTH
@pytest.mark.parametrize('pages', [(), SHOWN, READERS], ids=['none', 'of the languages shown', 'all'])
def test_readers(farm: Farm, pages: Iterable[str]) -> None:
    """It should show readers their language or the nearest, and English where MediaWiki:Lang tells none."""
    if pages:
        meta_with_lang(farm, *pages)
    make = board_of('plain')
    with client_of(farm, WIKI) as client:
        for reader, code in READERS.items():
            told = expanded(client, in_languages(make, META.languages), reader)
            assert told == alone(make, code if pages else 'en'), reader
