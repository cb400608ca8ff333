"""Whether an edit saved the notice alone."""

from __future__ import annotations

import pytest

from globalban_bot.act.appended import is_append
from globalban_bot.model.notice import Audience, Notice
from globalban_bot.model.target import Target

NOTICE = Notice(
    Target('dewiki', 'https://de.wikipedia.org', 'de', 'P'),
    Audience.COMMUNITY, 'en', 'Heading', '<div>\nWords. ~~~~\n</div>\n<!-- x -->', reviewed=True,
)  # fmt: skip
SAVED = '== Heading ==\n\n<div>\nWords. [[User:Bot]] 10:00\n</div>\n<!-- x -->'


@pytest.mark.parametrize(
    ('before', 'after', 'alone'),
    [
        ('Talk.', f'Talk.\n\n{SAVED}', True),
        ('', SAVED, True),
        ('Talk. {{subst:x}}', f'Talk. Planted words.\n\n{SAVED}', False),
        ('Talk. ~~~~', f'Talk. [[User:Bot]]\n\n{SAVED}', False),
        ('Talk.', f'Talk.\n\n{SAVED}\n: more', False),
        ('Talk.', f'Talk.\n\nmore\n\n{SAVED}', False),
        ('Talk.', 'Talk.\n\n' + SAVED.replace('10:00', '10:00\n[[User:Ada]]'), False),
        ('Talk.', 'Talk.\n\n' + SAVED.replace('10:00', 'x' * 3000), False),
        ('Talk.', 'Talk.', False),
        ('Talk. <!--', f'Talk. <!--\n\n== Heading ==\n\n{NOTICE.body}', False),
        ('Talk.', SAVED, False),
    ],
)
def test_append(before: str, after: str, alone: bool) -> None:
    """It should see whether anything but the notice, with its signature, was added or changed."""
    assert is_append(before, after, NOTICE) is alone
