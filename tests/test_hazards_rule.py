"""What HFM012 tells of dangerous code."""

from __future__ import annotations

from functools import partial

import pytest

from flake8_hfmodels.check import check
from flake8_hfmodels.cli.explain import situation
from flake8_hfmodels.facts import Code, Danger, Facts, Found, Moved, Owner, Repo
from flake8_hfmodels.rules import load
from flake8_hfmodels.rules.rule import Example
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource
from tests.test_rules import Said, answers, said

SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
OID = "621ffdc036468d709f17434d"
TRUST = (
    "from transformers import AutoModel\n"
    "AutoModel.from_pretrained('org/model', trust_remote_code=True)"
)
LOADS = "AutoModel.from_pretrained() loads 'org/model', and runs code that "
PAGE = f"read it before you let it run: https://huggingface.co/org/model/blob/{SHA}/"


def found(*dangers: tuple[str, int, str], name: str = "org/model", auto_map: str = "") -> Found:
    named = (("AutoModel", auto_map),) if auto_map else ()
    told = tuple(Danger(path, line, kind, "does it") for path, line, kind in dangers)
    repo = Repo(name, OID, SHA, ("a.py",), auto_map=named)
    return Found(repo, code=Code(name, SHA, ("a.py",), told))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(
            found(("a.py", 3, "process")),
            [Said(f"{LOADS}starts a process: a.py:3 does it; {PAGE}a.py#L3")],
            id="one",
        ),
        pytest.param(
            found(("a.py", 3, "process"), ("a.py", 9, "process-at-import"), ("b.py", 1, "process")),
            [
                Said(
                    f"{LOADS}starts a process when it is imported: a.py:9 does it and 2 more;"
                    f" {PAGE}a.py#L9"
                )
            ],
            id="the-worst-place-first",
        ),
        pytest.param(
            found(("a.py", 1, "unpickling"), ("a.py", 2, "credentials")),
            [
                Said(
                    f"{LOADS}reads credentials: a.py:2 does it; {PAGE}a.py#L2", confidence="medium"
                ),
                Said(
                    f"{LOADS}reads data in a way that lets it run code: a.py:1 does it;"
                    f" {PAGE}a.py#L1",
                    "medium",
                ),
            ],
            id="two-kinds",
        ),
        pytest.param(
            found(("a.py", 1, "network")),
            [
                Said(
                    f"{LOADS}reads from the network: a.py:1 does it; {PAGE}a.py#L1",
                    "low",
                    "high",
                    "pedantic",
                )
            ],
            id="pedantic",
        ),
        pytest.param(found(("a.py", 1, "of-another-version")), [], id="unknown-kind"),
    ],
)
def test_what_is_told(facts: Facts, expected: list[Said]) -> None:
    assert said("HFM012", TRUST, facts) == expected


def test_a_handful_is_told_of_many_kinds() -> None:
    kinds = ("process", "credentials", "unpickling", "environment", "native-code", "network")
    told = said("HFM012", TRUST, found(*(("a.py", 1, kind) for kind in kinds)))
    assert [one.message.partition(": a.py:1 does it")[0].removeprefix(LOADS) for one in told] == [
        "reads all environment variables",
        "reads credentials",
        "reads from the network",
        "starts a process",
    ]
    assert [one.message for one in told if "other kinds" in one.message] == [
        f"{LOADS}reads all environment variables: a.py:1 does it (there is more, of 2 other kinds);"
        f" {PAGE}a.py#L1"
    ]


def test_code_of_another_repo() -> None:
    other = found(("a.py", 3, "process"), name="other/code")
    own = found(("a.py", 4, "process"), auto_map="other/code--a.A")
    assert [one.message for one in said("HFM012", TRUST, own, (("other/code", other),))] == [
        "AutoModel.from_pretrained() loads 'org/model', and runs code of 'other/code' that starts a"
        f" process: a.py:3 does it; {PAGE.replace('org/model', 'other/code')}a.py#L3",
        f"{LOADS}starts a process: a.py:4 does it; {PAGE}a.py#L4",
    ]


def test_code_of_a_repo_that_has_moved() -> None:
    new = found(("a.py", 3, "process"), name="new/model")
    [one] = said("HFM012", TRUST, Moved(new.repo, Owner.EXISTS, code=new.code))
    assert "loads 'org/model', and runs code of 'new/model' that starts a process" in one.message


def test_what_is_less_sure_is_told_so() -> None:
    text = TRUST.replace("'org/model'", "NAME").replace("\n", "\nNAME = 'org/model'\n", 1)
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    facts = found(("a.py", 3, "process"))
    checked = check([source], partial(answers, Example(text, facts)), [load("HFM012")])
    [one] = checked.findings
    assert [(place.span.line, place.message) for place in one.related] == [
        (2, "'org/model' is written here")
    ]
    assert (one.repo_id, one.span.line) == ("org/model", 3)


def test_names_of_the_hub_are_made_printable() -> None:
    [one] = said("HFM012", TRUST, found(("a\x1b[31m.py", 3, "process")))
    assert one.message.isprintable()


def test_an_example_says_what_is_in_the_code() -> None:
    words = situation(Example(TRUST, found(("a.py", 3, "process"))))
    assert words == "the repo holds a.py, in its code a.py:3 does it"
