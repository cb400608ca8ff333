"""What became of a plan."""

from __future__ import annotations

from dataclasses import dataclass

from globalban_bot.model.refusal import Refusal


@dataclass(frozen=True)
class Refused:
    """An edit that was not made.

    :param title: full title of the page
    :param refusal: why
    :param detail: what the wiki said, for the operator
    """

    title: str
    refusal: Refusal
    detail: str = ''


def failure_of(refused: Refused) -> str:
    """Return what may be said in public of an edit that was not made: what a wiki said may name people."""
    why = refused.refusal.value
    if refused.refusal is Refusal.HELD and refused.detail:
        why = f'{why} ({refused.detail})'
    return f'{refused.title}: {why}'


@dataclass(frozen=True)
class Outcome:
    """What became of a plan.

    :param done: titles of the pages that were edited
    :param refused: the edits that were not made
    :param stopped: why the run was stopped before its end; None where it was not
    """

    done: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    stopped: str | None = None
