"""The diffs on other wikis that a page names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.wikitext.named_diffs import named_diffs

DE = ('de.wikipedia.org', 123)


@pytest.mark.parametrize(
    ('text', 'named'),
    [
        ('[https://de.wikipedia.org/w/index.php?diff=123 told]', (DE,)),
        ('[//DE.wikipedia.org/w/index.php?title=X&diff=123&oldid=122 told]', (DE,)),
        ('https://de.wikipedia.org/wiki/Special:Diff/123.', (DE,)),
        ('https://de.wikipedia.org/wiki/Special:Diff/122/123', (DE,)),
        ('//de.wikipedia.org/wiki/Special:Diff/123 //de.wikipedia.org/w/index.php?diff=123', (DE,)),
        ('https://de.wikipedia.org/w/index.php?oldid=123', ()),
        ('https://de.wikipedia.org/wiki/Special:Diff/prev', ()),
        ('<!-- https://de.wikipedia.org/wiki/Special:Diff/123 -->', ()),
        ('<nowiki>https://de.wikipedia.org/wiki/Special:Diff/123</nowiki>', ()),
    ],
)
def test_named(text: str, named: tuple[tuple[str, int], ...]) -> None:
    """It should read the diffs that readers can follow, each once."""
    assert named_diffs(text) == named


@given(st.text(alphabet='/w.:iki1Special:Diff?=<!->[ ]', max_size=60))
def test_any_text(text: str) -> None:
    """It should read any text."""
    assert all(host and revision >= 0 for host, revision in named_diffs(text))
