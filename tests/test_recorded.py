"""The Hub's recorded answers, read: every file of an info or an overview call."""

from __future__ import annotations

import json
import re
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from flake8_hfmodels.facts import (
    Facts,
    Flagged,
    Found,
    Lacking,
    Missing,
    Owner,
    Repo,
    Unavailable,
)
from flake8_hfmodels.hub.answers import (
    Account,
    AccountReading,
    Answer,
    BadToken,
    Commits,
    CommitsReading,
    Hidden,
    NoAccount,
    NoRevision,
    Redirect,
    Refs,
    RepoReading,
    Withheld,
    read_account,
    read_commits,
    read_refs,
    read_repo,
)
from flake8_hfmodels.reference import Target
from tests.conftest import Connect
from tests.fakehub import FakeHub, Fault

FOLDER = Path(__file__).parents[2] / "shared" / "hub" / "recorded"
INFO = re.compile(r"/api/(?:models|datasets|spaces|kernels)/[^/]+(?:/[^/]+)?(?:/revision/[^/]+)?")
OVERVIEW = re.compile(r"/api/(?:users|organizations)/[^/]+/overview")

# Cut by whoever recorded them: without id and _id they are no answers of the Hub.
CUT = [
    "get__models_XHToken_Spark-X2.5-4B_custom-code_auto-map_200.json",
    "get__models_microsoft_Phi-3-mini-4k-instruct_custom-code_200.json",
]

REFUSALS: dict[str, RepoReading] = {
    "get__datasets_429_authenticated.json": Unavailable("the Hub limits the rate of requests"),
    "get__models_bad-token_401.json": BadToken(),
    "get__models_gpt2_bad-revision_404.json": NoRevision(),
    "get__models_missing_anonymous_401.json": Hidden(),
    "get__models_missing_anonymous_401_with-www-authenticate.json": Hidden(),
    "get__models_missing_with-token_404.json": Hidden(),
    "get__spaces_missing_anonymous_401.json": Hidden(),
    "get__spaces_missing_with-token_404.json": Hidden(),
}
ACCOUNTS: dict[str, AccountReading] = {
    "get__organizations_missing_overview_404.json": NoAccount("organizations"),
    "get__organizations_openai-community_overview_200.json": Account(
        "openai-community", "659ebc82b61dd9658802f398", "org", False, "OpenAI community"
    ),
    "get__users_TheBloke_overview_200.json": Account(
        "TheBloke", "6426d3f3a7723d62b53c259b", "user", None, "Tom Jobbins"
    ),
    "get__users_case_thebloke_overview_307.json": Redirect("/api/users/TheBloke/overview"),
    "get__users_openai-community_is-an-org_overview_404.json": NoAccount("users"),
}


def recorded(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def names(kind: re.Pattern[str], *statuses: int) -> list[str]:
    """The files that recorded a call of a kind with one of these statuses."""
    found = [(path.name, recorded(path)) for path in sorted(FOLDER.glob("get__*.json"))]
    return [
        name
        for name, record in found
        if kind.fullmatch(urlsplit(record["request"]["url"]).path)
        and record["response"]["status"] in statuses
        and isinstance(record["response"]["body"], (dict, str, type(None)))
    ]


def answer(name: str) -> Answer:
    record = recorded(FOLDER / name)
    response = record["response"]
    headers = {key.lower(): value for key, value in response["headers"].items()}
    sent = {key.lower() for key in record["request"].get("headers") or {}}
    return Answer(
        status=response["status"],
        payload=response["body"],
        code=headers.get("x-error-code", ""),
        location=headers.get("location", ""),
        total=int(headers["x-total-count"]) if "x-total-count" in headers else None,
        with_token="authorization" in sent,
    )


pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the recorded answers are not beside the project"
)


@pytest.mark.parametrize("name", sorted({*names(INFO, 200)} - {*CUT}))
def test_found_repo(name: str) -> None:
    body = recorded(FOLDER / name)["response"]["body"]
    read = read_repo(answer(name))
    assert isinstance(read, Repo)
    assert (read.id, read.object_id, read.sha, read.files, read.tags) == (
        body["id"],
        body["_id"],
        body.get("sha"),
        tuple(file["rfilename"] for file in body.get("siblings", ())),
        tuple(body.get("tags", ())),
    )


@pytest.mark.parametrize("name", CUT)
def test_cut_answer(name: str) -> None:
    assert read_repo(answer(name)) == Unavailable(
        "the answer is not what the Hub sends; is there a proxy or a login page between?"
    )


@pytest.mark.parametrize("name", names(INFO, 301, 302, 307, 308))
def test_moved_repo(name: str) -> None:
    headers = recorded(FOLDER / name)["response"]["headers"]
    location = headers.get("location") or headers["Location"]
    assert read_repo(answer(name)) == Redirect(location)


@pytest.mark.parametrize(("name", "reading"), REFUSALS.items(), ids=REFUSALS)
def test_refusal(name: str, reading: RepoReading) -> None:
    assert read_repo(answer(name)) == reading


@pytest.mark.parametrize(("name", "reading"), ACCOUNTS.items(), ids=ACCOUNTS)
def test_account(name: str, reading: AccountReading) -> None:
    assert read_account(answer(name)) == reading


def test_no_recorded_refusal_is_left_out() -> None:
    assert names(INFO, 400, 401, 403, 404, 429) == sorted(REFUSALS)


def test_no_recorded_account_is_left_out() -> None:
    assert names(OVERVIEW, 200, 301, 302, 307, 308, 400, 401, 403, 404, 429) == sorted(ACCOUNTS)


TRAITS = {
    "gated": ("get__models_meta-llama_Llama-3.1-8B_gated_expand_200.json", (True, False, False)),
    "disabled": (
        "get__models_ykilcher_gpt-4chan_disabled_expand_200.json",
        (True, True, False),
    ),
    "custom code": (
        "get__models_XHToken_Spark-X2.5-4B_custom-code_auto-map_200.json",
        (False, False, True),
    ),
    "a .py that is none": (
        "get__models_sentence-transformers_all-MiniLM-L6-v2_200.json",
        (False, False, False),
    ),
    "a kernel": ("get__kernels_kernels-community_flash-attn2_200.json", (False, False, False)),
}


@pytest.mark.parametrize(("name", "traits"), TRAITS.values(), ids=TRAITS)
def test_traits(name: str, traits: tuple[bool, bool, bool]) -> None:
    whole = {"_id": "0" * 24, "id": "some/repo", **recorded(FOLDER / name)["response"]["body"]}
    read = read_repo(Answer(200, whole))
    assert isinstance(read, Repo)
    assert (read.gated, read.disabled, read.has_custom_code) == traits


# Branches, histories, scans

GPT2_HEAD = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
GPT2_DATE = datetime(2024, 2, 19, 10, 57, 45, tzinfo=timezone.utc)

HISTORIES: dict[str, CommitsReading] = {
    "get__commits_Llama-3.1-8B_gated_401.json": Withheld(),
    "get__commits_gpt2_200.json": Commits((GPT2_HEAD,), 26, (GPT2_DATE,)),
    "get__commits_gpt2_bad-revision_404.json": Unavailable("the Hub answered with status 404"),
    "get__commits_gpt2_legacy_307.json": Redirect(
        "/api/models/openai-community/gpt2/commits/main?limit=1"
    ),
}


@pytest.mark.parametrize(("name", "reading"), HISTORIES.items(), ids=HISTORIES)
def test_history(name: str, reading: CommitsReading) -> None:
    assert read_commits(answer(name)) == reading


def test_page_of_a_history() -> None:
    read = read_commits(answer("get__commits_gpt2_page_200.json"))
    assert isinstance(read, Commits)
    assert (read.ids[0], len(read.ids)) == (GPT2_HEAD, 5)


def test_branches() -> None:
    assert read_refs(answer("get__refs_gpt2_200.json")) == Refs((GPT2_HEAD,))
    with_requests = read_refs(answer("get__refs_gpt2_include_prs_200.json"))
    assert isinstance(with_requests, Refs)
    assert [ref for _commit, ref in with_requests.pulls] == ["refs/pr/187"]


SCANS = {
    "get__models_mcpotato_42-eicar-street_scan_200.json": (
        True,
        {"unsafe", "caution"},
    ),
    "get__models_new_repo_scan_queued_200.json": (False, set()),
    "get__models_openai-community_gpt2_scan_200.json": (True, set()),
}


@pytest.mark.parametrize(("name", "said"), SCANS.items(), ids=SCANS)
def test_scan(name: str, said: tuple[bool, set[str]]) -> None:
    status = recorded(FOLDER / name)["response"]["body"]
    read = read_repo(Answer(200, {"_id": "1", "id": "a/b", "securityRepoStatus": status}))
    assert isinstance(read, Repo)
    assert (read.is_scanned, {one.level for one in read.flagged}) == said
    assert all(isinstance(one, Flagged) for one in read.flagged)


# Replayed: a server that says what was recorded, and the lookup as it is

PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".dat")
OTHERS = (".h5", ".onnx", ".msgpack", ".ot", ".gguf")


def indexed() -> list[tuple[str, str]]:
    """The answers about a model with its files, and what INDEX.tsv says of their kind."""
    lines = (FOLDER.parent / "INDEX.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines[1:]]
    found = [(row[0], row[4]) for row in rows if "files=" in row[4] and row[0] not in CUT]
    return [(name, said) for name, said in found if isinstance(_body(name), dict)]


def _body(name: str) -> Any:
    return recorded(FOLDER / name)["response"]["body"]


def kind(repo: Repo) -> str:
    """The words of INDEX.tsv for a repo, from our facts about it."""
    safe = any(name.endswith(".safetensors") for name in repo.files)
    pickled = any(
        name.endswith(PICKLES) and not name.endswith("training_args.bin") for name in repo.files
    )
    others = any(name.endswith(OTHERS) for name in repo.files)
    words = {
        (True, True): "both",
        (True, False): "safetensors-only",
        (False, True): "pickle+other(no safetensors)" if others else "PICKLE-ONLY",
        (False, False): "GGUF-ONLY",
    }[safe, pickled]
    scripts = sum(name.endswith(".py") for name in repo.files)
    parts = [words, f"py={scripts}" * bool(scripts), f"files={len(repo.files)}"]
    return ";".join([one for one in parts if one] + ["gated=manual"] * repo.gated)


@pytest.mark.parametrize(("name", "said"), indexed() if FOLDER.is_dir() else [])
def test_replayed_repo(hub: FakeHub, connect: Connect, name: str, said: str) -> None:
    body = _body(name)
    hub.fault = Fault.reply(json.dumps(body).encode(), path=f"/api/models/{body['id']}")
    target = Target("model", body["id"], None)
    facts = connect(hub.url)([target])[target]
    assert isinstance(facts, Found)
    assert kind(facts.repo) == said


LIMITED = "the Hub limits the rate of requests, a token (HF_TOKEN) has more of them"
REPLAYED: dict[str, Facts] = {
    "get__models_missing_anonymous_401.json": Missing(Lacking.REPO, Owner.EXISTS),
    "get__models_missing_with-token_404.json": Missing(Lacking.REPO, Owner.EXISTS),
    "get__models_gpt2_bad-revision_404.json": Missing(Lacking.REVISION, Owner.EXISTS),
    "get__models_list_429_anonymous.json": Unavailable(LIMITED),
}


@pytest.mark.parametrize(("name", "facts"), REPLAYED.items(), ids=REPLAYED)
def test_replayed_refusal(hub: FakeHub, connect: Connect, name: str, facts: Facts) -> None:
    response = recorded(FOLDER / name)["response"]
    body = json.dumps(response["body"]).encode()
    hub.fault = Fault.reply(body, status=response["status"], path="/api/models/acme/encoder")
    target = Target("model", "acme/encoder", "v9")
    assert connect(hub.url)([target]) == {target: facts}
