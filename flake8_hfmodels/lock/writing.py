"""A lock as the text of its file: the same bytes for the same entries, and a line for each file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from flake8_hfmodels.facts import Blob, Code
from flake8_hfmodels.links import DOCUMENTATION
from flake8_hfmodels.lock.entry import VERSION, Entry, LockedOwner
from flake8_hfmodels.lock.lock import Lock

SCHEMA = f"{DOCUMENTATION}/lock.schema.json"


def written(lock: Lock) -> str:
    """The text; entries are blocks of lines that a merge keeps apart."""
    head = [f'  "version": {VERSION},', f'  "$schema": {json_line(SCHEMA)},']
    head += [f"  {json_line(key)}: {value}," for key, value in lock.further]
    blocks = [_block(one) for one in sorted(lock.entries, key=lambda one: one.order)]
    repos = _list_of(blocks, "  ")
    return "\n".join(["{", *head, f'  "repos": {repos}', "}", ""])


def _block(entry: Entry) -> str:
    pairs = [*_pairs(entry), *((key, value) for key, value in entry.further)]
    lines = ",\n".join(f"      {json_line(key)}: {value}" for key, value in pairs)
    return f"{{\n{lines}\n    }}"


def _pairs(entry: Entry) -> Iterator[tuple[str, str]]:
    """The keys of an entry, each with its value in JSON."""
    yield "type", json_line(entry.repo_type)
    yield "repo", json_line(entry.repo_id)
    yield "revision", json_line(entry.revision)
    yield "ref", json_line(entry.ref)
    yield "commit", json_line(entry.commit)
    yield "id", json_line(entry.id)
    yield "_id", json_line(entry.object_id)
    yield "created_at", json_line(entry.created_at)
    yield "owner", _owner(entry.owner)
    yield "old_owner", json_line(None if entry.old_owner is None else entry.old_owner.value)
    yield "gated", json_line(entry.gated)
    yield "private", json_line(entry.private)
    yield "disabled", json_line(entry.disabled)
    yield "licence", json_line(entry.licence)
    yield "formats", json_line(entry.formats)
    yield "tags", json_line(entry.tags)
    yield "auto_map", json_line(entry.auto_map)
    yield "adapter_of", json_line(entry.adapter_of)
    flagged = [{"path": one.path, "level": one.level} for one in entry.flagged]
    yield "flagged", _list_of(map(json_line, flagged), "      ")
    yield "is_scanned", json_line(entry.is_scanned)
    yield "history", json_line(entry.history.name.lower())
    yield "pull_request", json_line(entry.pull_request)
    for key, number in (("downloads", entry.downloads), ("likes", entry.likes)):
        if number is not None:
            yield key, json_line(number)
    if entry.code is not None:
        yield "code", _code(entry.code)
    yield "files", _list_of(map(_file, entry.files), "      ")
    yield "others", _list_of(map(json_line, entry.others), "      ")
    yield "used_by", _list_of(map(json_line, entry.used_by), "      ")


def _owner(owner: LockedOwner | None) -> str:
    if owner is None:
        return "null"
    verified = {} if owner.is_verified is None else {"verified": owner.is_verified}
    return json_line({"name": owner.name, "kind": owner.kind, "_id": owner.object_id, **verified})


def _code(code: Code) -> str:
    """The Python of a repo that is run: a line for each file and for each danger."""
    dangers = (
        {"path": one.path, "line": one.line, "kind": one.kind, "what": one.what}
        for one in code.dangers
    )
    parts = {
        "files": map(json_line, code.files),
        "dangers": map(json_line, dangers),
        "unread": map(json_line, code.unread),
    }
    lines = (f'        "{key}": {_list_of(each, "        ")}' for key, each in parts.items())
    return "{\n" + ",\n".join(lines) + "\n      }"


def _file(blob: Blob) -> str:
    hashes = {"blob": blob.blob_id} | ({"sha256": blob.sha256} if blob.sha256 else {})
    return json_line({"path": blob.path, "size": blob.size, **hashes})


def _list_of(items: Iterable[str], indent: str) -> str:
    """A list with a line for each of its items."""
    lines = ",\n".join(f"{indent}  {one}" for one in items)
    return f"[\n{lines}\n{indent}]" if lines else "[]"


def json_line(value: object) -> str:
    """JSON on one line; half a surrogate pair, which UTF-8 has no way to write, is escaped."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text
