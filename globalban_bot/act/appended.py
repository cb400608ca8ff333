"""Whether an edit saved the notice that was sent, and nothing more."""

from __future__ import annotations

from globalban_bot.model.notice import Notice

_SIGNATURE = '~~~~'
#: No signature is longer: MediaWiki takes 255 characters, and expands templates in them.
_LONGEST_SIGNATURE = 2000


def is_append(before: str, after: str, notice: Notice) -> bool:
    """Tell whether a revision holds the text before it and the notice, with a signature in its place.

    Else the edit expanded, or took away, what others had left on the page.

    :param before: wikitext of the revision before
    :param after: wikitext of the revision that was saved
    """
    if not after.startswith(before):
        return False
    added = after.removeprefix(before).strip('\n')
    start, _, end = notice.body.partition(_SIGNATURE)
    start = f'== {notice.heading} ==\n\n{start}'
    if not added.startswith(start) or not added.removeprefix(start).endswith(end):
        return False
    signature = added.removeprefix(start).removesuffix(end)
    # Within a comment that others left open, the signature stays as it was sent.
    return signature != _SIGNATURE and '\n' not in signature and len(signature) <= _LONGEST_SIGNATURE
