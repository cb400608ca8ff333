"""PHP's own web server, on the loopback interface."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time

from tests.farm.errors import FarmError
from tests.farm.folders import SOURCE, Folders

HOST = '127.0.0.1'
START_SECONDS = 15
PHP_SETTINGS = {
    'apc.enable_cli': 1,
    'apc.shm_size': '128M',
    'display_errors': 0,
    'max_execution_time': 120,
    'memory_limit': '512M',
    'opcache.enable_cli': 1,
    'opcache.max_accelerated_files': 20000,
    'post_max_size': '64M',
    'variables_order': 'EGPCS',
}


class Server:
    """One running server.

    :param folders: the farm to serve
    :param port: 0 for any free one
    :param workers: requests answered at the same time
    """

    def __init__(self, folders: Folders, port: int = 0, workers: int = 4) -> None:
        self.port = port or _free_port()
        self._log = folders.run / 'server.log'
        environment = {**folders.environment(), 'PHP_CLI_SERVER_WORKERS': str(workers)}
        with self._log.open('ab') as log:
            self._process = subprocess.Popen(
                [sys.executable, '-S', SOURCE / 'guard.py', *self._command()],
                stdin=subprocess.PIPE, stdout=log, stderr=log, env=environment, start_new_session=True,
            )  # fmt: skip
        self._wait()

    def stop(self) -> None:
        """End the server; again is harmless."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()

    def _command(self) -> list[str]:
        settings = [word for name, value in PHP_SETTINGS.items() for word in ('-d', f'{name}={value}')]
        return ['php', *settings, '-S', f'{HOST}:{self.port}', str(SOURCE / 'router.php')]

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise FarmError(f'PHP does not serve on port {self.port}:\n{self._log.read_text()[-2000:]}')
            time.sleep(0.02)

    def _answers(self) -> bool:
        """Tell whether this very server answers, by a path that is no wiki's."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=START_SECONDS)
        try:
            connection.request('GET', '/farm')
            return connection.getresponse().status == http.client.NOT_FOUND
        except OSError:
            return False
        finally:
            connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
