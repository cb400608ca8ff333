"""Look up messages, fill in their parameters, choose their plural."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.dates import format_date

from globalban_bot.errors import InternalError
from globalban_bot.i18n.languages import LAST

#: Dates in English are written as people on Meta-Wiki write them.
_ENGLISH = 'en_GB'
_PLURAL = re.compile(r'\{\{PLURAL:\$(\d)\|([^{}]*)\}\}')
_PARAMETER = re.compile(r'\$(\d)')


class UntranslatedError(InternalError):
    """A language lacks a message that English has: what needs it is not shown in that language."""


@dataclass(frozen=True)
class Messages:
    """The messages of a language; those of two languages never mix.

    :param language: language code, as MediaWiki uses it
    """

    language: str = 'en'

    def get(self, key: str, *parameters: object) -> str:
        """Return a message with its parameters filled in, unescaped.

        ``{{PLURAL:$1|one entry|$1 entries}}`` is chosen by CLDR's rules, in CLDR's order.

        :raises UntranslatedError: English alone has such a message
        :raises InternalError: there is no such message
        """
        text = _read(self.language).texts.get(key)
        if text is None:
            fault = UntranslatedError if key in _read(LAST).texts else InternalError
            raise fault(f'there is no message {key!r} in {self.language!r}')

        def chosen(match: re.Match[str]) -> str:
            return self._plural(parameters[int(match[1]) - 1], match[2].split('|'))

        return _PARAMETER.sub(lambda match: str(parameters[int(match[1]) - 1]), _PLURAL.sub(chosen, text))

    def of_policy(self, words: str) -> str:
        """Return words of a policy, which is English, in this language.

        The English words are the key: a policy that is changed has no translation until somebody makes one.

        :raises UntranslatedError: nobody has translated these words
        """
        if self.language == LAST:
            return words
        text = _read(self.language, 'policies').texts.get(words)
        if text is None:
            raise UntranslatedError(f'these words of a policy are not in {self.language!r}: {words}')
        return text

    @property
    def reviewed(self) -> bool:
        """Whether a speaker of the language has reviewed the messages; English is what they are held to."""
        return self.language == LAST or all(one.reviewers for one in self._files)

    @property
    def source(self) -> str:
        """All that is said in this language, and who has reviewed it, as text to be compared."""
        return '\n'.join(f'{one.reviewers} {one.texts}' for one in self._files)

    @property
    def _files(self) -> tuple[_File, _File]:
        return _read(self.language), _read(self.language, 'policies')

    def div(self, kind: str) -> str:
        """Return the tag that begins an owned page: text never travels without language and direction."""
        direction = self._locale.text_direction
        return f'<div class="{kind} mw-content-{direction}" lang="{self.language}" dir="{direction}">'

    def _plural(self, number: object, forms: list[str]) -> str:
        order = [tag for tag in ('zero', 'one', 'two', 'few', 'many') if tag in self._locale.plural_form.tags]
        form = self._locale.plural_form(int(str(number)))
        at = order.index(form) if form in order else len(order)
        return forms[min(at, len(forms) - 1)]

    def time(self, moment: datetime) -> str:
        """Return a time in UTC as people on Meta-Wiki write it: ``14:05, 3 May 2027 (UTC)``."""
        return self.get('time-and-date', f'{moment.astimezone(UTC):%H:%M}', self.date(moment))

    def date(self, moment: datetime) -> str:
        """Return a day in UTC as people on Meta-Wiki write it: ``3 May 2027``. Digits are always Western."""
        return format_date(moment.astimezone(UTC).date(), 'long', locale=self._locale)

    @property
    def _locale(self) -> Locale:
        return Locale.parse(_ENGLISH if self.language == LAST else self.language.replace('-', '_'))


@dataclass(frozen=True)
class _File:
    """A file with texts.

    :param texts: by key
    :param reviewers: speakers of the language who have reviewed them
    """

    texts: dict[str, str]
    reviewers: tuple[str, ...]


@cache
def _read(language: str, folder: str = '') -> _File:
    path = files('globalban_bot.i18n').joinpath(folder, f'{language}.json')
    if not path.is_file():
        raise InternalError(f'there are no messages in {language!r}')
    texts: dict[str, str] = json.loads(path.read_text('utf-8'))
    about: Any = texts.pop('@metadata')
    return _File(texts, tuple(about.get('reviewed-by', ())))
