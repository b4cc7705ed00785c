"""Whom and what is asked about beyond repos, and what becomes of the facts."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pytest

from flake8_hfmodels.check import Beside, Checked, check
from flake8_hfmodels.facts import (
    Code,
    Danger,
    Facts,
    Found,
    Lacking,
    Missing,
    Moved,
    Owner,
    Publisher,
    Repo,
    Unavailable,
)
from flake8_hfmodels.governing.policy import Demands, Policy
from flake8_hfmodels.reference import Target
from flake8_hfmodels.repo_id import owner_of
from flake8_hfmodels.rules import load
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource

SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
OBJECT = "6286da0036468d709f17434d"
LOAD = f"""from transformers import AutoModel
AutoModel.from_pretrained("org/model", revision="{SHA}")
"""
TRUSTING = LOAD.replace(")", ", trust_remote_code=True)")
ORG = Publisher("Org", "org", OBJECT, False)


def repo(repo_id: str = "org/model", auto_map: tuple[tuple[str, str], ...] = ()) -> Repo:
    """A repo of that name with a file of Python."""
    return Repo(repo_id, OBJECT, SHA, ("modeling.py",), auto_map=auto_map)


class Asked:
    """Answers, and what was asked for."""

    def __init__(self, codes: Mapping[str, Code | Unavailable] | None = None) -> None:
        self.names: list[str] = []
        self.targets: list[str] = []
        self._codes = codes or {}

    def publishers(self, names: Collection[str]) -> Mapping[str, Publisher]:
        self.names += names
        return {name: ORG for name in names if name.casefold() == "org"}

    def codes(self, wanted: Mapping[Target, Repo]) -> Mapping[Target, Code | Unavailable]:
        self.targets += [one.repo_id for one in wanted]
        return {one: self._codes[one.repo_id] for one in wanted if one.repo_id in self._codes}


def checked(
    text: str,
    facts: Facts,
    asked: Asked,
    *codes: str,
    never: tuple[str, ...] = (),
    policy: Policy | None = None,
) -> Checked:
    """A check of some Python by some rules, where one answer holds for all repos."""
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    return check(
        [source],
        lambda targets: dict.fromkeys(targets, facts),
        [load(code) for code in codes],
        never_ask=never,
        beside=Beside(policy=policy, publishers=asked.publishers, codes=asked.codes),
    )


@pytest.mark.parametrize(
    ("repo_id", "owner"), [("org/model", "org"), ("gpt2", ""), ("Org/a-b", "Org")]
)
def test_owner_of_an_id(repo_id: str, owner: str) -> None:
    assert owner_of(repo_id) == owner


# Look-alikes

LIKE = LOAD.replace("org/model", "mistraIai/Mistral-7B-Instruct-v0.3")


def codes_beside(text: str, *own_names: str) -> list[str]:
    """What HFM009 says of some Python in a project that has names of its own; nobody is asked."""
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    beside = Beside(own_names=own_names)
    return [
        one.code for one in check([source], lambda _: {}, [load("HFM009")], beside=beside).findings
    ]


@pytest.mark.parametrize(
    ("own_names", "expected"),
    [
        pytest.param((), ["HFM009"], id="none"),
        pytest.param(("other-org",), ["HFM009"], id="others"),
        pytest.param(("MistraIai",), [], id="owner"),
        pytest.param(("mistraIai/model",), [], id="one-of-the-owner's-models"),
    ],
)
def test_own_names_are_no_look_alikes(own_names: tuple[str, ...], expected: list[str]) -> None:
    assert codes_beside(LIKE, *own_names) == expected


def test_names_like_ones_own() -> None:
    text = LOAD.replace("org/model", "northwlnd/bert")
    assert codes_beside(text) == []
    assert codes_beside(text, "northwind") == ["HFM009"]


# Publishers


def test_publishers_are_asked_for_by_the_rule_that_wants_them() -> None:
    asked = Asked()
    came = checked(LOAD, Found(repo()), asked, "HFM001", "HFM014")
    assert asked.names == ["org"]
    assert [one.code for one in came.findings] == ["HFM014"]
    assert [*came.facts.values()] == [Found(repo(), publisher=ORG)]


@pytest.mark.parametrize("codes", [("HFM001", "HFM002"), ()], ids=["others", "none"])
def test_nobody_is_asked_for_whom_no_rule_wants(codes: tuple[str, ...]) -> None:
    asked = Asked()
    checked(LOAD, Found(repo()), asked, *codes)
    assert asked.names == []


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(Missing(Lacking.REPO, Owner.GONE), id="missing"),
        pytest.param(Unavailable("no answer"), id="unavailable"),
        pytest.param(Found(repo("gpt2")), id="a-first-name"),
    ],
)
def test_nobody_is_asked_for_where_there_is_nobody(facts: Facts) -> None:
    asked = Asked()
    assert checked(LOAD, facts, asked, "HFM014").findings == ()
    assert asked.names == []


def test_publisher_is_that_of_the_new_name() -> None:
    asked = Asked()
    came = checked(LOAD, Moved(repo("other/model"), Owner.EXISTS), asked, "HFM014")
    assert asked.names == ["other"]
    assert came.findings == ()


def test_facts_of_several_repos() -> None:
    asked = Asked()
    source = parse("example.py", (LOAD + LOAD.replace("org/", "gone/")).encode())
    assert isinstance(source, PythonSource)
    gone = Missing(Lacking.REPO, Owner.GONE)
    answers: dict[str, Facts] = {"org/model": Found(repo()), "gone/model": gone}
    came = check(
        [source],
        lambda targets: {one: answers[one.repo_id] for one in targets},
        [load("HFM014")],
        beside=Beside(publishers=asked.publishers),
    )
    assert [*came.facts.values()] == [Found(repo(), publisher=ORG), gone]


def test_name_that_is_to_be_kept_at_home_is_not_asked() -> None:
    asked = Asked()
    came = checked(
        LOAD, Moved(repo("secret/model"), Owner.EXISTS), asked, "HFM014", never=("secret",)
    )
    assert asked.names == []
    assert came.findings == ()


def test_policy_wants_publishers() -> None:
    asked = Asked()
    policy = Policy("pyproject.toml", demands=Demands(verified_publisher=True))
    came = checked(LOAD, Found(repo()), asked, "HFM013", policy=policy)
    assert asked.names == ["org"]
    assert [one.code for one in came.findings] == ["HFM013"]


# Code

CODE = Code("org/model", SHA, ("modeling.py",), (Danger("modeling.py", 1, "process", "runs sh"),))
OWN = (("AutoModel", "modeling.Model"),)


def test_code_is_asked_for_by_the_rule_that_wants_it() -> None:
    asked = Asked({"org/model": CODE})
    came = checked(TRUSTING, Found(repo(auto_map=OWN)), asked, "HFM012")
    assert asked.targets == ["org/model"]
    assert [one.code for one in came.findings] == ["HFM012"]
    assert [*came.facts.values()] == [Found(repo(auto_map=OWN), code=CODE)]


@pytest.mark.parametrize(
    ("text", "facts", "code"),
    [
        pytest.param(TRUSTING, Found(repo(auto_map=OWN)), "HFM003", id="no-rule-wants-it"),
        pytest.param(LOAD, Found(repo(auto_map=OWN)), "HFM012", id="it-is-not-run"),
        pytest.param(TRUSTING, Unavailable("no answer"), "HFM012", id="unavailable"),
    ],
)
def test_code_that_nobody_asks_for(text: str, facts: Facts, code: str) -> None:
    asked = Asked({"org/model": CODE})
    checked(text, facts, asked, code)
    assert asked.targets == []


def test_code_that_nobody_could_read() -> None:
    asked = Asked({"org/model": Unavailable("gated")})
    came = checked(TRUSTING, Found(repo(auto_map=OWN)), asked, "HFM012")
    assert came.findings == ()


def test_code_without_an_answer() -> None:
    came = checked(TRUSTING, Found(repo(auto_map=OWN)), Asked(), "HFM012")
    assert [*came.facts.values()] == [Found(repo(auto_map=OWN))]
