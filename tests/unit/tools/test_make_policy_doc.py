"""The document on the policies."""

from __future__ import annotations

from pathlib import Path

import pytest

from globalban_bot.policy import loader
from globalban_bot.policy.loader import policy_names, read_policy
from tools import make_policy_doc
from tools.make_policy_doc import document, main

GOOD = Path(__file__).parents[2] / 'cases' / 'policy_files' / 'good.yaml'


def test_up_to_date() -> None:
    """It should stand in docs/policy.md as the policies are (run: python -m tools.make_policy_doc)."""
    assert make_policy_doc.TARGET.read_text('utf-8') == document()


def test_every_policy_is_told() -> None:
    """It should tell of every policy and every overlay of the package."""
    text = document()
    for name in (*policy_names(), *loader.overlay_names()):
        assert f'`{name}`' in text


@pytest.mark.parametrize(
    'row',
    [
        '| before 10 January 2018, 15:24 | no such rule yet | | |',
        '| from 10 January 2018, 15:24 | **repealed** | seen | amendment |',
        '| from 3 March 2013, 21:06, to 10 January 2018, 15:24 | 2 wikis | *inferred* | adoption |',
        '| from 10 January 2018, 15:24 | 1 month | seen | amendment |',
        '| from 1 February 2020 | 100 edits on any one wiki before the opening | seen | vote |',
        '`blocked-projects`: 2 wikis or other places.',
        '**Illustration, no proposal.**',
    ],
)
def test_rows(row: str) -> None:
    """It should tell "not yet" and "repealed" apart, show what is inferred, and label the illustration."""
    assert row in document()


def test_recalled_is_not_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    """It should call "not verified" what is from memory, and name a revision that was compared."""
    policy = read_policy(GOOD.read_bytes(), 'good')
    monkeypatch.setattr(make_policy_doc, 'policy_names', lambda: ('good',))
    monkeypatch.setattr(make_policy_doc, 'load_policy', lambda name: policy)
    monkeypatch.setattr(make_policy_doc, 'overlays_of', lambda name: ())
    assert '| from 1 February 2022 | **repealed** | **not verified** | vote |' in document()
    assert 'Checked on 22 November 2026 with revision 12 of the page.' in document()


def test_check(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should tell by its exit code whether the file is up to date, and write nothing to check it."""
    target = tmp_path / 'policy.md'
    target.write_text('old', 'utf-8')
    monkeypatch.setattr(make_policy_doc, 'TARGET', target)
    assert main(['--check']) == 1
    assert 'not up to date' in capsys.readouterr().err
    assert target.read_text('utf-8') == 'old'
    assert main([]) == 0
    assert main(['--check']) == 0
    assert main(['--chekc']) == 2
