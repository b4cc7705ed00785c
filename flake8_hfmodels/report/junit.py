"""JUnit XML, as Jenkins, GitLab and most other CI systems show it.

A suite a file with findings, a case a finding: GitLab shows one failure of a case and tells cases
apart by suite, class and name (gitlabhq, lib/gitlab/ci/parsers/test/junit.rb), Jenkins groups them
by what stands before the last dot of the class. The first suite says whether every file could be
read, so no report is empty. Only elements and attributes that the schema of Jenkins' xUnit plugin
(junit-10.xsd) knows are used.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from flake8_hfmodels.finding import Finding
from flake8_hfmodels.links import help_uri
from flake8_hfmodels.report.footer import numbers
from flake8_hfmodels.report.portable import message, slashed
from flake8_hfmodels.report.report import Report
from flake8_hfmodels.sources.trouble import Trouble

# https://www.w3.org/TR/xml/#charsets
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> str:
    """XML in ASCII: whatever the encoding of the output is, it comes out well-formed."""
    seconds = f"{report.summary.seconds:.3f}"
    totals = _counts(
        len(report.findings) + (len(report.troubles) or 1),
        len(report.findings),
        len(report.troubles),
    )
    root = ET.Element("testsuites", {"name": "hfmodels", **totals, "time": seconds})
    _reading(root, report)
    by_path = sorted(report.findings, key=lambda finding: finding.path)
    for path, findings in groupby(by_path, lambda finding: finding.path):
        _file(root, path, list(findings))
    ET.indent(root)
    xml = ET.tostring(root, encoding="us-ascii", xml_declaration=False).decode("ascii")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}\n'


def _reading(root: ET.Element, report: Report) -> None:
    """The suite about the run: whether files could be read, its numbers, its warnings."""
    troubles = report.troubles
    counts = _counts(len(troubles) or 1, 0, len(troubles))
    suite = ET.SubElement(root, "testsuite", {"name": "hfmodels", **counts})
    for trouble in troubles:
        _error(suite, trouble)
    if not troubles:
        _case(suite, "hfmodels.reading", "every file could be read")
    ET.SubElement(suite, "system-out").text = numbers(report.summary)
    if report.warnings:
        ET.SubElement(suite, "system-err").text = _allowed("\n".join(report.warnings))


def _error(suite: ET.Element, trouble: Trouble) -> None:
    words = _allowed(str(trouble))
    place = f"{slashed(trouble.path)}:{trouble.line}" if trouble.line else slashed(trouble.path)
    case = _case(suite, "hfmodels.reading", place)
    ET.SubElement(case, "error", {"type": "error", "message": words}).text = words


def _file(root: ET.Element, path: str, findings: Sequence[Finding]) -> None:
    counts = _counts(len(findings), len(findings), 0)
    suite = ET.SubElement(root, "testsuite", {"name": _allowed(slashed(path)), **counts})
    seen: Counter[str] = Counter()
    for finding in findings:
        place = f"{slashed(path)}:{finding.span.line}:{finding.span.column}"
        name = f"{finding.code} {finding.name} at {place}"
        seen[name] += 1
        again = f" ({seen[name]})" if seen[name] > 1 else ""
        case = _case(suite, f"hfmodels.{finding.code}", name + again)
        words = _allowed(message(finding))
        failure = ET.SubElement(case, "failure", {"type": finding.code, "message": words})
        failure.text = _allowed(
            f"{place}: {words}\n"
            f"{finding.severity.value} severity, {finding.confidence.value} confidence; "
            f"see {help_uri(finding.code)}"
        )


def _case(suite: ET.Element, classname: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", {"classname": classname, "name": _allowed(name)})


def _counts(tests: int, failures: int, errors: int) -> dict[str, str]:
    return {"tests": str(tests), "failures": str(failures), "errors": str(errors)}


def _allowed(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold, not even as references."""
    return _FORBIDDEN.sub("\ufffd", text)
