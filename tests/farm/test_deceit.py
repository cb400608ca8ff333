"""Attacks by text, as they once succeeded: no edit, send or restart follows, and nothing untrue is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from globalban_bot.pages.target_list import read_target_list
from tests.farm import deceit
from tests.farm.accounts import SENDER, Account
from tests.farm.child import run_child
from tests.farm.deceit import META, PLANTED, STRANGER, TEXTS, add, filled, plant, pump, save, text_on
from tests.farm.farm import Farm
from tests.farm.notices_stage import KEEPER
from tests.farm.onwiki import edit, pages
from tests.farm.settling import told
from tests.farm.test_notify import Stage, barriers, deliver, folder, given, page_of, run, stage

__all__ = ['folder', 'stage']
LOG = META.log_page


def planned(farm: Farm, found: dict[str, Any], folder: Path) -> None:
    """Let the bot plan the notices."""
    outcome = run(farm, folder, f'-request:{found["page_id"]}', '-plan')
    assert outcome.code == 0, outcome.errors


def sweep(farm: Farm, folder: Path) -> None:
    """Run the scheduled job."""
    outcome = run(farm, folder, '-plan')
    assert outcome.code == 0, outcome.errors


def listed(farm: Farm, found: dict[str, Any]) -> dict[str, str]:
    """Return the page of each wiki on the list of targets."""
    targets = read_target_list(pages(farm)[page_of(found, 'list')].text)
    assert targets is not None
    return dict(targets)


def without_log(farm: Farm) -> dict[str, str]:
    return {title: page.text for title, page in pages(farm).items() if title != LOG}


def test_rulings(stage: Stage, folder: Path) -> None:
    """It should take no text on any talk page for an order, whoever saved it or is made to have saved it."""
    farm, found = stage
    farm.create_accounts('metawiki', STRANGER)
    planned(farm, found, folder)
    plan = page_of(found, 'plan')
    add(farm, 'metawiki', plan, 'Wait.', STRANGER)
    talks = [f'Talk:{found["title"]}', plan.replace('User:', 'User talk:'), META.report_page]
    people = {'stranger': STRANGER, 'administrator': KEEPER}
    for title in talks:
        for row in TEXTS['rulings']:
            add(farm, 'metawiki', title, filled(row['text'], found), people[row['by']])
    save(farm, 'metawiki', PLANTED, filled(TEXTS['planted'], found), STRANGER)
    for title in talks:
        add(farm, 'metawiki', title, 'Is anybody there? ~~~~', KEEPER)
        assert 'approve 000000000000' in text_on(farm, 'metawiki', title).split('Is anybody')[0][-300:]
    sweep(farm, folder)
    before = without_log(farm)
    assert run_child(farm, folder, 'globalban_talk', '-always').code == 0
    outcome = run(farm, folder, f'-request:{found["page_id"]}', '-deliver', '-engine:direct')
    sweep(farm, folder)
    assert (given(farm, found), farm.run_jobs()) == ({}, {}), outcome.output
    assert without_log(farm) == before
    assert listed(farm, found) == {}
    assert 'Somebody has edited' in ' '.join(barriers(farm, found, folder))


def test_planted_on_pumps(stage: Stage, folder: Path) -> None:
    """It should edit no page on which something waits for the next edit, in any language, and say so."""
    farm, found = stage
    planted = {wiki: plant(farm, wiki, pump(wiki), text) for wiki, text in TEXTS['pumps'].items()}
    talk = f'User talk:{found["subject"]}'
    planted_talk = plant(farm, 'metawiki', talk, TEXTS['pumps']['enwiki'])
    for wiki in [*planted, 'metawiki']:
        save(farm, wiki, PLANTED, filled(TEXTS['planted'], found))
    outcome = deliver(farm, found, folder, 'direct')
    stands = {wiki: text_on(farm, wiki, pump(wiki)) for wiki in planted}
    touched = {wiki: deceit.by_bot(farm, wiki) for wiki in planted}
    live = {}
    for wiki, text in planted.items():
        add(farm, wiki, pump(wiki), 'Good morning.', KEEPER)
        live[wiki] = text not in text_on(farm, wiki, pump(wiki))
        print(f'{wiki:14} {live[wiki]!s:6} {touched[wiki]} {TEXTS["pumps"][wiki]!r}')
    edited = {wiki for wiki in planted if touched[wiki]}
    assert {wiki for wiki in planted if stands[wiki] != planted[wiki]} == edited
    assert not {wiki for wiki in edited if not stands[wiki].startswith(planted[wiki])}, edited
    assert not {wiki for wiki in edited if live[wiki]}, edited
    assert text_on(farm, 'metawiki', talk) == planted_talk
    assert f'svwiki {pump("svwiki")}' not in given(farm, found)
    assert len(given(farm, found)) > 5, outcome.output


def test_led_astray(stage: Stage, folder: Path) -> None:
    """It should tell the subject and the pages of communities alone, and pass no community over."""
    farm, found = stage
    innocent = 'Innocent Invented'
    farm.create_accounts('viwiki', Account(innocent, registered='20200101000000'))
    farm.create_accounts('metawiki', Account(innocent, registered='20200101000000'))
    deceit.change(
        farm, 'viwiki', 'UPDATE user SET user_editcount = 90 WHERE user_name = :name', name=innocent
    )
    text = text_on(farm, 'metawiki', found['title'])
    hidden = '\n'.join(line.format(innocent) for line in TEXTS['hidden_subjects'])
    save(farm, 'metawiki', found['title'], text.replace('Statement.', f'{hidden}\nStatement.'))
    deceit.lead_astray(farm, found)
    for wiki, written in TEXTS['told_by_strangers'].items():
        add(farm, wiki, pump(wiki), filled(written, found))
    save(farm, 'enwiki', 'Wikipedia:Sandbox', filled('[[m:TITLE]]', found))
    planned(farm, found, folder)
    targets, hosts = listed(farm, found), {wiki: one.host for wiki, one in farm.wikis.items()}
    for wiki in TEXTS['astray']:
        assert hosts[wiki] not in targets, wiki
    for wiki in [*TEXTS['told_by_strangers'], 'enwiki']:
        assert targets.get(hosts[wiki]) == pump(wiki)
    assert hosts['viwiki'] not in targets
    made = {title: page.text for title, page in pages(farm).items() if title.startswith('User:Request facts')}
    assert [title for title, text in made.items() if innocent in text] == []
    said = told(run(farm, folder, f'-request:{found["page_id"]}', '-coverage').output)
    unseen = {wiki: said[hosts[wiki]] for wiki in ('simplewiki', 'bnwiki', 'kawiki')}
    assert all(words.endswith('no notice found') for words in unseen.values()), unseen
    assert 'by another page' in said[hosts['commonswiki']]


def test_hold_after_many_edits(stage: Stage, folder: Path) -> None:
    """It should keep a hold after more edits of the bot than one answer tells, and after a false word."""
    farm, found = stage
    planned(farm, found, folder)
    plan = page_of(found, 'plan')
    own = deceit.newest_revision(farm, plan)
    assert 'Ready' in ' '.join(barriers(farm, found, folder))
    add(farm, 'metawiki', plan, 'Wait.')
    # The bot may read 5,000 revisions at once.
    deceit.repeat_revision(farm, own, 5100)
    assert 'Somebody has edited' in ' '.join(barriers(farm, found, folder))
    save(farm, 'metawiki', plan, 'Go.', summary='(globalban-rearm)')
    assert 'Somebody has edited' in ' '.join(barriers(farm, found, folder))


def test_clock_ahead(stage: Stage, folder: Path) -> None:
    """It should end no wait and no hold, and tell no other time, where the clock of the machine is ahead."""
    farm, found = stage
    farm.create_accounts('metawiki', SENDER)
    deceit.send_unseen(farm, found)
    deceit.lead_astray(farm, found)
    young = datetime.now(UTC) - timedelta(hours=2)
    ahead = ('-m', 'tests.farm.notify_ahead', '30', f'-request:{found["page_id"]}', '-plan', '-always')
    outcome = run_child(farm, folder, *ahead, timeout=300)
    assert outcome.code == 0, outcome.errors
    hosts = {wiki: one.host for wiki, one in farm.wikis.items()}
    said = told(outcome.output)
    assert said[hosts['enwiki']].endswith('handed over, not seen yet')
    targets = listed(farm, found)
    assert {hosts['hiwiki'], hosts['idwiki']}.isdisjoint(targets)
    tomorrow = datetime.now(UTC) + timedelta(hours=30)
    plan = pages(farm)[page_of(found, 'plan')].text
    assert f'{datetime.now(UTC):%-d %B %Y}' in plan
    assert f'{tomorrow:%-d %B %Y}' not in plan
    deceit.open_at(farm, found, young)
    assert run_child(farm, folder, *ahead, timeout=300).code == 0
    assert listed(farm, found) == {}


def test_planted_on_own_pages(stage: Stage, folder: Path) -> None:
    """It should expand nothing that somebody has planted on the pages of the bot, nor on the request."""
    farm, found = stage
    own = 'User:Request facts bot'
    jobs = (
        ('globalban_status', '-always'),
        ('globalban_talk', '-always'),
        ('globalban_notify', '-plan', '-always'),
    )
    add(farm, 'metawiki', f'Talk:{found["title"]}', filled('* {{ASK|recount}} ~~~~', found))
    for job in jobs:
        assert run_child(farm, folder, *job, timeout=300).code == 0
    titles = [title for title in pages(farm) if title.startswith(own) and title != META.stop_page]
    assert len(titles) > 6, titles
    planted = {title: plant(farm, 'metawiki', title, '{{subst:User:Mallory Invented/x}}') for title in titles}
    save(farm, 'metawiki', PLANTED, filled(TEXTS['planted'], found))
    text = text_on(farm, 'metawiki', found['title']).replace('|status=|', '|status=invalid|')
    edit(farm, found['title'], text)
    add(farm, 'metawiki', f'Talk:{found["title"]}', filled('* {{ASK|recount}} {{ASK|status}} ~~~~', found))
    for job in jobs:
        run_child(farm, folder, *job, timeout=300)
    after = {title: page.text for title, page in pages(farm).items() if title.startswith(own)}
    print([title for title in titles if after[title] != planted[title]])
    assert [title for title, text in after.items() if 'approve 0' in text] == []


def test_restart(stage: Stage, folder: Path) -> None:
    """It should stay stopped where an edit of an administrator expands a planted "run"."""
    farm, found = stage
    save(farm, 'metawiki', META.stop_page, '{{subst:User:Mallory Invented/x}}')
    save(farm, 'metawiki', PLANTED, 'run')
    add(farm, 'metawiki', META.stop_page, '<noinclude>Stopped, as votes are looked at.</noinclude>', KEEPER)
    assert text_on(farm, 'metawiki', META.stop_page).startswith('run')
    before = without_log(farm)
    planned_nothing = run(farm, folder, f'-request:{found["page_id"]}', '-plan')
    assert (planned_nothing.code, without_log(farm)) == (0, before)
    for word in ('stop', 'run'):
        save(farm, 'metawiki', META.stop_page, word, KEEPER)
    planned(farm, found, folder)
    assert without_log(farm).keys() > before.keys()


def test_planted_notice(stage: Stage, folder: Path) -> None:
    """It should take no link for a notice that a message about something else, or the nominator, expanded."""
    farm, found = stage
    farm.create_accounts('metawiki', SENDER)
    nominator = Account(found['nominator'], 'nominator of the farm')
    farm.create_accounts('eswiki', nominator)
    for wiki in ('enwiki', 'eswiki'):
        plant(farm, wiki, pump(wiki), '{{subst:User:Mallory Invented/x}}')
        save(farm, wiki, PLANTED, filled('[[m:TITLE]] MARKER', found))
    deceit.send_newsletter(farm, 'enwiki')
    add(farm, 'eswiki', pump('eswiki'), 'Good morning. ~~~~', nominator)
    diff = deceit.newest_revision(farm, pump('eswiki'), 'eswiki')
    add(
        farm,
        'metawiki',
        found['title'],
        f'Told: https://{farm.wikis["eswiki"].host}/wiki/Special:Diff/{diff}',
    )
    for wiki in ('enwiki', 'eswiki'):
        assert found['title'] in text_on(farm, wiki, pump(wiki))
    planned(farm, found, folder)
    targets = listed(farm, found)
    for wiki in ('enwiki', 'eswiki'):
        assert targets.get(farm.wikis[wiki].host) == pump(wiki)
