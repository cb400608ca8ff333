"""The page with the answers to a talk page, as wikitext.

.. code-block:: wikitext

   <includeonly>{{#switch:{{{1|}}}/{{{2|}}}
   |recount/=<!-- asked 150 151 of 45 at 2027-05-03T15:00:00Z -->'''Recount''', …<!-- end --><!-- limit 140 …
   |#default=}}</includeonly>

The template by which people ask calls the page with the command and its argument, and shows what it gets: the
last answers, the newest first, each with the minute at which it was asked. So nothing is posted on the talk
page, and nobody is pinged. All answers to a command stand on one line, as a line break would end the item of
a list.
"""

from __future__ import annotations

from collections.abc import Iterator

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.command import TalkCommand
from globalban_bot.model.talk import Answer, Answers


def render_answers(answers: Answers, messages: Messages) -> str:
    """Return the page of answers."""
    commands = _by_command(answers)
    return (
        '\n'.join(
            [
                '<includeonly>{{#switch:{{{1|}}}/{{{2|}}}',
                *(f'|{_key(command)}={"".join(map(_record, last))}' for command, last in commands.items()),
                '|#default=}}</includeonly><noinclude>',
                *_for_readers(answers.talk_id, commands, messages),
                '__NOINDEX__</noinclude>',
            ]
        )
        + '\n'
    )


def answers_facts(answers: Answers) -> str:
    """Return what tells one state of the answers from another, as text to be compared."""
    return '\n'.join(f'{_key(one.command)} {_revisions(one)} {one.text}' for one in answers.answers)


def _by_command(answers: Answers) -> dict[TalkCommand, list[Answer]]:
    """Return the answers to each command, the newest first."""
    commands: dict[TalkCommand, list[Answer]] = {}
    for one in answers.answers:
        commands.setdefault(one.command, []).insert(0, one)
    return commands


def _record(answer: Answer) -> str:
    of = '-' if answer.request is None else answer.request
    kind = 'limit' if answer.is_limit else 'asked'
    head = f'<!-- {kind} {_revisions(answer)} of {of} at {answer.time:%Y-%m-%dT%H:%M:%SZ} -->'
    return f'{head}{answer.text}<!-- end -->'


def _revisions(answer: Answer) -> str:
    return ' '.join(map(str, answer.revisions))


def _key(command: TalkCommand) -> str:
    return f'{command.ask.value}/{command.argument}'


def _for_readers(
    talk_id: int, commands: dict[TalkCommand, list[Answer]], messages: Messages
) -> Iterator[str]:
    yield messages.div('globalban-answers')
    yield f"'''{messages.get('answers-title')}''' {messages.get('answers-intro', talk_id)}"
    for command, last in commands.items():
        yield f'* <code>{_key(command).rstrip("/")}</code>: {"".join(one.text for one in last)}'
    yield '</div>'
