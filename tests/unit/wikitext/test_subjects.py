"""Which accounts a request is about."""

from __future__ import annotations

import pytest

from globalban_bot.wikitext.page import Reader


@pytest.mark.parametrize(
    ('title', 'subjects'),
    [
        ('Global ban for Zephyra', ('Zephyra',)),
        ('Global ban of Zephyra', ('Zephyra',)),
        ('Global ban request for Zephyra', ('Zephyra',)),
        ('Global ban for user Zephyra', ('Zephyra',)),
        ('Global ban of user:Zephyra', ('Zephyra',)),
        ('Global ban of Zephyra and Yarrow', ('Zephyra', 'Yarrow')),
        ('Global ban for Zephyra (2)', ('Zephyra',)),
        ('Global ban for Zephyra 2', ('Zephyra',)),
        ('Global ban for Zephyra_2', ('Zephyra',)),
        ('Global ban for זפירה', ('זפירה',)),
        ("Global ban for O'Quill 77 x", ("O'Quill 77 x",)),
        ('Improvement of something', ()),
        ('Zephyra', ()),
    ],
)
def test_of_title(reader: Reader, title: str, subjects: tuple[str, ...]) -> None:
    """It should read the accounts in the title of a request."""
    assert reader.read('text', title=f'Requests for comment/{title}').subjects == subjects


@pytest.mark.parametrize(
    ('title', 'text', 'subjects'),
    [
        ('Zephyra and Yarrow', '{{lockhide|Zephyra and Yarrow}}', ('Zephyra and Yarrow',)),
        ('Zephyra 2', '[[User:Zephyra 2|the account]]', ('Zephyra 2',)),
        ('Zephyra', '* {{user|Zephyra}}\n* {{user|Yarrow}}\n', ('Zephyra', 'Yarrow')),
        ('Zephyra', '* {{user|Yarrow}}\n', ('Zephyra',)),
        ('Zephyra', '== Sockpuppets ==\n* {{user|Zephyra}}\n* {{user|Yarrow}}\n', ('Zephyra',)),
        ('Zephyra', '== Support ==\n# {{user|Zephyra}} {{user|Yarrow}}\n', ('Zephyra',)),
        ('Zephyra', '* {{user|Zephyra}}\n* {{user|zephyra}}\n', ('Zephyra',)),
    ],
)
def test_of_text(reader: Reader, title: str, text: str, subjects: tuple[str, ...]) -> None:
    """It should prefer the accounts that the statement lists, where the title is among them."""
    assert reader.read(text, title=f'Requests for comment/Global ban for {title}').subjects == subjects


def test_another_title(reader: Reader) -> None:
    """It should know a closed ban request under another title by its status."""
    text = '{{rfc subpage|status=globalban-yes}}\n* {{user|Zephyra}}\n'
    assert reader.read(text, title='Requests for comment/Zephyra').subjects == ('Zephyra',)
    assert reader.read('* {{user|Zephyra}}', title='Requests for comment/Zephyra').subjects == ()
