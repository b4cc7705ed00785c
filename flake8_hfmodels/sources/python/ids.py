"""How one loader reads an id: prefixes, `@revision`, bare names, builders."""

from __future__ import annotations

from collections.abc import Callable

from flake8_hfmodels.loaders.elsewhere import FIRST_REPOS, PACKAGED_BUILDERS
from flake8_hfmodels.loaders.row import Loader, RepoType
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Known, Reference, Unknown, Value, Written
from flake8_hfmodels.repo_id import is_repo_id


@dataclass(frozen=True, slots=True)
class _Named:
    """One id without what stands around it, and the revision that stood beside it."""

    repo_id: Written
    revision: str | None
    repo_type: RepoType | None = None


def with_id_read(reference: Reference, is_local: Callable[[str], bool]) -> Reference:
    """The same reference with the ids that its loader makes of the strings it is given.

    Strings that name no repo are left out; if none is left, the reference is local.
    """
    if not isinstance(reference.repo_id, Known):
        return reference
    texts = [one for one in reference.repo_id.strings() if one.value or reference.repo_id.closed]
    if not texts:
        return replace(reference, repo_id=Unknown("not a name"))
    read = [_read(written, reference.loader, is_local) for written in texts]
    named = [one for one in read if isinstance(one, _Named)]
    reasons = [one for one in read if isinstance(one, str)]
    if not named:
        return replace(reference, local=reasons[0])
    ids = tuple(one.repo_id for one in named)
    repo_type = named[0].repo_type or reference.repo_type
    revision = _revision(named) or reference.revision
    if ids == reference.repo_id.values and (repo_type, revision) == (
        reference.repo_type,
        reference.revision,
    ):
        return reference  # as nearly all are
    repo_id = replace(reference.repo_id, values=ids)
    return replace(reference, repo_id=repo_id, repo_type=repo_type, revision=revision)


def _read(written: Written, loader: Loader, is_local: Callable[[str], bool]) -> _Named | str:
    text = str(written.value)
    if not text:
        return "no repo is named"
    if loader.hub_path:
        return _read_path(written, text)
    if loader.builders and text in PACKAGED_BUILDERS:
        return "a builder of local files"
    prefix = next((one for one in loader.prefixes if text.startswith(one)), "")
    if (loader.prefixes and not prefix) or (loader.names_elsewhere and "/" not in text):
        return "a name of the library's own"
    text = text.removeprefix(prefix)
    name, _, revision = text.partition("@") if loader.at_revision else (text, "", "")
    if loader.never_local and not is_repo_id(name):
        return "no id that a repo could have"
    if not loader.never_local and is_local(name):
        return "a local path"
    if loader.bare_owner and "/" not in name and name.lower() not in FIRST_REPOS:
        name = f"{loader.bare_owner}/{name}"
    if name != written.value:
        written = replace(written, value=name)
    return _Named(written, revision or None)


def _read_path(written: Written, path: str) -> _Named | str:
    from flake8_hfmodels.sources.text.links import read_path  # few loaders take paths

    read = read_path(path)
    if read is None:
        return "no path in a repo"
    repo_type, repo_id, revision = read
    return _Named(replace(written, value=repo_id), revision, repo_type)


def _revision(named: list[_Named]) -> Value | None:
    """What stands behind an `@` in the ids; `None` where nothing does."""
    if not any(one.revision for one in named):
        return None
    return Known(tuple(replace(one.repo_id, value=one.revision) for one in named))
