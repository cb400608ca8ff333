"""The templates of the kit, as the real parser shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.command import CommandName
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.board import render_board
from globalban_bot.render.kit import kit_pages
from globalban_bot.sample import TODAY
from tests.farm.accounts import Account, BotPassword
from tests.farm.browser import opened, started_browser
from tests.farm.client import client_of
from tests.farm.farm import Farm
from tests.farm.onwiki import edit, page_id
from tests.farm.releases import ON_BOTH, ON_LTS
from tests.farm.stage import LOOKS, address
from tests.farm.test_looks import SKINS_OWN

WIKI = 'metawiki'
META = load_profile('meta')
assert META.commands is not None
assert META.kit is not None
#: The profile, with words of another language.
PROFILE = replace(
    META, commands=replace(META.commands, words={**META.commands.words, 'nachzählen': CommandName.RECOUNT})
)
MESSAGES = Messages()
HELP = MESSAGES.get('ask-help', '').partition(',')[0]
#: What is read of messages with a link: it is a text between other texts.
LINK = re.compile(r'\[\[[^|]*\|([^]]*)\]\]')


def read(key: str, *parameters: str | int) -> str:
    """Return a message as it is read, with links to pages."""
    return ' '.join(LINK.sub(r' \1 ', MESSAGES.get(key, *parameters)).split())


UNKNOWN = read('ask-unknown', META.report_page)
WAITING = read('ask-waiting', META.report_page, META.stop_page, META.commands.person, META.commands.page)
STOPPED = read('ask-stopped', META.stop_page)
#: Who speaks is told before each answer.
LABEL = f'{MESSAGES.get("ask-label")} : '
ASK, BOX = META.commands.template, META.kit.box
TALK = 'Requests for comment/A page'
DIV = re.compile(r'<div class="globalban-answer mw-content-ltr" lang="en" dir="ltr">(.*?)</div>', re.DOTALL)


@dataclass
class Shown:
    """What the parser makes of a text.

    :param html: without the wrapper
    :param found: all that it answered
    """

    html: str
    found: dict[str, Any]

    @property
    def text(self) -> str:
        """What is read."""
        return ' '.join(re.sub(r'<style.*?</style>|<[^<>]*>', ' ', self.html).split())

    @property
    def around(self) -> str:
        """The page around what the template shows, without white space between elements."""
        return re.sub(r'\s*(<[^<>]+>)\s*', r'\1', DIV.sub('X', self.html))


def show(farm: Farm, text: str, title: str = TALK) -> Shown:
    """Parse a text, see to it that it does no harm to its page, and return what is shown."""
    with client_of(farm, WIKI) as client:
        answer = client.post(
            action='parse', title=title, text=text, contentmodel='wikitext', disablelimitreport=1,
            prop='text|categories|links|externallinks|parsewarnings', wrapoutputclass='',
        )['parse']  # fmt: skip
    shown = Shown(answer['text'].strip(), answer)
    assert (answer['categories'], answer['parsewarnings'], answer['externallinks']) == ([], [], [])
    assert 'class="error"' not in shown.html
    assert not any(link['title'] == 'User:Request facts bot' for link in answer['links'])
    return shown


def ask(farm: Farm, *words: str, title: str = TALK) -> str:
    """Return the answer that is shown, after who gives it."""
    text = show(farm, f'{{{{{"|".join([ASK, *words])}}}}}', title).text
    assert text.startswith(LABEL)
    return text.removeprefix(LABEL)


@pytest.fixture
def farm(farm: Farm) -> Farm:
    """Give a wiki with the kit and a page on which to ask."""
    for page in kit_pages(PROFILE, MESSAGES, styled=False):
        if page.model == 'wikitext':
            edit(farm, page.title, page.text)
    edit(farm, TALK, 'a page')
    return farm


def answered(farm: Farm, cases: str) -> None:
    """Give the page an answer."""
    assert META.commands is not None
    text = f'<includeonly>{{{{#switch:{{{{{{1|}}}}}}/{{{{{{2|}}}}}}|{cases}|#default=}}}}</includeonly>'
    edit(farm, META.commands.answers_page(page_id(farm, TALK)), text)


@ON_BOTH
def test_help(farm: Farm) -> None:
    """It should show all that can be asked, ready to be copied, also where nothing is asked."""
    for words in ((), ('',), ('help',), (' HELP ',), ('help', '7'), ('1=',), ('1= help ',)):
        shown = ask(farm, *words)
        assert shown.startswith(HELP), words
        assert all(f'{{{{{ASK}|{word}' in shown for word in (*(one.value for one in CommandName), 'help'))


def test_unknown(farm: Farm) -> None:
    """It should say that there is no such command, show the right ones, and repeat nothing."""
    for word in ('hepl', '?', '#default', 'recount hepl', '<nowiki>recount</nowiki>', '[[hepl]]'):
        shown = ask(farm, word)
        assert shown.startswith(UNKNOWN), word
        assert f'{{{{{ASK}|recount}}}}' in shown
        assert 'hepl' not in shown


def test_waiting(farm: Farm) -> None:
    """It should say, for every word, that the answer will come, where there is no page of answers."""
    words = (*(one.value for one in CommandName), 'nachzählen', ' Nachzählen ', 'RECOUNT')
    assert {word: ask(farm, word) for word in words} == dict.fromkeys(words, WAITING)


#: Texts of a stop page with which the bot does not run, or could not be believed to.
STOP_PAGES = {
    'another word': 'stop',
    'nearly the word': 'Run',
    'more than the word': 'run LEAK',
    'three other letters': "'''",
    'nothing': '',
    'a category': 'run[[Category:Invented]]',
    'an indicator': '<indicator name="x">LEAK</indicator>run',
    'a title and a place in lists': 'run __HIDDENCAT__{{DISPLAYTITLE:LEAK}}{{DEFAULTSORT:LEAK}}',
    'other pages': f'{{{{Invented}}}}{{{{{ASK}|recount}}}}[[File:Invented.png]]https://evil.example run',
    'itself': f'{{{{{META.stop_page}}}}}run',
    'parts that are not included': 'run<noinclude>LEAK</noinclude><!-- LEAK -->',
    'what ends a call': 'run}}}} | LEAK | {{{{run',
    'a redirect': '#REDIRECT [[Invented]]',
    'two megabytes': 'run LEAK ' * 200_000 + '{{Invented}}' * 20_000,
}
EFFECTS = (
    'text|categories|images|indicators|properties|templates|modules|langlinks|externallinks|parsewarnings'
)


def effects(farm: Farm, text: str) -> dict[str, Any]:
    """Return all that a text does to its page; a link to a redirect looks like any other one."""
    with client_of(farm, WIKI) as client:
        answer = client.post(
            action='parse', title=TALK, text=text, contentmodel='wikitext', disablelimitreport=1, prop=EFFECTS
        )
    found: dict[str, Any] = answer['parse']
    return {**found, 'text': found['text'].replace(' class="mw-redirect"', '')}


@ON_BOTH
def test_stopped(farm: Farm) -> None:
    """It should promise no answer while the bot is stopped, and show or do nothing of the stop page."""
    board = render_board([], META, MESSAGES, TODAY)
    text = f'* {{{{{ASK}|recount}}}}\n* b\n\n{board}'
    edit(farm, META.stop_page, 'stop')
    plain = effects(farm, text)
    for name, said in STOP_PAGES.items():
        edit(farm, META.stop_page, said)
        assert effects(farm, text) == plain, name
        assert (ask(farm, 'recount'), ask(farm, 'status')) == (STOPPED, STOPPED), name
        assert read('board-stopped', META.stop_page) in show(farm, board).text, name
    assert show(farm, f'* {{{{{ASK}|recount}}}}\n* b').around == '<ul><li>X</li><li>b</li></ul>'


@ON_BOTH
def test_running(farm: Farm) -> None:
    """It should say nothing of a stop as long as the stop page is the one word; none at all means stop."""
    board = render_board([], META, MESSAGES, TODAY)
    assert ask(farm, 'recount') == WAITING
    shown = show(farm, board)
    assert 'stopped' not in shown.text
    assert '<br' not in shown.html
    gone = replace(PROFILE, stop_page=f'{META.stop_page}/Not there')
    for page in kit_pages(gone, MESSAGES, styled=False):
        if page.title.startswith(ASK):
            edit(farm, page.title, page.text)
    assert ask(farm, 'recount') == STOPPED
    assert 'The bot is stopped' in show(farm, render_board([], gone, MESSAGES, TODAY)).text


@ON_BOTH
def test_answer_while_stopped(farm: Farm) -> None:
    """It should show an answer that is there, and what can be asked, whether the bot is stopped or not."""
    answered(farm, 'recount/=The answer.')
    edit(farm, META.stop_page, 'stop')
    assert ask(farm, 'recount') == 'The answer.'
    assert ask(farm, 'status') == STOPPED
    assert ask(farm, 'help').startswith(HELP)
    assert ask(farm, 'hepl').startswith(UNKNOWN)


#: What is asked, and what the page of answers is asked for then.
ASKED: list[tuple[tuple[str, ...], str]] = [
    (('recount',), 'recount/'),
    (('Recount', ' '), 'recount/'),
    (('nachzählen',), 'recount/'),
    ((' nachzählen\n', ' 123 '), 'recount/123'),
    (('2=123', '1=recount'), 'recount/123'),
    (('status', '123456789012345'), 'status/123456789012345'),
    (('status', '123456789012345678901'), 'status/?'),
]
#: Arguments that are no number.
ODD = 'x|1.5|-1|+1|1e5|12 3|[[1]]|<b>1</b>|0x1|1+1|pi|#1|{{PAGENAME}}|<nowiki>1</nowiki>|1/2'.split('|')


def test_answer(farm: Farm) -> None:
    """It should ask the page of answers for the English word and a fitting argument, and show the answer."""
    asked = [*ASKED, *((('coverage', odd), 'coverage/?') for odd in ODD)]
    answered(farm, '|'.join(f'{key}=Answer to {key}.' for key in {key for _, key in asked}))
    assert [(words, ask(farm, *words)) for words, _ in asked] == [
        (words, f'Answer to {key}.') for words, key in asked
    ]
    assert ask(farm, 'coverage', '77') == WAITING


@ON_BOTH
def test_page_with_answers(farm: Farm) -> None:
    """It should show an answer on its own page alone, not on another, and not where nothing is saved yet."""
    answered(farm, 'recount/=The answer.')
    edit(farm, 'Another page', 'a page')
    assert ask(farm, 'recount') == 'The answer.'
    assert ask(farm, 'recount', title='Another page') == WAITING
    assert ask(farm, 'recount', title='Talk:Not there') == WAITING


#: Lists with a place in them, and what is to become of them.
LISTS = {
    '* a\n* {}\n* b': '<ul><li>a</li><li>X</li><li>b</li></ul>',
    '# a\n# {}\n# b': '<ol><li>a</li><li>X</li><li>b</li></ol>',
    ':{}\n:b': '<dl><dd>X</dd><dd>b</dd></dl>',
    '* a\n** {}\n* b': '<ul><li>a<ul><li>X</li></ul></li><li>b</li></ul>',
    '* a {} c\n* b': '<ul><li>a X c</li><li>b</li></ul>',
}


@ON_BOTH
def test_in_a_list(farm: Farm) -> None:
    """It should leave the list whole in which it stands, whatever it shows."""
    answered(farm, 'status/=The answer.')
    for word in ('help', 'hepl', 'recount', 'status'):
        shown = {before: show(farm, before.format(f'{{{{{ASK}|{word}}}}}')).around for before in LISTS}
        assert shown == LISTS, word


def test_template_page(farm: Farm) -> None:
    """It should show the guide on the template's own page, and be no command there."""
    for title in (ASK, BOX):
        with client_of(farm, WIKI) as client:
            answer = client.get(action='parse', page=title, prop='text|categories')['parse']
        assert 'This template' in answer['text'] or 'By this template' in answer['text']
        assert WAITING not in answer['text']
        assert answer['categories'] == []


def test_guide_lists_words(farm: Farm) -> None:
    """It should tell in the guide by which other words can be asked."""
    assert 'For recount you may write nachzählen .' in show(farm, f'{{{{{ASK}/doc}}}}').text


@ON_BOTH
def test_box(farm: Farm) -> None:
    """It should show the box of a request, by its number or on its own page, or say that there is none."""
    number = page_id(farm, TALK)
    none = MESSAGES.get('kit-no-box')
    forms = (f'{{{{{BOX}|{number}}}}}', f'{{{{{BOX}| {number} }}}}', f'{{{{{BOX}}}}}', f'{{{{{BOX}|}}}}')
    assert [show(farm, form).text for form in forms] == [none] * 4
    edit(farm, META.box_title(number), '<!-- a marker -->\n<div class="globalban-facts">\n* Facts\n</div>')
    assert [show(farm, form).text for form in forms] == ['Facts'] * 4
    odd = ('x', '<', '[[a]]', '../Run', '7|8')
    assert [show(farm, f'{{{{{BOX}|{one}}}}}').text for one in odd] == [none] * len(odd)


@ON_BOTH
class TestStyles:
    """On a wiki with TemplateStyles."""

    @pytest.fixture
    def farm(self, farm: Farm) -> Iterator[Farm]:
        with farm.switch(WIKI, load=['TemplateStyles']):
            for page in kit_pages(META, MESSAGES, styled=True):
                if page.model == 'wikitext':
                    edit(farm, page.title, page.text)
            yield farm

    def test_not_there(self, farm: Farm) -> None:
        """It should show no error where somebody has deleted the style sheet."""
        assert '<style' not in show(farm, f'{{{{{ASK}|recount}}}}').html
        assert ask(farm, 'recount') == WAITING

    def test_there(self, farm: Farm) -> None:
        """It should bring the style sheet, and leave a list whole."""
        assert META.kit is not None
        (styles,) = (one for one in kit_pages(META, MESSAGES, styled=True) if one.model == 'sanitized-css')
        with client_of(farm, WIKI, Account('Farm bot', bot_password=BotPassword())) as client:
            answer = client.edit(styles.title, styles.text)
            bad = client.edit(styles.title, '.a { border-color: var(--border-color-base, #fff); }')
        assert answer['edit']['contentmodel'] == 'sanitized-css'
        assert 'border-color' in bad['error']['info']
        shown = show(farm, f'* {{{{{ASK}|recount}}}}\n* b')
        assert '--border-color-base' in shown.html
        plain = re.sub(r'<style.*?</style>', '', shown.html, flags=re.DOTALL)
        assert Shown(plain, {}).around == '<ul><li>X</li><li>b</li></ul>'
        assert 'var(' in show(farm, f'{{{{{BOX}|7}}}}').html


@ON_LTS
def test_pings_nobody(farm: Farm) -> None:
    """It should notify nobody, though the comment is signed."""
    writer = Account('Ada Invented', bot_password=BotPassword())
    farm.create_accounts(WIKI, writer, Account('Request facts bot'))
    with farm.switch(WIKI, load=['Echo']), client_of(farm, WIKI, writer) as client:
        text = f'== Subject ==\n* {{{{{ASK}|recount}}}} ~~~~\n* {{{{{ASK}}}}} ~~~~\n* {{{{{ASK}|hepl}}}} ~~~~'
        client.edit('Talk:Invented page', text)
        kinds = {kind for kind, _ in farm.notifications(WIKI)}
    assert kinds == {'thank-you-edit'}


@ON_LTS
def test_looks(farm: Farm) -> None:
    """It should be read well by everybody: by night, from the right, on a telephone; each in a frame."""
    assert META.kit is not None
    edit(farm, META.box_title(page_id(farm, TALK)), '<div class="globalban-facts">\n* Facts\n</div>')
    lines = (f'* {{{{{ASK}|{word}}}}}' for word in ('help', 'hepl', 'status'))
    edit(farm, TALK, '\n'.join([f'{{{{{BOX}}}}}', *lines]))
    with farm.switch(WIKI, load=['TemplateStyles']), started_browser() as browser:
        for page in kit_pages(META, MESSAGES, styled=True):
            edit(farm, page.title, page.text)
        for name, look in LOOKS.items():
            with opened(browser, address(farm, TALK, look), look.view) as sight:
                assert (sight.overhang(), sight.faults, sight.strangers) == (0, [], []), name
                assert sight.violations('.globalban-answer', without=SKINS_OWN) == [], name
                assert sight.violations('.globalban-facts') == [], name
                frames = sight.page.eval_on_selector_all(
                    '.globalban-answer, .globalban-facts',
                    'all => all.map(one => getComputedStyle(one).borderTopStyle)',
                )
                assert frames == ['solid'] * 4, name
