"""``globalban notify``: which communities were told of a request, and which were not."""

from __future__ import annotations

import argparse

from globalban_bot.cli.clock import Clock, logged_in
from globalban_bot.cli.terminal import terminal_of
from globalban_bot.errors import UserError
from globalban_bot.jobs.notices.run import NotifyOptions, NotifyRun, only_step
from globalban_bot.profiles.loader import load_profile
from globalban_bot.wiki.configuration import cache_folder
from globalban_bot.wiki.login import site_of_url


def run(options: argparse.Namespace, clock: Clock) -> int:
    """Run the job once."""
    if not (options.request or options.plan):
        raise UserError('name the request: --request PAGE')
    if options.rearm and not (options.plan and options.request):
        raise UserError('--rearm lifts the hold of one request: --request PAGE --plan --rearm')
    asked = _asked(options)
    terminal = terminal_of(always=options.always)
    site, clock = logged_in(clock)
    job = NotifyRun(
        site=site,
        site_of=site_of_url,
        folder=options.cache or cache_folder(),
        profile=load_profile(options.profile),
        clock=clock,
        show=terminal.show,
        approve=terminal.approves('Post this plan?'),
        typed=terminal.typed,
    )
    return job.run(asked)


def _asked(options: argparse.Namespace) -> NotifyOptions:
    return NotifyOptions(
        request=options.request,
        step=only_step(
            coverage=options.coverage, wrong=options.wrong, plan=options.plan, deliver=options.deliver
        ),
        engine=options.engine,
        limit=options.limit,
        unreviewed=options.unreviewed,
        facts=options.facts,
        also=tuple(options.also_subject),
        rearm=options.rearm,
        told=tuple(options.told),
    )
