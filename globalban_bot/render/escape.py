"""Make text from a wiki harmless where it is written into wikitext.

Behaves as ``wfEscapeWikiText`` of MediaWiki (``includes/GlobalFunctions.php``, 1.39): decoding the
HTML entities of the output gives back the input, and no parser step sees markup in it.
"""

from __future__ import annotations

import json
import re
import unicodedata


def _entity(char: str) -> str:
    return f'&#{ord(char)};'


#: Characters that are markup wherever they stand.
_ANYWHERE = {char: _entity(char) for char in '"&\'<=>[]{|};'}
#: Runs of characters of which one is replaced. (In a run of an odd length MediaWiki leaves ``!!``,
#: which begins a table cell; here every one but the last is replaced.)
_RUNS = {
    '__': '_' + _entity('_'),
    # Begins and ends behaviour switches, too (``languages/messages/MessagesJa.php``); MediaWiki leaves it.
    '＿＿': '＿' + _entity('＿'),
    '://': _entity(':') + '//',
    '~~~': '~~' + _entity('~'),
}
#: What is markup at the start of a line only.
_LINE_START = {'\n' + char: '\n' + _entity(char) for char in '!#*: \t\n'}
_RULE = {'\n----': f'\n{_entity("-")}---'}
#: A carriage return is a line break for some parsers and none for others.
_RETURN = {'\r': _entity('\r')}
_MAGIC = {f'{word}{gap}': f'{word}{_entity(gap)}' for word in ('ISBN', 'PMID', 'RFC') for gap in ' \t\n\r\f'}
_REPLACED = {**_ANYWHERE, **_RUNS, **_LINE_START, **_RULE, **_RETURN, **_MAGIC, '!': _entity('!')}
_KEYS = sorted((key for key in _REPLACED if key != '!'), key=len, reverse=True)
_PATTERN = re.compile('|'.join([*(re.escape(key) for key in _KEYS), '!(?=!)']))
_FIRST = {char: _entity(char) for char in '+-_＿~'}
_LAST = {char: _entity(char) for char in '_＿~!\n\r\t'}
#: URL protocols that work without ``//`` (``$wgUrlProtocols``).
_PROTOCOL = re.compile(r'\b(bitcoin|geo|magnet|mailto|matrix|news|sip|sips|sms|tel|urn|xmpp):', re.IGNORECASE)
#: Characters that turn or hide the text around them; no name or heading needs them.
_TRICKS = re.compile(
    '[\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb'
    '\U000e0000-\U000e0fff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]'
)


def escape(text: str) -> str:
    """Return text as wikitext that shows it and does nothing else.

    :param text: any text
    """
    escaped = _PATTERN.sub(lambda match: _REPLACED[match[0]], '\n' + text)[1:]
    if not escaped:
        return ''
    first = _FIRST.get(escaped[0], escaped[0])
    if len(escaped) == 1:
        return _LAST.get(first, first)
    joined = first + escaped[1:-1] + _LAST.get(escaped[-1], escaped[-1])
    return _PROTOCOL.sub(rf'\1{_entity(":")}', joined)


def one_line(text: str, longest: int = 250) -> str:
    """Return text for one line of a page: normalised, without tricks, cut to a length.

    :param longest: number of characters, the ellipsis included
    """
    plain = ' '.join(unicodedata.normalize('NFC', _TRICKS.sub('', text)).split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + '…'


def escape_json(text: str) -> str:
    """Return JSON in which the characters that turn or hide text, or drive a terminal, are escapes.

    :param text: JSON; outside its strings it has none of them
    """
    return _TRICKS.sub(lambda match: json.dumps(match[0])[1:-1] if match[0] != '\x7f' else '\\u007f', text)


def for_terminal(text: str, longest: int = 250) -> str:
    """Return text for a line of a terminal; ``<<`` is parted, as pywikibot takes ``<<red>>`` for a colour."""
    return re.sub('<(?=<)', '< ', one_line(text, longest))
