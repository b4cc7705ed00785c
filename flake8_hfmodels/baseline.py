"""Findings that a project knows of and lives with for a time: what they are, and since when.

An entry is a fingerprint of content, so that lines may shift and a file may be renamed. One that
silences nothing any more is told, so that what is mended cannot come back unnoticed.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from flake8_hfmodels.finding import Finding, Severity, Suppressed
from flake8_hfmodels.fingerprint import VERSION as FINGERPRINTS
from flake8_hfmodels.fingerprint import content
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Confidence, Span
from flake8_hfmodels.regex import regex

NAME = "hfmodels-baseline.json"
"""What it is called unless somebody says otherwise."""

VERSION = 1
UNUSED = "HFM900"

_DATE = regex(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Entry:
    """So many findings of one content in one file, and since when they are known (ISO 8601).

    `path` begins in the folder of the baseline and has forward slashes. `line` is where the entry
    stands in its file.
    """

    fingerprint: str
    code: str
    path: str
    count: int
    added: str
    about: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries of the file at `path`; `persona` was told when it was written."""

    path: str
    entries: tuple[Entry, ...] = ()
    persona: Persona = Persona.REGULAR

    def name_of(self, path: str) -> str:
        """What a file is called in it."""
        return os.path.relpath(path, os.path.dirname(self.path) or os.curdir).replace(os.sep, "/")

    def path_of(self, entry: Entry) -> str:
        """Where the file of an entry is, or was."""
        return os.path.normpath(os.path.join(os.path.dirname(self.path), entry.path))


@dataclass(frozen=True, slots=True)
class Applied:
    """What is left to tell, what is known, and the entries that are wrong.

    `moved` pairs what a file was called with what it is called now; `idle` are entries that
    silence fewer findings than they say, each with how many.
    """

    told: tuple[Finding, ...]
    known: tuple[Suppressed, ...]
    moved: tuple[tuple[str, str], ...]
    idle: tuple[tuple[Entry, int], ...]


def read(path: str) -> Baseline:
    """The baseline in a file. Raises `ValueError` with a line for people."""
    try:
        with open(path, encoding="utf-8") as file:
            return parse(path, file.read())
    except UnicodeDecodeError as error:
        raise ValueError(f"{path}: is no UTF-8; write it anew") from error
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        message = f"{path}: cannot be read ({why}); hfmodels check --write-baseline writes it"
        raise ValueError(message) from error


def parse(path: str, text: str) -> Baseline:
    """The baseline that a text of a file holds. Raises `ValueError` with a line for people."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"{path}: is no valid JSON ({error})") from error
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise ValueError(f"{path}: is no baseline; hfmodels check --write-baseline writes one")
    if data.get("version") != VERSION or data.get("fingerprints") != FINGERPRINTS:
        raise ValueError(f"{path}: was written by another version; write it anew")
    personas = {one.value: one for one in Persona}
    persona = personas.get(str(data.get("persona")), Persona.REGULAR)
    places = _Places(text)
    return Baseline(path, tuple(_entry(path, one, places) for one in data["findings"]), persona)


def _entry(path: str, data: object, places: _Places) -> Entry:
    if isinstance(data, dict):
        texts = [data.get(name) for name in ("fingerprint", "code", "path", "added", "about")]
        count = data.get("count", 1)
        if all(isinstance(one, str) for one in texts) and isinstance(count, int):
            fingerprint, code, name, added, about = map(str, texts)
            line = places.line_of(fingerprint)
            if count > 0 and _DATE.fullmatch(added):
                return Entry(fingerprint, code, name, count, added, about, line)
    raise ValueError(f"{path}: {str(data)[:80]} is no entry of a baseline; write it anew")


class _Places:
    """Where entries stand: each begins with its fingerprint, in the order of the file."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        self.at = 0

    def line_of(self, fingerprint: str) -> int:
        """The line of the next entry with a fingerprint; 1 where the file is all one line."""
        for number in range(self.at, len(self.lines)):
            if fingerprint in self.lines[number]:
                self.at = number + 1
                return self.at
        return max(1, self.at)


def apply(
    baseline: Baseline, findings: Sequence[Finding], is_there: Callable[[str], bool]
) -> Applied:
    """Part findings into those to tell and those that are known.

    A file that is not there any more is taken for renamed where its findings turn up in another.
    """
    left = Counter[Entry]({entry: entry.count for entry in baseline.entries})
    by_place: dict[tuple[str, str], list[Entry]] = {}
    strayed: dict[str, list[Entry]] = {}
    for entry in baseline.entries:
        by_place.setdefault((entry.path, entry.fingerprint), []).append(entry)
        if not is_there(baseline.path_of(entry)):
            strayed.setdefault(entry.fingerprint, []).append(entry)
    known: dict[int, Suppressed] = {}
    for number, finding in enumerate(findings):
        place = (baseline.name_of(finding.path), content(finding))
        taken = _taken(by_place.get(place, ()), left)
        if taken is not None:
            known[number] = Suppressed(finding, "baseline", f"known since {taken.added}")
    moved: dict[tuple[str, str], None] = {}
    for number, finding in enumerate(findings):
        if number in known or not strayed:
            continue
        taken = _taken(strayed.get(content(finding), ()), left)
        if taken is not None:
            known[number] = Suppressed(finding, "baseline", f"known since {taken.added}")
            moved[taken.path, baseline.name_of(finding.path)] = None
    told = tuple(one for number, one in enumerate(findings) if number not in known)
    idle = tuple((entry, number) for entry, number in left.items() if number)
    return Applied(told, tuple(known.values()), tuple(moved), idle)


def _taken(entries: Iterable[Entry], left: Counter[Entry]) -> Entry | None:
    """The first entry that still has a finding to silence, with that taken off it."""
    entry = next((one for one in entries if left[one]), None)
    if entry is not None:
        left[entry] -= 1
    return entry


def unused(baseline: Baseline, entry: Entry, number: int) -> Finding:
    """What to say of an entry that silences fewer findings than it was written for."""
    some = "" if number == 1 else f" {number} times"
    return Finding(
        code=UNUSED,
        name="unused-ignore",
        what=f"the baseline silences {entry.code} in {entry.path} ({entry.about}){some}, and"
        " nothing is left of it there",
        remedy="write the baseline anew with --write-baseline",
        severity=Severity.LOW,
        confidence=Confidence.HIGH,
        persona=Persona.REGULAR,
        path=baseline.path,
        span=Span(entry.line, 1, entry.line, 1),
    )


def written(
    baseline: Baseline,
    findings: Iterable[Finding],
    is_kept: Callable[[Entry], bool],
    persona: Persona,
    today: str,
) -> str:
    """The text of a baseline of findings; what was known before keeps its date.

    `is_kept` says of an entry that is there already whether it stays, as nobody looked whether
    it still silences something.
    """
    since = _dates(baseline.entries)
    counts = Counter[Entry]()
    for finding in findings:
        fingerprint, name = content(finding), baseline.name_of(finding.path)
        added = since.get((name, fingerprint)) or since.get(("", fingerprint)) or today
        entry = Entry(fingerprint, finding.code, name, 1, added, _about(finding))
        counts[entry] += 1
    kept = [entry for entry in baseline.entries if is_kept(entry)]
    lines = {_line(entry, number): None for entry, number in counts.items()}
    lines.update((_line(entry, entry.count), None) for entry in kept)
    head = {"version": VERSION, "fingerprints": FINGERPRINTS, "persona": persona.value}
    body = ",\n".join(f"    {line}" for line in sorted(lines, key=_order))
    findings_text = f"[\n{body}\n  ]" if body else "[]"
    begin = json.dumps(head, indent=2).removesuffix("\n}")
    return f'{begin},\n  "findings": {findings_text}\n}}\n'


def _dates(entries: Collection[Entry]) -> Mapping[tuple[str, str], str]:
    """Since when a content is known in a file, and (under no path) at all."""
    found: dict[tuple[str, str], str] = {}
    for entry in entries:
        for path in (entry.path, ""):
            key = (path, entry.fingerprint)
            found[key] = min(found.get(key, entry.added), entry.added)
    return found


def _line(entry: Entry, count: int) -> str:
    """An entry in one line, so that two branches that write the file seldom touch the same."""
    return json.dumps(
        {
            "fingerprint": entry.fingerprint,
            "code": entry.code,
            "path": entry.path,
            "count": count,
            "added": entry.added,
            "about": entry.about,
        }
    )


def _order(line: str) -> tuple[str, str, str]:
    entry = json.loads(line)
    return entry["path"], entry["code"], entry["fingerprint"]


def _about(finding: Finding) -> str:
    """What an entry is about, for who reads the file."""
    ref = finding.reference
    if ref is None:
        return finding.what
    return ref.says(repr(finding.repo_id) if finding.repo_id else "something")
