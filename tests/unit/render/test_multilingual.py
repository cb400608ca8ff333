"""A page in several languages: each reader sees the one of their interface."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from globalban_bot.decide.tally import tally
from globalban_bot.errors import InternalError
from globalban_bot.i18n.languages import fallback_of
from globalban_bot.i18n.messages import Messages
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.board import board_facts, render_board, row_of
from globalban_bot.render.box import box_facts, render_box
from globalban_bot.render.multilingual import NOINDEX, in_languages, review_lines, translations
from tests.unit.decide.made import at, closed_at, closed_head, entry, proposal, request, tallied

META = load_profile('meta')
SHOWN = META.languages
Make = Callable[[Messages], str]


def board_of(title: str) -> Make:
    return lambda messages: render_board([row_of(tallied(title=title))], META, messages, at(9))


def box_of(heading: str) -> Make:
    found = tally(request(proposal(entry(1), heading=heading), proposal(entry(2), heading='Other')))
    return lambda messages: render_box(found, META, messages, at(3))


def parts(page: str) -> list[str]:
    """Split the switch at its pipes as MediaWiki's preprocessor does: it knows links and calls, no tables."""
    found, depth = [''], 1
    for token in re.split(r'(\[\[|\]\]|\{\{|\}\}|\|)', page.removeprefix('{{')):
        depth += (token in {'[[', '{{'}) - (token in {']]', '}}'})
        if not depth:
            break
        if token == '|' and depth == 1:
            found.append('')
        else:
            found[-1] += token
    return found


def cases(page: str) -> dict[str, str]:
    """Return what a reader of each code is shown."""
    switch, *others = parts(page)
    assert switch.strip() == '#switch:{{int:lang}}'
    shown: dict[str, str] = {}
    waiting: list[str] = []
    for one in others:
        code, equals, text = one.partition('=')
        waiting.append(code)
        if equals:
            shown |= dict.fromkeys(waiting, text.strip().replace('{{!}}', '|'))
            waiting = []
    return shown


def alone(make: Make, language: str) -> str:
    return make(Messages(language)).rstrip().removesuffix(NOINDEX)


def test_without_languages() -> None:
    """It should be letter by letter the English page where no language is offered."""
    assert in_languages(board_of('R/x'), []) == board_of('R/x')(Messages())


def test_one_switch() -> None:
    """It should hold each language in a case of its own, and what is of none behind them, once."""
    page = in_languages(lambda m: f'<b lang="{m.language}">a | [[b|c]] {{{{d|e}}}}</b>{NOINDEX}\n', ['de'])
    readers = '|'.join(code for code in cases(page) if code not in {'de', '#default'})
    assert page == (
        '{{#switch:{{int:lang}}\n'
        f'|{readers}|de=<b lang="de">a {{{{!}}}} [[b|c]] {{{{d|e}}}}</b>\n'
        '|#default=<b lang="en">a {{!}} [[b|c]] {{d|e}}</b>}}<noinclude>__NOINDEX__</noinclude>\n'
    )


#: Language of the interface, and the one that is read there.
READERS = {
    'de': 'de', 'gsw': 'de', 'de-at': 'de', 'bar': 'de', 'hsb': 'de', 'arz': 'ar', 'oc': 'fr', 'qu': 'es',
    'ja': None, 'en-gb': None, 'pt-br': None, 'nl': None,
}  # fmt: skip


@pytest.mark.parametrize(('reader', 'language'), READERS.items())
def test_nearest_language(reader: str, language: str | None) -> None:
    """It should give readers the nearest language of MediaWiki's fallback chain, and others English."""
    shown = cases(in_languages(board_of('R/x'), SHOWN))
    assert shown.get(reader) == (None if language is None else alone(board_of('R/x'), language))


def test_own_language_first() -> None:
    """It should not give a language that is shown to readers of another as if it were theirs."""
    shown = cases(in_languages(board_of('R/x'), ['fr', 'es']))
    assert fallback_of('avk')[:2] == ('fr', 'es')
    assert shown['avk'] == alone(board_of('R/x'), 'fr')


def test_lacking_a_message() -> None:
    """It should leave a language out as a whole that lacks a message: two never mix on a page."""
    lacking = [code for code in SHOWN if 'why-new' in Messages(code).source]
    assert lacking == [], 'this message is for operators'
    assert in_languages(lambda m: f'{m.get("box-title")} {m.get("why-new")}', SHOWN) == (
        'Facts about this request new page'
    )


def test_lacking_words_of_a_policy() -> None:
    """It should leave a language out in which a policy says what nobody has translated."""
    assert in_languages(lambda m: m.of_policy('Is it new?'), SHOWN) == 'Is it new?'


@pytest.mark.parametrize('key', ['no-such-message', 'Box-title'])
def test_our_own_mistakes(key: str) -> None:
    """It should not take a message that English lacks, too, for a lack of a translation."""
    with pytest.raises(InternalError, match=key):
        in_languages(lambda m: m.get(key) if m.language == 'de' else 'x', SHOWN)


@settings(deadline=None)
@given(st.text(alphabet='ab|={}[]!#\n<>-\'"&:;*~_ ', max_size=40) | st.text(max_size=40))
def test_no_text_ends_a_case(title: str) -> None:
    """It should show each language whole, whatever a title or a heading holds, and have no other case."""
    codes = {*cases(in_languages(lambda messages: messages.language, SHOWN))}
    for make in (board_of(f'R/{title}'), box_of(title)):
        shown = cases(in_languages(make, SHOWN))
        assert set(shown) == codes
        for code in SHOWN:
            assert shown[code] == alone(make, code)
        assert shown['#default'] == alone(make, 'en')


@pytest.mark.parametrize('code', SHOWN)
def test_unreviewed(code: str) -> None:
    """It should say in its language that nobody has reviewed a translation, and nothing where it counts."""
    said = [*review_lines(Messages(code))]
    assert said == [] if Messages(code).reviewed else len(said) == 1
    assert [*review_lines(Messages())] == []


def test_language_and_direction() -> None:
    """It should never let a text go without its language and direction."""
    for make in (board_of('R/x'), box_of('R/x')):
        shown = cases(in_languages(make, SHOWN))
        for code in SHOWN:
            direction = 'rtl' if code == 'ar' else 'ltr'
            assert f'lang="{code}" dir="{direction}">' in shown[code].partition('\n')[0]
            assert shown[code].endswith('</div>')


def test_translations_as_text() -> None:
    """It should tell one set of translations from another, and be the same for the same."""
    assert translations(SHOWN) == translations(SHOWN)
    assert len({translations(some) for some in (SHOWN, SHOWN[1:], SHOWN[:1], ())}) == 4


def test_new_translations_are_news() -> None:
    """It should count for the board and an open box, and let closed boxes be."""
    without = replace(META, languages=())
    opened, closed = tallied(entry(1)), tallied(entry(1), state=closed_at(at(8)), head=closed_head())
    english = Messages()
    assert box_facts(opened, META, english) != box_facts(opened, without, english)
    assert box_facts(closed, META, english) == box_facts(closed, without, english)
    assert board_facts([row_of(opened)], SHOWN) != board_facts([row_of(opened)])
