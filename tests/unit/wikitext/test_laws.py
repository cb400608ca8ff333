"""Laws that hold for any text."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from globalban_bot.decide.tally import tally
from globalban_bot.model.dialect import Dialect
from globalban_bot.model.tally import Tally
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.history import fingerprint
from globalban_bot.wikitext.lexicon import wikimedia_lexicon
from globalban_bot.wikitext.opaque import BLANK, OPAQUE, hide
from globalban_bot.wikitext.page import reader_for
from globalban_bot.wikitext.surface import surface_of
from globalban_bot.wikitext.times import find_times

READER = reader_for(load_profile('meta'))
DIALECT: Dialect = wikimedia_dialect()

lawful = settings(
    deadline=None, derandomize=True, max_examples=150, suppress_health_check=[HealthCheck.too_slow]
)
briefly = settings(
    deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)

FRAGMENTS = [
    '{{s}}',
    '{{o}}',
    '{{strong support}}',
    '{{struck|1=',
    '{{small|',
    '{{unsigned|A|',
    '{{comment}}',
    '{{',
    '}}',
    '<s>',
    '</s>',
    '<del>',
    "''",
    "'''",
    "'''Support'''",
    "'''''",
    '[[User:A|A]]',
    '[[User talk:B|b]]',
    '[[',
    ']]',
    '[[Special:Contributions/192.0.2.7|x]]',
    '# ',
    '* ',
    '#: ',
    '** ',
    ': ',
    '\n',
    '\n\n',
    '\n# ',
    '\n* ',
    '\n== Support ==\n',
    '\n=== Oppose ===\n',
    '\n== Neutral ==\n',
    '\n== Discussion ==\n',
    '\n== Proposal 1 ==\n',
    '\n== Option B ==\n',
    '12:00, 1 May 2027 (UTC)',
    '9:47, 2027-05-01',
    '31 June 2027',
    '<!--',
    '-->',
    '<nowiki>',
    '</nowiki>',
    '<blockquote>',
    '</blockquote>',
    '<small>',
    '</small>',
    '(',
    ')',
    '|',
    '=',
    '~~~~',
    '@',
    '&nbsp;',
    'Support ',
    'oppose ',
    'I ',
    'if ',
    'per nom. ',
    'from ',
    ' to ',
    '{{rfc subpage|status=closed|comment=',
    '\r',
    '\u200e',
    '\u202e',
    BLANK,
    OPAQUE,
    '\ufffd',
    '\x00',
    '\t',
    '__NOINDEX__',
    '<h3>',
    '</h3>',
    ';',
    '\u2060',
    '投票',
]

any_text = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)
markup = st.lists(st.sampled_from(FRAGMENTS), max_size=60).map(''.join)
mixed_text = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=5)), max_size=40).map(''.join)
pages = st.one_of(markup, mixed_text, any_text)


def read(text: str) -> Tally:
    """Read and tally a page."""
    return tally(READER.read(text, title='Requests for comment/Global ban for Zephyra'))


@lawful
@given(pages)
def test_reads_anything(text: str) -> None:
    """It should read any text, and find only what can be on its lines."""
    found = read(text)
    assert found.proposals
    for proposal in found.proposals:
        count = proposal.count
        assert count.support + count.oppose + count.neutral == sum(vote.counts for vote in proposal.votes)
        for vote in proposal.votes:
            assert 1 <= vote.entry.line <= vote.entry.last_line <= text.count('\n') + 1
        lines = [vote.entry.line for vote in proposal.votes]
        assert lines == sorted(lines)


@lawful
@given(pages)
def test_is_deterministic(text: str) -> None:
    """It should say the same of the same text each time."""
    assert READER.read(text) == READER.read(text)


@lawful
@given(pages)
def test_hiding_keeps_offsets(text: str) -> None:
    """It should keep the length of the text, and each character that is not hidden."""
    hidden = hide(text)
    assert len(hidden) == len(text)
    assert all(new in {old, BLANK, OPAQUE, ' '} for old, new in zip(text, hidden, strict=True))
    assert hidden.count('\n') <= text.count('\n')


@lawful
@given(pages)
def test_surface_keeps_offsets(text: str) -> None:
    """It should give a surface of the length of the page, with its spans in order and inside."""
    made = surface_of(text, wikimedia_lexicon())
    assert len(made.text) == len(text)
    ends = 0
    for template in made.templates:
        assert ends <= template.start < template.end <= len(text)
        assert text[template.start : template.end] == template.source
        ends = template.end
    reached = -1
    for start, end in made.strikes:
        assert reached < start <= end <= len(text)
        reached = end


@lawful
@given(pages)
def test_times_and_marks(text: str) -> None:
    """It should find times in order, and a short fingerprint, in any text."""
    reached = 0
    for time in find_times(text, DIALECT):
        assert reached <= time.start < time.end <= len(text)
        reached = time.end
    for line in text.split('\n'):
        assert len(fingerprint(line)) <= 80


NAMES = ['Ada', 'Brun', 'Cleo', 'Dov', 'Edda']
REASONS = [
    '',
    'per nom. ',
    "'''Indeed'''. ",
    '{{s}} ',
    '{{o}} ',
    '{{comment}} ',
    '<s>{{s}}</s> ',
    '<s>no</s> ',
]
#: Of each vote: who, what they say, in which minute, and whether somebody asks back.
Entries = list[tuple[str, str, int, bool]]
entries = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(REASONS), st.integers(0, 59), st.booleans()), max_size=6
)


def section(side: str, written: Entries) -> str:
    """Write a vote section; some of its votes have a reply."""
    lines = [f'== {side} ==']
    for name, reason, minute, answered in written:
        lines.append(f'# {reason}[[User:{name}|{name}]] 12:{minute:02}, 1 May 2027 (UTC)')
        lines += ['#: Why? [[User:Faro|Faro]] 13:00, 1 May 2027 (UTC)'] if answered else []
    return '\n'.join(lines)


def verdicts(found: Tally) -> list[tuple[object, ...]]:
    """Return what was found of each vote, without the lines."""
    return [
        (vote.entry.author, vote.entry.time, vote.entry.stance, vote.entry.section, vote.state)
        for proposal in found.proposals
        for vote in proposal.votes
    ]


@briefly
@given(entries, entries, entries, st.sampled_from([0, 1, 2]))
def test_a_new_voter_changes_no_other_vote(
    support: Entries, oppose: Entries, neutral: Entries, place: int
) -> None:
    """It should judge the votes of a page the same when somebody else's vote is added."""
    written = [section('Support', support), section('Oppose', oppose), section('Neutral', neutral)]
    before = verdicts(read('\n'.join(written)))
    written[place] += '\n# New here. [[User:Newcomer|Newcomer]] 14:00, 2 May 2027 (UTC)'
    after = verdicts(read('\n'.join(written)))
    assert [verdict for verdict in after if verdict[0] != 'Newcomer'] == before
    assert len(after) == len(before) + 1


@briefly
@given(entries, entries, st.sampled_from(NAMES), st.booleans())
def test_a_second_vote_concerns_its_author_only(
    support: Entries, oppose: Entries, name: str, supports: bool
) -> None:
    """It should judge the votes of all others the same when somebody votes again."""
    written = [section('Support', support), section('Oppose', oppose)]
    before = verdicts(read('\n'.join(written)))
    written[0 if supports else 1] += f'\n# Again. [[User:{name}|{name}]] 14:00, 2 May 2027 (UTC)'
    after = verdicts(read('\n'.join(written)))
    assert [verdict for verdict in after if verdict[0] != name] == [v for v in before if v[0] != name]


@briefly
@given(entries, entries)
def test_nobody_counts_twice(support: Entries, oppose: Entries) -> None:
    """It should count at most one vote of each account."""
    found = read('\n'.join([section('Support', support), section('Oppose', oppose)]))
    counted = Counter(v.entry.author for p in found.proposals for v in p.votes if v.counts and v.entry.author)
    assert set(counted.values()) <= {1}


@briefly
@given(entries, entries)
def test_the_order_of_sections_is_of_no_account(support: Entries, oppose: Entries) -> None:
    """It should count the same whichever section stands first, while nobody votes twice in a minute."""
    moments = [(name, minute) for name, _, minute, _ in [*support, *oppose]]
    if len(set(moments)) < len(moments):
        return
    one = read('\n'.join([section('Support', support), section('Oppose', oppose)]))
    two = read('\n'.join([section('Oppose', oppose), section('Support', support)]))
    assert one.proposals[0].count == two.proposals[0].count


@briefly
@given(entries, st.sampled_from(['\n\n', '\n<!-- x -->\n', '\n \n']))
def test_blank_lines_are_of_no_account(support: Entries, gap: str) -> None:
    """It should read the same votes when blank lines stand between them."""
    text = section('Support', support)
    assert verdicts(read(text.replace('\n', gap))) == verdicts(read(text))


@pytest.mark.parametrize('fragment', FRAGMENTS)
def test_each_fragment_alone(fragment: str) -> None:
    """It should read each piece of markup alone, doubled, and in a vote section."""
    for text in (fragment, fragment * 2, f'== Support ==\n# {fragment}', f'{fragment}\n== Support ==\n# a'):
        assert read(text).proposals
