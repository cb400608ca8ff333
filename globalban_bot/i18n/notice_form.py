"""The form of a text of a notice: plain text, and links to what the bot fills in.

A text is posted on many wikis, so nothing else may stand in it, whoever wrote it: no other link, no template,
no tag, no signature, no language converter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

#: More characters than these no text has.
LONGEST = 1000
LONGEST_HEADING = 120
_LINK = re.compile(r'\[\[(\$\d)\|([^\[\]|$]*\w[^\[\]|$]*)\]\]')
_PARAMETER = re.compile(r'\$\d')
#: What is markup anywhere in a line; fullwidth underlines are, in Japanese (``MessagesJa.php``).
_MARKUP = re.compile(r"[\[\]{}<>|~]|''|__|＿＿|//|&#?\w+;|\b(?:ISBN|RFC|PMID)\s")
#: What looks like the start of an address; a colon in a sentence has a blank behind it.
_ADDRESS = re.compile(r'(?a:\b[a-z]\w*:)(?=[^\s])', re.IGNORECASE)
#: What cannot be seen; joiners may be needed, as in Persian and Bengali.
_CONTROL = re.compile(
    '[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]'
)
_FIRST = '*#:;=-+!'


def problem_in(key: str, text: str, source: Mapping[str, str]) -> str | None:
    """Return what is wrong with a text; None where nothing is.

    :param key: which of the texts it is
    :param source: the English texts, for the parameters that each has
    """
    heading = key.endswith('-heading')
    if not text.strip() or text != text.strip():
        return 'it is empty, or begins or ends with a blank'
    if len(text) > (LONGEST_HEADING if heading else LONGEST):
        return f'it is longer than {LONGEST_HEADING if heading else LONGEST} characters'
    if _CONTROL.search(text):
        return 'it has a line break, or a character that cannot be seen'
    if _links(text) != _links(source[key]):
        return f'its links must be {_named(_links(source[key]), "[[{}|…]]")}'
    plain = _LINK.sub(r'\2', text)
    if sorted(_PARAMETER.findall(plain)) != sorted(_PARAMETER.findall(_LINK.sub('', source[key]))):
        return f'its other parameters must be {_named(_PARAMETER.findall(_LINK.sub("", source[key])), "{}")}'
    return _markup_in(plain, heading=heading)


def _markup_in(plain: str, *, heading: bool) -> str | None:
    found = _MARKUP.search(plain) or _ADDRESS.search(plain)
    if found is not None:
        return f'{found[0]!r} must not stand in it'
    if plain[0] in _FIRST or (heading and '=' in plain):
        return 'it begins with markup of a list or heading, or is a heading with "="'
    return None


def _links(text: str) -> list[str]:
    return sorted(target for target, _ in _LINK.findall(text))


def _named(parameters: list[str], form: str) -> str:
    return ', '.join(form.format(one) for one in sorted(parameters)) or 'none'
