"""The options of the scripts, and what they say of themselves; read without importing pywikibot."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import scripts

SCRIPTS = sorted(Path(scripts.__file__).parent.glob('globalban_*.py'))
EACH = pytest.mark.parametrize('path', SCRIPTS, ids=lambda path: path.stem)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text('utf-8'))


def documented(path: Path) -> list[tuple[str, str]]:
    """Return the options at the beginnings of lines of the help text, each with its colon or without."""
    return re.findall(r'^-([\w-]+)(:?)', ast.get_docstring(tree(path)) or '', re.MULTILINE)


def constant(module: ast.Module, name: str) -> ast.expr:
    """Return what a name of a module stands for."""
    for node in module.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, 'target', None)]
        if any(isinstance(one, ast.Name) and one.id == name for one in targets):
            assert isinstance(node, ast.Assign | ast.AnnAssign)
            assert node.value is not None
            return node.value
    raise AssertionError(f'there is no {name}')


def known(path: Path) -> tuple[set[str], set[str]]:
    """Return the flags, and the options with a value, that a script gives to run_script."""
    module = tree(path)
    (call,) = [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == 'run_script'
    ]
    flags, values = (
        constant(module, given.id) if isinstance(given, ast.Name) and given.id.isupper() else given
        for given in call.args[2:4]
    )
    assert isinstance(flags, ast.Tuple)
    assert isinstance(values, ast.Dict)
    return {ast.literal_eval(one) for one in flags.elts}, {
        ast.literal_eval(one) for one in values.keys if one
    }


def test_scripts() -> None:
    """It should have these scripts."""
    names = {path.stem.removeprefix('globalban_') for path in SCRIPTS}
    assert names >= {'background', 'check', 'status', 'tally'}


@EACH
def test_short(path: Path) -> None:
    """It should be short: what a script does stands in the package."""
    assert len(path.read_text('utf-8').splitlines()) < 120


@EACH
def test_never_concludes(path: Path) -> None:
    """It should say in its help text that it counts and never concludes."""
    assert 'It counts; it never concludes' in (ast.get_docstring(tree(path)) or '')


@EACH
def test_every_option_is_documented(path: Path) -> None:
    """It should document each option once, one with a value with a colon, and no other."""
    flags, values = known(path)
    assert sorted(documented(path)) == sorted([(one, '') for one in flags] + [(one, ':') for one in values])


@EACH
def test_every_option_is_used(path: Path) -> None:
    """It should look at each option that it takes."""
    looked_at: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {'options.one', 'options.all'}:
            looked_at.add(ast.literal_eval(node.args[0]))
        if isinstance(node, ast.Compare) and ast.unparse(node.comparators[0]) == 'options':
            looked_at.add(ast.literal_eval(node.left))
    flags, values = known(path)
    assert looked_at == flags | values
