"""Who said what on a page where people rule on a delivery, by its history.

.. code-block:: wikitext

   * approve 0123456789ab [[User:Ada Invented|Ada Invented]] 12:00, 3 May 2027 (UTC)

A line is said by who wrote it, and by nobody else: who puts back what another has written, moves it here, or
takes away what hid it, says nothing, even where they might rule. So it counts for an account that saved it
with its own signature behind it, if those words and that signature were on the page never before. Everything
else is nobody's, and whoever means it has to write it anew. Only a hold is also said by whoever brings it to
light: to wait does no harm. A signature alone never gives any weight.

On a page where nobody need sign, a line without a signature counts, too, for who has written it more often
than it was ever written there, hidden or not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from globalban_bot.model.approval import Said, Word
from globalban_bot.model.revision import Revision

#: More characters of a line than these, before what is said and behind it, tell nothing.
LONGEST_LINE = 2000
#: So many lines are looked for in what stood on the page before; any further one is nobody's.
MOST = 500
_COMMENT = re.compile(r'<!--.*?(?:-->|\Z)', re.DOTALL)


@dataclass(frozen=True)
class Line:
    """A line that says something.

    :param word: what it says
    :param digest: the digest behind ``approve``; empty for the other words
    :param written: the line as it is written
    :param tail: the part of it from the word on, with the signature
    """

    word: Word
    digest: str
    written: str
    tail: str

    @property
    def says(self) -> tuple[Word, str]:
        """What it says, in whatever way it is written."""
        return self.word, self.digest


@dataclass(frozen=True)
class Form:
    """How people say something on a page.

    :param shown: returns the lines of a text that say something
    :param signer: returns who has signed a text; None where that is nobody
    :param written: returns all lines that would, were nothing hidden or quoted; None where people must sign
    """

    shown: Callable[[str], Iterable[Line]]
    signer: Callable[[str], str | None]
    written: Callable[[str], Iterable[Line]] | None = None


def line_at(text: str, start: int, end: int, says: tuple[Word, str]) -> Line:
    """Return the line, or lines, of what is said between two offsets."""
    first = text.rfind('\n', max(0, start - LONGEST_LINE), start) + 1 or max(0, start - LONGEST_LINE)
    last = text.find('\n', end, end + LONGEST_LINE)
    last = last if last >= 0 else min(len(text), end + LONGEST_LINE)
    return Line(*says, text[first:last].strip(), text[start:last].strip())


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
    :param shown: what the last revision says
    :param most: how often each line was ever written in one revision
    :param calls: how often each thing is written in the last one
    :param last: the last text
    :param texts: the texts so far, as they are searched
    :param looked: how many lines were looked for in them
    """

    form: Form
    known: bool
    sayings: list[_Saying] = field(default_factory=list)
    standing: list[_Saying] = field(default_factory=list)
    shown: Counter[Line] = field(default_factory=Counter)
    most: Counter[str] = field(default_factory=Counter)
    calls: Counter[tuple[Word, str]] = field(default_factory=Counter)
    last: str | None = None
    texts: list[str] = field(default_factory=list)
    looked: int = 0

    def take(self, revision: Revision) -> None:
        """Take the next revision into account."""
        if revision.text is not None and revision.text == self.last:
            # Nobody saves the same text again: MediaWiki does, when a page is moved or protected.
            self._end(self.standing)
            return
        text = revision.text or ''
        shown = Counter(self.form.shown(text))
        written = Counter(self.form.written(text)) | shown if self.form.written is not None else shown
        lines, calls = Counter[str](), Counter[tuple[Word, str]]()
        for line, number in written.items():
            lines[line.written] += number
            calls[line.says] += number
        self._compare(revision, shown, lines - self.most, calls)
        self.shown, self.calls = shown, calls
        self.most |= lines
        self.last = revision.text
        # With what a comment has taken apart.
        self.texts.append(f'{text}\n{_COMMENT.sub("", text)}')
        self.known = revision.text is not None

    def _compare(
        self,
        revision: Revision,
        shown: Counter[Line],
        new: Counter[str],
        calls: Counter[tuple[Word, str]],
    ) -> None:
        """Tell what a revision says from what it only changes.

        :param new: lines that were never written so often
        :param calls: how often each thing is written now
        """
        edited = self._take_out(self.shown - shown)
        for line in (shown - self.shown).elements():
            if self._is_signed(line, revision):
                self._say(line, revision.user, revision)
            elif self._is_new(line, new, calls):
                new[line.written] -= 1
                self.calls[line.says] += 1
                self._say(line, revision.user, revision)
            elif edited[line.says]:
                # The same, said in other words around it, or moved in its list.
                self._keep(edited[line.says].pop(0), line)
            else:
                self._say(line, self._bringer(line, revision), revision)
        self._end([one for left in edited.values() for one in left])

    def _is_signed(self, line: Line, revision: Revision) -> bool:
        """Tell whether who saved a line has also signed it, just now."""
        if not self.known or revision.user is None or self.form.signer(line.tail) != revision.user:
            return False
        self.looked += 1
        return self.looked <= MOST and not any(line.tail in text for text in self.texts)

    def _is_new(self, line: Line, new: Counter[str], calls: Counter[tuple[Word, str]]) -> bool:
        """Tell whether a line without a signature was written just now, where nobody need sign."""
        if not self.known or self.form.written is None or self.form.signer(line.tail) is not None:
            return False
        return new[line.written] > 0 and calls[line.says] > self.calls[line.says]

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
