"""Whether the subject of a request can reply."""

from __future__ import annotations

from typing import Any

import pytest

from globalban_bot.decide.reply import judge_reply
from globalban_bot.model.block import Block, WikiBlocks
from globalban_bot.model.facts import AccountFacts
from globalban_bot.model.nomination import Reply
from globalban_bot.model.unknown import Gap, Unknown
from tests.unit.made_accounts import NOW, account, block, local, wiki_blocks

HERE = 'metawiki'
OPEN_TALK, SHUT_TALK, PART = block(), block(talk_open=False), block(partial=True)
ENDED = block(talk_open=False, expiry=NOW)
NO_ANSWER = Unknown(Gap.NO_ANSWER)

#: Blocks here, more of the account, and whether it can reply.
REPLIES: dict[str, tuple[list[Block] | Unknown, dict[str, Any], Reply | Unknown]] = {
    'talk page open': ([OPEN_TALK], {}, Reply.TALK_PAGE),
    'talk page shut': ([SHUT_TALK], {}, Reply.SHUT),
    'of a part': ([PART], {}, Reply.PARTLY),
    'two, one shuts the talk page': ([OPEN_TALK, SHUT_TALK], {}, Reply.SHUT),
    'of a part, and of the whole': ([PART, OPEN_TALK], {}, Reply.TALK_PAGE),
    'ended': ([ENDED], {}, Reply.FREE),
    'ended, another stands': ([ENDED, OPEN_TALK], {}, Reply.TALK_PAGE),
    'ended, blocked on all wikis': ([ENDED], {'globally_blocked': True}, Reply.GLOBALLY_BLOCKED),
    'here, and on all wikis': ([PART], {'globally_blocked': True}, Reply.PARTLY),
    'locked, wiki silent': (NO_ANSWER, {'locked': True}, Reply.LOCKED),
    'locked, on all wikis not known': ([], {'locked': True, 'globally_blocked': NO_ANSWER}, Reply.LOCKED),
    'wiki silent': (NO_ANSWER, {'globally_blocked': True}, NO_ANSWER),
    'on all wikis not known': ([], {'globally_blocked': NO_ANSWER}, NO_ANSWER),
    'no blocks on all wikis on this farm': ([], {'globally_blocked': Unknown(Gap.NOT_ASKED)}, Reply.FREE),
    'free': ([], {}, Reply.FREE),
}


@pytest.mark.parametrize(('here', 'more', 'reply'), REPLIES.values(), ids=REPLIES)
def test_reply(here: list[Block] | Unknown, more: dict[str, Any], reply: Reply | Unknown) -> None:
    """It should tell what shuts out most."""
    found: WikiBlocks | Unknown = here if isinstance(here, Unknown) else wiki_blocks(HERE, *here)
    flagged = isinstance(here, Unknown) or bool(here)
    facts = AccountFacts(account(local(HERE, blocked=flagged), **more), blocks={HERE: found})
    assert judge_reply(facts, HERE) == reply


def test_elsewhere() -> None:
    """It should not care for a block on another wiki."""
    facts = AccountFacts(
        account(local('enwiki', blocked=True), local(HERE)),
        blocks={'enwiki': wiki_blocks('enwiki', SHUT_TALK)},
    )
    assert judge_reply(facts, HERE) is Reply.FREE
    assert judge_reply(facts, 'enwiki') is Reply.SHUT


def test_not_asked() -> None:
    """It should leave it open where a flagged wiki was not asked."""
    assert judge_reply(AccountFacts(account(local(HERE, blocked=True))), HERE) == Unknown(Gap.NOT_ASKED)


def test_not_shown() -> None:
    """It should leave it open for an account that is not shown, with that reason."""
    assert judge_reply(AccountFacts(Unknown(Gap.NOT_SHOWN)), HERE) == Unknown(Gap.NOT_SHOWN)
