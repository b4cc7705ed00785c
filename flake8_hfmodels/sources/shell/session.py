"""The commands of a script, one after the other, to what they load. Nothing is run."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Sequence

from flake8_hfmodels.loaders.commands.wrappers import BATCHES, KEYS, SHELLS
from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.reference import Reference, Written
from flake8_hfmodels.sources.shell.clones import Clones
from flake8_hfmodels.sources.shell.documents import documents_of, target_of
from flake8_hfmodels.sources.shell.embedded import file_references, python_references
from flake8_hfmodels.sources.shell.feeding import with_input
from flake8_hfmodels.sources.shell.grammar import parsed
from flake8_hfmodels.sources.shell.loads import Place
from flake8_hfmodels.sources.shell.rows import references_of, references_of_image
from flake8_hfmodels.sources.shell.running import (
    Environment,
    Run,
    contained,
    image_name,
    program,
    unwrapped,
)
from flake8_hfmodels.sources.shell.syntax import Assigned, Script, Simple
from flake8_hfmodels.sources.shell.variables import Variables
from flake8_hfmodels.sources.shell.word import Text, Word
from flake8_hfmodels.sources.shell.written import is_within, written_folders
from flake8_hfmodels.sources.source import Context

DEEPEST = 4
"""How many programs within programs (`bash -c`, containers, functions) are followed."""

MOST_CALLS = 256
"""How many calls of functions of a script are followed."""


def read_command(words: Sequence[Word], place: Place) -> list[Reference]:
    """What one command line loads."""
    return read_script([(words, place)])


def read_script(commands: Iterable[tuple[Sequence[Word], Place]]) -> list[Reference]:
    """What the commands of one script load, each at its place.

    They are read together, as a commit that is checked out pins the clone before it.
    """
    session = Session()
    for words, place in commands:
        command = Simple(words, Text("", Written("", place.span)))
        session.add(command, place, ChainMap(), DEEPEST)
    return session.references


@dataclass(slots=True)
class Session:
    """Goes through the commands of a script.

    With a `context` it reads what stands in them in other languages as well. `settings` are the
    variables that the script sets, `inner` the texts in which a reader of another language found
    something, and `commands` the words of all commands that were met.
    """

    context: Context | None = None
    references: list[Reference] = field(default_factory=list)
    settings: list[Assigned] = field(default_factory=list)
    inner: list[Text] = field(default_factory=list)
    commands: list[Simple] = field(default_factory=list)
    clones: Clones = field(default_factory=Clones)
    functions: ChainMap[str, Text] = field(default_factory=ChainMap)
    variables: Variables = field(default_factory=Variables)
    calls: int = 0

    def run(
        self, script: Script, place: Place, environment: Environment, depth: int = DEEPEST
    ) -> None:
        """Read the commands of a text."""
        if depth <= 0:
            return
        outer = self.functions, self.variables
        self.functions = self.functions.new_child(script.functions)
        self.variables = script.variables
        known = environment.new_child()
        place = _knowing(place, script)
        called = _called(script)
        before: Simple | None = None
        for step in script.steps:
            if step.function in called:
                continue
            if isinstance(step, Assigned):
                self.settings.append(step)
                if step.exported:
                    known[step.name] = step.word
                continue
            inner = replace(place, span=step.place.span()) if place.direct else place
            self.commands.append(step)
            self.add(with_input(step, before), inner, known, depth, documents_of(step, before))
            before = step
        self.functions, self.variables = outer

    def add(
        self,
        command: Simple,
        place: Place,
        environment: Environment,
        depth: int,
        documents: Sequence[Text] = (),
    ) -> None:
        """Read one more command."""
        run = unwrapped(command.words, environment)
        self._note(run)
        if depth <= 0:
            return
        if run.code is not None or run.told:
            self._python(run.code.choices if run.code is not None else documents)
        elif run.as_text:
            self._as_text(replace(command, words=run.words), run, place, depth, documents)
        elif run.words:
            self._program(command, run, place, depth, documents)
        elif command.words and program(command.words[0].text) in BATCHES:
            self._scripts(documents, run, place, depth)

    def _program(
        self, command: Simple, run: Run, place: Place, depth: int, documents: Sequence[Text]
    ) -> None:
        first = program(run.words[0].text)
        container = contained(run)
        if first in SHELLS and not run.module:
            self._shell(run, place, depth, documents)
        elif first in self.functions and not run.module:
            self._call(self.functions[first], run, place, depth)
        elif container is not None:
            self._contained(*container, place, depth)
        elif first in ("cd", "pushd"):
            self.clones.enter(run.words)
        elif first == "git":
            self.clones.git(run.words, references_of(run, place), self.references)
        else:
            self.references.extend(references_of(run, place))
            self._files(documents, target_of(command, run))

    def _note(self, run: Run) -> None:
        """Note the variables that are set for one command alone."""
        for name, word in run.environment.maps[0].items():
            self.settings.append(Assigned(name, word, exported=True))

    def _shell(self, run: Run, place: Place, depth: int, documents: Sequence[Text]) -> None:
        """Read the text that a shell is given, or the arguments of its script."""
        index, is_text = _behind_flags(run.words)
        rest = run.words[index:]
        if is_text:
            self._texts(rest[:1], run, place, depth)
        elif rest and rest[0].text != "-":
            script = Run(rest, run.environment, script=True)
            self.references.extend(references_of(script, place))
        else:
            self._scripts(documents, run, place, depth)

    def _as_text(
        self, command: Simple, run: Run, place: Place, depth: int, documents: Sequence[Text]
    ) -> None:
        """Read words that are joined to a text for a shell."""
        words = [word for word in command.words if word.text not in KEYS]
        if len(words) == 1 or (words and any(" " in text for text in words[0].texts)):
            self._texts(words[:1], run, place, depth)
        else:
            self.add(command, place, run.environment, depth - 1)
        if not command.words:
            self._scripts(documents, run, place, depth)

    def _texts(self, words: Sequence[Word], run: Run, place: Place, depth: int) -> None:
        self._scripts([one for word in words for one in word.choices], run, place, depth)

    def _scripts(self, texts: Sequence[Text], run: Run, place: Place, depth: int) -> None:
        for text in texts:
            script = parsed(text, Variables(run.environment.new_child()))
            self.run(script, place, run.environment, depth - 1)

    def _call(self, body: Text, run: Run, place: Place, depth: int) -> None:
        """Read the body of a function with the arguments that it is called with."""
        self.calls += 1
        if len(run.words) == 1 or self.calls > MOST_CALLS:
            return
        script = parsed(body, self.variables.called_with(run.words[1:]))
        self.run(script, place, run.environment, depth - 1)

    def _contained(self, image: str, inner: Run, place: Place, depth: int) -> None:
        self._note(inner)
        self.contained(image, inner.words, place, inner.environment, depth - 1)

    def contained(
        self,
        image: str,
        words: Sequence[Word],
        place: Place,
        environment: Environment,
        depth: int = DEEPEST,
    ) -> None:
        """Read what a container is told to run; what is no program goes to that of its image."""
        before = len(self.references)
        if words and not words[0].text.startswith("-"):
            command = Simple(words, Text("", Written("", place.span)))
            self.add(command, place, environment, depth)
        if len(self.references) == before:
            run = Run(words, environment)
            self.references.extend(references_of_image(image_name(image), run, place))

    def _python(self, texts: Sequence[Text]) -> None:
        if self.context is None:
            return
        for text in texts:
            self._embedded(text, python_references(text.placed(), self.context))

    def _files(self, texts: Sequence[Text], name: str) -> None:
        if self.context is None or not name:
            return
        for text in texts:
            self._embedded(text, file_references(text.placed(), name, self.context))

    def _embedded(self, text: Text, found: Sequence[Reference]) -> None:
        if found:
            self.inner.append(text)
            self.references.extend(found)


def _knowing(place: Place, script: Script) -> Place:
    """The same place, where it is known which folders the script writes."""
    folders = written_folders(script) if place.direct else frozenset()
    if not folders:
        return place
    outer = place.is_local
    return replace(place, is_local=lambda text: outer(text) or is_within(text, folders))


def _called(script: Script) -> frozenset[str]:
    """The functions of a script that it calls with arguments."""
    return frozenset(
        step.words[0].text
        for step in script.steps
        if isinstance(step, Simple)
        and len(step.words) > 1
        and step.words[0].text in script.functions
        and step.words[0].text != step.function
    )


def _behind_flags(words: Sequence[Word]) -> tuple[int, bool]:
    """Where what a shell runs begins, and whether that is a text."""
    index, is_text = 1, False
    while index < len(words) and words[index].text[:1] in ("-", "+") and len(words[index].text) > 1:
        flag = words[index].text
        single = not flag.startswith("--")
        is_text = is_text or (single and flag.startswith("-") and "c" in flag)
        index += 2 if single and flag.endswith("o") else 1
    return index, is_text
