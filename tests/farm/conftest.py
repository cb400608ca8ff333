"""Fixtures: one farm of each release for the session, one with many wikis, a pywikibot site for each test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.farm.errors import FarmError
from tests.farm.farm import Farm
from tests.farm.many import many, running_many  # noqa: F401  # fixtures
from tests.farm.notices_stage import kept_notices, notices  # noqa: F401  # fixtures
from tests.farm.release import Release
from tests.farm.session import pywikibot_on

RUNNING = {Release.OWN: 'running_farm', Release.LTS: 'running_lts_farm'}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder as one that needs the farm."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker('farm')


@pytest.fixture(scope='session')
def running_farm() -> Iterator[Farm]:
    """Start the farm of the machine's own release once."""
    with started(Release.OWN) as farm:
        yield farm


@pytest.fixture(scope='session')
def running_lts_farm() -> Iterator[Farm]:
    """Start the farm of MediaWiki 1.43 once, where a test asks for it."""
    with started(Release.LTS) as farm:
        yield farm


@contextmanager
def started(release: Release) -> Iterator[Farm]:
    """Start a farm; that a part of it is missing is a failure."""
    try:
        farm = Farm.create(release=release).start()
    except FarmError as error:
        pytest.fail(str(error), pytrace=False)
    with farm:
        yield farm


@pytest.fixture
def farm(request: pytest.FixtureRequest) -> Farm:
    """Give the farm with all its wikis in the state in which they began.

    It is of the machine's own release, unless the test is marked with ``releases.ON_BOTH`` or ``ON_LTS``.
    """
    release = getattr(request, 'param', Release.OWN)
    running: Farm = request.getfixturevalue(RUNNING[release])
    running.reset()
    return running


@pytest.fixture
def lts_farm(running_lts_farm: Farm) -> Farm:
    """Give the farm of MediaWiki 1.43 in the state in which it began; for a test that needs both at once."""
    running_lts_farm.reset()
    return running_lts_farm


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
