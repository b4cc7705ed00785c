"""Every situation that the Hub can answer with: what both doors say of it, and what they ask."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from urllib.parse import quote

import pytest

from tests.doors import DOORS, Place, Ran, Said
from tests.fakehub import BAD_TOKEN, SQUASHED_AWAY, VALID_TOKEN, FakeHub, Fault, small_world

WORLD = small_world()
PATIENTLY = ("--threads", "1", "--deadline", "60")
IMPORTS = (
    "from datasets import load_dataset",
    "from huggingface_hub import snapshot_download",
    "from kernels import get_kernel",
    "from transformers import AutoModel",
)

Expected = tuple[str, ...]
"""A code, and words of the message."""


@dataclass(frozen=True)
class Row:
    """One line of Python, the findings in it, and the paths that it takes to ask for."""

    code: str
    findings: tuple[Expected, ...]
    asked: tuple[str, ...]


# How the lines load


def load(repo_id: str, revision: str = "", more: str = "") -> str:
    """A call that loads a model."""
    pin = f', revision="{revision}"' if revision else ""
    return f'AutoModel.from_pretrained("{repo_id}"{pin}{more})'


def head(repo_id: str) -> str:
    """The newest commit of a model."""
    return WORLD.repo("model", repo_id).head


def commit_at(repo_id: str, ref: str, back: int = 0) -> str:
    """A commit so many steps before the one that a ref of a model stands at."""
    repo = WORLD.repo("model", repo_id)
    return repo.history(repo.refs[ref])[back].oid


# What they ask


def info(repo_id: str, revision: str = "", kind: str = "model") -> str:
    """A repo, at a revision, with what the scanners say."""
    at = f"/revision/{quote(revision, safe='')}" if revision else ""
    scans = "" if kind == "kernel" else "?securityStatus=true"
    return f"/api/{kind}s/{repo_id}{at}{scans}"


def refs(repo_id: str) -> str:
    """The branches, tags and pull requests of a model."""
    return f"/api/models/{repo_id}/refs?include_prs=1"


def pages(repo_id: str, ref: str, *numbers: int) -> tuple[str, ...]:
    """Pages of the history of a ref of a model."""
    commit = commit_at(repo_id, ref)
    path = f"/api/models/{repo_id}/commits/{commit}?limit=50&p="
    return tuple(f"{path}{number}" for number in numbers)


def user(name: str) -> tuple[str, ...]:
    """A name is asked for among users first."""
    return (f"/api/users/{name}/overview",)


def organization(name: str) -> tuple[str, ...]:
    """A name that is no user's is asked for among organizations."""
    return (*user(name), f"/api/organizations/{name}/overview")


def nobody(name: str) -> tuple[str, ...]:
    """Before a name counts as free, the Hub has to know an account that is there for sure."""
    return (*organization(name), "/api/organizations/huggingface/overview")


def unpinned(repo_id: str) -> Expected:
    """No revision, or one that moves; the commit to pin is named."""
    return ("HFM001", head(repo_id))


MAIN = "refs/heads/main"
HEAD_OF_LLAMA = commit_at("meta-llama/Llama-3.1-8B", MAIN)
LONG, GATED = "acme/long-history", "bigscience/gated-lm"
GPT2 = "openai-community/gpt2"
LLAMA, OLD_LLAMA = "meta-llama/Llama-3.1-8B", "meta-llama/Meta-Llama-3.1-8B"
DIFFUSION = "stable-diffusion-v1-5/stable-diffusion-v1-5"
NEVER = "0" * 40
NO_REPO = ("HFM006", "the repo is not there", "{who}")
TRUST = ", trust_remote_code=True"

FOUND = {
    "found": Row(load("acme/drafted"), (unpinned("acme/drafted"),), (info("acme/drafted"),)),
    "letter case": Row(
        load("OpenAI-Community/GPT2"),
        (unpinned(GPT2),),
        (info("OpenAI-Community/GPT2"), info(GPT2)),
    ),
    "letter case of a user": Row(
        load("hf-internal-testing/Tiny-Random-Bert"),
        (unpinned("hf-internal-testing/tiny-random-bert"),),
        (
            info("hf-internal-testing/Tiny-Random-Bert"),
            info("hf-internal-testing/tiny-random-bert"),
        ),
    ),
    "gated": Row(load(LLAMA), (unpinned(LLAMA),), (info(LLAMA),)),
    "disabled": Row(
        load("acme/withdrawn"), (unpinned("acme/withdrawn"),), (info("acme/withdrawn"),)
    ),
    "re-created": Row(
        load("runtimes/finetuned-bert"),
        (unpinned("runtimes/finetuned-bert"), ("HFM002", "pytorch_model.bin")),
        (info("runtimes/finetuned-bert"),),
    ),
    "disabled and gated": Row(
        load("ykilcher/gpt-4chan"),
        (unpinned("ykilcher/gpt-4chan"), ("HFM002", "pytorch_model.bin")),
        (info("ykilcher/gpt-4chan"),),
    ),
    "converted dataset": Row(
        'load_dataset("stanfordnlp/imdb", revision="refs/convert/parquet")',
        (("HFM001", "refs/convert/parquet"),),
        (info("stanfordnlp/imdb", "refs/convert/parquet", kind="dataset"),),
    ),
    "dataset": Row(
        'load_dataset("rajpurkar/squad")',
        (("HFM001", WORLD.repo("dataset", "rajpurkar/squad").head),),
        (info("rajpurkar/squad", kind="dataset"),),
    ),
    "blocked dataset": Row(
        'load_dataset("laion/laion-art")',
        (("HFM001", "full commit hash"),),
        (info("laion/laion-art", kind="dataset"),),
    ),
    "flagged dataset": Row(
        'snapshot_download("acme/flagged-records", repo_type="dataset", revision="main")',
        (
            ("HFM001", WORLD.repo("dataset", "acme/flagged-records").head),
            ("HFM010", "index.pkl unsafe"),
        ),
        (info("acme/flagged-records", "main", kind="dataset"),),
    ),
    "space": Row(
        'snapshot_download("evaluate-metric/accuracy", repo_type="space")',
        (("HFM001", WORLD.repo("space", "evaluate-metric/accuracy").head),),
        (info("evaluate-metric/accuracy", kind="space"),),
    ),
    "kernel": Row(
        'get_kernel("kernels-community/activation", revision="v1")',
        (
            ("HFM001", WORLD.repo("kernel", "kernels-community/activation").refs["refs/heads/v1"]),
            ("HFM003",),
        ),
        (info("kernels-community/activation", "v1", kind="kernel"),),
    ),
    "flagged, in an old revision": Row(
        load("acme/cleaned-up", "v1"),
        (
            ("HFM001", commit_at("acme/cleaned-up", "refs/tags/v1")),
            ("HFM010", "optimizer.pkl unsafe"),
        ),
        (info("acme/cleaned-up", "v1"),),
    ),
    "no longer flagged": Row(
        load("acme/cleaned-up"), (unpinned("acme/cleaned-up"),), (info("acme/cleaned-up"),)
    ),
    "suspicious": Row(
        load("acme/odd-weights"),
        (unpinned("acme/odd-weights"), ("HFM010", "pytorch_model.bin suspicious")),
        (info("acme/odd-weights"),),
    ),
    "not scanned yet": Row(
        load("alice/fresh-upload"),
        (unpinned("alice/fresh-upload"), ("HFM002", "pytorch_model.bin")),
        (info("alice/fresh-upload"),),
    ),
    "private": Row(
        load("alice/secret-model"), (unpinned("alice/secret-model"),), (info("alice/secret-model"),)
    ),
    "private, of an organization": Row(
        load("acme/internal-lm"), (unpinned("acme/internal-lm"),), (info("acme/internal-lm"),)
    ),
}

MOVED = {
    "legacy one-word name": Row(
        load("gpt2"),
        (unpinned(GPT2), ("HFM005", "first names", GPT2)),
        (info("gpt2"), info(GPT2)),
    ),
    "legacy one-word name of a dataset": Row(
        'load_dataset("squad")',
        (
            ("HFM001", WORLD.repo("dataset", "rajpurkar/squad").head),
            ("HFM005", "first names", "rajpurkar/squad"),
        ),
        (info("squad", kind="dataset"), info("rajpurkar/squad", kind="dataset")),
    ),
    "renamed within its owner": Row(
        load(OLD_LLAMA),
        (unpinned(LLAMA), ("HFM005", "'meta-llama' has renamed", LLAMA)),
        (info(OLD_LLAMA), info(LLAMA)),
    ),
    "renamed within its owner, in another case": Row(
        load(OLD_LLAMA.lower()),
        (unpinned(LLAMA), ("HFM005", "'meta-llama' has renamed", LLAMA)),
        (info(OLD_LLAMA.lower()), info(LLAMA)),
    ),
    "transferred, old user lives": Row(
        load("nina-vogel/lung-nodules"),
        (
            unpinned("radiolab/lung-nodules"),
            ("HFM005", "whoever holds 'nina-vogel'", "radiolab/lung-nodules"),
        ),
        (info("nina-vogel/lung-nodules"), info("radiolab/lung-nodules"), *user("nina-vogel")),
    ),
    "transferred, old organization lives": Row(
        load("runwayml/stable-diffusion-v1-5"),
        (unpinned(DIFFUSION), ("HFM005", "whoever holds 'runwayml'", DIFFUSION)),
        (
            info("runwayml/stable-diffusion-v1-5"),
            info(DIFFUSION),
            *organization("runwayml"),
        ),
    ),
    "transferred, old owner gone": Row(
        load("dentalai-labs/segmenter"),
        (
            unpinned("medvision/segmenter"),
            ("HFM004", "nobody owns 'dentalai-labs'", "medvision/segmenter"),
        ),
        (
            info("dentalai-labs/segmenter"),
            info("medvision/segmenter"),
            *nobody("dentalai-labs"),
        ),
    ),
    "transferred, old owner gone, pinned": Row(
        load("dentalai-labs/segmenter", head("medvision/segmenter")),
        (("HFM004", "nobody owns 'dentalai-labs'", "medvision/segmenter"),),
        (
            info("dentalai-labs/segmenter"),
            info("medvision/segmenter"),
            *nobody("dentalai-labs"),
        ),
    ),
    "organization renamed": Row(
        load("fms-research/granule"),
        (
            unpinned("fms-platform/granule"),
            ("HFM004", "nobody owns 'fms-research'", "fms-platform/granule"),
        ),
        (
            info("fms-research/granule"),
            info("fms-platform/granule"),
            *nobody("fms-research"),
        ),
    ),
    "user renamed": Row(
        load("lena-k/tiny-poet"),
        (
            unpinned("lena-kern/tiny-poet"),
            ("HFM004", "nobody owns 'lena-k'", "lena-kern/tiny-poet"),
        ),
        (info("lena-k/tiny-poet"), info("lena-kern/tiny-poet"), *nobody("lena-k")),
    ),
    "transferred, old owner gone, no such revision": Row(
        load("dentalai-labs/segmenter", "v9"),
        (("HFM001", "v9"), ("HFM004", "nobody owns 'dentalai-labs'", "without that revision")),
        (
            info("dentalai-labs/segmenter", "v9"),
            info("medvision/segmenter", "v9"),
            *nobody("dentalai-labs"),
        ),
    ),
}

MISSING = {
    "owner gone": Row(
        load("dentalai/toothfairy"),
        (("HFM001",), ("HFM004", "nobody owns 'dentalai'")),
        (info("dentalai/toothfairy"), *nobody("dentalai")),
    ),
    "owner never there": Row(
        load("never-existed/at-all"),
        (("HFM001",), ("HFM004", "nobody owns 'never-existed'")),
        (info("never-existed/at-all"), *nobody("never-existed")),
    ),
    "owner gone, pinned": Row(
        load("dentalai/other", NEVER),
        (("HFM004", "nobody owns 'dentalai'"),),
        (info("dentalai/other"), *nobody("dentalai")),
    ),
    "deleted, organization lives": Row(
        load("acme/retired-model"),
        (("HFM001",), NO_REPO),
        (info("acme/retired-model"), *organization("acme")),
    ),
    "missing, owner is a user in another case": Row(
        load("thebloke/nothing"),
        (("HFM001",), NO_REPO),
        (info("thebloke/nothing"), *user("thebloke"), *user("TheBloke")),
    ),
    "missing, owner is an organization in another case": Row(
        load("ACME/nothing"),
        (("HFM001",), NO_REPO),
        (info("ACME/nothing"), *organization("ACME")),
    ),
    "missing space": Row(
        'snapshot_download("acme/no-such-space", repo_type="space")',
        (("HFM001",), NO_REPO),
        (info("acme/no-such-space", kind="space"), *organization("acme")),
    ),
    "private, of a stranger": Row(
        load("mallory/hidden-model"),
        (("HFM001",), NO_REPO),
        (info("mallory/hidden-model"), *user("mallory")),
    ),
    "missing dataset": Row(
        'load_dataset("acme/no-such-data")',
        (("HFM001",), NO_REPO),
        (info("acme/no-such-data", kind="dataset"), *organization("acme")),
    ),
    "missing kernel": Row(
        'get_kernel("kernels-community/no-such-kernel")',
        (("HFM001",), ("HFM003",), NO_REPO),
        (
            info("kernels-community/no-such-kernel", kind="kernel"),
            *organization("kernels-community"),
        ),
    ),
    "one word, never there": Row(load("no-such-model"), (("HFM001",),), (info("no-such-model"),)),
    "code repo without an owner": Row(
        load("acme/borrowed-encoder", head("acme/borrowed-encoder"), TRUST),
        (
            ("HFM003", "ghost-labs/code"),
            ("HFM004", "nobody owns 'ghost-labs'", "runs code here"),
            ("HFM011", "ghost-labs/code", "follows main"),
        ),
        (info("acme/borrowed-encoder"), info("ghost-labs/code"), *nobody("ghost-labs")),
    ),
}

REVISIONS = {
    "tag": Row(
        load("acme/forecaster", "v1.0"),
        (
            ("HFM001", commit_at("acme/forecaster", "refs/tags/v1.0")),
            ("HFM002", "pytorch_model.bin"),
        ),
        (info("acme/forecaster", "v1.0"),),
    ),
    "short hash": Row(
        load("acme/drafted", head("acme/drafted")[:7]),
        (unpinned("acme/drafted"),),
        (info("acme/drafted", head("acme/drafted")[:7]),),
    ),
    "unknown revision": Row(
        load(GPT2, "v99"),
        (("HFM001", "v99"), ("HFM006", "no revision 'v99'")),
        (info(GPT2, "v99"),),
    ),
    "unknown short hash": Row(
        load(GPT2, "0000000"),
        (("HFM001", "0000000"), ("HFM006", "no revision '0000000'")),
        (info(GPT2, "0000000"),),
    ),
    "unknown revision of a renamed repo": Row(
        load(OLD_LLAMA, "v99"),
        (("HFM001", "v99"), ("HFM006", "no revision 'v99'")),
        (info(OLD_LLAMA, "v99"), info(LLAMA, "v99")),
    ),
    "a pull request by its name": Row(
        load("acme/translator", "refs/pr/1"),
        (("HFM001", "refs/pr/1"),),
        (info("acme/translator", "refs/pr/1"),),
    ),
    "head of main": Row(load(GPT2, head(GPT2)), (), (info(GPT2),)),
    "head of a tag": Row(
        load(LONG, commit_at(LONG, "refs/tags/v0.9")),
        (),
        (info(LONG), info(LONG, commit_at(LONG, "refs/tags/v0.9")), refs(LONG)),
    ),
    "on the first page": Row(
        load(LONG, commit_at(LONG, MAIN, 49)),
        (),
        (info(LONG), info(LONG, commit_at(LONG, MAIN, 49)), refs(LONG), *pages(LONG, MAIN, 0)),
    ),
    "on the last page": Row(
        load(LONG, commit_at(LONG, MAIN, 319)),
        (),
        (
            info(LONG),
            info(LONG, commit_at(LONG, MAIN, 319)),
            refs(LONG),
            *pages(LONG, MAIN, *range(7)),
        ),
    ),
    "of a branch of its own": Row(
        load(LONG, commit_at(LONG, "refs/heads/experiment", 1)),
        (),
        (
            info(LONG, commit_at(LONG, "refs/heads/experiment", 1)),
            *pages(LONG, MAIN, *range(7)),
            *pages(LONG, "refs/heads/experiment", 0),
        ),
    ),
    "a stranger's, and a long history": Row(
        load(LONG, commit_at(LONG, "refs/pr/1")),
        (("HFM007", "only refs/pr/1 has the commit"),),
        (
            info(LONG, commit_at(LONG, "refs/pr/1")),
            *pages(LONG, MAIN, *range(7)),
            *pages(LONG, "refs/tags/v0.9", 0),
        ),
    ),
    "gated, so that its history is not shown": Row(
        load(GATED, commit_at(GATED, MAIN, 1)),
        (),
        (info(GATED), info(GATED, commit_at(GATED, MAIN, 1)), refs(GATED), *pages(GATED, MAIN, 0)),
    ),
    "a stranger's": Row(
        load("acme/translator", commit_at("acme/translator", "refs/pr/1")),
        (("HFM007", "only refs/pr/1 has the commit"),),
        (
            info("acme/translator"),
            info("acme/translator", commit_at("acme/translator", "refs/pr/1")),
            refs("acme/translator"),
            *pages("acme/translator", MAIN, 0),
        ),
    ),
    "of a merged pull request, before the merge": Row(
        load("acme/reviewed", commit_at("acme/reviewed", "refs/pr/1")),
        (("HFM007", "only refs/pr/1 has the commit"),),
        (
            info("acme/reviewed"),
            info("acme/reviewed", commit_at("acme/reviewed", "refs/pr/1")),
            refs("acme/reviewed"),
            *pages("acme/reviewed", MAIN, 0),
        ),
    ),
    "a draft's, which is the head of main": Row(
        load("acme/drafted", commit_at("acme/drafted", "refs/pr/1")),
        (),
        (info("acme/drafted"),),
    ),
    "squashed away": Row(
        load("acme/squashed-lm", SQUASHED_AWAY),
        (("HFM007", SQUASHED_AWAY, "does not exist (any more)"),),
        (
            info("acme/squashed-lm"),
            info("acme/squashed-lm", SQUASHED_AWAY),
            info("acme/squashed-lm", commit_at("acme/squashed-lm", MAIN)),
        ),
    ),
    "never there, in a renamed repo": Row(
        load(OLD_LLAMA, NEVER),
        (("HFM007", NEVER, "does not exist (any more)"),),
        (
            info(OLD_LLAMA),
            info(LLAMA),
            *(info(name, one) for name in (OLD_LLAMA, LLAMA) for one in (NEVER, HEAD_OF_LLAMA)),
        ),
    ),
}

# What the owner's token shows looks missing without it.
HIDDEN = {
    "private": Row(
        load("alice/secret-model"),
        (("HFM001",), NO_REPO),
        (info("alice/secret-model"), *user("alice")),
    ),
    "private, of an organization": Row(
        load("acme/internal-lm"),
        (("HFM001",), NO_REPO),
        (info("acme/internal-lm"), *organization("acme")),
    ),
}

EVERYWHERE = FOUND | MOVED | MISSING | REVISIONS


@dataclass(frozen=True)
class State:
    """Who asks, the situations as they are then, and what is said of repos that are not shown."""

    token: str | None
    rows: dict[str, Row]
    words: str
    complaints: tuple[str, ...] = ()
    repeated: int = 0


STATES = {
    "anonymous": State(None, EVERYWHERE | HIDDEN, "nobody asked with a token"),
    "token": State(VALID_TOKEN, EVERYWHERE, "the token may not see it"),
    "bad token": State(
        BAD_TOKEN, EVERYWHERE | HIDDEN, "nobody asked with a token", ("the token",), repeated=1
    ),
}
TABLE = [
    pytest.param(state, name, id=f"{state}: {name}")
    for state, one in STATES.items()
    for name in one.rows
]


@dataclass(frozen=True)
class Run:
    """What one door made of all situations of a state."""

    ran: Ran
    asked: Counter[str]

    def says_at(self, line: int) -> list[Said]:
        """The findings in a line."""
        return [one for one in self.ran.said() if one[1] == line]


Runs = dict[tuple[str, str], Run]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Each state through each door, on caches of their own: six processes."""
    folder = tmp_path_factory.mktemp("situations")
    return {
        (state, door): _run(state, door, Place.at(folder / f"{state}-{door}".replace(" ", "-"), ""))
        for state in STATES
        for door in DOORS
    }


def _run(state: str, door: str, place: Place) -> Run:
    token = STATES[state].token
    lines = [*IMPORTS, *(row.code for row in STATES[state].rows.values())]
    place.write("app.py", "\n".join(lines) + "\n")
    with FakeHub(small_world()) as hub:
        environment = {"HF_ENDPOINT": hub.url} | ({"HF_TOKEN": token} if token else {})
        ran = DOORS[door](place.where(**environment), "app.py", *PATIENTLY)
        return Run(ran, Counter(one.path for one in hub.requests))


def line_of(state: str, name: str) -> int:
    """The line that a situation stands in."""
    return len(IMPORTS) + 1 + list(STATES[state].rows).index(name)


def unsaid(expected: Expected, text: str, words: str) -> list[str]:
    """The words that a message lacks."""
    return [one for one in expected[1:] if one.format(who=words) not in text]


@pytest.mark.parametrize(("state", "name"), TABLE)
def test_findings(runs: Runs, state: str, name: str) -> None:
    line, expected = line_of(state, name), STATES[state].rows[name].findings
    through_hfmodels = runs[state, "hfmodels"].says_at(line)
    texts = [text for *_place, text in through_hfmodels]

    assert runs[state, "flake8"].says_at(line) == through_hfmodels
    assert [text.split(" ")[0] for text in texts] == [one[0] for one in expected]
    lacking = [
        unsaid(one, text, STATES[state].words) for one, text in zip(expected, texts, strict=True)
    ]
    assert lacking == [[]] * len(expected), texts


@pytest.mark.parametrize(("state", "name"), TABLE)
@pytest.mark.parametrize("door", DOORS)
def test_requests(runs: Runs, door: str, state: str, name: str) -> None:
    asked = runs[state, door].asked

    assert [path for path in STATES[state].rows[name].asked if path not in asked] == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("door", DOORS)
def test_nothing_else_is_asked_and_nothing_twice(runs: Runs, door: str, state: str) -> None:
    rows = STATES[state].rows.values()
    expected = Counter({path for row in rows for path in row.asked})
    first = next(iter(rows)).asked[0]

    assert runs[state, door].asked == expected + Counter({first: STATES[state].repeated})


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("door", DOORS)
def test_complaints(runs: Runs, door: str, state: str) -> None:
    said = runs[state, door].ran.err

    assert [one for one in ("status 403", *STATES[state].complaints) if one not in said] == []
    assert "Traceback" not in said


# A Hub that has enough of us

FIVE = [f"acme/model-{number}" for number in range(5)]


@pytest.mark.parametrize("door", DOORS)
def test_rate_limited(place: Place, hub: FakeHub, door: str) -> None:
    hub.fault = Fault.rate_limited(300)
    place.write("app.py", "\n".join([*IMPORTS, *map(load, FIVE)]) + "\n")
    ran = DOORS[door](place, "app.py", *PATIENTLY)

    assert (ran.codes(), len(hub.requests)) == (["HFM001"] * 5, 1)
    assert "rate" in ran.err


@pytest.mark.parametrize("door", DOORS)
def test_last_answer_of_a_window(place: Place, hub: FakeHub, door: str) -> None:
    hub.rate_limit = 2
    place.write("app.py", "\n".join([*IMPORTS, load(GPT2), load("gpt2"), *map(load, FIVE)]) + "\n")
    ran = DOORS[door](place, "app.py", *PATIENTLY)

    assert ran.codes() == ["HFM001", "HFM001", "HFM005", *["HFM001"] * 5]
    assert [one.path for one in hub.requests] == [info(GPT2), info("gpt2")]
    assert "rate" in ran.err
