"""Whether the subject of a request can reply on the wiki of the request."""

from __future__ import annotations

from globalban_bot.model.account import Account
from globalban_bot.model.block import Block
from globalban_bot.model.facts import AccountFacts
from globalban_bot.model.nomination import Reply
from globalban_bot.model.unknown import Gap, Unknown


def judge_reply(facts: AccountFacts, wiki: str) -> Reply | Unknown:
    """Tell whether an account can reply now; what shuts out most is told.

    :param wiki: database name of the wiki of the request
    """
    account = facts.account
    if isinstance(account, Unknown):
        return account
    if account.locked:
        return Reply.LOCKED
    local = account.on(wiki)
    if local is not None and local.blocked:
        found = facts.blocks.get(wiki, Unknown(Gap.NOT_ASKED))
        if isinstance(found, Unknown):
            return found
        standing = [block for block in found.standing if block.stands(found.asked)]
        if standing:
            return _blocked(standing)
    return _elsewhere(account)


def _blocked(standing: list[Block]) -> Reply:
    sitewide = [block for block in standing if not block.partial]
    if not sitewide:
        return Reply.PARTLY
    return Reply.TALK_PAGE if all(block.talk_open for block in sitewide) else Reply.SHUT


def _elsewhere(account: Account) -> Reply | Unknown:
    if isinstance(account.globally_blocked, Unknown):
        # A farm that has no global blocks of accounts cannot be asked for them.
        asked = account.globally_blocked.gap is not Gap.NOT_ASKED
        return account.globally_blocked if asked else Reply.FREE
    return Reply.GLOBALLY_BLOCKED if account.globally_blocked else Reply.FREE
