"""A notice, as wikitext that is right on any wiki.

.. code-block:: wikitext

   == Request for comment on Meta-Wiki (no. 12345) ==
   <div lang="en" dir="ltr" class="mw-content-ltr">
   A [[m:…|request for comment]] asks whether … [[m:…|Why this notice?]] · [[m:…|Questions]] ~~~~
   </div>
   <!-- globalban-notice 12345 -->

It names nobody, and no date that may be past when somebody sends it. The title of the request stands in the
target of a link alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from globalban_bot.errors import InternalError
from globalban_bot.i18n.notices import NoticeText
from globalban_bot.model.nomination import Reply
from globalban_bot.model.notice import Audience, Notice, notice_marker
from globalban_bot.model.target import Target
from globalban_bot.render.title import linkable

SIGNATURE = '~~~~'
#: After these no blank follows, as Chinese and Japanese write.
_FULL_WIDTH = ('。', '？', '！', '：')


@dataclass(frozen=True)
class Leads:
    """Where a notice leads: titles on the wiki of the request.

    :param page_id: page id of the request
    :param request: its title
    :param policy: the policy on global bans
    :param why: the page that tells why somebody is told
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
) -> Notice:
    """Return a notice.

    :param text: the texts of the language that was chosen for the target
    :param reply: to the subject: whether they can reply on the wiki of the request; None where not known
    :raises InternalError: a page of the project, or the prefix, cannot be linked
    """
    keys = ['community-body', 'sent'] if audience is Audience.COMMUNITY else _subject(reply)
    said = _joined([text.get(key, _parameters(leads)) for key in keys])
    lines = [
        f'<div lang="{text.tag}" dir="{text.direction}" class="mw-content-{text.direction}">',
        f'{said} {_links(text, leads)} {SIGNATURE}',
        '</div>',
        notice_marker(leads.page_id),
    ]
    heading = text.get(f'{audience.value}-heading', _parameters(leads))
    return Notice(target, audience, text.language, heading, '\n'.join(lines), text.reviewed)


def _subject(reply: Reply | None) -> list[str]:
    """Return the keys for the subject; who may be unable to reply there reads how to do it otherwise."""
    how = {Reply.FREE: 'subject-free', Reply.TALK_PAGE: 'subject-talk-page'}
    known = how.get(reply, 'subject-shut-out') if reply is not None else 'subject-shut-out'
    return ['subject-body', known, 'sent']


def _joined(sentences: list[str]) -> str:
    return ''.join(one if one.endswith(_FULL_WIDTH) else f'{one} ' for one in sentences).rstrip()


def _parameters(leads: Leads) -> tuple[str, ...]:
    return (
        # There is no $4 any more: pages of texts may still have the others under their numbers.
        request_link(leads), _own(leads.policy, leads), str(leads.page_id), '',
        _own(leads.own_talk, leads), _own(leads.stewards, leads),
    )  # fmt: skip


def _links(text: NoticeText, leads: Leads) -> str:
    links = [('why', leads.why), ('questions', leads.questions)]
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
