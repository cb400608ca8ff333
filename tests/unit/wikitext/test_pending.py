"""What waits on a page for its next edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.wikitext.pending import Pending, pending_on, without_pending

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / 'cases' / 'pending' / 'pages.yaml').read_text('utf-8')
)
PAGES = [(case['pending'], page, case['sentence']) for case in CASES for page in case['pages']]
#: Text that opens and closes nothing.
PLAIN = st.text(alphabet='ab #*\n[]=|', max_size=30)


@pytest.mark.parametrize(('pending', 'page', 'sentence'), PAGES)
def test_pages(pending: str | None, page: str, sentence: str) -> None:
    """It should do what the sentence of each case says."""
    expected = None if pending is None else Pending[pending.upper()]
    assert pending_on(page) is expected, sentence


@given(PLAIN, PLAIN)
def test_everywhere(before: str, after: str) -> None:
    """It should find a template to be substituted wherever it stands on a page."""
    assert pending_on(f'{before}{{{{subst:x}}}}{after}') is Pending.SUBSTITUTION


@given(st.text())
def test_any_text(text: str) -> None:
    """It should take any text."""
    pending_on(text)


@pytest.mark.parametrize(('pending', 'page', 'sentence'), PAGES)
def test_without_pending(pending: str | None, page: str, sentence: str) -> None:
    """It should leave nothing on a page for the next edit, but what a comment breaks up or hides."""
    inert = without_pending(page)
    assert inert.replace('<nowiki/>', '') == page.replace('<nowiki/>', '')
    if pending == 'substitution' and '<!--' not in page:
        assert pending_on(inert) is None


@pytest.mark.parametrize(
    ('page', 'inert'),
    [
        ('{{subst:x}} {{ SafeSubst:y|z}}', '{{<nowiki/>subst:x}} {{<nowiki/> SafeSubst:y|z}}'),
        ('{{{1|subst:}}} subst:x', '{{{1|<nowiki/>subst:}}} subst:x'),
        ('Talk. {{x}}', 'Talk. {{x}}'),
    ],
)
def test_inert(page: str, inert: str) -> None:
    """It should break up each word that the next edit would act on, and change nothing else."""
    assert without_pending(page) == inert
