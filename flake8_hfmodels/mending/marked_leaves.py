"""What a file of keys and values holds, to be compared before and after a change."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.mending.text_ground import Changed, Ground
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.sources.config.document import Document, Spot
from flake8_hfmodels.sources.config.made import whole
from flake8_hfmodels.sources.marked.tree import Leaf, Marked
from flake8_hfmodels.sources.placed import Placed, whole_file


@dataclass(frozen=True, slots=True)
class Held:
    """One value, the keys that lead to it, and where it stands."""

    keys: tuple[str, ...]
    value: str
    plain: bool
    start: int
    end: int

    @property
    def said(self) -> tuple[tuple[str, ...], str, bool]:
        """All but its place."""
        return self.keys, self.value, self.plain


Said = Sequence[tuple[tuple[str, ...], str, bool] | str]
"""Values in their order, and behind them what is wrong with the file, and how strict it is."""


def read_marked(kind: KindName, text: Placed) -> Marked | None:
    """The tree of a text by its kind; `None` for kinds that have none."""
    match kind:
        case "yaml":
            from flake8_hfmodels.sources.marked.yaml import read_yaml

            return read_yaml(text)
        case "json":
            from flake8_hfmodels.sources.marked.json import read_json

            return read_json(text)
        case "notebook":
            from flake8_hfmodels.sources.marked.json import read_json

            return read_json(text, ("outputs", "attachments", "widgets"))
        case "toml":
            from flake8_hfmodels.sources.marked.toml import read_toml

            return read_toml(text)
        case "ini":
            from flake8_hfmodels.sources.marked.ini import read_ini

            return read_ini(text)
        case _:
            return None


def untouched(changed: Changed, ground: Ground) -> tuple[Said, Said]:
    """What a file says before and after changes where these have touched nothing.

    A comment touches nothing.
    """
    pairs = zip(changed.changes, changed.new, strict=True)
    touched = [(one, new) for one, new in pairs if not one.is_comment]
    before = _said(ground, [(one.start, one.end) for one, _new in touched])
    return before, _said(changed.ground, [new for _one, new in touched])


def _said(ground: Ground, touched: Sequence[tuple[int, int]]) -> Said:
    marked = read_marked(ground.kind, whole_file(ground.text))
    if marked is None:
        return ()
    held = [one for root in marked.documents for one in _held(Document(root), ground)]
    kept = [one.said for one in held if not any(_touches(one, place) for place in touched)]
    return [*kept, marked.mistake, _strictness(ground)]


def _strictness(ground: Ground) -> str:
    """Whether only JSON is written in a file of that name, and not what goes beyond it."""
    if ground.kind not in ("json", "notebook"):
        return ""
    try:
        json.loads(ground.text.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return "beyond JSON"
    return "JSON"


def _touches(held: Held, place: tuple[int, int]) -> bool:
    return held.start <= place[1] and place[0] <= held.end


def _held(document: Document, ground: Ground) -> Iterator[Held]:
    for spot in document.spots:
        if isinstance(spot.node, Leaf):
            start, end = ground.ends(whole(spot.node.text))
            keys = tuple(_keys(spot))
            yield Held(keys, spot.node.text.text, spot.node.plain, start, end)


def _keys(spot: Spot | None) -> Iterator[str]:
    while spot is not None:
        if spot.key is not None:
            yield spot.key.text.text
        spot = spot.holder
