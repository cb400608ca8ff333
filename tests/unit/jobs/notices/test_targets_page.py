"""The list of targets that MassMessage reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from globalban_bot.errors import Stopped, WikiError
from globalban_bot.jobs.notices.targets_page import post_targets
from globalban_bot.model.notice import Audience, Notice
from globalban_bot.model.refusal import Refusal
from tests.unit.jobs.notices.test_job import Stage
from tests.unit.made_notices import NOW, page_of

LIST = page_of('list')
LINES = [
    f'* {wiki}.example: {{{{#target:Project:Village pump|{wiki}.example}}}}'
    for wiki in ('dewiki', 'frwiki', 'metawiki')
]


@pytest.fixture
def stage() -> Stage:
    return Stage()


def communities(stage: Stage) -> list[Notice]:
    return [one for one in stage.look().plan.notices if one.audience is Audience.COMMUNITY]


def post(stage: Stage, notices: Sequence[Notice] | None = None) -> str:
    found = communities(stage) if notices is None else notices
    return post_targets(stage.job, stage.look(), found)


def test_list(stage: Stage) -> None:
    """It should list each target by a line of its own, and keep search engines away."""
    assert post(stage) == LIST
    assert stage.wiki.saved == [LIST]
    assert stage.wiki.text(LIST).split('\n') == [*LINES, '<noinclude>__NOINDEX__</noinclude>']


def test_saved_once(stage: Stage) -> None:
    """It should not save the list again while the targets are the same, whatever else has changed."""
    post(stage)
    revision = stage.wiki.page(LIST).revision
    for days in (1, 30):
        stage.now = NOW + timedelta(days=days)
        assert post(stage) == LIST
    changed = [replace(one, heading='Other', body='Other') for one in communities(stage)]
    assert post(stage, changed) == LIST
    assert stage.wiki.page(LIST).revision == revision


@pytest.mark.parametrize('change', ['fewer', 'more', 'page'])
def test_targets_change(stage: Stage, change: str) -> None:
    """It should save the list at once where a target comes, goes or is another page."""
    notices = communities(stage)
    first, *rest = notices
    moved = replace(first, target=replace(first.target, page='Project:Other'))
    eswiki = replace(first, target=replace(first.target, wiki='eswiki', url='https://eswiki.example'))
    post(stage)
    stage.wiki.saved.clear()
    stage.now = NOW + timedelta(minutes=1)
    post(stage, {'fewer': rest, 'more': [*notices, eswiki], 'page': [moved, *rest]}[change])
    assert stage.wiki.saved == [LIST]
    assert (LINES[0] in stage.wiki.text(LIST)) is (change == 'more')
    assert ('Project:Other' in stage.wiki.text(LIST)) is (change == 'page')
    assert ('eswiki' in stage.wiki.text(LIST)) is (change == 'more')


def test_summary_and_marker(stage: Stage) -> None:
    """It should name no subject in the list, and know it as the bot's own."""
    post(stage)
    state = stage.wiki.page(LIST)
    assert state.is_of(stage.wiki.bot)
    assert 'Bel' not in state.text


@pytest.mark.parametrize('answer', [Refusal.PROTECTED, Stopped('the stop page')])
def test_not_saved(stage: Stage, answer: Refusal | Stopped) -> None:
    """It should fail where the list was not saved: nothing may be sent to another one."""
    stage.wiki.refusals[LIST] = [answer]
    with pytest.raises(WikiError, match='not saved'):
        post(stage)


@pytest.mark.parametrize('how', ['edited', 'deleted', 'undone'])
def test_left_to_people(stage: Stage, how: str) -> None:
    """It should fail where the list is left as people made it: it has other targets than the plan."""
    post(stage)
    if how == 'deleted':
        stage.wiki.delete(LIST)
    else:
        # An undo by the bot's account: it saved the page last, and the text is a person's.
        stage.wiki.save(LIST, LINES[0], 'Reader' if how == 'edited' else stage.wiki.bot)
    with pytest.raises(WikiError):
        post(stage)


def test_short_list(stage: Stage) -> None:
    """It should save a list of the few targets that came later, where the others were told."""
    one = communities(stage)[0]
    many = [
        replace(one, target=replace(one.target, wiki=f'w{number}wiki', url=f'https://w{number}.example'))
        for number in range(30)
    ]
    post(stage, many)
    assert post(stage, [one]) == LIST


@pytest.mark.parametrize('more', [{'url': 'https://localhost'}, {'page': 'Project:A & B &amp; C'}])
def test_target_without_line(stage: Stage, more: dict[str, str]) -> None:
    """It should not keep silent about a target that the list cannot hold."""
    first, *rest = communities(stage)
    odd = replace(first, target=replace(first.target, **more))  # type: ignore[arg-type]
    with pytest.raises(WikiError):
        post(stage, [odd, *rest])
