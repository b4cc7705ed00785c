"""Which row of the catalogue a call belongs to, if any."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_hfmodels.loaders import (
    ANY_ADAPTER,
    ANY_CLASS,
    by_class,
    by_package,
    method_names,
    named,
    worded,
)
from flake8_hfmodels.loaders.elsewhere import HUB_KEYWORDS, HUB_PACKAGES, OTHER_HUBS
from flake8_hfmodels.loaders.packages import PACKAGES
from flake8_hfmodels.loaders.row import Loader
from flake8_hfmodels.reference import Confidence
from flake8_hfmodels.sources.python.names import MANY, meaning
from flake8_hfmodels.sources.python.scopes import Binding, Imported, Own, Scope, Survey, Unclear
from flake8_hfmodels.sources.python.wording import last_word


def match(call: ast.Call, scope: Scope, works_with_hub: bool) -> tuple[Loader, Confidence] | None:
    """The loader that a call calls, and how sure that is; `None` for every other call.

    `works_with_hub` says whether the file imports a library of the Hub: it decides about
    `from_pretrained` on a class of a package that the catalogue does not know.
    """
    if not _could_load(call.func, scope):
        return None
    match meaning(call.func, scope):
        case Imported(dotted, instance=False):
            return _imported(call, dotted, works_with_hub)
        case Unclear(words):
            row = worded(words)
            if row is ANY_ADAPTER and not works_with_hub:
                return None
            return (row, Confidence.MEDIUM) if row is not None else None
        case Own(instance=False) as own:
            return _own(own)
        case _:
            return None


def works_with_hub(survey: Survey) -> bool:
    """Whether the module imports a library that reads the Hub."""
    return not survey.packages.isdisjoint(HUB_PACKAGES)


def _could_load(callee: ast.expr, scope: Scope) -> bool:
    """A look at the last name alone: what it means may take another file to find out."""
    match callee:
        case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name) if scope.owner is not None:
            own = scope.owner.member(name)
            return name in _methods(scope.survey) or _may_one_load(own)
        case ast.Attribute(attr=method):
            return method in _methods(scope.survey)
        case ast.Name(id=name):
            return name in method_names() or _may_one_load(scope.lookup(name))
        case _:
            return False


def _methods(survey: Survey) -> frozenset[str]:
    """The methods that can load in a module: of what it imports, and those known anywhere."""
    if not survey.methods:
        names = survey.module.bindings
        packages = (by_package().get(package, frozenset()) for package in ("", *survey.packages))
        classes = (methods for owner, methods in by_class().items() if owner in names)
        survey.methods = frozenset().union(*packages, *classes)
    return survey.methods


def _may_one_load(bindings: Sequence[Binding]) -> bool:
    return len(bindings) <= MANY and any(map(_may_load, bindings))


def _may_load(binding: Binding) -> bool:
    """Whether a name other than a loader's own may stand for a loader."""
    match binding.how, binding.node:
        case "import", _:
            return binding.target.rpartition(".")[2] in method_names()
        case "class", ast.ClassDef(bases=bases):
            return any(last_word(base) in method_names() for base in bases)
        case "value", ast.Attribute(attr=method):
            return method in method_names()
        case "value", node:
            return isinstance(node, (ast.Name, ast.IfExp))
        case _:
            return False


def _own(own: Own) -> tuple[Loader, Confidence] | None:
    """A class of this project that is a loader by its base, or that hands on to one."""
    match own.node:
        case ast.ClassDef(bases=[base]) if "__init__" not in own.body.bindings:
            of = meaning(base, own.scope)
            row = named(of.dotted) if isinstance(of, Imported) else None
            return (row, Confidence.HIGH) if row is not None else None
        case ast.FunctionDef(name="from_pretrained") if own.scope.is_class and _hands_on(own):
            return ANY_CLASS, Confidence.MEDIUM
        case _:
            return None


def _hands_on(own: Own) -> bool:
    """Whether a `from_pretrained` of this project visibly calls one that loads."""
    known = own.scope.survey.handing_on
    if id(own.node) not in known:
        inside = (getattr(one, "attr", getattr(one, "id", "")) for one in ast.walk(own.node))
        known[id(own.node)] = not _LOADING.isdisjoint(inside)
    return known[id(own.node)]


_LOADING = frozenset({"from_pretrained", "hf_hub_download", "snapshot_download", "cached_file"})


def _imported(
    call: ast.Call, dotted: str, works_with_hub: bool
) -> tuple[Loader, Confidence] | None:
    row = named(dotted)
    if row is not None:
        return row, Confidence.HIGH
    package, _, tail = dotted.partition(".")
    if package in OTHER_HUBS or (package in PACKAGES and "()" not in tail):
        return None
    row = worded(tail)
    given = {keyword.arg for keyword in call.keywords}
    if row is not None and not row.package and not (works_with_hub or given & HUB_KEYWORDS):
        return None
    return (row, Confidence.MEDIUM) if row is not None else None
