"""Figures as HTML."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.study import Study, Topic
from globalban_bot.render.study import RULES, SPANS
from globalban_bot.render.study_html import COLOURS, PATTERNS, chapters_of, render_study_html
from tests.unit.render.studies import ALL, BEFORE, MERGED, MOSTLY, WITHHELD, figure, passed, study
from tests.unit.render.test_html import HOSTILE, Outline

EN = Messages()


def page(found: Study) -> Outline:
    return Outline(render_study_html(found, EN))


@pytest.mark.parametrize('title', HOSTILE)
def test_hostile_title(title: str) -> None:
    """It should show the hostile title or source of a proposal as text, and get no tag from it."""
    hostile = page(study(passed(title, title), figure(Topic.MISSING, (title, 3))))
    plain = 'x' * len(title)
    harmless = page(study(passed(plain, plain), figure(Topic.MISSING, (plain, 3))))
    assert hostile.tags == harmless.tags
    assert hostile.text.count(title) >= 5


def test_loads_nothing() -> None:
    """It should need nothing but itself: no script, no address of another place."""
    source = render_study_html(ALL, EN)
    tags = {tag for tag, _ in Outline(source).tags}
    assert tags & {'script', 'link', 'img', 'iframe', 'object', 'form', 'base', 'svg'} == set()
    assert not re.search(r'https?:|//|@import|url\(|undefined|None', source)


def test_structure() -> None:
    """It should be one well-nested page, with language, direction, and no index for search engines."""
    outline = page(ALL)
    assert outline.open == []
    assert outline.all('html') == [{'lang': 'en', 'dir': 'ltr'}]
    assert {'name': 'robots', 'content': 'noindex'} in outline.all('meta')
    assert len(outline.all('h1')) == len(outline.all('main')) == 1


def test_links_lead_to_their_parts() -> None:
    """It should have a part for each topic, which a link leads to."""
    outline = page(ALL)
    ids = [attributes['id'] for _, attributes in outline.tags if 'id' in attributes]
    assert ids == ['outcomes', 'missing', 'passed', 'open-invalid', 'followed', 'limits']
    assert [link['href'] for link in outline.all('a')] == [f'#{id_}' for id_ in ids]
    assert [part['aria-labelledby'] for part in outline.all('section')] == ids


def test_tables() -> None:
    """It should have the numbers of each period in a table with caption and scopes; bars are pictures."""
    outline = page(ALL)
    assert len(outline.all('table')) == len(outline.all('caption')) == 5
    assert {cell['scope'] for cell in outline.all('th')} == {'row', 'col', 'rowgroup'}
    bars = [tag for tag in outline.all('div') if tag.get('class') == 'bar']
    assert len(bars) == 6
    assert all(bar['aria-hidden'] == 'true' for bar in bars)


def test_one_scale() -> None:
    """It should draw all bars of a topic on one scale, and the parts of a bar by their numbers."""
    old = figure(Topic.OUTCOMES, ('invalid', 5), ('successful', 5), period=BEFORE)
    new = figure(Topic.OUTCOMES, ('invalid', 15), ('successful', 25))
    (chapter,) = chapters_of(study(old, new), EN)
    assert [panel.bars[0].width for panel in chapter.panels] == [25, 100]
    assert [one.row.count for one in chapter.panels[1].bars[0].segments] == [15, 25]


def test_fills() -> None:
    """It should fill a part alike in both periods, and no two parts of a topic alike."""
    spans = ('day', 'week', 'month', 'year', 'longer', 'one-block', 'no-block', 'hours')
    cells = (*((key, 3) for key in spans), ('undetermined', 3), ('merged', 3))
    new = figure(Topic.SECOND_BLOCK, *cells, merged=('day', 'week'))
    old = figure(Topic.SECOND_BLOCK, ('day', 4), ('longer', 3), period=BEFORE)
    (chapter,) = chapters_of(study(old, new), EN)
    fills = [{one.row.key: one.fill for one in panel.bars[0].segments} for panel in chapter.panels]
    assert fills[0].items() <= fills[1].items()
    assert len({*fills[1].values()}) == len(spans) + 2
    assert [fill for fill, _ in chapter.legend] == [*fills[1].values()]
    patterns = [fill.split()[0] for fill in fills[1].values()]
    assert len({*patterns}) == len(patterns)
    css = render_study_html(study(), EN)
    assert all(f'\n.{fill} {{' in css for fill in (*PATTERNS, *COLOURS, 'full', 'empty', 'mixed'))


def test_one_fill_has_one_meaning() -> None:
    """It should fill what means the same alike in all topics, and nothing else so."""
    cells = {
        Topic.OUTCOMES: ('successful', 'unsuccessful', 'invalid', 'inactive', 'closed', 'open', 'unknown'),
        Topic.MISSING: (*sorted(RULES), 'several'),
        Topic.PASSED: ('not-met', 'people'),
        Topic.SECOND_BLOCK: ('no-block', 'one-block', *SPANS),
        Topic.OPEN_INVALID: (*SPANS,),
        Topic.FOLLOWED: ('other-body', 'lock', 'nothing'),
    }
    all_ = study(*(figure(topic, *((key, 3) for key in keys)) for topic, keys in cells.items()))
    pairs = {pair for chapter in chapters_of(all_, EN) for pair in chapter.legend}
    labels = [label for _, label in pairs]
    assert len({fill for fill, _ in pairs}) == len(labels) == len({*labels}) == 25


def test_legend_in_the_order_of_the_bars() -> None:
    """It should name fills as the bars have them, though the first bar has not all."""
    old = figure(Topic.PASSED, ('met', 9), ('merged', 5), merged=('not-met',), mostly='people', period=BEFORE)
    new = figure(Topic.PASSED, ('met', 9), ('not-met', 5), ('undetermined', 3))
    most = figure(Topic.PASSED, ('not-met', 5), ('people', 3), ('undetermined', 3), variant='Others')
    (chapter,) = chapters_of(study(old, new, most), EN)
    assert [label for _, label in chapter.legend] == [
        'would have met all',
        'would not have met all',
        'only people can tell: other places count, too',
        'not determined',
    ]


def test_large_part_with_small_ones() -> None:
    """It should draw it as the large one, with a range, as long as all of them together."""
    (chapter,) = chapters_of(study(MOSTLY, figure(Topic.OUTCOMES, ('successful', 5))), EN)
    merged, alone = (panel.segments[-1] for panel in chapter.panels[0].bars)
    assert (merged.number, merged.name, merged.fill) == ('7 or 8', 'successful', alone.fill)
    assert (merged.row.count, merged.is_range, alone.is_range) == (9, True, False)
    source = render_study_html(study(MOSTLY), EN)
    assert '<b hidden>9</b> <b>7 or 8</b><span class="name"> successful</span>' in source
    assert 'flex-grow: 9' in source
    assert 'but for' not in source


def test_invented() -> None:
    """It should say at the top that all is invented, where it is."""
    told = 'All requests and people in these figures are invented'
    assert told in page(replace(ALL, invented=True)).text.partition('Contents')[0]
    assert told not in page(ALL).text


def test_more_parts_than_fills() -> None:
    """It should draw more parts than it has fills: labels tell them apart."""
    many = figure(Topic.MISSING, *((f'rule-{number}', 3) for number in range(20)))
    assert 'rule-19' in page(study(many)).text


def test_each_number_is_labelled() -> None:
    """It should say in the bar how many and what, so that nothing hangs on a colour alone."""
    text = page(study(MERGED)).text
    assert '7 the nominator had too few edits' in text
    assert '4 small parts, merged' in text
    assert 'more than one of them or not determined (each fewer than 3)' in text


def test_withheld() -> None:
    """It should say of too few requests that they are too few, with neither bar nor table."""
    outline = page(study(WITHHELD))
    assert 'opened before 10 January 2018, fewer than 3 requests: not told' in outline.text
    assert outline.all('table') == []
    assert not any('bar' in (tag.get('class') or '').split() for tag in outline.all('div'))


def test_no_requests() -> None:
    """It should be a whole page where every figure is withheld."""
    none = study(*(replace(WITHHELD, topic=topic, of=0) for topic in Topic))
    assert page(none).open == []
