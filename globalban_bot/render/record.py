"""A tally as JSON. The form is versioned; ``docs/json.md`` describes it."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from globalban_bot.model.state import RequestState
from globalban_bot.model.tally import ProposalTally, Tally, Vote
from globalban_bot.render.escape import escape_json

#: Raised by one whenever a field changes its meaning or goes.
SCHEMA = 2


def record_of(tally: Tally) -> dict[str, Any]:
    """Return a tally as plain values; times are ISO 8601 in UTC."""
    request = tally.request
    return {
        'schema': SCHEMA,
        'title': request.title or None,
        'revision': request.revision,
        'status': request.head.word or None,
        'opened': _time(request.opened),
        'closed': _time(request.closed),
        'state': _state(request.state),
        'history': request.has_history,
        'subjects': list(request.subjects),
        'nominator': request.nominator,
        'proposals': [_proposal(proposal) for proposal in tally.proposals if request.state.has_text],
        'look': [{'line': look.line, 'reason': look.reason.value} for look in tally.looks],
        'warnings': list(request.warnings),
    }


def render_json(tallies: list[Tally]) -> str:
    """Return JSON: an object for one page, a list for several."""
    records = [record_of(one) for one in tallies]
    record = records[0] if len(records) == 1 else records
    return escape_json(json.dumps(record, ensure_ascii=False, indent=2)) + '\n'


def _state(state: RequestState) -> dict[str, Any]:
    return {
        'phase': state.phase.value,
        'since': _time(state.since),
        'revision': state.revision,
        'counts_from': _time(state.counts_from),
        'was_closed': [[_time(time.start), _time(time.end)] for time in state.was_closed],
        'moved': _time(state.moved),
    }


def _proposal(proposal: ProposalTally) -> dict[str, Any]:
    return {
        'heading': proposal.heading,
        'tally': {
            'support': proposal.count.support,
            'oppose': proposal.count.oppose,
            'neutral': proposal.count.neutral,
        },
        'votes': [_vote(vote) for vote in proposal.votes],
    }


def _vote(vote: Vote) -> dict[str, Any]:
    entry = vote.entry
    return {
        'stance': entry.stance.value,
        'strength': entry.strength,
        'user': entry.author,
        'time': _time(entry.time),
        'state': vote.state.value,
        'counts': vote.counts,
        'section': entry.section,
        'line': entry.line,
        'form': entry.form.value,
    }


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.replace(tzinfo=None).isoformat(timespec='seconds') + 'Z'
