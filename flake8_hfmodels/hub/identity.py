"""Who asks whom: the endpoint, the token and the offline switch, as huggingface_hub has them."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from flake8_hfmodels.record import dataclass

if TYPE_CHECKING:
    from urllib.parse import SplitResult

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
        return _digest(secret)[:16]

    def key(self, path: str) -> str:
        """What the answer to a path is kept under: for this identity, and no other."""
        # Hexadecimal, as requests_cache 1.3 writes keys into its SQL as they are.
        text = f"{self.digest}:{path}".encode("utf-8", "surrogatepass")
        return _digest(text)

    def __repr__(self) -> str:
        shown = "set" if self.token else "none"
        return f"Identity({_shown(self.endpoint)!r}, token {shown}, offline={self.offline})"


def _digest(secret: bytes) -> str:
    """SHA-256 in hexadecimal."""
    digest: str = _sha256()(secret).hexdigest()
    return digest


@cache
def _sha256() -> Callable[[bytes], Any]:
    """Where the function is had for the least.

    `hashlib` takes OpenSSL along, a tenth of a warm run. Python's own code for it is in `_sha2`,
    `_sha256` before 3.12; `random` of the standard library imports it so too.
    """
    for name in ("_sha2", "_sha256"):
        with suppress(ImportError):  # also where a system allows OpenSSL's alone
            own: Callable[[bytes], Any] = import_module(name).sha256
            return own
    import hashlib

    return hashlib.sha256


def current(chosen: str = "") -> Identity:
    """The identity that huggingface_hub would use now (HF_ENDPOINT, HF_TOKEN, HF_HUB_OFFLINE …).

    A `chosen` endpoint takes the place of its own. The token is for its own alone: a project that
    somebody checks out and looks at could choose one that collects tokens.

    The token is that of the environment or of `hf auth login`. `get_token()` could also ask a
    server for one (HF_OIDC_RESOURCE, a token near its end), which a linter must not wait for.
    """
    try:
        endpoint, path = _by_ourselves() or _by_huggingface_hub()
    except ValueError as error:  # one of its variables is no number, or no address
        why = f"huggingface_hub cannot read its environment ({error}); see HF_ENDPOINT, HF_HUB_…"
        return Identity(DEFAULT, None, offline=True, warning=why)
    if not _is_plain(chosen or endpoint):
        name = "endpoint" if chosen else "HF_ENDPOINT"
        return Identity(DEFAULT, None, offline=True, warning=f"{name} is no address")
    offline = is_offline()
    if chosen and chosen != endpoint.rstrip("/"):
        return Identity(chosen, None, offline)
    if _is_true(os.environ.get("HF_HUB_DISABLE_IMPLICIT_TOKEN")):
        return identity(endpoint, None, offline)
    token = _clean(os.environ.get("HF_TOKEN") or os.environ.get("HUGGING_FACE_HUB_TOKEN"))
    if token is not None:
        return identity(endpoint, token, offline)
    try:
        with open(path) as file:
            return identity(endpoint, _clean(file.read()), offline)
    except FileNotFoundError:
        return identity(endpoint, None, offline)
    except (OSError, UnicodeDecodeError):
        return Identity(endpoint, None, offline, f"the token in {path} cannot be read")


def _by_ourselves() -> tuple[str, str] | None:
    """The endpoint and the file of the token, or `None` for what huggingface_hub is to decide.

    It is slow to import. These are its constants.py from 0.23.0 to 2.4.0, as far as all of them
    agree: not on the staging Hub, nor on what they expand in a path; nor are they content with
    every address and every number.
    """
    asked = os.environ.get
    endpoint = asked("HF_ENDPOINT") or DEFAULT
    is_simple = _is_simple(endpoint, "https://") or _is_simple(endpoint, "http://")
    home = os.path.join(os.path.expanduser("~"), ".cache")
    home = os.path.join(asked("XDG_CACHE_HOME", home), "huggingface")
    home = os.path.expanduser(asked("HF_HOME", home))
    path = asked("HF_TOKEN_PATH", os.path.join(home, "token"))
    is_read_alike = (
        is_simple
        and not path.startswith("~")
        and not set(path) & set("$%")
        and not _is_true(asked("HUGGINGFACE_CO_STAGING"))
        and all(asked(name, "0").isdecimal() for name in _NUMBERS)
    )
    return (endpoint, path) if is_read_alike else None


_NUMBERS = (
    "HF_HUB_DOWNLOAD_TIMEOUT",
    "HF_HUB_ETAG_TIMEOUT",
    "HF_HUB_LOCAL_DIR_AUTO_SYMLINK_THRESHOLD",
)


def _by_huggingface_hub() -> tuple[str, str]:
    """The same, as the installed version has it."""
    from huggingface_hub import constants

    return constants.ENDPOINT or DEFAULT, constants.HF_TOKEN_PATH


def is_offline() -> bool:
    """Whether the environment says that nobody is to be asked.

    As huggingface_hub 2.4.0 constants.py has it, without its import.
    """
    return _is_true(os.environ.get("HF_HUB_OFFLINE") or os.environ.get("TRANSFORMERS_OFFLINE"))


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
    from ipaddress import ip_address

    host = _parts(endpoint).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _is_private_channel(endpoint: str) -> bool:
    if _is_simple(endpoint, "https://"):
        return True
    return _parts(endpoint).scheme == "https" or is_loopback(endpoint)


def _is_simple(endpoint: str, scheme: str) -> bool:
    """Whether an address begins so, and there is nothing in it that could be read in two ways."""
    rest = endpoint.removeprefix(scheme)
    return rest not in ("", endpoint) and _SIMPLE.issuperset(rest)


_SIMPLE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:/")


def _parts(endpoint: str) -> SplitResult:
    from urllib.parse import urlsplit  # slow to import, and most endpoints are plain

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


def _is_true(value: str | None) -> bool:
    return (value or "").upper() in {"1", "ON", "YES", "TRUE"}


def _clean(token: str | None) -> str | None:
    return (token or "").replace("\r", "").replace("\n", "").strip() or None
