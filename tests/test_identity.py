"""Who asks whom: as huggingface_hub has it, and no token where others could read it."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from huggingface_hub import constants

from flake8_hfmodels.facts import Found, Lacking, Missing, Owner
from flake8_hfmodels.hub import identity as identity_module
from flake8_hfmodels.hub.identity import Identity, current, identity, is_loopback
from flake8_hfmodels.hub.opening import close_all, open_hub, warn_once
from flake8_hfmodels.reference import Target
from flake8_hfmodels.settings import Settings
from tests.conftest import Connect
from tests.doors import Place
from tests.fakehub import VALID_TOKEN, FakeHub

SECRET = Target("model", "alice/secret-model", None)
HUB = "https://huggingface.co"

BOTH = """
import json, sys
from flake8_hfmodels.hub.identity import current

ours = current()
by_ourselves = "huggingface_hub" not in sys.modules
from huggingface_hub import constants, get_token

token = None if constants.HF_HUB_DISABLE_IMPLICIT_TOKEN else get_token()
print(json.dumps([
    [ours.endpoint, ours.token, ours.offline],
    [constants.ENDPOINT or "https://huggingface.co", token, bool(constants.HF_HUB_OFFLINE)],
    by_ourselves,
]))
"""

Read = Callable[[dict[str, str | None]], tuple[object, object, bool]]

# Files of tokens in a folder.
TOKENS = {
    "token": "hf_from_file\n",
    "empty": "",
    "huggingface/token": "hf_from_cache\n",
    ".cache/huggingface/token": "hf_from_home\n",
    ".cache/huggingface_staging/token": "hf_staging\n",
    ".cache/token": "hf_short\n",
}

# An environment, and the endpoint, token and offline switch in it. {} is that folder.
ENVIRONMENTS: dict[str, tuple[dict[str, str | None], tuple[str, str | None, bool]]] = {
    "nothing": ({}, (HUB, None, False)),
    "endpoint": ({"HF_ENDPOINT": "https://hf.example"}, ("https://hf.example", None, False)),
    "empty endpoint": ({"HF_ENDPOINT": ""}, (HUB, None, False)),
    "endpoint with a path": ({"HF_ENDPOINT": "https://a.b/hf"}, ("https://a.b/hf", None, False)),
    "token": ({"HF_TOKEN": "hf_a"}, (HUB, "hf_a", False)),
    "old token": ({"HUGGING_FACE_HUB_TOKEN": "hf_a"}, (HUB, "hf_a", False)),
    "both tokens": ({"HF_TOKEN": "hf_a", "HUGGING_FACE_HUB_TOKEN": "hf_b"}, (HUB, "hf_a", False)),
    "token with ends of lines": ({"HF_TOKEN": " hf_a\r\n"}, (HUB, "hf_a", False)),
    "empty token": ({"HF_TOKEN": "", "HF_HOME": "{}"}, (HUB, "hf_from_file", False)),
    "blank token": ({"HF_TOKEN": " \n", "HF_HOME": "{}"}, (HUB, "hf_from_file", False)),
    "token file": ({"HF_HOME": "{}"}, (HUB, "hf_from_file", False)),
    "token before file": ({"HF_TOKEN": "hf_a", "HF_HOME": "{}"}, (HUB, "hf_a", False)),
    "home of all caches": (
        {"HF_HOME": None, "XDG_CACHE_HOME": "{}"},
        (HUB, "hf_from_cache", False),
    ),
    "home of the user": (
        {"HF_HOME": None, "XDG_CACHE_HOME": None, "HOME": "{}"},
        (HUB, "hf_from_home", False),
    ),
    "home that is short": ({"HF_HOME": "~/.cache", "HOME": "{}"}, (HUB, "hf_short", False)),
    "token path": ({"HF_TOKEN_PATH": "{}/token"}, (HUB, "hf_from_file", False)),
    "token path to nowhere": ({"HF_TOKEN_PATH": "{}/nowhere"}, (HUB, None, False)),
    "token path to nothing": ({"HF_TOKEN_PATH": "{}/empty"}, (HUB, None, False)),
    "no implicit token": (
        {"HF_TOKEN": "hf_a", "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1"},
        (HUB, None, False),
    ),
    "implicit token": (
        {"HF_TOKEN": "hf_a", "HF_HUB_DISABLE_IMPLICIT_TOKEN": "0"},
        (HUB, "hf_a", False),
    ),
    "offline": ({"HF_HUB_OFFLINE": "1"}, (HUB, None, True)),
    "offline in words": ({"HF_HUB_OFFLINE": "yes"}, (HUB, None, True)),
    "not offline": ({"HF_HUB_OFFLINE": "0"}, (HUB, None, False)),
    "transformers offline": ({"TRANSFORMERS_OFFLINE": "1"}, (HUB, None, True)),
    "http on this machine": (
        {"HF_ENDPOINT": "http://localhost:8000", "HF_TOKEN": "hf_a"},
        ("http://localhost:8000", "hf_a", False),
    ),
}


# What huggingface_hub's versions read each in its own way, or refuse to read.
VARIED: dict[str, dict[str, str | None]] = {
    "staging": {"HUGGINGFACE_CO_STAGING": "1", "HF_TOKEN": "hf_a"},
    "staging and an endpoint": {"HUGGINGFACE_CO_STAGING": "1", "HF_ENDPOINT": "https://hf.example"},
    "staging's own token": {"HUGGINGFACE_CO_STAGING": "1", "HOME": "{}"},
    "token path in the home": {"HF_TOKEN_PATH": "~/token", "HOME": "{}"},
    "token path with a variable": {"HF_TOKEN_PATH": "$HERE/token", "HERE": "{}"},
    "home with a variable": {"HF_HOME": "$HERE", "HERE": "{}"},
    "another variable": {"HF_HOME": "%HERE%", "HERE": "{}"},
    "an address that may be none": {"HF_ENDPOINT": "https://hf.example/?a"},
    "a password in the address": {"HF_ENDPOINT": "https://user:password@hf.example"},
    "another scheme": {"HF_ENDPOINT": "HTTPS://hf.example"},
    "a number with a sign": {"HF_HUB_ETAG_TIMEOUT": "+5"},
}


@pytest.fixture
def read_by_both(tmp_path: Path) -> Read:
    """What we, and what huggingface_hub, read in an environment, and whether it was not needed."""
    for name, token in TOKENS.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(token)

    def reading(environment: dict[str, str | None]) -> tuple[object, object, bool]:
        here = {"HF_HOME": "{}/nowhere", **environment}
        given = {
            **{name: one for name, one in os.environ.items() if name not in here},
            **{name: one.replace("{}", str(tmp_path)) for name, one in here.items() if one},
        }
        given |= {name: "" for name, one in here.items() if one == ""}
        command = [sys.executable, "-c", BOTH]
        ran = subprocess.run(command, env=given, check=True, capture_output=True, text=True)
        ours, theirs, by_ourselves = json.loads(ran.stdout)
        return ours, theirs, by_ourselves

    return reading


@pytest.mark.parametrize(("environment", "expected"), ENVIRONMENTS.values(), ids=ENVIRONMENTS)
def test_same_as_huggingface_hub(
    read_by_both: Read,
    environment: dict[str, str | None],
    expected: tuple[str, str | None, bool],
) -> None:
    assert read_by_both(environment) == ([*expected], [*expected], True)


@pytest.mark.parametrize("environment", VARIED.values(), ids=VARIED)
def test_what_only_huggingface_hub_knows(
    read_by_both: Read, environment: dict[str, str | None]
) -> None:
    ours, theirs, by_ourselves = read_by_both(environment)
    assert (ours, by_ourselves) == (theirs, False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("HF_HUB_DOWNLOAD_TIMEOUT", "abc", id="no number"),
        pytest.param("HF_HUB_ETAG_TIMEOUT", "", id="nothing"),
    ],
)
def test_what_huggingface_hub_cannot_read(place: Place, name: str, value: str) -> None:
    tell = "from flake8_hfmodels.hub.identity import current; print(current().warning)"
    ran = place.where(**{name: value}).python("-c", tell)
    assert ran.out.startswith("huggingface_hub cannot read its environment (invalid literal for")


def test_no_endpoint_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "/")
    monkeypatch.setattr(constants, "ENDPOINT", "")
    assert current().endpoint == HUB


def test_address_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://hf.example\\@other.example")
    monkeypatch.setattr(constants, "ENDPOINT", "https://hf.example\\@other.example")
    read = current()
    assert (read.endpoint, read.offline, read.warning) == (HUB, True, "HF_ENDPOINT is no address")


def test_nobody_is_asked_for_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_OIDC_RESOURCE", "alice/secret-model")
    assert current().token is None


TOKEN_FILES = {
    "a token": (b"hf_a\n", "hf_a", ""),
    "nothing": (b"", None, ""),
    "no text": (b"\xff\xfe", None, "the token in {} cannot be read"),
    "not ASCII": ("hf_ä".encode(), None, "the token is not sent: it is no token"),
    "a control character": (b"hf_\x07a", None, "the token is not sent: it is no token"),
}


@pytest.mark.parametrize(("content", "token", "warning"), TOKEN_FILES.values(), ids=TOKEN_FILES)
def test_token_file(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    content: bytes,
    token: str | None,
    warning: str,
) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    monkeypatch.setenv("HF_TOKEN_PATH", str(file))
    read = current()
    assert (read.token, read.warning) == (token, warning.format(file))


def test_token_file_that_is_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_TOKEN_PATH", str(tmp_path))
    assert current().warning == f"the token in {tmp_path} cannot be read"


def test_token_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_a")
    assert current() == Identity(HUB, "hf_a")


def test_no_implicit_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_a")
    monkeypatch.setenv("HF_HUB_DISABLE_IMPLICIT_TOKEN", "1")
    assert current() == Identity(HUB, None)


CHANNELS = {
    "https": ("https://hf.example", True),
    "https with a path": ("https://a.b/artifactory/hf", True),
    "HTTPS": ("HTTPS://hf.example", True),
    "http": ("http://hf.example", False),
    "http, an address": ("http://192.0.2.1", False),
    "http, any address": ("http://0.0.0.0:8000", False),
    "http, this machine": ("http://127.0.0.1:8000", True),
    "http, this machine too": ("http://127.7.7.7", True),
    "http, this machine, IPv6": ("http://[::1]:8000", True),
    "http, localhost": ("http://localhost:8000", True),
    "http, a name that begins like it": ("http://localhost.example", False),
    "http, a name that begins like its address": ("http://127.0.0.1.example", False),
    "http, a user who looks like it": ("http://localhost@hf.example", False),
    "no scheme": ("hf.example", False),
    "nothing": ("", False),
    "brackets": ("http://[", False),
    "ftp": ("ftp://hf.example", False),
}


@pytest.mark.parametrize(("endpoint", "is_private"), CHANNELS.values(), ids=CHANNELS)
def test_token_travels_only_where_nobody_reads_it(endpoint: str, is_private: bool) -> None:
    made = identity(endpoint, "hf_a")
    assert (made.token, bool(made.warning)) == ("hf_a" if is_private else None, not is_private)


def test_endpoint_ends_without_a_slash() -> None:
    assert identity("https://a.b/hf/", None).endpoint == "https://a.b/hf"


def test_this_machine() -> None:
    assert (is_loopback("http://localhost"), is_loopback("https://huggingface.co")) == (True, False)


def test_warning_shows_no_password() -> None:
    assert identity("http://user:password@hf.example/", "hf_a").warning == (
        "the token is not sent to http://hf.example: it would travel unencrypted"
    )


@pytest.mark.parametrize("path", ["//hf", "/a//b", "/a@b", ""])
def test_warning_shows_no_password_whatever_the_path(path: str) -> None:
    warning = identity(f"http://user:pass@word@hf.example{path}", "hf_a").warning
    assert warning == (
        f"the token is not sent to http://hf.example{path}: it would travel unencrypted"
    )


def test_repr_shows_no_secret() -> None:
    shown = [repr(identity("https://user:password@hf.example", token)) for token in ("hf_a", None)]
    assert shown == [
        "Identity('https://hf.example', token set, offline=False)",
        "Identity('https://hf.example', token none, offline=False)",
    ]


def test_identities_have_their_own_digests() -> None:
    digests = {
        identity(endpoint, token).digest
        for endpoint in (HUB, "https://hf.example")
        for token in (None, "hf_a", "hf_b")
    }
    assert len(digests) == 6


# On the wire


def test_token_is_sent(hub: FakeHub, connect: Connect) -> None:
    assert isinstance(connect(hub.url, VALID_TOKEN)([SECRET])[SECRET], Found)
    assert [request.headers["authorization"] for request in hub.requests] == [
        f"Bearer {VALID_TOKEN}"
    ]


@pytest.mark.parametrize(
    "host",
    [pytest.param("127.0.0.1", id="this machine"), pytest.param("0.0.0.0", id="elsewhere")],
)
@pytest.mark.parametrize("where", ["HOME", "NETRC"])
def test_netrc_says_nothing_of_the_token(
    hub: FakeHub,
    connect: Connect,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    host: str,
    where: str,
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login a password b\nmachine 0.0.0.0 login a password b\n")
    netrc.chmod(0o600)
    monkeypatch.delenv("NETRC")
    monkeypatch.setenv(where, str({"HOME": tmp_path, "NETRC": netrc}[where]))
    connect(hub.url.replace("127.0.0.1", host))([SECRET])
    assert [request.authorized for request in hub.requests] == [False, False]


def test_netrc_does_not_replace_the_token(
    hub: FakeHub, connect: Connect, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login a password b\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    assert isinstance(connect(hub.url, VALID_TOKEN)([SECRET])[SECRET], Found)


def test_token_is_not_sent_in_the_clear(hub: FakeHub, connect: Connect) -> None:
    endpoint = hub.url.replace("127.0.0.1", "0.0.0.0")
    opened = connect(endpoint, VALID_TOKEN)
    assert opened([SECRET]) == {SECRET: Missing(Lacking.REPO, Owner.EXISTS)}
    assert [request.authorized for request in hub.requests] == [False, False]
    assert opened.warnings() == [
        f"the token is not sent to {endpoint}: it would travel unencrypted"
    ]


def test_we_say_who_we_are(hub: FakeHub, connect: Connect) -> None:
    connect(hub.url)([SECRET])
    names = {request.headers["user-agent"].partition("/")[0] for request in hub.requests}
    assert names == {"flake8-hfmodels"}


# Opening


@pytest.fixture
def opens_hubs() -> Iterator[None]:
    """Nobody else gets the hubs that a test has opened, and closed."""
    close_all()
    yield
    close_all()


@pytest.mark.usefixtures("opens_hubs")
def test_open_hub_is_one_for_the_same_settings(tmp_path: Path) -> None:
    settings = Settings(offline=True, cache_dir=str(tmp_path / "cache"), deadline=7.0)
    hub = open_hub(settings)
    assert hub is open_hub(settings)
    assert (hub.deadline, hub.client.identity.offline) == (7.0, True)
    hub.close()


@pytest.mark.usefixtures("opens_hubs")
def test_open_hub_finds_the_cache_of_the_user() -> None:
    hub = open_hub(Settings(offline=True))
    hub([SECRET])
    hub.close()
    assert Path(os.environ["XDG_CACHE_HOME"], "flake8-hfmodels", "hub.sqlite").is_file()


@pytest.mark.usefixtures("opens_hubs")
def test_open_hub_takes_a_folder_for_a_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    hub = open_hub(Settings(offline=True, cache_dir="redis://cache"))
    hub([SECRET])
    hub.close()
    assert (tmp_path / "redis:" / "cache" / "hub.sqlite").is_file()


@pytest.mark.usefixtures("opens_hubs")
def test_warnings_are_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    hub = open_hub(Settings(offline=True, cache_dir="/dev/null/cache"))
    with caplog.at_level(logging.WARNING):
        warn_once(hub)
        warn_once(hub)
    hub.close()
    assert caplog.messages == [
        "flake8-hfmodels: answers are not kept: /dev/null/cache/hub.sqlite: Not a directory"
    ]


@pytest.mark.parametrize("missing", [(), ("_sha2",), ("_sha2", "_sha256")])
def test_digest_is_the_same_wherever_the_function_is(
    monkeypatch: pytest.MonkeyPatch, missing: tuple[str, ...]
) -> None:
    one = identity("https://huggingface.co", None)
    expected = hashlib.sha256(b"https://huggingface.co\n").hexdigest()[:16]
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)
    identity_module._sha256.cache_clear()
    found = one.digest
    identity_module._sha256.cache_clear()
    assert found == expected
