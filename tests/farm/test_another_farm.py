"""Another farm: a profile and a policy file of its own, and nothing else."""

from __future__ import annotations

from pathlib import Path

from globalban_bot.profiles.loader import load_profile
from tests.farm.accounts import Account
from tests.farm.botfolder import write_bot_folder
from tests.farm.child import run_child
from tests.farm.farm import Farm
from tests.farm.onwiki import edit, page_id, pages

EXAMPLE = load_profile('example')
TITLE = 'Community requests/Ban of Mirelle Tarn from all wikis'
TEXT = """{{request|status=|comment=|date=20260101120000}}
The account has edited on several wikis. [[User:Osric Fallow|Osric Fallow]] 12:00, 1 January 2026 (UTC)
== Support ==
# Yes. [[User:Farm operator|Farm operator]] 12:30, 1 January 2026 (UTC)
== Oppose ==
"""


def test_another_farm(farm: Farm, tmp_path: Path) -> None:
    """It should find the requests of another farm, hold them to its policy and post on its pages."""
    for wiki in ('metawiki', 'enwiki', 'dewiki', 'frwiki'):
        farm.create_accounts(wiki, Account('Mirelle Tarn', registered='20200101000000'))
    farm.create_accounts('metawiki', Account('Osric Fallow', registered='20200101000000'))
    edit(farm, TITLE, TEXT, 'Osric Fallow')
    edit(farm, EXAMPLE.stop_page, 'run')
    folder = write_bot_folder(tmp_path / 'bot')
    outcome = run_child(
        farm, folder, '-m', 'tests.farm.status_at', '2026-01-02T12:00:00+00:00', '-always', '-profile:example'
    )
    assert outcome.code == 0, outcome.errors
    found = {title.replace('4:', 'Project:'): one for title, one in pages(farm).items()}
    assert EXAMPLE.board_page in found
    box = found[EXAMPLE.box_title(page_id(farm, TITLE))].text
    assert 'registered more than 90 days before the opening: met' in box
    assert '100 edits on one of the wikis before the opening: not met' in box
    assert 'the policy asks for 3 projects or more' in box
    assert '1 support, 0 oppose, 0 neutral' in box
