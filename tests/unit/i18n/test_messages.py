"""Messages."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from enum import Enum
from pathlib import Path

import pytest
from babel import Locale

import globalban_bot
from globalban_bot.errors import InternalError
from globalban_bot.i18n.messages import Messages, UntranslatedError
from globalban_bot.model.account import EditScope
from globalban_bot.model.command import CommandName
from globalban_bot.model.gate import Barrier
from globalban_bot.model.nomination import Reply, Verdict
from globalban_bot.model.notice import Audience, NoticeState, Sent, Skip
from globalban_bot.model.plan import EditReason, SkipReason
from globalban_bot.model.policy import Shape, Unit
from globalban_bot.model.settings import Flaw
from globalban_bot.model.state import Phase, Status
from globalban_bot.model.study import Topic
from globalban_bot.model.tally import ReviewReason, VoteState
from globalban_bot.model.target import Unreachable
from globalban_bot.model.unknown import Gap
from globalban_bot.model.vote import Doubt, Form, NotAVoteReason, Stance
from globalban_bot.policy.loader import load_policy
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.study import NO_RULE, RULES, SPANS

PACKAGE = Path(globalban_bot.__file__).parent
FOLDER = PACKAGE / 'i18n'
#: What the code names as a whole is a key where it begins so.
KEY = re.compile(
    r'(?:answers?|blocks|board|box|check|explain|log|notices|settings|whatif|wrong)-[a-z-]*[a-z]'
)


def texts(language: str) -> dict[str, str]:
    found = json.loads((FOLDER / f'{language}.json').read_text('utf-8'))
    return {key: text for key, text in found.items() if key != '@metadata'}


EN, QQQ = texts('en'), texts('qqq')
LANGUAGES = sorted(path.stem for path in FOLDER.glob('*.json') if path.stem != 'qqq')
META = load_profile('meta')
#: What the readers of board, boxes and answers see is made here.
FOR_READERS = ('box', 'board', 'state', 'nomination', 'multilingual', 'answer')

#: A message, its parameters, and what is made of them.
FILLED: list[tuple[str, tuple[object, ...], str]] = [
    ('box-method', (), 'Method'),
    ('box-opened', ('then',), 'opened then'),
    ('box-look-entry', (3, 'why'), 'line 3 (why)'),
    ('box-look-entry', (3, '$1 $2 {{PLURAL:$1|a|b}}'), 'line 3 ($1 $2 {{PLURAL:$1|a|b}})'),
    ('box-look-entry', (3, 'a\\1\\g<0>'), 'line 3 (a\\1\\g<0>)'),
    ('box-look-more', (1,), 'and one more'),
    ('box-look-more', (0,), 'and 0 more'),
    ('box-look-more', (2,), 'and 2 more'),
    ('box-look-more', ('1',), 'and one more'),
    ('box-looks', (1,), "one entry needs a person's look"),
    ('box-looks', (21,), "21 entries need a person's look"),
    ('box-count', (1, 0, 2), '1 support, 0 oppose, 2 neutral (a count, not an outcome)'),
]


@pytest.mark.parametrize(('key', 'parameters', 'text'), FILLED)
def test_parameters_and_plural(key: str, parameters: tuple[object, ...], text: str) -> None:
    """It should fill in each parameter once, as it is, and choose the plural."""
    assert Messages().get(key, *parameters) == text


#: How languages choose among forms: language, number, forms, the chosen one.
PLURALS: list[tuple[str, int, str, str]] = [
    ('en', 1, 'one|other', 'one'),
    ('en', 0, 'one|other', 'other'),
    ('fr', 0, 'one|other', 'one'),
    ('ja', 1, 'other', 'other'),
    ('ru', 1, 'one|few|many', 'one'),
    ('ru', 3, 'one|few|many', 'few'),
    ('ru', 5, 'one|few|many', 'many'),
    ('ru', 21, 'one|few|many', 'one'),
    ('ru', 5, 'one|few', 'few'),
    ('ar', 0, 'zero|one|two|few|many|other', 'zero'),
    ('ar', 2, 'zero|one|two|few|many|other', 'two'),
    ('ar', 11, 'zero|one|two|few|many|other', 'many'),
    ('ar', 100, 'zero|one|two|few|many|other', 'other'),
    ('zh-hant', 1, 'other', 'other'),
    ('en', 7, 'same', 'same'),
]


@pytest.mark.parametrize(('language', 'number', 'forms', 'chosen'), PLURALS)
def test_plural_of_a_language(language: str, number: int, forms: str, chosen: str) -> None:
    """It should choose by CLDR's rules, in CLDR's order; the last form stands for those that are missing."""
    assert Messages(language)._plural(number, forms.split('|')) == chosen


@pytest.mark.parametrize('key', ['no-such-message', '', 'Box-title'])
def test_unknown_message(key: str) -> None:
    """It should take an unknown message for our own mistake."""
    with pytest.raises(InternalError, match=repr(key)):
        Messages().get(key)


def test_metadata_is_no_message() -> None:
    """It should not give the authors of the file as a message."""
    with pytest.raises(InternalError):
        Messages().get('@metadata')


def test_unknown_language() -> None:
    """It should take a language without messages for our own mistake."""
    with pytest.raises(InternalError, match='tlh'):
        Messages('tlh').get('box-title')


@pytest.mark.parametrize(
    ('moment', 'text'),
    [
        (datetime(2027, 5, 3, 14, 5, tzinfo=UTC), '14:05, 3 May 2027 (UTC)'),
        (datetime(2024, 12, 30, 0, 0, 59, tzinfo=UTC), '00:00, 30 December 2024 (UTC)'),
        (datetime(2024, 12, 31, 23, 59, tzinfo=UTC), '23:59, 31 December 2024 (UTC)'),
    ],
)
def test_time(moment: datetime, text: str) -> None:
    """It should write times as people on Meta-Wiki do, with the year of the calendar, not of the week."""
    assert Messages().time(moment) == text


#: Languages, and how a day and a time are written in them. Digits are Western in all of them.
MOMENTS = [
    ('de', '3. Mai 2027', '14:05, 3. Mai 2027 (UTC)'),
    ('fr', '3 mai 2027', '3 mai 2027 à 14:05 (UTC)'),
    ('es', '3 de mayo de 2027', '14:05 del 3 de mayo de 2027 (UTC)'),
    ('ar', '3 مايو 2027', '14:05، 3 مايو 2027 (UTC)'),
]


@pytest.mark.parametrize(('language', 'day', 'time'), MOMENTS)
def test_time_of_a_language(language: str, day: str, time: str) -> None:
    """It should write days and times in the fashion of the language, always in UTC."""
    moment = datetime(2027, 5, 3, 16, 5, tzinfo=timezone(timedelta(hours=2)))
    assert (Messages(language).date(moment), Messages(language).time(moment)) == (day, time)


def test_languages_never_mix() -> None:
    """It should tell that a language lacks a message rather than give it in English."""
    with pytest.raises(UntranslatedError, match="'why-new' in 'de'"):
        Messages('de').get('why-new')
    with pytest.raises(UntranslatedError, match='Is it new'):
        Messages('de').of_policy('Is it new?')


def test_words_of_a_policy() -> None:
    """It should give the words of a policy as they are in English, and translated elsewhere."""
    assert Messages().of_policy('a sysop or steward') == 'a sysop or steward'
    assert Messages('fr').of_policy('a sysop or steward') == 'un administrateur ou un steward'


def test_who_reviewed() -> None:
    """It should take English for reviewed, and what nobody has signed for not reviewed."""
    assert Messages().reviewed
    for language in LANGUAGES:
        about = [json.loads(path.read_text('utf-8'))['@metadata'] for path in files_of(language)]
        signed = all(one.get('reviewed-by') for one in about)
        assert Messages(language).reviewed is (signed or language == 'en')


def files_of(language: str) -> list[Path]:
    found = [folder / f'{language}.json' for folder in (FOLDER, FOLDER / 'policies')]
    return [path for path in found if path.exists()]


def test_every_message_is_documented() -> None:
    """It should have documentation for each message, and none for others, in one order."""
    assert [*EN] == [*QQQ]
    assert all(text.strip() for text in (*EN.values(), *QQQ.values()))


def parameters(text: str) -> set[str]:
    return set(re.findall(r'\$\d', text))


@pytest.mark.parametrize('key', EN)
def test_documentation_names_every_parameter(key: str) -> None:
    """It should document just the parameters that a message has."""
    assert parameters(QQQ[key]) == parameters(EN[key])


@pytest.mark.parametrize('language', LANGUAGES)
def test_translations_keep_to_the_source(language: str) -> None:
    """It should have in a translation no other messages and parameters than in English."""
    found = texts(language)
    assert [*found] == [key for key in EN if key in found]
    assert {key for key in found if not parameters(found[key]) <= parameters(EN[key])} == set()


#: In these a parameter of the English message is not needed: it serves only to choose a plural.
WITHOUT = {'box-end': {'$1'}, 'blocks-unknown': {'$1', '$2'}}


@pytest.mark.parametrize('language', LANGUAGES)
def test_translations_lose_nothing(language: str) -> None:
    """It should fill each parameter into the text, for any number, and leave no markup of a plural."""
    messages = Messages(language)
    for key, text in texts(language).items():
        wanted = parameters(EN[key]) - WITHOUT.get(key, set())
        for number in (3, 11, 100):
            said = messages.get(key, *(number + 1000 * at for at in range(6)))
            told = {f'${at}' for at in range(1, 7) if str(number + 1000 * (at - 1)) in said}
            assert wanted <= told, (key, number)
            assert not re.search(r'PLURAL|[{}]', said), key
            assert text.strip() or key.endswith('separator')


@pytest.mark.parametrize('language', LANGUAGES)
def test_forms_of_a_plural(language: str) -> None:
    """It should have two forms, or all that the language has; Arabic always has its six."""
    most = len(Locale.parse(language).plural_form.tags) + 1
    for key, text in texts(language).items():
        for forms in re.findall(r'\{\{PLURAL:\$\d\|([^{}]*)\}\}', text):
            assert len(forms.split('|')) in ({most} if language == 'ar' else {2, most}), key


@pytest.mark.parametrize('name', ['qqq', *LANGUAGES])
def test_form_of_the_files(name: str) -> None:
    """It should write the files as translatewiki.net does: tabs, authors, no key twice."""
    source = (FOLDER / f'{name}.json').read_text('utf-8')
    pairs = json.loads(source, object_pairs_hook=list)
    assert [key for key, times in Counter(key for key, _ in pairs).items() if times > 1] == []
    assert pairs[0][0] == '@metadata'
    assert '\n\t"' in source
    assert source.endswith('}\n')


def keys_in(path: Path) -> Iterator[str]:
    """Yield the keys that a file names whole."""
    for node in ast.walk(ast.parse(path.read_text('utf-8'))):
        match node:
            case ast.Constant(value=str(key)) if KEY.fullmatch(key):
                yield key
            case ast.Call(func=ast.Attribute(attr='get'), args=[ast.Constant(value=str(key)), *_]):
                # The name of a module, which has a dot, is no key.
                if '.' not in key:
                    yield key


def keys_in_code() -> Iterator[str]:
    """Yield the keys that the code names whole: in calls of ``get`` and in tuples of keys."""
    for path in (path for room in ('pages', 'render', 'jobs') for path in (PACKAGE / room).rglob('*.py')):
        yield from keys_in(path)
    for path in (PACKAGE / 'render').glob('*.j2'):
        page = path.read_text('utf-8')
        yield from re.findall(r"'((?:box|board|whatif)-[a-z-]+)'", page)
        yield from re.findall(r"msg\('([a-z-]+)'", page)


def keys_of_values() -> Iterator[str]:
    """Yield the keys that the code makes of values, and those of ``Messages`` itself."""
    yield 'time-and-date'
    yield from (stance.value for stance in Stance)
    yield from (f'phase-{phase.value.replace(" ", "-")}' for phase in Phase)
    yield 'phase-diff'
    yield from (f'look-{name}' for name in _names(ReviewReason))
    yield from (f'none-{name}' for name in _names(NotAVoteReason))
    yield from (f'state-{state.value.replace(" ", "-")}' for state in VoteState)
    yield from (f'not-counted-{s.value.replace(" ", "-")}' for s in VoteState if not s.counts)
    yield from (f'form-{form.value}' for form in Form)
    yield from (f'doubt-{doubt.value}' for doubt in Doubt)
    yield from (f'why-{why.value}' for why in EditReason)
    yield from (f'settings-flaw-{name}' for name in _names(Flaw))
    yield from (f'left-{reason.value.replace(" ", "-")}' for reason in SkipReason)
    yield from (f'gap-{name}' for name in _names(Gap))
    yield from (f'ask-{ask.value}' for ask in CommandName)
    yield from (f'answer-word-{ask.value}' for ask in CommandName)
    yield from (f'reply-{name}' for name in _names(Reply))
    yield from (f'verdict-{name}' for name in _names(Verdict))
    yield from (f'rule-edits-{where.value}' for where in EditScope)
    yield from (f'unit-{unit.value}' for unit in (Unit.DAYS, Unit.WEEKS, Unit.MONTHS))
    yield from (key for _, key in load_profile('meta').steward_links)
    yield from _keys_of_studies()
    yield from _keys_of_notices()


def _keys_of_notices() -> Iterator[str]:
    yield from (f'notices-skip-{name}' for name in _names(Skip) if name != 'settled')
    yield from (f'notices-is-{name}' for name in _names(NoticeState))
    yield from (f'notices-lack-{name}' for name in _names(Unreachable))
    yield from (f'notices-barrier-{name}' for name in _names(Barrier))
    yield from (f'notices-{part}-{name}' for part in ('why', 'text') for name in _names(Audience))
    yield from (f'notices-{part}-{name}' for part in ('sent', 'one') for name in _names(Sent))


def _keys_of_studies() -> Iterator[str]:
    yield from (f'whatif-title-{topic.value}' for topic in Topic)
    yield from (f'whatif-outcomes-{status.value}' for status in Status)
    yield from (f'whatif-missing-{key}' for key in (*RULES, *NO_RULE))
    yield from (f'whatif-span-{key}' for key in SPANS)
    yield from (f'whatif-passed-{key}' for key in ('met', 'not-met', 'people', 'undetermined'))
    yield from (f'whatif-second-block-{key}' for key in ('no-block', 'one-block', 'undetermined'))
    yield from (f'whatif-followed-{key}' for key in ('other-body', 'lock', 'nothing', 'undetermined'))


def _names(kind: type[Enum]) -> list[str]:
    return [member.name.lower().replace('_', '-') for member in kind]


USED = {*keys_in_code(), *keys_of_values()}


def test_the_search_finds_keys() -> None:
    """It should find in the code keys of every kind, so that the next tests mean something."""
    assert {'box-title', 'board-intro', 'nobody', 'proposal', 'explain-vote', 'box-opened'} <= USED
    assert {'log-time', 'summary-log', 'plan-left', 'why-new', 'left-hands-off', 'steward-list'} <= USED
    assert {'gap-missing', 'gap-too-much', 'found-now', 'left-less-known', 'box-without-account'} <= USED


@pytest.mark.parametrize('key', sorted(USED))
def test_every_key_in_the_code_exists(key: str) -> None:
    """It should have a message for every key that the code uses."""
    assert key in EN


def test_every_message_is_used() -> None:
    """It should have no message that nothing uses."""
    assert set(EN) - USED == set()


def keys_for_readers() -> Iterator[str]:
    """Yield the keys of board, boxes and answers."""
    for name in FOR_READERS:
        yield from keys_in(PACKAGE / 'render' / f'{name}.py')
    made = (
        'answer-', 'board-', 'gap-', 'look-', 'not-counted-', 'phase-', 'reply-', 'rule-', 'settings-flaw-',
        'steward-', 'time-', 'unit-', 'verdict-',
    )  # fmt: skip
    yield from (key for key in EN if key.startswith(made))
    yield from (stance.value for stance in Stance)
    yield from ('notices-found', 'notices-none-found', 'notices-not-checked', 'notices-nowhere')
    yield 'settings-revision'


@pytest.mark.parametrize('language', META.languages)
def test_languages_of_the_profile_are_whole(language: str) -> None:
    """It should have all that readers see in each language that the profile offers: else it is left out."""
    assert {*keys_for_readers()} & set(EN) - set(texts(language)) == set()


@pytest.mark.parametrize('language', META.languages)
def test_words_of_the_policy_are_whole(language: str) -> None:
    """It should have the words of the policy that a box shows, and no others."""
    rules = [*load_policy(META.policy).rules.values()]
    asked = {rule.description for rule in rules if rule.shape is Shape.QUESTION}
    worded = {str(value.value) for rule in rules if rule.shape is Shape.WORDING for value in rule.values}
    found = json.loads((FOLDER / 'policies' / f'{language}.json').read_text('utf-8'))
    assert {*found} - {'@metadata'} == asked | worded
