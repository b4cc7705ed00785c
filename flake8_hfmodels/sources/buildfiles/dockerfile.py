"""Dockerfiles, and the Modelfiles of ollama, to references."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from flake8_hfmodels.loaders.images import OTHER_SHELLS
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.reference import Confidence, Reference, Span
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.buildfiles.docker_words import expanded, json_list, words
from flake8_hfmodels.sources.buildfiles.embedded import file_references
from flake8_hfmodels.sources.buildfiles.images import added_references, image_references
from flake8_hfmodels.sources.buildfiles.instructions import Instruction, divided, parse
from flake8_hfmodels.sources.buildfiles.modelfile import is_modelfile, modelfile_references
from flake8_hfmodels.sources.buildfiles.prose import prose_references
from flake8_hfmodels.sources.buildfiles.settings import Setting, setting_references, spoken
from flake8_hfmodels.sources.buildfiles.stages import (
    Stage,
    Start,
    Variables,
    program,
    program_name,
    script,
)
from flake8_hfmodels.sources.mentions import addresses
from flake8_hfmodels.sources.placed import Placed, inserted, joined
from flake8_hfmodels.sources.source import Context, TextSource

_FLAG = regex(r"--[a-z][\w-]*(?:=\S*)?\s+")
_ONLY_DOCUMENTS = regex(r"(?:\s*<<-?\s*[\"']?[A-Za-z_][\w.-]*[\"']?)+\s*", re.ASCII)
_PROBED = regex(r"CMD\s+", re.IGNORECASE)
_ASSIGNED = regex(r"([A-Za-z_]\w*)=", re.ASCII)
_SPACED = regex(r"([A-Za-z_]\w*)\s+", re.ASCII)
_UNCOMMENTED = regex(r"#+[ \t]?")
_IMAGE_IN_COMMENT = regex(r"#+\s*(?:FROM|COPY)\s")

DEEPEST = 2
"""Instructions within instructions (`ONBUILD`) that are followed."""

MOST_STAGES = 200
"""Stages that later ones can begin with."""

_NO_STAGE = Span(1, 1, 1, 1)


def _no_stage() -> Stage:
    """What stands before the first `FROM`."""
    return Stage(inserted("", 1, 1), _NO_STAGE)


def references(source: TextSource, everything: bool) -> list[Reference]:
    """The references in a Dockerfile or a Modelfile."""
    if is_modelfile(os.path.basename(source.path)):
        return modelfile_references(source, everything)
    parsed = parse(source.text)
    reader = _Reader(source, source.context(everything), parsed.escape)
    for instruction in parsed.instructions:
        reader.read(instruction)
    reader.end_stage()
    found = _different([*reader.found, *_settings(reader)])
    if not everything:
        return found
    found.extend(_commented_out(parsed.comments, source))
    comments = [one for one in parsed.comments if not _IMAGE_IN_COMMENT.match(one.text)]
    prose = [*reader.prose, *spoken(reader.settings), *comments]
    return [*found, *prose_references(prose, source.path, found)]


def _different(references: Iterable[Reference]) -> list[Reference]:
    """Each reference once: what a stage starts, those start as well that begin with its image."""
    made: dict[tuple[object, ...], Reference] = {}
    for one in references:
        made.setdefault((one.span, one.call, one.loader, one.repo_id, one.revision), one)
    return list(made.values())


def _settings(reader: _Reader) -> list[Reference]:
    source = reader.source
    return setting_references(
        reader.settings, reader.context, reader.found, source.text.text, source.lines
    )


def _commented_out(comments: Sequence[Placed], source: TextSource) -> Iterator[Reference]:
    """What instructions in comments would load."""
    parts = []
    for comment in comments:
        mark = _UNCOMMENTED.match(comment.text)
        assert mark is not None  # it is how the comment was found
        parts.append(comment.part(mark.end(), len(comment.text)))
        parts.append(inserted("\n", *comment.at(0)))
    reader = _Reader(source, source.context(False), "\\")
    for instruction in parse(joined(parts)).instructions:
        if instruction.shouted:
            reader.read(instruction)
    reader.end_stage()
    for one in [*reader.found, *_settings(reader)]:
        yield replace(one, persona=Persona.PEDANTIC, confidence=Confidence.LOW)


@dataclass(slots=True)
class _Reader:
    source: TextSource
    context: Context
    escape: str
    found: list[Reference] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)
    prose: list[Placed] = field(default_factory=list)
    outer: Variables = field(default_factory=Variables)
    stages: dict[str, Stage] = field(default_factory=dict)
    stage: Stage = field(default_factory=_no_stage)
    begun: bool = False
    script: list[Placed] = field(default_factory=list)
    posix: bool = True

    def read(self, instruction: Instruction, depth: int = DEEPEST) -> None:
        """Read one more instruction."""
        match instruction.keyword:
            case "FROM":
                self._from(instruction)
            case "ARG":
                self._argument(instruction)
            case "ENV":
                self._environment(instruction)
            case "RUN":
                self._run(instruction)
            case "CMD" | "ENTRYPOINT":
                self._started(instruction)
            case "ADD" | "COPY":
                self._copied(instruction)
            case "HEALTHCHECK":
                self._probed(instruction)
            case "WORKDIR" if self.script:
                self._line(inserted("cd ", *_begin(instruction)), instruction.arguments)
            case "SHELL":
                self._shell(instruction)
            case "LABEL":
                self.prose.append(instruction.arguments)
            case "ONBUILD" if depth:
                keyword, arguments = divided(instruction.arguments)
                later = replace(instruction, keyword=keyword.upper(), arguments=arguments)
                self.read(later, depth - 1)

    def end_stage(self) -> None:
        """Read what the stage runs that has been said so far."""
        self._end_script()
        self.found.extend(self.stage.started(self.context))

    def _from(self, instruction: Instruction) -> None:
        self.end_stage()
        _flags, text = _without_flags(instruction.arguments)
        parts = list(islice(words(text, self.escape), 3))
        if not parts:
            return
        image = expanded(parts[0], self.outer.texts)
        earlier = self.stages.get(image.text.lower())
        if earlier is None:
            self.found.extend(image_references(image, instruction.span, self.source.path))
        self.stage = earlier.next(instruction.span) if earlier else Stage(image, instruction.span)
        self.begun = True
        self.posix = True
        if len(parts) == 3 and len(self.stages) < MOST_STAGES:
            self.stages[parts[2].text.lower()] = self.stage

    def _argument(self, instruction: Instruction) -> None:
        self._end_script()
        variables = self.stage.variables
        for word in words(instruction.arguments, self.escape):
            if _ASSIGNED.match(word.text):
                self._assigned(word, "ARG")
            elif word.text in self.outer.texts:
                variables.give(word.text, self.outer.texts[word.text], closed=False)

    def _environment(self, instruction: Instruction) -> None:
        self._end_script()
        self.stage.decided = True
        spaced = _SPACED.match(instruction.arguments.text)
        if spaced is not None:
            whole = instruction.arguments
            value = expanded(whole.part(spaced.end(), len(whole.text)), self.stage.variables.texts)
            self._give(spaced[1], value, whole, "ENV")
        else:
            for word in words(instruction.arguments, self.escape):
                self._assigned(word, "ENV")

    def _assigned(self, word: Placed, keyword: str) -> None:
        named = _ASSIGNED.match(word.text)
        if named is None:
            return
        value = expanded(word.part(named.end(), len(word.text)), self.stage.variables.texts)
        self._give(named[1], value, word, keyword)

    def _give(self, name: str, value: Placed, whole: Placed, keyword: str) -> None:
        closed = keyword == "ENV"
        for variables in [self.stage.variables, *([] if self.begun else [self.outer])]:
            variables.give(name, value, closed)
        self.settings.append(Setting(name, value, whole, f"{keyword} {name}", closed))

    def _run(self, instruction: Instruction) -> None:
        _flags, text = _without_flags(instruction.arguments)
        listed = json_list(text)
        if listed is not None:
            self._program(listed)
        elif _ONLY_DOCUMENTS.fullmatch(text.text):
            for document in instruction.documents:
                self._document(document.body)
        elif "<<" in text.text and not instruction.documents:
            self._end_script()  # it has no end, and would take what follows for its own
            self._line(text)
            self._end_script()
        else:
            self._line(text, *([instruction.behind] if instruction.behind else []))

    def _document(self, body: Placed) -> None:
        """Read what a shell, or the program in its first line, is given to run."""
        if body.text.startswith("#!"):
            self.found.extend(file_references(body, "", self.source, self.context.everything))
        else:
            self._line(body)

    def _program(self, listed: Sequence[Placed]) -> None:
        self.found.extend(program(listed, self.context, self.stage.variables.words))

    def _line(self, *parts: Placed) -> None:
        """Add a line to the script of the stage, in which clones and commits belong together."""
        if not self.posix:
            for part in parts:
                self.found.extend(addresses(part, self.source.path, loads=True))
            return
        self.script.extend(parts)
        self.script.append(inserted("\n", *parts[-1].at(len(parts[-1].text))))

    def _end_script(self) -> None:
        if self.script:
            text = joined(self.script)
            self.found.extend(script(text, self.context, self.stage.variables.words))
            self.script.clear()

    def _started(self, instruction: Instruction) -> None:
        start = Start(instruction.arguments, instruction.span)
        self.stage.decided = True
        if instruction.keyword == "CMD":
            self.stage.command = start
        else:
            self.stage.entrypoint = start

    def _probed(self, instruction: Instruction) -> None:
        _flags, text = _without_flags(instruction.arguments)
        probe = _PROBED.match(text.text)
        if probe is not None:
            command = text.part(probe.end(), len(text.text))
            self._run(replace(instruction, arguments=command))

    def _copied(self, instruction: Instruction) -> None:
        flags, text = _without_flags(instruction.arguments)
        listed = json_list(text)
        parts = words(text, self.escape) if listed is None else listed
        made = [expanded(one, self.stage.variables.texts) for one in parts]
        target = made[-1].text if made else ""
        for document in instruction.documents:
            name = document.name if target.endswith("/") else os.path.basename(target)
            found = file_references(document.body, name, self.source, self.context.everything)
            self.found.extend(found)
        if instruction.keyword == "ADD":
            by_content = "--checksum=" in flags
            for one in made[:-1]:
                self.found.extend(
                    added_references(one, instruction.span, self.source.path, by_content)
                )

    def _shell(self, instruction: Instruction) -> None:
        self._end_script()
        listed = json_list(instruction.arguments)
        self.posix = not listed or program_name(listed[0].text.lower()) not in OTHER_SHELLS


def _begin(instruction: Instruction) -> tuple[int, int]:
    return instruction.span.line, instruction.span.column


def _without_flags(arguments: Placed) -> tuple[str, Placed]:
    """The flags of an instruction, and what follows them."""
    end = 0
    while (flag := _FLAG.match(arguments.text, end)) is not None:
        end = flag.end()
    return arguments.text[:end], arguments.part(end, len(arguments.text))
