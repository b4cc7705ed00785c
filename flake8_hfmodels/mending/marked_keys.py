"""Pins as keys: beside the key that names the repo, or in the value of one that is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.loaders.row import Param
from flake8_hfmodels.mending.job import Job
from flake8_hfmodels.mending.marked_places import Place
from flake8_hfmodels.mending.text_ground import Attempt, Change, Ground
from flake8_hfmodels.mending.text_words import yaml_text
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.config.document import spelled
from flake8_hfmodels.sources.config.made import whole
from flake8_hfmodels.sources.marked import tree
from flake8_hfmodels.sources.marked.tree import Entry, Leaf

_PREFIXES: Mapping[KindName, re.Pattern[str]] = {
    "yaml": regex(r"[ ]*(?:-[ ]+)*"),
    "toml": regex(r"[ \t]*(?:[\w\"'.-]+\.)?"),
    "ini": regex(r"[ \t]*"),
}
_BETWEEN = regex(r"[ \t]*[:=][ \t]*")
_USUAL: Mapping[KindName, str] = {"toml": " = ", "ini": " = "}
_GAP = regex(r",([ \t]*)\Z")
_CAMEL = regex(r"[a-z][A-Z]")
_WITH_COMMENTS = ("yaml", "toml")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A key and its value as they are written, quotes and all."""

    name: str
    key: tuple[int, int]
    value: tuple[int, int]
    key_quote: str
    value_quote: str


def key_attempts(ground: Ground, job: Job, place: Place, commit: str) -> Iterator[Attempt]:
    """Ways to give the mapping of a name a revision as well."""
    param = job.param
    key = place.spot.key
    if param is None or key is None or place.spot.listed:
        return
    behind = ground.ends(whole(key.text))[1]
    if ground.text[behind : behind + 1] == "=" and place.kind in ("yaml", "json"):
        yield _attempt(job, Change(place.end, place.end, f",{param.names[0]}={commit}"))
        return
    fields = place.document.beside(place.spot)
    pair = _pair(ground, key, place.leaf)
    inner = fields.get(spelled(param.within)) if param.within is not None else None
    if inner is not None:
        param = Param(param.names)
        node = inner.value
        fields = place.document.fields_of(node) if isinstance(node, tree.Mapping) else {}
        pairs = (_pair(ground, key, one) for key, one in _leaves(fields))
        first = next(pairs, None)
        if first is None:
            return
        pair = first
    known = [fields[spelled(one)] for one in param.names if spelled(one) in fields]
    if known:
        yield from _filled(ground, job, known[0], place.kind, commit)
    else:
        yield from _new(ground, job, param, place, pair, commit)


def _leaves(fields: Mapping[str, Entry]) -> Iterator[tuple[Leaf, Leaf]]:
    for entry in fields.values():
        if isinstance(entry.value, Leaf):
            yield entry.key, entry.value


def _attempt(job: Job, change: Change, comment: int | None = None, safe: bool = False) -> Attempt:
    names = job.param.names if job.param is not None else ()
    commit = job.commits[0][1]
    is_safe = safe or bool(job.ref.loader.package)
    return Attempt(f"pin {names[0]} to {commit}", (change,), is_safe, comment)


def _filled(
    ground: Ground, job: Job, entry: Entry, kind: KindName, commit: str
) -> Iterator[Attempt]:
    """The commit as the value of a key that says nothing: `null`, an empty text."""
    if not isinstance(entry.value, Leaf) or entry.value.block:
        return
    pair = _pair(ground, entry.key, entry.value)
    start, end = pair.value
    comment = ground.line(end)[1] if ground.kind in _WITH_COMMENTS else None
    text = _quoted(pair.value_quote, kind, commit)
    if start < end:
        yield _attempt(job, Change(start, end, text), comment, safe=True)
        return
    colon = ground.text.find(":", pair.key[1], ground.line(pair.key[1])[1]) + 1
    if kind == "yaml" and colon:
        yield _attempt(job, Change(colon, colon, f" {text}"), comment, safe=True)


def _new(
    ground: Ground, job: Job, param: Param, place: Place, pair: _Pair, commit: str
) -> Iterator[Attempt]:
    """One more key behind one that is there: on a line of its own, or on the same line."""
    name = param.names[0] if job.ref.loader.package else _styled(param.names[0], pair, place)
    name = f"{pair.key_quote}{name}{pair.key_quote}"
    text = _quoted(pair.value_quote, place.kind, commit)
    between = _between(ground, pair, place.kind)
    stop = ground.line(pair.value[1])[1]
    comment = stop if ground.kind in _WITH_COMMENTS else None
    before = ground.text[ground.line(pair.key[0])[0] : pair.key[0]]
    form = _PREFIXES.get(place.kind)
    if form is not None and form.fullmatch(before):
        indent = before.replace("-", " ") if place.kind == "yaml" else before
        new = _own_line(place.kind, indent, param.within, f"{name}{between}{text}")
        yield _attempt(job, Change(stop, stop, new), comment)
    if ground.text[: pair.key[0]].rstrip()[-1:] in ("{", ","):
        inner = f"{name}{between}{text}"
        if param.within is not None:
            inner = f"{pair.key_quote}{param.within}{pair.key_quote}{between}{{{inner}}}"
        at = pair.value[1]
        yield _attempt(job, Change(at, at, f",{_gap(ground, pair)}{inner}"), comment)


def _own_line(kind: KindName, indent: str, within: str | None, pair: str) -> str:
    if within is None:
        return f"\n{indent}{pair}"
    if kind == "yaml":
        return f"\n{indent}{within}:\n{indent}  {pair}"
    return f"\n{indent}{within}.{pair}"


def _pair(ground: Ground, key: Leaf, value: Leaf) -> _Pair:
    key_quote, key_ends = _with_quotes(ground, key)
    value_quote, value_ends = _with_quotes(ground, value)
    return _Pair(key.text.text, key_ends, value_ends, key_quote, value_quote)


def _with_quotes(ground: Ground, leaf: Leaf) -> tuple[str, tuple[int, int]]:
    """The quotes around a text, and where it begins and ends with them."""
    start, end = ground.ends(whole(leaf.text))
    if not leaf.plain and ground.text[start : start + 2] in ("''", '""'):
        return ground.text[start], (start, start + 2)
    quote = ground.text[max(start - 1, 0) : start]
    if leaf.plain or quote not in ("'", '"') or ground.text[end : end + 1] != quote:
        return "", (start, end)
    return quote, (start - 1, end + 1)


def _quoted(quote: str, kind: KindName, commit: str) -> str:
    if quote:
        return f"{quote}{commit}{quote}"
    match kind:
        case "yaml":
            return yaml_text(commit)
        case "ini":
            return commit
        case _:
            return f'"{commit}"'


def _between(ground: Ground, pair: _Pair, kind: KindName) -> str:
    """What stands between a key and its value."""
    text = ground.text[pair.key[1] : pair.value[0]]
    return text if _BETWEEN.fullmatch(text) else _USUAL.get(kind, ": ")


def _gap(ground: Ground, pair: _Pair) -> str:
    """What stands between two pairs: a blank, or a new line."""
    line = ground.line(pair.key[0])[0]
    before = ground.text[line : pair.key[0]]
    if not before.strip() and line:
        return f"\n{before}"
    comma = _GAP.search(before)
    if comma is not None:
        return comma[1]
    behind = ground.text[pair.value[1] : pair.value[1] + 2]
    return "" if behind[:1] == "," and behind != ", " else " "


def _styled(name: str, pair: _Pair, place: Place) -> str:
    """A key spelled as those around it are: `model_revision`, `modelRevision`, `model-revision`."""
    fields = place.document.beside(place.spot)
    keys = [pair.name, *(one.key.text.text for one in fields.values())]
    own = next((key for key in keys if re.search(r"[_-]|[a-z][A-Z]", key)), pair.name)
    if pair.name.isupper():
        return name.upper()
    if _CAMEL.search(own) and "_" not in own:
        first, *rest = name.split("_")
        return first + "".join(one.capitalize() for one in rest)
    return name.replace("_", "-") if "-" in own and "_" not in own else name
