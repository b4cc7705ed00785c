"""Justfiles to references."""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from flake8_hfmodels.loaders.images import OTHER_SHELLS
from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.buildfiles.embedded import file_references
from flake8_hfmodels.sources.buildfiles.just_expressions import STRING, evaluated, filled
from flake8_hfmodels.sources.buildfiles.prose import prose_references
from flake8_hfmodels.sources.buildfiles.settings import Setting, setting_references, spoken
from flake8_hfmodels.sources.buildfiles.stages import program_name
from flake8_hfmodels.sources.mentions import addresses
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.shell.word import Word, placed_word
from flake8_hfmodels.sources.source import Context, TextSource

# just manual: Grammar, Recipe Parameters, Setting Variables from the Command Line, Shebang Recipes.
_ASSIGNED = regex(r"(export\s+)?([A-Za-z_][\w-]*)\s*:=\s*(.*)", re.ASCII | re.DOTALL)
_SHELL = regex(r"set\s+shell\s*:=\s*\[\s*[\"']([^\"']+)")
_EXPORTS_ALL = regex(r"set\s+export\s*(?::=\s*true\s*)?$")
_OTHER = regex(r"(?:set|alias|import|mod|unexport)\s|\[")
_RECIPE = regex(r"@?[A-Za-z_][\w-]*(?=[\s:])", re.ASCII)
_WRITTEN = re.sub(r"\?P<\w+>", "?:", STRING.pattern)
_PARAMETER = regex(rf"\s*[+*]?(\$?)([A-Za-z_][\w-]*)(?:\s*=\s*({_WRITTEN}))?", re.ASCII | re.DOTALL)
_QUIET = regex(r"[@-]*")
_TRIPLE = regex(r"'''|\"\"\"")

MOST_VARIABLES = 1000
"""Variables of one file that are followed."""

MOST_EXPORTED = 200
"""Variables that programs are told of."""

MOST_PARAMETERS = 64
"""Parameters of one recipe that are followed."""

MOST_INSERTED = 2_000_000
"""Characters of values that are put into one file; behind them variables are unknown."""


def references(source: TextSource, everything: bool) -> list[Reference]:
    """The references in a justfile."""
    justfile = _Justfile()
    justfile.read(source.text)
    context = source.context(everything)
    found = list(justfile.run(source, context))
    text = source.text.text
    found.extend(setting_references(justfile.settings, context, found, text, source.lines))
    if not everything:
        return found
    prose = [*spoken(justfile.settings), *justfile.comments]
    return [*found, *prose_references(prose, source.path, found)]


@dataclass(slots=True)
class _Recipe:
    """The lines of a recipe, and its parameters as far as they have defaults."""

    values: dict[str, Placed] = field(default_factory=dict)
    exported: list[str] = field(default_factory=list)
    lines: list[Placed] = field(default_factory=list)


@dataclass(slots=True)
class _Justfile:
    values: dict[str, Placed] = field(default_factory=dict)
    exported: list[str] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)
    recipes: list[_Recipe] = field(default_factory=list)
    comments: list[Placed] = field(default_factory=list)
    shell: str = "sh"
    exports_all: bool = False
    left: int = MOST_INSERTED

    def read(self, text: Placed) -> None:
        """Read all lines; a text in triple quotes goes over several."""
        held: list[Placed] = []
        inside = False
        for line in text.lines():
            begins = line.text[:1] not in (" ", "\t")
            if inside or (begins and not line.text.startswith("#")):
                inside ^= len(_TRIPLE.findall(line.text)) % 2 == 1
            held.append(line)
            if inside:
                continue
            self._line(held[0] if len(held) == 1 else _lines(held))
            held = []
        if held:
            self._line(_lines(held))

    def run(self, source: TextSource, context: Context) -> Iterator[Reference]:
        """What the recipes run."""
        names = islice(self.values if self.exports_all else self.exported, MOST_EXPORTED)
        told = {name: placed_word(self.values[name]) for name in names}
        for recipe in self.recipes:
            if not recipe.lines:
                continue
            values = ChainMap(recipe.values, self.values)
            if recipe.lines[0].text.lstrip().startswith("#!"):
                text = self._filled(_lines(_dedented(recipe.lines)), values)
                yield from file_references(text, "", source, context.everything)
                continue
            text = self._filled(_lines([_quiet(line) for line in recipe.lines]), values)
            if self.shell in OTHER_SHELLS:
                yield from addresses(text, source.path, loads=True)
                continue
            from flake8_hfmodels.sources.shell.script import script_references

            yield from script_references(text, context, ChainMap(self._told(recipe), told))

    def _filled(self, text: Placed, values: Mapping[str, Placed]) -> Placed:
        made, self.left = filled(text, values, self.left)
        return made

    def _told(self, recipe: _Recipe) -> dict[str, Word]:
        """The parameters that the programs of a recipe are told of."""
        names = recipe.values if self.exports_all else recipe.exported
        made = {name: placed_word(recipe.values[name]) for name in names}
        return {name: replace(word, closed=False) for name, word in made.items()}

    def _line(self, line: Placed) -> None:
        text = line.text
        if text.startswith((" ", "\t")) and self.recipes:
            if text.strip():
                self.recipes[-1].lines.append(line)
        elif text.startswith("#"):
            self.comments.append(line)
        elif (assigned := _ASSIGNED.match(text)) is not None:
            self._assigned(line, assigned)
        elif (shell := _SHELL.match(text)) is not None:
            self.shell = program_name(shell[1].lower())
        elif _EXPORTS_ALL.match(text):
            self.exports_all = True
        elif not _OTHER.match(text) and (recipe := _RECIPE.match(text)) is not None:
            self._recipe(line, recipe.end())

    def _assigned(self, line: Placed, found: re.Match[str]) -> None:
        value = evaluated(line.part(*found.span(3)), self.values)
        if value is None or len(self.values) >= MOST_VARIABLES:
            return
        name = found[2]
        self.values[name] = value
        whole = line.part(found.start(2), len(line.text.rstrip()))
        self.settings.append(Setting(name, value, whole, name))
        if found[1]:
            self.exported.append(name)

    def _recipe(self, line: Placed, position: int) -> None:
        """Read the parameters of a recipe; its lines follow."""
        recipe = _Recipe()
        self.recipes.append(recipe)
        for found in islice(_parameters(line.text, position), MOST_PARAMETERS):
            value = evaluated(line.part(*found.span(3)), self.values) if found[3] else None
            if value is None:
                continue
            recipe.values[found[2]] = value
            whole = line.part(found.start(2), found.end())
            self.settings.append(Setting(found[2], value, whole, found[2], closed=False))
            if found[1]:
                recipe.exported.append(found[2])


def _parameters(text: str, position: int) -> Iterator[re.Match[str]]:
    while (found := _PARAMETER.match(text, position)) is not None:
        yield found
        position = found.end()


def _quiet(line: Placed) -> Placed:
    """A line without its indentation, and the marks that tell just how to run it."""
    start = len(line.text) - len(line.text.lstrip())
    mark = _QUIET.match(line.text, start)
    assert mark is not None  # it fits the empty text as well
    return line.part(mark.end(), len(line.text))


def _dedented(lines: Sequence[Placed]) -> Sequence[Placed]:
    """Lines without the indentation that all of them have."""
    depth = min(len(line.text) - len(line.text.lstrip()) for line in lines)
    return [line.part(depth, len(line.text)) for line in lines]


def _lines(lines: Sequence[Placed]) -> Placed:
    parts: list[Placed] = []
    for line in lines:
        parts.append(line)
        parts.append(inserted("\n", *line.at(len(line.text))))
    return joined(parts)
