"""A page of facts as HTML."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from globalban_bot.decide.tally import tally
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.tally import Tally
from globalban_bot.model.vote import Doubt
from globalban_bot.render.html import render_html
from tests.unit.decide.made import OPPOSE, at, closed_at, closed_head, entry, proposal, request, tallied

VOID = {'meta', 'br', 'hr', 'img', 'input', 'link'}


class Outline(HTMLParser):
    """Reads a page: its tags with attributes, its text, and whether they nest."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ''
        self.open: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def page(*found: Tally) -> Outline:
    return Outline(render_html(found, Messages(), at(9)))


def several() -> Tally:
    return tally(request(proposal(entry(1), heading='Proposal 1: x'), proposal(entry(2, stance=OPPOSE))))


HOSTILE = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</title></style><b>',
    '{{ 7 * 7 }}{% raw %}',
    '&lt;b&gt;',
    '<!-- a',
]


@pytest.mark.parametrize('title', HOSTILE)
def test_hostile_title(title: str) -> None:
    """It should show a hostile title or heading as text, and get no tag from it."""
    questions = (proposal(heading=title), proposal(heading='Proposal 2'))
    hostile = page(tally(request(*questions, title=f'R/{title}')))
    harmless = page(tally(request(proposal(heading='x'), proposal(heading='Proposal 2'), title='R/x')))
    assert hostile.tags == harmless.tags
    assert hostile.text.count(title) == 3


def test_loads_nothing() -> None:
    """It should need nothing but itself: no script, no address of another place."""
    source = render_html([tallied(entry(1)), several()], Messages(), at(9))
    outline = Outline(source)
    assert {tag for tag, _ in outline.tags} & {
        'script',
        'link',
        'img',
        'iframe',
        'object',
        'form',
        'base',
    } == set()
    assert not re.search(r'https?:|//|@import|url\(', source)
    assert all((link['href'] or '').startswith('#') for link in outline.all('a'))


def test_structure() -> None:
    """It should be one well-nested page, with language, direction, and no index for search engines."""
    outline = page(tallied(entry(1)), several())
    assert outline.open == []
    assert outline.all('html') == [{'lang': 'en', 'dir': 'ltr'}]
    assert {'charset': 'utf-8'} in outline.all('meta')
    assert {'name': 'robots', 'content': 'noindex'} in outline.all('meta')
    assert len(outline.all('h1')) == len(outline.all('main')) == len(outline.all('title')) == 1


def test_tables() -> None:
    """It should give every table a caption and every heading its scope."""
    outline = page(tallied(entry(1)), several())
    assert len(outline.all('table')) == len(outline.all('caption')) == 2
    assert {scope['scope'] for scope in outline.all('th')} == {'row', 'col'}
    assert len(outline.all('th')) == 4 + 2 + 4 + 2


def test_links_lead_to_their_parts() -> None:
    """It should have a part for each request, which the board links to."""
    outline = page(tallied(), several(), tallied())
    ids = [attributes['id'] for _, attributes in outline.tags if 'id' in attributes]
    assert ids == ['request-1', 'request-2', 'request-3']
    assert [link['href'] for link in outline.all('a')] == [f'#{id_}' for id_ in ids]
    assert [part['aria-labelledby'] for part in outline.all('section')] == ids


def test_facts() -> None:
    """It should say what the box says: times, count, what needs a look."""
    text = page(
        tallied(entry(1), entry(2, 'Bel', doubt=Doubt.SPLIT), state=closed_at(at(8)), head=closed_head()),
        tallied(entry(1)),
    ).text
    assert 'closed 12:00, 8 May 2027 (UTC); opened 12:00, 1 May 2027 (UTC).' in text
    assert (
        'Signed positions at closing: 1 support, 0 oppose, 0 neutral (a count, not an outcome); not'
        ' counted: 1 unclear; one entry' in text
    )
    assert 'line 2 (unclear: not counted).' in text
    assert 'Signed positions: 1 support' in text


def test_unknown_is_left_out() -> None:
    """It should leave out what is not known."""
    text = page(tallied(title='', opened=None, page_id=None, revision=None)).text
    assert 'None' not in text
    assert 'Time:' not in text
    assert '–' in text


def test_nobody_is_named() -> None:
    """It should name neither voters nor the nominator."""
    text = page(
        tallied(entry(1, 'Vulpecula'), entry(2, 'Corvus', doubt=Doubt.SPLIT), nominator='Lacerta')
    ).text
    assert not re.search('Vulpecula|Corvus|Lacerta', text)


def test_empty() -> None:
    """It should be a whole page without requests."""
    assert page().open == []
