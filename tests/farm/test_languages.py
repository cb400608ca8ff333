"""Board and box by the language of the reader, on a wiki whose MediaWiki:Lang tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

import mwparserfromhell
import pytest

from globalban_bot.decide.tally import tally
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.gate import Gate
from globalban_bot.model.notice import NoticeState
from globalban_bot.model.state import Phase
from globalban_bot.model.summary import SummaryRow
from globalban_bot.model.tally import Tally
from globalban_bot.pages.notice_plan import render_notice_plan
from globalban_bot.render.board import render_board
from globalban_bot.render.box import render_box
from globalban_bot.render.multilingual import NOINDEX, in_languages
from globalban_bot.sample import TODAY
from globalban_bot.wikitext.page import reader_for
from tests.farm.client import Client, client_of
from tests.farm.farm import Farm
from tests.farm.onwiki import edit, page_id, pages
from tests.farm.releases import ON_BOTH
from tests.farm.stage import META, OPEN, WIKI, let_bot_run, name_languages
from tests.farm.test_hostile_text import HOSTILE
from tests.unit.render.notices import coverage, notice, plan, plan_page, target

SHOWN = ('en', *META.languages)
#: Language of the interface, and the one in which the page is read there.
READERS = {
    **{code: code for code in SHOWN},
    'gsw': 'de', 'de-at': 'de', 'arz': 'ar', 'oc': 'fr', 'qu': 'es', 'en-gb': 'en', 'ja': 'en',
}  # fmt: skip
Make = Callable[[Messages], str]


def board_of(text: str) -> Make:
    closed = TODAY + timedelta(days=2)
    rows = [
        SummaryRow(f'R/{text}', 12, TODAY, Phase.OPEN, None, 'open', 1),
        SummaryRow(text, 13, TODAY, Phase.CLOSED, closed, 'closed', 0),
    ]
    return lambda messages: render_board(rows, META, messages, TODAY)


def table_of(text: str) -> Make:
    section = '=== Support ===\n# {{s}} x. [[User:A|A]] 10:00, 1 May 2025 (UTC)\n'
    page = f'== Proposal one {text} ==\n{section}== Proposal two {text} ==\n{section}'
    found: Tally = tally(reader_for(META).read(page))
    return lambda messages: render_box(found, META, messages, TODAY)


def notices_of(number: int) -> str:
    """Return a page with a plan of notices, a part of which the box of the request shows."""
    covered = [
        coverage(NoticeState.DELIVERED, target('frwiki', 'fr')),
        coverage(NoticeState.NONE_FOUND, target('dewiki', 'de')),
    ]
    return render_notice_plan(plan_page(plan(notice()), Gate(()), covered), Messages(), META.languages)


def alone(make: Make, language: str) -> str:
    """Return what is made in a language, without what stands outside of all languages."""
    return make(Messages(language)).rstrip().removesuffix(NOINDEX)


def expanded(client: Client, text: str, language: str) -> str:
    answer = client.post(
        action='expandtemplates', text=text, title='User:Request facts bot/Invented', prop='wikitext',
        uselang=language,
    )  # fmt: skip
    return str(answer['expandtemplates']['wikitext']).rstrip().removesuffix('__NOINDEX__')


def read(client: Client, title: str, language: str) -> mwparserfromhell.wikicode.Wikicode:
    """Return the HTML of a page as a reader without an account gets it."""
    html = client.get(action='parse', page=title, prop='text', uselang=language)['parse']['text']
    return mwparserfromhell.parse(html)


def shown_in(html: mwparserfromhell.wikicode.Wikicode, kind: str) -> list[tuple[str, str]]:
    """Return language and direction of what the bot shows on a page."""
    tags = html.filter_tags(matches=lambda tag: tag.has('class') and kind in str(tag.get('class').value))
    return [(str(tag.get('lang').value), str(tag.get('dir').value)) for tag in tags]


@ON_BOTH
@pytest.mark.parametrize('made', [board_of, table_of], ids=lambda made: made.__name__)
def test_parser_reads_one_language(farm: Farm, made: Callable[[str], Make]) -> None:
    """It should come out of the parser letter by letter as the page in one language, whatever it holds."""
    name_languages(farm, META.languages)
    with client_of(farm, WIKI) as client:
        for text in ['plain', *HOSTILE, ' '.join(HOSTILE)]:
            page = in_languages(made(text), META.languages)
            assert page.count(NOINDEX) == 1
            for code in SHOWN:
                # What looks at the stop page is a call in each language, too.
                wanted = expanded(client, alone(made(text), code), code)
                assert expanded(client, page, code) == wanted, (code, text)


@ON_BOTH
@pytest.mark.parametrize('named', [(), SHOWN, READERS], ids=['none', 'of the languages shown', 'all'])
def test_readers(farm: Farm, named: Iterable[str]) -> None:
    """It should show readers their language or the nearest, and English where MediaWiki:Lang tells none."""
    if named:
        name_languages(farm, named)
    make = board_of('plain')
    with client_of(farm, WIKI) as client:
        for reader, code in READERS.items():
            told = expanded(client, in_languages(make, META.languages), reader)
            assert told == expanded(client, alone(make, code if named else 'en'), reader), reader


@ON_BOTH
def test_stopped(farm: Farm) -> None:
    """It should tell at the top of the board that the bot is stopped, in the language of the reader."""
    name_languages(farm, META.languages)
    edit(farm, 'Invented', in_languages(board_of('plain'), META.languages))
    with client_of(farm, WIKI) as client:
        for said in ('run', 'stop'):
            edit(farm, META.stop_page, said)
            for code in SHOWN:
                # The words before the link, which the parser leaves as they are.
                begins = Messages(code).get('board-stopped', '').partition(' ([[')[0]
                told = str(read(client, 'Invented', code))
                assert (f'<p>{begins} (' in told) is (said == 'stop'), code


#: By language: the direction, and what stands on the board, in a box, and there of the page of notices.
SEEN = {
    'en': ('ltr', 'Global ban requests', 'Facts about this request', 'notice found on 1 of 2'),
    'de': ('ltr', 'Anträge auf globalen Ausschluss', 'Angaben zu diesem Antrag', 'gefunden in 1 von 2'),
    'ar': ('rtl', 'طلبات المنع العام', 'معلومات عن هذا الطلب', 'عُثر على إشعار في 1'),
}


@ON_BOTH
def test_pages_of_the_bot(farm: Farm, tmp_path: Path) -> None:
    """It should show readers without an account board, box and a page with the box in their language."""
    name_languages(farm, META.languages)
    let_bot_run(farm, tmp_path)
    boxes = [page.text for page in pages(farm).values() if 'globalban-facts' in page.text]
    assert len(boxes) > 5
    for code in META.languages:
        begins = f'={Messages(code).div("globalban-facts")}'
        assert all(begins in text for text in boxes), f'{code} is left out'
    number = page_id(farm, OPEN)
    box = META.box_title(number)
    edit(farm, 'Invented', f'{{{{{box}}}}}\n\n== Support ==\n# Yes.')
    assert META.notices is not None
    edit(farm, META.notices.plan_page.format(page_id=number), notices_of(number))
    with client_of(farm, WIKI) as client:
        for reader in ('en', 'de', 'gsw', 'ar', 'ja'):
            language = READERS[reader]
            direction, listed, facts, found = SEEN[language]
            board = read(client, META.board_page, reader)
            assert listed in board
            assert shown_in(board, 'globalban-board') == [(language, direction)]
            for title in (box, 'Invented'):
                html = read(client, title, reader)
                assert facts in html
                assert found in html
                assert shown_in(html, 'globalban-facts') == [(language, direction)]
                assert [left for left in ('#switch', '#ifexist', '{{', '⧼') if left in html] == []
