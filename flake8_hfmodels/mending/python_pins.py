"""Pins in calls of Python: keywords, constants, tables by id, dictionaries of options."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from flake8_hfmodels.finding import Edit
from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.mending.job import Job
from flake8_hfmodels.mending.python_brackets import of_call, of_dictionary
from flake8_hfmodels.mending.python_calls import Call, is_fixed, is_parameter
from flake8_hfmodels.mending.python_code import Code, Nodes, RefusedError
from flake8_hfmodels.mending.python_names import Names, dotted
from flake8_hfmodels.mending.python_wish import Wish
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.reference import Absent, Known, Reference, Span, Value, Written
from flake8_hfmodels.regex import regex

_WORD = regex(r"\w+")
_LOOKUP = regex(r"(?<!\w)(\w+)(?:\.get\(|\[)")

Change = tuple[tuple[Edit, ...], bool]
"""Edits, and whether nobody has to look at what they do."""

_DEFAULT, _PASSED, _HERE = "a default", "an argument", "an argument of the call itself"
"""How else than by assignment a constant comes to be a revision; no name is like that."""


@dataclass(frozen=True, slots=True, eq=False)
class Pins:
    """Writes pins into the calls of one text.

    `users` are the references whose revision stands at each place.
    """

    code: Code
    nodes: Nodes
    names: Names
    users: Mapping[Span, Sequence[Reference]]

    def put(self, job: Job, param: Param, call: Call, wish: Wish) -> Change:
        """Put a pin into a call, in the place of what is passed there or where nothing is."""
        match value_of(job):
            case Absent():
                return self._added(param, call, wish), True
            case Known(values=values) if len({one.value for one in values}) == 1:
                return self._replaced(values, call, job, param, wish)
            case _:
                raise RefusedError("several revisions are possible here")

    def _passed(self, param: Param, call: Call) -> ast.expr | None:
        """The expression that is passed for a parameter, also in a dictionary in the call."""
        if param.within is None:
            return call.given(param)
        inner = call.keyword(param.within)
        if inner is None:
            return None if param.only_within else call.given(param)
        return _entry(inner, param)

    def _added(self, param: Param, call: Call, wish: Wish) -> tuple[Edit, ...]:
        if param.within is not None:
            return self._added_within(param, param.within, call, wish)
        return of_call(self.code, call.node).with_items(f"{param.names[0]}={wish.text()}")

    def _added_within(self, param: Param, within: str, call: Call, wish: Wish) -> tuple[Edit, ...]:
        quote = wish.quote
        entry = f"{quote}{param.names[0]}{quote}: {wish.text()}"
        options = call.keyword(within)
        if options is None:
            if any(one.arg is None for one in call.node.keywords):
                raise RefusedError(f"{within} may be among the **options of the call")
            return of_call(self.code, call.node).with_items(f"{within}={{{entry}}}")
        if isinstance(options, ast.Name) and wish.is_for_one:
            options = self.names.only_value(options.id) or options
        match options:
            case ast.Dict():
                return of_dictionary(self.code, options).with_items(entry)
            case ast.Call(func=ast.Name(id="dict"), args=[]):
                keyword = f"{param.names[0]}={wish.text()}"
                return of_call(self.code, options).with_items(keyword)
            case _:
                raise RefusedError(f"what is passed as {within} is not for this call alone")

    def _replaced(
        self, values: Sequence[Written], call: Call, job: Job, param: Param, wish: Wish
    ) -> Change:
        """The pin in place of a revision: in the call, or where it comes from."""
        passed = self._passed(param, call)
        place = self.code.place(passed) if passed is not None else None
        if isinstance(passed, ast.Constant) and [one.span for one in values] == [place]:
            return self._over(passed, wish.text(self.code.source(passed))), True
        table = self._table(passed, call)
        if table is not None:
            return self._in_table(table, values, wish), self._is_for_lookups(table)
        is_left_out = passed is not None and is_fixed(passed) and self._is_left_out(job)
        if passed is not None and is_left_out:
            return self._over(passed, f"{self.code.source(passed)} or {wish.text()}"), True
        change = self._at_its_source(values, job, wish)
        if change is not None:
            return change
        if passed is None:
            raise RefusedError("the options that hold the revision are not for this id alone")
        return self._over(passed, self._instead(passed, job, wish)), True

    def _is_left_out(self, job: Job) -> bool:
        """Whether the revision is `None` where others pass none of their own."""
        value = value_of(job)
        return isinstance(value, Known) and not value.closed and value.values[0].value is None

    def _instead(self, passed: ast.expr, job: Job, wish: Wish) -> str:
        """What is passed in place of a name for the revision."""
        value = value_of(job)
        if not is_fixed(passed):
            raise RefusedError("the revision is put together or chosen in the call itself")
        is_open = isinstance(value, Known) and not value.closed
        if is_open or is_parameter(dotted(passed), passed, self.nodes):
            raise RefusedError("others may pass a revision of their own here")
        return wish.text(self.code.source(passed))

    def _table(self, node: ast.expr | None, call: Call) -> ast.Dict | None:
        """The dictionary in which a call looks up its revision by its id."""
        match node:
            case ast.BoolOp(op=ast.Or(), values=[_, inner]):
                return self._table(inner, call)
            case (
                ast.Call(func=ast.Attribute(value=base, attr="get"), args=[key, *_])
                | ast.Subscript(value=base, slice=key)
            ) if call.repo_id is not None and ast.dump(key) == ast.dump(call.repo_id):
                if isinstance(base, ast.Name):
                    values = self.names.values.get(base.id, [])
                    base = values[0] if len(values) == self.names.bound[base.id] == 1 else base
                return base if isinstance(base, ast.Dict) else None
            case _:
                return None

    def _in_table(self, table: ast.Dict, values: Sequence[Written], wish: Wish) -> tuple[Edit, ...]:
        """The pins as entries of a table, or over those that are there."""
        there = [one for one in table.values if self.code.place(one) in {it.span for it in values}]
        if len(there) == len(wish.commits) == 1:
            return self._over(there[0], wish.literal())
        return of_dictionary(self.code, table).with_items(*wish.entries())

    def _is_for_lookups(self, table: ast.Dict) -> bool:
        """Whether nothing is done with a table but to look something up in it."""
        every = self.names.values.items()
        name = next((name for name, values in every if any(one is table for one in values)), None)
        if name is None:
            return True
        words = _words(self.code)
        return words[name] == 1 + words[f"{name}["]

    def _at_its_source(self, values: Sequence[Written], job: Job, wish: Wish) -> Change | None:
        """The pin in the constant that the revision comes from, if it is for this id alone."""
        places = {one.span for one in values if not one.path}
        node = self.nodes.at(values[0].span) if len(places) == 1 else None
        if not isinstance(node, ast.Constant) or node.value != values[0].value:
            return None
        users = self.users.get(values[0].span, ())
        if any(ids_of(one) != ids_of(job.ref) for one in users) or len(wish.table) != 1:
            return None
        name = self._name_of(node, job.ref.span)
        if name is None or not (wish.is_for_one or name == _PASSED):
            return None
        uses = 1 + len({one.span for one in users})
        is_safe = name == _HERE or _words(self.code)[name] == uses
        return self._over(node, wish.literal()), is_safe

    def _name_of(self, node: ast.Constant, call: Span) -> str | None:
        """The name that a constant is assigned to, or how else it comes to be a revision."""
        here: ast.AST = node
        while True:
            parent = self.nodes.parent(here)
            match parent:
                case ast.Dict() | ast.keyword() | ast.Call(func=ast.Name(id="dict")):
                    here = parent
                case ast.Assign(targets=[target]) | ast.AnnAssign(target=target):
                    return dotted(target).rpartition(".")[2] or None
                case ast.arguments():
                    return _DEFAULT
                case ast.Call():
                    if self.code.place(parent) == call:
                        return _HERE
                    own = dotted(parent.func).rpartition(".")[2] in self._around(call)
                    return _PASSED if own else _DEFAULT
                case _:
                    return None

    def _around(self, call: Span) -> set[str]:
        """The names of the functions and classes that a call stands in."""
        found: set[str] = set()
        here: ast.AST | None = self.nodes.call(call)
        while here is not None:
            if isinstance(here, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                found.add(here.name)
            here = self.nodes.parent(here)
        return found

    def _over(self, node: ast.expr, text: str) -> tuple[Edit, ...]:
        begin, end = self.code.begin(node), self.code.end(node)
        if "\n" in self.code.text[begin:end]:
            raise RefusedError("the revision is written over several lines")
        return (Edit(self.code.span(begin, end), text),)


@lru_cache(maxsize=1)
def _words(code: Code) -> Counter[str]:
    """How often each word stands in a text; as `word[`, how often one looks something up in it."""
    words = Counter(_WORD.findall(code.text))
    words.update(f"{found}[" for found in _LOOKUP.findall(code.text))
    return words


def value_of(job: Job) -> Value:
    """What is passed for the parameter that a job is about."""
    return job.ref.code_revision if job.task == "pin the code" else job.ref.revision


def ids_of(ref: Reference) -> frozenset[object]:
    """The ids of a reference that the source says."""
    known = ref.repo_id.strings() if isinstance(ref.repo_id, Known) else ()
    return frozenset(one.value for one in known)


def _entry(inner: ast.expr, param: Param) -> ast.expr | None:
    """An entry of a dictionary that stands in the call."""
    match inner:
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant) and key.value in param.names:
                    return value
            return None
        case ast.Call(func=ast.Name(id="dict"), keywords=keywords):
            return next((one.value for one in keywords if one.arg in param.names), None)
        case _:
            return None
