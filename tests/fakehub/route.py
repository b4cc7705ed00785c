"""Where a path points: the type and id of a repository, and what of it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from tests.fakehub.objects import RepoType

REPO_TYPES: dict[str, RepoType] = {
    "models": "model",
    "datasets": "dataset",
    "spaces": "space",
    "kernels": "kernel",
}
REVISION_PARTS = frozenset({"revision", "tree", "commits", "paths-info"})
SPLIT_REFS = frozenset({"pr", "convert"})


@dataclass(frozen=True)
class Route:
    """Where in a repository a request points: ``rest`` is what follows the id, as sent."""

    kind: RepoType
    repo_id: str
    rest: tuple[str, ...]

    @property
    def part(self) -> str:
        """The subresource: revision, refs, tree, ...; empty for the repository itself."""
        return self.rest[0] if self.rest else ""

    @property
    def revision(self) -> str:
        """The revision after the subresource, ``main`` without one. ``refs/pr/1`` may be split."""
        if len(self.rest) < 2:
            return "main"
        return unquote("/".join(self.rest[1 : self._path_start]))

    @property
    def path(self) -> str:
        """What follows the revision."""
        return unquote("/".join(self.rest[self._path_start :])).strip("/")

    @property
    def _path_start(self) -> int:
        split = self.rest[1:2] == ("refs",) and SPLIT_REFS & set(self.rest[2:3])
        return 4 if split else 2


def api_route(kind: RepoType, rest: tuple[str, ...]) -> Route:
    """Split an API path behind /api/models/ into id and rest; legacy ids have one segment."""
    legacy = rest[1:2] == () or rest[1] in REVISION_PARTS or rest[1:] == ("refs",)
    length = 1 if legacy or rest[1:] == ("scan",) else 2
    return Route(kind, unquote("/".join(rest[:length])), rest[length:])


def file_route(parts: tuple[str, ...]) -> Route:
    """Split a path such as /datasets/rajpurkar/squad/resolve/main/README.md."""
    kind: RepoType = REPO_TYPES.get(parts[0], "model")
    start = 0 if kind == "model" else 1
    middle = parts.index("resolve")
    return Route(kind, unquote("/".join(parts[start:middle])), parts[middle:])
