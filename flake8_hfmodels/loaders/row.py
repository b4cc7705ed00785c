"""What one row of the catalogue says: which call loads, and where its arguments sit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RepoType = Literal["model", "dataset", "space", "kernel"]

Reads = Literal["weights", "diffusers", "adapter", "config", "data", "files", "code"]
"""What a loader takes out of a repo.

weights: model weights, safetensors before pickles. diffusers: the weights of each component
of a pipeline. adapter: adapter weights (LoRA and the like). config: JSON and vocabulary only.
data: rows of a dataset. files: whatever is there or is named, unread. code: Python that runs.
"""


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a call: its names, newest first, and its position if it has one.

    `within` is the keyword argument whose dictionary holds it (`model_kwargs`).
    """

    names: tuple[str, ...]
    position: int | None = None
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Loader:
    """One entry point that reads from the Hub.

    `package` is the root package; `name` is the dotted tail of the canonical name in it, `*`
    stands for any run of characters in one part. `source` is where all of this was read.

    repo_id: several parameters mean several repos in one call, each a reference; none means that
    nothing is downloaded but the code that the argument names.
    revision: `None` where the call has no way to pin; then `instead` says what to do.
    repo_type_param: the parameter that chooses the repo's type.
    only_if: the call loads only where this keyword is given and is not false.
    runs_code: the call runs code of the repo although no flag allows it; the words say what.
    bare: the method's name alone is enough to know it, whatever the receiver is.
    bare_owner: the namespace that stands before an id without a slash.
    prefixes: what stands before an id that means the Hub; without one it is something else.
    never_local: what it is given is a repo id always, never a path.
    at_revision: `name@revision` in the id is a pin.
    names_elsewhere: an id without a slash is not a repo but a name of the library's own.
    builders: an id in `packaged_builders` reads local files, not a repo.
    default_model: without an id the library loads a model of its own choice.
    takes_object: the parameter for the id also takes a model that is already in memory.
    always_pickle: the loader unpickles whatever the repo holds; there is no safe file for it.
    """

    package: str
    name: str
    source: str
    repo_id: tuple[Param, ...]
    revision: Param | None
    repo_type: RepoType = "model"
    reads: Reads = "weights"
    instead: str = ""
    repo_type_param: Param | None = None
    only_if: str | None = None
    code_revision: Param | None = None
    trust_remote_code: Param | None = None
    runs_code: str | None = None
    options: tuple[str, ...] = ()
    bare: bool = False
    bare_owner: str | None = None
    prefixes: tuple[str, ...] = ()
    never_local: bool = False
    at_revision: bool = False
    names_elsewhere: bool = False
    builders: bool = False
    default_model: bool = False
    takes_object: bool = False
    always_pickle: bool = False

    @property
    def method(self) -> str:
        """The last part of the name, by which calls are first sorted out."""
        return self.name.rpartition(".")[2]
