"""Which of several notices still stand on a page, though people may have changed or repeated them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence


def still_there(
    text: str, notices: Mapping[int, tuple[str, str]], marks_of: Callable[[str], Collection[str]]
) -> frozenset[int]:
    """Return the notices that stand in a text.

    A notice stands where its longest line does, which has its own time in the signature. One whose words
    people have changed stands where a mark of it is left over. Each line and mark counts for one notice.

    :param text: wikitext of the page, as it is now
    :param notices: by id of the revision: the text before it, and what it added
    :param marks_of: returns what tells a notice in what a revision added: its marker, the address of the list
    """
    used = Counter[str]()
    standing: set[int] = set()
    numbers = sorted(notices)
    for number in numbers:
        added = notices[number][1]
        line = max(added.splitlines(), key=len, default='')
        if line and text.count(line) > used[line]:
            standing.add(number)
            used.update({line, *marks_of(added)})
    strangers = _strangers(notices, numbers, marks_of)
    for number in numbers:
        marks = [*marks_of(notices[number][1])]
        if number not in standing and any(text.count(one) - strangers[one] > used[one] for one in marks):
            standing.add(number)
            used.update(marks)
    return frozenset(standing)


def _strangers(
    notices: Mapping[int, tuple[str, str]],
    numbers: Sequence[int],
    marks_of: Callable[[str], Collection[str]],
) -> Counter[str]:
    """Return how often each mark stood on the page before the first notice."""
    marks = {mark for number in numbers for mark in marks_of(notices[number][1])}
    return Counter({mark: notices[numbers[0]][0].count(mark) for mark in marks})
