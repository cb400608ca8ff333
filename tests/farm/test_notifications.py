"""Whom Echo notifies of an edit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.farm.accounts import Account, BotPassword
from tests.farm.client import Client, client_of
from tests.farm.errors import FarmError
from tests.farm.farm import Farm
from tests.farm.notifications import read_notifications
from tests.farm.releases import ON_LTS

META = 'metawiki'
WRITER = Account('Ada Invented', bot_password=BotPassword())
READER = Account('Bea Invented')


@pytest.fixture
def writer(farm: Farm) -> Iterator[Client]:
    """Give a client of an account, which has had its thanks for the first edit, on a wiki with Echo."""
    farm.create_accounts(META, WRITER, READER)
    with farm.switch(META, load=['Echo']), client_of(farm, META, WRITER) as client:
        client.edit('Invented page', 'text')
        assert farm.notifications(META) == (('thank-you-edit', WRITER.name),)
        yield client


@ON_LTS
class TestMention:
    def test_signed(self, farm: Farm, writer: Client) -> None:
        """It should notify who is linked in a comment that is signed."""
        writer.edit('Talk:Invented page', f'== Subject ==\n[[User:{READER.name}]] see this. ~~~~')
        assert farm.notifications(META)[1:] == (('mention', READER.name),)

    def test_unsigned(self, farm: Farm, writer: Client) -> None:
        """It should notify nobody where the signature is missing."""
        writer.edit('Talk:Invented page', f'== Subject ==\n[[User:{READER.name}]] see this.')
        assert farm.notifications(META)[1:] == ()

    def test_link_to_talk(self, farm: Farm, writer: Client) -> None:
        """It should notify nobody for a link to the talk page, signed or not."""
        writer.edit('Talk:Invented page', f'== Subject ==\n[[User talk:{READER.name}|B]] see this. ~~~~')
        assert farm.notifications(META)[1:] == ()


@ON_LTS
class TestTalkPage:
    def test_new_section(self, farm: Farm, writer: Client) -> None:
        """It should notify whose talk page it is, also where the section is called minor."""
        for minor in ({}, {'minor': 1}):
            section = {'section': 'new', 'sectiontitle': 'Subject', **minor}
            writer.post(action='edit', title=f'User talk:{READER.name}', text='Hello. ~~~~', **section)
        assert farm.notifications(META)[1:] == (('edit-user-talk', READER.name),) * 2


def test_without_echo(tmp_path: Path) -> None:
    """It should say that a release has no Echo, as the one of Debian 12."""
    with pytest.raises(FarmError, match='metawiki has no tables of Echo'):
        read_notifications(tmp_path / 'metawiki.sqlite')
