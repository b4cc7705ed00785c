"""What a reference loads besides the repo that it names."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from flake8_hfmodels.companions import companions
from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Moved, Owner, Repo, Unavailable
from flake8_hfmodels.reference import Target
from tests.reading import SHA, references

AUTO = "from transformers import AutoModel\n"
TRUSTED = AUTO + "AutoModel.from_pretrained('o/m', trust_remote_code=True)"
ADAPTER = "from peft import AutoPeftModel\nAutoPeftModel.from_pretrained('o/m')"


def coded(*codes: str) -> Repo:
    auto_map = tuple((f"AutoModel{number}", code) for number, code in enumerate(codes))
    return Repo("o/m", "621ffdc036468d709f17434d", SHA, (), auto_map=auto_map)


def adapter(*bases: str) -> Repo:
    return Repo("o/m", "621ffdc036468d709f17434d", SHA, (), adapter_of=bases)


def found(text: str, facts: Facts) -> list[tuple[str, str, str | None]]:
    (reference,) = references(text)
    targets = companions(reference, lambda _target: facts)
    return [(one.repo_type, one.repo_id, one.revision) for one in targets]


@pytest.mark.parametrize(
    ("options", "revision"),
    [
        pytest.param("", None, id="default-branch"),
        pytest.param(f", revision='{SHA}'", None, id="revision-of-the-model-only"),
        pytest.param(", code_revision='v1'", "v1", id="tag"),
        pytest.param(f", code_revision='{SHA}'", SHA, id="hash"),
        pytest.param(", code_revision=None", None, id="none"),
        pytest.param(", code_revision=chosen", None, id="at-run-time"),
        pytest.param(", code_revision='v1' if old else 'v2'", None, id="one-of-two"),
    ],
)
def test_code_of_another_repo(options: str, revision: str | None) -> None:
    text = TRUSTED.replace("True", f"True{options}")
    assert found(text, Found(coded("a/b--m.M"))) == [("model", "a/b", revision)]


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        pytest.param(("m.M", "a/b--m.M", "a/b--c.C", "c/d--c.C"), ["a/b", "c/d"], id="each-once"),
        pytest.param(("m.M", "o/m--c.C"), [], id="its-own"),
        pytest.param(("O/M--c.C",), ["O/M"], id="its-own-otherwise-spelled"),
        pytest.param(("../b--m.M", "a/b/c--m.M", "--m.M"), [], id="no-id"),
    ],
)
def test_repos_of_the_code(codes: tuple[str, ...], expected: list[str]) -> None:
    assert [one for _type, one, _revision in found(TRUSTED, Found(coded(*codes)))] == expected


def test_redirected_repo_has_companions_too() -> None:
    facts = Moved(coded("a/b--m.M"), Owner.EXISTS)
    assert found(TRUSTED, facts) == [("model", "a/b", None)]


def test_code_named_by_the_new_id_of_a_moved_repo_is_of_another_name() -> None:
    facts = Moved(coded("new/m--m.M"), Owner.EXISTS)
    assert found(TRUSTED, facts) == [("model", "new/m", None)]


@pytest.mark.parametrize("flag", ["False", "None", "chosen"], ids=["false", "none", "at-run-time"])
def test_code_does_not_run_unless_the_source_says_so(flag: str) -> None:
    assert found(TRUSTED.replace("True", flag), Found(coded("a/b--m.M"))) == []


def test_code_may_run_where_one_path_says_so() -> None:
    text = TRUSTED.replace("True", "True if new else False")
    assert found(text, Found(coded("a/b--m.M"))) == [("model", "a/b", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(ADAPTER, [("model", "a/b", None)], id="base"),
        pytest.param(
            ADAPTER.replace("')", f"', revision='{SHA}')"),
            [("model", "a/b", None)],
            id="base-follows-main",
        ),
        pytest.param(ADAPTER.replace("AutoPeftModel", "PeftConfig"), [], id="configuration-only"),
        pytest.param(TRUSTED, [], id="loader-that-follows-no-base"),
    ],
)
def test_base_model_of_an_adapter(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert found(text, Found(adapter("a/b", "../c"))) == expected


@pytest.mark.parametrize(
    "facts",
    [Unavailable("not asked"), Missing(Lacking.REPO, Owner.EXISTS)],
    ids=["unavailable", "missing"],
)
def test_nothing_is_known_without_an_answer(facts: Facts) -> None:
    assert found(TRUSTED, facts) == []


def test_companions_of_all_that_a_reference_names() -> None:
    text = AUTO + (
        "for name in ('o/m', 'o/n', 'o/p'):\n"
        "    AutoModel.from_pretrained(name, trust_remote_code=True)"
    )
    (reference,) = references(text)
    facts: Mapping[Target, Facts] = {
        Target("model", "o/m", None): Found(coded("a/b--m.M")),
        Target("model", "o/n", None): Found(coded("a/b--m.M", "c/d--m.M")),
        Target("model", "o/p", None): Unavailable("not asked"),
    }
    assert [one.repo_id for one in companions(reference, facts.__getitem__)] == ["a/b", "c/d"]
