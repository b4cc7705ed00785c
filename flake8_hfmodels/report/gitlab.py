"""GitLab's Code Quality report: a JSON list of what is wrong.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format names the keys that
GitLab reads: a part of Code Climate's, by which a place has lines or positions, not both. GitLab
stops reading at the first entry that is not as it should be. Files that could not be checked have
no place in it.
"""

from __future__ import annotations

from flake8_hfmodels.finding import Finding, Severity
from flake8_hfmodels.report.portable import ascii_json, message, slashed
from flake8_hfmodels.report.report import Report

_SEVERITIES = {Severity.HIGH: "critical", Severity.MEDIUM: "major", Severity.LOW: "minor"}


def render(report: Report) -> str:
    """All findings; an empty list, where there are none."""
    if not report.findings:
        return ascii_json([])
    from flake8_hfmodels.fingerprint import numbered

    fingerprints = numbered(report.findings)
    return ascii_json(
        [
            _entry(finding, fingerprint)
            for finding, fingerprint in zip(report.findings, fingerprints, strict=True)
        ]
    )


def _entry(finding: Finding, fingerprint: str) -> dict[str, object]:
    return {
        "description": message(finding),
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": slashed(finding.path),
            "lines": {"begin": finding.span.line, "end": finding.span.end_line},
        },
    }
