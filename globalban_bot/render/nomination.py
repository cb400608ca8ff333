"""What was found on a nomination, as lines of a box.

.. code-block:: wikitext

   * ''Nominator:'' …; 500 edits on all wikis together: not met (312 at the opening). In force since …
   * ''Indefinite blocks:'' 2 or more found; of the whole wiki: enwiki ([https://… 2 March 2026]), …
   * ''Subject:'' can reply here.

Nobody is named, and no reason of a block is given. A block is linked by the number of its line in the log.
"""

from __future__ import annotations

from collections.abc import Iterator

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.nomination import (
    BlockFinding,
    Finding,
    FoundBlock,
    Nomination,
    SubjectFinding,
    Verdict,
)
from globalban_bot.model.policy import Moment, Provenance, Shape, Unit
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.render.said import Line, Link, Said, joined

#: More blocks of an account than these are only counted.
MOST_BLOCKS = 8
_SAID = {Shape.ACCOUNT, Shape.REGISTERED, Shape.EDITS}


def nomination_lines(found: Nomination, messages: Messages, *, is_open: bool) -> Iterator[Line]:
    """Yield what was found: nominator, subjects, questions for people.

    :param is_open: whether the request is open; whether its subject can reply is told only then
    """
    in_force = [one for one in found.nominator if one.value is not None]
    if in_force:
        yield Line(messages.get('box-nominator'), _nominator(in_force, messages))
    several = len(found.subjects) > 1
    for number, subject in enumerate(found.subjects, 1):
        yield from _subject(subject, number if several else None, messages, is_open=is_open)
    if found.questions and is_open:
        # Each ends with a question mark.
        asked = ' '.join(one.rule.description for one in found.questions)
        yield Line(messages.get('box-questions'), (asked,))


def clock_texts(found: Nomination, messages: Messages) -> Iterator[str]:
    """Yield when the times end that the policy names; they bind nobody who closes earlier or extends."""
    for key, end in (('box-shortest', found.clock.shortest), ('box-longest', found.clock.longest)):
        if end is not None:
            recalled = f' ({messages.get("not-verified")})' if found.clock.recalled else ''
            yield f'{messages.get(key, messages.time(end))}{recalled}'


def finding_text(found: Finding, messages: Messages) -> str:
    """Return how a rule stands: ``500 edits on all wikis together: not met (312 at the opening)``."""
    said = f'{rule_text(found, messages)}: {verdict_text(found, messages)}'
    if found.found is not None and found.verdict is Verdict.NOT_MET:
        at_opening = found.rule.before is Moment.OPENING
        said += f' ({messages.get("found-at-opening", found.found) if at_opening else found.found})'
    return said + _not_verified(found, messages)


def _not_verified(found: Finding, messages: Messages) -> str:
    recalled = found.value is not None and found.value.provenance is Provenance.RECALLED
    return f' ({messages.get("not-verified")})' if recalled else ''


def rule_text(found: Finding, messages: Messages) -> str:
    """Return what a rule asks for."""
    value = found.value.value if found.value is not None else None
    if found.rule.shape not in _SAID or not isinstance(value, int) or found.rule.shape is Shape.ACCOUNT:
        return messages.get('rule-account') if found.rule.shape is Shape.ACCOUNT else found.rule.description
    if found.rule.shape is Shape.EDITS:
        return messages.get(f'rule-edits-{found.rule.where.value}', value)
    return messages.get('rule-registered', period_text(value, found.rule.unit, messages))


def period_text(number: int, unit: Unit, messages: Messages) -> str:
    """Return a length of time, as "6 months"."""
    return messages.get(f'unit-{unit.value}', number)


def verdict_text(found: Finding, messages: Messages) -> str:
    """Return a verdict in words, with the reason where it is not determined."""
    said = messages.get(f'verdict-{found.verdict.name.lower().replace("_", "-")}')
    return f'{said} ({gap_text(found.gap, messages)})' if found.gap is not None else said


def gap_text(gap: Gap, messages: Messages) -> str:
    """Return why something is not known."""
    return messages.get(f'gap-{gap.name.lower().replace("_", "-")}')


def _nominator(found: list[Finding], messages: Messages) -> Said:
    said: list[Said] = [(f'{finding_text(one, messages)}',) for one in found]
    source = max((one.value for one in found if one.value is not None), key=lambda value: value.start)
    closing: Said = (
        '. ',
        messages.get('box-in-force', messages.date(source.start)),
        ' (',
        Link(source.reference.page, messages.get('box-source')),
        ').',
    )
    if any(one.verdict is not Verdict.MET for one in found):
        closing += (' ', messages.get('box-people-decide'))
    return joined(said, '; ') + closing


def _subject(
    found: SubjectFinding, number: int | None, messages: Messages, *, is_open: bool
) -> Iterator[Line]:
    label = messages.get('box-blocks' if is_open else 'box-blocks-closing')
    if number is not None:
        label += f' ({messages.get("box-account-number", number)})'
    if found.blocks.finding.value is not None:
        yield Line(label, blocks_said(found.blocks, messages))
    shown = found.reply
    if is_open and shown is not None:
        text = gap_text(shown.gap, messages) if isinstance(shown, Unknown) else _reply(shown.name, messages)
        if isinstance(shown, Unknown):
            text = f'{messages.get("verdict-undetermined")} ({text})'
        subject = messages.get('box-reply')
        if number is not None:
            subject += f' ({messages.get("box-account-number", number)})'
        yield Line(subject, (f'{text}.',))


def _reply(name: str, messages: Messages) -> str:
    return messages.get(f'reply-{name.lower().replace("_", "-")}')


def blocks_said(found: BlockFinding, messages: Messages) -> Said:
    """Return which indefinite blocks were found, and which are shown apart."""
    value = found.finding.value
    wanted = value.value if value is not None else 0
    verdict = _blocks_verdict(found, int(wanted or 0), messages)
    said: list[Said] = [(f'{verdict}{_not_verified(found.finding, messages)}',)]
    for key, blocks in (
        ('blocks-counted', found.counted),
        ('blocks-partial', found.partial),
        ('blocks-without-edits', found.without_edits),
    ):
        if blocks:
            said.append((f'{messages.get(key)}: ', *_list(blocks, messages)))
    if found.unknown:
        said.append((_not_checked(found, messages),))
    return (*joined(said, '; '), '.')


def _blocks_verdict(found: BlockFinding, wanted: int, messages: Messages) -> str:
    key = {Verdict.MET: 'blocks-met', Verdict.FOR_PEOPLE: 'blocks-fewer'}.get(found.finding.verdict)
    if key is not None:
        return messages.get(key, wanted)
    gap = found.finding.gap
    reason = f' ({gap_text(gap, messages)})' if gap is not None and not found.unknown else ''
    return f'{messages.get("blocks-undetermined")}{reason}'


def _not_checked(found: BlockFinding, messages: Messages) -> str:
    reasons = '; '.join(dict.fromkeys(gap_text(gap, messages) for _, gap in found.unknown))
    wikis = len(found.unknown)
    return messages.get('blocks-unknown', wikis, wikis + found.checked, reasons)


def _list(blocks: tuple[FoundBlock, ...], messages: Messages) -> Said:
    said: list[Said] = []
    for block in blocks[:MOST_BLOCKS]:
        since = messages.date(block.since)
        dated: Said = (Link(block.link, since),) if block.link is not None else (since,)
        said.append((f'{block.wiki} (', *dated, ')'))
    if len(blocks) > MOST_BLOCKS:
        said.append((messages.get('box-look-more', len(blocks) - MOST_BLOCKS),))
    return joined(said, ', ')
