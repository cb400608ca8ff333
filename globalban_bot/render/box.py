"""The facts box of a request, as wikitext.

.. code-block:: wikitext

   '''Facts about this request''', as of 14:05, 3 May 2027 (UTC). Made by a bot …
   * ''State:'' open; opened 12:00, 1 May 2027 (UTC).
   * ''Signed positions:'' 14 support, 6 oppose, 2 neutral (a count, not an outcome); not counted: 1 struck.

What is not known is left out. Nobody is named, nobody is pinged: links go to ``Special:`` pages. As soon as
the head states a closing, the clock goes. After the closing the count at closing stands there, and where a
ban may follow the blocks and links for stewards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from globalban_bot.i18n.messages import Messages
from globalban_bot.model.tally import ProposalTally, ReviewItem, Tally, Vote, VoteState
from globalban_bot.profiles.loader import Profile
from globalban_bot.render.escape import escape, one_line
from globalban_bot.render.multilingual import NOINDEX, review_lines, translations
from globalban_bot.render.nomination import clock_texts, nomination_lines, question_lines
from globalban_bot.render.rich_text import LabelledLine, as_wikitext
from globalban_bot.render.state import state_said

#: What ends an owned page.
END = f'</div>{NOINDEX}'
#: More entries for a person's look than these are only counted.
MOST_LOOKS = 10


def render_box(tally: Tally, profile: Profile, messages: Messages, as_of: datetime) -> str:
    """Return the box of a request in one language.

    :param as_of: when the page was read (aware, UTC)
    """
    said = [_intro(tally, profile, messages, as_of)]
    said += [f'* {line}' for line in _facts(tally, profile, messages)]
    if tally.looks:
        said.append(f'* {_label("box-look", messages)} {looks_text(tally.looks, messages)}.')
    said += [f'* {_line(line, messages)}' for line in questions_of(tally, messages)]
    said += [f'* {line}' for line in _after_closing(tally, profile, messages)]
    said += [f'* {line}' for line in _revision(tally, messages)]
    said += [*_proposals(tally, messages), *review_lines(messages)]
    return '\n'.join([messages.div('globalban-facts'), *said, END]) + '\n'


def box_facts(tally: Tally, profile: Profile, messages: Messages) -> str:
    """Return what a reader of the box cares about, as text to be compared.

    When it was read is no part of it, nor are numbers of now, nor those of lines, which each comment moves.
    A new translation is news as long as the request is open; for it alone no closed box is edited.
    """
    if tally.nomination is not None:
        tally = replace(tally, nomination=replace(tally.nomination, edits_now=None))
    looks = sorted(look.reason.value for look in tally.looks)
    asked = (as_wikitext(line.said) for line in questions_of(tally, messages))
    parts = [*_facts(tally, profile, messages), *looks, *asked, *_after_closing(tally, profile, messages)]
    if not tally.request.state.is_counted_as_closed and profile.languages:
        parts.append(translations(profile.languages))
    return '\n'.join([*parts, *_proposals(tally, messages)])


def _intro(tally: Tally, profile: Profile, messages: Messages, as_of: datetime) -> str:
    title = f"'''{messages.get('box-title')}'''"
    pages = [('box-method', profile.method_page), ('box-report', profile.report_page)]
    if tally.request.page_id is not None:
        pages.insert(0, ('board-request', f'Special:Redirect/page/{tally.request.page_id}'))
    links = ' · '.join(f'[[{page}|{messages.get(key)}]]' for key, page in pages)
    comma = messages.get('comma-separator')
    return f'{title}{comma}{messages.get("box-intro", messages.time(as_of))} {links}'


def _facts(tally: Tally, profile: Profile, messages: Messages) -> Iterator[str]:
    """Yield the nomination first, the count last."""
    state = tally.request.state
    yield f'{_label("box-state", messages)} {as_wikitext(state_said(tally.request, messages))}.'
    for line in lines_of(tally, messages):
        yield _line(line, messages)
    yield from _communities(tally, profile, messages)
    times = time_texts(tally, messages)
    if times:
        yield f'{_label("box-time", messages)} {messages.get("semicolon-separator").join(times)}.'
    if len(tally.proposals) == 1 and state.has_text:
        key = 'box-positions-closing' if state.is_counted_as_closed else 'box-positions'
        yield f'{_label(key, messages)} {count_text(tally.proposals[0], messages)}.'


def lines_of(tally: Tally, messages: Messages) -> Iterator[LabelledLine]:
    """Yield what was found on the nomination; nothing on the subjects where no ban comes of the request."""
    state, nomination = tally.request.state, tally.nomination
    if nomination is None or not state.shows_nomination:
        return
    if not state.shows_subjects:
        nomination = replace(nomination, subjects=(), more=0)
    yield from nomination_lines(nomination, messages, is_open=not state.is_counted_as_closed)


def questions_of(tally: Tally, messages: Messages) -> Iterator[LabelledLine]:
    """Yield what only people can tell, while the request is open."""
    if tally.nomination is not None and tally.request.state.is_open:
        yield from question_lines(tally.nomination, messages)


def time_texts(tally: Tally, messages: Messages) -> list[str]:
    """Return when the times of the policy end, and who may close; nothing unless the request is open."""
    if tally.nomination is None or not tally.request.state.is_open:
        return []
    return [*clock_texts(tally.nomination, messages)]


def _communities(tally: Tally, profile: Profile, messages: Messages) -> Iterator[str]:
    """Yield on how many wikis a notice was found, as the plan of notices tells it where there is one."""
    settings = profile.notices
    if settings is None or tally.nomination is None or not tally.request.state.is_open:
        return
    page = settings.plan_page.format(page_id=tally.request.page_id)
    none = messages.get('box-communities-none')
    yield f'{_label("box-communities", messages)} {{{{#ifexist:{page}|{{{{{page}}}}}|{none}}}}}.'


def _revision(tally: Tally, messages: Messages) -> Iterator[str]:
    revision = tally.request.revision
    if revision is not None:
        yield messages.get('box-revision', f'[[Special:PermanentLink/{revision}|{revision}]]')


def _after_closing(tally: Tally, profile: Profile, messages: Messages) -> Iterator[str]:
    """Offer stewards what they look at after a closing, where a ban may follow."""
    state = tally.request.state
    if not (state.is_counted_as_closed and state.shows_subjects):
        return
    links = ' · '.join(f'[[{page}|{messages.get(key)}]]' for page, key in profile.steward_links)
    yield f'{_label("box-stewards", messages)} {links}'


def _line(line: LabelledLine, messages: Messages) -> str:
    return f"''{messages.get('label', line.label)}'' {as_wikitext(line.said)}"


def _label(key: str, messages: Messages) -> str:
    return f"''{messages.get('label', messages.get(key))}''"


def count_text(proposal: ProposalTally, messages: Messages) -> str:
    """Return how many positions count, which do not, and how many entries need a person's look."""
    said = [counted_text(proposal, messages)]
    if proposal.looks:
        said.append(messages.get('box-looks', len(proposal.looks)))
    return messages.get('semicolon-separator').join(said)


def counted_text(proposal: ProposalTally, messages: Messages) -> str:
    """Return how many positions count, and which do not."""
    count = proposal.count
    said = [messages.get('box-count', count.support, count.oppose, count.neutral)]
    states = states_text(proposal.votes, messages)
    if states:
        said.append(messages.get('box-not-counted', states))
    return messages.get('semicolon-separator').join(said)


def states_text(votes: Iterable[Vote], messages: Messages) -> str:
    """Return how many positions do not count, by the reason; empty where all do.

    Whoever counts the items of a list by hand sees by it where the difference comes from.
    """
    states = [vote.state for vote in votes if not vote.counts]
    return messages.get('comma-separator').join(
        messages.get(f'not-counted-{state.value.replace(" ", "-")}', states.count(state))
        for state in VoteState
        if state in states
    )


def looks_text(looks: tuple[ReviewItem, ...], messages: Messages) -> str:
    """Return which lines need a person's look, and why."""
    said = [
        messages.get('box-look-entry', look.line, look_text(look, messages)) for look in looks[:MOST_LOOKS]
    ]
    if len(looks) > MOST_LOOKS:
        said.append(messages.get('box-look-more', len(looks) - MOST_LOOKS))
    return messages.get('semicolon-separator').join(said)


def look_text(look: ReviewItem, messages: Messages) -> str:
    """Return why an entry needs a person's look."""
    return messages.get(f'look-{look.reason.name.lower().replace("_", "-")}')


def proposal_name(proposal: ProposalTally) -> str:
    """Return the name of a proposal: ``Proposal 2`` of ``Proposal 2: …``, where it has a number.

    What stands behind may name a person.
    """
    name, colon, _ = (proposal.heading or '').partition(':')
    return one_line(name if colon and any(map(str.isdigit, name)) else proposal.heading or '', 120)


def _proposals(tally: Tally, messages: Messages) -> Iterator[str]:
    """Yield the table of a page with several questions."""
    state = tally.request.state
    if len(tally.proposals) == 1 or not state.has_text:
        return
    key = 'box-proposals-closing' if state.is_counted_as_closed else 'box-proposals'
    yield '{| class="wikitable"'
    yield f'|+ {messages.get(key)}'
    yield '|-'
    for column in ('proposal', 'support', 'oppose', 'neutral'):
        yield f'! scope="col" | {messages.get(column)}'
    for proposal in tally.proposals:
        count = proposal.count
        yield '|-'
        yield f'! scope="row" | <bdi>{escape(proposal_name(proposal))}</bdi>'
        yield f'| {count.support} || {count.oppose} || {count.neutral}'
    yield '|}'
    states = states_text((vote for proposal in tally.proposals for vote in proposal.votes), messages)
    if states:
        yield f'{messages.get("box-not-counted-all", states)}.'
