"""Sends what is meant for Wikimedia's hosts to the farm, and nothing anywhere else."""

from __future__ import annotations

import http.client
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from requests.adapters import BaseAdapter, HTTPAdapter

from tests.farm.faults import Fault, Moment, die


class NotTheFarmError(requests.exceptions.InvalidURL):
    """A program under test wanted to reach a host outside the farm."""


class FarmAdapter(HTTPAdapter):
    """A transport for :mod:`requests` that knows only the farm.

    :param url: the address of the farm's server
    :param hosts: the hosts that the farm stands in for
    :param fault: what is to go wrong, if anything
    """

    def __init__(self, url: str, hosts: Collection[str], fault: Fault | None = None) -> None:
        super().__init__()
        self._server = urlsplit(url).netloc
        self._hosts = frozenset(hosts)
        self._fault = fault
        self._counted = 0
        self.count = 0

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send one request to the farm; its answer bears the address that was asked for."""
        inner = self._redirect(request)
        self.count += 1
        moment = self._moment(request)
        if moment is Moment.BEFORE:
            die()
        if moment is Moment.SENT:
            self._send_and_die(inner)
        kwargs['proxies'] = {}
        response = super().send(inner, *args, **kwargs)
        if moment in (Moment.ANSWERED, Moment.LOST):
            response.content  # noqa: B018  # read to its end
        if moment is Moment.ANSWERED:
            die()
        if moment is Moment.LOST:
            raise requests.exceptions.ConnectionError('the answer was lost', request=request)
        response.request, response.url = request, str(request.url)
        return response

    def _redirect(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        parts = urlsplit(str(request.url))
        if parts.scheme != 'https' or parts.netloc not in self._hosts:
            raise NotTheFarmError(
                f'{parts.scheme}://{parts.netloc} is not in the test farm, which has only '
                f'https://{", https://".join(sorted(self._hosts))}; nothing was sent',
                request=request,
            )
        inner = request.copy()
        inner.url = urlunsplit(('http', self._server, *parts[2:]))
        inner.headers['Host'] = parts.netloc
        return inner

    def _moment(self, request: requests.PreparedRequest) -> Moment | None:
        """Count the request, and tell what is to happen to it."""
        if self._fault is None or not self._fault.concerns(f'{request.url}\n{_text(request.body)}'):
            return None
        self._counted += 1
        return self._fault.moment if self._counted == self._fault.number else None

    def _send_and_die(self, request: requests.PreparedRequest) -> None:
        parts = urlsplit(str(request.url))
        connection = http.client.HTTPConnection(self._server)
        path = urlunsplit(('', '', *parts[2:]))
        connection.request(str(request.method), path, _bytes(request.body), dict(request.headers))
        die()


def _text(body: object) -> str:
    return body.decode('utf-8', 'replace') if isinstance(body, bytes) else str(body or '')


def _bytes(body: object) -> bytes:
    return body if isinstance(body, bytes) else str(body or '').encode()


@contextmanager
def mounted(session: requests.Session, adapter: FarmAdapter) -> Iterator[FarmAdapter]:
    """Make the adapter the session's only transport for the length of a block."""
    before: dict[str, BaseAdapter] = dict(session.adapters)
    session.adapters.clear()
    for scheme in ('https://', 'http://'):
        session.mount(scheme, adapter)
    try:
        yield adapter
    finally:
        session.adapters.clear()
        session.adapters.update(before)
        adapter.close()
