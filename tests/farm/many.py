"""A farm of fifty wikis, for notices across wikis: started once for a session where a test asks for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from tests.farm.errors import FarmError
from tests.farm.farm import STATED, Farm
from tests.farm.folders import SOURCE
from tests.farm.jobs import empty_queue
from tests.farm.release import Release

MANY_WIKIS = SOURCE / 'manywikis.yaml'

#: Where the community of each wiki meets, by database name.
PUMPS: Mapping[str, str] = yaml.safe_load((SOURCE / 'pumps.yaml').read_text(encoding='utf-8'))

#: Meta's template for lists of action=massmessage: its title, and a text that knows ``page`` and ``site``.
TARGET_TEMPLATE = ('Template:Target', '{{#target:{{{page}}}|{{{site|}}}}}')


def create_many(release: Release = Release.OWN, cache: Path | None = None) -> Farm:
    """Make the farm, with the messages of all its languages compiled, ready to be started."""
    farm = Farm.create(release=release, cache=cache, path=MANY_WIKIS)
    try:
        languages = sorted({wiki.language for wiki in farm.wikis.values()})
        farm.run('metawiki', 'rebuildLocalisationCache', f'--lang={",".join(languages)}', '--threads=2')
    except BaseException:
        farm.stop()
        raise
    return farm


def keep_all(farm: Farm, folder: Path) -> None:
    """Copy the state of all wikis, and all that is stated and switched, into an empty folder."""
    for dbname in farm.wikis:
        farm.keep(dbname, folder / f'{dbname}.sqlite')
    shutil.copytree(farm.folders.run / 'switch', folder / 'switch')
    for path in _stated(farm.folders.run):
        shutil.copy(path, folder)


def restore_all(farm: Farm, folder: Path) -> None:
    """Put all wikis back to a state that was kept."""
    shutil.rmtree(farm.folders.run / 'switch')
    shutil.copytree(folder / 'switch', farm.folders.run / 'switch')
    for path in _stated(farm.folders.run):
        path.unlink()
    for path in _stated(folder):
        shutil.copy(path, farm.folders.run)
    empty_queue(farm.folders)
    for dbname in farm.wikis:
        farm.restore(dbname, folder / f'{dbname}.sqlite')


def _stated(folder: Path) -> list[Path]:
    return [path for name in STATED if (path := folder / f'{name}.json').exists()]


@pytest.fixture(scope='session')
def running_many() -> Iterator[Farm]:
    """Start the farm with many wikis once; that a part of it is missing is a failure."""
    try:
        farm = create_many().start()
    except FarmError as error:
        pytest.fail(str(error), pytrace=False)
    with farm:
        yield farm


@pytest.fixture
def many(running_many: Farm) -> Farm:
    """Give the farm with many wikis, all in the state in which they began."""
    running_many.reset()
    return running_many
