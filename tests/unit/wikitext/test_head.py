"""The head template."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from globalban_bot.model.dialect import Dialect
from globalban_bot.model.request import Head
from globalban_bot.model.state import Phase, Status
from globalban_bot.wikitext.head import UNCLEAR, find_head, read_date, read_head, read_sign
from globalban_bot.wikitext.page import Reader
from tests.unit.wikitext.makers import When

NAMES = frozenset({'rfc subpage'})


@pytest.fixture
def head(reader: Reader) -> Callable[[str], Head]:
    """Return what reads the head of a page."""
    return lambda text: read_head(find_head(text, reader.heads), reader.statuses, reader.dialect)


@pytest.mark.parametrize(
    ('text', 'found'),
    [
        ('{{rfc subpage}}', '{{rfc subpage}}'),
        ('{{Rfc subpage\n|status=\n}}\ntext', '{{Rfc subpage\n|status=\n}}'),
        ('[[Category:A]]\n<!-- x -->__NOINDEX__{{Rfc_subpage|a}}', '{{Rfc_subpage|a}}'),
        ('<onlyinclude>{{rfc subpage|a}}</onlyinclude>', '{{rfc subpage|a}}'),
        ('{{/header}}{{rfc subpage|1}}{{rfc subpage|2}}', '{{rfc subpage|1}}'),
        ('<!-- {{rfc subpage|1}} -->{{rfc subpage|2}}', '{{rfc subpage|2}}'),
        ('<nowiki>{{rfc subpage}}</nowiki>', None),
        ('{{rfc}}', None),
        ('', None),
        ('x' * 70_000 + '{{rfc subpage}}', UNCLEAR),
    ],
)
def test_find(text: str, found: str | None) -> None:
    """It should find the first head of a page, whatever stands before it."""
    template = find_head(text, NAMES)
    assert (getattr(template, 'source', template)) == found


@pytest.mark.parametrize(
    ('word', 'status'),
    [
        ('', Status.OPEN),
        ('globalban-yes', Status.SUCCESSFUL),
        ('Globalban-Yes', Status.SUCCESSFUL),
        ('   resolved   ', Status.SUCCESSFUL),
        ('globalban-no', Status.UNSUCCESSFUL),
        ('unsuccessful', Status.UNSUCCESSFUL),
        ('invalid', Status.INVALID),
        ('inactive', Status.INACTIVE),
        ('closed', Status.CLOSED),
        ('closed <!-- by a clerk -->', Status.CLOSED),
        ('something else', Status.UNKNOWN),
    ],
)
def test_status(head: Callable[[str], Head], word: str, status: Status) -> None:
    """It should know what the status words mean."""
    assert head(f'{{{{rfc subpage |status = {word} |comment= |date= }}}}').status is status


def test_comment(head: Callable[[str], Head], when: When) -> None:
    """It should read a closing comment of several paragraphs, and when it was signed."""
    found = head(
        '{{rfc subpage\n|status  =globalban-no\n|comment = At 10:00, 1 May 2027 (UTC) it began.\n\n'
        'Closed, {{u|Ada}}. [[User:Brun|Brun]] 12:00, 20 May 2027 (UTC)\n|date=\n}}'
    )
    assert found.comment.startswith('At 10:00')
    assert found.signed == when('2027-05-20 12:00')


def test_comments_parameter(head: Callable[[str], Head]) -> None:
    """It should know the parameter by its other name."""
    assert head('{{rfc subpage|rfctype=x|comments=Done.}}').comment == 'Done.'


def test_no_head(head: Callable[[str], Head]) -> None:
    """It should take a page without a head for open."""
    assert head('text') == Head()
    assert not head('text').status.closed


@pytest.mark.parametrize(
    ('written', 'time', 'exact'),
    [
        ('20211120005418', '2021-11-20 00:54:18', True),
        ('202111200054', '2021-11-20 00:54', True),
        ('20211120', '2021-11-20', False),
        ('2018-01-4', '2018-01-04', False),
        (' 2017-05-9', '2017-05-09', False),
        ('9. Jan 2016', '2016-01-09', False),
        ('02 February 2014', '2014-02-02', False),
        ('23.02.2016', '2016-02-23', False),
        ('18:54, 22 August 2015 (UTC)', '2015-08-22 18:54', True),
    ],
)
def test_date(dialect: Dialect, when: When, written: str, time: str, exact: bool) -> None:
    """It should read the date in the forms in which people write it."""
    assert read_date(written, dialect) == (when(time), exact)


@pytest.mark.parametrize(
    'written',
    [
        '',
        'soon',
        '20211320005418',
        '20210230',
        '2018-13-01',
        '31.02.2016',
        '30 February 2014',
        '1 Foo 2014',
        '123',
    ],
)
def test_no_date(dialect: Dialect, written: str) -> None:
    """It should read no date from what is none."""
    assert read_date(written, dialect) == (None, False)


def test_date_of_year_zero(dialect: Dialect) -> None:
    """It should not fail at a year that no calendar has."""
    assert read_date('0000-01-01', dialect) == (None, False)
    assert read_date('00000101', dialect) == (None, False)


TAGS = frozenset({'delete', 'speedy'})
SIGNS = {
    'nothing': ('', Phase.BLANKED),
    'blanks': (' \n\n', Phase.BLANKED),
    'a redirect': ('#REDIRECT [[Requests/A]]', Phase.REDIRECT),
    'a tag': ('{{Delete|1=attack}}\n{{rfc subpage}}\n== Support ==\n', Phase.TAGGED),
    'a tag for the page alone': ('<noinclude>{{speedy}}</noinclude>\nPlease.', Phase.TAGGED),
    'a request': ('{{rfc subpage|status=}}\nPlease.', None),
    'a tag below a heading': ('Please.\n== Oppose ==\n# {{delete}} the page', None),
    'a tag in the closing comment': ('{{rfc subpage|comment={{delete}}}}\nPlease.', None),
    'a tag that is shown': ('<nowiki>{{delete}}</nowiki> was put here', None),
    'a tag in a comment': ('<!-- {{delete}} -->Please.', None),
}


@pytest.mark.parametrize(('text', 'sign'), SIGNS.values(), ids=SIGNS)
def test_sign(text: str, sign: Phase | None) -> None:
    """It should know a blanked page, a redirect, and a page that is tagged for deletion on top."""
    assert read_sign(text, TAGS) is sign


CLOSED = '{{rfc subpage|status=globalban-no|comment=No. [[User:A|A]] 12:00, 1 May 2027 (UTC)}}'


@pytest.mark.parametrize(
    'text',
    [
        f'<includeonly>{{{{rfc subpage|status=}}}}</includeonly>{CLOSED}',
        f'{{{{#if:|{{{{rfc subpage|status=}}}}}}}}{CLOSED}',
        f'<div style="display:none">{{{{rfc subpage|status=}}}}</div>{CLOSED}',
        f'<!-- {"x" * 60_000} -->{CLOSED}',
        '{{rfc subpage|status=globalban-no|comment=a\n== b ==\nc}}',
        f'{{{{rfc subpage|status=globalban-no|comment={"x" * 50_000}}}}}',
        '{{{{{|safesubst:}}}rfc subpage|status=globalban-no}}',
        '{{Vorlage:Rfc subpage|status=globalban-no}}',
        '{{rfc subpage|status=globalban-no|comment={{ }}',
        f'{{{{rfc subpage|status=}}}}{CLOSED}',
        '{{rfc_ subpage|status=globalban-no',
    ],
)
def test_unclear(reader: Reader, text: str) -> None:
    """It should never take for open a page whose head is hidden, nested, cut, far down or there twice."""
    assert not reader.state_of(text).is_open
    assert not reader.read(text).state.is_open


@pytest.mark.parametrize(
    'text',
    [
        '{{Template:rfc subpage|status=globalban-no}}',
        '{{rfc subpage|status=globalban-no|STATUS=}}',
        '{{rfc  subpage <!-- x --> |status=globalban-no}} I wrote about {{tl|rfc subpage}} and rfc subpage.',
        '{{rfc subpage|status=globalban-no}} <nowiki>{{rfc subpage|status=}}</nowiki>',
    ],
)
def test_clear(reader: Reader, text: str) -> None:
    """It should read a head in another spelling, and one that is only talked about beside it."""
    assert reader.state_of(text).status is Status.UNSUCCESSFUL


@pytest.mark.parametrize('text', ['', 'No head at all.', 'About rfc subpage, {{tl|rfc subpage}}.'])
def test_named_only(reader: Reader, text: str) -> None:
    """It should not miss a head where a page only talks of one."""
    assert find_head(text, reader.heads) is None
