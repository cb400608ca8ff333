"""The facts box of a request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import mwparserfromhell
import pytest

from globalban_bot.decide.tally import tally
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
from globalban_bot.model.request import Head
from globalban_bot.model.state import Status
from globalban_bot.model.tally import ReviewItem, ReviewReason, Tally, VoteState
from globalban_bot.model.unknown import Gap
from globalban_bot.model.vote import Doubt, Entry
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.box import MOST_LOOKS, box_facts, count_text, look_text, proposal_name, render_box
from tests.unit.decide.made import (
    NEUTRAL,
    OPPOSE,
    at,
    closed_at,
    closed_head,
    entry,
    proposal,
    request,
    tallied,
)
from tests.unit.made_accounts import rule, value

HOSTILE = (
    "x!!! '''b''' [[Category:C]] {{delete}} ~~~~ <script>alert(1)</script> | a=b\n|}\n== h == {{!}} __TOC__"
)


def box(found: Tally) -> str:
    return render_box(found, load_profile('meta'), Messages(), at(3))


def test_open_request() -> None:
    """It should state the facts of an open request in plain lines, the count last but for the source."""
    found = tallied(entry(1), entry(2, 'Bel', OPPOSE), entry(3, 'Cid', OPPOSE), entry(4, 'Dov', NEUTRAL))
    assert box(found) == (
        '<div class="globalban-facts mw-content-ltr" lang="en" dir="ltr">\n'
        "'''Facts about this request''', as of 12:00, 3 May 2027 (UTC). Made by a bot from public pages; it"
        ' does not assess validity or consensus. [[Special:Redirect/page/7|Request]] ·'
        ' [[User:Request facts bot/Method|Method]] ·'
        ' [[User talk:Request facts bot|Report an error]]\n'
        "* ''State:'' open; opened 12:00, 1 May 2027 (UTC).\n"
        "* ''Signed positions:'' 1 support, 2 oppose, 1 neutral (a count, not an outcome).\n"
        '* Read at revision [[Special:PermanentLink/70|70]].\n'
        '</div><noinclude>__NOINDEX__</noinclude>\n'
    )


def test_closed_request() -> None:
    """It should give the count at closing, with the time."""
    text = box(tallied(entry(1), entry(2, 'Bel', time=at(9)), state=closed_at(at(8)), head=closed_head()))
    assert 'closed 12:00, 8 May 2027 (UTC); opened 12:00, 1 May 2027 (UTC).' in text
    assert "''Signed positions at closing:'' 1 support, 0 oppose, 0 neutral" in text
    assert 'line 2 (signed after the closing: not counted)' in text


def test_closing_statement() -> None:
    """It should link the edit with the closing statement, where the history tells it."""
    text = box(tallied(entry(1), state=closed_at(at(8), revision=77), head=closed_head()))
    assert 'closed 12:00, 8 May 2027 (UTC) ([[Special:Diff/77|closing statement]]);' in text


def test_unknown_is_left_out() -> None:
    """It should leave out what is not known, without an empty line or a None."""
    text = box(tallied(opened=None, revision=None, page_id=None))
    assert 'Time' not in text
    assert 'revision' not in text
    assert 'None' not in text
    assert text.count('\n*') == 2


def test_nobody_is_named_or_pinged() -> None:
    """It should hold neither voters nor subjects nor the nominator, and link to no user but the bot."""
    votes = [entry(1, 'Vulpecula'), entry(2, 'Vulpecula', OPPOSE), entry(3, 'Corvus', doubt=Doubt.SPLIT)]
    text = box(tallied(*votes, subjects=('Lacerta',), nominator='Delphinus'))
    assert not re.search('Vulpecula|Corvus|Lacerta|Delphinus', text)
    links = [str(link.title) for link in mwparserfromhell.parse(text).filter_wikilinks()]
    assert links == [
        'Special:Redirect/page/7',
        'User:Request facts bot/Method',
        'User talk:Request facts bot',
        'Special:PermanentLink/70',
    ]
    assert '~~~' not in text


@pytest.mark.parametrize(
    'word', ['%', 'percent', 'majority', 'consensus to', 'likely', 'passed', 'failed', 'style=']
)
def test_no_conclusion(word: str) -> None:
    """It should count, and never conclude."""
    assert word not in box(
        tallied(entry(1), entry(2, 'Bel', OPPOSE), state=closed_at(at(8)), head=closed_head())
    )


def test_looks_are_listed_up_to_a_number() -> None:
    """It should name the first entries for people by line, and give the number of the rest."""
    doubtful = [entry(line, f'Ada {line}', doubt=Doubt.SPLIT) for line in range(1, MOST_LOOKS + 3)]
    text = box(tallied(*doubtful))
    assert re.findall(r'line (\d+) \(unclear: not counted\)', text) == [
        str(n) for n in range(1, MOST_LOOKS + 1)
    ]
    assert text.count('and 2 more.') == 1
    assert "12 entries need a person's look" in text


def test_one_look() -> None:
    """It should use the singular for one entry."""
    assert "; one entry needs a person's look." in box(tallied(entry(1, doubt=Doubt.SPLIT)))


@pytest.mark.parametrize('reason', ReviewReason)
def test_every_reason_has_words(reason: ReviewReason) -> None:
    """It should have words for every reason."""
    assert look_text(ReviewItem(1, reason), Messages())


def test_count_text() -> None:
    """It should write the count of a question as a line."""
    found = tallied(entry(1), entry(2, None)).proposals[0]
    assert count_text(found, Messages()) == (
        "2 support, 0 oppose, 0 neutral (a count, not an outcome); one entry needs a person's look"
    )


#: Entries that do not count, each in its own way, and what is told of them.
NOT_COUNTED: dict[str, tuple[list[Entry], str]] = {
    'removed': ([entry(2, 'Bel', removed=True)], '1 taken out'),
    'moved': ([entry(2, 'Bel', struck=True), entry(3, 'Bel', OPPOSE)], '1 moved to another place'),
    'struck': ([entry(2, 'Bel', struck=True)], '1 struck'),
    'superseded': ([entry(2, 'Ada', time=at(3))], '1 replaced by another vote of the same person'),
    'after closing': ([entry(2, 'Bel', time=at(9))], '1 signed after the closing'),
    'unclear': ([entry(2, 'Bel', doubt=Doubt.SPLIT), entry(3, 'Cid', doubt=Doubt.SPLIT)], '2 unclear'),
}


@pytest.mark.parametrize('state', [state for state in VoteState if not state.counts])
def test_each_state_that_does_not_count(state: VoteState) -> None:
    """It should tell by the reason how many entries do not count."""
    entries, told = NOT_COUNTED[state.value]
    found = tallied(entry(1), *entries, state=closed_at(at(8)), head=closed_head())
    assert [vote.state for vote in found.proposals[0].votes].count(state) == int(told[0])
    assert f'0 neutral (a count, not an outcome); not counted: {told}' in box(found)


def test_all_states_that_do_not_count() -> None:
    """It should name the reasons in their order of precedence, whatever the order on the page."""
    others = [replace(one, line=line) for line, one in enumerate(_all_not_counted(), 2)]
    found = tallied(entry(1), *reversed(others), state=closed_at(at(8)), head=closed_head())
    told = ', '.join(told for _, told in NOT_COUNTED.values())
    assert f'; not counted: {told}; ' in box(found)


def _all_not_counted() -> Iterator[Entry]:
    """Yield the entries above, each of people of its own, but for the one that the first vote supersedes."""
    for state, (entries, _) in NOT_COUNTED.items():
        for one in entries:
            yield one if one.author == 'Ada' else replace(one, author=f'{one.author} of {state}')


def test_all_count() -> None:
    """It should say nothing of votes that do not count where there are none."""
    assert 'not counted' not in box(tallied(entry(1), entry(2, None)))


def several(*headings: str) -> Tally:
    return tally(request(*(proposal(entry(n), heading=heading) for n, heading in enumerate(headings, 1))))


#: Headings of questions, and what is shown of them.
NAMES = [
    ('Proposal 2: ban Bel', 'Proposal 2'),
    ('Proposal 2', 'Proposal 2'),
    ('Question: ban Bel', 'Question: ban Bel'),
    ('Option B1 : all of it', 'Option B1'),
    ('a' * 200, 'a' * 119 + '…'),
    ('a\u202eb\n c', 'ab c'),
]


@pytest.mark.parametrize(('heading', 'name'), NAMES)
def test_proposal_name(heading: str, name: str) -> None:
    """It should cut a numbered heading at the colon: what stands behind may name a person."""
    assert proposal_name(several(heading, 'Other').proposals[0]) == name


def test_proposals_are_a_table() -> None:
    """It should tabulate several questions, with a caption and the scope of each heading."""
    text = box(several('Proposal 1: a list', 'Proposal 2: a bell'))
    assert "''Signed positions:''" not in text
    assert (
        '{| class="wikitable"\n'
        '|+ Signed positions by proposal (counts, not outcomes)\n'
        '|-\n'
        '! scope="col" | Proposal\n'
        '! scope="col" | Support\n'
        '! scope="col" | Oppose\n'
        '! scope="col" | Neutral\n'
        '|-\n'
        '! scope="row" | <bdi>Proposal 1</bdi>\n'
        '| 1 || 0 || 0\n'
        '|-\n'
        '! scope="row" | <bdi>Proposal 2</bdi>\n'
        '| 1 || 0 || 0\n'
        '|}\n'
    ) in text


def test_proposals_with_votes_that_do_not_count() -> None:
    """It should tell below the table which positions it does not hold, of all questions together."""
    doubtful = [entry(2, 'Bel', doubt=Doubt.SPLIT), entry(3, 'Cid', struck=True)]
    found = tally(request(*(proposal(entry(1), *doubtful, heading=name) for name in ('One', 'Two'))))
    assert box(found).endswith(
        '|}\nNot counted, all proposals together: 2 struck, 2 unclear.\n'
        '</div><noinclude>__NOINDEX__</noinclude>\n'
    )
    assert 'Not counted' not in box(several('One', 'Two'))


def test_hostile_heading() -> None:
    """It should show a hostile heading and do nothing else."""
    text = box(several(HOSTILE, 'Proposal 2'))
    harmless = box(several('x', 'Proposal 2'))
    code, plain = mwparserfromhell.parse(text), mwparserfromhell.parse(harmless)
    assert [type(n) for n in code.ifilter_templates()] == []
    assert len(code.filter_wikilinks()) == len(plain.filter_wikilinks())
    assert len(code.filter_tags()) == len(plain.filter_tags())
    assert text.count('\n') == harmless.count('\n')
    row = next(line for line in text.split('\n') if line.startswith('! scope="row"'))
    assert '!!' not in row, 'MediaWiki would begin a new cell'


def test_links_for_stewards() -> None:
    """It should offer stewards the same links after every closing, and none before."""
    line = (
        "* ''For stewards:'' [[Global bans|Global bans policy]] · "
        '[[List of globally banned users|List of globally banned users]] · '
        "[[Steward requests/Global|Steward requests]] · [[Stewards' noticeboard|Stewards' noticeboard]]\n"
    )
    assert line in box(tallied(state=closed_at(at(8)), head=closed_head()))
    assert line in box(
        tallied(state=closed_at(at(8)), head=Head(word='globalban-yes', status=Status.SUCCESSFUL))
    )
    assert 'steward' not in box(tallied(entry(1))).lower()


PLAIN = tallied(entry(1), entry(2, 'Bel', doubt=Doubt.SPLIT))
#: What may change between two runs, and whether a reader of the box cares.
CHANGES = {
    'nothing': (PLAIN, False),
    'another revision': (tallied(entry(1), entry(2, 'Bel', doubt=Doubt.SPLIT), revision=71), False),
    'a comment above': (tallied(entry(11), entry(12, 'Bel', doubt=Doubt.SPLIT)), False),
    'another voter': (tallied(entry(1, 'Cid'), entry(2, 'Bel', doubt=Doubt.SPLIT)), False),
    'a vote more': (tallied(entry(1), entry(2, 'Bel', doubt=Doubt.SPLIT), entry(3, 'Cid')), True),
    'another reason to look': (tallied(entry(1), entry(2, 'Bel', doubt=Doubt.SPLIT), entry(3, None)), True),
    'closed': (tallied(entry(1), entry(2, 'Bel', doubt=Doubt.SPLIT), state=closed_at(at(8))), True),
    'one more that does not count': (
        tallied(entry(1), entry(2, 'Bel', doubt=Doubt.SPLIT), entry(3, 'Cid', struck=True)),
        True,
    ),
    'one that does not count, for another reason': (
        tallied(entry(1), entry(2, 'Bel', doubt=Doubt.SPLIT, removed=True)),
        True,
    ),
}


@pytest.mark.parametrize(('found', 'changes'), CHANGES.values(), ids=CHANGES)
def test_what_is_compared(found: Tally, changes: bool) -> None:
    """It should tell what a reader of the box cares about: no revision, no line number."""
    profile, messages = load_profile('meta'), Messages()
    assert (box_facts(found, profile, messages) != box_facts(PLAIN, profile, messages)) is changes


def test_what_is_compared_of_proposals() -> None:
    """It should compare the counts of several questions, too."""
    profile, messages = load_profile('meta'), Messages()
    two = several('Proposal 1', 'Proposal 2')
    three = several('Proposal 1', 'Proposal 2', 'Proposal 3')
    assert box_facts(two, profile, messages) != box_facts(three, profile, messages)
    struck = tally(
        request(
            proposal(entry(1), entry(9, 'Bel', struck=True), heading='Proposal 1'),
            proposal(entry(2), heading='Proposal 2'),
        )
    )
    assert box_facts(struck, profile, messages) != box_facts(two, profile, messages)


# --- with a nomination -------------------------------------------------------------------------------

EDITS = Finding(rule(Shape.EDITS, before=Moment.OPENING), Verdict.NOT_MET, value(500), 312)
BLOCKS = BlockFinding(Finding(rule(Shape.BLOCKED, of=Party.SUBJECT), Verdict.MET, value(2)))
QUESTION = Finding(rule(Shape.QUESTION, of=Party.SUBJECT), Verdict.FOR_PEOPLE, value())
SHORTEST = Term(Finding(rule(Shape.SHORTEST, of=Party.REQUEST), Verdict.FOR_PEOPLE, value(2)), at(15))
LONGEST = Term(
    Finding(rule(Shape.LONGEST, of=Party.REQUEST, unit=Unit.MONTHS), Verdict.FOR_PEOPLE, value(1)), at(31)
)
NOMINATION = Nomination(
    nominator=(EDITS,),
    subjects=(SubjectFinding(BLOCKS, Reply.FREE),),
    clock=Clock(SHORTEST, LONGEST),
    wordings=(Finding(rule(Shape.WORDING, of=Party.REQUEST), Verdict.MET, value('a steward')),),
    questions=(QUESTION,),
    edits_now=600,
    moment=at(3),
)


def silent(gap: Gap) -> Nomination:
    """Return a nomination of which nothing is known about the nominator."""
    return replace(NOMINATION, nominator=(replace(EDITS, verdict=Verdict.UNDETERMINED, found=None, gap=gap),))


def nominated(nomination: Nomination = NOMINATION, **more: Any) -> Tally:
    return replace(tallied(entry(1), entry(2, 'Bel', doubt=Doubt.SPLIT), **more), nomination=nomination)


def labels(text: str) -> list[str]:
    return re.findall(r"^\* ''(.*?):''", text, re.MULTILINE)


def test_order_with_a_nomination() -> None:
    """It should tell of the nomination first, of the count after it, and ask people last, while open."""
    assert labels(box(nominated())) == [
        'State',
        'Nominator',
        'Reply on this wiki',
        'Indefinite blocks',
        'Communities',
        'Time',
        'Signed positions',
        "Needs a person's look (lines of the wikitext)",
        'For people',
    ]
    assert labels(box(nominated(replace(NOMINATION, more=2)))) == [
        'State',
        'Nominator',
        'Reply on this wiki',
        'Indefinite blocks',
        'Further accounts',
        'Communities',
        'Time',
        'Signed positions',
        "Needs a person's look (lines of the wikitext)",
        'For people',
    ]
    closed = box(nominated(state=closed_at(at(8)), head=closed_head()))
    assert labels(closed) == [
        'State',
        'Nominator',
        'Indefinite blocks at closing',
        'Signed positions at closing',
        "Needs a person's look (lines of the wikitext)",
        'For stewards',
    ]


def test_open_request_with_a_nomination() -> None:
    """It should state what was found on an open request in plain lines."""
    text = box(nominated())
    assert text[text.index('* ') :] == (
        "* ''State:'' open; opened 12:00, 1 May 2027 (UTC).\n"
        "* ''Nominator:'' 500 edits on all wikis together before the opening: not met (312 at the opening;"
        ' 600 now). Rules since 1 January 2020 ([[Project:Vote|source]]).'
        ' What follows from it is for people to decide.\n'
        "* ''Reply on this wiki:'' no block or lock found.\n"
        "* ''Indefinite blocks:'' the policy asks for 2 projects or more; none found;"
        ' not checked: bans without a block, other accounts of the same person.\n'
        "* ''Communities:'' {{#ifexist:User:Request facts bot/Request/7/Notices"
        '|{{User:Request facts bot/Request/7/Notices}}|not looked up yet}}.\n'
        "* ''Time:'' 2 weeks end 12:00, 15 May 2027 (UTC); one month ends"
        ' 12:00, 31 May 2027 (UTC); to be closed by a steward.\n'
        "* ''Signed positions:'' 1 support, 0 oppose, 0 neutral (a count, not an outcome); not counted: 1"
        " unclear; one entry needs a person's look.\n"
        "* ''Needs a person's look (lines of the wikitext):'' line 2 (unclear: not counted).\n"
        "* ''For people:'' What is asked by question?\n"
        '* Read at revision [[Special:PermanentLink/70|70]].\n'
        '</div><noinclude>__NOINDEX__</noinclude>\n'
    )


def test_closed_request_with_a_nomination() -> None:
    """It should tell of a closed request neither when the times end, nor edits of now, nor what is asked."""
    text = box(nominated(state=closed_at(at(8)), head=closed_head()))
    assert text[text.index('* ') : text.index("* ''For stewards")] == (
        "* ''State:'' closed 12:00, 8 May 2027 (UTC); opened 12:00, 1 May 2027 (UTC).\n"
        "* ''Nominator:'' 500 edits on all wikis together before the opening: not met (312 at the opening)."
        ' Rules since 1 January 2020 ([[Project:Vote|source]]).\n'
        "* ''Indefinite blocks at closing:'' the policy asks for 2 projects or more; 0 at the closing.\n"
        "* ''Signed positions at closing:'' 1 support, 0 oppose, 0 neutral (a count, not an outcome); not"
        " counted: 1 unclear; one entry needs a person's look.\n"
        "* ''Needs a person's look (lines of the wikitext):'' line 2 (unclear: not counted).\n"
    )


#: What may change of a nomination between two runs, and whether a reader of the box cares.
NOMINATIONS = {
    'nothing': (NOMINATION, False),
    'edits of now': (replace(NOMINATION, edits_now=601), False),
    'edits of now are not known': (replace(NOMINATION, edits_now=None), False),
    'the moment': (replace(NOMINATION, moment=at(4)), False),
    'the edits that were found': (replace(NOMINATION, nominator=(replace(EDITS, found=313),)), True),
    'a block more': (
        replace(
            NOMINATION,
            subjects=(
                SubjectFinding(replace(BLOCKS, counted=(BlockEvidence('enwiki', at(1), None),)), Reply.FREE),
            ),
        ),
        True,
    ),
    'a reply': (replace(NOMINATION, subjects=(SubjectFinding(BLOCKS, Reply.SHUT),)), True),
    'a time': (replace(NOMINATION, clock=Clock(SHORTEST)), True),
    'who is to close': (replace(NOMINATION, wordings=()), True),
    'a further account': (replace(NOMINATION, more=1), True),
    'a reason why it could not be looked up': (silent(Gap.NOT_SHOWN), True),
    'a question': (replace(NOMINATION, questions=()), True),
}


@pytest.mark.parametrize(('nomination', 'changes'), NOMINATIONS.values(), ids=NOMINATIONS)
def test_what_is_compared_of_a_nomination(nomination: Nomination, changes: bool) -> None:
    """It should compare what is shown of a nomination: not the moment, nor the edits of now."""
    profile, messages = load_profile('meta'), Messages()
    facts, plain = (box_facts(nominated(one), profile, messages) for one in (nomination, NOMINATION))
    assert (facts != plain) is changes


def test_reasons_are_not_compared() -> None:
    """It should take it for no news why something could not be looked up."""
    profile, messages = load_profile('meta'), Messages()
    told = {box_facts(nominated(silent(gap)), profile, messages) for gap in Gap if gap.is_missing}
    assert len(told) == 1


def test_nothing_found_on_the_nomination() -> None:
    """It should have a box as ever where nobody was asked about the accounts."""
    assert box(replace(nominated(), nomination=None)) == box(PLAIN)
