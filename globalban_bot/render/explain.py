"""Say for each entry why it counts or not. For the operator's eyes: it names people."""

from __future__ import annotations

from collections.abc import Iterator

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.tally import ProposalTally, Tally, Vote
from globalban_bot.model.vote import NotAVote
from globalban_bot.render.escape import one_line


def render_explanation(tally: Tally, messages: Messages) -> str:
    """Explain every entry of a page, in the order of the lines."""
    lines: list[str] = []
    for proposal in tally.proposals:
        if proposal.heading is not None:
            lines.append(one_line(proposal.heading))
        lines += [text for _, text in sorted(_explained(proposal, messages))]
    return '\n'.join(lines) + '\n'


def explain_line(tally: Tally, line: int, messages: Messages) -> str:
    """Explain the entry that stands on a line, or around it."""
    for proposal in tally.proposals:
        for vote in proposal.votes:
            if vote.entry.line <= line <= vote.entry.last_line:
                return _vote(vote, messages)
        for other in proposal.others:
            if other.line == line:
                return _other(other, messages)
    return messages.get('explain-nothing', line)


def _explained(proposal: ProposalTally, messages: Messages) -> Iterator[tuple[int, str]]:
    for vote in proposal.votes:
        yield vote.entry.line, _vote(vote, messages)
    for other in proposal.others:
        yield other.line, _other(other, messages)


def _vote(vote: Vote, messages: Messages) -> str:
    entry = vote.entry
    author = one_line(entry.author) if entry.author else messages.get('nobody')
    time = messages.time(entry.time) if entry.time else messages.get('no-time')
    state = messages.get(f'state-{vote.state.value.replace(" ", "-")}')
    if entry.doubt is not None and not vote.counts:
        state = f'{state}; {messages.get(f"doubt-{entry.doubt.value}")}'
    form = messages.get(f'form-{entry.form.value}')
    strength = f' ({one_line(entry.strength, 60)})' if entry.strength else ''
    side = messages.get(entry.stance.value).lower() + strength
    return messages.get('explain-vote', entry.line, side, form, f'{author}, {time}', state)


def _other(other: NotAVote, messages: Messages) -> str:
    key = f'none-{other.reason.name.lower().replace("_", "-")}'
    return messages.get('explain-none', other.line, messages.get(key))
