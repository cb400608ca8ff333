"""Carry out a plan, edit by edit; one that is refused never stops the rest."""

from __future__ import annotations

from collections.abc import Iterable

from globalban_bot.act.writer import Writer
from globalban_bot.errors import Stopped
from globalban_bot.model.outcome import Outcome, Refused
from globalban_bot.model.plan import PageEdit
from globalban_bot.model.refusal import Refusal
from globalban_bot.wiki.api_errors import RefusedError

#: So many of these in a row, and the wiki is not asked any more: the next answer would be the same.
MOST_IN_A_ROW = 3
_OF_THE_WIKI = {
    Refusal.GLOBALLY_BLOCKED,
    Refusal.BLOCKED,
    Refusal.READ_ONLY,
    Refusal.NOT_LOGGED_IN,
    Refusal.NO_ANSWER,
    Refusal.LAGGED,
}


def make_edits(edits: Iterable[PageEdit], writer: Writer) -> Outcome:
    """Make the edits of a plan in their order."""
    done: list[str] = []
    refused: list[Refused] = []
    in_a_row = 0
    for edit in edits:
        if in_a_row >= MOST_IN_A_ROW:
            refused.append(Refused(edit.title, refused[-1].refusal, 'not tried any more in this run'))
            continue
        try:
            writer.edit(edit)
        except Stopped as stop:
            return Outcome(tuple(done), tuple(refused), str(stop))
        except RefusedError as error:
            refused.append(Refused(edit.title, error.refusal, error.detail))
            in_a_row = in_a_row + 1 if error.refusal in _OF_THE_WIKI else 0
        else:
            done.append(edit.title)
            in_a_row = 0
    return Outcome(tuple(done), tuple(refused))
