"""Makefiles to references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.reference import Known, Reference, Span
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.buildfiles.make_variables import MakeVariables
from flake8_hfmodels.sources.buildfiles.prose import prose_references
from flake8_hfmodels.sources.buildfiles.settings import Setting, setting_references, spoken
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.shell.word import Word, placed_word
from flake8_hfmodels.sources.source import TextSource

# GNU make manual: 3.1 What Makefiles Contain, 5.1 Recipe Syntax, 6.5 Setting Variables.
_ASSIGNED = regex(
    r"[ \t]*(?P<words>(?:(?:export|override|private)[ \t]+)*)(?P<name>[A-Za-z_.][\w.-]*)[ \t]*"
    r"(?P<operator>:{1,3}=|[?+!]?=)[ \t]*(?P<value>.*)",
    re.ASCII | re.DOTALL,
)
_EXPORTED = regex(r"[ \t]*export(?:[ \t]+([\w.\- \t]+))?$", re.ASCII)
_DEFINED = regex(r"[ \t]*(?:(?:export|override)[ \t]+)*define[ \t]+([\w.-]+)[^\n]*", re.ASCII)
_RULE = regex(r"[^\t#=:][^#=:]*::?(?!=)")
_COMMENT = regex(r"(?<!\\)#.*", re.DOTALL)
_QUIET = regex(r"[ \t]*(?:[@+-][ \t]*)*")
_ARGUMENT = regex(r"\$(?:\d|[({]\d[)}])")
_QUOTED = regex(r"\"[^\"$]*\"|'[^'$]*'")

MOST_EXPORTED = 200
"""Variables that programs are told of."""


def references(source: TextSource, everything: bool) -> list[Reference]:
    """The references in a makefile."""
    makefile = _Makefile()
    makefile.read(source.text)
    context = source.context(everything)
    found = list(_commands(makefile, source, everything))
    settings = [makefile.setting(one) for one in makefile.assigned]
    text = source.text.text
    found.extend(setting_references(settings, context, found, text, source.lines))
    if not everything:
        return found
    prose = [*spoken(settings), *makefile.comments]
    return [*found, *prose_references(prose, source.path, found)]


def _commands(makefile: _Makefile, source: TextSource, everything: bool) -> Iterator[Reference]:
    """What recipes and functions run, each command once."""
    from flake8_hfmodels.sources.shell.script import script_references

    context = source.context(everything)
    environment = makefile.environment()
    open_places = makefile.open_places()
    seen: set[tuple[Span, str, str]] = set()
    for text in makefile.scripts():
        for one in script_references(text, context, environment):
            key = (one.span, one.call, str(one.repo_id))
            if key not in seen:
                seen.add(key)
                yield _opened(one, open_places)


def _opened(reference: Reference, places: Iterable[int]) -> Reference:
    """The same, where its id comes from a variable that others can give another value."""
    repo_id = reference.repo_id
    if isinstance(repo_id, Known) and any(one.span.line in places for one in repo_id.values):
        return replace(reference, repo_id=replace(repo_id, closed=False))
    return reference


@dataclass(frozen=True, slots=True)
class _Assigned:
    """An assignment as it is written."""

    name: str
    value: Placed
    whole: Placed
    closed: bool


@dataclass(slots=True)
class _Makefile:
    variables: MakeVariables = field(default_factory=MakeVariables)
    assigned: list[_Assigned] = field(default_factory=list)
    exported: dict[str, None] = field(default_factory=dict)
    exports_all: bool = False
    comments: list[Placed] = field(default_factory=list)
    recipes: list[Placed] = field(default_factory=list)
    recipe: list[Placed] = field(default_factory=list)
    in_rule: bool = False
    prefix: str = "\t"
    definition: tuple[str, list[Placed]] | None = None

    def read(self, text: Placed) -> None:
        """Read all lines."""
        parts: list[Placed] = []
        for line in text.lines():
            parts.append(line)
            if _goes_on(line.text):
                continue
            self._logical(parts)
            parts = []
        if parts:
            self._logical(parts)
        self._end_recipe()

    def scripts(self) -> Iterator[Placed]:
        """All that a shell runs, with what make puts in the place of its variables."""
        for recipe in self.recipes:
            yield self.variables.substituted(recipe)
        for name in list(self.variables.parts):
            self.variables.value(name)
        yield from (self.variables.substituted(one) for one in list(self.variables.commands))

    def environment(self) -> Mapping[str, Word]:
        """The variables that programs are told of."""
        names = list(self.variables.parts if self.exports_all else self.exported)[:MOST_EXPORTED]
        known = ((name, self.variables.value(name)) for name in names)
        return {name: placed_word(value) for name, value in known if value is not None}

    def open_places(self) -> frozenset[int]:
        """The lines of the variables that are only set where nobody else has set them."""
        return frozenset(one.value.at(0)[0] for one in self.assigned if not one.closed)

    def setting(self, one: _Assigned) -> Setting:
        """An assignment with what its value is in the end."""
        value = self.variables.substituted(one.value)
        if _QUOTED.fullmatch(value.text):
            value = value.part(1, len(value.text) - 1)
        return Setting(one.name, value, one.whole, one.name, one.closed)

    def _logical(self, lines: Sequence[Placed]) -> None:
        """Read a line together with those that go on with it."""
        first = lines[0].text
        if self.definition is not None:
            self._in_definition(lines)
        elif first.startswith(self.prefix) and self.in_rule:
            self._recipe_line(lines)
        elif first.strip():
            self._statement(_one_line(lines))

    def _in_definition(self, lines: Sequence[Placed]) -> None:
        assert self.definition is not None  # who calls this has seen it
        name, body = self.definition
        if lines[0].text.strip().startswith("endef"):
            value = _with_line_ends(body)
            self.variables.give(name, "=", value)
            if not _ARGUMENT.search(value.text):
                self.recipes.append(value)
            self.definition = None
            return
        body.extend(_quiet(line) for line in lines)

    def _recipe_line(self, lines: Sequence[Placed]) -> None:
        own = [line.part(line.text.startswith(self.prefix), len(line.text)) for line in lines]
        self.recipe.extend([_quiet(own[0]), *own[1:]])

    def _end_recipe(self) -> None:
        if self.recipe:
            self.recipes.append(_with_line_ends(self.recipe))
            self.recipe = []

    def _statement(self, line: Placed) -> None:
        self._end_recipe()
        comment = _COMMENT.search(line.text)
        if comment is not None:
            self.comments.append(line.part(*comment.span()))
            line = line.part(0, comment.start())
        defined = _DEFINED.match(line.text)
        exported = _EXPORTED.match(line.text)
        assigned = _ASSIGNED.match(line.text)
        if defined is not None:
            self.definition = (defined[1], [])
        elif exported is not None:
            self.exports_all = self.exports_all or exported[1] is None
            self.exported.update(dict.fromkeys((exported[1] or "").split()))
        elif assigned is not None:
            self.in_rule = False
            self._assign(line, assigned)
        else:
            self._rule(line)

    def _assign(self, line: Placed, found: re.Match[str], only_here: bool = False) -> None:
        name, operator = found["name"], found["operator"]
        end = found.start("value") + len(found["value"].rstrip())
        value = line.part(found.start("value"), end)
        whole = line.part(found.start("name"), max(end, found.end("operator")))
        if name == ".RECIPEPREFIX":
            self.prefix = value.text[:1] or "\t"
        elif operator == "!=":
            self.variables.commands.append(value)
        else:
            self.variables.give(name, "?=" if only_here else operator, value)
            self.assigned.append(_Assigned(name, value, whole, operator != "?="))
        if "export" in found["words"]:
            self.exported[name] = None

    def _rule(self, line: Placed) -> None:
        """Read a rule: a variable of its own, or the recipe that begins in its line."""
        rule = _RULE.match(line.text)
        if rule is None:
            return
        self.in_rule = True
        assigned = _ASSIGNED.match(line.text, rule.end())
        if assigned is not None:
            self._assign(line, assigned, only_here=True)
            return
        if line.text.startswith(".EXPORT_ALL_VARIABLES"):
            self.exports_all = True
        begin = line.text.find(";", rule.end())
        if begin >= 0:
            self.recipe.append(_quiet(line.part(begin + 1, len(line.text))))


def _goes_on(line: str) -> bool:
    """Whether a line ends in a backslash that nothing escapes."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1


def _one_line(lines: Sequence[Placed]) -> Placed:
    """Lines as one, with a blank where they were broken."""
    parts: list[Placed] = []
    for line in lines[:-1]:
        parts.append(line.part(0, len(line.text) - 1))
        parts.append(inserted(" ", *line.at(len(line.text) - 1)))
    last = lines[-1]
    return joined([*parts, last.part(0, len(last.text) - _goes_on(last.text))])


def _with_line_ends(lines: Sequence[Placed]) -> Placed:
    parts: list[Placed] = []
    for line in lines:
        parts.append(line)
        parts.append(inserted("\n", *line.at(len(line.text))))
    return joined(parts)


def _quiet(line: Placed) -> Placed:
    """A line of a recipe without the marks that tell make how to run it."""
    mark = _QUIET.match(line.text)
    assert mark is not None  # it fits the empty text as well
    return line.part(mark.end(), len(line.text))
