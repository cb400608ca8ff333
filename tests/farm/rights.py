"""Groups given and taken as a steward does it, so that the log of rights tells of it."""

from __future__ import annotations

from tests.farm.accounts import OPERATOR
from tests.farm.client import client_of
from tests.farm.farm import Farm


def grant(farm: Farm, name: str, group: str, *, take: bool = False) -> None:
    """Add an account of Meta to a group, or remove it."""
    with client_of(farm, 'metawiki', OPERATOR) as client:
        token = client.token('userrights')
        change = {'remove' if take else 'add': group}
        answer = client.post(action='userrights', user=name, token=token, **change)
    assert 'error' not in answer, answer
