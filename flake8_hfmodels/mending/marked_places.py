"""Where the values of keys stand in a file, or in the code that a manual shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.mending.marked_leaves import read_marked
from flake8_hfmodels.mending.text_ground import Ground
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.config.document import Document, Spot
from flake8_hfmodels.sources.config.made import whole
from flake8_hfmodels.sources.marked.tree import Leaf
from flake8_hfmodels.sources.placed import Placed, whole_file

_FENCE = regex(
    r"(?ms)^(?P<mark>`{3,}|~{3,})[ \t]*(?P<language>ya?ml|json|toml|ini)\b[^\n]*\n"
    r"(?P<code>.*?)^(?P=mark)"
)
_HEAD = regex(r"(?ms)\A---[ \t]*\r?\n(?P<code>.*?)^---")
_HEADER = regex(r"\|[-+\d]*[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n)\s*\Z")


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One value: what stands around it, from where to where it stands, and in what language."""

    document: Document
    spot: Spot
    leaf: Leaf
    start: int
    end: int
    kind: KindName


class Places:
    """All values of a file."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._places: Sequence[Place] = tuple(_places(ground))

    def at(self, start: int, end: int) -> Place | None:
        """The value that a stretch of the file is part of, the smallest that there is."""
        found = [one for one in self._places if one.start <= start and end <= one.end]
        return min(found, key=lambda one: one.end - one.start, default=None)

    def is_script(self, place: Place) -> bool:
        """Whether a value is a text whose lines a shell reads as they stand there."""
        before = self._ground.text[max(place.start - 200, 0) : place.start]
        return place.leaf.block and _HEADER.search(before) is not None


def _places(ground: Ground) -> Iterator[Place]:
    for kind, text in _texts(ground):
        marked = read_marked(kind, text)
        for root in marked.documents if marked is not None else ():
            document = Document(root)
            for spot in document.spots:
                if isinstance(spot.node, Leaf):
                    start, end = ground.ends(whole(spot.node.text))
                    yield Place(document, spot, spot.node, start, end, kind)


def _texts(ground: Ground) -> Iterator[tuple[KindName, Placed]]:
    text = whole_file(ground.text)
    if ground.kind not in ("markdown", "rst"):
        yield ground.kind, text
        return
    head = _HEAD.match(ground.text)
    if head is not None:
        yield "yaml", text.part(*head.span("code"))
    for fence in _FENCE.finditer(ground.text):
        yield _LANGUAGES[fence["language"]], text.part(*fence.span("code"))


_LANGUAGES: dict[str, KindName] = {
    "yaml": "yaml",
    "yml": "yaml",
    "json": "json",
    "toml": "toml",
    "ini": "ini",
}
