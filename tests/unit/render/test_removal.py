"""What an uninstallation deletes, for the terminal."""

from __future__ import annotations

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.kit import UNINSTALLED, Going, Removal
from globalban_bot.render.removal import render_removal

WORDS = Messages().get('summary-uninstall')


def lines(removal: Removal) -> list[str]:
    return render_removal(removal, Messages()).splitlines()


def test_whole() -> None:
    """It should list the pages by the reason with which they are to be deleted, and those that are left."""
    removal = Removal(
        (Going('User:B/Run'), Going('User:B/2', for_good=True), Going('User:B/1')), ('User:B/Own',)
    )
    said = lines(removal)
    assert said[0].startswith('2 pages')
    assert said[0].endswith(f'"{WORDS} {UNINSTALLED}":')
    assert said[1:3] == ['  User:B/Run', '  User:B/1']
    assert 'never to make again' in said[3]
    assert said[3].endswith(f'"{WORDS}":')
    assert said[4:] == ['  User:B/2', Messages().get('kit-not-ours'), '  User:B/Own']


def test_nothing() -> None:
    """It should say so where there is nothing to delete."""
    assert lines(Removal(())) == [Messages().get('kit-nothing-to-delete')]
