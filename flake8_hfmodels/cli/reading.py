"""Files to sources: what the paths name is read, one file at a time."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from flake8_hfmodels.discover import File, Wanted, discover, folder_test, read
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.prefilter import may_name, may_refer
from flake8_hfmodels.record import replace
from flake8_hfmodels.reference import Persona
from flake8_hfmodels.settings import Settings
from flake8_hfmodels.sources.decoding import Skipped, decode, is_minified
from flake8_hfmodels.sources.placed import split_lines, whole_file
from flake8_hfmodels.sources.reading import mistake, trouble
from flake8_hfmodels.sources.recognition import kind_of_name
from flake8_hfmodels.sources.source import PythonSource, TextSource, Trouble

STDIN = "-"


class Reading:
    """Reads what the paths name, and remembers what went wrong and what was passed over."""

    def __init__(self, paths: Sequence[str], stdin_filename: str, settings: Settings) -> None:
        self.everything = settings.persona is not Persona.REGULAR
        self.largest = settings.max_size
        self.paths = tuple(path for path in paths if path != STDIN)
        self.wanted = Wanted(settings.include, settings.exclude, settings.kinds)
        found = discover(self.paths, self.wanted)
        self.stdin = self._input(stdin_filename) if STDIN in paths else ()
        self.files = found.files
        self.troubles = list(found.troubles)
        self.mistakes: list[Trouble] = []
        self._skipped = Counter(found.skipped)

    @property
    def number(self) -> int:
        """How many files were read, those that went wrong among them."""
        passed_over = sum(self._skipped[why] for why in ("binary", "large", "minified"))
        return len(self.files) + len(self.stdin) - passed_over

    @property
    def skipped(self) -> Mapping[Skipped, int]:
        """How many files were passed over, and why."""
        return {why: number for why, number in sorted(self._skipped.items()) if number}

    def warnings(self) -> Sequence[str]:
        """Where nothing was there to be checked, and where a file is not what it is called."""
        nothing = not (self.files or self.stdin or self.troubles or self._skipped)
        where = ", ".join(self.paths)
        empty = (f"no files to check in {where}",) if nothing and self.paths else ()
        return (*empty, *(str(one) for one in self.mistakes))

    def sources(self) -> Iterator[PythonSource | TextSource]:
        """Every file that could hold a reference, parsed or decoded."""
        for file in self.stdin:
            yield from self._source(file, _standard_input(file.path, self.largest))
        for file in self.files:
            yield from self._source(file, read(file.path, self.largest))

    def _input(self, name: str) -> tuple[File, ...]:
        """Standard input, if what it is called is wanted; its name says of which kind it is."""
        kind = kind_of_name(os.path.basename(name)) or self.wanted.only_kind() or "python"
        is_wanted = not self.wanted.kinds or kind in self.wanted.kinds
        return (File(name, kind),) if is_wanted and self.wanted.takes(name) else ()

    def _source(
        self, file: File, data: bytes | Trouble | Skipped
    ) -> Iterator[PythonSource | TextSource]:
        if isinstance(data, bytes):
            if is_minified(file.kind, os.path.basename(file.path), data):
                data = "minified"
            elif not (self.everything or _may_refer(file.kind, data)):
                return
        source = _parsed(file, data) if isinstance(data, bytes) else data
        match source:
            case PythonSource() | TextSource():
                yield source
                if found := mistake(source):
                    self.mistakes.append(found)
            case Trouble():
                self.troubles.append(source)
            case why:
                self._skipped[why] += 1


def _may_refer(kind: KindName, data: bytes) -> bool:
    return may_refer(data) if kind == "python" else may_name(data)


def _parsed(file: File, data: bytes) -> PythonSource | TextSource | Trouble | Skipped:
    from flake8_hfmodels.project import project

    if file.kind == "python":
        from flake8_hfmodels.sources.python.parse import parse

        parsed = parse(file.path, data, folder_test(file.path))
        if isinstance(parsed, PythonSource):
            return replace(parsed, find_module=project().finder(file.path))
        return parsed
    text = decode(data)
    if text is None:
        return "binary"
    source = TextSource(
        file.path,
        file.kind,
        whole_file(text),
        split_lines(text),
        folder_test(file.path),
        project().finder(file.path),
    )
    return trouble(source) or source


def _standard_input(name: str, largest: int) -> bytes | Trouble | Skipped:
    if sys.stdin is None:
        return Trouble(name, "standard input is closed; send a file there or name one")
    try:
        data = sys.stdin.buffer.read(largest + 1)
    except OSError as error:
        return Trouble(name, f"standard input cannot be read ({(error.strerror or '?').lower()})")
    return "large" if len(data) > largest else data
