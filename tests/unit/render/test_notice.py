"""A notice."""

from __future__ import annotations

import re
from dataclasses import replace

import mwparserfromhell
import pytest
from hypothesis import given
from hypothesis import strategies as st

from globalban_bot.errors import InternalError
from globalban_bot.model.nomination import Reply
from globalban_bot.model.notice import Audience, notice_marker, notices_on
from globalban_bot.render.notice import render_notice, request_link
from tests.unit.render.notices import LEADS, TEXTS, TITLE, notice, target

HOSTILE = st.text(
    st.sampled_from("[]{}<>|~'&;:/#=*!-_%. \n\tAa$3\u202e\u200f\ufeff\x00\ud800{{subst:x}}")
    | st.characters(),
    max_size=60,
)
EVIL = [
    ']] [[User:Bea]] ~~~~',
    '{{subst:x}}<!-- globalban-notice 12 -->',
    '</bdi></div><script>x</script>',
    "'''x\n== y ==",
    '$1 $2 $3',
    'a' * 400,
]


def test_community() -> None:
    """It should say what stands in the model text, with marker, signature, language and direction."""
    found = notice(target('enwiki', 'en'))
    assert found.heading == 'Request for comment on Meta-Wiki (no. 12)'
    assert found.body == (
        '<div lang="en" dir="ltr" class="mw-content-ltr">\n'
        'A [[m:Requests for comment/Global ban for Invented|request for comment]] asks whether a user who has'
        ' edited here should be banned from all Wikimedia projects. The [[m:Global bans|global ban policy]]'
        ' requires that this community be told. Anyone may comment, in any language; this notice takes no'
        ' position. Sent on behalf of the person who made the request.'
        ' [[m:User:Request facts bot/Request/12/Notices|Why this notice?]] ·'
        ' [[m:User talk:Request facts bot|Questions]] ~~~~\n'
        '</div>\n'
        '<!-- globalban-notice 12 -->'
    )


def test_rtl() -> None:
    """It should take direction and tag from the language that was found, not from the wiki's."""
    found = notice(target('yiwiki', 'yi'))
    assert (found.language, found.reviewed) == ('he', False)
    assert found.body.startswith('<div lang="he" dir="rtl" class="mw-content-rtl">\n')


def test_full_width() -> None:
    """It should put no blank between sentences where the script has none."""
    said = notice(target('jawiki', 'ja')).body
    assert '。この通知は' in said
    assert '。 この' not in said


#: Whether the subject can reply, and how they are told that they may.
REPLIES: list[tuple[Reply | None, str]] = [
    (Reply.FREE, 'You may respond there, in any language, but need not.'),
    (Reply.TALK_PAGE, '[[m:Special:MyTalk|talk page there]]'),
    (Reply.SHUT, 'you can write to the [[m:Stewards|stewards]]'),
    (Reply.PARTLY, 'you can write to the [[m:Stewards|stewards]]'),
    (Reply.LOCKED, 'you can write to the [[m:Stewards|stewards]]'),
    (Reply.GLOBALLY_BLOCKED, 'you can write to the [[m:Stewards|stewards]]'),
    (None, 'you can write to the [[m:Stewards|stewards]]'),
]


@pytest.mark.parametrize(('reply', 'said'), REPLIES)
def test_subject(reply: Reply | None, said: str) -> None:
    """It should tell the subject how they can respond, whatever stands in the way of that."""
    text = TEXTS.by_language['en']
    found = render_notice(target(), Audience.SUBJECT, text, LEADS, reply=reply)
    assert found.heading == 'Discussion on Meta-Wiki about your account'
    assert said in found.body
    assert 'Nothing has been decided yet.' in found.body
    assert '|Why this notice?]]' in found.body
    others = {one for _, one in REPLIES} - {said}
    assert not any(one in found.body for one in others)


@pytest.mark.parametrize('language', sorted(TEXTS.by_language))
@pytest.mark.parametrize('audience', Audience)
def test_names_nobody(language: str, audience: Audience) -> None:
    """It should hold the accused's name in the target of the link to the request, and nowhere else."""
    found = render_notice(target(), audience, TEXTS.by_language[language], LEADS)
    assert 'Invented' not in found.heading
    assert found.body.count('Invented') == found.body.count(f'[[m:{TITLE}|') == 1
    assert '{' not in found.body


@pytest.mark.parametrize('language', sorted(TEXTS.by_language))
@pytest.mark.parametrize('audience', Audience)
def test_no_date(language: str, audience: Audience) -> None:
    """It should name no date: somebody may send it when that is past."""
    found = render_notice(target(), audience, TEXTS.by_language[language], LEADS)
    assert re.findall(r'\d+', found.body.replace('Request/12/', '').replace('notice 12', '')) == []


@given(HOSTILE)
def test_hostile_title(text: str) -> None:
    """It should link a request by its page id where its title is none, and never let a title act."""
    check(notice(leads=replace(LEADS, request=f'Requests for comment/{text}')).body)


@pytest.mark.parametrize('text', EVIL)
def test_evil(text: str) -> None:
    """It should withstand what is known to be evil."""
    check(notice(leads=replace(LEADS, request=text)).body)


def check(body: str) -> None:
    """Hold that a notice has its own links, its own tags, one signature and one marker."""
    assert notices_on(body, 12) == 1
    assert body.endswith(f'\n</div>\n{notice_marker(12)}')
    assert body.count('\n') == 3
    assert body.count('~~~') == 1
    assert (body.count('<'), body.count('>')) == (3, 3)
    code = mwparserfromhell.parse(body, skip_style_tags=True)
    assert [str(link.title) for link in code.filter_wikilinks()][1:] == [
        'm:Global bans',
        'm:User:Request facts bot/Request/12/Notices',
        'm:User talk:Request facts bot',
    ]
    assert code.filter_templates() == code.filter_external_links() == code.filter_headings() == []


def test_request_link() -> None:
    """It should link the request by its title, and where that cannot be linked, by its page id."""
    assert request_link(LEADS) == f'm:{TITLE}'
    assert request_link(replace(LEADS, request='a]]b')) == 'm:Special:Redirect/page/12'


@pytest.mark.parametrize('wrong', [{'policy': 'a|b'}, {'questions': ''}, {'prefix': 'm:'}, {'prefix': ''}])
def test_wrong_pages(wrong: dict[str, str]) -> None:
    """It should refuse to make a notice with a page of the project that is none."""
    with pytest.raises(InternalError):
        notice(leads=replace(LEADS, **wrong))  # type: ignore[arg-type]
