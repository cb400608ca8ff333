"""Who said what on a page where people rule on a delivery, by its history.

.. code-block:: wikitext

   * approve 0123456789ab [[User:Ada Invented|Ada Invented]] 12:00, 3 May 2027 (UTC)

A line is said by who wrote it, and by nobody else: who puts back what another has written, moves it here, or
takes away what hid it, says nothing, even where they might rule. It is nobody's then, and whoever means it
has to write it anew. Only a hold is also said by whoever brings it to light: to wait does no harm. A line
that bears the signature of somebody else is nobody's, too: it takes weight away, and never gives any.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from globalban_bot.model.approval import Said, Word
from globalban_bot.model.revision import Revision

#: More characters of a line than these tell nothing.
LONGEST_LINE = 2000


@dataclass(frozen=True)
class Line:
    """A line that says something.

    :param word: what it says
    :param digest: the digest behind ``approve``; empty for the other words
    :param written: the whole line as it is written
    """

    word: Word
    digest: str
    written: str

    @property
    def says(self) -> tuple[Word, str]:
        """What it says, in whatever way it is written."""
        return self.word, self.digest


@dataclass(frozen=True)
class Form:
    """How people say something on a page.

    :param shown: returns the lines of a text that say something
    :param written: returns all that would, were nothing hidden, struck or quoted
    :param signer: returns who has signed a line; None where that is nobody
    """

    shown: Callable[[str], Iterable[Line]]
    written: Callable[[str], Iterable[Line]]
    signer: Callable[[str], str | None]


def read_sayings(revisions: Sequence[Revision], form: Form) -> tuple[Said, ...]:
    """Return what was said, oldest first.

    What is taken out does not stand any more; nor does any other line that was written just so, as nothing
    tells them apart; nor what was said before the page was moved or protected, as a page that is moved may
    be about another request. Where older revisions are missing, or a text is hidden, what stands there
    next is nobody's.

    :param revisions: of the page, oldest first
    """
    history = _History(form, known=not revisions or revisions[0].is_first)
    for revision in revisions:
        history.take(revision)
    return tuple(
        Said(*one.line.says, one.author, one.revision.time, one.revision.id, one.stands)
        for one in history.sayings
    )


@dataclass
class _Saying:
    """A line, and the revision that first said it."""

    line: Line
    author: str | None
    revision: Revision
    stands: bool = True


@dataclass
class _History:
    """What was found in the revisions up to one.

    :param known: whether the text before the next revision is known
    :param most: how often each line was ever written in one revision
    :param writers: who has written each line
    :param calls: how often each thing is written in the last one
    """

    form: Form
    known: bool
    sayings: list[_Saying] = field(default_factory=list)
    standing: list[_Saying] = field(default_factory=list)
    shown: Counter[Line] = field(default_factory=Counter)
    most: Counter[Line] = field(default_factory=Counter)
    writers: dict[Line, set[str | None]] = field(default_factory=lambda: defaultdict(set))
    calls: Counter[tuple[Word, str]] = field(default_factory=Counter)
    text: str | None = None

    def take(self, revision: Revision) -> None:
        """Take the next revision into account."""
        if revision.text is not None and revision.text == self.text:
            # Nobody saves the same text again: MediaWiki does, when a page is moved or protected.
            self._end(self.standing)
            return
        text = revision.text or ''
        shown = Counter(self.form.shown(text))
        written = Counter(self.form.written(text)) | shown
        calls = _calls(written)
        gone, come = self.shown - shown, shown - self.shown
        edited = self._take_out(gone)
        writer = revision.user if self.known else None
        for line in written - self.most:
            self.writers[line].add(writer)
        allowed = written - self.most
        for line in come.elements():
            is_new = allowed[line] > 0 or self.writers[line] == {writer}
            if is_new and calls[line.says] > self.calls[line.says] and self._is_own(line, revision):
                allowed[line] -= 1
                self.calls[line.says] += 1
                self._say(line, revision.user, revision)
            elif edited[line.says]:
                # The same, said in other words around it, or moved in its list.
                self._keep(edited[line.says].pop(0), line)
            else:
                self._say(line, self._bringer(line, revision), revision)
        self._end([one for left in edited.values() for one in left])
        self.shown, self.calls, self.text = shown, calls, revision.text
        self.most |= written
        self.known = revision.text is not None

    def _is_own(self, line: Line, revision: Revision) -> bool:
        return self.known and self.form.signer(line.written) in {None, revision.user}

    def _bringer(self, line: Line, revision: Revision) -> str | None:
        return revision.user if self.known and line.word is Word.HOLD else None

    def _say(self, line: Line, author: str | None, revision: Revision) -> None:
        self.sayings.append(_Saying(line, author, revision))
        self.standing.append(self.sayings[-1])

    def _keep(self, saying: _Saying, line: Line) -> None:
        saying.line = line
        self.standing.append(saying)

    def _take_out(self, gone: Counter[Line]) -> dict[tuple[Word, str], list[_Saying]]:
        """Return the sayings whose lines are gone, by what they say; they stand no longer, unless kept."""
        taken: dict[tuple[Word, str], list[_Saying]] = defaultdict(list)
        for one in self.standing:
            if one.line in gone:
                taken[one.line.says].append(one)
        self.standing = [one for one in self.standing if one.line not in gone]
        return taken

    def _end(self, sayings: Sequence[_Saying]) -> None:
        for one in sayings:
            one.stands = False
        ended = {id(one) for one in sayings}
        self.standing = [one for one in self.standing if id(one) not in ended]


def _calls(lines: Counter[Line]) -> Counter[tuple[Word, str]]:
    found: Counter[tuple[Word, str]] = Counter()
    for line, number in lines.items():
        found[line.says] += number
    return found
