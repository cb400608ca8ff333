"""Fixtures: one farm for the session, a pywikibot site for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.farm.errors import FarmError
from tests.farm.farm import Farm
from tests.farm.session import pywikibot_on


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder as one that needs the farm."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker('farm')


@pytest.fixture(scope='session')
def running_farm() -> Iterator[Farm]:
    """Start the farm once; that a part of it is missing is a failure."""
    try:
        farm = Farm.create().start()
    except FarmError as error:
        pytest.fail(str(error), pytrace=False)
    with farm:
        yield farm


@pytest.fixture
def farm(running_farm: Farm) -> Farm:
    """Give the farm with all its wikis in the state in which they began."""
    running_farm.reset()
    return running_farm


@pytest.fixture
def bot(farm: Farm, tmp_path: Path) -> Iterator[ModuleType]:
    """Give pywikibot, able to reach the farm alone, with a folder of its own."""
    with pywikibot_on(farm, tmp_path / 'bot') as pywikibot:
        yield pywikibot


@pytest.fixture
def meta_site(bot: ModuleType) -> Any:
    """Give pywikibot's site of Meta, logged in as the bot by its bot password."""
    site = bot.Site('meta', 'meta')
    site.login()
    return site
