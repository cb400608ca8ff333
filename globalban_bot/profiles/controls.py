"""What a profile says of the ways in which editors steer the bot: commands, settings, the page kit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from globalban_bot.model.command import CommandName


@dataclass(frozen=True)
class CommandSettings:
    """Commands on talk pages.

    :param template: title of the template by which people ask
    :param aliases: titles of redirects to it
    :param words: what people write, in lower case, and what it means
    :param answers: title of the page with the answers to a talk page, with ``{talk_id}``
    :param person: so many commands of one person on one page are answered in 24 hours
    :param page: so many on one page
    """

    template: str
    aliases: tuple[str, ...]
    words: Mapping[str, CommandName]
    answers: str
    person: int
    page: int

    def answers_page(self, talk_id: int) -> str:
        """Return the title of the page with the answers to a talk page."""
        return self.answers.format(talk_id=talk_id)


@dataclass(frozen=True)
class SettingsPages:
    """Settings on the wiki.

    :param page: title of the page with the settings, of the content model JSON
    :param in_force: title of the bot's own page that tells which settings are in force
    """

    page: str
    in_force: str


@dataclass(frozen=True)
class KitPages:
    """Pages that ``globalban setup`` installs, beside those named elsewhere in the profile.

    :param help: what editors can ask
    :param box: template that shows the box of a request
    :param why: says why a notice was given, shown with the state of a request
    :param delivery: text of a request for delivery
    :param styles: style sheet of the templates, for the extension TemplateStyles
    """

    help: str
    box: str
    why: str
    delivery: str
    styles: str


def commands_of(data: Mapping[str, Any] | None) -> CommandSettings | None:
    """Read what a profile says of commands; None where nobody answers them."""
    if data is None:
        return None
    words = {
        written.lower(): CommandName(word)
        for word, forms in data['words'].items()
        for written in [word, *forms]
    }
    return CommandSettings(
        template=data['template'],
        aliases=tuple(data['aliases']),
        words=words,
        answers=data['answers'],
        person=data['limits']['person'],
        page=data['limits']['page'],
    )
