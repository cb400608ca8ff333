"""Links by which people send."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.pages.send_links import LONGEST_LINK, form_link, section_link
from globalban_bot.render.title import address
from tests.unit.render.notices import TEXTS, notice, target

SERVER = 'https://meta.wikimedia.org'
ANY = st.text(st.characters(codec='utf-8'), max_size=80)


def fields(link: str) -> dict[str, list[str]]:
    """Return what a browser sends."""
    return parse_qs(urlsplit(link).query, keep_blank_values=True, strict_parsing=True)


def test_form_link() -> None:
    """It should fill in list, subject and message, and nothing that is read later or skips the checks."""
    made = notice()
    link = form_link(SERVER, 'User:Bot/Targets/de', made)
    assert link is not None
    assert fields(link) == {
        'spamlist': ['User:Bot/Targets/de'],
        'subject': [made.heading],
        'message': [made.body],
    }
    assert urlsplit(link).path == '/wiki/Special:MassMessage'


@given(ANY, ANY)
def test_any_text(heading: str, body: str) -> None:
    """It should bring any text over as it is, in an address that does not act on the page."""
    link = form_link(SERVER, 'List', replace(notice(), heading=heading, body=body))
    assert link is not None
    found = fields(link)
    assert (found['subject'], found['message']) == ([heading], [body])
    assert address(link) == link or '__' in link
    assert not set('~[]{}<>|\'" \n') & set(link)


def test_too_long() -> None:
    """It should give no link that is longer than servers take."""
    assert form_link(SERVER, 'List', replace(notice(), body='x' * LONGEST_LINK)) is None
    for language in TEXTS.by_language:
        link = form_link(SERVER, 'List', notice(target('xwiki', language)))
        assert link is None or len(link) <= LONGEST_LINK


@given(ANY, ANY)
def test_section_link(heading: str, parameter: str) -> None:
    """It should open a new section with a page that fills it in, its heading and its parameters."""
    link = section_link(SERVER, 'User talk:A & B', 'User:Bot/Text', f'x{heading}', (parameter,))
    assert fields(link) == {
        'title': ['User talk:A & B'],
        'action': ['edit'],
        'section': ['new'],
        'preload': ['User:Bot/Text'],
        'preloadtitle': [f'x{heading}'],
        'preloadparams[]': [parameter],
    }
    assert not set('~[]{}<>|\'" \n') & set(link)
