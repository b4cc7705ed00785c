"""Every situation a lookup can meet: the facts that come of it, and how many requests it takes."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from flake8_hfmodels.facts import (
    Facts,
    Found,
    History,
    Lacking,
    Missing,
    Moved,
    Owner,
    Repo,
    Unavailable,
)
from flake8_hfmodels.hub.lookup import Tally
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Target
from tests.conftest import Connect
from tests.fakehub import (
    BAD_TOKEN,
    SQUASHED_AWAY,
    VALID_TOKEN,
    FakeHub,
    Fault,
    small_world,
)

WORLD = small_world()
STATUS_403 = Unavailable("the Hub answered with status 403")
IMPOSSIBLE = Unavailable("no id or no revision that the Hub could have")


def model(repo_id: str, revision: str | None = None) -> Target:
    return Target("model", repo_id, revision)


def made(kind: RepoType, repo_id: str, revision: str = "main") -> Repo:
    """A repo of the world as the lookup is to describe it; but for its tags."""
    repo = WORLD.repo(kind, repo_id)
    sha = repo.resolve(revision)
    assert sha is not None
    config = repo.config.get("auto_map", {})
    assert isinstance(config, dict)
    return Repo(
        id=repo.id,
        object_id=repo.identity,
        sha=sha,
        files=() if kind == "kernel" else tuple(repo.commits[sha].files),
        auto_map=tuple(config.items()),
        gated=bool(repo.gated),
        disabled=repo.disabled,
        private=repo.private,
    )


def untagged(facts: Facts) -> Facts:
    """Facts without tags, which the fake Hub makes up from much else, scans, and what changes."""
    match facts:
        case Found(repo, stale):
            return Found(_without_tags(repo), stale)
        case Moved(repo, owner, stale):
            return Moved(_without_tags(repo), owner, stale)
        case _:
            return facts


def _without_tags(repo: Repo) -> Repo:
    without = replace(repo, tags=(), flagged=(), is_scanned=None, adapter_of=())
    return replace(without, downloads=None, likes=None, modified="")


def found(kind: RepoType, repo_id: str, revision: str = "main") -> Found:
    return Found(made(kind, repo_id, revision))


def owned(repo_id: str, revision: str) -> Found:
    """A commit, asked for by its hash, that a branch or tag has."""
    return Found(replace(made("model", repo_id, revision), history=History.OWN))


def moved(repo_id: str, old_owner: Owner) -> Moved:
    return Moved(made("model", repo_id), old_owner)


def no_repo(owner: Owner) -> Missing:
    return Missing(Lacking.REPO, owner)


NO_REVISION = Missing(Lacking.REVISION, Owner.EXISTS)
GPT2 = "openai-community/gpt2"
TRANSLATOR = WORLD.repo("model", "acme/translator")
PULL_REQUEST = TRANSLATOR.refs["refs/pr/1"]

# Situations that are the same for everybody: target, facts, requests.
PUBLIC: dict[str, tuple[Target, Facts, int]] = {
    "found": (model(GPT2), found("model", GPT2), 1),
    "found, bert": (
        model("google-bert/bert-base-uncased"),
        found("model", "google-bert/bert-base-uncased"),
        1,
    ),
    "found, small": (
        model("hf-internal-testing/tiny-random-bert"),
        found("model", "hf-internal-testing/tiny-random-bert"),
        1,
    ),
    "found, a .bin that is no pickle": (
        model("sentence-transformers/all-MiniLM-L6-v2"),
        found("model", "sentence-transformers/all-MiniLM-L6-v2"),
        1,
    ),
    "found, a .bin that is no pickle, again": (
        model("cross-encoder/ms-marco-MiniLM-L6-v2"),
        found("model", "cross-encoder/ms-marco-MiniLM-L6-v2"),
        1,
    ),
    "found, pickle only": (
        model("facebook/detr-resnet-50-panoptic"),
        found("model", "facebook/detr-resnet-50-panoptic"),
        1,
    ),
    "found, shards": (
        model("bigscience/bloom-7b1-sharded"),
        found("model", "bigscience/bloom-7b1-sharded"),
        1,
    ),
    "found, GGUF": (
        model("TheBloke/Llama-2-7B-GGUF"),
        found("model", "TheBloke/Llama-2-7B-GGUF"),
        1,
    ),
    "found, flagged": (
        model("mcpotato/42-eicar-street"),
        found("model", "mcpotato/42-eicar-street"),
        1,
    ),
    "found, not scanned yet": (
        model("alice/fresh-upload"),
        found("model", "alice/fresh-upload"),
        1,
    ),
    "custom code": (
        model("microsoft/Phi-3-mini-4k-instruct"),
        found("model", "microsoft/Phi-3-mini-4k-instruct"),
        1,
    ),
    "custom code of another repo": (model("acme/encoder"), found("model", "acme/encoder"), 1),
    "code for another repo": (model("acme/encoder-code"), found("model", "acme/encoder-code"), 1),
    "dangerous code": (model("mallory/fast-loader"), found("model", "mallory/fast-loader"), 1),
    "gated": (model("meta-llama/Llama-3.1-8B"), found("model", "meta-llama/Llama-3.1-8B"), 1),
    "disabled and gated": (model("ykilcher/gpt-4chan"), found("model", "ykilcher/gpt-4chan"), 1),
    "disabled": (model("acme/withdrawn"), found("model", "acme/withdrawn"), 1),
    "blocked": (Target("dataset", "laion/laion-art", None), STATUS_403, 1),
    "case of the owner": (
        model("thebloke/Llama-2-7B-GGUF"),
        found("model", "TheBloke/Llama-2-7B-GGUF"),
        2,
    ),
    "case of the name": (model("OpenAI-Community/GPT2"), found("model", GPT2), 2),
    "legacy one-word name": (model("gpt2"), moved(GPT2, Owner.EXISTS), 2),
    "legacy one-word name, bert": (
        model("bert-base-uncased"),
        moved("google-bert/bert-base-uncased", Owner.EXISTS),
        2,
    ),
    "renamed within its owner": (
        model("meta-llama/Meta-Llama-3.1-8B"),
        moved("meta-llama/Llama-3.1-8B", Owner.EXISTS),
        2,
    ),
    "moved, old user lives": (
        model("nina-vogel/lung-nodules"),
        moved("radiolab/lung-nodules", Owner.EXISTS),
        3,
    ),
    "moved, old organization lives": (
        model("runwayml/stable-diffusion-v1-5"),
        moved("stable-diffusion-v1-5/stable-diffusion-v1-5", Owner.EXISTS),
        4,
    ),
    "moved here": (model("radiolab/lung-nodules"), found("model", "radiolab/lung-nodules"), 1),
    "re-upload": (
        model("stable-diffusion-v1-5/stable-diffusion-v1-5"),
        found("model", "stable-diffusion-v1-5/stable-diffusion-v1-5"),
        1,
    ),
    "orphan 1: account and repo are gone": (
        model("dentalai/toothfairy"),
        no_repo(Owner.GONE),
        4,
    ),
    "orphan 1, at a revision": (model("dentalai/toothfairy", "v1"), no_repo(Owner.GONE), 4),
    "orphan 2: redirects out of a dead namespace": (
        model("dentalai-labs/segmenter"),
        moved("medvision/segmenter", Owner.GONE),
        5,
    ),
    "orphan 2, at a revision that is not there": (
        model("dentalai-labs/segmenter", "v9"),
        Missing(Lacking.REVISION, Owner.GONE),
        5,
    ),
    "orphan 2's new place": (
        model("medvision/segmenter"),
        found("model", "medvision/segmenter"),
        1,
    ),
    "re-registered and re-created": (
        model("runtimes/finetuned-bert"),
        found("model", "runtimes/finetuned-bert"),
        1,
    ),
    "deleted, owner lives": (model("acme/retired-model"), no_repo(Owner.EXISTS), 3),
    "missing, owner is a user in another case": (
        model("THEBLOKE/nothing"),
        no_repo(Owner.EXISTS),
        3,
    ),
    "missing, owner is an organization in another case": (
        model("ACME/nothing"),
        no_repo(Owner.EXISTS),
        3,
    ),
    "never there": (model("never-existed/at-all"), no_repo(Owner.GONE), 4),
    "one word, never there": (model("no-such-model"), no_repo(Owner.UNKNOWN), 1),
    "private, of a stranger": (model("mallory/hidden-model"), no_repo(Owner.EXISTS), 2),
    "branch": (
        model("acme/forecaster", "dev"),
        found("model", "acme/forecaster", "dev"),
        1,
    ),
    "main": (model("acme/forecaster", "main"), found("model", "acme/forecaster"), 1),
    "tag": (model("acme/forecaster", "v1.0"), found("model", "acme/forecaster", "v1.0"), 1),
    "full hash": (
        model("acme/forecaster", WORLD.repo("model", "acme/forecaster").head),
        owned("acme/forecaster", "main"),
        1,
    ),
    "short hash": (
        model("acme/forecaster", WORLD.repo("model", "acme/forecaster").head[:7]),
        found("model", "acme/forecaster"),
        1,
    ),
    "pull request": (
        model("acme/translator", "refs/pr/1"),
        found("model", "acme/translator", "refs/pr/1"),
        1,
    ),
    "hash of a pull request": (
        model("acme/translator", PULL_REQUEST),
        Found(
            replace(
                made("model", "acme/translator", PULL_REQUEST),
                history=History.FOREIGN,
                pull_request="refs/pr/1",
            )
        ),
        4,
    ),
    "translator": (model("acme/translator"), found("model", "acme/translator"), 1),
    "hash from before the squash": (model("acme/squashed-lm", SQUASHED_AWAY), NO_REVISION, 3),
    "squashed": (model("acme/squashed-lm"), found("model", "acme/squashed-lm"), 1),
    "unknown revision": (model(GPT2, "v99"), NO_REVISION, 1),
    "unknown revision of a legacy name": (model("gpt2", "v99"), NO_REVISION, 2),
    "unknown revision of a renamed repo": (
        model("meta-llama/Meta-Llama-3.1-8B", "v99"),
        NO_REVISION,
        2,
    ),
    "unknown revision with everything in it": (model(GPT2, "a b/../?#%2e'\"é"), NO_REVISION, 1),
    "dataset": (
        Target("dataset", "rajpurkar/squad", None),
        found("dataset", "rajpurkar/squad"),
        1,
    ),
    "legacy one-word dataset": (
        Target("dataset", "squad", None),
        Moved(made("dataset", "rajpurkar/squad"), Owner.EXISTS),
        2,
    ),
    "converted dataset": (
        Target("dataset", "stanfordnlp/imdb", "refs/convert/parquet"),
        found("dataset", "stanfordnlp/imdb", "refs/convert/parquet"),
        1,
    ),
    "dataset of pickles": (
        Target("dataset", "acme/pickled-records", None),
        found("dataset", "acme/pickled-records"),
        1,
    ),
    "a model is no dataset": (Target("dataset", "acme/encoder", None), no_repo(Owner.EXISTS), 3),
    "space": (
        Target("space", "evaluate-metric/accuracy", None),
        found("space", "evaluate-metric/accuracy"),
        1,
    ),
    "kernel": (
        Target("kernel", "kernels-community/flash-attn2", None),
        found("kernel", "kernels-community/flash-attn2"),
        1,
    ),
}

# More that is simply there.
PUBLIC |= {
    f"found, acme/{name}": (model(f"acme/{name}"), found("model", f"acme/{name}"), 1)
    for name in (
        "summary-lora pickled-lora painter painter-mixed painter-fp16 sentences-dense"
        " reviews-setfit flair-tagger diarizer whisper-ct2 encoder-openvino encoder-onnx"
        " encoder-h5 cleaned-up odd-weights long-history reviewed drafted borrowed-encoder"
    ).split()
}
PUBLIC |= {
    "gated, found": (model("bigscience/gated-lm"), found("model", "bigscience/gated-lm"), 1),
    "flagged dataset": (
        Target("dataset", "acme/flagged-records", None),
        found("dataset", "acme/flagged-records"),
        1,
    ),
    "a kernel with a branch": (
        Target("kernel", "kernels-community/activation", "v1"),
        found("kernel", "kernels-community/activation", "v1"),
        1,
    ),
    "no kernel": (
        Target("kernel", "kernels-community/no-such-kernel", None),
        no_repo(Owner.EXISTS),
        3,
    ),
    "code of a namespace that is gone": (model("ghost-labs/code"), no_repo(Owner.GONE), 4),
    "a renamed organization": (
        model("fms-research/granule"),
        moved("fms-platform/granule", Owner.GONE),
        5,
    ),
    "its new name": (model("fms-platform/granule"), found("model", "fms-platform/granule"), 1),
    "a renamed user": (model("lena-k/tiny-poet"), moved("lena-kern/tiny-poet", Owner.GONE), 5),
    "their new name": (model("lena-kern/tiny-poet"), found("model", "lena-kern/tiny-poet"), 1),
    "a draft that stands at the head": (
        model("acme/drafted", WORLD.repo("model", "acme/drafted").refs["refs/pr/1"]),
        owned("acme/drafted", "main"),
        1,
    ),
    "merged as another commit": (
        model("acme/reviewed", WORLD.repo("model", "acme/reviewed").refs["refs/pr/1"]),
        Found(
            replace(
                made("model", "acme/reviewed", "refs/pr/1"),
                history=History.FOREIGN,
                pull_request="refs/pr/1",
            )
        ),
        4,
    ),
}

# What hangs on the token: target, facts and requests for nobody, for alice, with a bad token.
PRIVATE: dict[str, tuple[Target, str | None, Facts, int]] = {
    "own, anonymous": (model("alice/secret-model"), None, no_repo(Owner.EXISTS), 2),
    "own, with token": (
        model("alice/secret-model"),
        VALID_TOKEN,
        found("model", "alice/secret-model"),
        1,
    ),
    "own, bad token": (model("alice/secret-model"), BAD_TOKEN, no_repo(Owner.EXISTS), 3),
    "of the organization, anonymous": (
        model("acme/internal-lm"),
        None,
        no_repo(Owner.EXISTS),
        3,
    ),
    "of the organization, with token": (
        model("acme/internal-lm"),
        VALID_TOKEN,
        found("model", "acme/internal-lm"),
        1,
    ),
    "of the organization, bad token": (
        model("acme/internal-lm"),
        BAD_TOKEN,
        no_repo(Owner.EXISTS),
        4,
    ),
}


def seen_by(token: str | None, facts: Facts) -> Facts:
    """What is missing was asked for as somebody, or not."""
    return replace(facts, with_token=token == VALID_TOKEN) if isinstance(facts, Missing) else facts


# A bad token costs one more request, and then nothing more.
EVERYBODY = {
    f"{name}, {who}": (target, token, seen_by(token, facts), requests + more)
    for name, (target, facts, requests) in PUBLIC.items()
    for who, token, more in (
        ("anonymous", None, 0),
        ("token", VALID_TOKEN, 0),
        ("bad token", BAD_TOKEN, 1),
    )
} | {f"private: {name}": row for name, row in PRIVATE.items()}


@pytest.mark.parametrize(
    ("target", "token", "facts", "requests"), EVERYBODY.values(), ids=EVERYBODY
)
def test_situation(
    hub: FakeHub,
    connect: Connect,
    target: Target,
    token: str | None,
    facts: Facts,
    requests: int,
) -> None:
    answered = connect(hub.url, token)([target])
    assert {one: untagged(fact) for one, fact in answered.items()} == {target: facts}
    assert len(hub.requests) == requests


def test_tags_and_code(hub: FakeHub, connect: Connect) -> None:
    target = model("acme/encoder")
    assert connect(hub.url)([target]) == {
        target: Found(
            Repo(
                id="acme/encoder",
                object_id=WORLD.repo("model", "acme/encoder").identity,
                sha=WORLD.repo("model", "acme/encoder").head,
                files=("config.json", "model.safetensors"),
                tags=("transformers", "safetensors", "custom_code", "region:us"),
                auto_map=(("AutoModel", "acme/encoder-code--modeling_acme.AcmeModel"),),
                is_scanned=True,
                downloads=0,
                likes=0,
                modified="2024-02-01T00:00:00.000Z",
            )
        )
    }


def test_every_seeded_situation_is_in_the_table() -> None:
    targets = [row[0] for row in PUBLIC.values()] + [row[0] for row in PRIVATE.values()]
    asked = {(target.repo_type, target.repo_id) for target in targets}
    repos = {(repo.kind, repo.id) for repo in WORLD.repos()}
    notes = {_kind_and_id(name) for name in WORLD.notes()}
    assert (repos | notes) - asked == set()


def _kind_and_id(note: str) -> tuple[str, str]:
    kinds, _, repo_id = note.partition("/")
    return (kinds[:-1], repo_id) if kinds in ("datasets", "kernels") else ("model", note)


def test_requests_in_order(hub: FakeHub, connect: Connect) -> None:
    connect(hub.url)([model("dentalai-labs/segmenter", "main")])
    assert [request.path for request in hub.requests] == [
        "/api/models/dentalai-labs/segmenter/revision/main?securityStatus=true",
        "/api/models/medvision/segmenter/revision/main?securityStatus=true",
        "/api/users/dentalai-labs/overview",
        "/api/organizations/dentalai-labs/overview",
        "/api/organizations/huggingface/overview",
    ]


def test_revision_is_one_part_of_the_path(hub: FakeHub, connect: Connect) -> None:
    connect(hub.url)([model("acme/translator", "refs/pr/1")])
    assert [request.path for request in hub.requests] == [
        "/api/models/acme/translator/revision/refs%2Fpr%2F1?securityStatus=true"
    ]


NOT_ON_THE_WIRE = {
    "nothing": model(""),
    "a path": model("../x"),
    "an absolute path": model("/abs/x"),
    "a query": model("a?b"),
    "a fragment": model("a#b"),
    "three parts": model("a/b/c"),
    "a part without a name": model("a/"),
    "dots": model("a/.."),
    "a dot": model("./a"),
    "percent": model("a%2fb/c"),
    "a space": model("a/b c"),
    "a line": model("a/b\nc"),
    "an address": model("https://huggingface.co/a/b"),
    "10 kB": model("a" * 10_000),
    "Unicode": model("a/модель"),
    "digits that are none": model("a/b\uff11"),
    "a lone surrogate": model("a/\udc80"),
    "a null byte": model("a/b\0"),
    "revision: nothing": model(GPT2, ""),
    "revision: the folder": model(GPT2, "."),
    "revision: the folder above": model(GPT2, ".."),
    "revision: a lone surrogate": model(GPT2, "\udc80"),
    "revision: a line": model(GPT2, "main\r\nX: y"),
    "revision: 10 kB": model(GPT2, "a" * 10_000),
}


@pytest.mark.parametrize("target", NOT_ON_THE_WIRE.values(), ids=NOT_ON_THE_WIRE)
def test_what_the_hub_cannot_have_is_not_asked_for(
    hub: FakeHub, connect: Connect, target: Target
) -> None:
    opened = connect(hub.url)
    assert (opened([target]), hub.requests, opened.tally, opened.warnings()) == (
        {target: IMPOSSIBLE},
        [],
        Tally(),
        [],
    )


ACCOUNTS = r"/api/(users|organizations)/"
PORTAL = Unavailable(
    "the answer is not what the Hub sends; is there a proxy or a login page between?"
)
ELSEWHERE = Unavailable("the Hub redirects to another host")
CIRCLES = Unavailable("the Hub redirects in circles")
NOBODY = b'{"error":"This user does not exist"}'


def away(path: str) -> Fault:
    return Fault.redirect_to("https://portal.example", path=path)


def unknown(path: str) -> Fault:
    return Fault.reply(NOBODY, status=404, path=path)


# Trouble on the way to learn that an owner is gone, and what is left to say.
NEAR_MISSES: dict[str, tuple[tuple[Fault, ...], str, Facts]] = {
    "rate limit": (
        (Fault.status(429),),
        "missing",
        Unavailable("the Hub limits the rate of requests, a token (HF_TOKEN) has more of them"),
    ),
    "rate limit on accounts": (
        (Fault.status(429, path=ACCOUNTS),),
        "missing",
        no_repo(Owner.UNKNOWN),
    ),
    "rate limit on organizations": (
        (Fault.status(429, path="/api/organizations/"),),
        "missing",
        no_repo(Owner.UNKNOWN),
    ),
    "rate limit on the control question": (
        (Fault.status(429, path="huggingface/overview"),),
        "missing",
        no_repo(Owner.UNKNOWN),
    ),
    "500": ((Fault.status(500),), "missing", Unavailable("the Hub answered with status 500")),
    "500 on users": ((Fault.status(500, path="/api/users/"),), "missing", no_repo(Owner.UNKNOWN)),
    "503 on organizations": (
        (Fault.status(503, path="/api/organizations/"),),
        "missing",
        no_repo(Owner.UNKNOWN),
    ),
    "503 on the control question": (
        (Fault.status(503, path="huggingface/overview"),),
        "missing",
        no_repo(Owner.UNKNOWN),
    ),
    "captive portal": ((Fault.captive_portal(),), "missing", PORTAL),
    "captive portal on accounts": (
        (Fault.captive_portal(path=ACCOUNTS),),
        "missing",
        no_repo(Owner.UNKNOWN),
    ),
    "a mirror that knows no accounts": ((unknown(ACCOUNTS),), "missing", no_repo(Owner.UNKNOWN)),
    "a mirror that knows no accounts, repo moved": (
        (unknown(ACCOUNTS),),
        "moved",
        moved("medvision/segmenter", Owner.UNKNOWN),
    ),
    "a mirror that knows no accounts, in its own words": (
        (Fault.reply(b'{"detail":"Not Found"}', status=404, path=ACCOUNTS),),
        "missing",
        no_repo(Owner.UNKNOWN),
    ),
    "a mirror whose accounts are HTML": (
        (Fault.reply(b"<h1>404</h1>", status=404, content_type="text/html", path=ACCOUNTS),),
        "missing",
        no_repo(Owner.UNKNOWN),
    ),
    "accounts need a login": (
        (Fault.reply(b'{"error":"Invalid username or password."}', status=401, path=ACCOUNTS),),
        "missing",
        no_repo(Owner.UNKNOWN),
    ),
    "every account has one name": (
        (Fault.reply(b'{"_id":"1","name":"guest"}', path=ACCOUNTS),),
        "missing",
        no_repo(Owner.UNKNOWN),
    ),
    "the control question names another": (
        (Fault.reply(b'{"_id":"1","name":"guest"}', path="huggingface/overview"),),
        "missing",
        no_repo(Owner.UNKNOWN),
    ),
    "no connection for accounts": ((Fault.drop(path=ACCOUNTS),), "missing", no_repo(Owner.UNKNOWN)),
    "circles": ((Fault.redirect_loop(),), "missing", CIRCLES),
    "circles on accounts": (
        (Fault.redirect_loop(path=ACCOUNTS),),
        "missing",
        no_repo(Owner.UNKNOWN),
    ),
    "another host": ((away(""),), "missing", ELSEWHERE),
    "another host for accounts": ((away(ACCOUNTS),), "missing", no_repo(Owner.UNKNOWN)),
    "half an answer": ((Fault.truncated(path=ACCOUNTS),), "missing", no_repo(Owner.UNKNOWN)),
    "wrong type, right answer": ((Fault.wrong_type(),), "missing", no_repo(Owner.GONE)),
}
TARGETS = {"missing": model("dentalai/toothfairy"), "moved": model("dentalai-labs/segmenter")}


@pytest.mark.parametrize(("faults", "what", "facts"), NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_trouble_is_never_taken_for_an_owner_who_is_gone(
    hub: FakeHub, connect: Connect, faults: tuple[Fault, ...], what: str, facts: Facts
) -> None:
    hub.fault = faults
    answered = connect(hub.url)([TARGETS[what]])
    assert {one: untagged(fact) for one, fact in answered.items()} == {TARGETS[what]: facts}


def test_offline_without_a_cache(hub: FakeHub, connect: Connect) -> None:
    opened = connect(hub.url, offline=True)
    target = model("dentalai/toothfairy")
    assert opened([target]) == {target: Unavailable("offline, and not in the cache")}
    assert (hub.requests, opened.warnings()) == ([], [])


def test_bad_token_is_said_once(hub: FakeHub, connect: Connect) -> None:
    opened = connect(hub.url, BAD_TOKEN)
    targets = [model(GPT2), model("acme/encoder"), model("gpt2")]
    opened(targets)
    assert opened.warnings() == [
        "the Hub does not accept the token (HF_TOKEN or `hf auth login`): "
        "asking without it, private repos stay unknown"
    ]


def test_a_hub_that_refuses_everybody(hub: FakeHub, connect: Connect) -> None:
    hub.fault = Fault.reply(b'{"error":"Invalid credentials in Authorization header"}', status=401)
    target = model(GPT2)
    assert connect(hub.url)([target]) == {target: Unavailable("the Hub does not accept the token")}


def test_each_account_question_is_asked_once(hub: FakeHub, connect: Connect) -> None:
    hub.latency = 0.02
    targets = [model(f"dentalai/model-{number}") for number in range(40)]
    assert set(connect(hub.url)(targets).values()) == {no_repo(Owner.GONE)}
    asked = Counter(request.path for request in hub.requests)
    assert asked == Counter(
        [
            *(f"/api/models/dentalai/model-{number}?securityStatus=true" for number in range(40)),
            "/api/users/dentalai/overview",
            "/api/organizations/dentalai/overview",
            "/api/organizations/huggingface/overview",
        ]
    )


def test_a_failing_account_question_is_asked_once(hub: FakeHub, connect: Connect) -> None:
    hub.fault = Fault.status(500, path="/api/users/")
    targets = [model(f"dentalai/model-{number}") for number in range(40)]
    assert set(connect(hub.url)(targets).values()) == {no_repo(Owner.UNKNOWN)}
    assert len(hub.requests) == 42  # it is tried once more


def test_a_target_that_is_wanted_twice_is_asked_for_once(hub: FakeHub, connect: Connect) -> None:
    opened = connect(hub.url)
    opened([model(GPT2), model(GPT2)])
    opened([model(GPT2)])
    assert (len(hub.requests), opened.tally) == (1, Tally(asked=1, cached=1))


def test_no_targets(hub: FakeHub, connect: Connect) -> None:
    opened = connect(hub.url)
    assert (opened([]), hub.requests, opened.tally) == ({}, [], Tally())


def test_eight_questions_at_a_time(hub: FakeHub, connect: Connect) -> None:
    hub.fault = Fault.hang()
    targets = [model(f"acme/model-{number}") for number in range(40)]
    late = Unavailable("the Hub did not answer in time")
    assert connect(hub.url, deadline=0.3)(targets) == dict.fromkeys(targets, late)
    assert len(hub.requests) == 8


def test_tally(hub: FakeHub, connect: Connect, tmp_path: Path) -> None:
    connect(hub.url, cache=tmp_path)([model(GPT2)])
    opened = connect(hub.url, cache=tmp_path)
    opened([model(GPT2), model("acme/encoder"), Target("dataset", "laion/laion-art", None)])
    assert opened.tally == Tally(asked=1, cached=1, unanswered=1)
