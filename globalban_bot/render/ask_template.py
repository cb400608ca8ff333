"""What fills the template by which people ask."""

from __future__ import annotations

from collections.abc import Iterator

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.command import CommandName
from globalban_bot.profiles.controls import CommandSettings
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.answer import form_of
from globalban_bot.render.escape import escape
from globalban_bot.render.stop_banner import while_stopped

#: What the template itself answers, without the bot.
_HELP = 'help'


def ask_values(
    settings: CommandSettings, profile: Profile, messages: Messages, page_id: int
) -> dict[str, str]:
    """Return what stands in the files of the template, by name.

    :param settings: those of the profile
    :param page_id: stands for any page id, in what is shown to people
    """
    limits = (settings.person, settings.page)
    waiting = messages.get('ask-waiting', profile.report_page, profile.stop_page, *limits)
    stopped = messages.get('ask-stopped', profile.stop_page)
    with_number = form_of(settings.template, CommandName.RECOUNT.value, str(page_id))
    return {
        'ask': settings.template,
        'answers': settings.answers.format(talk_id='{{PAGEID}}'),
        'words': '\n'.join(_cases(settings)),
        'forms': ask_forms(settings.template, messages),
        'form_number': with_number,
        'label_words': messages.get('ask-label'),
        'help_words': messages.get('ask-help', with_number),
        'unknown_words': messages.get('ask-unknown', profile.report_page),
        'waiting_words': while_stopped(profile.stop_page, stopped, waiting),
        'more_words': ''.join(_more(settings)),
    }


def ask_forms(template: str, messages: Messages) -> str:
    """Return all that can be asked, ready to be copied.

    It is on one line: a line break would end the item of a list in which it may stand.
    """
    asked = ((form_of(template, ask.value), messages.get(f'ask-{ask.value}')) for ask in CommandName)
    said = (*asked, (form_of(template, _HELP), messages.get('ask-list')))
    return f'<ul>{"".join(f"<li>{form} {meaning}</li>" for form, meaning in said)}</ul>'


def _written(settings: CommandSettings, ask: CommandName) -> list[str]:
    """Return how people may write a word, the English one first."""
    others = (written for written, meant in settings.words.items() if meant is ask and written != ask.value)
    return [ask.value, *map(escape, others)]


def _cases(settings: CommandSettings) -> Iterator[str]:
    """Yield the cases of ``#switch`` that make one word of all that mean it."""
    for ask in CommandName:
        yield f'   | {" | ".join(_written(settings, ask))} = {ask.value}'


def _more(settings: CommandSettings) -> Iterator[str]:
    for ask in CommandName:
        english, *others = _written(settings, ask)
        if others:
            yield f' For <code>{english}</code> you may write <code>{"</code>, <code>".join(others)}</code>.'
