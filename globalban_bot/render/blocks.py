"""The indefinite blocks of an account, as a text.

.. code-block:: wikitext

   the policy asks for 2 projects or more; at the opening: enwiki ([https://… 17 January 2024]); placed since:
   this wiki ([https://… 2 May 2026]); not checked: bans without a block, other accounts of the same person.

A block is linked by the number of its line in the log. No name and no reason stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.nomination import BlockEvidence, BlockFinding, Verdict
from globalban_bot.model.unknown import Gap
from globalban_bot.render.known import gap_text, provenance_text
from globalban_bot.render.rich_text import Link, Said, joined

#: More blocks of a group than these are only counted.
MOST_BLOCKS = 8


def blocks_said(blocks: BlockFinding, messages: Messages, *, wiki: str = '', exact: bool = False) -> Said:
    """Return which indefinite blocks were found, since when, and which are not counted.

    :param wiki: database name of the wiki of the request, which is called "this wiki"
    :param exact: whether the exact reason is told why something is not known; only in a terminal
    """
    parts: list[Said] = [(_asked(blocks, messages),)]
    parts += _groups(blocks, messages, wiki)
    parts += [(text,) for text in _not_known(blocks, messages, exact=exact)]
    if blocks.finding.gap is None or blocks.unknown:
        parts.append((messages.get('blocks-not-checked'),))
    return (*joined(parts, messages.get('semicolon-separator')), '.')


def named_said(blocks: BlockFinding, messages: Messages, *, wiki: str = '') -> Said:
    """Return the blocks of an account that the nominator named: what was found, held to no rule.

    :param wiki: database name of the wiki of the request, which is called "this wiki"
    """
    parts = [*_groups(blocks, messages, wiki)]
    parts += [(text,) for text in _not_known(blocks, messages, exact=False)]
    return (*joined(parts, messages.get('semicolon-separator')), '.')


def blocks_numbers(blocks: BlockFinding, messages: Messages) -> str:
    """Return how many blocks there were at the opening and at the closing: of no account a list is kept."""
    parts = [_asked(blocks, messages)]
    if blocks.finding.gap is None or blocks.unknown:
        if blocks.number_at_opening is not None:
            parts.append(messages.get('blocks-number-opening', blocks.number_at_opening))
        if blocks.counted or not blocks.unknown:
            key = 'blocks-number-known' if blocks.unknown else 'blocks-number-closing'
            parts.append(messages.get(key, len(blocks.counted)))
    parts += _not_known(blocks, messages, exact=False)
    return messages.get('semicolon-separator').join(parts) + '.'


def _asked(blocks: BlockFinding, messages: Messages) -> str:
    return messages.get('blocks-asked', _wanted(blocks)) + provenance_text(blocks.finding.value, messages)


def _wanted(blocks: BlockFinding) -> int:
    value = blocks.finding.value
    return int((value.value if value is not None else 0) or 0)


def _groups(blocks: BlockFinding, messages: Messages, wiki: str) -> Iterator[Said]:
    dated = (
        ('blocks-at-opening', blocks.at_opening),
        ('blocks-since', blocks.since),
        ('blocks-undated', blocks.undated),
        ('blocks-ended', blocks.ended),
    )
    is_dated = any(group for _, group in dated)
    others = (
        ('blocks-partial', blocks.partial),
        ('blocks-expiring', blocks.expiring),
        ('blocks-without-edits', blocks.without_edits),
    )
    if not is_dated and not blocks.counted and blocks.finding.verdict is not Verdict.UNDETERMINED:
        yield (messages.get('blocks-none'),)
    now = () if is_dated else (('blocks-now', blocks.counted),)
    for key, group in (*dated, *now, *others):
        if group:
            yield (messages.get(key), messages.get('colon-separator'), *_list(group, messages, wiki))


def _not_known(blocks: BlockFinding, messages: Messages, *, exact: bool) -> Iterator[str]:
    """Yield what could not be looked up; it does not mean that there is no block."""
    gap = blocks.finding.gap
    if gap is not None:
        reason = '' if blocks.unknown else f' ({gap_text(gap, messages, exact=exact)})'
        yield messages.get('blocks-undetermined', _wanted(blocks)) + reason
    if blocks.unknown:
        number = len(blocks.unknown)
        text = messages.get('blocks-unknown', number, number + blocks.checked)
        yield text + _reasons(blocks.unknown, messages, exact=exact)
    if blocks.past_unknown:
        text = messages.get('blocks-past-unknown', len(blocks.past_unknown))
        yield text + _reasons(blocks.past_unknown, messages, exact=exact)


def _reasons(unknown: Sequence[tuple[str, Gap]], messages: Messages, *, exact: bool) -> str:
    gaps = (gap for _, gap in unknown if exact or not gap.is_missing)
    told = dict.fromkeys(gap_text(gap, messages, exact=exact) for gap in gaps)
    return f' ({messages.get("semicolon-separator").join(told)})' if told else ''


def _list(blocks: tuple[BlockEvidence, ...], messages: Messages, wiki: str) -> Said:
    parts: list[Said] = []
    for block in blocks[:MOST_BLOCKS]:
        since = messages.date(block.since)
        dated: Said = (Link(block.link, since),) if block.link is not None else (since,)
        name = messages.get('blocks-this-wiki') if block.wiki == wiki else block.wiki
        parts.append((f'{name} (', *dated, ')'))
    if len(blocks) > MOST_BLOCKS:
        parts.append((messages.get('box-look-more', len(blocks) - MOST_BLOCKS),))
    return joined(parts, messages.get('comma-separator'))
