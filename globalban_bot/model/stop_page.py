"""The page on the wiki that lets the bot run."""

from __future__ import annotations

#: What the stop page says while the bot may run.
RUN = 'run'
