"""What happens to pages between a plan of notices and what is told of them, and what stands there then."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from globalban_bot.model.notice import notice_marker
from tests.farm import hurdles
from tests.farm.abusefilter import Filter
from tests.farm.accounts import SENDER, Account
from tests.farm.client import Client, client_of
from tests.farm.farm import Farm
from tests.farm.many import PUMPS
from tests.farm.notices_stage import KEEPER, TITLE
from tests.farm.sending_form import SendingForm

_LINK = re.compile(r'\[(https://\S+Special:MassMessage\S+) ')


def text_of(client: Client, title: str) -> str:
    question = {'titles': title, 'prop': 'revisions', 'rvprop': 'content', 'rvslots': 'main'}
    page = client.get(action='query', **question)['query']['pages'][0]
    return str(page['revisions'][0]['slots']['main']['content'])


def _append(added: str) -> Callable[[Client, str], None]:
    return lambda client, pump: _save(client, pump, text_of(client, pump) + added)


def _save(client: Client, title: str, text: str) -> None:
    answer = client.edit(title, text)
    assert 'error' not in answer, answer


def _protect(level: str) -> Callable[[Client, str], None]:
    def protect(client: Client, pump: str) -> None:
        answer = client.post(action='protect', title=pump, protections=f'edit={level}', expiry='infinity')
        assert 'error' not in answer, answer

    return protect


def _opt_out(client: Client, pump: str) -> None:
    question = {'meta': 'allmessages', 'ammessages': 'massmessage-optout-category'}
    language = client.get(action='query', meta='siteinfo')['query']['general']['lang']
    name = client.get(action='query', amlang=language, **question)['query']['allmessages'][0]['content']
    _append(f'\n[[Category:{name}]]')(client, pump)


def _take_away(client: Client, pump: str) -> None:
    text = text_of(client, pump)
    start = text.rindex('\n==')
    _save(client, pump, text[:start])


def _archive(client: Client, pump: str) -> None:
    text = text_of(client, pump)
    start = text.rindex('\n==')
    _save(client, f'{pump}/Archive', text[start:])
    _save(client, pump, text[:start])


#: What people do, by its name in ``settling.yaml``.
DEEDS: Mapping[str, Callable[[Client, str], None]] = {
    'opt out': _opt_out,
    'redirect to a user page': lambda client, pump: _save(client, pump, '#REDIRECT [[User:Ada Invented]]'),
    'redirect to an article': lambda client, pump: _save(client, pump, '#REDIRECT [[Some article]]'),
    'protect': _protect('sysop'),
    'unprotect': _protect('all'),
    'archive': _archive,
    'take away': _take_away,
    'reply': _append('\n: What is this about? [[User:Ada Invented]]'),
    'write a link in a comment': _append(f'\n<!-- [[m:{TITLE}|x]] -->'),
    'plant a template': _append('\n{{subst:User:Ada Invented/planted}}'),
    'leave a comment open': _append('\n<!-- never closed'),
}


def do(farm: Farm, dbname: str, deed: str, page_id: int) -> None:
    """Do on a wiki what a row says."""
    if deed == 'read only':
        farm.set_switch(dbname, wgReadOnly='The servers are being moved')
    elif deed == 'filter':
        farm.set_switch(dbname, **hurdles.ABUSE_FILTER)
        farm.create_filter(dbname, Filter('action == "edit"'))
    elif deed == 'write a marker':
        with client_of(farm, dbname, KEEPER) as client:
            _append(f'\n{notice_marker(page_id)}')(client, PUMPS[dbname])
    elif deed == 'unprotect and try again':
        do(farm, dbname, 'unprotect', page_id)
        farm.run_jobs()
    elif deed:
        with client_of(farm, dbname, KEEPER) as client:
            DEEDS[deed](client, PUMPS[dbname])


def send_by_form(
    farm: Farm,
    plan: str,
    who: Account = SENDER,
    meanwhile: Callable[[], object] = lambda: None,
    **changes: str,
) -> int:
    """Send, as a person does by the links of a plan, and return to how many pages.

    :param plan: wikitext of the plan
    :param meanwhile: what others do between the preview and the send
    :param changes: what that person writes instead into the form
    """
    count = 0
    with client_of(farm, 'metawiki', who) as client:
        for link in _LINK.findall(plan):
            filled = {key: value[0] for key, value in parse_qs(urlsplit(unescape(link)).query).items()}
            filled.pop('title', None)
            form = SendingForm(client, **filled).preview(**changes)
            count += form.pages or 0
            meanwhile()
            assert form.send().sent, form.html
    return count


def told(output: str) -> dict[str, str]:
    """Return what a run printed of each community, by its host."""
    lines = re.findall(r'^  ([a-z.-]+\.org)(?: (\S.*?))??(?: \[[a-z-]+\])?: (.*)$', output, re.MULTILINE)
    known = [(host, words) for host, page, words in lines if not page.startswith('User talk:')]
    return dict(reversed(known))


def standing(farm: Farm, dbname: str, page_id: int) -> int:
    """Return how many notices of the request stand on the page of a community."""
    with client_of(farm, dbname) as client:
        return text_of(client, PUMPS[dbname]).count(f'(no. {page_id}) ==')


def table(rows: Mapping[str, Mapping[str, Any]], said: Mapping[str, str], stands: Mapping[str, int]) -> str:
    """Return what is told beside what stands on the pages, one wiki a line."""
    lines = [f'{"wiki":14} {"told":66} stands']
    lines += [f'{wiki:14} {said.get(wiki, "-"):66} {stands[wiki]}' for wiki in rows]
    return '\n'.join(lines)
