"""Requests, and pages that look like them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from globalban_bot.gather.request_source import ANOTHER_TITLE, REDIRECT, classify_page
from globalban_bot.model.candidate import RequestRef
from globalban_bot.profiles.loader import load_profile

META = load_profile('meta')
RFC = 'Requests for comment'

#: Titles, and why they are left out; None where they are requests.
TITLES: list[tuple[str, str | None]] = [
    (f'{RFC}/Global ban for Ada', None),
    (f'{RFC}/Global ban of Ada', None),
    (f'{RFC}/Global ban request for Ada', None),
    (f'{RFC}/Global ban request of Ada', None),
    (f'{RFC}/Global ban for User:Ada', None),
    (f'{RFC}/Global ban for Ada (2)', None),
    (f'{RFC}/Global ban for Ada and Bel', None),
    (f'{RFC}/Global ban for 9839아', None),
    (f'{RFC.replace(" ", "_")}/Global_ban_for_Ada', None),
    (f'{RFC}/Global ban for Ada/de', 'a translation'),
    (f'{RFC}/Global ban for Ada/pt-br', 'a translation'),
    (f'{RFC}/Global ban for Ada/zh-hans', 'a translation'),
    (f'{RFC}/Global ban for Ada/socks', 'a subpage of a request'),
    (f'{RFC}/Global ban for Ada/Evidence/2', 'a subpage of a request'),
    (f'{RFC}/Global bans', 'about the policy'),
    (f'{RFC}/Global ban', 'about the policy'),
    (f'{RFC}/Global ban requirements 2', 'about the policy'),
    (f'{RFC}/Global bans and locks', 'about the policy'),
    (f'{RFC}/Improvement of global ban policy', 'about the policy'),
    (f'User:Ada/{RFC}/Global ban for Bel', 'not among the requests for comment'),
    (f'Talk:{RFC}/Global ban for Bel', 'not among the requests for comment'),
    (f'{RFC}/Logo', ANOTHER_TITLE),
    (f'{RFC}/global ban for Ada', ANOTHER_TITLE),
    (f'{RFC}/Global ban for ', ANOTHER_TITLE),
    ('', 'not among the requests for comment'),
]


@pytest.mark.parametrize(('title', 'excluded'), TITLES)
def test_title(title: str, excluded: str | None) -> None:
    """It should tell requests by their titles, and name why another page is none."""
    found = classify_page(META, title, 7)
    assert found == RequestRef(title.replace('_', ' '), 7, excluded)
    assert found.is_request is (excluded is None)


@pytest.mark.parametrize('name', ['Successful global ban requests', 'unsuccessful_global_ban_requests'])
def test_category(name: str) -> None:
    """It should take a page in a category of requests for one, whatever its title among them."""
    assert classify_page(META, f'{RFC}/The case of Ada', None, categories=['Other', name]).is_request


@pytest.mark.parametrize('title', ['User:Ada/Draft', f'{RFC}/Global ban for Ada/de', f'{RFC}/Global bans'])
def test_excluded_title_in_a_category(title: str) -> None:
    """It should leave an excluded title out though it stands in a category of requests."""
    assert not classify_page(META, title, 7, categories=META.categories).is_request


def test_another_category() -> None:
    """It should not take a page for a request because of another category."""
    found = classify_page(META, f'{RFC}/Logo', 7, categories=['Requests for comment'])
    assert found.excluded == ANOTHER_TITLE


def test_extra_title() -> None:
    """It should take a title for a request that the profile names, though it is excluded by its form."""
    profile = replace(META, extra=(f'{RFC}/Global bans',))
    assert classify_page(profile, f'{RFC}/Global_bans', 7).is_request


@pytest.mark.parametrize('title', [f'{RFC}/Global ban for Ada', f'{RFC}/Global bans'])
def test_redirect(title: str) -> None:
    """It should leave out a redirect first of all: the request stands elsewhere."""
    profile = replace(META, extra=(title,))
    assert classify_page(profile, title, 7, redirect=True).excluded == REDIRECT


def test_revision() -> None:
    """It should keep the newest revision of a request, by which a later run knows that nothing changed."""
    extra = replace(META, extra=(f'{RFC}/Logo',))
    assert classify_page(META, f'{RFC}/Global ban for Ada', 7, revision=70).revision == 70
    assert classify_page(extra, f'{RFC}/Logo', 7, revision=70).revision == 70
    assert classify_page(META, f'{RFC}/Case', 7, categories=META.categories, revision=70).revision == 70
