"""Links by which people send: MediaWiki checks their right, and logs their name.

They open a form with list, subject and text filled in. Sending needs a preview and a click there; a link
alone never sends. ``page-message`` is not used, as that page is read when the jobs run, nor
``preview-button``, which would skip the checks of the form.
"""

from __future__ import annotations

from urllib.parse import quote

from globalban_bot.model.notice import Notice

#: Servers usually take about 8,000 characters, and a log-in link holds the link once more.
LONGEST_LINK = 5000


def form_link(server: str, spamlist: str, notice: Notice) -> str | None:
    """Return the address of the form for mass messages, filled in.

    :param server: of the wiki with the request, as ``https://meta.wikimedia.org``
    :param spamlist: title of the list of targets
    :return: None where it is too long: then people copy the text
    """
    parts = {'spamlist': spamlist, 'subject': notice.heading, 'message': notice.body}
    link = f'{server}/wiki/Special:MassMessage?{_query(parts)}'
    return link if len(link) <= LONGEST_LINK else None


def section_link(
    server: str, title: str, preload: str, heading: str = '', parameters: tuple[str, ...] = ()
) -> str:
    """Return the address of the form for a new section of a page.

    :param title: of the page
    :param preload: title of the page with the text
    :param parameters: for ``$1`` and so on in that text
    """
    parts = {'title': title, 'action': 'edit', 'section': 'new', 'preload': preload}
    if heading:
        parts['preloadtitle'] = heading
    more = ''.join(f'&{_encoded("preloadparams[]")}={_encoded(one)}' for one in parameters)
    return f'{server}/w/index.php?{_query(parts)}{more}'


def _query(parts: dict[str, str]) -> str:
    return '&'.join(f'{_encoded(name)}={_encoded(value)}' for name, value in parts.items())


def _encoded(text: str) -> str:
    # ``quote`` leaves the tilde as it is: saving the page would then sign within the link.
    return quote(text, safe='').replace('~', '%7E')
