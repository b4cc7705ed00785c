"""How the Hub is asked: not too often, not in vain, not by everybody at once."""

from __future__ import annotations

import contextlib
import json
import queue
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from pathlib import Path

import pytest

from flake8_hfmodels.facts import Facts, Found, Unavailable
from flake8_hfmodels.hub.answers import Answer
from flake8_hfmodels.hub.client import Client, Limits
from flake8_hfmodels.hub.failure import LATE
from flake8_hfmodels.hub.identity import identity
from flake8_hfmodels.hub.lookup import Hub, Tally
from flake8_hfmodels.hub.reply import Reply
from flake8_hfmodels.hub.wire import Wire
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Target
from tests.conftest import Connect
from tests.fakehub import BAD_TOKEN, VALID_TOKEN, FakeHub, Fault, blackhole, small_world

GPT2 = Target("model", "openai-community/gpt2", None)
ENCODER = Target("model", "acme/encoder", None)
SECRET = Target("model", "alice/secret-model", None)
SIX = [Target("model", f"acme/model-{number}", None) for number in range(6)]

LIMITED = "the Hub limits the rate of requests"
ANONYMOUS = "a token (HF_TOKEN) has more of them"
UNREACHABLE = "the Hub cannot be reached"
SILENT = "the Hub did not answer in time"


def one_at_a_time(url: str, *, calls: int = 1000, cache: Path | None = None) -> Hub:
    """A lookup whose questions come in order."""
    limits = Limits(threads=1, calls=calls)
    return Hub(Client(identity(url, None), limits, cache), 20.0)


# What may pass is tried once more

PASSING = {
    "500": Fault.status(500, times=1),
    "502": Fault.status(502, times=1),
    "503": Fault.status(503, times=1),
    "504": Fault.status(504, times=1),
    "dropped": Fault.drop(times=1),
    "cut off": Fault.truncated(times=1),
}


@pytest.mark.parametrize("fault", PASSING.values(), ids=PASSING)
def test_what_may_pass_is_tried_once_more(hub: FakeHub, connect: Connect, fault: Fault) -> None:
    hub.fault = fault
    assert isinstance(connect(hub.url)([GPT2])[GPT2], Found)
    assert len(hub.requests) == 2


LASTING = {
    "429": Fault.status(429, times=1),
    "a login page": Fault.captive_portal(times=1),
    "nonsense": Fault.malformed(times=1),
    "silence": Fault.hang(times=1),
    "another host": Fault.redirect_to("https://portal.example", times=1),
}


@pytest.mark.parametrize("fault", LASTING.values(), ids=LASTING)
def test_what_will_not_pass_is_not(hub: FakeHub, connect: Connect, fault: Fault) -> None:
    hub.fault = fault
    assert isinstance(connect(hub.url, timeout=0.3)([GPT2])[GPT2], Unavailable)
    assert len(hub.requests) == 1


def test_a_hub_that_fails_all_the_time_is_not_asked_twice_each_time(hub: FakeHub) -> None:
    hub.fault = Fault.status(503)
    opened = one_at_a_time(hub.url)
    opened(SIX)
    opened.close()
    assert len(hub.requests) == 5


def test_there_is_no_time_for_a_second_try(hub: FakeHub, connect: Connect) -> None:
    hub.fault = Fault.status(503, times=1)
    assert isinstance(connect(hub.url, deadline=0.09)([GPT2])[GPT2], Unavailable)
    assert len(hub.requests) == 1


def test_a_connection_that_was_lost_while_it_was_idle(hub: FakeHub, connect: Connect) -> None:
    opened = connect(hub.url)
    opened([GPT2])
    hub.fault = Fault.lose(times=1)
    assert isinstance(opened([ENCODER])[ENCODER], Found)


def test_a_question_that_failed_is_not_asked_again(hub: FakeHub, connect: Connect) -> None:
    hub.fault = Fault.malformed()
    opened = connect(hub.url)
    runs = [opened([GPT2]), opened([GPT2])]
    assert runs[0] == runs[1]
    assert len(hub.requests) == 1


# Limits


def test_the_last_answer_there_is_is_the_last_question(hub: FakeHub) -> None:
    hub.rate_limit = 3
    opened = one_at_a_time(hub.url)
    facts = opened(SIX)
    opened.close()
    assert (len(hub.requests), opened.tally) == (3, Tally(asked=1, unanswered=5))
    why = {one.why for one in facts.values() if isinstance(one, Unavailable)}
    assert {words.startswith(f"{LIMITED} for another ") for words in why} == {True}


def test_no_more_questions_than_a_run_may_ask(hub: FakeHub) -> None:
    opened = one_at_a_time(hub.url, calls=2)
    opened(SIX)
    opened.close()
    assert len(hub.requests) == 2
    assert opened.trouble == "2 questions were asked, and --max-calls allows no more"


def test_a_limit_is_kept_by_other_processes(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    hub.fault = Fault.rate_limited(120)
    connect(hub.url, cache=tmp_path)([GPT2])
    hub.clear()
    why = f"{LIMITED} for another 120 s, {ANONYMOUS}"
    assert connect(hub.url, cache=tmp_path)([GPT2]) == {GPT2: Unavailable(why)}
    assert hub.requests == []


def test_a_limit_for_nobody_in_particular_is_none_for_somebody(
    hub: FakeHub, connect: Connect, tmp_path: Path
) -> None:
    hub.fault = Fault.rate_limited(120)
    connect(hub.url, cache=tmp_path)([GPT2])
    hub.clear()
    assert isinstance(connect(hub.url, VALID_TOKEN, cache=tmp_path)([GPT2])[GPT2], Found)


def test_who_has_a_token_is_not_told_to_get_one(hub: FakeHub, connect: Connect) -> None:
    hub.fault = Fault.rate_limited(120)
    why = Unavailable(f"{LIMITED} for another 120 s")
    assert connect(hub.url, VALID_TOKEN)([GPT2]) == {GPT2: why}


# A Hub that is down


def test_what_one_process_has_seen_spares_the_next_that_is_in_a_hurry(
    hub: FakeHub, connect: Connect, tmp_path: Path
) -> None:
    hub.fault = Fault.drop()
    connect(hub.url, cache=tmp_path)(SIX)
    hub.clear()
    facts = connect(hub.url, cache=tmp_path, hurried=True)(SIX)
    assert set(facts.values()) == {Unavailable("the Hub broke off its answer")}
    assert hub.requests == []


def test_who_is_in_no_hurry_tries_and_lets_the_others_know(
    hub: FakeHub, connect: Connect, tmp_path: Path
) -> None:
    hub.fault = Fault.drop()
    connect(hub.url, cache=tmp_path)(SIX)
    hub.clear()
    assert isinstance(connect(hub.url, cache=tmp_path)([GPT2])[GPT2], Found)
    assert isinstance(connect(hub.url, cache=tmp_path, hurried=True)([ENCODER])[ENCODER], Found)


def test_what_is_wrong_here_is_not_told_to_others(connect: Connect, tmp_path: Path) -> None:
    """Somebody who trusts the certificate can ask all the same."""
    with FakeHub(small_world(), tls=True) as tls:
        connect(tls.url, cache=tmp_path)([GPT2])
        hurried = connect(tls.url, cache=tmp_path, hurried=True)
        hurried.client.heed()
        assert hurried.client.down is None


def test_a_refused_token_is_not_tried_again(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    connect(hub.url, BAD_TOKEN, cache=tmp_path)([GPT2])
    hub.clear()
    opened = connect(hub.url, BAD_TOKEN, cache=tmp_path)
    assert isinstance(opened([ENCODER])[ENCODER], Found)
    assert [request.authorized for request in hub.requests] == [False]
    assert "does not accept the token" in opened.warnings()[0]


def test_a_slow_hub_is_left_alone_by_who_is_in_a_hurry(hub: FakeHub, connect: Connect) -> None:
    hub.latency = 0.8
    opened = connect(hub.url, hurried=True, deadline=1.0)
    names = "encoder encoder-code translator forecaster summary-lora painter drafted reviewed"
    for name in names.split():
        opened([Target("model", f"acme/{name}", None)])
    assert opened.trouble == "the Hub is too slow for an editor to wait for it"
    assert len(hub.requests) < len(names.split())


def test_both_rounds_of_a_check_have_one_deadline(hub: FakeHub, connect: Connect) -> None:
    hub.fault = Fault.hang(path="acme/encoder")
    opened = connect(hub.url)
    end = time.monotonic() + 0.3
    opened([GPT2], end)
    late = opened([ENCODER], end)
    assert late == {ENCODER: Unavailable(SILENT)}
    assert time.monotonic() < end + 5  # not the twenty seconds of this lookup


def test_a_hub_that_hangs_is_told_to_others(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    hub.fault = Fault.hang()
    connect(hub.url, cache=tmp_path, deadline=0.3)([GPT2])
    hub.clear()
    hurried = connect(hub.url, cache=tmp_path, hurried=True)
    assert (hurried([GPT2]), hub.requests) == ({GPT2: Unavailable(SILENT)}, [])


def test_a_hub_that_hangs_is_told_even_by_who_is_answered_in_the_last_moment(
    hub: FakeHub, connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question gives up at the deadline too, and may be there first."""

    class Unhurried(queue.SimpleQueue):  # type: ignore[type-arg] # not at run time in Python 3.10
        def get(self, block: bool = True, timeout: float | None = None) -> object:
            return super().get()

    hub.fault = Fault.hang()
    with monkeypatch.context() as patched:
        patched.setattr(queue, "SimpleQueue", Unhurried)
        connect(hub.url, cache=tmp_path, deadline=0.3)([GPT2])
    hub.clear()
    hurried = connect(hub.url, cache=tmp_path, hurried=True)
    assert (hurried([GPT2]), hub.requests) == ({GPT2: Unavailable(SILENT)}, [])


def test_nothing_answers_at_all(connect: Connect) -> None:
    with blackhole() as url:
        opened = connect(url, hurried=True, timeout=30.0)
        assert opened([GPT2]) == {GPT2: Unavailable(UNREACHABLE)}
        assert opened.client.down == UNREACHABLE


def test_nothing_answers_within_the_time_for_an_answer(connect: Connect) -> None:
    with blackhole() as url:
        assert connect(url, timeout=0.2)([GPT2]) == {GPT2: Unavailable(UNREACHABLE)}


# Several at once


def test_two_ask_once(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    hub.latency = 0.2
    facts: list[Facts] = []
    lookups = [connect(hub.url, cache=tmp_path) for _ in range(2)]
    threads = [
        threading.Thread(target=lambda one=one: facts.append(one([GPT2])[GPT2])) for one in lookups
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (facts[0] == facts[1], len(hub.requests)) == (True, 1)


def test_what_another_has_just_learned_is_not_asked(
    hub: FakeHub, connect: Connect, tmp_path: Path
) -> None:
    """Between our look at the cache and our claim."""
    path = "/api/models/acme/encoder?securityStatus=true"
    connect(hub.url, cache=tmp_path)([ENCODER])
    got = connect(hub.url, cache=tmp_path).client.ask(path, time.monotonic() + 5)
    assert isinstance(got.answer, Answer)
    assert (got.over_the_wire, len(hub.requests)) == (False, 1)


def test_who_waits_in_vain_asks(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    """The other one's question fails, and so becomes ours."""
    hub.fault = Fault.hang(0.3, times=1)
    first, second = (connect(hub.url, cache=tmp_path, timeout=1.0) for _ in range(2))
    asking = threading.Thread(target=first, args=([GPT2],))
    asking.start()
    while not hub.requests:
        pass
    assert isinstance(second([GPT2])[GPT2], Found)
    asking.join()


def test_who_waits_does_not_wait_beyond_the_deadline(
    hub: FakeHub, connect: Connect, tmp_path: Path
) -> None:
    hub.fault = Fault.hang()
    first = connect(hub.url, cache=tmp_path)
    threading.Thread(target=first, args=([GPT2],), daemon=True).start()
    while not hub.requests:
        pass
    second = connect(hub.url, cache=tmp_path, deadline=0.2)
    assert second([GPT2]) == {GPT2: Unavailable(SILENT)}


EIGHT = """
import sys
from pathlib import Path
from flake8_hfmodels.hub.client import Client, Limits
from flake8_hfmodels.hub.failure import LATE
from flake8_hfmodels.hub.identity import identity
from flake8_hfmodels.hub.lookup import Hub
from flake8_hfmodels.reference import Target

url, folder = sys.argv[1:]
targets = [Target("model", f"many/model-{number}", None) for number in range(50)]
sys.stdin.readline()
hub = Hub(Client(identity(url, None), Limits(), Path(folder)), 50.0)
facts = hub(targets)
print(*sorted({type(one).__name__ for one in facts.values()}), *hub.warnings())
"""


def test_eight_processes_and_one_cold_cache(hub: FakeHub, tmp_path: Path) -> None:
    hub.rate_limit = None
    hub.latency = 0.05
    hub.world.create_organization("many")
    for number in range(50):
        hub.world.create_repo("model", f"many/model-{number}", {"a": "b"})
    command = [sys.executable, "-c", EIGHT, hub.url, str(tmp_path / "cache")]
    running = [
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    for one in running:
        assert one.stdin is not None
        one.stdin.write("now\n")
        one.stdin.flush()
    said = [one.communicate() for one in running]
    assert said == [("Found\n", "")] * 8
    assert len(hub.requests) <= 75


def test_a_hundred_repos_are_a_hundred_questions_and_then_none(
    hub: FakeHub, connect: Connect, tmp_path: Path
) -> None:
    hub.world.create_organization("many")
    targets = [Target("model", f"many/model-{number}", None) for number in range(100)]
    for target in targets:
        hub.world.create_repo("model", target.repo_id, {"a": "b"})
    cold = connect(hub.url, cache=tmp_path)(targets)
    first = len(hub.requests)
    warm = connect(hub.url, cache=tmp_path)(targets)
    assert (first, len(hub.requests), warm == cold) == (100, 100, True)


# Hostile answers


HOSTILE = {
    "50 MB": (Fault.padded(), "an answer is larger than 10 MB"),
    "a gzip bomb": (Fault.gzip_bomb(), "an answer is larger than 10 MB"),
    "very deep": (
        Fault.deep(),
        "the answer is not what the Hub sends; is there a proxy or a login page between?",
    ),
    "an endless preamble": (Fault.endless_continue(), "the Hub broke off its answer"),
    "a long header": (Fault.long_header(), "the Hub broke off its answer"),
    "headers without end": (Fault.endless_headers(0.002), "the Hub broke off its answer"),
}


@pytest.mark.parametrize(("fault", "why"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_answer(hub: FakeHub, connect: Connect, fault: Fault, why: str) -> None:
    hub.fault = fault
    assert connect(hub.url)([GPT2]) == {GPT2: Unavailable(why)}


def test_a_large_answer(hub: FakeHub, connect: Connect) -> None:
    names = [{"rfilename": f"shard-{number:08}.safetensors"} for number in range(60_000)]
    body = json.dumps({"_id": "1", "id": "openai-community/gpt2", "siblings": names})
    hub.fault = Fault.reply(body.encode())
    facts = connect(hub.url)([GPT2])[GPT2]
    assert isinstance(facts, Found)
    assert (len(body) > 1_000_000, len(facts.repo.files)) == (True, 60_000)


def test_nobody_waits_for_the_reading_of_other_large_answers(hub: FakeHub) -> None:
    """They are read one after the other, and who is late then has no answer."""
    body = b'{"_id": "1", "id": "a/b", "x": "' + b"x" * 1_100_000 + b'"}'
    hub.fault = Fault.reply(body)
    wire = Wire(hub.url, connections=2)
    reading = threading.Event()

    def slowly(payload: object) -> object:
        reading.set()
        time.sleep(1.0)
        return payload

    url = f"{hub.url}/api/models/a/b"
    first = threading.Thread(target=wire.get, args=(url, None, 5.0, slowly))
    first.start()
    reading.wait()
    late = wire.get(url, None, 0.5, slowly)
    first.join()
    wire.close()
    assert late == LATE


# Trouble of our own


def test_a_bug_is_no_wait(hub: FakeHub, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    def buggy(*_given: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("flake8_hfmodels.hub.inquiry.Inquiry._account", buggy)
    facts = connect(hub.url)(SIX)
    assert set(facts.values()) == {Unavailable("asking the Hub failed (RuntimeError: a bug)")}


def test_no_http_at_all(hub: FakeHub, connect: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where requests is missing, or a file of that name is in the way."""
    monkeypatch.setitem(sys.modules, "flake8_hfmodels.hub.wire", None)
    facts = connect(hub.url)([GPT2])[GPT2]
    assert isinstance(facts, Unavailable)
    assert facts.why.startswith("HTTP cannot be used (ModuleNotFoundError: ")


@contextlib.contextmanager
def trickling() -> Iterator[int]:
    """The port of a server that takes its time for every byte."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                self.request.sendall(b"$99999\r\n")
                while True:
                    self.request.sendall(b"x")
                    time.sleep(0.2)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def test_a_shared_cache_that_trickles_is_let_go_of(hub: FakeHub, connect: Connect) -> None:
    pytest.importorskip("redis")
    with trickling() as port:
        opened = connect(hub.url, cache=f"redis://127.0.0.1:{port}")
        assert isinstance(opened([GPT2])[GPT2], Found)
        assert opened.warnings() == [
            f"answers are not kept: redis://127.0.0.1:{port}: the cache is too slow to be of use"
        ]


# What an answer says of the next ones


def replied(url: str, path: str = "/api/models/openai-community/gpt2") -> Reply:
    wire = Wire(url, connections=1)
    reply = wire.get(url + path, None, 5.0, lambda payload: None)
    wire.close()
    assert isinstance(reply, Reply)
    return reply


def test_what_is_left(hub: FakeHub) -> None:
    hub.rate_limit = 10
    first, second = replied(hub.url), replied(hub.url)
    assert (first.left, second.left) == (9, 8)
    assert first.seconds is not None
    assert first.answer == Answer(200, None)


def in_words(words: str) -> Fault:
    """A 429 whose Retry-After is no number."""
    fault = Fault.status(429)
    return replace(fault, answer=fault.answer.adding(("Retry-After", words)))


SOON = format_datetime(datetime.now(timezone.utc) + timedelta(hours=1), usegmt=True)
WAITS: dict[str, tuple[Fault, Callable[[float | None], bool]]] = {
    "seconds": (Fault.status(429, retry_after=17), lambda seconds: seconds == 17),
    "nothing": (Fault.status(429), lambda seconds: seconds is None),
    "a date": (in_words(SOON), lambda seconds: seconds is not None and 0 < seconds <= 3600),
    "a date gone by": (in_words("Wed, 21 Oct 2015 07:28:00 GMT"), lambda seconds: seconds is None),
    "no date": (in_words("later"), lambda seconds: seconds is None),
    "a limit": (Fault.rate_limited(42), lambda seconds: seconds == 42),
}


@pytest.mark.parametrize(("fault", "is_right"), WAITS.values(), ids=WAITS)
def test_how_long_to_wait(
    hub: FakeHub, fault: Fault, is_right: Callable[[float | None], bool]
) -> None:
    hub.rate_limit = None
    hub.fault = fault
    reply = replied(hub.url)
    assert reply.left == 0
    assert is_right(reply.seconds)
