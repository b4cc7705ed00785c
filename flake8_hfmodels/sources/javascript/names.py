"""What the names in a JavaScript file stand for: what it imports, what it declares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from flake8_hfmodels.loaders.javascript import MODULE
from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.sources.javascript.tokens import Kind, Tokens, unescaped

WHOLE = "*"
"""What is imported where a name stands for all of a package."""

LONGEST_TYPE = 24
"""Tokens of an annotation between a name and its value."""

MOST_DECLARED = 256
"""A name that is given more values means nothing."""

_CONTROL = frozenset("if for while switch catch with await".split())
_DECLARING = frozenset({"const", "let", "var"})
_IN_TYPES = frozenset(". | & < > [ ] ? ,".split())
_IN_CLASS_HEADS = frozenset(". , < > ( )".split())


@dataclass(frozen=True, slots=True)
class Imported:
    """A name of a package: `name` is what the package calls it, or `WHOLE`."""

    package: str
    name: str


@dataclass(frozen=True, slots=True)
class Declared:
    """One value that a name is given.

    value: the token at which it begins, -1 where only the running program knows. first, last: the
    tokens between which the name means this. each: it is one of the items of the value. key: it is
    the entry of the value under this key. replaced: callers and others may have given another.
    function, position: it is this argument of that function's callers.
    """

    value: int
    first: int
    last: int
    each: bool = False
    key: str = ""
    replaced: bool = False
    function: str = ""
    position: int = 0


@dataclass(slots=True, eq=False)
class Names:
    """The names of one file.

    `members` are those of `this` and of classes; `calls` are the brackets behind functions' names.
    """

    tokens: Tokens
    imported: dict[str, Imported] = field(default_factory=dict)
    packages: set[str] = field(default_factory=set)
    declared: dict[str, list[Declared]] = field(default_factory=lambda: defaultdict(list))
    members: dict[str, list[Declared]] = field(default_factory=lambda: defaultdict(list))
    calls: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def visible(self, name: str, at: int) -> list[Declared]:
        """What a name may have been given where it is used: by its nearest declaration.

        Of a name that tools have made and use everywhere nothing is said.
        """
        declared = self.declared.get(name, [])
        if len(declared) > MOST_DECLARED:
            return []
        around = [one for one in declared if one.first <= at <= one.last]
        nearest = max((one.first for one in around), default=0)
        return [one for one in around if one.first == nearest or (one.replaced and one.first == 0)]


def names_of(tokens: Tokens) -> Names:
    """Read the imports and the declarations of a file."""
    names = Names(tokens)
    for number in range(len(tokens)):
        kind = tokens.kinds[number]
        if kind == Kind.NAME:
            word = tokens.written(number)
            if word in ("import", "require"):
                _imports(names, number, word)
            elif word == "of":
                _loop(names, number)
        elif kind == Kind.MARK:
            mark = tokens.written(number)
            if mark == "=":
                _assignment(names, number)
            elif mark == "(":
                _parameters(names, number)
            elif mark == "=>":
                _parameter(names, number)
    _taken_apart(names)
    return names


# Imports


def package_of(module: str) -> str:
    """The package of the catalogue that a module's name or address means, else nothing."""
    found = MODULE.search(module)
    return found.group(1) if found is not None else ""


def _imports(names: Names, number: int, word: str) -> None:
    tokens = names.tokens
    if tokens.is_mark(number - 1, ".", "?."):
        return
    if tokens.is_mark(number + 1, "("):
        package = package_of(_text(tokens, number + 2))
        if package:
            names.packages.add(package)
            _dynamic(names, number, package)
    elif word == "import":
        _static(names, number + 1)


def _static(names: Names, number: int) -> None:
    """`import a, {b as c} from "module"`, `import * as d from "module"`."""
    tokens = names.tokens
    end = number
    while end < number + LONGEST_TYPE and tokens.kind(end) is not Kind.TEXT:
        closing = tokens.partner[end] if tokens.is_mark(end, "{") else end
        if closing < end or tokens.is_mark(end, ";"):
            return
        end = closing + 1
    package = package_of(_text(tokens, end))
    if not package:
        return
    names.packages.add(package)
    for here in range(number, end):
        if tokens.is_mark(here, "{"):
            _bind(names, here, package)
        elif tokens.is_mark(here, "*") and tokens.written(here + 1) == "as":
            names.imported[tokens.written(here + 2)] = Imported(package, WHOLE)
        elif here == number and tokens.written(here + 1) in (",", "from"):
            names.imported[tokens.written(here)] = Imported(package, WHOLE)


def _dynamic(names: Names, number: int, package: str) -> None:
    """`{a: b} = await import("module")`, `c = require("module")`, `import(…).then(d => …)`."""
    tokens = names.tokens
    before = number - 1
    while tokens.written(before) in ("await", "("):
        before -= 1
    if tokens.is_mark(before, "="):
        _bind_target(names, before - 1, package)
    after = tokens.partner[number + 1] + 1
    if after and tokens.written(after + 1) == "then" and tokens.is_mark(after + 2, "("):
        here = after + 3
        while tokens.written(here) in ("(", "async"):
            here += 1
        if tokens.is_mark(here, "{"):
            _bind(names, here, package)
        elif tokens.kind(here) is Kind.NAME:
            names.imported[tokens.written(here)] = Imported(package, WHOLE)


def _bind_target(names: Names, number: int, package: str) -> None:
    """Give names to what is imported: a pattern that ends here, or one name for all of it."""
    tokens = names.tokens
    if tokens.is_mark(number, "}") and tokens.partner[number] >= 0:
        _bind(names, tokens.partner[number], package)
    elif tokens.kind(number) is Kind.NAME:
        names.imported[tokens.written(number)] = Imported(package, WHOLE)


def _bind(names: Names, opening: int, package: str) -> None:
    """The names in `{a, b as c, d: e}`."""
    tokens = names.tokens
    for here in tokens.tops(opening + 1, tokens.partner[opening]):
        if tokens.kind(here) is not Kind.NAME:
            continue
        follows = tokens.written(here + 1)
        if follows in (",", "}", "="):
            before = tokens.written(here - 1)
            exported = tokens.written(here - 2 if before in ("as", ":") else here)
            names.imported[tokens.written(here)] = Imported(package, exported)


def _taken_apart(names: Names) -> None:
    """`const {pipeline} = transformers`, where that name stands for a package."""
    tokens = names.tokens
    wholes = {name: one for name, one in names.imported.items() if one.name == WHOLE}
    if not wholes:
        return
    for number in range(1, len(tokens) - 1):
        if tokens.is_mark(number, "=") and tokens.is_mark(number - 1, "}"):
            whole = wholes.get(tokens.written(number + 1))
            if whole is not None and tokens.partner[number - 1] >= 0:
                _bind(names, tokens.partner[number - 1], whole.package)


def _text(tokens: Tokens, number: int) -> str:
    if tokens.kind(number) in (Kind.TEXT, Kind.TEMPLATE):
        return unescaped(tokens.written(number)[1:-1])
    return ""


# Declarations


def _assignment(names: Names, number: int) -> None:
    """`name = value`, with or without a type, in a block, a class or a list of parameters."""
    tokens = names.tokens
    target = _target(tokens, number - 1)
    if target < 0:
        _pattern(names, number)
        return
    name, before = tokens.written(target), tokens.written(target - 1)
    if before in (".", "?."):
        names.members[name].append(Declared(number + 1, 0, len(tokens)))
        return
    around = tokens.around[target]
    if tokens.is_mark(around, "{") and _is_class(tokens, around):
        names.members[name].append(Declared(number + 1, 0, len(tokens)))
    elif before in _DECLARING or (before == "," and tokens.is_mark(around, "{")):
        first, last = _block(tokens, around)
        names.declared[name].append(Declared(number + 1, first, last))
    elif _is_list_of_parameters(tokens, _outermost_pattern(tokens, around)):
        first, last = _function(tokens, _outermost_pattern(tokens, around))
        names.declared[name].append(Declared(number + 1, first, last, replaced=True))
    else:
        names.declared[name].append(Declared(number + 1, 0, len(tokens), replaced=True))


def _pattern(names: Names, number: int) -> None:
    """`const {a, b: c} = value`: each name is an entry of the value."""
    tokens = names.tokens
    opening = tokens.partner[number - 1] if tokens.is_mark(number - 1, "}") else -1
    if opening < 0 or tokens.written(opening - 1) not in _DECLARING:
        return
    first, last = _block(tokens, tokens.around[opening])
    for here in tokens.tops(opening + 1, number - 1):
        if tokens.kind(here) is not Kind.NAME or not tokens.is_mark(here + 1, ",", "}", "="):
            continue
        if tokens.is_mark(here - 1, "{", ",", ":"):
            key = tokens.written(here - 2 if tokens.is_mark(here - 1, ":") else here)
            names.declared[tokens.written(here)].append(Declared(number + 1, first, last, key=key))


def _target(tokens: Tokens, number: int) -> int:
    """The name that is given a value, before its type if it has one; -1 for a pattern."""
    if tokens.kind(number) is Kind.NAME and not tokens.is_mark(number - 1, ":"):
        before = tokens.written(number - 1)
        if before not in ("|", "&", "<", ">"):
            return number
    here = number
    for _ in range(LONGEST_TYPE):
        if tokens.is_mark(here, ":"):
            target = here - 2 if tokens.is_mark(here - 1, "?", "!") else here - 1
            return target if tokens.kind(target) is Kind.NAME else -1
        if tokens.is_mark(here, "}"):
            here = tokens.partner[here]  # a type that is written out
        elif tokens.written(here) in _DECLARING or not _is_in_type(tokens, here):
            break
        here -= 1
    return -1


def _is_in_type(tokens: Tokens, number: int) -> bool:
    is_word = tokens.kind(number) in (Kind.NAME, Kind.TEXT)
    return is_word or tokens.is_mark(number, *_IN_TYPES)


def _parameters(names: Names, opening: int) -> None:
    """Parameters without a value of their own: what they are, only the callers know."""
    tokens = names.tokens
    if not _is_list_of_parameters(tokens, opening):
        if tokens.kind(opening - 1) is Kind.NAME and not tokens.is_mark(opening - 2, ".", "?."):
            names.calls[tokens.written(opening - 1)].append(opening)
        return
    first, last = _function(tokens, opening)
    function = _name_of_function(tokens, opening)
    position = 0
    for here in _in_patterns(tokens, opening):
        is_own = tokens.around[here] == opening
        if tokens.is_mark(here, ",") and is_own:
            position += 1
        if tokens.kind(here) is not Kind.NAME or tokens.is_mark(here - 1, ":", ".", "|"):
            continue
        if _is_without_value(tokens, here):
            caller = function if is_own else ""
            declared = Declared(-1, first, last, function=caller, position=position)
            names.declared[tokens.written(here)].append(declared)


def _name_of_function(tokens: Tokens, opening: int) -> str:
    """The name behind `function`, or that is given an arrow function; else nothing."""
    before = opening - 1
    if tokens.kind(before) is Kind.NAME and tokens.written(before - 1) == "function":
        return tokens.written(before)
    if tokens.written(before) == "async":
        before -= 1
    is_given = tokens.is_mark(before, "=") and tokens.written(before - 2) in _DECLARING
    return tokens.written(before - 1) if is_given else ""


def _in_patterns(tokens: Tokens, opening: int) -> Iterator[int]:
    """The tokens in a list of parameters and in the patterns that stand in it."""
    for here in tokens.tops(opening + 1, tokens.partner[opening]):
        yield here
        if tokens.is_mark(here, "{"):
            yield from tokens.tops(here + 1, tokens.partner[here])


def _is_without_value(tokens: Tokens, number: int) -> bool:
    """Whether a comma, the end or a type follows the name of a parameter, and no value."""
    if not tokens.is_mark(number + 1, ",", ")", "}", ":", "?"):
        return False
    for here in range(number + 1, number + LONGEST_TYPE):
        if tokens.is_mark(here, ",", ")", "}"):
            break
        if tokens.is_mark(here, "="):
            return False
    return True


def _parameter(names: Names, arrow: int) -> None:
    """`name => …`."""
    tokens = names.tokens
    if tokens.kind(arrow - 1) is Kind.NAME:
        last = _end(tokens, tokens.around[arrow])
        names.declared[tokens.written(arrow - 1)].append(Declared(-1, arrow - 1, last))


def _loop(names: Names, number: int) -> None:
    """`for (const name of values)`."""
    tokens = names.tokens
    if tokens.kind(number - 1) is not Kind.NAME:
        return
    opening = tokens.around[number]
    if tokens.is_mark(opening, "(") and tokens.written(opening - 1) in ("for", "await"):
        first, last = _function(tokens, opening)
        names.declared[tokens.written(number - 1)].append(
            Declared(number + 1, first, last, each=True)
        )


def _outermost_pattern(tokens: Tokens, opening: int) -> int:
    """The list of parameters in which a pattern stands, or what is given."""
    if tokens.is_mark(opening, "{") and tokens.is_mark(tokens.around[opening], "("):
        return tokens.around[opening]
    return opening


def _is_list_of_parameters(tokens: Tokens, opening: int) -> bool:
    if not tokens.is_mark(opening, "(") or tokens.partner[opening] < 0:
        return False
    return tokens.written(opening - 1) not in _CONTROL and _body(tokens, opening) >= 0


def _body(tokens: Tokens, opening: int) -> int:
    """Where the function behind its parameters begins: at `{` or behind `=>`; -1: it is none."""
    closing = tokens.partner[opening]
    for here in range(closing + 1, closing + 1 + LONGEST_TYPE):
        if tokens.is_mark(here, "=>"):
            return here + 1
        if tokens.is_mark(here, "{"):
            return here
        is_first = here == closing + 1
        is_type = tokens.kind(here) is Kind.NAME or tokens.is_mark(here, *_IN_TYPES)
        if not (tokens.is_mark(here, ":") if is_first else is_type):
            return -1
    return -1


def _function(tokens: Tokens, opening: int) -> tuple[int, int]:
    """The first and the last token of parameters and what follows them, to its end."""
    body = _body(tokens, opening) if tokens.partner[opening] >= 0 else -1
    if tokens.is_mark(body, "{") and tokens.partner[body] >= 0:
        return opening, tokens.partner[body]
    return opening, _end(tokens, tokens.around[opening])


def _block(tokens: Tokens, opening: int) -> tuple[int, int]:
    """The first and the last token of a block, or of the file."""
    return max(opening, 0), _end(tokens, opening)


def _end(tokens: Tokens, opening: int) -> int:
    closing = tokens.partner[opening] if opening >= 0 else -1
    return closing if closing >= 0 else len(tokens)


def _is_class(tokens: Tokens, opening: int) -> bool:
    """Whether a block is the body of a class: `class A extends B {`."""
    for here in range(opening - 1, max(opening - LONGEST_TYPE, -1), -1):
        if tokens.written(here) == "class":
            return True
        if tokens.kind(here) is not Kind.NAME and not tokens.is_mark(here, *_IN_CLASS_HEADS):
            return False
    return False
