"""What an expression can be when the program runs, as far as the file itself says it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import Known, Scalar, Unknown, Value, Written
from flake8_hfmodels.sources.python.arguments import Arguments, sort_arguments
from flake8_hfmodels.sources.python.callers import Callers, Signature
from flake8_hfmodels.sources.python.dictionaries import Dictionary, Here
from flake8_hfmodels.sources.python.flow import reaching
from flake8_hfmodels.sources.python.mappings import dictionary, items
from flake8_hfmodels.sources.python.members import Members
from flake8_hfmodels.sources.python.names import bindings_of, meaning
from flake8_hfmodels.sources.python.objects import attribute, option
from flake8_hfmodels.sources.python.options import Options
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
from flake8_hfmodels.sources.python.results import result_of, text_of
from flake8_hfmodels.sources.python.scopes import Binding, CallHere, Own, Scope, Survey
from flake8_hfmodels.sources.python.sequences import elements, taken_apart
from flake8_hfmodels.sources.python.wording import last_word, words

DEPTH = 24
"""How many steps of resolution are taken before an expression counts as unknown."""

STEPS = 400
"""How many steps one reference may take in all, entries of dictionaries counted: so time stays
linear in the size of a file. Real code takes some twenty to sixty."""

_PROPERTIES = frozenset({"property", "cached_property"})


@dataclass(slots=True)
class Evaluator:
    """Reads values off one surveyed module, never running any of it.

    `steps` counts the work for one argument, `total` that for all of a call. `open` are the
    bindings whose value is being found: a name inside its own assignment stands for what it was
    before. `frames` are the arguments of the calls that are looked at, under the bodies of the
    functions that they call; `met` are the bodies of functions whose parameters were asked for.
    """

    survey: Survey
    steps: int = 0
    total: int = 0
    open: set[int] = field(default_factory=set)
    frames: dict[int, Arguments] = field(default_factory=dict)
    met: dict[int, Scope] = field(default_factory=dict)
    members: Members = field(default_factory=Members)
    callers: dict[int, Callers] = field(default_factory=dict)
    options: dict[int, Options] = field(default_factory=dict)
    signatures: dict[int, Signature] = field(default_factory=dict)

    def is_spent(self, cost: int = 1) -> bool:
        """Count some steps, and say whether they are too many for one argument of a call."""
        self.steps += cost
        self.total += cost
        return self.steps > STEPS

    def value(self, node: ast.expr, scope: Scope, depth: int = DEPTH) -> Value:
        """The strings, flags and `None` that an expression can be."""
        if self.is_spent() or depth <= 0:
            return Unknown("too much to follow")
        match node:
            case ast.Constant(value=str() | bool() | None as constant):
                return Known((self.written(constant, node, scope),))
            case ast.Name(id=name):
                reached = reaching(node, scope)
                if reached is not None:
                    return self._of_reached(reached, name, depth)
                return self.of_bindings(bindings_of(name, scope), name, depth)
            case ast.IfExp(body=body, orelse=orelse):
                return self._union((body, orelse), scope, depth)
            case ast.BoolOp(op=ast.Or(), values=operands):
                return self._either(operands, scope, depth)
            case ast.NamedExpr(value=inner) | ast.Await(value=inner):
                return self.value(inner, scope, depth - 1)
            case ast.List() | ast.Tuple() | ast.Set():
                found = elements(node, scope, self, depth)
                return self.any_of(found, depth) if found else Unknown(words(node))
            case ast.Attribute():
                return attribute(self, node, scope, depth)
            case ast.Subscript():
                return self.item(node.value, node.slice, scope, depth)
            case ast.Call():
                return result_of(self, node, scope, depth)
            case _:
                return text_of(self, node, scope, depth)

    def dictionary(self, node: ast.expr, scope: Scope, depth: int = DEPTH) -> Dictionary | None:
        """The entries of an expression that is a dictionary in sight, else `None`."""
        return dictionary(node, scope, self, depth)

    def options_of(self, survey: Survey) -> Options:
        """The options of a command line that a module makes."""
        if id(survey) not in self.options:
            self.options[id(survey)] = Options.of(survey)
        return self.options[id(survey)]

    def signature(self, body: Scope) -> Signature:
        """The parameters of the function with this body."""
        if id(body) not in self.signatures:
            self.signatures[id(body)] = Signature.of(body)
        return self.signatures[id(body)]

    def calls_of(self, body: Scope) -> Sequence[CallHere]:
        """The calls of a function in its own file."""
        survey = body.survey
        if id(survey) not in self.callers:
            self.callers[id(survey)] = Callers(survey)
        return self.callers[id(survey)].calls(body)

    @contextmanager
    def called_with(self, body: Scope, arguments: Arguments) -> Iterator[None]:
        """Take the parameters of a function for what one of its calls passes."""
        self.frames[id(body)] = arguments
        try:
            yield
        finally:
            del self.frames[id(body)]

    def passed(self, binding: Binding, name: str) -> Here | None:
        """The expression that the call in view passes for a parameter."""
        body = binding.inside
        if body is None or id(body) not in self.frames:
            return None
        found = self.frames[id(body)].find(self.signature(body).param(name), self)
        return found if isinstance(found, tuple) else None

    def rest_of_call(self, body: Scope) -> Dictionary | None:
        """What the call in view passes as `**rest`."""
        self.met[id(body)] = body
        arguments = self.frames.get(id(body))
        if arguments is None:
            return None
        taken = self.signature(body).positions
        rest = {name: here for name, here in arguments.named.items() if name not in taken}
        return Dictionary(rest, arguments.hidden is not None, arguments.sometimes & rest.keys())

    def places(self, binding: Binding, name: str, depth: int) -> Sequence[Here]:
        """The expressions that a name stands for, one of them at a time."""
        if binding.how == "parameter" and binding.inside is not None:
            self.met[id(binding.inside)] = binding.inside
            here = self.passed(binding, name)
            return [here] if here is not None else ()
        node, scope = binding.node, binding.scope
        found: Sequence[Here] = [(node, scope)] if isinstance(node, ast.expr) else ()
        if binding.how == "each":
            found = [one for here in found for one in elements(*here, self, depth - 1) or ()]
        parts = [taken_apart(here, binding.part, self, depth - 1) for here in found[: MOST + 1]]
        return [one for one in parts if one is not None] if None not in parts else ()

    def groups(self, node: ast.Attribute, scope: Scope) -> Sequence[Sequence[Binding]]:
        """The bindings of an attribute of this project, unless others assign it too."""
        owner = self.members.owner(node, scope)
        if owner is None or self.is_spent():
            return ()
        if owner.is_class and self.members.is_assigned_outside(node.attr, owner):
            return ()
        return self.members.groups(node.attr, owner)

    def returned(self, node: ast.Call, scope: Scope) -> Sequence[Here]:
        """What a function of this project returns; nothing for all other calls."""
        match meaning(node.func, scope):
            case Own(ast.FunctionDef() | ast.AsyncFunctionDef(), instance=False) as own:
                return own.scope.survey.returns.get(id(own.node), ())
            case _:
                return ()

    def _of_reached(self, bindings: Sequence[Binding], name: str, depth: int) -> Value:
        """What a name can be at a place that these bindings reach."""
        left = [one for one in bindings if id(one) not in self.open]
        if len(left) > 1:
            left = [one for one in left if not _is_none_default(one)]
        return merge([self._binding(one, name, depth) for one in left]) if left else Unknown(name)

    def of_bindings(self, bindings: Sequence[Binding], name: str, depth: int) -> Value:
        """What a name can be that is bound in these ways; unknown where one replaces another."""
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
            case "parameter", _ if binding.inside is not None:
                return self._parameter(binding, binding.inside, name, depth)
            case "value", ast.expr() if not binding.part:
                return self.value(node, binding.scope, depth - 1)
            case "value" | "each", ast.expr():
                places = self.places(binding, name, depth)
                if not places and isinstance(node, ast.Call) and not binding.part:
                    return opened(self.value(node, binding.scope, depth - 1))
                return self.any_of(places, depth) if places else Unknown(name)
            case "function", ast.FunctionDef(decorator_list=decorators):
                if any(last_word(one) in _PROPERTIES for one in decorators):
                    return self.any_of(binding.scope.survey.returns.get(id(node), ()), depth)
                return Unknown(name)
            case _:
                return Unknown(name)

    def _parameter(self, binding: Binding, body: Scope, name: str, depth: int) -> Value:
        """What the call in view passes, or all that the file's own calls pass, or the default."""
        default: Here | None = None
        if isinstance(binding.node, ast.expr):
            default = binding.node, binding.scope
        default = default or self.signature(body).decorated.get(name)
        nothing = Unknown(f"the parameter {name}")
        if id(body) in self.frames:
            found = self.frames[id(body)].find(self.signature(body).param(name), self)
            here = found if isinstance(found, tuple) else default
            if here is None or isinstance(found, Unknown):
                return found if isinstance(found, Unknown) else nothing
            value = self.value(*here, depth - 1)
            return value if here is not default else opened(value)
        self.met[id(body)] = body
        values = [self.value(*default, depth - 1)] if default is not None else []
        for call, scope in self.calls_of(body):
            if self.is_spent():
                break
            found = sort_arguments(call, scope, self).find(self.signature(body).param(name), self)
            if isinstance(found, tuple):
                values.append(self.value(*found, depth - 1))
            elif isinstance(found, Unknown):
                values.append(found)
        return opened(merge(values)) if values else nothing

    def _union(self, nodes: Sequence[ast.expr], scope: Scope, depth: int) -> Value:
        return self.any_of([(node, scope) for node in nodes[: MOST + 1]], depth)

    def any_of(self, places: Sequence[Here], depth: int) -> Value:
        """What one of several expressions can be."""
        if not places or len(places) > MOST:
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

    def written(self, value: Scalar, node: ast.expr, scope: Scope) -> Written:
        """A value and its place, which may be in another file."""
        survey = scope.survey
        path = "" if survey is self.survey else survey.path
        return Written(value, span_of(node, survey.lines), path)

    def item(self, base: ast.expr, key: ast.expr, scope: Scope, depth: int) -> Value:
        """What an item of a dictionary, a list or the options of a command line can be."""
        found = items(base, key, scope, self, depth)
        if found:
            return self.any_of(found, depth)
        match key:
            case ast.Constant(value=str(name)):
                return option(self, name, base, Unknown(words(base)), scope, depth)
            case _:
                return Unknown(words(base))


def _is_none_default(binding: Binding) -> bool:
    """Whether it is a parameter's `None`, which `if x is None: x = ...` replaces."""
    node = binding.node
    return binding.how == "parameter" and isinstance(node, ast.Constant) and node.value is None
