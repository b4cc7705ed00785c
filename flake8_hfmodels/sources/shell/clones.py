"""What git clones, and which commit is checked out of it."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_hfmodels.loaders.commands import COMMANDS
from flake8_hfmodels.loaders.commands.wrappers import GIT_MOVES, GIT_SWITCHES
from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.reference import Reference
from flake8_hfmodels.repo_id import is_commit_hash
from flake8_hfmodels.sources.shell.arguments import Given, given
from flake8_hfmodels.sources.shell.values import value_of
from flake8_hfmodels.sources.shell.word import HOLE, Word

_CLONE = next(one for one in COMMANDS if one.words == ("git", "clone"))


@dataclass(frozen=True, slots=True)
class Clone:
    """A repository that the script has cloned; `reference` is `None` where it is not the Hub's."""

    folder: str
    reference: int | None


@dataclass(slots=True)
class Clones:
    """The clones of one script, and the folder that it works in, so far as that is known."""

    clones: list[Clone] = field(default_factory=list)
    folder: str = ""

    def enter(self, words: Sequence[Word]) -> None:
        """Note that the script goes into another folder."""
        self.folder = _last_part(words[1].text) if len(words) > 1 else ""

    def git(
        self, words: Sequence[Word], found: Sequence[Reference], references: list[Reference]
    ) -> None:
        """Add what a command of git loads; one that moves a clone changes its reference."""
        arguments = given(words[1:], GIT_SWITCHES)
        verb, *_ = [*(word.text for word in arguments.positional), ""]
        if verb == "clone":
            self._cloned(words, len(references) if found else None)
        elif verb in GIT_MOVES:
            self._moved(verb, arguments, references)
        references.extend(found)

    def _cloned(self, words: Sequence[Word], reference: int | None) -> None:
        texts = [word.text for word in given(words[1:], _CLONE.switches).positional]
        self.clones.append(Clone(_last_part(texts[-1]).removesuffix(".git"), reference))
        self.folder = ""

    def _moved(self, verb: str, arguments: Given, references: list[Reference]) -> None:
        """Note which commit is checked out of the clone that is meant."""
        clone = self._meant(arguments)
        words = arguments.positional
        targets = words[1:] if verb == "fetch" else words[1:2]
        if clone is None or clone.reference is None or len(words) != 1 + len(targets):
            return
        commit = targets[-1] if targets else None
        fetched = verb == "fetch" and (commit is None or not is_commit_hash(commit.text))
        if commit is None or fetched or commit.text == "FETCH_HEAD":
            return
        before = references[clone.reference]
        references[clone.reference] = replace(before, revision=value_of([commit], False))

    def _meant(self, arguments: Given) -> Clone | None:
        named = [_last_part(run[0].text) for _flag, run in arguments.flags.get("-C", ()) if run]
        folder = [*named, self.folder][0]
        known = [one for one in self.clones if folder in ("", one.folder) or HOLE in folder]
        return known[-1] if known else None


def _last_part(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].rpartition(":")[2]
