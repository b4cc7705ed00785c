"""A forwarding proxy on loopback that remembers what passed."""

from __future__ import annotations

import http.client
import select
import socket
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.fakehub.handlers import RecordedRequest
from tests.fakehub.listener import Listener

if TYPE_CHECKING:
    from typing_extensions import Self

PATIENCE = 5.0
HOP_BY_HOP = frozenset({"connection", "proxy-connection", "proxy-authorization"})


class Proxy:
    """An HTTP proxy as a context manager, for ``GET http://...`` and for tunnels (CONNECT).

    ``requests`` is what passed, in order; the path is the whole address, or ``host:port`` of a
    tunnel, in which nothing more is seen.
    """

    def __init__(self) -> None:
        self.requests: list[RecordedRequest] = []
        self.url = ""

    def __enter__(self) -> Self:
        self._listener = Listener(("127.0.0.1", 0), lambda *given: _Handler(self, *given))
        self.url = self._listener.url
        self._listener.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._listener.stop()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, proxy: Proxy, *given: Any) -> None:
        self.proxy = proxy
        super().__init__(*given)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_CONNECT(self) -> None:
        self._record()
        host, _, port = self.path.rpartition(":")
        with socket.create_connection((host, int(port)), PATIENCE) as there:
            self.send_response(200, "Connection established")
            self.end_headers()
            _relay(self.connection, there)
        self.close_connection = True

    def do_GET(self) -> None:
        self._record()
        there = urlsplit(self.path)
        target = there._replace(scheme="", netloc="").geturl()
        kept = {key: one for key, one in self.headers.items() if key.lower() not in HOP_BY_HOP}
        connection = http.client.HTTPConnection(there.netloc, timeout=PATIENCE)
        connection.request("GET", target, headers=kept)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        self.send_response(answer.status)
        for key, one in answer.getheaders():
            self.send_header(key, one)
        self.end_headers()
        self.wfile.write(body)

    def _record(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.proxy.requests.append(RecordedRequest(self.command, self.path, headers, "proxy"))


def _relay(here: socket.socket, there: socket.socket) -> None:
    """Hand on what either side says, until one of them ends."""
    across = {here: there, there: here}
    while True:
        ready, _, _ = select.select(list(across), [], [])
        for side in ready:
            said = side.recv(1 << 16)
            if not said:
                return
            across[side].sendall(said)
