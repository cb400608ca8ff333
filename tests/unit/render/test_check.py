"""What somebody reads who thinks of filing a request."""

from __future__ import annotations

from dataclasses import replace

import pytest

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.nomination import (
    BlockEvidence,
    BlockFinding,
    Clock,
    Finding,
    Nomination,
    Reply,
    SubjectFinding,
    Term,
    Verdict,
)
from globalban_bot.model.policy import Moment, Party, Shape, Unit
from globalban_bot.model.precheck import Precheck
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.render.check import render_check
from globalban_bot.render.known import gap_text
from globalban_bot.render.nomination import reply_text
from tests.unit.made_accounts import NOW, account, day, local, rule, value

PUMP = 'https://pump.example/{wiki}/Q16503'
EDITS = Finding(rule(Shape.EDITS, before=Moment.OPENING), Verdict.NOT_MET, value(500), 312)
IDLE = Finding(rule(Shape.REGISTERED), Verdict.NOT_YET)
QUESTION = Finding(rule(Shape.QUESTION, of=Party.SUBJECT), Verdict.FOR_PEOPLE, value())
LINK = f'https://enwiki.example/wiki/Special:Redirect/logid/{"7" * 90}'
BLOCKS = BlockFinding(
    Finding(rule(Shape.BLOCKED, of=Party.SUBJECT), Verdict.FOR_PEOPLE, value(2)),
    counted=(BlockEvidence('enwiki', day('2026-03-02'), LINK),),
)
NOMINATION = Nomination(
    nominator=(IDLE, EDITS),
    subjects=(SubjectFinding(BLOCKS, Reply.FREE),),
    clock=Clock(
        Term(Finding(rule(Shape.SHORTEST), Verdict.FOR_PEOPLE, value(2)), day('2027-06-15')),
        Term(Finding(rule(Shape.LONGEST, unit=Unit.MONTHS), Verdict.FOR_PEOPLE, value(1)), day('2027-07-01')),
    ),
    wordings=(Finding(rule(Shape.WORDING), Verdict.MET, value('a steward')),),
    questions=(QUESTION,),
    edits_now=312,
    moment=NOW,
)
SUBJECT = account(local('enwiki', 1200), local('metawiki', 1), local('dewiki', 0), name='Bel')
FOUND = Precheck(NOMINATION, SUBJECT, 'Project:Bans', NOW)


def check(found: Precheck = FOUND, pump: str | None = PUMP) -> str:
    return render_check(found, pump, Messages())


def part(heading: str, text: str | None = None) -> list[str]:
    """Return the lines of a part, by the beginning of its heading."""
    (found,) = [one for one in (text or check()).rstrip().split('\n\n') if one.startswith(heading)]
    return found.split('\n')[1:]


def test_nominator() -> None:
    """It should tell how the rules in force would stand, and nothing of others."""
    assert part('The nominator') == [
        '  - 500 edits on all wikis together before the opening: not met (312 at the opening)',
    ]


@pytest.mark.parametrize('gap', Gap)
def test_exact_reasons(gap: Gap) -> None:
    """It should tell whoever asks just why something is not known."""
    blocks = BlockFinding(replace(BLOCKS.finding, verdict=Verdict.UNDETERMINED, gap=gap))
    nomination = replace(
        NOMINATION,
        nominator=(replace(EDITS, verdict=Verdict.UNDETERMINED, found=None, gap=gap),),
        subjects=(SubjectFinding(blocks, Reply.FREE),),
    )
    text = ' '.join(check(replace(FOUND, nomination=nomination, subject=Unknown(gap))).split())
    reason = gap_text(gap, Messages(), exact=True)
    assert f'before the opening: not known ({reason})' in text
    assert f'not known whether 2 or more, which does not mean "fewer" ({reason}).' in text
    assert f'The wikis where the account has edits: not determined ({reason})' in text
    assert 'it could not be looked up' not in text


def test_blocks() -> None:
    """It should tell of blocks, with addresses that are never broken."""
    lines = part('Indefinite blocks')
    assert lines[0].startswith('  - the policy asks for 2 projects or more; in force: enwiki')
    assert sum(f'<{LINK}>' in line for line in lines) == 1
    assert all(line.startswith('    ') for line in lines[1:-1])


@pytest.mark.parametrize('reply', [Reply.LOCKED, Reply.GLOBALLY_BLOCKED, Reply.SHUT])
def test_reply(reply: Reply) -> None:
    """It should say beside the blocks whether the account is locked, globally blocked, or shut out here."""
    nomination = replace(NOMINATION, subjects=(SubjectFinding(BLOCKS, reply),))
    text = ' '.join(check(replace(FOUND, nomination=nomination)).split())
    assert f'Reply on this wiki: {reply_text(reply, Messages())}.' in text


def test_questions_and_times() -> None:
    """It should tell what only people can tell, and when the times would end."""
    assert part('What only people can tell') == ['  - What is asked by question?']
    assert part('If it were filed now') == [
        '  - 2 weeks end 00:00, 15 June 2027 (UTC)',
        '  - one month ends 00:00, 1 July 2027 (UTC)',
        '  - to be closed by a steward',
    ]


@pytest.mark.parametrize(
    ('pump', 'where'),
    [
        (PUMP, (': https://pump.example/enwiki/Q16503', ': https://pump.example/metawiki/Q16503')),
        (None, ('', '')),
    ],
)
def test_wikis(pump: str | None, where: tuple[str, str]) -> None:
    """It should list the wikis with edits, each with its village pump where the profile has an address."""
    lines = part('Wikis where the account has edits (2)', check(pump=pump))
    assert lines[:2] == [f'  - enwiki (1200 edits){where[0]}', f'  - metawiki (one edit){where[1]}']
    assert 'dewiki' not in check(pump=pump)


def test_account_not_known() -> None:
    """It should say why the wikis with edits are not known, and still give the texts."""
    text = check(replace(FOUND, subject=Unknown(Gap.NOT_SHOWN)))
    assert (
        'The wikis where the account has edits: not determined (no account of this name is shown)\n' in text
    )
    assert text.count('~~~~') == 2


def test_texts_to_copy() -> None:
    """It should give each text on one line, with the policy, a place for the title, and without a name."""
    community, user = [line for line in check().split('\n') if '~~~~' in line]
    assert '[[m:Title of the request|' in community
    assert '[[m:Project:Bans|' in community
    assert '[[m:Title of the request|' in user
    assert 'Bel' not in check()


def test_form() -> None:
    """It should begin with what it is and when it was looked up, and keep to a width."""
    text = check()
    assert text.startswith('Check before filing a request')
    assert 'As of 00:00, 1 June 2027 (UTC).' in text
    assert text.endswith('\n')
    assert '\n\n\n' not in text
    assert 'None' not in text
    wide = [line for line in text.split('\n') if len(line) > 100]
    assert [line for line in wide if '://' not in line and '~~~~' not in line] == []
