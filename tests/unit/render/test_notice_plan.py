"""The page that shows a plan of notices."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.gate import Gate
from globalban_bot.model.notice import NoticePlan, NoticeState, notices_on
from globalban_bot.render.notice_plan import notice_plan_facts, render_notice_plan
from globalban_bot.render.notice_words import coverage_text
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
    target,
)

M = Messages()
F, N = NoticeState.FOUND, NoticeState.NONE_FOUND


def shown(found: NoticePlan, gate: Gate = SHUT) -> str:
    covered = [*(one.coverage for one in found.skipped), *(coverage(N, one.target) for one in found.notices)]
    return render_notice_plan(found, covered, gate, M)


def test_box_shows_it_by_language() -> None:
    """It should keep its own language on the page, and give a box the line in the language of its reader."""
    found, covered = plan(notice()), [coverage(F, target('frwiki', 'fr'))]
    text = render_notice_plan(found, covered, SHUT, M, ['de'])
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
        '| de\n| the account has edited there\n| no notice found; nobody has reviewed the translation\n'
    )
    assert row in said
    assert '| no notice found; only administrators can edit the page\n' in said
    assert said.count('|+ ') == said.count('{| class="wikitable sortable"') == 2
    assert '|+ 4 notices to be given' in said


def test_plan_skips() -> None:
    """It should say why each of the others gets none, with a link to what was found."""
    said = shown(made())
    assert '| [https://fr.wikipedia.org/wiki/X notice found, 14:05, 3 May 2027 (UTC)]\n' in said
    assert '| –\n| the wiki is closed\n' in said
    assert '| talk page of the account\n| left to the nominator\n' in said


def test_plan_names_nobody() -> None:
    """It should hold the accused's name where it stands in the link of a text, and nowhere else."""
    said = shown(made())
    elsewhere = said.replace('m:Requests for comment/Global ban for Invented', '')
    assert 'Invented' not in elsewhere
    assert '[[User' not in re.sub(r'\[\[(?:m:)?User(?: talk)?:Request facts bot', '', said)


def test_plan_gate() -> None:
    """It should say in plain words what stands in the way, or that nothing does."""
    said = shown(made())
    young = '* The request is less than 24 hours old.\n'
    assert f'{young}* A requirement on the nominator is not met.\n==' in said
    assert 'Ready to be sent.' not in said
    assert '* Ready to be sent.\n' in shown(made(), OPEN)


def test_plan_previews() -> None:
    """It should show each text once, in its language, without signature and marker."""
    said = shown(made())
    assert said.count('<div lang="de" dir="ltr" class="mw-content-ltr">') == 1
    assert "<div lang=\"de\" dir=\"ltr\">'''Bitte um Kommentare auf Meta-Wiki (Nr. 12)'''</div>" in said
    assert '(signature)' in said
    assert '~~~' not in said
    assert notices_on(said, 12) == 0


def test_plan_by_hand() -> None:
    """It should give a person what to copy, as it would be sent; without the talk pages of the subject."""
    found = made()
    blocks = [unescape(block) for block in re.findall('<pre>(.*?)</pre>', shown(found, OPEN), re.DOTALL)]
    assert len(blocks) == 2 * 3
    assert blocks[0] == (
        '* de.wikipedia.org: {{#target:Project:Pump|de.wikipedia.org}}\n'
        '* at.wikipedia.org: {{#target:Project:Beisl|at.wikipedia.org}}'
    )
    assert blocks[1:3] == [found.notices[0].heading, found.notices[0].body]
    assert not any('User talk:Invented' in block for block in blocks)


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
    assert (text.count('{{#target:'), text.count('<pre>')) == (0, 3)


def test_facts() -> None:
    """It should tell a change of the plan, of a skip or of the gate, and not the time."""
    found = made()
    facts = notice_plan_facts(found, SHUT, M)
    assert notice_plan_facts(replace(found, as_of=WHEN.replace(hour=3)), SHUT, M) == facts
    assert notice_plan_facts(replace(found, skipped=found.skipped[::-1]), SHUT, M) == facts
    for other, gate in (
        (replace(found, skipped=()), SHUT),
        (plan(notice(), skips=SKIPS), SHUT),
        (found, OPEN),
    ):
        assert notice_plan_facts(other, gate, M) != facts
