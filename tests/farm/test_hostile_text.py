"""Hostile text on a request page: board, box and log do nothing that those of a harmless twin do not do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from globalban_bot.decide.tally import tally
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.run import Run
from globalban_bot.model.state import Phase
from globalban_bot.model.summary import SummaryRow
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.board import render_board
from globalban_bot.render.box import render_box
from globalban_bot.render.log import log_line, render_log
from globalban_bot.render.multilingual import in_languages
from globalban_bot.wikitext.page import reader_for
from tests.farm.accounts import BOT, Account
from tests.farm.client import Client, client_of
from tests.farm.farm import Farm
from tests.farm.releases import ON_BOTH, ON_LTS

META = load_profile('meta')
NOW = datetime(2025, 5, 3, 14, 5, tzinfo=UTC)
HARMLESS = 'Harmless'
READER = Account('Bea Invented')
#: What an action=parse tells of what a page does beside showing text.
EFFECTS = tuple('templates links categories images externallinks iwlinks langlinks properties'.split())
HOSTILE = [
    '[[User:Bea Invented]] ~~~~',
    '~~~ and ~~~~~ and {{subst:PAGENAME}}',
    '{{Main Page}} {{PAGENAME}} {{#if:a|b}} {{{1}}}',
    '[[Category:Invented]] [[File:Invented.png]] [[de:Invented]] [[m:Invented]]',
    'https://evil.example/ [https://evil.example x] mailto:a@evil.example //evil.example',
    '<script>alert(1)</script><ref>x</ref><nowiki> </nowiki></div></div>',
    '|} || ! a !! b |- | c {| class="x"',
    "'''''bold''''' ''half __NOTOC__ __HIDDENCAT__ __INDEX__",
    'ISBN 0123456789 RFC 123 PMID 456 -{zh-hans:a; zh-hant:b}-',
    '&lt;b&gt; &#91;&#91;User:Bea Invented&#93;&#93; &amp;',
    '\u202e\u2066 turned \u200b\u200f around',
    '<!-- comment --> <includeonly>x</includeonly> <noinclude>y</noinclude> <onlyinclude>z</onlyinclude>',
    '#REDIRECT [[Main Page]]',
    '<a href="javascript:alert(1)">x</a><img src=x onerror=alert(1)>',
    '<templatestyles src="User:X/y.css" /><math>x</math><gallery>File:A.png</gallery>',
]


def board_of(text: str) -> str:
    rows = [
        SummaryRow(f'Requests for comment/{text}', 12, NOW, Phase.OPEN, None, 'open', 1),
        SummaryRow(text, 13, NOW, Phase.CLOSED, NOW, 'closed', 0),
    ]
    return in_languages(lambda messages: render_board(rows, META, messages, NOW), META.languages)


def box_of(text: str) -> str:
    section = '=== Support ===\n# {{s}} x. [[User:A|A]] 10:00, 1 May 2025 (UTC)\n'
    page = f'== Proposal one {text} ==\n{section}== Proposal two {text} ==\n{section}'
    found = tally(reader_for(META).read(page))
    return in_languages(lambda messages: render_box(found, META, messages, NOW), META.languages)


def log_of(text: str) -> str:
    return render_log([Run(NOW, 1, (log_line(text),))], Messages(), NOW)


PAGES = [board_of, box_of, log_of]


def effects(client: Client, text: str) -> dict[str, Any]:
    answer = client.post(
        action='parse', text=text, title='User:Request facts bot/Invented', contentmodel='wikitext', pst=1,
        prop='|'.join(EFFECTS), disablelimitreport=1,
    )['parse']  # fmt: skip
    return {name: answer[name] for name in EFFECTS}


@ON_BOTH
@pytest.mark.parametrize('made', PAGES, ids=lambda made: made.__name__)
def test_effects(farm: Farm, made: Any) -> None:
    """It should have the templates, links, categories and images of a harmless twin, and no others."""
    with client_of(farm, 'metawiki', BOT) as client:
        twin = effects(client, made(HARMLESS))
        for text in [*HOSTILE, ' '.join(HOSTILE)]:
            assert effects(client, made(text)) == twin, text


@ON_BOTH
@pytest.mark.parametrize('made', PAGES, ids=lambda made: made.__name__)
def test_pre_save_changes_nothing(farm: Farm, made: Any) -> None:
    """It should be saved as it was written: no signature, no substitution, no pipe trick."""
    with client_of(farm, 'metawiki', BOT) as client:
        for text in [*HOSTILE, ' '.join(HOSTILE)]:
            page = made(text)
            saved = client.post(
                action='parse', text=page, title='User:Request facts bot/Invented', onlypst=1,
                contentmodel='wikitext',
            )['parse']['text']  # fmt: skip
            assert saved == page.rstrip('\n'), text


@ON_LTS
def test_nobody_is_pinged(farm: Farm) -> None:
    """It should notify nobody whose name stands in a title, a heading or a failure."""
    farm.create_accounts('metawiki', READER)
    with farm.switch('metawiki', load=['Echo']), client_of(farm, 'metawiki', BOT) as client:
        for number, made in enumerate(PAGES):
            title = f'User:Request facts bot/{number}'
            assert client.edit(title, made(HARMLESS), bot=1)['edit']['result'] == 'Success'
            for text in HOSTILE:
                assert client.edit(title, made(text), bot=1)['edit']['result'] == 'Success'
        # A control: the same wiki does notify of a signed mention.
        client.edit('Talk:Invented page', f'== Subject ==\n[[User:{READER.name}]] see this. ~~~~')
        others = [one for one in farm.notifications('metawiki') if one.user != BOT.name]
        assert others == [('mention', READER.name)]
