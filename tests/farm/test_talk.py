"""Commands on talk pages of a real wiki: who asks, what is answered, once."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from globalban_bot.gather.cache import store_kept
from globalban_bot.profiles.loader import load_profile
from tests.farm.accounts import OPERATOR, Account
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import Outcome, run_child
from tests.farm.client import client_of
from tests.farm.contributions import import_edits
from tests.farm.farm import Farm
from tests.farm.faults import Fault, Moment
from tests.farm.onwiki import Standing, edit, page_id, pages
from tests.farm.rights import grant

META = load_profile('meta')
assert META.commands is not None
assert META.notices is not None
COMMANDS, NOTICES = META.commands, META.notices
ASK = COMMANDS.template
SUBJECT, NOMINATOR, VOTER, READER = 'Cassian Wold', 'Petra Lund', 'Voter Invented', 'Reader Invented'
SENDER = 'Sender Invented'
TITLE = f'Requests for comment/Global ban for {SUBJECT}'
TALK, OWN_TALK = f'Talk:{TITLE}', META.report_page
KILLED = -9
VARYING = re.compile(r'\d\d:\d\d, \d+ \w+ \d{4} \(UTC\)(?=<!--)|(?<=standing=)seen-\d+')
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
REQUEST = f"""\
{{{{rfc subpage|status=|comment=|date=}}}}
Statement. [[User:{NOMINATOR}|{NOMINATOR}]] ([[User talk:{NOMINATOR}|talk]]) {{time:%H:%M, %-d %B %Y}} (UTC)

== Support ==
# {{{{s}}}} Yes. [[User:{VOTER}|{VOTER}]] ([[User talk:{VOTER}|talk]]) {{time:%H:%M, %-d %B %Y}} (UTC)

== Oppose ==
"""
VOTE = '# {{{{o}}}} No. [[User:{0}|{0}]] ([[User talk:{0}|talk]]) 10:00, 3 May 2026 (UTC)\n'


@pytest.fixture(scope='module')
def ready(running_farm: Farm, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give wikis with a request that is three days old, its box, and people."""
    running_farm.reset()
    folder = tmp_path_factory.mktemp('kept')
    for dbname, edits in (('metawiki', 1), ('enwiki', 3)):
        times = [LONG_AGO + timedelta(hours=number) for number in range(edits)]
        import_edits(running_farm, dbname, SUBJECT, times, folder, f'Edits of {SUBJECT}')
    times = [LONG_AGO + timedelta(hours=number) for number in range(600)]
    import_edits(running_farm, 'enwiki', NOMINATOR, times, folder, f'Edits of {NOMINATOR}')
    people = (Account(name, registered='20200101000000') for name in (NOMINATOR, VOTER, READER, SENDER))
    running_farm.create_accounts('metawiki', *people)
    grant(running_farm, SENDER, 'sysop')
    opened = datetime.now(UTC) - timedelta(days=3)
    edit(running_farm, TITLE, REQUEST.format(time=opened), NOMINATOR)
    backdate(running_farm, TITLE, opened)
    edit(running_farm, META.stop_page, 'run')
    edit(running_farm, ASK, '<includeonly>The answer.</includeonly>')
    outcome = run_child(running_farm, write_bot_folder(folder / 'bot'), 'globalban_status', '-always')
    assert outcome.code == 0, outcome.errors
    return {dbname: running_farm.keep(dbname, folder / f'{dbname}.sqlite') for dbname in running_farm.wikis}


def backdate(farm: Farm, title: str, moment: datetime) -> None:
    """Make the only revision of a page older."""
    with closing(sqlite3.connect(farm.folders.database('metawiki'), timeout=30)) as database, database:
        database.execute(
            'UPDATE revision SET rev_timestamp = ? WHERE rev_page = ?',
            (f'{moment:%Y%m%d%H%M%S}', page_id(farm, title)),
        )


@pytest.fixture
def farm(running_farm: Farm, ready: dict[str, Path]) -> Iterator[Farm]:
    for dbname, path in ready.items():
        running_farm.restore(dbname, path)
    yield running_farm


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return bot_folder(tmp_path)


def bot_folder(parent: Path) -> Path:
    """Make a folder in which the list of village pumps is kept: this small farm has no Wikidata."""
    folder = write_bot_folder(parent / 'bot')
    path = folder / 'globalban-cache' / 'pumps.json'
    store_kept(
        path, f'{NOTICES.wikidata} {NOTICES.item}', datetime.now(UTC), {'enwiki': 'Wikipedia:Village pump'}
    )
    return folder


def run(farm: Farm, folder: Path, *options: str) -> Outcome:
    return run_child(farm, folder, 'globalban_talk', *(options or ('-always',)))


def ask(*arguments: str) -> str:
    return f'* {{{{{"|".join([ASK, *arguments])}}}}} ~~~~\n'


def add(farm: Farm, text: str, user: str | None = READER, title: str = TALK) -> None:
    """Add to a talk page, as somebody, or without an account."""
    before = talk(farm, title)
    if user is None:
        with client_of(farm, 'metawiki') as client:
            answer = client.edit(title, before + text)
        assert 'error' not in answer, answer
    else:
        edit(farm, title, before + text, user)


def talk(farm: Farm, title: str = TALK) -> str:
    name = title.replace('Talk:', '1:', 1) if title.startswith('Talk:') else title
    found = pages(farm).get(name)
    return '' if found is None else f'{found.text}\n'


def answers(farm: Farm) -> dict[str, str]:
    """Return the newest answers on all pages of answers, by command and argument."""
    return {key: last[0] for key, last in last_answers(farm).items()}


def last_answers(farm: Farm) -> dict[str, list[str]]:
    """Return the answers on all pages of answers, by command and argument, newest first."""
    start = COMMANDS.answers.partition('{')[0]
    text = '\n'.join(one.text for title, one in pages(farm).items() if title.startswith(start))
    return {
        key: re.findall(r'<!-- (?:asked|limit) [^>]*-->((?:(?!<!--).)*)<!-- end -->', last)
        for key, last in re.findall(r'^\|([a-z]+/[^=]*)=(<!-- .*)$', text, re.MULTILINE)
    }


def in_english(answer: str) -> str:
    """Return an answer as an English reader sees it."""
    return answer.rpartition('|#default=')[2]


def number(farm: Farm) -> str:
    return str(page_id(farm, TITLE))


def box(farm: Farm) -> str:
    return pages(farm)[META.box_title(page_id(farm, TITLE))].text


def vote(farm: Farm) -> None:
    edit(farm, TITLE, pages(farm)[TITLE].text + '\n' + VOTE.format(READER), READER)


def test_nothing_asked(farm: Farm, folder: Path) -> None:
    """It should edit nothing where nobody has asked."""
    before = pages(farm)
    outcome = run(farm, folder)
    assert (outcome.code, pages(farm)) == (0, before)


def test_recount(farm: Farm, folder: Path) -> None:
    """It should tell the count and what has changed, bring the box up to date, and be quiet the next time."""
    vote(farm)
    add(farm, ask('recount'))
    there = talk(farm)
    outcome = run(farm, folder)
    assert outcome.code == 0, outcome.errors
    found = in_english(answers(farm)['recount/'])
    assert '1 support, 1 oppose, 0 neutral (a count, not an outcome).' in found
    assert 'Oppose +1.' in found
    assert '1 support, 1 oppose' in box(farm)
    before = pages(farm)
    outcome = run(farm, folder)
    assert (outcome.code, pages(farm)) == (0, before), 'a second run has nothing to do'
    assert talk(farm) == there, 'nothing is posted on the talk page'


def test_recount_again(farm: Farm, folder: Path) -> None:
    """It should answer anew when somebody asks again, and say what has changed since."""
    add(farm, ask('recount'))
    assert run(farm, folder).code == 0
    vote(farm)
    add(farm, ask('recount'))
    assert run(farm, folder).code == 0
    assert 'Oppose +1' in in_english(answers(farm)['recount/'])
    add(farm, ask('recount'))
    assert run(farm, folder).code == 0
    assert 'No change since the count of' in in_english(answers(farm)['recount/'])


# Two people who ask the same.


def test_two_people(farm: Farm, folder: Path) -> None:
    """It should let two people who ask the same know which answer is theirs, now and later."""
    show_answers(farm)
    asked = {}
    for user, minutes in ((READER, 50), (VOTER, 32)):
        add(farm, ask('recount'), user)
        asked[user] = backdate_newest(farm, datetime.now(UTC) - timedelta(minutes=minutes))
    assert run(farm, folder).code == 0
    (first,) = last_answers(farm)['recount/']
    vote(farm)
    add(farm, ask('recount'), READER)
    assert run(farm, folder).code == 0
    assert last_answers(farm)['recount/'][1:] == [first], 'the answer that was given stands as it was'
    questions = shown_questions(farm)
    assert len(questions) == 3
    for question in questions:
        newest, older = question.split('Recount, asked at ')[1:]
        assert 'Oppose +1' in newest
        assert '1 support, 0 oppose' in older
        for moment in asked.values():
            assert f'{moment:%H:%M, %-d %B %Y} (UTC)' in older
            assert f'{moment:%H:%M, %-d %B %Y} (UTC)' not in newest
    print(f'\n{questions[0]}')


def show_answers(farm: Farm) -> None:
    """Let the template show the page of answers, without the blanks around it, as the kit does."""
    call = f'{{{{{COMMANDS.answers.replace("{talk_id}", "{{PAGEID}}")}|{{{{{{1|}}}}}}|}}}}'
    edit(farm, ASK, f'<includeonly><div>{{{{#if:1|{call}}}}}</div></includeonly>')


def shown_questions(farm: Farm) -> list[str]:
    """Return each item of the list on the talk page as a reader sees it."""
    with client_of(farm, 'metawiki') as client:
        client.post(action='purge', titles=TALK)
        shown = client.get(action='parse', page=TALK, prop='text')['parse']['text']
    return [re.sub(r'<[^>]*>', '', item) for item in re.findall(r'<li>(.*?)</li>', shown, re.DOTALL)]


def backdate_newest(farm: Farm, moment: datetime) -> datetime:
    """Make the newest revision of the wiki older, and return the moment."""
    with closing(sqlite3.connect(farm.folders.database('metawiki'), timeout=30)) as database, database:
        database.execute(
            'UPDATE revision SET rev_timestamp = ? WHERE rev_id = (SELECT MAX(rev_id) FROM revision)',
            (f'{moment:%Y%m%d%H%M%S}',),
        )
    return moment


# Who asks what, where, and what is answered: a table, expected and actual.


@dataclass(frozen=True)
class Case:
    """A command on a page, and what is to be answered.

    :param does: edits the wiki
    :param key: command and argument of the answer
    :param says: what the answer says; None where there is none
    """

    does: Callable[[Farm], None]
    key: str
    says: str | None


def by(user: str | None, *arguments: str, title: str = TALK, after: str = '') -> Callable[[Farm], None]:
    """Return what asks: N stands for the number of the request."""

    def does(farm: Farm) -> None:
        add(farm, ask(*(number(farm) if one == 'N' else one for one in arguments)) + after, user, title)

    return does


def both(*steps: Callable[[Farm], None]) -> Callable[[Farm], None]:
    def does(farm: Farm) -> None:
        for step in steps:
            step(farm)

    return does


def a_second(_: Farm) -> None:
    """Let time pass: MediaWiki's times are whole seconds."""
    time.sleep(1.1)


def wipe(farm: Farm) -> None:
    edit(farm, TALK, 'Nothing to see.', VOTER)


def become(text: str) -> Callable[[Farm], None]:
    return lambda farm: edit(farm, TALK, text, VOTER)


def copy_to(title: str) -> Callable[[Farm], None]:
    return lambda farm: edit(farm, title, ask('recount'), READER)


QUESTIONS = {
    'status, by an account': Case(by(READER, 'status'), 'status/', "''State:'' open"),
    'status, without an account': Case(by(None, 'status'), 'status/', "''State:'' open"),
    'recount, without an account': Case(by(None, 'recount'), 'recount/', 'Recounted at revision'),
    'recount, by the nominator': Case(by(NOMINATOR, 'recount'), 'recount/', 'Recounted at revision'),
    'nomination': Case(by(READER, 'nomination'), 'nomination/', "''Nominator:''"),
    'coverage': Case(by(READER, 'coverage'), 'coverage/', 'notice found on 0 of 2 wikis'),
    'in other letters': Case(by(READER, ' ReCount '), 'recount/', 'Recounted at revision'),
    'with the number of the request': Case(by(READER, 'recount', 'N'), 'recount/N', 'Recounted at revision'),
    'with another number': Case(by(READER, 'recount', '999999'), 'recount/999999', 'There is no request'),
    'with a title for a number': Case(
        by(READER, 'recount', TITLE), 'recount/?', 'Name the request by its number'
    ),
    'on the talk page of the bot': Case(
        by(READER, 'recount', 'N', title=OWN_TALK), 'recount/N', 'Recounted at revision'
    ),
    'on the talk page of the bot, without a number': Case(
        by(READER, 'recount', title=OWN_TALK), 'recount/', 'Name the request by its number'
    ),
    'two in one edit': Case(by(READER, 'status', after=ask('recount')), 'recount/', 'Recounted at revision'),
    'edited into another one by somebody else': Case(
        both(by(READER, 'status'), become(ask('nomination'))), 'nomination/', "''Nominator:''"
    ),
    'and what it was before': Case(both(by(READER, 'status'), become(ask('nomination'))), 'status/', None),
    'taken back before the run': Case(both(by(READER, 'recount'), wipe), 'recount/', None),
    'in a copy of the page': Case(copy_to(f'{TALK}/Archive 1'), 'recount/', None),
    'on the page of the request itself': Case(
        copy_to('Requests for comment/Something else'), 'recount/', None
    ),
    'on the talk page of a person': Case(copy_to(f'User talk:{READER}'), 'recount/', None),
    'in nowiki': Case(become(f'<nowiki>{ask("recount")}</nowiki>'), 'recount/', None),
    'in a comment': Case(become(f'<!-- {ask("recount")} -->'), 'recount/', None),
    'in a quote': Case(become(f'<blockquote>{ask("recount")}</blockquote>'), 'recount/', None),
    'struck': Case(become(f'<s>{{{{{ASK}|recount}}}}</s>'), 'recount/', None),
    'a word that there is not': Case(by(READER, 'close'), 'close/', None),
    'help, which the template gives by itself': Case(by(READER, 'help'), 'help/', None),
    'approve, by who may send': Case(by(SENDER, 'approve', '0' * 12), f'approve/{"0" * 12}', None),
    'hold': Case(by(READER, 'hold'), 'hold/', None),
}


@pytest.mark.parametrize('name', QUESTIONS)
def test_questions(farm: Farm, folder: Path, name: str) -> None:
    """It should answer each command as the table says, and post nothing where it was asked."""
    case = QUESTIONS[name]
    case.does(farm)
    there = talk(farm)
    outcome = run(farm, folder)
    assert outcome.code == 0, outcome.errors
    found = answers(farm).get(case.key.replace('N', number(farm)))
    actual = None if found is None else in_english(found)
    print(f'\n{name:55} expected: {case.says} | actual: {(actual or str(None))[:90]}')
    assert (actual is None) == (case.says is None)
    assert case.says is None or case.says in str(actual)
    assert talk(farm) == there


# Floods, and doors that are shut.


def test_flood(farm: Farm, folder: Path) -> None:
    """It should answer a flood of two hundred once, and leave the wiki alone after it."""
    with client_of(farm, 'metawiki') as client:
        for count in range(200):
            assert 'error' not in client.post(
                action='edit', title=TALK, appendtext=f'{ask("recount")}{count}\n'
            )
    outcome = run(farm, folder)
    assert outcome.code == 0, outcome.errors
    assert [('Not answered' in one) for one in last_answers(farm)['recount/']] == [True, False]
    assert page_of_answers(farm).revisions == 1
    with client_of(farm, 'metawiki') as client:
        for count in range(3):
            assert 'error' not in client.post(
                action='edit', title=TALK, appendtext=f'{ask("recount")}{count}\n'
            )
    before = pages(farm)
    outcome = run(farm, folder)
    assert (outcome.code, pages(farm)) == (0, before), 'a page of so many questions is not read further'


def test_flood_of_words(farm: Farm, folder: Path) -> None:
    """It should answer five questions of one person, and tell of twenty others that a limit is reached."""
    add(farm, ''.join(ask('recount', str(count)) for count in range(1, 31)) + ask('status'))
    assert run(farm, folder).code == 0
    said = [in_english(one) for one in answers(farm).values()]
    assert len(said) == 25
    assert sum('Not answered: the limit' in one for one in said) == 20


def page_of_answers(farm: Farm) -> Standing:
    start = COMMANDS.answers.partition('{')[0]
    [found] = [one for title, one in pages(farm).items() if title.startswith(start)]
    return found


def test_talk_page_protected(farm: Farm, folder: Path) -> None:
    """It should answer on a talk page that the bot could not edit."""
    add(farm, ask('recount'))
    protect(farm, TALK)
    assert run(farm, folder).code == 0
    assert 'Recounted' in answers(farm)['recount/']


def protect(farm: Farm, title: str, what: str = 'edit', level: str = 'sysop') -> None:
    with client_of(farm, 'metawiki', OPERATOR) as client:
        answer = client.post(action='protect', title=title, protections=f'{what}={level}')
    assert 'error' not in answer, answer


def test_answers_protected(farm: Farm, folder: Path) -> None:
    """It should name a page of answers that it may not make, and answer once it may."""
    add(farm, ask('recount'))
    with client_of(farm, 'metawiki') as client:
        talk_id = client.get(action='query', titles=TALK)['query']['pages'][0]['pageid']
    title = COMMANDS.answers_page(talk_id)
    protect(farm, title, 'create')
    outcome = run(farm, folder)
    assert (outcome.code, answers(farm)) == (3, {})
    assert f'{title}: protected' in outcome.output
    protect(farm, title, 'create', 'all')
    assert run(farm, folder).code == 0
    assert list(answers(farm)) == ['recount/']


def test_forgotten(farm: Farm, folder: Path) -> None:
    """It should take answers out with all else on a request, and tell nothing of it any more."""
    add(farm, ask('recount'))
    add(farm, ask('recount', number(farm)) + ask('recount', '999999'), title=OWN_TALK)
    assert run(farm, folder).code == 0
    assert len(answers(farm)) == 3
    outcome = run_child(farm, folder, '-m', 'globalban_bot', 'forget', number(farm), '--always')
    assert outcome.code == 0, outcome.errors
    assert list(answers(farm)) == ['recount/999999']
    add(farm, ask('status'))
    assert run(farm, folder).code == 0
    assert 'There is no request' in in_english(answers(farm)['status/'])


@pytest.mark.parametrize('how', ['edited', 'protected'])
def test_answers_left(farm: Farm, folder: Path, how: str) -> None:
    """It should leave a page of answers that a person has edited or protected."""
    add(farm, ask('recount'))
    assert run(farm, folder).code == 0
    title = next(title for title in pages(farm) if title.startswith(COMMANDS.answers.partition('{')[0]))
    if how == 'edited':
        edit(farm, title, 'Answered by hand.', READER)
    else:
        protect(farm, title)
    add(farm, ask('status'))
    before = pages(farm)[title]
    assert run(farm, folder).code == 0
    assert pages(farm)[title] == before


def test_stopped(farm: Farm, folder: Path) -> None:
    """It should answer nothing, and end well, while the bot is stopped."""
    add(farm, ask('recount'))
    edit(farm, META.stop_page, 'stop', READER)
    before = pages(farm)
    outcome = run(farm, folder)
    assert (outcome.code, pages(farm)) == (0, before)


@pytest.mark.parametrize('options', [('-simulate', '-always'), ('-cache:elsewhere',)])
def test_plan_only(farm: Farm, folder: Path, options: tuple[str, ...]) -> None:
    """It should print a plan and edit nothing, by -simulate or where there is no terminal."""
    add(farm, ask('recount'))
    before = pages(farm)
    outcome = run(farm, folder, *options)
    assert (outcome.code, pages(farm)) == (0, before)
    assert f'{COMMANDS.answers.partition("{")[0]}' in outcome.output


def at(farm: Farm, folder: Path, fault: Fault | None = None) -> Outcome:
    return run_child(farm, folder, '-m', 'tests.farm.talk_at', AS_OF, '-always', fault=fault)


#: A moment after all that was written; the clock of the runs stands still there.
AS_OF = (datetime.now(UTC) + timedelta(minutes=30)).replace(microsecond=0).isoformat()


def test_killed(farm: Farm, folder: Path, ready: dict[str, Path], tmp_path: Path) -> None:
    """It should answer exactly once, killed between any two requests, or at any edit."""
    vote(farm)
    add(farm, ask('recount') + ask('status'))
    asked = farm.keep('metawiki', tmp_path / 'asked.sqlite')
    # The first runs ask what pywikibot keeps for later ones.
    for _ in range(3):
        fresh(farm, folder, asked)
        outcome = at(farm, folder)
        assert outcome.code == 0, outcome.errors
    wanted, requests = pages(farm), outcome.requests
    assert requests is not None
    edits = len([title for title in wanted if wanted[title] != pages_of(farm, asked).get(title)])
    moments = (Moment.BEFORE, Moment.SENT, Moment.ANSWERED)
    faults = [Fault(moment, count, 'action=edit') for moment in moments for count in range(1, edits + 1)]
    faults += [Fault(Moment.BEFORE, count) for count in range(1, requests + 1)]
    for fault in faults:
        fresh(farm, folder, asked)
        killed = at(farm, folder, fault)
        assert killed.code == KILLED, f'{fault} was never reached: {killed.errors}'
        outcome = at(farm, folder)
        assert outcome.code == 0, f'{fault}: {outcome.errors}'
        assert as_compared(pages(farm)) == as_compared(wanted), f'{fault}: other pages'
    print(f'\nkilled before each of {requests} requests, and at each of {edits} edits: answered once')


def fresh(farm: Farm, folder: Path, kept: Path) -> None:
    farm.restore('metawiki', kept)
    for path in (folder / 'globalban-cache').glob('[0-9]*.json'):
        path.unlink()


def pages_of(farm: Farm, kept: Path) -> dict[str, Standing]:
    """Return the pages of a state that was kept."""
    farm.restore('metawiki', kept)
    return dict(pages(farm))


def as_compared(found: Mapping[str, Standing]) -> dict[str, Standing]:
    """Return pages without what may differ: times of signatures, what was read last, and the log.

    The next run of the status job makes up for the log, by the pages that it finds.
    """
    return {
        title: Standing(VARYING.sub('', one.text), one.revisions)
        for title, one in found.items()
        if title != META.log_page
    }
