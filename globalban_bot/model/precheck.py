"""The facts that are shown to a person who thinks of filing a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from globalban_bot.model.account import Account
from globalban_bot.model.nomination import Nomination
from globalban_bot.model.unknown import Unknown


@dataclass(frozen=True)
class Precheck:
    """What somebody learns who thinks of filing a request.

    :param nomination: how the rules would stand, were it filed now
    :param subject: the account that it would be about
    :param policy: title of the policy's page
    :param as_of: when it was looked up (UTC)
    """

    nomination: Nomination
    subject: Account | Unknown
    policy: str
    as_of: datetime
