"""A notice, as wikitext that is right on any wiki.

.. code-block:: wikitext

   == Request for comment on Meta-Wiki ==
   <div lang="en" dir="ltr" class="mw-content-ltr">
   A [[m:…|request for comment]] asks whether … [[m:…|Why here]] · [[m:…|Queries]] ~~~~
   </div>
   <!-- globalban-notice 12345 -->

It names nobody but the account that approved it, which is text and no link, so that nobody is pinged. The
title of the request stands in the target of a link alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from globalban_bot.errors import InternalError
from globalban_bot.i18n.notices import NoticeText
from globalban_bot.model.nomination import Reply
from globalban_bot.model.notice import Audience, Notice, notice_marker
from globalban_bot.model.target import Target
from globalban_bot.render.escape import escape, one_line
from globalban_bot.render.title import linkable

#: Stands for the approver until somebody has approved. An approval refers to a plan by a digest of its texts;
#: were the name a part of them, the approval would change what it approves.
APPROVER = '<bdi>$3</bdi>'
SIGNATURE = '~~~~'
#: After these no blank follows, as Chinese and Japanese write.
_FULL_WIDTH = ('。', '？', '！', '：')


@dataclass(frozen=True)
class Leads:
    """Where a notice leads: titles on the wiki of the request.

    :param page_id: page id of the request
    :param request: its title
    :param policy: the policy on global bans
    :param why: the page that tells why a wiki is told: the plan
    :param questions: where questions can be asked
    :param stewards: how to write to the stewards
    :param own_talk: leads everybody to the own talk page, and so names nobody
    :param prefix: the interwiki prefix by which all wikis reach that wiki
    """

    page_id: int
    request: str
    why: str
    questions: str
    policy: str = 'Global bans'
    stewards: str = 'Stewards'
    own_talk: str = 'Special:MyTalk'
    prefix: str = 'm'


def render_notice(
    target: Target,
    audience: Audience,
    text: NoticeText,
    leads: Leads,
    *,
    reply: Reply | None = None,
    until: datetime | None = None,
) -> Notice:
    """Return a notice; its approver is filled in by :func:`approved_by`.

    :param text: the texts of the language that was chosen for the target
    :param reply: to the subject: whether they can reply on the wiki of the request; None where not known
    :param until: to the subject: until when the request is open at least (aware); None where not known
    :raises InternalError: a page of the project, or the prefix, cannot be linked
    """
    keys = _community() if audience is Audience.COMMUNITY else _subject(reply, until)
    said = _joined([text.get(key, _parameters(leads, until)) for key in keys])
    lines = [
        f'<div lang="{text.tag}" dir="{text.direction}" class="mw-content-{text.direction}">',
        f'{said} {_links(audience, text, leads)} {SIGNATURE}',
        '</div>',
        notice_marker(leads.page_id),
    ]
    heading = text.get(f'{audience.value}-heading')
    return Notice(target, audience, text.language, heading, '\n'.join(lines), text.reviewed)


def approved_by(notice: Notice, approver: str) -> Notice:
    """Return a notice as it is sent: with the name of the account that approved it."""
    return replace(notice, body=notice.body.replace(APPROVER, f'<bdi>{escape(one_line(approver, 90))}</bdi>'))


def with_heading(notice: Notice) -> str:
    """Return a notice as a section. For a form that asks for both apart, heading and body are the fields."""
    return f'== {notice.heading} ==\n\n{notice.body}\n'


def _community() -> list[str]:
    return ['community-body', 'sent']


def _subject(reply: Reply | None, until: datetime | None) -> list[str]:
    """Return the keys for the subject; who may be unable to reply there reads how to do it otherwise."""
    how = {Reply.FREE: 'subject-free', Reply.TALK_PAGE: 'subject-talk-page'}
    open_until = ['subject-until'] if until is not None else []
    known = how.get(reply, 'subject-shut-out') if reply is not None else 'subject-shut-out'
    return ['subject-body', known, *open_until, 'sent']


def _joined(sentences: list[str]) -> str:
    return ''.join(one if one.endswith(_FULL_WIDTH) else f'{one} ' for one in sentences).rstrip()


def _parameters(leads: Leads, until: datetime | None) -> tuple[str, ...]:
    day = f'{until.astimezone(UTC):%Y-%m-%d}' if until is not None else ''
    return (
        request_link(leads), _own(leads.policy, leads), APPROVER, day,
        _own(leads.own_talk, leads), _own(leads.stewards, leads),
    )  # fmt: skip


def _links(audience: Audience, text: NoticeText, leads: Leads) -> str:
    links = [('why', leads.why)] if audience is Audience.COMMUNITY else []
    links.append(('questions', leads.questions))
    return ' · '.join(f'[[{_own(page, leads)}|{text.get(key)}]]' for key, page in links)


def request_link(leads: Leads) -> str:
    """Return the target of a link to the request; by its page id where its title is none."""
    title = linkable(leads.request) or f'Special:Redirect/page/{leads.page_id}'
    return f'{_prefix(leads)}:{title}'


def _own(title: str, leads: Leads) -> str:
    plain = linkable(title.partition('#')[0])
    if plain is None:
        raise InternalError(f'{title!r} is no title that a notice can link')
    return f'{_prefix(leads)}:{plain}'


def _prefix(leads: Leads) -> str:
    if not leads.prefix.isascii() or not leads.prefix.isalnum():
        raise InternalError(f'{leads.prefix!r} is no interwiki prefix')
    return leads.prefix
