"""Part wikitext into what MediaWiki reads as wikitext and what it leaves as it is.

.. code-block:: wikitext

   read <!-- left out --> read <nowiki>left as it is</nowiki> read
"""

from __future__ import annotations

import re
from collections.abc import Iterator

#: Elements whose text MediaWiki neither transforms when a page is saved nor links from the page.
_INERT = 'nowiki|pre|gallery|includeonly|syntaxhighlight|source'
#: Without an end these reach to the end of the page; the others are text then (``Preprocessor_Hash``).
_SWALLOWING = {'--', 'includeonly'}
_OPENING = re.compile(rf'<!--|<({_INERT})(?=[\s/>])', re.IGNORECASE)
_CLOSING = {
    '--': re.compile('-->'),
    **{name: re.compile(rf'</{name}\s*+>', re.IGNORECASE) for name in _INERT.split('|')},
}


def active_parts(text: str) -> Iterator[str | None]:
    """Yield the parts of a text that MediaWiki reads as wikitext of the page, in their order.

    :return: the parts; None as the last one where a comment or ``<includeonly>`` hides the rest
    """
    unclosed: set[str] = set()
    done = at = 0
    while opening := _OPENING.search(text, at):
        name = (opening[1] or '--').lower()
        at = _end_of_tag(text, opening)
        if name in unclosed or text[at - 2 : at] == '/>':
            continue
        closing = _CLOSING[name].search(text, at)
        if closing is not None:
            yield text[done : opening.start()]
            done = at = closing.end()
        elif name in _SWALLOWING:
            yield text[done : opening.start()]
            yield None
            return
        else:
            # Its end is looked for once only: many such tags would take long.
            unclosed.add(name)
    yield text[done:]


def _end_of_tag(text: str, opening: re.Match[str]) -> int:
    """Return the offset behind an opening tag: MediaWiki ends it with the next ">", quoted or not."""
    if opening[1] is None:
        return opening.end()
    end = text.find('>', opening.end())
    return len(text) if end < 0 else end + 1
