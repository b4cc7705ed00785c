"""Commands in configuration: containers, workflows, task runners, with their environment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from flake8_hfmodels.loaders.config.commands import (
    ENVIRONMENT_KEYS,
    EXEC_KEYS,
    KSERVE_IMAGE,
    PYTHON,
    SCRIPT_KEYS,
    SCRIPT_PARENTS,
    WORD_KEYS,
)
from flake8_hfmodels.loaders.config.elsewhere import MOST_VARIABLES
from flake8_hfmodels.reference import Known, Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.config.document import Document, Spot, leaf_of, leaves_of
from flake8_hfmodels.sources.config.made import whole
from flake8_hfmodels.sources.marked import tree
from flake8_hfmodels.sources.marked.tree import Items, Leaf
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.shell.word import HOLE, Word, placed_word
from flake8_hfmodels.sources.source import Context

MOST_AROUND = 6
"""How many mappings around a command may hold variables for it."""

_BLANK = regex(r"\s")
_WORD = regex(r"\"([^\"]*)\"|'([^']*)'|(\S+)")
# kubernetes.io: $(NAME); docs.docker.com/compose interpolation: $NAME, ${NAME}, ${NAME:-default}.
_VARIABLE = regex(r"\$\(\w+\)|\$\w+|\$\{\{[^{}]{0,200}\}\}|\$\{[^{}]{0,200}\}")
_ALONE = regex(
    r"\$(?:\((?P<paren>\w+)\)|\{(?P<brace>\w+)(?::?-(?P<default>[^{}$]*))?\}|(?P<bare>\w+))"
)
# What GitHub and Azure fill in before a shell sees the text.
_EXPRESSION = regex(r"\$\{\{[^{}]{0,200}\}\}")


def command_references(document: Document, context: Context) -> list[Reference]:
    """What the commands of a document load, and what its variables name."""
    found: list[Reference] = []
    words = frozenset(_words_of_commands(document))
    for spot in document.spots:
        if spot.bulk or id(spot.node) in words:
            continue
        if isinstance(spot.node, tree.Mapping):
            found.extend(_started(document, spot, context))
        elif _is_script(spot):
            found.extend(_script(document, spot, context))
    by_line = _by_line(found)
    for spot in document.spots:
        if isinstance(spot.node, tree.Mapping) and spot.name in ENVIRONMENT_KEYS and not spot.bulk:
            found.extend(_settings(spot.node, context, by_line))
    return found


def _by_line(references: Sequence[Reference]) -> Mapping[int, Sequence[Reference]]:
    """References by the lines in which what they name and allow is written."""
    found: dict[int, list[Reference]] = {}
    for one in references:
        for value in (one.repo_id, one.trust_remote_code):
            for written in value.values if isinstance(value, Known) else ():
                found.setdefault(written.span.line, []).append(one)
    return found


def _is_script(spot: Spot) -> bool:
    return spot.name in SCRIPT_KEYS or spot.parent in SCRIPT_PARENTS


def _words_of_commands(document: Document) -> Iterator[int]:
    """The values, by identity, that are words of a command and no commands themselves."""
    for spot in document.spots:
        lists = [spot.node] if _is_listed(spot) else _lists(document.fields(spot))
        yield from (id(leaf) for node in lists for leaf in leaves_of(node))


def _is_listed(spot: Spot) -> bool:
    """Whether a list is the words of one command, by its key or as it stands in another list."""
    return (
        isinstance(spot.node, Items)
        and _is_script(spot)
        and (spot.name in EXEC_KEYS or spot.listed)
        and _is_words(spot.node)
    )


def _lists(fields: Mapping[str, tree.Entry]) -> Sequence[tree.Node]:
    """The lists of words by which a mapping starts a program, in their order."""
    lists = [fields[name].value for name in WORD_KEYS if name in fields]
    return lists if any(_is_words(node) for node in lists) else ()


def _started(document: Document, spot: Spot, context: Context) -> Iterator[Reference]:
    """What the program loads that a mapping starts, by lists of words."""
    fields = document.fields(spot)
    lists = _lists(fields)
    if not lists:
        return
    words = [
        word
        for node in lists
        for leaf in leaves_of(node)
        for word in ([leaf.text] if isinstance(node, Items) else _words(leaf.text))
        if word.text
    ]
    words = [*_program(fields, words), *words]
    image = leaf_of(fields.get("image"))
    name = image.text.text if image is not None else ""
    if not name and spot.name == "model" and words[0].text.startswith("--"):
        name = KSERVE_IMAGE
    from flake8_hfmodels.sources.shell.script import words_references

    variables = _variables_around(document, spot)
    given = [_expanded(word, variables) for word in words]
    yield from words_references(given, context, environment=_words_of(variables), image=name)


def _program(fields: Mapping[str, tree.Entry], words: Sequence[Placed]) -> Sequence[Placed]:
    """What a debugger starts its arguments with: `program` or `module`."""
    at = whole(words[0])
    for name, before in (("program", ("python",)), ("module", ("python", "-m"))):
        leaf = leaf_of(fields.get(name))
        if leaf is not None and "command" not in fields:
            said = (*before, leaf.text.text)
            return [inserted(one, at.line, at.column) for one in said]
    return ()


def _is_words(node: tree.Node) -> bool:
    """Whether a value is the words of one command: no list of commands, and no text for a shell.

    A text of options is one: they go to the program that is named beside it.
    """
    if isinstance(node, Leaf):
        return node.text.text.startswith("-")
    texts = [leaf.text.text for leaf in leaves_of(node) if leaf.text.text]
    return bool(texts) and (_BLANK.search(texts[0].strip()) is None or texts[0].startswith("-"))


def _script(document: Document, spot: Spot, context: Context) -> Sequence[Reference]:
    """What a text loads that a shell gets, or a list of words."""
    if not isinstance(spot.node, Leaf):
        return _listed(document, spot, context) if _is_listed(spot) else ()
    if not spot.node.text.text:
        return ()
    return _text(document, spot, spot.node, context)


def _listed(document: Document, spot: Spot, context: Context) -> Sequence[Reference]:
    from flake8_hfmodels.sources.shell.script import words_references

    variables = _variables_around(document, spot)
    words = [_expanded(leaf.text, variables) for leaf in leaves_of(spot.node)]
    return words_references(words, context, environment=_words_of(variables))


def _text(document: Document, spot: Spot, leaf: Leaf, context: Context) -> Sequence[Reference]:
    from flake8_hfmodels.sources.shell.script import script_references, words_references

    fields = document.beside(spot)
    text = _filled(leaf.text)
    if _is_python(fields, spot):
        from flake8_hfmodels.sources.python.fragment import fragment_references

        return fragment_references(text, context)
    variables = _variables_around(document, spot)
    environment = _words_of(variables)
    found = [] if text.text.startswith("-") else script_references(text, context, environment)
    image = leaf_of(fields.get("image"))
    runs = any(one.kind != "mention" for one in found)
    if runs or image is None or spot.name not in WORD_KEYS:
        return found
    words = [_expanded(word, variables) for word in _words(text)]
    return words_references(words, context, environment=environment, image=image.text.text)


def _is_python(fields: Mapping[str, tree.Entry], spot: Spot) -> bool:
    """Whether what runs a text is Python: GitHub's `shell: python`, Argo's `command: [python]`."""
    by = "command" if spot.name == "source" else "shell"
    leaves = leaves_of(fields[by].value) if by in fields else ()
    return bool(leaves) and leaves[0].text.text.split(" ")[0] in PYTHON


def _words(text: Placed) -> Iterator[Placed]:
    """The words of a text that no shell reads."""
    for found in _WORD.finditer(text.text):
        yield text.part(*found.span(found.lastindex or 0))


def _filled(text: Placed) -> Placed:
    """A text with holes of the same length in place of what is filled in before it runs."""
    if "${{" not in text.text:
        return text
    holed = _EXPRESSION.sub(lambda found: HOLE * len(found.group()), text.text)
    return Placed(holed, text.stretches)


def _given(text: Placed) -> tuple[Placed, bool]:
    """The value of a variable, and whether nothing else can be put in its place.

    docs.docker.com/compose interpolation: of `${NAME:-default}` it is the default.
    """
    alone = _ALONE.fullmatch(text.text) if text.text.startswith("${") else None
    if alone is not None and alone["default"]:
        return text.part(*alone.span("default")), False
    return _filled(text), True


def _expanded(word: Placed, variables: Mapping[str, Placed]) -> Placed:
    """A word in which variables are filled in: by Kubernetes, by compose.

    One that is nothing but a variable is what that one is; of others the variable is a hole.
    """
    if "$" not in word.text or _BLANK.search(word.text):
        return _filled(word)
    alone = _ALONE.fullmatch(word.text)
    if alone is not None and (value := _value(alone, variables)) is not None:
        return value
    if alone is not None and alone["default"]:
        return word.part(*alone.span("default"))
    holed = _VARIABLE.sub(lambda found: HOLE * len(found.group()), word.text)
    return Placed(holed, word.stretches)


def _value(alone: re.Match[str], variables: Mapping[str, Placed]) -> Placed | None:
    names = (alone["paren"], alone["brace"], alone["bare"])
    return next((variables[one] for one in names if one in variables), None)


def _words_of(variables: Mapping[str, Placed]) -> Mapping[str, Word]:
    """The same variables as words of a shell."""
    return {name: placed_word(value) for name, value in variables.items()}


def _variables_around(document: Document, spot: Spot) -> Mapping[str, Placed]:
    """The variables that a command is given, by the mappings around it."""
    found: dict[str, Placed] = {}
    at = spot if isinstance(spot.node, tree.Mapping) else spot.holder
    for _ in range(MOST_AROUND):
        if at is None:
            break
        fields = document.fields(at)
        for name in ENVIRONMENT_KEYS & fields.keys():
            for variable, leaf in _variables(document, fields[name].value):
                found.setdefault(variable, _given(leaf.text)[0])
        at = at.holder
    return found


def _variables(document: Document, node: tree.Node) -> Iterator[tuple[str, Leaf]]:
    node = document.variables(node)
    for entry in node.entries[:MOST_VARIABLES] if isinstance(node, tree.Mapping) else ():
        if isinstance(entry.value, Leaf):
            yield entry.key.text.text, entry.value


def _settings(
    node: tree.Mapping, context: Context, by_line: Mapping[int, Sequence[Reference]]
) -> Iterator[Reference]:
    """What variables say by themselves."""
    from flake8_hfmodels.sources.buildfiles.settings import Setting, setting_references

    settings = [
        Setting(
            entry.key.text.text,
            value,
            _written(entry.key, entry.value),
            entry.key.text.text,
            closed,
        )
        for entry in node.entries[:MOST_VARIABLES]
        if isinstance(entry.value, Leaf) and entry.value.text.text and entry.key.text.text.isupper()
        for value, closed in [_given(entry.value.text)]
    ]
    if settings:
        names = " ".join(f"{one.name} {one.value.text[:200]}" for one in settings)
        lines = dict.fromkeys(one.place.line for one in settings)
        loaded = [one for line in lines for one in by_line.get(line, ())]
        yield from setting_references(settings, context, loaded, names)


def _written(name: Leaf, value: Leaf) -> Placed:
    """A variable and its value where both are in one line, else the value."""
    first, last = whole(name.text), whole(value.text)
    is_one_line = first.line == last.end_line and first.column <= last.column
    return joined((name.text, value.text)) if is_one_line else value.text
