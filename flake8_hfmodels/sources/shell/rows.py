"""What one program loads, by the first row that fits its words."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase
from functools import lru_cache

from flake8_hfmodels.loaders.commands import COMMANDS
from flake8_hfmodels.loaders.commands.row import Command
from flake8_hfmodels.loaders.commands.scripts import ADDRESS, SCRIPT
from flake8_hfmodels.loaders.mentions import mentions_hub
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import ABSENT, Known, Reference
from flake8_hfmodels.sources.shell.documents import is_silent
from flake8_hfmodels.sources.shell.loads import Place, RowReader
from flake8_hfmodels.sources.shell.running import Run, fits, program
from flake8_hfmodels.sources.shell.word import HOLE


def references_of(run: Run, place: Place) -> list[Reference]:
    """What a program loads; there is one in the words."""
    first = run.words[0].text
    name = first if run.module else program(first)
    shown = f"python -m {name}" if run.module else name
    for command in _candidates(name, run.module):
        reader = RowReader(command, run, run.words[1:], shown, place)
        if reader.fits():
            return _said(reader.references(), reader, place)
    if run.script and mentions_hub(first):
        return RowReader(ADDRESS, run, run.words, "run", place).references()
    if not (run.module or run.script or _may_load(run, place)):
        return []
    reader = RowReader(SCRIPT, run, run.words[1:], shown.replace(HOLE, "…"), place)
    return _said(reader.references(), reader, place)


def references_of_image(image: str, run: Run, place: Place) -> list[Reference]:
    """What the program of an image loads that is given these words."""
    found = [
        reference
        for command in COMMANDS
        if any(image == name or image.endswith(f"/{name}") for name in command.images)
        for reference in RowReader(command, run, run.words, image, place).references()
    ]
    if found or not _may_load(run, place):
        return found
    reader = RowReader(SCRIPT, run, run.words, image.replace(HOLE, "…"), place)
    return _said(reader.references(), reader, place)


@lru_cache(maxsize=256)
def _candidates(name: str, module: bool) -> Sequence[Command]:
    if module:
        return [one for one in COMMANDS if any(fnmatchcase(name, m) for m in one.modules)]
    return [one for one in COMMANDS if one.words and fits(name, one.words[0])]


def _may_load(run: Run, place: Place) -> bool:
    """Whether a program that nobody knows has flags that speak of models."""
    if not place.direct or is_silent([word.text for word in run.words[:1]]):
        return False
    flags = (text for word in run.words for text in word.texts if text.startswith("-"))
    return any(said in flag for flag in flags for said in _SAID)


_SAID = ("model", "repo", "data", "token", "trust", "hf", "lora", "adapter", "checkpoint", "embed")


def _said(found: list[Reference], reader: RowReader, place: Place) -> list[Reference]:
    """The same references; what lets code run is said for everybody, whatever it is the code of."""
    trusting = [one for one in found if _trusts(one)]
    if not place.direct or not trusting or any(_is_for_all(one) for one in trusting):
        return found
    return [*(replace(one, trust_remote_code=ABSENT) for one in found), *reader.trust_alone()]


def _trusts(reference: Reference) -> bool:
    match reference.trust_remote_code:
        case Known(values):
            return any(written.value is True for written in values)
        case _:
            return False


def _is_for_all(reference: Reference) -> bool:
    return reference.persona is Persona.REGULAR
