"""Which accounts a request is about."""

from __future__ import annotations

import pytest

from globalban_bot.profiles.loader import load_profile
from globalban_bot.wikitext.page import Reader
from globalban_bot.wikitext.subjects import in_title


@pytest.mark.parametrize(
    ('title', 'subjects'),
    [
        ('Global ban for Zephyra', ('Zephyra',)),
        ('Global ban of Zephyra', ('Zephyra',)),
        ('Global ban request for Zephyra', ('Zephyra',)),
        ('Global ban for user Zephyra', ('Zephyra',)),
        ('Global ban of user:Zephyra', ('Zephyra',)),
        ('Global ban of Zephyra and Yarrow', ('Zephyra', 'Yarrow')),
        ('Global ban for Zephyra, Yarrow and Teasel', ('Zephyra', 'Yarrow', 'Teasel')),
        ('Global ban for Zephyra, Yarrow, and Teasel', ('Zephyra', 'Yarrow', 'Teasel')),
        ('Global ban for Zephyra, the second', ('Zephyra, the second',)),
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
        ('Zephyra', '* {{user|Zephyra}}\n* {{user|Yarrow}}\n', ('Zephyra',)),
        ('Zephyra', '* {{user|Yarrow}}\n', ('Zephyra',)),
        ('Zephyra', '== Sockpuppets ==\n* {{user|Zephyra}}\n* {{user|Yarrow}}\n', ('Zephyra',)),
        ('Zephyra', '== Support ==\n# {{user|Zephyra}} {{user|Yarrow}}\n', ('Zephyra',)),
        ('Zephyra', '* {{user|Zephyra}}\n* {{user|zephyra}}\n', ('Zephyra',)),
    ],
)
def test_of_text(reader: Reader, title: str, text: str, subjects: tuple[str, ...]) -> None:
    """It should take the accounts of the title alone, as anybody can add one to the list on the page."""
    assert reader.read(text, title=f'Requests for comment/Global ban for {title}').subjects == subjects


def test_another_title(reader: Reader) -> None:
    """It should know a closed ban request under another title by its status."""
    text = '{{rfc subpage|status=globalban-yes}}\n* {{user|Zephyra}}\n'
    assert reader.read(text, title='Requests for comment/Zephyra').subjects == ('Zephyra',)
    assert reader.read('* {{user|Zephyra}}', title='Requests for comment/Zephyra').subjects == ()


LIST = '* {{user|Zephyra}}\n* {{user|Yarrow}}\n'
#: Texts of a first revision, and which accounts their readers see listed.
LISTED: dict[str, tuple[str, tuple[str, ...] | None]] = {
    'a list': (LIST, ('Zephyra', 'Yarrow')),
    'no list': ('[[User:Zephyra]] and [[User:Yarrow]]', ()),
    'a comment': ('* {{user|Zephyra}}\n<!--\n* {{user|Yarrow}}\n-->', ('Zephyra',)),
    'nowiki': ('* {{user|Zephyra}}\n<nowiki>\n* {{user|Yarrow}}\n</nowiki>', ('Zephyra',)),
    'includeonly': ('* {{user|Zephyra}}\n<includeonly>\n* {{user|Yarrow}}\n</includeonly>', ('Zephyra',)),
    'not shown': (f'<div style="display: none">\n{LIST}</div>\ntext', ()),
    'not shown, in disguise': (f'<div style="display:/**/none">\n{LIST}</div>\ntext', ()),
    'not shown, within': (f'<div style="display:none"><div>x</div>\n{LIST}</div>\ntext', ()),
    'never closed': (f'text\n<includeonly>\n{LIST}', ()),
    'shown': (f'<div style="display: block">\n{LIST}</div>', ('Zephyra', 'Yarrow')),
    'a table that is not shown': (f'{{| style="display:none"\n|\n{LIST}|}}', None),
}


@pytest.mark.parametrize(('text', 'accounts'), LISTED.values(), ids=LISTED)
def test_listed(reader: Reader, text: str, accounts: tuple[str, ...] | None) -> None:
    """It should read the accounts that a reader of the page sees listed, or say that they are not known."""
    assert reader.listed(text) == accounts


FORMS = load_profile('meta').titles
#: A name, the title of a request, and whether the title names it.
NAMED: list[tuple[str, str, bool]] = [
    ('Ada', 'Requests for comment/Global ban for Ada', True),
    ('Ada', 'Requests for comment/Global ban for ada', True),
    ('Ada', 'Requests for comment/Global ban for User:Ada', True),
    ('Ada', 'Requests for comment/Global ban for Ada 2', True),
    ('Ada 2', 'Requests for comment/Global ban for Ada 2', True),
    ('Ada', 'Requests for comment/Global ban for Ada and Bo', True),
    ('Bo', 'Requests for comment/Global ban for Ada & Bo', True),
    ('Ada Bo', 'Requests for comment/Global ban for Ada_Bo', True),
    ('Ada', 'Requests for comment/Global ban for Adalbert', False),
    ('Innocent One', 'Requests for comment/Global ban for Ada', False),
    ('Ada', 'Requests for comment/Something on Ada', False),
]


@pytest.mark.parametrize(('name', 'title', 'named'), NAMED)
def test_in_title(name: str, title: str, named: bool) -> None:
    """It should tell by the title alone whether it names an account."""
    assert in_title(name, title, FORMS) is named
