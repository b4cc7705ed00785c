"""What an expression refers to: a name of an imported package, of this file, or nobody knows."""

from __future__ import annotations

import ast
import builtins

from flake8_hfmodels.sources.python.scopes import (
    Binding,
    Imported,
    Lacking,
    Meaning,
    Own,
    Scope,
    Survey,
    Unclear,
)

HOPS = 12
"""How many aliases are followed before we give up; cycles end here too."""

MANY = 16
"""A name that is bound more often than this is not followed at all."""

LONGEST = 200
"""A dotted path of more characters is none that loads; chains of aliases could grow for ever."""

_MAKERS = frozenset(
    {"from_pretrained", "from_config", "from_single_file", "from_preset", "from_pipe"}
)

# Bases that bring no loader along: torch's and the standard library's.
_PLAIN_BASES = ("torch.", "builtins.", "abc.", "typing.", "enum.", "dataclasses.", "pydantic.")


def meaning(node: ast.expr, scope: Scope, survey: Survey, hops: int = HOPS) -> Meaning:
    """Say what a name, a chain of attributes or the object that a call makes refers to."""
    if hops <= 0:
        return Unclear("")
    match node:
        case ast.Name(id=name):
            return _of_name(name, scope, survey, hops)
        case ast.Attribute(value=base, attr=attribute):
            return _within_reason(_of_attribute(base, attribute, scope, survey, hops))
        case ast.Call(func=callee):
            return _within_reason(_made_by(meaning(callee, scope, survey, hops - 1)))
        case ast.Await(value=inner) | ast.NamedExpr(value=inner):
            return meaning(inner, scope, survey, hops - 1)
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


def _of_name(name: str, scope: Scope, survey: Survey, hops: int) -> Meaning:
    key = (id(scope), name)
    if key not in survey.meanings:
        survey.meanings[key] = Unclear(name)  # what a name that refers to itself comes to
        survey.meanings[key] = _look_up(name, scope, survey, hops)
    return survey.meanings[key]


def _look_up(name: str, scope: Scope, survey: Survey, hops: int) -> Meaning:
    bindings = scope.lookup(name)
    if len(bindings) > MANY:
        return Unclear(name)
    if bindings:
        # `x = load(x)` says nothing of the `x` that it is made from.
        first = [one for one in bindings if not refers_to(name, one)] or bindings
        found = {_of_binding(binding, name, survey, hops) for binding in first}
        return found.pop() if len(found) == 1 else _same_words(name, found)
    if hasattr(builtins, name):
        return Imported(f"builtins.{name}")
    absolute = [star for star in survey.stars if not star.startswith(".")]
    if len(absolute) == 1 == len(survey.stars):
        return Imported(f"{absolute[0]}.{name}")
    return Unclear(name)


def _same_words(name: str, found: set[Meaning]) -> Meaning:
    # `try: from a import X` / `except ImportError: X = None`: the import is what counts.
    imported = [one for one in found if isinstance(one, Imported)]
    others = [one for one in found if isinstance(one, Own)]
    return imported[0] if len(imported) == 1 and not others else Unclear(name)


def refers_to(name: str, binding: Binding) -> bool:
    """Whether a name is bound to something that is made from what the name was before."""
    if binding.how != "value" or binding.node is None:
        return False
    return any(isinstance(one, ast.Name) and one.id == name for one in ast.walk(binding.node))


def _of_binding(binding: Binding, name: str, survey: Survey, hops: int) -> Meaning:
    node = binding.node
    if binding.how == "import":
        if binding.target.startswith("."):
            return Unclear(binding.target.lstrip("."))
        return Imported(binding.target)
    if binding.how == "value" and isinstance(node, ast.expr):
        return meaning(node, binding.scope, survey, hops - 1)
    if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
        return Own(node)
    return Unclear(name)


def _of_attribute(
    base: ast.expr, attribute: str, scope: Scope, survey: Survey, hops: int
) -> Meaning:
    if isinstance(base, ast.Name) and base.id in ("self", "cls"):
        return _of_member(attribute, scope, survey, hops)
    match meaning(base, scope, survey, hops - 1):
        case Imported(dotted):
            return Imported(f"{dotted}.{attribute}")
        case Own(ast.ClassDef() as node):
            return _inherited(node, attribute, survey, hops) or Lacking()
        case Unclear(words):
            return Unclear(f"{words}.{attribute}" if words else attribute)
        case _:
            return Unclear(attribute)


def _of_member(attribute: str, scope: Scope, survey: Survey, hops: int) -> Meaning:
    owner = scope.owner
    if owner is None or not isinstance(owner.node, ast.ClassDef):
        return Unclear(attribute)
    bindings = owner.member(attribute)
    if len(bindings) == 1:
        found = _of_binding(bindings[0], attribute, survey, hops)
        return Unclear(attribute) if isinstance(found, Unclear) else found
    if bindings:
        return Unclear(attribute)
    return _inherited(owner.node, attribute, survey, hops) or Lacking()


def _inherited(node: ast.ClassDef, attribute: str, survey: Survey, hops: int) -> Meaning | None:
    """An attribute of a class of this file: its own, or that of the base it is imported from."""
    key = (id(node), attribute)
    if key not in survey.inherited:
        survey.inherited[key] = None  # what a class that is its own base comes to
        survey.inherited[key] = _in_class(node, attribute, survey, hops)
    return survey.inherited[key]


def _in_class(node: ast.ClassDef, attribute: str, survey: Survey, hops: int) -> Meaning | None:
    body = survey.classes[id(node)]
    if attribute in body.bindings:
        return _of_binding(body.bindings[attribute][0], attribute, survey, hops)
    outside = body.parent or body
    bases = [meaning(_plain(base), outside, survey, hops - 1) for base in node.bases]
    brought = [_brought_by(base, attribute, survey, hops - 1) for base in bases]
    clear = [one for one in brought if isinstance(one, (Imported, Own))]
    if clear:
        return clear[0]
    unclear = any(one is not None for one in brought)
    return Unclear(f"{node.name}.{attribute}") if unclear else None


def _plain(base: ast.expr) -> ast.expr:
    """A base without the types that fill it in: `Base` for `Base[int]`."""
    return base.value if isinstance(base, ast.Subscript) else base


def _brought_by(base: Meaning, attribute: str, survey: Survey, hops: int) -> Meaning | None:
    """What a base class says an attribute is; `None` where it has no such attribute."""
    match base:
        case Imported(dotted):
            plain = dotted.startswith(_PLAIN_BASES)
            return None if plain else Imported(f"{dotted}.{attribute}")
        case Own(ast.ClassDef() as node):
            return _inherited(node, attribute, survey, hops)
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
        case Own(ast.ClassDef() as node):
            return Own(node, instance=True)
        case Unclear(words):
            return Unclear(f"{words}()" if words else "")
        case _:
            return Unclear("")
