"""How well something is known, in words."""

from __future__ import annotations

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.policy import DatedValue, Provenance
from globalban_bot.model.unknown import Gap


def gap_text(gap: Gap, messages: Messages, *, exact: bool = False) -> str:
    """Return why something is not known.

    :param exact: whether to tell apart what could not be looked up; never on a wiki
    """
    if gap.is_missing and not exact:
        return messages.get('gap-missing')
    return messages.get(f'gap-{gap.name.lower().replace("_", "-")}')


def provenance_text(value: DatedValue | None, messages: Messages) -> str:
    """Return in brackets how a value is known; empty where its wording was read."""
    if value is None or value.provenance is Provenance.SEEN:
        return ''
    recalled = value.provenance is Provenance.RECALLED
    return f' ({messages.get("not-verified") if recalled else messages.get("inferred")})'
