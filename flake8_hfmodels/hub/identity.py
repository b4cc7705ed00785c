"""Who asks whom: the endpoint, the token and the offline switch, as huggingface_hub has them."""

from __future__ import annotations

import hashlib
import os
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from flake8_hfmodels.record import dataclass

DEFAULT = "https://huggingface.co"


@dataclass(frozen=True, slots=True)
class Identity:
    """An endpoint and the token for it; `token` is `None` for nobody in particular.

    `warning` is a line for people where a token is kept back.
    """

    endpoint: str
    token: str | None
    offline: bool = False
    warning: str = ""

    @property
    def digest(self) -> str:
        """Tells identities apart without giving the token away."""
        secret = f"{self.endpoint}\n{self.token or ''}".encode("utf-8", "surrogateescape")
        return hashlib.sha256(secret).hexdigest()[:16]

    def __repr__(self) -> str:
        shown = "set" if self.token else "none"
        return f"Identity({_shown(self.endpoint)!r}, token {shown}, offline={self.offline})"


def current() -> Identity:
    """The identity that huggingface_hub would use now (HF_ENDPOINT, HF_TOKEN, HF_HUB_OFFLINE …).

    The token is that of the environment or of `hf auth login`. `get_token()` could also ask a
    server for one (HF_OIDC_RESOURCE, a token near its end), which a linter must not wait for.
    """
    try:
        from huggingface_hub import constants
    except ValueError as error:  # one of its variables is no number, or no address
        why = f"huggingface_hub cannot read its environment ({error}); see HF_ENDPOINT, HF_HUB_…"
        return Identity(DEFAULT, None, offline=True, warning=why)
    if not _is_plain(constants.ENDPOINT or DEFAULT):
        return Identity(DEFAULT, None, offline=True, warning="HF_ENDPOINT is no address")
    offline = is_offline()
    endpoint = constants.ENDPOINT or DEFAULT
    if constants.HF_HUB_DISABLE_IMPLICIT_TOKEN:
        return identity(endpoint, None, offline)
    token = _clean(os.environ.get("HF_TOKEN") or os.environ.get("HUGGING_FACE_HUB_TOKEN"))
    if token is not None:
        return identity(endpoint, token, offline)
    path = Path(constants.HF_TOKEN_PATH)
    try:
        return identity(endpoint, _clean(path.read_text()), offline)
    except FileNotFoundError:
        return identity(endpoint, None, offline)
    except (OSError, UnicodeDecodeError):
        return Identity(endpoint, None, offline, f"the token in {path} cannot be read")


def is_offline() -> bool:
    """Whether the environment says that nobody is to be asked.

    As huggingface_hub 2.4.0 constants.py has it, without its import.
    """
    switch = os.environ.get("HF_HUB_OFFLINE") or os.environ.get("TRANSFORMERS_OFFLINE")
    return (switch or "").upper() in {"1", "ON", "YES", "TRUE"}


def identity(endpoint: str, token: str | None, offline: bool = False) -> Identity:
    """Make an identity whose token never travels in the clear."""
    endpoint = endpoint.rstrip("/")
    if not token:
        return Identity(endpoint, None, offline)
    if not token.isascii() or not token.isprintable():
        return Identity(endpoint, None, offline, "the token is not sent: it is no token")
    if not _is_private_channel(endpoint):
        where = _shown(endpoint)
        warning = f"the token is not sent to {where}: it would travel unencrypted"
        return Identity(endpoint, None, offline, warning)
    return Identity(endpoint, token, offline)


def is_loopback(endpoint: str) -> bool:
    """Whether an endpoint is this machine."""
    host = _parts(endpoint).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_private_channel(endpoint: str) -> bool:
    return _parts(endpoint).scheme == "https" or is_loopback(endpoint)


def _parts(endpoint: str) -> SplitResult:
    try:
        return urlsplit(endpoint)
    except ValueError:
        return urlsplit("")  # no address at all; asking it will say so


def _is_plain(endpoint: str) -> bool:
    """Whether all who read an address see the same host in it."""
    return endpoint.isascii() and endpoint.isprintable() and not set(endpoint) & set("\\ ")


def _shown(endpoint: str) -> str:
    """An endpoint as it may be printed: without a name and password in it."""
    start = endpoint.find("//") + 2 if "//" in endpoint else 0
    host, slash, path = endpoint[start:].partition("/")
    return endpoint[:start] + host.rpartition("@")[2] + slash + path


def _clean(token: str | None) -> str | None:
    return (token or "").replace("\r", "").replace("\n", "").strip() or None
