"""The defaults of command-line options and of the classes that hold them."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.python.callers import option_names
from flake8_hfmodels.sources.python.dictionaries import Here
from flake8_hfmodels.sources.python.names import MANY
from flake8_hfmodels.sources.python.scopes import Scope, Survey

# argparse: docs.python.org/3/library/argparse.html; absl: abseil.io/docs/python/guides/flags.
_ADDERS = regex(r"add_argument|add_option|DEFINE_\w+")

NAMESPACE = regex(
    r"(?:^|_)(?:args?|arguments?|opts?|options?|flags|params?|parsed|namespace|hparams|cfg|conf"
    r"|config|settings)$|^(?:parse_known_args|parse_args|get_args|parse_arguments)$",
    re.IGNORECASE,
)
"""What people call the object that holds the options of a command line."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the options of one module are when nobody passes them, under their names.

    `fields` are the classes that give an attribute of that name a default.
    """

    defaults: Mapping[str, Sequence[Here]]
    fields: Mapping[str, Sequence[Scope]]

    @classmethod
    def of(cls, survey: Survey) -> Options:
        """Sort the options of a module, once."""
        defaults: dict[str, list[Here]] = defaultdict(list)
        adding = {name for name in survey.called if _ADDERS.fullmatch(name)}
        for call, scope in survey.calls_with(adding | {"set_defaults"}):
            match call.func:
                case ast.Attribute(attr=method) | ast.Name(id=method) if method in adding:
                    default = _default(call, method)
                    name = _destination(call)
                    if name and default is not None:
                        defaults[name].append((default, scope))
                case ast.Attribute(attr="set_defaults"):
                    for one in call.keywords:
                        if one.arg is not None:
                            defaults[one.arg].append((one.value, scope))
                case _:
                    continue
        fields: dict[str, list[Scope]] = defaultdict(list)
        for body in survey.bodies.values():
            if body.is_class:
                for name, bindings in body.bindings.items():
                    if any(one.how == "value" for one in bindings):
                        fields[name].append(body)
        return cls(defaults, fields)

    def field_of(self, name: str, holder: str) -> Scope | None:
        """The class with an attribute that `holder` (`model_args`) is most likely made by."""
        classes = self.fields.get(name, ())
        if len(classes) > MANY:
            return None
        alike = [one for one in classes if _alike(holder, getattr(one.node, "name", ""))]
        chosen = alike or classes
        return chosen[0] if len(chosen) == 1 else None


def _alike(holder: str, class_name: str) -> bool:
    letters = holder.replace("_", "").lower().removesuffix("s")
    return bool(letters) and letters in class_name.lower()


def _destination(call: ast.Call) -> str:
    for one in call.keywords:
        if one.arg == "dest" and isinstance(one.value, ast.Constant):
            return one.value.value if isinstance(one.value.value, str) else ""
    flags = call.args[:1] if not isinstance(call.func, ast.Attribute) else call.args
    return next(iter(option_names(flags)), "")


def _default(call: ast.Call, method: str) -> ast.expr | None:
    for one in call.keywords:
        if one.arg == "default":
            return one.value
    if method.startswith("DEFINE_"):
        return call.args[1] if len(call.args) > 1 else None
    actions = [one.value for one in call.keywords if one.arg == "action"]
    match actions:
        case [ast.Constant(value="store_true") as flag]:
            return ast.copy_location(ast.Constant(value=False), flag)
        case [ast.Constant(value="store_false") as flag]:
            return ast.copy_location(ast.Constant(value=True), flag)
        case _:
            return None
