"""What an expression can be when the program runs, as far as the file itself says it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.reference import Known, Scalar, Unknown, Value, Written
from flake8_hfmodels.sources.python.arguments import Arguments, sort_arguments
from flake8_hfmodels.sources.python.callers import (
    Callers,
    CallHere,
    decorated_default,
    parameter,
    parameter_names,
)
from flake8_hfmodels.sources.python.dictionaries import Dictionary, Here
from flake8_hfmodels.sources.python.mappings import dictionary, items
from flake8_hfmodels.sources.python.members import Members, field_names, only_value
from flake8_hfmodels.sources.python.names import bindings_of, meaning
from flake8_hfmodels.sources.python.options import NAMESPACE, Options
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
from flake8_hfmodels.sources.python.sequences import elements, taken_apart
from flake8_hfmodels.sources.python.texts import (
    CHANGING,
    LONGEST,
    changed,
    format_parts,
    joined_parts,
    percent_parts,
)

DEPTH = 24
"""How many steps of resolution are taken before an expression counts as unknown."""

STEPS = 400
"""How many steps one reference may take in all, entries of dictionaries counted: so time stays
linear in the size of a file. Real code takes some twenty to sixty."""

MADE_HOPS = 6
"""How many names are followed to the call that made an object."""

MOST_RETURNS = 16
"""A function with more `return` statements than this is not followed."""

# Calls that return a default of theirs: docs.python.org, docs.pydantic.dev, typer.tiangolo.com.
_DEFAULTS = {
    "os.getenv": Param(("default",), 1),
    "os.environ.get": Param(("default",), 1),
    "builtins.getattr": Param((), 2),
    "dataclasses.field": Param(("default",)),
    "pydantic.Field": Param(("default",), 0),
    "typer.Option": Param(("default",), 0),
    "typer.Argument": Param(("default",), 0),
    "typing.cast": Param((), 1),
    "streamlit.text_input": Param(("value",), 1),
    "streamlit.sidebar.text_input": Param(("value",), 1),
}

# Calls that return one of the items that they are given: docs.streamlit.io, docs.python.org.
_CHOICES = {
    "streamlit.selectbox": Param(("options",), 1),
    "streamlit.radio": Param(("options",), 1),
    "streamlit.sidebar.selectbox": Param(("options",), 1),
    "streamlit.sidebar.radio": Param(("options",), 1),
    "random.choice": Param(("seq",), 0),
}
_PROPERTIES = frozenset({"property", "cached_property"})


@dataclass(slots=True)
class Evaluator:
    """Reads values off one surveyed module, never running any of it.

    `steps` counts the work for one reference. `open` are the bindings whose value is being
    found: a name inside its own assignment stands for what it was before. `frames` are the
    arguments of the calls that are looked at, under the bodies of the functions that they call;
    `met` are the bodies of functions whose parameters were asked for.
    """

    survey: Survey
    steps: int = 0
    open: set[int] = field(default_factory=set)
    frames: dict[int, Arguments] = field(default_factory=dict)
    met: dict[int, Scope] = field(default_factory=dict)
    members: Members = field(default_factory=Members)
    callers: dict[int, Callers] = field(default_factory=dict)
    options: dict[int, Options] = field(default_factory=dict)

    def is_spent(self, cost: int = 1) -> bool:
        """Count some steps, and say whether they are too many for one reference."""
        self.steps += cost
        return self.steps > STEPS

    def value(self, node: ast.expr, scope: Scope, depth: int = DEPTH) -> Value:
        """The strings, flags and `None` that an expression can be."""
        if self.is_spent() or depth <= 0:
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
            case ast.NamedExpr(value=inner) | ast.Await(value=inner):
                return self.value(inner, scope, depth - 1)
            case ast.List() | ast.Tuple() | ast.Set():
                found = elements(node, scope, self, depth)
                return self._merge(found, depth) if found else Unknown(words(node))
            case ast.Attribute():
                return self._attribute(node, scope, depth)
            case ast.Subscript():
                return self._item(node.value, node.slice, scope, depth)
            case ast.Call():
                return self._call(node, scope, depth)
            case _:
                return self._put_together(node, scope, depth)

    def dictionary(self, node: ast.expr, scope: Scope, depth: int = DEPTH) -> Dictionary | None:
        """The entries of an expression that is a dictionary in sight, else `None`."""
        return dictionary(node, scope, self, depth)

    def calls_of(self, body: Scope) -> Sequence[CallHere]:
        """The calls of a function in its own file."""
        survey = body.survey
        if id(survey) not in self.callers:
            self.callers[id(survey)] = Callers.of(survey)
        return self.callers[id(survey)].calls(body)

    @contextmanager
    def called_with(self, body: Scope, arguments: Arguments) -> Iterator[None]:
        """Take the parameters of a function for what one of its calls passes."""
        before = self.frames.get(id(body))
        self.frames[id(body)] = arguments
        try:
            yield
        finally:
            del self.frames[id(body)]
            if before is not None:
                self.frames[id(body)] = before

    def passed(self, binding: Binding, name: str) -> Here | None:
        """The expression that the call in view passes for a parameter."""
        body = binding.inside
        if body is None or id(body) not in self.frames:
            return None
        found = self.frames[id(body)].find(parameter(body, name), self)
        return found if isinstance(found, tuple) else None

    def rest_of_call(self, body: Scope) -> Dictionary | None:
        """What the call in view passes as `**rest`."""
        self.met[id(body)] = body
        arguments = self.frames.get(id(body))
        if arguments is None:
            return None
        taken = parameter_names(body)
        rest = {name: here for name, here in arguments.named.items() if name not in taken}
        return Dictionary(rest, arguments.hidden is not None, arguments.sometimes & rest.keys())

    def places(self, binding: Binding, name: str, depth: int) -> Sequence[Here]:
        """The expressions that a name stands for, one of them at a time."""
        if binding.how == "parameter" and binding.inside is not None:
            self.met[id(binding.inside)] = binding.inside
            here = self.passed(binding, name)
            return [here] if here is not None else ()
        if not isinstance(binding.node, ast.expr) or depth <= 0:
            return ()
        found: Sequence[Here] = [(binding.node, binding.scope)]
        if binding.how == "each":
            found = elements(binding.node, binding.scope, self, depth - 1) or ()
        parts = [taken_apart(here, binding.part, self, depth - 1) for here in found[: MOST + 1]]
        return [one for one in parts if one is not None] if None not in parts else ()

    def groups(self, node: ast.Attribute, scope: Scope) -> Sequence[Sequence[Binding]]:
        """The bindings of an attribute of this project, unless others assign it too."""
        owner = self.members.owner(node, scope)
        if owner is None or self.is_spent():
            return ()
        if owner.is_class and self.members.is_assigned_outside(node.attr, owner):
            return ()
        return self.members.groups(node, scope)

    def returned(self, node: ast.Call, scope: Scope) -> Sequence[Here]:
        """What a function of this project returns; nothing for all other calls."""
        match meaning(node.func, scope):
            case Own(ast.FunctionDef() | ast.AsyncFunctionDef(), instance=False) as own:
                return own.scope.survey.returns.get(id(own.node), ())
            case _:
                return ()

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
            case "parameter", _:
                return self._parameter(binding, name, depth)
            case "value", ast.expr() if not binding.part:
                return self.value(node, binding.scope, depth - 1)
            case "value" | "each", ast.expr():
                places = self.places(binding, name, depth)
                if not places and isinstance(node, ast.Call) and not binding.part:
                    return opened(self.value(node, binding.scope, depth - 1))
                return self._merge(places, depth) if places else Unknown(name)
            case "function", ast.FunctionDef(decorator_list=decorators):
                if any(_last_word(one) in _PROPERTIES for one in decorators):
                    return self._merge(binding.scope.survey.returns.get(id(node), ()), depth)
                return Unknown(name)
            case _:
                return Unknown(name)

    def _parameter(self, binding: Binding, name: str, depth: int) -> Value:
        """What the call in view passes, or all that the file's own calls pass, or the default."""
        body = binding.inside
        default: Here | None = None
        if isinstance(binding.node, ast.expr):
            default = binding.node, binding.scope
        if body is None:
            return Unknown(name)
        default = default or decorated_default(body, name)
        nothing = Unknown(f"the parameter {name}")
        if id(body) in self.frames:
            found = self.frames[id(body)].find(parameter(body, name), self)
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
            found = sort_arguments(call, scope, self).find(parameter(body, name), self)
            if isinstance(found, tuple):
                values.append(self.value(*found, depth - 1))
            elif isinstance(found, Unknown):
                values.append(found)
        return opened(merge(values)) if values else nothing

    def _union(self, nodes: Sequence[ast.expr], scope: Scope, depth: int) -> Value:
        return self._merge([(node, scope) for node in nodes[: MOST + 1]], depth)

    def _merge(self, places: Sequence[Here], depth: int) -> Value:
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

    def _put_together(self, node: ast.expr, scope: Scope, depth: int) -> Value:
        """A text that is made of others."""
        parts: Sequence[ast.expr] | None
        match node:
            case ast.JoinedStr():
                parts = joined_parts(node)
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                parts = (left, right)
            case ast.BinOp(op=ast.Mod(), left=ast.Constant(value=str()) as template, right=right):
                parts = percent_parts(template, right)
            case _:
                parts = None
        if parts is None:
            return Unknown(words(node))
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
        given = self.field_given(node, scope)
        if given is not None:
            return self.value(*given, depth - 1)
        groups = self.groups(node, scope)
        if groups:
            value = merge([self._bindings(one, node.attr, depth - 1) for one in groups])
            return opened(value) if len(groups) > 1 else value
        return self._option(node.attr, node.value, Unknown(words(node)), scope, depth)

    def field_given(self, node: ast.Attribute, scope: Scope) -> Here | None:
        """What the call that made an object passed for one of its attributes."""
        made = self._made(node.value, scope)
        return self._field(node.attr, *made) if made is not None else None

    def _made(self, node: ast.expr, scope: Scope) -> CallHere | None:
        """The call that made an object, where the object's name is bound once."""
        for _ in range(MADE_HOPS):
            match node:
                case ast.Call():
                    return node, scope
                case ast.Name(id=name):
                    here = only_value(bindings_of(name, scope))
                case ast.Attribute():
                    groups = self.groups(node, scope)
                    here = only_value(groups[0]) if len(groups) == 1 else None
                case _:
                    return None
            if here is None:
                return None
            node, scope = here
        return None

    def _field(self, name: str, call: ast.Call, scope: Scope) -> Here | None:
        """What the call that makes an object passes for one of its fields."""
        for keyword in call.keywords:
            if keyword.arg == name:
                return keyword.value, scope
        match meaning(call.func, scope):
            case Own(ast.ClassDef(), instance=False) as own if "__init__" not in own.body.bindings:
                names = field_names(own.body)
                if name in names and names.index(name) < len(call.args):
                    found = call.args[names.index(name)]
                    return None if isinstance(found, ast.Starred) else (found, scope)
                return None
            case _:
                return None

    def _option(
        self, name: str, holder: ast.expr, nothing: Unknown, scope: Scope, depth: int
    ) -> Value:
        """The default of a command-line option that an attribute of its holder stands for."""
        called = _last_word(holder)
        made = self._made(holder, scope)
        of_made = _last_word(made[0].func) if made is not None else ""
        if not (NAMESPACE.search(called) or NAMESPACE.search(of_made)):
            return nothing
        for survey in self._surveys_of(made, scope):
            if id(survey) not in self.options:
                self.options[id(survey)] = Options.of(survey)
            options = self.options[id(survey)]
            places = options.defaults.get(name, ())
            if places and len(places) <= MOST:
                return opened(self._merge(places, depth))
            owner = options.field_of(name, called)
            if owner is not None:
                return opened(self._bindings(owner.bindings[name], name, depth - 1))
        return nothing

    def _surveys_of(self, made: CallHere | None, scope: Scope) -> Iterator[Survey]:
        """The modules whose options an object may hold: its own, that of what made it."""
        yield scope.survey
        match made and made[0].func:
            case ast.Name(id=name) if made is not None:
                for binding in bindings_of(name, made[1]):
                    if binding.scope.survey is not scope.survey:
                        yield binding.scope.survey
            case _:
                return

    def _item(self, base: ast.expr, key: ast.expr, scope: Scope, depth: int) -> Value:
        found = items(base, key, scope, self, depth)
        if found:
            return self._merge(found, depth)
        match key:
            case ast.Constant(value=str(name)):
                return self._option(name, base, Unknown(words(base)), scope, depth)
            case _:
                return Unknown(words(base))

    def _call(self, node: ast.Call, scope: Scope, depth: int) -> Value:
        match node:
            case ast.Call(func=ast.Name(id="str"), args=[only], keywords=[]):
                return self.value(only, scope, depth - 1)
            case ast.Call(func=ast.Attribute(value=base, attr="get"), args=[key], keywords=[]):
                return self._item(base, key, scope, depth)
            case ast.Call(func=ast.Attribute(value=base, attr="get"), args=[key, other]) if (
                _last_word(base) != "environ"
            ):
                found = self._item(base, key, scope, depth)
                return merge([found, self.value(other, scope, depth - 1)])
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str()) as text, attr=method)):
                return self._of_text(node, text, method, scope, depth)
            case ast.Call(func=ast.Attribute(value=base, attr=method), args=args, keywords=[]) if (
                method in CHANGING
            ):
                return _all_changed(self.value(base, scope, depth - 1), method, args)
            case _:
                return self._of_function(node, scope, depth)

    def _of_text(
        self, node: ast.Call, text: ast.Constant, method: str, scope: Scope, depth: int
    ) -> Value:
        if method == "format":
            parts = format_parts(node, text)
            if parts is not None:
                return self._concatenated(node, parts, scope, depth)
        if method == "join" and len(node.args) == 1:
            found = elements(node.args[0], scope, self, depth - 1)
            if found and all(home is scope for _node, home in found):
                between = [one for item, _home in found for one in (text, item)][1:]
                return self._concatenated(node, between, scope, depth)
        return _all_changed(self.value(text, scope, depth - 1), method, node.args)

    def _of_function(self, node: ast.Call, scope: Scope, depth: int) -> Value:
        """What a function returns: one of this project, or one whose default we know."""
        of = meaning(node.func, scope)
        if isinstance(of, Own) and isinstance(of.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            returns = self.returned(node, scope)
            if id(of.body) in self.frames or len(returns) > MOST_RETURNS:
                return Unknown(words(node))
            with self.called_with(of.body, sort_arguments(node, scope, self)):
                return self._merge(returns, depth - 1)
        name = of.dotted if isinstance(of, Imported) else ""
        given = _argument(node, _DEFAULTS.get(name))
        if given is not None:
            return opened(self.value(given, scope, depth - 1))
        offered = _argument(node, _CHOICES.get(name))
        if offered is not None:
            return self._merge(elements(offered, scope, self, depth - 1) or (), depth)
        return Unknown(words(node))


def _argument(node: ast.Call, param: Param | None) -> ast.expr | None:
    if param is None:
        return None
    for keyword in node.keywords:
        if keyword.arg in param.names:
            return keyword.value
    if param.position is None or param.position >= len(node.args):
        return None
    return node.args[param.position]


def _all_changed(value: Value, method: str, arguments: Sequence[ast.expr]) -> Value:
    """Every text of a value after one of the methods that texts have."""
    if not isinstance(value, Known):
        return value
    made = [(one, changed(str(one.value), method, arguments)) for one in value.strings()]
    if not made or any(text is None for _one, text in made):
        return Unknown(f"a text after {method}()")
    return Known(tuple(replace(one, value=text) for one, text in made), value.closed)


def _last_word(node: ast.expr) -> str:
    return words(node).rpartition(".")[2].rstrip("()")


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
