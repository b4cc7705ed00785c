"""What the paths name is read, one file at a time, in several processes where that pays."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from flake8_hfmodels.cli.looking import NOTHING, Look, look, look_at
from flake8_hfmodels.discover import File, Wanted, discover
from flake8_hfmodels.sources.decoding import Skipped
from flake8_hfmodels.sources.recognition import kind_of_name
from flake8_hfmodels.sources.trouble import Trouble

TYPE_CHECKING = False
if TYPE_CHECKING:
    from flake8_hfmodels.referring import Referring
    from flake8_hfmodels.settings import Settings

STDIN = "-"


class Reading:
    """Reads what the paths name, and remembers what went wrong and what was passed over.

    `settings_of` gives the settings of a path; `done` are the files that could be looked at.
    """

    def __init__(
        self,
        paths: Sequence[str],
        stdin_filename: str,
        settings_of: Callable[[str], Settings],
    ) -> None:
        self.settings_of = settings_of
        self.paths = tuple(path for path in paths if path != STDIN)
        found = discover(self.paths, self._wanted)
        self.stdin = self._input(stdin_filename) if STDIN in paths else ()
        self.files = found.files
        self.done: list[str] = []
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

    def referring(self) -> Iterator[Referring]:
        """Every file that has references, in order."""
        for one, file in zip(self._looks(), (*self.stdin, *self.files), strict=False):
            if one.trouble is None and one.skipped is None:
                self.done.append(file.path)
            if one.referring is not None:
                yield one.referring
            if one.mistake is not None:
                self.mistakes.append(one.mistake)
            if one.trouble is not None:
                self.troubles.append(one.trouble)
            if one.skipped is not None:
                self._skipped[one.skipped] += 1

    def _looks(self) -> Iterator[Look]:
        for file in self.stdin:
            settings = self.settings_of(file.path)
            yield look(file, _standard_input(file.path, settings.max_size), settings)
        files = iter(self.files)
        for file in files:
            found = look_at(file, self.settings_of(file.path))
            yield found
            if found is not NOTHING:
                break  # now this process knows how to look closely, and so do those it forks
        rest = tuple((file, self.settings_of(file.path)) for file in files)
        jobs = _jobs(rest)
        if jobs > 1:
            from flake8_hfmodels.cli.workers import shared_out

            yield from shared_out(rest, jobs)
            return
        for file, settings in rest:
            yield look_at(file, settings)

    def _wanted(self, path: str) -> Wanted:
        settings = self.settings_of(path)
        return Wanted(settings.include, settings.exclude, settings.kinds)

    def _input(self, name: str) -> tuple[File, ...]:
        """Standard input, if what it is called is wanted; its name says of which kind it is."""
        wanted = self._wanted(name)
        kind = kind_of_name(os.path.basename(name)) or wanted.only_kind() or "python"
        is_wanted = not wanted.kinds or kind in wanted.kinds
        return (File(name, kind),) if is_wanted and wanted.takes(name) else ()


def _jobs(files: Sequence[tuple[File, Settings]]) -> int:
    """How many processes read files: as many as somebody wants, or as many as pay."""
    wanted = max((settings.jobs for _file, settings in files), default=0)
    if wanted:
        return min(wanted, len(files))
    worth = PAYS_FORKED if sys.platform == "linux" else PAYS_STARTED
    most = min(_processors(), len(files))
    total = 0
    for file, settings in files if most > 1 else ():
        total += _size(file.path, settings.max_size)
        if total >= most * worth:
            return most
    return 1 + total // worth


PAYS_FORKED, PAYS_STARTED = 2_000_000, 10_000_000
"""Bytes of files for each further process that pays: a forked one knows all that this one does,
another has to import it first.

Measured on Linux, two cores, runs of neighbouring files of transformers 5.23: forked, two need as
long as one for 1.3 to 2 MB, by how much there is in them, and two thirds of it for 2.5 MB; begun
empty, they need as long for 4 to 8 MB.
"""


def _size(path: str, largest: int) -> int:
    """The bytes of a file that is read; a larger one is not."""
    try:
        size = os.stat(path).st_size
    except OSError:
        return 0
    return size if size <= largest else 0


def _processors() -> int:
    """The processors that we may run on."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _standard_input(name: str, largest: int) -> bytes | Trouble | Skipped:
    if sys.stdin is None:
        return Trouble(name, "standard input is closed; send a file there or name one")
    try:
        data = sys.stdin.buffer.read(largest + 1)
    except OSError as error:
        return Trouble(name, f"standard input cannot be read ({(error.strerror or '?').lower()})")
    return "large" if len(data) > largest else data
