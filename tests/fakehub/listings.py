"""The JSON of what is inside a repository: refs, commits, folders and files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from tests.fakehub.objects import Commit, File, Repo, format_time
from tests.fakehub.profiles import Json, avatar


def refs(repo: Repo, *, pull_requests: bool) -> Json:
    """The answer of the refs endpoint."""
    body: Json = {
        "tags": _refs_below(repo, "refs/tags/"),
        "branches": _refs_below(repo, "refs/heads/"),
        "converts": _refs_below(repo, "refs/convert/"),
    }
    if pull_requests:
        body["pullRequests"] = _refs_below(repo, "refs/pr/")
    return body


def commit(value: Commit, *, formatted: bool) -> Json:
    """One entry of the commits endpoint."""
    body: Json = {
        "id": value.oid,
        "title": value.title,
        "message": value.message,
        "authors": [
            {"user": name, "avatar": avatar(name)} for name in (value.author, *value.co_authors)
        ],
        "date": format_time(value.date),
    }
    if formatted:
        body["formatted"] = {"title": value.title, "message": value.message}
    return body


def tree(repo: Repo, oid: str, folder: str, *, recursive: bool, expand: bool) -> list[Json]:
    """Directories first, then files, below a folder ("" for the root) of a commit."""
    prefix = f"{folder}/" if folder else ""
    files = repo.commits[oid].files
    below = [name for name in files if name.startswith(prefix)]
    names = [name for name in below if recursive or "/" not in name[len(prefix) :]]
    folders = [name for name in _folders(below) if name.startswith(prefix) and name != folder]
    shown = [name for name in folders if recursive or "/" not in name[len(prefix) :]]
    entries = [_folder_entry(name, files) for name in shown]
    return entries + [file_entry(repo, oid, files[name], expand=expand) for name in names]


def paths_info(repo: Repo, oid: str, paths: Iterable[str], *, expand: bool) -> list[Json]:
    """Entries of those paths that exist."""
    files = repo.commits[oid].files
    folders = _folders(files)
    wanted = [path.strip("/") for path in paths]
    entries = [_folder_entry(path, files) for path in wanted if path in folders]
    found = [files[path] for path in wanted if path in files]
    return entries + [file_entry(repo, oid, file, expand=expand) for file in found]


def file_entry(repo: Repo, oid: str, file: File, *, expand: bool) -> Json:
    """One file as the tree endpoint shows it (``lfs.oid`` here, ``lfs.sha256`` in siblings)."""
    entry: Json = {"type": "file", "oid": file.blob_id, "size": file.size}
    if file.lfs:
        entry["lfs"] = {"oid": file.sha256, "size": file.size, "pointerSize": len(file.pointer)}
    entry["path"] = file.name
    if expand:
        last = _last_commit(repo, oid, file)
        entry["lastCommit"] = {"id": last.oid, "title": last.title, "date": format_time(last.date)}
        entry["securityFileStatus"] = _file_status(repo, file)
    return entry


def _refs_below(repo: Repo, prefix: str) -> list[Json]:
    return [
        {"name": ref.removeprefix(prefix), "ref": ref, "targetCommit": oid}
        for ref, oid in repo.refs.items()
        if ref.startswith(prefix)
    ]


def _folders(names: Iterable[str]) -> list[str]:
    steps = (name.split("/")[:-1] for name in names)
    return sorted({"/".join(parts[: n + 1]) for parts in steps for n in range(len(parts))})


def _folder_entry(name: str, files: Mapping[str, File]) -> Json:
    inside = [file.blob_id for path, file in files.items() if path.startswith(f"{name}/")]
    oid = hashlib.sha1("\n".join([name, *inside]).encode()).hexdigest()
    return {"type": "directory", "oid": oid, "size": 0, "path": name}


def _last_commit(repo: Repo, oid: str, file: File) -> Commit:
    history = repo.history(oid)
    same = [value for value in history if value.files.get(file.name) == file]
    return same[-1]


def _file_status(repo: Repo, file: File) -> Json:
    levels = {issue.path: issue.level for issue in repo.issues}
    status = levels.get(file.name, "safe") if repo.scans_done else "queued"
    return {
        "status": status,
        "protectAiScan": {"status": status, "message": None, "reportLink": None},
        "avScan": {"status": status, "message": None, "reportLink": None},
        "pickleImportScan": {"status": status, "pickleImports": [], "version": "0.0.32"},
        "virusTotalScan": {"status": status, "message": None, "reportLink": None},
        "jFrogScan": {"status": status, "message": None, "reportLink": None},
    }
