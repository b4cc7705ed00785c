"""Flags that let the code of a repo run, each with the repo that it is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from flake8_hfmodels.loaders.config.commands import ENVIRONMENT_KEYS, EXTRA_ARGUMENTS
from flake8_hfmodels.loaders.config.elsewhere import LONGEST_VALUE
from flake8_hfmodels.loaders.config.keys import OPTIONS_KEY, TOOL_KEYS, TRUST_KEY
from flake8_hfmodels.loaders.switches import TRUE, VARIABLES
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Known, Reference
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.config.document import Document, Spot
from flake8_hfmodels.sources.config.made import Made, flag, trusting, whole
from flake8_hfmodels.sources.config.neighbours import is_record
from flake8_hfmodels.sources.marked.tree import Leaf
from flake8_hfmodels.sources.source import Context

_OPTION = regex(
    r"(?<![\w-])--trust[-_]remote[-_]code(?:=(\w+)|\s+(true|false|yes|no|0|1)\b)?(?![\w-])",
    re.ASCII | re.I,
)
_SWITCHES = frozenset(one.name for one in VARIABLES)


def with_trust(
    document: Document, context: Context, found: Sequence[Made], commands: Sequence[Reference]
) -> Iterator[Made]:
    """The same references with the flags that are for them, and those flags that are for none."""
    by_mapping: dict[int, list[int]] = {}
    for number, one in enumerate(found):
        if one.reference.loader.downloads and one.reference.persona is not Persona.AUDITOR:
            by_mapping.setdefault(id(one.spot.holder), []).append(number)
    changed = list(found)
    told = set(_told(commands))
    for spot, leaf in _flags(document):
        whose = _whose(spot, by_mapping, changed)
        if is_record(document, spot, context):
            changed.append(_of_the_past(flag(context.path, spot, leaf)))
        elif whose is None:
            changed.append(flag(context.path, spot, leaf))
        else:
            changed[whose] = trusting(changed[whose], leaf, spot.key)
    yield from changed
    for leaf in _options(document):
        place = whole(leaf.text)
        if told.isdisjoint(range(place.line, place.end_line + 1)):
            yield flag(context.path, Spot(leaf), leaf, "--trust-remote-code")


def _told(references: Iterable[Reference]) -> Iterator[int]:
    """The lines of flags that commands have."""
    for one in references:
        if isinstance(one.trust_remote_code, Known) and one.persona is Persona.REGULAR:
            yield from (written.span.line for written in one.trust_remote_code.values)


def _of_the_past(made: Made) -> Made:
    """A flag that says what a run was told, not what the next one is."""
    return replace(made, reference=replace(made.reference, persona=Persona.PEDANTIC))


def _flags(document: Document) -> Iterator[tuple[Spot, Leaf]]:
    for spot in document.spots:
        leaf = spot.node
        if spot.bulk or not isinstance(leaf, Leaf) or leaf.text.text.strip().lower() not in TRUE:
            continue
        if _is_flag(spot):
            yield spot, leaf


def _is_flag(spot: Spot) -> bool:
    key = spot.key.text.text if spot.key is not None else ""
    if "rust" not in key and "RUST" not in key:
        return False
    return (
        TRUST_KEY.fullmatch(spot.name) is not None
        and spot.name not in TOOL_KEYS
        and not (key in _SWITCHES and spot.parent in ENVIRONMENT_KEYS)
    )


def _whose(spot: Spot, by_mapping: dict[int, list[int]], found: Sequence[Made]) -> int | None:
    """The number of the reference that a flag is for: of those beside it, or beside its options."""
    numbers = by_mapping.get(id(spot.holder))
    if not numbers and spot.holder is not None and OPTIONS_KEY.fullmatch(spot.parent):
        numbers = by_mapping.get(id(spot.holder.holder))
    if not numbers:
        return None
    of_data = "dataset" in spot.name or "dataset" in spot.parent
    wanted = "dataset" if of_data else "model"
    fitting = [one for one in numbers if found[one].reference.repo_type == wanted]
    return [*fitting, *numbers][0]


def _options(document: Document) -> Iterator[Leaf]:
    """Arguments of programs that are not known."""
    for spot in document.spots:
        if spot.bulk or not isinstance(spot.node, Leaf) or "--trust" not in spot.node.text.text:
            continue
        text = spot.node.text.text[:LONGEST_VALUE]
        option = _OPTION.search(text)
        if option is None or (option[1] or option[2] or "true").lower() not in TRUE:
            continue
        if option.group() == text.strip() or spot.name in EXTRA_ARGUMENTS:
            yield spot.node
