"""What holds for all tests."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# No test fails for being slow: a busy machine says nothing about the code.
settings.register_profile('untimed', deadline=None)
settings.load_profile('untimed')


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Let a run on CI fail that skipped a test: a part that is missing there is a fault, not an excuse."""
    reporter = session.config.pluginmanager.get_plugin('terminalreporter')
    if os.environ.get('CI') and reporter is not None and reporter.stats.get('skipped'):
        reporter.write_line('tests were skipped, which CI does not allow', red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
