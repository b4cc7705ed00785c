"""A listening socket on loopback whose connections and threads end when it is told to."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import sys
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATIENCE = 5.0


class Listener(ThreadingHTTPServer):
    """A listening socket that can end its connections and wait for their threads."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(
        self,
        address: tuple[str, int],
        handler: Callable[..., BaseHTTPRequestHandler],
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._open: set[socket.socket] = set()
        self._handlers: list[threading.Thread] = []
        self._guard = threading.Lock()
        self._context = context
        super().__init__(address, handler)
        scheme = "http" if context is None else "https"
        self.url = f"{scheme}://{address[0]}:{self.server_port}"
        self._ending = threading.Event()
        self._loop = threading.Thread(target=self._take_connections, daemon=True)

    def server_bind(self) -> None:
        # HTTPServer asks the resolver for the host's full name here, which can take seconds.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), self.server_address[1]

    def get_request(self) -> tuple[socket.socket, Any]:
        # The handshake is left to the connection's own thread: a client may take its time.
        connection, address = super().get_request()
        if self._context is None:
            return connection, address
        secured = self._context.wrap_socket(
            connection, server_side=True, do_handshake_on_connect=False
        )
        return secured, address

    def start(self) -> None:
        """Take connections in a thread of its own."""
        self._loop.start()

    def stop(self) -> None:
        """Take no more connections, end those that are open, wait for their threads."""
        # serve_forever() polls for its end; a last connection ends the wait for one at once.
        self._ending.set()
        with contextlib.suppress(OSError):
            socket.create_connection((self.server_name, self.server_port), PATIENCE).close()
        self._loop.join(PATIENCE)
        self.server_close()
        with self._guard:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        for thread in self._handlers:
            thread.join(PATIENCE)

    def process_request(self, request: Any, client_address: Any) -> None:
        thread = threading.Thread(
            target=self.process_request_thread, args=(request, client_address), daemon=True
        )
        with self._guard:
            self._open.add(request)
        self._handlers = [*filter(threading.Thread.is_alive, self._handlers), thread]
        thread.start()

    def shutdown_request(self, request: Any) -> None:
        with self._guard:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A client that went away is no news; everything else is a bug and is printed.
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def _take_connections(self) -> None:
        while not self._ending.is_set():
            self.handle_request()
