"""Places that turn a switch on for the whole program: the environment, a library's settings."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence

from flake8_hfmodels.loaders.row import Loader
from flake8_hfmodels.loaders.switches import SETTINGS, TRUE, VARIABLES, Switch
from flake8_hfmodels.reference import ABSENT, Known, Reference, Written
from flake8_hfmodels.sources.python.dictionaries import Here
from flake8_hfmodels.sources.python.names import meaning
from flake8_hfmodels.sources.python.places import span_of
from flake8_hfmodels.sources.python.scopes import Imported, Scope, Survey
from flake8_hfmodels.sources.python.values import Evaluator

_BY_NAME: Mapping[str, Switch] = {switch.name: switch for switch in VARIABLES}
_BY_SETTING: Mapping[str, Switch] = {switch.name: switch for switch in SETTINGS}
_ATTRIBUTES = frozenset(switch.name.rpartition(".")[2] for switch in SETTINGS)

# A name and a value, one behind the other: docs.python.org/3/library/os.html#os.putenv,
# docs.pytest.org/en/stable/reference/reference.html#pytest.MonkeyPatch.setenv.
_SETTERS = frozenset({"putenv", "setenv", "setdefault", "__setitem__"})
_OF_ENVIRONMENT = frozenset({"os.environ", "os"})


def switch_references(survey: Survey, evaluator: Evaluator) -> Iterator[Reference]:
    """One reference for each place that turns a switch on."""
    for target, value, scope in survey.stores:
        switch = _stored(target, scope, evaluator)
        if switch is not None:
            evaluator.steps = 0
            yield from _turned_on(switch, target, (value, scope), evaluator)
    for call, scope in survey.calls_with(_SETTERS | {"update"}, {"env"}):
        for switch, here in _passed(call, scope, evaluator):
            yield from _turned_on(switch, call, here, evaluator)


def _stored(
    target: ast.Attribute | ast.Subscript, scope: Scope, evaluator: Evaluator
) -> Switch | None:
    """The switch that an assignment is to."""
    match target:
        case ast.Subscript(value=base, slice=key) if _is_environment(base, scope):
            evaluator.steps = 0
            return _variable(key, scope, evaluator)
        case ast.Attribute(attr=name) if name in _ATTRIBUTES:
            of = meaning(target, scope)
            return _BY_SETTING.get(of.dotted) if isinstance(of, Imported) else None
        case _:
            return None


def _passed(call: ast.Call, scope: Scope, evaluator: Evaluator) -> Iterator[tuple[Switch, Here]]:
    """The switches that a call sets, with their values."""
    evaluator.steps = 0
    match call:
        case ast.Call(func=ast.Attribute(value=base, attr=method), args=[name, value, *_]) if (
            method in _SETTERS
        ):
            named = _variable(name, scope, evaluator)
            if named is not None and (method == "setenv" or _is_environment(base, scope)):
                yield named, (value, scope)
        case ast.Call(func=ast.Attribute(value=base, attr="update")) if _is_environment(
            base, scope
        ):
            yield from _in_dictionaries(call.args, scope, evaluator)
            yield from _keywords(call.keywords, scope)
    environments = [one.value for one in call.keywords if one.arg == "env"]
    yield from _in_dictionaries(environments, scope, evaluator)


def _keywords(keywords: Sequence[ast.keyword], scope: Scope) -> Iterator[tuple[Switch, Here]]:
    for keyword in keywords:
        switch = _BY_NAME.get(keyword.arg or "")
        if switch is not None:
            yield switch, (keyword.value, scope)


def _in_dictionaries(
    nodes: Sequence[ast.expr], scope: Scope, evaluator: Evaluator
) -> Iterator[tuple[Switch, Here]]:
    for node in nodes:
        found = evaluator.dictionary(node, scope)
        entries = found.entries if found is not None else {}
        for name in entries.keys() & _BY_NAME.keys():
            yield _BY_NAME[name], entries[name]


def _is_environment(node: ast.expr, scope: Scope) -> bool:
    match node:
        case ast.Name() | ast.Attribute():
            of = meaning(node, scope)
            return isinstance(of, Imported) and of.dotted in _OF_ENVIRONMENT
        case _:
            return False


def _variable(node: ast.expr, scope: Scope, evaluator: Evaluator) -> Switch | None:
    match evaluator.value(node, scope):
        case Known(values=(Written(value=str(name)),)):
            return _BY_NAME.get(name)
        case _:
            return None


def _turned_on(
    switch: Switch, node: ast.expr, here: Here, evaluator: Evaluator
) -> Iterator[Reference]:
    """A reference where the value can be one that turns the switch on."""
    value = evaluator.value(*here)
    on = [one for one in value.values if _is_true(one)] if isinstance(value, Known) else []
    if not on:
        return
    survey = evaluator.survey
    yield Reference(
        path=survey.path,
        span=span_of(node, survey.lines),
        kind="config",
        loader=Loader(
            package=switch.package,
            name=switch.name,
            source=switch.source,
            repo_id=(),
            revision=None,
            reads="code",
        ),
        call=f"{switch.name}={on[0].value}",
        repo_id=ABSENT,
        repo_type="model",
        revision=ABSENT,
        trust_remote_code=Known(tuple(Written(True, one.span, one.path) for one in on)),
    )


def _is_true(written: Written) -> bool:
    return str(written.value).lower() in TRUE
