"""What was found on a nomination, as lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from globalban_bot.decide.nomination import judge_nomination
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.account import EditScope
from globalban_bot.model.facts import AccountFacts, Moments, NominationFacts
from globalban_bot.model.nomination import (
    BlockFinding,
    Clock,
    Finding,
    Nomination,
    Reply,
    SubjectFinding,
    Term,
    Verdict,
)
from globalban_bot.model.policy import Moment, Party, Provenance, Shape, Unit
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.policy.loader import load_policy
from globalban_bot.render.known import gap_text
from globalban_bot.render.nomination import (
    clock_texts,
    finding_text,
    nomination_lines,
    period_text,
    question_lines,
    verdict_text,
)
from globalban_bot.render.rich_text import as_text, as_wikitext
from tests.unit.made_accounts import NOW, account, block, day, local, rule, value, wiki_blocks

MESSAGES = Messages()
EDITS = rule(Shape.EDITS, value(500), before=Moment.OPENING)
MET = Finding(EDITS, Verdict.MET, value(500))
RULE = rule(Shape.BLOCKED, value(2), of=Party.SUBJECT)
QUESTION = Finding(rule(Shape.QUESTION, of=Party.SUBJECT), Verdict.FOR_PEOPLE, value())


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


ASKED = 'the policy asks for 2 projects or more'
NOT_CHECKED = 'not checked: bans without a block, other accounts of the same person'
SOURCE = 'Rules since 1 January 2020 ([[Project:Vote|source]]).'
TOLD = '500 edits on all wikis together before the opening'


def test_open_request() -> None:
    """It should tell of nominator, reply and blocks, in this order; questions come apart."""
    found = lines(replace(PLAIN, questions=(QUESTION, QUESTION)))
    assert found == {
        'Nominator': f'{TOLD}: met. {SOURCE}',
        'Reply on this wiki': 'no block or lock found.',
        'Indefinite blocks': f'{ASKED}; none found; {NOT_CHECKED}.',
    }
    assert [*found] == ['Nominator', 'Reply on this wiki', 'Indefinite blocks']


def test_closed_request() -> None:
    """It should tell of the blocks at closing, and not of replies."""
    found = lines(replace(PLAIN, questions=(QUESTION,)), is_open=False)
    assert found == {
        'Nominator': f'{TOLD}: met. {SOURCE}',
        'Indefinite blocks at closing': f'{ASKED}; 0 at the closing.',
    }


def test_questions() -> None:
    """It should ask all questions on one line, where there are any."""
    (line,) = question_lines(replace(PLAIN, questions=(QUESTION, QUESTION)), MESSAGES)
    assert (line.label, as_text(line.said)) == (
        'For people',
        'What is asked by question? What is asked by question?',
    )
    assert [*question_lines(PLAIN, MESSAGES)] == []


@pytest.mark.parametrize('is_open', [True, False])
@pytest.mark.parametrize(
    ('more', 'text'),
    [
        (0, None),
        (1, 'one more is named; it was not looked up.'),
        (7, '7 more are named; they were not looked up.'),
    ],
)
def test_further_accounts(more: int, text: str | None, is_open: bool) -> None:
    """It should say last how many further accounts were not looked up."""
    found = lines(replace(PLAIN, more=more), is_open=is_open)
    assert found.get('Further accounts') == text
    assert ([*found][-1] == 'Further accounts') is (text is not None)


def test_several_subjects() -> None:
    """It should number several accounts, and a single one not."""
    other = SubjectFinding(blocks(Verdict.FOR_PEOPLE), Reply.LOCKED)
    found = lines(replace(PLAIN, subjects=(SUBJECT, other)))
    assert [*found][1:] == [
        'Reply on this wiki (account 1)',
        'Indefinite blocks (account 1)',
        'Reply on this wiki (account 2)',
        'Indefinite blocks (account 2)',
    ]
    assert found['Reply on this wiki (account 2)'] == 'locked: cannot log in.'
    assert found['Indefinite blocks (account 2)'] == f'{ASKED}; none found; {NOT_CHECKED}.'
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
    assert found == f'{TOLD}: met. {SOURCE}'


#: Rules on nominators, when the request was opened, whether it is open, and what is said.
NO_RULES: dict[str, tuple[tuple[Finding, ...], str | None, bool, str | None]] = {
    'not yet': (
        (Finding(EDITS, Verdict.NOT_YET),),
        '2015-03-02',
        True,
        'no rules on nominators were in force on 2 March 2015, when the request was opened.',
    ),
    'not any more': (
        (Finding(EDITS, Verdict.REPEALED),),
        '2027-05-01',
        True,
        'no rules on nominators were in force on 1 May 2027, when the request was opened.',
    ),
    'closed': ((Finding(EDITS, Verdict.NOT_YET),), '2015-03-02', False, None),
    'nobody knows when': ((Finding(EDITS, Verdict.NOT_YET),), None, True, None),
    'a policy without such rules': ((), '2015-03-02', True, None),
    'nobody knows which': (
        (Finding(EDITS, Verdict.UNDETERMINED, gap=Gap.NO_MOMENT),),
        None,
        True,
        'not known (the page does not tell when it was opened). Not known does not mean "not met".',
    ),
}


@pytest.mark.parametrize(('found', 'opened', 'is_open', 'text'), NO_RULES.values(), ids=NO_RULES)
def test_no_rules(found: tuple[Finding, ...], opened: str | None, is_open: bool, text: str | None) -> None:
    """It should say that there were no rules, and where it is not known whether there were, just that."""
    told = replace(PLAIN, nominator=found, opened=None if opened is None else day(opened))
    assert lines(told, is_open=is_open).get('Nominator') == text


# --- nominator ---------------------------------------------------------------------------------------

#: Findings, and what is said of them.
FINDINGS: dict[str, tuple[Finding, str]] = {
    'edits': (MET, f'{TOLD}: met'),
    'one edit': (replace(MET, value=value(1)), 'one edit on all wikis together before the opening: met'),
    'on one wiki': (
        replace(MET, rule=replace(EDITS, where=EditScope.ANY)),
        '500 edits on one of the wikis before the opening: met',
    ),
    'not met': (
        replace(MET, verdict=Verdict.NOT_MET, found=312),
        f'{TOLD}: not met (312 at the opening)',
    ),
    'none': (
        replace(MET, verdict=Verdict.NOT_MET, found=0),
        f'{TOLD}: not met (0 at the opening)',
    ),
    'met, the number is no matter': (replace(MET, found=777), f'{TOLD}: met'),
    'account': (Finding(rule(Shape.ACCOUNT), Verdict.NOT_MET, value()), 'an account: not met'),
    'registered': (
        Finding(rule(Shape.REGISTERED, before=Moment.OPENING), Verdict.MET, value(6)),
        'registered more than 6 months before the opening: met',
    ),
    'a day': (
        Finding(rule(Shape.REGISTERED, unit=Unit.DAYS, before=Moment.OPENING), Verdict.MET, value(1)),
        'registered more than one day before the opening: met',
    ),
    'registered before another moment': (
        Finding(rule(Shape.REGISTERED), Verdict.MET, value(6)),
        'What is asked by registered?: met',
    ),
    'edits before another moment': (
        Finding(rule(Shape.EDITS), Verdict.NOT_MET, value(500), 312),
        'What is asked by edits?: not met (312)',
    ),
    'could not be looked up': (
        Finding(EDITS, Verdict.UNDETERMINED, value(500), gap=Gap.NOT_SHOWN),
        f'{TOLD}: not known (it could not be looked up)',
    ),
    'another shape': (
        Finding(rule(Shape.REGISTERED), Verdict.MET, value()),
        'What is asked by registered?: met',
    ),
    'recalled': (
        replace(MET, value=value(500, provenance=Provenance.RECALLED)),
        f'{TOLD}: met (not verified)',
    ),
    'inferred': (
        replace(MET, value=value(500, provenance=Provenance.INFERRED)),
        f'{TOLD}: met (inferred)',
    ),
    'recalled, not met': (
        Finding(EDITS, Verdict.NOT_MET, value(500, provenance=Provenance.RECALLED), 3),
        f'{TOLD}: not met (3 at the opening) (not verified)',
    ),
    'not known': (
        Finding(EDITS, Verdict.UNDETERMINED, value(500), gap=Gap.DELETED_EDITS),
        f'{TOLD}: not known (the edits that can be seen do not decide it)',
    ),
}


@pytest.mark.parametrize(('found', 'text'), FINDINGS.values(), ids=FINDINGS)
def test_finding_text(found: Finding, text: str) -> None:
    """It should say what a rule asks for and how it stands, with the number where it is not met."""
    assert finding_text(found, MESSAGES) == text


@pytest.mark.parametrize('is_open', [True, False])
@pytest.mark.parametrize('verdict', Verdict)
def test_people_decide(verdict: Verdict, is_open: bool) -> None:
    """It should leave to people what follows where something is not met, while the request is open."""
    found = replace(PLAIN, nominator=(MET, replace(MET, verdict=verdict)))
    said = lines(found, is_open=is_open)['Nominator']
    follows = 'What follows from it is for people to decide.'
    assert said.endswith(f'{SOURCE} {follows}') is (is_open and verdict is Verdict.NOT_MET)
    assert (follows in said) is (is_open and verdict is Verdict.NOT_MET)


ACCOUNT = Finding(rule(Shape.ACCOUNT), Verdict.MET, value())
AGE = Finding(rule(Shape.REGISTERED, before=Moment.OPENING), Verdict.MET, value(6))
RULES = (ACCOUNT, AGE, MET)
FOLLOWS = 'What follows from it is for people to decide.'
NOT_KNOWN = 'Not known does not mean "not met".'


def unknown(gap: Gap) -> tuple[Finding, ...]:
    """Return the rules, all left open for the same reason."""
    return tuple(replace(one, verdict=Verdict.UNDETERMINED, gap=gap) for one in RULES)


#: Findings on a nominator, and what is said of them all while the request is open.
NOMINATED: dict[str, tuple[tuple[Finding, ...], str]] = {
    'met': (RULES, f'registered more than 6 months before the opening: met; {TOLD}: met. {SOURCE}'),
    'nothing but an account is asked for': ((ACCOUNT,), f'an account: met. {SOURCE}'),
    'without an account': (
        tuple(replace(one, verdict=Verdict.NOT_MET) for one in RULES),
        f'made without an account; the policy asks for one. {SOURCE} {FOLLOWS}',
    ),
    'not named': (
        unknown(Gap.NOT_NAMED),
        f'for people (the page does not tell which account). {SOURCE}',
    ),
    'could not be looked up': (
        unknown(Gap.NO_ANSWER),
        f'not known (it could not be looked up). {SOURCE} {NOT_KNOWN}',
    ),
    'one could not be looked up': (
        (ACCOUNT, AGE, replace(MET, verdict=Verdict.UNDETERMINED, gap=Gap.NO_ANSWER)),
        'registered more than 6 months before the opening: met;'
        f' {TOLD}: not known (it could not be looked up). {SOURCE} {NOT_KNOWN}',
    ),
    'all but the account without a moment': (
        (ACCOUNT, *unknown(Gap.NO_MOMENT)[1:]),
        'registered more than 6 months before the opening: not known (the page does not tell when it was'
        f' opened); {TOLD}: not known (the page does not tell when it was opened). {SOURCE} {NOT_KNOWN}',
    ),
    'one not met, one not known': (
        (
            ACCOUNT,
            replace(AGE, verdict=Verdict.UNDETERMINED, gap=Gap.NO_REGISTRATION),
            replace(MET, verdict=Verdict.NOT_MET, found=312),
        ),
        'registered more than 6 months before the opening: not known (the wikis do not tell when the account'
        f' was registered); {TOLD}: not met (312 at the opening). {SOURCE} {NOT_KNOWN} {FOLLOWS}',
    ),
}


@pytest.mark.parametrize(('found', 'text'), NOMINATED.values(), ids=NOMINATED)
def test_nominator(found: tuple[Finding, ...], text: str) -> None:
    """It should say once what is the same for all rules, and of an account alone only where that is all."""
    assert lines(replace(PLAIN, nominator=found))['Nominator'] == text


@pytest.mark.parametrize(('found', 'text'), NOMINATED.values(), ids=NOMINATED)
def test_nominator_of_a_closed_request(found: tuple[Finding, ...], text: str) -> None:
    """It should say the same after the closing, without what follows."""
    assert lines(replace(PLAIN, nominator=found), is_open=False)['Nominator'] == text.removesuffix(
        f' {FOLLOWS}'
    )


@pytest.mark.parametrize(
    ('found', 'is_open', 'text'),
    [
        (replace(MET, verdict=Verdict.NOT_MET, found=312), True, 'not met (312 at the opening; 520 now)'),
        (replace(MET, verdict=Verdict.NOT_MET, found=312), False, 'not met (312 at the opening)'),
        (replace(MET, verdict=Verdict.NOT_MET), True, 'not met'),
        (replace(MET, found=777), True, 'met'),
    ],
)
def test_edits_now(found: Finding, is_open: bool, text: str) -> None:
    """It should tell the edits of now beside those that are too few, while the request is open."""
    said = lines(replace(PLAIN, nominator=(found,), edits_now=520), is_open=is_open)['Nominator']
    assert said.startswith(f'{TOLD}: {text}. Rules since')


def test_edits_now_of_another_rule() -> None:
    """It should not tell the edits of now beside another number than that of edits."""
    registered = Finding(rule(Shape.REGISTERED), Verdict.NOT_MET, value(6), 2)
    assert finding_text(registered, MESSAGES, edits_now=520) == 'What is asked by registered?: not met (2)'


INFERRED = replace(EDITS, before_provenance=Provenance.INFERRED)
BETWEEN = Finding(INFERRED, Verdict.FOR_PEOPLE, value(500), 490)
NO_MOMENT = 'the policy does not say when edits are counted'


@pytest.mark.parametrize(
    ('found', 'is_open', 'text'),
    [
        (BETWEEN, True, f'for people (490 at the opening; 520 now; enough since; {NO_MOMENT})'),
        (BETWEEN, False, f'for people (490 at the opening; enough since; {NO_MOMENT})'),
        (replace(BETWEEN, found=None), True, f'for people (520 now; enough since; {NO_MOMENT})'),
        (replace(BETWEEN, verdict=Verdict.NOT_MET), False, f'not met (490 at the opening; {NO_MOMENT})'),
        (replace(BETWEEN, verdict=Verdict.MET), True, 'met'),
    ],
)
def test_moment_that_is_not_named(found: Finding, is_open: bool, text: str) -> None:
    """It should give both numbers where the policy does not say which of them counts, and say so."""
    said = lines(replace(PLAIN, nominator=(found,), edits_now=520), is_open=is_open)['Nominator']
    assert said == f'{TOLD}: {text}. {SOURCE}'


def test_named_accounts() -> None:
    """It should tell of accounts that the nominator named apart, without a verdict, while it is open."""
    named = replace(PLAIN, named=(blocks(Verdict.MET), blocks(Verdict.FOR_PEOPLE)), named_more=2)
    told = lines(named)
    assert told['Named by the nominator (account 1 of the list)'] == (
        'Whose account it is was not checked. Indefinite blocks: none found.'
    )
    assert [*told][-2:] == ['Named by the nominator (account 2 of the list)', 'Further accounts']
    assert told['Indefinite blocks'] == lines(PLAIN)['Indefinite blocks']
    assert lines(named, is_open=False) == lines(PLAIN, is_open=False)


def test_sources() -> None:
    """It should join the rules in their order, link each source once, and date them by the newest value."""
    newer = value(3, '2024-02-29')
    newer = replace(newer, reference=replace(newer.reference, page='Project:Second vote'))
    found = (replace(MET, value=newer), MET, MET)
    three = '3 edits on all wikis together before the opening: met'
    assert lines(replace(PLAIN, nominator=found))['Nominator'] == (
        f'{three}; {TOLD}: met; {TOLD}: met.'
        ' Rules since 29 February 2024 ([[Project:Second vote|source]], [[Project:Vote|source]]).'
    )
    assert lines(replace(PLAIN, nominator=found[::-1]))['Nominator'] == (
        f'{TOLD}: met; {TOLD}: met; {three}.'
        ' Rules since 29 February 2024 ([[Project:Vote|source]], [[Project:Second vote|source]]).'
    )


def reply_of(reply: Reply | Unknown) -> str:
    return lines(replace(PLAIN, subjects=(replace(SUBJECT, reply=reply),)))['Reply on this wiki']


def test_distinct_words() -> None:
    """It should have words of its own for each verdict and reply, and for each gap in a terminal."""
    verdicts = {verdict_text(Finding(EDITS, verdict), MESSAGES) for verdict in Verdict}
    gaps = {gap_text(gap, MESSAGES, exact=True) for gap in Gap}
    replies = {reply_of(one) for one in Reply}
    assert (len(verdicts), len(gaps), len(replies)) == (len(Verdict), len(Gap), len(Reply))


def test_what_could_not_be_looked_up() -> None:
    """It should not tell on a wiki why something could not be looked up: an account may have been hidden."""
    on_a_wiki = {gap: gap_text(gap, MESSAGES) for gap in Gap}
    missing = {gap for gap in Gap if on_a_wiki[gap] == 'it could not be looked up'}
    assert missing == {gap for gap in Gap if gap.is_missing}
    assert all(on_a_wiki[gap] == gap_text(gap, MESSAGES, exact=True) for gap in {*Gap} - missing)
    found = Finding(EDITS, Verdict.UNDETERMINED, value(500), gap=Gap.NOT_SHOWN)
    assert verdict_text(found, MESSAGES) == 'not known (it could not be looked up)'
    for exact in (verdict_text, finding_text):
        assert exact(found, MESSAGES, exact=True).endswith('not known (no account of this name is shown)')


def test_nothing_tells_the_missing_apart() -> None:
    """It should write the same lines for all that could not be looked up, wherever it is missing."""

    def all_of(gap: Gap) -> list[dict[str, str]]:
        wikis = blocks(Verdict.UNDETERMINED, gap, unknown=(('enwiki', gap),), checked=1)
        account = blocks(Verdict.UNDETERMINED, gap)
        subjects = (SubjectFinding(wikis, Unknown(gap)), SubjectFinding(account, Unknown(gap)))
        found = replace(PLAIN, nominator=unknown(gap), subjects=subjects)
        return [lines(found, is_open=is_open) for is_open in (True, False)]

    first, *others = (all_of(gap) for gap in Gap if gap.is_missing)
    assert all(one == first for one in others)


@pytest.mark.parametrize('gap', Gap)
def test_unknown_reply(gap: Gap) -> None:
    """It should say that a reply is not known, and why; it is never said that none is possible."""
    assert reply_of(Unknown(gap)) == f'not known ({gap_text(gap, MESSAGES)}).'


@pytest.mark.parametrize('unit', [Unit.DAYS, Unit.WEEKS, Unit.MONTHS])
def test_period(unit: Unit) -> None:
    """It should write one and many of each unit of time."""
    assert period_text(1, unit, MESSAGES) == f'one {unit.value[:-1]}'
    assert period_text(5, unit, MESSAGES) == f'5 {unit.value}'


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
    assert ('enwiki (1 January 2026), this wiki (1 January 2026)' in said) is not closed
    assert ('wiki (' in said) is not closed


SHORTEST = Finding(rule(Shape.SHORTEST, of=Party.REQUEST), Verdict.FOR_PEOPLE, value(2))
LONGEST = Finding(rule(Shape.LONGEST, of=Party.REQUEST, unit=Unit.MONTHS), Verdict.FOR_PEOPLE, value(1))
RECALLED = replace(LONGEST, value=value(1, provenance=Provenance.RECALLED))
FORTNIGHT = Term(SHORTEST, day('2027-06-14T12:00'))
CLOSER = Finding(rule(Shape.WORDING, of=Party.REQUEST), Verdict.MET, value('a steward'))
MEMORY = replace(CLOSER, value=value('a sysop', provenance=Provenance.RECALLED))


@pytest.mark.parametrize(
    ('clock', 'wordings', 'texts'),
    [
        (Clock(), (), []),
        (
            Clock(FORTNIGHT, Term(LONGEST, day('2027-06-30T12:00'))),
            (CLOSER,),
            [
                '2 weeks end 12:00, 14 June 2027 (UTC)',
                'one month ends 12:00, 30 June 2027 (UTC)',
                'to be closed by a steward',
            ],
        ),
        (
            Clock(None, Term(RECALLED, day('2027-06-30'))),
            (MEMORY,),
            [
                'one month ends 00:00, 30 June 2027 (UTC) (not verified)',
                'to be closed by a sysop (not verified)',
            ],
        ),
        (Clock(FORTNIGHT), (), ['2 weeks end 12:00, 14 June 2027 (UTC)']),
    ],
)
def test_clock(clock: Clock, wordings: tuple[Finding, ...], texts: list[str]) -> None:
    """It should tell when the times of the policy end, and who is to close, where it names any."""
    assert [*clock_texts(replace(PLAIN, clock=clock, wordings=wordings), MESSAGES)] == texts
