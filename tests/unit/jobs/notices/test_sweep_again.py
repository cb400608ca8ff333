"""When the scheduled job looks at all wikis again: after a message was sent, and not after a deletion."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from globalban_bot.errors import WikiError
from tests.unit.jobs.notices.test_job import Stage
from tests.unit.jobs.notices.test_sweep import LIST, PLAN, run, staged
from tests.unit.made_notices import CLOSED, NOW, PAGE_ID, TITLE, page_of


def send(stage: Stage, at: datetime, title: str = LIST, user: str = 'Sender') -> None:
    """Let somebody send a message from a list."""
    stage.farm.sends.append({
        'title': title, 'user': user, 'timestamp': f'{at:%Y-%m-%dT%H:%M:%SZ}', 'comment': 'A notice',
        'params': {'revid': 5},
    })  # fmt: skip


def looks(stage: Stage, *hours: float) -> list[bool]:
    """Return whether the job looked at all wikis, so many hours after the first plan."""
    looked = []
    for one in hours:
        stage.farm.asked.clear()
        stage.now = stage.farm.now = NOW + timedelta(hours=one)
        run(stage)
        looked.append(any('iwblprefix' in question for _, question in stage.farm.asked))
    return looked


SENT = {
    'the list of the request': (LIST, [True, False, True, False, True]),
    'the list of another language': (page_of('list', language='de'), [True, False, True, False, True]),
    'the list of another request': (LIST.replace(f'/{PAGE_ID}/', f'/{PAGE_ID}0/'), [False] * 4 + [True]),
}


@pytest.mark.parametrize('name', SENT)
def test_sent(name: str) -> None:
    """It should look at once after a message was sent, an hour later, and then once a day."""
    title, looked = SENT[name]
    stage = staged()
    run(stage)
    send(stage, NOW + timedelta(hours=1), title)
    assert looks(stage, 1.1, 1.5, 2.1, 4.1, 26) == looked


def test_sent_and_closed() -> None:
    """It should look at what became of a message while the request is closed, as long as jobs are tried."""
    stage = staged()
    run(stage)
    send(stage, NOW + timedelta(hours=1))
    stage.farm.write(TITLE, 'Clerk', CLOSED)
    assert looks(stage, 1.1, 2.1, 4.1, 26, 27, 50, 74) == [True, True, False, True, False, True, True]
    stage.farm.sends.clear()  # as the log is read for some days alone
    assert looks(stage, 99, 130) == [False, False]


def test_sent_twice() -> None:
    """It should go by the last message, whatever the order of the log."""
    stage = staged()
    run(stage)
    for hours in (5, 1):
        send(stage, NOW + timedelta(hours=hours))
    assert looks(stage, 5.1, 5.5, 6.1, 8.1) == [True, False, True, False]


def test_log_not_told() -> None:
    """It should empty nothing and fail where the wiki does not tell what was sent."""
    stage = staged()
    run(stage)

    def fail() -> None:
        if 'leaction' in stage.farm.asked[-1][1]:
            raise WikiError('no answer')

    stage.farm.meanwhile = fail
    with pytest.raises(WikiError):
        run(stage)


def test_plan_deleted() -> None:
    """It should not make a plan again that people have deleted."""
    stage = staged()
    run(stage)
    stage.wiki.delete(PLAN)
    assert looks(stage, 30) == [False]
