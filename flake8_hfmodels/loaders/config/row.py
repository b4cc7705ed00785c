"""What one row about configuration says: which key of which file names a repo."""

from __future__ import annotations

from typing import Literal

from flake8_hfmodels.loaders.row import Loader
from flake8_hfmodels.record import dataclass

Use = Literal["loads", "remote", "records"]
"""What becomes of a value.

loads: a program reads that repo. remote: somebody else's server runs it. records: it is written
down where a thing comes from, and nothing is read by it.
"""

SNAPSHOT = "download a pinned snapshot (hf download --revision <commit>) and name its folder here"
AT_HASH = "write the full commit hash behind the name: org/name@<hash>"
COLON_HASH = "write the full commit hash behind the name: hf://…/name:<hash>"


@dataclass(frozen=True, slots=True)
class Key:
    """One key whose value names a repo.

    path: the names of the keys that lead to it, dots between; lists on the way are left out, `*`
    stands for any one name, a leading `^` for the top of the document. With `^*` it is the top
    level itself whose keys are meant.
    loader: its parameters are keys that stand beside it, or with `within` in a mapping beside it;
    the first name is the one that people are told.
    mark: what stands between the name and a revision, where the value may hold one; a blank:
    the revision is the third word; two dashes: what is behind them is a class of that
    repo; a slash: a file of it.
    many: several names with commas between.
    names: it is the keys of that mapping that are names, not its values.
    needs: a key that must stand beside it; without it nothing is read.
    """

    path: str
    loader: Loader
    use: Use = "loads"
    mark: Literal["", "@", ":", " ", "--", "/"] = ""
    many: bool = False
    names: bool = False
    needs: str = ""


@dataclass(frozen=True, slots=True)
class System:
    """One kind of configuration file that a program or a library reads.

    files: patterns of its name in lower case, of which one must fit; none: it has any name.
    has: keys that the document must hold, all of them; alternatives have `|` between.
    """

    name: str
    keys: tuple[Key, ...]
    files: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
