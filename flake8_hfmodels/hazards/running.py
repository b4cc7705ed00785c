"""Which Python files of a repo run where a loader may run its code, and their texts."""

from __future__ import annotations

import ast
import json
import posixpath
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from flake8_hfmodels.facts import Repo
from flake8_hfmodels.loaders.row import RepoType
from flake8_hfmodels.record import dataclass

Read: TypeAlias = Callable[[str], bytes | None]
"""Reads a file of the repo; `None` for one of more than `LARGEST` bytes."""

MOST_FILES = 60
LARGEST = 1_000_000
LARGEST_TOGETHER = 8_000_000
"""How many files are read, and bytes of one and of all of them."""

MOST_NAMED = 20
"""How many files are named that were not read; of others, how many there are."""

# transformers 5.23.0 dynamic_module_utils.py: `auto_map` of each of its configurations, and
# `custom_pipelines` of config.json; sentence_transformers 6.2.0 modules.json.
_CONFIGS = (
    "config.json",
    "tokenizer_config.json",
    "preprocessor_config.json",
    "video_preprocessor_config.json",
    "processor_config.json",
    "modules.json",
    "model_index.json",
)

# diffusers 0.42.1 pipelines/pipeline_loading_utils.py; smolagents 1.26 tools.py and agents.py;
# lerobot env.py; speechbrain inference/interfaces.py; transformers 5.23.0 generation/utils.py.
_BY_CONVENTION = ("pipeline.py", "tool.py", "agent.py", "env.py", "custom.py")
_ALWAYS = "custom_generate/generate.py"


@dataclass(frozen=True, slots=True)
class Running:
    """The files that run, with what stands in them, and those that run and were not read."""

    texts: Mapping[str, bytes]
    unread: tuple[tuple[str, str], ...] = ()


def running(repo_type: RepoType, repo: Repo, read: Read) -> Running:
    """The files that run: those that are named, and what they import of the same repo."""
    files = frozenset(filter(is_plain, repo.files))
    if not any(file.endswith(".py") for file in files):
        return Running({})
    todo = list(dict.fromkeys(_entries(repo_type, repo, files, read)))
    texts: dict[str, bytes] = {}
    unread: list[tuple[str, str]] = []
    known = set(todo)
    left = LARGEST_TOGETHER
    for number, path in enumerate(todo):  # it grows meanwhile
        if number >= MOST_FILES:
            break
        text = read(path)
        if text is None or len(text) > min(left, LARGEST):
            unread.append((path, _TOO_LARGE))
            continue
        texts[path] = text
        left -= len(text)
        imported = [one for one in _imported(path, text, files) if one not in known]
        known.update(imported)
        todo.extend(dict.fromkeys(imported))
    unread.extend((path, _TOO_MANY) for path in todo[MOST_FILES:])
    more = len(unread) - MOST_NAMED
    if more > 1:
        unread[MOST_NAMED:] = [(f"{more} more files", _TOO_MANY)]
    return Running(texts, tuple(unread))


_TOO_LARGE = "it is too large to be read"
_TOO_MANY = "there are too many files to read them all"


def is_plain(path: str) -> bool:
    """Whether a name from the Hub is that of a file in the repo's own folder, on every system."""
    parts = path.split("/")
    return (
        path.isprintable()
        and len(path) < 500
        and not set(path) & set('\\:*?"<>|')
        and all(part.strip(". ") and len(part.encode()) < 200 for part in parts)
    )


# Entries


def _entries(repo_type: RepoType, repo: Repo, files: frozenset[str], read: Read) -> Iterable[str]:
    """The files that a loader begins with: all, where nothing says which."""
    python = sorted(one for one in files if one.endswith(".py"))
    if repo_type == "kernel":
        built = [one for one in python if one.startswith(("build/", "torch-ext/"))]
        return built or python
    named = [one for one in _named(repo, files, read) if one in files]
    if repo_type in ("dataset", "space"):
        named.append(f"{repo.id.rpartition('/')[2]}.py")
    named = [one for one in (*named, _ALWAYS) if one in files]
    return named or [one for one in _BY_CONVENTION if one in files] or python


def _named(repo: Repo, files: frozenset[str], read: Read) -> Iterator[str]:
    own = (repo.id, "")
    for _class, code in repo.auto_map:
        yield from _module_file(code, own)
    for name in _CONFIGS:
        if name in files:
            text = read(name)
            said = None if text is None else _parsed(text)
            yield from (_by_modules if name == "modules.json" else _by_config)(said, own)


def _parsed(text: bytes) -> object:
    try:
        parsed: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return parsed


def _by_config(config: object, own: Sequence[str]) -> Iterator[str]:
    if not isinstance(config, dict):
        return
    codes = [*_values(config.get("auto_map"))]
    for pipeline in _values(config.get("custom_pipelines")):
        codes += [one for key, one in _items(pipeline) if key == "impl"]
    for code in codes:
        for one in code if isinstance(code, list) else [code]:
            yield from _module_file(one, own)
    for component, said in config.items():
        match said:
            case [str(module), str()] if component == "_class_name":
                yield f"{module}.py"
            case [str(module), str()]:
                yield f"{component}/{module}.py"
            case _:
                pass


def _by_modules(modules: object, own: Sequence[str]) -> Iterator[str]:
    for module in modules if isinstance(modules, list) else []:
        for key, said in _items(module):
            if key == "type":
                yield from _module_file(said, own)


def _values(said: object) -> list[object]:
    return list(said.values()) if isinstance(said, dict) else []


def _items(said: object) -> list[tuple[object, object]]:
    return list(said.items()) if isinstance(said, dict) else []


def _module_file(code: object, own: Sequence[str]) -> Iterator[str]:
    """The file of `module.Class` or `owner/name--module.Class`, if that is this very repo."""
    if isinstance(code, str):
        repo, _, dotted = code.rpartition("--")
        module = dotted.rpartition(".")[0]
        if module and repo in own:
            yield f"{module.replace('.', '/')}.py"


# Imports


def _imported(path: str, text: bytes, files: frozenset[str]) -> list[str]:
    """The files of the repo that a file imports, and what makes its folder a package."""
    folder = posixpath.dirname(path)
    found = [posixpath.join(folder, "__init__.py")] if folder else []
    for base, names in _imports(folder, text):
        for name in names:
            stem = posixpath.join(base, *name.split("."))
            found += [f"{stem}.py", f"{stem}/__init__.py"]
    return [one for one in found if one in files]


def _imports(folder: str, text: bytes) -> Iterator[tuple[str, list[str]]]:
    """Folders, and what is imported there: relative to the file, or from beside it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield folder, [one.name for one in names]
            case ast.ImportFrom(module=module, names=names, level=level):
                base = folder
                for _ in range(level - 1):
                    base = posixpath.dirname(base)
                within = [f"{module}.{one.name}" if module else one.name for one in names]
                yield base, [*([module] if module else []), *within]
            case _:
                pass
