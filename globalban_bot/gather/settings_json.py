"""Read the page of settings.

.. code-block:: json

   {
       "run": {"status": true, "talk": true, "notify": false},
       "skip": [12345],
       "extra": ["Requests for comment/Something else"],
       "notices": {"dewiki": "Wikipedia:Kurier", "frwiki": false}
   }

All keys may be left out. Nothing is guessed: a word that is misspelt makes the whole page not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from typing import Any

from globalban_bot.errors import UserError
from globalban_bot.gather.titles import is_title
from globalban_bot.model.settings import Settings, Task
from globalban_bot.strict_json import read_object
from globalban_bot.wiki.api_values import DATABASE

#: More characters than these the page does not have.
LONGEST = 20_000
#: More entries than these a list does not have.
MOST = 200
#: Page ids are unsigned numbers of 32 bits (MediaWiki, table ``page``).
_MOST_ID = 2**32 - 1
#: A title is at most this long, in bytes.
_LONGEST_TITLE = 255
_KEYS = ('run', 'skip', 'extra', 'notices')
_TASKS = tuple(task.value for task in Task)
#: What has only characters of titles and is none (MediaWikiTitleCodec): codes, signatures, paths.
_NO_TITLE = re.compile(r'%[0-9A-Fa-f]{2}|&[^\s;&]+;|~~~|(?:^|/)\.{1,2}(?:/|$)')


def parse_settings(text: str, prefix: str) -> Settings:
    """Return the settings of a page.

    :param prefix: how all titles of requests begin
    :raises UserError: it is not well formed; the message says what is wrong, where, and what is allowed
    """
    found = read_object(text, 'the page of settings', LONGEST)
    _check_keys('', found, _KEYS)
    run = found.get('run', {})
    if not isinstance(run, dict):
        raise UserError('settings, run: it must be an object: tasks, each with true or false')
    _check_keys(', run', run, _TASKS)
    for name, value in run.items():
        if not isinstance(value, bool):
            raise UserError(f'settings, run, {name}: it must be true or false')
    skip = (_page_id(at, one) for at, one in enumerate(_entries('skip', found), 1))
    extra = (_title(at, one, prefix) for at, one in enumerate(_entries('extra', found), 1))
    off = frozenset(Task(name) for name, value in run.items() if not value)
    return Settings(off, frozenset(skip), tuple(dict.fromkeys(extra)), tuple(_wishes(found)))


def _wishes(value: Any) -> Iterator[tuple[str, str | None]]:
    """Yield what communities wish: another page for notices, or (``false``) no notices."""
    wishes = value.get('notices', {})
    if not isinstance(wishes, dict) or len(wishes) > MOST:
        raise UserError(f'settings, notices: it must be an object with at most {MOST} wikis')
    for wiki, page in sorted(wishes.items()):
        if not DATABASE.fullmatch(wiki):
            raise UserError(f'settings, notices, {wiki[:40]!r}: write the name of a database, as enwiki')
        if page is not False and not is_title(page):
            raise UserError(f'settings, notices, {wiki}: it must be a full title, or false for no notices')
        yield wiki, None if page is False else page


def _check_keys(where: str, keys: Collection[str], known: Collection[str]) -> None:
    unknown = next((key for key in keys if key not in known), None)
    if unknown is not None:
        raise UserError(f'settings{where}: {unknown[:40]!r} is none of {", ".join(known)}')


def _entries(key: str, value: Any) -> list[Any]:
    entries = value.get(key, [])
    if not isinstance(entries, list):
        raise UserError(f'settings, {key}: it must be a list')
    if len(entries) > MOST:
        raise UserError(f'settings, {key}: {len(entries)} entries; {MOST} are allowed')
    return entries


def _page_id(at: int, entry: Any) -> int:
    # For Python true is a number, for people it is none.
    if not isinstance(entry, int) or isinstance(entry, bool) or not 0 < entry <= _MOST_ID:
        raise UserError(f'settings, skip, entry {at}: it must be a page id, a whole number from 1')
    return entry


def _title(at: int, entry: Any, prefix: str) -> str:
    """Return a title as the wiki writes it; one that is none would end the reading of all requests."""
    text = entry if isinstance(entry, str) else ''
    title = unicodedata.normalize('NFC', ' '.join(text.replace('_', ' ').split()))
    good = is_title(title) and not _NO_TITLE.search(title) and len(title.encode()) <= _LONGEST_TITLE
    if not good or not title.startswith(prefix) or title == prefix:
        raise UserError(
            f'settings, extra, entry {at}: it must be a full title that begins with "{prefix}", without '
            f'[ ] {{ }} | < > # and codes such as %20 or &amp;, in {_LONGEST_TITLE} bytes'
        )
    return title
