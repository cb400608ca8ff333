"""The texts of notices, as a page on the wiki of the requests replaces them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest

from globalban_bot.errors import WikiError
from globalban_bot.i18n.notices import NoticeTexts, load_notice_texts
from globalban_bot.jobs.notices.texts import texts_of
from globalban_bot.model.unknown import Gap, Unknown
from tests.unit.gather.made_json_page import JsonWiki, Version
from tests.unit.jobs.made import BOT
from tests.unit.made_accounts import AskedAccounts
from tests.unit.made_notices import Rights, settings

TEXTS = load_notice_texts()
PAGE = settings().texts_page
GROUPS = {'Admin': {'sysop'}, 'Steward': {'steward'}, 'Sender': {'massmessage-sender'}, 'Reader': set[str]()}


def text(why: str) -> str:
    return json.dumps({'en': {'why': why, 'reviewed': True}})


@dataclass
class Story:
    """A wiki with a page of texts.

    :ivar shown: what the operator is told
    """

    wiki: JsonWiki = field(default_factory=lambda: JsonWiki({}))
    accounts: AskedAccounts = field(default_factory=lambda: Rights(groups=GROUPS))
    shown: list[str] = field(default_factory=list)

    def save(self, content: str | None, user: str | None = 'Admin', model: str = 'json') -> None:
        versions = self.wiki.pages.setdefault(PAGE, [])
        versions.append(Version(len(versions) + 1, content, user, model))

    def read(self) -> NoticeTexts:
        return texts_of(TEXTS, self.wiki, self.accounts, settings(), BOT, self.shown.append)


def why(found: NoticeTexts) -> str:
    return found.by_language['en'].get('why')


def test_no_page() -> None:
    """It should have the texts of the package, and ask once, where there is no such page."""
    story = Story()
    assert story.read() is TEXTS
    assert (story.wiki.asked, story.shown) == (1, [])


@pytest.mark.parametrize(
    ('user', 'good'), [('Admin', True), ('Steward', True), ('Sender', False), ('Reader', False)]
)
def test_who_may(user: str, good: bool) -> None:
    """It should take texts of an administrator or a steward, and its word for their review."""
    story = Story()
    story.save(text('Why?'), user)
    found = story.read()
    assert (found is TEXTS) is not good
    assert why(found) == ('Why?' if good else why(TEXTS))
    assert found.by_language['en'].reviewed_by == (user if good else TEXTS.by_language['en'].reviewed_by)
    assert story.shown == ([] if good else [f'{PAGE}: revision 1: not trusted; left aside'])


def test_as_it_was_made() -> None:
    """It should find nothing wrong with the page as the bot has made it, and ask nobody about the bot."""
    story = Story()
    story.save('{}', BOT)
    assert story.read() == TEXTS
    assert (story.shown, story.accounts.asked) == ([], [])


#: Newer revisions that do not count, and what the operator is told.
ASIDE: list[tuple[str | None, str | None, str, str]] = [
    (text('Bad?'), 'Reader', 'json', 'not trusted'),
    (text('Bad?'), 'Nobody', 'json', 'not trusted'),
    (text('Bad?'), None, 'json', 'hidden'),
    (None, 'Admin', 'json', 'hidden'),
    (text('Bad?'), 'Admin', 'wikitext', 'other content model'),
    (text('~~~~'), 'Admin', 'json', "page of texts, en, why: '~' must not stand in it"),
    ('{', 'Admin', 'json', 'the page of texts is no JSON'),
]


@pytest.mark.parametrize(('content', 'user', 'model', 'said'), ASIDE)
def test_last_good(content: str | None, user: str | None, model: str, said: str) -> None:
    """It should keep to the last good revision, whatever was saved since, and tell what is wrong."""
    story = Story()
    story.save(text('Old?'))
    story.save(text('Why?'))
    story.save(content, user, model)
    assert why(story.read()) == 'Why?'
    (shown,) = story.shown
    assert shown.startswith(f'{PAGE}: revision 3: {said}')
    assert shown.endswith('; left aside')


def test_group_that_is_not_known() -> None:
    """It should trust nobody of whom it is not known whether they may."""
    story = Story(accounts=Rights(groups=GROUPS, since={('Admin', 'sysop'): Unknown(Gap.NO_ANSWER)}))
    story.save(text('Why?'))
    assert story.read() is TEXTS


def test_silent_wiki() -> None:
    """It should fail where the wiki does not tell, and not take that for a page without texts."""
    story = Story()
    story.save(text('Why?'))
    story.wiki.silent = True
    with pytest.raises(WikiError):
        story.read()
