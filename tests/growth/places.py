"""Where people put text that the bot reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from itertools import chain
from types import SimpleNamespace
from typing import Any
from xml.sax.saxutils import escape

from globalban_bot.decide.tally import tally
from globalban_bot.errors import Stopped
from globalban_bot.gather.export import judge_page, read_pages
from globalban_bot.gather.stop_page import StopPage
from globalban_bot.model.marker import Marker
from globalban_bot.model.revision import Page, Revision
from globalban_bot.profiles.loader import load_profile
from globalban_bot.render.log import read_log
from globalban_bot.wikitext.commands import CommandReader, command_reader
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.history import read_history, with_history
from globalban_bot.wikitext.lexicon import wikimedia_lexicon
from globalban_bot.wikitext.page import Reader, reader_for
from globalban_bot.wikitext.pending import pending_on

_SIGNED = '[[User:Ada|Ada]] 12:00, 1 May 2027 (UTC)'
_VOTE = f'# {{{{s}}}} per nomination {_SIGNED}'
_TITLE = 'Requests for comment/Global ban for Zephyra'
_OPENED = datetime(2027, 5, 1, 12, tzinfo=UTC)
_PROFILE = load_profile('meta')
#: What XML cannot hold.
_NO_XML = dict.fromkeys(chain(range(9), range(11, 13), range(14, 32)))


@cache
def _reader() -> Reader:
    return reader_for(_PROFILE)


def _page(text: str) -> None:
    tally(_reader().read(text, title=_TITLE))


def _line(text: str) -> None:
    _page(f'== Support ==\n{text}\n{_VOTE}\n')


def _item(text: str) -> None:
    _page(f'== Support ==\n# {text} {_SIGNED}\n* {text}\n== Comments ==\n* {text} {_SIGNED}\n')


def _heading(text: str) -> None:
    _page(f'== {text} ==\n{_VOTE}\n=== {text}')


def _head(text: str) -> None:
    for name in ('status', 'comment', 'date'):
        _page(f'{{{{rfc subpage\n |{name} = {text}\n}}}}\n{_VOTE}\n')


def _argument(text: str) -> None:
    _page(f'== Support ==\n# {{{{s|{text}}}}} {_SIGNED}\n# {{{{unsigned|{text}}}}}\n')


def _history(text: str) -> None:
    """Read histories in which the text came as a vote and in the head and was taken away, or came first."""
    head = '{{rfc subpage|status=|comment=|date=20270501120000}}\n'
    plain = f'{head}== Support ==\n{_VOTE}\n'
    versions = [plain, plain + text, plain, head.replace('comment=', f'comment={text}') + plain, text, plain]
    page = Page(_TITLE, 1, tuple(_revision(number, version) for number, version in enumerate(versions, 1)))
    moment = _OPENED + timedelta(days=9)
    read_history(replace(page, revisions=page.revisions[1:]), _reader(), moment)
    for live in (page.revisions[1], page.live):
        request = _reader().read(live.text or '', title=_TITLE)
        with_history(request, live.text or '', read_history(page, _reader(), moment))


def _stop_page(text: str) -> None:
    revision = {'revid': 1, 'user': 'Ada', 'slots': {'main': {'content': text}}}
    answer = {'query': {'pages': [{'revisions': [revision]}]}}
    wiki: Any = SimpleNamespace(home='https://meta.wikimedia.org', query=lambda *_, **__: iter([answer]))
    with suppress(Stopped):
        StopPage(wiki, 'Facts bot', 'Run', (), (), pending_on).check()


def _export(text: str) -> None:
    revision = (
        f'<id>1</id><timestamp>2027-05-01T12:00:00Z</timestamp><text>{escape(text.translate(_NO_XML))}</text>'
    )
    page = f'<page><title>{_TITLE}</title><id>1</id><revision>{revision}</revision></page>'
    for found in read_pages(BytesIO(f'<mediawiki>{page}</mediawiki>'.encode()), 'export.xml'):
        assert isinstance(found, Page), found
        judge_page(found, _PROFILE)


@cache
def _commands() -> CommandReader:
    assert _PROFILE.commands is not None
    return command_reader(_PROFILE.commands, wikimedia_dialect(), wikimedia_lexicon())


def _talk_page(text: str) -> None:
    _commands().read(f'== Questions ==\n* {text} {_SIGNED}\n')


def _own_page(text: str) -> None:
    read_log(text)
    Marker.parse(text.partition('\n')[0])


def _revision(number: int, text: str) -> Revision:
    return Revision(number, _OPENED + timedelta(hours=number), 'Ada', text)


#: What reads a text in each place.
PLACES: Mapping[str, Callable[[str], None]] = {
    'line': _line,
    'item': _item,
    'heading': _heading,
    'head': _head,
    'argument': _argument,
    'history': _history,
    'stop page': _stop_page,
    'export': _export,
    'talk page': _talk_page,
    'own page': _own_page,
}
