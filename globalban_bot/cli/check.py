"""``globalban check``: how a request would stand if it were filed."""

from __future__ import annotations

import argparse

from globalban_bot.cli.clock import Clock
from globalban_bot.errors import UserError
from globalban_bot.jobs.check import check_live
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wiki.login import open_site


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Print what was found."""
    site = open_site()
    nominator = options.nominator or site.username()
    if not nominator or not options.subject:
        raise UserError('name both accounts: --nominator NAME --subject NAME')
    profile = load_profile(options.profile)
    print(check_live(site, profile, nominator, options.subject, clock(), options.facts))
    return 0
