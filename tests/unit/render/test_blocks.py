"""The indefinite blocks of an account, as a text."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.nomination import BlockEvidence, BlockFinding, Finding, Verdict
from globalban_bot.model.policy import Party, Provenance, Shape
from globalban_bot.model.unknown import Gap
from globalban_bot.render.blocks import MOST_BLOCKS, blocks_numbers, blocks_said, named_said
from globalban_bot.render.rich_text import as_text
from tests.unit.made_accounts import day, rule, value

MESSAGES = Messages()
RULE = rule(Shape.BLOCKED, value(2), of=Party.SUBJECT)
ASKED = 'the policy asks for 2 projects or more'
NOT_CHECKED = 'not checked: bans without a block, other accounts of the same person'
UNDETERMINED = 'not known whether 2 or more, which does not mean "fewer"'
LINK = 'https://enwiki.example/wiki/Special:Redirect/logid/7'
UNKNOWN = (('enwiki', Gap.NO_ANSWER), ('dewiki', Gap.NO_LOG), ('frwiki', Gap.NO_ANSWER))


def on(wiki: str = 'enwiki', since: str = '2026-03-02', link: str | None = None) -> BlockEvidence:
    return BlockEvidence(wiki, day(since), link)


def blocks(verdict: Verdict = Verdict.MET, gap: Gap | None = None, **more: Any) -> BlockFinding:
    return BlockFinding(Finding(RULE, verdict, value(2), gap=gap), **more)


def text_of(found: BlockFinding) -> str:
    return as_text(blocks_said(found, MESSAGES, wiki='metawiki'))


#: Findings on blocks; what is said of them between what the policy asks for and what was not checked; and
#: what is said after the closing behind what the policy asks for.
BLOCKS: dict[str, tuple[BlockFinding, str, str]] = {
    'none': (
        blocks(Verdict.FOR_PEOPLE, number_at_opening=0),
        'none found',
        '0 at the opening; 0 at the closing',
    ),
    'at the opening': (
        blocks(
            counted=(on(), on('dewiki')),
            at_opening=(on(link=LINK), on('dewiki', '2026-04-05')),
            number_at_opening=2,
        ),
        f'at the opening: enwiki (2 March 2026 <{LINK}>), dewiki (5 April 2026)',
        '2 at the opening; 2 at the closing',
    ),
    'placed since': (
        blocks(
            counted=(on(), on('dewiki'), on('metawiki')),
            at_opening=(on(),),
            since=(on('dewiki', '2026-05-02'), on('metawiki', '2026-05-03')),
            number_at_opening=1,
        ),
        'at the opening: enwiki (2 March 2026); placed since: dewiki (2 May 2026), this wiki (3 May 2026)',
        '1 at the opening; 3 at the closing',
    ),
    'lifted since': (
        blocks(Verdict.FOR_PEOPLE, ended=(on('dewiki', '2026-05-04'),), number_at_opening=1),
        'lifted or changed since: dewiki (4 May 2026)',
        '1 at the opening; 0 at the closing',
    ),
    'not known whether at the opening': (
        blocks(Verdict.FOR_PEOPLE, counted=(on(),), undated=(on(),)),
        'in force, not known whether at the opening: enwiki (2 March 2026)',
        '1 at the closing',
    ),
    'now': (blocks(counted=(on(),)), 'in force: enwiki (2 March 2026)', '1 at the closing'),
    'not counted': (
        blocks(
            Verdict.FOR_PEOPLE,
            partial=(on(),),
            expiring=(on('frwiki'),),
            without_edits=(on('dewiki'),),
            number_at_opening=0,
        ),
        'none found; not counted, of a part of a wiki: enwiki (2 March 2026);'
        ' not counted, not indefinite: frwiki (2 March 2026);'
        ' not counted, too few edits there: dewiki (2 March 2026)',
        '0 at the opening; 0 at the closing',
    ),
    'not known': (
        blocks(Verdict.UNDETERMINED, Gap.NO_ANSWER, unknown=UNKNOWN, checked=4),
        f'{UNDETERMINED}; 3 of 7 wikis could not be looked up (the log does not tell how it stood then)',
        f'{UNDETERMINED}; 3 of 7 wikis could not be looked up (the log does not tell how it stood then)',
    ),
    'not all known': (
        blocks(counted=(on(), on('itwiki')), undated=(on(), on('itwiki')), unknown=UNKNOWN[:1], checked=2),
        'in force, not known whether at the opening: enwiki (2 March 2026), itwiki (2 March 2026);'
        ' 1 of 3 wikis could not be looked up',
        '2 or more at the closing; 1 of 3 wikis could not be looked up',
    ),
    'past not known': (
        blocks(Verdict.FOR_PEOPLE, past_unknown=UNKNOWN[:1], checked=1),
        'none found; on one wiki it is not known whether a block was lifted since',
        '0 at the closing; on one wiki it is not known whether a block was lifted since',
    ),
}


@pytest.mark.parametrize(('found', 'text', '_'), BLOCKS.values(), ids=BLOCKS)
def test_blocks_said(found: BlockFinding, text: str, _: str) -> None:
    """It should tell what the policy asks for, each block in its group, and what is not known."""
    assert text_of(found) == f'{ASKED}; {text}; {NOT_CHECKED}.'


@pytest.mark.parametrize(('found', 'text', '_'), BLOCKS.values(), ids=BLOCKS)
def test_named_said(found: BlockFinding, text: str, _: str) -> None:
    """It should tell of an account that was only named what was found, held to nothing."""
    assert as_text(named_said(found, MESSAGES, wiki='metawiki')) == f'{text}.'


@pytest.mark.parametrize(('found', '_', 'text'), BLOCKS.values(), ids=BLOCKS)
def test_blocks_at_closing(found: BlockFinding, _: str, text: str) -> None:
    """It should tell numbers alone after the closing, and keep no list of blocks."""
    assert blocks_numbers(found, MESSAGES) == f'{ASKED}; {text}.'


def test_account_that_is_not_known() -> None:
    """It should say of an account that could not be looked up nothing but that, and never "none"."""
    found = blocks(Verdict.UNDETERMINED, Gap.NOT_SHOWN)
    text = f'{ASKED}; {UNDETERMINED} (it could not be looked up).'
    assert text_of(found) == blocks_numbers(found, MESSAGES) == text
    exact = as_text(blocks_said(found, MESSAGES, exact=True))
    assert exact == f'{ASKED}; {UNDETERMINED} (no account of this name is shown).'


def test_reasons_in_a_terminal() -> None:
    """It should give each reason once, and exactly, in a terminal."""
    text = as_text(blocks_said(BLOCKS['not known'][0], MESSAGES, exact=True))
    reasons = '(a wiki did not answer; it is asked again; the log does not tell how it stood then)'
    assert f'3 of 7 wikis could not be looked up {reasons};' in text


@pytest.mark.parametrize(('wanted', 'text'), [(1, 'one project'), (2, '2 projects')])
def test_number_of_blocks(wanted: int, text: str) -> None:
    """It should name the number that the policy in force asks for."""
    found = BlockFinding(Finding(RULE, Verdict.MET, value(wanted)))
    assert text_of(found).startswith(f'the policy asks for {text} or more;')


@pytest.mark.parametrize(
    ('provenance', 'text'), [(Provenance.RECALLED, 'not verified'), (Provenance.INFERRED, 'inferred')]
)
def test_how_the_number_is_known(provenance: Provenance, text: str) -> None:
    """It should say of a number that was not read in the policy how it is known."""
    found = BlockFinding(Finding(RULE, Verdict.MET, value(2, provenance=provenance)))
    assert text_of(found).startswith(f'{ASKED} ({text});')
    assert blocks_numbers(found, MESSAGES).startswith(f'{ASKED} ({text});')


@pytest.mark.parametrize(('more', 'rest'), [(0, ''), (1, ', and one more'), (3, ', and 3 more')])
def test_many_blocks(more: int, rest: str) -> None:
    """It should name the first blocks of a group, and give the number of the rest."""
    many = tuple(on(f'wiki{number}') for number in range(MOST_BLOCKS + more))
    text = text_of(replace(blocks(), counted=many, at_opening=many))
    assert [f'wiki{number} (' in text for number in range(MOST_BLOCKS + more)].count(True) == MOST_BLOCKS
    assert f'wiki{MOST_BLOCKS - 1} (2 March 2026){rest};' in text
