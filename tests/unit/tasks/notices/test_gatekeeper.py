"""Whether a plan may be delivered, asked at the gate and again before each notice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from globalban_bot.errors import Stopped, WikiError
from globalban_bot.model.approval import Barrier
from globalban_bot.model.nomination import Reply, Verdict
from globalban_bot.model.notice import NoticePlan
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.tasks.notices.gatekeeper import RECENT, Gatekeeper, TalkRulings, Watch
from globalban_bot.tasks.notices.planner import Planner
from globalban_bot.wikitext.commands import command_reader
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.lexicon import wikimedia_lexicon
from globalban_bot.wikitext.page import reader_for
from tests.unit.decide.made import entry, tallied
from tests.unit.made_accounts import account, local
from tests.unit.made_notices import (
    APPROVAL,
    CLOSED,
    GROUPS,
    HOME,
    META,
    NOW,
    OPEN,
    OPENED,
    PAGE_ID,
    TITLE,
    Farm,
    Rights,
    coverage,
    nomination,
    settings,
)
from tests.unit.render.notices import TEXTS

READER = reader_for(META)
FOUND = replace(tallied(entry(author='Voter')), nomination=nomination(Reply.FREE))


def made_plan(*wikis: str) -> NoticePlan:
    assert FOUND.nomination is not None
    found = [coverage(wiki) for wiki in wikis or ('dewiki', 'frwiki')]
    return Planner(TEXTS, META).plan(FOUND.request, FOUND.nomination, found, NOW)


PLAN = made_plan()
DIGEST = PLAN.digest
APPROVE = f'* approve {DIGEST}'
TALK = f'Talk:{TITLE}'
assert META.commands is not None
ASK = META.commands.template
COMMANDS = command_reader(META.commands, wikimedia_dialect(), wikimedia_lexicon())


class Stage:
    """A request, its page for approvals, and a keeper of its gate."""

    def __init__(self, text: str = OPEN, said: str | None = APPROVE, by: str = 'Sender', **more: Any) -> None:
        self.farm = Farm()
        self.farm.write(TITLE, 'Ada', text, OPENED, PAGE_ID)
        if said is not None:
            self.farm.write(APPROVAL, by, said, NOW - timedelta(hours=1))
        self.accounts = Rights()
        self.made = 0
        plain = Gatekeeper(self.farm, READER, self._fresh, settings(), FOUND, PLAN, lambda: NOW)
        self.keeper = replace(plain, **more)

    def _fresh(self) -> Rights:
        self.made += 1
        return self.accounts

    def watch(self) -> Watch:
        """Return a watch, set where the gate was found open."""
        pages = self.keeper.pages()
        gate = self.keeper.gate(pages)
        assert gate.barriers == ()
        self.farm.asked.clear()
        return Watch(self.keeper, gate, pages)

    def barriers(self) -> tuple[Barrier, ...]:
        """Return what stands in the way now."""
        return self.keeper.gate().barriers


def with_groups(stage: Stage, **groups: set[str]) -> Stage:
    names = {name.replace('_', ' '): held for name, held in groups.items()}
    stage.accounts = Rights(groups={**GROUPS, **names})
    return stage


# The gate.


def test_open() -> None:
    """It should open where somebody uninvolved who may send has approved this plan."""
    stage = Stage()
    gate = stage.keeper.gate()
    (revision,) = stage.farm.revisions(APPROVAL)
    assert (gate.barriers, gate.approver, gate.revision) == ((), 'Sender', revision.id)


def test_questions() -> None:
    """It should ask for both pages at once, for what was said, and then for nobody but who said it."""
    stage = Stage()
    stage.keeper.gate()
    assert [question['titles'] for _, question in stage.farm.asked] == [f'{TITLE}|{APPROVAL}', APPROVAL]
    assert {server for server, _ in stage.farm.asked} == {HOME}
    assert {name for _, name, *_ in stage.accounts.asked} == {'Sender'}


def test_asks_anew() -> None:
    """It should ask a source that remembers nothing, each time: rights may have been taken."""
    stage = Stage()
    assert stage.barriers() == ()
    with_groups(stage, Sender=set())
    assert stage.barriers() == (Barrier.NO_RIGHT,)
    assert stage.made == 2


def test_pages_that_were_read() -> None:
    """It should not read the request a second time where the pages are given."""
    stage = Stage()
    pages = stage.keeper.pages()
    stage.farm.asked.clear()
    assert stage.keeper.gate(pages).open
    assert [question['titles'] for _, question in stage.farm.asked] == [APPROVAL]


@pytest.mark.parametrize(
    ('text', 'is_open'),
    [
        (OPEN, True),
        ('{{rfc subpage}}', True),
        (CLOSED, False),
        ('{{rfc subpage|status=resolved}}', False),
        (f'#REDIRECT [[{TITLE} 2]]', False),
        ('{{rfc subpage|status=withdrawn}}', False),
        ('{{rfc subpage|status=sonuçsuz}}', False),
        ('{{delete}}\n{{rfc subpage|status=}}', False),
        ('{{Rfc subpage | Status = invalid }}', False),
        (f'#REDIRECT [[{TITLE} 2]]\n{CLOSED}', False),
        (None, False),
    ],
)
def test_head(text: str, is_open: bool) -> None:
    """It should stay shut for a request whose head says that it is closed, or whose text is hidden."""
    assert Stage(text).barriers() == (() if is_open else (Barrier.NOT_OPEN,))


@pytest.mark.parametrize('text', [OPEN.replace('status=', 'status=withdrawn'), '', ' \n'])
def test_withdrawn(text: str) -> None:
    """It should stay shut where the head does not say that the request is open: withdrawn, or blanked."""
    assert Stage(text).barriers() == (Barrier.NOT_OPEN,)


def test_other_page() -> None:
    """It should stay shut where the request is gone, or another page stands under its title."""
    stage = Stage()
    stage.farm.delete(TITLE)
    assert stage.barriers() == (Barrier.NOT_OPEN,)
    stage.farm.write(TITLE, 'Ada', OPEN, page_id=8)
    assert stage.barriers() == (Barrier.NOT_OPEN,)
    moved = Stage()
    moved.farm.move(TITLE, f'{TITLE} 2')
    assert moved.barriers() == (Barrier.NOT_OPEN,)


@pytest.mark.parametrize('name', ['Ada', 'Bel', 'Voter', 'Editor'])
def test_involved(name: str) -> None:
    """It should not count who is nominator or subject, has voted, or has edited the request."""
    stage = Stage(by=name)
    stage.farm.write(TITLE, 'Editor', OPEN)
    assert with_groups(stage, **{name: {'sysop'}}).barriers() == (Barrier.PARTICIPANT,)


def test_nominator_for_whom_somebody_else_saved() -> None:
    """It should not count the nominator, though somebody else has saved the request for them."""
    request = replace(FOUND.request, nominator='Proposer')
    stage = Stage(by='Proposer', found=replace(FOUND, request=request))
    assert with_groups(stage, Proposer={'sysop'}).barriers() == (Barrier.PARTICIPANT,)


def test_editor_whose_edit_is_gone() -> None:
    """It should not count who has edited the request, though nothing of that stands any more."""
    stage = Stage()
    stage.farm.write(TITLE, 'Sender', f'{OPEN}A word.')
    stage.farm.write(TITLE, 'Ada', OPEN)
    assert stage.barriers() == (Barrier.PARTICIPANT,)


def test_involved_in_what_others_said() -> None:
    """It should count neither hold settled nor rule waived by an administrator who has edited the request."""
    not_met = replace(FOUND, nomination=nomination(Reply.FREE, nominator=[Verdict.NOT_MET]))
    stage = Stage(said='* waive', by='Admin', found=not_met)
    stage.farm.write(APPROVAL, 'Sender', f'* waive\n{APPROVE}')
    assert stage.barriers() == ()
    stage.farm.write(TITLE, 'Admin', OPEN)
    assert stage.barriers() == (Barrier.NOMINATOR,)


@pytest.mark.parametrize(
    ('groups', 'is_open'),
    [
        ({'sysop'}, True),
        ({'massmessage-sender'}, True),
        ({'steward'}, False),
        ({'bot'}, False),
        (set(), False),
    ],
)
def test_senders(groups: set[str], is_open: bool) -> None:
    """It should ask for the groups of the profile that may send."""
    assert with_groups(Stage(by='Invented'), Invented=groups).barriers() == (
        () if is_open else (Barrier.NO_RIGHT,)
    )


@pytest.mark.parametrize(
    ('groups', 'is_open'), [({'sysop'}, True), ({'steward'}, True), ({'massmessage-sender'}, False)]
)
def test_settlers(groups: set[str], is_open: bool) -> None:
    """It should ask for the groups of the profile that settle and waive."""
    not_met = replace(FOUND, nomination=nomination(Reply.FREE, nominator=[Verdict.NOT_MET]))
    stage = with_groups(Stage(said='* waive', by='Invented', found=not_met), Invented=groups)
    stage.farm.write(APPROVAL, 'Sender', f'* waive\n{APPROVE}')
    assert stage.barriers() == (() if is_open else (Barrier.NOMINATOR,))


def test_right_since() -> None:
    """It should count the right from the first of the groups that give it, and none that it cannot date."""
    stage = Stage(by='Invented')
    held = {'Invented': {'sysop', 'massmessage-sender'}}
    before, after = NOW - timedelta(hours=2), NOW - timedelta(minutes=30)
    no_answer = Unknown(Gap.NO_ANSWER)
    shut = (Barrier.NO_RIGHT,)
    table: list[tuple[datetime | Unknown, datetime | Unknown, tuple[Barrier, ...]]] = [
        (before, after, ()),
        (after, before, ()),
        (before, no_answer, ()),
        (after, after, shut),
        (after, no_answer, shut),
        (no_answer, no_answer, shut),
    ]
    for admin, sender, barriers in table:
        since = {('Invented', 'sysop'): admin, ('Invented', 'massmessage-sender'): sender}
        stage.accounts = Rights(groups=held, since=since)
        assert stage.barriers() == barriers


def test_account_that_is_not_known() -> None:
    """It should not count who cannot be looked up, nor whose name is hidden."""
    assert Stage(by='Nobody known').barriers() == (Barrier.NO_RIGHT,)
    stage = Stage()
    stage.farm.hide(APPROVAL, user=None)
    assert stage.barriers() == (Barrier.NOBODYS,)


#: What shuts an account out now, on which wiki it is blocked, and whether what it says counts.
BARRED: list[tuple[dict[str, Any], str, bool]] = [
    ({}, '', True),
    ({'locked': True}, '', False),
    ({'globally_blocked': True}, '', False),
    ({'globally_blocked': Unknown(Gap.NOT_ASKED)}, '', True),
    ({}, 'metawiki', False),
    ({}, 'dewiki', True),
]


@pytest.mark.parametrize(('facts', 'blocked', 'counts'), BARRED)
def test_shut_out(facts: dict[str, Any], blocked: str, counts: bool) -> None:
    """It should count neither approval nor waiver nor settling by who is blocked there, or locked, now."""
    not_met = replace(FOUND, nomination=nomination(Reply.FREE, nominator=[Verdict.NOT_MET]))
    stage = Stage(said=f'{APPROVE}\n* waive', by='Admin', found=not_met)
    stage.farm.write(APPROVAL, 'Reader', f'{APPROVE}\n* waive\n* hold', NOW - timedelta(minutes=9))
    stage.farm.write(APPROVAL, 'Admin', f'{APPROVE}\n* waive\n* hold\n* settle')
    locals_ = [local(wiki, blocked=wiki == blocked) for wiki in ('metawiki', 'dewiki')]
    stage.accounts = Rights(account(*locals_, name='Admin', **facts))
    shut = (Barrier.NOMINATOR, Barrier.NO_RIGHT, Barrier.HELD)
    assert stage.barriers() == (() if counts else shut)
    assert [what for what, name, *_ in stage.accounts.asked if name == 'Admin'].count('account') == 1


def test_hold_by_somebody_who_was_blocked_since() -> None:
    """It should wait all the same where who asked for it is blocked now: to wait does no harm."""
    stage = Stage()
    stage.farm.write(APPROVAL, 'Reader', f'{APPROVE}\n* hold')
    stage.accounts = Rights(account(local('metawiki', blocked=True), name='Reader'))
    assert stage.barriers() == (Barrier.HELD,)


def test_what_is_known() -> None:
    """It should hand on the plan, its size, the age of the request and what was found on the nominator."""
    assert Stage(said=None).barriers() == (Barrier.NOT_APPROVED,)
    assert Stage(said='* approve 0123456789ab').barriers() == (Barrier.OTHER_PLAN,)
    assert Stage(plan=replace(PLAN, notices=())).barriers() == (Barrier.NOTHING, Barrier.OTHER_PLAN)
    assert Stage(clock=lambda: OPENED + timedelta(hours=23)).barriers()[0] is Barrier.TOO_YOUNG
    not_met = nomination(Reply.FREE, nominator=[Verdict.NOT_MET])
    assert Stage(found=replace(FOUND, nomination=not_met)).barriers() == (Barrier.NOMINATOR,)


def test_no_answer() -> None:
    """It should fail where the wiki does not tell: what is not known is no open gate."""
    stage = Stage()
    stage.farm.silent = {HOME}
    with pytest.raises(WikiError):
        stage.keeper.gate()


# What is said on the talk page of the request.


def command(*words: str) -> str:
    return f'* {{{{{"|".join((ASK, *words))}}}}} ~~~~\n'


class TalkStage(Stage):
    """A stage on whose talk page people rule, too."""

    def __init__(self, said: str | None = None, **more: Any) -> None:
        super().__init__(said=said, talk=TalkRulings(TALK, COMMANDS), **more)
        self.farm.write(TALK, 'Reader', '', NOW - timedelta(days=1))

    def say(self, *words: str, by: str = 'Sender', minutes: float = 60) -> int:
        """Say something on the talk page, so many minutes ago, and return the revision."""
        before = self.farm.revisions(TALK)[-1].text or ''
        line = command(*words).replace('~~~~', f'[[User talk:{by}|{by}]] {len(before)}')
        return self.farm.write(TALK, by, f'{before}{line}', NOW - timedelta(minutes=minutes))

    def line(self, line: str, by: str = 'Sender', minutes: float = 60) -> None:
        """Say something on the page for approvals."""
        found = self.farm.revisions(APPROVAL)
        before = f'{found[-1].text}\n' if found else ''
        self.farm.write(APPROVAL, by, f'{before}* {line}', NOW - timedelta(minutes=minutes))


def test_approved_on_the_talk_page() -> None:
    """It should open by an approval on the talk page as by one on the page for approvals."""
    stage = TalkStage()
    assert stage.barriers() == (Barrier.NOT_APPROVED,)
    revision = stage.say('approve', DIGEST)
    gate = stage.keeper.gate()
    assert (gate.barriers, gate.approver, gate.revision) == ((), 'Sender', revision)


@pytest.mark.parametrize(
    ('words', 'by', 'barriers'),
    [
        (('approve', DIGEST), 'Reader', (Barrier.NO_RIGHT,)),
        (('approve', DIGEST), '192.0.2.7', (Barrier.NO_RIGHT,)),
        (('approve', '0123456789ab'), 'Sender', (Barrier.OTHER_PLAN,)),
        (('approve', 'all of it'), 'Sender', (Barrier.NOT_APPROVED,)),
        (('approve',), 'Sender', (Barrier.NOT_APPROVED,)),
        (('recount',), 'Sender', (Barrier.NOT_APPROVED,)),
        (('hold',), 'Reader', (Barrier.NOT_APPROVED, Barrier.HELD)),
        (('hold', str(PAGE_ID)), 'Reader', (Barrier.NOT_APPROVED, Barrier.HELD)),
        (('hold', '8'), 'Reader', (Barrier.NOT_APPROVED,)),
        (('hold',), '192.0.2.7', (Barrier.NOT_APPROVED,)),
        (('hold',), '2001:DB8::1', (Barrier.NOT_APPROVED,)),
        (('hold',), '~2027-12345-6', (Barrier.NOT_APPROVED,)),
    ],
)
def test_same_rules(words: tuple[str, ...], by: str, barriers: tuple[Barrier, ...]) -> None:
    """It should hold what is said on the talk page to the rules for the page for approvals."""
    stage = TalkStage()
    stage.say(*words, by=by)
    assert stage.barriers() == barriers


@pytest.mark.parametrize('by', ['192.0.2.7', '~2027-12345-6'])
def test_hold_without_account(by: str) -> None:
    """It should not be held on the page for approvals, either, by who has no account that lasts."""
    stage = Stage()
    stage.farm.write(APPROVAL, by, f'{APPROVE}\n* hold')
    assert stage.barriers() == ()
    assert by not in {name for _, name, *_ in stage.accounts.asked}


def test_involved_on_the_talk_page() -> None:
    """It should not count who takes part; to talk on the talk page is not to take part."""
    stage = TalkStage()
    stage.farm.write(TALK, 'Sender', 'A word.\n', NOW - timedelta(hours=2))
    stage.say('approve', DIGEST)
    assert stage.barriers() == ()
    stage.farm.write(TITLE, 'Sender', OPEN)
    assert stage.barriers() == (Barrier.PARTICIPANT,)


def test_no_commands() -> None:
    """It should not read the talk page where nobody answers commands."""
    stage = TalkStage(said=APPROVE)
    stage.say('hold', by='Reader')
    stage.keeper = replace(stage.keeper, talk=None)
    stage.farm.asked.clear()
    assert stage.barriers() == ()
    assert not any(TALK in question['titles'] for _, question in stage.farm.asked)


def test_waived_on_the_talk_page() -> None:
    """It should take a waiver from one page, and an approval from the other."""
    not_met = replace(FOUND, nomination=nomination(Reply.FREE, nominator=[Verdict.NOT_MET]))
    stage = TalkStage(said=APPROVE, found=not_met)
    assert stage.barriers() == (Barrier.NOMINATOR,)
    stage.say('waive', by='Admin')
    assert stage.barriers() == ()


#: Who said what, on which page, how many minutes ago; and whether it is held after that.
ORDERS = [
    ('held here, settled there', [('talk', 'hold', 50), ('page', 'settle', 40)], False),
    ('held there, settled here', [('page', 'hold', 50), ('talk', 'settle', 40)], False),
    ('settled here before it is held there', [('talk', 'settle', 50), ('page', 'hold', 40)], True),
    ('settled there before it is held here', [('page', 'settle', 50), ('talk', 'hold', 40)], True),
    (
        'held on both, settled between',
        [('page', 'hold', 50), ('talk', 'settle', 40), ('page', 'hold', 30)],
        True,
    ),
    (
        'held on both, settled after',
        [('page', 'hold', 50), ('talk', 'hold', 40), ('page', 'settle', 30)],
        False,
    ),
]


@pytest.mark.parametrize(('it', 'said', 'held'), ORDERS, ids=[it for it, _, _ in ORDERS])
def test_order_of_both_pages(it: str, said: list[tuple[str, str, float]], held: bool) -> None:
    """It should take what was said on both pages in the order of time."""
    stage = TalkStage(said=APPROVE)
    for where, word, minutes in said:
        by = 'Admin' if word == 'settle' else 'Reader'
        if where == 'talk':
            stage.say(word, by=by, minutes=minutes)
        else:
            stage.line(word, by=by, minutes=minutes)
    assert stage.barriers() == ((Barrier.HELD,) if held else ())


def test_order_within_a_second() -> None:
    """It should take what was said in one second in the order of the revisions."""
    stage = TalkStage(said=APPROVE)
    stage.say('hold', by='Reader', minutes=10)
    stage.line('settle', by='Admin', minutes=10)
    assert stage.barriers() == ()
    stage.say('hold', by='Reader', minutes=10)
    assert stage.barriers() == (Barrier.HELD,)


def test_last_approver_of_both_pages() -> None:
    """It should name who approved last, on whichever page."""
    stage = TalkStage(said=APPROVE)
    stage.say('approve', DIGEST, by='Second sender', minutes=30)
    assert stage.keeper.gate().approver == 'Second sender'
    stage.line(f'approve {DIGEST}', by='Sender', minutes=20)
    assert stage.keeper.gate().approver == 'Sender'


def test_taken_out_of_the_talk_page() -> None:
    """It should not count an approval that was taken out or put back by another, but keep a hold."""
    stage = TalkStage()
    stage.say('approve', DIGEST)
    text = stage.farm.revisions(TALK)[-1].text
    stage.farm.write(TALK, 'Reader', '')
    assert stage.barriers() == (Barrier.NOT_APPROVED,)
    stage.farm.write(TALK, 'Reader', text)
    assert stage.barriers() == (Barrier.NOBODYS,)
    stage.farm.write(TALK, 'Reader', f'{text}{command("hold")}')
    stage.farm.write(TALK, 'Reader', '')
    assert stage.barriers() == (Barrier.NOT_APPROVED, Barrier.HELD)


@pytest.mark.parametrize('days', [29, 31, 60])
def test_long_ago(days: int) -> None:
    """It should take what somebody says now for theirs, however long the talk page has rested."""
    stage = TalkStage()
    stage.farm.delete(TALK)
    stage.farm.write(TALK, 'Reader', command('hold'), NOW - timedelta(days=days))
    stage.say('approve', DIGEST)
    assert stage.barriers() == ()


@pytest.mark.parametrize(('ago', 'counts'), [(RECENT - timedelta(seconds=1), True), (RECENT, False)])
def test_too_long_ago(ago: timedelta, counts: bool) -> None:
    """It should not count an approval of a month ago."""
    stage = TalkStage(clock=lambda: NOW + ago - timedelta(hours=1))
    stage.say('approve', DIGEST)
    assert stage.barriers() == (() if counts else (Barrier.NOBODYS,))


def test_questions_with_talk() -> None:
    """It should ask for the three pages at once, and then for what was said on two of them."""
    stage = TalkStage(said=APPROVE)
    stage.keeper.gate()
    assert [question['titles'] for _, question in stage.farm.asked] == [
        f'{TITLE}|{APPROVAL}|{TALK}',
        APPROVAL,
        TALK,
        TALK,
    ]


def test_talk_page_that_is_missing() -> None:
    """It should read a talk page that is not there as one on which nobody has said anything."""
    stage = TalkStage(said=APPROVE)
    stage.farm.delete(TALK)
    assert stage.barriers() == ()


def test_talk_page_that_is_not_told() -> None:
    """It should fail where the talk page cannot be read: somebody may have asked there to wait."""
    stage = TalkStage(said=APPROVE)
    stage.farm.unreadable = {TALK}
    with pytest.raises(WikiError):
        stage.keeper.gate()


def test_held_on_the_talk_page_meanwhile() -> None:
    """It should stop where somebody asks on the talk page to wait, while notices are sent."""
    stage = TalkStage(said=APPROVE)
    watch = stage.watch()
    stage.farm.write(TALK, 'Voter', 'A word.')
    watch.check()
    stage.say('hold', by='Reader', minutes=0)
    for _ in range(2):
        with pytest.raises(Stopped, match='held'):
            watch.check()
    stage.say('settle', by='Admin', minutes=0)
    watch.check()


def test_approval_taken_out_of_the_talk_page_meanwhile() -> None:
    """It should stop where the approval is taken out of the talk page, or that page deleted."""
    changes: tuple[Callable[[Farm], object], ...] = (
        lambda farm: farm.write(TALK, 'Reader', ''),
        lambda farm: farm.delete(TALK),
    )
    for change in changes:
        stage = TalkStage()
        stage.say('approve', DIGEST)
        watch = stage.watch()
        change(stage.farm)
        with pytest.raises(Stopped, match='not approved'):
            watch.check()


# The watch.


def test_nothing_changed() -> None:
    """It should ask one question before each notice, and no more, where nothing has changed."""
    stage = Stage()
    watch = stage.watch()
    made = stage.made
    for _ in range(3):
        watch.check()
    assert [question['titles'] for _, question in stage.farm.asked] == [f'{TITLE}|{APPROVAL}'] * 3
    assert stage.made == made


def test_edited() -> None:
    """It should judge again where the request was edited, and then be content with one question again."""
    stage = Stage()
    watch = stage.watch()
    stage.farm.write(TITLE, 'Voter', f'{OPEN}A word.')
    watch.check()
    assert (len(stage.farm.asked), stage.made) == (2, 2)
    watch.check()
    assert (len(stage.farm.asked), stage.made) == (3, 2)


def closed(farm: Farm) -> None:
    farm.write(TITLE, 'Clerk', CLOSED)


def moved(farm: Farm) -> None:
    farm.move(TITLE, f'{TITLE} 2')


def deleted(farm: Farm) -> None:
    farm.delete(TITLE)


def made_anew(farm: Farm) -> None:
    farm.delete(TITLE)
    farm.write(TITLE, 'Ada', OPEN)


def hidden(farm: Farm) -> None:
    farm.write(TITLE, 'Vandal', OPEN)
    farm.hide(TITLE, text=None)


def taken_out(farm: Farm) -> None:
    farm.write(APPROVAL, 'Reader', 'Nothing.')


def approvals_deleted(farm: Farm) -> None:
    farm.delete(APPROVAL)


def approvals_moved(farm: Farm) -> None:
    farm.move(APPROVAL, f'{APPROVAL} 2')


def approvals_hidden(farm: Farm) -> None:
    farm.write(APPROVAL, 'Vandal', APPROVE)
    farm.hide(APPROVAL, text=None)


def of_other_plan(farm: Farm) -> None:
    farm.write(APPROVAL, 'Sender', '* approve 0123456789ab')


def put_back(farm: Farm) -> None:
    farm.write(APPROVAL, 'Reader', '')
    farm.write(APPROVAL, 'Reader', APPROVE)


def held(farm: Farm) -> None:
    farm.write(APPROVAL, 'Reader', f'{APPROVE}\n* hold')


def took_part(farm: Farm) -> None:
    farm.write(TITLE, 'Sender', f'{OPEN}A word.')


def silent(farm: Farm) -> None:
    farm.silent = {HOME}


@pytest.mark.parametrize(
    ('change', 'why'),
    [
        (closed, 'not open'),
        (moved, 'not open'),
        (deleted, 'not open'),
        (made_anew, 'not open'),
        (hidden, 'not open'),
        (taken_out, 'not approved'),
        (approvals_deleted, 'not approved'),
        (approvals_moved, 'not approved'),
        (approvals_hidden, 'not approved'),
        (of_other_plan, 'other plan'),
        (put_back, 'nobodys'),
        (held, 'held'),
        (took_part, 'participant'),
        (silent, 'cannot be read again'),
    ],
)
def test_stops(change: Callable[[Farm], None], why: str) -> None:
    """It should stop where the request or the approval is not any more what it was, and keep to that."""
    stage = Stage()
    watch = stage.watch()
    watch.check()
    change(stage.farm)
    for _ in range(2):
        with pytest.raises(Stopped, match=why):
            watch.check()


def test_somebody_else_approved() -> None:
    """It should stop where somebody else has approved: the texts name who did."""
    stage = Stage()
    watch = stage.watch()
    stage.farm.write(APPROVAL, 'Second sender', f'{APPROVE}\n{APPROVE}')
    with pytest.raises(Stopped, match='somebody else'):
        watch.check()


def test_approved_again() -> None:
    """It should go on where the same person has approved again."""
    stage = Stage()
    watch = stage.watch()
    stage.farm.write(APPROVAL, 'Sender', '')
    stage.farm.write(APPROVAL, 'Sender', f'{APPROVE} [[User:Sender|Sender]] 12:00, 3 May 2027 (UTC)')
    watch.check()


def test_right_taken_meanwhile() -> None:
    """It should stop where the approver has lost the right, when the page changes next."""
    stage = Stage()
    watch = stage.watch()
    with_groups(stage, Sender=set())
    stage.farm.write(TITLE, 'Voter', f'{OPEN}A word.')
    with pytest.raises(Stopped, match='no right'):
        watch.check()


def test_silent_for_a_moment() -> None:
    """It should go on where the wiki answers again and nothing has changed."""
    stage = Stage()
    watch = stage.watch()
    silent(stage.farm)
    with pytest.raises(Stopped):
        watch.check()
    stage.farm.silent = set()
    watch.check()


def test_changed_between_the_questions() -> None:
    """It should judge again what changed between the two questions of a judgement."""
    stage = Stage()
    watch = stage.watch()
    stage.farm.write(TITLE, 'Voter', f'{OPEN}A word.')

    def meanwhile() -> None:
        if len(stage.farm.asked) == 2:
            stage.farm.meanwhile = lambda: None
            closed(stage.farm)

    stage.farm.meanwhile = meanwhile
    watch.check()
    with pytest.raises(Stopped, match='not open'):
        watch.check()
