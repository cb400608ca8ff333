"""The time to read hostile patterns, against their length; ``make prove-growth`` measures all of them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.growth.families import Family, load_families, load_worst
from tests.growth.measure import MOST_GROWTH, Growth, measure
from tests.growth.places import PLACES

FAMILIES = load_families()
WORST = load_worst()
#: Characters of the shorter text, at most.
LONGEST = 6_000
#: A measurement may be disturbed by what else the machine does; what is not linear is so each time.
TRIES = 3


def test_enough_of_them() -> None:
    """It should know many patterns, and a place for each kind of text that others write."""
    assert len(FAMILIES) >= 70
    assert len(PLACES) >= 8
    assert len(WORST) == len(set(WORST)) == 20
    assert all(family in FAMILIES and place in PLACES for family, place in WORST)


@pytest.mark.parametrize(('family', 'place'), WORST)
def test_growth(family: str, place: str) -> None:
    """It should take at most 12 times as long for a text that is 8 times as long."""
    growth = _best(FAMILIES[family], place)
    assert growth.ratio <= MOST_GROWTH, growth


@pytest.mark.parametrize('place', ['slow', 'deep', 'large'])
def test_what_is_not_linear(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It should tell, in a short time, what is not linear, and what ends the interpreter."""
    monkeypatch.setattr('tests.growth.measure.PLACES', {'slow': _slow, 'deep': _deep, 'large': _large})
    growth = measure(Family('letters', 'a'), place, LONGEST)
    assert not growth.is_linear
    assert growth.ended == {'slow': 'out of time', 'deep': 'RecursionError', 'large': 'out of memory'}[place]


#: Patterns of one kind, up to 400 of them; or any text.
PATTERNS = st.builds(Family.text, st.sampled_from([*FAMILIES.values()]), st.integers(1, 400)) | st.text()


@settings(deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PATTERNS, max_size=4).map(''.join))
def test_nothing_is_raised(text: str) -> None:
    """It should read any mixture of patterns in any place without an error."""
    for read in PLACES.values():
        read(text)


def _best(family: Family, place: str) -> Growth:
    growths = (measure(family, place, LONGEST) for _ in range(TRIES))
    best = next(growths)
    return best if best.is_linear else min(best, *growths, key=lambda growth: growth.ratio)


def _slow(text: str) -> None:
    sum(1 for _ in text for _ in text)


def _deep(text: str) -> None:
    if text:
        _deep(text[1:])


def _large(text: str) -> None:
    bytearray(len(text) ** 2 << 7)
