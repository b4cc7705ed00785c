"""Places other than calls of loaders that let the code of a model run: `trust_remote_code=True`."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from flake8_hfmodels.loaders.elsewhere import OTHER_HUBS
from flake8_hfmodels.loaders.mentions import CHECKS, FLAG, TRUST
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.reference import ABSENT, Confidence, Known, Reference, Span, Written
from flake8_hfmodels.sources.python.callers import option_names
from flake8_hfmodels.sources.python.matching import match, works_with_hub
from flake8_hfmodels.sources.python.names import meaning
from flake8_hfmodels.sources.python.naming import says_model, snake
from flake8_hfmodels.sources.python.partials import whole_calls
from flake8_hfmodels.sources.python.places import span_of
from flake8_hfmodels.sources.python.scopes import Imported, Own, Scope, Survey
from flake8_hfmodels.sources.python.values import Evaluator
from flake8_hfmodels.sources.python.wording import last_word, words
from flake8_hfmodels.sources.text.likeness import Likeness, likeness

HOPS = 8
"""How many literals around a dictionary are looked at."""

MANY = 100
"""In a call of more arguments nothing is searched for beside a flag."""

LONGEST = 100
"""A text of more characters is no name of an option."""

SHORT = 40
"""A longer annotation is not shown."""

# `unittest.mock.call(…)` is what a call is compared with.
_QUIET = (OTHER_HUBS - {"builtins"}) | {"unittest"}


def flag_references(survey: Survey, claimed: Collection[Span]) -> Iterator[Reference]:
    """One reference for each place that turns the flag on, though no loader is seen to read it.

    `claimed` are the places of the values that calls have read.
    """
    yield from _Finder(survey, set(claimed)).references()


@dataclass(frozen=True, slots=True)
class _Place:
    """The value of one flag, and the piece of source that gives it, as `call` says it.

    `beside`: a model is named there too.
    """

    value: ast.expr
    scope: Scope
    span: Span
    call: str
    beside: bool


@dataclass(slots=True)
class _Finder:
    """Looks through what one walk has noted down.

    `told` are the values that are spoken of, `spoken` the keywords of calls that speak for
    themselves.
    """

    survey: Survey
    told: set[Span]
    spoken: set[int] = field(default_factory=set)
    evaluator: Evaluator = field(init=False)
    with_hub: bool = field(init=False)

    def __post_init__(self) -> None:
        self.evaluator = Evaluator(self.survey)
        self.with_hub = works_with_hub(self.survey)

    def references(self) -> Iterator[Reference]:
        """Calls last: the flag that they hand on may be told of where it is set."""
        in_calls = list(self._in_calls())
        yield from self._turned_on(self._in_texts())
        yield from self._turned_on(self._in_bodies())
        yield from self._turned_on(self._in_stores())
        yield from self._turned_on(in_calls)

    def _turned_on(self, places: Iterable[_Place]) -> Iterator[Reference]:
        for place in places:
            written = self._only_true(place.value, place.scope)
            here = {one.span for one in written if not one.path}
            if not written or not here.isdisjoint(self.told):
                continue
            if not isinstance(place.value, (ast.Name, ast.Attribute)):
                self.told |= here
            yield Reference(
                path=self.survey.path,
                span=place.span,
                kind="config",
                loader=FLAG,
                call=place.call,
                repo_id=ABSENT,
                repo_type="model",
                revision=ABSENT,
                trust_remote_code=Known(written),
                confidence=Confidence.MEDIUM if place.beside else Confidence.LOW,
                persona=Persona.PEDANTIC,
            )

    def _only_true(self, node: ast.expr, scope: Scope) -> tuple[Written, ...]:
        self.evaluator.steps = 0
        match self.evaluator.value(node, scope):
            case Known(values, closed=True) if all(one.value is True for one in values):
                return values
            case _:
                return ()

    def _piece(self, first: ast.expr, last: ast.expr) -> Span:
        begin, end = (span_of(one, self.survey.lines) for one in (first, last))
        return Span(begin.line, begin.column, end.end_line, end.end_column)

    # --- entries of dictionaries, options, defaults that stand beside the name

    def _in_texts(self) -> Iterator[_Place]:
        seen: set[int] = set()
        for node, parent, scope in self.survey.strings:
            if not _is_name(node):
                continue
            match parent:
                case ast.Dict() if id(parent) not in seen:
                    seen.add(id(parent))
                    if not (self._is_compared(parent) or self._is_spread(parent, scope)):
                        yield from self._entries(parent, scope)
                case ast.Call():
                    yield from self._default(node, parent, scope)
                case ast.keyword(arg="dest"):
                    call = self.survey.around.get(id(parent))
                    if isinstance(call, ast.Call):
                        yield from self._option(node, call, scope)
                case _:
                    continue

    def _entries(self, node: ast.Dict, scope: Scope) -> Iterator[_Place]:
        for key, value in zip(node.keys, node.values, strict=True):
            if isinstance(key, ast.Constant) and _is_name(key):
                call = f"'{key.value!s}': {_said(value)}"
                yield _Place(value, scope, self._piece(key, value), call, beside=True)

    def _default(self, node: ast.Constant, call: ast.Call, scope: Scope) -> Iterator[_Place]:
        """`add_argument("--flag", default=True)`, `options.get("flag", True)`."""
        yield from self._option(node, call, scope)
        behind = _behind(node, call)
        around = self.survey.around.get(id(call))
        if behind is not None and id(around) not in self.spoken:
            said = f"'{node.value!s}', {_said(behind)}"
            yield _Place(behind, scope, self._piece(node, behind), said, beside=False)

    def _option(self, node: ast.Constant, call: ast.Call, scope: Scope) -> Iterator[_Place]:
        """An option that is on by default; `--flag` is what its user knows."""
        text = str(node.value)
        said = text if text.startswith("-") else f"{text}=True"
        for one in call.keywords[:MANY]:
            match one:
                case ast.keyword(arg="default", value=value):
                    yield _Place(value, scope, self._piece(node, node), said, beside=False)
                    return
                case ast.keyword(arg="action", value=ast.Constant(value="store_false") as action):
                    value = ast.copy_location(ast.Constant(value=True), action)
                    yield _Place(value, scope, self._piece(node, node), said, beside=False)
                    return
                case _:
                    continue

    def _is_compared(self, node: ast.expr) -> bool:
        """Whether a dictionary is what something else is compared with."""
        outer = self.survey.around.get(id(node))
        for _hop in range(HOPS):
            match outer:
                case ast.Dict() | ast.List() | ast.Tuple() | ast.keyword():
                    outer = self.survey.around.get(id(outer))
                case _:
                    break
        return isinstance(outer, ast.Compare) or (isinstance(outer, ast.Call) and _checks(outer))

    def _is_spread(self, node: ast.expr, scope: Scope) -> bool:
        """Whether `**({…} if x else {})` hands a dictionary to a call that speaks for itself."""
        outer = self.survey.around.get(id(node))
        sometimes = isinstance(outer, ast.IfExp)
        if sometimes:
            outer = self.survey.around.get(id(outer))
        call = self.survey.around.get(id(outer))
        is_spread = isinstance(outer, ast.keyword) and (sometimes or outer.arg is None)
        return is_spread and isinstance(call, ast.Call) and self._is_known(call, scope)

    # --- parameters and fields

    def _in_bodies(self) -> Iterator[_Place]:
        for body in self.survey.bodies.values():
            for name in TRUST.names:
                if name not in body.bindings:
                    continue
                if isinstance(body.node, ast.ClassDef):
                    yield from self._fields(name, body.node, body)
                else:
                    yield from self._parameters(name, body)

    def _fields(self, flag: str, node: ast.ClassDef, body: Scope) -> Iterator[_Place]:
        beside = any(says_model(snake(name)) for name in (node.name, *body.bindings))
        for statement in node.body:
            match statement:
                case ast.AnnAssign(target=ast.Name(id=name) as target, value=ast.expr() as value):
                    declared = f"{name}: {self._written(statement.annotation)}"
                case ast.Assign(targets=[ast.Name(id=name) as target], value=value):
                    declared = name
                case _:
                    continue
            if name == flag:
                value = _default_of(value)
                call = f"{declared} = {_said(value)}"
                yield _Place(value, body, self._piece(target, value), call, beside)

    def _parameters(self, flag: str, body: Scope) -> Iterator[_Place]:
        beside = any(says_model(snake(name)) for name in self.evaluator.signature(body).positions)
        for binding in body.bindings[flag]:
            declared, value = binding.declared, binding.node
            if declared is None or not isinstance(value, ast.expr):
                continue
            value = _default_of(value)
            name = ast.copy_location(ast.Name(id=flag), declared)
            call = f"{flag}={_said(value)}"
            if declared.annotation is not None:
                call = f"{flag}: {self._written(declared.annotation)} = {_said(value)}"
            yield _Place(value, binding.scope, self._piece(name, value), call, beside)

    def _written(self, annotation: ast.expr) -> str:
        """An annotation as the source has it, if that is short."""
        span = span_of(annotation, self.survey.lines)
        if span.line != span.end_line or span.end_column - span.column > SHORT:
            return "…"
        return self.survey.lines[span.line - 1][span.column - 1 : span.end_column - 1]

    # --- assignments

    def _in_stores(self) -> Iterator[_Place]:
        for target, value, scope in self.survey.stores:
            match target:
                case ast.Attribute(attr=name, value=base) if name in TRUST.names:
                    call = f"{words(target)} = {_said(value)}"
                case ast.Subscript(slice=ast.Constant(value=str(name)), value=base) if (
                    name in TRUST.names
                ):
                    call = f"{words(base)}['{name}'] = {_said(value)}"
                case _:
                    continue
            beside = says_model(snake(last_word(base)))
            yield _Place(value, scope, self._piece(target, value), call, beside)

    # --- calls

    def _in_calls(self) -> Iterator[_Place]:
        """The flag in calls of what nobody knows; in a partial it is that of what is called."""
        if not self.survey.calls_with(frozenset(), set(TRUST.names)):
            return
        flags: dict[int, _Place] = {}
        for call, scope in whole_calls(self.survey, self.survey.called.keys()):
            for keyword in call.keywords:
                if keyword.arg not in TRUST.names:
                    continue
                if self._is_known(call, scope):
                    self.spoken.add(id(keyword))
                else:
                    flags[id(keyword)] = self._passed(keyword, call, scope)
        yield from (place for key, place in flags.items() if key not in self.spoken)

    def _passed(self, keyword: ast.keyword, call: ast.Call, scope: Scope) -> _Place:
        begin = ast.copy_location(ast.Name(id=str(keyword.arg)), keyword)
        beside = _names_a_model(call) or _is_dict(call, scope)
        said = f"{keyword.arg}={_said(keyword.value)}"
        return _Place(keyword.value, scope, self._piece(begin, keyword.value), said, beside)

    def _is_known(self, call: ast.Call, scope: Scope) -> bool:
        """Whether a call speaks for itself: of a loader, of another hub, of what is our own.

        A check is known as well: it turns nothing on.
        """
        if _checks(call) or match(call, scope, self.with_hub) is not None:
            return True
        if _is_dict(call, scope):
            return self._is_compared(call) or self._is_spread(call, scope)
        match meaning(call.func, scope):
            case Imported(dotted):
                return dotted.partition(".")[0] in _QUIET
            case Own(instance=False) as own:
                return self._takes_flag(own)
            case _:
                return False

    def _takes_flag(self, own: Own) -> bool:
        """Whether a function or a class of this project has the flag for a parameter."""
        if not isinstance(own.node, ast.ClassDef):
            return self._has_parameter(own)
        maker = meaning(ast.Attribute(ast.Name(own.node.name), "__init__"), own.scope)
        members = self.evaluator.members
        return (isinstance(maker, Own) and self._has_parameter(maker)) or any(
            own.body.member(name) or members.position(own.body, name) is not None
            for name in TRUST.names
        )

    def _has_parameter(self, own: Own) -> bool:
        positions = self.evaluator.signature(own.body).positions
        return any(name in positions for name in TRUST.names)


def _is_name(node: ast.Constant) -> bool:
    """Whether a text is the flag's name, of an entry or of an option."""
    short = isinstance(node.value, str) and len(node.value) < LONGEST
    return short and option_names([node])[0] in TRUST.names


def _said(node: ast.expr) -> str:
    return words(node) if isinstance(node, (ast.Name, ast.Attribute)) else "True"


def _default_of(node: ast.expr) -> ast.expr:
    """The default that a field or an option is declared with: `field(default=True)`."""
    if not isinstance(node, ast.Call):
        return node
    named = (one.value for one in node.keywords if one.arg == "default")
    return next(iter((*named, *node.args[:1], node)))


def _behind(node: ast.Constant, call: ast.Call) -> ast.expr | None:
    """The argument behind a name: the default of an option, an item or an attribute."""
    pairs = pairwise(call.args[:MANY])
    return next((behind for one, behind in pairs if one is node), None)


def _checks(call: ast.Call) -> bool:
    return CHECKS.fullmatch(last_word(call.func)) is not None


def _is_dict(call: ast.Call, scope: Scope) -> bool:
    return meaning(call.func, scope) == Imported("builtins.dict")


def _names_a_model(call: ast.Call) -> bool:
    """Whether a call names a model beside the flag: by an id, a keyword or a variable."""
    given = [*((None, one) for one in call.args), *((one.arg, one.value) for one in call.keywords)]
    return any(_is_model(name, value) for name, value in given[:MANY])


def _is_model(name: str | None, value: ast.expr) -> bool:
    if name is not None and says_model(snake(name)):
        return True
    if isinstance(value, ast.Constant):
        return isinstance(value.value, str) and likeness(value.value) is not Likeness.NONE
    return name is None and says_model(snake(last_word(value)))
