"""The tables: every repo, every reference, and the risk of each file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Moved, Repo, Unavailable
from flake8_hfmodels.finding import Finding, Severity
from flake8_hfmodels.lock.making import formats_of
from flake8_hfmodels.page.bars import bar
from flake8_hfmodels.page.content import (
    WORST_FIRST,
    Content,
    Held,
    Pin,
    Place,
    counted,
    worst_of,
)
from flake8_hfmodels.page.grid import Cell, Column, grid
from flake8_hfmodels.page.markup import Html, Inner, code, name, tag, together
from flake8_hfmodels.page.words import (
    commit,
    ids_of,
    listed,
    pin_badge,
    place_of,
    revision_of,
    rule_link,
    severity_badge,
)
from flake8_hfmodels.report.footer import count

NAMED = 5
"""Files that are named of a repo; the table of references has all."""

_REPOS = (
    Column("Repo"),
    Column("Type"),
    Column("Findings"),
    Column("Pinned"),
    Column("Revision"),
    Column("Owner"),
    Column("On the Hub"),
    Column("Loaded by"),
    Column("Licence"),
    Column("Formats"),
    Column("Created", "date"),
    Column("Downloads", "number"),
)
_REFERENCES = (
    Column("Where"),
    Column("Repo"),
    Column("Revision"),
    Column("Pin"),
    Column("Findings"),
    Column("Type"),
    Column("Call"),
)
_FILES = (
    Column("File"),
    Column("Worst"),
    *(Column(one.value.capitalize(), "number") for one in WORST_FIRST),
    Column("Findings"),
    Column("References", "number"),
    Column("Pinned", "number"),
)


def repos(content: Content) -> Html:
    """The inventory."""
    return tag(
        "section",
        tag("h2", "Repos", id="repos"),
        grid("Every repo that the code names", _REPOS, map(_repo, content.repos), "repos", "repo")
        if content.repos
        else tag("p", "None."),
        aria_labelledby="repos",
    )


def _repo(held: Held) -> Iterator[Cell]:
    yield Cell(code(held.repo_id))
    yield Cell(held.repo_type)
    yield Cell(*_worst(held.findings))
    yield Cell(*_pinned(held))
    yield Cell(_revisions(held))
    yield Cell(_owner(held), held.owner)
    yield Cell(status(held.facts))
    yield Cell(_loaded_by(held))
    yield from _described(held.repo)


def _described(repo: Repo | None) -> Iterator[Cell]:
    """Licence, formats, the day that it was made, downloads: as far as they are known."""
    if repo is None:
        yield from (Cell(""), Cell(""), Cell(""), Cell("", -1))
        return
    yield Cell(repo.licence)
    yield Cell(", ".join(formats_of(repo)))
    yield Cell(repo.created_at[:10])
    known = repo.downloads is not None
    yield Cell(f"{repo.downloads:,}", repo.downloads) if known else Cell("", -1)


def _owner(held: Held) -> Html:
    publisher = held.publisher
    if publisher is None:
        return code(held.owner) if held.owner else tag("span", "none", class_="quiet")
    kind = "organization" if publisher.kind == "org" else "user"
    verified = "verified " if publisher.is_verified else ""
    about = tag("span", f" ({verified}{kind})", class_="quiet")
    return together((code(publisher.name), about))


def _pinned(held: Held) -> tuple[Html, int]:
    """Whether all references to it are pinned, and how much of a worry that is."""
    counts = {pin: number for pin, number in held.pins.items() if pin is not Pin.NOTHING}
    total = sum(counts.values())
    pinned = counts.get(Pin.COMMIT, 0)
    if not total:
        words = "comes with another" if held.beside else "only named"
        return tag("span", words, class_="pin nothing"), 3
    if pinned == total:
        return tag("span", "pinned", class_="pin commit"), 2
    if pinned:
        return tag("span", f"{pinned} of {total} references", class_="pin ref"), 1
    return tag("span", "not pinned", class_="pin none"), 0


def _revisions(held: Held) -> Html:
    """What the code says, and what that stands for now, if it is something else."""
    named = together(_separated(held.revisions))
    repo = held.repo
    if repo is None or repo.sha is None or repo.sha in held.revisions:
        return named
    return together((named, tag("span", " now ", class_="quiet"), commit(repo.sha)))


def _separated(revisions: Sequence[str]) -> Iterator[Inner]:
    for number, one in enumerate(revisions):
        yield ", " if number else None
        yield commit(one) if one else tag("span", "default branch", class_="quiet")


def status(facts: Facts | None) -> str:
    """What is known of a repo, in words."""
    match facts:
        case Found(repo=repo):
            return _state(repo)
        case Moved(repo=repo):
            return f"moved to {name(repo.id)}; {_state(repo)}"
        case Missing(what=Lacking.REVISION):
            return "there, but not at this revision"
        case Missing():
            return "not there, or not for us"
        case Unavailable(why=why):
            return why
        case _:
            return "not asked"


def _state(repo: Repo) -> str:
    flagged = count(len(repo.flagged), "file")
    words = (
        ("disabled by the Hub", repo.disabled),
        ("private", repo.private),
        ("gated", repo.gated),
        ("runs its own code", repo.has_custom_code),
        (f"scanners complain about {flagged}", bool(repo.flagged)),
    )
    return ", ".join(word for word, holds in words if holds) or "there"


def _loaded_by(held: Held) -> Html:
    if held.beside:
        return together(("comes with ", listed(held.beside)))
    files = held.files
    more = f" and {count(len(files) - NAMED, 'more file')}" if len(files) > NAMED else ""
    return together((listed(files[:NAMED]), more))


def _worst(findings: Sequence[Finding]) -> tuple[Html | None, int]:
    """How bad the worst one is and which rules speak; what to sort it by."""
    worst = worst_of(findings)
    if worst is None:
        return None, len(WORST_FIRST)
    codes = dict.fromkeys(one.code for one in findings)
    links = [part for one in codes for part in (" ", rule_link(one))]
    return together((severity_badge(worst), *links)), WORST_FIRST.index(worst)


def references(content: Content) -> Html:
    """Every place that names a repo."""
    return tag(
        "section",
        tag("h2", "References", id="references"),
        grid(
            "Every reference, in the order of the files",
            _REFERENCES,
            map(_reference, content.places),
            "references",
            "reference",
        )
        if content.places
        else tag("p", "None."),
        aria_labelledby="references",
    )


def _reference(place: Place) -> Iterator[Cell]:
    one = place.reference
    yield Cell(code(place_of(one)), place.number)
    yield Cell(ids_of(one))
    yield Cell(revision_of(one))
    yield Cell(_pin(place), list(Pin).index(place.pin))
    yield Cell(*_worst(place.findings))
    yield Cell(one.repo_type)
    yield Cell(code(one.call))


def _pin(place: Place) -> Html:
    local = place.reference.local
    why = tag("span", f" ({local})", class_="quiet") if local else None
    return together((pin_badge(place.pin), why))


def risk(content: Content) -> Html:
    """How many findings each file has, the worst ones first."""
    by_file: dict[str, list[Finding]] = {path: [] for path in content.files}
    for one in content.report.findings:
        by_file[one.path].append(one)
    places: dict[str, list[Pin]] = {path: [] for path in content.files}
    for place in content.places:
        places[place.reference.path].append(place.pin)
    numbers = {path: number for number, path in enumerate(content.files, 1)}
    most = max(map(len, by_file.values()), default=0)
    ranked = sorted(content.files, key=lambda path: _rank(by_file[path]))
    return tag(
        "section",
        tag("h2", "Risk by file", id="risk"),
        tag(
            "p",
            "By the worst finding, then by how many there are. No number is made of them: "
            "one finding of high severity is not outweighed by any number of others.",
        ),
        grid(
            "Findings of each file, the worst first",
            _FILES,
            (_file(path, numbers[path], by_file[path], places[path], most) for path in ranked),
            "files",
            "risk",
        )
        if ranked
        else tag("p", "No file names a repo."),
        aria_labelledby="risk",
    )


def _rank(found: Sequence[Finding]) -> tuple[int, ...]:
    return tuple(-number for number in counted(found).values())


def _file(
    path: str, number: int, found: Sequence[Finding], pins: Iterable[Pin], most: int
) -> Iterator[Cell]:
    numbers = counted(found)
    yield Cell(tag("a", code(path), href=f"#file-{number}") if found else code(path))
    yield Cell(*_severity(worst_of(found)))
    yield from map(Cell, numbers.values())
    parts = [(one.value, number) for one, number in numbers.items()]
    yield Cell(bar(parts, most) if found else None, len(found))
    loading = [one for one in pins if one is not Pin.NOTHING]
    pinned = sum(one.is_sure for one in loading)
    yield Cell(len(loading))
    yield Cell(f"{pinned} of {len(loading)}" if loading else "", pinned)


def _severity(worst: Severity | None) -> tuple[Html, int]:
    if worst is None:
        return tag("span", "none", class_="quiet"), len(WORST_FIRST)
    return severity_badge(worst), WORST_FIRST.index(worst)
