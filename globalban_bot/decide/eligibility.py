"""How the rules on a nominator stand for an account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from globalban_bot.decide.calendar import later
from globalban_bot.model.account import Account, Bounds, EditsAsked
from globalban_bot.model.facts import AccountFacts, Moments
from globalban_bot.model.nomination import Finding, Verdict
from globalban_bot.model.policy import DatedValue, Moment, NoValue, Party, Policy, Provenance, Rule, Shape
from globalban_bot.model.unknown import Gap, Unknown


@dataclass(frozen=True)
class _Asked:
    """A rule with the value that was in force, put to an account."""

    rule: Rule
    value: DatedValue
    facts: AccountFacts
    account: Account
    moments: Moments

    @property
    def number(self) -> int:
        return self.value.value if isinstance(self.value.value, int) else 0

    @property
    def has_edited(self) -> bool:
        """Whether there must be an edit: the request, once it is made. A count of zero is none then."""
        opening = self.moments.opening
        return self.rule.of is Party.NOMINATOR and opening is not None and opening < self.moments.now

    def answer(self, met: bool, value: int | None = None) -> Finding:
        return Finding(self.rule, Verdict.MET if met else Verdict.NOT_MET, self.value, value)

    def open(self, gap: Gap) -> Finding:
        return Finding(self.rule, Verdict.UNDETERMINED, self.value, gap=gap)


def rules_on(policy: Policy, of: Party) -> tuple[Rule, ...]:
    """Return the rules of a policy on nominator, subject or request, in its order."""
    return tuple(rule for rule in policy.rules.values() if rule.of is of)


def moment_of(named: Moment | None, moments: Moments) -> datetime | None:
    """Return the moment that a rule names; None where the request does not tell it."""
    if named is Moment.OPENING:
        return moments.opening
    if named is Moment.CLOSING:
        return moments.decisive
    return moments.now


def edits_asked(policy: Policy, of: Party, moments: Moments) -> Mapping[str, EditsAsked]:
    """Return what must be asked about the edits of an account, by the name of the rule."""
    asked: dict[str, EditsAsked] = {}
    for rule in rules_on(policy, of):
        value = _at_opening(rule, moments)
        before = moment_of(rule.before, moments)
        if rule.shape is Shape.EDITS and isinstance(value, DatedValue) and before is not None:
            asked[rule.name] = EditsAsked(int(value.value or 0), before, where=rule.where)
    return asked


def edits_asked_later(
    policy: Policy,
    of: Party,
    account: Account,
    questions: Mapping[str, EditsAsked],
    edits: Mapping[str, Bounds | Unknown],
    moments: Moments,
) -> Mapping[str, EditsAsked]:
    """Return what must be asked about edits at the closing, by the name of the question.

    That is where there were too few at the opening, there are enough now, and the policy names no moment.

    :param questions: what was asked about edits, by the name of the rule
    :param edits: the answers
    """
    if moments.closing is None:
        return {}
    open_rules = [rule for rule in rules_on(policy, of) if rule.name in questions and names_no_moment(rule)]
    return {
        at_closing(rule): replace(questions[rule.name], before=moments.closing)
        for rule in open_rules
        if _is_below(edits.get(rule.name), questions[rule.name].wanted)
        and account.edits >= questions[rule.name].wanted
    }


def _is_below(edits: Bounds | Unknown | None, number: int) -> bool:
    return isinstance(edits, Bounds) and edits.at_most is not None and edits.at_most < number


def names_no_moment(rule: Rule) -> bool:
    """Tell whether the policy leaves open when something is counted."""
    return rule.before is Moment.OPENING and rule.before_provenance is not Provenance.SEEN


def at_closing(rule: Rule) -> str:
    """Return the name of the question about edits at the closing."""
    return f'{rule.name}-at-closing'


def judge(policy: Policy, of: Party, facts: AccountFacts | None, moments: Moments) -> tuple[Finding, ...]:
    """Tell how each rule stands for an account.

    :param facts: None for a person without an account
    """
    rules = (rule for rule in rules_on(policy, of) if rule.shape in _JUDGES)
    return tuple(_judge(rule, facts, moments) for rule in rules)


def in_force(rule: Rule, moments: Moments) -> DatedValue | Finding:
    """Return the value that was in force when the request was opened, or the finding that none was.

    Where it is not known when that was, a rule that has changed since the page was made is undetermined.
    """
    value = _at_opening(rule, moments)
    if value is None:
        return Finding(rule, Verdict.UNDETERMINED, gap=Gap.NO_MOMENT)
    if isinstance(value, DatedValue):
        return value
    return Finding(rule, Verdict.NOT_YET if value is NoValue.NOT_YET else Verdict.REPEALED)


def _at_opening(rule: Rule, moments: Moments) -> DatedValue | NoValue | None:
    """Return what was in force at the opening; None where that is not certain."""
    if moments.opening is None:
        return rule.throughout(moments.created, moments.decisive)
    return rule.at(moments.opening)


def _judge(rule: Rule, facts: AccountFacts | None, moments: Moments) -> Finding:
    value = in_force(rule, moments)
    if isinstance(value, Finding):
        return value
    if facts is None:
        # Who has no account has neither a registration nor edits of an account.
        return Finding(rule, Verdict.NOT_MET, value)
    if isinstance(facts.account, Unknown):
        return Finding(rule, Verdict.UNDETERMINED, value, gap=facts.account.gap)
    return _JUDGES[rule.shape](_Asked(rule, value, facts, facts.account, moments))


def _account(question: _Asked) -> Finding:
    return question.answer(met=True)


def _registered(question: _Asked) -> Finding:
    before = moment_of(question.rule.before, question.moments)
    if before is None:
        return question.open(Gap.NO_MOMENT)
    if question.account.registered is None:
        return question.open(Gap.NO_REGISTRATION)
    return question.answer(later(question.account.registered, question.number, question.rule.unit) < before)


def _edits(question: _Asked) -> Finding:
    """Hold the edits to a rule; between too few at the opening and enough later it is for people.

    That is so only where the policy names no moment.
    """
    if moment_of(question.rule.before, question.moments) is None:
        return question.open(Gap.NO_MOMENT)
    if question.account.edits == 0 and question.has_edited:
        return question.open(Gap.BEING_RENAMED)
    at_moment = _enough(question, question.facts.edits.get(question.rule.name, Unknown(Gap.NOT_ASKED)))
    if at_moment.verdict is not Verdict.NOT_MET or not names_no_moment(question.rule):
        return at_moment
    later = _enough(question, _edits_later(question))
    if later.verdict is Verdict.UNDETERMINED:
        return later
    return replace(at_moment, verdict=Verdict.FOR_PEOPLE) if later.verdict is Verdict.MET else at_moment


def _enough(question: _Asked, edits: Bounds | Unknown) -> Finding:
    if isinstance(edits, Unknown):
        return question.open(edits.gap)
    if edits.at_least >= question.number:
        return question.answer(met=True)
    if edits.at_most is None or edits.at_most >= question.number:
        return question.open(Gap.DELETED_EDITS)
    return question.answer(met=False, value=edits.at_most if edits.at_most == edits.at_least else None)


def _edits_later(question: _Asked) -> Bounds | Unknown:
    """Return the edits at the closing; while open, and where that decides it, those of now."""
    if question.moments.closing is None or question.account.edits < question.number:
        return Bounds(question.account.edits, question.account.edits)
    return question.facts.edits.get(at_closing(question.rule), Unknown(Gap.NOT_ASKED))


_JUDGES: Mapping[Shape, Callable[[_Asked], Finding]] = {
    Shape.ACCOUNT: _account,
    Shape.REGISTERED: _registered,
    Shape.EDITS: _edits,
}
