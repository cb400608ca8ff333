"""The page that shows a plan of notices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.gate import Barrier, Gate
from globalban_bot.model.nomination import Finding, Verdict
from globalban_bot.model.notice import (
    Audience,
    Coverage,
    NoticePlan,
    NoticeState,
    notices_on,
)
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.model.policy import Shape
from globalban_bot.pages.notice_plan import notice_plan_facts, render_notice_plan
from globalban_bot.pages.plan_page import PlanPage
from globalban_bot.pages.standing import is_ready, told_then
from globalban_bot.render.notice_words import coverage_text
from tests.unit.made_accounts import rule
from tests.unit.render.notices import (
    EVIL,
    HOSTILE,
    OPEN,
    SHUT,
    SKIPS,
    WHEN,
    coverage,
    evil_plan,
    holds_still,
    made,
    notice,
    plan,
    plan_page,
    target,
)

M = Messages()
F, N = NoticeState.DELIVERED, NoticeState.NONE_FOUND


SERVER = 'https://meta.wikimedia.org'
FORM = f'{SERVER}/wiki/Special:MassMessage?'


def page(found: NoticePlan, gate: Gate = SHUT, covered: Sequence[Coverage] | None = None) -> PlanPage:
    """Return the page of a plan whose lists and texts stand as they should."""
    if covered is None:
        covered = [one.coverage for one in found.skipped]
        covered += [coverage(N, one.target) for one in found.notices]
    return plan_page(found, gate, covered)


def shown(found: NoticePlan, gate: Gate = SHUT) -> str:
    return render_notice_plan(page(found, gate), M)


def test_box_shows_it_by_language() -> None:
    """It should keep its own language on the page, and give a box the line in the language of its reader."""
    found, covered = plan(notice()), [coverage(F, target('frwiki', 'fr'))]
    text = render_notice_plan(page(found, covered=covered), M, ['de'])
    here, there = (coverage_text(covered, messages) for messages in (M, Messages('de')))
    line = next(line for line in text.split('\n') if '<onlyinclude>' in line)
    assert f'<noinclude>{here}</noinclude><onlyinclude><includeonly>{{{{#switch:{{{{int:lang}}}}' in line
    assert f'|de={there}' in text
    assert f'|#default={here}}}}}</includeonly></onlyinclude>.' in text


def test_plan() -> None:
    """It should say what is planned, where and why, and what a person should look at."""
    said = shown(made())
    assert said.startswith('<div class="globalban-notices mw-content-ltr" lang="en" dir="ltr">\n')
    assert said.endswith('</div><noinclude>__NOINDEX__</noinclude>\n')
    assert (
        "* ''Communities:'' <onlyinclude>notice found on 1 of 6 wikis where the account has edited;"
        ' none found on 5</onlyinclude>.' in said
    )
    row = (
        '|-\n! scope="row" | [https://at.wikipedia.org/ <bdi>at.wikipedia.org</bdi>]\n'
        '| [https://at.wikipedia.org/wiki/Project:Beisl <bdi>Project:Beisl</bdi>]\n'
        '| –\n| <bdi>{{#language:de}}</bdi> (de)\n| the account has edited there\n'
        '| no notice found; nobody has reviewed the translation\n'
    )
    assert row in said
    assert '| no notice found; only administrators can edit the page\n' in said
    assert said.count('|+ ') == said.count('{| class="wikitable sortable"') == 2
    assert '|+ 4 notices to be given' in said


def test_plan_skips() -> None:
    """It should say why each of the others gets none, with a link to what was found."""
    said = shown(made())
    assert '| [https://fr.wikipedia.org/wiki/X delivered, 14:05, 3 May 2027 (UTC)]\n' in said
    assert '| –\n| the wiki is closed\n' in said
    assert '| talk page of the account\n| left to the nominator\n' in said


def test_plan_names_nobody() -> None:
    """It should hold the accused's name where it stands in the link of a text, and nowhere else."""
    said = shown(made())
    elsewhere = said.replace('m:Requests for comment/Global ban for Invented', '')
    assert 'Invented' not in elsewhere
    assert '[[User' not in re.sub(r'\[\[(?:m:)?User(?: talk)?:Request facts bot', '', said)


def test_shut() -> None:
    """It should say first that it is not to be sent, and why, and have no link and no category."""
    said = shown(made())
    assert said.split('\n')[1].startswith("'''Notices about a request''': '''not to be sent now'''")
    young = '* The request is less than 24 hours old.\n'
    assert f'{young}* A requirement on the nominator is not met.\n' in said
    assert FORM not in said
    assert '[[Category:' not in said
    assert 'ready to send' not in said


def test_ready() -> None:
    """It should say first that it is ready, when that was checked, and give one link for each text."""
    said = shown(made(), OPEN)
    assert "'''ready to send''', checked at 14:05, 3 May 2027 (UTC)." in said.split('\n')[2]
    assert said.count(FORM) == 2
    assert '<bdi>{{#language:de}}</bdi> (de), 2 wikis: open the form]' in said
    assert '<bdi>{{#language:en}}</bdi> (en), one wiki: open the form]' in said
    assert 'open a new section of their talk page]' in said
    assert 'ask somebody who has it]' in said
    condition = '{{#ifexpr: {{PAGESIZE:User:Request facts bot/Send 0|R}} > 156 |'
    assert said.split('\n')[1].startswith(f'{condition} | <p>')
    assert said.endswith(f'<noinclude>{condition} [[Category:Ready notices]] }}}}</noinclude>\n')


@pytest.mark.parametrize('gate', [OPEN, SHUT])
def test_state(gate: Gate) -> None:
    """It should say how the request stands in words, right below whether it is to be sent."""
    lines = shown(made(), gate).split('\n')
    (title,) = (number for number, line in enumerate(lines) if line.startswith("'''Notices"))
    assert lines[title + 1] == "* ''State:'' open."


def test_held() -> None:
    """It should link the edit that holds the notices, and say who can go on, instead of how to hold them."""
    said = shown(made(), Gate((Barrier.HELD,), held_by=('Special:Diff/31',)))
    assert 'Who holds them, and why: [[Special:Diff/31]].' in said
    assert 'write to the operator of the bot on [[User talk:Request facts bot]].' in said
    assert 'To hold the notices' not in said
    assert FORM not in said


def test_subject_alone() -> None:
    """It should give the subject's part alone while the communities have to wait, and no category."""
    gate = Gate((Barrier.TOO_YOUNG,))
    found = replace(page(made(), OPEN), gate=gate)
    sends = tuple(one for one in found.sends if one.notices[0].audience is Audience.SUBJECT)
    said = render_notice_plan(replace(found, sends=sends), M)
    assert FORM not in said
    assert 'open a new section of their talk page]' in said
    assert '[[Category:' not in said
    assert replace(found, sends=sends).standing == 'open-subject'


def test_not_saved() -> None:
    """It should link no list that does not stand as it should."""
    found = page(made(), OPEN)
    sends = tuple(replace(one, ready=False) for one in found.sends)
    said = render_notice_plan(replace(found, sends=sends), M)
    assert FORM not in said
    assert 'nothing is left to send' in said


def test_to_check() -> None:
    """It should say above the links how many rules on the nominator a person has to check."""
    finding = Finding(rule(Shape.ACCOUNT), Verdict.UNDETERMINED)
    said = render_notice_plan(replace(page(made(), OPEN), gate=Gate((), (finding,))), M)
    assert said.index('One requirement on the nominator') < said.index(FORM)


def test_nomination() -> None:
    """It should show what was found on the nomination, as who sends has to see it."""
    assert "== About the nomination ==\n* ''Nominator:'' registered long ago: met\n" in shown(made())


def test_edits() -> None:
    """It should tell how many edits the account has on each wiki."""
    found = plan(notice(replace(target(), edits=37)))
    assert '\n| 37\n| <bdi>{{#language:de}}</bdi> (de)\n' in shown(found)


def test_named() -> None:
    """It should show accounts that only the nominator named, as text, and not plan to tell them."""
    said = shown(replace(made(), named=('Innocent One',)))
    assert 'not told from here: <bdi>Innocent One</bdi>.' in said


@pytest.mark.parametrize(
    ('gate', 'standing'),
    [
        (OPEN, 'open-community-subject-ready'),
        (Gate((Barrier.TOO_YOUNG,)), 'open-subject'),
        (Gate((Barrier.NOT_OPEN, Barrier.TOO_YOUNG)), 'shut-not-open-too-young'),
        (Gate((Barrier.HELD,)), 'shut-held'),
    ],
)
def test_standing(gate: Gate, standing: str) -> None:
    """It should tell by its marker who could be told, or why nobody: that is made known at once."""
    found = page(made(), gate)
    assert found.standing == standing
    owned = DesiredPage(DesiredFacts('Plan', 'f', standing), 'x', WHEN)
    state = CurrentPage('Plan', 5, 'Bot', WHEN, owned.text)
    assert told_then(state) == {one for one in Audience if gate.is_open_for(one)}
    assert is_ready(state) is standing.endswith('ready')


def test_plan_previews() -> None:
    """It should show each text once, in its language, without signature and marker."""
    said = shown(made())
    assert said.count('<div lang="de" dir="ltr" class="mw-content-ltr">') == 1
    assert "<div lang=\"de\" dir=\"ltr\">'''Bitte um Kommentare auf Meta-Wiki (Nr. 12)'''</div>" in said
    assert '(signature)' in said
    assert '~~~' not in said
    assert notices_on(said, 12) == 0


def test_long_text() -> None:
    """It should give a text to copy where a link would be too long."""
    long = replace(notice(), body='x' * 5000)
    said = shown(plan(long), OPEN)
    assert FORM not in said
    assert f'<pre>{long.body}</pre>' in said


def test_empty_plan() -> None:
    """It should say that nothing is to be given, without an empty table or text."""
    said = shown(plan())
    assert 'No notice is to be given.' in said
    assert '{|' not in said
    assert '<pre>' not in said
    assert 'no wiki is known' in said


@given(HOSTILE)
def test_hostile_pages(text: str) -> None:
    """It should show titles and names from other wikis, and never let them act or ping."""
    holds_still(shown(evil_plan(text), OPEN))


@pytest.mark.parametrize('text', EVIL)
def test_evil_pages(text: str) -> None:
    """It should withstand what is known to be evil."""
    holds_still(shown(evil_plan(text), OPEN))


def test_very_many() -> None:
    """It should show each text once, and no list that is too long for a page, in a plan of 1,000 notices."""
    places = [target(f'w{number}wiki', 'de', f'Project:Pump {number}') for number in range(1000)]
    text = shown(plan(*(notice(place) for place in places)))
    assert (text.count('{{#target:'), text.count('<pre>')) == (0, 0)


def facts_of(found: NoticePlan, gate: Gate = SHUT) -> str:
    return notice_plan_facts(page(found, gate), M)


def test_facts() -> None:
    """It should tell a change of the plan, of a skip, of the gate or of the day, and not the hour."""
    found = made()
    facts = facts_of(found)
    assert facts_of(replace(found, as_of=WHEN.replace(hour=3))) == facts
    assert facts_of(replace(found, skipped=found.skipped[::-1])) == facts
    for other, gate in (
        (replace(found, skipped=()), SHUT),
        (plan(notice(), skips=SKIPS), SHUT),
        (replace(found, named=('Innocent One',)), SHUT),
        (replace(found, as_of=WHEN + timedelta(days=1)), SHUT),
        (found, OPEN),
        (found, replace(SHUT, held_by=('Special:Diff/31',))),
    ):
        assert facts_of(other, gate) != facts
    stated = replace(page(found), state=('closing stated',))
    assert notice_plan_facts(stated, M) != facts
