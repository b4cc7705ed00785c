"""Calls that start a program: which command line they run, and what that one loads."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product

from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.loaders.starters import COMMANDS, SPREAD
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Known, Reference, Span, Written
from flake8_hfmodels.sources.paths import is_local_path
from flake8_hfmodels.sources.python.arguments import sort_arguments
from flake8_hfmodels.sources.python.dictionaries import Here
from flake8_hfmodels.sources.python.names import bindings_of, meaning
from flake8_hfmodels.sources.python.places import span_of
from flake8_hfmodels.sources.python.scopes import Binding, Imported, Scope, Survey, Unclear
from flake8_hfmodels.sources.python.starting import may_start
from flake8_hfmodels.sources.python.texts import format_parts, joined_parts, percent_parts
from flake8_hfmodels.sources.python.values import Evaluator
from flake8_hfmodels.sources.shell.grammar import simple_commands
from flake8_hfmodels.sources.shell.loads import Place
from flake8_hfmodels.sources.shell.merging import merged
from flake8_hfmodels.sources.shell.session import read_script
from flake8_hfmodels.sources.shell.word import HOLE, Text, Word, known_word

HOPS = 8
"""How many names and sums are followed to the words of a command line."""

MOST_TEXTS = 16
"""A command line with more possible texts than this has a hole where they differ."""

LONGEST = 20_000
"""A text that is put together and gets longer than this is no command line."""

_GROWING = frozenset({"append", "extend", "insert"})


def process_references(
    call: ast.Call,
    scope: Scope,
    evaluator: Evaluator,
    is_local: Callable[[str], bool] = is_local_path,
) -> Iterator[Reference]:
    """What the program that a call starts loads; nothing for all other calls."""
    for start, commands in _Words(evaluator).started_by(call, scope):
        place = Place(evaluator.survey.path, span_of(start, evaluator.survey.lines), is_local)
        found = [read_script([(words, place) for words in command]) for command in commands]
        yield from merged(reference for command in found for reference in command)


Commands = Sequence[Sequence[Word]]


@dataclass(frozen=True, slots=True)
class _Words:
    """Finds the words of command lines in one surveyed module."""

    evaluator: Evaluator

    def started_by(
        self, call: ast.Call, scope: Scope
    ) -> Iterator[tuple[ast.Call, Sequence[Commands]]]:
        """The simple commands that a call runs, in every way in which it can.

        Where a function hands its own parameter to the call, its callers say what is run.
        """
        dotted = _called(call, scope)
        if dotted.startswith("sh."):
            program = [self._said(part, call.func) for part in dotted.split(".")[1:]]
            yield call, [[[*program, *self._each(call.args, scope)]]]
        if dotted in SPREAD:
            words = self._each(call.args[SPREAD[dotted] :], scope)
            yield call, self._with_shells(words)
        if dotted not in COMMANDS:
            return
        node = _argument(call, COMMANDS[dotted])
        if node is None:
            return
        callers = list(self._passed_by_callers(node, scope))
        for caller, (passed, home) in callers or [(call, (node, scope))]:
            yield caller, self._run(passed, home)

    def _run(self, node: ast.expr, scope: Scope) -> Sequence[Commands]:
        words = self._list(node, scope, HOPS)
        if words is not None:
            return self._with_shells(words)
        text = self._text(node, scope, HOPS)
        return [] if _is_empty(text) else [self._shell(one) for one in text.values]

    def _passed_by_callers(self, node: ast.expr, scope: Scope) -> Iterator[tuple[ast.Call, Here]]:
        """What the callers of a function pass for the parameter that it hands on."""
        bindings = bindings_of(node.id, scope) if isinstance(node, ast.Name) else ()
        match bindings, node:
            case [Binding(how="parameter", inside=Scope() as body)], ast.Name(id=name):
                for caller, home in self.evaluator.calls_of(body):
                    arguments = sort_arguments(caller, home, self.evaluator)
                    passed = arguments.find(
                        self.evaluator.signature(body).param(name), self.evaluator
                    )
                    if isinstance(passed, tuple):
                        yield caller, passed
            case _:
                return

    def _with_shells(self, words: Sequence[Word]) -> Sequence[Commands]:
        """Words as they are; a single one with spaces in it is a text for a shell."""
        match words:
            case [only] if " " in only.text:
                return [self._shell(one) for one in only.value.values]
            case _:
                return [[words]]

    def _shell(self, text: Written) -> Commands:
        return simple_commands(Text(str(text.value), text))

    def _each(self, nodes: Sequence[ast.expr], scope: Scope) -> list[Word]:
        return [word for node in nodes for word in self._item(node, scope, HOPS)]

    def _item(self, node: ast.expr, scope: Scope, hops: int) -> Sequence[Word]:
        if not isinstance(node, ast.Starred):
            return (self._word(node, scope, hops),)
        inner = self._list(node.value, scope, hops - 1)
        return inner if inner is not None else (self._anything(node),)

    def _list(self, node: ast.expr, scope: Scope, hops: int) -> list[Word] | None:
        """The words of a list, `None` for what is not known to be one."""
        if hops <= 0 or self.evaluator.is_spent():
            return None
        match node:
            case ast.List(elts=items) | ast.Tuple(elts=items):
                if self.evaluator.is_spent(len(items)):
                    return None
                return [word for item in items for word in self._item(item, scope, hops)]
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                return self._sum((left, right), scope, hops)
            case ast.Name(id=name):
                return self._named(name, node, scope, hops)
            case ast.Call(func=ast.Name(id="list" | "tuple"), args=[only], keywords=[]):
                return self._list(only, scope, hops - 1)
            case ast.Call(args=[text, *_]) if _called(node, scope) == "shlex.split":
                return self._split(text, scope, hops)
            case ast.Call(func=ast.Attribute(value=text, attr="split"), args=[]):
                return self._split(text, scope, hops)
            case _:
                return None

    def _sum(self, parts: Sequence[ast.expr], scope: Scope, hops: int) -> list[Word] | None:
        sides = [self._list(part, scope, hops - 1) for part in parts]
        if all(side is None for side in sides):
            return None
        words: list[Word] = []
        for part, side in zip(parts, sides, strict=True):
            words.extend(side if side is not None else [self._anything(part)])
        return words

    def _split(self, node: ast.expr, scope: Scope, hops: int) -> list[Word] | None:
        """The words of a text that is split; of one with several values, the first ones."""
        text = self._text(node, scope, hops - 1)
        if _is_empty(text):
            return None
        commands = self._shell(text.values[0])
        return list(commands[0]) if len(text.values) == 1 and commands else None

    def _named(self, name: str, node: ast.Name, scope: Scope, hops: int) -> list[Word] | None:
        """The words of a list that a name stands for, with those that are put to it later."""
        bindings = [one for one in bindings_of(name, scope) if one.how != "opaque"]
        others = len(bindings_of(name, scope)) - len(bindings)
        if len(bindings) != 1:
            return None
        words = self._bound(bindings[0], hops)
        if words is None:
            return None
        if others:
            return [*words, self._anything(node)]  # `command += [...]`
        return [*words, *self._grown(bindings[0], name, node, hops)]

    def _bound(self, binding: Binding, hops: int) -> list[Word] | None:
        if binding.how != "value" or not isinstance(binding.node, ast.expr) or binding.part:
            return None
        return self._list(binding.node, binding.scope, hops - 1)

    def _grown(self, binding: Binding, name: str, at: ast.Name, hops: int) -> Iterator[Word]:
        """The words that are put to a list before it is used; what is not always is left open."""
        holder = binding.scope.holder(name)
        changes = _changes(binding.scope.survey).get((id(holder), name), ())
        if self.evaluator.is_spent(len(changes)):
            yield self._anything(at)
            return
        for call, home in changes:
            if home is binding.scope and call.lineno > at.lineno:
                continue
            match call:
                case _ if not _stands_beside(call, binding):
                    yield self._anything(call)
                case ast.Call(func=ast.Attribute(attr="append"), args=[item]):
                    yield from self._item(item, home, hops - 1)
                case ast.Call(func=ast.Attribute(attr="extend"), args=[items]):
                    yield from self._list(items, home, hops - 1) or [self._anything(call)]
                case _:
                    yield self._anything(call)

    def _word(self, node: ast.expr, scope: Scope, hops: int) -> Word:
        """One word, with holes where nobody knows."""
        return known_word(self._text(node, scope, hops))

    def _text(self, node: ast.expr, scope: Scope, hops: int) -> Known:
        """A text, with holes where nobody knows."""
        if hops <= 0:
            return self._hole(node)
        if _is_interpreter(node, scope):
            return self._said("python", node).value
        value = self.evaluator.value(node, scope)
        if isinstance(value, Known) and len(value.strings()) == len(value.values):
            return value
        parts = self._parts(node, scope, hops)
        if parts is not None:
            return self._joined(node, parts)
        match node:
            case ast.Name(id=name):
                return self._named_text(name, node, scope, hops)
            case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(between)), attr="join")):
                words = self._list(node.args[0], scope, hops - 1) if node.args else None
                return self._hole(node) if words is None else self._rejoined(node, words, between)
            case _:
                return self._hole(node)

    def _parts(self, node: ast.expr, scope: Scope, hops: int) -> Sequence[Known] | None:
        """What the parts of a text that is put together can be."""
        parts: Sequence[ast.expr] | None
        match node:
            case ast.JoinedStr():
                parts = joined_parts(node)
            case ast.BinOp(op=ast.Add(), left=left, right=right):
                parts = [left, right]
            case ast.BinOp(op=ast.Mod(), left=ast.Constant(value=str()) as template, right=values):
                parts = percent_parts(template, values)
            case ast.Call(
                func=ast.Attribute(value=ast.Constant(value=str()) as template, attr="format")
            ):
                parts = format_parts(node, template)
            case _:
                parts = None
        if parts is None or self.evaluator.is_spent(len(parts)):
            return None
        return [self._text(part, scope, hops - 1) for part in parts]

    def _named_text(self, name: str, node: ast.Name, scope: Scope, hops: int) -> Known:
        match bindings_of(name, scope):
            case [Binding(how="value", node=ast.expr() as bound, part=()) as binding]:
                return self._text(bound, binding.scope, hops - 1)
            case _:
                return self._hole(node)

    def _rejoined(self, node: ast.expr, words: Sequence[Word], between: str) -> Known:
        space = self._said(between, node).value
        parts = [part for word in words for part in (space, word.value)]
        return self._joined(node, parts[1:])

    def _joined(self, node: ast.expr, parts: Sequence[Known]) -> Known:
        span = self._span(node)
        choices: list[Sequence[str]] = [[str(one.value) for one in part.values] for part in parts]
        count = 1
        for number, texts in enumerate(choices):
            count *= len(texts)
            if count > MOST_TEXTS:
                count //= len(texts)
                choices[number] = (HOLE,)
        if sum(max(map(len, texts)) for texts in choices) > LONGEST:
            return self._hole(node)
        texts = tuple("".join(chosen) for chosen in product(*choices))
        closed = all(part.closed for part in parts)
        return Known(tuple(Written(text, span) for text in texts), closed)

    def _hole(self, node: ast.expr) -> Known:
        return self._said(HOLE, node).value

    def _anything(self, node: ast.expr) -> Word:
        return known_word(self._hole(node), spread=True)

    def _said(self, text: str, node: ast.expr) -> Word:
        return known_word(Known((Written(text, self._span(node)),)))

    def _span(self, node: ast.expr) -> Span:
        return span_of(node, self.evaluator.survey.lines)


def _called(call: ast.Call, scope: Scope) -> str:
    """The dotted name of what is called where it may start a program, else nothing."""
    if not may_start(call, scope):
        return ""
    match meaning(call.func, scope):
        case Imported(dotted):
            return dotted
        case Unclear("get_ipython().system" | "get_ipython().getoutput" as words):
            return f"IPython.{words}"
        case _:
            return ""


def _argument(call: ast.Call, param: Param) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg in param.names:
            return keyword.value
    position = param.position or 0
    before = call.args[: position + 1]
    starred = any(isinstance(one, ast.Starred) for one in before)
    return None if starred or len(before) <= position else before[position]


def _is_interpreter(node: ast.expr, scope: Scope) -> bool:
    match node:
        case ast.Attribute(attr="executable") | ast.Name():
            return meaning(node, scope) == Imported("sys.executable")
        case _:
            return False


def _is_empty(text: Known) -> bool:
    return all(str(one.value).strip(HOLE) == "" for one in text.values)


def _stands_beside(call: ast.Call, binding: Binding) -> bool:
    """Whether a call stands in the block that the binding stands in, by its column."""
    first = binding.scope.survey.lines[getattr(binding.node, "lineno", 1) - 1]
    return len(first) - len(first.lstrip()) == call.col_offset


Change = tuple[ast.Call, Scope]


@lru_cache(maxsize=1)
def _changes(survey: Survey) -> Mapping[tuple[int, str], Sequence[Change]]:
    """The calls that put words to a list, under the scope that binds the list and its name."""
    found: dict[tuple[int, str], list[Change]] = defaultdict(list)
    for call, scope in survey.calls_with(_GROWING):
        if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
            name = call.func.value.id
            found[id(scope.holder(name)), name].append((call, scope))
    return found
