"""Every rule by its own examples, and the shape that all rules have."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_hfmodels import rules
from flake8_hfmodels.check import check
from flake8_hfmodels.reference import Persona
from flake8_hfmodels.rules import chosen, codes, document, load
from flake8_hfmodels.rules.rule import Example, Rule
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource

RULES = tuple(load(code) for code in codes())
EACH_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)


def examples(kind: str) -> list[object]:
    return [
        pytest.param(rule, example, id=f"{rule.code}-{kind}-{number}")
        for rule in RULES
        for number, example in enumerate(getattr(rule, kind), 1)
    ]


def findings(rule: Rule, example: Example) -> list[str]:
    source = parse("example.py", example.source.encode())
    assert isinstance(source, PythonSource)
    checked = check(
        [source],
        lambda targets: dict.fromkeys(targets, example.facts),
        [rule],
        Persona.REGULAR,
    )
    return [finding.code for finding in checked.findings]


@pytest.mark.parametrize(("rule", "example"), examples("bad"))
def test_bad_example_is_found_once(rule: Rule, example: Example) -> None:
    assert findings(rule, example) == [rule.code]


@pytest.mark.parametrize(("rule", "example"), examples("good"))
def test_good_example_is_clean(rule: Rule, example: Example) -> None:
    assert findings(rule, example) == []


@EACH_RULE
def test_rule_stands_in_the_file_of_its_name(rule: Rule) -> None:
    stem = f"{rule.code}_{rule.name}".lower().replace("-", "_")
    assert (Path(rules.__file__).parent / f"{stem}.py").is_file()


@EACH_RULE
def test_document_says_what_why_and_what_to_do(rule: Rule) -> None:
    what, *more = document(rule.code).strip().split("\n\n")
    assert what.endswith(".")
    assert "\n" not in what
    assert len(more) >= 2


@EACH_RULE
def test_rule_has_examples_of_both_kinds(rule: Rule) -> None:
    assert rule.bad
    assert rule.good


@EACH_RULE
def test_name_is_what_is_wrong(rule: Rule) -> None:
    assert not rule.name.startswith(("no-", "disallow-", "use-", "pin-"))


def test_codes_are_unique_and_in_order() -> None:
    assert [rule.code for rule in RULES] == sorted({rule.code for rule in RULES})


@pytest.mark.parametrize(
    ("select", "ignore", "expected"),
    [
        pytest.param(["HFM"], [], ["HFM001", "HFM002", "HFM003", "HFM004"], id="all"),
        pytest.param(["HFM003"], [], ["HFM003"], id="one"),
        pytest.param(["HFM"], ["HFM001", "HFM004"], ["HFM002", "HFM003"], id="ignored"),
        pytest.param([], [], [], id="none"),
    ],
)
def test_chosen(select: list[str], ignore: list[str], expected: list[str]) -> None:
    assert [rule.code for rule in chosen(select, ignore)] == expected


def test_unknown_code_raises() -> None:
    with pytest.raises(KeyError):
        load("HFM999")
