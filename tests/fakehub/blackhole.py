"""An address at which connections are neither accepted nor refused."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

HELD = 4
"""More connections than wait in the shortest queue that a system allows."""


@contextlib.contextmanager
def blackhole() -> Iterator[str]:
    """An http URL where connecting takes until the client's patience ends.

    Nobody takes connections off the queue of the listening socket, and it is full. Linux then
    does not answer to more of them, as a firewall would not that drops packets.
    """
    with contextlib.ExitStack() as opened:
        silent = opened.enter_context(socket.socket())
        silent.bind(("127.0.0.1", 0))
        silent.listen(0)
        for _ in range(HELD):
            waiting = opened.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(silent.getsockname())
        yield f"http://127.0.0.1:{silent.getsockname()[1]}"
