"""What words and template names mean on a request page, read from ``data/stances.yaml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml

from globalban_bot.model.vote import Stance
from globalban_bot.wikitext.templates import normal_name

#: Template names that say side and strength in one.
_WITH_STRENGTH = {
    'ss': (Stance.SUPPORT, 'strong'),
    'so': (Stance.OPPOSE, 'strong'),
    'ws': (Stance.SUPPORT, 'weak'),
    'wo': (Stance.OPPOSE, 'weak'),
}


@dataclass(frozen=True)
class Lexicon:
    """Words and template names of all languages; all in lower case.

    :param templates: names of vote templates, with their side
    :param words: words that lead a position or stand in bold
    :param bold_words: words too short or too common to count unless they stand in bold
    :param headings: words that make a heading one of a side
    :param heading_stems: beginnings of words that make a heading one of a side
    :param comment_templates: names of templates that label a comment
    :param comment_words: words that label a comment
    :param comment_headings: words that head a section of comments
    :param votes_headings: words that head a section which holds vote sections
    :param proposal_headings: words that head a proposal
    :param heading_filler: words that may stand in a heading of a side
    :param strengths: words that say how strong a position is: ``strong`` or ``weak``
    :param conditions_before: words before a position that make it conditional
    :param conditions_after: words behind a position that make it conditional
    :param answers: names of vote templates that, below a remark, answer it
    :param labels: names of templates that may stand before a position
    :param wrappers: names of templates that hold the person's own text
    :param strike_templates: names of templates that strike their text out
    :param unsigned: names of templates that name the author of an unsigned entry
    :param undated: names of templates that hold the time of an undated entry
    :param removed: names of templates that stand in the place of a removed entry
    :param identities: names of templates that name an account
    :param judgements: phrases that judge without a vote word
    """

    templates: Mapping[str, Stance]
    words: Mapping[str, Stance]
    bold_words: Mapping[str, Stance]
    headings: Mapping[str, Stance]
    heading_stems: Mapping[str, Stance]
    comment_templates: frozenset[str]
    comment_words: frozenset[str]
    comment_headings: frozenset[str]
    votes_headings: frozenset[str]
    proposal_headings: frozenset[str]
    heading_filler: frozenset[str]
    strengths: Mapping[str, str]
    conditions_before: frozenset[str]
    conditions_after: frozenset[str]
    answers: frozenset[str]
    labels: frozenset[str]
    wrappers: frozenset[str]
    strike_templates: frozenset[str]
    unsigned: frozenset[str]
    undated: frozenset[str]
    removed: frozenset[str]
    identities: frozenset[str]
    judgements: Mapping[str, Stance]

    def template(self, name: str) -> tuple[Stance, str | None] | None:
        """Return side and strength of a template name, or None if it is no vote template.

        ``strong support``, ``weakest oppose`` and the like are composed from the words.
        """
        if name in _WITH_STRENGTH:
            return _WITH_STRENGTH[name]
        if name in self.templates:
            return self.templates[name], None
        first, _, rest = name.partition(' ')
        if first in self.strengths and rest in self.templates:
            return self.templates[rest], self.strengths[first]
        return None

    @cached_property
    def closing_words(self) -> frozenset[str]:
        """The words by which a sentence of their own takes a side: the names of plain vote templates."""
        return frozenset(word for word in self.words if word in self.templates and word not in self.answers)

    def heading(self, word: str) -> Stance | None:
        """Return the side that a word of a heading means, also by its beginning."""
        known = self.headings.get(word)
        return known or next(
            (side for stem, side in self.heading_stems.items() if word.startswith(stem)), None
        )

    def strength(self, words: Iterable[str]) -> str | None:
        """Return the strength that the words say, if any."""
        return next((self.strengths[word] for word in words if word in self.strengths), None)


@cache
def wikimedia_lexicon() -> Lexicon:
    """Return the lexicon of the package."""
    path = files('globalban_bot.wikitext') / 'data' / 'stances.yaml'
    data: dict[str, Any] = yaml.load(path.read_text('utf-8'), yaml.CSafeLoader)
    languages: list[dict[str, Any]] = list(data['languages'].values())
    return Lexicon(
        templates=_sides(languages, 'templates', normal_name),
        words=_sides(languages, 'words'),
        bold_words=_sides(languages, 'bold_words'),
        headings=_sides(languages, 'headings'),
        heading_stems={stem: side for side in Stance for stem in data['heading_stems'][side.value]},
        comment_templates=_names(languages, 'comment', 'templates'),
        comment_words=_names(languages, 'comment', 'words'),
        comment_headings=_names(languages, 'comment', 'headings'),
        votes_headings=_names(languages, 'votes', 'headings'),
        proposal_headings=frozenset(map(normal_name, data['proposal_headings'])),
        heading_filler=frozenset(map(normal_name, data['heading_filler'])),
        strengths={
            word.lower(): strength
            for language in languages
            for strength, words in language.get('strength', {}).items()
            for word in words
        },
        conditions_before=frozenset(data['conditional_words']['before']),
        conditions_after=frozenset(data['conditional_words']['after']),
        answers=frozenset(map(normal_name, data['answer_templates'])),
        labels=frozenset(map(normal_name, data['label_templates'])),
        wrappers=frozenset(map(normal_name, data['wrapper_templates'])),
        strike_templates=frozenset(map(normal_name, data['strike_templates'])),
        unsigned=frozenset(map(normal_name, data['unsigned_templates'])),
        undated=frozenset(map(normal_name, data['undated_templates'])),
        removed=frozenset(map(normal_name, data['removed_templates'])),
        identities=frozenset(map(normal_name, data['identity_templates'])),
        judgements={
            phrase.lower(): stance
            for stance in (Stance.OPPOSE, Stance.SUPPORT)
            for phrase in data['judgements'][stance.value]
        },
    )


def _sides(languages: list[dict[str, Any]], kind: str, normal: Any = str.lower) -> dict[str, Stance]:
    return {
        normal(name): stance
        for language in languages
        for stance in Stance
        for name in language.get(stance.value, {}).get(kind, ())
    }


def _names(languages: list[dict[str, Any]], group: str, kind: str) -> frozenset[str]:
    return frozenset(name.lower() for language in languages for name in language.get(group, {}).get(kind, ()))
