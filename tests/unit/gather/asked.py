"""A stand-in for what asks wikis: it answers from a list, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from globalban_bot.errors import WikiError
from globalban_bot.wiki import answers

Answer = Mapping[str, Any] | None


def answer_of(value: Any) -> answers.ApiAnswer:
    """Return a value as the wiki with the requests has answered it."""
    return answers.ApiAnswer(Asked.home, value)


def answers_of(values: Iterable[Any]) -> list[answers.ApiAnswer]:
    """Return values, each as the wiki with the requests has answered it."""
    return [answer_of(value) for value in values]


class Asked:
    """Answers questions; None is no answer.

    :param reply: answers a question to a server
    """

    home = 'https://meta.wikimedia.org'

    def __init__(self, reply: Callable[[str, Mapping[str, str]], Answer]) -> None:
        self._reply = reply
        self.questions: list[tuple[str, Mapping[str, str]]] = []

    def query(self, server: str, **parameters: str) -> Iterator[Mapping[str, Any]]:
        yield self.action(server, 'query', **parameters)

    def action(self, server: str, holds: str, **parameters: str) -> Mapping[str, Any]:
        self.questions.append((server, parameters))
        found = self._reply(server, parameters)
        if found is None or holds not in found:
            raise WikiError('no answer')
        return found
