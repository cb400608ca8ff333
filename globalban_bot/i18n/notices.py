"""The texts of notices: English, and drafts that people have still to review.

Which language a wiki gets is chosen as MediaWiki chooses its own messages: by the wiki's language, then its
fallback chain. A page on the wiki may replace texts; see :mod:`globalban_bot.i18n.notice_override`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from globalban_bot.errors import InternalError
from globalban_bot.i18n.languages import LAST, direction_of, fallback_of, tag_of

_PARAMETER = re.compile(r'\$(\d)')


@dataclass(frozen=True)
class NoticeText:
    """The texts of notices in one language.

    :param language: language code, as MediaWiki uses it
    :param texts: by key, with ``$1`` and so on
    :param reviewed_by: who has reviewed them; None where nobody has
    """

    language: str
    texts: Mapping[str, str]
    reviewed_by: str | None

    @property
    def reviewed(self) -> bool:
        """Whether somebody has reviewed the texts."""
        return self.reviewed_by is not None

    @property
    def direction(self) -> str:
        """In which direction the language is written: ``ltr`` or ``rtl``."""
        return direction_of(self.language)

    @property
    def tag(self) -> str:
        """The tag of the language in HTML."""
        return tag_of(self.language)

    def get(self, key: str, parameters: Sequence[str] = ()) -> str:
        """Return a text with its parameters filled in, each once and as it is.

        :raises InternalError: there is no such text
        """
        text = self.texts.get(key)
        if text is None:
            raise InternalError(f'there is no text {key!r} of notices in {self.language!r}')
        return _PARAMETER.sub(lambda match: parameters[int(match[1]) - 1], text)


@dataclass(frozen=True)
class NoticeTexts:
    """The texts of notices in all languages that have any.

    :param by_language: by language code; English is always there
    """

    by_language: Mapping[str, NoticeText]

    def choose(
        self, language: str, fallback: Sequence[str] | None = None, *, reviewed_only: bool = False
    ) -> NoticeText:
        """Return the texts for a wiki: those in its language, or in the nearest one that there is.

        :param language: the wiki's content language
        :param fallback: codes of its fallback chain as the wiki tells it; None where it was not asked
        :param reviewed_only: pass over what nobody has reviewed; English is then the last choice
        """
        chain = fallback_of(language) if fallback is None else fallback
        for code in (language, *chain):
            found = self.by_language.get(code)
            if found is not None and (found.reviewed or not reviewed_only):
                return found
        return self.by_language[LAST]


@cache
def load_notice_texts() -> NoticeTexts:
    """Load the texts that come with the package."""
    folder = files('globalban_bot.i18n') / 'notices'
    names = sorted(path.name.removesuffix('.json') for path in folder.iterdir())
    return NoticeTexts({name: _load(folder / f'{name}.json', name) for name in names if name != 'qqq'})


def _load(path: Traversable, language: str) -> NoticeText:
    found = json.loads(path.read_text('utf-8'))
    about = found.pop('@metadata')
    return NoticeText(language, found, about['reviewed-by'] if about['reviewed'] else None)
