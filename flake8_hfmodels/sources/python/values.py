"""What an expression can be when the program runs, as far as the file itself says it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.reference import Known, Scalar, Unknown, Value, Written
from flake8_hfmodels.sources.python.dictionaries import Dictionary, Gathering, Here, either
from flake8_hfmodels.sources.python.names import MANY, bindings_of, meaning
from flake8_hfmodels.sources.python.places import span_of
from flake8_hfmodels.sources.python.possibilities import (
    MOST,
    counting,
    ends_there,
    merge,
    opened,
    reassigned,
    true_part,
)
from flake8_hfmodels.sources.python.scopes import Binding, Imported, Own, Scope, Survey

DEPTH = 24
"""How many steps of resolution are taken before an expression counts as unknown."""

STEPS = 400
"""How many steps one reference may take in all, entries of dictionaries counted: so time stays
linear in the size of a file. Real code takes some twenty."""

LONGEST = 1000
"""A text that is put together from parts and gets longer than this names no repo."""

# Calls that return a default of theirs: docs.python.org, docs.pydantic.dev, typer.tiangolo.com.
_DEFAULTS = {
    "os.getenv": Param(("default",), 1),
    "os.environ.get": Param(("default",), 1),
    "builtins.getattr": Param((), 2),
    "dataclasses.field": Param(("default",)),
    "pydantic.Field": Param(("default",), 0),
    "typer.Option": Param(("default",), 0),
    "typer.Argument": Param(("default",), 0),
}


@dataclass(slots=True)
class Evaluator:
    """Reads values off one surveyed module, never running any of it.

    `steps` counts the work for one reference. `open` are the bindings whose value is being
    found: a name inside its own assignment stands for what it was before.
    """

    survey: Survey
    steps: int = 0
    open: set[int] = field(default_factory=set)

    def is_spent(self, cost: int = 1) -> bool:
        """Count some steps, and say whether they are too many for one reference."""
        self.steps += cost
        return self.steps > STEPS

    def value(self, node: ast.expr, scope: Scope, depth: int = DEPTH) -> Value:
        """The strings, flags and `None` that an expression can be."""
        if self.is_spent() or depth == 0:
            return Unknown("too much to follow")
        match node:
            case ast.Constant(value=str() | bool() | None as constant):
                return Known((self._written(constant, node, scope),))
            case ast.Name(id=name):
                return self._bindings(bindings_of(name, scope), name, depth)
            case ast.IfExp(body=body, orelse=orelse):
                return self._union((body, orelse), scope, depth)
            case ast.BoolOp(op=ast.Or(), values=operands):
                return self._either(operands, scope, depth)
            case ast.NamedExpr(value=inner):
                return self.value(inner, scope, depth - 1)
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items) if items:
                return self._union(items, scope, depth)
            case ast.JoinedStr():
                return self._joined(node, scope, depth)
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                return self._concatenated(node, (left, right), scope, depth)
            case ast.Attribute():
                return self._attribute(node, scope, depth)
            case ast.Subscript(value=base, slice=key):
                return self._item(base, key, scope, depth)
            case ast.Call():
                return self._call(node, scope, depth)
            case _:
                return Unknown(words(node))

    def dictionary(self, node: ast.expr, scope: Scope, depth: int = DEPTH) -> Dictionary | None:
        """The entries of an expression that is a dictionary in sight, else `None`."""
        if self.is_spent() or depth == 0:
            return None
        match node:
            case ast.Constant(value=None):
                return Dictionary({}, open=False)
            case ast.Dict(keys=keys, values=values):
                return self._literal_dictionary(keys, values, scope, depth)
            case ast.Call(func=ast.Name(id="dict"), args=[] | [_] as bases, keywords=keywords):
                return self._keyword_dictionary(bases, keywords, scope, depth)
            case ast.Call(func=ast.Attribute(value=base, attr="copy"), args=[], keywords=[]):
                return self.dictionary(base, scope, depth - 1)
            case ast.Name(id=name):
                return self._only(scope.lookup(name), scope.holder(name), name, depth)
            case ast.Attribute(attr=name):
                owner = self._owner(node, scope)
                return self._only(owner.member(name) if owner else (), owner, name, depth)
            case ast.Subscript(value=base, slice=key):
                return self._inner_dictionary(base, key, scope, depth)
            case ast.BinOp(op=ast.BitOr(), left=left, right=right):
                return self._merged(left, right, scope, depth)
            case ast.BoolOp(op=ast.Or(), values=[first, ast.Dict(keys=[])]):
                return self.dictionary(first, scope, depth - 1)
            case ast.IfExp(body=body, orelse=orelse):
                arms = [self.dictionary(arm, scope, depth - 1) for arm in (body, orelse)]
                seen = [arm for arm in arms if arm is not None]
                return either(*seen) if len(seen) == 2 else None
            case _:
                return None

    def _bindings(self, bindings: Sequence[Binding], name: str, depth: int) -> Value:
        if len(bindings) > MOST:
            return Unknown(f"{name}, which is assigned more than once")
        left = counting([one for one in bindings if id(one) not in self.open])
        if not left:
            return Unknown(name)
        if reassigned(left):
            return Unknown(f"{name}, which is assigned more than once")
        return merge([self._binding(one, name, depth) for one in left])

    def _binding(self, binding: Binding, name: str, depth: int) -> Value:
        self.open.add(id(binding))
        try:
            return self._bound(binding, name, depth)
        finally:
            self.open.discard(id(binding))

    def _bound(self, binding: Binding, name: str, depth: int) -> Value:
        node = binding.node
        match binding.how, node:
            case "value", ast.expr():
                return self.value(node, binding.scope, depth - 1)
            case "parameter", ast.expr():
                return opened(self.value(node, binding.scope, depth - 1))
            case "each", ast.List() | ast.Tuple() | ast.Set():
                return self.value(node, binding.scope, depth - 1)
            case "each", ast.Name(id=iterable):
                return self._each(binding.scope.lookup(iterable), name, depth)
            case "parameter", None:
                return Unknown(f"the parameter {name}")
            case _:
                return Unknown(name)

    def _each(self, bindings: Sequence[Binding], name: str, depth: int) -> Value:
        match bindings:
            case [Binding(how="value", node=ast.List() | ast.Tuple() | ast.Set() as node) as one]:
                return self.value(node, one.scope, depth - 1)
            case [Binding(how="value", node=ast.Dict(keys=keys)) as one]:
                return self._union([key for key in keys if key is not None], one.scope, depth)
            case _:
                return Unknown(name)

    def _union(self, nodes: Sequence[ast.expr], scope: Scope, depth: int) -> Value:
        return self._merge([(node, scope) for node in nodes[: MOST + 1]], depth)

    def _merge(self, places: Sequence[Here], depth: int) -> Value:
        if len(places) > MOST:
            return Unknown("one of many")
        return merge([self.value(node, scope, depth - 1) for node, scope in places])

    def _either(self, operands: Sequence[ast.expr], scope: Scope, depth: int) -> Value:
        """What is left of `a or b`: a false operand counts only when it is the last."""
        values: list[Value] = []
        for operand in operands[:-1]:
            value = self.value(operand, scope, depth - 1)
            values.append(true_part(value))
            if ends_there(value) or len(values) > MOST:
                return merge(values)
        return merge([*values, self.value(operands[-1], scope, depth - 1)])

    def _joined(self, node: ast.JoinedStr, scope: Scope, depth: int) -> Value:
        parts: list[ast.expr] = []
        for part in node.values:
            match part:
                case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
                    parts.append(inner)
                case ast.Constant():
                    parts.append(part)
                case _:
                    return Unknown("an f-string")
        return self._concatenated(node, parts, scope, depth)

    def _concatenated(
        self, node: ast.expr, parts: Sequence[ast.expr], scope: Scope, depth: int
    ) -> Value:
        texts = [""]
        closed = True
        for part in parts:
            value = self.value(part, scope, depth - 1)
            closed = closed and isinstance(value, Known) and value.closed
            tails = [str(one.value) for one in value.strings()] if isinstance(value, Known) else []
            texts = [text + tail for text in texts for tail in tails]
            if not 0 < len(texts) <= MOST or max(map(len, texts)) > LONGEST:
                return Unknown(words(node))
        return Known(tuple(self._written(text, node, scope) for text in texts), closed)

    def _written(self, value: Scalar, node: ast.expr, scope: Scope) -> Written:
        """A value and its place, which may be in another file."""
        survey = scope.survey
        path = "" if survey is self.survey else survey.path
        return Written(value, span_of(node, survey.lines), path)

    def _attribute(self, node: ast.Attribute, scope: Scope, depth: int) -> Value:
        owner = self._owner(node, scope)
        bindings = owner.member(node.attr) if owner is not None else ()
        return self._bindings(bindings, node.attr, depth) if bindings else Unknown(words(node))

    def _owner(self, node: ast.Attribute, scope: Scope) -> Scope | None:
        """The class of this file that an attribute belongs to, unless others assign it too."""
        if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls") and scope.owner:
            owner = scope.owner
        else:
            of = meaning(node.value, scope)
            if not isinstance(of, Own) or not isinstance(of.node, ast.ClassDef):
                return None
            owner = of.body
        return None if self._is_assigned_outside(node.attr, owner) else owner

    def _is_assigned_outside(self, attribute: str, owner: Scope) -> bool:
        places = owner.survey.assigned.get(attribute, ())
        if self.is_spent(len(places)) or len(places) > MANY:
            return True
        objects = (meaning(node, scope) for node, scope in places)
        return any(isinstance(of, Own) and of.node is owner.node for of in objects)

    def _item(self, base: ast.expr, key: ast.expr, scope: Scope, depth: int) -> Value:
        found = self._items(base, key, scope, depth)
        return self._merge(found, depth) if found else Unknown(words(base))

    def _items(self, base: ast.expr, key: ast.expr, scope: Scope, depth: int) -> Sequence[Here]:
        """The entries of a dictionary that a key can mean: all of them for an unknown key."""
        found = self.dictionary(base, scope, depth - 1)
        if found is None or found.open:
            return ()
        wanted = self.value(key, scope, depth - 1)
        names = [str(one.value) for one in wanted.strings()] if isinstance(wanted, Known) else None
        asked = [one for one in found.entries if names is None or one in names]
        if not found.sometimes.isdisjoint(asked):
            return ()
        return [found.entries[one] for one in asked]

    def _call(self, node: ast.Call, scope: Scope, depth: int) -> Value:
        match node:
            case ast.Call(func=ast.Name(id="str"), args=[only], keywords=[]):
                return self.value(only, scope, depth - 1)
            case ast.Call(func=ast.Attribute(value=base, attr="get"), args=[key], keywords=[]):
                return self._item(base, key, scope, depth)
            case ast.Call(func=ast.Attribute(value=base, attr="get"), args=[key, other]):
                found = self._item(base, key, scope, depth)
                return merge([found, self.value(other, scope, depth - 1)])
            case _:
                default = self._default(node, scope)
                if default is None:
                    return Unknown(words(node))
                return opened(self.value(default, scope, depth - 1))

    def _default(self, node: ast.Call, scope: Scope) -> ast.expr | None:
        """What a call returns where the environment, or whoever fills it in, is silent."""
        of = meaning(node.func, scope)
        param = _DEFAULTS.get(of.dotted) if isinstance(of, Imported) else None
        if param is None:
            return None
        for keyword in node.keywords:
            if keyword.arg in param.names:
                return keyword.value
        if param.position is None or param.position >= len(node.args):
            return None
        return node.args[param.position]

    def _literal_dictionary(
        self,
        keys: Sequence[ast.expr | None],
        values: Sequence[ast.expr],
        scope: Scope,
        depth: int,
    ) -> Dictionary | None:
        if self.is_spent(len(keys)):
            return None
        found = Gathering()
        for key, value in zip(keys, values, strict=True):
            match key:
                case ast.Constant(value=str(text)):
                    found.put(text, (value, scope))
                case ast.Constant(value=number):
                    found.put(repr(number), (value, scope))
                case None:
                    found.spread(self.dictionary(value, scope, depth - 1))
                case _:
                    found.put_one_of(self.value(key, scope, depth - 1), (value, scope))
        return found.done()

    def _keyword_dictionary(
        self,
        bases: Sequence[ast.expr],
        keywords: Sequence[ast.keyword],
        scope: Scope,
        depth: int,
    ) -> Dictionary | None:
        if self.is_spent(len(keywords)):
            return None
        found = Gathering()
        for base in bases:
            found.spread(self.dictionary(base, scope, depth - 1))
        for keyword in keywords:
            if keyword.arg is None:
                found.spread(self.dictionary(keyword.value, scope, depth - 1))
            else:
                found.put(keyword.arg, (keyword.value, scope))
        return found.done()

    def _only(
        self, bindings: Sequence[Binding], holder: Scope | None, name: str, depth: int
    ) -> Dictionary | None:
        """The dictionary that a name is bound to once, with what later lines put into it."""
        match bindings:
            case [Binding(how="value", node=ast.expr() as node, scope=home) as binding] if holder:
                found = self.dictionary(node, home, depth - 1)
                changes = holder.items.get(name, ())
                if found is None or self.is_spent(len(changes)):
                    return None
                return found.changed(binding, changes, name in holder.mutated)
            case _:
                return None

    def _inner_dictionary(
        self, base: ast.expr, key: ast.expr, scope: Scope, depth: int
    ) -> Dictionary | None:
        match self._items(base, key, scope, depth):
            case [(node, home)]:
                return self.dictionary(node, home, depth - 1)
            case _:
                return None

    def _merged(self, left: ast.expr, right: ast.expr, scope: Scope, depth: int) -> Dictionary:
        found = Gathering()
        for side in (left, right):
            found.spread(self.dictionary(side, scope, depth - 1))
        return found.done()


def words(node: ast.expr, depth: int = 6) -> str:
    """A few words for an expression, as the source has it; the far end of a long one is cut."""
    match node:
        case ast.Name(id=name):
            return name
        case _ if depth == 0:
            return "…"
        case ast.Attribute(value=base, attr=attribute):
            return f"{words(base, depth - 1)}.{attribute}"
        case ast.Call(func=callee):
            return f"{words(callee, depth - 1)}()"
        case ast.Subscript(value=base):
            return f"{words(base, depth - 1)}[…]"
        case _:
            return "…"
