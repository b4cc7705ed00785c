"""The Python of repos, fetched from a fake Hub by huggingface_hub, judged, and kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from flake8_hfmodels.facts import Blob, Code, Danger, Found, Repo, Unavailable
from flake8_hfmodels.hazards.running import LARGEST, MOST_FILES
from flake8_hfmodels.hub import remote_code
from flake8_hfmodels.hub.answers import Answer
from flake8_hfmodels.hub.lookup import Hub
from flake8_hfmodels.hub.remote_code import codes
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Target
from tests.conftest import Connect
from tests.fakehub import VALID_TOKEN, FakeHub, Fault, World, blackhole, small_world
from tests.fakehub.objects import Content

MODEL = Target("model", "org/model", None)
CONFIG = '{"auto_map": {"AutoModel": "modeling_x.X"}}'
FILES = {
    "config.json": CONFIG,
    "modeling_x.py": "from .helper import y\nimport os\nos.system('x')\n",
    "helper.py": "import pickle\ndef f(x): return pickle.load(x)\n",
    "train.py": "import subprocess\nsubprocess.run('x')\n",
}
DANGERS = (
    Danger("modeling_x.py", 3, "process-at-import", "calls os.system"),
    Danger("helper.py", 2, "unpickling", "calls pickle.load"),
)
GATED = Unavailable("the repo is gated: its files are for those who were let in")
REFUSED = Unavailable("the Hub does not show the files to us")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def serve() -> Iterator[Callable[..., FakeHub]]:
    """Serves a world with one repo; all is closed at the end."""
    hubs: list[FakeHub] = []

    def serving(files: Mapping[str, Content], gated: bool = False) -> FakeHub:
        hub = FakeHub(world(files, gated))
        hubs.append(hub.__enter__())
        return hubs[-1]

    yield serving
    for hub in hubs:
        hub.__exit__(None, None, None)


def world(files: Mapping[str, Content], gated: bool = False) -> World:
    made = World()
    made.create_organization("org")
    made.create_user("someone")
    made.add_token(VALID_TOKEN, "someone")
    made.create_repo("model", "org/model", files, gated="manual" if gated else False)
    return made


def repo_of(hub: Hub, target: Target = MODEL) -> Repo:
    facts = hub([target])[target]
    assert isinstance(facts, Found)
    return facts.repo


def judged(hub: Hub, repo: Repo | None = None, seconds: float = 20.0) -> Code | Unavailable:
    wanted = {MODEL: repo_of(hub) if repo is None else repo}
    return codes(hub, wanted, time.monotonic() + seconds)[MODEL]


Serve = Callable[..., FakeHub]


def test_what_runs_is_fetched_at_its_commit_and_judged(serve: Serve, connect: Connect) -> None:
    hub = connect(serve(FILES).url)
    repo = repo_of(hub)
    assert judged(hub) == Code("org/model", repo.sha or "", ("modeling_x.py", "helper.py"), DANGERS)


def test_files_are_judged_together(serve: Serve, connect: Connect) -> None:
    files = {
        "config.json": CONFIG,
        "modeling_x.py": "from .helper import o\ndef f(x): return o.system(x)\n",
        "helper.py": "import os as o\n",
    }
    code = judged(connect(serve(files).url))
    assert isinstance(code, Code)
    assert code.dangers == (Danger("modeling_x.py", 2, "process", "calls os.system"),)


def test_it_is_asked_at_the_full_commit(serve: Serve, connect: Connect) -> None:
    fake = serve(FILES)
    hub = connect(fake.url)
    repo = repo_of(hub)
    fake.clear()
    judged(hub, repo)
    paths = [one.path for one in fake.requests]
    assert paths
    assert all(f"/{repo.sha}/" in path for path in paths)
    assert not any("train.py" in path for path in paths)


def test_nothing_is_left_behind(serve: Serve, connect: Connect, tmp_path: Path) -> None:
    judged(connect(serve(FILES).url))
    assert list(tmp_path.glob("cache/**/*.py")) == []
    assert list(tmp_path.glob("cache/flake8-hfmodels/*")) == []


def test_nothing_is_said_on_the_way(
    serve: Serve, connect: Connect, capfd: pytest.CaptureFixture[str]
) -> None:
    judged(connect(serve(FILES).url))
    assert capfd.readouterr() == ("", "")


def test_we_say_who_asks(serve: Serve, connect: Connect) -> None:
    fake = serve(FILES)
    judged(connect(fake.url))
    agents = {one.headers["user-agent"] for one in fake.requests if "/resolve" in one.path}
    assert all(agent.startswith("flake8-hfmodels/") for agent in agents)
    assert not any("torch" in agent for agent in agents)


def test_progress_is_told(serve: Serve, connect: Connect) -> None:
    hub = connect(serve(FILES).url)
    told: list[tuple[int, int]] = []
    codes(hub, {MODEL: repo_of(hub)}, time.monotonic() + 20, lambda *one: told.append(one))
    assert told == [(1, 1)]


def test_nothing_is_wanted(connect: Connect) -> None:
    assert codes(connect("http://127.0.0.1:9"), {}, time.monotonic()) == {}


# Keeping


def test_a_commit_is_judged_once(serve: Serve, connect: Connect, tmp_path: Path) -> None:
    fake = serve(FILES)
    hub = connect(fake.url, cache=tmp_path / "answers")
    repo = repo_of(hub)
    first = judged(hub, repo)
    hub.close()
    fake.clear()
    assert judged(connect(fake.url, cache=tmp_path / "answers"), repo) == first
    assert fake.requests == []


def test_offline_the_kept_verdict_counts(serve: Serve, connect: Connect, tmp_path: Path) -> None:
    fake = serve(FILES)
    hub = connect(fake.url, cache=tmp_path / "answers")
    repo = repo_of(hub)
    first = judged(hub, repo)
    hub.close()
    offline = connect(fake.url, cache=tmp_path / "answers", offline=True)
    other = replace(repo, sha="c" * 40)
    wanted = {MODEL: repo, replace(MODEL, revision="v2"): other}
    assert codes(offline, wanted, time.monotonic() + 20) == {
        MODEL: first,
        replace(MODEL, revision="v2"): Unavailable("offline, and not in the cache"),
    }


def test_another_way_in_is_another_verdict(serve: Serve, connect: Connect, tmp_path: Path) -> None:
    hub = connect(serve(FILES).url, cache=tmp_path / "answers")
    repo = repo_of(hub)
    judged(hub, repo)
    more = judged(hub, replace(repo, auto_map=(*repo.auto_map, ("AutoConfig", "train.C"))))
    assert isinstance(more, Code)
    assert set(more.files) == {"modeling_x.py", "helper.py", "train.py"}


def test_a_failure_is_not_kept(serve: Serve, connect: Connect, tmp_path: Path) -> None:
    fake = serve(FILES)
    hub = connect(fake.url, cache=tmp_path / "answers")
    repo = repo_of(hub)
    fake.fault = Fault.status(500, path="helper.py")
    assert isinstance(judged(hub, repo, 3.0), Unavailable)  # version 0.36 tries for long
    fake.fault = None
    assert isinstance(judged(hub, repo), Code)


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param("x", id="text"),
        pytest.param(
            {"files": [], "dangers": [["a.py", 1, "no-kind", "x"]], "unread": []}, id="kind"
        ),
        pytest.param({"files": [], "dangers": [1], "unread": []}, id="danger"),
        pytest.param({"files": [], "dangers": [], "unread": [["a.py"]]}, id="unread"),
        pytest.param({"files": [], "dangers": [], "unread": [1]}, id="pair"),
    ],
)
def test_what_is_kept_and_is_no_verdict_is_not_heard(
    payload: object, serve: Serve, connect: Connect, tmp_path: Path
) -> None:
    hub = connect(serve(FILES).url, cache=tmp_path / "answers")
    repo = repo_of(hub)
    key = remote_code._key(hub.client, MODEL, repo)
    hub.client.store.write({key: Answer(200, payload)}, hub.client.now())
    assert isinstance(judged(hub, repo), Code)


def test_what_was_not_read_is_kept_too(serve: Serve, connect: Connect, tmp_path: Path) -> None:
    hub = connect(serve({"a.py": "", "b.py": LARGEST + 1}).url, cache=tmp_path / "answers")
    repo = repo_of(hub)
    first, second = judged(hub, repo), judged(hub, repo)
    assert first == second
    assert isinstance(second, Code)
    assert second.unread == (("b.py", "it is too large to be read"),)


# Hostile repos


@pytest.mark.parametrize(
    ("files", "read", "kinds"),
    [
        pytest.param({"../x.py": "x", "a.py": ""}, ("a.py",), [], id="above"),
        pytest.param({"/etc/x.py": "x", "a.py": ""}, ("a.py",), [], id="absolute"),
        pytest.param({"link.py": "../../../etc/passwd"}, ("link.py",), ["no-python"], id="symlink"),
        pytest.param({"a.py": b"x = 1\0"}, ("a.py",), ["no-python"], id="null"),
        pytest.param({"a.py": b"-" * 100_000 + b"1"}, ("a.py",), ["no-python"], id="deep"),
        pytest.param({"a.py": b""}, ("a.py",), [], id="empty"),
        pytest.param({"a b/c#d%20.py": b""}, ("a b/c#d%20.py",), [], id="odd-name"),
        pytest.param(
            {"a.py": "", "A.py": "x = ("}, ("A.py", "a.py"), ["no-python"], id="letter-case"
        ),
    ],
)
def test_hostile_files(
    files: Mapping[str, Content],
    read: tuple[str, ...],
    kinds: list[str],
    serve: Serve,
    connect: Connect,
) -> None:
    code = judged(connect(serve(files).url))
    assert isinstance(code, Code)
    assert code.files == read
    assert [one.kind for one in code.dangers] == kinds


def test_a_huge_file_is_not_fetched(serve: Serve, connect: Connect) -> None:
    fake = serve({"a.py": 5_000_000_000})
    code = judged(connect(fake.url))
    assert isinstance(code, Code)
    assert code.unread == (("a.py", "it is too large to be read"),)
    assert {one.method for one in fake.requests if "resolve" in one.path} == {"HEAD"}


def test_a_known_size_is_not_asked_for(serve: Serve, connect: Connect) -> None:
    fake = serve({"a.py": 5_000_000_000})
    hub = connect(fake.url)
    repo = replace(repo_of(hub), blobs=(Blob("a.py", 5_000_000_000, "x"),))
    fake.clear()
    assert isinstance(judged(hub, repo), Code)
    assert fake.requests == []


def test_a_file_that_is_larger_than_it_was_said_to_be(serve: Serve, connect: Connect) -> None:
    hub = connect(serve({"a.py": LARGEST + 1}).url)
    code = judged(hub, replace(repo_of(hub), blobs=(Blob("a.py", 10, "x"),)))
    assert isinstance(code, Code)
    assert code.unread == (("a.py", "it is too large to be read"),)


def test_of_thousands_of_files_few_are_fetched(serve: Serve, connect: Connect) -> None:
    fake = serve({f"{number}.py": LARGEST + 1 for number in range(10_000)})
    hub = connect(fake.url)
    repo = repo_of(hub)
    fake.clear()
    assert isinstance(judged(hub, repo), Code)
    assert len({one.path for one in fake.requests if one.path.startswith("/org")}) == MOST_FILES


# No answers


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        pytest.param(Fault.status(404, path="modeling"), "the file is not there", id="missing"),
        pytest.param(Fault.status(403, path="modeling"), REFUSED.why, id="refused"),
        pytest.param(Fault.status(418, path="modeling"), "the Hub answered with 418", id="other"),
        pytest.param(
            Fault.rate_limited(60, path="modeling"),
            "the Hub takes no more questions for now",
            id="limited",
        ),
    ],
)
def test_an_error_is_no_verdict(fault: Fault, why: str, serve: Serve, connect: Connect) -> None:
    fake = serve(FILES)
    hub = connect(fake.url)
    repo = repo_of(hub)
    fake.fault = fault
    assert judged(hub, repo) == Unavailable(why)


def test_a_connection_that_breaks(serve: Serve, connect: Connect) -> None:
    fake = serve(FILES)
    hub = connect(fake.url)
    repo = repo_of(hub)
    fake.fault = Fault.drop(path="modeling")
    found = judged(hub, repo, 3.0)
    assert isinstance(found, Unavailable)
    assert found.why.startswith("the Hub ")  # version 0.36 tries until it is too late


def test_a_file_that_cannot_be_kept(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = connect(serve(FILES).url)
    repo = repo_of(hub)

    def full(_path: str, _mode: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(remote_code, "open", full, raising=False)
    assert judged(hub, repo) == Unavailable("the file cannot be read (OSError)")


def test_gated(serve: Serve, connect: Connect) -> None:
    fake = serve(FILES, gated=True)
    assert judged(connect(fake.url)) == GATED
    assert judged(connect(fake.url, VALID_TOKEN)) == GATED


def test_let_in(serve: Serve, connect: Connect) -> None:
    fake = serve(FILES, gated=True)
    fake.world.grant_access("model", "org/model", "someone")
    assert isinstance(judged(connect(fake.url, VALID_TOKEN)), Code)


def test_no_token_but_that_of_the_identity(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_of_somebody_else")
    fake = serve(FILES)
    judged(connect(fake.url))
    assert not any("authorization" in one.headers for one in fake.requests)


def test_the_hub_is_down(serve: Serve, connect: Connect) -> None:
    fake = serve(FILES)
    hub = connect(fake.url)
    repo = repo_of(hub)
    hub.client.give_up("the Hub is away")
    fake.clear()
    assert judged(hub, repo) == Unavailable("the Hub is away")
    assert fake.requests == []


def test_no_commit_is_no_question(serve: Serve, connect: Connect) -> None:
    hub = connect(serve(FILES).url)
    repo = replace(repo_of(hub), sha="main")
    assert judged(hub, repo) == Unavailable("the commit is not known")


@pytest.mark.parametrize("seconds", [0.0, 0.5])
def test_the_deadline_holds(seconds: float, serve: Serve, connect: Connect) -> None:
    fake = serve(FILES)
    hub = connect(fake.url)
    repo = repo_of(hub)
    fake.fault = Fault.hang(3.0, path="modeling")
    began = time.monotonic()
    assert judged(hub, repo, seconds) == Unavailable("the Hub did not answer in time")
    assert time.monotonic() - began < seconds + 1.0


def test_the_deadline_holds_between_files(connect: Connect) -> None:
    files = {f"{number}.py": "" for number in range(50)}
    with FakeHub(world(files), latency=0.1) as fake:
        hub = connect(fake.url)
        repo = repo_of(hub)
        fake.clear()
        assert judged(hub, repo, 0.5) == Unavailable("the Hub did not answer in time")
        time.sleep(1.0)
        assert len(fake.requests) < 15


def test_after_the_deadline_no_file_is_asked_for(serve: Serve, connect: Connect) -> None:
    hub = connect(serve(FILES).url)
    download = remote_code._Download(hub.client, "", MODEL, repo_of(hub), time.monotonic() - 1)
    with pytest.raises(remote_code._NotReadError, match="in time"):
        download("modeling_x.py")


def test_a_hub_that_is_not_there(serve: Serve, connect: Connect) -> None:
    fake = serve(FILES)
    repo = repo_of(connect(fake.url))
    with blackhole() as url:
        began = time.monotonic()
        found = judged(connect(url, timeout=0.5), repo, 3.0)
    assert isinstance(found, Unavailable)
    assert time.monotonic() - began < 5.0


def test_several_repos_are_fetched_at_a_time(connect: Connect) -> None:
    made = World()
    made.create_organization("org")
    targets = [Target("model", f"org/m{number}", None) for number in range(6)]
    for one in targets:
        made.create_repo("model", one.repo_id, {"modeling_x.py": "import os\nos.system('x')\n"})
    with FakeHub(made) as fake:
        hub = connect(fake.url)
        found = codes(hub, {one: repo_of(hub, one) for one in targets}, time.monotonic() + 20)
    assert [one.dangers[0].line for one in found.values() if isinstance(one, Code)] == [2] * 6


@pytest.mark.parametrize("target", [Target("space", "evaluate-metric/accuracy", None)])
def test_other_types_of_repos(target: Target, connect: Connect) -> None:
    with FakeHub(small_world()) as fake:
        hub = connect(fake.url)
        found = codes(hub, {target: repo_of(hub, target)}, time.monotonic() + 20)[target]
    assert isinstance(found, Code)
    assert found.files == ("accuracy.py",)


def test_a_cache_that_nobody_may_write_to(
    serve: Serve, connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.joinpath("file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert isinstance(judged(connect(serve(FILES).url)), Code)


def test_without_bandit_our_own_judgement_stands_alone(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_code, "is_there", lambda: False)
    code = judged(connect(serve(FILES).url))
    assert isinstance(code, Code)
    assert code.dangers == DANGERS
