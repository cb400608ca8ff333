"""A page in several languages: each reader sees the one of their interface.

.. code-block:: wikitext

   {{#switch:{{int:lang}}
   |gsw|lb|de=<div lang="de" dir="ltr"> … </div>
   |#default=<div lang="en" dir="ltr"> … </div>}}

``{{int:lang}}`` is the message ``MediaWiki:Lang``: on wikis with readers of many languages its translations
are the codes of the languages. On any other wiki it is none of the codes, and all read English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from globalban_bot.i18n.languages import LAST, fallback_of, languages_with_fallback
from globalban_bot.i18n.messages import Messages, UntranslatedError
from globalban_bot.model.marker import digest

#: Keeps a page out of the search engines, but not the pages that show it, such as the request.
NOINDEX = '<noinclude>__NOINDEX__</noinclude>'
#: A call of a template, in which calls stand that are deep enough for the look at the stop page.
_CALL = r'\{\{(?:[^{}]|\{\{(?:[^{}]|\{\{[^{}]*\}\})*\}\})*\}\}'
#: Pipes, and what a parser reads as one piece with the pipes in it: links, and calls of templates.
_PIPES = re.compile(rf'\[\[[^\[\]{{}}]*\]\]|{_CALL}|\|')


def in_languages(make: Callable[[Messages], str], languages: Sequence[str]) -> str:
    """Return wikitext that shows readers what is made in the language of their interface.

    A language that lacks a message which it needs is left out as a whole. Readers of a language without
    messages get the nearest in its fallback chain, and all others English.

    :param make: makes it in a language, without hostile text that is not escaped; may end with ``NOINDEX``
    :param languages: language codes, beside English
    """
    english = make(Messages())
    made = {code: text for code in languages if (text := _made(make, code)) is not None}
    if not made:
        return english
    cases = [f'|{"|".join((*_readers(code, made), code))}={_piece(text)}' for code, text in made.items()]
    end = f'{NOINDEX}\n' if english.rstrip().endswith(NOINDEX) else ''
    return '\n'.join(['{{#switch:{{int:lang}}', *cases, f'|#default={_piece(english)}}}}}{end}'])


def review_lines(messages: Messages) -> Iterator[str]:
    """Yield a quiet line where nobody has reviewed the translation."""
    if not messages.reviewed:
        yield f'<small>{messages.get("translation-unreviewed")}</small>'


def translations(languages: Sequence[str]) -> str:
    """Return which translations there are, as text to be compared: it changes when one of them does."""
    return '\n'.join(f'{code} {digest(Messages(code).source)}' for code in languages)


def _made(make: Callable[[Messages], str], language: str) -> str | None:
    try:
        return make(Messages(language))
    except UntranslatedError:
        return None


def _readers(language: str, made: dict[str, str]) -> Iterator[str]:
    """Yield the codes of languages whose readers get this one, as the nearest that there is."""
    for code in languages_with_fallback():
        nearest = next(one for one in (code, *fallback_of(code)) if one in made or one == LAST)
        if nearest == language != code:
            yield code


def _piece(text: str) -> str:
    """Return wikitext that can stand in a case: a pipe of a table would begin the next one."""
    whole = text.rstrip().removesuffix(NOINDEX).strip()
    return _PIPES.sub(lambda match: '{{!}}' if match[0] == '|' else match[0], whole)
