"""What the revisions of a page added, and whether it has stood there ever since."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from globalban_bot.model.revision import Revision

Thing = TypeVar('Thing', bound=Hashable)


@dataclass(frozen=True)
class Added(Generic[Thing]):
    """Something that a revision added.

    :param thing: what was added
    :param revision: which added it; its user is None where nobody can be named
    :param stands: whether it has stood on the page ever since
    """

    thing: Thing
    revision: Revision
    stands: bool


def additions(
    revisions: Sequence[Revision], things_of: Callable[[str], Iterable[Thing]]
) -> tuple[Added[Thing], ...]:
    """Return what was added, oldest first.

    A thing is added by who saved the revision that first has it. One that was taken out does not stand any
    more, nor does any other of the same form, as nothing tells them apart; who puts it back adds it anew. A
    revision whose text is hidden takes out all. Where older revisions are missing, what the first one has is
    nobody's.

    :param revisions: of a page, oldest first
    :param things_of: finds the things in a text
    """
    added: list[Added[Thing]] = []
    standing: dict[Thing, list[int]] = {}
    before: Counter[Thing] = Counter()
    known = not revisions or revisions[0].is_first
    for revision in revisions:
        things = Counter(things_of(revision.text or ''))
        for thing in before - things:
            for number in standing.pop(thing, ()):
                added[number] = replace(added[number], stands=False)
        # What stands there after a hidden text may have stood in it.
        by = revision if known else replace(revision, user=None)
        for thing in (things - before).elements():
            standing.setdefault(thing, []).append(len(added))
            added.append(Added(thing, by, stands=True))
        before, known = things, revision.text is not None
    return tuple(added)
