"""Who said what about a delivery, by the history of the page; tests/cases/gate.yaml has what follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from globalban_bot.model.approval import Said, Word
from globalban_bot.model.revision import Revision
from globalban_bot.wikitext.approvals import read_approvals
from tests.unit.made_accounts import NOW

DIGEST = '0123456789ab'
LINES = [f'* approve {DIGEST}', '* approve aaaaaaaaaaaa', '* waive', '* hold', '* settle']
SAID = [
    (Word.APPROVE, DIGEST),
    (Word.APPROVE, 'a' * 12),
    (Word.WAIVE, ''),
    (Word.HOLD, ''),
    (Word.SETTLE, ''),
]
NO_PART = ['<!--{}-->', '<nowiki>{}</nowiki>', '<pre>{}</pre>', '<PRE class="x">{}</pre >', '<!--{}']
_WORDS = re.compile('approve|waive|hold|settle', re.IGNORECASE)
lines = st.sampled_from(LINES)
#: Letters of the words, letters that Unicode takes for them, and what wikitext is made of.
pieces = st.sampled_from(
    [*LINES, *'apro hldsetwiv', 'ſ', 'ı', 'İ', 'K', '\n', '\r', '<', '>', '!--', '-->', "'''"]
)


def page(*texts: str | None, by: Sequence[str | None] = ('Ada', 'Bo', 'Cid', 'Dot', 'Eve')) -> list[Revision]:
    return [
        Revision(number, NOW + timedelta(minutes=number), by[number % len(by)], text)
        for number, text in enumerate(texts)
    ]


def said(*texts: str | None) -> list[tuple[Word, str]]:
    return [(one.word, one.digest) for one in read_approvals(page(*texts)) if one.stands]


@pytest.mark.parametrize(('line', 'word'), [*zip(LINES, SAID, strict=True)])
@pytest.mark.parametrize(
    'form', ['{}', '{} ~~~~', '{}, as I see it', '\n\n{}\n', ':{}', '#{}', '<!-- x -->{}', '{}\r']
)
def test_forms(form: str, line: str, word: tuple[Word, str]) -> None:
    """It should read a line in the forms in which people write it."""
    assert said(form.format(line)) == [word]
    assert said(form.format(line.removeprefix('* '))) == [word]
    assert said(form.format(line.upper())) == [word]


def test_bold() -> None:
    """It should read words in bold or italics, and a colon behind them."""
    assert said(f"* '''approve''' {DIGEST}") == said(f'* approve: {DIGEST}') == [(Word.APPROVE, DIGEST)]
    assert said("''hold''") == [(Word.HOLD, '')]


@pytest.mark.parametrize(
    'text',
    [
        f'* <s>approve {DIGEST}</s>',
        f'I do not approve {DIGEST}',
        f'* not approve {DIGEST}',
        f'* approved {DIGEST}',
        '* approve 0123456789abc',
        '* approve 0123456789a',
        '* approve 0123456789ag',
        '* approve',
        f'* approve\n{DIGEST}',
        '* holding',
        '* waived',
        '* settled',
    ],
)
def test_other_words(text: str) -> None:
    """It should not take words of their kind, nor digests of another length, for one of the lines."""
    assert said(text) == []


def test_other_words_with_digest() -> None:
    """It should not take another word with a digest for that word: what was meant is not known."""
    assert said(f'* hold {DIGEST}', f'* waive {DIGEST}') == []


@given(st.text(st.characters(codec='utf-8'), max_size=300))
def test_silence(text: str) -> None:
    """It should find nothing in a text without one of the words."""
    if not _WORDS.search(text):
        assert read_approvals(page(text)) == ()


@given(st.lists(pieces, max_size=12).map(''.join))
@example('* ſettle')
@example('* waıve')
def test_any_text(text: str) -> None:
    """It should read any text without a failure."""
    assert all(one.author == 'Ada' for one in read_approvals(page(text)))


@given(st.lists(lines, min_size=1, max_size=5), st.sampled_from(NO_PART))
def test_no_part(found: list[str], form: str) -> None:
    """It should find nothing in a comment, in nowiki and in pre, and all that stands before it."""
    hidden = form.format('\n' + '\n'.join(found) + '\n')
    assert said(hidden) == []
    assert said(f'* hold\n{hidden}') == [(Word.HOLD, '')]
    if form != '<!--{}':
        assert said(f'{hidden}\n* hold') == [(Word.HOLD, '')]


def test_empty_nowiki() -> None:
    """It should read what stands behind an empty nowiki tag, as editors put it anywhere."""
    assert said('X<nowiki/>\n* hold') == [(Word.HOLD, '')]
    assert said('X<nowiki />\n* hold\n<nowiki></nowiki>') == [(Word.HOLD, '')]


@pytest.mark.parametrize('tag', ['nowiki', 'pre'])
def test_sentence_with_nowiki(tag: str) -> None:
    """It should not take the end of a sentence for a line of its own: what is in nowiki is shown."""
    assert said(f'<{tag}>I do not</{tag}> approve {DIGEST}') == []


@given(st.lists(lines, max_size=6), st.lists(lines, min_size=1, max_size=6))
def test_added(before: list[str], added: list[str]) -> None:
    """It should count a line for who saved the revision that added it, each as often as it was added."""
    found = read_approvals(page('\n'.join(before), '\n'.join([*before, *added])))
    assert sorted(_line(one) for one in found if one.author == 'Ada') == sorted(before)
    assert sorted(_line(one) for one in found if one.author == 'Bo') == sorted(added)
    assert all(one.stands for one in found)
    assert all(one.revision == (0 if one.author == 'Ada' else 1) for one in found)


@given(st.lists(lines, max_size=6).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_moved(both: tuple[list[str], list[str]]) -> None:
    """It should not count a line anew that somebody only moved."""
    before, after = both
    assert read_approvals(page('\n'.join(before), 'Words.\n' + '\n\n'.join(after))) == read_approvals(
        page('\n'.join(before))
    )


@given(st.lists(st.lists(lines, max_size=4).map('\n'.join), min_size=1, max_size=6))
def test_stands(texts: list[str]) -> None:
    """It should find nothing standing but what stands in the newest text; each, where it was there once."""
    standing = {_line(one) for one in read_approvals(page(*texts)) if one.stands}
    newest = set(texts[-1].split('\n')) - {''}
    assert standing <= newest
    once = all(text.count(line) <= 1 for text in texts for line in LINES)
    if once and all(then != now for then, now in pairwise(texts)):
        assert standing == newest


@given(st.lists(st.lists(lines, max_size=4).map('\n'.join), min_size=2, max_size=6))
def test_nothing_is_forgotten(texts: list[str]) -> None:
    """It should keep what was said in its order; later ones change only whether it stands."""
    earlier, later = read_approvals(page(*texts[:-1])), read_approvals(page(*texts))
    assert [_but_standing(one) for one in earlier] == [_but_standing(one) for one in later[: len(earlier)]]
    assert not any(now.stands and not then.stands for then, now in zip(earlier, later, strict=False))
    assert [one.revision for one in later] == sorted(one.revision for one in later)


def test_put_back() -> None:
    """It should count a line that was taken out and put back for nobody."""
    first, second = read_approvals(page(LINES[0], '', LINES[0]))
    assert (first.author, first.stands) == ('Ada', False)
    assert (second.author, second.stands, second.time) == (None, True, NOW + timedelta(minutes=2))


@pytest.mark.parametrize('form', [*NO_PART, '<!--\n{}\n-->', 'I do not {}'])
def test_brought_to_light(form: str) -> None:
    """It should count a line for nobody that was there before, but did not say anything."""
    (found,) = read_approvals(page(form.format(f'approve {DIGEST}'), f'approve {DIGEST}'))
    assert (found.author, found.stands) == (None, True)


def test_signer() -> None:
    """It should count a line for nobody that somebody else has signed."""
    (found,) = read_approvals(page(f'approve {DIGEST} [[User:Bo]]'), lambda line: line[-4:-2])
    assert found.author is None
    (found,) = read_approvals(page(f'approve {DIGEST} [[User:Ada]]'), lambda line: line[-5:-2])
    assert found.author == 'Ada'


def test_one_of_two_is_taken_out() -> None:
    """It should let none of two equal lines stand where one is taken out, and leave other lines alone."""
    found = read_approvals(
        page('* approve aaaaaaaaaaaa\n* hold', '* hold\n* hold\n* approve aaaaaaaaaaaa', '* hold')
    )
    assert [(one.word, one.stands) for one in found] == [
        (Word.APPROVE, False), (Word.HOLD, False), (Word.HOLD, False),
    ]  # fmt: skip
    found = read_approvals(page('* waive\n* hold\n* hold', '* waive\n* hold'))
    assert {(one.word, one.stands) for one in found} == {(Word.HOLD, False), (Word.WAIVE, True)}


def test_hidden() -> None:
    """It should let nothing stand whose text is hidden, and name nobody whose name is."""
    assert said(LINES[0], None) == []
    (found,) = read_approvals(page(LINES[0], by=[None]))
    assert (found.author, found.stands) == (None, True)
    assert read_approvals(page(None)) == ()
    assert read_approvals([]) == ()


def test_after_a_hidden_text() -> None:
    """It should not count a line for who edits next after a text that is hidden: it may have stood there."""
    found = read_approvals(page(LINES[0], None, f'{LINES[0]}\nA libel was taken out.'))
    assert [one.author for one in found if one.stands and one.author != 'Ada'] in ([], [None])


def test_order_in_a_revision() -> None:
    """It should keep the order of the page within a revision."""
    assert said('* settle\n* hold') == [(Word.SETTLE, ''), (Word.HOLD, '')]
    assert said('* hold\n* settle') == [(Word.HOLD, ''), (Word.SETTLE, '')]


def _line(one: Said) -> str:
    return f'* {one.word.value} {one.digest}'.rstrip()


def _but_standing(one: Said) -> tuple[Word, str, str | None, int]:
    return (one.word, one.digest, one.author, one.revision)
