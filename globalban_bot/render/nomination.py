"""What was found on a nomination, as lines of a box.

.. code-block:: wikitext

   * ''Nominator:'' registered more than 6 months before the opening: met; 500 edits …: not met (…). …
   * ''Reply on this wiki:'' no block or lock found.
   * ''Indefinite blocks:'' 2 or more found: enwiki ([https://… 2 March 2026]), dewiki ([https://… 5 May]).

Nobody is named, and no reason of a block is given. A block is linked by the number of its line in the log.
After the closing the verdict is told alone: of somebody who may not have been banned no list is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.nomination import (
    BlockFinding,
    Finding,
    FoundBlock,
    Nomination,
    Reply,
    SubjectFinding,
    Verdict,
)
from globalban_bot.model.policy import Moment, Provenance, Shape, Unit
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.render.said import Line, Link, Said, joined

#: More blocks of an account than these are only counted.
MOST_BLOCKS = 8


def nomination_lines(found: Nomination, messages: Messages, *, is_open: bool) -> Iterator[Line]:
    """Yield what was found on nominator and subjects.

    :param is_open: whether the request is open; whether its subject can reply is told only then
    """
    nominator = _nominator(found, messages, is_open=is_open)
    if nominator:
        yield Line(messages.get('box-nominator'), nominator)
    several = len(found.subjects) > 1
    for number, subject in enumerate(found.subjects, 1):
        yield from _subject(subject, number if several else None, messages, is_open=is_open)
    if found.more:
        yield Line(messages.get('box-more'), (messages.get('box-more-accounts', found.more),))


def question_lines(found: Nomination, messages: Messages) -> Iterator[Line]:
    """Yield what only people can tell."""
    if found.questions:
        # Each ends with a question mark.
        asked = ' '.join(messages.of_policy(one.rule.description) for one in found.questions)
        yield Line(messages.get('box-questions'), (asked,))


def clock_texts(found: Nomination, messages: Messages) -> Iterator[str]:
    """Yield when the times end, or ended, that the policy names, and whom it names for the closing."""
    for term in (found.clock.shortest, found.clock.longest):
        if term is not None and term.finding.value is not None:
            number = int(term.finding.value.value or 0)
            length = period_text(number, term.finding.rule.unit, messages)
            key = 'box-end' if term.end > found.moment else 'box-ended'
            end = messages.get(key, number, length, messages.time(term.end))
            yield f'{end}{_not_verified(term.finding, messages)}'
    for wording in found.wordings:
        if wording.value is not None:
            closer = messages.of_policy(str(wording.value.value))
            yield messages.get('box-closer', closer) + _not_verified(wording, messages)


# --- nominator ---------------------------------------------------------------------------------------


def _nominator(found: Nomination, messages: Messages, *, is_open: bool) -> Said:
    rules = [one for one in found.nominator if one.value is not None]
    if not rules:
        # An open request of so long ago may be a page that became a request only now.
        if not is_open or found.opened is None or not found.nominator:
            return ()
        return (messages.get('box-no-rules', messages.date(found.opened)),)
    semicolon = messages.get('semicolon-separator')
    return (
        *joined(_rules(rules, found.edits_now if is_open else None, messages), semicolon),
        '. ',
        *_source(rules, messages),
        *(f' {text}' for text in _remarks(rules, messages, is_open=is_open)),
    )


def _rules(rules: list[Finding], edits_now: int | None, messages: Messages) -> Iterator[Said]:
    """Yield how the rules stand; what is the same for all is said once."""
    if any(one.rule.shape is Shape.ACCOUNT and one.verdict is Verdict.NOT_MET for one in rules):
        yield (messages.get('box-without-account'),)
        return
    gaps = {one.gap for one in rules}
    if len(gaps) == 1 and (gap := rules[0].gap) is not None:
        key = 'verdict-for-people' if gap is Gap.NOT_NAMED else 'verdict-undetermined'
        yield (f'{messages.get(key)} ({gap_text(gap, messages)})',)
        return
    # Who meets a rule on age or edits has an account.
    told = [one for one in rules if one.rule.shape is not Shape.ACCOUNT or one.verdict is not Verdict.MET]
    for one in told or rules:
        yield (finding_text(one, messages, edits_now=edits_now),)


def _source(rules: list[Finding], messages: Messages) -> Said:
    values = {one.value.reference.page: one.value for one in rules if one.value is not None}
    since = max(value.start for value in values.values())
    links: list[Said] = [(Link(page, messages.get('box-source')),) for page in values]
    sources = joined(links, messages.get('comma-separator'))
    return (messages.get('box-in-force', messages.date(since)), ' (', *sources, ').')


def _remarks(rules: list[Finding], messages: Messages, *, is_open: bool) -> Iterator[str]:
    if any(one.verdict is Verdict.UNDETERMINED and one.gap is not Gap.NOT_NAMED for one in rules):
        yield messages.get('box-not-known')
    if is_open and any(one.verdict is Verdict.NOT_MET for one in rules):
        yield messages.get('box-people-decide')


def finding_text(
    found: Finding, messages: Messages, *, edits_now: int | None = None, exact: bool = False
) -> str:
    """Return how a rule stands: ``500 edits …: not met (312 at the opening; 520 now)``.

    :param edits_now: the edits of now, where they are to be told
    :param exact: whether the exact reason is told why something is not known; only in a terminal
    """
    colon = messages.get('colon-separator')
    said = f'{rule_text(found, messages)}{colon}{verdict_text(found, messages, exact=exact)}'
    if found.found is not None and found.verdict is Verdict.NOT_MET:
        at_opening = found.rule.before is Moment.OPENING
        numbers = [messages.get('found-at-opening', found.found) if at_opening else str(found.found)]
        if edits_now is not None and found.rule.shape is Shape.EDITS:
            numbers.append(messages.get('found-now', edits_now))
        said += f' ({messages.get("semicolon-separator").join(numbers)})'
    return said + _not_verified(found, messages)


def _not_verified(found: Finding, messages: Messages) -> str:
    recalled = found.value is not None and found.value.provenance is Provenance.RECALLED
    return f' ({messages.get("not-verified")})' if recalled else ''


def rule_text(found: Finding, messages: Messages) -> str:
    """Return what a rule asks for."""
    rule = found.rule
    value = found.value.value if found.value is not None else None
    before = 'opening' if rule.before is Moment.OPENING else 'other'
    if rule.shape is Shape.ACCOUNT:
        return messages.get('rule-account')
    if rule.shape is Shape.EDITS and isinstance(value, int) and before == 'opening':
        return messages.get(f'rule-edits-{rule.where.value}', value)
    if rule.shape is Shape.REGISTERED and isinstance(value, int) and before == 'opening':
        return messages.get('rule-registered', period_text(value, rule.unit, messages))
    return messages.of_policy(rule.description)


def period_text(number: int, unit: Unit, messages: Messages) -> str:
    """Return a length of time, as "6 months"."""
    return messages.get(f'unit-{unit.value}', number)


def verdict_text(found: Finding, messages: Messages, *, exact: bool = False) -> str:
    """Return a verdict in words, with the reason where it is not known."""
    said = messages.get(f'verdict-{found.verdict.name.lower().replace("_", "-")}')
    return f'{said} ({gap_text(found.gap, messages, exact=exact)})' if found.gap is not None else said


def gap_text(gap: Gap, messages: Messages, *, exact: bool = False) -> str:
    """Return why something is not known.

    :param exact: whether to tell apart what could not be looked up; never on a wiki
    """
    if gap.is_missing and not exact:
        return messages.get('gap-missing')
    return messages.get(f'gap-{gap.name.lower().replace("_", "-")}')


# --- subjects ----------------------------------------------------------------------------------------


def _subject(
    found: SubjectFinding, number: int | None, messages: Messages, *, is_open: bool
) -> Iterator[Line]:
    behind = '' if number is None else f' ({messages.get("box-account-number", number)})'
    if is_open and found.reply is not None:
        yield Line(f'{messages.get("box-reply")}{behind}', (f'{_reply(found.reply, messages)}.',))
    if found.blocks.finding.value is not None:
        label = messages.get('box-blocks' if is_open else 'box-blocks-closing')
        said = (
            blocks_said(found.blocks, messages)
            if is_open
            else (f'{_blocks_verdict(found.blocks, messages)}.',)
        )
        yield Line(f'{label}{behind}', said)


def _reply(reply: Reply | Unknown, messages: Messages) -> str:
    if isinstance(reply, Unknown):
        return f'{messages.get("verdict-undetermined")} ({gap_text(reply.gap, messages)})'
    return messages.get(f'reply-{reply.name.lower().replace("_", "-")}')


def blocks_said(found: BlockFinding, messages: Messages, *, exact: bool = False) -> Said:
    """Return which indefinite blocks were found, and which are not counted.

    :param exact: whether the exact reason is told why something is not known; only in a terminal
    """
    verdict = _blocks_verdict(found, messages, exact=exact)
    colon, semicolon = messages.get('colon-separator'), messages.get('semicolon-separator')
    met = found.finding.verdict is Verdict.MET
    between = colon if met else f'{semicolon}{messages.get("blocks-counted")}{colon}'
    first: Said = (verdict, between, *_list(found.counted, messages)) if found.counted else (verdict,)
    said: list[Said] = [first]
    for key, blocks in (('blocks-partial', found.partial), ('blocks-without-edits', found.without_edits)):
        if blocks:
            said.append((f'{messages.get(key)}{colon}', *_list(blocks, messages)))
    if found.unknown:
        said.append((_not_checked(found, messages, exact=exact),))
    return (*joined(said, semicolon), '.')


def _blocks_verdict(found: BlockFinding, messages: Messages, *, exact: bool = False) -> str:
    value = found.finding.value
    wanted = int((value.value if value is not None else 0) or 0)
    key = {Verdict.MET: 'blocks-met', Verdict.FOR_PEOPLE: 'blocks-fewer'}.get(found.finding.verdict)
    said = messages.get(key or 'blocks-undetermined', wanted)
    gap = found.finding.gap
    if gap is not None and not found.unknown:
        said += f' ({gap_text(gap, messages, exact=exact)})'
    return said + _not_verified(found.finding, messages)


def _not_checked(found: BlockFinding, messages: Messages, *, exact: bool) -> str:
    gaps = (gap for _, gap in found.unknown if exact or not gap.is_missing)
    told = dict.fromkeys(gap_text(gap, messages, exact=exact) for gap in gaps)
    reasons = messages.get('semicolon-separator').join(told)
    wikis = len(found.unknown)
    said = messages.get('blocks-unknown', wikis, wikis + found.checked)
    return f'{said} ({reasons})' if reasons else said


def _list(blocks: tuple[FoundBlock, ...], messages: Messages) -> Said:
    said: list[Said] = []
    for block in blocks[:MOST_BLOCKS]:
        since = messages.date(block.since)
        dated: Said = (Link(block.link, since),) if block.link is not None else (since,)
        said.append((f'{block.wiki} (', *dated, ')'))
    if len(blocks) > MOST_BLOCKS:
        said.append((messages.get('box-look-more', len(blocks) - MOST_BLOCKS),))
    return joined(said, messages.get('comma-separator'))
