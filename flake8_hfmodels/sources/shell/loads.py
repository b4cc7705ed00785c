"""What one command line says of each repo of one row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from flake8_hfmodels.loaders.commands.row import TRUST, Command, Load
from flake8_hfmodels.loaders.commands.scripts import SCRIPT
from flake8_hfmodels.loaders.elsewhere import FOLDERS
from flake8_hfmodels.loaders.row import Loader, Param, RepoType
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import (
    ABSENT,
    Known,
    Reference,
    Span,
    Unknown,
    Value,
)
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.paths import is_local_path
from flake8_hfmodels.sources.shell.arguments import WORDS_OF_TRUTH, Given, given, spelling
from flake8_hfmodels.sources.shell.ids import TYPES, Id, entry, named_parts, read_id
from flake8_hfmodels.sources.shell.judgement import Doubt, judged
from flake8_hfmodels.sources.shell.running import Run, fits
from flake8_hfmodels.sources.shell.values import truth, value_of, with_ids
from flake8_hfmodels.sources.shell.word import Word
from flake8_hfmodels.sources.text.likeness import Likeness, likeness


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command line stands; `is_local` says whether a text is a path on this machine.

    `direct`: it is one that somebody types, not one that a program puts together, so that the
    flags of scripts that nobody knows mean what they say.
    """

    path: str
    span: Span
    is_local: Callable[[str], bool] = is_local_path
    direct: bool = False


class RowReader:
    """Reads what one command line says of each repo of one row."""

    def __init__(
        self, command: Command, run: Run, words: Sequence[Word], shown: str, place: Place
    ) -> None:
        self.command = command
        self.run = run
        self.shown = shown
        self.place = place
        trust = [load.loader.trust_remote_code for load in command.loads]
        switches = [name for param in trust if param is not None for name in param.names]
        negated = [_negated(name) for name in switches]
        self.given = given(words, (*command.switches, *switches, *negated))
        if command is SCRIPT:
            _add_dotted(self.given)
        self.hidden = self.given.hidden or any(
            spelling(flag) in self.given.flags for flag in command.config
        )
        self.own = self._own_words()

    def fits(self) -> bool:
        """Whether the subcommands are those of the row."""
        return self.run.module or self.own == len(self.command.words[1:])

    def references(self) -> list[Reference]:
        """One reference for each repo that is named."""
        found = [one for load in self.command.loads for one in self._loaded(load)]
        trusts = any(one.trust_remote_code is not ABSENT for one in found)
        return found if trusts else [*found, *self.trust_alone()]

    def trust_alone(self) -> Iterator[Reference]:
        """A reference for code that may run, where the repo is named elsewhere."""
        for loader in (load.loader for load in self.command.loads):
            trust = self._trust(loader.trust_remote_code)
            if isinstance(trust, Known) and trust.values[0].value is True:
                yield self._bare(loader, trust)
                return

    def _own_words(self) -> int:
        """How many of the words are subcommands."""
        wanted = self.command.words[1:]
        texts = [word.text for word in self.given.positional[: len(wanted)]]
        fit = len(texts) == len(wanted)
        return len(wanted) if fit and all(map(fits, texts, wanted)) else 0

    def _loaded(self, load: Load) -> Iterator[Reference]:
        if not load.loader.repo_id or not self._is_wanted(load):
            return
        words = self._words(load.loader.repo_id[0], load.many)
        known = [word for word in words if not word.spread]
        named = [part for word in known for part in _parts(word, load)]
        revisions = self._words(load.loader.revision, load.many)
        paired = len(revisions) > 1
        for number, word in enumerate(named):
            own = revisions[number : number + 1] if paired else revisions[-1:]
            reference = self._reference(load, word, value_of(own, self.hidden))
            if reference is not None:
                yield reference

    def _is_wanted(self, load: Load) -> bool:
        if load.doubtful and not self.place.direct:
            return False
        if not load.only_with:
            return True
        words = [one for flag in load.only_with for one in self._words(Param((flag,)), False)]
        bare = any(spelling(flag) in self.given.flags for flag in load.only_with)
        if not words:
            return bare and not load.only_value
        text = words[0].text
        return text.startswith(load.only_value) and WORDS_OF_TRUTH.get(text.lower(), True)

    def _bare(self, loader: Loader, trust: Value) -> Reference:
        return Reference(
            path=self.place.path,
            span=self.place.span,
            kind="command",
            loader=loader,
            call=self._program(),
            repo_id=ABSENT,
            repo_type=loader.repo_type,
            revision=ABSENT,
            trust_remote_code=trust,
        )

    def _program(self) -> str:
        """The program and its subcommands in the source's words."""
        texts = [word.text for word in self.given.positional[: self.own]]
        return " ".join([self.shown, *texts])

    def _called(self, loader: Loader) -> str:
        """The program, and the flag where it is not the main repo."""
        program = self._program()
        main = self.command.loads[0].loader is loader and self.command is not SCRIPT
        param = loader.repo_id[0] if loader.repo_id else None
        if main or param is None or param.position is not None:
            return program
        return f"{program} {param.within or self._written(param)}"

    def _written(self, param: Param) -> str:
        """The flag of a parameter that is given."""
        names = [name for name in param.names if spelling(name) in self.given.flags]
        return next(iter((*names, *param.names)))

    def _reference(self, load: Load, word: Word, revision: Value) -> Reference | None:
        loader = load.loader
        read = [read_id(text, load, self.place.is_local) for text in word.choices]
        ids = [one for one in read if isinstance(one, Id)]
        if load.doubtful:
            ids = [one for one in ids if likeness(one.repo_id.text) is not Likeness.NONE]
            read = list(ids)
        if self.command is SCRIPT and ids and all(_is_in_folder(one) for one in ids):
            return None
        bare = replace(
            self._bare(loader, self._trust(loader.trust_remote_code)),
            call=self._called(loader),
            revision=revision,
            code_revision=self._value_of(loader.code_revision),
            repo_type=self._repo_type(loader),
            options={_option(one): self._value_of(one) for one in loader.option_params},
        )
        if ids:
            whole = len(ids) == len(read)
            return judged(with_ids(bare, ids, word.closed and whole), self._doubt(load))
        if any(isinstance(one, Unknown) for one in read):
            unknown = replace(bare, repo_id=Unknown("decided at run time"))
            return judged(unknown, self._doubt(load))
        why = next((one for one in read if isinstance(one, str)), None)
        return replace(bare, repo_id=word.value, local=why) if why is not None else None

    def _doubt(self, load: Load) -> Doubt:
        if self.command is not SCRIPT:
            return "never" if load.loader.never_local else "folder"
        if not self.place.direct:
            return "script"
        if load.doubtful:
            return "flag" if self.run.module or self.run.script else "program"
        return "custom"

    def _repo_type(self, loader: Loader) -> RepoType:
        chosen = [word.text for word in self._words(loader.repo_type_param, False)]
        return TYPES.get(chosen[0], loader.repo_type) if chosen else loader.repo_type

    def _value_of(self, param: Param | None) -> Value:
        hidden = self.hidden and param is not None
        return value_of(self._words(param, False)[-1:], hidden)

    def _trust(self, param: Param | None) -> Value:
        """Whether code may run; a flag without a value says yes."""
        if param is None:
            return ABSENT
        for name in param.names:
            for flag, _run in self.given.flags.get(spelling(_negated(name)), ()):
                return Known((flag.choices[0].valued(False),))
            for flag, run in self.given.flags.get(spelling(name), ()):
                if not run:
                    return Known((flag.choices[0].valued(True),))
        value = self._value_of(param)
        return truth(value) if isinstance(value, Known) else value

    def _words(self, param: Param | None, many: bool) -> Sequence[Word]:
        """The words that a parameter gets, one of them where it takes no more."""
        if param is None:
            return ()
        if param.within is not None:
            return self._entries(param, param.within)
        for name in param.names:
            runs = [run for _flag, run in self.given.flags.get(spelling(name), ()) if run]
            if runs:
                return [word for run in runs for word in run] if many else [runs[-1][0]]
        for variable, flag in self.command.environment:
            if flag in param.names and variable in self.run.environment:
                return [self.run.environment[variable]]
        if param.position is None:
            return ()
        rest = self.given.positional[self.own + param.position :]
        return rest if many else rest[:1]

    def _entries(self, param: Param, within: str) -> Sequence[Word]:
        """The values of one key in a text of `key=value,…`, or of a flag beside that text."""
        flags = [name for name in param.names if name.startswith("-")]
        dotted = [f"{within}.{name}" for name in param.names if name not in flags]
        beside = self._words(Param((*flags, *dotted)), False)
        if beside:
            return beside
        texts = self._words(Param((within,), param.position), True)
        if param.position is not None:
            texts = texts[:1]
        return [found for text in texts for found in entry(text, param.names)]


_DOTTED = regex(r"(?:--|\+{0,2})((?:\w+\.)*\w+)=?")


def _add_dotted(found: Given) -> None:
    """Take `actor.model.path=…` for `--model_path …`: so Hydra and its likes take their values.

    Only a value with a slash, or one that says yes, is worth it.
    """
    for flag, runs in tuple(found.flags.items()):
        name = _flag_of_key(flag.removeprefix("--")) if "." in flag else None
        if name is not None and name not in found.flags:
            found.flags[name] = runs
    for word in found.positional:
        key = _DOTTED.match(word.choices[0].text)
        if key is None or not key.group().endswith("="):
            continue
        name, value = _flag_of_key(key[1]), word.behind("=")
        told = any("/" in text or WORDS_OF_TRUTH.get(text.lower()) for text in value.texts)
        if name is not None and told:
            found.flags.setdefault(name, []).append((word, [value]))


def _flag_of_key(key: str) -> str | None:
    """The flag that a key with dots in it stands for."""
    *_rest, before, last = ["", *key.replace("-", "_").split(".")]
    names = (spelling(f"--{before}_{last}"), spelling(f"--{last}"))
    return next((name for name in names if name in _flags()), None)


@cache
def _flags() -> frozenset[str]:
    """The flags of scripts that nobody knows."""
    named = (name for load in SCRIPT.loads for name in load.loader.repo_id[0].names)
    return frozenset(map(spelling, (*named, *TRUST.names)))


def _negated(flag: str) -> str:
    return f"--no-{flag.lstrip('-')}"


def _option(param: Param) -> str:
    """A flag as the parameter of a call: `--load-format` is `load_format`."""
    return param.names[0].lstrip("-").replace("-", "_")


def _is_in_folder(one: Id) -> bool:
    """Whether the first word of a name is one of those that folders have."""
    first, slash, _rest = one.repo_id.text.partition("/")
    return bool(slash) and first.lower() in FOLDERS


def _parts(word: Word, load: Load) -> Iterator[Word]:
    """The repos that one word names."""
    if load.form == "named":
        yield from named_parts(word)
    else:
        yield word
