"""The releases of MediaWiki that the farm can be made of."""

from __future__ import annotations

import enum


class Release(enum.Enum):
    """A release, by the name that install.sh and the command lines know it by."""

    OWN = 'own'  # the one that the machine's own Debian packages: 1.39 in Debian 12
    LTS = 'lts'  # 1.43, long-term support, from Debian 13
