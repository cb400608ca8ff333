"""What a line of a box says, with its links, for wikitext and for HTML alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from globalban_bot.render.escape import escape, one_line

_LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Link:
    """A link within a line.

    :param target: a title of the wiki, or an address that begins with ``https://``
    :param text: what is shown
    """

    target: str
    text: str

    @property
    def is_address(self) -> bool:
        """Whether it leads to an address, not to a title."""
        return self.target.startswith('https://')


@dataclass(frozen=True)
class Quote:
    """A few words from a page, which are shown and do nothing.

    :param text: hostile text
    """

    text: str

    @property
    def shown(self) -> str:
        """The words on one line."""
        return one_line(self.text, _LONGEST_QUOTE)


#: Text of our own, links and quotes, in the order in which they are read.
Said = tuple[str | Link | Quote, ...]


@dataclass(frozen=True)
class LabelledLine:
    """A line of a box.

    :param label: what it is about
    :param said: what it says
    """

    label: str
    said: Said


def joined(parts: Iterable[Said], between: str) -> Said:
    """Join what is said with a text between."""
    whole: list[str | Link | Quote] = []
    for part in parts:
        whole += [between, *part] if whole else part
    return tuple(whole)


def as_wikitext(text: Said) -> str:
    """Return what is said as wikitext."""
    return ''.join(_wikitext(part) for part in text)


def _wikitext(part: str | Link | Quote) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Quote):
        return f'<bdi>{escape(part.shown)}</bdi>'
    shown = escape(part.text)
    return f'[{part.target} {shown}]' if part.is_address else f'[[{part.target}|{shown}]]'


def as_html(text: Said) -> Markup:
    """Return what is said as HTML; a title of the wiki, which is not at hand there, becomes its text."""
    return Markup('').join(_html(part) for part in text)


def _html(part: str | Link | Quote) -> Markup:
    if isinstance(part, str):
        return Markup.escape(part)
    if isinstance(part, Quote):
        return Markup('<bdi>{}</bdi>').format(part.shown)
    if not part.is_address:
        return Markup.escape(part.text)
    return Markup('<a href="{}" rel="nofollow">{}</a>').format(part.target, part.text)


def as_text(text: Said) -> str:
    """Return what is said as plain text, an address behind its link."""
    return ''.join(_text(part) for part in text)


def _text(part: str | Link | Quote) -> str:
    if isinstance(part, str):
        return part
    if isinstance(part, Quote):
        return part.shown
    return f'{part.text} <{part.target}>' if part.is_address else part.text
