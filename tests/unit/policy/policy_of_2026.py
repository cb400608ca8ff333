"""The Global bans policy as it was in November 2026: it stays when somebody changes that of the package."""

from __future__ import annotations

from pathlib import Path

import globalban_bot.policy
from globalban_bot.model.policy import Overlay
from globalban_bot.policy.loader import overlay_names, read_overlay, read_policy

TEXT = (Path(__file__).parents[2] / 'cases' / 'policy_of_2026' / 'global-bans.yaml').read_text('utf-8')
GLOBAL_BANS_OF_2026 = read_policy(TEXT, 'global-bans')


def overlay_of_2026(name: str) -> Overlay:
    """Return an overlay of the package, on the policy of 2026."""
    folder = Path(globalban_bot.policy.__path__[0]) / 'overlays'
    return read_overlay((folder / f'{name}.yaml').read_text('utf-8'), name, GLOBAL_BANS_OF_2026)


OVERLAYS_OF_2026 = tuple(map(overlay_of_2026, overlay_names()))
