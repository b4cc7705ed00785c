"""What the answers of the Hub's API mean, row by row of what was recorded."""

from __future__ import annotations

import pytest

from flake8_hfmodels.facts import Flagged, Repo, Unavailable
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
    Withheld,
    is_bad_token,
    is_final,
    parse,
    read_account,
    read_commits,
    read_refs,
    read_repo,
)
from flake8_hfmodels.hub.paths import Subject

SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
OID = "621ffdc036468d709f17434d"
SMALL = {"_id": OID, "id": "openai-community/gpt2"}
SMALL_REPO = Repo("openai-community/gpt2", OID, None, ())

HIDDEN = {"error": "Invalid username or password."}
BAD_TOKEN = {"error": "Invalid credentials in Authorization header"}
EXPIRED = {"error": 'User Access Token "ci" is expired'}
NO_REPO = {"error": "Repository not found"}
NO_REVISION = {"error": "Invalid rev id: nope"}
NO_USER = {"error": "This user does not exist"}
NO_ORGANIZATION = {"error": "Sorry, we can't find the page you are looking for."}
GATED = {"error": "Access to model x/y is restricted. You must have access to it. Please log in."}
DISABLED = {"error": "Access to this resource is disabled."}

NOT_THE_HUB = Unavailable(
    "the answer is not what the Hub sends; is there a proxy or a login page between?"
)
LIMITED = Unavailable("the Hub limits the rate of requests")


def status(code: int) -> Unavailable:
    return Unavailable(f"the Hub answered with status {code}")


REPOS = {
    "smallest": (Answer(200, SMALL), SMALL_REPO),
    "all of a model": (
        Answer(
            200,
            {
                **SMALL,
                "sha": SHA,
                "siblings": [{"rfilename": "config.json"}, {"rfilename": "onnx/model.onnx"}],
                "tags": ["custom_code", "license:mit"],
                "config": {"auto_map": {"AutoModel": "modeling_x.X"}},
                "gated": "manual",
                "disabled": True,
            },
        ),
        Repo(
            "openai-community/gpt2",
            OID,
            SHA,
            ("config.json", "onnx/model.onnx"),
            ("custom_code", "license:mit"),
            (("AutoModel", "modeling_x.X"),),
            gated=True,
            disabled=True,
        ),
    ),
    "auto_map names several": (
        Answer(
            200,
            {
                **SMALL,
                "config": {
                    "auto_map": {
                        "AutoTokenizer": ["tokenization_x.Slow", None, "o/m--tokenization_x.Fast"],
                        "AutoConfig": "configuration_x.C",
                    }
                },
            },
        ),
        Repo(
            "openai-community/gpt2",
            OID,
            None,
            (),
            auto_map=(
                ("AutoTokenizer", "tokenization_x.Slow"),
                ("AutoTokenizer", "o/m--tokenization_x.Fast"),
                ("AutoConfig", "configuration_x.C"),
            ),
        ),
    ),
    "scanned": (
        Answer(
            200,
            {
                **SMALL,
                "private": True,
                "securityRepoStatus": {
                    "scansDone": False,
                    "filesWithIssues": [{"path": "a.pkl", "level": "unsafe"}, {"path": 1}, None],
                },
            },
        ),
        Repo(
            "openai-community/gpt2",
            OID,
            None,
            (),
            private=True,
            flagged=(Flagged("a.pkl", "unsafe"),),
            is_scanned=False,
        ),
    ),
    "scanned in other words": (
        Answer(200, {**SMALL, "securityRepoStatus": {"scansDone": "yes", "filesWithIssues": 1}}),
        SMALL_REPO,
    ),
    "an adapter": (
        Answer(200, {**SMALL, "config": {"peft": {"base_model_name_or_path": "o/base"}}}),
        Repo("openai-community/gpt2", OID, None, (), adapter_of=("o/base",)),
    ),
    "an adapter by its tags": (
        Answer(200, {**SMALL, "tags": ["base_model:o/b", "base_model:adapter:o/b"]}),
        Repo(
            "openai-community/gpt2",
            OID,
            None,
            (),
            ("base_model:o/b", "base_model:adapter:o/b"),
            adapter_of=("o/b",),
        ),
    ),
    "an adapter of a folder": (
        Answer(200, {**SMALL, "config": {"peft": {"base_model_name_or_path": "/data/base"}}}),
        SMALL_REPO,
    ),
    "gated auto": (
        Answer(200, {**SMALL, "gated": "auto", "disabled": False}),
        Repo("openai-community/gpt2", OID, None, (), gated=True),
    ),
    "not gated": (Answer(200, {**SMALL, "gated": False}), SMALL_REPO),
    "one-word id of 2025": (
        Answer(200, {"_id": OID, "id": "gpt2", "author": "openai-community"}),
        Repo("gpt2", OID, None, ()),
    ),
    "a kernel is slim": (
        Answer(200, {"_id": OID, "id": "kernels-community/flash-attn2", "repoType": "kernel"}),
        Repo("kernels-community/flash-attn2", OID, None, ()),
    ),
    "every key of the wrong type": (
        Answer(
            200,
            {
                **SMALL,
                "sha": 7,
                "siblings": {"rfilename": "a"},
                "tags": "custom_code",
                "config": ["auto_map"],
                "gated": {},
                "disabled": "yes",
            },
        ),
        SMALL_REPO,
    ),
    "every entry of the wrong type": (
        Answer(
            200,
            {
                **SMALL,
                "sha": "main",
                "siblings": ["a", {"rfilename": 3}, None, {"rfilename": "b"}],
                "tags": [None, 1, "en"],
                "config": {"auto_map": {"AutoModel": {"a": "b"}, "AutoConfig": None}},
                "gated": [],
            },
        ),
        Repo("openai-community/gpt2", OID, None, ("b",), ("en",)),
    ),
    "keys of null": (
        Answer(200, {**SMALL, "sha": None, "siblings": None, "tags": None, "config": None}),
        SMALL_REPO,
    ),
    "auto_map is a list": (Answer(200, {**SMALL, "config": {"auto_map": ["x"]}}), SMALL_REPO),
    "id is a number": (Answer(200, {"_id": OID, "id": 5}), NOT_THE_HUB),
    "id is no id": (Answer(200, {"_id": OID, "id": "a\x1b[2Jb"}), NOT_THE_HUB),
    "no _id": (Answer(200, {"id": "openai-community/gpt2"}), NOT_THE_HUB),
    "no id": (Answer(200, {"_id": OID}), NOT_THE_HUB),
    "an error with 200": (Answer(200, HIDDEN), NOT_THE_HUB),
    "a list": (Answer(200, [SMALL]), NOT_THE_HUB),
    "a text": (Answer(200, "openai-community/gpt2"), NOT_THE_HUB),
    "a number": (Answer(200, 1), NOT_THE_HUB),
    "HTML": (Answer(200, parse(b"<!DOCTYPE html><title>Guest Wi-Fi</title>")), NOT_THE_HUB),
    "nothing": (Answer(200, parse(b"")), NOT_THE_HUB),
    "no UTF-8": (Answer(200, parse(b'{"id": "\xff"}')), NOT_THE_HUB),
    "half of it": (Answer(200, parse(b'{"_id": "621f", "id": "a')), NOT_THE_HUB),
    "very deep": (Answer(200, parse(b'{"a":' * 200_000)), NOT_THE_HUB),
    "a number of many digits": (Answer(200, parse(b"9" * 10_000)), NOT_THE_HUB),
    "redirect, relative": (
        Answer(307, None, location="/api/models/google-t5/t5-small"),
        Redirect("/api/models/google-t5/t5-small"),
    ),
    "redirect for ever": (Answer(301, None, location="/x"), Redirect("/x")),
    "redirect, found": (Answer(302, None, location="/x"), Redirect("/x")),
    "redirect, see other": (Answer(303, None, location="/x"), Redirect("/x")),
    "redirect, permanent": (Answer(308, None, location="/x"), Redirect("/x")),
    "redirect to nowhere": (Answer(307, None), status(307)),
    "several choices": (Answer(300, None, location="/x"), status(300)),
    "not modified": (Answer(304, None), status(304)),
    "anonymous: missing, private, no owner": (Answer(401, HIDDEN), Hidden()),
    "with token: missing or no access": (
        Answer(404, NO_REPO, "RepoNotFound", with_token=True),
        Hidden(),
    ),
    "404 without a token": (Answer(404, NO_REPO, "RepoNotFound"), Hidden()),
    "bad token": (Answer(401, BAD_TOKEN, with_token=True), BadToken()),
    "bad token, by its words alone": (Answer(401, BAD_TOKEN), BadToken()),
    "bad token, other words": (Answer(401, EXPIRED, with_token=True), BadToken()),
    "bad token, words of the missing": (Answer(401, HIDDEN, with_token=True), status(401)),
    "other words without a token": (Answer(401, EXPIRED), BadToken()),
    "words of somebody else": (Answer(401, {"error": "log in"}, with_token=True), status(401)),
    "401 without JSON": (Answer(401, None), status(401)),
    "gated, anonymous": (Answer(401, GATED, "GatedRepo"), status(401)),
    "gated, with token": (Answer(401, GATED, "GatedRepo", with_token=True), status(401)),
    "gated, not granted": (Answer(403, GATED, "GatedRepo", with_token=True), status(403)),
    "disabled": (Answer(403, DISABLED), status(403)),
    "unknown revision": (Answer(404, NO_REVISION, "RevisionNotFound"), NoRevision()),
    "unknown revision, with token": (
        Answer(404, NO_REVISION, "RevisionNotFound", with_token=True),
        NoRevision(),
    ),
    "unknown file": (Answer(404, {"error": "Entry not found"}, "EntryNotFound"), status(404)),
    "404 of a server that is no Hub": (Answer(404, {"detail": "Not Found"}), status(404)),
    "404, code lost on the way": (Answer(404, NO_REPO), Hidden()),
    "unknown revision, code lost on the way": (Answer(404, NO_REVISION), NoRevision()),
    "404 in other words": (Answer(404, {"error": "Not here"}), status(404)),
    "404 of a page": (Answer(404, NO_ORGANIZATION), status(404)),
    "bad request": (Answer(400, {"error": "✖ Invalid option"}), status(400)),
    "rate limit": (Answer(429, {"error": "We had to rate limit your IP"}), LIMITED),
    "internal error": (Answer(500, {"error": "Internal Error"}), status(500)),
    "bad gateway": (Answer(502, None), status(502)),
    "not there": (Answer(503, parse(b"<html></html>")), status(503)),
}


@pytest.mark.parametrize(("answer", "reading"), REPOS.values(), ids=REPOS)
def test_reading_of_a_repo(answer: Answer, reading: RepoReading) -> None:
    assert read_repo(answer) == reading


ACCOUNTS = {
    "user": (
        Answer(200, {"_id": OID, "user": "TheBloke", "type": "user"}),
        Account("TheBloke", OID, "user"),
    ),
    "organization": (
        Answer(200, {"_id": OID, "name": "openai-community", "isVerified": False}),
        Account("openai-community", OID, "org", False),
    ),
    "case of a user": (
        Answer(307, None, location="/api/users/TheBloke/overview"),
        Redirect("/api/users/TheBloke/overview"),
    ),
    "no user": (Answer(404, NO_USER), NoAccount("users")),
    "no organization": (Answer(404, NO_ORGANIZATION), NoAccount("organizations")),
    "404 in HTML": (Answer(404, None), status(404)),
    "404 of a server that is no Hub": (Answer(404, {"detail": "Not Found"}), status(404)),
    "404 whose error is no text": (Answer(404, {"error": {"code": 404}}), status(404)),
    "410": (Answer(410, NO_USER), status(410)),
    "bad token": (Answer(401, BAD_TOKEN, with_token=True), BadToken()),
    "bad token, by its words alone": (Answer(401, BAD_TOKEN), BadToken()),
    "bad token, other words": (Answer(401, EXPIRED, with_token=True), BadToken()),
    "401 anonymous": (Answer(401, HIDDEN), status(401)),
    "403": (Answer(403, DISABLED), status(403)),
    "name is a number": (Answer(200, {"_id": OID, "name": 1}), NOT_THE_HUB),
    "no _id": (Answer(200, {"name": "huggingface"}), NOT_THE_HUB),
    "a list": (Answer(200, []), NOT_THE_HUB),
    "HTML": (Answer(200, None), NOT_THE_HUB),
    "rate limit": (Answer(429, {"error": "We had to rate limit your IP"}), LIMITED),
    "internal error": (Answer(500, {"error": "Internal Error"}), status(500)),
}


@pytest.mark.parametrize(("answer", "reading"), ACCOUNTS.values(), ids=ACCOUNTS)
def test_reading_of_an_account(answer: Answer, reading: AccountReading) -> None:
    assert read_account(answer) == reading


LISTINGS = {
    "redirect": (Answer(307, None, location="/api/models/a/b/refs"), Redirect),
    "bad token": (Answer(401, BAD_TOKEN, with_token=True), BadToken),
    "gated": (Answer(401, GATED, "GatedRepo"), Withheld),
    "nothing": (Answer(200, None), Unavailable),
}


@pytest.mark.parametrize(("answer", "reading"), LISTINGS.values(), ids=LISTINGS)
def test_reading_of_what_is_no_listing(answer: Answer, reading: type) -> None:
    assert [type(read(answer)) for read in (read_refs, read_commits)] == [reading, reading]


FINAL = {
    "disabled": Answer(403, DISABLED),
    "repo": Answer(200, SMALL),
    "user": Answer(200, {"_id": OID, "user": "TheBloke"}),
    "organization": Answer(200, {"_id": OID, "name": "openai-community"}),
    "redirect": Answer(307, None, location="/api/models/a/b"),
    "hidden": Answer(401, HIDDEN),
    "no access": Answer(404, NO_REPO, "RepoNotFound", with_token=True),
    "no revision": Answer(404, NO_REVISION, "RevisionNotFound"),
    "no user": Answer(404, NO_USER),
    "no organization": Answer(404, NO_ORGANIZATION),
}
NOT_FINAL = {
    "login page": Answer(200, None),
    "login in JSON": Answer(200, {"login": "https://portal.example"}),
    "list": Answer(200, [SMALL]),
    "error with 200": Answer(200, HIDDEN),
    "bad token": Answer(401, BAD_TOKEN, with_token=True),
    "expired token": Answer(401, EXPIRED, with_token=True),
    "gated": Answer(401, GATED, "GatedRepo"),
    "forbidden": Answer(403, {"error": "no"}),
    "404 in HTML": Answer(404, None),
    "404 of a server that is no Hub": Answer(404, {"detail": "Not Found"}),
    "redirect to nowhere": Answer(307, None),
    "not modified": Answer(304, None),
    "rate limit": Answer(429, {"error": "We had to rate limit your IP"}),
    "internal error": Answer(500, {"error": "Internal Error"}),
    "bad gateway": Answer(502, None),
}


@pytest.mark.parametrize("answer", FINAL.values(), ids=FINAL)
def test_answers_worth_keeping(answer: Answer) -> None:
    assert is_final(answer, of=Subject.REPO) or is_final(answer, of=Subject.ACCOUNT)


@pytest.mark.parametrize("answer", NOT_FINAL.values(), ids=NOT_FINAL)
def test_answers_not_worth_keeping(answer: Answer) -> None:
    assert not is_final(answer, of=Subject.REPO)
    assert not is_final(answer, of=Subject.ACCOUNT)


TOKENS = {
    "bad": (Answer(401, BAD_TOKEN, with_token=True), True),
    "expired": (Answer(401, EXPIRED, with_token=True), True),
    "hidden from nobody in particular": (Answer(401, HIDDEN), False),
    "no access": (Answer(404, NO_REPO, "RepoNotFound", with_token=True), False),
    "found": (Answer(200, SMALL, with_token=True), False),
}


@pytest.mark.parametrize(("answer", "is_bad"), TOKENS.values(), ids=TOKENS)
def test_whether_the_token_is_refused(answer: Answer, is_bad: bool) -> None:
    assert is_bad_token(answer) == is_bad


CODE = {
    "none": (Repo("a/b", OID, None, ()), False),
    "tag": (Repo("a/b", OID, None, (), tags=("custom_code",)), True),
    "auto_map": (Repo("a/b", OID, None, (), auto_map=(("AutoModel", "x.X"),)), True),
    "a .py alone": (Repo("a/b", OID, None, ("train_script.py",)), False),
}


@pytest.mark.parametrize(("repo", "has"), CODE.values(), ids=CODE)
def test_custom_code(repo: Repo, has: bool) -> None:
    assert repo.has_custom_code == has
