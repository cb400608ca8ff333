"""What was found on a nomination, as lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from globalban_bot.decide.nomination import judge_nomination
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.account import Where
from globalban_bot.model.facts import AccountFacts, Moments, NominationFacts
from globalban_bot.model.nomination import (
    BlockFinding,
    Clock,
    Finding,
    FoundBlock,
    Nomination,
    Reply,
    SubjectFinding,
    Verdict,
)
from globalban_bot.model.policy import Moment, Of, Provenance, Shape, Unit
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.policy.loader import load_policy
from globalban_bot.render.nomination import (
    MOST_BLOCKS,
    blocks_said,
    clock_texts,
    finding_text,
    gap_text,
    nomination_lines,
    period_text,
    verdict_text,
)
from globalban_bot.render.said import as_text, as_wikitext
from tests.unit.made_accounts import NOW, account, block, day, local, rule, value, wiki_blocks

MESSAGES = Messages()
EDITS = rule(Shape.EDITS, value(500), before=Moment.OPENING)
MET = Finding(EDITS, Verdict.MET, value(500))
RULE = rule(Shape.BLOCKED, value(2), of=Of.SUBJECT)
QUESTION = Finding(rule(Shape.QUESTION, of=Of.SUBJECT), Verdict.FOR_PEOPLE, value())


def on(wiki: str = 'enwiki', since: str = '2026-03-02', link: str | None = None) -> FoundBlock:
    return FoundBlock(wiki, day(since), link)


def blocks(verdict: Verdict = Verdict.MET, gap: Gap | None = None, **more: Any) -> BlockFinding:
    return BlockFinding(Finding(RULE, verdict, value(2), gap=gap), **more)


SUBJECT = SubjectFinding(blocks(), Reply.FREE)
PLAIN = Nomination((MET,), (SUBJECT,), Clock(), (), (), None, NOW)


def lines(found: Nomination, *, is_open: bool = True) -> dict[str, str]:
    """Return lines as wikitext, by their labels."""
    found_lines = [*nomination_lines(found, MESSAGES, is_open=is_open)]
    labels = {line.label: as_wikitext(line.said) for line in found_lines}
    assert len(labels) == len(found_lines)
    return labels


def text_of(found: BlockFinding) -> str:
    return as_text(blocks_said(found, MESSAGES))


def test_open_request() -> None:
    """It should tell of nominator, blocks, reply and questions, in this order."""
    found = replace(PLAIN, questions=(QUESTION, QUESTION))
    assert lines(found) == {
        'Nominator': '500 edits on all wikis together: met.'
        ' In force since 1 January 2020 ([[Project:Vote|source]]).',
        'Indefinite blocks': '2 or more found.',
        'Subject': 'can reply here.',
        'For people': 'What is asked by question? What is asked by question?',
    }
    assert [*lines(found)] == ['Nominator', 'Indefinite blocks', 'Subject', 'For people']


def test_closed_request() -> None:
    """It should tell of the blocks at closing, and neither of replies nor of questions."""
    found = replace(PLAIN, questions=(QUESTION,))
    assert [*lines(found, is_open=False)] == ['Nominator', 'Indefinite blocks at closing']


def test_several_subjects() -> None:
    """It should number several accounts, and a single one not."""
    other = SubjectFinding(blocks(Verdict.FOR_PEOPLE), Reply.LOCKED)
    found = lines(replace(PLAIN, subjects=(SUBJECT, other)))
    assert [*found][1:] == [
        'Indefinite blocks (account 1)',
        'Subject (account 1)',
        'Indefinite blocks (account 2)',
        'Subject (account 2)',
    ]
    assert found['Subject (account 2)'] == 'locked: cannot log in.'
    assert found['Indefinite blocks (account 2)'].startswith('fewer than 2 found')
    closed = lines(replace(PLAIN, subjects=(SUBJECT, other)), is_open=False)
    assert [*closed][1:] == [
        'Indefinite blocks at closing (account 1)',
        'Indefinite blocks at closing (account 2)',
    ]


def test_nothing_in_force() -> None:
    """It should have no line on rules that were not in force."""
    idle = [Finding(EDITS, verdict) for verdict in (Verdict.NOT_YET, Verdict.REPEALED)]
    subject = SubjectFinding(BlockFinding(Finding(RULE, Verdict.NOT_YET)), Reply.FREE)
    assert lines(replace(PLAIN, nominator=tuple(idle), subjects=(subject,)), is_open=False) == {}
    found = lines(replace(PLAIN, nominator=(*idle, MET)))['Nominator']
    assert found.count('500 edits') == 1


# --- nominator ---------------------------------------------------------------------------------------

#: Findings, and what is said of them.
FINDINGS: dict[str, tuple[Finding, str]] = {
    'edits': (MET, '500 edits on all wikis together: met'),
    'one edit': (replace(MET, value=value(1)), 'one edit on all wikis together: met'),
    'on one wiki': (replace(MET, rule=replace(EDITS, where=Where.ANY)), '500 edits on one of the wikis: met'),
    'not met': (
        replace(MET, verdict=Verdict.NOT_MET, found=312),
        '500 edits on all wikis together: not met (312 at the opening)',
    ),
    'none': (
        replace(MET, verdict=Verdict.NOT_MET, found=0),
        '500 edits on all wikis together: not met (0 at the opening)',
    ),
    'met, the number is no matter': (replace(MET, found=777), '500 edits on all wikis together: met'),
    'account': (Finding(rule(Shape.ACCOUNT), Verdict.NOT_MET, value()), 'an account: not met'),
    'registered': (
        Finding(rule(Shape.REGISTERED), Verdict.MET, value(6)),
        'registered more than 6 months before: met',
    ),
    'a day': (
        Finding(rule(Shape.REGISTERED, unit=Unit.DAYS), Verdict.MET, value(1)),
        'registered more than one day before: met',
    ),
    'another shape': (
        Finding(rule(Shape.NOT_LOCKED), Verdict.MET, value()),
        'What is asked by not-locked?: met',
    ),
    'recalled': (
        replace(MET, value=value(500, provenance=Provenance.RECALLED)),
        '500 edits on all wikis together: met (not verified)',
    ),
    'inferred': (
        replace(MET, value=value(500, provenance=Provenance.INFERRED)),
        '500 edits on all wikis together: met',
    ),
    'recalled, not met': (
        Finding(EDITS, Verdict.NOT_MET, value(500, provenance=Provenance.RECALLED), 3),
        '500 edits on all wikis together: not met (3 at the opening) (not verified)',
    ),
    'not known': (
        Finding(EDITS, Verdict.UNDETERMINED, value(500), gap=Gap.DELETED_EDITS),
        '500 edits on all wikis together: not determined, which does not mean "not met"'
        ' (the edits that can be seen do not decide it)',
    ),
}


@pytest.mark.parametrize(('found', 'text'), FINDINGS.values(), ids=FINDINGS)
def test_finding_text(found: Finding, text: str) -> None:
    """It should say what a rule asks for and how it stands, with the number where it is not met."""
    assert finding_text(found, MESSAGES) == text


@pytest.mark.parametrize('verdict', Verdict)
def test_people_decide(verdict: Verdict) -> None:
    """It should leave to people what follows where not all is met; a bot never refuses."""
    said = lines(replace(PLAIN, nominator=(MET, replace(MET, verdict=verdict))))['Nominator']
    assert said.endswith('for people to decide.') is (verdict is not Verdict.MET)


def test_newest_source() -> None:
    """It should join the rules in their order, and link the source of the newest value."""
    newer = value(3, '2024-02-29')
    newer = replace(newer, reference=replace(newer.reference, page='Project:Second vote'))
    found = (replace(MET, value=newer), MET)
    said = lines(replace(PLAIN, nominator=found[::-1]))['Nominator']
    assert said.endswith('29 February 2024 ([[Project:Second vote|source]]).')
    assert lines(replace(PLAIN, nominator=found))['Nominator'] == (
        '3 edits on all wikis together: met; 500 edits on all wikis together: met.'
        ' In force since 29 February 2024 ([[Project:Second vote|source]]).'
    )


def test_distinct_words() -> None:
    """It should have words of its own for each verdict, gap and reply."""
    verdicts = {verdict_text(Finding(EDITS, verdict), MESSAGES) for verdict in Verdict}
    gaps = {gap_text(gap, MESSAGES) for gap in Gap}
    replies = {lines(replace(PLAIN, subjects=(replace(SUBJECT, reply=one),)))['Subject'] for one in Reply}
    assert (len(verdicts), len(gaps), len(replies)) == (len(Verdict), len(Gap), len(Reply))


@pytest.mark.parametrize('gap', Gap)
def test_unknown_reply(gap: Gap) -> None:
    """It should say that a reply is not determined, and why; it is never said that none is possible."""
    said = lines(replace(PLAIN, subjects=(replace(SUBJECT, reply=Unknown(gap)),)))['Subject']
    reason = gap_text(gap, MESSAGES)
    assert said == f'not determined, which does not mean "not met" ({reason}).'


@pytest.mark.parametrize('unit', [Unit.DAYS, Unit.WEEKS, Unit.MONTHS])
def test_period(unit: Unit) -> None:
    """It should write one and many of each unit of time."""
    assert period_text(1, unit, MESSAGES) == f'one {unit.value[:-1]}'
    assert period_text(5, unit, MESSAGES) == f'5 {unit.value}'


# --- blocks ------------------------------------------------------------------------------------------

LINK = 'https://enwiki.example/wiki/Special:Redirect/logid/7'
UNKNOWN = (('enwiki', Gap.NO_ANSWER), ('dewiki', Gap.NO_LOG), ('frwiki', Gap.NO_ANSWER))
#: Findings on blocks, and what is said of them.
BLOCKS: dict[str, tuple[BlockFinding, str]] = {
    'linked': (
        blocks(counted=(on(link=LINK), on('dewiki', '2026-04-05'))),
        f'2 or more found; of the whole wiki: enwiki (2 March 2026 <{LINK}>), dewiki (5 April 2026).',
    ),
    'fewer': (
        blocks(Verdict.FOR_PEOPLE, counted=(on(),)),
        'fewer than 2 found; bans without a block and other accounts are for people;'
        ' of the whole wiki: enwiki (2 March 2026).',
    ),
    'apart': (
        blocks(Verdict.FOR_PEOPLE, partial=(on(),), without_edits=(on('dewiki'),)),
        'fewer than 2 found; bans without a block and other accounts are for people;'
        ' apart, of a part of the wiki: enwiki (2 March 2026);'
        ' apart, where the account has too few edits: dewiki (2 March 2026).',
    ),
    'not known': (
        blocks(Verdict.UNDETERMINED, Gap.NO_ANSWER, unknown=UNKNOWN, checked=4),
        'not determined, which does not mean "not met"; 3 of 7 wikis could not be checked'
        ' (a wiki did not answer; it is asked again; the log does not tell how it stood then).',
    ),
    'one not known': (
        blocks(Verdict.MET, unknown=UNKNOWN[:1]),
        '2 or more found; 1 of one wiki could not be checked (a wiki did not answer; it is asked again).',
    ),
    'account not known': (
        blocks(Verdict.UNDETERMINED, Gap.NOT_SHOWN),
        'not determined, which does not mean "not met" (no account of this name is shown).',
    ),
}


@pytest.mark.parametrize(('found', 'text'), BLOCKS.values(), ids=BLOCKS)
def test_blocks_said(found: BlockFinding, text: str) -> None:
    """It should name the blocks that were found, those shown apart, and what could not be checked."""
    assert text_of(found) == text


@pytest.mark.parametrize('wanted', [1, 2])
def test_number_of_blocks(wanted: int) -> None:
    """It should name the number that the policy in force asks for."""
    found = BlockFinding(Finding(RULE, Verdict.MET, value(wanted)))
    assert text_of(found) == f'{"one" if wanted == 1 else wanted} or more found.'


@pytest.mark.parametrize(('more', 'rest'), [(0, ''), (1, ', and one more'), (3, ', and 3 more')])
def test_many_blocks(more: int, rest: str) -> None:
    """It should name the first blocks, and give the number of the rest."""
    many = [on(f'wiki{number}') for number in range(MOST_BLOCKS + more)]
    said = text_of(blocks(counted=tuple(many)))
    assert [f'wiki{number} (' in said for number in range(MOST_BLOCKS + more)].count(True) == MOST_BLOCKS
    assert said.endswith(f'wiki{MOST_BLOCKS - 1} (2 March 2026){rest}.')


# --- the whole ---------------------------------------------------------------------------------------

NAMES = ('Vulpecula', 'Corvus', 'Lacerta')


def judged(nominator: AccountFacts | None, closed: bool) -> Nomination:
    """Return what is found on accounts with names that stand nowhere else."""
    locals_ = (local('enwiki', blocked=True), local('metawiki', 3, blocked=True))
    found = {one.wiki: wiki_blocks(one.wiki, block('2026-01-01'), edits=one.edits) for one in locals_}
    subjects = [AccountFacts(account(*locals_, name=name), blocks=found) for name in NAMES[1:]]
    moments = Moments(day('2024-05-01'), NOW if closed else None, NOW)
    facts = NominationFacts(nominator, tuple(subjects))
    return judge_nomination(load_policy('global-bans'), facts, moments, 'metawiki')


NOMINATORS: Mapping[str, AccountFacts | None] = {
    'known': AccountFacts(account(local(), name=NAMES[0])),
    'not known': AccountFacts(Unknown(Gap.NOT_SHOWN)),
    'no account': None,
}


@pytest.mark.parametrize('closed', [True, False])
@pytest.mark.parametrize('nominator', NOMINATORS.values(), ids=NOMINATORS)
def test_nobody_is_named(nominator: AccountFacts | None, closed: bool) -> None:
    """It should name no account and link to no user, under the policy of Meta-Wiki."""
    found = judged(nominator, closed)
    said = '\n'.join(f'{label}: {text}' for label, text in lines(found, is_open=not closed).items())
    assert not [name for name in NAMES if name in said]
    assert 'User' not in said
    assert 'enwiki (1 January 2026), metawiki (1 January 2026)' in said


@pytest.mark.parametrize(
    ('clock', 'texts'),
    [
        (Clock(), []),
        (
            Clock(day('2027-06-14T12:00'), day('2027-06-30T12:00')),
            [
                'the shortest discussion that the policy names ends 12:00, 14 June 2027 (UTC)',
                'the longest ends 12:00, 30 June 2027 (UTC)',
            ],
        ),
        (Clock(None, day('2027-06-30')), ['the longest ends 00:00, 30 June 2027 (UTC)']),
    ],
)
def test_clock(clock: Clock, texts: list[str]) -> None:
    """It should tell when the times of the policy end, where it names any."""
    assert [*clock_texts(replace(PLAIN, clock=clock), MESSAGES)] == texts


def test_recalled_number_of_blocks() -> None:
    """It should say of a number of blocks that is known from memory that it is not verified."""
    found = BlockFinding(Finding(RULE, Verdict.MET, value(2, provenance=Provenance.RECALLED)))
    assert 'not verified' in text_of(found)
