"""The pages of the kit, as text; how MediaWiki shows them is looked at in ``tests/farm/test_kit.py``."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.kit import KitPage
from globalban_bot.model.stop_page import RUN
from globalban_bot.profiles.loader import Profile, load_profile
from globalban_bot.render.kit import kit_pages

META, EXAMPLE = load_profile('meta'), load_profile('example')
USER, TEMPLATE = 'User:Request facts bot', 'Template:Request facts bot'
#: The whole kit of Meta, in order.
TITLES = [
    *(f'{USER}/{name}' for name in ('Run', 'Settings.json', 'Texts.json')),
    f'{TEMPLATE}/styles.css',
    *(f'{USER}/{name}' for name in ('Method', 'Box/doc', 'Box', 'Why')),
    *(f'{USER}/{name}' for name in ('Ask for delivery', 'Help', 'Ask/doc', 'Ask/show', 'Ask')),
]


def pages(profile: Profile = META, *, styled: bool = True) -> dict[str, KitPage]:
    return {page.title: page for page in kit_pages(profile, Messages(), styled=styled)}


def test_whole_kit() -> None:
    """It should give all pages, the stop page first, and what a template calls before the template."""
    assert list(pages()) == TITLES


def test_seeds() -> None:
    """It should begin with a bot that may run, and empty settings and texts."""
    seeds = {page.title.rpartition('/')[2]: (page.text, page.model) for page in pages().values() if page.seed}
    assert seeds == {'Run': (RUN, 'wikitext'), 'Settings.json': ('{}', 'json'), 'Texts.json': ('{}', 'json')}
    assert all(json.loads(text) == {} for text, model in seeds.values() if model == 'json')


#: What a profile may leave out, and the pages that are missing then.
PARTS = {
    'settings': {f'{USER}/Settings.json'},
    'notices': {f'{USER}/Texts.json', f'{USER}/Why', f'{USER}/Ask for delivery'},
    'commands': {f'{USER}/Ask', f'{USER}/Ask/doc', f'{USER}/Ask/show'},
    'kit': {
        f'{TEMPLATE}/styles.css',
        f'{USER}/Box',
        f'{USER}/Box/doc',
        f'{USER}/Help',
        f'{USER}/Why',
        f'{USER}/Ask for delivery',
    },
}


@pytest.mark.parametrize('part', PARTS)
def test_part_left_out(part: str) -> None:
    """It should leave out the pages of a part that the profile does not have, and all links to them."""
    lack: dict[str, Any] = {part: None}
    without = pages(replace(META, **lack))
    assert set(TITLES) - set(without) == PARTS[part]
    texts = '\n'.join(page.text for page in without.values())
    # "…/Box" is the beginning of no other title; "…/Ask" neither.
    assert [title for title in PARTS[part] if re.search(rf'{re.escape(title)}\b', texts)] == []


def test_least_kit() -> None:
    """It should give a farm that has none of these parts the stop page and the method."""
    assert list(pages(EXAMPLE)) == [EXAMPLE.stop_page, EXAMPLE.method_page]


def test_without_styles() -> None:
    """It should name no style sheet on a wiki that has no use for one."""
    plain = pages(styled=False)
    assert [*plain] == [title for title in TITLES if not title.endswith('.css')]
    assert not any('templatestyles' in page.text for page in plain.values())


def test_styles_only_where_they_are() -> None:
    """It should ask in each template whether the style sheet is there: a missing one would be an error."""
    called = [page.text for page in pages().values() if '<templatestyles' in page.text]
    assert len(called) == 2
    assert all(f'{{{{#ifexist: {TEMPLATE}/styles.css | <templatestyles' in text for text in called)


def test_nothing_is_left_to_fill_in() -> None:
    """It should leave no placeholder, no signature and no name for a person."""
    for page in pages().values():
        # The form of MediaWiki fills in the first parameter of a text that fills in a form.
        text = page.text.replace('$1', '') if page.title.endswith('delivery') else page.text
        assert '$' not in text, page.title
        assert '~~~' not in page.text, page.title
        assert '[[User:Request facts bot]]' not in page.text, page.title


def test_language_of_prose() -> None:
    """It should say of each guide in which language and direction it is written."""
    guides = [page for title, page in pages().items() if re.search('/(doc|Help|Method)$', title)]
    assert len(guides) == 4
    assert all('lang="en" dir="ltr"' in page.text.partition('\n')[0] for page in guides)
    assert all(page.text.endswith('</div>\n') for page in guides)


def test_template_is_no_command_itself() -> None:
    """It should keep what a template does from its own page, and its lines from the page that uses it."""
    for title in (f'{USER}/Ask', f'{USER}/Ask/show', f'{USER}/Box'):
        text = pages()[title].text
        assert text.startswith('<includeonly>')
        assert '</includeonly><noinclude>' in text
        assert text.endswith('</noinclude>\n')


def test_style_sheet() -> None:
    """It should use variables for colours alone, each with a colour behind, and no side of its own."""
    css = re.sub(r'/\*.*?\*/', '', pages()[f'{TEMPLATE}/styles.css'].text, flags=re.DOTALL)
    lines = re.findall(r'^\t([a-z-]+): (.*);$', css, re.MULTILINE)
    coloured = {name for name, value in lines if 'var(' in value}
    assert coloured == {'border', 'background-color', 'color'}
    for _, value in lines:
        assert re.sub(r'var\(--[a-z-]+, #[0-9a-f]{6}\)', '', value).count('var(') == 0
    assert not re.search('left|right|url|!important', css)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast() -> None:
    """It should set text off from its ground as WCAG 2.1 asks (level AA), where the skin names no colours."""
    css = pages()[f'{TEMPLATE}/styles.css'].text
    found = dict(re.findall(r'\t(color|background-color): var\(--[a-z-]+, (#[0-9a-f]{6})\)', css))
    dark, light = sorted(map(luminance, found.values()))
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_every_file_is_used() -> None:
    """It should have no file in the folder of the kit that no page is made of."""
    whole = '\n'.join(page.text for page in pages().values())
    for path in (files('globalban_bot') / 'kit').iterdir():
        lines = [line.strip() for line in path.read_text('utf-8').splitlines() if '$' not in line]
        assert max(lines, key=len) in whole, path.name
