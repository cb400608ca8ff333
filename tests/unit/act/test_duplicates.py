"""Taking repeated notices out of a text."""

from __future__ import annotations

import pytest

from globalban_bot.act.duplicates import without_repeats

MARK = '<!-- globalban-notice 1 -->'
ONE = f'\n\n== Notice ==\n\nText. 10:00 {MARK}'
TWO = f'\n\n== Notice ==\n\nText. 10:01 {MARK}'


@pytest.mark.parametrize(
    ('before', 'blocks', 'after'),
    [
        (f'a{ONE}', [ONE], f'a{ONE}'),
        (f'a{ONE}{TWO}', [ONE, TWO], f'a{ONE}'),
        (f'a{ONE}{ONE}', [ONE, ONE], f'a{ONE}'),
        (f'a{ONE}{ONE}', [ONE], f'a{ONE}{ONE}'),
        (f'a{ONE}\n: reply{ONE}\n: more', [ONE, ONE], f'a{ONE}\n: reply\n: more'),
        (f'a{TWO}\n\nb{ONE}', [ONE, TWO], f'a{TWO}\n\nb'),
        (f'a stranger {MARK}{ONE}', [ONE], f'a stranger {MARK}{ONE}'),
        (f'a stranger {MARK}{ONE}{TWO}', [ONE, TWO], f'a stranger {MARK}{ONE}'),
        (f'a changed {MARK}{TWO}', [ONE, TWO], f'a changed {MARK}'),
        (f'a{ONE}\n\ncopied {MARK}', [ONE], f'a{ONE}\n\ncopied {MARK}'),
        (f'a{ONE}{TWO.replace("Text", "Changed")}', [ONE, TWO], f'a{ONE}{TWO.replace("Text", "Changed")}'),
        (f'a{ONE}{TWO}', [], f'a{ONE}{TWO}'),
        (f'a{ONE}b', ['', 'b'], f'a{ONE}b'),
        ('', [ONE], ''),
    ],
)
def test_repeats(before: str, blocks: list[str], after: str) -> None:
    """It should take away the bot's later notices, never the first one, and never what others wrote."""
    assert without_repeats(before, MARK, blocks) == after
