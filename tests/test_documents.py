"""The documentation says what the code does: every block of it is run, or checked, or listed."""

from __future__ import annotations

import ast
import configparser
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from flake8_hfmodels.cli.explain import offline
from flake8_hfmodels.facts import Facts, Unavailable
from flake8_hfmodels.options import OPTIONS
from flake8_hfmodels.record import replace
from flake8_hfmodels.rules import codes, load
from flake8_hfmodels.rules.rule import NOT_ASKED, Example, Rule
from tests.documents import (
    DOCS,
    NOT_RUN,
    README,
    ROOT,
    RULES,
    Step,
    name_of,
    pages,
    played,
    rule_pages,
    silenced,
    stage,
    steps,
)
from tests.doors import Place
from tests.fakehub import FakeHub, small_world
from tests.readme import needs_the_hub
from tests.test_rules import findings

EVERY_PAGE = [README, *sorted(DOCS.rglob("*.md"))]
EACH_RULE = pytest.mark.parametrize("code", codes())
BENCH = (ROOT / "bench/README.md").read_text(encoding="utf-8")


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def shown(page: Path) -> list[Step]:
    """The blocks of a page."""
    return [one for one in steps(read(page)) if not one.doing]


def tried(*languages: str) -> list[object]:
    """The blocks in some languages, on all pages, but for those that are listed as not tried."""
    return [
        pytest.param(step, id=f"{name_of(page)}:{step.begin}")
        for page in EVERY_PAGE
        for step in shown(page)
        if step.language in languages and (name_of(page), step.first) not in NOT_RUN
    ]


@pytest.fixture(scope="module")
def world() -> Iterator[FakeHub]:
    """A Hub for all stories; each has a cache of its own."""
    with FakeHub(small_world(), rate_limit=None) as running:
        yield running


@pytest.fixture
def scene(tmp_path: Path, world: FakeHub) -> Place:
    return stage(tmp_path / "project", world)


# What is generated


@EACH_RULE
def test_page_of_a_rule_is_current(code: str) -> None:
    page = RULES / f"{code}.md"
    assert read(page) == rule_pages()[page]


def test_index_of_rules_is_current() -> None:
    assert read(RULES / "README.md") == rule_pages()[RULES / "README.md"]


def test_there_is_no_page_of_a_rule_that_is_gone() -> None:
    assert set(RULES.iterdir()) == set(rule_pages())


@EACH_RULE
def test_comment_of_a_rule_silences_it(code: str) -> None:
    rule = load(code)
    assert findings(rule, Example(silenced(rule), rule.bad[0].facts, rule.bad[0].others)) == []


def found_offline(rule: Rule) -> float:
    """The share of the bad examples that is found when nobody is asked but a lock."""
    found = [findings(rule, Example(one.source, unheard(one))) for one in rule.bad]
    return sum(map(len, found)) / len(rule.bad)


def unheard(example: Example) -> Facts:
    """What is known of an example where the Hub says nothing: a lock may say that it lacks it."""
    return example.facts if isinstance(example.facts, Unavailable) else NOT_ASKED


SHARES: Mapping[str, Callable[[float], bool]] = {
    "works without the Hub": lambda share: share == 1,
    "needs the Hub's answers": lambda share: share == 0,
    "works in part without the Hub": lambda share: 0 < share < 1,
    "works without the Hub, says more with its answers": lambda share: 0.7 < share <= 1,
}


@EACH_RULE
def test_what_a_rule_finds_without_the_hub(code: str) -> None:
    rule = load(code)
    assert SHARES[offline(rule)](found_offline(rule))


def without_the_hub(code: str) -> Rule:
    """A rule with one example, which asks nobody."""
    rule = load(code)
    return replace(rule, bad=rule.bad[:1])


def test_rule_that_has_no_use_for_the_hub() -> None:
    assert offline(without_the_hub("HFM001")) == "works without the Hub"


WORDS: Mapping[str, Callable[[float], bool]] = {
    "no": lambda share: share > 0.7,
    "in part": lambda share: 0 < share < 1,
    "yes": lambda share: share == 0,
}


@EACH_RULE
def test_tables_say_what_a_rule_finds_without_the_hub(code: str) -> None:
    rule = load(code)
    assert WORDS[needs_the_hub(rule)](found_offline(rule))


def test_tables_say_that_a_rule_has_no_use_for_the_hub() -> None:
    assert needs_the_hub(without_the_hub("HFM001")) == "no"


# What is shown


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_page_shows_what_its_commands_print(page: Path, scene: Place) -> None:
    assert played(name_of(page), read(page), scene) == read(page)


@pytest.mark.parametrize("page", EVERY_PAGE, ids=name_of)
def test_every_fence_is_seen(page: Path) -> None:
    fences = re.findall(r"^ *(?:```|~~~)", read(page), re.MULTILINE)
    assert len(fences) == 2 * len(shown(page))


def test_what_is_not_run_is_there() -> None:
    there = {(name_of(page), one.first) for page in EVERY_PAGE for one in steps(read(page))}
    assert set(NOT_RUN) <= there


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_every_block_is_tried_or_listed(page: Path) -> None:
    name = name_of(page)
    strange = [one.first for one in shown(page) if one.language not in TRIED]
    assert [first for first in strange if (name, first) not in NOT_RUN] == []


@pytest.mark.parametrize("code", codes())
def test_page_of_a_rule_shows_code_messages_and_configuration(code: str) -> None:
    languages = {one.language for one in shown(RULES / f"{code}.md")}
    assert languages == {"python", "text", "toml"}


TRIED = ("console", "dockerfile", "ini", "json", "python", "sh", "toml", "yaml")
"""Commands, and the files that they read, are tried in the story of a page; the rest below."""


@pytest.mark.parametrize("step", tried("python"))
def test_python(step: Step) -> None:
    assert isinstance(ast.parse(step.text), ast.Module)


@pytest.mark.parametrize("step", tried("json"))
def test_json(step: Step) -> None:
    assert json.loads(step.text)


OF_SOME = (".", "tests/test_app.py")
"""Paths whose settings are shown: overrides are often for tests."""


@pytest.mark.parametrize("step", tried("toml"))
def test_configuration_is_accepted(step: Step, scene: Place) -> None:
    scene.write("pyproject.toml", step.text)
    ran = scene.where(HF_ENDPOINT="").hfmodels("check", "--show-settings", *OF_SOME)
    assert ran.code == 0, ran.err
    assert "  # pyproject.toml\n" in ran.out


@pytest.mark.parametrize("step", tried("ini"))
def test_configuration_of_flake8_is_accepted(step: Step, scene: Place) -> None:
    parser = configparser.ConfigParser()
    parser.read_string(step.text)
    known = {f"hfmodels-{option.name}" for option in OPTIONS if option.in_flake8}
    assert set(parser["flake8"]) <= known
    scene.write(step.file, step.text)
    scene.write("empty.py", "")
    ran = scene.flake8("empty.py")
    assert (ran.code, ran.err) == (0, "")


SCHEMAS = {
    ".github": ("check_jsonschema", "--builtin-schema", "vendor.github-workflows"),
    ".gitlab-ci.yml": ("check_jsonschema", "--builtin-schema", "vendor.gitlab-ci"),
    ".pre-commit-config.yaml": ("pre_commit", "validate-config"),
}
"""What knows the form of a file, by where the file's name begins."""


@pytest.mark.parametrize("step", tried("yaml"))
def test_yaml_is_of_the_form_that_its_reader_wants(step: Step, scene: Place) -> None:
    checker = SCHEMAS[Path(step.file).parts[0]]
    ran = scene.python("-m", *checker, str(scene.write(step.file, step.text)))
    assert ran.code == 0, ran.out + ran.err


# What is said


def headings(page: Path) -> set[str]:
    """The anchors of a page."""
    titles = re.findall(r"^#+ (.+)$", re.sub(r"```.*?```", "", read(page), flags=re.S), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def links(page: Path) -> list[tuple[str, str]]:
    """The files and anchors that a page points at, but for those of other sites."""
    text = re.sub(r"^```.*?^```$", "", read(page), flags=re.DOTALL | re.MULTILINE)
    found = re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)", text)
    return [(path, anchor) for path, anchor in found if "://" not in path]


def leads_somewhere(page: Path, path: str, anchor: str) -> bool:
    target = (page.parent / path).resolve() if path else page
    return target.exists() and (not anchor or anchor in headings(target))


@pytest.mark.parametrize("page", EVERY_PAGE, ids=name_of)
def test_links_lead_somewhere(page: Path) -> None:
    assert [one for one in links(page) if not leads_somewhere(page, *one)] == []


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=name_of)
def test_every_page_is_listed(page: Path) -> None:
    assert page.name == "README.md" or (page.name, "") in links(DOCS / "README.md")


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=name_of)
def test_first_command_is_on_the_first_screen(page: Path) -> None:
    first = read(page).splitlines()[:20]
    assert any(line.startswith("```") for line in first)


MEASURED = re.findall(r"\d+/\d+ = \d\.\d+|\d+\.\d+ ms", read(DOCS / "comparison.md"))


def test_comparison_has_numbers() -> None:
    assert len(MEASURED) > 10


@pytest.mark.parametrize("number", MEASURED)
def test_comparison_says_what_was_measured(number: str) -> None:
    assert number in BENCH


@pytest.mark.parametrize("code", codes())
def test_terminal_has_what_the_page_has(code: str, scene: Place) -> None:
    what, *_more = read(RULES / f"{code}.md").split("\n\n")[1:]
    ran = scene.hfmodels("explain", code)
    assert f"\n\n{what}\n\n" in ran.out
    assert ran.out.endswith(f"/rules/{code}/\n")
