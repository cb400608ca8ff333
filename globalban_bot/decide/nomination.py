"""What is found on a nomination. It flags; it never refuses."""

from __future__ import annotations

from globalban_bot.decide.blocks import judge_blocks
from globalban_bot.decide.calendar import later
from globalban_bot.decide.eligibility import in_force, judge, rules_on
from globalban_bot.decide.reply import judge_reply
from globalban_bot.errors import UserError
from globalban_bot.model.account import Account
from globalban_bot.model.facts import AccountFacts, Moments, NominationFacts
from globalban_bot.model.nomination import (
    BlockFinding,
    Clock,
    Finding,
    Nomination,
    SubjectFinding,
    Term,
    Verdict,
)
from globalban_bot.model.policy import DatedValue, Party, Policy, Shape
from globalban_bot.model.unknown import Gap


def judge_nomination(policy: Policy, facts: NominationFacts, moments: Moments, wiki: str) -> Nomination:
    """Tell how the rules of a policy stand for a request.

    The values are those that were in force when the request was opened.

    :param wiki: database name of the wiki of the request
    """
    subjects = (
        SubjectFinding(
            blocks_of(policy, subject, moments),
            judge_reply(subject, wiki) if moments.closing is None else None,
        )
        for subject in facts.subjects
    )
    return Nomination(
        nominator=judge(policy, Party.NOMINATOR, facts.nominator, moments),
        subjects=tuple(subjects),
        clock=clock_of(policy, moments),
        wordings=_in_force(policy, Shape.WORDING, Verdict.MET, moments),
        questions=_in_force(policy, Shape.QUESTION, Verdict.FOR_PEOPLE, moments),
        edits_now=_edits_now(facts.nominator),
        moment=moments.decisive,
        opened=moments.opening,
        more=facts.more,
        named=tuple(blocks_of(policy, account, moments) for account in facts.named),
        named_more=facts.named_more,
        wiki=wiki,
    )


def blocks_of(policy: Policy, facts: AccountFacts, moments: Moments) -> BlockFinding:
    """Tell how the rule on blocks stands for a subject.

    :raises UserError: the policy has no such rule
    """
    rule = next((rule for rule in rules_on(policy, Party.SUBJECT) if rule.shape is Shape.BLOCKED), None)
    if rule is None:
        raise UserError(
            f'policy {policy.name}: a rule of the shape {Shape.BLOCKED.value!r} on subjects is missing'
        )
    value, least = in_force(rule, moments), _least_edits(policy, moments)
    if isinstance(value, Finding):
        return BlockFinding(value)
    if least is None:
        return BlockFinding(Finding(rule, Verdict.UNDETERMINED, value, gap=Gap.NO_MOMENT))
    return judge_blocks(rule, value, least, facts, moments)


def clock_of(policy: Policy, moments: Moments) -> Clock:
    """Return when the times end that the policy names for a discussion."""
    return Clock(_term(policy, Shape.SHORTEST, moments), _term(policy, Shape.LONGEST, moments))


def _term(policy: Policy, shape: Shape, moments: Moments) -> Term | None:
    rule = next((one for one in policy.rules.values() if one.shape is shape), None)
    if rule is None or moments.opening is None:
        return None
    value = in_force(rule, moments)
    if isinstance(value, Finding):
        return None
    end = later(moments.opening, int(value.value or 0), rule.unit)
    return Term(Finding(rule, Verdict.FOR_PEOPLE, value), end)


def _least_edits(policy: Policy, moments: Moments) -> int | None:
    """Return how many edits an account must have where a block counts; None where that is not known.

    Before there was a rule, no edits were asked for.
    """
    for rule in rules_on(policy, Party.SUBJECT):
        if rule.shape is Shape.BLOCK_EDITS:
            value = in_force(rule, moments)
            if isinstance(value, DatedValue):
                return int(value.value or 0)
            return None if value.verdict is Verdict.UNDETERMINED else 0
    return 0


def _in_force(policy: Policy, shape: Shape, verdict: Verdict, moments: Moments) -> tuple[Finding, ...]:
    found = ((rule, in_force(rule, moments)) for rule in policy.rules.values() if rule.shape is shape)
    return tuple(Finding(rule, verdict, value) for rule, value in found if isinstance(value, DatedValue))


def _edits_now(nominator: AccountFacts | None) -> int | None:
    account = nominator.account if nominator is not None else None
    return account.edits if isinstance(account, Account) else None
