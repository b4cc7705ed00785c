"""Findings that a project knows of and lives with for a time: what they are, and since when.

An entry is a fingerprint of content, so that lines may shift and a file may be renamed. One that
silences nothing any more is told, so that what is mended cannot come back unnoticed.
"""

from __future__ import annotations

import json
import os
import stat
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from flake8_hfmodels.configuration import ConfigurationError
from flake8_hfmodels.finding import Finding, Severity, Suppressed
from flake8_hfmodels.fingerprint import VERSION as FINGERPRINTS
from flake8_hfmodels.fingerprint import content
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Confidence, Span
from flake8_hfmodels.regex import regex
from flake8_hfmodels.suppress import UNUSED

NAME = "hfmodels-baseline.json"
"""What it is called unless somebody says otherwise."""

VERSION = 1

LONGEST = 200
"""Characters of what an entry says of itself: a call may be as long as its author likes."""

LARGEST = 5_000_000
"""Bytes of the largest file that is read: some 200 000 entries."""

_DATE = regex(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FINGERPRINT = regex(r"[0-9a-f]{32}")
_ANEW = "mend it, or delete it and run hfmodels check --write-baseline"


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
        """What a file is called in it, by whichever links it is reached."""
        real, folder = map(os.path.realpath, (path, os.path.dirname(self.path)))
        if os.path.splitdrive(real)[0] == os.path.splitdrive(folder)[0]:
            real = os.path.relpath(real, folder)
        return real.replace(os.sep, "/")

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
    """The baseline in a file. Raises `ConfigurationError` with a line for people."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise OSError(0, "it is no file")
        with open(path, "rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        message = f"{path}: cannot be read ({why}); hfmodels check --write-baseline writes it"
        raise ConfigurationError(message) from error
    if len(data) > LARGEST:
        raise ConfigurationError(f"{path}: is too large for a baseline ({LARGEST // 1_000_000} MB)")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{path}: is no UTF-8; {_ANEW}") from error
    return parse(path, text)


def parse(path: str, text: str) -> Baseline:
    """The baseline that a text of a file holds. Raises `ConfigurationError`."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"{path}: is no valid JSON ({error}); {_ANEW}") from error
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise ConfigurationError(f"{path}: is no baseline; {_ANEW}")
    if data.get("version") != VERSION or data.get("fingerprints") != FINGERPRINTS:
        raise ConfigurationError(f"{path}: was written by another version of hfmodels; {_ANEW}")
    personas = {one.value: one for one in Persona}
    persona = personas.get(str(data.get("persona")))
    if persona is None:
        raise ConfigurationError(f"{path}: its persona is none of {', '.join(personas)}; {_ANEW}")
    places = _Places(text)
    return Baseline(path, tuple(_entry(path, one, places) for one in data["findings"]), persona)


def _entry(path: str, data: object, places: _Places) -> Entry:
    if isinstance(data, dict):
        texts = [data.get(name) for name in ("fingerprint", "code", "path", "added", "about")]
        count = data.get("count", 1)
        if all(isinstance(one, str) for one in texts) and type(count) is int and count > 0:
            fingerprint, code, name, added, about = map(str, texts)
            if _FINGERPRINT.fullmatch(fingerprint) and _DATE.fullmatch(added) and _is_name(name):
                line = places.line_of(fingerprint)
                return Entry(fingerprint, code, name, count, added, about, line)
    raise ConfigurationError(f"{path}: {str(data)[:80]!r} is no entry of a baseline; {_ANEW}")


def _is_name(path: str) -> bool:
    """Whether the system can be asked for a file of that name."""
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


class _Places:
    """Where entries stand: each begins with its fingerprint, in the order of the file."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
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
    matched = _match(baseline, findings, is_there)
    known: list[Suppressed] = []
    moved: dict[tuple[str, str], None] = {}
    for number, entry in sorted(matched.entries.items()):
        finding = findings[number]
        known.append(Suppressed(finding, "baseline", f"known since {entry.added}"))
        if number in matched.moved:
            moved[entry.path, baseline.name_of(finding.path)] = None
    told = tuple(one for number, one in enumerate(findings) if number not in matched.entries)
    return Applied(told, tuple(known), tuple(moved), matched.idle())


@dataclass(frozen=True, slots=True)
class _Matched:
    """The entry of each finding that is known, by its number, and what is left of all entries.

    `moved` are the numbers of those findings whose entries speak of a file that is gone.
    """

    entries: Mapping[int, Entry]
    moved: Collection[int]
    left: Mapping[Entry, int]

    def idle(self) -> tuple[tuple[Entry, int], ...]:
        """The entries that silence fewer findings than they say, each with how many."""
        return tuple((entry, number) for entry, number in self.left.items() if number)


def _match(
    baseline: Baseline, findings: Sequence[Finding], is_there: Callable[[str], bool]
) -> _Matched:
    left = Counter[Entry]()
    by_place: dict[tuple[str, str], list[Entry]] = {}
    strayed: dict[str, list[Entry]] = {}
    for entry in baseline.entries:
        left[entry] += entry.count
        by_place.setdefault((entry.path, entry.fingerprint), []).append(entry)
        if not is_there(baseline.path_of(entry)):
            strayed.setdefault(entry.fingerprint, []).append(entry)
    found: dict[int, Entry] = {}
    contents = [content(finding) for finding in findings]
    for number, finding in enumerate(findings):
        place = (baseline.name_of(finding.path), contents[number])
        taken = _taken(by_place.get(place, ()), left)
        if taken is not None:
            found[number] = taken
    moved = []
    for number in range(len(findings)):
        taken = None if number in found else _taken(strayed.get(contents[number], ()), left)
        if taken is not None:
            found[number] = taken
            moved.append(number)
    return _Matched(found, moved, left)


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
    findings: Sequence[Finding],
    is_there: Callable[[str], bool],
    is_kept: Callable[[Entry], bool],
    persona: Persona,
    today: str,
) -> str:
    """The text of a baseline of findings; what was known before keeps its date.

    `is_kept` says of an entry that silences nothing here whether it stays, as nobody looked
    whether it still does.
    """
    matched = _match(baseline, findings, is_there)
    entries: dict[tuple[str, str, str, str], Entry] = {}
    for number, finding in enumerate(findings):
        known = matched.entries.get(number)
        added = today if known is None else known.added
        name = baseline.name_of(finding.path)
        _add(entries, Entry(content(finding), finding.code, name, 1, added, _about(finding)))
    kept = [replace(entry, count=left) for entry, left in matched.idle() if is_kept(entry)]
    for entry in kept:
        _add(entries, entry)
    if kept and not persona.hears(baseline.persona):
        persona = baseline.persona
    head = {"version": VERSION, "fingerprints": FINGERPRINTS, "persona": persona.value}
    body = ",\n".join(f"    {_line(entry)}" for _key, entry in sorted(entries.items()))
    findings_text = f"[\n{body}\n  ]" if body else "[]"
    begin = json.dumps(head, indent=2).removesuffix("\n}")
    return f'{begin},\n  "findings": {findings_text}\n}}\n'


def _add(entries: dict[tuple[str, str, str, str], Entry], entry: Entry) -> None:
    """Add an entry to those that are there: one of the same content and date counts for both."""
    key = (entry.path, entry.code, entry.fingerprint, entry.added)
    there = entries.get(key)
    entries[key] = entry if there is None else replace(there, count=there.count + entry.count)


def _line(entry: Entry) -> str:
    """An entry in one line, so that two branches that write the file seldom touch the same."""
    return json.dumps(
        {
            "fingerprint": entry.fingerprint,
            "code": entry.code,
            "path": entry.path,
            "count": entry.count,
            "added": entry.added,
            "about": entry.about,
        }
    )


def _about(finding: Finding) -> str:
    """What an entry is about, for who reads the file."""
    ref = finding.reference
    if ref is None:
        return finding.what
    said = ref.says(repr(finding.repo_id) if finding.repo_id else "something")
    return " ".join(said.split())[:LONGEST]
