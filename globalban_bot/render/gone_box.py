"""What stands in place of a box, or of a plan of notices, whose request is gone.

.. code-block:: wikitext

   The bot does not find this request any more. Its page may have been deleted, moved away or made a …

It tells nothing about anybody: what was told before stands in the history of the page alone.
"""

from __future__ import annotations

from globalban_bot.i18n.messages import Messages
from globalban_bot.render.box import END
from globalban_bot.render.multilingual import review_lines


def render_gone_box(messages: Messages) -> str:
    """Return the note in one language."""
    said = [messages.div('globalban-facts'), messages.get('box-gone'), *review_lines(messages), END]
    return '\n'.join(said) + '\n'
