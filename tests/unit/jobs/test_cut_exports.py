"""The sample as people export it: with its history, or cut in the usual ways."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest

from globalban_bot.errors import GlobalbanError
from globalban_bot.jobs.tally import tally_file
from globalban_bot.model.tally import Count, Tally, VoteState
from globalban_bot.profiles.loader import load_profile
from globalban_bot.sample import EXPORT, TODAY
from globalban_bot.wikitext.history import NO_HISTORY

SPACE = '{http://www.mediawiki.org/xml/export-0.11/}'
REVISION, TEXT = f'{SPACE}revision', f'{SPACE}text'


def with_last(number: int) -> Callable[[Element], None]:
    """Return what leaves the last so many revisions of a page."""

    def cut(page: Element) -> None:
        for revision in page.findall(REVISION)[:-number]:
            page.remove(revision)

    return cut


def without_texts(page: Element) -> None:
    """Leave of each text how long it is, as a dump of stubs does."""
    for text in page.iter(TEXT):
        text.attrib['bytes'] = str(len((text.text or '').encode()) or 1)
        text.text = None


def cut_by(cut: Callable[[Element], None]) -> list[Tally | GlobalbanError]:
    """Tally the sample, with each of its pages cut."""
    root = copy.deepcopy(fromstring(EXPORT.read_bytes()))
    for page in root.findall(f'{SPACE}page'):
        cut(page)
    return [*tally_file(io.BytesIO(tostring(root)), 'meta.xml', load_profile('meta'), TODAY)]


def tallies(found: list[Tally | GlobalbanError]) -> dict[str, Tally]:
    return {one.request.title: one for one in found if isinstance(one, Tally)}


def counts(found: Tally) -> list[Count]:
    return [one.count for one in found.proposals]


@pytest.fixture(scope='module')
def whole() -> dict[str, Tally]:
    return tallies(cut_by(lambda _: None))


def test_whole_history(whole: dict[str, Tally]) -> None:
    """It should know the times of each request of the whole sample."""
    assert len(whole) > 5
    assert all(one.request.has_history and one.request.opened for one in whole.values())


@pytest.mark.parametrize('number', [1, 5])
def test_last_revisions(whole: dict[str, Tally], number: int) -> None:
    """It should count as with the whole history, but for what it says that it does not know."""
    found = tallies(cut_by(with_last(number)))
    assert found.keys() == whole.keys()
    for title, one in found.items():
        late = [
            vote for proposal in whole[title].proposals for vote in proposal.votes
            if vote.state is VoteState.AFTER_CLOSING
        ]  # fmt: skip
        if not late:
            assert counts(one) == counts(whole[title])
        if one.request.has_history:
            assert one.request == whole[title].request
        else:
            assert (one.request.opened, one.request.closed) == (None, None)
            assert NO_HISTORY in one.request.warnings
    assert not all(one.request.has_history for one in found.values())


def test_stubs() -> None:
    """It should count nothing of pages without their texts, and say so of each."""
    found = cut_by(without_texts)
    assert tallies(found) == {}
