"""Which of the files that a module downloads it unpickles, and with what."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.loaders.unpicklers import (
    BY_NAME,
    FILES,
    FOLDERS,
    JOINING,
    METHODS,
    PASSING,
    READING,
    Unpickler,
)
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Absent, Known, Reference, Unknown, Value, Written
from flake8_hfmodels.sources.python.arguments import Arguments, sort_arguments
from flake8_hfmodels.sources.python.dictionaries import Here
from flake8_hfmodels.sources.python.flow import reaching
from flake8_hfmodels.sources.python.mappings import items
from flake8_hfmodels.sources.python.names import bindings_of, meaning
from flake8_hfmodels.sources.python.partials import whole_calls
from flake8_hfmodels.sources.python.places import span_of
from flake8_hfmodels.sources.python.possibilities import MOST, counting, merge, reassigned
from flake8_hfmodels.sources.python.results import MOST_RETURNS, concatenated
from flake8_hfmodels.sources.python.scopes import Binding, Imported, Own, Scope
from flake8_hfmodels.sources.python.starting import may_call
from flake8_hfmodels.sources.python.texts import joined_parts
from flake8_hfmodels.sources.python.values import DEPTH, Evaluator
from flake8_hfmodels.sources.python.wording import called

Download: TypeAlias = tuple[ast.Call, Scope, Sequence[Reference]]
"""One call that may download, and the references that it makes."""

Place: TypeAlias = tuple[int, int, int | None, int | None]

# How much comes through an unpickler, least first: `weights_only` is on, is left to the version
# of torch, is decided at run time, is off or not there at all.
_DATA, _BY_DEFAULT, _UNKNOWN, _ANYTHING = range(4)


@dataclass(frozen=True, slots=True)
class _Use:
    """How a download is unpickled; `file` is the name of the file, in the repo."""

    by: str
    allows: int
    options: dict[str, Value]
    file: Value


def with_unpicklers(downloads: Sequence[Download], evaluator: Evaluator) -> Iterator[Reference]:
    """The references of some downloads, each with what unpickles its file.

    It is for a module that imports a package that unpickles.
    """
    uses = _uses(downloads, evaluator)
    for call, _scope, references in downloads:
        use = uses.get(_place(call))
        yield from references if use is None else _unpickled(references, use)


def _uses(downloads: Sequence[Download], evaluator: Evaluator) -> dict[Place, _Use]:
    """What unpickles each download; of several uses the one that lets most through."""
    survey = evaluator.survey
    wanted = {_place(one[0]): one for one in downloads if _returns_path(one)}
    found: dict[Place, _Use] = {}
    if not wanted:
        return found
    tracer = _Tracer(evaluator, wanted)
    for call, scope in whole_calls(survey, METHODS):
        row = _unpickler(call, scope)
        if row is not None:
            evaluator.steps = 0
            for place, use in tracer.uses(row, call, scope):
                found[place] = _worse(found[place], use) if place in found else use
    return found


def _unpickler(call: ast.Call, scope: Scope) -> Unpickler | None:
    if not may_call(call, scope, METHODS):
        return None
    of = meaning(call.func, scope)
    return BY_NAME.get(of.dotted) if isinstance(of, Imported) else None


def _worse(one: _Use, other: _Use) -> _Use:
    """The use that lets more through; where both let the same, one for the files of both."""
    if one.allows == other.allows:
        return replace(one, file=merge([one.file, other.file]))
    return max(one, other, key=lambda use: use.allows)


def _returns_path(download: Download) -> bool:
    return _loader_of(download) in FILES or _loader_of(download) in FOLDERS


def _loader_of(download: Download) -> str:
    _call, _scope, references = download
    return f"{references[0].loader.package}.{references[0].loader.name}" if references else ""


def _place(node: ast.expr) -> Place:
    """Where a call stands: one that is put together out of others stands where it is made."""
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


def _unpickled(references: Sequence[Reference], use: _Use) -> Iterator[Reference]:
    """References that download another file first, then one for all files of the same repo."""
    same: dict[str, Reference] = {}
    for reference in references:
        file = _file_in_both(reference.option("filename"), use.file)
        if file is None:
            yield reference
            continue
        key = f"{reference.repo_id} {reference.revision}"
        if key in same:
            file = merge([same[key].option("filename"), file])
        options = {**reference.options, **use.options, "filename": file}
        same[key] = replace(reference, unpickled_by=use.by, options=options)
    yield from same.values()


def _file_in_both(downloaded: Value, unpickled: Value) -> Value | None:
    """The file of a reference that is unpickled; `None` where it downloads another one."""
    match downloaded, unpickled:
        case Known(values), Known(others):
            texts = {one.value for one in others}
            both = tuple(one for one in values if one.value in texts)
            return replace(downloaded, values=both) if both else None
        case _:
            return unpickled


@dataclass(frozen=True, slots=True)
class _Tracer:
    """Finds the downloads, by their places, whose files reach an unpickler."""

    evaluator: Evaluator
    wanted: dict[Place, Download]

    def uses(self, row: Unpickler, call: ast.Call, scope: Scope) -> Iterator[tuple[Place, _Use]]:
        """The downloads that one call of an unpickler is given."""
        arguments = sort_arguments(call, scope, self.evaluator)
        file = arguments.find(row.file, self.evaluator)
        if not isinstance(file, tuple) or not self._is_on(row, arguments):
            return
        options: dict[str, Value] = {}
        allows = _ANYTHING
        if row.restricted_by is not None:
            value = arguments.value(Param((row.restricted_by,)), self.evaluator)
            if isinstance(value, Absent) and not row.restricted:
                value = Known((Written(False, span_of(call, self.evaluator.survey.lines)),))
            options, allows = {row.restricted_by: value}, _allows(value)
        for place, name in self._files(file, (), DEPTH):
            yield place, _Use(called(call.func), allows, options, name)

    def _is_on(self, row: Unpickler, arguments: Arguments) -> bool:
        if row.only_if is None:
            return True
        match arguments.value(row.only_if, self.evaluator):
            case Known(values):
                return any(written.value for written in values)
            case Unknown(hidden=hidden):
                return not hidden
            case _:
                return False

    def _files(self, here: Here, tail: Sequence[Here], depth: int) -> Iterator[tuple[Place, Value]]:
        """The downloads that an expression can come from, each with the name of its file.

        `tail` is what is put behind the path that they return.
        """
        node, scope = here
        if depth <= 0 or self.evaluator.is_spent():
            return
        match node:
            case ast.Call():
                yield from self._of_call(node, scope, tail, depth)
            case ast.BinOp(op=ast.Div() | ast.Add(), left=left, right=right):
                between = [_slash(node)] if isinstance(node.op, ast.Div) else []
                more = [(one, scope) for one in (*between, right)]
                yield from self._files((left, scope), (*more, *tail), depth - 1)
            case ast.JoinedStr(values=values) if not self.evaluator.is_spent(len(values)):
                first, *others = joined_parts(node) or [node]
                more = [(one, scope) for one in others]
                yield from self._files((first, scope), (*more, *tail), depth - 1)
            case _:
                for behind in self._behind(node, scope, depth):
                    yield from self._files(behind, tail, depth - 1)

    def _of_call(
        self, node: ast.Call, scope: Scope, tail: Sequence[Here], depth: int
    ) -> Iterator[tuple[Place, Value]]:
        place = _place(node)
        if place in self.wanted:
            yield place, self._file(self.wanted[place], tail)
            return
        match meaning(node.func, scope), node:
            case Imported(dotted), ast.Call(args=[first, *_]) if dotted in PASSING:
                yield from self._files((first, scope), tail, depth - 1)
            case Imported(dotted), ast.Call(args=[first, *others]) if dotted in JOINING:
                yield from self._joined(first, others, scope, tail, depth)
            case Own(ast.FunctionDef() | ast.AsyncFunctionDef()) as own, _:
                yield from self._returned(node, own.body, scope, tail, depth)
            case _, ast.Call(func=ast.Attribute(value=base, attr=method)) if method in READING:
                yield from self._files((base, scope), tail, depth - 1)
            case _, ast.Call(func=ast.Attribute(value=base, attr="joinpath"), args=others):
                yield from self._joined(base, others, scope, tail, depth)
            case _:
                return

    def _joined(
        self,
        first: ast.expr,
        others: Sequence[ast.expr],
        scope: Scope,
        tail: Sequence[Here],
        depth: int,
    ) -> Iterator[tuple[Place, Value]]:
        if self.evaluator.is_spent(len(others)):
            return
        more = [(part, scope) for one in others for part in (_slash(one), one)]
        yield from self._files((first, scope), (*more, *tail), depth - 1)

    def _returned(
        self, node: ast.Call, body: Scope, scope: Scope, tail: Sequence[Here], depth: int
    ) -> Iterator[tuple[Place, Value]]:
        """What a function of this project returns to one of its calls."""
        returns = self.evaluator.returned(node, scope)
        if id(body) in self.evaluator.frames or len(returns) > MOST_RETURNS:
            return
        arguments = sort_arguments(node, scope, self.evaluator)
        with self.evaluator.called_with(body, arguments):
            for here in returns:
                yield from self._files(here, tail, depth - 1)

    def _behind(self, node: ast.expr, scope: Scope, depth: int) -> Iterator[Here]:
        """The expressions that another one stands for, one of them at a time."""
        match node:
            case ast.Name(id=name):
                reached = reaching(node, scope)
                certain = _certain(bindings_of(name, scope)) if reached is None else reached
                for binding in certain:
                    yield from self._bound(binding, name, depth)
            case ast.Attribute(attr=name):
                for group in self.evaluator.groups(node, scope):
                    for binding in _certain(group):
                        yield from self._bound(binding, name, depth)
            case ast.IfExp(body=body, orelse=other):
                yield from ((body, scope), (other, scope))
            case ast.BoolOp(values=operands) if not self.evaluator.is_spent(len(operands)):
                yield from ((one, scope) for one in operands)
            case ast.NamedExpr(value=inner) | ast.Await(value=inner):
                yield inner, scope
            case ast.Subscript(value=base, slice=key):
                yield from items(base, key, scope, self.evaluator, depth)
            case _:
                return

    def _bound(self, binding: Binding, name: str, depth: int) -> Iterator[Here]:
        body = binding.inside
        if binding.how != "parameter" or body is None or id(body) in self.evaluator.frames:
            yield from self.evaluator.places(binding, name, depth)
            return
        param = self.evaluator.signature(body).param(name)
        for call, scope in self.evaluator.calls_of(body):
            found = sort_arguments(call, scope, self.evaluator).find(param, self.evaluator)
            if isinstance(found, tuple):
                yield found

    def _file(self, download: Download, tail: Sequence[Here]) -> Value:
        """The name of the file in its repo: it is passed, or put behind the path of the folder."""
        call, home, _references = download
        param = FILES.get(_loader_of(download))
        if param is not None:
            return sort_arguments(call, home, self.evaluator).value(param, self.evaluator)
        nodes = [node for node, _scope in tail]
        scopes = {id(scope): scope for _node, scope in tail}
        if len(scopes) != 1:
            return Unknown("a file of the folder")
        (scope,) = scopes.values()
        value = concatenated(self.evaluator, nodes[-1], nodes, scope, DEPTH)
        if not isinstance(value, Known):
            return value
        written = (replace(one, value=str(one.value).lstrip("/")) for one in value.values)
        return replace(value, values=tuple(written))


def _allows(value: Value) -> int:
    match value:
        case Absent():
            return _BY_DEFAULT
        case Known(values) if any(written.value is False for written in values):
            return _ANYTHING
        case Known(values):
            return _DATA if all(written.value is True for written in values) else _BY_DEFAULT
        case _:
            return _UNKNOWN


def _certain(bindings: Sequence[Binding]) -> Sequence[Binding]:
    """The bindings of a name where none replaces another; `x = None` stands for nothing."""
    if len(bindings) > MOST:
        return ()
    left = counting([one for one in bindings if not _is_none(one)])
    return () if reassigned(left) else left


def _is_none(binding: Binding) -> bool:
    node = binding.node
    return binding.how == "value" and isinstance(node, ast.Constant) and node.value is None


def _slash(at: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Constant(value="/"), at)
