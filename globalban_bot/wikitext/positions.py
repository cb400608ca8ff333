"""Where a line takes a side: by template, in bold, or with its first words."""

from __future__ import annotations

import re
from itertools import pairwise

from globalban_bot.model.vote import Form, Stance
from globalban_bot.wikitext.assertion import is_change, is_tentative, names_a_part, stands_alone
from globalban_bot.wikitext.lexicon import Lexicon
from globalban_bot.wikitext.opaque import BLANK, OPAQUE
from globalban_bot.wikitext.position import Position
from globalban_bot.wikitext.surface import Surface
from globalban_bot.wikitext.templates import Template
from globalban_bot.wikitext.words import words_in

_BOLD = re.compile(r"'{2,5}([^'\n]{1,60})'{2,5}")
_MARKUP = re.compile(
    r"<[^<>\n]{0,300}>|'{2,}|\[\[(?:[^\[\]\n]|\[[^\[\]\n]*\]){0,400}\]\]|\[[^\[\]\n]{0,400}\]|"
    + f'[{BLANK}{OPAQUE}]'
)
#: Between two sides that are named in one breath.
_OR = re.compile(r"[\s']*(?:/|\bor\b|\bvs\.?)[\s']*")
#: Quotation marks around an expression tell that it is somebody else's.
_QUOTES = frozenset('"“”„«»‘‹›「『')
_CLOSER = {'“': '”', '„': '“', '«': '»', '»': '«', '‘': '’', '‹': '›', '›': '‹', '「': '」', '『': '』'}
_TAG = re.compile(r'<[^<>\n]{0,300}>')
#: Words that may stand beside a vote word in bold.
_BESIDE = frozenset(
    'the a very most even possible moral procedural speedy snow my vote i am per nom as'.split(),
)
#: The first words of a sentence in the first person.
_FIRST_WORDS = frozenset(('i', 'am', "i'm", 'i’m'))
#: Tells that a template names the votes or the people of a side: "{{support}}ers", "{{oppose}} votes".
_SPOKEN_OF = re.compile(r'e?rs?\b|s\b|(?:-|\s+)(?:vot(?:e|er|ing)|section|side|camp)s?\b')
#: A label in brackets, written by hand instead of {{ec}}.
_BRACKETED = re.compile(r'\((?:edit[ -]?conflict|ec)\)', re.IGNORECASE)
#: The last sentence or clause of a comment, if it has up to three words.
_CLOSING = re.compile(r'[.!?;:,–—-]\s+((?:[^\W\d_]+\s+){0,2}[^\W\d_]+)[\s.!–—-]*\Z')
_SYMBOL = re.compile(
    r"(?:[\s']|<[^<>\n]{0,300}>){0,40}\[\[\s*(?:file|image)\s*:\s*(?:symbol|pictogram)([^|\[\]\n]{1,40})",
    re.IGNORECASE,
)
_IDEOGRAPHIC = re.compile('[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]')
#: How many characters before an expression are looked at.
_LOOK_BACK = 400
#: How many words before and behind a vote word are asked for a condition.
_REACH = 3


class Positions:
    """Finds the positions of a page, stretch by stretch."""

    def __init__(self, surface: Surface, lexicon: Lexicon) -> None:
        self._surface = surface
        self._lexicon = lexicon
        self._said_in_bold = {**lexicon.bold_words, **lexicon.words}

    def within(self, start: int, end: int, signed: int | None = None) -> list[Position]:
        """Return the positions between two offsets of one line, in order.

        A leading word counts only where no template or bold word leads. Sides that are merely
        quoted, or named in one breath (``'''Support'''/'''Oppose'''``), are no positions.

        :param signed: offset of the author's signature, where the sentence ends
        """
        text = self._surface.text
        stop = end if signed is None else signed
        templates = self._surface.templates_in(start, end)
        found = [p for t in templates if (p := self._of_template(t, start, stop if t.start < stop else end))]
        if "''" in text[start:end]:
            bolds = _BOLD.finditer(text, start, end)
            found += [p for b in bolds if (p := self._of_bold(b, start, stop if b.start() < stop else end))]
        everything = sorted(found, key=lambda position: position.start)
        found = self._without_alternatives(everything)
        if not any(position.leading for position in everything):
            word = self._leading_word(start, end)
            found = [word, *found] if word is not None else found
        if not everything and not found:
            other = self._of_image(start, end) or self._closing_word(start, stop)
            found = [other] if other is not None else found
        return found

    def _without_alternatives(self, positions: list[Position]) -> list[Position]:
        """Drop two sides that are named in one breath."""
        dropped: set[Position] = set()
        for first, second in pairwise(positions):
            between = self._surface.text[first.end : second.start]
            if first.stance is not second.stance and _OR.fullmatch(between):
                dropped |= {first, second}
        return [position for position in positions if position not in dropped]

    def judgement(self, start: int, end: int) -> Stance | None:
        """Return the side of a judgement in prose: "a ban is the proper answer". A question has none."""
        text = self._surface.text[start:end]
        if '?' in text or '？' in text:
            return None
        words = f' {" ".join(words_in(_MARKUP.sub(" ", text)))} '
        return next((s for phrase, s in self._lexicon.judgements.items() if f' {phrase} ' in words), None)

    def is_comment(self, start: int, end: int) -> bool:
        """Tell whether a stretch is labelled as a comment, a question, a note.

        ``{{comment}} …`` · ``'''Question''': …`` · ``Q: …``
        """
        for template in self._surface.templates_in(start, end):
            if template.start - start > _LOOK_BACK or self._words(start, template.start):
                break
            if template.name in self._lexicon.comment_templates:
                return True
        text = self._surface.text[start : min(end, start + 400)]
        bold = _BOLD.search(text)
        if bold and not words_in(_MARKUP.sub('', text[: bold.start()])) and self._is_label(bold[1]):
            return True
        label, colon, _ = _MARKUP.sub('', text).partition(':')
        return bool(colon) and len(label) < 40 and self._is_label(label)

    def _is_label(self, written: str) -> bool:
        return ' '.join(words_in(written)) in self._lexicon.comment_words

    def _of_template(self, template: Template, start: int, end: int) -> Position | None:
        known = self._lexicon.template(template.name)
        if known is None or self._is_quoted(template.start, template.end, start, end):
            return None
        stance, strength = known
        before = self._before(start, template.start)
        words = words_in(before)
        named = _SPOKEN_OF.match(self._surface.text, template.end, end) is not None
        leading = (
            not named
            and template.start - start <= _LOOK_BACK
            and all(word in self._lexicon.strengths for word in words)
        )
        behind = self._plain(template.end, min(end, template.end + 200))
        return Position(
            template.start,
            template.end,
            stance,
            self._strength_of(template) or strength or self._lexicon.strength(words[-2:]),
            Form.TEMPLATE,
            leading,
            leading or (not named and stands_alone(before, behind)),
            self._surface.is_struck(template.start),
            partial=names_a_part(before, self._surface.text[template.end : min(end, template.end + 60)]),
            tentative=is_tentative(before, behind),
            answer=template.name in self._lexicon.answers,
        )

    def _strength_of(self, template: Template) -> str | None:
        """Return the first argument as strength: ``{{oppose|Weak oppose}}`` is weak."""
        argument = template.arguments().get('1', '').strip()
        if not argument:
            return None
        return self._lexicon.strength(words_in(argument)) or argument

    def _of_bold(self, bold: re.Match[str], start: int, end: int) -> Position | None:
        live = words_in(self._unstruck(bold.start(1), bold.end(1)))
        words = live or words_in(_MARKUP.sub(' ', bold[1]))
        stance = self._stance_of_words(words)
        if stance is None or self._is_quoted(bold.start(), bold.end(), start, end):
            return None
        before = self._before(start, bold.start())
        said = words_in(before)
        leading = bold.start() - start <= _LOOK_BACK and all(word in self._lexicon.strengths for word in said)
        behind = self._plain(bold.end(), min(end, bold.end() + 200))
        return Position(
            bold.start(),
            bold.end(),
            stance,
            self._lexicon.strength([*words, *said[-1:]]),
            Form.BOLD,
            leading,
            leading or stands_alone(before, behind, bare=False),
            not live,
            conditional=self._is_conditional(said, words_in(behind)),
        )

    def _stance_of_words(self, words: list[str]) -> Stance | None:
        """Return the side of bold words: a phrase, or one vote word beside filling words."""
        known = self._said_in_bold
        phrase = ' '.join(words)
        if phrase in known:
            return known[phrase]
        rest = [w for w in words if w not in self._lexicon.strengths and w not in _BESIDE]
        return known.get(' '.join(rest)) if rest and len(words) <= _REACH + 1 else None

    def _leading_word(self, start: int, end: int) -> Position | None:
        """Find a vote word at the very start: ``Oppose per nom``, ``I support``."""
        text = self._plain(start, min(end, start + 600))[:120]
        words = words_in(text)[:8]
        at = 0
        while at < len(words) and (
            words[at] in self._lexicon.strengths
            or words[at] in _FIRST_WORDS
            or words[at] in self._lexicon.conditions_before
        ):
            at += 1
        length, stance = self._phrase_at(words, at)
        if stance is None:
            return None
        return Position(
            start,
            end,
            stance,
            self._lexicon.strength(words[:at]),
            Form.WORD,
            leading=True,
            asserted=True,
            struck=self._surface.is_struck(self._offset_of_word(start, end)),
            conditional=self._is_conditional(words[:at], words[at + length :]),
        )

    def _of_image(self, start: int, end: int) -> Position | None:
        """Read the image of a side in front of all words as its word: ``[[File:Symbol oppose vote.svg]]``."""
        image = _SYMBOL.match(self._surface.text, start, end)
        named = image and next((w for w in words_in(image[1]) if w in self._lexicon.closing_words), None)
        if not image or not named:
            return None
        return Position(
            image.start(1),
            image.end(1),
            self._lexicon.words[named],
            self._lexicon.strength(words_in(image[1])),
            Form.WORD,
            leading=True,
            asserted=True,
            struck=self._surface.is_struck(image.start(1)),
        )

    def _closing_word(self, start: int, end: int) -> Position | None:
        """Find a vote word that is the last sentence or clause, as in ``Per above, oppose``."""
        text = self._plain(max(start, end - _LOOK_BACK), end)
        closing = _CLOSING.search(text)
        if closing is None:
            return None
        *said, word = words_in(closing[1])
        if word not in self._lexicon.closing_words or any(w not in self._lexicon.strengths for w in said):
            return None
        return Position(
            start,
            end,
            self._lexicon.words[word],
            self._lexicon.strength(said),
            Form.WORD,
            leading=False,
            asserted=True,
            struck=self._surface.is_struck(self._offset_of_word(start, end)),
            conditional=not self._lexicon.conditions_before.isdisjoint(words_in(text)),
        )

    def _phrase_at(self, words: list[str], at: int) -> tuple[int, Stance | None]:
        for length in (3, 2, 1):
            phrase = ' '.join(words[at : at + length])
            if phrase in self._lexicon.words:
                return length, self._lexicon.words[phrase]
        if at < len(words) and _IDEOGRAPHIC.match(words[at]):
            for length in (4, 3, 2):
                if words[at][:length] in self._lexicon.words:
                    return 1, self._lexicon.words[words[at][:length]]
        return 0, None

    def _offset_of_word(self, start: int, end: int) -> int:
        position = start
        text = self._surface.text
        while position < end:
            markup = _MARKUP.match(text, position, end)
            if markup is not None and markup.end() > position:
                position = markup.end()
            elif text[position].isalpha():
                return position
            else:
                position += 1
        return start

    def _is_conditional(self, before: list[str], behind: list[str]) -> bool:
        return not self._lexicon.conditions_before.isdisjoint(before[-_REACH:]) or not (
            self._lexicon.conditions_after.isdisjoint(behind[:_REACH])
        )

    def is_change(self, first: Position, second: Position) -> bool:
        """Tell whether two positions are one change of mind."""
        text = self._surface.text
        return is_change(text[max(0, first.start - 40) : first.start], text[first.end : second.start])

    def _is_quoted(self, start: int, end: int, first: int, last: int) -> bool:
        """Tell whether an expression stands in quotation marks that open directly before it.

        :param first: start of the line
        :param last: end of the line
        """
        text = self._surface.text
        first, last = max(first, start - _LOOK_BACK), min(last, end + _LOOK_BACK)
        opener = text[first:start].rstrip("'")[-1:]
        if not opener or opener not in _QUOTES:
            return False
        closer = _CLOSER.get(opener, opener)
        before = _TAG.sub('', text[first:start])
        opened = before.count(opener) > before.count(closer) if closer != opener else before.count(opener) % 2
        return bool(opened) and closer in _TAG.sub('', text[end:last])

    def _before(self, start: int, position: int) -> str:
        """Return the words in front of an expression that are not struck out."""
        if position <= start:
            return ''
        said = self._unstruck(max(start, position - _LOOK_BACK), position)
        return _BRACKETED.sub(' ', said) if '(' in said else said

    def _unstruck(self, start: int, end: int) -> str:
        """Return a stretch without what is struck out in it."""
        return _MARKUP.sub(' ', self._surface.unstruck(start, end))

    def _plain(self, start: int, end: int) -> str:
        return _MARKUP.sub(' ', self._surface.text[start:end])

    def _words(self, start: int, end: int) -> list[str]:
        return words_in(self._plain(start, end))
