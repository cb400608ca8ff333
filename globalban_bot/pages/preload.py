"""The text of a notice to the subject, which fills in the form for a new section of their talk page.

.. code-block:: wikitext

   <includeonly><div …>
   A [[m:…|request for comment]] asks whether … ~~</includeonly><includeonly>~~
   </div>
   <!-- globalban-notice 12345 --></includeonly>

The two halves of the signature come together in the form, so that whoever saves it signs. The page is read
when somebody follows the link. While the gate is shut it is empty.
"""

from __future__ import annotations

from globalban_bot.model.notice import Notice
from globalban_bot.render.notice import SIGNATURE

_END = '<noinclude>__NOINDEX__</noinclude>'


def render_preload(notice: Notice | None) -> str:
    """Return the page.

    :param notice: to the subject; None while nothing may be sent
    """
    if notice is None:
        return f'{_END}\n'
    half = len(SIGNATURE) // 2
    apart = f'{SIGNATURE[:half]}</includeonly><includeonly>{SIGNATURE[half:]}'
    return f'<includeonly>{notice.body.replace(SIGNATURE, apart)}</includeonly>{_END}\n'
