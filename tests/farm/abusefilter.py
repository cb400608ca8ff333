"""Filters of AbuseFilter, which has no API to make one."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from tests.farm.accounts import OPERATOR
from tests.farm.folders import SOURCE, Folders
from tests.farm.maintenance import run_script

#: Actions by name, each with its parameters; a warning has the name of the interface message to show.
WARN: Mapping[str, Sequence[str]] = {'warn': ('abusefilter-warning',)}
DISALLOW: Mapping[str, Sequence[str]] = {'disallow': ('abusefilter-disallowed',)}


@dataclass(frozen=True)
class Filter:
    """A filter.

    :param rules: the condition, in AbuseFilter's language
    :param actions: what is done where it holds, by name, with parameters
    :param description: what people who are stopped are told of it
    """

    rules: str
    actions: Mapping[str, Sequence[str]] = field(default_factory=lambda: DISALLOW)
    description: str = 'Invented filter'


def create_filter(folders: Folders, dbname: str, new: Filter) -> int:
    """Make an enabled filter, as the operator would, and return its number."""
    order = json.dumps({**asdict(new), 'performer': OPERATOR.name})
    return int(run_script(folders, dbname, SOURCE / 'abusefilter.php', text=order))
