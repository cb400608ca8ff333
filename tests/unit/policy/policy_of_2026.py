"""The Global bans policy as it was in November 2026: it stays when somebody changes that of the package."""

from __future__ import annotations

from pathlib import Path

from globalban_bot.policy.loader import read_policy

TEXT = (Path(__file__).parents[2] / 'cases' / 'policy_of_2026' / 'global-bans.yaml').read_text('utf-8')
GLOBAL_BANS_OF_2026 = read_policy(TEXT, 'global-bans')
