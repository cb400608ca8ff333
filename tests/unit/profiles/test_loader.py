"""Profiles of wiki farms."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
import yaml

from globalban_bot.errors import UserError
from globalban_bot.i18n.messages import Messages
from globalban_bot.model.state import Status
from globalban_bot.profiles.loader import load_profile

NAMES = sorted(p.name for p in files('globalban_bot.profiles').iterdir() if p.name.endswith('.yaml'))


@pytest.mark.parametrize('name', [name.removesuffix('.yaml') for name in NAMES])
def test_every_profile_is_whole(name: str) -> None:
    """It should load every profile of the package, under the name of its file."""
    profile = load_profile(name)
    assert profile.name == name
    assert profile.titles
    assert all('subject' in form.groupindex for form in profile.titles)
    assert all(form.pattern.startswith(f'^{profile.prefix}') for form in profile.titles)
    assert all(excluded.reason for excluded in profile.excluded)
    assert '{page_id}' in profile.box_page
    assert profile.statuses[''] is Status.OPEN
    assert profile.heads


def test_no_unknown_keys() -> None:
    """It should find in the file of Meta-Wiki only what the loader reads."""
    data = yaml.safe_load((files('globalban_bot.profiles') / 'meta.yaml').read_text('utf-8'))
    assert {key: sorted(value) for key, value in data.items() if isinstance(value, dict)} == {
        'site': ['code', 'family', 'wiki'],
        'pages': ['board', 'box', 'log', 'method', 'report', 'stop'],
        'notices': [
            'ask',
            'category',
            'engines',
            'fallbacks',
            'list',
            'plan',
            'pump',
            'result',
            'text',
            'text_editors',
            'texts',
            'why',
            'wikidata',
        ],
        'commands': ['aliases', 'answers', 'limits', 'template', 'words'],
        'settings': ['in_force', 'page'],
        'kit': ['box', 'delivery', 'help', 'styles', 'why'],
        'restart': ['groups', 'operators'],
        'brake': ['edits', 'fall', 'rise', 'shrink'],
        'requests': ['categories', 'excluded', 'extra', 'prefix', 'titles'],
        'head': ['deletion', 'statuses', 'templates'],
    }
    assert set(data) == {
        'name', 'site', 'policy', 'pages', 'notices', 'commands', 'settings', 'kit', 'languages', 'restart',
        'stewards', 'brake', 'requests', 'head',
    }  # fmt: skip
    assert all(set(link) == {'title', 'message'} for link in data['stewards'])


#: Status words of Meta-Wiki, and what they mean.
STATUSES = {
    '': Status.OPEN,
    'open': Status.OPEN,
    'globalban-yes': Status.SUCCESSFUL,
    'resolved': Status.SUCCESSFUL,
    'globalban-no': Status.UNSUCCESSFUL,
    'invalid': Status.INVALID,
    'inactive': Status.INACTIVE,
    'closed': Status.CLOSED,
}


@pytest.mark.parametrize(('word', 'status'), STATUSES.items())
def test_status_words(word: str, status: Status) -> None:
    """It should know the meaning of the status words of Meta-Wiki."""
    assert load_profile('meta').statuses[word] is status


#: Titles of requests, and the part that names the accounts.
SUBJECTS = [
    ('Requests for comment/Global ban for Ada', 'Ada'),
    ('Requests for comment/Global ban of Ada Bel', 'Ada Bel'),
    ('Requests for comment/Global ban for User:Ada', 'Ada'),
    ('Requests for comment/Global ban for user Ada', 'Ada'),
    ('Requests for comment/Global ban for Username', 'Username'),
    ('Requests for comment/Global ban request for Ada', 'Ada'),
]


@pytest.mark.parametrize(('title', 'subject'), SUBJECTS)
def test_subject_of_a_title(title: str, subject: str) -> None:
    """It should find the part of a title that names the accounts."""
    found = next(filter(None, (form.match(title) for form in load_profile('meta').titles)))
    assert found['subject'] == subject


def test_pages_of_the_bot_name_no_subject() -> None:
    """It should name the bot's pages by the page id alone."""
    profile = load_profile('meta')
    title = profile.box_title(7)
    assert title.endswith('/7')
    owned = (profile.board_page, profile.log_page, profile.stop_page, title)
    assert len(set(owned)) == len(owned)
    pages = (*owned, profile.method_page, profile.report_page)
    assert all(re.match('User(?: talk)?:', page) for page in pages)
    assert not any(re.search(r'\bban\b|[\[\]{}|#<>]', page) for page in pages)


@pytest.mark.parametrize('name', [name.removesuffix('.yaml') for name in NAMES])
def test_brake_of_every_profile(name: str) -> None:
    """It should put the brake on somewhere: a limit that lets everything through is none."""
    limits = load_profile(name).limits
    assert 0 < limits.edits < 500
    assert 0 < limits.fall < limits.rise
    assert 0 < limits.shrink < 1


def test_every_link_for_stewards_has_words() -> None:
    """It should have a label for each page that stewards are offered."""
    links = load_profile('meta').steward_links
    assert links
    assert all(title and Messages().get(key) for title, key in links)


@pytest.mark.parametrize('name', ['klingon', '', '../meta', 'meta.yaml', 'loader'])
def test_unknown_profile(name: str) -> None:
    """It should refuse a name that is none, and name those that there are."""
    with pytest.raises(UserError, match=r'known are: .*meta'):
        load_profile(name)
