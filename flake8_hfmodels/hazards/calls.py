"""Calls that are dangerous by what they are given."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_hfmodels.hazards.decoding import Origins
from flake8_hfmodels.hazards.meaning import Meaning, imported_by
from flake8_hfmodels.hazards.names import (
    ATTRIBUTE_GETTERS,
    GUARDED,
    IMPORTERS,
    INNER,
    REQUESTS,
    RUNNERS,
    SAFE_LOADERS,
    SENDING_VERBS,
)
from flake8_hfmodels.hazards.paths import Paths, is_outside
from flake8_hfmodels.hazards.places import (
    OPENERS,
    WRITERS,
    WRITING_FLAGS,
    WRITING_METHODS,
)
from flake8_hfmodels.hazards.scopes import Value

Found = Iterator[tuple[str, str]]
"""Kinds of danger, and what stands there."""


class Calls:
    """Judges the calls of one file."""

    def __init__(self, meaning: Meaning, origins: Origins, paths: Paths) -> None:
        self._meaning = meaning
        self._origins = origins
        self._paths = paths

    def of(self, call: ast.Call) -> Found:
        """What is dangerous in a call beside the name of what is called."""
        functions = self._names(call.func)
        yield from self._of_running(functions, call)
        if functions & IMPORTERS:
            name = imported_by(call)
            yield from () if name is None else self._of_import(name)
        if functions & ATTRIBUTE_GETTERS and len(call.args) > 1:
            yield from self._of_getattr(call.args[0], call.args[1])
        if "functools.partial" in functions and call.args:
            functions |= self._names(call.args[0])
        for function in sorted(functions):
            yield from self._of_reading(function, call)
            yield from self._of_sending(function, call)
        yield from self._of_writing(functions, call)
        if self._truth(self._keyword(call, "trust_remote_code")):
            yield "nested-trust", "passes trust_remote_code=True"

    def _names(self, node: ast.expr) -> frozenset[str]:
        return self._meaning.names(node)

    def _of_running(self, functions: frozenset[str], call: ast.Call) -> Found:
        given = [*call.args, *(one.value for one in call.keywords)]
        runners = sorted(functions & RUNNERS)
        if runners and any(self._origins.is_decoded(one) for one in given):
            yield "decoded-code", f"decodes what it hands to {runners[0].removeprefix('builtins.')}"
        match call:
            case ast.Call(func=ast.Call(func=made, args=[ast.Lambda()])) if (
                "builtins.type" in self._names(made)
            ):
                yield "code-from-text", "makes a function by the type of another one"
            case ast.Call(func=ast.Attribute(attr="replace"), keywords=keywords) if any(
                one.arg == "co_code" for one in keywords
            ):
                yield "code-from-text", "replaces the code of a function"
            case _:
                pass

    def _of_import(self, name: ast.expr) -> Found:
        texts = self._meaning.texts(name)
        if not texts:
            yield "dynamic-import", "imports what is named at run time"
        elif not isinstance(name, ast.Constant | ast.Name):
            yield "concealed-name", f"puts the name of the module {texts[0]!r} together"
        for text in texts:
            if text in GUARDED:
                yield "concealed-name", f"imports {text!s} by a call"

    def _of_getattr(self, value: ast.expr, name: ast.expr) -> Found:
        modules = self._names(value) & GUARDED
        texts = self._meaning.texts(name)
        if modules and not texts:
            yield "concealed-name", f"looks a name in {sorted(modules)[0]} up at run time"
        for text in texts:
            if text in INNER:
                yield "concealed-name", f"reaches into {text!s}"

    # Reading

    def _of_reading(self, name: str, call: ast.Call) -> Found:
        match name:
            case "torch.load" | "torch.serialization.load":
                weights_only = self._keyword(call, "weights_only")
                if self._truth(weights_only) is False:
                    yield "unpickling", "calls torch.load with weights_only=False"
                elif self._keyword(call, "pickle_module") is not None:
                    yield "unpickling", "calls torch.load with an unpickler of its own"
                elif weights_only is None:
                    yield "default-unpickling", "calls torch.load without weights_only"
            case "numpy.load":
                allow_pickle = self._keyword(call, "allow_pickle", 2)
                if self._truth(allow_pickle):
                    yield "unpickling", "calls numpy.load with allow_pickle=True"
            case "yaml.load" | "yaml.load_all":
                loader = self._keyword(call, "Loader", 1)
                if loader is None or not self._names(loader) & SAFE_LOADERS:
                    yield "unpickling", f"calls {name} without a safe loader"
            case "keras.models.load_model" | "tensorflow.keras.models.load_model":
                if self._truth(self._keyword(call, "safe_mode")) is False:
                    yield "unpickling", f"calls {name} with safe_mode=False"
            case _:
                pass

    def _keyword(self, call: ast.Call, name: str, position: int | None = None) -> ast.expr | None:
        """An argument by its name, in a table of arguments, or by its position."""
        for one in call.keywords:
            if one.arg == name:
                return one.value
            match one:
                case ast.keyword(arg=None, value=ast.Dict(keys=keys, values=values)):
                    for key, value in zip(keys, values, strict=True):
                        if key is not None and self._meaning.text(key) == name:
                            return value
                case _:
                    pass
        is_there = position is not None and len(call.args) > position
        return call.args[position or 0] if is_there else None

    def _truth(self, node: ast.expr | None) -> bool | None:
        """Whether a value is true, where that stands in the file."""
        match node:
            case ast.Constant(value=value):
                return bool(value)
            case ast.UnaryOp(op=ast.Not(), operand=ast.Constant(value=value)):
                return not value
            case ast.Name(id=name):
                match self._meaning.layout.scope(node).look_up(name):
                    case [Value(node=ast.Constant(value=value), whole=True)]:
                        return bool(value)
                    case _:
                        return None
            case _:
                return None

    # Sending

    def _of_sending(self, name: str, call: ast.Call) -> Found:
        if name == "urllib.request.urlopen" and self._keyword(call, "data", 1) is not None:
            yield "sending", "hands data to urllib.request.urlopen"
        if name == "urllib.request.Request" and self._keyword(call, "data", 1) is not None:
            yield "sending", "hands data to urllib.request.Request"
        if name in REQUESTS:
            verb = self._keyword(call, "method", REQUESTS[name])
            text = None if verb is None else self._meaning.text(verb)
            if isinstance(text, str) and text.upper() in SENDING_VERBS:
                yield "sending", f"calls {name} to {text.upper()}"

    # Writing

    def _of_writing(self, functions: frozenset[str], call: ast.Call) -> Found:
        for function in sorted(functions):
            name = function.removeprefix("builtins.")
            if function in OPENERS and self._is_for_writing(call, 1):
                yield from self._of_place(name, self._keyword(call, "file", 0))
            if function == "os.open" and self._has_writing_flags(call):
                yield from self._of_place(name, self._keyword(call, "path", 0))
            for position, keyword in WRITERS.get(function, ()):
                yield from self._of_place(name, self._keyword(call, keyword, position))
        match call.func:
            case ast.Attribute(value=value, attr=method):
                is_open = method == "open" and self._is_for_writing(call, 0)
                if is_open or method in WRITING_METHODS:
                    found = list(self._of_place(method, value))
                    yield from found if found and self._origins.is_path(value) else ()
            case _:
                pass

    def _is_for_writing(self, call: ast.Call, position: int) -> bool:
        mode = self._keyword(call, "mode", position)
        text = None if mode is None else self._meaning.text(mode)
        return isinstance(text, str) and bool(set(text) & set("wax+"))

    def _has_writing_flags(self, call: ast.Call) -> bool:
        flags = self._keyword(call, "flags", 1)
        nodes = () if flags is None else ast.walk(flags)
        return any(isinstance(one, ast.Attribute) and one.attr in WRITING_FLAGS for one in nodes)

    def _of_place(self, name: str, place: ast.expr | None) -> Found:
        for one in () if place is None else self._paths.beginnings(place):
            if is_outside(one):
                yield "write-outside", f"{name} at {one!r}"
