"""What expressions stand for, as far as the file itself says it: names, texts, paths."""

from __future__ import annotations

import ast
import base64
import binascii
import codecs
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar

from flake8_hfmodels.hazards.names import DECODERS
from flake8_hfmodels.hazards.scopes import Layout, Made, Module, Value

Text: TypeAlias = str | bytes

MOST_NAMES = 64
"""How many things an expression may stand for before it stands for nothing in particular."""

LONGEST = 4096
"""Characters of the longest text that is put together."""

DEEPEST = 40
"""How many steps are followed from an expression to what it stands for."""

MOST_STEPS = 50_000
"""How many nodes are looked at, for all of a file, in search of decoders and paths."""

_T = TypeVar("_T")
_NOTHING: frozenset[str] = frozenset()
_HOME = "~"


class Meaning:
    """Says what the expressions of one file stand for. Nothing is run."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._names: dict[ast.AST, frozenset[str]] = {}
        self._texts: dict[ast.AST, Text | None] = {}
        self._depth = 0
        self._steps = MOST_STEPS

    @property
    def is_tired(self) -> bool:
        """Whether the file was too much to be followed to the end."""
        return self._steps <= 0

    # Names

    def names(self, node: ast.expr) -> frozenset[str]:
        """The dotted names that an expression may stand for, as if each were imported."""
        if node not in self._names:
            self._names[node] = _NOTHING  # of what stands for itself
            found = self._deeper(lambda: frozenset(self._named(node)), _NOTHING)
            self._names[node] = found if len(found) <= MOST_NAMES else _NOTHING
        return self._names[node]

    def _named(self, node: ast.expr) -> Iterator[str]:
        match node:
            case ast.Name(id=name):
                yield from self._bound(node, name)
            case ast.Attribute(value=value, attr=attribute):
                yield from (f"{one}.{attribute}" for one in self.names(value))
            case ast.Subscript(value=value, slice=key):
                yield from self._item(value, self.text(key))
            case ast.Call():
                yield from self._result(node)
            case ast.IfExp(body=one, orelse=other):
                yield from self.names(one) | self.names(other)
            case ast.BoolOp(values=values):
                yield from (name for value in values for name in self.names(value))
            case ast.NamedExpr(value=value):
                yield from self.names(value)
            case _:
                pass

    def _bound(self, node: ast.AST, name: str) -> Iterator[str]:
        bound = self._layout.scope(node).look_up(name)
        if bound is None:
            yield "builtins" if name == "__builtins__" else f"builtins.{name}"
            yield from (f"{star}.{name}" for star in self._layout.stars)
        for one in bound or ():
            match one:
                case Module(name=full):
                    yield full
                case Value(node=value, whole=True):
                    yield from self.names(value)
                case _:
                    pass

    def _item(self, value: ast.expr, key: Text | None) -> Iterator[str]:
        """What `sys.modules["os"]` and its like stand for."""
        if not isinstance(key, str):
            return
        match value:
            case ast.Attribute(value=module, attr="__dict__"):
                yield from (f"{one}.{key}" for one in self.names(module))
            case ast.Call(func=func, args=[module]) if "builtins.vars" in self.names(func):
                yield from (f"{one}.{key}" for one in self.names(module))
            case ast.Call(func=func) if self.names(func) & {"builtins.globals", "builtins.locals"}:
                yield from self._bound(value, key)
            case _ if "sys.modules" in self.names(value):
                yield key
            case _ if "builtins" in self.names(value):
                yield f"builtins.{key}"
            case _:
                pass

    def _result(self, call: ast.Call) -> Iterator[str]:
        """What a call stands for that does nothing but look a name up."""
        match call:
            case ast.Call(func=ast.Call(func=getter, args=[name]), args=[value]) if (
                "operator.attrgetter" in self.names(getter)
            ):
                yield from self._attribute(value, name)
            case ast.Call(func=func, args=[value, name, *_]) if "builtins.getattr" in self.names(
                func
            ):
                yield from self._attribute(value, name)
            case ast.Call(func=func, args=[first, *_]):
                functions, module = self.names(func), self.text(first)
                if functions & {"functools.partial", "importlib.reload"}:
                    yield from self.names(first)
                if "builtins.__import__" in functions and isinstance(module, str):
                    yield from {module, module.partition(".")[0]}
                if "importlib.import_module" in functions and isinstance(module, str):
                    yield module
            case _:
                pass

    def _attribute(self, value: ast.expr, name: ast.expr) -> Iterator[str]:
        attribute = self.text(name)
        if isinstance(attribute, str):
            yield from (f"{one}.{attribute}" for one in self.names(value))

    # Texts

    def text(self, node: ast.expr) -> Text | None:
        """The text that an expression makes, where all of it stands in the file."""
        if node not in self._texts:
            self._texts[node] = None  # of what is made of itself
            found = self._deeper(lambda: self._text(node), None)
            self._texts[node] = None if found is None or len(found) > LONGEST else found
        return self._texts[node]

    def _text(self, node: ast.expr) -> Text | None:
        match node:
            case ast.Constant(value=str() | bytes() as value):
                return value
            case ast.Name(id=name):
                match self._layout.scope(node).look_up(name):
                    case [Value(node=value, whole=True)]:
                        return self.text(value)
                    case _:
                        return None
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return _joined([self.text(left), self.text(right)])
            case ast.JoinedStr(values=values):
                return _joined([self.text(value) for value in values])
            case ast.FormattedValue(value=value, format_spec=None):
                return self.text(value)
            case ast.Subscript(value=value, slice=ast.Slice(lower=None, upper=None, step=step)):
                whole = self.text(value)
                return None if whole is None or _number(step) != -1 else whole[::-1]
            case ast.Call():
                return self._made(node)
            case _:
                return None

    def _made(self, call: ast.Call) -> Text | None:
        """The text that a call makes of texts."""
        match call:
            case ast.Call(func=ast.Attribute(value=joiner, attr="join"), args=[parts]):
                between = self.text(joiner)
                texts = self._parts(parts)
                return None if between is None or texts is None else _joined(texts, between)
            case ast.Call(func=func, args=[ast.Constant(value=int() as code)]) if (
                "builtins.chr" in self.names(func)
            ):
                return _tried(lambda: chr(code))
            case ast.Call(func=func, args=[ast.List(elts=codes) | ast.Tuple(elts=codes)]) if (
                self.names(func) & {"builtins.bytes", "builtins.bytearray"}
            ):
                return _tried(lambda: bytes(_codes(codes)))
            case ast.Call(func=func, args=[first, *rest]) if self.names(func):
                named = (_MAKERS[one] for one in sorted(self.names(func)) if one in _MAKERS)
                maker = next(named, None)
                text = None if maker is None else self.text(first)
                others = [str(self.text(one)) for one in rest]
                if maker is None or text is None:
                    return None
                return _tried(lambda: maker(text, *others))
            case ast.Call(func=ast.Attribute(value=value, attr=method), args=args):
                text = self.text(value)
                given = [self.text(one) for one in args]
                if text is None or method not in _METHODS or None in given:
                    return None
                return _tried(lambda: getattr(text, method)(*given))
            case _:
                return None

    def _parts(self, parts: ast.expr) -> list[Text | None] | None:
        match parts:
            case ast.List(elts=values) | ast.Tuple(elts=values):
                return [self.text(value) for value in values]
            case ast.Call(func=func, args=[one]) if "builtins.reversed" in self.names(func):
                text = self.text(one)
                return [text[::-1]] if isinstance(text, str) else None
            case ast.Call(func=func, args=[mapped, ast.List(elts=codes)]) if (
                "builtins.map" in self.names(func) and "builtins.chr" in self.names(mapped)
            ):
                return [_tried(lambda: "".join(map(chr, _codes(codes))))]
            case _:
                return None

    # Paths

    def beginning(self, node: ast.expr) -> str:
        """How the path that an expression makes begins; empty where that is not known."""
        return self._deeper(lambda: self._beginning(node), "")

    def _beginning(self, node: ast.expr) -> str:
        whole = self.text(node)
        if isinstance(whole, str):
            return whole
        match node:
            case ast.Name(id=name):
                match self._layout.scope(node).look_up(name):
                    case [Value(node=value, whole=True)]:
                        return self.beginning(value)
                    case _:
                        return ""
            case ast.BinOp(left=left, op=ast.Add() | ast.Div()):
                return self.beginning(left)
            case ast.JoinedStr(values=[first, *_]):
                return self.beginning(first)
            case ast.FormattedValue(value=value):
                return self.beginning(value)
            case ast.Subscript(value=value, slice=key):
                is_home = "os.environ" in self.names(value) and self.text(key) in _HOMES
                return _HOME if is_home else ""
            case ast.Call(func=func, args=args):
                return self._called_path(func, args)
            case _:
                return ""

    def _called_path(self, func: ast.expr, args: list[ast.expr]) -> str:
        functions = self.names(func)
        if "pathlib.Path.home" in functions:
            return _HOME
        if functions & _GETTERS and args and self.text(args[0]) in _HOMES:
            return _HOME
        if functions & _OF_PATHS:
            named = (self.beginning(one) for one in reversed(args))
            return next((one for one in named if is_outside(one)), "")
        match func:
            case ast.Attribute(value=value, attr="joinpath" | "expanduser" | "format"):
                return self.beginning(value)
            case _:
                return ""

    # What is decoded

    def is_decoded(self, node: ast.expr) -> bool:
        """Whether an expression is made by a decoder, in as many steps as the file has."""
        return any(self._decodes(one) for one in self._behind(node))

    def is_path(self, node: ast.expr) -> bool:
        """Whether an expression is made of a path of `pathlib`."""
        return any(
            isinstance(one, ast.Name | ast.Attribute) and self.names(one) & _PATHS
            for one in self._behind(node)
        )

    def _behind(self, node: ast.expr) -> Iterator[ast.AST]:
        """The nodes of an expression, and of what the names in it are bound to, each once."""
        seen: set[ast.AST] = set()
        todo: list[ast.AST] = [node]
        while todo and not self.is_tired:
            one = todo.pop()
            self._steps -= 1
            if one in seen:
                continue
            seen.add(one)
            yield one
            todo.extend(ast.iter_child_nodes(one))
            if isinstance(one, ast.Name):
                todo.extend(self._origins(one))

    def _decodes(self, node: ast.AST) -> bool:
        match node:
            case ast.Call(func=func):
                return any(one in DECODERS for one in self.names(func)) or self._unrots(node)
            case ast.Name() | ast.Attribute():
                return "builtins.chr" in self.names(node)
            case ast.BinOp(op=ast.BitXor()):
                return True
            case ast.Slice(step=ast.expr() as step):
                return _number(step) == -1
            case _:
                return False

    def _unrots(self, call: ast.Call) -> bool:
        """Whether `.decode("rot13")` and its like are called."""
        match call:
            case ast.Call(func=ast.Attribute(attr="decode"), args=[name, *_]):
                return str(self.text(name)).lower().replace("_", "") in _CONCEALING
            case _:
                return False

    def _origins(self, node: ast.Name) -> Iterator[ast.AST]:
        for one in self._layout.scope(node).look_up(node.id) or ():
            match one:
                case Value(node=value):
                    yield value
                case Made(node=ast.FunctionDef() as made):
                    yield made
                case _:
                    pass

    def _deeper(self, step: Callable[[], _T], otherwise: _T) -> _T:
        if self._depth >= DEEPEST:
            return otherwise
        self._depth += 1
        try:
            return step()
        finally:
            self._depth -= 1


def is_outside(path: str) -> bool:
    """Whether a path leads out of the folder that a program stands in, beyond doubt.

    What is written to a device goes nowhere.
    """
    plain = path.replace("\\", "/")
    is_there = plain.startswith(("/", "~", "../")) or plain[1:3] == ":/"
    return is_there and not plain.startswith("/dev/")


def _codec(text: Text, name: str) -> Text:
    """What `codecs.decode` makes of a text, by the codecs that cannot make much of little."""
    match name.lower().replace("_", "").replace("-", ""):
        case "rot13" if isinstance(text, str):
            return codecs.decode(text, "rot13")
        case "hex":
            return binascii.unhexlify(text)
        case "base64":
            return base64.b64decode(text)
        case _:
            raise ValueError(name)


_MAKERS: Mapping[str, Callable[..., Text]] = {
    "base64.b64decode": base64.b64decode,
    "base64.urlsafe_b64decode": base64.urlsafe_b64decode,
    "base64.b32decode": base64.b32decode,
    "base64.b16decode": base64.b16decode,
    "binascii.unhexlify": binascii.unhexlify,
    "binascii.a2b_hex": binascii.unhexlify,
    "binascii.a2b_base64": binascii.a2b_base64,
    "builtins.bytes.fromhex": bytes.fromhex,
    "builtins.bytearray.fromhex": bytes.fromhex,
    "builtins.str": str,
    "codecs.decode": _codec,
    "os.path.expanduser": str,
    "os.path.expandvars": str,
    "os.path.normpath": str,
    "os.fspath": str,
    "pathlib.Path": str,
    "pathlib.PurePath": str,
    "pathlib.PosixPath": str,
}
"""Calls that make a text of one; a path stands for itself."""

_METHODS = frozenset("lower upper strip lstrip rstrip replace encode decode expanduser".split())
_CONCEALING = frozenset({"rot13", "hex", "base64", "zlib", "bz2", "zip"})
_HOMES = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
_GETTERS = frozenset({"os.getenv", "os.environ.get"})
_PATHS = frozenset({"pathlib.Path", "pathlib.PosixPath", "pathlib.PurePath", "pathlib.Path.home"})
_OF_PATHS = _PATHS | {
    *("os.path.join", "os.path.expanduser", "os.path.abspath", "os.path.realpath"),
    *("os.fspath", "os.path.normpath", "builtins.str"),
}


def _joined(parts: Sequence[Text | None], between: Text = "") -> Text | None:
    """The parts as one text, where each is known, and all are of one kind."""
    if all(isinstance(part, str) for part in parts) and isinstance(between, str):
        return between.join(str(part) for part in parts)
    whole = [part for part in parts if isinstance(part, bytes)]
    if whole and len(whole) == len(parts):
        return (between if isinstance(between, bytes) else b"").join(whole)
    return None


def _number(node: ast.expr | None) -> int | None:
    match node:
        case ast.Constant(value=int() as value):
            return value
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as value)):
            return -value
        case _:
            return None


def _codes(nodes: Sequence[ast.expr]) -> list[int]:
    """Numbers, with one that is none of a character where a number is not known."""
    return [-1 if (number := _number(node)) is None else number for node in nodes]


def _tried(make: Callable[[], Text]) -> Text | None:
    """What is made, unless it cannot be made of that."""
    try:
        return make()
    except (ValueError, TypeError, AttributeError, OverflowError, LookupError):
        return None
