"""Special:MassMessage, as the stand-in has it, on both releases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.farm.accounts import BOT, SENDER, Account
from tests.farm.client import Client, client_of
from tests.farm.farm import Farm
from tests.farm.mass_messages import END, LIST, META, PUMP, TEXT, WIKI, log, revisions, write_list
from tests.farm.releases import ON_BOTH
from tests.farm.sending_form import SendingForm

pytestmark = ON_BOTH


@pytest.fixture
def sender(farm: Farm) -> Iterator[Client]:
    """Give a client of Meta, logged in as a person who may send mass messages."""
    with client_of(farm, META, SENDER) as client:
        yield client


class TestForm:
    def test_filled(self, farm: Farm, sender: Client) -> None:
        """It should show what the link holds, byte for byte, also after the preview."""
        write_list(farm, PUMP)
        filled = {'spamlist': LIST, 'subject': 'Ünd "this" & [[that]]', 'message': '{{x|y}} <b>#%</b>\n~~~~'}
        form = SendingForm(sender, **filled)
        assert form.fields.items() >= filled.items()
        assert form.preview().fields.items() >= filled.items()

    @pytest.mark.parametrize('button', ['submit-button', 'preview-button'])
    def test_get(self, farm: Farm, sender: Client, button: str) -> None:
        """It should send nothing by a GET, whatever button the link names."""
        write_list(farm, PUMP)
        form = SendingForm(sender, spamlist=LIST, subject='A notice', message=TEXT, **{button: '1'})
        assert (form.pages, form.sent, log(farm, META)) == (None, False, [])

    def test_sent(self, farm: Farm, sender: Client) -> None:
        """It should show the button that sends after a preview alone, and log the list as it is then."""
        write_list(farm, PUMP, 'Wikipedia:Bar')
        form = SendingForm(sender, spamlist=LIST, subject='A notice', message=TEXT)
        assert (form.can_send, form.pages) == (False, None)
        form.preview(subject='Another')
        assert (form.can_send, form.pages, log(farm, META)) == (True, 2, [])
        write_list(farm, PUMP)
        assert form.send().sent
        ((action, title, params),) = log(farm, META)
        assert (action, title, params['pageMessage']) == ('send', LIST, '')
        assert farm.run_jobs() == {WIKI: 1}
        assert f'{END}{params["revid"]} -->' in str(revisions(farm)[0])

    def test_empty_list(self, farm: Farm, sender: Client) -> None:
        """It should count no page of an empty list, and log the sending all the same."""
        write_list(farm)
        form = SendingForm(sender, spamlist=LIST, subject='A notice', message=TEXT).preview()
        assert form.pages == 0
        assert form.send().sent
        assert [line[0] for line in log(farm, META)] == ['send']
        assert farm.run_jobs() == {}

    def test_warnings(self, farm: Farm, sender: Client) -> None:
        """It should let a message go that it warns of, and stop one without a text."""
        write_list(farm, PUMP)
        form = SendingForm(sender, spamlist=LIST, subject='A notice', message='<b>Unsigned').preview()
        assert ('no signature' in form.html, 'no partner' in form.html, form.can_send) == (True, True, True)
        assert not form.preview(message=' ').can_send

    def test_no_token(self, farm: Farm, sender: Client) -> None:
        """It should send nothing without the token of the form."""
        write_list(farm, PUMP)
        form = SendingForm(sender, spamlist=LIST, subject='A notice', message=TEXT)
        assert not form.send(wpEditToken='').sent
        assert log(farm, META) == []

    @pytest.mark.parametrize('account', [None, BOT], ids=['nobody', 'bot'])
    def test_no_right(self, farm: Farm, account: Account | None) -> None:
        """It should show no form to somebody without the right."""
        with client_of(farm, META, account) as client:
            assert SendingForm(client, spamlist=LIST).fields == {}
