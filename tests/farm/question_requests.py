"""Measures how many requests the answers to questions on a talk page take.

    python -m tests.farm.question_requests

The fewest readings of the request's history that can be: one a run, however many questions need it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import as_file
from pathlib import Path

from globalban_bot.sample import ACCOUNTS, EXPORT, TODAY
from tests.farm.at_work import WIKI, done, make_ready, tell_pumps
from tests.farm.child import run_child
from tests.farm.farm import Farm
from tests.farm.onwiki import edit, page_id
from tests.farm.talk_stage import ASK, OPEN, TALK

#: What is asked in one run of the job.
QUESTIONS = (('status',), ('status', 'recount', 'nomination', 'coverage'))
#: What the reading of a history asks for, beside other things.
_HISTORY = {'prop': 'revisions', 'rvlimit': 'max'}


@dataclass(frozen=True)
class Measured:
    """What the answers took.

    :param requests: how many requests the whole run took
    :param histories: how many of them read the history of the page with the votes
    """

    questions: tuple[str, ...]
    requests: int
    histories: int


def measure(farm: Farm, folder: Path) -> Iterator[Measured]:
    """Ask on the talk page of a request, and count the requests of the run that answers.

    :param folder: an empty one
    """
    farm.reset(WIKI)
    bot = make_ready(farm, folder)
    tell_pumps(bot, TODAY)
    with as_file(EXPORT) as path, as_file(ACCOUNTS) as facts:
        farm.import_xml(WIKI, path)
        given = ('-always', f'-facts:{facts}')
        done(run_child(farm, bot, '-m', 'tests.farm.status_at', TODAY.isoformat(), *given))
        request = {OPEN, str(page_id(farm, OPEN))}
        for questions in QUESTIONS:
            edit(farm, TALK, ''.join(f'* {{{{{ASK}|{name}}}}} ~~~~\n' for name in questions), 'Merrowby')
            with farm.recording() as requests:
                done(run_child(farm, bot, '-m', 'tests.farm.talk_at', TODAY.isoformat(), *given))
            histories = [one for one in requests if _reads_history(one.params, request)]
            yield Measured(questions, len(requests), len(histories))


def _reads_history(params: Mapping[str, str], request: set[str]) -> bool:
    """Tell whether a request reads the history of a page, from its beginning.

    :param request: title and id of the page
    """
    is_page = not request.isdisjoint({params.get('titles'), params.get('pageids')})
    return is_page and 'rvcontinue' not in params and _HISTORY.items() <= params.items()


def main() -> None:
    """Print what was measured, a line a run."""
    with Farm.create() as farm, tempfile.TemporaryDirectory() as folder:
        farm.start()
        print(f'{"questions":46} {"requests":>8}  {"readings of the history":>23}')
        for measured in measure(farm, Path(folder)):
            names = ', '.join(measured.questions)
            print(f'{names:46} {measured.requests:8}  {measured.histories:23}')


if __name__ == '__main__':
    main()
