"""What profiles say of the ways in which editors steer the bot."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest
import yaml

from globalban_bot.model.command import CommandName
from globalban_bot.profiles.controls import CommandSettings, commands_of
from globalban_bot.profiles.loader import load_profile

NAMES = sorted(
    path.name.removesuffix('.yaml')
    for path in files('globalban_bot.profiles').iterdir()
    if path.name.endswith('.yaml')
)


def data(**words: list[str]) -> dict[str, Any]:
    """Return what a profile says of commands, with further words for what can be asked."""
    return {
        'template': 'User:Made up bot/Ask',
        'aliases': ['Template:Ask'],
        'words': {**{one.value: [] for one in CommandName}, **words},
        'answers': 'User:Made up bot/Answers/{talk_id}',
        'limits': {'person': 3, 'page': 9},
    }


def read(**words: list[str]) -> CommandSettings:
    found = commands_of(data(**words))
    assert found is not None
    return found


def test_meta() -> None:
    """It should know how Meta-Wiki is asked: in English, answered by transclusion alone, within limits."""
    found = load_profile('meta').commands
    assert found is not None
    assert found.words == {one.value: one for one in CommandName}
    assert found.aliases == ()
    assert (found.person, found.page) == (5, 20)
    assert found.answers_page(8) == 'User:Request facts bot/Answers/8'


def test_example() -> None:
    """It should know a farm on which nobody answers commands, and nothing is set or installed on the wiki."""
    found = load_profile('example')
    assert (found.commands, found.settings, found.kit) == (None, None, None)
    assert commands_of(None) is None


def test_read() -> None:
    """It should read each part from its place."""
    found = read()
    assert (found.template, found.aliases) == ('User:Made up bot/Ask', ('Template:Ask',))
    assert (found.person, found.page) == (3, 9)


def test_further_words() -> None:
    """It should let the English words hold beside those of a profile, all in lower case."""
    found = read(recount=['Nachzählen', 'ZÄHL'], coverage=['wo'])
    assert found.words == {
        **{one.value: one for one in CommandName},
        'nachzählen': CommandName.RECOUNT,
        'zähl': CommandName.RECOUNT,
        'wo': CommandName.COVERAGE,
    }


@pytest.mark.parametrize('broken', [{'words': {'close': []}}])
def test_unknown(broken: dict[str, Any]) -> None:
    """It should take no word for something to ask that is none."""
    with pytest.raises(ValueError, match='is not a valid'):
        commands_of({**data(), **broken})


@pytest.mark.parametrize('name', NAMES)
def test_every_profile(name: str) -> None:
    """It should find a word for all that can be asked, none twice, and limits that let some through."""
    text = (files('globalban_bot.profiles') / f'{name}.yaml').read_text('utf-8')
    written = yaml.safe_load(text)['commands']
    found = commands_of(written)
    if found is None:
        return
    words = [form.lower() for word, forms in written['words'].items() for form in [word, *forms]]
    assert len(set(words)) == len(words)
    assert {*found.words.values()} == {*CommandName}
    assert 0 < found.person <= found.page
    assert len({found.template, *found.aliases}) == 1 + len(found.aliases)


@pytest.mark.parametrize('name', NAMES)
def test_pages(name: str) -> None:
    """It should name the bot's pages by numbers alone, each apart from every other."""
    profile = load_profile(name)
    found = profile.commands
    if found is None:
        return
    titles = [found.template, found.answers_page(1), found.answers_page(12), profile.box_title(1)]
    assert len(set(titles)) == len(titles)
    assert not any(re.search(r'\bban\b|[\[\]{}|#<>]', title) for title in titles)
