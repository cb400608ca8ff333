"""What was found on a nomination, as lines of a box.

.. code-block:: wikitext

   * ''Nominator:'' registered more than 6 months before the opening: met; 500 edits …: not met (…). …
   * ''Reply on this wiki:'' no block or lock found.
   * ''Indefinite blocks:'' the policy asks for 2 projects or more; at the opening: enwiki (…); …

Nobody is named, and no reason of a block is given. After the closing only the number of blocks is told: of
somebody who may not have been banned no list is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.nomination import (
    Finding,
    Nomination,
    Reply,
    SubjectFinding,
    Verdict,
)
from globalban_bot.model.policy import Moment, Provenance, Shape, Unit
from globalban_bot.model.unknown import Gap, Unknown
from globalban_bot.render.blocks import blocks_numbers, blocks_said, named_said
from globalban_bot.render.known import gap_text, provenance_text
from globalban_bot.render.rich_text import LabelledLine, Link, Said, joined


def nomination_lines(nomination: Nomination, messages: Messages, *, is_open: bool) -> Iterator[LabelledLine]:
    """Yield what was found on nominator and subjects.

    :param is_open: whether the request is open; whether its subject can reply is told only then
    """
    nominator = _nominator(nomination, messages, is_open=is_open)
    if nominator:
        yield LabelledLine(messages.get('box-nominator'), nominator)
    several = len(nomination.subjects) > 1
    for number, subject in enumerate(nomination.subjects, 1):
        behind = f' ({messages.get("box-account-number", number)})' if several else ''
        yield from _subject(subject, behind, nomination.wiki, messages, is_open=is_open)
    if nomination.more:
        yield LabelledLine(messages.get('box-more'), (messages.get('box-more-accounts', nomination.more),))
    if is_open:
        yield from _named(nomination, messages)


def question_lines(nomination: Nomination, messages: Messages) -> Iterator[LabelledLine]:
    """Yield what only people can tell."""
    if nomination.questions:
        # Each ends with a question mark.
        asked = ' '.join(messages.of_policy(one.rule.description) for one in nomination.questions)
        yield LabelledLine(messages.get('box-questions'), (asked,))


def clock_texts(nomination: Nomination, messages: Messages) -> Iterator[str]:
    """Yield when the times end, or ended, that the policy names, and whom it names for the closing."""
    for term in (nomination.clock.shortest, nomination.clock.longest):
        if term is not None and term.finding.value is not None:
            number = int(term.finding.value.value or 0)
            length = period_text(number, term.finding.rule.unit, messages)
            key = 'box-end' if term.end > nomination.moment else 'box-ended'
            end = messages.get(key, number, length, messages.time(term.end))
            yield f'{end}{provenance_text(term.finding.value, messages)}'
    for wording in nomination.wordings:
        if wording.value is not None:
            closer = messages.of_policy(str(wording.value.value))
            yield messages.get('box-closer', closer) + provenance_text(wording.value, messages)


# --- nominator ---------------------------------------------------------------------------------------


def _nominator(nomination: Nomination, messages: Messages, *, is_open: bool) -> Said:
    rules = [one for one in nomination.nominator if one.value is not None]
    undetermined = next((one for one in nomination.nominator if one.verdict is Verdict.UNDETERMINED), None)
    if not rules and undetermined is not None:
        # Which rules were in force at the opening is not known.
        return (f'{verdict_text(undetermined, messages)}. {messages.get("box-not-known")}',)
    if not rules:
        # An open request of so long ago may be a page that became a request only now.
        if not is_open or nomination.opened is None or not nomination.nominator:
            return ()
        return (messages.get('box-no-rules', messages.date(nomination.opened)),)
    semicolon = messages.get('semicolon-separator')
    return (
        *joined(_rules(rules, nomination.edits_now if is_open else None, messages), semicolon),
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
    finding: Finding, messages: Messages, *, edits_now: int | None = None, exact: bool = False
) -> str:
    """Return how a rule stands: ``500 edits …: not met (312 at the opening; 520 now)``.

    :param edits_now: the edits of now, where they are to be told
    :param exact: whether the exact reason is told why something is not known; only in a terminal
    """
    colon = messages.get('colon-separator')
    said = f'{rule_text(finding, messages)}{colon}{verdict_text(finding, messages, exact=exact)}'
    numbers = [*_numbers(finding, messages, edits_now)]
    if numbers:
        said += f' ({messages.get("semicolon-separator").join(numbers)})'
    return said + provenance_text(finding.value, messages)


def _numbers(finding: Finding, messages: Messages, edits_now: int | None) -> Iterator[str]:
    """Yield the numbers that a rule is not met by, and that the policy does not tell which of them counts."""
    if finding.verdict not in {Verdict.NOT_MET, Verdict.FOR_PEOPLE}:
        return
    if finding.found is not None:
        at_opening = finding.rule.before is Moment.OPENING
        yield messages.get('found-at-opening', finding.found) if at_opening else str(finding.found)
    if finding.rule.shape is not Shape.EDITS:
        return
    if edits_now is not None and (finding.found is not None or finding.verdict is Verdict.FOR_PEOPLE):
        yield messages.get('found-now', edits_now)
    if finding.verdict is Verdict.FOR_PEOPLE:
        yield messages.get('found-enough-later')
    if finding.rule.before_provenance is not Provenance.SEEN:
        yield messages.get('no-moment-named')


def rule_text(finding: Finding, messages: Messages) -> str:
    """Return what a rule asks for."""
    rule = finding.rule
    value = finding.value.value if finding.value is not None else None
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


def verdict_text(finding: Finding, messages: Messages, *, exact: bool = False) -> str:
    """Return a verdict in words, with the reason where it is not known."""
    said = messages.get(f'verdict-{finding.verdict.name.lower().replace("_", "-")}')
    return f'{said} ({gap_text(finding.gap, messages, exact=exact)})' if finding.gap is not None else said


# --- subjects ----------------------------------------------------------------------------------------


def _subject(
    finding: SubjectFinding, behind: str, wiki: str, messages: Messages, *, is_open: bool
) -> Iterator[LabelledLine]:
    """Yield whether an account can reply, and its blocks.

    :param behind: what stands behind the labels, where there are several accounts
    """
    if is_open and finding.reply is not None:
        yield LabelledLine(
            f'{messages.get("box-reply")}{behind}', (f'{reply_text(finding.reply, messages)}.',)
        )
    if finding.blocks.finding.value is None:
        return
    if is_open:
        yield LabelledLine(
            f'{messages.get("box-blocks")}{behind}', blocks_said(finding.blocks, messages, wiki=wiki)
        )
    else:
        label = f'{messages.get("box-blocks-closing")}{behind}'
        yield LabelledLine(label, (blocks_numbers(finding.blocks, messages),))


def _named(nomination: Nomination, messages: Messages) -> Iterator[LabelledLine]:
    """Yield the blocks of accounts that the nominator named. People decide whose they are."""
    for number, blocks in enumerate(nomination.named, 1):
        if blocks.finding.value is not None:
            label = messages.get('box-named', number)
            text = named_said(blocks, messages, wiki=nomination.wiki)
            yield LabelledLine(label, (f'{messages.get("named-note")} ', *text))
    if nomination.named_more:
        yield LabelledLine(
            messages.get('box-more'), (messages.get('box-more-accounts', nomination.named_more),)
        )


def reply_text(reply: Reply | Unknown, messages: Messages) -> str:
    """Return whether an account can reply on the wiki of the request."""
    if isinstance(reply, Unknown):
        return f'{messages.get("verdict-undetermined")} ({gap_text(reply.gap, messages)})'
    return messages.get(f'reply-{reply.name.lower().replace("_", "-")}')
