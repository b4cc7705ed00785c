"""Whether a file after `hfmodels pin` says what it said before, but for pins.

Nothing of the package is used: its own proof is held against another one. Every change of the text
has to be a pin, token by token; and where the kind of file has a parser that is not ours, the trees
of both texts have to be the same but for pins.
"""

from __future__ import annotations

import ast
import json
import re
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import PurePath
from typing import TypeAlias

import yaml

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HASH = re.compile(r"[0-9a-f]{40}")
NAME = re.compile(r"(?:\w+[_-])?(?:revision|rev|commit|sha|hash)", re.IGNORECASE)
"""What a pin may be called."""
TRUST = re.compile(r"(?:--)?trust[_-]remote[_-]code(?:=true)?", re.IGNORECASE)
"""What an unsafe fix may take away."""
FLAG = re.compile(rf"--?(?P<name>{NAME.pattern})", re.IGNORECASE)
GIVEN = re.compile(rf"@{HASH.pattern}|{FLAG.pattern}={HASH.pattern}", re.IGNORECASE)
REF = re.compile(r"(?:main|master|HEAD|None|refs/.+|[0-9a-f]{7,40}|[\w./-]*\d[\w./-]*)?")
"""What a pin takes the place of."""
HOLDERS = ("model_kwargs", "fetch_config")
"""Arguments of loaders that take the revision in a dictionary."""

COMMENT = r"[ \t]*# [^\s,#]+, \d{4}-\d\d-\d\d(?![\w-])"
QUOTED = r"\\?[\"']"
TABLE = (
    rf"\{{(?:{QUOTED}[^\"'\n]+{QUOTED}: {QUOTED}{HASH.pattern}{QUOTED}(?:, )?)+\}}\.get\([^()\n]+\)"
)
"""Which commit it is, by the name that is loaded."""
BREAK = r"\\n"
"""The end of a line in a cell of a notebook, as its JSON has it."""
TOKEN = re.compile(rf"{COMMENT}|{TABLE}|{HASH.pattern}|{BREAK}|\r\n|\w+|\s|[^\w\s]")
ADDED = re.compile(
    rf"{COMMENT}|{TABLE}|{HASH.pattern}|{NAME.pattern}|{BREAK}|code|or|{'|'.join(HOLDERS)}|\s+"
    r"|[-=:,@\"'{}\\]",
    re.IGNORECASE,
)
"""A token that a pin may bring."""
LEFT_OUT = re.compile(rf"{COMMENT}|\s+")
"""A token that may go where a pin comes."""
UNTRUSTED = re.compile(
    r"trust_remote_code|trust|remote|code|true|\s+|[-=:,\"'*{}\\]", re.IGNORECASE
)
"""A token that may go where code of a repo is no longer trusted."""
ENDS = re.compile(r"\r\n|\r|\n")
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value in which there are no others."""

    value: object


@dataclass(frozen=True, slots=True)
class Pair:
    """A value that has a name: a keyword argument, an entry of a dictionary."""

    name: str
    value: Tree


@dataclass(frozen=True, slots=True)
class Branch:
    """Values in their order, and what they are together."""

    what: str
    children: tuple[Tree, ...]


Tree: TypeAlias = Leaf | Pair | Branch


def difference(name: str, old: bytes, new: bytes, is_unsafe: bool) -> str | None:
    """The first thing in which a file of that name is other than before and not by a pin.

    `is_unsafe`: code that was trusted may be trusted no longer.
    """
    read = _reader(name)
    found = _of_bytes(old, new) or _of_text(_text(old), _text(new), is_unsafe)
    if found is not None or read is None:
        return found
    before, after = _tree(read, old), _tree(read, new)
    if before is None:
        return None
    if after is None:
        return "it cannot be parsed any more"
    return _of_trees(before, after, is_unsafe)


def is_parsed(name: str, data: bytes) -> bool:
    """Whether files are compared as trees, too."""
    read = _reader(name)
    return read is not None and _tree(read, data) is not None


def _of_bytes(old: bytes, new: bytes) -> str | None:
    """The first difference in what a text does not show."""
    if old.startswith(BOM) != new.startswith(BOM):
        return "the BOM"
    more = {*ENDS.findall(_text(new))} - {*ENDS.findall(_text(old))}
    return f"lines that end in {more}" if more and ENDS.search(_text(old)) else None


def _text(data: bytes) -> str:
    """One character a byte, whatever the encoding is: pins are ASCII."""
    return data.decode("latin-1")


def _of_text(old: str, new: str, is_unsafe: bool) -> str | None:
    """The first change of lines that is no pin, by its line in the old text."""
    lines, others = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for begin, end, other_begin, other_end in _hunks(lines, others):
        removed, added = "".join(lines[begin:end]), "".join(others[other_begin:other_end])
        if not _is_pinned(removed, added, is_unsafe):
            return f"line {begin + 1}: {removed!r} is {added!r}"
    return None


def _is_pinned(old: str, new: str, is_unsafe: bool) -> bool:
    """Whether a stretch of text became another one by nothing but pins."""
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    changes = [
        (before[begin:end], after[other_begin:other_end])
        for begin, end, other_begin, other_end in _hunks(before, after)
    ]
    if _hashes(after) <= _hashes(before):
        is_untrusted = is_unsafe and len(TRUST.findall(new)) < len(TRUST.findall(old))
        return is_untrusted and all(
            not added and _is_pin(removed, (), True) for removed, added in changes
        )
    return all(_is_pin(removed, added, is_unsafe) for removed, added in changes)


def _hashes(tokens: Iterable[str]) -> int:
    return sum(HASH.search(token) is not None for token in tokens)


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    for what, *places in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            begin, end, other_begin, other_end = places
            yield begin, end, other_begin, other_end


def _is_pin(removed: Sequence[str], added: Sequence[str], is_unsafe: bool) -> bool:
    """Whether tokens that follow each other became others by nothing but a pin."""
    if not all(ADDED.fullmatch(token) for token in added):
        return False
    if _hashes(added) and REF.fullmatch("".join(removed).strip("\"'")):
        return True
    may_go = (LEFT_OUT, UNTRUSTED) if is_unsafe else (LEFT_OUT,)
    return all(any(one.fullmatch(token) for one in may_go) for token in removed)


def _tree(read: Callable[[bytes], Tree], data: bytes) -> Tree | None:
    try:
        return read(data)
    except (SyntaxError, ValueError, yaml.YAMLError):
        return None


def _of_trees(old: Tree, new: Tree, is_unsafe: bool) -> str | None:
    """The first difference of two trees that is no pin."""
    if _falls_back(old, new, is_unsafe):
        return None
    match old, new:
        case Leaf(before), Leaf(after):
            same = repr(before) == repr(after) or _became(before, after, is_unsafe)
            return None if same else f"{before!r} is {after!r}"
        case Pair(name, before), Pair(other, after) if name == other:
            found = _of_trees(before, after, is_unsafe)
            return None if found is None else f"{name}: {found}"
        case Branch(what, children), Branch(other, others) if what == other:
            return _of_children(children, others, is_unsafe)
        case _:
            return f"{_short(old)} is {_short(new)}"


def _falls_back(old: Tree, new: Tree, is_unsafe: bool) -> bool:
    """Whether a commit is chosen now by what is loaded, and else it is what it was."""
    match _otherwise(new):
        case (one,):
            return _of_trees(old, one, is_unsafe) is None
        case ():
            return old == Leaf(None)
        case _:
            return False


def _otherwise(tree: Tree) -> Sequence[Tree] | None:
    """What is meant where none of the names is loaded that stand beside a commit.

    Nothing, or one value; `None` for a tree that is no commit and chooses none.
    """
    match tree:
        case Leaf(str(value)) if HASH.fullmatch(value):
            return ()
        case Branch(
            "Call",
            (
                Branch(_, (Branch("Attribute attr='get'", (Branch(_, (table,)),)),)),
                Branch("args", (asked, *default)),
                Branch("keywords", ()),
            ),
        ):
            return tuple(default) if _is_table(table) and "Call" not in str(asked) else None
        case Branch("BoolOp", (Branch(_, (Branch("Or"),)), Branch(_, (default, value)))):
            return (default,) if _otherwise(value) == () else None
        case _:
            return None


def _is_table(tree: Tree) -> bool:
    """Whether it has a commit for each of its names."""
    match tree:
        case Branch("Dict", entries):
            return all(isinstance(one, Pair) and _otherwise(one.value) == () for one in entries)
        case _:
            return False


def _became(old: object, new: object, is_unsafe: bool) -> bool:
    """Whether a value became another one by a pin."""
    if not isinstance(new, str):
        return False
    if HASH.fullmatch(new):
        return not isinstance(old, str) or REF.fullmatch(old) is not None
    return isinstance(old, str) and _is_pinned(old, new, is_unsafe)


def _of_children(old: Sequence[Tree], new: Sequence[Tree], is_unsafe: bool) -> str | None:
    for number, (one, another) in enumerate(zip(old, new, strict=False)):
        found = _of_trees(one, another, is_unsafe)
        if found is not None:
            return _of_rest(old[number:], new[number:], is_unsafe) and found
    shorter = min(len(old), len(new))
    return _of_rest(old[shorter:], new[shorter:], is_unsafe)


def _of_rest(old: Sequence[Tree], new: Sequence[Tree], is_unsafe: bool) -> str | None:
    """The same, where there has to be a pin, or trust that has gone, unless both are at an end."""
    if not old and not new:
        return None
    pins, trusted = _pins(new[:2]), _trusted(old[:2]) if is_unsafe else 0
    if pins and _of_children(old, new[pins:], is_unsafe) is None:
        return None
    if trusted and _of_children(old[trusted:], new, is_unsafe) is None:
        return None
    return f"{_short(*old[:1])} is {_short(*new[:1])}"


def _pins(trees: Sequence[Tree]) -> int:
    """How many of the first ones are one pin."""
    match [*trees]:
        case [Leaf(str(flag)), Leaf(str(value))] if FLAG.fullmatch(flag):
            return 2 if HASH.fullmatch(value) else 0
        case [Leaf(str(value)), *_]:
            return 1 if GIVEN.fullmatch(value) else 0
        case [Pair(name, value), *_] if NAME.fullmatch(name):
            return 1 if _otherwise(value) == () else 0
        case [Pair(name, Branch(_, children)), *_] if name in HOLDERS:
            return 1 if children and all(_pins([one]) for one in children) else 0
        case _:
            return 0


def _trusted(trees: Sequence[Tree]) -> int:
    """How many of the first ones let the code of a repo run."""
    match [*trees]:
        case [Leaf(str(flag)), Leaf("true" | "True")] if TRUST.fullmatch(flag):
            return 2
        case [Leaf(str(flag)), *_]:
            return 1 if TRUST.fullmatch(flag) else 0
        case [Pair(name, _), *_]:
            return 1 if TRUST.fullmatch(name) else 0
        case _:
            return 0


def _short(*trees: Tree) -> str:
    return str(trees[0])[:80] if trees else "nothing"


def _reader(name: str) -> Callable[[bytes], Tree] | None:
    path = PurePath(name)
    return _READERS.get(path.suffix.lower() or path.name)


def _of_python(data: bytes) -> Tree:
    return _of_syntax(ast.parse(data))


def _of_syntax(node: ast.AST) -> Tree:
    match node:
        case ast.Constant(value=value):
            return Leaf(value)
        case ast.keyword(arg=name, value=value):
            return Pair(name or "**", _of_syntax(value))
        case ast.Dict(keys=keys, values=values):
            return Branch("Dict", tuple(map(_of_entry, keys, values)))
        case _:
            return _of_fields(node)


def _of_fields(node: ast.AST) -> Tree:
    words, children = [type(node).__name__], []
    for field, value in ast.iter_fields(node):
        match value:
            case ast.expr_context():
                pass
            case ast.AST():
                children.append(Branch(field, (_of_syntax(value),)))
            case list(nodes) if all(isinstance(one, ast.AST | None) for one in nodes):
                children.append(Branch(field, tuple(map(_of_syntax, filter(None, nodes)))))
            case _:
                words.append(f"{field}={value!r}")
    return Branch(" ".join(words), tuple(children))


def _of_entry(key: ast.expr | None, value: ast.expr) -> Tree:
    match key:
        case None:
            return Pair("**", _of_syntax(value))
        case ast.Constant(value=str(name)):
            return Pair(name, _of_syntax(value))
        case _:
            return Branch("entry", (_of_syntax(key), _of_syntax(value)))


def _of_json(data: bytes) -> Tree:
    return _of_data(json.loads(data.decode("utf-8-sig"), object_pairs_hook=_of_pairs))


def _of_toml(data: bytes) -> Tree:
    return _of_data(tomllib.loads(data.decode("utf-8-sig")))


def _of_pairs(pairs: Iterable[tuple[str, object]]) -> Tree:
    return Branch("dictionary", tuple(Pair(name, _of_data(value)) for name, value in pairs))


def _of_data(value: object) -> Tree:
    match value:
        case Leaf() | Pair() | Branch():
            return value
        case dict():
            return _of_pairs(value.items())
        case list():
            return Branch("list", tuple(map(_of_data, value)))
        case _:
            return Leaf(value)


def _of_yaml(data: bytes) -> Tree:
    return Branch("documents", tuple(map(_of_node, yaml.compose_all(data, yaml.SafeLoader))))


def _of_node(node: yaml.Node) -> Tree:
    match node:
        case yaml.MappingNode(tag=tag, value=pairs):
            return Branch(tag, tuple(Pair(str(key.value), _of_node(one)) for key, one in pairs))
        case yaml.SequenceNode(tag=tag, value=values):
            return Branch(tag, tuple(map(_of_node, values)))
        case yaml.ScalarNode(tag="tag:yaml.org,2002:str", value=value):
            return Leaf(value)
        case _:
            return Leaf((node.tag, node.value))


def _of_shell(data: bytes) -> Tree:
    words = shlex.shlex(_text(data), posix=True, punctuation_chars=True)
    words.whitespace_split = True
    return Branch("words", tuple(map(Leaf, words)))


def _of_notebook(data: bytes) -> Tree:
    """Its JSON, in which the source of each cell is a tree of its own."""
    content = json.loads(data.decode("utf-8-sig"))
    cells = [_of_cell(cell) for cell in content.pop("cells")]
    return Branch("notebook", (*cells, _of_data(content)))


def _of_cell(cell: Mapping[str, object]) -> Tree:
    match cell.get("source"):
        case list(lines):
            source = "".join(map(str, lines))
        case one:
            source = str(one)
    rest = _of_data({name: value for name, value in cell.items() if name != "source"})
    parsed = _tree(_of_python, source.encode()) if cell.get("cell_type") == "code" else None
    return Branch("cell", (parsed or Leaf(source), rest))


_READERS: Mapping[str, Callable[[bytes], Tree]] = {
    ".py": _of_python,
    ".ipynb": _of_notebook,
    ".yaml": _of_yaml,
    ".yml": _of_yaml,
    ".json": _of_json,
    ".toml": _of_toml,
    ".sh": _of_shell,
    "Dockerfile": _of_shell,
}
