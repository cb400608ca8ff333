"""The opening statement: who signed it, and when."""

from __future__ import annotations

from collections.abc import Sequence

from globalban_bot.model.vote import Signing
from globalban_bot.wikitext.sections import Section
from globalban_bot.wikitext.signatures import Signature, Signatures, own_signature


def read_opening(sections: Sequence[Section], signatures: Signatures) -> Signature | None:
    """Find the signature of the opening statement.

    It is the first signature with a time before the first vote section that stands in no reply
    and is no aside.
    """
    for section in sections:
        if section.side is not None:
            return None
        for line in section.lines:
            if ':' in line.marker:
                continue
            found = own_signature(signatures.within(line.body, line.end))
            if found is not None and found.account and found.time and not found.aside:
                return found
    return None


def read_nominator(opening: Signature | None) -> str | None:
    """Return the account that signed the statement; None for an unregistered opener."""
    if opening is None or opening.signing is Signing.UNREGISTERED:
        return None
    return opening.account
