"""A whole request page, read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from globalban_bot.model.dialect import Dialect
from globalban_bot.model.request import Proposal, Request
from globalban_bot.model.state import RequestState, Status, state_of_text
from globalban_bot.model.vote import Signing
from globalban_bot.profiles.loader import Profile
from globalban_bot.wikitext.dialect import wikimedia_dialect
from globalban_bot.wikitext.head import find_head, read_head, read_sign
from globalban_bot.wikitext.lexicon import Lexicon, wikimedia_lexicon
from globalban_bot.wikitext.lines import lines_of
from globalban_bot.wikitext.opaque import BLANK, without_surrogates
from globalban_bot.wikitext.opening import read_nominator, read_opening
from globalban_bot.wikitext.positions import Positions
from globalban_bot.wikitext.proposals import Scope, scopes_of
from globalban_bot.wikitext.sections import Section, sections_of
from globalban_bot.wikitext.signatures import Signature, Signatures
from globalban_bot.wikitext.subjects import SubjectReader
from globalban_bot.wikitext.surface import surface_of
from globalban_bot.wikitext.unseen import without_unseen
from globalban_bot.wikitext.votes import VoteReader


@dataclass(frozen=True)
class Reader:
    """Reads request pages of one wiki.

    :param dialect: what the wiki calls things
    :param lexicon: what words mean
    :param heads: names of the head template, in lower case
    :param deletion: names of templates that ask for the deletion of a page, in lower case
    :param statuses: meaning of the status words, in lower case
    :param title_forms: regular expressions for titles of ban requests, with a group ``subject``
    :param excluded: regular expressions for titles that look so and are none
    """

    heads: frozenset[str]
    deletion: frozenset[str]
    statuses: Mapping[str, Status]
    title_forms: tuple[re.Pattern[str], ...]
    excluded: tuple[re.Pattern[str], ...]
    dialect: Dialect
    lexicon: Lexicon

    def read(
        self, text: str, *, title: str = '', page_id: int | None = None, revision: int | None = None
    ) -> Request:
        """Read a page.

        Any text is taken; what cannot be read is left out and named in the warnings.

        :param text: wikitext of the page
        """
        source = without_surrogates(text)
        found = find_head(source, self.heads)
        head = read_head(found, self.statuses, self.dialect)
        template = None if isinstance(found, str) else found
        body = (
            source[: template.start] + _blank(template.source) + source[template.end :]
            if template
            else source
        )
        surface = surface_of(body, self.lexicon)
        sections = sections_of(surface.text, [*lines_of(surface.text, source)], self.lexicon)
        signatures = Signatures(surface, self.lexicon, self.dialect)
        votes = VoteReader(surface, Positions(surface, self.lexicon), signatures, self.lexicon)
        proposals = _proposals(votes, sections, self.dialect.language_names)
        subjects = self._subjects().read(title, head, surface, sections)
        opening = read_opening(sections, signatures) if subjects else None
        return Request(
            title=title,
            page_id=page_id,
            revision=revision,
            head=head,
            subjects=subjects,
            nominator=read_nominator(opening),
            unregistered=opening is not None and opening.signing is Signing.UNREGISTERED,
            opened=_opened(head.date, opening, exact=head.exact),
            state=state_of_text(head.status, head.word, head.signed, read_sign(source, self.deletion)),
            proposals=proposals,
            warnings=_warnings(text, source, has_head=found is not None),
        )

    def is_request_title(self, title: str) -> bool:
        """Tell whether a title has the form of those of requests."""
        is_excluded = any(form.search(title) for form in self.excluded)
        return not is_excluded and any(form.match(title) for form in self.title_forms)

    def state_of(self, text: str) -> RequestState:
        """Return where a request stands, by its text alone; the rest of the page is not read."""
        source = without_surrogates(text)
        head = read_head(find_head(source, self.heads), self.statuses, self.dialect)
        return state_of_text(head.status, head.word, head.signed, read_sign(source, self.deletion))

    def listed(self, text: str) -> tuple[str, ...] | None:
        """Return the accounts that the statement of a page lists; None where the page hides some of its text.

        .. code-block:: wikitext

           * {{user|Ada}}
           * {{user|Bel}}

        :param text: wikitext of the page
        """
        source = without_unseen(without_surrogates(text))
        if source is None:
            return None
        surface = surface_of(source, self.lexicon)
        sections = sections_of(surface.text, [*lines_of(surface.text, source)], self.lexicon)
        return self._subjects().listed(surface, sections)

    def _subjects(self) -> SubjectReader:
        return SubjectReader(self.title_forms, self.lexicon, self.dialect)


def reader_for(profile: Profile, dialect: Dialect | None = None) -> Reader:
    """Make the reader of a profile's wiki.

    :param dialect: that of the live wiki; by default that of all Wikimedia wikis together
    """
    return Reader(
        profile.heads,
        profile.deletion,
        profile.statuses,
        profile.titles,
        tuple(exclusion.title for exclusion in profile.excluded),
        dialect or wikimedia_dialect(),
        wikimedia_lexicon(),
    )


def _proposals(
    votes: VoteReader, sections: list[Section], language_names: frozenset[str]
) -> tuple[Proposal, ...]:
    """Read the questions of a page; numbered sections without any vote ask none."""
    proposals = tuple(votes.read(scope) for scope in scopes_of(sections, language_names))
    if len(proposals) > 1 and not any(proposal.entries for proposal in proposals):
        return (votes.read(Scope(None, tuple(sections))),)
    return proposals


def _blank(source: str) -> str:
    """Return as much emptiness as the head template fills, with its line breaks."""
    return ''.join(char if char == '\n' else BLANK for char in source)


def _opened(date: datetime | None, opening: Signature | None, *, exact: bool) -> datetime | None:
    """Return the time of opening, as far as the text tells.

    The date parameter if it has a time of day and the statement was not signed long before (it
    sometimes holds the day of closing); else the signature of the statement.
    """
    signed = opening.time if opening else None
    if date is not None and exact and (signed is None or date <= signed + timedelta(days=1)):
        return date
    return signed


def _warnings(text: str, source: str, *, has_head: bool) -> tuple[str, ...]:
    found = []
    if text != source:
        found.append('the text has lone surrogates; they were replaced')
    if not has_head:
        found.append('no head template found; the request counts as open')
    return tuple(found)
