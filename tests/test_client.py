"""Trouble on the wire and in the cache: always a value, never a wait beyond the deadline."""

from __future__ import annotations

import contextlib
import os
import socketserver
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Moved, Owner, Unavailable
from flake8_hfmodels.hub.answers import Answer, Got
from flake8_hfmodels.hub.client import Client, Limits
from flake8_hfmodels.hub.identity import identity
from flake8_hfmodels.hub.lookup import Hub, Tally
from flake8_hfmodels.hub.schema import MARK
from flake8_hfmodels.reference import Target
from tests.conftest import Connect
from tests.fakehub import BAD_TOKEN, VALID_TOKEN, FakeHub, Fault, small_world

WORLD = small_world()
GPT2 = Target("model", "openai-community/gpt2", None)
PINNED = Target("model", "openai-community/gpt2", WORLD.repo("model", "openai-community/gpt2").head)
TAGGED = Target("model", "acme/forecaster", "v1.0")
MISSING = Target("model", "acme/retired-model", None)
ORPHAN = Target("model", "dentalai/toothfairy", None)
MOVED = Target("model", "dentalai-labs/segmenter", None)
SECRET = Target("model", "alice/secret-model", None)
FIFTY = [Target("model", f"acme/model-{number}", None) for number in range(50)]

SILENT = "the Hub did not answer in time"
BROKEN = "the Hub broke off its answer"
LIMITED = "the Hub limits the rate of requests"
TOKEN = "a token (HF_TOKEN) has more of them"
UNVERIFIED = "the Hub's certificate cannot be verified (see REQUESTS_CA_BUNDLE, SSL_CERT_FILE)"
GONE = Missing(Lacking.REPO, Owner.GONE)


def status(code: int) -> str:
    return f"the Hub answered with status {code}"


@pytest.fixture
def raw() -> Iterator[Callable[[bytes], str]]:
    """A way to start a server that says the same bytes to everybody."""
    with contextlib.ExitStack() as started:

        def starting(answer: bytes) -> str:
            class Handler(socketserver.BaseRequestHandler):
                def handle(self) -> None:
                    self.request.recv(1 << 16)
                    self.request.sendall(answer)

            server = started.enter_context(socketserver.TCPServer(("127.0.0.1", 0), Handler))
            thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
            thread.start()
            started.callback(thread.join)
            started.callback(server.shutdown)
            return f"http://127.0.0.1:{server.server_address[1]}"

        yield starting


# One kind of trouble for every request, and what is said of the first target.
FAULTS: dict[str, tuple[Fault, str]] = {
    "hang": (Fault.hang(), SILENT),
    "drop": (Fault.drop(), BROKEN),
    "truncate": (Fault.truncated(), BROKEN),
    "malformed": (
        Fault.malformed(),
        "the answer is not what the Hub sends; is there a proxy or a login page between?",
    ),
    "portal": (
        Fault.captive_portal(),
        "the answer is not what the Hub sends; is there a proxy or a login page between?",
    ),
    "429": (Fault.status(429, retry_after=60), f"{LIMITED} for another 60 s, {TOKEN}"),
    "408": (Fault.status(408), status(408)),
    "500": (Fault.status(500), status(500)),
    "502": (Fault.status(502), status(502)),
    "503": (Fault.status(503, retry_after=60), status(503)),
    "504": (Fault.status(504), status(504)),
    "larger than any answer": (Fault.reply(b"[" * 10_000_001), "an answer is larger than 10 MB"),
}


@pytest.mark.parametrize(("fault", "why"), FAULTS.values(), ids=FAULTS)
def test_fault(hub: FakeHub, connect: Connect, fault: Fault, why: str) -> None:
    hub.fault = fault
    opened = connect(hub.url, timeout=0.2)
    assert opened([GPT2]) == {GPT2: Unavailable(why)}
    assert opened.warnings() == [
        f"{why}: 1 repo unanswered, the rules that need it say nothing of them"
    ]


def test_trickle(hub: FakeHub, connect: Connect) -> None:
    hub.fault = Fault.trickle(0.05)
    opened = connect(hub.url, deadline=0.3)
    assert opened([GPT2]) == {GPT2: Unavailable("the Hub did not answer in time")}
    assert opened([MISSING]) == {MISSING: Unavailable("the Hub did not answer in time")}
    assert len(hub.requests) == 1


def test_slow_body(hub: FakeHub, connect: Connect) -> None:
    hub.fault = Fault.trickle(0.002)
    opened = connect(hub.url, timeout=0.3)
    assert opened([GPT2]) == {GPT2: Unavailable(SILENT)}


def test_wrong_content_type_does_not_matter(hub: FakeHub, connect: Connect) -> None:
    expected = connect(hub.url)([GPT2])
    hub.fault = Fault.wrong_type()
    assert connect(hub.url)([GPT2]) == expected


def test_compression_that_is_none(raw: Callable[[bytes], str], connect: Connect) -> None:
    url = raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}")
    assert connect(url)([GPT2]) == {GPT2: Unavailable("an answer cannot be unpacked")}


def redirect(location: bytes) -> bytes:
    return (
        b"HTTP/1.1 307 Temporary Redirect\r\n"
        b"Connection: close\r\nContent-Length: 0\r\n" + location + b"\r\n"
    )


ELSEWHERE = "the Hub redirects to another host"
CIRCLES = "the Hub redirects in circles"
NONSENSE = {
    "no HTTP": (b"SSH-2.0-OpenSSH_9.6\r\n", BROKEN),
    "an address that is none": (redirect(b"Location: http://[/\r\n"), ELSEWHERE),
    "another scheme": (redirect(b"Location: file:///etc/passwd\r\n"), ELSEWHERE),
    "a port that is none": (redirect(b"Location: http://127.0.0.1:99999/\r\n"), ELSEWHERE),
    "a quote in the address": (redirect(b"Location: /api/models/x'--\r\n"), CIRCLES),
    "ever new addresses": (redirect(b"Location: a/b\r\n"), CIRCLES),
    "a redirect to nowhere": (redirect(b""), status(307)),
}


@pytest.mark.parametrize(("answer", "why"), NONSENSE.values(), ids=NONSENSE)
def test_nonsense(
    raw: Callable[[bytes], str], connect: Connect, tmp_path: Path, answer: bytes, why: str
) -> None:
    assert connect(raw(answer), cache=tmp_path)([GPT2]) == {GPT2: Unavailable(why)}


ENDPOINTS = {
    "no scheme": "huggingface.co",
    "another scheme": "ftp://huggingface.co",
    "no host": "https://",
    "brackets": "http://[",
    "a port that is none": "http://127.0.0.1:port",
    "bytes": "https://huggingface.c\udcff",
    "bytes in the path": "https://127.0.0.1:9/\udcff",
    "a host too long": f"https://{'a' * 70}.invalid",
}


@pytest.mark.parametrize("endpoint", ENDPOINTS.values(), ids=ENDPOINTS)
def test_endpoint_that_is_none(connect: Connect, endpoint: str) -> None:
    opened = connect(endpoint)
    opened([GPT2, MISSING])
    assert opened.tally == Tally(unanswered=2)


def test_nobody_listens(nobody_listens: str, connect: Connect) -> None:
    why = Unavailable("the Hub cannot be reached")
    assert connect(nobody_listens)(FIFTY) == dict.fromkeys(FIFTY, why)


SOURCES_OF_TROUBLE = {
    "certificates that are not there": (
        ("REQUESTS_CA_BUNDLE", "/nowhere"),
        "the Hub cannot be asked (OSError; see HF_ENDPOINT, HTTPS_PROXY)",
    ),
    "a proxy that is not there": (
        ("HTTPS_PROXY", "http://127.0.0.1:9"),
        "the proxy does not let us through (see HTTPS_PROXY)",
    ),
    "a proxy that is none": (
        ("HTTPS_PROXY", "http://"),
        "the Hub cannot be asked (InvalidProxyURL; see HF_ENDPOINT, HTTPS_PROXY)",
    ),
}


@pytest.mark.parametrize(("variable", "why"), SOURCES_OF_TROUBLE.values(), ids=SOURCES_OF_TROUBLE)
def test_environment_that_leads_nowhere(
    connect: Connect, monkeypatch: pytest.MonkeyPatch, variable: tuple[str, str], why: str
) -> None:
    monkeypatch.setenv(*variable)
    assert connect("https://huggingface.invalid")([GPT2]) == {GPT2: Unavailable(why)}


def test_a_server_that_speaks_no_tls(hub: FakeHub, connect: Connect) -> None:
    opened = connect(hub.url.replace("http://", "https://"))
    assert opened([GPT2]) == {GPT2: Unavailable(UNVERIFIED)}


def test_no_proxy_sees_what_goes_to_this_machine(
    hub: FakeHub, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert isinstance(connect(hub.url, VALID_TOKEN)([SECRET])[SECRET], Found)


# Trouble for everything, fifty targets: what is asked until we believe it.
PATIENCE = {
    "hang": (Fault.hang(), 8),
    "429": (Fault.status(429), 8),
    "503": (Fault.status(503), 12),
    "drop": (Fault.drop(), 12),
}


@pytest.mark.parametrize(("fault", "most"), PATIENCE.values(), ids=PATIENCE)
def test_fifty_targets_and_a_hub_that_is_down(
    hub: FakeHub, connect: Connect, fault: Fault, most: int
) -> None:
    hub.fault = fault
    opened = connect(hub.url, timeout=0.2)
    started = time.monotonic()
    facts = opened(FIFTY)
    assert {type(one) for one in facts.values()} == {Unavailable}
    assert opened.tally == Tally(unanswered=50)
    assert len(hub.requests) <= most
    assert time.monotonic() - started < 2


def test_one_silence_is_not_the_end(hub: FakeHub, connect: Connect) -> None:
    hub.fault = Fault.hang(path="gpt2")
    opened = connect(hub.url, timeout=0.2)
    assert opened([GPT2]) == {GPT2: Unavailable(SILENT)}
    assert opened([MISSING]) == {MISSING: Missing(Lacking.REPO, Owner.EXISTS)}
    assert opened.client.down is None


def test_two_silences_are(hub: FakeHub, connect: Connect) -> None:
    hub.fault = Fault.hang()
    opened = connect(hub.url, timeout=0.2)
    opened([GPT2])
    opened([MISSING])
    assert opened([ORPHAN]) == {ORPHAN: Unavailable(SILENT)}
    assert (len(hub.requests), opened.client.down) == (2, SILENT)


def test_no_time_for_an_answer_says_nothing_of_the_hub(hub: FakeHub, connect: Connect) -> None:
    hub.fault = Fault.hang()
    client = connect(hub.url, timeout=5).client
    answers = [client.ask("/api/models/gpt2", time.monotonic() + 0.05) for _ in range(3)]
    assert (answers, client.down) == ([Got(Unavailable(SILENT), True)] * 3, None)


def test_no_time_left(hub: FakeHub, connect: Connect) -> None:
    client = connect(hub.url).client
    assert client.ask("/api/models/gpt2", time.monotonic()) == Got(Unavailable(SILENT))
    assert hub.requests == []


def test_a_slow_hub_costs_one_deadline(hub: FakeHub, connect: Connect) -> None:
    hub.latency = 0.1
    opened = connect(hub.url, deadline=0.25)
    facts = opened(FIFTY)
    asked = len(hub.requests)
    assert {type(one) for one in facts.values()} == {Missing, Unavailable}
    assert opened([GPT2]) == {GPT2: Unavailable(SILENT)}
    assert len(hub.requests) == asked


def test_a_closed_hub_asks_nothing(hub: FakeHub, connect: Connect) -> None:
    opened = connect(hub.url)
    opened.close()
    assert opened([GPT2]) == {GPT2: Unavailable("the Hub is closed")}
    assert hub.requests == []


def test_trouble_is_news_once(hub: FakeHub, connect: Connect) -> None:
    opened = connect(hub.url, BAD_TOKEN, timeout=0.2)
    opened([GPT2])
    refused = opened.news()
    hub.fault = Fault.status(429)
    opened([MISSING])
    limited = opened.news()
    opened([ORPHAN])
    assert (refused, limited, opened.news()) == (
        [
            "the Hub does not accept the token (HF_TOKEN or `hf auth login`): "
            "asking without it, private repos stay unknown"
        ],
        [f"{LIMITED}, {TOKEN}: what stays unanswered, the rules that need it say nothing of"],
        [],
    )


# The cache

EVERYTHING = [GPT2, PINNED, TAGGED, MISSING, ORPHAN, MOVED]


@pytest.mark.parametrize("token", [None, VALID_TOKEN], ids=["anonymous", "token"])
def test_the_second_run_asks_nothing(
    hub: FakeHub, connect: Connect, tmp_path: Path, token: str | None
) -> None:
    first = connect(hub.url, token, cache=tmp_path)(EVERYTHING)
    hub.clear()
    opened = connect(hub.url, token, cache=tmp_path)
    assert (opened(EVERYTHING), hub.requests) == (first, [])
    assert opened.tally == Tally(cached=5)


@pytest.mark.parametrize("address", ["http://LOCALHOST:{}", "http://127.0.0.1:{}/"])
def test_however_the_endpoint_is_written(
    hub: FakeHub, connect: Connect, tmp_path: Path, address: str
) -> None:
    endpoint = address.format(hub.url.rpartition(":")[2])
    first = connect(endpoint, cache=tmp_path)([GPT2, MOVED])
    hub.clear()
    assert (connect(endpoint, cache=tmp_path)([GPT2, MOVED]), hub.requests) == (first, [])


def test_nobody_else_reads_the_cache(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    connect(hub.url, cache=folder)([GPT2])
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    assert (stat.S_IMODE(folder.stat().st_mode), modes) == (
        0o700,
        {"hub.sqlite": 0o600, "hub.sqlite-shm": 0o600, "hub.sqlite-wal": 0o600},
    )


def test_a_file_that_others_could_read_is_closed_to_them(
    hub: FakeHub, connect: Connect, tmp_path: Path
) -> None:
    (tmp_path / "hub.sqlite").touch(mode=0o666)
    connect(hub.url, cache=tmp_path)([GPT2])
    assert stat.S_IMODE((tmp_path / "hub.sqlite").stat().st_mode) == 0o600


def test_the_token_is_in_no_file(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    opened = connect(hub.url, VALID_TOKEN, cache=tmp_path)
    opened([SECRET, *EVERYTHING])
    opened.close()
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert (VALID_TOKEN.encode() in written, b"uthorization" in written) == (False, False)


def test_what_a_token_sees_stays_with_it(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    seen = connect(hub.url, VALID_TOKEN, cache=tmp_path)([SECRET])[SECRET]
    unseen = connect(hub.url, cache=tmp_path)([SECRET])[SECRET]
    hub.clear()
    again = connect(hub.url, VALID_TOKEN, cache=tmp_path)([SECRET])[SECRET]
    assert (type(seen), unseen) == (Found, Missing(Lacking.REPO, Owner.EXISTS))
    assert (again, hub.requests) == (seen, [])


def test_what_nobody_sees_is_asked_again_with_a_token(
    hub: FakeHub, connect: Connect, tmp_path: Path
) -> None:
    connect(hub.url, cache=tmp_path)([SECRET])
    assert isinstance(connect(hub.url, VALID_TOKEN, cache=tmp_path)([SECRET])[SECRET], Found)


def test_what_a_bad_token_learns_is_kept_for_nobody_in_particular(
    hub: FakeHub, connect: Connect, tmp_path: Path
) -> None:
    first = connect(hub.url, BAD_TOKEN, cache=tmp_path)(EVERYTHING)
    hub.clear()
    assert (connect(hub.url, cache=tmp_path)(EVERYTHING), hub.requests) == (first, [])


def test_each_endpoint_has_its_own_answers(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    with FakeHub(small_world()) as mirror:
        connect(mirror.url, cache=tmp_path)([GPT2])
    connect(hub.url, cache=tmp_path)([GPT2])
    assert len(hub.requests) == 1


# Answers of a certain age, and whether the Hub is asked again.
AGES: dict[str, tuple[Target, timedelta, int]] = {
    "found, 23 hours": (GPT2, timedelta(hours=23), 0),
    "found, 25 hours": (GPT2, timedelta(hours=25), 1),
    "found, from the future": (GPT2, timedelta(minutes=-5), 1),
    "tag, 25 hours": (TAGGED, timedelta(hours=25), 1),
    "full hash, 25 hours": (PINNED, timedelta(hours=25), 0),
    "full hash, 80 days": (PINNED, timedelta(days=80), 0),
    "missing, 50 minutes": (MISSING, timedelta(minutes=50), 0),
    "missing, 70 minutes": (MISSING, timedelta(minutes=70), 3),
    "orphan, 70 minutes": (ORPHAN, timedelta(minutes=70), 4),
    "moved, 70 minutes: only the accounts": (MOVED, timedelta(minutes=70), 3),
    "moved, 25 hours": (MOVED, timedelta(hours=25), 5),
}


@pytest.mark.parametrize(("target", "age", "requests"), AGES.values(), ids=AGES)
def test_age(
    hub: FakeHub,
    connect: Connect,
    tmp_path: Path,
    target: Target,
    age: timedelta,
    requests: int,
) -> None:
    first = aged(hub.url, tmp_path, [target], age)
    hub.clear()
    assert (connect(hub.url, cache=tmp_path)([target]), len(hub.requests)) == (first, requests)


def aged(url: str, folder: Path, targets: list[Target], age: timedelta) -> dict[Target, Facts]:
    """Fill a cache with answers that are so old."""
    moment = datetime.now(timezone.utc) - age
    hub = Hub(Client(identity(url, None), Limits(), folder, lambda: moment), 20.0)
    facts = dict(hub(targets))
    hub.close()
    return facts


OLD = timedelta(days=3)


def test_old_answers_for_a_hub_that_is_down(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    first = aged(hub.url, tmp_path, [GPT2, ORPHAN, MOVED, PINNED], OLD)
    hub.fault = Fault.drop()
    opened = connect(hub.url, cache=tmp_path)
    found, moved = first[GPT2], first[MOVED]
    assert isinstance(found, Found)
    assert isinstance(moved, Moved)
    assert opened([GPT2, ORPHAN, MOVED, PINNED]) == {
        GPT2: Found(found.repo, stale=True),
        ORPHAN: Missing(Lacking.REPO, Owner.UNKNOWN, stale=True),  # it may have been taken since
        MOVED: Moved(moved.repo, Owner.UNKNOWN, stale=True),
        PINNED: first[PINNED],
    }
    assert opened.tally == Tally(cached=3, stale=3)


STALE = {
    "drop": Fault.drop(),
    "503": Fault.status(503),
    "portal": Fault.captive_portal(),
    "portal elsewhere": Fault.redirect_to("https://portal.example"),
    "circles": Fault.redirect_loop(),
    "hang": Fault.hang(),
}


@pytest.mark.parametrize("fault", STALE.values(), ids=STALE)
def test_trouble_does_not_hurt_what_is_kept(
    hub: FakeHub, connect: Connect, tmp_path: Path, fault: Fault
) -> None:
    first = aged(hub.url, tmp_path, [GPT2], OLD)[GPT2]
    assert isinstance(first, Found)
    hub.fault = fault
    stale = {GPT2: Found(first.repo, stale=True)}
    runs = [connect(hub.url, cache=tmp_path, timeout=0.2)([GPT2]) for _ in range(2)]
    hub.clear()
    assert [*runs, connect(hub.url, cache=tmp_path)([GPT2])] == [stale, stale, {GPT2: first}]


def test_trouble_is_not_kept(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    hub.fault = [
        Fault.redirect_to("https://portal.example", times=1),
        Fault.captive_portal(times=1),
    ]
    runs = [connect(hub.url, cache=tmp_path)([GPT2])[GPT2] for _ in range(3)]
    assert [type(facts) for facts in runs] == [Unavailable, Unavailable, Found]


def test_what_is_kept_does_not_wait_for_a_hub_that_hangs(
    hub: FakeHub, connect: Connect, tmp_path: Path
) -> None:
    first = connect(hub.url, cache=tmp_path)([GPT2, ORPHAN])
    hub.fault = Fault.hang()
    late = Unavailable("the Hub did not answer in time")
    answered = connect(hub.url, cache=tmp_path, deadline=0.3)([*FIFTY, GPT2, ORPHAN])
    assert answered == {**dict.fromkeys(FIFTY, late), **first}


def test_old_answers_where_the_time_is_up(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    found = aged(hub.url, tmp_path, [GPT2], OLD)[GPT2]
    assert isinstance(found, Found)
    hub.fault = Fault.trickle(0.05)
    answered = connect(hub.url, cache=tmp_path, deadline=0.3)([GPT2])
    assert answered == {GPT2: Found(found.repo, stale=True)}


def test_an_account_without_an_answer_does_not_undo_the_rest(
    hub: FakeHub, connect: Connect, tmp_path: Path
) -> None:
    connect(hub.url, cache=tmp_path)([Target("model", "dentalai/another", None)])
    hub.fault = Fault.drop(path="/api/(users|organizations)")
    assert connect(hub.url, cache=tmp_path)([ORPHAN]) == {ORPHAN: GONE}


def test_offline_uses_the_cache_alone(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    first = aged(hub.url, tmp_path, [GPT2, MISSING], OLD)
    found = first[GPT2]
    assert isinstance(found, Found)
    hub.clear()
    opened = connect(hub.url, offline=True, cache=tmp_path)
    assert opened([GPT2, MISSING, ORPHAN]) == {
        GPT2: Found(found.repo, stale=True),
        MISSING: Missing(Lacking.REPO, Owner.EXISTS, stale=True),
        ORPHAN: Unavailable("offline, and not in the cache"),
    }
    assert (hub.requests, opened.warnings(), opened.tally) == (
        [],
        [],
        Tally(cached=2, unanswered=1, stale=2),
    )


def test_answers_are_not_kept_for_ever(hub: FakeHub, tmp_path: Path) -> None:
    aged(hub.url, tmp_path, [GPT2], timedelta(days=91))
    with_the_old = rows(tmp_path)
    aged(hub.url, tmp_path, [TAGGED], timedelta())
    assert (with_the_old, rows(tmp_path)) == (1, 1)


def rows(folder: Path) -> int:
    connection = sqlite3.connect(folder / "hub.sqlite")
    (count,) = connection.execute("SELECT COUNT(*) FROM responses").fetchone()
    connection.close()
    return int(count)


# Files that are not what they should be

BROKEN_FILES = {
    "text": b"this is no database, and it is long enough to be looked at " * 30,
    "cut off": b"SQLite format 3\0" + b"\x10\0\1\1\0\x40\x20\x20" + b"\xff" * 600,
}


@pytest.mark.parametrize("content", BROKEN_FILES.values(), ids=BROKEN_FILES)
def test_broken_file_is_set_aside(
    hub: FakeHub, connect: Connect, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "hub.sqlite").write_bytes(content)
    opened = connect(hub.url, cache=tmp_path)
    aside = f"hub.broken-{os.getpid()}"
    (warning,) = opened.warnings()
    assert warning.startswith(f"the cache {tmp_path}/hub.sqlite cannot be read (")
    assert warning.endswith(f"); set aside as {aside}")
    assert (tmp_path / aside).read_bytes() == content
    first = opened([GPT2])
    hub.clear()
    again = connect(hub.url, cache=tmp_path)
    assert (again([GPT2]), again.warnings(), hub.requests) == (first, [], [])


def test_broken_file_that_cannot_be_set_aside(
    hub: FakeHub, connect: Connect, tmp_path: Path
) -> None:
    (tmp_path / "hub.sqlite").write_bytes(BROKEN_FILES["text"])
    (tmp_path / f"hub.broken-{os.getpid()}").mkdir()
    opened = connect(hub.url, cache=tmp_path)
    (warning,) = opened.warnings()
    assert warning.endswith(" nor replaced: Is a directory")
    assert isinstance(opened([GPT2])[GPT2], Found)


ROWS = {
    "no JSON": "{",
    "nothing": "null",
    "a number": "3",
    "a list": "[1]",
    "an object": "{}",
    "of the wrong types": '{"status": "200", "payload": {}, "code": 1, "created_at": 2}',
    "at no time": '{"status": 401, "payload": {}, "code": "", "location": "", "created_at": "x"}',
    "before all time": (
        '{"status": 401, "payload": {}, "code": "", "location": "", "created_at": "0001-01-01"}'
    ),
    "nothing that the Hub says": (
        '{"status": 200, "payload": {}, "code": "", "location": "", "created_at": "2100-01-01"}'
    ),
    "very deep": "[" * 200_000,
    "bytes": b"\xff\xfe",
}


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_row_that_cannot_be_read(
    hub: FakeHub,
    connect: Connect,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    row: str | bytes,
) -> None:
    first = connect(hub.url, cache=tmp_path)([GPT2])
    sql(tmp_path, "UPDATE responses SET value = ?", row)
    hub.clear()
    again = connect(hub.url, cache=tmp_path)([GPT2])
    assert (again, len(hub.requests)) == (first, 1)
    assert capfd.readouterr() == ("", "")


def sql(folder: Path, statement: str, *parameters: str | bytes) -> None:
    connection = sqlite3.connect(folder / "hub.sqlite")
    connection.execute(statement, parameters)
    connection.commit()
    connection.close()


UNWRITABLE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "no folder": (lambda _folder: Path("/dev/null/cache"), "Not a directory"),
    "a file for a folder": (lambda folder: folder / "file", "File exists"),
    "a folder for the file": (lambda folder: folder / "folder", "Is a directory"),
}


@pytest.mark.parametrize(("where", "why"), UNWRITABLE.values(), ids=UNWRITABLE)
def test_nothing_can_be_kept(
    hub: FakeHub, connect: Connect, tmp_path: Path, where: Callable[[Path], Path], why: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder" / "hub.sqlite").mkdir(parents=True)
    folder = where(tmp_path)
    opened = connect(hub.url, cache=folder)
    assert isinstance(opened([GPT2])[GPT2], Found)
    assert opened.warnings() == [f"answers are not kept: {folder}/hub.sqlite: {why}"]


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "why"),
    [
        pytest.param(0o755, 0o444, "Permission denied", id="file"),
        pytest.param(0o555, 0o600, "attempt to write a readonly database", id="folder"),
    ],
)
def test_nothing_may_be_written(
    hub: FakeHub, connect: Connect, tmp_path: Path, folder_mode: int, file_mode: int, why: str
) -> None:
    folder = tmp_path / "cache"
    first = connect(hub.url, cache=folder)
    first([GPT2])
    first.close()
    (folder / "hub.sqlite").chmod(file_mode)
    folder.chmod(folder_mode)
    opened = connect(hub.url, cache=folder)
    assert isinstance(opened([MISSING])[MISSING], Missing)
    assert opened.warnings() == [f"answers are not kept: {folder}/hub.sqlite: {why}"]


def test_a_cache_that_somebody_writes(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    opened = connect(hub.url, cache=tmp_path)
    assert opened.warnings() == []
    writer = sqlite3.connect(tmp_path / "hub.sqlite", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    facts = opened(FIFTY)
    took = time.monotonic() - started
    writer.close()
    assert set(facts.values()) == {Missing(Lacking.REPO, Owner.EXISTS)}
    assert (opened.warnings(), rows(tmp_path)) == ([], 0)
    assert took < 3


def test_a_cache_that_somebody_is_making(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    sql(tmp_path, "CREATE TABLE other (key TEXT)")
    sql(tmp_path, f"PRAGMA application_id={MARK}")
    reader = sqlite3.connect(tmp_path / "hub.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM other").fetchall()
    opened = connect(hub.url, cache=tmp_path)
    opened.warnings()
    reader.close()
    assert isinstance(opened([GPT2])[GPT2], Found)
    assert opened.warnings() == [f"answers are not kept: {tmp_path}/hub.sqlite: database is locked"]


def test_a_cache_that_somebody_has_made(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    sql(tmp_path, "CREATE TABLE other (key TEXT)")
    sql(tmp_path, f"PRAGMA application_id={MARK}")
    reader = sqlite3.connect(tmp_path / "hub.sqlite", isolation_level=None, check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM other").fetchall()
    timer = threading.Timer(0.4, reader.close)
    timer.start()
    opened = connect(hub.url, cache=tmp_path)
    opened.warnings()
    timer.join()
    opened([GPT2])
    assert (opened.warnings(), rows(tmp_path)) == ([], 1)


def test_an_answer_too_deep_to_be_kept(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    deep = b'{"a":' * 960 + b"1" + b"}" * 960
    hub.fault = Fault.reply(b'{"_id":"1","id":"openai-community/gpt2","cardData":' + deep + b"}")
    opened = connect(hub.url, cache=tmp_path)
    assert isinstance(opened([GPT2])[GPT2], Found)
    assert opened.warnings() == []


RUN = """
import sys
from pathlib import Path
from flake8_hfmodels.hub.answers import Answer, Got
from flake8_hfmodels.hub.client import Client, Limits
from flake8_hfmodels.hub.identity import identity
from flake8_hfmodels.hub.lookup import Hub
from flake8_hfmodels.reference import Target

url, folder, *names = sys.argv[1:]
hub = Hub(Client(identity(url, None), Limits(), Path(folder)), 20.0)
facts = [type(hub([Target("model", name, None)]).popitem()[1]).__name__ for name in names]
print(*sorted({*facts}), *hub.warnings())
hub.close()
"""


def test_many_processes_on_one_cache(hub: FakeHub, tmp_path: Path) -> None:
    hub.rate_limit = None
    names = [repo.id for repo in WORLD.repos("model") if not repo.private]
    command = [sys.executable, "-W", "error", "-c", RUN, hub.url, str(tmp_path / "cache"), *names]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [one.communicate() for one in running] == [("Found\n", "")] * 4
    assert rows(tmp_path / "cache") == len(names)


def test_cookies_are_neither_read_nor_kept(hub: FakeHub, connect: Connect) -> None:
    opened = connect(hub.url)
    opened([GPT2])
    wire = opened.client.asking.wire
    assert wire is not None
    assert list(wire._session.cookies) == []


def test_cache_that_is_a_link_is_not_followed(
    hub: FakeHub, connect: Connect, tmp_path: Path
) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text("mine", encoding="utf-8")
    notes.chmod(0o644)
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/hub.sqlite").symlink_to(notes)
    opened = connect(hub.url, cache=tmp_path / "cache")
    assert isinstance(opened([GPT2])[GPT2], Found)
    assert len(opened.warnings()) == 1
    assert (notes.read_text(encoding="utf-8"), notes.stat().st_mode & 0o777) == ("mine", 0o644)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        pytest.param("/api/models/a/b", Answer(404, {"error": "blocked"}), id="gateway"),
        pytest.param("/api/models/a/b", Answer(200, {"_id": "1", "name": "a"}), id="account"),
        pytest.param("/api/models/a/b", Answer(302, None, location="/maintenance"), id="redirect"),
        pytest.param("/api/users/a/overview", Answer(404, {"error": "no entry"}), id="no-account"),
    ],
)
def test_what_is_not_the_hubs_word_is_not_final(
    hub: FakeHub, connect: Connect, path: str, answer: Answer
) -> None:
    assert not connect(hub.url).client.is_final(path, answer)


# A cache file that nobody is writing to


@pytest.fixture
def warm(hub: FakeHub, connect: Connect, tmp_path: Path) -> Path:
    """A cache that knows some targets, and was not written to for a while."""
    opened = connect(hub.url, cache=tmp_path / "cache")
    opened([GPT2, PINNED, MISSING, ORPHAN, MOVED])
    opened.close()
    hub.clear()
    earlier = time.time() - 10
    os.utime(tmp_path / "cache" / "hub.sqlite", (earlier, earlier))
    return tmp_path / "cache"


KNOWN = [GPT2, PINNED, MISSING, ORPHAN, MOVED]


@pytest.mark.parametrize("offline", [False, True])
def test_a_warm_cache_is_only_looked_at(
    hub: FakeHub, connect: Connect, warm: Path, offline: bool
) -> None:
    before = warm.stat().st_mtime_ns
    opened = connect(hub.url, cache=warm, offline=offline)
    facts = opened(KNOWN)
    names = [one.name for one in warm.iterdir()]
    assert (warm.stat().st_mtime_ns, names, opened.warnings()) == (before, ["hub.sqlite"], [])
    assert opened.tally == Tally(cached=4)
    assert facts == connect(hub.url)(KNOWN)


def test_what_a_warm_cache_lacks_is_asked_for(hub: FakeHub, connect: Connect, warm: Path) -> None:
    opened = connect(hub.url, cache=warm)
    assert isinstance(opened([GPT2, TAGGED])[TAGGED], Found)
    assert opened.tally == Tally(asked=1, cached=1)
    assert len(hub.requests) == 1


def test_a_warm_cache_that_is_old_is_looked_at_offline(
    hub: FakeHub, connect: Connect, warm: Path
) -> None:
    sql(
        warm,
        "UPDATE responses SET value = replace(value, 'created_at\": \"20', 'created_at\": \"19')",
    )
    earlier = time.time() - 10
    os.utime(warm / "hub.sqlite", (earlier, earlier))
    opened = connect(hub.url, cache=warm, offline=True)
    facts = opened([GPT2, TAGGED])
    assert isinstance(facts[GPT2], Found)
    assert facts[TAGGED] == Unavailable("offline, and not in the cache")
    assert opened.tally == Tally(cached=1, unanswered=1, stale=1)
    assert [one.name for one in warm.iterdir()] == ["hub.sqlite"]


def test_a_cache_that_changes_under_our_eyes_is_read_with_patience(
    hub: FakeHub, warm: Path
) -> None:
    """Reading the clock is what comes between opening the file and believing what it says."""

    def somebody_writes() -> datetime:
        os.utime(warm / "hub.sqlite")
        return datetime.now(timezone.utc)

    client = Client(identity(hub.url, None), Limits(), warm, somebody_writes)
    with contextlib.closing(Hub(client, 20.0)) as opened:
        facts = opened([GPT2])
        assert sorted(one.name for one in warm.iterdir()) == FILES
    assert (isinstance(facts[GPT2], Found), hub.requests) == (True, [])


FILES = ["hub.sqlite", "hub.sqlite-shm", "hub.sqlite-wal"]


def test_a_cache_that_is_closed_is_not_looked_at(
    hub: FakeHub, connect: Connect, warm: Path
) -> None:
    opened = connect(hub.url, cache=warm)
    opened.close()
    assert opened([GPT2]) == {GPT2: Unavailable("the Hub is closed")}
