"""Which names are bound where: what one walk over a module notes down."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence, Set
from typing import TYPE_CHECKING, Literal, TypeAlias

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.sources.source import no_module

if TYPE_CHECKING:
    from flake8_hfmodels.sources.python.flow import Blocks

Branch: TypeAlias = tuple[int, int] | None
"""The innermost arm of an `if` or `try` statement around a place: (statement, arm)."""

How = Literal["value", "parameter", "rest", "each", "import", "class", "function", "opaque"]


@dataclass(slots=True, eq=False)  # a frozen one takes 2.5 times as long to make, and there are many
class Binding:
    """One way in which a name gets its value; `scope` is where the names in `node` are looked up.

    value: `node` is the expression. parameter: `node` is the default or `None`. each: `node`
    is what a loop runs over. rest: the name stands for `**rest`. import: `target` is the dotted
    name, with leading dots when it is relative. class, function: `node` is the definition.
    opaque: nobody can tell.
    `part` is where the name stands in a target that is taken apart: `(1,)` for `b` in `a, b = x`.
    `inside` is the body of the function whose parameter it is, `declared` how it is written there.
    `end` is where it has taken place, if `node` does not say so.
    """

    how: How
    scope: Scope
    node: ast.AST | None = None
    target: str = ""
    branch: Branch = None
    part: tuple[int, ...] = ()
    inside: Scope | None = None
    declared: ast.arg | None = None
    end: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Block:
    """Statements that run together: an arm of an `if`, a `try` or a `match`, the body of a loop.

    Of the arms of one `exclusive` statement only one runs.
    """

    start: tuple[int, int]
    end: tuple[int, int]
    statement: int
    arm: int
    loop: bool
    exclusive: bool


COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(slots=True, eq=False)
class Scope:
    """A module, a class body, a function body, or a comprehension.

    `items` are the changes to one item of a name (`options["revision"] = x`); `mutated` are
    names whose items change out of sight; `grown` are the items that are appended to lists.
    `attributes` (classes only) are what methods assign
    to `self`. `outer` are the names that a `global` or `nonlocal` statement puts elsewhere.
    `is_class` says that it is a class body, whose names its functions do not see.
    """

    node: ast.AST
    parent: Scope | None
    owner: Scope | None = None
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    items: dict[str, list[tuple[str, Binding]]] = field(default_factory=dict)
    mutated: set[str] = field(default_factory=set)
    grown: dict[str, list[tuple[ast.expr, Scope]]] = field(default_factory=dict)
    attributes: dict[str, list[Binding]] = field(default_factory=dict)
    outer: dict[str, Literal["global", "nonlocal"]] = field(default_factory=dict)
    is_class: bool = field(init=False)
    survey: Survey = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.is_class = isinstance(self.node, ast.ClassDef)
        if self.parent is not None:
            self.survey = self.parent.survey
            self.survey.scopes.append(self)

    @property
    def module(self) -> Scope:
        """The scope of the module around this one."""
        return self.survey.module

    def bind(self, name: str, binding: Binding) -> None:
        """Record one more way in which `name` gets its value here."""
        home = self.module if self.outer and self.outer.get(name) == "global" else self
        if name in home.bindings:
            home.bindings[name].append(binding)
        else:
            home.bindings[name] = [binding]

    def lookup(self, name: str) -> list[Binding]:
        """The bindings of a name as code in this scope sees it; empty if nothing binds it."""
        holder = self.holder(name)
        return holder.bindings[name] if holder is not None else []

    def holder(self, name: str) -> Scope | None:
        """The scope that binds a name as code in this scope sees it."""
        scope: Scope | None = self
        while scope is not None:
            visible = scope is self or not scope.is_class
            if visible and name in scope.bindings and name not in scope.outer:
                return scope
            scope = scope.module if scope.outer.get(name) == "global" else scope.parent
        return None

    def member(self, attribute: str) -> list[Binding]:
        """The bindings of an attribute of a class: by its methods, and in its body."""
        return self.attributes.get(attribute, []) + self.bindings.get(attribute, [])

    def let_go(self) -> None:
        """Forget everything that may lead back to this scope."""
        for held in (self.bindings, self.items, self.grown, self.attributes):
            held.clear()


@dataclass(frozen=True, slots=True)
class Imported:
    """A name with its absolute dotted path: `transformers.AutoModel.from_pretrained`.

    `instance` says that it is an object made by that class.
    """

    dotted: str
    instance: bool = False


@dataclass(frozen=True, slots=True)
class Own:
    """A class or a function that this project defines; `instance`: an object of that class.

    `scope` is where it is defined.
    """

    node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    scope: Scope
    instance: bool = False

    @property
    def body(self) -> Scope:
        """The names inside the definition."""
        return self.scope.survey.bodies[id(self.node)]


@dataclass(frozen=True, slots=True)
class Module:
    """A module of this project."""

    survey: Survey


@dataclass(frozen=True, slots=True)
class Unclear:
    """A parameter, a relative import, an attribute …: only its last words are known."""

    words: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """An attribute that its class, all of which is in this file, does not have."""


CallHere: TypeAlias = "tuple[ast.Call, Scope]"
"""A call and the scope in which its names are looked up."""

Meaning: TypeAlias = Imported | Own | Module | Unclear | Lacking

FindModule: TypeAlias = "Callable[[str], tuple[Survey, tuple[str, ...]] | None]"
"""A dotted name, dots in front where it is relative, to the module of the project that it names
and the names behind the module; `None` for what is not of this project."""


@dataclass(slots=True, eq=False)
class Survey:
    """What one walk has seen of a module.

    `path` and `lines` are those of the file; `find_module` finds the other modules of its project.
    `called` are the numbers of the calls under the last name of what they call, which is nothing
    for what is called without a name; `aliases` are the names that may stand for something of
    another name: imported, assigned, made from it. `strings` are all texts with what stands
    directly around each, `around` are the parents of literals and keywords that may hold a text,
    `blocks` the arms and loops. `packages` are the root packages of all imports. `bodies` are the
    scopes of classes and functions by their nodes, `returns` what functions return. `stores` are
    the assignments to an attribute or an item: target and value. `assigned` are the objects, other
    than `self`, whose attribute of that name is assigned. The others remember what was found out
    later.
    """

    module: Scope
    path: str = ""
    lines: Sequence[str] = ()
    find_module: FindModule = no_module
    calls: list[CallHere] = field(default_factory=list)
    called: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    aliases: set[str] = field(default_factory=set)
    strings: list[tuple[ast.Constant, ast.AST, Scope]] = field(default_factory=list)
    around: dict[int, ast.AST] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    stars: list[str] = field(default_factory=list)
    packages: set[str] = field(default_factory=set)
    bodies: dict[int, Scope] = field(default_factory=dict)
    returns: dict[int, list[tuple[ast.expr, Scope]]] = field(default_factory=dict)
    stores: list[tuple[ast.Attribute | ast.Subscript, ast.expr, Scope]] = field(
        default_factory=list
    )
    assigned: dict[str, list[tuple[ast.expr, Scope]]] = field(default_factory=dict)
    meanings: dict[tuple[int, str], Meaning] = field(default_factory=dict)
    inherited: dict[tuple[int, str], Meaning | None] = field(default_factory=dict)
    tree: Blocks | None = None
    handing_on: dict[int, bool] = field(default_factory=dict)
    found: dict[tuple[int, str, int], Sequence[Binding]] = field(default_factory=dict)
    methods: frozenset[str] = frozenset()
    names_in: dict[int, frozenset[str]] = field(default_factory=dict)
    passing: Mapping[str, Sequence[int]] | None = None
    scopes: list[Scope] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.module.survey = self
        self.scopes.append(self.module)

    def let_go(self) -> None:
        """Break the rings that scopes and bindings make, so that all is freed at once.

        Otherwise it would lie about until Python looks for garbage among its oldest objects.
        """
        for scope in self.scopes:
            scope.let_go()
        for name in self.__match_args__:
            held = getattr(self, name)
            if isinstance(held, (dict, list, set)):
                held.clear()
        self.tree = None
        del self.module.survey

    def calls_with(self, names: Set[str], keywords: Set[str] = frozenset()) -> list[CallHere]:
        """The calls of what has one of these last names or is passed one of these keywords.

        They come in the order of all calls.
        """
        numbers = {number for name in names & self.called.keys() for number in self.called[name]}
        if keywords:
            if self.passing is None:
                self.passing = _passing(self.calls)
            passing = keywords & self.passing.keys()
            numbers.update(number for name in passing for number in self.passing[name])
        return [self.calls[number] for number in sorted(numbers)]

    def block_tree(self) -> Blocks:
        """The blocks in their order, sorted when they are first asked for."""
        if self.tree is None:
            from flake8_hfmodels.sources.python.flow import Blocks

            self.tree = Blocks.of(self)
        return self.tree


def _passing(calls: Sequence[CallHere]) -> Mapping[str, Sequence[int]]:
    """The numbers of calls under the keywords that they pass."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, (call, _scope) in enumerate(calls):
        for keyword in call.keywords:
            if keyword.arg is not None:
                found[keyword.arg].append(number)
    return found
