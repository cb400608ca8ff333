"""Which accounts a ban request is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from globalban_bot.model.dialect import Dialect
from globalban_bot.model.request import Head
from globalban_bot.wikitext.accounts import LINK, normal_account
from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.lines import Line
from globalban_bot.wikitext.opaque import BLANK, OPAQUE
from globalban_bot.wikitext.sections import Section
from globalban_bot.wikitext.surface import Surface
from globalban_bot.wikitext.templates import Template

_AND = re.compile(r',?\s+and\s+|\s*&\s*')
_AGAIN = re.compile(r'[\s_](?:\(\d\)|\d)\Z')
_FURNITURE = re.compile(rf'<[^<>]*>|\[https?:[^\[\]]*\]|[\s(){BLANK}{OPAQUE}.,;:*#•·–—-]')
_SOCKS = re.compile(r'\bsock', re.IGNORECASE)


class SubjectReader:
    """Reads the accounts that a request is about.

    :param title_forms: forms of titles of ban requests, with a group ``subject``
    """

    def __init__(self, title_forms: Sequence[re.Pattern[str]], lexicon: Lexicon, dialect: Dialect) -> None:
        self._title_forms = title_forms
        self._lexicon = lexicon
        self._dialect = dialect

    def read(self, title: str, head: Head, surface: Surface, sections: Sequence[Section]) -> tuple[str, ...]:
        """Return the subjects: those that the title names.

        Anybody can add an account to the list on the page. It is read only where no title tells, of a request
        that was closed as one to ban somebody.

        :return: normalised account names; empty for a discussion that is no ban request
        """
        titled = self._of_title(title, surface)
        if titled:
            return titled
        return self._of_list(surface, sections) if head.word.lower().startswith('globalban') else ()

    def listed(self, surface: Surface, sections: Sequence[Section]) -> tuple[str, ...]:
        """Return the accounts that the statement lists."""
        return self._of_list(surface, sections)

    def _of_title(self, title: str, surface: Surface) -> tuple[str, ...]:
        """Split the title, unless the page knows an account by the whole of it."""
        found = next((f for form in self._title_forms if (f := form.match(title))), None)
        if found is None:
            return ()
        whole = found['subject'].strip()
        for name in (whole, _AGAIN.sub('', whole)):
            if self._is_mentioned(name, surface):
                return tuple(self._accounts([name]))
        return tuple(self._accounts(_split(_AGAIN.sub('', whole))))

    def _is_mentioned(self, name: str, surface: Surface) -> bool:
        written = re.escape(name).replace(r'\ ', '[ _]')
        return re.search(rf'[|:/]\s*{written}\s*(?:[|}}\]/#]|$)', surface.source, re.MULTILINE) is not None

    def _of_list(self, surface: Surface, sections: Sequence[Section]) -> tuple[str, ...]:
        """Read the first run of lines that hold nothing but account templates."""
        names: list[str] = []
        for section in sections:
            if section.side is not None or names:
                break
            if _SOCKS.search(section.heading):
                continue
            for line in section.lines:
                found = self._identities(surface, line)
                if not found and names:
                    break
                names += found
        return tuple(dict.fromkeys(self._accounts(names)))

    def _identities(self, surface: Surface, line: Line) -> list[str]:
        templates = surface.templates_in(line.body, line.end)
        if not templates or not all(self._names_account(template) for template in templates):
            return []
        if _FURNITURE.sub('', LINK.sub('', surface.text[line.body : line.end])):
            return []
        return [template.arguments().get('1', '') for template in templates]

    def _names_account(self, template: Template) -> bool:
        return template.name.removeprefix('/') in self._lexicon.identities

    def _accounts(self, names: Sequence[str]) -> Iterator[str]:
        for name in names:
            account = normal_account(name, self._dialect)
            if account is not None:
                yield account


def _split(names: str) -> list[str]:
    """Split ``A and B``, ``A, B and C``; a comma alone may be part of a name."""
    parts = _AND.split(names)
    return parts if len(parts) == 1 else [name for part in parts for name in part.split(', ')]


def in_title(name: str, title: str, title_forms: Sequence[re.Pattern[str]]) -> bool:
    """Tell whether the title of a request names an account: as a whole, or as one of several.

    What the page says is no part of it: anybody can edit that.

    :param title_forms: forms of titles of ban requests, with a group ``subject``
    """
    found = next((f for form in title_forms if (f := form.match(title))), None)
    if found is None:
        return False
    whole = ' '.join(found['subject'].replace('_', ' ').split())
    plain = _AGAIN.sub('', whole)
    return name in {_capital(one.strip()) for one in (whole, plain, *_AND.split(plain), *_split(plain))}


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
