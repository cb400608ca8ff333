"""Which pages go when the bot leaves a wiki."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from globalban_bot.i18n.messages import Messages
from globalban_bot.jobs.setup.uninstall import plan_removal, titles_of
from globalban_bot.model.kit import Going, Removal
from globalban_bot.model.owned import CurrentPage, DesiredFacts, DesiredPage
from globalban_bot.profiles.loader import Profile, load_profile
from globalban_bot.render.kit import kit_pages
from tests.unit.jobs.made import BOT, META, START

EXAMPLE = load_profile('example')
USER = 'User:Request facts bot'


def states(titles: Iterable[str]) -> dict[str, CurrentPage]:
    """Return pages as the bot has left them."""
    return {
        title: CurrentPage(
            title, 1, BOT, START, DesiredPage(DesiredFacts(title, 'f', 'open'), 'text', START).text
        )
        for title in titles
    }


def removal_of(*found: str, profile: Profile = META, names: Mapping[str, str] | None = None) -> Removal:
    titles = titles_of(profile)
    return plan_removal(titles, names or {root: root for root in titles.roots}, found, states, BOT)


def test_roots() -> None:
    """It should look below these pages, and no others."""
    assert titles_of(META).roots == (USER, 'Template:Request facts bot')
    assert titles_of(EXAMPLE).roots == ('Project:Request facts',)


def test_whole_kit() -> None:
    """It should take the kit away, the stop page first, and the style sheet where there was one."""
    kit = [page.title for page in kit_pages(META, Messages(), styled=True)]
    assert removal_of(*sorted(kit)) == Removal(tuple(map(Going, kit)))


def test_edited_kit() -> None:
    """It should let no page of the kit be made again that somebody else has saved last, be it as it was."""
    kit = [page.title for page in kit_pages(META, Messages(), styled=True)]
    titles = titles_of(META)

    def edited(asked: Iterable[str]) -> Mapping[str, CurrentPage]:
        return states(asked) | {kit[1]: CurrentPage(kit[1], 2, 'Ada', START, 'Her own words.')}

    found = plan_removal(titles, {root: root for root in titles.roots}, kit, edited, BOT)
    assert [one.title for one in found.going if one.for_good] == [kit[1]]


def test_own_pages() -> None:
    """It should take away the pages of each form that the profile names."""
    names = (
        'Requests', 'Log', 'Request/7', 'Request/7/Notices', 'Request/7/Delivery', 'Request/7/Targets/en',
        'Request/7/Targets/zh-hans', 'Request/7/Text/1', 'Request/7/Why', 'Answers/8', 'Settings in force',
    )  # fmt: skip
    titles = sorted(f'{USER}/{name}' for name in names)
    assert removal_of(*titles) == Removal(tuple(map(Going, titles)))


def test_pages_of_people() -> None:
    """It should leave all that looks a little like its own."""
    names = (
        'Requests/Old',
        'Request/7a',
        'Request/',
        'Request/{page_id}',
        'Request/٧',
        'request/7',
        'Answers/8/9',
    )
    titles = tuple(sorted(f'{USER}/{name}' for name in names))
    assert removal_of(*titles) == Removal((), titles)


def test_names_of_the_wiki() -> None:
    """It should know its pages by the names that the wiki gives to namespaces."""
    found = (
        'Meta:Request facts',
        'Meta:Request facts/12',
        'Meta:Request facts/Run',
        'Meta:Request facts/Old',
    )
    names = {'Project:Request facts': 'Meta:Request facts'}
    assert removal_of(*found, profile=EXAMPLE, names=names) == Removal(
        (Going(found[2]), Going(found[0]), Going(found[1])), (found[3],)
    )


def test_title_as_a_pattern() -> None:
    """It should take the signs of a title for signs, not for a pattern."""
    names = {root: root.replace('facts', 'fa.ts') for root in titles_of(META).roots}
    assert removal_of('User:Request fa.ts bot/Log', 'User:Request facts bot/Log', names=names).left == (
        'User:Request facts bot/Log',
    )
