"""What holds for all tests of jobs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from globalban_bot.policy import loader
from tests.unit.policy.policy_of_2026 import TEXT


@pytest.fixture(autouse=True, scope='module')
def policy_of_2026() -> Iterator[None]:
    """Hold jobs to the policy of November 2026, so that no test depends on its newest values."""
    data = loader._data

    def frozen(folder: Any, name: str, kind: str) -> str | bytes:
        return TEXT if (name, kind) == ('global-bans', 'policy') else data(folder, name, kind)

    with pytest.MonkeyPatch.context() as patch:
        loader.load_policy.cache_clear()
        patch.setattr(loader, '_data', frozen)
        yield
    loader.load_policy.cache_clear()
