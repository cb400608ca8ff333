"""Reads the situations of ``tests/cases/policy``: what is known of the accounts, and what must be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from globalban_bot.decide.eligibility import in_force, judge
from globalban_bot.decide.nomination import blocks_of, clock_of, judge_nomination
from globalban_bot.decide.reply import judge_reply
from globalban_bot.model.account import Account, Bounds, LocalAccount
from globalban_bot.model.block import Action, Block, BlockEvent, WikiBlocks
from globalban_bot.model.facts import AccountFacts, Moments, NominationFacts
from globalban_bot.model.nomination import BlockEvidence, Finding, Verdict
from globalban_bot.model.policy import Party, Policy
from globalban_bot.model.unknown import Gap, Unknown

FOLDER = Path(__file__).parent.parent.parent / 'cases' / 'policy'
#: A moment later than all others, unless a situation says otherwise.
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
WIKI = 'metawiki'
GAPS = {gap.value: Unknown(gap) for gap in Gap}
KEYS = {'it', 'policy', 'overlay', 'opened', 'created', 'closed', 'now', 'nominator', 'subject', 'expect'}


@dataclass(frozen=True)
class Situation:
    """One situation.

    :param policy: name of its policy
    :param overlay: name of the overlay; None for the policy itself
    :param person: the nominator; None for somebody without an account
    """

    name: str
    policy: str
    overlay: str | None
    moments: Moments
    person: AccountFacts | None
    subject: AccountFacts
    expect: Mapping[str, Any]


def situations() -> Iterator[Situation]:
    """Yield the situations of all files."""
    for path in sorted(FOLDER.glob('*.yaml')):
        for case in yaml.safe_load(path.read_text('utf-8')):
            if wrong := set(case) - KEYS:
                raise ValueError(f'{path.name}: {case.get("it")}: unknown keys {wrong}')
            yield situation_of(case)


def found_in(situation: Situation, policy: Policy) -> dict[str, Any]:
    """Return what is found in a situation, of that only which it expects."""
    return {key: _found(situation, policy, key) for key in situation.expect}


def _found(situation: Situation, policy: Policy, key: str) -> Any:
    moments = situation.moments
    if key in {*_GROUPS, 'unknown', 'past unknown', 'blocks', 'dates', 'links'}:
        return _blocks(situation, policy, key)
    if key in {'shortest', 'longest'}:
        term = getattr(clock_of(policy, moments), key)
        return None if term is None else _stamp(term.end)
    if key == 'reply':
        reply = judge_reply(situation.subject, WIKI)
        return f'undetermined: {reply.gap.value}' if isinstance(reply, Unknown) else reply.value
    if key == 'in force':
        return {name: _standing(policy, name, moments) for name in situation.expect[key]}
    if key in {'questions', 'retry', 'partly', 'edits now'}:
        return _whole(situation, policy, key)
    return next(
        _text(one)
        for one in judge(policy, Party.NOMINATOR, situation.person, moments)
        if one.rule.name == key
    )


def _whole(situation: Situation, policy: Policy, key: str) -> Any:
    facts = NominationFacts(situation.person, (situation.subject,))
    found = judge_nomination(policy, facts, situation.moments, WIKI)
    if key == 'questions':
        return [one.rule.name for one in found.questions]
    return {'retry': found.retry, 'partly': found.partly, 'edits now': found.edits_now}[key]


#: What a situation calls the groups of blocks.
_GROUPS = {
    'counted': 'counted',
    'at opening': 'at_opening',
    'since': 'since',
    'undated': 'undated',
    'lifted': 'ended',
    'partial': 'partial',
    'expiring': 'expiring',
    'without edits': 'without_edits',
}


def _blocks(situation: Situation, policy: Policy, key: str) -> Any:
    found = blocks_of(policy, situation.subject, situation.moments)
    if key in _GROUPS:
        group: tuple[BlockEvidence, ...] = getattr(found, _GROUPS[key])
        return [one.wiki for one in group]
    if key == 'dates':
        return {one.wiki: _stamp(one.since) for one in found.counted}
    if key == 'links':
        return {one.wiki: one.link for one in found.counted}
    if key in {'unknown', 'past unknown'}:
        gaps = found.unknown if key == 'unknown' else found.past_unknown
        return {wiki: gap.value for wiki, gap in gaps}
    return _text(found.finding, number=False)


def _text(finding: Finding, *, number: bool = True) -> str:
    said = finding.verdict.value
    if finding.gap is not None:
        said += f': {finding.gap.value}'
    if number and finding.found is not None and finding.verdict in {Verdict.NOT_MET, Verdict.FOR_PEOPLE}:
        said += f' ({finding.found})'
    return said


def _standing(policy: Policy, name: str, moments: Moments) -> str:
    if name not in policy.rules:
        return 'no rule'
    value = in_force(policy.rules[name], moments)
    if isinstance(value, Finding):
        return value.verdict.value
    return f'{value.value}, {value.provenance.value}'


# --- from text ---------------------------------------------------------------------------------------


def moment(text: str) -> datetime:
    """Read a time; a day alone is its midnight."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _stamp(found: datetime) -> str:
    return found.strftime('%Y-%m-%d %H:%M')


def situation_of(case: Mapping[str, Any]) -> Situation:
    now = moment(case.get('now', '2026-05-01 12:00'))
    opened = case.get('opened', '2024-06-01 12:00')
    closed, created = case.get('closed'), case.get('created')
    return Situation(
        name=case['it'],
        policy=case.get('policy', 'global-bans'),
        overlay=case.get('overlay'),
        moments=Moments(
            None if opened == 'not known' else moment(opened),
            moment(closed) if closed else None,
            now,
            moment(created) if created else None,
        ),
        person=_person(case.get('nominator', 'not named'), now),
        subject=_subject(case.get('subject', {}), now),
        expect=case['expect'],
    )


def _person(spec: Any, now: datetime) -> AccountFacts | None:
    if spec == 'no account':
        return None
    if isinstance(spec, str):
        return AccountFacts(GAPS[spec])
    registered = spec.get('registered', '2010-01-01')
    wikis = {wiki: _local(wiki, one, now) for wiki, one in spec.get('wikis', {}).items()}
    edits = spec.get('edits', 5000)
    account = Account(
        name='Nominator',
        registered=None if registered is None else moment(registered),
        edits=edits,
        locals=tuple(local for local, _ in wikis.values()),
        locked=spec.get('locked', False),
        globally_blocked=False,
        asked=now,
        groups=frozenset(spec.get('groups', [])),
    )
    counts = spec.get('before', edits)
    by_rule = {'nominator-edits': counts}
    if 'before closing' in spec:
        by_rule = {**by_rule, 'nominator-edits-at-closing': spec['before closing']}
    return AccountFacts(
        account,
        edits={rule: _bounds(count) for rule, count in by_rule.items() if count != 'not asked'},
        blocks={wiki: blocks for wiki, (_, blocks) in wikis.items()},
    )


def _bounds(count: Any) -> Bounds | Unknown:
    if isinstance(count, str):
        return GAPS[count]
    return Bounds(*count) if isinstance(count, list) else Bounds(count, count)


def _subject(spec: Any, now: datetime) -> AccountFacts:
    if isinstance(spec, str):
        return AccountFacts(GAPS[spec])
    settings = {key: spec[key] for key in ('locked', 'globally blocked') if key in spec}
    wikis = {wiki: _local(wiki, one, now) for wiki, one in spec.items() if wiki not in settings}
    globally = settings.get('globally blocked', False)
    account = Account(
        name='Subject',
        registered=moment('2012-01-01'),
        edits=sum(local.edits for local, _ in wikis.values()),
        locals=tuple(local for local, _ in wikis.values()),
        locked=settings.get('locked', False),
        globally_blocked=GAPS[globally] if isinstance(globally, str) else globally,
        asked=now,
    )
    kept = {wiki: found for wiki, (_, found) in wikis.items() if found != GAPS['not asked']}
    return AccountFacts(account, blocks=kept)


def _local(wiki: str, spec: Mapping[str, Any], now: datetime) -> tuple[LocalAccount, WikiBlocks | Unknown]:
    url = f'https://{wiki}.example'
    edits, standing = spec.get('edits', 100), spec.get('now', [])
    asked_later = moment(spec['asked']) if 'asked' in spec else now
    local = LocalAccount(
        wiki, url, edits, moment('2012-01-01'), spec.get('flagged', bool(standing)),
        frozenset(spec.get('groups', [])),
    )  # fmt: skip
    if isinstance(standing, str):
        return local, GAPS[standing]
    log = tuple(_event(number, line) for number, line in enumerate(spec.get('log', []), 1))
    blocks = tuple(_standing_block(one) for one in standing)
    whole = spec.get('whole', True)
    return local, WikiBlocks(wiki, url, edits, blocks, log, asked_later, whole)


def _standing_block(text: str) -> Block:
    """Read ``indefinite since 2024-01-01``, ``until 2025-01-01 since 2024-01-01, partial, no talk page``."""
    kind, _, rest = text.partition(' since ')
    since, *flags = rest.split(', ')
    return _block(kind, moment(since), flags)


def _event(number: int, text: str) -> BlockEvent:
    """Read ``2024-01-01: block, indefinite, partial`` or ``2024-01-01 12:00: unblock, leaves 1``."""
    time, _, said = text.partition(': ')
    said, _, left = said.partition(', leaves ')
    action, *words = said.split(', ')
    count = int(left) if left else None
    if action == 'unblock':
        return BlockEvent(number, moment(time), Action.UNBLOCK, None, count)
    block = _block(words[0], moment(time), words[1:])
    return BlockEvent(number, moment(time), Action(action), block, count)


def _block(kind: str, since: datetime, flags: list[str]) -> Block:
    if unknown := set(flags) - {'partial', 'no talk page'}:
        raise ValueError(f'{unknown}')
    expiry = None if kind == 'indefinite' else moment(kind.removeprefix('until '))
    return Block(since, expiry, 'partial' in flags, 'no talk page' not in flags)
