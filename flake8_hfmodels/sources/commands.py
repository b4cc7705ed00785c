"""The words of a command line to references: which program it runs, and what that one loads."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from itertools import pairwise

from flake8_hfmodels.sources.shell_words import HOLE, ShellWord, simple_commands

from flake8_hfmodels.loaders.commands import (
    COMMANDS,
    CONTAINERS,
    GIT_MOVES,
    GIT_SWITCHES,
    LAUNCHERS,
    PYTHON,
    SCRIPT,
    SHELLS,
    VARIABLES,
    WRAPPERS,
    Command,
    Load,
    Wrapper,
)
from flake8_hfmodels.loaders.elsewhere import FOLDERS
from flake8_hfmodels.loaders.row import Loader, Param, RepoType
from flake8_hfmodels.reference import (
    ABSENT,
    Confidence,
    Known,
    Persona,
    Reference,
    Span,
    Unknown,
    Value,
    Written,
)
from flake8_hfmodels.repo_id import is_commit_hash, is_repo_id, names_a_file
from flake8_hfmodels.sources.paths import is_local_path

DEEPEST = 4
"""How many programs within programs (`bash -c`, containers) are followed."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a command line.

    `value` is all that it can be; a hole (`HOLE`) stands in it for what only the running
    program knows. `spread`: it may stand for any number of words.
    """

    value: Known
    spread: bool = False

    @property
    def text(self) -> str:
        """What the word is; a hole where that is not one certain text."""
        texts = self.texts
        return texts[0] if len(texts) == 1 else HOLE

    @property
    def texts(self) -> Sequence[str]:
        """All that the word can be."""
        return [str(written.value) for written in self.value.values]

    def changed(self, change: Callable[[str], str]) -> Word:
        """The same word with its texts changed."""
        values = self.value.values
        made = tuple(replace(one, value=change(str(one.value))) for one in values)
        return replace(self, value=replace(self.value, values=made))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command line stands; `is_local` says whether a text is a path on this machine."""

    path: str
    span: Span
    is_local: Callable[[str], bool] = is_local_path


def plain_word(text: str, span: Span) -> Word:
    """A word that is this text."""
    return Word(Known((Written(text, span),)))


def words_of(text: str, convert: Callable[[ShellWord], Word]) -> list[list[Word]]:
    """The words of every simple command of a shell text."""
    return [[convert(word) for word in words] for words in simple_commands(text)]


def words_at(span: Span) -> Callable[[ShellWord], Word]:
    """How words become those of a text whose inner places nobody can tell."""

    def convert(word: ShellWord) -> Word:
        values = tuple(Written(piece.text, span) for piece in word.pieces)
        return Word(Known(values, word.closed), word.spread)

    return convert


def read_command(words: Sequence[Word], place: Place) -> list[Reference]:
    """What one command line loads."""
    return read_script([(words, place)])


def read_script(commands: Iterable[tuple[Sequence[Word], Place]]) -> list[Reference]:
    """What the commands of one script load, each at its place.

    They are read together, as a commit that is checked out pins the clone before it.
    """
    script = _Script()
    for words, place in commands:
        script.add(words, place, {}, DEEPEST)
    return script.references


@dataclass(frozen=True, slots=True)
class _Clone:
    """A repository that the script has cloned; `reference` is `None` where it is not the Hub's."""

    folder: str
    reference: int | None


@dataclass(slots=True)
class _Script:
    references: list[Reference] = field(default_factory=list)
    clones: list[_Clone] = field(default_factory=list)
    folder: str = ""

    def add(
        self, words: Sequence[Word], place: Place, environment: dict[str, Word], depth: int
    ) -> None:
        """Read one more command."""
        run = _unwrapped(words, dict(environment))
        if not run.words or depth == 0:
            return
        first = _program(run.words[0].text)
        container = _container(run)
        if first in SHELLS and not run.module:
            self._shell(run, place, depth)
        elif container is not None:
            self._contained(*container, place, depth)
        elif first in ("cd", "pushd"):
            self.folder = _last_part(run.words[1].text) if len(run.words) > 1 else ""
        elif first == "git":
            self._git(run, place)
        else:
            self.references.extend(_references(run, place))

    def _shell(self, run: _Run, place: Place, depth: int) -> None:
        """Read the text that a shell is given, or the arguments of its script."""
        index = 1
        while index < len(run.words) and run.words[index].text.startswith("-"):
            index += 1
        rest = run.words[index:]
        if not run.words[index - 1].text.endswith("c") or index == 1:
            self.references.extend(_references(_Run(rest, run.environment, script=True), place))
            return
        for written in (one for word in rest[:1] for one in word.value.values):
            for words in words_of(str(written.value), words_at(written.span)):
                self.add(words, place, run.environment, depth - 1)

    def _contained(self, image: str, run: _Run, place: Place, depth: int) -> None:
        before = len(self.references)
        self.add(run.words, place, run.environment, depth - 1)
        if len(self.references) > before:
            return
        for command in COMMANDS:
            if any(image == name or image.endswith(f"/{name}") for name in command.images):
                found = _Reader(command, run, run.words, image, place).references()
                self.references.extend(found)

    def _git(self, run: _Run, place: Place) -> None:
        given = _given(run.words[1:], GIT_SWITCHES)
        verb, *_ = [*(word.text for word in given.positional), ""]
        found = _references(run, place)
        if verb == "clone":
            self._cloned(run, found)
        elif verb in GIT_MOVES:
            self._moved(verb, given)
        self.references.extend(found)

    def _cloned(self, run: _Run, found: Sequence[Reference]) -> None:
        texts = [word.text for word in _given(run.words[1:], _CLONE.switches).positional]
        folder = _last_part(texts[-1]).removesuffix(".git")
        self.clones.append(_Clone(folder, len(self.references) if found else None))
        self.folder = ""

    def _moved(self, verb: str, given: _Given) -> None:
        """Note which commit is checked out of the clone that is meant."""
        clone = self._meant(given)
        targets = given.positional[1:] if verb == "fetch" else given.positional[1:2]
        if clone is None or clone.reference is None or len(given.positional) != 1 + len(targets):
            return
        commit = targets[-1] if targets else None
        fetched = verb == "fetch" and (commit is None or not is_commit_hash(commit.text))
        if commit is None or fetched or commit.text == "FETCH_HEAD":
            return
        before = self.references[clone.reference]
        self.references[clone.reference] = replace(before, revision=_value([commit], False))

    def _meant(self, given: _Given) -> _Clone | None:
        named = [_last_part(run[0].text) for _flag, run in given.flags.get("-C", ()) if run]
        folder = [*named, self.folder][0]
        known = [one for one in self.clones if folder in ("", one.folder) or HOLE in folder]
        return known[-1] if known else None


@dataclass(frozen=True, slots=True)
class _Run:
    """The program that is run in the end: by its name, as a module, or as a script."""

    words: Sequence[Word]
    environment: dict[str, Word]
    module: bool = False
    script: bool = False


_VARIABLE = re.compile(r"([A-Za-z_]\w*)=", re.ASCII)


MOST_WRAPPERS = 32
"""A program that stands behind more variables and wrappers than this is not looked for."""


def _unwrapped(words: Sequence[Word], environment: dict[str, Word]) -> _Run:
    """Take away what stands before the program that loads: variables, `sudo`, launchers."""
    script = False
    for _ in range(MOST_WRAPPERS):
        if not words:
            break
        text = words[0].text
        variable = _VARIABLE.match(text)
        if variable is not None:
            environment[variable[1]] = words[0].changed(lambda one: one.partition("=")[2])
            words = words[1:]
            continue
        if any(fnmatchcase(_program(text), pattern) for pattern in PYTHON):
            run = _interpreted(words[1:], environment)
            if not run.module or not run.words or run.words[0].text not in LAUNCHERS:
                return run
            launcher = LAUNCHERS[run.words[0].text]
            words = [*(_said(part, words[0]) for part in launcher), *run.words[1:]]
        wrapper = next((one for one in WRAPPERS if _begins(words, one.words)), None)
        if wrapper is None:
            return _Run(words, environment, script=script or text.endswith((".py", ".sh")))
        rest, is_module = _behind(words, wrapper)
        if is_module:
            return _Run(rest, environment, module=True)
        script = script or wrapper.script
        words = rest
    return _Run((), environment)


def _interpreted(words: Sequence[Word], environment: dict[str, Word]) -> _Run:
    """What Python is told to run: `-m module …`, `script.py …`, or nothing that we read."""
    index = 0
    while index < len(words) and words[index].text.startswith("-"):
        flag = words[index].text
        if flag == "-m":
            return _Run(words[index + 1 :], environment, module=True)
        if flag == "-c":
            return _Run((), environment)
        index += 2 if flag in ("-W", "-X") else 1
    return _Run(words[index:], environment, script=True)


def _behind(words: Sequence[Word], wrapper: Wrapper) -> tuple[Sequence[Word], bool]:
    """The words behind a wrapper's own, and whether they begin with a module."""
    index = len(wrapper.words)
    while index < len(words) and words[index].text.startswith("-"):
        flag = words[index].text
        index += 2 if _takes_value(flag, wrapper) else 1
        if wrapper.script and flag in ("-m", "--module"):
            return words[index:], True
        if flag == "--":
            break
    return words[index + wrapper.takes :], False


def _takes_value(flag: str, wrapper: Wrapper) -> bool:
    if "=" in flag or flag == "--":
        return False
    return flag not in wrapper.switches if wrapper.switches else flag in wrapper.valued


def _container(run: _Run) -> tuple[str, _Run] | None:
    """The name of the image that a command runs, and what it runs in it."""
    if run.module or not _begins(run.words, CONTAINERS.words):
        return None
    rest, _ = _behind(run.words, CONTAINERS)
    own = run.words[: len(run.words) - len(rest)]
    if len(own) == len(CONTAINERS.words):
        return None
    environment = dict(run.environment)
    for flag, setting in pairwise(own):
        name, equals, _value_text = setting.text.partition("=")
        if flag.text in VARIABLES and equals:
            environment[name] = setting.changed(lambda one: one.partition("=")[2])
    image = own[-1].text.partition("@")[0]
    head, slash, tail = image.rpartition("/")
    return head + slash + tail.partition(":")[0], _Run(rest, environment)


def _program(text: str) -> str:
    """The name of a program without its folder."""
    return re.split(r"[/\\]", text)[-1].removesuffix(".exe")


def _last_part(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2].rpartition(":")[2]


def _said(text: str, at: Word) -> Word:
    return plain_word(text, at.value.values[0].span)


def _begins(words: Sequence[Word], pattern: Sequence[str]) -> bool:
    """Whether a command line begins with the words of a pattern."""
    if len(words) < len(pattern):
        return False
    texts = [_program(words[0].text), *(word.text for word in words[1 : len(pattern)])]
    return all(_fits(text, part) for text, part in zip(texts, pattern, strict=True))


def _fits(text: str, pattern: str) -> bool:
    return any(fnmatchcase(text, one) for one in pattern.split("|"))


def _references(run: _Run, place: Place) -> list[Reference]:
    """What a program loads, by the first row that fits its words."""
    if not run.words:
        return []
    name = run.words[0].text if run.module else _program(run.words[0].text)
    shown = f"python -m {name}" if run.module else name
    for command in _candidates(name, run.module):
        reader = _Reader(command, run, run.words[1:], shown, place)
        if reader.fits():
            return reader.references()
    if not (run.module or run.script):
        return []
    return _Reader(SCRIPT, run, run.words[1:], shown.replace(HOLE, "…"), place).references()


@lru_cache(maxsize=256)
def _candidates(name: str, module: bool) -> Sequence[Command]:
    if module:
        return [one for one in COMMANDS if any(fnmatchcase(name, m) for m in one.modules)]
    return [one for one in COMMANDS if one.words and _fits(name, one.words[0])]


@dataclass(slots=True)
class _Given:
    """The arguments of a program: flags with the words behind each, and all other words.

    A word behind a flag that is not its value stands in `positional` as well. `hidden`: there
    may be others, which only the running program knows.
    """

    positional: list[Word] = field(default_factory=list)
    flags: dict[str, list[tuple[Word, Sequence[Word]]]] = field(default_factory=dict)
    hidden: bool = False


def _given(words: Sequence[Word], switches: Sequence[str]) -> _Given:
    given = _Given()
    alone = {_spelling(flag) for flag in switches}
    only_words = False
    value_of_flag = -1
    for index, word in enumerate(words):
        if index == value_of_flag:
            continue
        flag = "" if only_words else _flag(word)
        if word.spread and HOLE in word.text:
            given.hidden = True
        elif flag == "--":
            only_words = True
        elif not flag:
            given.positional.append(word)
        elif all("=" in text for text in word.texts):
            value = word.changed(lambda text: text.partition("=")[2])
            given.flags.setdefault(flag, []).append((word, [value]))
        else:
            run = _run_behind(words, index)
            takes = bool(run) and (flag not in alone or run[0].text.lower() in _WORDS_OF_TRUTH)
            value_of_flag = index + 1 if takes else -1
            given.flags.setdefault(flag, []).append((word, run if takes else ()))
    return given


_WORDS_OF_TRUTH = {"true": True, "1": True, "false": False, "0": False, "yes": True, "no": False}


def _flag(word: Word) -> str:
    """The flag that a word is, in one spelling; nothing for other words."""
    names = {_spelling(text.partition("=")[0]) for text in word.texts}
    name = names.pop() if len(names) == 1 else ""
    return name if name.startswith("-") and name != "-" else ""


def _spelling(flag: str) -> str:
    """Most programs take `--model_id` and `--model-id` for one flag."""
    return flag.replace("_", "-") if flag.startswith("--") else flag


def _run_behind(words: Sequence[Word], index: int) -> Sequence[Word]:
    """The words behind a flag, up to the next one."""
    end = index + 1
    while end < len(words) and not _flag(words[end]):
        end += 1
    return words[index + 1 : end]


@dataclass(frozen=True, slots=True)
class _Id:
    """A repo as a command line names it; `None` is what the line does not say."""

    repo_id: str
    revision: str | None = None
    repo_type: RepoType | None = None


class _Reader:
    """Reads what one command line says of each repo of one row."""

    def __init__(
        self, command: Command, run: _Run, words: Sequence[Word], shown: str, place: Place
    ) -> None:
        self.command = command
        self.run = run
        self.shown = shown
        self.place = place
        trust = [load.loader.trust_remote_code for load in command.loads]
        switches = [name for param in trust if param is not None for name in param.names]
        negated = [_negated(name) for name in switches]
        self.given = _given(words, (*command.switches, *switches, *negated))
        self.hidden = self.given.hidden or any(
            _spelling(flag) in self.given.flags for flag in command.config
        )
        self.own = self._own_words()

    def fits(self) -> bool:
        """Whether the subcommands are those of the row."""
        return self.run.module or self.own == len(self.command.words[1:])

    def references(self) -> list[Reference]:
        """One reference for each repo that is named."""
        found = [one for load in self.command.loads for one in self._loaded(load)]
        return found or list(self._trust_alone(self.command.loads[0].loader))

    def _own_words(self) -> int:
        """How many of the words are subcommands."""
        wanted = self.command.words[1:]
        texts = [word.text for word in self.given.positional[: len(wanted)]]
        fit = len(texts) == len(wanted)
        return len(wanted) if fit and all(map(_fits, texts, wanted)) else 0

    def _loaded(self, load: Load) -> Iterator[Reference]:
        if not load.loader.repo_id or not self._is_wanted(load):
            return
        words = self._words(load.loader.repo_id[0], load.many)
        named = [part for word in words if not word.spread for part in _parts(word, load)]
        revisions = self._words(load.loader.revision, load.many)
        for number, word in enumerate(named):
            paired = len(revisions) > 1
            own = revisions[number : number + 1] if paired else revisions[-1:]
            reference = self._reference(load, word, _value(own, self.hidden))
            if reference is not None:
                yield reference

    def _is_wanted(self, load: Load) -> bool:
        if not load.only_with:
            return True
        given = [one for flag in load.only_with for one in self._words(Param((flag,)), False)]
        bare = any(_spelling(flag) in self.given.flags for flag in load.only_with)
        if not given:
            return bare and not load.only_value
        text = given[0].text
        return text.startswith(load.only_value) and _WORDS_OF_TRUTH.get(text.lower(), True)

    def _trust_alone(self, loader: Loader) -> Iterator[Reference]:
        """A reference for code that may run, where the repo is named elsewhere."""
        trust = self._trust(loader.trust_remote_code)
        if isinstance(trust, Known) and trust.values[0].value is True:
            yield self._bare(loader, ABSENT, trust)

    def _bare(self, loader: Loader, repo_id: Value, trust: Value) -> Reference:
        return Reference(
            path=self.place.path,
            span=self.place.span,
            kind="command",
            loader=loader,
            call=self._called(loader),
            repo_id=repo_id,
            repo_type=loader.repo_type,
            revision=ABSENT,
            trust_remote_code=trust,
        )

    def _called(self, loader: Loader) -> str:
        """The program in the source's words, and the flag where it is not the main repo."""
        texts = [word.text for word in self.given.positional[: self.own]]
        program = " ".join([self.shown, *texts])
        main = self.command.loads[0].loader is loader and self.command is not SCRIPT
        param = loader.repo_id[0] if loader.repo_id else None
        if main or param is None or param.position is not None:
            return program
        return f"{program} {param.within or param.names[0]}"

    def _reference(self, load: Load, word: Word, revision: Value) -> Reference | None:
        loader = load.loader
        read = [_read_id(text, load, self.place.is_local) for text in word.texts]
        pairs = list(zip(read, word.value.values, strict=True))
        ids = [(one, written) for one, written in pairs if isinstance(one, _Id)]
        bare = replace(
            self._bare(loader, ABSENT, self._trust(loader.trust_remote_code)),
            revision=revision,
            code_revision=self._value_of(loader.code_revision),
            repo_type=self._repo_type(loader),
            options={_option(one): self._value_of(one) for one in loader.option_params},
        )
        if ids:
            return self._judged(_with_ids(bare, ids, word.value.closed), loader)
        if any(isinstance(one, Unknown) for one in read):
            return self._judged(replace(bare, repo_id=Unknown("decided at run time")), loader)
        why = next((one for one in read if isinstance(one, str)), None)
        return replace(bare, repo_id=word.value, local=why) if why is not None else None

    def _judged(self, reference: Reference, loader: Loader) -> Reference:
        """The same reference with how sure it is, and for whom."""
        unknown = not isinstance(reference.repo_id, Known)
        if self.command is SCRIPT or (not loader.never_local and _is_doubtful(reference)):
            return replace(reference, persona=Persona.PEDANTIC, confidence=Confidence.LOW)
        return replace(reference, confidence=Confidence.MEDIUM) if unknown else reference

    def _repo_type(self, loader: Loader) -> RepoType:
        chosen = [word.text for word in self._words(loader.repo_type_param, False)]
        return _TYPES.get(chosen[0], loader.repo_type) if chosen else loader.repo_type

    def _value_of(self, param: Param | None) -> Value:
        hidden = self.hidden and param is not None
        return _value(self._words(param, False)[-1:], hidden)

    def _trust(self, param: Param | None) -> Value:
        """Whether code may run; a flag without a value says yes."""
        if param is None:
            return ABSENT
        for name in param.names:
            for flag, _run in self.given.flags.get(_spelling(_negated(name)), ()):
                return Known((Written(False, flag.value.values[0].span),))
            for flag, run in self.given.flags.get(_spelling(name), ()):
                if not run:
                    return Known((Written(True, flag.value.values[0].span),))
        value = self._value_of(param)
        return _truth(value) if isinstance(value, Known) else value

    def _words(self, param: Param | None, many: bool) -> Sequence[Word]:
        """The words that a parameter gets, one of them where it takes no more."""
        if param is None:
            return ()
        if param.within is not None:
            return self._entries(param, param.within)
        for name in param.names:
            runs = [run for _flag, run in self.given.flags.get(_spelling(name), ()) if run]
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
        return [found for text in texts for found in _entry(text, param.names)]


def _negated(flag: str) -> str:
    return f"--no-{flag.lstrip('-')}"


def _option(param: Param) -> str:
    """A flag as the parameter of a call: `--load-format` is `load_format`."""
    return param.names[0].lstrip("-").replace("-", "_")


def _value(words: Sequence[Word], hidden: bool) -> Value:
    if not words:
        return Unknown("words that are decided at run time") if hidden else ABSENT
    found = words[0].value
    certain = tuple(one for one in found.values if HOLE not in str(one.value))
    if not certain:
        return Unknown("decided at run time")
    return Known(certain, found.closed and len(certain) == len(found.values))


def _truth(value: Known) -> Value:
    made = [(one, _WORDS_OF_TRUTH.get(str(one.value).lower())) for one in value.values]
    known = tuple(replace(one, value=truth) for one, truth in made if truth is not None)
    return Known(known, value.closed) if known else Unknown("neither true nor false")


def _is_doubtful(reference: Reference) -> bool:
    """Whether it may be a folder: by its first word, or as nobody knows what it is."""
    if not isinstance(reference.repo_id, Known):
        return True
    parts = [str(one.value).partition("/") for one in reference.repo_id.strings()]
    return all(slash and first.lower() in FOLDERS for first, slash, _rest in parts)


def _with_ids(reference: Reference, ids: Sequence[tuple[_Id, Written]], closed: bool) -> Reference:
    named = tuple(replace(written, value=one.repo_id) for one, written in ids)
    types = [one.repo_type for one, _written in ids if one.repo_type is not None]
    revisions = tuple(replace(written, value=one.revision) for one, written in ids)
    pinned = any(one.value is not None for one in revisions)
    return replace(
        reference,
        repo_id=Known(named, closed and len(named) == len(ids)),
        repo_type=types[0] if types else reference.repo_type,
        revision=_known(revisions) if pinned else reference.revision,
    )


def _known(revisions: tuple[Written, ...]) -> Value:
    holes = any(HOLE in str(one.value) for one in revisions)
    return Unknown("decided at run time") if holes else Known(revisions)


_TYPES: dict[str, RepoType] = {
    "model": "model",
    "models": "model",
    "dataset": "dataset",
    "datasets": "dataset",
    "space": "space",
    "spaces": "space",
    "kernel": "kernel",
    "kernels": "kernel",
}
_GIT = re.compile(
    r"(?:(?:https?|ssh|git)://(?:[^/@\s]*@)?(?:huggingface\.co|hf\.co|hf-mirror\.com)/"
    r"|git@(?:huggingface\.co|hf\.co):)([^#?]+)"
)
_PATH = re.compile(r"\.{0,2}/|~|file:|[A-Za-z]:[\\/]")
_CLONE = next(one for one in COMMANDS if one.words == ("git", "clone"))


def _parts(word: Word, load: Load) -> Sequence[Word]:
    """The repos that one word names."""
    if load.form != "named":
        return (word,)
    found: list[Word] = []
    for written in word.value.values:
        for text in _adapters(str(written.value)):
            found.append(Word(Known((replace(written, value=text),), word.value.closed)))
    return found


def _adapters(text: str) -> Sequence[str]:
    """The repos in `name=org/a,name=org/b`, or in `{"name": …, "path": …}`."""
    entries = _json(text)
    if entries is not None:
        return [entries["path"]] if "path" in entries else []
    return [part.partition("=")[2] or part for part in text.split(",")]


def _entry(word: Word, names: Sequence[str]) -> Sequence[Word]:
    """The value of a key in `key=value,…` or in JSON; a word that spreads where it may be there."""
    found: list[Written] = []
    maybe = False
    for written in word.value.values:
        text = str(written.value)
        entries = _json(text)
        if entries is None:
            parts = [part.partition("=") for part in text.split(",")]
            entries = {key.strip(): value.strip() for key, _equals, value in parts}
        texts = [entries[name] for name in names if name in entries][:1]
        maybe = maybe or any(HOLE in key for key in entries)
        found.extend(replace(written, value=one) for one in texts)
    if found:
        return [Word(Known(tuple(found), word.value.closed))]
    return [Word(Known((replace(word.value.values[0], value=HOLE),)), spread=True)] if maybe else []


def _json(text: str) -> dict[str, str] | None:
    """The texts and flags of a JSON object; `None` for what is none."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        loaded = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
    return {key: str(value) for key, value in loaded.items() if isinstance(value, (str, bool))}


def _read_id(text: str, load: Load, is_local: Callable[[str], bool]) -> _Id | Unknown | str | None:
    """What a text says: a repo, something local (why), or nothing of the Hub (`None`)."""
    loader = load.loader
    prefix = next((one for one in loader.prefixes if text.startswith(one)), "")
    if loader.prefixes and not prefix:
        return None
    text = text.removeprefix(prefix)
    if load.form == "git":
        return _of_path(found[1], loader.at_revision) if (found := _GIT.match(text)) else None
    if text.startswith("hf://"):
        path = text.removeprefix("hf://")
        return None if path.startswith("buckets/") else _of_path(path, True)
    if load.form == "uri":
        return None
    name, _, revision = text.partition("@") if loader.at_revision else (text, "", "")
    name = name.partition(load.ending)[0] if load.ending else name
    return _of_name(name, revision or None, loader, is_local)


def _of_name(
    name: str, revision: str | None, loader: Loader, is_local: Callable[[str], bool]
) -> _Id | Unknown | str:
    kind, slash, rest = name.partition("/")
    if not name:
        return "no repo is named"
    if _PATH.match(name):
        return "a local path"
    if HOLE in name:
        return "a local path" if names_a_file(name) else Unknown("decided at run time")
    if loader.repo_type_param is not None and "/" in rest and kind in _TYPES:
        return _of_path(name, False)
    if loader.names_elsewhere and not slash:
        return "a name of the library's own"
    if loader.never_local and not is_repo_id(name):
        return "no id that a repo could have"
    if not loader.never_local and is_local(name):
        return "a local path"
    return _Id(name, revision)


def _of_path(path: str, at_revision: bool) -> _Id | Unknown | str:
    """The repo in `[datasets/]org/name[@revision][/file]`."""
    first, slash, rest = path.strip("/").partition("/")
    repo_type: RepoType = _TYPES.get(first, "model") if first in _TYPES and slash else "model"
    parts = (rest if first in _TYPES and slash else path.strip("/")).split("/")
    name = "/".join(parts[:2])
    name, _, revision = name.partition("@") if at_revision else (name, "", "")
    name = name.removesuffix(".git")
    if HOLE in name:
        return Unknown("decided at run time")
    if not is_repo_id(name):
        return "no id that a repo could have"
    return _Id(name, revision or None, repo_type)
