"""Text from a wiki, made harmless."""

from __future__ import annotations

import html
import json
import unicodedata

import mwparserfromhell
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from mwparserfromhell.nodes import HTMLEntity, Text

from globalban_bot.render.escape import escape, escape_json, for_terminal, one_line

#: Text in which the signs of wikitext stand close together, and any other text.
MARKUP = st.lists(
    st.sampled_from(
        [
            *'"&\'<=>[]{|};!#*:-_~+/ \t\n\r\f\x00\x0b',
            'ISBN',
            'RFC',
            'PMID',
            'mailto',
            'HTTP',
            'a',
            'é',
            '1',
            '\u00a0',
        ]
    ),
    max_size=12,
).map(''.join)
TEXT = st.one_of(MARKUP, st.text(), st.text(st.characters(categories=['Cc', 'Cf', 'Po', 'Ps', 'Pe', 'Sm'])))


@given(TEXT)
@example('')
@example(''.join(map(chr, range(256))))
@example('&amp; &#38; &lt;nowiki>')
def test_decodes_to_itself(text: str) -> None:
    """It should write any text, control characters included, so that decoding gives it back."""
    assert html.unescape(escape(text)) == text


@given(TEXT)
@example('a!!!b')
@example('a\r\n* item')
@example("'''bold''' [[link]] {{template}} <br> http://example.org")
@example('* item')
@example('----')
def test_holds_no_markup(text: str) -> None:
    """It should leave a parser nothing but text and entities."""
    assert {type(node) for node in mwparserfromhell.parse(escape(text)).nodes} <= {Text, HTMLEntity}


@given(TEXT)
@example('!!!')
@example('a!!!')
@example('~~~~~~~')
@example('_____')
def test_holds_no_token(text: str) -> None:
    """It should leave none of the tokens that have a meaning anywhere in a line."""
    escaped = escape(text)
    assert not [
        token
        for token in ('!!', '~~~', '__', '＿＿', '://', "''", '[', '{', '|', '<', '=')
        if token in escaped
    ]


@given(TEXT)
@example('_')
@example('~')
@example('a~')
def test_is_safe_between_signs(text: str) -> None:
    """It should join no sign beside it to a token: what stands around it stays outside."""
    escaped = escape(text)
    for sign, token in (('_', '__'), ('＿', '＿＿'), ('~~', '~~~')):
        assert token not in sign + escaped[:2]
        assert token not in escaped[-2:] + sign


#: What ``wfEscapeWikiText`` makes of a text (MediaWiki, includes/GlobalFunctions.php).
MEDIAWIKI: list[tuple[str, str]] = [
    ('', ''),
    ('plain text', 'plain text'),
    ('日本語 العربية', '日本語 العربية'),
    ('"', '&#34;'),
    ('&', '&#38;'),
    ("'", '&#39;'),
    ('<', '&#60;'),
    ('=', '&#61;'),
    ('>', '&#62;'),
    ('[', '&#91;'),
    (']', '&#93;'),
    ('{', '&#123;'),
    ('|', '&#124;'),
    ('}', '&#125;'),
    (';', '&#59;'),
    ('&amp;', '&#38;amp&#59;'),
    ('a!b', 'a!b'),
    ('a!!b', 'a&#33;!b'),
    ('!a', '&#33;a'),
    ('a\n!b', 'a\n&#33;b'),
    ('a\r!b', 'a&#13;!b'),
    ('#a', '&#35;a'),
    ('a#b', 'a#b'),
    ('a\n#b', 'a\n&#35;b'),
    ('*a', '&#42;a'),
    ('a\n*b', 'a\n&#42;b'),
    (':a', '&#58;a'),
    ('a:b', 'a:b'),
    ('a\n:b', 'a\n&#58;b'),
    (' a', '&#32;a'),
    ('a\n b', 'a\n&#32;b'),
    ('\ta', '&#9;a'),
    ('a\n\tb', 'a\n&#9;b'),
    ('a\nb', 'a\nb'),
    ('a\n\nb', 'a\n&#10;b'),
    ('a\n\rb', 'a\n&#13;b'),
    ('a\r\rb', 'a&#13;&#13;b'),
    ('a\r\nb', 'a&#13;\nb'),
    ('---', '&#45;--'),
    ('----', '&#45;---'),
    ('a\n---', 'a\n---'),
    ('a\n----', 'a\n&#45;---'),
    ('a----', 'a----'),
    ('a_b', 'a_b'),
    ('a__b', 'a_&#95;b'),
    ('__TOC__', '&#95;&#95;TOC_&#95;'),
    ('_', '&#95;'),
    ('a_', 'a&#95;'),
    ('~', '&#126;'),
    ('a~b', 'a~b'),
    ('a~~~b', 'a~~&#126;b'),
    ('a~', 'a&#126;'),
    ('+a', '&#43;a'),
    ('-a', '&#45;a'),
    ('a+', 'a+'),
    ('a\n', 'a&#10;'),
    ('a\t', 'a&#9;'),
    ('\n', '&#10;'),
    ('http://a', 'http&#58;//a'),
    ('//a', '//a'),
    ('mailto:a', 'mailto&#58;a'),
    ('MAILTO:a', 'MAILTO&#58;a'),
    ('amailto:a', 'amailto:a'),
    ('tel:1', 'tel&#58;1'),
    ('hotel:1', 'hotel:1'),
    ('news:a', 'news&#58;a'),
    ('ISBN 1', 'ISBN&#32;1'),
    ('ISBN\t1', 'ISBN&#9;1'),
    ('ISBN\f1', 'ISBN&#12;1'),
    ('RFC\n1', 'RFC&#10;1'),
    ('PMID\r1', 'PMID&#13;1'),
    ('isbn 1', 'isbn 1'),
    ('{{subst:a}}', '&#123;&#123;subst:a&#125;&#125;'),
    ('-{a;b}-', '&#45;&#123;a&#59;b&#125;-'),
    ('<!-- a -->', '&#60;!-- a --&#62;'),
    ('</nowiki>~~~~', '&#60;/nowiki&#62;~~&#126;&#126;'),
]


@pytest.mark.parametrize(('text', 'escaped'), MEDIAWIKI)
def test_as_mediawiki(text: str, escaped: str) -> None:
    """It should write what MediaWiki's own function writes."""
    assert escape(text) == escaped


@pytest.mark.parametrize('token', ['!!', '~~~', '__', '＿＿'])
@pytest.mark.parametrize('length', range(2, 12))
def test_runs_of_any_length(token: str, length: int) -> None:
    """It should break a run of a sign, however long it is."""
    assert token not in escape(f'a{token[0] * length}b')


ONE_LINE: dict[str, tuple[str, str]] = {
    'empty': ('', ''),
    'plain': ('Ada Bel', 'Ada Bel'),
    'line breaks': ('a\nb\r\nc\u2028d\u0085e', 'a b c d e'),
    'blanks of all kinds': ('  a \t\u00a0\u3000 b  ', 'a b'),
    **{
        f'text turned around by U+{number:04X}': (f'a{chr(number)}b', 'ab')
        for number in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    },
    'text hidden': ('a\u200bb\ufeffc\u2060d', 'abcd'),
    'control characters': ('a\x00b\x1b[31mc\x7fd', 'ab[31mcd'),
    'control characters of the second set': ('a\x80b\x9b31mc\x9fd', 'ab31mcd'),
    'letters and accents apart': ('e\u0301', 'é'),
    'emoji that are joined': ('👩\u200d💻', '👩\u200d💻'),
    'wide letters': ('日本語', '日本語'),
}


@pytest.mark.parametrize(('text', 'wanted'), ONE_LINE.values(), ids=ONE_LINE)
def test_one_line(text: str, wanted: str) -> None:
    """It should give a text one plain line."""
    assert one_line(text) == wanted


@pytest.mark.parametrize(
    ('text', 'wanted'),
    [('abcde', 'abcde'), ('abcdef', 'abcd…'), ('abc def', 'abc…'), ('     abcde     ', 'abcde')],
)
def test_one_line_is_cut(text: str, wanted: str) -> None:
    """It should cut a text to a length, the ellipsis included."""
    assert one_line(text, 5) == wanted


@given(st.text(), st.integers(1, 20))
@example('\x9b31m', 20)
@example('e\u200b\u0301', 20)
def test_one_line_of_any_text(text: str, longest: int) -> None:
    """It should keep its promises for any text: one line, short, no controls, done once for all."""
    line = one_line(text, longest)
    assert len(line) <= longest
    assert len(line.splitlines()) <= 1
    assert not {'Cc', 'Zl', 'Zp'} & {unicodedata.category(char) for char in line}
    assert one_line(line, longest) == line


#: Characters that turn or hide text, or that a terminal takes for orders.
TRICKS = [
    '\x9b',
    '\x1b',
    '\x7f',
    '\xad',
    '\u202e',
    '\u2066',
    '\u200b',
    '\u206a',
    '\ufff9',
    '\U000e0041',
    '\U000e0100',
]


@pytest.mark.parametrize('trick', TRICKS)
def test_tricks(trick: str) -> None:
    """It should take out of a line, and escape in JSON, what turns or hides the text around it."""
    assert one_line(f'a{trick}b') == for_terminal(f'a{trick}b') == 'ab'
    written = escape_json(json.dumps([f'a{trick}b', 'é'], ensure_ascii=False))
    assert trick not in written
    assert 'é' in written
    assert json.loads(written) == [f'a{trick}b', 'é']


def test_no_colours() -> None:
    """It should leave no sign that pywikibot takes for a colour; three in a row are parted, too."""
    assert for_terminal('<<red>>x<<default>> <<<red>>') == '< <red>>x< <default>> < < <red>>'
