"""Marks of tests, or classes of tests, that choose the release of their fixture ``farm``.

They go for all that stands on it: ``bot`` and ``meta_site`` are then of the same farm.
"""

from __future__ import annotations

import pytest

from tests.farm.release import Release


def on(*releases: Release) -> pytest.MarkDecorator:
    """Run a test once on each of these releases."""
    return pytest.mark.parametrize('farm', releases, indirect=True, ids=[one.value for one in releases])


ON_BOTH = on(*Release)
ON_LTS = on(Release.LTS)
