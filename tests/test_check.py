"""The linter as one function, without a Hub: what is asked, found, silenced and kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pytest

from flake8_hfmodels.check import Checked, check
from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Owner, Repo
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.reference import Target
from flake8_hfmodels.rules import chosen
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource
from tests.doors import HEAD

ALL = chosen(["HFM"], [])
SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"


def source(text: str, path: str = "app.py") -> PythonSource:
    parsed = parse(path, (HEAD + text).encode())
    assert isinstance(parsed, PythonSource)
    return parsed


def nothing(_targets: Collection[Target]) -> Mapping[Target, Facts]:
    return {}


def never(targets: Collection[Target]) -> Mapping[Target, Facts]:
    raise AssertionError(f"nobody was to be asked about {targets}")


def told(checked: Checked) -> list[tuple[str, int, int, str]]:
    return [
        (finding.path, finding.span.line, finding.span.column, finding.code)
        for finding in checked.findings
    ]


def model(repo_id: str, revision: str | None = None) -> Target:
    return Target("model", repo_id, revision)


@pytest.mark.parametrize(
    ("text", "persona", "expected"),
    [
        pytest.param('AutoModel.from_pretrained("a/b")', Persona.REGULAR, [model("a/b")], id="one"),
        pytest.param(
            'AutoModel.from_pretrained("a/b")\nAutoModel.from_pretrained("a/b")',
            Persona.REGULAR,
            [model("a/b")],
            id="once",
        ),
        pytest.param(
            'for x in ["a/b", "c/d"]: AutoModel.from_pretrained(x, revision="v1")',
            Persona.REGULAR,
            [model("a/b", "v1"), model("c/d", "v1")],
            id="several",
        ),
        pytest.param('AutoModel.from_pretrained("./x")', Persona.AUDITOR, [], id="local"),
        pytest.param('AutoModel.from_pretrained("a b")', Persona.AUDITOR, [], id="no-id"),
        pytest.param('AutoModel.from_pretrained("a--b/c")', Persona.AUDITOR, [], id="bad-id"),
        pytest.param("AutoModel.from_pretrained(name)", Persona.AUDITOR, [], id="unknown"),
        pytest.param(
            'own.Thing.from_pretrained("secret/name")', Persona.AUDITOR, [], id="uncertain"
        ),
    ],
)
def test_what_the_hub_is_asked(text: str, persona: Persona, expected: list[Target]) -> None:
    asked: list[Target] = []

    def remember(targets: Collection[Target]) -> Mapping[Target, Facts]:
        asked.extend(targets)
        return {}

    checked = check([source(text)], remember, ALL, persona)
    assert asked == expected
    assert list(checked.targets) == expected


def test_nobody_is_asked_without_rules() -> None:
    checked = check([source('AutoModel.from_pretrained("a/b")')], never, ())
    assert checked.targets == (model("a/b"),)
    assert checked.findings == ()
    assert [reference.call for reference in checked.references] == ["AutoModel.from_pretrained"]


def test_nobody_is_asked_without_references() -> None:
    assert check([source("print('hello')")], never, ALL) == Checked((), (), (), (), {})


def test_findings_come_file_by_file_in_the_order_of_the_source() -> None:
    load = 'AutoModel.from_pretrained("a/b", trust_remote_code=True)\n'
    checked = check([source(load * 2, "z.py"), source(load, "a.py")], nothing, ALL)
    assert told(checked) == [
        ("z.py", 2, 1, "HFM001"),
        ("z.py", 2, 1, "HFM003"),
        ("z.py", 3, 1, "HFM001"),
        ("z.py", 3, 1, "HFM003"),
        ("a.py", 2, 1, "HFM001"),
        ("a.py", 2, 1, "HFM003"),
    ]


def test_lines_are_kept_of_files_with_findings_only() -> None:
    sources = [
        source('AutoModel.from_pretrained("a/b")', "bad.py"),
        source(f'AutoModel.from_pretrained("a/b", revision="{SHA}")', "good.py"),
        source("pass", "empty.py"),
    ]
    assert check(sources, nothing, ALL).lines == {
        "bad.py": (HEAD.rstrip(), 'AutoModel.from_pretrained("a/b")')
    }


@pytest.mark.parametrize(
    ("comment", "noqa", "found", "suppressed"),
    [
        pytest.param("", True, ["HFM001"], [], id="nothing"),
        pytest.param("# noqa", True, [], ["HFM001"], id="noqa"),
        pytest.param("# noqa", False, ["HFM001"], [], id="noqa-is-flake8s"),
        pytest.param("# hfmodels: ignore[HFM001] x", False, [], ["HFM001"], id="ignore"),
    ],
)
def test_silenced(comment: str, noqa: bool, found: list[str], suppressed: list[str]) -> None:
    given = source(f'AutoModel.from_pretrained("a/b")  {comment}')
    checked = check([given], nothing, ALL, noqa=noqa)
    assert [finding.code for finding in checked.findings] == found
    assert [one.finding.code for one in checked.suppressed] == suppressed


@pytest.mark.parametrize(
    ("persona", "expected"),
    [
        (Persona.REGULAR, []),
        (Persona.PEDANTIC, [("app.py", 3, 5, "HFM001")]),
        (Persona.AUDITOR, [("app.py", 3, 5, "HFM001")]),
    ],
    ids=str,
)
def test_personas(persona: Persona, expected: list[tuple[str, int, int, str]]) -> None:
    text = "def load(name):\n    AutoModel.from_pretrained(name, revision='main')"
    assert told(check([source(text)], nothing, ALL, persona)) == expected


def test_facts_reach_the_rules_by_their_target() -> None:
    repo = Repo("a/b", "621ffdc036468d709f17434d", SHA, ("pytorch_model.bin",))
    facts: dict[Target, Facts] = {
        model("a/b"): Found(repo),
        model("c/d"): Missing(Lacking.REPO, Owner.GONE),
    }
    text = "".join(f'AutoModel.from_pretrained("{one}")\n' for one in ("a/b", "c/d", "e/f"))
    checked = check([source(text)], lambda _targets: facts, ALL)
    assert told(checked) == [
        ("app.py", 2, 1, "HFM001"),
        ("app.py", 2, 1, "HFM002"),
        ("app.py", 3, 1, "HFM001"),
        ("app.py", 3, 1, "HFM004"),
        ("app.py", 4, 1, "HFM001"),
    ]
    assert [one.suggested_revision for one in checked.findings] == [SHA, None, None, None, None]


def test_the_place_of_the_name_is_related() -> None:
    checked = check([source('NAME = "a/b"\nAutoModel.from_pretrained(NAME)')], nothing, ALL)
    [finding] = checked.findings
    assert [(one.path, one.span.line, one.message) for one in finding.related] == [
        ("app.py", 2, "'a/b' is written here")
    ]
    assert finding.help == "hfmodels explain HFM001"


STALE = " (by an earlier answer of the Hub)"


@pytest.mark.parametrize("stale", [False, True], ids=["new", "old"])
def test_what_only_an_old_answer_says_is_marked(stale: bool) -> None:
    facts = Missing(Lacking.REPO, Owner.GONE, stale=stale)
    checked = check(
        [source('AutoModel.from_pretrained("a/b")')],
        lambda targets: dict.fromkeys(targets, facts),
        ALL,
    )
    marked = {one.code: one.message.endswith(STALE) for one in checked.findings}
    assert marked == {"HFM001": False, "HFM004": stale}


def test_a_finding_that_needs_no_answer_is_not_marked() -> None:
    pinned = f'AutoModel.from_pretrained("a/b", trust_remote_code=True, revision="{SHA}")'
    other = Found(Repo("c/d", "1", SHA, ()), stale=True)
    checked = check(
        [source(pinned + '\nAutoModel.from_pretrained("c/d")')],
        lambda targets: {one: other for one in targets if one.repo_id == "c/d"},
        ALL,
    )
    marked = [(one.code, one.message.endswith(STALE)) for one in checked.findings]
    assert marked == [("HFM003", False), ("HFM001", True)]


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        pytest.param((("HFM001", "high"), ("HFM", "low")), "high", id="most-of-the-code"),
        pytest.param((("HFM", "low"), ("HFM", "high")), "high", id="last-word"),
        pytest.param((("HFM003", "high"),), "medium", id="of-another"),
    ],
)
def test_severity_that_somebody_sets(severity: Sequence[tuple[str, str]], expected: str) -> None:
    text = "from transformers import AutoModel\nAutoModel.from_pretrained('a/b')"
    (finding,) = check([source(text)], nothing, ALL, severity=severity).findings
    assert finding.severity.value == expected
