"""What fills the template by which people ask."""

from __future__ import annotations

from dataclasses import replace

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.command import CommandName
from globalban_bot.profiles.controls import CommandSettings
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.ask_template import ask_forms, ask_values

META = load_profile('meta')
COMMANDS = META.commands
assert COMMANDS is not None
ASK = COMMANDS.template


def settings(**words: CommandName) -> CommandSettings:
    assert COMMANDS is not None
    return replace(COMMANDS, words={**COMMANDS.words, **words})


def values(**words: CommandName) -> dict[str, str]:
    return ask_values(settings(**words), META, Messages(), 7)


def test_english_words() -> None:
    """It should know every English word, each by itself."""
    assert values()['words'].splitlines() == [f'   | {ask.value} = {ask.value}' for ask in CommandName]


def test_other_words() -> None:
    """It should make one English word of all that mean it, and tell of the others in the guide."""
    found = values(nachzählen=CommandName.RECOUNT, recontar=CommandName.RECOUNT)
    assert '   | recount | nachzählen | recontar = recount' in found['words'].splitlines()
    assert found['more_words'] == (
        ' For <code>recount</code> you may write <code>nachzählen</code>, <code>recontar</code>.'
    )
    assert values()['more_words'] == ''


def test_words_are_no_markup() -> None:
    """It should let no word of a profile become another case of the switch."""
    assert 'a&#124;b&#61;c&#125;&#125; = coverage' in values(**{'a|b=c}}': CommandName.COVERAGE})['words']


def test_forms() -> None:
    """It should show every command with its meaning, on one line, so that it can stand in a list."""
    found = ask_forms(ASK, Messages())
    assert '\n' not in found
    assert found.count('<li>') == len(CommandName) + 1
    assert f'<nowiki>{{{{{ASK}|recount}}}}</nowiki>' in found
    assert all(Messages().get(f'ask-{ask.value}') in found for ask in CommandName)
    assert found.endswith(f'<nowiki>{{{{{ASK}|help}}}}</nowiki></code> shows this list</li></ul>')


def test_page_of_answers() -> None:
    """It should look for answers on the page that belongs to the page where it stands."""
    assert values()['answers'] == 'User:Request facts bot/Answers/{{PAGEID}}'
    assert values()['form_number'].endswith('|recount|7}}</nowiki></code>')


def test_where_to_turn() -> None:
    """It should name the talk page of the bot: for what it cannot be asked, and as a place to ask."""
    link = f'[[{META.report_page}|'
    assert link in values()['unknown_words']
    assert link in values()['waiting_words']


def test_while_stopped() -> None:
    """It should promise an answer only while the stop page is the one word, and else say who can start it."""
    said = values()['waiting_words']
    running, stopped = said.split(' | run | ')[1].split(' | The bot is stopped')
    assert running.startswith('The bot was asked.')
    assert f'[[{META.stop_page}|stop page]]' in stopped
    assert 'within the hour' not in stopped
