"""What a finding is about, as a digest that stays the same wherever the finding moves to.

It survives lines that are added above, another formatter, another answer of the Hub, and other
words of ours. Imported only where there is a finding to tell: `hashlib` takes long to import.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from flake8_hfmodels.finding import Finding
from flake8_hfmodels.reference import Known, Unknown, Value

VERSION = "v1"
"""Changes whenever the same finding would get another fingerprint than before."""

DIGITS = 32
"""Hexadecimal digits of a fingerprint: 128 bits, so that no two of a project are alike."""


def content(finding: Finding) -> str:
    """The digest of what a finding is about, and not of where it is.

    Of a reference: how the source calls the loader, the ids, the revision and the flag for remote
    code. Of anything else, such as a comment: the words for what is wrong. Two findings about the
    same thing share it.
    """
    ref = finding.reference
    if ref is None:
        return _digest(finding.code, finding.what)
    return _digest(
        finding.code,
        ref.kind,
        " ".join(ref.call.split()),
        ref.repo_type,
        finding.repo_id,  # one of several, where the rule speaks of one
        *map(_said, (ref.repo_id, ref.revision, ref.code_revision, ref.trust_remote_code)),
    )


def numbered(findings: Iterable[Finding]) -> tuple[str, ...]:
    """A digest for each finding of a report, of its content and its file, no two alike.

    Equal ones in a file are told apart by their order.
    """
    seen: Counter[tuple[str, str]] = Counter()
    digests = []
    for finding in findings:
        about = (content(finding), finding.path.replace("\\", "/"))
        digests.append(_digest(*about, seen[about]))
        seen[about] += 1
    return tuple(digests)


def _said(value: Value) -> object:
    """What the source says of a value, whatever the order in which several are written."""
    match value:
        case Known(values):
            return sorted({json.dumps(written.value) for written in values})
        case Unknown(reason):
            return {"unknown": reason}
        case _:
            return None


def _digest(*parts: object) -> str:
    return sha256(json.dumps([VERSION, *parts]).encode("ascii")).hexdigest()[:DIGITS]
