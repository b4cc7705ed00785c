"""What one row of the catalogue says: which call loads, and where its arguments sit."""

from __future__ import annotations

from functools import cache
from typing import Literal

from flake8_hfmodels.record import dataclass

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

    `within` is the keyword argument whose dictionary holds it (`model_kwargs`); some versions or
    libraries take it beside that dictionary as well, but not where it is `only_within`.
    """

    names: tuple[str, ...]
    position: int | None = None
    within: str | None = None
    only_within: bool = False


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
    also: further repos that the same call loads, each with its own parameters; a row of them
    counts only where its id is given.
    downloads: the call reads from the Hub; without it the id is only mentioned (an inference
    client, an upload, a question about the repo).
    writes: the call changes the repo, for which it needs a right; nothing of it comes here.
    runs_code: the call runs code of the repo although no flag allows it; the words say what.
    code_if: `runs_code` holds only where this parameter is given.
    trust_by_default: `trust_remote_code` is on unless the call turns it off.
    options: what decides which files are read; a name alone is a keyword of that name.
    bare: the method's name alone is enough to know it, whatever the receiver is.
    bare_owner: the namespace that stands before an id without a slash.
    prefixes: what stands before an id that means the Hub; without one it is something else.
    never_local: what it is given is a repo id always, never a path.
    at_revision: `name@revision` in the id is a pin.
    hub_path: the id is a path of the Hub's file system: `[hf://][datasets/]owner/name[@revision]/…`.
    names_elsewhere: an id without a slash is not a repo but a name of the library's own.
    builders: an id in `packaged_builders` reads local files, not a repo.
    default_model: without an id the library loads a model of its own choice.
    default_ids: which one that is: pairs of what `default_for` must be (empty: anything) and id.
    default_for: the parameter, such as the task, by which the library chooses.
    takes_object: the parameter for the id also takes a model that is already in memory.
    reader: how weights are read, a key of `READINGS`, where it is not what its package does.
    follows_base: of an adapter, the loader also loads the base model that its configuration names.
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
    also: tuple[Loader, ...] = ()
    downloads: bool = True
    writes: bool = False
    code_revision: Param | None = None
    trust_remote_code: Param | None = None
    trust_by_default: bool = False
    runs_code: str | None = None
    code_if: Param | None = None
    options: tuple[str | Param, ...] = ()
    bare: bool = False
    bare_owner: str | None = None
    prefixes: tuple[str, ...] = ()
    never_local: bool = False
    at_revision: bool = False
    hub_path: bool = False
    names_elsewhere: bool = False
    builders: bool = False
    default_model: bool = False
    default_ids: tuple[tuple[str, str], ...] = ()
    default_for: Param | None = None
    takes_object: bool = False
    reader: str = ""
    follows_base: bool = False

    @property
    def method(self) -> str:
        """The last part of the name, by which calls are first sorted out."""
        return self.name.rpartition(".")[2]

    @property
    def option_params(self) -> tuple[Param, ...]:
        """The parameters of `options`."""
        return tuple(_plain(one) if isinstance(one, str) else one for one in self.options)


@cache
def _plain(name: str) -> Param:
    return Param((name,))
