"""The files that name a mirrored repo, changed to name the folder, and read again as a proof."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from flake8_hfmodels.cli.looking import look
from flake8_hfmodels.cli.mirror_report import Rewritten
from flake8_hfmodels.cli.reading import Reading
from flake8_hfmodels.cli.rewriting import Change, changed
from flake8_hfmodels.configured import Configured
from flake8_hfmodels.discover import File
from flake8_hfmodels.mirroring.placing import beside
from flake8_hfmodels.mirroring.rewriting import Meant, Spot, is_proven, spots
from flake8_hfmodels.patching import patched
from flake8_hfmodels.record import replace
from flake8_hfmodels.referring import Referring
from flake8_hfmodels.sources.trouble import Trouble

_UNPROVEN = "the file would not read as it should after it; write the path by hand"


class Rewriting:
    """Reads files, and finds out which places in them can name the folder instead."""

    def __init__(self, paths: Sequence[str], configured: Configured, folder: str) -> None:
        self.reading = Reading(paths, "", configured)
        self.changes: list[Change] = []
        self.troubles: list[Trouble] = []
        self._configured = configured
        self._own = (os.path.realpath(folder), os.path.realpath(beside(folder)))

    def results(self, meant: Meant, path: str) -> list[Rewritten]:
        """What becomes of each file that names the repo, but for those of the mirror itself."""
        found = [
            self._of_file(one, named, path)
            for one in self.reading.referring()
            if not self._is_own(one.path) and (named := spots(one, meant, path))
        ]
        self.troubles += self.reading.troubles
        return sorted(found, key=lambda one: one.path)

    def write(self) -> Iterator[Trouble]:
        """Write what has changed; the files that could not be written."""
        for one in self.changes:
            lost = one.write()
            if lost is not None:
                yield Trouble(one.path, lost)

    def _is_own(self, path: str) -> bool:
        real = os.path.realpath(path)
        return real in self._own or real.startswith(os.path.join(self._own[0], ""))

    def _of_file(self, referring: Referring, named: Sequence[Spot], path: str) -> Rewritten:
        wanted = [one for one in named if one.edit is not None]
        left = [one for one in named if one.edit is None]
        if not wanted:
            return Rewritten(referring.path, (), left)
        file = File(referring.path, referring.kind)
        settings = self._configured(referring.path)
        done: list[Spot] = []

        def holds(text: str, encoded: Callable[[str], bytes], some: Sequence[Spot]) -> bool:
            seen = look(file, encoded(_with(text, some)), settings)
            if seen.trouble is not None or seen.skipped is not None:
                return False
            return is_proven(referring, seen.referring, some)

        def rewritten(text: str, encoded: Callable[[str], bytes]) -> str:
            if holds(text, encoded, wanted):
                done.extend(wanted)
            else:
                for one in wanted:
                    if holds(text, encoded, [*done, one]):
                        done.append(one)
            return _with(text, done)

        change = changed(file, referring.lines(), rewritten)
        if isinstance(change, Trouble):
            self.troubles.append(change)
            return Rewritten(referring.path, (), named)
        if done:
            self.changes.append(change)
        left += [replace(one, why=_UNPROVEN) for one in wanted if one not in done]
        return Rewritten(referring.path, done, left)


def _with(text: str, some: Sequence[Spot]) -> str:
    return patched(text, [one.edit for one in some if one.edit is not None])
