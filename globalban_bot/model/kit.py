"""The page kit: pages that are installed on a wiki, so that people there can use the bot."""

from __future__ import annotations

from dataclasses import dataclass

#: Ends the reason of a deletion by ``globalban_setup -uninstall``: a page that went so may be made again.
UNINSTALLED = '(globalban_setup -uninstall)'


@dataclass(frozen=True)
class KitPage:
    """A page of the kit as it is to be.

    :param title: full title
    :param text: its whole text
    :param model: content model, as MediaWiki calls it
    :param seed: it is made where it is missing, and is people's from then on
    """

    title: str
    text: str
    model: str = 'wikitext'
    seed: bool = False


@dataclass(frozen=True)
class Going:
    """A page that an uninstallation deletes.

    :param title: full title
    :param for_good: it is never made again: it was blanked for good, or a person has edited it
    """

    title: str
    for_good: bool = False


@dataclass(frozen=True)
class Removal:
    """What an uninstallation deletes.

    :param going: pages that setup or the bot has made, in the order in which they go
    :param left: titles of other pages below the same ones: people have made them
    """

    going: tuple[Going, ...]
    left: tuple[str, ...] = ()
