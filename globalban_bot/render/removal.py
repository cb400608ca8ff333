"""What an uninstallation deletes, for the terminal, ready to be copied."""

from __future__ import annotations

from collections.abc import Iterator

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.kit import UNINSTALLED, Removal


def render_removal(removal: Removal, messages: Messages) -> str:
    """Return which pages go, by the reason with which they are deleted, and which are left."""
    return '\n'.join(_lines(removal, messages))


def _lines(removal: Removal, messages: Messages) -> Iterator[str]:
    words = messages.get('summary-uninstall')
    again = [one.title for one in removal.going if not one.for_good]
    for_good = [one.title for one in removal.going if one.for_good]
    if not removal.going:
        yield messages.get('kit-nothing-to-delete')
    if again:
        yield messages.get('kit-delete', len(again), f'{words} {UNINSTALLED}')
        yield from (f'  {title}' for title in again)
    if for_good:
        yield messages.get('kit-delete-for-good', len(for_good), words)
        yield from (f'  {title}' for title in for_good)
    if removal.left:
        yield messages.get('kit-not-ours')
        yield from (f'  {title}' for title in removal.left)
