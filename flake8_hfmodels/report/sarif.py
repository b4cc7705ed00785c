"""SARIF 2.1.0, the format of code scanning on GitHub and elsewhere.

What is written is what the standard asks for (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)
and what GitHub reads of it (https://docs.github.com/en/code-security/reference/code-scanning/
sarif-files/sarif-support): of a result its first location, of a rule its texts, tags and
`security-severity`. GitHub refuses more than 25,000 results a run (it keeps 5,000, the worst) and
more than 1,000 locations a result (it shows 100). Results beyond that are left out, the least bad
ones, and a notification says so; of related places the first 99 are told. It also refuses files
over 10 MB when packed with gzip. It does not heed `suppressions`: whoever uploads a report there
leaves out what is silenced, or it is shown as open. Source lines are not copied: a call may hold
a token.
"""

from __future__ import annotations

from flake8_hfmodels import __version__
from flake8_hfmodels.finding import Finding, Fix, Severity, Suppressed
from flake8_hfmodels.links import DOCUMENTATION, help_uri
from flake8_hfmodels.reference import Span
from flake8_hfmodels.report.paint import printable
from flake8_hfmodels.report.portable import ascii_json, message, uri
from flake8_hfmodels.report.report import Report
from flake8_hfmodels.rules import codes, document, load
from flake8_hfmodels.sources.trouble import Trouble

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "%SRCROOT%"
"""The base of relative addresses, by the name that GitHub and others give it."""

MOST_RESULTS = 25_000
MOST_RELATED = 99
"""Beside the location of the result itself."""

_LEVELS = {Severity.HIGH: "error", Severity.MEDIUM: "warning", Severity.LOW: "note"}

_SCORES = {Severity.HIGH: "8.0", Severity.MEDIUM: "5.5", Severity.LOW: "2.0"}
"""The middles of the bands that GitHub names high (7.0 to 8.9), medium (4.0 to 6.9) and low."""

_WORST = {
    "HFM001": Severity.MEDIUM,
    "HFM002": Severity.HIGH,
    "HFM003": Severity.HIGH,
    "HFM004": Severity.HIGH,
    "HFM005": Severity.MEDIUM,
    "HFM006": Severity.MEDIUM,
    "HFM007": Severity.HIGH,
    "HFM008": Severity.HIGH,
    "HFM009": Severity.HIGH,
    "HFM010": Severity.HIGH,
    "HFM011": Severity.HIGH,
    "HFM012": Severity.HIGH,
    "HFM013": Severity.HIGH,
    "HFM014": Severity.LOW,
    "HFM015": Severity.MEDIUM,
    "HFM900": Severity.LOW,
}
"""How bad the worst is that a rule can tell of."""

_Json = dict[str, object]


def render(report: Report) -> str:
    """One run: rules, findings, what is silenced, files that could not be checked, warnings."""
    results = _results(report)
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver()},
                "invocations": [_invocation(report, left_out=len(results) - MOST_RESULTS)],
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {
                    ROOT: {"description": {"text": "The folder that hfmodels was run in."}}
                },
                "results": results[:MOST_RESULTS],
            }
        ],
    }
    return ascii_json(log)


def _driver() -> _Json:
    return {
        "name": "hfmodels",
        "fullName": f"flake8-hfmodels {__version__}",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": DOCUMENTATION,
        "rules": [_rule(code) for code in codes()],
    }


def _rule(code: str) -> _Json:
    text = document(code).strip()
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    page = help_uri(code)
    return {
        "id": code,
        "name": load(code).name.title().replace("-", ""),
        "shortDescription": {"text": paragraphs[0]},
        "fullDescription": {"text": " ".join(paragraphs[:2])},
        "help": {"text": f"{text}\n\n{page}", "markdown": f"{text}\n\n[More about {code}]({page})"},
        "helpUri": page,
        "defaultConfiguration": {"level": _LEVELS[_WORST[code]]},
        "properties": classification(code),
    }


def classification(code: str) -> _Json:
    """What GitHub sorts a rule's alerts by; those about comments of ours are not of security."""
    if code >= "HFM900":
        return {"tags": ["maintainability"], "precision": "very-high"}
    return {
        "tags": ["security", "supply-chain", "machine-learning"],
        "precision": "high",
        "security-severity": _SCORES[_WORST[code]],
    }


def _invocation(report: Report, left_out: int) -> _Json:
    notifications = [_trouble(trouble) for trouble in report.troubles]
    notifications += map(_warning, report.warnings)
    if left_out > 0:
        notifications.append(_warning(f"{left_out} results are left out, as GitHub takes no more"))
    return {
        "executionSuccessful": not report.troubles,
        "toolExecutionNotifications": notifications,
    }


def _trouble(trouble: Trouble) -> _Json:
    place: _Json = {"artifactLocation": _artifact(trouble.path)}
    if trouble.line:
        place["region"] = {"startLine": trouble.line}
    return {
        "level": "error",
        "message": {"text": printable(trouble.message)},
        "locations": [{"physicalLocation": place}],
    }


def _warning(text: str) -> _Json:
    return {"level": "warning", "message": {"text": printable(text)}}


def _results(report: Report) -> list[_Json]:
    """What is told before what is silenced; the worst first, where not all will be taken."""
    silenced = report.suppressed
    findings = [*report.findings, *(one.finding for one in silenced)]
    if not findings:
        return []
    from flake8_hfmodels.fingerprint import numbered

    indices = {code: index for index, code in enumerate(codes())}
    results = [
        _result(finding, indices[finding.code], fingerprint)
        for finding, fingerprint in zip(findings, numbered(findings), strict=True)
    ]
    if silenced:  # by the standard all results say whether they are, or none
        told: list[list[_Json]] = [[] for _finding in report.findings]
        each = told + [[_suppression(one)] for one in silenced]
        for result, suppressions in zip(results, each, strict=True):
            result["suppressions"] = suppressions
    if len(results) > MOST_RESULTS:
        results.sort(key=_badness)
    return results


def _badness(result: _Json) -> tuple[bool, int]:
    order = list(_LEVELS.values())
    return bool(result.get("suppressions")), order.index(str(result["level"]))


def _result(finding: Finding, index: int, fingerprint: str) -> _Json:
    from flake8_hfmodels.fingerprint import VERSION

    result: _Json = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _unlinked(message(finding))},
        "locations": [_location(finding.path, finding.span)],
        "partialFingerprints": {f"hfmodels/{VERSION}": fingerprint},
        "properties": _properties(finding),
    }
    if finding.related:
        result["relatedLocations"] = [
            _location(one.path, one.span)
            | {"id": number, "message": {"text": _unlinked(printable(one.message))}}
            for number, one in enumerate(finding.related[:MOST_RELATED], 1)
        ]
    if finding.fix is not None:
        result["fixes"] = [_fix(finding.path, finding.fix)]
    return result


def _unlinked(text: str) -> str:
    """Names from the source cannot make links: `[text](address)` is one in a message."""
    return text.replace("](", "] (")


def _properties(finding: Finding) -> _Json:
    said: dict[str, str | int | None] = {
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "persona": finding.persona.value,
        "repo_id": finding.repo_id,
        "suggested_revision": finding.suggested_revision,
    }
    if finding.cell is not None:
        number, line = finding.cell
        said |= {"cell": number, "cell_line": line}
    return {name: value for name, value in said.items() if value is not None}


def _suppression(silenced: Suppressed) -> _Json:
    kind: _Json = {"kind": "inSource" if silenced.by == "comment" else "external"}
    return kind | ({"justification": printable(silenced.reason)} if silenced.reason else {})


def _fix(path: str, fix: Fix) -> _Json:
    replacements = [
        {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        for edit in fix.edits
    ]
    change = {"artifactLocation": _artifact(path), "replacements": replacements}
    return {"description": {"text": printable(fix.what)}, "artifactChanges": [change]}


def _location(path: str, span: Span) -> _Json:
    return {"physicalLocation": {"artifactLocation": _artifact(path), "region": _region(span)}}


def _artifact(path: str) -> _Json:
    address = uri(path)
    return {"uri": address} if address.startswith("file:") else {"uri": address, "uriBaseId": ROOT}


def _region(span: Span) -> _Json:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
