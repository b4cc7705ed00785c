"""What the Hub's JSON about a repo says, whatever else may be in it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from flake8_hfmodels.facts import Blob, Flagged, Repo
from flake8_hfmodels.repo_id import is_commit_hash, is_repo_id

_ADAPTER = "base_model:adapter:"


def repo_in(payload: object) -> Repo | None:
    """A repo, also as `answers.essence` leaves it; `None` where there is none."""
    match payload:
        case {"id": str(name), "_id": str(object_id), **rest} if is_repo_id(name):
            tags = tuple(names_in(rest.get("tags")))
            blobs = tuple(_blobs(rest.get("blobs")) or siblings_in(rest.get("siblings")))
            files = names_in(rest.get("names")) or files_in(rest.get("siblings"))
            return Repo(
                id=name,
                object_id=object_id,
                sha=commit_in(rest.get("sha")),
                files=tuple(files or (one.path for one in blobs)),
                tags=tags,
                auto_map=tuple(_auto_map(rest.get("config"))),
                gated=rest.get("gated") in ("auto", "manual", True),
                disabled=rest.get("disabled") is True,
                private=rest.get("private") is True,
                adapter_of=tuple(_adapter_of(rest.get("config"), tags)),
                flagged=tuple(_flagged(rest.get("securityRepoStatus"))),
                is_scanned=_is_scanned(rest.get("securityRepoStatus")),
                blobs=blobs,
                downloads=_size(rest.get("downloads")),
                likes=_size(rest.get("likes")),
                modified=_text(rest.get("lastModified")),
            )
        case _:
            return None


def names_in(values: object) -> list[str]:
    """The texts of a list."""
    return [value for value in listed(values) if isinstance(value, str)]


def files_in(siblings: object) -> list[str]:
    """The paths of the files of a repo."""
    files: list[str] = []
    for sibling in listed(siblings):
        match sibling:
            case {"rfilename": str(name)}:
                files.append(name)
            case _:
                pass  # no file that we could name
    return files


def siblings_in(siblings: object) -> list[Blob]:
    """The files whose hashes the Hub says: all of them, where they were asked for."""
    found: list[Blob] = []
    for sibling in listed(siblings):
        match sibling:
            case {"rfilename": str(name), "blobId": str(blob_id), **rest}:
                sha256 = mapping(rest.get("lfs")).get("sha256")
                known = sha256 if isinstance(sha256, str) else ""
                found.append(Blob(name, _size(rest.get("size")), blob_id, known))
            case _:
                pass  # they were not asked for
    return found


def _blobs(values: object) -> list[Blob]:
    """The same, as `essence` leaves it."""
    found: list[Blob] = []
    for value in listed(values):
        match value:
            case [str(name), size, str(blob_id), str(sha256)]:
                found.append(Blob(name, _size(size), blob_id, sha256))
            case _:
                pass  # nothing of ours
    return found


_LARGEST = 2**63 - 1
"""Of what can be counted anywhere. JSON has no end of digits, and no float holds 400 of them."""


def _size(value: object) -> int | None:
    return value if isinstance(value, int) and 0 <= value <= _LARGEST else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _auto_map(config: object) -> list[tuple[str, str]]:
    """Pairs of a class and the code for it; a class may name several (slow and fast tokenizer)."""
    match config:
        case {"auto_map": Mapping() as classes}:
            pass
        case _:
            return []
    pairs: list[tuple[str, str]] = []
    for name, code in classes.items():
        codes = [code] if isinstance(code, str) else listed(code)
        pairs.extend((str(name), one) for one in codes if isinstance(one, str))
    return pairs


def _adapter_of(config: object, tags: Iterable[str]) -> list[str]:
    """The models below an adapter: what its configuration names, or the Hub's tags."""
    match config:
        case {"peft": {"base_model_name_or_path": str(name)}} if is_repo_id(name):
            return [name]
        case _:
            names = (tag.removeprefix(_ADAPTER) for tag in tags if tag.startswith(_ADAPTER))
            return [name for name in names if is_repo_id(name)]


def _flagged(status: object) -> list[Flagged]:
    match status:
        case {"filesWithIssues": list(issues)}:
            pass
        case _:
            return []
    found: list[Flagged] = []
    for issue in issues:
        match issue:
            case {"path": str(path), "level": str(level)}:
                found.append(Flagged(path, level))
            case _:
                pass  # no file that we could name
    return found


def _is_scanned(status: object) -> bool | None:
    match status:
        case {"scansDone": bool(done)}:
            return done
        case _:
            return None


def commit_in(value: object) -> str | None:
    """A full commit hash."""
    return value if isinstance(value, str) and is_commit_hash(value) else None


def listed(value: object) -> Sequence[object]:
    """What is in a list; nothing where it is none."""
    return value if isinstance(value, list) else ()


def mapping(value: object) -> Mapping[str, object]:
    """What is in an object; nothing where it is none."""
    return value if isinstance(value, dict) else {}
