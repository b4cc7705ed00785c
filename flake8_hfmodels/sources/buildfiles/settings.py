"""Variables whose names and values say that a repo is meant, and switches that let code run."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from flake8_hfmodels.loaders.elsewhere import FIRST_REPOS
from flake8_hfmodels.loaders.env_names import (
    ANY_REVISION,
    DATASET_NAME,
    ENDINGS,
    HUB_NAME,
    MODEL_NAME,
    OTHER_NAME,
    PATH_NAME,
    REVISIONS,
    SECRET_NAME,
    SERVED,
    SERVED_NAME,
    SPACE_NAME,
    VARIABLE,
)
from flake8_hfmodels.loaders.likeness import SHORT_NAMES
from flake8_hfmodels.loaders.row import Loader, RepoType
from flake8_hfmodels.loaders.switches import TRUE, VARIABLES, Switch
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import (
    ABSENT,
    Confidence,
    Known,
    Reference,
    Span,
    Unknown,
    Value,
    Written,
)
from flake8_hfmodels.regex import regex
from flake8_hfmodels.repo_id import is_commit_hash
from flake8_hfmodels.sources.buildfiles.followed import followed
from flake8_hfmodels.sources.placed import Placed
from flake8_hfmodels.sources.shell.word import HOLE
from flake8_hfmodels.sources.source import Context
from flake8_hfmodels.sources.text.likeness import LONGEST, Likeness, likeness

_SWITCHES: Mapping[str, Switch] = {switch.name: switch for switch in VARIABLES}
_PAGE = regex(
    r"(?:https?://)?(?:huggingface\.co|hf\.co)/([\w.-]+/[\w.-]+)(?::[\w.-]+)?/?", re.ASCII
)
_PART = regex(r"[^,;\s]+")

MOST_PARTS = 32
"""A value with more ids than this is none of ids."""

MOST_LETTERS = LONGEST + len("https://huggingface.co/:") + 32
"""Neither an id nor the address of its page, with a quantization behind it, is longer."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable that gets a value: `whole` is both as they stand there.

    `said` is how people call it. Not `closed`: somebody else can set it to another value. `idle`:
    it is commented out.
    """

    name: str
    value: Placed
    whole: Placed
    said: str
    closed: bool = True
    idle: bool = False

    @property
    def span(self) -> Span:
        """Where the variable and its value stand."""
        return self.whole.span(0, len(self.whole.text))

    @property
    def place(self) -> Span:
        """Where the value is written, which may be where a variable in it gets its own."""
        return self.value.span(0, len(self.value.text))


def setting_references(
    settings: Sequence[Setting],
    context: Context,
    loaded: Sequence[Reference],
    text: str,
    lines: Sequence[str] = (),
) -> list[Reference]:
    """What variables name that nothing in the file loads from them.

    `loaded` is what the commands of the file load; `text` is the file, `lines` are its lines.
    """
    reader = _Reader(
        context=context,
        by_name={one.name.upper(): one for one in settings if one.value.text and not one.idle},
        written=frozenset(_places([one for one in loaded if not _is_merely_named(one)])),
        pinned=frozenset(_pinned(loaded)),
        resolved=frozenset(_resolved(loaded, lines)),
        served=SERVED.search(text) is not None,
        repos=len({one.repo_id.text for setting in settings for one in _meanings(setting)}),
    )
    made: list[Reference] = []
    seen: set[tuple[int, str]] = set()
    for setting in settings:
        for found in reader.references(setting):
            if seen.isdisjoint(_places([found])):
                made.append(found)
        seen.update(_places(made[-1:]))
    return made


def _is_merely_named(reference: Reference) -> bool:
    """Whether a text is all that there is: what a variable is for says more."""
    return reference.kind == "mention" and reference.persona is Persona.AUDITOR


def spoken(settings: Iterable[Setting]) -> list[Placed]:
    """Variables as prose, for auditors: those that hold secrets are left out."""
    return [one.whole for one in settings if not SECRET_NAME.search(one.name.upper())]


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a value is, by its own look and by its name."""

    repo_id: Placed
    how: Likeness
    is_hub_name: bool


@dataclass(frozen=True, slots=True)
class _Reader:
    context: Context
    by_name: Mapping[str, Setting]
    written: Collection[tuple[int, str]]
    pinned: Collection[str]
    resolved: Collection[str]
    served: bool
    repos: int

    def references(self, setting: Setting) -> Iterator[Reference]:
        """What one variable says."""
        switch = _SWITCHES.get(setting.name)
        if switch is not None:
            yield from self._switched(switch, setting)
            return
        meanings = list(_meanings(setting))
        for meaning in meanings:
            yield from self._named(setting, meaning)
        if meanings:
            return
        for found in followed(setting.value, self.context.path):
            if not self._is_written(found):
                yield _idle(found) if setting.idle else found

    def _switched(self, switch: Switch, setting: Setting) -> Iterator[Reference]:
        place = setting.place
        if setting.value.text.lower() not in TRUE or (place.line, "") in self.written:
            return
        found = Reference(
            path=self.context.path,
            span=setting.span,
            kind="config",
            loader=Loader(
                package=switch.package,
                name=switch.name,
                source=switch.source,
                repo_id=(),
                revision=None,
                reads="code",
            ),
            call=f"{switch.name}={setting.value.text}",
            repo_id=ABSENT,
            repo_type="model",
            revision=ABSENT,
            trust_remote_code=Known((Written(True, setting.span),)),
        )
        yield _idle(found) if setting.idle else found

    def _named(self, setting: Setting, meaning: _Meaning) -> Iterator[Reference]:
        repo_id = meaning.repo_id
        if self.context.is_folder(repo_id.text) or repo_id.text.lower() in self.resolved:
            return
        span = repo_id.span(0, len(repo_id.text))
        persona, confidence = self._judged(setting, meaning)
        found = Reference(
            path=self.context.path,
            span=setting.span,
            kind="config",
            loader=VARIABLE,
            call=setting.said,
            repo_id=Known((Written(repo_id.text, span),), setting.closed),
            repo_type=_repo_type(setting.name.upper()),
            revision=self._revision(setting.name.upper()),
            persona=persona,
            confidence=confidence,
        )
        if not self._is_written(found):
            yield _idle(found) if setting.idle else found

    def _judged(self, setting: Setting, meaning: _Meaning) -> tuple[Persona, Confidence]:
        name = setting.name.upper()
        says_hub = "HF_" in name or "HUGGING" in name
        served = (self.served and not says_hub) or SERVED_NAME.search(name) is not None
        enough = Likeness.POSSIBLE if meaning.is_hub_name else Likeness.LIKELY
        if PATH_NAME.search(name) and not meaning.is_hub_name:
            enough = Likeness.CERTAIN
        doubtful = served or meaning.how < enough or SPACE_NAME.search(name) is not None
        if doubtful or meaning.repo_id.text.lower() in self.pinned:
            return Persona.PEDANTIC, Confidence.LOW
        sure = meaning.is_hub_name and meaning.how >= Likeness.LIKELY
        return Persona.REGULAR, Confidence.HIGH if sure else Confidence.MEDIUM

    def _is_written(self, found: Reference) -> bool:
        """Whether something of the file loads it from just this place."""
        return any(place in self.written for place in _places([found]))

    def _revision(self, name: str) -> Value:
        """The value of the variable beside it that holds its revision."""
        names = [f"{stem}_{ending}" for stem in _stems(name) for ending in REVISIONS]
        if self.repos == 1:
            names.extend(ANY_REVISION)
        twin = next((self.by_name[one] for one in names if one in self.by_name), None)
        if twin is None:
            return ABSENT
        if HOLE in twin.value.text:
            return Unknown("decided at run time")
        return Known((Written(twin.value.text, twin.place),), twin.closed)


def _meanings(setting: Setting) -> Iterator[_Meaning]:
    """What a value is, if name and form say that it is a repo, or several with commas between."""
    name, text = setting.name.upper(), setting.value.text
    if "/" not in text and text not in SHORT_NAMES and text not in FIRST_REPOS:
        return
    is_hub_name = HUB_NAME.search(name) is not None
    says_model = is_hub_name or MODEL_NAME.search(name) or SPACE_NAME.search(name)
    if not says_model or OTHER_NAME.search(name):
        return
    parts = list(islice(_PART.finditer(text), MOST_PARTS + 1))
    if len(parts) > MOST_PARTS or any(part.end() - part.start() > MOST_LETTERS for part in parts):
        return
    found = [_meaning(setting.value.part(*part.span()), is_hub_name) for part in parts]
    if None not in found:
        yield from (one for one in found if one is not None)


def _meaning(value: Placed, is_hub_name: bool) -> _Meaning | None:
    page = _PAGE.fullmatch(value.text)
    repo_id = value.part(*page.span(1)) if page is not None else value
    how = likeness(repo_id.text)
    if page is not None and how is not Likeness.NONE:
        return _Meaning(repo_id, Likeness.CERTAIN, is_hub_name)
    if repo_id.text in SHORT_NAMES or repo_id.text in FIRST_REPOS:
        how = Likeness.POSSIBLE
    return _Meaning(repo_id, how, is_hub_name) if how is not Likeness.NONE else None


def _repo_type(name: str) -> RepoType:
    if SPACE_NAME.search(name):
        return "space"
    return "dataset" if DATASET_NAME.search(name) else "model"


def _stems(name: str) -> Sequence[str]:
    """A name, and what is left of it without its ending: `MODEL` of `MODEL_ID`."""
    return [name, *(name.removesuffix(one) for one in ENDINGS if name.endswith(one))]


def _places(references: Iterable[Reference]) -> Iterator[tuple[int, str]]:
    """The lines in which references have their ids, and those of flags without an id."""
    for reference in references:
        if isinstance(reference.repo_id, Known):
            for one in reference.repo_id.strings():
                yield one.span.line, str(one.value).lower()
        if isinstance(reference.trust_remote_code, Known):
            for one in reference.trust_remote_code.values:
                yield one.span.line, ""


def _pinned(references: Iterable[Reference]) -> Iterator[str]:
    """The ids that something loads at a commit."""
    for reference in references:
        revisions = reference.revision
        if not isinstance(reference.repo_id, Known) or not isinstance(revisions, Known):
            continue
        if all(is_commit_hash(str(one.value)) for one in revisions.values):
            yield from (str(one.value).lower() for one in reference.repo_id.strings())


def _resolved(references: Iterable[Reference], lines: Sequence[str]) -> Iterator[str]:
    """The ids that something loads without writing them: a variable holds them."""
    for reference in references:
        if isinstance(reference.repo_id, Known):
            for one in reference.repo_id.strings():
                there = lines[one.span.line - 1 : one.span.end_line]
                if there and not any(str(one.value) in line for line in there):
                    yield str(one.value).lower()


def _idle(reference: Reference) -> Reference:
    """The same as something that is commented out."""
    return replace(reference, persona=Persona.PEDANTIC, confidence=Confidence.LOW)
