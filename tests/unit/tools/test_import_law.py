"""The law of imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools.import_law import LAW, breaches, room_of

CHECKOUT = Path(__file__).parents[3]


def test_the_checkout_holds_the_law() -> None:
    """It should find no breach in this checkout."""
    assert [*breaches(CHECKOUT)] == []


def test_every_room_has_a_law() -> None:
    """It should know a law for every room of the package."""
    rooms = {room_of(path.relative_to(CHECKOUT)) for path in (CHECKOUT / 'globalban_bot').rglob('*.py')}
    assert rooms - {'__init__'} <= set(LAW)


def found_in(root: Path, name: str, source: str) -> list[str]:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, 'utf-8')
    return [*breaches(root)]


#: Files, and imports in them that break the law.
BREACHES: dict[str, tuple[str, str]] = {
    'decide from gather': (
        'globalban_bot/decide/x.py',
        'from globalban_bot.gather.live_requests import LiveSource',
    ),
    'decide from render': ('globalban_bot/decide/x.py', 'import globalban_bot.render.box'),
    'decide from wikitext, renamed': ('globalban_bot/decide/x.py', 'import globalban_bot.wikitext.page as p'),
    'wikitext from decide': ('globalban_bot/wikitext/x.py', 'from globalban_bot.decide import tally'),
    'render from decide': ('globalban_bot/render/x.py', 'from globalban_bot.decide.tally import tally'),
    'model from errors': ('globalban_bot/model/x.py', 'from globalban_bot.errors import UserError'),
    'room from the package': ('globalban_bot/decide/x.py', 'from globalban_bot import gather'),
    'main from the package': ('globalban_bot/__main__.py', 'from globalban_bot import gather'),
    'main from render': ('globalban_bot/__main__.py', 'from globalban_bot.render.box import render_box'),
    'errors from model': ('globalban_bot/errors.py', 'from globalban_bot.model.vote import Vote'),
    'script from gather': ('scripts/x.py', 'from globalban_bot.gather.live_requests import LiveSource'),
    'below a function': ('globalban_bot/decide/x.py', 'def f():\n    from globalban_bot.act import folder'),
    'for the types alone': (
        'globalban_bot/decide/x.py',
        'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from globalban_bot.act import folder',
    ),
    'in a folder of a room': ('globalban_bot/decide/a/b/x.py', 'import globalban_bot.jobs'),
    'relative': ('globalban_bot/decide/x.py', 'from ..gather.live import LiveSource'),
    'relative, the room itself': ('globalban_bot/decide/x.py', 'from .. import gather'),
    'pywikibot in wikitext': ('globalban_bot/wikitext/x.py', 'import pywikibot'),
    'pywikibot in decide': ('globalban_bot/decide/x.py', 'from pywikibot.page import Page'),
    'pywikibot in tasks': ('globalban_bot/jobs/x.py', 'import pywikibot.site as s'),
    'pywikibot in main': ('globalban_bot/__main__.py', 'import sys, pywikibot'),
    'pywikibot in a file of the package': ('globalban_bot/x.py', 'import pywikibot'),
}


@pytest.mark.parametrize(('name', 'source'), BREACHES.values(), ids=BREACHES)
def test_breach(name: str, source: str, tmp_path: Path) -> None:
    """It should name a breach with its file and line."""
    found = found_in(tmp_path, name, source)
    assert len(found) == 1
    assert found[0].startswith(f'{name}:')
    assert 'must not import' in found[0]


#: Files, and imports in them that the law allows.
ALLOWED: dict[str, tuple[str, str]] = {
    'model': ('globalban_bot/decide/x.py', 'from globalban_bot.model.vote import Vote'),
    'its own room': ('globalban_bot/decide/x.py', 'from globalban_bot.decide.review_items import looks_of'),
    'its own room, relative': ('globalban_bot/decide/x.py', 'from .looks import looks_of'),
    'policy in decide': ('globalban_bot/decide/x.py', 'import globalban_bot.policy'),
    'tasks': ('globalban_bot/jobs/x.py', 'from globalban_bot.act.folder_writer import FolderWriter'),
    'version in main': ('globalban_bot/__main__.py', 'from globalban_bot import __version__'),
    'pywikibot in gather': ('globalban_bot/gather/x.py', 'import pywikibot'),
    'scripts from cli': ('scripts/x.py', 'from globalban_bot.cli.main import script'),
    'a package with a name alike': ('globalban_bot/decide/x.py', 'import pywikibot_more, globalban_bots'),
    'words in a text': ('globalban_bot/decide/x.py', '"""import pywikibot"""'),
}


@pytest.mark.parametrize(('name', 'source'), ALLOWED.values(), ids=ALLOWED)
def test_allowed(name: str, source: str, tmp_path: Path) -> None:
    """It should not object to what the law allows."""
    assert found_in(tmp_path, name, source) == []


def test_line(tmp_path: Path) -> None:
    """It should name each breach of a file, by line."""
    source = 'import pywikibot\n\nimport os\nfrom globalban_bot.act import folder\n'
    found = found_in(tmp_path, 'globalban_bot/decide/x.py', source)
    assert [line.split(':')[1] for line in found] == ['1', '4']


def test_command() -> None:
    """It should end well where the law holds."""
    command = [sys.executable, '-m', 'tools.import_law']
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, 'the law of imports holds\n')
