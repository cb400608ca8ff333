"""Learn what a nomination needs of the accounts, no more than that, and judge it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from globalban_bot.decide.blocks import wikis_to_ask
from globalban_bot.decide.eligibility import edits_asked, edits_asked_later
from globalban_bot.decide.nomination import judge_nomination
from globalban_bot.gather.accounts import Accounts, LimitedAccounts
from globalban_bot.model.account import Account, EditsAsked
from globalban_bot.model.block import WikiBlocks
from globalban_bot.model.facts import AccountFacts, Moments, NominationFacts
from globalban_bot.model.nomination import Nomination
from globalban_bot.model.policy import Party, Policy
from globalban_bot.model.request import Request
from globalban_bot.model.unknown import Gap, Unknown

#: Accounts of a request that are looked up; more are for people.
MOST_SUBJECTS = 5


@dataclass(frozen=True)
class Nominations:
    """Finds out how nominations stand.

    :param accounts: who is asked about accounts
    :param policy: the policy that they are held against
    :param wiki: database name of the wiki of the requests
    :param check_stop: called before each question; raises ``Stopped`` when the run was asked to end
    """

    accounts: Accounts
    policy: Policy
    wiki: str
    check_stop: Callable[[], None] = lambda: None

    def of(self, request: Request, now: datetime) -> Nomination | None:
        """Return what is found on a request; None for a page that is no request to ban an account."""
        if not request.subjects:
            return None
        limited = replace(self, accounts=LimitedAccounts(self.accounts, self.check_stop))
        facts = limited.facts(request, now)
        return judge_nomination(self.policy, facts, moments_of(request, now), self.wiki)

    def facts(self, request: Request, now: datetime) -> NominationFacts:
        """Ask for what the rules need, the blocks since the opening included."""
        moments = moments_of(request, now)
        nominator = self.nominator(request, now, edits_asked(self.policy, Party.NOMINATOR, moments))
        subjects = self.subjects(request.subjects[:MOST_SUBJECTS], moments)
        # What belongs to the subjects comes first: so many questions are left for the others.
        named = self.subjects((request.named or ())[:MOST_SUBJECTS], moments)
        return NominationFacts(
            nominator=nominator,
            subjects=subjects,
            more=max(0, len(request.subjects) - MOST_SUBJECTS),
            named=named,
            named_more=max(0, len(request.named or ()) - MOST_SUBJECTS),
        )

    def subjects(self, names: Sequence[str], moments: Moments) -> tuple[AccountFacts, ...]:
        """Ask for the blocks of accounts: first those that stand, of all of them, then those of the past."""
        facts = [self.subject(name, past=False, opening=moments.opening) for name in names]
        if moments.looks_back:
            facts = [self._with_past(one) for one in facts]
        return tuple(facts)

    def _with_past(self, facts: AccountFacts) -> AccountFacts:
        if isinstance(facts.account, Unknown):
            return facts
        wikis = (wiki for wiki in wikis_to_ask(facts.account, past=True) if wiki not in facts.blocks)
        return replace(facts, blocks={**facts.blocks, **self._blocks(facts.account, wikis)})

    def account_of(self, name: str, opening: datetime | None) -> Account | Unknown:
        """Ask for the account that a request names.

        After a rename the old name is free. An account that was registered after the opening is somebody
        else's: whose the name was then is not known.

        :param opening: when the request was opened; None where that is not known, or nothing is opened yet
        """
        account = self.accounts.account(name)
        if isinstance(account, Unknown) or opening is None or account.registered is None:
            return account
        return Unknown(Gap.NOT_SHOWN) if account.registered > opening else account

    def subject(self, name: str, *, past: bool, opening: datetime | None = None) -> AccountFacts:
        """Ask for the blocks of an account.

        :param past: whether those of the past, which are flagged nowhere, are asked for, too
        :param opening: see :meth:`account_of`
        """
        account = self.account_of(name, opening)
        wikis = wikis_to_ask(account, past=past) if isinstance(account, Account) else ()
        return AccountFacts(account, blocks=self._blocks(account, wikis))

    def nominator(
        self, request: Request, now: datetime, questions: Mapping[str, EditsAsked]
    ) -> AccountFacts | None:
        """Ask for the nominator of a request; None where that is nobody with an account.

        :param questions: what the rules ask about edits, by their names
        """
        if request.unregistered:
            return None
        if request.nominator is None:
            return AccountFacts(Unknown(Gap.NOT_NAMED))
        return self.person(request.nominator, questions, moments_of(request, now))

    def person(self, name: str, questions: Mapping[str, EditsAsked], moments: Moments) -> AccountFacts:
        """Ask for what the rules on a nominator need."""
        account = self.account_of(name, moments.opening)
        if isinstance(account, Unknown):
            return AccountFacts(account)
        edits = {rule: self.accounts.edits(account, question) for rule, question in questions.items()}
        later = edits_asked_later(self.policy, Party.NOMINATOR, account, questions, edits, moments)
        return AccountFacts(
            account,
            edits=edits | {key: self.accounts.edits(account, question) for key, question in later.items()},
        )

    def _blocks(self, account: Account | Unknown, wikis: Iterable[str]) -> dict[str, WikiBlocks | Unknown]:
        if isinstance(account, Unknown):
            return {}
        locals_ = (account.on(wiki) for wiki in wikis)
        return {one.wiki: self.accounts.blocks(account, one) for one in locals_ if one is not None}


def moments_of(request: Request, now: datetime) -> Moments:
    """Return the moments of a request that rules refer to."""
    return Moments(request.opened, request.closed, now, request.created)
