"""Measuring the reader against gold."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.score import PageScore, f1, main, scores_of

SIGNED = '[[User:{0}|{0}]] ([[User talk:{0}|talk]]) 12:0{1}, 1 May 2027 (UTC)'
WIKI = f"""{{{{rfc subpage|status=}}}}
== Support ==
# {{{{support}}}} {SIGNED.format('Ada', 1)}
# {{{{support}}}} {SIGNED.format('Bel', 2)}
== Oppose ==
# {{{{oppose}}}} {SIGNED.format('Cid', 3)}
# <s>{{{{oppose}}}} {SIGNED.format('Dov', 4)}</s>
"""
GOLD = """title: Requests for comment/Global ban for Eve
proposals:
- heading: null
  tally: {support: 2, oppose: 1, neutral: 0}
  votes:
  - {stance: support, user: Ada, time: '2027-05-01T12:01:00Z', state: counted, counts: true}
  - {stance: support, user: Bel, time: '2027-05-01T12:02:00Z', state: counted, counts: true}
  - {stance: oppose, user: Cid, time: '2027-05-01T12:03:00Z', state: counted, counts: true}
  - {stance: oppose, user: Dov, time: '2027-05-01T12:04:00Z', state: struck, counts: false}
"""


def folder_with(folder: Path, **golds: str) -> Path:
    for name, gold in golds.items():
        (folder / f'{name}.gold.yaml').write_text(gold, 'utf-8')
        (folder / f'{name}.wiki').write_text(WIKI, 'utf-8')
    return folder


def test_right_page(tmp_path: Path) -> None:
    """It should find nothing wrong with a page that was read right."""
    (score,) = scores_of(folder_with(tmp_path, one=GOLD))
    assert score == PageScore('one', 4, 4, (), (), tally=True)
    assert (score.right, f1([score])) == (4, 1.0)


#: What is changed in the gold: votes missed, votes that are extra, whether the tally is right, F1.
CHANGES: dict[str, tuple[tuple[str, str], int, int, bool, float]] = {
    'user': (('user: Bel', 'user: Xen'), 1, 1, True, 6 / 8),
    'stance': (('stance: oppose, user: Cid', 'stance: neutral, user: Cid'), 1, 1, True, 6 / 8),
    'minute': (('12:01:00', '12:09:00'), 1, 1, True, 6 / 8),
    'second': (('12:01:00', '12:01:59'), 0, 0, True, 1.0),
    'time unknown': (("'2027-05-01T12:01:00Z'", 'null'), 1, 1, True, 6 / 8),
    'counts': (('state: struck, counts: false', 'state: counted, counts: true'), 1, 1, True, 6 / 8),
    'state alone': (('state: struck', 'state: moved'), 0, 0, True, 1.0),
    'tally': (('support: 2', 'support: 3'), 0, 0, False, 1.0),
    'one vote fewer': ((GOLD.splitlines()[-1], ''), 0, 1, True, 6 / 7),
    'one vote twice': ((GOLD.splitlines()[-1], '\n'.join([GOLD.splitlines()[-1]] * 2)), 1, 0, True, 8 / 9),
}


@pytest.mark.parametrize(('change', 'missed', 'extra', 'tally', 'f'), CHANGES.values(), ids=CHANGES)
def test_difference(
    change: tuple[str, str], missed: int, extra: int, f: float, tmp_path: Path, *, tally: bool
) -> None:
    """It should name the votes that differ, each copy for itself, and whether the tally does."""
    (score,) = scores_of(folder_with(tmp_path, one=GOLD.replace(*change)))
    assert (len(score.missed), len(score.extra), score.tally) == (missed, extra, tally)
    assert f1([score]) == pytest.approx(f)


def test_proposals_are_matched_by_order(tmp_path: Path) -> None:
    """It should find a page wrong that has another number of questions."""
    more = GOLD + '- heading: Two\n  tally: {support: 0, oppose: 0, neutral: 0}\n  votes: []\n'
    (score,) = scores_of(folder_with(tmp_path, one=more))
    assert not score.tally


def test_f1_of_nothing() -> None:
    """It should give pages without votes that were read so the full score."""
    assert f1([]) == f1([PageScore('one', 0, 0, (), (), tally=True)]) == 1.0


def test_command_when_all_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should print a line a page and a total, and end well."""
    assert main([str(folder_with(tmp_path, one=GOLD, two=GOLD))]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        ['page', 'gold', 'read', 'missed', 'extra', 'tally'],
        ['one', '4', '4', '0', '0', 'right'],
        ['two', '4', '4', '0', '0', 'right'],
        ['total', '8', '8', '0', '0', '2', 'of', '2', 'right'],
        ['F1', '1.0000'],
    ]


def test_command_when_a_tally_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It should tell by its exit code that a tally is wrong, and with -v which votes are."""
    wrong = GOLD.replace('support: 2', 'support: 1').replace('user: Bel', 'user: Xen')
    assert main(['-v', str(folder_with(tmp_path, one=wrong))]) == 1
    out = capsys.readouterr().out
    assert 'WRONG' in out
    assert "    - (0, 'support', 'Xen', '2027-05-01 12:02', True)" in out
    assert "    + (0, 'support', 'Bel', '2027-05-01 12:02', True)" in out
    assert '0 of 1 right' in out


@pytest.mark.parametrize('arguments', [[], ['-v'], ['EMPTY'], ['missing']])
def test_command_without_pages(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It should say how it is used where there is nothing to score."""
    assert main([argument.replace('EMPTY', str(tmp_path)) for argument in arguments]) == 2
    assert 'usage: ' in capsys.readouterr().err
