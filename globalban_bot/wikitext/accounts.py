"""Which account a link names."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from globalban_bot.model.dialect import Dialect
from globalban_bot.wikitext.opaque import BLANK, OPAQUE, unescape

#: A link with its target; a label may hold single brackets, as in ``[[:ru:user:X|[ru]]]``.
LINK = re.compile(r'\[\[([^\[\]|\n{}]{1,400})(?:\|(?:[^\[\n]|\[(?!\[)){0,1500}?)?\]\]+')

#: Characters that MediaWiki strips from titles (MediaWikiTitleCodec), and our own fillers.
#: A full address of a page, as some signatures have it.
_EXTERNAL = re.compile(r'\[(?:https?:)?//[\w.-]+/wiki/([^\s\]&?<>]{1,300}) [^\]\n]{1,300}\]')
_STRIPPED = re.compile(f'[\u200e\u200f\u202a-\u202e{BLANK}{OPAQUE}]')
_BLANKS = re.compile(r'[\s_\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+')
_INVALID = re.compile(r'[#<>\[\]|{}\ufffd\x00-\x1f\x7f]|^[^\w~*.\-!$&\'()+,;=@^`"?\u0080-\U0010ffff]+$')
_TEMPORARY = re.compile(r'~\d{4}-\d+(?:-\d+)*\Z')
_LONGEST_NAME = 235


@dataclass(frozen=True, slots=True)
class AccountLink:
    """A link to a page of an account, such as ``[[User talk:A|talk]]``.

    :param start: offset of the link
    :param end: offset behind it
    :param account: normalised name
    """

    start: int
    end: int
    account: str


@dataclass
class AccountLinks:
    """Finds links that name accounts; it remembers targets, as people sign more than once."""

    dialect: Dialect
    _known: dict[str, str | None] = field(default_factory=dict)

    def find(self, text: str) -> Iterator[AccountLink]:
        """Yield the account links of a surface, in order."""
        found = [
            *LINK.finditer(text),
            *(_EXTERNAL.finditer(text) if '[http' in text or '[//' in text else ()),
        ]
        for link in sorted(found, key=lambda match: match.start()):
            target = unquote(link[1]) if link[0][1] != '[' else link[1]
            if target not in self._known:
                self._known[target] = account_of(target, self.dialect)
            account = self._known[target]
            if account is not None:
                yield AccountLink(link.start(), link.end(), account)


def account_of(target: str, dialect: Dialect) -> str | None:
    """Return the account that a link target names.

    Understood are user and talk pages with their subpages, and special pages about an account,
    in any language of the dialect and behind interwiki prefixes: ``:w:de:Benutzer:A/sig``.

    :param target: link target as written
    :return: normalised account name; None if it names none
    """
    *prefixes, page = _BLANKS.sub(' ', unescape(_STRIPPED.sub('', target))).strip(' :').split(':')
    for at, prefix in enumerate(prefixes):
        name = prefix.strip().lower()
        rest = ':'.join([*prefixes[at + 1 :], page])
        if name in dialect.user or name in dialect.user_talk:
            return normal_account(rest.partition('#')[0].partition('/')[0], dialect)
        if name in dialect.special:
            special, _, subpage = rest.partition('#')[0].partition('/')
            if special.strip().lower() in dialect.account_pages:
                return normal_account(subpage.rpartition('/')[2], dialect)
            return None
        if name and name not in dialect.prefixes:
            return None
    return None


def normal_account(written: str, dialect: Dialect) -> str | None:
    """Return an account name as MediaWiki normalises it; None if it cannot be one."""
    name = _BLANKS.sub(' ', unescape(_STRIPPED.sub('', written))).strip()
    if not name or len(name.encode('utf-8', 'replace')) > _LONGEST_NAME or _INVALID.search(name):
        return None
    if is_address(name):
        return name.upper()
    first = name[0].upper()
    return first + name[1:] if dialect.capital_first and len(first) == 1 else name


def is_address(name: str) -> bool:
    """Tell whether a name is an IP address."""
    if not name[:1].isdigit() and ':' not in name:
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_unregistered(name: str) -> bool:
    """Tell whether a name is that of an IP address or of a temporary account (``~2027-12345-6``)."""
    return is_address(name) or bool(_TEMPORARY.match(name))
