"""Measure the linter on the labelled corpus and on the probe, beside bandit; print one table.

The corpus is third-party code that no repository may hold: `shared/corpus/materialise.py` brings
it, `shared/corpus/score.py` says what is right. This file only runs them, and both linters.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple, TypedDict

if TYPE_CHECKING:
    from typing_extensions import NotRequired

SHARED = Path(__file__).resolve().parents[2] / "shared"
NEEDED = (
    "corpus/score.py",
    "corpus/materialise.py",
    "corpus/sources.jsonl",
    "corpus/labels.jsonl",
    "probe/expected.tsv",
)

# What score.py calls the kinds of files; it has no calls in the last three.
GROUPS = {
    "Python": {"py"},
    "Python, notebooks": {"py", "nb"},
    "YAML, JSON, TOML, shell, Docker": {"cfg", "sh"},
    "Markdown": {"md"},
    "all kinds": {"py", "nb", "cfg", "sh", "md"},
}
WITH_CALLS = frozenset({"Python", "Python, notebooks"})
CODES = ("HFM001", "HFM003")

# What score.py prints and does not return.
PRINTED = {
    "mutable refs found": re.compile(r"recall on mutable refs: (.+)"),
    "repo id right": re.compile(r"repo id right on core hits: (.+)"),
    "ids found, recall": re.compile(r"references .* recall (.+?)   "),
    "ids found, precision": re.compile(r"references .* precision (.+?)   "),
    "trust flags outside Python": re.compile(r"trust flags in configs/shell/markdown: (.+)"),
}
OF_CALLS = frozenset({"mutable refs found", "repo id right"})
LOOK_ALIKES = re.compile(r"labelled look-alikes reported: (\d+)")
NOTHING = "-"

PROGRAMS = Path(sys.executable).parent
"""Where this environment keeps its programs."""


class Finding(TypedDict):
    """What score.py takes for a finding; the rule "REF" is an id without a complaint."""

    file: str
    line: int
    rule: str
    col: NotRequired[int]
    repo_id: NotRequired[str | None]


class Place(TypedDict):
    """Where something stands, in our JSON."""

    path: str
    line: int
    column: int


class Complaint(Place):
    """One of the findings in our JSON, as far as it is read here."""

    code: str
    repo_id: str | None


class Listed(Place):
    """One of the references in our JSON, as far as it is read here."""

    repo_ids: list[str]
    local: bool


class Said(TypedDict):
    """Our JSON, as far as it is read here; only an inventory has references."""

    findings: list[Complaint]
    references: list[Listed]


@dataclass(frozen=True, slots=True)
class Scorer:
    """The functions of score.py that are used here."""

    score: Callable[[Path, list[Finding], set[str]], Mapping[str, tuple[int, int, int]]]
    bandit: Callable[[Path, str], tuple[list[Finding], list[object]]]
    ratio: Callable[[int, int], str]


class Part(NamedTuple):
    """Files to measure on: `folder` holds labels.jsonl and files/."""

    title: str
    folder: Path


class Expected(NamedTuple):
    """One thing that is wrong in the probe, and where."""

    file: str
    line: int
    rule: str


Figures = Mapping[str, str]
"""What was measured and what came out, in the order of the table."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark: 0, or 2 with one line that says what is missing."""
    options = parser_of(__doc__).parse_args(arguments)
    with contextlib.ExitStack() as kept:
        work = options.work or Path(kept.enter_context(tempfile.TemporaryDirectory()))
        trouble = missing(options) or bring(options.shared, options.mirror, work)
        if trouble is not None:
            print(f"corpus.py: {trouble}", file=sys.stderr)
            return 2
        _measure(options.shared, options.mirror, work)
    return 0


def parser_of(document: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=document.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=SHARED, help="the folder of that name")
    parser.add_argument(
        "--mirror", type=Path, help="snapshots of repositories, a folder `owner+name` for each"
    )
    parser.add_argument(
        "--work", type=Path, help="keeps the corpus for the next time (default: it is not kept)"
    )
    return parser


def missing(options: argparse.Namespace) -> str | None:
    for name in NEEDED:
        if not (options.shared / name).is_file():
            return f"--shared {options.shared}: {name} is not there"
    if options.mirror is not None and not options.mirror.is_dir():
        return f"--mirror {options.mirror}: there is no such folder"
    return None


def bring(shared: Path, mirror: Path | None, work: Path) -> str | None:
    """Bring the files out of wheels, then, on a copy, those of repositories; else say why not."""
    wheels, everything = work / "wheels", work / "all"
    try:
        wheels.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return f"--work {work}: {(error.strerror or str(error)).lower()}"
    trouble = _materialise(shared, wheels)
    if trouble is None and mirror is not None:
        shutil.copytree(wheels, everything, dirs_exist_ok=True)
        trouble = _materialise(shared, everything, "--mirror", str(mirror))
    if trouble is None and not any(files_of(part) for part in parts_of(mirror, work)):
        return "no file of the corpus could be brought; is there a network?"
    return trouble


def _materialise(shared: Path, folder: Path, *options: str) -> str | None:
    script = shared / "corpus" / "materialise.py"
    command = (sys.executable, str(script), "--out", str(folder), *options)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"materialise.py failed: {done.stderr.strip().splitlines()[-1]}"
    sys.stderr.write(done.stderr)
    return None


def parts_of(mirror: Path | None, work: Path) -> Sequence[Part]:
    wheels = Part("files out of wheels", work / "wheels")
    return (Part("all files", work / "all"), wheels) if mirror is not None else (wheels,)


def files_of(part: Part) -> Sequence[Path]:
    return tuple(file for file in (part.folder / "files").rglob("*") if file.is_file())


def _measure(shared: Path, mirror: Path | None, work: Path) -> None:
    script = loaded(shared / "corpus" / "score.py")
    scorer = Scorer(script.score, script.bandit, script.ratio)
    bandit = shutil.which("bandit", path=str(PROGRAMS))
    parts = parts_of(mirror, work)
    brought = len(files_of(parts[0]))
    wanted = len((shared / "corpus" / "sources.jsonl").read_text("utf-8").splitlines())
    print(f"{brought} of {wanted} files of the corpus could be brought\n")
    if bandit is None:
        print("bandit is not in this environment (it comes with the dev extra): no column for it\n")
    tools = [f"bandit {version('bandit')}"] if bandit is not None else []
    print(row("files", "kinds", "what", *tools, f"hfmodels {version('flake8-hfmodels')}"))
    print("|---" * (4 + len(tools)) + "|")
    for part in parts:
        title = f"{len(files_of(part))} {part.title}"
        columns = [_bandit_figures(scorer, part.folder, bandit)] if bandit is not None else []
        _print_groups(title, [*columns, _figures(scorer, part.folder)])
    probe = probe_of(shared / "probe", work / "probe")
    expected = _expected(shared / "probe" / "expected.tsv")
    runs = [{"regular": scorer.bandit(probe.folder, bandit)[0]}] if bandit is not None else []
    runs.append({persona: _check(probe.folder, persona) for persona in ("regular", "pedantic")})
    title = f"{len(files_of(probe))} {probe.title}"
    _print_rows((title, "all kinds"), [_probed(scorer, expected, run) for run in runs])


def loaded(script: Path) -> ModuleType:
    """A script as a module."""
    spec = importlib.util.spec_from_file_location("score", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _print_groups(title: str, columns: Sequence[Mapping[str, Figures]]) -> None:
    for group in columns[-1]:
        _print_rows((title, group), [column.get(group, {}) for column in columns])


def _print_rows(title: tuple[str, str], columns: Sequence[Figures]) -> None:
    for what, figure in columns[-1].items():
        if figure != NOTHING:
            print(row(*title, what, *(column.get(what, NOTHING) for column in columns)))


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _bandit_figures(scorer: Scorer, folder: Path, bandit: str) -> Mapping[str, Figures]:
    started = time.perf_counter()
    findings, _unread = scorer.bandit(folder, bandit)
    seconds = time.perf_counter() - started
    scored = {group: _scored(scorer, folder, findings, group) for group in WITH_CALLS}
    return scored | {"all kinds": {"seconds of wall time": f"{seconds:.2f}"}}


def _figures(scorer: Scorer, folder: Path) -> Mapping[str, Figures]:
    started = time.perf_counter()
    findings = _check(folder, "regular")
    seconds = time.perf_counter() - started
    everything = [*findings, *_listed(folder, "auditor")]
    scored = {group: _scored(scorer, folder, everything, group) for group in GROUPS}
    more = {
        "look-alikes reported, regular": _look_alikes(scorer, folder),
        "seconds of wall time": f"{seconds:.2f}",
    }
    return scored | {"all kinds": scored["all kinds"] | more}


def _scored(scorer: Scorer, folder: Path, findings: list[Finding], group: str) -> dict[str, str]:
    with contextlib.redirect_stdout(io.StringIO()) as said:
        counts = scorer.score(folder, findings, GROUPS[group])
    wanted = PRINTED if group in WITH_CALLS else PRINTED.keys() - OF_CALLS
    searched = {
        what: line.search(said.getvalue()) for what, line in PRINTED.items() if what in wanted
    }
    printed = {what: found[1] if found else NOTHING for what, found in searched.items()}
    judged = [_judged(scorer, code, *counts[code]) for code in CODES if group in WITH_CALLS]
    return {what: figure for one in (*judged, printed) for what, figure in one.items()}


def _look_alikes(scorer: Scorer, folder: Path) -> str:
    """How many of the labelled look-alikes everybody would be told of."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        scorer.score(folder, _listed(folder, "regular"), GROUPS["all kinds"])
    found = LOOK_ALIKES.search(said.getvalue())
    return found[1] if found else NOTHING


def _judged(scorer: Scorer, code: str, hits: int, wanted: int, false_alarms: int) -> Figures:
    return {
        f"{code} recall": scorer.ratio(hits, wanted),
        f"{code} precision": scorer.ratio(hits, hits + false_alarms),
    }


def _check(folder: Path, persona: str) -> list[Finding]:
    """What the linter complains of, with nobody asked and no earlier answer known."""
    with tempfile.TemporaryDirectory() as empty:
        options = ("--offline", "--cache-dir", empty, "--persona", persona)
        said = _hfmodels(folder, "check", *options)
    return [_finding(one, one["code"], one["repo_id"]) for one in said["findings"]]


def _listed(folder: Path, persona: str) -> list[Finding]:
    """Every id in a persona's inventory, but those that are proven to be local paths."""
    references = _hfmodels(folder, "list", "--persona", persona)["references"]
    seen = [one for one in references if not one["local"]]
    return [_finding(one, "REF", repo_id) for one in seen for repo_id in one["repo_ids"]]


def _finding(place: Place, rule: str, repo_id: str | None) -> Finding:
    file = place["path"].removeprefix("files/")
    return Finding(file=file, line=place["line"], col=place["column"], rule=rule, repo_id=repo_id)


def _hfmodels(folder: Path, command: str, *options: str) -> Said:
    # A repository around the folder has no say in which of its files are looked at.
    environment = os.environ | {"GIT_CEILING_DIRECTORIES": str(folder.resolve())}
    program = (sys.executable, "-m", "flake8_hfmodels", command, "--format", "json")
    done = subprocess.run(
        (*program, *options, "files"),
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        check=False,
    )
    said: Said = json.loads(done.stdout)
    return said


def probe_of(source: Path, folder: Path) -> Part:
    """The files of the probe, laid out as a part of the corpus is."""
    files = folder / "files"
    files.mkdir(parents=True, exist_ok=True)
    for file in source.iterdir():
        if file.name != "expected.tsv":
            shutil.copy(file, files)
    return Part("files of the probe", folder)


def _expected(table: Path) -> Sequence[Expected]:
    """What the table expects, as far as score.py judges it too."""
    with table.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["kind"] == "pos"]
    return [
        Expected(row["file"], int(row["line"]), rule)
        for row in rows
        for rule in row["expect"].split("+")
        if rule in CODES
    ]


def _probed(
    scorer: Scorer, expected: Sequence[Expected], runs: Mapping[str, list[Finding]]
) -> Figures:
    """How much of the probe was found by each run, named after its persona."""
    figures: dict[str, str] = {}
    for persona, findings in runs.items():
        found = {Expected(one["file"], one["line"], one["rule"]) for one in findings}
        for code in CODES:
            wanted = {one for one in expected if one.rule == code}
            figures[f"{code} met, {persona}"] = scorer.ratio(len(wanted & found), len(wanted))
    alarms = [one for one in runs["regular"] if one["file"].startswith("n")]
    return {**figures, "false alarms in n*, regular": str(len(alarms))}


if __name__ == "__main__":
    sys.exit(main())
