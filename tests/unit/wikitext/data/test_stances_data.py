"""The words and names in ``stances.yaml`` must be usable by a reader that knows all languages at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

FILE = Path(__file__).parents[4] / 'globalban_bot' / 'wikitext' / 'data' / 'stances.yaml'
DATA: dict[str, Any] = yaml.safe_load(FILE.read_text('utf-8'))
LANGUAGES: dict[str, dict[str, Any]] = DATA['languages']
SIDES = ('support', 'oppose', 'neutral')
GROUPS = (*SIDES, 'comment', 'votes')
TOP_LEVEL_LISTS = (
    'heading_filler',
    'proposal_headings',
    'label_templates',
    'wrapper_templates',
    'strike_templates',
    'removed_templates',
    'moved_templates',
    'identity_templates',
)
TOP_LEVEL_MAPPINGS = ('unsigned_templates', 'undated_templates')
NO_POSITION = (
    'label_templates',
    'wrapper_templates',
    'strike_templates',
    'unsigned_templates',
    'undated_templates',
    'removed_templates',
    'moved_templates',
    'identity_templates',
)


def scalars(value: Any) -> Iterator[Any]:
    """Yield all keys and plain values of nested data."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from scalars(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from scalars(inner)
    else:
        yield value


def meanings(*kinds: str, groups: tuple[str, ...] = GROUPS) -> dict[str, set[str]]:
    """Return the groups that each name stands under, whatever the language."""
    found: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES.values():
        for group in groups:
            for kind in kinds:
                for name in language.get(group, {}).get(kind, []):
                    found[name].add(group)
    return found


def strengths() -> dict[str, set[str]]:
    """Return what each word of strength says."""
    found: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES.values():
        for strength, words in language.get('strength', {}).items():
            for word in words:
                found[word].add(strength)
    return found


def doubtful(found: dict[str, set[str]]) -> list[str]:
    """Return the names that mean more than one thing."""
    return sorted(name for name, groups in found.items() if len(groups) > 1)


def test_everything_is_text() -> None:
    """It should hold nothing that YAML takes for a number or a truth value: quote yes, no, on, '+1'."""
    everything = {key: value for key, value in DATA.items() if key != 'schema'}
    assert [item for item in scalars(everything) if not isinstance(item, str)] == []


def test_languages() -> None:
    """It should know English and at least 40 languages."""
    assert 'en' in LANGUAGES
    assert len(LANGUAGES) >= 40


@pytest.mark.parametrize('code', LANGUAGES)
def test_shape(code: str) -> None:
    """It should have the same groups and kinds in every language, with no empty list and no repeat."""
    language = dict(LANGUAGES[code])
    provenance = language.pop('provenance')
    assert provenance['status'] in {'seen', 'inferred', 'recalled'}
    assert provenance['source']
    assert set(language) <= {*GROUPS, 'strength'}
    for group, kinds in language.items():
        allowed = (
            {'strong', 'weak'} if group == 'strength' else {'templates', 'words', 'bold_words', 'headings'}
        )
        assert set(kinds) <= allowed
        for names in kinds.values():
            assert names
            assert len(names) == len(set(names))


def test_spelling() -> None:
    """It should be in small letters with single blanks, for so the reader compares."""
    names = {name for kind in ('templates', 'words', 'bold_words', 'headings') for name in meanings(kind)}
    for key in (*TOP_LEVEL_LISTS, *TOP_LEVEL_MAPPINGS):
        names |= set(DATA[key])
    assert sorted(name for name in names if name != ' '.join(name.lower().replace('_', ' ').split())) == []


def test_templates_mean_one_thing() -> None:
    """It should put no template name under two sides, or under a side and the comments."""
    assert doubtful(meanings('templates')) == []


def test_words_mean_one_thing() -> None:
    """It should put no word under two sides, or under a side and the comments."""
    assert doubtful(meanings('words', 'bold_words')) == []


def test_headings_mean_one_thing() -> None:
    """It should put no heading under two sides, the comments or the votes."""
    assert doubtful(meanings('headings')) == []


def test_strengths_mean_one_thing() -> None:
    """It should call no word both strong and weak, and each should be a single word."""
    assert doubtful(strengths()) == []
    assert [word for word in strengths() if ' ' in word] == []


def test_strength_and_name_are_put_together_by_the_reader() -> None:
    """It should not list ``strong support``: listed, the name would lose its strength."""
    names = set(meanings('templates', groups=SIDES))
    composed = [n for n in names if n.partition(' ')[0] in strengths() and n.partition(' ')[2] in names]
    assert composed == []


def test_phrases_are_short() -> None:
    """It should have words of at most three parts, the most that the reader compares."""
    assert [word for word in meanings('words', 'bold_words', groups=SIDES) if len(word.split()) > 3] == []


@pytest.mark.parametrize('key', NO_POSITION)
def test_vote_templates_are_nothing_else(key: str) -> None:
    """It should not take a vote template for a label, a wrapper, a strike, a signature or a name."""
    assert sorted(set(meanings('templates', groups=SIDES)) & set(DATA[key])) == []


@pytest.mark.parametrize('key', TOP_LEVEL_LISTS)
def test_lists_have_no_repeats(key: str) -> None:
    """It should name nothing twice in one list."""
    assert sorted(name for name in set(DATA[key]) if DATA[key].count(name) > 1) == []


def test_proposal_headings_are_single_words() -> None:
    """It should head proposals with single words, for the reader looks at them one by one."""
    assert [word for word in DATA['proposal_headings'] if ' ' in word] == []


@pytest.mark.parametrize('key', TOP_LEVEL_MAPPINGS)
def test_arguments_of_signing_templates(key: str) -> None:
    """It should say for each template which argument is the account and which the time."""
    assert all(arguments and set(arguments) <= {'user', 'time'} for arguments in DATA[key].values())


def test_order_of_unsigned2() -> None:
    """It should know that ``{{unsigned2}}`` has its arguments the other way round."""
    assert DATA['unsigned_templates']['unsigned'] == ['user', 'time']
    assert DATA['unsigned_templates']['unsigned2'] == ['time', 'user']


@pytest.mark.parametrize(
    ('name', 'side'),
    [
        *[
            (name, 'support')
            for name in ('s', 'ss', 'support', 'yes', 'pour', 'za', 'за', '支持', '賛成', '찬성', 'destek')
        ],
        *[
            (name, 'oppose')
            for name in ('o', 'so', 'oppose', 'no', 'contre', 'против', 'נגד', '反対', 'en contra')
        ],
        *[
            (name, 'neutral')
            for name in ('n', 'neutral', 'abstain', 'abstention', 'neutre', 'воздерживаюсь', '中立')
        ],
        *[(name, 'comment') for name in ('comment', 'question', 'note', 'kommentar', 'комментарий')],
    ],
)
def test_well_known_names(name: str, side: str) -> None:
    """It should know the template names that are common on request pages and on Commons."""
    assert meanings('templates')[name] == {side}


@pytest.mark.parametrize(
    'word', ['for', 'against', 'yes', 'no', 'pro', 'contra', 'за', 'против', 'pour', 'contre']
)
def test_common_words_count_in_bold_only(word: str) -> None:
    """It should trust a word that every sentence may begin with only in bold."""
    assert word in meanings('bold_words')
    assert word not in meanings('words')


def test_s_is_a_vote_and_strike_a_strike() -> None:
    """It should strike by ``{{strike}}`` and ``{{struck}}``, never by ``{{s}}``."""
    assert {'strike', 'struck'} <= set(DATA['strike_templates'])
    assert 's' not in DATA['strike_templates']


def test_judgements_mean_one_thing() -> None:
    """It should hold no judgement in prose for both sides."""
    assert set(DATA['judgements']) == {'support', 'oppose'}
    assert set(DATA['judgements']['support']) & set(DATA['judgements']['oppose']) == set()
