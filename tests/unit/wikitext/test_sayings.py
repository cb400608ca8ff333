"""Who said what, by the history of a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.model.approval import Word
from globalban_bot.model.revision import Revision
from globalban_bot.wikitext.sayings import LONGEST_LINE, MOST, Form, Line, line_at, read_sayings
from tests.unit.made_accounts import NOW

PEOPLE = ('Ada', 'Bo', 'Cid', 'Dot', 'Eve')
WORDS = {'w': (Word.WAIVE, ''), 'a': (Word.APPROVE, '1'), 'b': (Word.APPROVE, '2'), 'h': (Word.HOLD, '')}


def lines(text: str) -> Iterator[Line]:
    """Return all lines; the letters of a name say nothing."""
    for line in text.split():
        for at, sign in enumerate(line):
            if sign in WORDS and not line[at - 1 : at].isalpha():
                yield Line(*WORDS[sign], line, line[at:])


def shown(text: str) -> Iterator[Line]:
    """Return the lines that say something; what is hidden begins with an exclamation mark."""
    yield from (line for line in lines(text) if not line.written.startswith('!'))


def signer(line: str) -> str | None:
    return next((name for name in PEOPLE if line.endswith(name)), None)


FORM = Form(shown, signer, lines)
SIGNED = Form(shown, signer)


def page(*texts: str | None) -> list[Revision]:
    """Return revisions, the first by Ada, the next by Bo, and so on."""
    return [
        Revision(number, NOW + timedelta(minutes=number), PEOPLE[number % 5], text, is_first=number == 0)
        for number, text in enumerate(texts)
    ]


def told(*texts: str | None, form: Form = FORM) -> list[tuple[str, str | None, int, bool]]:
    signs = {says: sign for sign, says in WORDS.items()}
    found = read_sayings(page(*texts), form)
    return [(signs[one.word, one.digest], one.author, one.revision, one.stands) for one in found]


#: Texts of a page (a line is a word, "!" hides it, a name at its end signs it); then what was said, by whom,
#: in which revision, and whether it stands.
TABLE: list[tuple[str, list[str | None], list[tuple[str, str | None, int, bool]]]] = [
    ('by who wrote it', ['', 'w'], [('w', 'Bo', 1, True)]),
    ('still by who wrote it, when others write, too', ['w', 'w x', 'y w x'], [('w', 'Ada', 0, True)]),
    (
        'by nobody, when it was taken out and put back',
        ['w', '', 'w'],
        [('w', 'Ada', 0, False), ('w', None, 2, True)],
    ),
    ('by who writes it in another way', ['w', '', 'w.'], [('w', 'Ada', 0, False), ('w', 'Cid', 2, True)]),
    ('by nobody, when somebody takes away what hid it', ['!w', 'w'], [('w', None, 1, True)]),
    ('by nobody, though its line was changed as well', ['!w', 'w.'], [('w', None, 1, True)]),
    ('by who writes it beside one that is hidden', ['!w', '!w w.'], [('w', 'Bo', 1, True)]),
    ('by nobody, when somebody else has signed it', ['', 'wCid'], [('w', None, 1, True)]),
    ('by who has signed and saved it', ['', 'wBo'], [('w', 'Bo', 1, True)]),
    ('by who wrote it, whoever moves it in its list', ['w', '*w'], [('w', 'Ada', 0, True)]),
    ('by who signs it then', ['w', 'wBo'], [('w', 'Ada', 0, False), ('w', 'Bo', 1, True)]),
    (
        "by who signs in the place of what was nobody's",
        ['!w', 'w', 'wCid'],
        [('w', None, 1, False), ('w', 'Cid', 2, True)],
    ),
    ('by two, when two write the same', ['w', 'w w'], [('w', 'Ada', 0, True), ('w', 'Bo', 1, True)]),
    ('by none of two that are alike, when one is gone', ['w w', 'w'], [('w', 'Ada', 0, False)] * 2),
    ('by who makes another of it', ['a', 'b'], [('a', 'Ada', 0, False), ('b', 'Bo', 1, True)]),
    ('a hold also by who puts it back', ['h', '', 'h'], [('h', 'Ada', 0, False), ('h', 'Cid', 2, True)]),
    ('a hold also by who brings it to light', ['!h', 'h'], [('h', 'Bo', 1, True)]),
    ('no longer, when the page was moved or protected', ['w', 'w'], [('w', 'Ada', 0, False)]),
    ('anew after that', ['w', 'w', 'w w'], [('w', 'Ada', 0, False), ('w', 'Cid', 2, True)]),
    ('no longer, when a text is hidden', ['w', None], [('w', 'Ada', 0, False)]),
    ('by nobody after a hidden text', ['w', None, 'w'], [('w', 'Ada', 0, False), ('w', None, 2, True)]),
    ('not even a hold by somebody after a hidden text', [None, 'h'], [('h', None, 1, True)]),
]  # fmt: skip


@pytest.mark.parametrize(('it', 'texts', 'expected'), TABLE, ids=[it for it, _, _ in TABLE])
def test_said(it: str, texts: list[str | None], expected: list[tuple[str, str | None, int, bool]]) -> None:
    """It should tell what was said by whom, and whether it stands."""
    assert told(*texts) == expected


#: The same on a page where people must sign; a digit is the time of a signature.
MUST_SIGN: list[tuple[str, list[str | None], list[tuple[str, str | None, int, bool]]]] = [
    ('by who saved and signed it', ['', 'w1Bo'], [('w', 'Bo', 1, True)]),
    ('by nobody, without a signature', ['', 'w'], [('w', None, 1, True)]),
    ('by nobody, with the signature of another one', ['', 'w1Cid'], [('w', None, 1, True)]),
    (
        'by nobody, when another one puts it back',
        ['w1Ada', '', 'w1Ada'],
        [('w', 'Ada', 0, False), ('w', None, 2, True)],
    ),
    (
        'by nobody, when who wrote it puts it back',
        ['w1Ada', '', '', '', '', 'w1Ada'],
        [('w', 'Ada', 0, False), ('w', None, 5, True)],
    ),
    (
        'by who writes it anew',
        ['w1Ada', '', '', '', '', 'w2Ada'],
        [('w', 'Ada', 0, False), ('w', 'Ada', 5, True)],
    ),
    ('by nobody, when somebody brings it to light', ['!w1Bo', 'w1Bo'], [('w', None, 1, True)]),
    ('by nobody, when it is brought to light and changed', ['!w1Bo', '**w1Bo'], [('w', None, 1, True)]),
    ('by who wrote it, whoever moves it in its list', ['w1Ada', '*w1Ada'], [('w', 'Ada', 0, True)]),
    ('in the place of another one', ['w', 'w1Bo'], [('w', None, 0, False), ('w', 'Bo', 1, True)]),
    ('anew after a protection', ['w1Ada', 'w1Ada', 'w1Cid'], [('w', 'Ada', 0, False), ('w', 'Cid', 2, True)]),
    ('a hold by whoever brings it', ['!h', 'h'], [('h', 'Bo', 1, True)]),
    ('by nobody after a hidden text', [None, 'w1Bo'], [('w', None, 1, True)]),
]  # fmt: skip


@pytest.mark.parametrize(('it', 'texts', 'expected'), MUST_SIGN, ids=[it for it, _, _ in MUST_SIGN])
def test_must_sign(
    it: str, texts: list[str | None], expected: list[tuple[str, str | None, int, bool]]
) -> None:
    """It should take what nobody has signed for nobody's, on a page where people sign."""
    assert told(*texts, form=SIGNED) == expected


def test_taken_apart_by_a_comment() -> None:
    """It should know what stood there before also where a comment has taken it apart."""
    assert told('!w1<!-- x -->Bo', 'w1Bo', form=SIGNED) == [('w', None, 1, True)]


def test_very_many() -> None:
    """It should look for so many lines in what stood there before; any further one is nobody's."""
    text = ' '.join(f'w{number}Ada' for number in range(MOST + 1))
    authors = [one[1] for one in told(text, form=SIGNED)]
    assert authors == ['Ada'] * MOST + [None]


@pytest.mark.parametrize('before', ['', 'x\n', 'x' * 5000, 'x' * 5000 + '\n'])
@pytest.mark.parametrize('after', ['', '\nx', 'x' * 5000, ' [[User:Ada]]\nx'])
def test_line_at(before: str, after: str) -> None:
    """It should take the line on which something is said, and what is behind the word, up to a length."""
    line = line_at(f'{before}{{{{A}}}}{after}', len(before), len(before) + 5, (Word.WAIVE, ''))
    assert line.tail == '{{A}}' + after.partition('\n')[0][:LONGEST_LINE]
    assert line.written == (before.rpartition('\n')[2][-LONGEST_LINE:] + line.tail)


def test_older_revisions_missing() -> None:
    """It should take what the first known revision has for nobody's, and what follows for somebody's."""
    revisions = page('x', 'w', 'w b')[1:]
    assert [one.author for one in read_sayings(revisions, FORM)] == [None, 'Cid']


texts = st.lists(
    st.lists(st.sampled_from(['w', '!w', 'a', 'wBo', 'h', '*h', 'x'])).map(' '.join) | st.none(), max_size=7
)


@given(texts)
def test_stands_once(found: list[str | None]) -> None:
    """It should let stand no more than the newest text has."""
    stands = Counter(one[0] for one in told(*found) if one[3])
    newest = shown((found or [None])[-1] or '')
    assert stands <= Counter(sign for line in newest for sign in WORDS if sign in line.written)


@given(texts, texts)
def test_later_revisions(found: list[str | None], later: list[str | None]) -> None:
    """It should not change its mind on who said what, whatever is saved later."""
    before, after = told(*found), told(*found, *later)
    assert [one[:3] for one in after[: len(before)]] == [one[:3] for one in before]
    assert all(was or not now for (*_, was), (*_, now) in zip(before, after, strict=False))


@given(texts.map(lambda found: found[: len(PEOPLE)]))
def test_never_by_a_bystander(found: list[str | None]) -> None:
    """It should let nobody rule by a line that was written before, in the way that it was."""
    written = [Counter(one.written for one in lines(text or '')) for text in found]
    for sign, author, revision, _ in told(*found):
        if sign == 'h' or author is None:
            continue
        before = [one for text in written[:revision] for one in text.items()]
        assert any((line, now) not in before for line, now in written[revision].items())
