"""The versions of a policy: when it changed, and how it stood at a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from globalban_bot.model.policy import DatedValue, Policy

#: Earlier than every request.
BEGINNING = datetime.min.replace(tzinfo=UTC)
#: Later than every value.
END = datetime.max.replace(tzinfo=UTC)


def versions(policy: Policy) -> tuple[datetime, ...]:
    """Return the moments at which something changed, oldest first.

    A value that is only known better than the one before it changes nothing.
    """
    changed = {rule.values[0].start for rule in policy.rules.values()}
    for rule in policy.rules.values():
        changed |= {new.start for old, new in pairwise(rule.values) if new.value != old.value}
    return tuple(sorted(changed))


def as_version(policy: Policy, moment: datetime) -> Policy:
    """Return a policy as it stood at a moment, in force from the beginning.

    So a request of any year can be put to the rules of any other. Each rule has one value then, with the
    provenance and reference that it had; rules that were not in force at the moment are left out.

    :param moment: aware; :data:`END` for the newest version
    """
    rules = {}
    for name, rule in policy.rules.items():
        value = rule.at(moment)
        if isinstance(value, DatedValue):
            rules[name] = replace(rule, values=(replace(value, start=BEGINNING),))
    return replace(policy, rules=rules)
