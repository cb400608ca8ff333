"""Pages that were made, or have come about, to break a reader."""

from __future__ import annotations

import pytest

from globalban_bot.decide.tally import tally
from globalban_bot.model.tally import Count, ProposalTally
from globalban_bot.wikitext.page import Reader

VOTE = '# {{s}} [[User:Ada|Ada]] 12:00, 1 May 2027 (UTC)'
GOOD = f'== Support ==\n{VOTE}\n'
MEGABYTE = 1_000_000


def read(reader: Reader, text: str) -> ProposalTally:
    """Tally a page that asks one question."""
    (found,) = tally(reader.read(text, title='Requests for comment/Global ban for Zephyra')).proposals
    return found


def test_very_many_votes(reader: Reader) -> None:
    """It should read 65,000 votes by as many people, and count them."""
    lines = [f'# {{{{s}}}} [[User:U{n}|U{n}]] 12:00, 1 May 2027 (UTC)' for n in range(65_000)]
    (proposal,) = reader.read('\n'.join(['== Support ==', *lines])).proposals
    assert {entry.author for entry in proposal.entries} == {f'U{n}' for n in range(65_000)}
    assert len(proposal.entries) == 65_000
    assert read(reader, '\n'.join(['== Support ==', *lines[:3_000]])).count == Count(3_000, 0, 0)


def test_very_many_votes_of_one_person(reader: Reader) -> None:
    """It should count one vote of a person who voted 20,000 times."""
    assert read(reader, '== Support ==\n' + f'{VOTE}\n' * 20_000).count == Count(1, 0, 0)


def test_five_megabytes(reader: Reader) -> None:
    """It should read a page of five megabytes."""
    text = 'Lorem ipsum dolor sit amet, consectetur. ' * (5 * MEGABYTE // 41)
    assert read(reader, f'{text}\n{GOOD}').count == Count(1, 0, 0)


@pytest.mark.parametrize(
    'filler',
    [
        '{{' * 20_000,
        '}}' * 20_000,
        '{{a|' * 20_000 + '}}' * 20_000,
        '{{s}}' * 1_000,
        '[[' * 20_000,
        ']]' * 20_000,
        '[[User:' * 10_000,
        '[[User:Ada|' * 10_000,
        '[' * 50_000,
        '<s>' * 20_000,
        '</s>' * 20_000,
        '<nowiki>' * 20_000,
        '<!-- ' * 20_000 + '-->',
        '<blockquote></pre>' * 10_000,
        '<' * 50_000,
        '<small' * 10_000,
        "'" * 50_000,
        "''a" * 20_000,
        '=' * 50_000,
        '= ' * 30_000,
        '#' * 50_000,
        ':' * 50_000,
        ': ' * 30_000,
        '(' * 50_000,
        '&' * 50_000,
        '&nbsp;' * 10_000,
        '12:00 ' * 10_000,
        '12:00, 1 May ' * 6_000,
        '1 May 2027 ' * 6_000,
        '12:00, 1 May 2027 (UTC) ' * 3_000,
        '9' * 50_000,
        '[[User:A|A]] ' * 6_000,
        'support ' * 10_000,
        "'''support''' " * 1_000,
        ' ' * 50_000,
        '\u200e' * 50_000,
        '-' * 50_000,
        '{{unsigned|' * 2_000,
        '{{small|' * 2_000 + '}}' * 2_000,
        '[http://a ' * 8_000,
        '[//a/wiki/' * 8_000,
        '<h3>' * 10_000,
        ';' * 50_000,
        '@' * 50_000,
        'vote ' * 10_000,
    ],
    ids=lambda filler: filler[:12],
)
def test_a_monstrous_line(reader: Reader, filler: str) -> None:
    """It should still find the vote of a section below a line that was made to hurt."""
    found = read(reader, f'{filler}\n\n== Neutral ==\n{GOOD}')
    assert [vote.entry.author for vote in found.votes if vote.entry.author == 'Ada'] == ['Ada']


@pytest.mark.parametrize(
    'filler',
    [
        '{{',
        '}}',
        '[[',
        ']]',
        '<s',
        "'''",
        '<small>',
        '(',
        '{{o}} {{',
        '[[User:',
        '<nowiki>',
        '</nowiki>',
        '&#',
        '|',
    ],
)
def test_broken_markup_in_one_vote(reader: Reader, filler: str) -> None:
    """It should read the other votes, whatever somebody left open in his."""
    broken = f'# Bah {filler} [[User:Brun|Brun]] 12:01, 1 May 2027 (UTC)'
    last = '# {{o}} [[User:Cleo|Cleo]] 12:02, 1 May 2027 (UTC)'
    found = read(reader, f'{GOOD}{broken}\n== Oppose ==\n{last}')
    authors = [vote.entry.author for vote in found.votes if vote.counts]
    assert authors[0] == 'Ada'
    assert authors[-1] == 'Cleo'


def test_a_comment_that_is_never_closed(reader: Reader) -> None:
    """It should see nothing behind the start of a comment, as MediaWiki does."""
    found = read(reader, f'{GOOD}<!--\n== Oppose ==\n# {{{{o}}}} [[User:Cleo|Cleo]] 12:02, 1 May 2027 (UTC)')
    assert found.count == Count(1, 0, 0)


@pytest.mark.parametrize(
    'mark', ['\u200e', '\u200f', '\u202e', '\u2066', '\u2069', '\u200b', '\u200d', '\ufeff', '\u00ad']
)
def test_invisible_marks(reader: Reader, mark: str) -> None:
    """It should count a vote with invisible marks around its parts."""
    signature = f'{mark}[[User:Ada|{mark}Ada]]{mark} 12:00, 1 May 2027 (UTC){mark}'
    line = f'#{mark} {mark}{{{{s}}}}{mark} per nom {signature}'
    found = read(reader, f'== Support ==\n{line}')
    assert [(vote.entry.author, vote.counts) for vote in found.votes] == [('Ada', True)]


@pytest.mark.parametrize('mark', ['\u200e', '\u200f', '\u202a', '\u202e'])
def test_marks_in_a_name(reader: Reader, mark: str) -> None:
    """It should know a person through the marks that MediaWiki strips from titles."""
    second = f'# {{{{s}}}} [[User:A{mark}da|Ada]] 12:00, 2 May 2027 (UTC)'
    assert read(reader, f'{GOOD}{second}').count == Count(1, 0, 0)


@pytest.mark.parametrize('heading', ['\u200eSupport', 'Support\u200f', '\u202bSupport\u202c'])
def test_marks_in_a_heading(reader: Reader, heading: str) -> None:
    """It should know a heading through invisible marks."""
    found = read(reader, f'== {heading} ==\n# Yes. [[User:Ada|Ada]] 12:00, 1 May 2027 (UTC)')
    assert found.count == Count(1, 0, 0)


@pytest.mark.parametrize(
    'name',
    [
        '<script>',
        '{{x}}',
        '{{{1}}}',
        '[[x]]',
        'a|b',
        '#',
        '/',
        ' ',
        '_',
        '.',
        '..',
        ':',
        '::',
        'a\x00b',
        '\ufffd',
        '\ud800',
        'x' * 300,
        '&lt;b&gt;',
        '&#0;',
        '&#xD800;',
        '&#99999999999;',
        '%00',
        '~~~~',
        '\u3000',
        '🤖' * 80,
        "'''",
        '$&',
        '\\1',
    ],
)
def test_names_that_are_no_titles(reader: Reader, name: str) -> None:
    """It should read a page with a name that is none, and leave the other votes as they are."""
    text = (
        f'{GOOD}# {{{{s}}}} [[User:{name}|x]] 12:01, 1 May 2027 (UTC)\n# {{{{s}}}} {{{{unsigned|{name}}}}}\n'
    )
    found = read(reader, text)
    assert found.votes[0].entry.author == 'Ada'
    assert found.count.oppose == 0
    for vote in found.votes:
        author = vote.entry.author
        assert author is None or (author.strip() and not set(author) & set('#<>[]|{}\ufffd\x00\n'))


@pytest.mark.parametrize(
    'title', ['', '/', 'Requests for comment/Global ban for ', '\ud800', '(' * 2_000, '\\', '[a', 'a' * 9_999]
)
def test_odd_titles(reader: Reader, title: str) -> None:
    """It should read a page under any title."""
    for full in (title, f'Requests for comment/Global ban for {title}'):
        assert reader.read(GOOD, title=full).proposals[0].entries


def test_lone_surrogates(reader: Reader) -> None:
    """It should read a page with lone surrogates, and hand none on."""
    odd = '# \udfff{{s}} [[User:A\ud800|A]] 12:00, 1 May 2027 (UTC)'
    found = reader.read(f'\ud800\n== Support ==\n{odd}\n{VOTE}')
    assert len(found.proposals[0].entries) == 2
    repr(found).encode('utf-8')


@pytest.mark.parametrize('ending', ['\r\n', '\r', '\u2028', '\x0b', '\x85'])
def test_odd_line_ends(reader: Reader, ending: str) -> None:
    """It should read a page whose lines end in another way than MediaWiki's."""
    found = read(reader, GOOD.replace('\n', f'{ending}\n'))
    assert found.count == Count(1, 0, 0)


def test_very_many_sections(reader: Reader) -> None:
    """It should read 10,000 sections, and deep ones."""
    text = ''.join(f'{"=" * (n % 6 + 1)} Talk {n} {"=" * (n % 6 + 1)}\ntext\n' for n in range(10_000))
    assert read(reader, f'{text}= Votes =\n{GOOD}').count == Count(1, 0, 0)


def test_very_many_proposals(reader: Reader) -> None:
    """It should read 2,000 proposals."""
    text = ''.join(f'== Proposal {n} ==\n=== Support ===\n{VOTE}\n' for n in range(2_000))
    found = tally(reader.read(text)).proposals
    assert len(found) == 2_000
    assert all(proposal.count == Count(1, 0, 0) for proposal in found)


def test_an_entry_of_very_many_lines(reader: Reader) -> None:
    """It should read an entry that is signed 20,000 lines below."""
    text = (
        '== Support ==\n# {{s}} so\n'
        + '#: and so on\n' * 20_000
        + '#: [[User:Ada|Ada]] 12:00, 1 May 2027 (UTC)'
    )
    found = read(reader, text)
    assert [vote.entry.author for vote in found.votes] == ['Ada']
