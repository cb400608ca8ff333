"""Headings, and the lines that stand in for headings."""

from __future__ import annotations

import re

from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.lines import Line
from globalban_bot.wikitext.opaque import BLANK, OPAQUE, unescape
from globalban_bot.wikitext.words import words_in

#: Level of a bold line that stands in for a heading: below all real ones.
PSEUDO_LEVEL = 7

_EQUALS = re.compile(rf'[ {BLANK}]*(={{1,6}})(.+?)\1[\s{BLANK}]*\Z')
_ELEMENT = re.compile(r'\s*(?:<div[^<>]*>\s*)*<h([1-6])\b[^<>]*>(.*?)</h\1\s*>', re.IGNORECASE)
_IMAGE = r'\[\[\s*(?:file|image|datei|fichier|archivo)\s*:[^\[\]]*\]\]'
_BOLD_LINE = re.compile(
    rf"[:;]*\s*(?:{_IMAGE}\s*)?(?:<(?:big|u|center|span)[^<>]*>\s*)*'''++([^'\n]{{1,80}})'''++(?:\s*+</\w++>)*+"
    rf'\s*+:?\s*+(?:\(\d{{1,4}}\)\s*+:?)?[\s{BLANK}]*+\Z',
    re.IGNORECASE,
)
#: Characters of a line that is a heading by a semicolon.
_LONGEST_DEFINITION = 80
_LINK = re.compile(r'\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]')
_FILE = re.compile(_IMAGE, re.IGNORECASE)
#: Words of a sentence, not of a heading.
_IN_PERSON = frozenset(('i', 'we', 'my'))
_TAG = re.compile(r'<[^<>]*>')


def heading_of(content: str) -> tuple[int, str] | None:
    """Return level and wikitext of the heading that a line is, or None.

    ``== Support ==`` · ``===[[File:A.svg]] <span>Support</span>===`` · ``<h3>Support</h3>``
    """
    if '=' in content[:3]:
        found = _EQUALS.match(content)
        if found is not None:
            return len(found[1]), found[2]
    if '<h' in content[:400] or '<H' in content[:400]:
        found = _ELEMENT.match(content)
        if found is not None:
            return int(found[1]), found[2]
    return None


def pseudo_heading_of(content: str, line: Line, lexicon: Lexicon) -> str | None:
    """Return the wikitext of a line that stands in for a heading, or None.

    ``:'''Support'''`` · ``'''Oppose''' :`` · ``;Neutral``: nothing but words that would make a
    heading of a side, of comments or of votes; behind a word of a side also filling words.
    """
    if line.marker.strip(':;') or not content:
        return None
    bold = _BOLD_LINE.match(content)
    written = bold[1] if bold is not None else _defined(content)
    words = words_of(written) if written is not None else []
    if not words:
        return None
    known = (lexicon.headings, lexicon.comment_headings, lexicon.votes_headings)
    if any(' '.join(words) in names for names in known):
        return written
    if all(any(word in names for names in known) for word in words):
        return written
    telling = [word for word in words if word not in lexicon.heading_filler]
    short = telling and telling[0] in words[:2] and _IN_PERSON.isdisjoint(words)
    return written if short and all(word in lexicon.headings for word in telling) else None


def _defined(content: str) -> str | None:
    """Return what a line such as ``;Neutral :`` defines; None where it defines nothing short."""
    if content[0] != ';':
        return None
    written = content[1:].strip().removesuffix(':').rstrip()
    return written if len(written) <= _LONGEST_DEFINITION and ':' not in written else None


def plain(wikitext: str) -> str:
    """Return a heading as a reader sees it: without markup, images and templates."""
    text = _LINK.sub(r'\1', _FILE.sub('', wikitext))
    text = _TAG.sub('', text).replace("'''", '').replace("''", '')
    text = text.replace(BLANK, '').replace(OPAQUE, '')
    return ' '.join(unescape(text).split())


def words_of(heading: str) -> list[str]:
    """Split a heading into its words, in lower case, without digits and punctuation."""
    return words_in(plain(heading))
