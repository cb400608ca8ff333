"""Where the farm keeps what it needs: a cache that stays, a run that does not."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from tests.farm.release import Release

SOURCE = Path(__file__).resolve().parent
CHECKOUT = SOURCE.parent.parent


def default_cache() -> Path:
    """Return the cache folder, which FARM_CACHE can place elsewhere."""
    return Path(os.environ.get('FARM_CACHE', CHECKOUT / '.cache' / 'farm')).resolve()


@dataclass(frozen=True)
class Folders:
    """The places of one farm.

    :param cache: what is kept between runs, for each release: its tree, template databases, messages
    :param run: what belongs to one farm: databases, switches, logs
    :param release: the MediaWiki that the farm is made of
    """

    cache: Path
    run: Path
    release: Release = Release.OWN

    @property
    def kept(self) -> Path:
        """What is kept for this release."""
        return self.cache / self.release.value

    @property
    def mediawiki(self) -> Path:
        """The unpacked tree."""
        return self.kept / 'mw'

    @property
    def templates(self) -> Path:
        """The databases that wikis begin with."""
        return self.kept / 'template'

    def database(self, dbname: str) -> Path:
        """Return the SQLite file of a wiki."""
        return self.run / 'data' / f'{dbname}.sqlite'

    def make(self) -> None:
        """Create the folders of the run."""
        for name in ('data', 'switch'):
            (self.run / name).mkdir(parents=True, exist_ok=True)

    def environment(self) -> dict[str, str]:
        """Return the variables that the PHP side reads."""
        return {
            **os.environ,
            'FARM_MEDIAWIKI': str(self.mediawiki),
            'FARM_MESSAGES': str(self.kept / 'l10n'),
            'FARM_RUN': str(self.run),
            'FARM_SOURCE': str(SOURCE),
            'MW_CONFIG_FILE': str(SOURCE / 'LocalSettings.php'),
            'MW_INSTALL_PATH': str(self.mediawiki),
        }
