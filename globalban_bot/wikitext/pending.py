"""Find text that the next edit of a page would change, whoever makes it and wherever on the page.

When a page is saved, MediaWiki transforms the *whole* text. So it expands what somebody left there for the
next editor, and that editor's name stands beside it in the history:

.. code-block:: wikitext

   {{subst:User:Somebody/x}}    expanded by the next edit, if that page was made in the meantime
   <!-- never closed            hides what is appended, and keeps its ~~~~ for the next editor

An appended section (``section=new``) is no exception, so the bot does not edit such a page. Measured on
MediaWiki 1.43: ``subst:`` and ``safesubst:`` are expanded in any letter case and in the wiki's language, also
after blanks and line breaks; they are not expanded within comments, ``<nowiki>``, ``<pre>``, ``<gallery>``
and ``<includeonly>``.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache

from globalban_bot.wikitext.active_parts import active_parts
from globalban_bot.wikitext.dialect import substitution_words


class Pending(Enum):
    """What on a page waits for the next edit."""

    SUBSTITUTION = 'a template that the next edit would expand'
    UNCLOSED = 'a comment or <includeonly> that is never closed'


def pending_on(text: str) -> Pending | None:
    """Return what on a page waits for the next edit; None where an edit changes only what it says.

    It is on the safe side: the words of all languages are looked for on every wiki.

    :param text: wikitext of the whole page
    """
    parts = [*active_parts(text)]
    if parts[-1] is None:
        return Pending.UNCLOSED
    # A part that is left out must not join what stands around it to one word.
    active = '\0'.join(part for part in parts if part is not None)
    return Pending.SUBSTITUTION if _substitution().search(active) else None


def without_pending(text: str) -> str:
    """Return a text with ``<nowiki/>`` in front of each word that the next edit would take for a command.

    So ``{{subst:x}}`` stands there as it was written. It changes such words in comments, too, where they wait
    for nothing; what is broken up by a comment is left as it is.

    :param text: wikitext of the whole page
    """
    return _substitution().sub(lambda match: f'{match[1]}<nowiki/>{match[2]}', text)


@cache
def _substitution() -> re.Pattern[str]:
    words = '|'.join(re.escape(word) for word in sorted(substitution_words(), key=len, reverse=True))
    # In the default of a parameter, as in {{ {{{1|subst:}}} x }}, it becomes a name, too.
    return re.compile(rf'(\{{\{{|\{{\{{\{{[^{{}}|]*+\|)([\s\0]*+(?:{words}))', re.IGNORECASE)
