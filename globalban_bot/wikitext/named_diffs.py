"""The diffs on other wikis that a page names.

.. code-block:: wikitext

   Told on [https://de.wikipedia.org/w/index.php?diff=123 German Wikipedia],
   https://fr.wikipedia.org/wiki/Special:Diff/122/123
"""

from __future__ import annotations

import re

from globalban_bot.wikitext.active_parts import active_parts

_DIFF = re.compile(
    r'//(?P<host>[a-z0-9-]++(?:\.[a-z0-9-]++)+)/'
    r'(?:w/index\.php\?[^\s\[\]<>"|]{0,300}?\bdiff=|wiki/Special:Diff/(?:\d{1,12}/)?)(?P<revision>\d{1,12})(?!\d|/\d)',
    re.IGNORECASE,
)
#: Of a page that names more, the rest is left aside.
_MOST = 500


def named_diffs(text: str) -> tuple[tuple[str, int], ...]:
    """Return host and revision of each diff to which readers can follow a link.

    :param text: wikitext
    """
    visible = '\n'.join(part for part in active_parts(text) if part is not None)
    diffs = ((match['host'].lower(), int(match['revision'])) for match in _DIFF.finditer(visible))
    return tuple(dict.fromkeys(diffs))[:_MOST]
