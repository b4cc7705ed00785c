"""Pin everything in the labelled corpus and in the probe, and hold against it; print one table.

A fake Hub on loopback knows every id that the inventory names, so that there is an answer to each
question. Only the doors are used, on copies of the files: `hfmodels check`, `pin` and `check`
again. `alike.py` says what else changed, formatters whether a pin is put as they would put it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, TypedDict

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # where the tests are; they are in no installed package

from bench import alike, corpus  # noqa: E402
from bench.corpus import NOTHING, Part, row  # noqa: E402
from tests.doors import Place, Ran  # noqa: E402
from tests.fakehub import FakeHub, World  # noqa: E402

SAFE, UNSAFE = "safe fixes", "with unsafe ones"
FIXES: Mapping[str, Sequence[str]] = {SAFE: (), UNSAFE: ("--unsafe-fixes",)}
MENDED = frozenset({"HFM001", "HFM003", "HFM011"})
"""What `pin` mends."""
SHARE = 0.9
"""The part of the references that is to be pinned without anybody's help."""
PATIENCE = ("--deadline", "600", "--timeout", "60", "--max-calls", "100000")
ENDED = (0, 1)
"""Exit codes of a command that has nothing or something to say."""
FILES = "files"

RepoType = Literal["model", "dataset", "space", "kernel"]
CONTENTS: Mapping[RepoType, Mapping[str, str | int]] = {
    "model": {"config.json": "{}", "model.safetensors": 1000},
    "dataset": {"data/train.parquet": 1000},
    "space": {"app.py": "print()\n"},
    "kernel": {"build/torch-universal/kernel/__init__.py": ""},
}
LEGACY = "of-old"
"""Whose repos those are that have no owner in their id: the Hub leads there."""
COMMIT, SHORT = re.compile(r"[0-9a-f]{40}"), re.compile(r"[0-9a-f]{7,39}")
PULL_REQUEST = re.compile(r"refs/pr/(\d+)")
CONVERSION = re.compile(r"refs/convert/(.+)")

KINDS = {
    ".py": "Python",
    ".ipynb": "notebooks",
    ".yaml": "YAML",
    ".yml": "YAML",
    ".json": "JSON",
    ".toml": "TOML",
    ".md": "Markdown",
    ".ts": "TypeScript",
}
OTHER_KINDS = "shell, Docker"
CORE = {"Python": frozenset({"py"}), "Python, notebooks": frozenset({"py", "nb"})}
"""What score.py calls the kinds of files in which it has calls."""

LONGEST_LINE = "320"
"""The longest that ruff knows."""
FORMATTERS: Mapping[str, Sequence[str]] = {
    "black": ("-q", "--config", os.devnull, "--line-length", LONGEST_LINE),
    "ruff": ("format", "-q", "--isolated", "--no-cache", "--line-length", LONGEST_LINE),
}
WITH_ENDS = frozenset({".py", ".ipynb", ".yaml", ".yml", ".json", ".toml"})
"""Files that say the same with a BOM and with the line ends of Windows."""

TOLD = re.compile(r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<left>left: )?(?P<what>.*)")
NAME = re.compile(r"'[^']*'")


class Mending(TypedDict):
    """One fix in our JSON, as far as it is read here."""

    description: str
    safe: bool


class Complaint(TypedDict):
    """One of the findings in our JSON, as far as it is read here."""

    code: str
    path: str
    line: int
    column: int
    repo_id: str | None
    fix: Mending | None
    unfixable: str | None


class Listed(TypedDict):
    """One of the references in our JSON, as far as it is read here."""

    repo_ids: list[str]
    repo_type: RepoType
    revision: object
    local: bool


class Summary(TypedDict):
    """The numbers in our JSON, as far as they are read here."""

    unanswered: int


class Said(TypedDict):
    """Our JSON, as far as it is read here; only an inventory has references."""

    findings: list[Complaint]
    references: list[Listed]
    summary: Summary


Label = Mapping[str, object]
"""What somebody says of one place of the corpus."""


class Outcome(NamedTuple):
    """What became of a finding: pinned where no reason is given."""

    finding: Complaint
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Trip:
    """One copy of the files: what `check` says before, `pin`, and `check` after it."""

    place: Place
    before: Said
    pinned: Ran
    after: Said
    seconds: float
    is_unsafe: bool

    @property
    def files(self) -> Path:
        return self.place.folder / FILES


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: with safe fixes, and with unsafe ones as well.

    `promised` says in words what `is_kept` is about, where something was promised.
    """

    what: str
    values: Sequence[str]
    promised: str = NOTHING
    is_kept: bool = True


@dataclass(frozen=True, slots=True)
class Score:
    """The functions of score.py that are used here."""

    load: Callable[[Path], list[Label]]
    match: Callable[
        [list[corpus.Finding], list[Label], Callable[[Label], str], set[str]],
        tuple[set[int], object, int, int],
    ]
    kind: Callable[[str], str]
    duty: Callable[[Label], str]
    ratio: Callable[[int, int], str]

    @classmethod
    def of(cls, script: Path) -> Score:
        module = corpus.loaded(script)
        return cls(module.load, module.match, module.ftype, module.cls1, module.ratio)

    def hits(self, findings: Iterable[Complaint], labels: list[Label]) -> set[int]:
        """The numbers of the labels for references that have to be found, and are."""
        found = [
            corpus.Finding(
                file=one["path"].removeprefix(f"{FILES}/"),
                line=one["line"],
                col=one["column"],
                rule=one["code"],
                repo_id=one["repo_id"],
            )
            for one in findings
        ]
        return self.match(found, labels, self.duty, {"core"})[0]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark: 0, or 2 with one line that says what is missing."""
    options = corpus.parser_of(__doc__).parse_args(arguments)
    with contextlib.ExitStack() as kept:
        work = options.work or Path(kept.enter_context(tempfile.TemporaryDirectory()))
        trouble = corpus.missing(options) or corpus.bring(options.shared, options.mirror, work)
        if trouble is not None:
            print(f"pin.py: {trouble}", file=sys.stderr)
            return 2
        for name in FORMATTERS:
            if _program(name) is None:
                print(f"{name} is not in this environment: no line for it\n")
        print(row("files", "what", "promised", *FIXES))
        print("|---" * (3 + len(FIXES)) + "|")
        corpora = corpus.parts_of(options.mirror, work)[:1]
        probe = corpus.probe_of(options.shared / "probe", work / "probe")
        score = Score.of(options.shared / "corpus" / "score.py")
        for part in (*corpora, probe):
            _print(part, _measured(part, work / "pinned" / part.folder.name, score))
    return 0


def world_of(references: Iterable[Listed]) -> World:
    """A Hub that has every repo that is named, each at every revision that is named with it."""
    revisions: dict[tuple[RepoType, str], set[str]] = defaultdict(set)
    for one in references:
        for repo_id in () if one["local"] else one["repo_ids"]:
            revisions[one["repo_type"], repo_id] |= _strings(one["revision"])
    world = World()
    world.create_organization(LEGACY)
    for (repo_type, repo_id), wanted in revisions.items():
        _create(world, repo_type, repo_id)
        for revision in sorted(wanted - {"main", "?"}, key=_order):
            _point(world, repo_type, repo_id, revision)
    return world


def _strings(value: object) -> set[str]:
    values = value if isinstance(value, list) else [value]
    return {one for one in values if isinstance(one, str)}


def _order(revision: str) -> tuple[bool, int, str]:
    """Commits come before names for the newest one, whole hashes before their beginnings."""
    return not _is_hash(revision), -len(revision), revision


def _is_hash(revision: str) -> bool:
    return bool(COMMIT.fullmatch(revision) or SHORT.fullmatch(revision))


def _create(world: World, repo_type: RepoType, repo_id: str) -> None:
    if world.find_repo(repo_type, repo_id) is not None:
        return
    full = repo_id if "/" in repo_id else f"{LEGACY}/{repo_id}"
    owner = full.partition("/")[0]
    if world.account(owner) is None:
        world.create_organization(owner)
    world.create_repo(repo_type, full, CONTENTS[repo_type])
    if full != repo_id:
        world.redirect(repo_type, repo_id, full)


def _point(world: World, repo_type: RepoType, repo_id: str, revision: str) -> None:
    """Let a repo have a revision: a commit, a pull request, a conversion, or else a tag."""
    repo = world.find_repo(repo_type, repo_id)
    assert repo is not None
    if repo.resolve(revision) is not None:
        return
    if _is_hash(revision):
        world.call_head(repo_type, repo.id, revision.ljust(40, "0"))
        world.commit(repo_type, repo.id, {"README.md": f"after {revision}"})
    elif PULL_REQUEST.fullmatch(revision):
        while world.repo(repo_type, repo.id).resolve(revision) is None:
            world.open_draft(repo_type, repo.id)
    elif conversion := CONVERSION.fullmatch(revision):
        world.convert(repo_type, repo.id, conversion[1])
    else:
        world.tag(repo_type, repo.id, revision)


def _print(part: Part, figures: Iterable[Figure]) -> None:
    title = f"{len(corpus.files_of(part))} {part.title}"
    for one in figures:
        promised = one.promised if one.is_kept else f"{one.promised} **not kept**"
        print(row(title, one.what, promised, *one.values), flush=True)


def _measured(part: Part, work: Path, score: Score) -> Iterator[Figure]:
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    listing = _copied(part.folder / FILES, work / "originals", "")
    originals = listing.folder / FILES
    listed = _said(listing, "list")
    with FakeHub(world_of(listed["references"]), rate_limit=None) as hub:

        def copied(source: Path, name: str) -> Place:
            return _copied(source, work / name, hub.url)

        trips = {
            title: _trip(copied(originals, title.replace(" ", "-")), options)
            for title, options in FIXES.items()
        }
        outcomes = {title: _outcomes(trip) for title, trip in trips.items()}
        if (part.folder / "labels.jsonl").is_file():
            yield from _core(score, part.folder / "labels.jsonl", outcomes)
        yield from _by_kind(score, outcomes)
        yield from _counted(trips, outcomes)
        yield from _compared(originals, trips)
        yield _on_windows(originals, trips, copied)
        yield _again(trips)
        for name in FORMATTERS:
            if _program(name) is not None:
                yield from _formatting(name, originals, copied)
        yield Figure("seconds of pin", [f"{trip.seconds:.2f}" for trip in trips.values()])


def _copied(source: Path, folder: Path, endpoint: str) -> Place:
    # A repository around the folder has no say in which of its files are looked at.
    place = Place.at(folder, endpoint).where(GIT_CEILING_DIRECTORIES=str(folder.resolve()))
    shutil.copytree(source, folder / FILES)
    for name in _names(folder / FILES):
        file = folder / FILES / name
        file.chmod(file.stat().st_mode | stat.S_IWUSR)
    return place


def _trip(place: Place, options: Sequence[str]) -> Trip:
    before = _said(place, "check", *PATIENCE)
    started = time.perf_counter()
    pinned = _pin(place, options)
    seconds = time.perf_counter() - started
    return Trip(place, before, pinned, _said(place, "check", *PATIENCE), seconds, bool(options))


def _said(place: Place, command: str, *options: str) -> Said:
    ran = _ran(place, command, "--format", "json", *options)
    said: Said = json.loads(ran.out)
    return said


def _pin(place: Place, options: Sequence[str]) -> Ran:
    return _ran(place, "pin", *PATIENCE, *options)


def _ran(place: Place, command: str, *options: str) -> Ran:
    ran = place.hfmodels(command, "--isolated", *options, FILES)
    if ran.code not in ENDED:
        raise SystemExit(f"pin.py: {command} ends with {ran.code}: {ran.err.strip()}")
    sys.stderr.write(ran.err)
    return ran


def _outcomes(trip: Trip) -> Sequence[Outcome]:
    """What `pin` says that it did about each finding that `check` said it could do it about."""
    lines = [found for one in trip.pinned.out.splitlines() if (found := TOLD.fullmatch(one))]
    done = Counter((_place(one), one["what"]) for one in lines if not one["left"])
    left = {_place(one): one["what"] for one in lines if one["left"]}
    outcomes = []
    for one in trip.before["findings"]:
        if one["code"] not in MENDED:
            continue
        place = (one["path"], str(one["line"]), str(one["column"]))
        fix = one["fix"]
        if fix is None:
            outcomes.append(Outcome(one, one["unfixable"] or "pin does not mend it"))
        elif done[place, fix["description"]]:
            done[place, fix["description"]] -= 1
            outcomes.append(Outcome(one))
        else:
            outcomes.append(Outcome(one, left.get(place, "pin says nothing of it")))
    return outcomes


def _place(found: re.Match[str]) -> tuple[str, str, str]:
    return found["path"], found["line"], found["column"]


def _core(
    score: Score, labelled: Path, outcomes: Mapping[str, Sequence[Outcome]]
) -> Iterator[Figure]:
    """The references that everybody has to report, and whether they are pinned."""
    every = score.load(labelled)
    for group, kinds in CORE.items():
        labels = [one for one in every if score.kind(str(one["file"])) in kinds]
        wanted = {number for number, one in enumerate(labels) if score.duty(one) == "core"}
        whys = {title: _whys(score, some, labels) for title, some in outcomes.items()}
        pinned = [sum(not why.get(one, "?") for one in wanted) for why in whys.values()]
        ratios = [score.ratio(one, len(wanted)) for one in pinned]
        is_kept = pinned[0] >= SHARE * len(wanted)
        yield Figure(f"core references pinned, {group}", ratios, f">= {SHARE}", is_kept)
    reasons = [Counter(why.get(one, "not reported") for one in wanted) for why in whys.values()]
    yield from _reasons(f"core references left, {group}", reasons)


def _whys(score: Score, outcomes: Iterable[Outcome], labels: list[Label]) -> Mapping[int, str]:
    """Why each reference that was reported is not pinned, by its label; empty where it is."""
    by_reason: dict[str, list[Complaint]] = defaultdict(list)
    for finding, reason in outcomes:
        if finding["code"] == "HFM001":
            by_reason[_general(reason)].append(finding)
    hits = {reason: score.hits(findings, labels) for reason, findings in by_reason.items()}
    return {label: reason for reason in sorted(hits) for label in hits[reason]}


def _general(reason: str) -> str:
    return NAME.sub("…", reason)


def _by_kind(score: Score, outcomes: Mapping[str, Sequence[Outcome]]) -> Iterator[Figure]:
    """Every finding of HFM001, pinned or not, by the kind of its file."""
    reasons: dict[str, dict[str, Counter[str]]] = {}
    for title, some in outcomes.items():
        for finding, reason in some:
            if finding["code"] == "HFM001":
                of_kind = reasons.setdefault(_kind(finding), {one: Counter() for one in outcomes})
                of_kind[title][_general(reason)] += 1
    for kind, counts in sorted(reasons.items()):
        ratios = [score.ratio(one[""], one.total()) for one in counts.values()]
        yield Figure(f"HFM001 pinned, {kind}", ratios)
        yield from _reasons(f"HFM001 left, {kind}", [*counts.values()])


def _kind(finding: Complaint) -> str:
    return KINDS.get(Path(finding["path"]).suffix, OTHER_KINDS)


def _reasons(what: str, reasons: Sequence[Counter[str]]) -> Iterator[Figure]:
    every: Counter[str] = sum(reasons, Counter())
    for reason, _number in every.most_common():
        if reason:
            yield Figure(f"{what}: {reason}", [str(one[reason]) for one in reasons])


def _counted(
    trips: Mapping[str, Trip], outcomes: Mapping[str, Sequence[Outcome]]
) -> Iterator[Figure]:
    """Whether exactly those findings are gone that were pinned."""
    unanswered = [trip.before["summary"]["unanswered"] for trip in trips.values()]
    yield _none("questions without an answer", [["?"] * number for number in unanswered])
    lost, new, fixable = [], [], []
    for (title, trip), some in zip(trips.items(), outcomes.values(), strict=True):
        before, after = _numbers(trip.before["findings"]), _numbers(trip.after["findings"])
        pinned = _numbers(one.finding for one in some if not one.reason)
        odd = (before - after - pinned) + (pinned - (before - after))
        lost.append(told(title, "gone or pinned, not both", odd.elements()))
        new.append(told(title, "new", (after - before).elements()))
        left = _numbers(one for one in trip.after["findings"] if _is_due(one["fix"], trip))
        fixable.append(told(title, "has a fix and is left", left.elements()))
    yield _none("findings gone, but not pinned, or pinned, but not gone", lost)
    yield _none("new findings", new)
    yield _none("findings left that have a fix", fixable)


def _numbers(findings: Iterable[Complaint]) -> Counter[str]:
    """How many findings of a code each file has for an id: places move with the lines."""
    return Counter(f"{one['path']}: {one['code']} {one['repo_id']}" for one in findings)


def _is_due(fix: Mending | None, trip: Trip) -> bool:
    return fix is not None and (fix["safe"] or trip.is_unsafe)


def _compared(originals: Path, trips: Mapping[str, Trip]) -> Iterator[Figure]:
    """What changed in the files, beside the pins."""
    changed, parsed, other, modes = [], [], [], []
    for title, trip in trips.items():
        pairs = [(name, old, new) for name, old, new in _pairs(originals, trip.files) if old != new]
        found = [
            (name, alike.difference(name, old, new, trip.is_unsafe)) for name, old, new in pairs
        ]
        changed.append(str(len(pairs)))
        parsed.append(str(sum(alike.is_parsed(name, old) for name, old, _new in pairs)))
        other.append(
            told(title, "differs", [f"{name}: {why}" for name, why in found if why is not None])
        )
        modes.append(told(title, "has another mode", _other_modes(originals, trip.files)))
    yield Figure("files changed", changed)
    yield Figure("files changed and compared as trees", parsed)
    yield _none("files that differ in more than pins", other)
    yield _none("files of another mode, or gone, or new", modes)


def _pairs(old: Path, new: Path) -> Iterator[tuple[str, bytes, bytes]]:
    """Each file of a folder by its name, with what it holds there and in another folder."""
    for name in _names(old):
        yield name, (old / name).read_bytes(), (new / name).read_bytes()


def _names(folder: Path) -> Sequence[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def _other_modes(old: Path, new: Path) -> Sequence[str]:
    before, after = (
        {(name, stat.S_IMODE((folder / name).stat().st_mode)) for name in _names(folder)}
        for folder in (old, new)
    )
    return sorted({name for name, _mode in before ^ after})


def _again(trips: Mapping[str, Trip]) -> Figure:
    """Whether there is nothing left to do."""
    changed = []
    for title, trip in trips.items():
        before = _contents(trip.files)
        _pin(trip.place, FIXES[title])
        changed.append(told(title, "changes again", _others(before, trip.files)))
    return _none("files that a second run changes", changed)


def _contents(folder: Path) -> Mapping[str, bytes]:
    return {name: (folder / name).read_bytes() for name in _names(folder)}


def _others(contents: Mapping[str, bytes], folder: Path) -> Sequence[str]:
    """The files that hold something else than they did."""
    return [name for name, data in contents.items() if (folder / name).read_bytes() != data]


def _on_windows(
    originals: Path, trips: Mapping[str, Trip], copied: Callable[[Path, str], Place]
) -> Figure:
    """Whether the same is written into files with a BOM and other line ends."""
    others = []
    for number, (title, trip) in enumerate(trips.items()):
        place = copied(originals, f"windows-{number}")
        names = [name for name, data in _contents(originals).items() if _is_converted(name, data)]
        for name in _names(originals):
            file = place.folder / FILES / name
            if name in names:
                file.write_bytes(_with_ends(file.read_bytes()))
            else:
                file.unlink()
        _pin(place, FIXES[title])
        wanted = {name: _with_ends((trip.files / name).read_bytes()) for name in names}
        others.append(
            told(title, "is pinned otherwise on Windows", _others(wanted, place.folder / FILES))
        )
    return _none("files pinned otherwise with BOM and CRLF", others)


def _is_converted(name: str, data: bytes) -> bool:
    return Path(name).suffix in WITH_ENDS and b"\r" not in data and not data.startswith(alike.BOM)


def _with_ends(data: bytes) -> bytes:
    return alike.BOM + data.replace(b"\n", b"\r\n")


def _formatting(
    name: str, originals: Path, copied: Callable[[Path, str], Place]
) -> Iterator[Figure]:
    """Whether files that a formatter has been over are as it wants them after `pin`, too."""
    base = copied(originals, name)
    _format(name, base)
    others, longer = [], []
    for number, (title, options) in enumerate(FIXES.items()):
        place = copied(base.folder / FILES, f"{name}-{number}")
        _pin(place, options)
        pinned = _contents(place.folder / FILES)
        _format(name, place)
        changed = _others(pinned, place.folder / FILES)
        too_long = [one for one in changed if _has_longer(pinned[one], base.folder / FILES / one)]
        shorter = [one for one in changed if one not in too_long]
        others.append(told(title, f"is no longer as {name} wants it", shorter))
        longer.append(str(len(too_long)))
    what = f"files that {name} would change, at {LONGEST_LINE} characters"
    yield _none(what, others)
    yield Figure(f"{what}, with pins in longer lines", longer)


def _has_longer(data: bytes, before: Path) -> bool:
    """Whether there is a line longer than formatters let it be that was not there before."""
    lines = {*data.splitlines()} - {*before.read_bytes().splitlines()}
    return any(len(one) > int(LONGEST_LINE) for one in lines)


def _format(name: str, place: Place) -> None:
    program = _program(name)
    assert program is not None
    files = [str(one.relative_to(place.folder)) for one in place.folder.rglob("*.py")]
    place.run(program, *FORMATTERS[name], *sorted(files))


def _program(name: str) -> str | None:
    return shutil.which(name, path=str(corpus.PROGRAMS))


def _none(what: str, found: Sequence[Sequence[str]]) -> Figure:
    """How many things were found of which there should be none."""
    return Figure(what, [str(len(some)) for some in found], "0", not any(found))


def told(title: str, what: str, found: Iterable[str]) -> Sequence[str]:
    """What was found, told on standard error as well."""
    every = list(found)
    for one in every:
        print(f"pin.py: {title}: {what}: {one}", file=sys.stderr)
    return every


if __name__ == "__main__":
    sys.exit(main())
