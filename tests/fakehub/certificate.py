"""A certificate for the time of one test, by an authority that nobody trusts unasked."""

from __future__ import annotations

import contextlib
import ssl
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def certified(host: str) -> Iterator[tuple[str, ssl.SSLContext]]:
    """The path of the authority's certificate, and what a server at a host needs of it."""
    # A tenth of a second, for the few tests that want https.
    import trustme

    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ca.pem")
        authority.cert_pem.write_to_path(path)
        yield str(path), context
