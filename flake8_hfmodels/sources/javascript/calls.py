"""Calls of JavaScript functions that read from the Hub, as references."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from flake8_hfmodels.loaders.elsewhere import FOLDERS
from flake8_hfmodels.loaders.javascript import (
    FUNCTIONS,
    HUB_HOSTS,
    REMOTE_HOST,
    REMOTE_SWITCH,
    Function,
)
from flake8_hfmodels.loaders.row import Param, RepoType
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import (
    ABSENT,
    Absent,
    Confidence,
    Known,
    Reference,
    Unknown,
    Value,
    Written,
)
from flake8_hfmodels.regex import regex
from flake8_hfmodels.repo_id import is_repo_id
from flake8_hfmodels.sources.javascript.names import WHOLE, Names
from flake8_hfmodels.sources.javascript.tokens import Kind
from flake8_hfmodels.sources.javascript.values import Range, Values
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.source import Context

LONGEST_CALLEE = 12
LONGEST_GENERIC = 60
MOST_HOPS = 3

_METHOD = "from_pretrained"


def call_references(code: Placed, names: Names, context: Context) -> list[Reference]:
    """The references of all calls, in the order of the file."""
    caller = _Caller(code, names, context, Values(code, names))
    return list(caller.references())


@cache
def _by_name() -> dict[tuple[str, str], Function]:
    return {(one.package, one.name): one for one in FUNCTIONS}


@cache
def _tails() -> frozenset[str]:
    return frozenset(one.name.rpartition(".")[2] for one in FUNCTIONS)


@dataclass(slots=True, eq=False)
class _Caller:
    """Finds the calls of one file and reads their arguments."""

    code: Placed
    names: Names
    context: Context
    values: Values

    def references(self) -> Iterator[Reference]:
        tokens = self.names.tokens
        switched_off = self._is_switched_off()
        aliases = {name for name in self.names.imported if name not in _tails()}
        wanted = _tails() | aliases | self._renamed()
        for number in range(len(tokens)):
            if tokens.kinds[number] != Kind.NAME or tokens.written(number) not in wanted:
                continue
            opening = self._opening(number + 1)
            if opening < 0:
                continue
            function = self._called(number, MOST_HOPS)
            if function is not None:
                found = self._reference(function, number, opening)
                yield replace(found, local=switched_off) if switched_off else found

    def _renamed(self) -> set[str]:
        """Names that are given a function of a package, and nothing else."""
        tokens = self.names.tokens
        return {
            name
            for name, declared in self.names.declared.items()
            if len(declared) == 1
            and declared[0].value >= 0
            and not declared[0].key
            and tokens.written(declared[0].value) in self.names.imported
            and not self.names.tokens.is_mark(self.values.end_of(declared[0].value) - 1, ")")
        }

    def _is_switched_off(self) -> str:
        """Why nothing is loaded from the Hub: the file turns it off, or names another server."""
        for one in self.names.members.get(REMOTE_SWITCH, ()):
            if self._single(one.value) is False:
                return f"env.{REMOTE_SWITCH} = false"
        for one in self.names.members.get(REMOTE_HOST, ()):
            host = self._single(one.value)
            if isinstance(host, str) and not HUB_HOSTS.match(host):
                return f"env.{REMOTE_HOST} names another server"
        return ""

    def _single(self, first: int) -> str | bool | None:
        match self.values.value((first, self.values.end_of(first))):
            case Known(values=(Written(value),)):
                return value
            case _:
                return None

    def _opening(self, number: int) -> int:
        """The bracket that opens the arguments, behind types if there are some; -1: no call."""
        tokens = self.names.tokens
        if tokens.is_mark(number, "?."):
            number += 1
        if tokens.is_mark(number, "<"):
            depth = 0
            for here in range(number, min(number + LONGEST_GENERIC, len(tokens))):
                depth += tokens.is_mark(here, "<") - tokens.is_mark(here, ">")
                if depth == 0:
                    number = here + 1
                    break
        is_call = tokens.is_mark(number, "(") and tokens.partner[number] >= 0
        return number if is_call else -1

    def _called(self, number: int, hops: int) -> Function | None:
        """The function of the catalogue that a name means where it stands."""
        tokens = self.names.tokens
        name = tokens.written(number)
        if tokens.is_mark(number - 1, ".", "?."):
            return self._method(number, name)
        if tokens.written(number - 1) in ("function", "class", "new"):
            return None
        imported = self.names.imported.get(name)
        if imported is not None:
            return _by_name().get((imported.package, imported.name))
        declared = self.names.visible(name, number)
        if len(declared) == 1 and declared[0].value >= 0 and not declared[0].key and hops:
            last = self.values.end_of(declared[0].value) - 1
            if tokens.kind(last) is Kind.NAME and last < declared[0].value + LONGEST_CALLEE:
                return self._called(last, hops - 1)
        return None

    def _method(self, number: int, name: str) -> Function | None:
        tokens = self.names.tokens
        owner = self.names.imported.get(tokens.written(number - 2))
        if owner is None and tokens.is_mark(number - 3, "."):
            space = self.names.imported.get(tokens.written(number - 4))
            owner = space if space is not None and space.name == WHOLE else None
        if owner is not None:
            plain = _by_name().get((owner.package, name)) if owner.name == WHOLE else None
            return plain or _by_name().get((owner.package, f"*.{name}"))
        if name != _METHOD:
            return None
        found = (_by_name().get((package, f"*.{name}")) for package in sorted(self.names.packages))
        return next((one for one in found if one is not None), None)

    def _reference(self, function: Function, number: int, opening: int) -> Reference:
        tokens = self.names.tokens
        loader = function.loader
        first = number
        while tokens.is_mark(first - 1, ".", "?.") and number - first < LONGEST_CALLEE:
            first -= 2
        call = tokens.text[tokens.starts[max(first, 0)] : tokens.ends[number]]
        end = tokens.ends[tokens.partner[opening]]
        arguments = self.values.arguments(opening)
        options = _Options(self.values, arguments, function.options)
        reference = Reference(
            path=self.context.path,
            span=self.code.span(tokens.starts[max(first, 0)], end),
            kind="call" if loader.downloads else "mention",
            loader=loader,
            call="".join(call.split()),
            repo_id=_argument(self.values, arguments, options, loader.repo_id[0]),
            repo_type=loader.repo_type,
            revision=options.value("revision") if loader.revision is not None else ABSENT,
            persona=Persona.REGULAR if loader.downloads else Persona.AUDITOR,
        )
        if function.designated:
            reference = _designated(reference, options)
        return self._judged(self._with_default(reference, arguments), options)

    def _with_default(self, reference: Reference, arguments: list[Range]) -> Reference:
        """The reference with the model that the library takes for the task where none is named."""
        loader = reference.loader
        nothing = isinstance(reference.repo_id, Known) and not reference.repo_id.strings()
        if not loader.default_model or not (nothing or isinstance(reference.repo_id, Absent)):
            return reference
        reference = replace(reference, repo_id=ABSENT)
        task = self.values.value(arguments[0] if arguments else None)
        if not isinstance(task, Known):
            return replace(reference, persona=Persona.PEDANTIC, confidence=Confidence.LOW)
        tasks = [str(one.value) for one in task.strings()]
        ids = [repo_id for name, repo_id in loader.default_ids if name in tasks]
        values = tuple(Written(repo_id, reference.span) for repo_id in dict.fromkeys(ids))
        return replace(reference, repo_id=Known(values)) if len(values) == 1 else reference

    def _judged(self, reference: Reference, options: _Options) -> Reference:
        offline = options.value("local_files_only")
        if isinstance(offline, Known) and all(one.value is True for one in offline.values):
            return replace(reference, local="local_files_only: true")
        match reference.repo_id:
            case Known(values, closed):
                ids = tuple(one for one in values if not self._is_local(str(one.value)))
                if not ids:
                    return replace(reference, local="a path on this machine")
                reference = replace(reference, repo_id=Known(ids, closed))
                folders = all(str(one.value).partition("/")[0].lower() in FOLDERS for one in ids)
                doubtful = folders and not reference.loader.never_local
            case Unknown():
                doubtful = True
            case _:
                doubtful = False
        if doubtful and reference.persona is Persona.REGULAR:
            return replace(reference, persona=Persona.PEDANTIC, confidence=Confidence.LOW)
        return reference

    def _is_local(self, text: str) -> bool:
        return self.context.is_local(text)


@dataclass(slots=True, eq=False)
class _Options:
    """The entries of an object that is passed at a position."""

    values: Values
    arguments: list[Range]
    position: int

    def value(self, key: str) -> Value:
        """The value of an entry; unknown and hidden where the object is not in sight."""
        if len(self.arguments) <= self.position:
            return ABSENT
        where = self.arguments[self.position]
        literals = self.values.objects(where)
        if not literals:
            return ABSENT if self._is_nothing(where) else Unknown("the options", hidden=True)
        found = [self._in(literal, key) for literal in literals]
        known = [one for one in found if isinstance(one, Known)]
        if not known:
            return found[0]
        values = tuple(written for one in known for written in one.values)
        return Known(values, all(isinstance(one, Known) and one.closed for one in found))

    def _in(self, literal: int, key: str) -> Value:
        entries = self.values.entries_of(literal)
        if key in entries:
            return self.values.value(entries[key][-1])
        for where in entries.get("...", ()):
            inner = self.values.objects(where)
            if not inner:
                return Unknown("the options", hidden=True)
            for one in inner:
                if key in self.values.entries_of(one):
                    return self.values.value(self.values.entries_of(one)[key][-1])
        return ABSENT

    def entry(self, key: str) -> list[int]:
        """The object literals that are the value of an entry."""
        if len(self.arguments) <= self.position:
            return []
        return [
            inner
            for literal in self.values.objects(self.arguments[self.position])
            for where in self.values.entries_of(literal).get(key, ())
            for inner in self.values.objects(where)
        ]

    def _is_nothing(self, where: Range) -> bool:
        match self.values.value(where):
            case Known(values):
                return all(one.value is None for one in values)
            case _:
                return False


def _argument(values: Values, arguments: list[Range], options: _Options, param: Param) -> Value:
    if param.position is None:
        return options.value(param.names[0])
    if any(values.tokens.is_mark(one[0], "...") for one in arguments[: param.position + 1]):
        return Unknown("the arguments")
    if param.position >= len(arguments):
        return ABSENT
    return values.value(arguments[param.position])


_DESIGNATION = regex(r"(models|datasets|spaces|kernels)/(?=.)")


def _designated(reference: Reference, options: _Options) -> Reference:
    """The repo that `"datasets/owner/name"` or `{type: "dataset", name: "owner/name"}` means."""
    key = reference.loader.repo_id[0].names[0]
    literals = options.entry(key)
    if literals:
        inner = options.values.entries_of(literals[0])
        names = [options.values.value(one) for one in inner.get("name", ())]
        types = [options.values.value(one) for one in inner.get("type", ())]
        kind = _type_of(types[-1]) if types else reference.repo_type
        return replace(reference, repo_id=names[-1] if names else ABSENT, repo_type=kind)
    if not isinstance(reference.repo_id, Known):
        return reference
    kinds = reference.repo_type
    values = []
    for one in reference.repo_id.strings():
        text = str(one.value)
        typed = _DESIGNATION.match(text)
        if typed is not None:
            kinds = _TYPES[typed.group(1)]
            text = text[typed.end() :]
        if is_repo_id(text):
            values.append(replace(one, value=text))
    repo_id = Known(tuple(values), reference.repo_id.closed) if values else Unknown("the program")
    return replace(reference, repo_id=repo_id, repo_type=kinds)


_TYPES: dict[str, RepoType] = {
    "models": "model",
    "datasets": "dataset",
    "spaces": "space",
    "kernels": "kernel",
}


def _type_of(value: Value) -> RepoType:
    match value:
        case Known(values=(Written(value=str(text)),)):
            return _TYPES.get(f"{text}s", "model")
        case _:
            return "model"
