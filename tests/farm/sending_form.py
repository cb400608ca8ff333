"""Special:MassMessage as a person uses it, by plain HTTP: open it by a link, preview, send."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from tests.farm.client import Client

PAGE = 'Special:MassMessage'
_FORM = 'mw-massmessage-form'
_PAGES = re.compile(r'This message goes to (\d+) pages?\.')
_SENT = re.compile(r'The message to \d+ pages? is queued\.')


class SendingForm:
    """The form, and what the wiki has shown last.

    As in ``SendingForm(client, spamlist='List', subject='A notice').preview(message='Text. ~~~~').send()``.

    :param client: who is logged in, or anonymous
    :param filled: ``spamlist``, ``subject``, ``message``, ``page-message``: what a link fills in
    :ivar html: the page that the wiki has shown last
    :ivar fields: the fields of the form on it, by name, with all that is hidden; empty without a form
    """

    def __init__(self, client: Client, **filled: str) -> None:
        self._client = client
        self._see(client.page(PAGE, **filled))

    def preview(self, **changes: str) -> SendingForm:
        """Press the button of the preview, after changes in the fields."""
        return self._press('preview-button', changes)

    def send(self, **changes: str) -> SendingForm:
        """Press the button that sends, whether or not the page shows one."""
        return self._press('submit-button', changes)

    @property
    def can_send(self) -> bool:
        """Whether the page shows the button that sends."""
        return 'submit-button' in self.html

    @property
    def pages(self) -> int | None:
        """To how many pages the preview says that the message goes; None without a preview."""
        match = _PAGES.search(self.html)
        return int(match[1]) if match else None

    @property
    def sent(self) -> bool:
        """Whether the page says that the message is queued."""
        return _SENT.search(self.html) is not None

    def _press(self, button: str, changes: dict[str, str]) -> SendingForm:
        self._see(self._client.submit({**self.fields, **changes, button: 'pressed'}))
        return self

    def _see(self, html: str) -> None:
        self.html = html
        reader = _Reader()
        reader.feed(html)
        self.fields = reader.fields


class _Reader(HTMLParser):
    """Reads the fields of the form, without its buttons."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._inside = False
        self._text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or '' for name, value in attrs}
        if tag == 'form':
            self._inside = given.get('id') == _FORM
        elif self._inside and tag == 'input' and given.get('type') != 'submit':
            self.fields[given.get('name', '')] = given.get('value', '')
        elif self._inside and tag == 'textarea':
            self._text = given.get('name', '')
            self.fields[self._text] = ''

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self.fields[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == 'textarea':
            self._text = None
        elif tag == 'form':
            self._inside = False
