"""The pages that show a plan of notices, and what became of it."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from html import unescape

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.errors import InternalError
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.approval import Barrier, Gate
from globalban_bot.model.notice import (
    Audience,
    Coverage,
    Delivery,
    Notice,
    NoticePlan,
    NoticeState,
    Sent,
    Skip,
    notices_on,
)
from globalban_bot.model.target import Lack, Target
from globalban_bot.render.notice import approved_by
from globalban_bot.render.notice_by_hand import by_hand_lines, target_line
from globalban_bot.render.notice_cells import link_cell
from globalban_bot.render.notice_plan import notice_plan_facts, render_notice_plan
from globalban_bot.render.notice_result import render_notice_result
from globalban_bot.render.notice_terminal import notice_plan_text, notice_result_text
from globalban_bot.render.notice_words import coverage_text, skip_text, subject_text
from tests.unit.render.notices import WHEN, closed, coverage, notice, plan, skipped, target

M = Messages()
APPROVALS = 'User:Request facts bot/Request/12/Approval'
SHUT = Gate((Barrier.TOO_YOUNG, Barrier.NOT_APPROVED))
OPEN = Gate((), approver='Ann', revision=77)
F, N, C = NoticeState.FOUND, NoticeState.NONE_FOUND, NoticeState.NOT_CHECKED
HOSTILE = st.text(
    st.sampled_from("[]{}<>|~'&;:/#=*!-_%. \n\tAa$3\u202e\u200f\ufeff\x00</pre></nowiki>")
    | st.characters(codec='utf-8'),
    max_size=40,
)
EVIL = [
    '</pre></nowiki>[[User:Bea]] ~~~~',
    '|}\n{{delete}} || x !! y',
    '}}{{target|page=Main Page|site=evil.example}}',
    '] [https://evil.example x',
    '<!-- globalban-notice 12 --> <div>',
    '\u202eturned\u2066',
]
SUBJECT = target('metawiki', 'en', 'User talk:Invented')
SKIPS = (
    skipped(
        Skip.TOLD, target('frwiki', 'fr', 'Projet:Bistro'), link='https://fr.wikipedia.org/wiki/X', when=WHEN
    ),
    skipped(Skip.NO_PAGE, closed()),
    skipped(Skip.BY_HAND, target('enwiki', 'en', 'User talk:Invented'), audience=Audience.SUBJECT),
)


def made() -> NoticePlan:
    protected = replace(target('enwiki', 'en'), protected=True)
    own = notice(SUBJECT, Audience.SUBJECT)
    return plan(
        notice(), notice(target('atwiki', 'de-at', 'Project:Beisl')), notice(protected), own, skips=SKIPS
    )


def shown(found: NoticePlan, gate: Gate = SHUT) -> str:
    covered = [*(one.coverage for one in found.skipped), *(coverage(N, one.target) for one in found.notices)]
    return render_notice_plan(found, covered, gate, M, APPROVALS)


def test_box_shows_it_by_language() -> None:
    """It should keep its own language on the page, and give a box the line in the language of its reader."""
    found, covered = plan(notice()), [coverage(F, target('frwiki', 'fr'))]
    text = render_notice_plan(found, covered, SHUT, M, APPROVALS, ['de'])
    here, there = (coverage_text(covered, messages) for messages in (M, Messages('de')))
    line = next(line for line in text.split('\n') if '<onlyinclude>' in line)
    assert f'<noinclude>{here}</noinclude><onlyinclude><includeonly>{{{{#switch:{{{{int:lang}}}}' in line
    assert f'|de={there}' in text
    assert f'|#default={here}}}}}</includeonly></onlyinclude>.' in text


#: States of communities, and the line of the box.
COVERED: list[tuple[list[NoticeState], str]] = [
    ([], 'no wiki is known where the account has edited'),
    (
        [F] * 12 + [N] * 15 + [C] * 4,
        'notice found on 12 of 31 wikis where the account has edited; none found on 15;'
        ' 4 could not be checked',
    ),
    ([F], 'notice found on 1 of 1 wiki where the account has edited'),
    ([N, N], 'notice found on 0 of 2 wikis where the account has edited; none found on 2'),
    ([F, C], 'notice found on 1 of 2 wikis where the account has edited; 1 could not be checked'),
]


@pytest.mark.parametrize(('states', 'said'), COVERED)
def test_coverage(states: list[NoticeState], said: str) -> None:
    """It should count communities, and neither talk pages of the subject nor what is not there."""
    subject = coverage(F, audience=Audience.SUBJECT)
    assert coverage_text([*(coverage(state) for state in states), subject], M) == said
    assert 'told' not in said


@pytest.mark.parametrize(
    ('states', 'said'),
    [
        ([], None),
        ([F, C], 'notice found on one talk page of the account'),
        ([N, N], 'no notice found on a talk page of the account'),
        ([N, C], 'no notice found; not every talk page of the account could be checked'),
    ],
)
def test_coverage_of_the_subject(states: list[NoticeState], said: str | None) -> None:
    """It should say of none found only where all was looked at."""
    found: list[Coverage] = [coverage(state, audience=Audience.SUBJECT) for state in states]
    assert subject_text(found, M) == said


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


def test_plan_how() -> None:
    """It should say who may approve, with the digest, and where."""
    found = made()
    said = shown(found)
    assert f'on [[{APPROVALS}]]. The account that saves the edit counts' in said
    assert f'* <code>approve {found.digest}</code>: ' in said
    for word in ('waive', 'hold', 'settle'):
        assert f'* <code>{word}</code>: ' in said
    with pytest.raises(InternalError):
        render_notice_plan(found, [], SHUT, M, 'a|b')


def test_plan_gate() -> None:
    """It should say in plain words what stands in the way, or that nothing does, and who approved."""
    said = shown(made())
    assert '* The request is less than 24 hours old.\n* Nobody has approved the plan.\n==' in said
    assert 'Nothing stands' not in said
    said = shown(made(), OPEN)
    assert '* Nothing stands in the way of the delivery.\n' in said
    assert '[[Special:Diff/77|Approved by <bdi>Ann</bdi>.]]' in said
    assert '* It is held until 14:05, 3 May 2027 (UTC).' in shown(
        made(), Gate((Barrier.HELD,), held_until=WHEN)
    )


def test_plan_previews() -> None:
    """It should show each text once, in its language, without signature and marker."""
    said = shown(made())
    assert said.count('<div lang="de" dir="ltr" class="mw-content-ltr">') == 1
    assert "<div lang=\"de\" dir=\"ltr\">'''Bitte um Kommentare auf Meta-Wiki'''</div>" in said
    assert 'approved by <bdi>(the account that approves)</bdi>' in said
    assert 'approved by <bdi>Ann</bdi>' in shown(made(), OPEN)
    assert '(signature)' in said
    assert '~~~' not in said
    assert notices_on(said, 12) == 0


def test_plan_by_hand() -> None:
    """It should give a person what to copy, as it would be sent; without the talk pages of the subject."""
    found = made()
    blocks = [unescape(block) for block in re.findall('<pre>(.*?)</pre>', shown(found, OPEN), re.DOTALL)]
    assert len(blocks) == 2 * 3
    assert blocks[0] == (
        '{{target|page=Project:Pump|site=de.wikipedia.org}}\n'
        '{{target|page=Project:Beisl|site=at.wikipedia.org}}'
    )
    assert blocks[1:3] == [found.notices[0].heading, approved_by(found.notices[0], 'Ann').body]
    assert not any('User talk:Invented' in block for block in blocks)


def test_list_without() -> None:
    """It should leave out of the list what could break it, and say so."""
    odd = notice(target(page='a}}b'))
    assert target_line(odd) is None
    assert target_line(notice(replace(target(), url='https://evil.example|x'))) is None
    assert target_line(notice(target(page=None))) is None
    assert 'One page with an unusual title could not be put into the list.' in [
        *by_hand_lines([odd], None, M)
    ]


def test_empty_plan() -> None:
    """It should say that nothing is to be given, without an empty table or text."""
    said = shown(plan())
    assert 'No notice is to be given.' in said
    assert '{|' not in said
    assert '<pre>' not in said
    assert 'no wiki is known' in said


def evil_plan(text: str) -> NoticePlan:
    where = Target(text, f'https://{text}', text, text or 'x')
    well = target(page=text or 'x')
    skips = (skipped(Skip.TOLD, where, link=f'https://x.example/{text}', when=WHEN), skipped(Skip.TOLD, well))
    return plan(notice(where), notice(well), skips=skips, title=text)


@given(HOSTILE)
def test_hostile_pages(text: str) -> None:
    """It should show titles and names from other wikis, and never let them act or ping."""
    gate = replace(OPEN, approver=text)
    page = shown(evil_plan(text), gate)
    acts(page)
    results = [Delivery(one, Sent.REFUSED, text) for one in evil_plan(text).notices]
    acts(render_notice_result(12, results, evil_plan(text).skipped, M, WHEN))


@pytest.mark.parametrize('text', EVIL)
def test_evil_pages(text: str) -> None:
    """It should withstand what is known to be evil."""
    acts(shown(evil_plan(text), replace(OPEN, approver=text)))


def acts(page: str) -> None:
    """Hold that nothing on a page acts but what the bot put there."""
    code = mwparserfromhell.parse(page)
    own = re.compile(
        r'(?:m:)?(?:Special:(?:Redirect/page/12|Diff/77)|Global bans|User(?: talk)?:Request facts bot.*'
        r'|Requests for comment/Global ban for Invented)'
    )
    assert [str(link.title) for link in code.filter_wikilinks() if not own.fullmatch(str(link.title))] == []
    assert code.filter_templates() == code.filter_comments() == []
    assert {str(tag.tag) for tag in code.filter_tags()} <= {
        'div', 'bdi', 'onlyinclude', 'code', 'pre', 'table', 'tr', 'th', 'td', 'li', 'b', 'i', 'noinclude',
    }  # fmt: skip
    for link in code.filter_external_links():
        assert re.fullmatch(r'https://[a-z0-9-]+(?:\.[a-z0-9-]+)+/\S*', str(link.url)), link
    assert '~~~' not in page
    assert '<script' not in page
    for opening, closing in (('<pre>', '</pre>'), ('<bdi>', '</bdi>'), ('{|', '|}')):
        assert page.count(opening) == page.count(closing)
    assert page.count('<div') == page.count('</div>')
    inside = re.findall('<pre>(.*?)</pre>', page, re.DOTALL)
    assert not any(set('<>[]{}|') & set(block) for block in inside)
    assert notices_on(page, 12) == 0


@given(HOSTILE)
def test_hostile_terminal(text: str) -> None:
    """It should print titles from other wikis without control characters, each on its own line."""
    found = evil_plan(text)
    said = notice_plan_text(found, [], replace(OPEN, approver=text), M)
    said += notice_result_text([Delivery(found.notices[0], Sent.REFUSED, text)], found.skipped, M)
    assert not re.search('[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]', said)
    harmless = evil_plan('x')
    twin = notice_plan_text(harmless, [], OPEN, M)
    twin += notice_result_text([Delivery(harmless.notices[0], Sent.REFUSED, 'x')], harmless.skipped, M)
    assert said.count('\n') in {twin.count('\n'), twin.count('\n') + 5}  # two languages have two previews


def test_terminal() -> None:
    """It should say the same in a terminal, with the titles, as whoever runs the bot has to know them."""
    found = made()
    said = notice_plan_text(found, [coverage(F), coverage(N)], SHUT, M)
    assert said.startswith(f'Requests for comment/Global ban for Invented (plan {found.digest})\n')
    assert 'Communities: notice found on 1 of 2 wikis where' in said
    assert '  The request is less than 24 hours old.\n' in said
    assert (
        '  de.wikipedia.org Project:Pump [de]: the account has edited there; no notice found; nobody' in said
    )
    assert '  aa.wikipedia.org: the wiki is closed\n' in said
    assert '  == ' not in said
    assert '<!-- globalban-notice 12 -->' in said
    assert 'Approved by Ann.' in notice_plan_text(plan(), [coverage(F, audience=Audience.SUBJECT)], OPEN, M)


def deliveries() -> list[Delivery]:
    first, second, third, fourth = made().notices
    return [
        Delivery(first, Sent.DELIVERED, revision=5),
        Delivery(second, Sent.THERE),
        Delivery(third, Sent.REFUSED, 'protected'),
        Delivery(fourth, Sent.LEFT),
    ]


def test_result() -> None:
    """It should name what was not delivered first, with the reason, and link what was."""
    said = render_notice_result(12, deliveries(), SKIPS, M, WHEN)
    assert (
        '* 1 delivered; 1 there already; 1 refused by the wiki; 1 not sent, as the delivery was stopped'
        in said
    )
    assert '| refused by the wiki (protected)\n' in said
    assert '| [https://de.wikipedia.org/wiki/Special:Diff/5 delivered]\n' in said
    assert said.index('(protected)') < said.index('the wiki is closed') < said.index('Special:Diff/5')
    assert 'Invented' not in said
    assert said.endswith('</div><noinclude>__NOINDEX__</noinclude>\n')
    assert '{|' not in render_notice_result(12, [], (), M, WHEN)
    assert '* 0 delivered.\n' in render_notice_result(12, [], (), M, WHEN)


def test_result_in_the_terminal() -> None:
    """It should say the same in a terminal."""
    said = notice_result_text(deliveries(), SKIPS, M)
    assert said.startswith('1 delivered; 1 there already; 1 refused by the wiki; 1 not sent')
    assert '  en.wikipedia.org Project:Pump: refused by the wiki (protected)\n' in said
    assert '  aa.wikipedia.org: the wiki is closed\n' in said


@pytest.mark.parametrize('lack', Lack)
def test_lacks(lack: Lack) -> None:
    """It should say of each wiki without a page why it has none."""
    assert skip_text(skipped(Skip.NO_PAGE, replace(closed(), lack=lack)), M)


def test_no_reason_known() -> None:
    """It should say that no page is known where nothing more is; and not link what is no address."""
    assert skip_text(skipped(Skip.NO_PAGE, replace(closed(), lack=None)), M) == 'no page is known'
    assert link_cell('javascript:x', 'text') == link_cell(None, 'text') == 'text'


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


def test_linear() -> None:
    """It should render a plan of 1,000 notices about ten times as long as one of 100."""

    def large(size: int) -> NoticePlan:
        places = [target(f'w{number}wiki', 'de', f'Project:Pump {number}') for number in range(size)]
        notices: list[Notice] = [notice(place) for place in places]
        return plan(*notices, skips=tuple(skipped(Skip.NOT_CHECKED, place) for place in places))

    def seconds(found: NoticePlan) -> float:
        return min(_timed(found) for _ in range(3))

    small, big = large(100), large(1000)
    assert shown(big).count('{{target|') == 0
    assert shown(big).count('<pre>') == 3
    assert seconds(big) < 20 * seconds(small)


def _timed(found: NoticePlan) -> float:
    start = time.perf_counter()
    shown(found)
    return time.perf_counter() - start
