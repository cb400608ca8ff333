"""An answer to a command, as wikitext on one line; :mod:`globalban_bot.render.answers` shows where it stands.

.. code-block:: wikitext

   '''Recount''', asked at [[Special:Diff/150|13:47, 3 May 2027 (UTC)]]: Recounted at revision
   [[Special:PermanentLink/123|123]] (14:05, 3 May 2027 (UTC)): 14 support, 6 oppose, …

It begins with what was asked and when, so that those who asked know which answer is theirs; nobody is named.
It tells what was found; what follows from it, people decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple
from datetime import datetime

from globalban_bot.i18n.languages import direction_of, tag_of
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.command import CommandUse
from globalban_bot.model.state import Phase
from globalban_bot.model.tally import Count, Tally
from globalban_bot.render.box import counted_text, lines_of
from globalban_bot.render.multilingual import in_languages, review_lines
from globalban_bot.render.rich_text import as_wikitext
from globalban_bot.render.state import state_said

#: So many minutes stand side by side in one answer.
MOST_MINUTES = 5


def answer_text(say: Callable[[Messages], str], languages: Sequence[str]) -> str:
    """Return an answer, on one line, in the language of each reader.

    :param say: says it in a language
    :param languages: language codes, beside English
    """

    def spoken(messages: Messages) -> str:
        language = messages.language
        said = ' '.join([say(messages), *review_lines(messages)])
        return f'<div lang="{tag_of(language)}" dir="{direction_of(language)}">{said}</div>'

    # The page of answers tells one answer from the next by comments.
    return in_languages(spoken, languages).replace('\n', ' ').replace('<!--', '&lt;!--').strip()


def question_text(uses: Sequence[CommandUse], messages: Messages) -> str:
    """Return what was asked and at which minute: the first words of an answer.

    Each minute links to the edit that asked. Of more than :data:`MOST_MINUTES` the first and the last stand.

    :param uses: the same question, oldest first, not empty
    """
    minutes: dict[str, str] = {}
    for one in uses:
        time = messages.time(one.time)
        minutes.setdefault(time, f'[[Special:Diff/{one.revision}|{time}]]')
    links = [*minutes.values()]
    separator = messages.get('semicolon-separator')
    times = f'{links[0]} – {links[-1]}' if len(links) > MOST_MINUTES else separator.join(links)
    word = messages.get(f'answer-word-{uses[0].command.ask.value}')
    return messages.get('answer-asked', f"'''{word}'''", times)


def status_text(tally: Tally, messages: Messages, at: datetime) -> str:
    """Return where a request stands.

    :param at: when it was looked up (UTC)
    """
    return f'{_state_line(tally, messages)} {messages.get("answer-looked-up", messages.time(at))}'


def form_of(template: str, *arguments: str) -> str:
    """Return a command as people write it, to be shown: ``<code><nowiki>{{…|recount}}</nowiki></code>``."""
    return f'<code><nowiki>{{{{{"|".join([template, *arguments])}}}}}</nowiki></code>'


def recount_text(
    now: Tally, before: Tally | None, since: datetime | None, messages: Messages, at: datetime
) -> str:
    """Return how many positions count now, which do not, and what has changed.

    :param before: the request as it was at the last count; None where it was not counted before
    :param since: when that was (UTC)
    :param at: when it was read (UTC)
    """
    return ' '.join([*_state(now, messages), *_count(now, before, since, messages, at)])


def _state(tally: Tally, messages: Messages) -> Iterator[str]:
    """Yield where a request stands, unless it is plainly open."""
    if tally.request.state.phase is not Phase.OPEN:
        yield _state_line(tally, messages)


def _state_line(tally: Tally, messages: Messages) -> str:
    label = messages.get('label', messages.get('box-state'))
    return f"''{label}'' {as_wikitext(state_said(tally.request, messages))}."


def _count(
    now: Tally, before: Tally | None, since: datetime | None, messages: Messages, at: datetime
) -> list[str]:
    if not now.request.state.has_text:
        return []
    revision = f'[[Special:PermanentLink/{now.request.revision}|{now.request.revision}]]'
    if len(now.proposals) != 1:
        return [messages.get('answer-several', revision, messages.time(at))]
    count = counted_text(now.proposals[0], messages)
    said = [messages.get('answer-recounted', revision, messages.time(at), count)]
    if before is not None and since is not None and len(before.proposals) == 1:
        said.append(_changes(now.proposals[0].count, before.proposals[0].count, since, messages))
    if now.looks:
        said.append(messages.get('answer-looks', len(now.looks)))
    return said


def _changes(now: Count, before: Count, since: datetime, messages: Messages) -> str:
    if now == before:
        return messages.get('answer-no-change', messages.time(since))
    sides = zip(('support', 'oppose', 'neutral'), astuple(now), astuple(before), strict=True)
    changes = ', '.join(
        _change(messages.get(key), new - old, messages) for key, new, old in sides if new != old
    )
    return messages.get('answer-changes', messages.time(since), changes)


def _change(side: str, difference: int, messages: Messages) -> str:
    return messages.get('answer-more' if difference > 0 else 'answer-fewer', abs(difference), side)


def nomination_text(tally: Tally, messages: Messages, at: datetime) -> str:
    """Return how the rules on the nomination stand."""
    lines = [
        f"''{messages.get('label', line.label)}'' {as_wikitext(line.said)}"
        for line in lines_of(tally, messages)
    ]
    return ' '.join(
        [
            *_state(tally, messages),
            *(lines or [messages.get('answer-nothing')]),
            messages.get('answer-looked-up', messages.time(at)),
        ]
    )
