"""Talk pages on which somebody has asked the bot, and its answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from globalban_bot.model.command import TalkCommand


@dataclass(frozen=True)
class TalkPage:
    """A page on which a command stands.

    :param page_id: its page id
    :param title: its full title
    :param revision: id of its newest revision
    :param subject_id: page id of the page that is talked about; None where there is none
    """

    page_id: int
    title: str
    revision: int
    subject_id: int | None


@dataclass(frozen=True)
class Answer:
    """An answer to a question, or the word that it is not answered as a limit is reached. It never changes.

    :param command: what was asked
    :param text: the answer, as wikitext on one line; it begins with what was asked and when
    :param revisions: ids of the revisions that first held the question, oldest first; at least one
    :param time: when it was answered (UTC)
    :param request: page id of the request it is about; None where it is about none
    :param is_limit: whether it tells that a limit is reached
    """

    command: TalkCommand
    text: str
    revisions: tuple[int, ...]
    time: datetime
    request: int | None = None
    is_limit: bool = False


@dataclass(frozen=True)
class Answers:
    """What is answered on a talk page.

    :param talk_id: page id of the talk page
    :param seen: id of the newest revision of it that was read
    :param answers: the oldest first
    """

    talk_id: int
    seen: int = 0
    answers: tuple[Answer, ...] = ()
