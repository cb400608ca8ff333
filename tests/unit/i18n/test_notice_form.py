"""The form of a text of a notice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.i18n.notice_form import LONGEST, LONGEST_HEADING, problem_in
from globalban_bot.i18n.notices import load_notice_texts

EN = load_notice_texts().by_language['en'].texts
BODY = EN['community-body']
LINKS = r'its links must be [[$1|…]], [[$2|…]]'
UNSEEN = 'it has a line break, or a character that cannot be seen'
BEGIN = 'it begins with markup of a list or heading, or is a heading with "="'
EMPTY = 'it is empty, or begins or ends with a blank'
#: Texts that must not be posted, and what is said of each.
BAD_TEXTS: list[tuple[str, str, str]] = [
    ('community-body', BODY.replace('[[$1|', '[[$2|'), LINKS),
    ('community-body', BODY.replace('[[$1|request for comment]]', 'request'), LINKS),
    ('community-body', BODY.replace('request for comment', ' '), LINKS),
    ('community-body', BODY + ' [[User:A]]', "'[' must not stand in it"),
    ('community-body', BODY + ' ＿＿目次非表示＿＿', "'＿＿' must not stand in it"),
    ('why', '\u200b', 'it has a line break, or a character that cannot be seen'),
    ('why', 'Why\u061c not', 'it has a line break, or a character that cannot be seen'),
    ('community-body', BODY + ' [[Category:A|b]]', "'[' must not stand in it"),
    ('community-body', BODY + ' $3', 'its other parameters must be none'),
    ('community-body', BODY + ' $7', 'its other parameters must be none'),
    ('community-body', BODY + ' {{delete}}', "'{' must not stand in it"),
    ('community-body', BODY + ' <b>x</b>', "'<' must not stand in it"),
    ('community-body', BODY + ' <!-- globalban-notice 1 -->', "'<' must not stand in it"),
    ('community-body', BODY + " ''x''", '"\'\'" must not stand in it'),
    ('community-body', BODY + ' ~~~~', "'~' must not stand in it"),
    ('community-body', BODY + ' __NOTOC__', "'__' must not stand in it"),
    ('community-body', BODY + ' -{x}-', "'{' must not stand in it"),
    ('community-body', BODY + ' https://evil.example', "'//' must not stand in it"),
    ('community-body', BODY + ' //evil.example', "'//' must not stand in it"),
    ('community-body', BODY + ' mailto:a@evil.example', "'mailto:' must not stand in it"),
    ('community-body', BODY + ' &lt;', "'&lt;' must not stand in it"),
    ('community-body', BODY + ' RFC 1234', "'RFC ' must not stand in it"),
    ('community-body', BODY + '\n== x ==', UNSEEN),
    ('community-body', BODY + ' \u202e', UNSEEN),
    ('community-body', BODY + ' \ud800', UNSEEN),
    ('community-body', '* ' + BODY, BEGIN),
    ('community-body', BODY + 'x' * LONGEST, f'it is longer than {LONGEST} characters'),
    ('sent', 'Sent, $3.', 'its other parameters must be none'),
    ('community-heading', 'A heading', 'its other parameters must be $3'),
    ('community-heading', 'No. $3, $3', 'its other parameters must be $3'),
    ('why', '', EMPTY),
    ('why', ' Why', EMPTY),
    ('why', 'Why ', EMPTY),
    ('why', 'Why|not', "'|' must not stand in it"),
    ('community-heading', 'a = b $3', BEGIN),
    ('community-heading', '[[$1|a]]', 'its links must be none'),
    ('community-heading', 'x' * (LONGEST_HEADING + 1), f'it is longer than {LONGEST_HEADING} characters'),
]


@pytest.mark.parametrize(('key', 'text', 'said'), BAD_TEXTS)
def test_bad_text(key: str, text: str, said: str) -> None:
    """It should refuse a text with anything but words and the links that it must have, and say why."""
    assert problem_in(key, text, EN) == said


#: Texts that are not English, but as good.
GOOD_TEXTS: list[tuple[str, str]] = [
    ('community-body', 'Politik: [[$2|b]] – (c) „d“; [[$1|a]]! 50 %, a/b, e-f, « g » ?'),
    ('community-body', BODY + 'x' * (LONGEST - len(BODY))),
    ('community-heading', 'x' * (LONGEST_HEADING - 3) + ' $3'),
    ('why', 'a = b'),
    ('sent', 'Versandt, und zwar heute'),
]


@pytest.mark.parametrize(('key', 'text'), GOOD_TEXTS)
def test_good_text(key: str, text: str) -> None:
    """It should take parameters in another order, all sorts of punctuation, and the longest text."""
    assert problem_in(key, text, EN) is None


#: What never stands in a good text, at whatever place.
SIGNS = [
    '[',
    ']',
    '{',
    '}',
    '<',
    '>',
    '|',
    '~',
    "''",
    '__',
    '//',
    '&amp;',
    '\n',
    '\u202e',
    '\x00',
    '$9',
    ' a:b',
]


@given(st.integers(0, len(BODY)), st.sampled_from(SIGNS))
def test_sign_anywhere(place: int, sign: str) -> None:
    """It should refuse markup at any place of a good text, within its links, too."""
    assert problem_in('community-body', BODY[:place] + sign + BODY[place:], EN) is not None


@given(st.text(st.sampled_from("[]{}<>|~'&;_:/#*=-+! $3aZé\n\t\x00\u202e") | st.characters(), max_size=30))
def test_taken(text: str) -> None:
    """It should take nothing that is more than a line of words, whatever is offered."""
    if problem_in('why', text, EN) is None:
        assert text.strip() == text != ''
        assert not {*'[]{}<>|~'} & {*text}
        assert not {*'\n\t\x00\u202e'} & {*text}
