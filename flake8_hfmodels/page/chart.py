"""The map from files to repos to owners: what stands where, and what leads to what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from flake8_hfmodels.finding import Finding, Severity
from flake8_hfmodels.page.content import Content, Held, worst_of
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.report.footer import count
from flake8_hfmodels.report.portable import slashed

MOST = 40
"""Nodes of a column; where there are more, files stand for their folder, repos for their owner."""

NOBODY = "no owner named"
"""In place of the owner of a repo without a namespace."""

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Node:
    """One box: its words, how many things it stands for, and the worst finding about them.

    `href` is where the page has more of it.
    """

    key: str
    words: str
    about: str
    href: str
    worst: Severity | None


@dataclass(frozen=True, slots=True)
class Chart:
    """Three columns of nodes, and the pairs of keys that are joined."""

    columns: tuple[tuple[Node, ...], tuple[Node, ...], tuple[Node, ...]]
    edges: tuple[tuple[str, str], ...]


def chart_of(content: Content) -> Chart:
    """The map of all repos that a file names; each column has the order that crosses least."""
    repos = [one for one in content.repos if one.places]
    named = {path for one in repos for path in one.files}
    places = folders([path for path in content.files if path in named])
    by_owner = {one.number: one.owner or NOBODY for one in repos}
    names = _gathered(by_owner, "(others)") if len(repos) > MOST else _own_names(repos)
    owners = _gathered(by_owner, "(others)")
    to_repo = _ordered(
        (f"f:{places[path]}", f"r:{names[one.number]}") for one in repos for path in one.files
    )
    to_owner = _ordered((f"r:{names[one.number]}", f"o:{owners[one.number]}") for one in repos)
    file_nodes = _files(content, places)
    at = {one.key: float(number) for number, one in enumerate(file_nodes)}
    at = _between(to_repo, at)
    owner_at = _between(to_owner, at)
    owner_of = dict(to_owner)
    repo_nodes = sorted(
        _repos(repos, names),
        key=lambda one: (owner_at[owner_of[one.key]], owner_of[one.key], at[one.key]),
    )
    owner_nodes = sorted(_owners(repos, owners), key=lambda one: (owner_at[one.key], one.key))
    return Chart((file_nodes, tuple(repo_nodes), tuple(owner_nodes)), (*to_repo, *to_owner))


def folders(paths: Sequence[str], most: int = MOST) -> Mapping[str, str]:
    """What each file stands under: itself, or the deepest folders that there is room for.

    Where there are too many folders even so, those with the fewest files stand together.
    """
    parts = {path: slashed(path).split("/") for path in paths}
    if len(paths) <= most:
        return {path: path for path in paths}
    for depth in range(max(map(len, parts.values())) - 1, 0, -1):
        found = {path: _folder(one, depth) for path, one in parts.items()}
        if len(set(found.values())) <= most:
            return found
    return _gathered({path: _folder(one, 1) for path, one in parts.items()}, "other folders", most)


def _folder(parts: Sequence[str], depth: int) -> str:
    return "/".join((*parts[:-1][:depth], "")) or "./"


def _gathered(found: Mapping[_Key, str], rest: str, most: int = MOST) -> Mapping[_Key, str]:
    """The names that stand for most, as many as there is room for; the others under one name."""
    counts = Counter(found.values())
    if len(counts) <= most:
        return found
    kept = {name for name, _number in counts.most_common(most - 1)}
    return {key: name if name in kept else rest for key, name in found.items()}


def _own_names(repos: Sequence[Held]) -> Mapping[int, str]:
    return {one.number: str(one.number) for one in repos}


def _ordered(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(pairs))


def _between(edges: Sequence[tuple[str, str]], at: Mapping[str, float]) -> dict[str, float]:
    """Where the right ends of edges stand best: in the middle of their left ends."""
    ends: dict[str, list[float]] = {}
    for left, right in edges:
        ends.setdefault(right, []).append(at[left])
    return {right: sum(some) / len(some) for right, some in ends.items()}


def _files(content: Content, places: Mapping[str, str]) -> tuple[Node, ...]:
    about: dict[str, list[Finding]] = {}
    for one in content.report.findings:
        about.setdefault(one.path, []).append(one)
    inside: dict[str, list[str]] = {}
    for path, place in places.items():
        inside.setdefault(place, []).append(path)
    numbers = {path: number for number, path in enumerate(content.files, 1)}
    return tuple(
        Node(
            f"f:{place}",
            place,
            "file" if some == [place] else count(len(some), "file"),
            f"#file-{numbers[place]}" if place in about else "#risk",
            worst_of(one for path in some for one in about.get(path, ())),
        )
        for place, some in sorted(inside.items())
    )


def _repos(repos: Sequence[Held], names: Mapping[int, str]) -> Iterable[Node]:
    inside: dict[str, list[Held]] = {}
    for one in repos:
        inside.setdefault(names[one.number], []).append(one)
    for name, some in inside.items():
        worst = worst_of(finding for one in some for finding in one.findings)
        if len(some) == 1:
            (one,) = some
            yield Node(f"r:{name}", one.repo_id, one.repo_type, f"#repo-{one.number}", worst)
        else:
            yield Node(f"r:{name}", name, count(len(some), "repo"), "#repos", worst)


def _owners(repos: Sequence[Held], owners: Mapping[int, str]) -> Iterable[Node]:
    inside: dict[str, list[Held]] = {}
    for one in repos:
        inside.setdefault(owners[one.number], []).append(one)
    for name, some in inside.items():
        worst = worst_of(finding for one in some for finding in one.findings)
        yield Node(f"o:{name}", name, count(len(some), "repo"), "#owners", worst)
