"""The wikis of the farm, as described in wikis.yaml."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.farm.errors import FarmError

WIKIS_FILE = Path(__file__).with_name('wikis.yaml')


@dataclass(frozen=True)
class Wiki:
    """One wiki of the farm; wikis.yaml explains the fields.

    :param dbname: the name of its database, by which it goes
    """

    dbname: str
    host: str
    language: str
    sitename: str
    prefixes: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


def load_wikis(names: Iterable[str] | None = None, path: Path = WIKIS_FILE) -> tuple[Wiki, ...]:
    """Read the description of the wikis.

    :param names: the database names wanted; all of them when left out
    :param path: the YAML file
    """
    described = yaml.safe_load(path.read_text(encoding='utf-8'))
    wanted = list(described) if names is None else list(names)
    unknown = [name for name in wanted if name not in described]
    if unknown:
        raise FarmError(f'{path.name} describes no wiki {", ".join(unknown)}; it has {", ".join(described)}')
    return tuple(_wiki(name, described[name]) for name in wanted)


def _wiki(dbname: str, entry: dict[str, Any]) -> Wiki:
    return Wiki(dbname, **{**entry, 'prefixes': tuple(entry.get('prefixes', ()))})


def write_json(wikis: Iterable[Wiki], path: Path) -> None:
    """Write the description in the form that the PHP side reads."""
    path.write_text(json.dumps({wiki.dbname: asdict(wiki) for wiki in wikis}), encoding='utf-8')
