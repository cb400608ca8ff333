"""The pywikibot scripts of globalban_bot; installed as the package ``globalban_scripts``."""

from __future__ import annotations

from pathlib import Path

base_dir = Path(__file__).parent
"""Where the scripts are: pywikibot reads it through the entry point ``scriptspath``."""
