"""The page with the answers to a talk page, as wikitext.

.. code-block:: wikitext

   <includeonly>{{#switch:{{{1|}}}/{{{2|}}}
   |recount/=<!-- asked 123 of 45 at 2027-05-03T14:05:00Z -->Recounted at …<!-- end -->
   |#default=}}</includeonly>

The template by which people ask calls the page with the command and its argument, and shows what it gets. So
nothing is posted on the talk page, and nobody is pinged: it is saved in the bot's own name space.
"""

from __future__ import annotations

from collections.abc import Iterator

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.command import Command
from globalban_bot.model.talk import Answer, Answers

#: More answers than these are not kept: the oldest go.
MOST_ANSWERS = 50


def render_answers(found: Answers, messages: Messages) -> str:
    """Return the page of answers."""
    kept = found.answers[-MOST_ANSWERS:]
    return (
        '\n'.join(
            [
                '<includeonly>{{#switch:{{{1|}}}/{{{2|}}}',
                *map(_case, kept),
                '|#default=}}</includeonly><noinclude>',
                *_for_readers(found.talk_id, kept, messages),
                '__NOINDEX__</noinclude>',
            ]
        )
        + '\n'
    )


def answers_facts(found: Answers) -> str:
    """Return what tells one state of the answers from another, as text to be compared."""
    return '\n'.join(f'{_key(one.command)} {one.revision} {one.text}' for one in found.answers)


def _case(one: Answer) -> str:
    of = '-' if one.request is None else one.request
    asked = f'asked {one.revision} of {of} at {one.time:%Y-%m-%dT%H:%M:%SZ}'
    return f'|{_key(one.command)}=<!-- {asked} -->{one.text}<!-- end -->'


def _key(command: Command) -> str:
    return f'{command.ask.value}/{command.argument}'


def _for_readers(talk_id: int, kept: tuple[Answer, ...], messages: Messages) -> Iterator[str]:
    yield messages.div('globalban-answers')
    yield f"'''{messages.get('answers-title')}''' {messages.get('answers-intro', talk_id)}"
    for one in kept:
        yield f'* <code>{_key(one.command).rstrip("/")}</code>: {one.text}'
    yield '</div>'
