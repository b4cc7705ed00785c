"""JSON for scripts: version 1, to which keys may be added and none taken away.

`schemas/report.schema.json` describes it. ASCII throughout: whatever the encoding of standard
output is, it comes out as valid JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from flake8_hfmodels.finding import Finding, Fix, Related
from flake8_hfmodels.links import help_uri
from flake8_hfmodels.reference import Known, Reference, Span, Unknown, Value
from flake8_hfmodels.report.report import Report

VERSION = 1


def render(report: Report, inventory: bool) -> str:
    """What is found, what is silenced, what went wrong, summary; an inventory's references."""
    silenced = [one.finding for one in report.suppressed]
    fingerprints = _fingerprints([*report.findings, *silenced])
    content: dict[str, object] = {
        "version": VERSION,
        "findings": [_finding(finding, next(fingerprints)) for finding in report.findings],
        "suppressed": [
            _finding(one.finding, next(fingerprints))
            | {"suppressed_by": one.by, "reason": one.reason}
            for one in report.suppressed
        ],
    }
    if inventory:
        content["references"] = [_reference(reference) for reference in report.references]
    content["errors"] = [
        {"path": one.path, "line": one.line or None, "message": one.message}
        for one in report.troubles
    ]
    content["warnings"] = list(report.warnings)
    content["summary"] = {
        name: getattr(report.summary, name) for name in report.summary.__match_args__
    }
    return json.dumps(content, indent=2) + "\n"


def _fingerprints(findings: Sequence[Finding]) -> Iterator[str]:
    if not findings:
        return iter(())
    from flake8_hfmodels.fingerprint import numbered

    return iter(numbered(findings))


def _finding(finding: Finding, fingerprint: str) -> dict[str, object]:
    ref = finding.reference
    return {
        "code": finding.code,
        "name": finding.name,
        "path": finding.path,
        **_place(finding.span),
        **_cell(finding.cell),
        "message": finding.message,
        "what": finding.what,
        "remedy": finding.remedy,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "persona": finding.persona.value,
        "repo_id": finding.repo_id,
        "repo_type": ref.repo_type if ref is not None else None,
        "revision": _scalars(ref.revision) if ref is not None else None,
        "suggested_revision": finding.suggested_revision,
        "fixable": finding.fix is not None,
        "fix": _fix(finding.fix) if finding.fix is not None else None,
        "unfixable": finding.unfixable or None,
        "related": [_related(one) for one in finding.related],
        "fingerprint": fingerprint,
        "help": finding.help,
        "help_uri": help_uri(finding.code),
    }


def _place(span: Span) -> dict[str, int]:
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _fix(fix: Fix) -> dict[str, object]:
    return {
        "description": fix.what,
        "safe": fix.is_safe,
        "edits": [_place(edit.span) | {"text": edit.text} for edit in fix.edits],
    }


def _related(related: Related) -> dict[str, object]:
    return {
        "path": related.path,
        "line": related.span.line,
        "column": related.span.column,
        "message": related.message,
    }


def _reference(reference: Reference) -> dict[str, object]:
    known = reference.repo_id
    return {
        "kind": reference.kind,
        "loader": f"{reference.loader.package}.{reference.loader.name}".lstrip("."),
        "call": reference.call,
        "path": reference.path,
        **_place(reference.span),
        **_cell(reference.cell),
        "repo_ids": [one.value for one in known.strings()] if isinstance(known, Known) else [],
        "repo_type": reference.repo_type,
        "revision": _scalars(reference.revision),
        "trust_remote_code": _scalars(reference.trust_remote_code),
        "local": reference.local is not None,
        "local_because": reference.local,
        "confidence": reference.confidence.value,
        "persona": reference.persona.value,
    }


def _cell(cell: tuple[int, int] | None) -> dict[str, int]:
    """The cell of a notebook and the line in it, both from 1; nothing for other files."""
    if cell is None:
        return {}
    number, line = cell
    return {"cell": number, "cell_line": line}


def _scalars(value: Value) -> object:
    """One known value as itself, several as a list, what is decided at run time as a word."""
    if isinstance(value, Known):
        values = list(dict.fromkeys(one.value for one in value.values))
        return values[0] if len(values) == 1 else values
    return "?" if isinstance(value, Unknown) else None
