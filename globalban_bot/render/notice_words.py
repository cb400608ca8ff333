"""Words about notices: how many stand, why a wiki gets none, what stands in the way. Plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.gate import Gate
from globalban_bot.model.notice import Audience, Coverage, Delivery, Notice, NoticeState, Sent, Skip, Skipped


def coverage_text(coverage: Sequence[Coverage], messages: Messages) -> str:
    """Return on how many wikis a notice was found: ``notice found on 12 of 31 wikis where …``.

    Only communities are counted. That none was found is no proof that nobody was told.
    """
    states = [one.state for one in coverage if one.audience is Audience.COMMUNITY]
    if not states:
        return messages.get('notices-nowhere')
    said = [messages.get('notices-found', states.count(NoticeState.FOUND), len(states))]
    for key, state in (
        ('notices-none-found', NoticeState.NONE_FOUND),
        ('notices-not-checked', NoticeState.NOT_CHECKED),
    ):
        if state in states:
            said.append(messages.get(key, states.count(state)))
    return messages.get('semicolon-separator').join(said)


def subject_text(coverage: Sequence[Coverage], messages: Messages) -> str | None:
    """Return where a notice to the subject was found; None where nothing was looked up."""
    states = [one.state for one in coverage if one.audience is Audience.SUBJECT]
    if not states:
        return None
    if NoticeState.FOUND in states:
        return messages.get('notices-subject-found', states.count(NoticeState.FOUND))
    checked = all(state is NoticeState.NONE_FOUND for state in states)
    return messages.get('notices-subject-none' if checked else 'notices-subject-not-checked')


def why_text(audience: Audience, messages: Messages) -> str:
    """Return why somebody has to be told."""
    return messages.get(f'notices-why-{audience.value}')


def state_text(notice: Notice, messages: Messages) -> str:
    """Return how a planned notice stands, and what a person should look at."""
    said = [messages.get('notices-state')]
    if notice.target.protected:
        said.append(messages.get('notices-protected'))
    if not notice.reviewed:
        said.append(messages.get('notices-not-reviewed'))
    return '; '.join(said)


def skip_text(skipped: Skipped, messages: Messages) -> str:
    """Return why a target gets no notice: where it has no page, the reason for that."""
    lack = skipped.coverage.target.lack
    if skipped.reason is Skip.NO_PAGE and lack is not None:
        return messages.get(f'notices-lack-{_name(lack)}')
    return messages.get(f'notices-skip-{_name(skipped.reason)}')


def barrier_texts(gate: Gate, messages: Messages) -> Iterator[str]:
    """Yield what stands in the way of sending, in plain words."""
    for barrier in gate.barriers:
        yield messages.get(f'notices-barrier-{_name(barrier)}')


def counts_text(deliveries: Sequence[Delivery], messages: Messages) -> str:
    """Return how many notices were delivered, and what became of the others."""
    sent = [one.sent for one in deliveries]
    return '; '.join(
        messages.get(f'notices-sent-{_name(kind)}', sent.count(kind))
        for kind in Sent
        if kind is Sent.DELIVERED or kind in sent
    )


def sent_text(kind: Sent, messages: Messages) -> str:
    """Return what became of one notice."""
    return messages.get(f'notices-one-{_name(kind)}')


def _name(member: Enum) -> str:
    return member.name.lower().replace('_', '-')
