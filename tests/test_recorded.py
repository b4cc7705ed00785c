"""The Hub's recorded answers, read: every file of an info or an overview call."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from flake8_hfmodels.facts import Repo, Unavailable
from flake8_hfmodels.hub.answers import (
    Account,
    AccountReading,
    Answer,
    BadToken,
    Hidden,
    NoAccount,
    NoRevision,
    Redirect,
    RepoReading,
    read_account,
    read_repo,
)

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
    "get__organizations_missing_overview_404.json": NoAccount(),
    "get__organizations_openai-community_overview_200.json": Account("openai-community"),
    "get__users_TheBloke_overview_200.json": Account("TheBloke"),
    "get__users_case_thebloke_overview_307.json": Redirect("/api/users/TheBloke/overview"),
    "get__users_openai-community_is-an-org_overview_404.json": NoAccount(),
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
