"""Verdicts by facts that no fake Hub gives at will: old answers, code that was not read."""

from __future__ import annotations

import pytest

from flake8_hfmodels.asked_id import parse_asked
from flake8_hfmodels.facts import Code, Facts, Found, History, Moved, Owner, Repo, Unavailable
from flake8_hfmodels.governing.policy import Policy
from flake8_hfmodels.governing.verdict import Judge
from flake8_hfmodels.imagined import every_use, imagined
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Known, Target
from tests.judging import policy

SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
REPO = Repo("lab/good", "6286da0036468d709f17434d", SHA, ("config.json", "model.safetensors"))
CODED = replace(REPO, auto_map=(("AutoModel", "other/code--modeling_x.X"),))
READ = Code("lab/good", SHA, ("modeling_x.py",))
OLD = "the Hub does not answer now, and what the cache has is old"


def judged(
    asked: str, facts: Facts | None, *others: Facts, house: Policy | None = None
) -> tuple[str, tuple[str, ...]]:
    """The word, and what is lacking."""
    ref = imagined(parse_asked(asked), trusts=True)
    ((_written, target),) = ref.targets()
    known = {} if facts is None else {target: facts}
    known |= dict(zip([Target("model", "other/code", None)], others, strict=False))
    judge = Judge(known, house, None, frozenset({"HFM007"}), lambda _name: False)
    verdict = judge.verdict([ref], ())
    return verdict.word, verdict.lacks


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        pytest.param(Found(REPO), (), id="fresh"),
        pytest.param(Found(REPO, stale=True), (OLD,), id="old"),
        pytest.param(Moved(REPO, Owner.EXISTS, stale=True), (OLD,), id="old-and-moved"),
        pytest.param(Unavailable("no network"), ("no network",), id="no-answer"),
        pytest.param(Found(REPO, code=READ), (), id="code-was-read"),
        pytest.param(
            Found(REPO, code=Unavailable("too large")),
            ("its code was not read: too large",),
            id="code-is-not-known",
        ),
        pytest.param(
            Found(REPO, code=replace(READ, unread=(("b.py", "too large"), ("c.py", "x")))),
            ("its code was not read: b.py: too large",),
            id="some-code-is-not-known",
        ),
    ],
)
def test_what_is_lacking(facts: Facts, lacks: tuple[str, ...]) -> None:
    assert judged("lab/good", facts) == ("unknown" if lacks else "allow", lacks)


def test_what_is_lacking_of_the_code_of_another_repo() -> None:
    code = Found(replace(REPO, id="other/code"), code=Unavailable("too large"))
    words = "of 'other/code', which comes with it: its code was not read: too large"
    assert judged("lab/good", Found(CODED), code) == ("unknown", (words,))


def test_code_of_another_repo_that_nobody_asked_about() -> None:
    words = "of 'other/code', which comes with it: the Hub was not asked"
    assert judged("lab/good", Found(CODED)) == ("unknown", (words,))


@pytest.mark.parametrize(
    ("asked", "history", "word"),
    [
        pytest.param(f"lab/good@{SHA}", History.OWN, "allow", id="own"),
        pytest.param(f"lab/good@{SHA}", History.UNKNOWN, "unknown", id="not-known"),
        pytest.param("lab/good@main", History.UNKNOWN, "allow", id="branch"),
        pytest.param(f"kernels/lab/good@{SHA}", History.UNKNOWN, "allow", id="kernel"),
    ],
)
def test_whose_commit_it_is(asked: str, history: History, word: str) -> None:
    assert judged(asked, Found(replace(REPO, history=history)))[0] == word


def test_what_the_policy_lacks_is_told_once() -> None:
    house = policy("[tool.hfmodels.policy]\nmin-downloads = 5\n")
    words = "the Hub does not say how often it is downloaded (`min-downloads` of the policy)"
    assert judged("lab/good", Found(REPO), house=house) == ("unknown", (words,))


# What is imagined


@pytest.mark.parametrize(
    ("asked", "files", "call"),
    [
        pytest.param("lab/x", (), "AutoModel.from_pretrained", id="not-known"),
        pytest.param("lab/x", ("config.json",), "AutoModel.from_pretrained", id="transformers"),
        pytest.param(
            "lab/x",
            ("model_index.json", "config.json"),
            "DiffusionPipeline.from_pretrained",
            id="diffusers",
        ),
        pytest.param("lab/x", ("adapter_config.json",), "AutoPeftModel.from_pretrained", id="peft"),
        pytest.param(
            "lab/x", ("modules.json", "config.json"), "SentenceTransformer", id="sentences"
        ),
        pytest.param("lab/x", ("best.pt",), "snapshot_download", id="no-library"),
        pytest.param("datasets/lab/x", ("a.csv",), "load_dataset", id="dataset"),
        pytest.param("spaces/lab/x", (), "snapshot_download", id="space"),
        pytest.param("kernels/lab/x", ("build.toml",), "get_kernel", id="kernel"),
    ],
)
def test_library_that_a_repo_is_for(asked: str, files: tuple[str, ...], call: str) -> None:
    ref = imagined(parse_asked(asked), trusts=False, files=files)
    assert (ref.call, ref.loader.downloads) == (call, True)
    assert [target for _written, target in ref.targets()] == [parse_asked(asked).target]


def test_every_library_that_can_load_it() -> None:
    files = ("model_index.json", "config.json", "modules.json", "best.pt")
    assert [one.call for one in every_use(parse_asked("lab/x"), False, files)] == [
        "DiffusionPipeline.from_pretrained",
        "SentenceTransformer",
        "AutoModel.from_pretrained",
    ]


@pytest.mark.parametrize("trusts", [True, False])
def test_flag_that_is_imagined(trusts: bool) -> None:
    flag = imagined(parse_asked("lab/x"), trusts).trust_remote_code
    assert isinstance(flag, Known) is trusts


def test_pipeline_without_code_of_the_community_runs_none() -> None:
    ref = imagined(parse_asked("lab/x"), trusts=False, files=("model_index.json",))
    assert ref.loader.runs_code is None
