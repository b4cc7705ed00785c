"""The fake Hub is a Hub: the real client is content with it, its answers are recorded ones."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import subprocess
import sys
import threading
import time
import timeit
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.fakehub import (
    ALICE,
    BAD_TOKEN,
    SQUASHED_AWAY,
    VALID_TOKEN,
    FakeHub,
    Fault,
    Proxy,
    World,
    blackhole,
    small_world,
)
from tests.fakehub.__main__ import main
from tests.fakehub.objects import created_at, format_time
from tests.fakehub.seed import build_world

RECORDED = Path(__file__).parents[2] / "shared" / "hub" / "recorded"
TINY = "hf-internal-testing/tiny-random-bert"
GPT2 = "openai-community/gpt2"
LLAMA = "meta-llama/Llama-3.1-8B"

ANONYMOUS = "Invalid username or password."
GATED = (
    f"Access to model {LLAMA} is restricted. You must have access to it and be authenticated to "
    "access it. Please log in."
)
NOT_GRANTED = (
    f"Access to model {LLAMA} is restricted and you are not in the authorized list. "
    f"Visit https://huggingface.co/{LLAMA} to ask for access."
)
DISABLED = "Access to this resource is disabled."
NO_PAGE = "Sorry, we can't find the page you are looking for."

needs_recordings = pytest.mark.skipif(
    not RECORDED.is_dir(), reason=f"the recorded answers are not at {RECORDED}"
)


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def hub(world: World) -> Iterator[FakeHub]:
    with FakeHub(world) as running:
        yield running


@pytest.fixture
def http() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def ask(
    http: requests.Session,
    hub: FakeHub,
    path: str,
    *,
    token: str | None = None,
    method: str = "GET",
) -> requests.Response:
    """One request without following redirects and with a timeout."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    url = hub.url + path
    return http.request(method, url, headers=headers, allow_redirects=False, timeout=10)


def knock(hub: FakeHub) -> socket.socket:
    """A connection that one request was sent on."""
    host, _, port = hub.url.removeprefix("http://").partition(":")
    client = socket.create_connection((host, int(port)), 5)
    client.sendall(f"GET /api/models/{GPT2} HTTP/1.1\r\n\r\n".encode())
    return client


def wait_until(happened: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    while not happened():
        time.sleep(0.001)


def recorded(name: str) -> Any:
    """The response of one recording."""
    return json.loads((RECORDED / name).read_text())["response"]


# 1. The real client


@pytest.fixture
def client(hub: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """huggingface_hub's own client for the fake Hub, kept away from the real cache and token."""
    monkeypatch.setenv("HF_HUB_DISABLE_TELEMETRY", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    huggingface_hub = pytest.importorskip("huggingface_hub", minversion="2.0")
    constants = pytest.importorskip("huggingface_hub.constants")
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_TELEMETRY", True)
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_PROGRESS_BARS", True)
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
    yield huggingface_hub.HfApi(endpoint=hub.url, token=False)
    huggingface_hub.close_session()


@pytest.mark.parametrize("name", [GPT2, "gpt2", "OpenAI-Community/GPT2"])
def test_client_reads_a_model_by_any_name(client: Any, world: World, name: str) -> None:
    info = client.model_info(name, timeout=10)

    repo = world.repo("model", GPT2)
    assert (info.id, info.sha, info.author) == (GPT2, repo.head, "openai-community")
    assert [sibling.rfilename for sibling in info.siblings] == list(repo.files)
    assert info._id == repo.identity


def test_client_reads_files_metadata_and_scans(client: Any) -> None:
    info = client.model_info("mcpotato/42-eicar-street", files_metadata=True, securityStatus=True)

    assert info.security_repo_status["scansDone"] is True
    assert [issue["level"] for issue in info.security_repo_status["filesWithIssues"]] == [
        "unsafe",
        "caution",
        "unsafe",
    ]
    assert [sibling.size for sibling in info.siblings if sibling.lfs][-1] == 6


def test_client_reads_expanded_properties(client: Any) -> None:
    info = client.model_info("acme/encoder", expand=["config", "tags"])

    assert info.config["auto_map"] == {"AutoModel": "acme/encoder-code--modeling_acme.AcmeModel"}
    assert "custom_code" in info.tags
    assert info.sha is None


def test_client_reads_other_types(client: Any) -> None:
    assert client.dataset_info("squad").id == "rajpurkar/squad"
    assert client.space_info("evaluate-metric/accuracy").sdk == "gradio"
    assert client.kernel_info("kernels-community/flash-attn2").sha


def test_client_lists_refs(client: Any, world: World) -> None:
    refs = client.list_repo_refs("acme/translator", include_pull_requests=True)

    repo = world.repo("model", "acme/translator")
    assert [(ref.name, ref.target_commit) for ref in refs.branches] == [("main", repo.head)]
    assert [ref.target_commit for ref in refs.pull_requests] == [repo.refs["refs/pr/1"]]


def test_client_lists_commits_over_pages(client: Any, world: World) -> None:
    world.commit_often("model", "acme/forecaster", 60)

    commits = client.list_repo_commits("acme/forecaster")

    assert [commit.title for commit in commits][:2] == ["Step 59", "Step 58"]
    assert len(commits) == 62


def test_client_lists_a_long_history(client: Any, hub: FakeHub, world: World) -> None:
    commits = client.list_repo_commits("acme/long-history")

    repo = world.repo("model", "acme/long-history")
    assert [commit.commit_id for commit in commits] == [one.oid for one in repo.history(repo.head)]
    assert (len(commits), len(hub.requests)) == (320, 7)


def test_client_lists_every_kind_of_ref(client: Any, world: World) -> None:
    refs = client.list_repo_refs("acme/long-history", include_pull_requests=True)

    at = world.repo("model", "acme/long-history").refs
    assert {ref.ref: ref.target_commit for ref in refs.branches + refs.tags} == {
        ref: at[ref] for ref in ("refs/heads/main", "refs/heads/experiment", "refs/tags/v0.9")
    }
    assert [(ref.ref, ref.target_commit) for ref in refs.pull_requests] == [
        ("refs/pr/1", at["refs/pr/1"])
    ]


def test_client_lists_refs_without_pull_requests(client: Any) -> None:
    assert client.list_repo_refs("acme/translator").pull_requests is None


def test_client_reads_a_merged_pull_request(client: Any, world: World) -> None:
    newest = client.list_repo_commits("acme/reviewed")[0]

    original = world.repo("model", "acme/reviewed").refs["refs/pr/1"]
    assert newest.title == "Adds tokenizer_config.json file (#1)"
    assert f"- Adds tokenizer_config.json file ({original})" in newest.message
    assert (newest.authors, newest.commit_id == original) == (["acme", "TheBloke"], False)


@pytest.mark.parametrize(
    ("revision", "files"),
    [
        pytest.param(None, ["config.json", "model.safetensors"], id="main"),
        pytest.param("v1", ["config.json", "model.safetensors", "optimizer.pkl"], id="tag"),
    ],
)
def test_client_reads_scans_of_every_revision(
    client: Any, revision: str | None, files: list[str]
) -> None:
    info = client.model_info("acme/cleaned-up", revision=revision, securityStatus=True)

    assert [sibling.rfilename for sibling in info.siblings] == files
    assert info.security_repo_status == {
        "scansDone": True,
        "filesWithIssues": [{"path": "optimizer.pkl", "level": "unsafe"}],
    }


def test_client_reads_a_revision_of_a_kernel(client: Any, world: World) -> None:
    kernel = world.repo("kernel", "kernels-community/activation")
    info = client.kernel_info("kernels-community/activation", revision="v1")

    assert info.sha == kernel.refs["refs/heads/v1"] != kernel.head


def test_client_lists_models_of_an_author(client: Any) -> None:
    found = [info.id for info in client.list_models(author="medvision")]

    assert found == ["medvision/segmenter"]


def test_client_reads_accounts(client: Any) -> None:
    assert client.get_user_overview("thebloke").username == "TheBloke"
    assert client.get_organization_overview("HuggingFace").is_verified is True


def test_client_knows_who_it_is(client: Any) -> None:
    assert client.whoami(token=VALID_TOKEN)["name"] == ALICE


def test_client_lists_the_tree_and_paths(client: Any) -> None:
    entries = client.list_repo_tree(TINY, recursive=True, expand=True)
    paths = client.get_paths_info(TINY, ["config.json", "onnx", "absent"], expand=True)

    assert [entry.path for entry in entries][:2] == ["onnx", "README.md"]
    assert sorted(entry.path for entry in paths) == ["config.json", "onnx"]


def test_client_downloads_a_snapshot(client: Any, world: World, tmp_path: Path) -> None:
    folder = Path(client.snapshot_download(TINY, cache_dir=tmp_path / "cache"))

    repo = world.repo("model", TINY)
    found = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*")}
    assert found == {name: b"".join(file.chunks()) for name, file in repo.files.items()}
    assert folder.name == repo.head


@pytest.mark.parametrize(
    ("revision", "token", "name"),
    [
        pytest.param("refs/pr/1", None, "acme/translator", id="pull request"),
        pytest.param("main", VALID_TOKEN, "alice/secret-model", id="private, with a token"),
        pytest.param("v1.0", None, "acme/forecaster", id="tag"),
    ],
)
def test_client_downloads_a_file_of_a_revision(
    client: Any, world: World, tmp_path: Path, revision: str, token: str | None, name: str
) -> None:
    repo = world.repo("model", name)
    oid = repo.resolve(revision)
    assert oid is not None
    file = list(repo.commits[oid].files.values())[-1]

    path = client.hf_hub_download(
        name, file.name, revision=revision, cache_dir=tmp_path, token=token or False
    )

    assert Path(path).read_bytes() == b"".join(file.chunks())
    assert oid in path


@pytest.mark.parametrize(
    ("call", "token", "error", "status"),
    [
        # Over http the client makes no RepositoryNotFoundError of an anonymous 401.
        pytest.param("model_info", False, "HfHubHTTPError", 401, id="missing, anonymous"),
        pytest.param("model_info", VALID_TOKEN, "RepositoryNotFoundError", 404, id="missing"),
        pytest.param("model_info", BAD_TOKEN, "HfHubHTTPError", 401, id="bad token"),
        pytest.param("get_user_overview", False, "HfHubHTTPError", 404, id="no such user"),
    ],
)
def test_client_raises(client: Any, call: str, token: Any, error: str, status: int) -> None:
    errors = pytest.importorskip("huggingface_hub.errors")

    with pytest.raises(errors.HfHubHTTPError) as caught:
        getattr(client, call)("dentalai", token=token)

    assert (type(caught.value).__name__, caught.value.response.status_code) == (error, status)


@pytest.mark.parametrize(
    ("name", "revision", "error"),
    [
        pytest.param(LLAMA, "main", "GatedRepoError", id="gated"),
        pytest.param("acme/withdrawn", "main", "DisabledRepoError", id="disabled"),
        pytest.param(GPT2, "nope", "RevisionNotFoundError", id="unknown revision"),
    ],
)
def test_client_raises_for_commits(client: Any, name: str, revision: str, error: str) -> None:
    errors = pytest.importorskip("huggingface_hub.errors")

    with pytest.raises(getattr(errors, error)):
        client.list_repo_commits(name, revision=revision)


@pytest.fixture
def secure_hub(world: World) -> Iterator[FakeHub]:
    with FakeHub(world, tls=True) as running:
        yield running


def test_client_knows_a_missing_repo_over_https(
    client: Any, secure_hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    errors = pytest.importorskip("huggingface_hub.errors")
    monkeypatch.setenv("SSL_CERT_FILE", secure_hub.ca_file)
    client.endpoint = secure_hub.url

    with pytest.raises(errors.RepositoryNotFoundError) as caught:
        client.model_info("dentalai/toothfairy")

    assert caught.value.response.status_code == 401
    assert client.model_info("gpt2").id == GPT2


# 2. Statuses, codes and texts


@pytest.mark.parametrize(
    ("path", "token", "status", "code", "message"),
    [
        pytest.param("/api/models/no/such", None, 401, None, ANONYMOUS, id="missing owner"),
        pytest.param("/api/models/acme/nope", None, 401, None, ANONYMOUS, id="missing repo"),
        pytest.param("/api/models/nope", None, 401, None, ANONYMOUS, id="one-word name"),
        pytest.param("/api/models/alice/secret-model", None, 401, None, ANONYMOUS, id="private"),
        pytest.param("/api/models/dentalai/toothfairy", None, 401, None, ANONYMOUS, id="orphan"),
        pytest.param("/api/kernels/acme/nope", None, 401, None, ANONYMOUS, id="missing kernel"),
        pytest.param(
            "/api/models/ghost-labs/code", None, 401, None, ANONYMOUS, id="code of an orphan"
        ),
        pytest.param(
            "/api/kernels/kernels-community/activation/revision/v9",
            None,
            404,
            "RevisionNotFound",
            "Invalid rev id: v9",
            id="unknown revision of a kernel",
        ),
        pytest.param(
            "/api/users/lena-k/overview",
            None,
            404,
            None,
            "This user does not exist",
            id="old name of a user",
        ),
        pytest.param(
            "/api/organizations/fms-research/overview", None, 404, None, NO_PAGE, id="old org name"
        ),
        pytest.param("/api/whoami-v2", None, 401, None, ANONYMOUS, id="nobody"),
        pytest.param(
            "/api/models/acme/nope",
            VALID_TOKEN,
            404,
            "RepoNotFound",
            "Repository not found",
            id="missing, with a token",
        ),
        pytest.param(
            "/api/models/mallory/hidden-model",
            VALID_TOKEN,
            404,
            "RepoNotFound",
            "Repository not found",
            id="private of others",
        ),
        pytest.param(
            f"/api/models/{GPT2}",
            BAD_TOKEN,
            401,
            None,
            "Invalid credentials in Authorization header",
            id="bad token",
        ),
        pytest.param(
            "/api/organizations/huggingface/overview",
            BAD_TOKEN,
            401,
            None,
            "Invalid credentials in Authorization header",
            id="bad token for accounts",
        ),
        pytest.param(
            f"/api/models/{LLAMA}/commits/main", None, 401, "GatedRepo", GATED, id="gated"
        ),
        pytest.param(
            f"/api/models/{LLAMA}/commits/main",
            VALID_TOKEN,
            403,
            "GatedRepo",
            NOT_GRANTED,
            id="gated, not granted",
        ),
        pytest.param(
            "/api/models/acme/withdrawn/commits/main", None, 403, None, DISABLED, id="disabled"
        ),
        pytest.param("/api/datasets/laion/laion-art", None, 403, None, DISABLED, id="blocked"),
        pytest.param(
            f"/api/models/{GPT2}/revision/badrev",
            None,
            404,
            "RevisionNotFound",
            "Invalid rev id: badrev",
            id="unknown revision",
        ),
        pytest.param(
            f"/api/models/acme/squashed-lm/revision/{SQUASHED_AWAY}",
            None,
            404,
            "RevisionNotFound",
            f"Invalid rev id: {SQUASHED_AWAY}",
            id="squashed away",
        ),
        pytest.param(
            "/api/users/huggingface/overview",
            None,
            404,
            None,
            "This user does not exist",
            id="an organization is no user",
        ),
        pytest.param(
            "/api/users/dentalai/overview",
            None,
            404,
            None,
            "This user does not exist",
            id="deleted user",
        ),
        pytest.param(
            "/api/organizations/alice/overview", None, 404, None, NO_PAGE, id="a user is no org"
        ),
        pytest.param(
            "/api/organizations/dentalai/overview", None, 404, None, NO_PAGE, id="deleted org"
        ),
        pytest.param(
            f"/api/models/{GPT2}/tree/main/config.json",
            None,
            404,
            "EntryNotFound",
            "Entry not found",
            id="tree of a file",
        ),
        pytest.param(f"/api/models/{GPT2}/xyz", None, 404, None, NO_PAGE, id="no such part"),
        pytest.param("/api/agent-harnesses", None, 404, None, NO_PAGE, id="no such route"),
    ],
)
def test_error(
    hub: FakeHub,
    http: requests.Session,
    path: str,
    token: str | None,
    status: int,
    code: str | None,
    message: str,
) -> None:
    answer = ask(http, hub, path, token=token)

    assert answer.status_code == status
    assert answer.headers.get("X-Error-Code") == code
    assert answer.headers["X-Error-Message"] == message
    assert answer.json() == {"error": message}
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["ETag"].startswith('W/"')


@pytest.mark.parametrize(
    ("path", "token", "status", "code"),
    [
        pytest.param("/no/such/resolve/main/a.bin", None, 401, None, id="missing"),
        pytest.param("/no/such/resolve/main/a.bin", VALID_TOKEN, 404, "RepoNotFound", id="token"),
        pytest.param(f"/{LLAMA}/resolve/main/config.json", None, 401, "GatedRepo", id="gated"),
        pytest.param(f"/{GPT2}/resolve/main/a.bin", None, 404, "EntryNotFound", id="no file"),
        pytest.param(f"/{GPT2}/resolve/x/config.json", None, 404, "RevisionNotFound", id="no rev"),
    ],
)
def test_file_error_is_plain_text(
    hub: FakeHub,
    http: requests.Session,
    path: str,
    token: str | None,
    status: int,
    code: str | None,
) -> None:
    answer = ask(http, hub, path, token=token)

    assert (answer.status_code, answer.headers.get("X-Error-Code")) == (status, code)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text == answer.headers["X-Error-Message"]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        pytest.param("/api/models/gpt2", f"/api/models/{GPT2}", id="legacy"),
        pytest.param("/api/datasets/squad", "/api/datasets/rajpurkar/squad", id="legacy dataset"),
        pytest.param("/api/models/OpenAI-Community/GPT2", f"/api/models/{GPT2}", id="case"),
        pytest.param(
            "/api/models/meta-llama/Meta-Llama-3.1-8B?securityStatus=true",
            f"/api/models/{LLAMA}?securityStatus=true",
            id="rename keeps the query",
        ),
        pytest.param(
            "/api/models/dentalai-labs/segmenter/revision/refs%2Fpr%2F1",
            "/api/models/medvision/segmenter/revision/refs%2Fpr%2F1",
            id="out of an orphaned namespace",
        ),
        pytest.param(
            "/api/models/gpt2/commits/main?limit=1",
            f"/api/models/{GPT2}/commits/main?limit=1",
            id="commits",
        ),
        pytest.param("/api/models/gpt2/refs", f"/api/models/{GPT2}/refs", id="refs"),
        pytest.param(
            "/api/models/gpt2/refs?include_prs=1",
            f"/api/models/{GPT2}/refs?include_prs=1",
            id="refs with pull requests",
        ),
        pytest.param(
            "/api/models/fms-research/granule", "/api/models/fms-platform/granule", id="org renamed"
        ),
        pytest.param(
            "/api/models/lena-k/tiny-poet", "/api/models/lena-kern/tiny-poet", id="user renamed"
        ),
        pytest.param(
            "/api/users/thebloke/overview", "/api/users/TheBloke/overview", id="user's case"
        ),
    ],
)
def test_redirect(hub: FakeHub, http: requests.Session, path: str, location: str) -> None:
    answer = ask(http, hub, path)

    assert (answer.status_code, answer.headers["Location"]) == (307, location)
    assert answer.text == f"Temporary Redirect. Redirecting to {location}"
    assert answer.headers["Vary"] == "Origin, Accept"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        pytest.param(f"/api/models/{LLAMA}", "gated", "manual", id="gated info"),
        pytest.param("/api/models/ykilcher/gpt-4chan", "disabled", True, id="disabled info"),
        pytest.param(f"/api/models/{LLAMA}/revision/main", "gated", "manual", id="gated revision"),
        pytest.param("/api/organizations/HuggingFace/overview", "name", "huggingface", id="case"),
        pytest.param(f"/api/models/{GPT2}?revision=nope", "id", GPT2, id="query revision ignored"),
    ],
)
def test_found(hub: FakeHub, http: requests.Session, path: str, key: str, value: object) -> None:
    answer = ask(http, hub, path)

    assert (answer.status_code, answer.json()[key]) == (200, value)
    assert answer.headers["Vary"] == "Origin"
    assert "Cache-Control" not in answer.headers


@pytest.mark.parametrize(
    "spelling",
    [
        pytest.param("main", id="branch"),
        pytest.param("refs/heads/main", id="full ref"),
        pytest.param("refs%2Fheads%2Fmain", id="quoted"),
        pytest.param("{oid}", id="hash"),
        pytest.param("{oid:.7}", id="short hash"),
    ],
)
def test_revision(hub: FakeHub, http: requests.Session, world: World, spelling: str) -> None:
    oid = world.repo("model", GPT2).head
    revision = spelling.format(oid=oid).replace("/", "%2F")

    assert ask(http, hub, f"/api/models/{GPT2}/revision/{revision}").json()["sha"] == oid


def test_revision_in_a_pull_request_may_be_split(
    hub: FakeHub, http: requests.Session, world: World
) -> None:
    oid = world.repo("model", "acme/translator").refs["refs/pr/1"]
    path = "/api/models/acme/translator/revision/refs"

    assert ask(http, hub, f"{path}%2Fpr%2F1").json()["sha"] == oid
    assert ask(http, hub, f"{path}/pr/1").json()["sha"] == oid


def test_tree_goes_on_over_pages(hub: FakeHub, http: requests.Session) -> None:
    path = f"/api/models/{TINY}/tree/main?recursive=true"
    whole = ask(http, hub, path).json()
    first = ask(http, hub, f"{path}&limit=4")
    second = http.get(first.links["next"]["url"], timeout=10)

    assert first.json() + second.json() == whole
    assert "next" not in second.links


@pytest.mark.parametrize(
    ("path", "names"),
    [
        pytest.param("main", ["onnx", "README.md"], id="root"),
        pytest.param("main/onnx", ["onnx/model.onnx"], id="folder"),
    ],
)
def test_tree(hub: FakeHub, http: requests.Session, path: str, names: list[str]) -> None:
    entries = ask(http, hub, f"/api/models/{TINY}/tree/{path}").json()

    assert [entry["path"] for entry in entries][:2] == names


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        pytest.param("author=MedVision", {"id", "tags"}, id="plain"),
        pytest.param("author=medvision&full=true", {"id", "sha", "siblings"}, id="full"),
        pytest.param("search=segmenter&expand[]=sha", {"_id", "id", "sha"}, id="expand"),
    ],
)
def test_list(hub: FakeHub, http: requests.Session, query: str, keys: set[str]) -> None:
    [entry] = ask(http, hub, f"/api/models?{query}").json()

    assert keys <= set(entry)
    assert entry["id"] == "medvision/segmenter"


def test_list_of_nobody_is_empty(hub: FakeHub, http: requests.Session) -> None:
    assert ask(http, hub, "/api/models?author=dentalai").json() == []


@pytest.mark.parametrize("query", ["expand=sha&expand=gated", "expand[]=sha&expand[]=gated"])
def test_expand(hub: FakeHub, http: requests.Session, query: str) -> None:
    answer = ask(http, hub, f"/api/models/{GPT2}?{query}")

    assert set(answer.json()) == {"_id", "id", "sha", "gated"}


@pytest.mark.parametrize("key", ["bogus", "_id", "modelId"])
def test_bad_expand(hub: FakeHub, http: requests.Session, key: str) -> None:
    answer = ask(http, hub, f"/api/models/{GPT2}?expand[]={key}")

    assert answer.status_code == 400
    assert answer.json()["error"].startswith('✖ Invalid option: expected one of "author"|"')


def test_private_repos_are_seen_with_a_token(hub: FakeHub, http: requests.Session) -> None:
    own = ask(http, hub, "/api/models/alice/secret-model", token=VALID_TOKEN)
    colleagues = ask(http, hub, "/api/models/acme/internal-lm", token=VALID_TOKEN)

    assert (own.json()["private"], colleagues.json()["private"]) == (True, True)


def test_commits_say_how_many_there_are(hub: FakeHub, http: requests.Session) -> None:
    path = "/api/models/acme/forecaster/commits/main"
    answer = ask(http, hub, f"{path}?limit=1")

    assert answer.headers["X-Total-Count"] == "2"
    assert answer.headers["Link"] == f'<{hub.url}{path}?p=1&limit=1>; rel="next"'


@pytest.mark.parametrize(
    ("path", "status", "place"),
    [
        pytest.param("/gpt2/resolve/main/config.json", 307, "/api/resolve-cache/", id="small"),
        pytest.param("/gpt2/resolve/main/model.safetensors", 302, "http://127.", id="large"),
        pytest.param("/datasets/squad/resolve/main/README.md", 307, "/api/resolve", id="dataset"),
    ],
)
def test_files_are_elsewhere(
    hub: FakeHub, http: requests.Session, path: str, status: int, place: str
) -> None:
    answer = ask(http, hub, path, method="HEAD")

    assert answer.status_code == status
    assert answer.headers["Location"].startswith(place)
    assert len(answer.headers["X-Repo-Commit"]) == 40
    assert answer.headers["RateLimit"].startswith('"resolvers";r=2999;')


@pytest.mark.parametrize(
    ("path", "issues"),
    [
        pytest.param(
            "/api/models/acme/odd-weights",
            [{"path": "pytorch_model.bin", "level": "suspicious"}],
            id="suspicious",
        ),
        pytest.param(
            "/api/datasets/acme/flagged-records",
            [{"path": "index.pkl", "level": "unsafe"}],
            id="dataset",
        ),
        pytest.param(f"/api/models/{GPT2}", [], id="nothing"),
    ],
)
@pytest.mark.parametrize("revision", ["", "/revision/main"], ids=["info", "revision"])
def test_scans_come_with_the_repo(
    hub: FakeHub, http: requests.Session, path: str, issues: list[object], revision: str
) -> None:
    body = ask(http, hub, f"{path}{revision}?securityStatus=true").json()

    assert body["securityRepoStatus"] == {"scansDone": True, "filesWithIssues": issues}
    assert "securityRepoStatus" not in ask(http, hub, path + revision).json()


def test_a_kernel_has_no_scans(hub: FakeHub, http: requests.Session) -> None:
    path = "/api/kernels/kernels-community/activation?securityStatus=true"

    assert "securityRepoStatus" not in ask(http, hub, path).json()


# 3. The world


def test_world_is_the_same_each_time() -> None:
    first, second = build_world(), build_world()

    assert first.repos() == second.repos()
    assert first.accounts() == second.accounts()


def test_a_world_of_ones_own_is_cheap_and_whole() -> None:
    built, own = build_world(), small_world()

    assert min(timeit.repeat(small_world, number=1, repeat=5)) < 0.02
    assert vars(own).keys() == vars(built).keys()
    assert own.repos() == built.repos()
    assert own.create_user("newcomer") == built.create_user("newcomer")


def test_a_world_of_ones_own_is_nobody_elses(world: World) -> None:
    before, untouched = small_world(), small_world()
    world.delete_account("acme")
    world.add_token("hf_other", ALICE)
    world.note("x", "y")
    world.redirect("model", "x", GPT2)

    assert untouched.accounts() == before.accounts() == small_world().accounts()
    assert untouched.repos() == before.repos()
    assert (untouched.notes(), untouched.redirects()) == (before.notes(), before.redirects())
    assert untouched.identify("hf_other").valid is False


def test_a_long_history_has_commits_off_main(world: World) -> None:
    repo = world.repo("model", "acme/long-history")
    of_main = {one.oid for one in repo.history(repo.head)}
    elsewhere = [at for ref, at in repo.refs.items() if at not in of_main]

    assert len(of_main) == 320
    assert elsewhere == [
        repo.refs[ref] for ref in ("refs/tags/v0.9", "refs/heads/experiment", "refs/pr/1")
    ]


def test_a_draft_is_the_head_of_main(world: World) -> None:
    repo = world.repo("model", "acme/drafted")

    assert repo.refs["refs/pr/1"] == repo.head


def test_merging_brings_what_the_pull_request_changed(world: World) -> None:
    repo_id = "acme/translator"
    world.open_pull_request(
        "model", repo_id, {"b.txt": "b"}, delete=["config.json"], title="Tidy", author="mallory"
    )
    world.commit("model", repo_id, {"a.txt": "a"})
    made = world.merge_pull_request("model", repo_id, 2)

    assert list(made.files) == ["a.txt", "b.txt", "model.safetensors"]
    assert world.repo("model", repo_id).head == made.oid
    assert made.message.endswith(
        "\n\nCo-authored-by: mallory <mallory@users.noreply.huggingface.co>\n"
    )


def test_created_at_is_inside_the_id(hub: FakeHub, http: requests.Session) -> None:
    body = ask(http, hub, f"/api/models/{GPT2}").json()

    assert body["createdAt"] == format_time(created_at(body["_id"])) == "2022-03-02T23:29:04.000Z"


def test_transfer_keeps_the_id_and_recreation_does_not(world: World) -> None:
    before = world.repo("model", "acme/encoder")
    moved = world.transfer("model", "acme/encoder", "medvision")
    again = world.create_repo("model", "acme/encoder", {"model.safetensors": 1})

    assert moved.identity == before.identity != again.identity
    assert world.find_repo("model", "acme/encoder") == again
    assert world.find_repo("model", "medvision/encoder") == moved


def test_taking_an_orphaned_name_overrides_its_redirect(
    hub: FakeHub, http: requests.Session, world: World
) -> None:
    path = "/api/models/dentalai-labs/segmenter"
    before = ask(http, hub, path)
    world.create_user("dentalai-labs")
    world.create_repo("model", "dentalai-labs/segmenter", {"pytorch_model.bin": b"."})
    after = ask(http, hub, path)

    assert (before.status_code, after.status_code) == (307, 200)
    assert after.json()["id"] == "dentalai-labs/segmenter"


def test_access_can_be_granted(hub: FakeHub, http: requests.Session, world: World) -> None:
    world.grant_access("model", LLAMA, ALICE)
    answer = ask(http, hub, f"/api/models/{LLAMA}/commits/main", token=VALID_TOKEN)

    assert answer.status_code == 200


def test_commit_without_a_ref_is_gone(world: World) -> None:
    oid = world.repo("model", "acme/translator").refs["refs/pr/1"]
    after = world.delete_ref("model", "acme/translator", "refs/pr/1")

    assert after.resolve(oid) is None


def test_deleted_account_ends_its_tokens(
    hub: FakeHub, http: requests.Session, world: World
) -> None:
    world.delete_account("Alice")

    assert ask(http, hub, "/api/whoami-v2", token=VALID_TOKEN).status_code == 401
    assert world.find_repo("model", "alice/secret-model") is None


def test_renamed_account_frees_its_name(world: World) -> None:
    world.rename_account("acme", "acme-labs")

    assert world.account("acme") is None
    found = world.find_repo("model", "acme/encoder")
    assert found is not None
    assert found.id == "acme-labs/encoder"


@pytest.mark.parametrize(
    "refused",
    [
        pytest.param(lambda world: world.create_user("ACME"), id="name taken in other case"),
        pytest.param(lambda world: world.create_repo("model", "nobody/x"), id="no owner"),
        pytest.param(lambda world: world.create_repo("model", "Acme/Encoder"), id="exists"),
        pytest.param(lambda world: world.rename("model", "acme/encoder", GPT2), id="onto another"),
    ],
)
def test_world_refuses(world: World, refused: Callable[[World], object]) -> None:
    with pytest.raises(ValueError, match=r"taken|nobody owns|exists"):
        refused(world)


# 4. The server


def test_requests_are_recorded(hub: FakeHub, http: requests.Session) -> None:
    ask(http, hub, f"/api/models/{GPT2}?blobs=true", token=VALID_TOKEN)
    ask(http, hub, "/api/models/gpt2", method="HEAD")

    seen = [(one.method, one.path, one.authorized) for one in hub.requests]
    assert seen == [
        ("GET", f"/api/models/{GPT2}?blobs=true", True),
        ("HEAD", "/api/models/gpt2", False),
    ]


def test_token_does_not_reach_the_storage(hub: FakeHub, http: requests.Session) -> None:
    headers = {"Authorization": f"Bearer {VALID_TOKEN}"}
    url = f"{hub.url}/{TINY}/resolve/main/model.safetensors"
    answer = http.get(url, headers=headers, timeout=10)

    assert answer.content == b"\x02\0\0\0\0\0\0\0{}"
    assert [(one.host, one.authorized) for one in hub.requests] == [
        ("hub", True),
        ("storage", False),
    ]


def test_etag_is_honoured(hub: FakeHub, http: requests.Session) -> None:
    url = f"{hub.url}/api/models/{GPT2}"
    tag = http.get(url, timeout=10).headers["ETag"]
    again = http.get(url, headers={"If-None-Match": tag}, timeout=10)

    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)


def test_rate_limit_counts_every_answer(hub: FakeHub, http: requests.Session) -> None:
    hub.rate_limit = 2
    paths = ("/api/models/gpt2", "/api/models/no/such", f"/api/models/{GPT2}")
    answers = [ask(http, hub, path) for path in paths]

    assert [answer.status_code for answer in answers] == [307, 401, 429]
    assert [answer.headers["RateLimit"].split(";t=")[0] for answer in answers] == [
        '"api";r=1',
        '"api";r=0',
        '"api";r=0',
    ]
    assert answers[2].headers["RateLimit-Policy"] == '"fixed window";"api";q=2;w=300'
    assert answers[2].json()["error"].startswith("We had to rate limit your IP (")


def test_rate_limit_of_a_user_is_another(hub: FakeHub, http: requests.Session) -> None:
    hub.rate_limit = 1
    answers = [ask(http, hub, f"/api/models/{GPT2}", token=VALID_TOKEN) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "you hit the quota of 2 api requests" in answers[2].json()["error"]


@pytest.mark.parametrize(
    ("fault", "status", "content_type"),
    [
        pytest.param(Fault.status(503), 503, "application/json", id="status"),
        pytest.param(Fault.status(429, retry_after=3), 429, "application/json", id="429"),
        pytest.param(Fault.malformed(), 200, "application/json", id="malformed"),
        pytest.param(Fault.captive_portal(), 200, "text/html", id="captive portal"),
        pytest.param(Fault.wrong_type(), 200, "text/html", id="wrong type"),
        pytest.param(Fault.reply(b"[]"), 200, "application/json", id="another shape"),
        pytest.param(Fault.halved(), 200, "application/json", id="halved"),
        pytest.param(Fault.deep(), 200, "application/json", id="deep"),
        pytest.param(Fault.slow(0.01), 200, "application/json", id="slow"),
        pytest.param(Fault.rate_limited(7), 429, "application/json", id="rate limited"),
        pytest.param(Fault.lose(), 200, "application/json", id="lose spares the first"),
        pytest.param(Fault.trickle(0.0001), 200, "application/json", id="trickle"),
        pytest.param(Fault.redirect_loop(), 307, "text/plain", id="loop"),
        pytest.param(Fault.redirect_to("http://192.0.2.1"), 307, "text/plain", id="away"),
        pytest.param(Fault.status(500, path="/api/users/"), 200, "application/json", id="path"),
    ],
)
def test_fault(
    hub: FakeHub, http: requests.Session, fault: Fault, status: int, content_type: str
) -> None:
    hub.fault = fault
    answer = ask(http, hub, f"/api/models/{GPT2}")

    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith(content_type)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault.drop(), id="drop"),
        pytest.param(Fault.hang(0.05), id="hang"),
    ],
)
def test_fault_ends_the_connection(hub: FakeHub, http: requests.Session, fault: Fault) -> None:
    hub.fault = fault

    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        ask(http, hub, f"/api/models/{GPT2}")


def test_truncated_fault_ends_the_connection(hub: FakeHub, http: requests.Session) -> None:
    hub.fault = Fault.truncated()
    answer = http.get(f"{hub.url}/api/models/{GPT2}", stream=True)
    answer.raw.enforce_content_length = True  # urllib3 1 does so only where it is told to
    with pytest.raises((requests.ConnectionError, requests.exceptions.ChunkedEncodingError)):
        _ = answer.content


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault.long_header(), id="long header"),
        pytest.param(Fault.endless_headers(0.0), id="endless headers"),
    ],
)
def test_fault_is_no_answer(hub: FakeHub, http: requests.Session, fault: Fault) -> None:
    hub.fault = fault

    with pytest.raises(requests.ConnectionError, match=r"header"):
        ask(http, hub, f"/api/models/{GPT2}")


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault.endless_continue(), id="continue"),
        pytest.param(Fault.endless_headers(0.001), id="headers"),
    ],
)
def test_flood_goes_on_without_a_pause(hub: FakeHub, fault: Fault) -> None:
    hub.fault = fault
    with knock(hub) as client, client.makefile("rb") as stream:
        said = stream.read(10_000)

    assert len(said) == 10_000
    assert b"{" not in said


def test_long_header_is_all_of_the_answer(hub: FakeHub) -> None:
    hub.fault = Fault.long_header(2_000_000)
    with knock(hub) as client, client.makefile("rb") as stream:
        status, filler, *rest = stream.read().split(b"\r\n")

    assert (status, rest[-1]) == (b"HTTP/1.1 200 OK", b"{}")
    assert len(filler) == len(b"X-Filler: ") + 2_000_000


def test_halved_answer_is_complete_as_http(hub: FakeHub, http: requests.Session) -> None:
    whole = ask(http, hub, f"/api/models/{GPT2}")
    hub.fault = Fault.halved()
    half = ask(http, hub, f"/api/models/{GPT2}")

    assert half.content == whole.content[: len(whole.content) // 2]
    assert half.headers["Content-Length"] == str(len(half.content))


def test_padded_answer_is_the_true_one(hub: FakeHub, http: requests.Session) -> None:
    whole = ask(http, hub, f"/api/models/{GPT2}")
    hub.fault = Fault.padded()
    padded = ask(http, hub, f"/api/models/{GPT2}")

    assert (len(padded.content), padded.json()) == (50_000_000, whole.json())


def test_gzip_bomb_is_small_until_it_is_unpacked(hub: FakeHub, http: requests.Session) -> None:
    hub.fault = Fault.gzip_bomb()
    with http.get(f"{hub.url}/api/models/{GPT2}", stream=True, timeout=10) as answer:
        packed = answer.raw.read(decode_content=False)
    start = zlib.decompressobj(wbits=31).decompress(packed, 50_000_000)
    length = int.from_bytes(packed[-4:], "little")

    assert answer.headers["Content-Encoding"] == "gzip"
    assert int(answer.headers["Content-Length"]) == len(packed) < 1_500_000
    assert (len(start), start.strip(b"\0"), length) == (50_000_000, b"", 1_153_433_600)


def test_slow_answer_is_the_true_one(hub: FakeHub, http: requests.Session) -> None:
    hub.fault = Fault.slow(0.1)
    started = time.monotonic()
    answer = ask(http, hub, f"/api/models/{GPT2}")

    assert answer.json()["id"] == GPT2
    assert time.monotonic() - started >= 0.1


def test_rate_limited_says_when_to_come_back(hub: FakeHub, http: requests.Session) -> None:
    hub.fault = Fault.rate_limited(42)
    headers = ask(http, hub, f"/api/models/{GPT2}").headers

    assert headers["RateLimit"] == '"api";r=0;t=42'
    assert "Retry-After" not in headers


def test_last_answer_of_a_window_says_that_it_is(hub: FakeHub, http: requests.Session) -> None:
    hub.rate_limit = 1
    first, second = (ask(http, hub, f"/api/models/{GPT2}") for _ in range(2))

    assert first.headers["RateLimit"].startswith('"api";r=0;t=')
    assert (first.status_code, second.status_code) == (200, 429)


def test_each_hop_counts(hub: FakeHub, http: requests.Session) -> None:
    answer = http.get(f"{hub.url}/api/models/gpt2", timeout=10)

    left = [one.headers["RateLimit"].split(";")[1] for one in (*answer.history, answer)]
    assert left == ["r=499", "r=498"]


def test_lost_connection(hub: FakeHub, http: requests.Session) -> None:
    hub.fault = Fault.lose(times=1)
    first = ask(http, hub, f"/api/models/{GPT2}")
    with pytest.raises(requests.ConnectionError):
        ask(http, hub, f"/api/models/{GPT2}")
    third = ask(http, hub, f"/api/models/{GPT2}")

    assert (first.status_code, third.status_code, hub.fault) == (200, 200, ())


@pytest.mark.parametrize(
    "host",
    [pytest.param("127.0.0.2", id="another host"), pytest.param("127.0.0.1", id="another port")],
)
def test_another_host_tells_whether_it_got_the_token(
    hub: FakeHub, http: requests.Session, world: World, host: str
) -> None:
    with FakeHub(world, host=host) as other:
        hub.fault = Fault.redirect_to(other.url)
        headers = {"Authorization": f"Bearer {VALID_TOKEN}"}
        http.get(f"{hub.url}/api/models/{GPT2}", headers=headers, timeout=10)

    assert other.url.startswith(f"http://{host}:")
    assert [one.authorized for one in (*hub.requests, *other.requests)] == [True, False]


def test_faults_come_in_order_and_run_out(hub: FakeHub, http: requests.Session) -> None:
    hub.fault = Fault.status(502)
    hub.clear()
    hub.fault = [Fault.status(503, times=2), Fault.status(500, times=1)]
    answers = [ask(http, hub, f"/api/models/{GPT2}") for _ in range(4)]

    assert [answer.status_code for answer in answers] == [503, 503, 500, 200]
    assert hub.fault == ()


def test_redirect_away_keeps_the_path(hub: FakeHub, http: requests.Session) -> None:
    hub.fault = Fault.redirect_to("http://192.0.2.1/")
    answer = ask(http, hub, f"/api/models/{GPT2}?blobs=1")

    assert answer.headers["Location"] == f"http://192.0.2.1/api/models/{GPT2}?blobs=1"


def test_latency(world: World, http: requests.Session) -> None:
    with FakeHub(world, latency=0.05) as hub:
        started = time.monotonic()
        ask(http, hub, f"/api/models/{GPT2}")

    assert time.monotonic() - started >= 0.05


def test_kept_alive_answers_do_not_wait_for_acknowledgements(
    hub: FakeHub, http: requests.Session
) -> None:
    started = time.monotonic()
    answers = [ask(http, hub, f"/api/models/{GPT2}") for _ in range(25)]

    assert {answer.status_code for answer in answers} == {200}
    assert time.monotonic() - started < 25 * 0.03


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault.hang(60, times=1), id="hang"),
        pytest.param(Fault.trickle(60, times=1), id="trickle"),
        pytest.param(Fault.slow(60, times=1), id="slow"),
        pytest.param(Fault.endless_headers(60, times=1), id="endless headers"),
        pytest.param(Fault.endless_continue(times=1), id="endless continue"),
    ],
)
def test_stopping_is_immediate(world: World, fault: Fault) -> None:
    before = set(threading.enumerate())
    with contextlib.ExitStack() as opened, FakeHub(world) as hub:
        hub.fault = fault
        opened.enter_context(knock(hub))
        wait_until(lambda: not hub.fault)
        started = time.monotonic()

    assert time.monotonic() - started < 1
    assert set(threading.enumerate()) <= before


# 5. Roads to it


def test_https(secure_hub: FakeHub, http: requests.Session) -> None:
    answer = http.get(f"{secure_hub.url}/api/models/gpt2", verify=secure_hub.ca_file, timeout=10)

    assert secure_hub.url.startswith("https://127.0.0.1:")
    assert (answer.status_code, answer.json()["id"]) == (200, GPT2)


def test_https_is_trusted_by_nobody_unasked(secure_hub: FakeHub, http: requests.Session) -> None:
    with pytest.raises(requests.exceptions.SSLError, match="CERTIFICATE_VERIFY_FAILED"):
        http.get(f"{secure_hub.url}/api/models/gpt2", timeout=10)

    assert secure_hub.requests == []


def test_https_certificate_is_gone_afterwards(world: World) -> None:
    with FakeHub(world, tls=True) as secure:
        assert Path(secure.ca_file).is_file()

    assert not Path(secure.ca_file).exists()


def test_large_files_over_https_too(secure_hub: FakeHub, http: requests.Session) -> None:
    url = f"{secure_hub.url}/{TINY}/resolve/main/model.safetensors"
    answer = http.get(url, verify=secure_hub.ca_file, timeout=10)

    assert answer.url.startswith(f"{secure_hub.storage_url}/storage/")
    assert answer.content == b"\x02\0\0\0\0\0\0\0{}"


def test_proxy_hands_on_plain_requests(hub: FakeHub, http: requests.Session) -> None:
    with Proxy() as proxy:
        http.proxies = {"http": proxy.url}
        answers = [ask(http, hub, path) for path in ("/api/models/gpt2", "/api/models/no/such")]

    assert [answer.status_code for answer in answers] == [307, 401]
    assert answers[0].headers["Location"] == f"/api/models/{GPT2}"
    assert [one.path for one in proxy.requests] == [
        f"{hub.url}/api/models/gpt2",
        f"{hub.url}/api/models/no/such",
    ]
    assert [one.path for one in hub.requests] == ["/api/models/gpt2", "/api/models/no/such"]


def test_proxy_sees_nothing_of_a_tunnel_but_where_it_leads(
    secure_hub: FakeHub, http: requests.Session
) -> None:
    with Proxy() as proxy:
        answer = http.get(
            f"{secure_hub.url}/api/models/gpt2",
            headers={"Authorization": f"Bearer {VALID_TOKEN}"},
            proxies={"https": proxy.url},
            verify=secure_hub.ca_file,
            timeout=10,
        )

    assert answer.json()["id"] == GPT2
    assert [(one.method, one.path, one.authorized) for one in proxy.requests] == [
        ("CONNECT", secure_hub.url.removeprefix("https://"), False)
    ]


def test_nobody_gets_into_a_black_hole(http: requests.Session) -> None:
    with blackhole() as url, pytest.raises(requests.ConnectTimeout):
        http.get(f"{url}/api/models/gpt2", timeout=0.2)


def test_served_by_hand_until_it_is_told_to_end(http: requests.Session) -> None:
    command = [sys.executable, "-W", "error", "-m", "tests.fakehub"]
    root = Path(__file__).parents[1]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().partition("HF_ENDPOINT=")[2].strip()
        status = http.get(f"{url}/api/models/{GPT2}", timeout=10).status_code
        process.send_signal(signal.SIGINT)
        listing = process.stdout.read()

    assert (status, process.returncode) == (200, 0)
    assert "  dentalai/toothfairy  " in listing


def test_port_that_somebody_has(hub: FakeHub) -> None:
    port = hub.url.rpartition(":")[2]
    command = [sys.executable, "-m", "tests.fakehub", "--port", port]
    root = Path(__file__).parents[1]
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert ran.stderr == f"port {port}: Address already in use; give another --port\n"


def test_list_of_situations(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["fakehub", "--list"])
    main()

    assert "  datasets/acme/pickled-records  " in capsys.readouterr().out


# 6. The recorded answers


@needs_recordings
@pytest.mark.parametrize(
    ("path", "token", "name"),
    [
        pytest.param(
            "/api/models/acme/no-such-model",
            None,
            "get__models_missing_anonymous_401_with-www-authenticate.json",
            id="missing, anonymous",
        ),
        pytest.param(
            "/api/models/acme/no-such-model",
            VALID_TOKEN,
            "get__models_missing_with-token_404.json",
            id="missing, with a token",
        ),
        pytest.param(
            f"/api/models/{GPT2}/revision/badrev",
            None,
            "get__models_gpt2_bad-revision_404.json",
            id="unknown revision",
        ),
        pytest.param(
            f"/api/models/{LLAMA}/commits/main?limit=1",
            None,
            "get__commits_Llama-3.1-8B_gated_401.json",
            id="gated",
        ),
        pytest.param(
            "/api/users/openai-community/overview",
            None,
            "get__users_openai-community_is-an-org_overview_404.json",
            id="no user",
        ),
        pytest.param(
            "/api/organizations/no-such-org-x9/overview",
            None,
            "get__organizations_missing_overview_404.json",
            id="no organization",
        ),
    ],
)
def test_error_equals_the_recorded_one(
    hub: FakeHub, http: requests.Session, path: str, token: str | None, name: str
) -> None:
    answer, real = ask(http, hub, path, token=token), recorded(name)
    compared = set(real["headers"]) - {"ratelimit"}

    assert (answer.status_code, answer.json()) == (real["status"], real["body"])
    assert {key: answer.headers.get(key) for key in compared} == {
        key: real["headers"][key] for key in compared
    }


@needs_recordings
@pytest.mark.parametrize(
    ("path", "name"),
    [
        pytest.param("/api/models/bert-base-uncased", "get__models_bert-base-uncased_307.json"),
        pytest.param(
            "/api/models/OpenAI-Community/GPT2", "get__models_case_OpenAI-Community_GPT2_307.json"
        ),
        pytest.param(
            "/api/models/meta-llama/Meta-Llama-3.1-8B",
            "get__models_renamed_Meta-Llama-3.1-8B_307.json",
        ),
        pytest.param(
            "/api/models/runwayml/stable-diffusion-v1-5",
            "get__models_runwayml_stable-diffusion-v1-5_307.json",
        ),
        pytest.param("/api/users/thebloke/overview", "get__users_case_thebloke_overview_307.json"),
    ],
)
def test_redirect_equals_the_recorded_one(
    hub: FakeHub, http: requests.Session, path: str, name: str
) -> None:
    answer, headers = ask(http, hub, path), recorded(name)["headers"]
    location = {key.lower(): value for key, value in headers.items()}["location"]

    assert (answer.status_code, answer.headers["Location"]) == (307, location)


@needs_recordings
def test_redirect_headers_equal_the_recorded_ones(hub: FakeHub, http: requests.Session) -> None:
    answer = ask(http, hub, "/api/models/bert-base-uncased")
    real = recorded("get__models_bert-base-uncased_307.json")
    compared = ("Content-Length", "Content-Type", "Location", "Vary", "X-Powered-By")

    assert answer.text == real["body"]
    assert [answer.headers[key] for key in compared] == [real["headers"][key] for key in compared]


@needs_recordings
def test_model_has_the_keys_of_every_recorded_model(hub: FakeHub, http: requests.Session) -> None:
    cassettes = [
        json.loads(path.read_text())
        for path in RECORDED.glob("get__models_*_200.json")
        if "expand" not in path.name and "huggingface_hub:tests" in path.read_text()
    ]
    bodies = [set(cassette["response"]["body"]) for cassette in cassettes]
    always, ever = set.intersection(*bodies), set.union(*bodies)
    ours = set(ask(http, hub, f"/api/models/{GPT2}").json())

    assert len(bodies) > 30
    assert always - ours == set()
    assert ours - ever == set()


@needs_recordings
@pytest.mark.parametrize(
    ("path", "name"),
    [
        pytest.param(
            "/api/organizations/openai-community/overview",
            "get__organizations_openai-community_overview_200.json",
            id="organization",
        ),
        pytest.param(
            "/api/users/TheBloke/overview", "get__users_TheBloke_overview_200.json", id="user"
        ),
        pytest.param(
            "/api/kernels/kernels-community/flash-attn2",
            "get__kernels_kernels-community_flash-attn2_200.json",
            id="kernel",
        ),
        pytest.param(
            "/api/models/openai-community/gpt2/refs?include_prs=1",
            "get__refs_gpt2_include_prs_200.json",
            id="refs",
        ),
        pytest.param(
            "/api/models/mcpotato/42-eicar-street/scan",
            "get__models_mcpotato_42-eicar-street_scan_200.json",
            id="scan",
        ),
    ],
)
def test_keys_equal_the_recorded_ones(
    hub: FakeHub, http: requests.Session, path: str, name: str
) -> None:
    assert set(ask(http, hub, path).json()) == set(recorded(name)["body"])


@needs_recordings
@pytest.mark.parametrize(
    ("path", "name"),
    [
        pytest.param(
            "/api/models/acme/forecaster/commits/main",
            "get__commits_gpt2_200.json",
            id="commits",
        ),
        pytest.param(
            "/api/models/google-bert/bert-base-uncased/tree/main",
            "get__tree_bert-base-uncased_200.json",
            id="tree",
        ),
    ],
)
def test_first_entry_has_the_recorded_keys(
    hub: FakeHub, http: requests.Session, path: str, name: str
) -> None:
    assert set(ask(http, hub, path).json()[0]) == set(recorded(name)["body"][0])
