"""What the bot remembers in a page of its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.model.marker import FORGOTTEN, PARTLY, Marker, digest

PLAIN = Marker('3f1c9a0b52d7e864', 'open', 22, datetime(2027, 5, 3, 14, 5, 7, tzinfo=UTC), 'aa00')
LINE = (
    '<!-- globalban_bot facts=3f1c9a0b52d7e864 standing=open positions=22'
    ' as-of=2027-05-03T14:05:07Z body=aa00 -->'
)
DIGESTS = st.text('0123456789abcdef', min_size=1, max_size=16)
MARKERS = st.builds(
    Marker,
    facts=DIGESTS,
    standing=st.sampled_from(['open', f'closed{PARTLY}', FORGOTTEN, 'log-3f1c']),
    positions=st.none() | st.integers(0, 10**6),
    as_of=st.datetimes(datetime(2000, 1, 1), datetime(9999, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001
        lambda moment: moment.replace(microsecond=0)
    ),
    body=DIGESTS,
)


def test_form() -> None:
    """It should be one line, a comment that readers do not see."""
    assert str(PLAIN) == LINE


@given(MARKERS)
def test_round_trip(marker: Marker) -> None:
    """It should read back what it wrote."""
    assert Marker.parse(str(marker)) == marker


@given(st.text() | st.text('<!-> globalban_ot=0:TZ'))
def test_no_marker(text: str) -> None:
    """It should take no other text for a marker."""
    assert Marker.parse(text) is None


#: Lines that look like a marker.
LOOK_ALIKES = {
    'a blank before it': f' {LINE}',
    'a text behind it': f'{LINE}text',
    'a line break behind it': f'{LINE}\n',
    'another program': LINE.replace('globalban_bot', 'other_bot'),
    'no facts': LINE.replace('facts=3f1c9a0b52d7e864 ', ''),
    'another order': LINE.replace('standing=open positions=22', 'positions=22 standing=open'),
    'no such day': LINE.replace('2027-05-03', '2027-02-30'),
    'no such hour': LINE.replace('14:05:07', '24:05:07'),
    'a negative number': LINE.replace('=22', '=-22'),
    'a number without end': LINE.replace('=22', '=' + '2' * 5000),
    'markup in it': LINE.replace('open', '{{x}}'),
}


@pytest.mark.parametrize('line', LOOK_ALIKES.values(), ids=LOOK_ALIKES)
def test_look_alikes(line: str) -> None:
    """It should take nothing for a marker that only looks like one, and not fail at it."""
    assert Marker.parse(line) is None


def test_moment_without_fractions() -> None:
    """It should remember the moment to the second, which is what wikis know."""
    moment = PLAIN.as_of.replace(microsecond=999_999)
    found = Marker.parse(str(Marker('a', 'open', None, moment, 'b')))
    assert found is not None
    assert found.as_of == PLAIN.as_of


@given(st.text(st.characters(codec='utf-16', exclude_categories=[])))
def test_digest(text: str) -> None:
    """It should give each text the same short fingerprint every time, whatever blanks end it."""
    assert digest(text) == digest(f'{text} \n\n')
    assert len(digest(text)) == 16
    assert digest(text) != digest(f'{text}x')
