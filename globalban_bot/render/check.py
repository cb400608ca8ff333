"""What somebody reads who thinks of filing a request: plain text, with texts to copy."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.nomination import SubjectFinding
from globalban_bot.model.precheck import Precheck
from globalban_bot.model.unknown import Unknown
from globalban_bot.render.blocks import blocks_said
from globalban_bot.render.known import gap_text
from globalban_bot.render.nomination import clock_texts, finding_text, reply_text
from globalban_bot.render.rich_text import as_text

#: Width of the paragraphs; texts to copy and addresses are never broken.
_WIDTH = 100
_INDENT = '  '


def render_check(precheck: Precheck, pump: str | None, messages: Messages) -> str:
    """Return all that was found.

    :param pump: address that leads to a wiki's village pump, with ``{wiki}``; None where there is none
    """
    nomination = precheck.nomination
    parts = [
        [
            messages.get('check-title'),
            *_wrapped(messages.get('check-intro', messages.time(precheck.as_of)), ''),
        ],
        _listed(
            messages.get('check-nominator'),
            (
                finding_text(one, messages, exact=True)
                for one in nomination.nominator
                if one.value is not None
            ),
        ),
        *(
            _listed(messages.get('check-subject'), [*_subject(one, nomination.wiki, messages)])
            for one in nomination.subjects
        ),
        _listed(messages.get('check-questions'), (one.rule.description for one in nomination.questions)),
        _listed(messages.get('check-clock'), clock_texts(nomination, messages)),
        [*_wikis(precheck, pump, messages)],
        [*_texts(precheck, messages)],
    ]
    return '\n\n'.join('\n'.join(part) for part in parts) + '\n'


def _subject(finding: SubjectFinding, wiki: str, messages: Messages) -> Iterator[str]:
    yield as_text(blocks_said(finding.blocks, messages, wiki=wiki, exact=True))
    if finding.reply is not None and not isinstance(finding.reply, Unknown):
        label = f'{messages.get("box-reply")}{messages.get("colon-separator")}'
        yield f'{label}{reply_text(finding.reply, messages)}.'


def _listed(label: str, texts: Iterator[str] | list[str]) -> list[str]:
    return [f'{label}:', *(line for text in texts for line in _wrapped(text, '- '))]


def _wrapped(text: str, mark: str) -> list[str]:
    first = f'{_INDENT}{mark}' if mark else ''
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=' ' * len(first), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def _wikis(precheck: Precheck, pump: str | None, messages: Messages) -> Iterator[str]:
    if isinstance(precheck.subject, Unknown):
        yield messages.get('check-wikis-unknown', gap_text(precheck.subject.gap, messages, exact=True))
        return
    edited = precheck.subject.edited
    yield f'{messages.get("check-wikis", len(edited))}:'
    for local in edited:
        where = f': {pump.format(wiki=local.wiki)}' if pump is not None else ''
        yield f'{_INDENT}- {messages.get("check-wiki", local.wiki, local.edits)}{where}'
    yield from _wrapped(messages.get('check-user'), '')


def _texts(precheck: Precheck, messages: Messages) -> Iterator[str]:
    title = messages.get('check-request-title')
    yield f'{messages.get("check-community-text")}:'
    yield messages.get('check-community-notice', title, precheck.policy)
    yield ''
    yield f'{messages.get("check-user-text")}:'
    yield messages.get('check-user-notice', title)
