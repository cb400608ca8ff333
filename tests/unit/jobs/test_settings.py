"""Which settings are in force, run after run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from globalban_bot.decide.page_edits import PlanContext
from globalban_bot.errors import Stopped, WikiError
from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.settings import check_runs, plan_in_force, read_settings, titles_told
from globalban_bot.model.owned import CurrentPage
from globalban_bot.model.plan import EditReason, Plan, SkippedPage, SkipReason
from globalban_bot.model.settings import Flaw, InForce, Problem, Settings, Task
from globalban_bot.profiles.loader import load_profile
from tests.unit.gather.made_json_page import JsonWiki, Version
from tests.unit.jobs.made import BOT, META, after

assert META.settings is not None
PAGE, OWN = META.settings.page, META.settings.in_force
FARM = replace(META, operators=frozenset({'Operator'}), restarters=frozenset({'sysop'}))
GROUPS = {'Admin': ['sysop'], 'Reader': ['autoconfirmed']}
NO_NOTICES, NO_TALK = '{"run": {"notify": false}}', '{"run": {"talk": false}}'


@dataclass
class Story:
    """A wiki with a page of settings, and the bot that reads it.

    :ivar number: id of the newest revision
    """

    groups: dict[str, list[str]] = field(default_factory=lambda: dict(GROUPS))
    wiki: JsonWiki = field(default_factory=lambda: JsonWiki({}))
    number: int = 0

    def save(self, text: str | None, user: str = 'Admin', title: str = PAGE, model: str = 'json') -> int:
        """Save a revision."""
        self.number += 1
        self.wiki.pages.setdefault(title, []).append(Version(self.number, text, user, model))
        return self.number

    def read(self) -> InForce:
        """Read the settings."""
        self.wiki.groups, self.wiki.asked = self.groups, 0
        self.wiki.loaded.clear()
        return read_settings(self.wiki, FARM, BOT)

    def plan(self, found: InForce) -> Plan:
        """Plan the page that tells of them."""
        states = {title: self._state(title) for title in titles_told(found, FARM)}
        return plan_in_force(found, FARM, states, Messages(), PlanContext(BOT, after(self.number)))

    def run(self) -> InForce:
        """Read the settings and bring the page that tells of them up to date."""
        found = self.read()
        for edit in self.plan(found).edits:
            self.save(edit.text, BOT, OWN, 'wikitext')
        return found

    def _state(self, title: str) -> CurrentPage:
        versions = self.wiki.pages.get(title)
        if not versions:
            return CurrentPage(title)
        newest = versions[-1]
        return CurrentPage(title, newest.id, newest.user, after(newest.id), (newest.text or '').rstrip())


@pytest.fixture
def story() -> Story:
    return Story()


def test_never_any(story: Story) -> None:
    """It should have the defaults, no problem and no page that tells of it where nobody ever set any."""
    assert story.run() == InForce()
    assert story.wiki.asked == 1
    assert OWN not in story.wiki.pages


def test_farm_without() -> None:
    """It should ask nothing on a farm whose settings stand in its profile."""
    wiki = JsonWiki({}, silent=True)
    assert read_settings(wiki, load_profile('example'), BOT) == InForce()


#: Who saves, and how many questions it takes to read what they set; None where it does not count.
SAVERS: list[tuple[str, int | None]] = [
    (BOT, 2),
    ('Operator', 2),
    ('Admin', 3),
    ('Reader', None),
    ('Nobody', None),
]


@pytest.mark.parametrize(('user', 'questions'), SAVERS)
def test_who_may(story: Story, user: str, questions: int | None) -> None:
    """It should take settings of the bot, an operator, or a member of a group, and of nobody else."""
    number = story.save(NO_TALK, user)
    found = story.read()
    if questions is None:
        assert found == InForce(problem=Problem(Flaw.NOT_TRUSTED, number))
        assert story.wiki.loaded == []
        return
    assert (found.revision, found.problem, found.settings.runs(Task.TALK)) == (number, None, False)
    assert story.wiki.asked == questions


@dataclass(frozen=True)
class Bad:
    """What somebody does to settings that are in force, and what is wrong then."""

    flaw: Flaw
    text: str | None = '{}'
    user: str = 'Admin'
    model: str = 'json'


BAD: dict[str, Bad] = {
    'no JSON': Bad(Flaw.BROKEN, '{'),
    'an unknown key': Bad(Flaw.BROKEN, '{"rum": {}}'),
    'a stranger': Bad(Flaw.NOT_TRUSTED, user='Reader'),
    'wikitext': Bad(Flaw.OTHER_MODEL, model='wikitext'),
    'two megabytes': Bad(Flaw.TOO_LONG, ' ' * 2_000_000),
    'a hidden text': Bad(Flaw.HIDDEN, None),
}


@pytest.mark.parametrize('bad', BAD.values(), ids=BAD)
@pytest.mark.parametrize('anew', [False, True])
def test_last_good_is_kept(story: Story, bad: Bad, anew: bool) -> None:
    """It should keep the last good settings: older ones of the page, or its own where that was made anew."""
    good = story.save(NO_NOTICES)
    story.run()
    if anew:
        del story.wiki.pages[PAGE]
    number = story.save(bad.text, bad.user, model=bad.model)
    for _ in range(3):
        found = story.run()
        assert (found.revision, found.settings.runs(Task.NOTIFY)) == (good, False)
        assert found.problem is not None
        assert (found.problem.flaw, found.problem.revision) == (bad.flaw, number)
    assert len(story.wiki.pages[OWN]) == 2, 'one edit when they were made, one when the problem came'
    if bad.flaw is Flaw.TOO_LONG:
        assert number not in story.wiki.loaded


def test_deleted(story: Story) -> None:
    """It should keep the last good settings where the page is deleted, and call that a problem."""
    good = story.save(NO_NOTICES)
    story.run()
    del story.wiki.pages[PAGE]
    found = story.run()
    assert found.problem == Problem(Flaw.MISSING)
    assert (found.revision, found.settings.runs(Task.NOTIFY)) == (good, False)
    assert story.run() == found


def test_mended(story: Story) -> None:
    """It should have no problem any more when the page is mended, and say so by one edit."""
    for text in (NO_NOTICES, '{', NO_NOTICES):
        story.save(text)
        found = story.run()
    assert found.problem is None
    assert len(story.wiki.pages[OWN]) == 3
    assert 'does not count' not in str(story.wiki.pages[OWN][-1].text)


def test_group_taken_away(story: Story) -> None:
    """It should not count what was saved by somebody who is no member any more; what was in force is kept."""
    good = story.save(NO_NOTICES)
    story.run()
    story.groups['Admin'] = []
    found = story.run()
    assert found.problem == Problem(Flaw.NOT_TRUSTED, good)
    assert (found.revision, found.settings.runs(Task.NOTIFY)) == (good, False)


def test_never_good(story: Story) -> None:
    """It should have the defaults where no revision was ever good, and forget the problem with the page."""
    number = story.save('{')
    assert story.run().problem == Problem(
        Flaw.BROKEN,
        number,
        'the page of settings is no JSON: Expecting property name enclosed in double quotes: '
        'line 1 column 2 (char 1)',
    )
    assert story.read().settings == Settings()
    del story.wiki.pages[PAGE]
    assert story.run() == InForce(told=True)
    assert 'does not count' not in str(story.wiki.pages[OWN][-1].text)


#: What becomes of the bot's own page: who saves what.
TAKEN: dict[str, tuple[str, str]] = {
    'edited by a person': ('Admin', '{text} and more'),
    'saved unchanged by a person': ('Admin', '{text}'),
    'changed under the name of the bot': (BOT, '{text} and more'),
    'blanked': (BOT, ''),
}


@pytest.mark.parametrize(('user', 'form'), TAKEN.values(), ids=TAKEN)
def test_own_page_is_taken(story: Story, user: str, form: str) -> None:
    """It should believe its own page only as it left it, and leave it alone otherwise."""
    story.save(NO_NOTICES)
    story.run()
    story.save(form.format(text=story.wiki.pages[OWN][-1].text), user, OWN, 'wikitext')
    number = story.save('{}', 'Reader')
    found = story.read()
    assert found.settings == Settings(frozenset({Task.NOTIFY})), 'the page of settings still has it'
    del story.wiki.pages[PAGE][0]
    found = story.read()
    assert found == InForce(problem=Problem(Flaw.NOT_TRUSTED, number), told=True)
    assert story.plan(found) == Plan(left=(SkippedPage(OWN, SkipReason.HANDS_OFF),))


def test_kept_by_other_rules(story: Story) -> None:
    """It should have the defaults where what it kept is not well formed by the rules of today."""
    story.save('{"extra": ["Requests for comment/X"]}')
    story.run()
    del story.wiki.pages[PAGE]
    found = read_settings(story.wiki, replace(FARM, prefix='Others/'), BOT)
    assert found == InForce(problem=Problem(Flaw.MISSING), told=True)


def test_same_settings_again(story: Story) -> None:
    """It should not edit its page when a revision sets what is set already: they are older than that."""
    story.save(NO_NOTICES)
    story.run()
    story.save(NO_NOTICES.replace(' ', '  '))
    found = story.run()
    assert found.revision == story.number
    assert story.plan(found).left == (SkippedPage(OWN, SkipReason.SAME),)


def test_reason(story: Story) -> None:
    """It should edit its page for a reason that the brake knows: who made the settings meant it."""
    story.save(NO_NOTICES)
    assert [edit.why for edit in story.plan(story.run()).edits] == []
    story.save(NO_TALK)
    assert [edit.why for edit in story.plan(story.read()).edits] == [EditReason.SETTINGS]


def test_no_answer(story: Story) -> None:
    """It should fail where the wiki does not tell: that never means the defaults."""
    story.save(NO_NOTICES)
    story.wiki.silent = True
    with pytest.raises(WikiError):
        story.read()


def test_switched_off() -> None:
    """It should stop a task that is switched off, in good order, and say where that was done."""
    found = InForce(Settings(frozenset({Task.NOTIFY})))
    check_runs(found, Task.STATUS, META)
    with pytest.raises(Stopped) as stop:
        check_runs(found, Task.NOTIFY, META)
    assert str(stop.value) == f'notify is switched off on {PAGE}'


def test_told_to_the_operator(story: Story, caplog: pytest.LogCaptureFixture) -> None:
    """It should tell the operator what is wrong, and of nothing else."""
    story.save('{"skip": 1}')
    story.read()
    assert caplog.messages == [f'{PAGE}: revision 1: settings, skip: it must be a list']
    caplog.clear()
    story.save('{}')
    story.read()
    assert caplog.messages == []
