"""Words about notices: how many stand, why a wiki gets none, what stands in the way. Plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.gate import Gate
from globalban_bot.model.notice import Audience, Coverage, Delivery, Notice, NoticeState, Sent, Skip, Skipped
from globalban_bot.model.settling import Send
from globalban_bot.render.escape import one_line

#: That the notice was seen is said of these together; the last two stand at the end.
_COUNTED_OTHERWISE = {
    NoticeState.DELIVERED,
    NoticeState.FOUND_BEFORE,
    NoticeState.NONE_FOUND,
    NoticeState.NOT_CHECKED,
}


def coverage_text(coverage: Sequence[Coverage], messages: Messages) -> str:
    """Return on how many wikis a notice was found: ``notice found on 12 of 31 wikis where …``.

    Only communities are counted. That none was found is no proof that nobody was told.
    """
    states = [one.state for one in coverage if one.audience is Audience.COMMUNITY]
    if not states:
        return messages.get('notices-nowhere')
    said = [messages.get('notices-found', sum(state.is_seen for state in states), len(states))]
    said += [
        messages.get('notices-count', state_word(state, messages), states.count(state))
        for state in NoticeState
        if state in states and state not in _COUNTED_OTHERWISE
    ]
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
    seen = [state for state in states if state.is_seen]
    if seen:
        return messages.get('notices-subject-found', len(seen))
    if NoticeState.LINKED in states:
        return state_word(NoticeState.LINKED, messages)
    checked = all(state is NoticeState.NONE_FOUND for state in states)
    return messages.get('notices-subject-none' if checked else 'notices-subject-not-checked')


def state_word(state: NoticeState, messages: Messages) -> str:
    """Return in a word what is known of a notice."""
    return messages.get(f'notices-is-{_name(state)}')


def settled_text(coverage: Coverage, messages: Messages) -> str:
    """Return what became of a notice: ``failed (protectedpage); it is tried again``."""
    word = state_word(coverage.state, messages)
    said = [f'{word} ({one_line(coverage.reason, 60)})' if coverage.reason else word]
    if coverage.times > 1:
        said.append(messages.get('notices-times', coverage.times))
    if coverage.other_words:
        said.append(messages.get('notices-other-words'))
    if coverage.state is NoticeState.FAILED and not coverage.is_final:
        said.append(messages.get('notices-retried'))
    return messages.get('semicolon-separator').join(said)


def send_texts(
    sends: Sequence[Send], coverage: Sequence[Coverage], lists: Sequence[str], messages: Messages
) -> Iterator[str]:
    """Yield for each message who sent it, when, and on how many of its wikis a notice stands. Plain text.

    :param sends: the messages, oldest first
    :param coverage: of all targets
    :param lists: titles of the lists, one a text, in their order
    """
    for send in sends:
        seen = sum(
            one.state.is_seen and send.reached(one.target.host)
            for one in coverage
            if one.audience is Audience.COMMUNITY
        )
        number = lists.index(send.page) + 1 if send.page in lists else '?'
        count = '?' if send.targets is None else len(send.targets)
        user = one_line(send.user or '?', 90)
        said = messages.get('notices-sent-by', user, messages.time(send.at), number, len(lists), seen, count)
        yield said if send.by_bot else f'{said} {messages.get("notices-sent-edited")}'


def why_text(audience: Audience, messages: Messages) -> str:
    """Return why somebody has to be told."""
    return messages.get(f'notices-why-{audience.value}')


def state_text(notice: Notice, coverage: Sequence[Coverage], messages: Messages) -> str:
    """Return how a planned notice stands, and what a person should look at.

    :param coverage: of all targets
    """
    linked = link_of(notice, coverage) is not None
    said = [state_word(NoticeState.LINKED, messages) if linked else messages.get('notices-state')]
    if notice.target.protected:
        said.append(messages.get('notices-protected'))
    if not notice.reviewed:
        said.append(messages.get('notices-not-reviewed'))
    return '; '.join(said)


def link_of(notice: Notice, coverage: Sequence[Coverage]) -> str | None:
    """Return the address of a link to the request by another page there; None where none was seen."""
    there = (
        one.link
        for one in coverage
        if (one.target, one.audience, one.state) == (notice.target, notice.audience, NoticeState.LINKED)
    )
    return next(there, None)


def skip_text(skipped: Skipped, messages: Messages) -> str:
    """Return why a target gets no notice: where it has no page, the reason for that."""
    if skipped.reason is Skip.SETTLED:
        return settled_text(skipped.coverage, messages)
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
