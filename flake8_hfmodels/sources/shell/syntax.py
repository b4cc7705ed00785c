"""What a shell text consists of, as far as we read it."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_hfmodels.record import dataclass, field
from flake8_hfmodels.sources.shell.variables import Variables
from flake8_hfmodels.sources.shell.word import Text, Word


@dataclass(frozen=True, slots=True, eq=False)
class Simple:
    """One simple command, as it is run.

    `place` is what is written from its first word to its last. `documents` are what it is given
    to read by `<<` and `<<<`, `output` the file that it writes to. `piped`: it reads what the
    command before it writes. `function` is the one in whose body it stands.
    """

    words: Sequence[Word]
    place: Text
    documents: Sequence[Word] = ()
    output: Word | None = None
    piped: bool = False
    function: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Assigned:
    """A variable that is given a value, or an array that is given its items."""

    name: str
    word: Word
    exported: bool = False
    function: str = ""


Step = Simple | Assigned


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """A shell text: what is done in it, one after the other, and what else stands in it."""

    ground: Text
    steps: Sequence[Step]
    functions: dict[str, Text] = field(default_factory=dict)
    comments: Sequence[Text] = ()
    variables: Variables = field(default_factory=Variables)

    def commands(self) -> list[Sequence[Word]]:
        """The words of every simple command."""
        return [step.words for step in self.steps if isinstance(step, Simple)]
