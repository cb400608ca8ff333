"""Look up messages, fill in their parameters, choose their plural."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from babel import Locale
from babel.dates import format_date, format_datetime

from globalban_bot.errors import InternalError

_PLURAL = re.compile(r'\{\{PLURAL:\$(\d)\|([^{}]*)\}\}')
_PARAMETER = re.compile(r'\$(\d)')


@dataclass(frozen=True)
class Messages:
    """The messages of a language.

    :param language: language code, as MediaWiki uses it
    """

    language: str = 'en'

    def get(self, key: str, *parameters: object) -> str:
        """Return a message with its parameters filled in, unescaped.

        ``{{PLURAL:$1|one entry|$1 entries}}`` is chosen by CLDR's rules, in CLDR's order.

        :raises InternalError: there is no such message
        """
        text = _texts(self.language).get(key)
        if text is None:
            raise InternalError(f'there is no message {key!r}')

        def chosen(found: re.Match[str]) -> str:
            return self._plural(parameters[int(found[1]) - 1], found[2].split('|'))

        return _PARAMETER.sub(lambda found: str(parameters[int(found[1]) - 1]), _PLURAL.sub(chosen, text))

    def div(self, kind: str) -> str:
        """Return the tag that begins an owned page: text never travels without language and direction."""
        direction = Locale.parse(self.language.replace('-', '_')).text_direction
        return f'<div class="{kind} mw-content-{direction}" lang="{self.language}" dir="{direction}">'

    def _plural(self, number: object, forms: list[str]) -> str:
        locale = Locale.parse(self.language.replace('-', '_'))
        order = [tag for tag in ('zero', 'one', 'two', 'few', 'many') if tag in locale.plural_form.tags]
        form = locale.plural_form(int(str(number)))
        at = order.index(form) if form in order else len(order)
        return forms[min(at, len(forms) - 1)]

    def time(self, moment: datetime) -> str:
        """Return a time as people on Meta-Wiki write it: ``14:05, 3 May 2027 (UTC)``."""
        return format_datetime(moment, "HH:mm, d MMMM yyyy '(UTC)'", locale=self.language.replace('-', '_'))

    def date(self, moment: datetime) -> str:
        """Return a day in UTC as people on Meta-Wiki write it: ``3 May 2027``."""
        day = moment.astimezone(UTC).date()
        return format_date(day, 'd MMMM yyyy', locale=self.language.replace('-', '_'))


@cache
def _texts(language: str) -> dict[str, str]:
    path = files('globalban_bot.i18n') / f'{language}.json'
    if not path.is_file():
        raise InternalError(f'there are no messages in {language!r}')
    texts: dict[str, str] = json.loads(path.read_text('utf-8'))
    return {key: text for key, text in texts.items() if not key.startswith('@')}
