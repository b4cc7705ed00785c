"""What an expression refers to: a name of an imported package, of this file, or nobody knows."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Sequence

from flake8_hfmodels.sources.python.scopes import (
    Binding,
    Imported,
    Lacking,
    Meaning,
    Module,
    Own,
    Scope,
    Survey,
    Unclear,
)

HOPS = 12
"""How many aliases are followed before we give up; cycles end here too."""

FILES = 4
"""How many files an imported name is followed through."""

MANY = 16
"""A name that is bound more often than this is not followed at all."""

LONGEST = 200
"""A dotted path of more characters is none that loads; chains of aliases could grow for ever."""

_MAKERS = frozenset(
    {"from_pretrained", "from_config", "from_single_file", "from_preset", "from_pipe"}
)

# Bases that bring no loader along: torch's and the standard library's.
_PLAIN_BASES = ("torch.", "builtins.", "abc.", "typing.", "enum.", "dataclasses.", "pydantic.")


def meaning(node: ast.expr, scope: Scope, hops: int = HOPS) -> Meaning:
    """Say what a name, a chain of attributes or the object that a call makes refers to."""
    if hops <= 0:
        return Unclear("")
    match node:
        case ast.Name(id=name):
            return _of_name(name, scope, hops)
        case ast.Attribute(value=base, attr=attribute):
            return _within_reason(_of_attribute(base, attribute, scope, hops))
        case ast.Call(func=callee):
            return _within_reason(_made_by(meaning(callee, scope, hops - 1)))
        case ast.Await(value=inner) | ast.NamedExpr(value=inner):
            return meaning(inner, scope, hops - 1)
        case ast.IfExp(body=body, orelse=other):
            arms = (meaning(body, scope, hops - 1), meaning(other, scope, hops - 1))
            return next((one for one in arms if isinstance(one, Imported)), arms[0])
        case _:
            return Unclear("")


def _within_reason(of: Meaning) -> Meaning:
    match of:
        case Imported(dotted) if len(dotted) > LONGEST:
            return Unclear(dotted[-LONGEST:])
        case Unclear(words) if len(words) > LONGEST:
            return Unclear(words[-LONGEST:])
        case _:
            return of


def _of_name(name: str, scope: Scope, hops: int) -> Meaning:
    known = scope.survey.meanings
    key = (id(scope), name)
    if key not in known:
        known[key] = Unclear(name)  # what a name that refers to itself comes to
        known[key] = _look_up(name, scope, hops)
    return known[key]


def _look_up(name: str, scope: Scope, hops: int) -> Meaning:
    bindings = bindings_of(name, scope)
    if len(bindings) > MANY:
        return Unclear(name)
    if bindings:
        # `x = load(x)` says nothing of the `x` that it is made from.
        first = [one for one in bindings if not refers_to(name, one)] or bindings
        found = {_of_binding(binding, name, hops) for binding in first}
        return found.pop() if len(found) == 1 else _same_words(name, found)
    if hasattr(builtins, name):
        return Imported(f"builtins.{name}")
    match scope.survey.stars:
        case [star] if not star.startswith("."):
            return Imported(f"{star}.{name}")
        case _:
            return Unclear(name)
    return Unclear(name)


def _same_words(name: str, found: set[Meaning]) -> Meaning:
    # `try: from a import X` / `except ImportError: X = None`: the import is what counts.
    imported = [one for one in found if isinstance(one, Imported)]
    others = [one for one in found if isinstance(one, Own)]
    # `from a import X` in one cell, `from a.b import X` in another: a package gives it twice.
    homes = {
        (one.dotted.partition(".")[0], one.dotted.rpartition(".")[2], one.instance)
        for one in imported
    }
    if len(homes) != 1 or others:
        return Unclear(name)
    return min(imported, key=lambda one: (len(one.dotted), one.dotted))


def bindings_of(name: str, scope: Scope, hops: int = FILES) -> Sequence[Binding]:
    """The bindings of a name, those of the file that it is imported from where that is ours."""
    known = scope.survey.found
    key = (id(scope), name, hops)
    if key not in known:
        known[key] = _found(name, scope, hops)
    return known[key]


def _found(name: str, scope: Scope, hops: int) -> Sequence[Binding]:
    own = scope.lookup(name)
    if hops == 0 or len(own) > MANY:
        return own
    if not own:
        stars = scope.survey.stars[:MANY]
        modules = [one for star in stars if (one := _behind_star(star, name, scope)) is not None]
        return [one for module in modules for one in bindings_of(name, module, hops - 1)]
    return [one for binding in own for one in _at_home(binding, hops)]


def _behind_star(star: str, name: str, scope: Scope) -> Scope | None:
    """The module that a star stands for, unless it can tell nothing of a name.

    It is asked for by the name, so that modules without the name need no parsing.
    """
    between = "" if star.endswith(".") else "."
    match scope.survey.find_module(star + between + name):
        case (Survey() as other, (_,)):
            return other.module
        case (Survey(), ()):  # there is a module of that name beside it
            found = scope.survey.find_module(star)
            return found[0].module if found is not None and not found[1] else None
        case _:
            return None


def _at_home(binding: Binding, hops: int) -> Sequence[Binding]:
    """What a binding comes to in the file that a name is imported from, else the binding."""
    if binding.how != "import":
        return (binding,)
    match binding.scope.survey.find_module(binding.target):
        case (Survey() as other, (name,)):
            return bindings_of(name, other.module, hops - 1) or (binding,)
        case _:
            return (binding,)


def refers_to(name: str, binding: Binding) -> bool:
    """Whether a name is bound to something that is made from what the name was before."""
    if binding.how != "value" or binding.node is None:
        return False
    known = binding.scope.survey.names_in
    if id(binding.node) not in known:
        inside = (one for one in ast.walk(binding.node) if isinstance(one, ast.Name))
        known[id(binding.node)] = frozenset(one.id for one in inside)
    return name in known[id(binding.node)]


def _of_binding(binding: Binding, name: str, hops: int) -> Meaning:
    node = binding.node
    if binding.how == "import":
        return _of_import(binding)
    if binding.how == "value" and isinstance(node, ast.expr):
        return meaning(node, binding.scope, hops - 1)
    if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        return Own(node, binding.scope)
    if binding.declared is not None and binding.declared.annotation is not None:
        return _declared(binding.declared.annotation, binding.scope, name, hops)
    return Unclear(name)


def _declared(annotation: ast.expr, scope: Scope, name: str, hops: int) -> Meaning:
    """What a parameter is by its annotation, where that is a class of this project."""
    match annotation:
        case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Constant(value=None)):
            annotation = left
        case ast.Subscript(value=ast.Name(id="Optional"), slice=inner):
            annotation = inner
        case ast.Constant(value=str(words)) if words.isidentifier():
            annotation = ast.Name(id=words)
    match meaning(annotation, scope, hops - 1):
        case Own(ast.ClassDef() as node, home):
            return Own(node, home, instance=True)
        case _:
            return Unclear(name)


def _of_import(binding: Binding) -> Meaning:
    module = binding.scope.survey.find_module(binding.target)
    if module is not None and not module[1]:
        return Module(module[0])
    if binding.target.startswith("."):
        return Unclear(binding.target.lstrip("."))
    return Imported(binding.target)


def _of_attribute(base: ast.expr, attribute: str, scope: Scope, hops: int) -> Meaning:
    if isinstance(base, ast.Name) and base.id in ("self", "cls"):
        return _of_member(attribute, scope, hops)
    match meaning(base, scope, hops - 1):
        case Imported(dotted):
            module = scope.survey.find_module(f"{dotted}.{attribute}")
            if module is not None and not module[1]:
                return Module(module[0])
            return Imported(f"{dotted}.{attribute}")
        case Own(ast.ClassDef()) as own:
            return _inherited(own, attribute, hops) or Lacking()
        case Module(survey):
            return _of_name(attribute, survey.module, hops - 1)
        case Unclear(words):
            return Unclear(f"{words}.{attribute}" if words else attribute)
        case _:
            return Unclear(attribute)


def _of_member(attribute: str, scope: Scope, hops: int) -> Meaning:
    owner = scope.owner
    if owner is None or not isinstance(owner.node, ast.ClassDef):
        return Unclear(attribute)
    bindings = owner.member(attribute)
    if len(bindings) == 1:
        found = _of_binding(bindings[0], attribute, hops)
        return Unclear(attribute) if isinstance(found, Unclear) else found
    if bindings:
        return Unclear(attribute)
    return _inherited(Own(owner.node, owner.parent or owner), attribute, hops) or Lacking()


def _inherited(own: Own, attribute: str, hops: int) -> Meaning | None:
    """An attribute of a class of this project: its own, or that of the base it comes from."""
    known = own.scope.survey.inherited
    key = (id(own.node), attribute)
    if key not in known:
        known[key] = None  # what a class that is its own base comes to
        known[key] = _in_class(own, attribute, hops)
    return known[key]


def _in_class(own: Own, attribute: str, hops: int) -> Meaning | None:
    body = own.body
    if attribute in body.bindings:
        return _of_binding(body.bindings[attribute][0], attribute, hops)
    node = own.node
    written = node.bases[:MANY] if isinstance(node, ast.ClassDef) else []
    bases = [meaning(_plain(base), own.scope, hops - 1) for base in written]
    brought = [_brought_by(base, attribute, hops - 1) for base in bases]
    clear = [one for one in brought if isinstance(one, (Imported, Own))]
    if clear:
        return clear[0]
    unclear = any(one is not None for one in brought)
    return Unclear(f"{node.name}.{attribute}") if unclear else None


def _plain(base: ast.expr) -> ast.expr:
    """A base without the types that fill it in: `Base` for `Base[int]`."""
    return base.value if isinstance(base, ast.Subscript) else base


def _brought_by(base: Meaning, attribute: str, hops: int) -> Meaning | None:
    """What a base class says an attribute is; `None` where it has no such attribute."""
    match base:
        case Imported(dotted):
            plain = dotted.startswith(_PLAIN_BASES)
            return None if plain else Imported(f"{dotted}.{attribute}")
        case Own(ast.ClassDef()) as own:
            return _inherited(own, attribute, hops)
        case _:
            return Unclear(attribute)


def _made_by(callee: Meaning) -> Meaning:
    match callee:
        case Imported(dotted):
            head, _, last = dotted.rpartition(".")
            if last in _MAKERS:
                return Imported(head, instance=True)
            if last[:1].isupper():
                return Imported(dotted, instance=True)
            return Imported(f"{dotted}()", instance=True)
        case Own(ast.ClassDef() as node, scope):
            return Own(node, scope, instance=True)
        case Unclear(words):
            return Unclear(f"{words}()" if words else "")
        case _:
            return Unclear("")
