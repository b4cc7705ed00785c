"""Code that a manual shows, through the reader of its language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from flake8_hfmodels.loaders.elsewhere import FIRST_REPOS
from flake8_hfmodels.loaders.fences import LANGUAGES, PROGRAMS, SESSIONS, UNSAID
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.loaders.likeness import FIRST_DATASETS, SHORT_NAMES
from flake8_hfmodels.loaders.mentions import TEXT
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.reference import Confidence, Known, Reference, Unknown
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.manual.prose import is_ambiguous, of_somebody
from flake8_hfmodels.sources.placed import Placed, joined
from flake8_hfmodels.sources.source import Context, TextSource

_ONE_WORD = FIRST_REPOS | SHORT_NAMES | FIRST_DATASETS
_LANGUAGE = regex(r"[ \t]*\{?[ \t]*\.?([A-Za-z][\w+#-]*)\}?(?:[ \t]+([A-Za-z]\w*))?")
_DIRECTIVES = frozenset({"code-block", "code-cell", "code", "sourcecode", "code-tab", "prompt"})
_IMPORT = regex(r"^[ \t]*(?:>>>[ \t]*)?(?:import|from)[ \t]+[A-Za-z_]", re.MULTILINE)
_PROMPT = regex(
    r"[ \t]*(?:\([\w.-]{1,40}\)[ \t]*)?(?:\[?[\w.-]{1,40}@[\w.-]{1,40}[^$#%>\n]{0,60})?[$%][ \t]+"
)
_AT_ONCE = regex(r"\s*(?:#[^\n]*\s+){0,8}([\w.-]+)\s")
_HEREDOC = regex(r"<<-?\s*[\"']?(\w+)")
_INDENT = regex(r"^([ \t]*)[^\s]", re.MULTILINE)
_LINE = regex(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of code in a manual: the language, in lower case, that it is said to be in."""

    language: str
    code: Placed


def language_of(info: str) -> str:
    """The language that the text behind a fence names: `python title=…`, `{.py}`, `{code} sh`."""
    found = _LANGUAGE.match(info)
    if found is None:
        return ""
    first = found.group(1).lower()
    return (found.group(2) or "").lower() if first in _DIRECTIVES else first


def shown_references(shown: Iterable[Shown], context: Context) -> list[Reference]:
    """The references in the pieces of code of one manual, which are read in order.

    Nobody has run them where they stand, so that nothing is more than likely.
    """
    found = of_somebody(_references(shown, context))
    return [_likely(reference) for reference in found if not _is_no_repo(reference)]


def lines_of(code: Placed) -> list[Placed]:
    """The lines with their ends."""
    return [code.part(*line.span()) for line in _LINE.finditer(code.text)]


def dedented(code: Placed) -> Placed:
    """Code without the indentation that all of its lines have."""
    depth = min((len(one.group(1)) for one in _INDENT.finditer(code.text)), default=0)
    if depth == 0:
        return code
    return joined(behind(line, depth) for line in lines_of(code))


def behind(line: Placed, depth: int) -> Placed:
    """What stands behind the first characters of a line; an empty line stays one."""
    content = len(line.text.rstrip("\r\n"))
    return line.part(min(depth, content), len(line.text))


def commands_of(code: Placed, is_session: bool = False) -> Placed:
    """The commands of a shell's code: what stands behind prompts, if there are some."""
    if not is_session and "$ " not in code.text and "% " not in code.text:
        return code
    lines = lines_of(code)
    if not any(_PROMPT.match(line.text) for line in lines):
        return code
    return joined(_behind_prompts(lines))


def _behind_prompts(lines: Sequence[Placed]) -> Iterator[Placed]:
    goes_on = False
    end = ""
    for line in lines:
        prompt = _PROMPT.match(line.text)
        if prompt is not None and not end:
            line = line.part(prompt.end(), len(line.text))
        elif not goes_on and not end:
            continue
        elif line.text.startswith("> "):
            line = line.part(2, len(line.text))
        yield line
        goes_on = line.text.rstrip("\r\n").endswith("\\")
        if end:
            end = "" if line.text.strip() == end else end
        elif (heredoc := _HEREDOC.search(line.text)) is not None:
            end = heredoc.group(1)


def _references(shown: Iterable[Shown], context: Context) -> Iterator[Reference]:
    pieces = None
    for one in shown:
        kind = _kind_of(one) if one.code.text.strip() else None
        if kind == "python":
            from flake8_hfmodels.sources.manual.pieces import Pieces

            pieces = pieces or Pieces(context)
            yield from pieces.references(one.code)
        elif kind == "shell":
            from flake8_hfmodels.sources.shell.script import script_references

            commands = commands_of(one.code, one.language in SESSIONS)
            yield from script_references(commands, context)
        elif kind is not None:
            from flake8_hfmodels.sources.reading import references

            text = one.code.text
            source = TextSource(
                context.path, kind, one.code, tuple(text.splitlines()), context.is_folder
            )
            yield from references(source, context.everything)


def _kind_of(shown: Shown) -> KindName | None:
    kind = LANGUAGES.get(shown.language)
    if kind is not None or (shown.language and shown.language not in UNSAID):
        return kind
    return _guessed(shown.code.text)


def _guessed(text: str) -> KindName | None:
    """What code without a language is: Python if it imports something, or commands."""
    if ">>> " in text:
        return "python"
    begins = _AT_ONCE.match(text)
    is_command = begins is not None and begins.group(1) in PROGRAMS
    if is_command or any(_PROMPT.match(line) for line in text.splitlines()):
        return "shell"
    return "python" if _IMPORT.search(text) is not None else None


def _likely(reference: Reference) -> Reference:
    """The same reference, no more certain than code is that nobody has run where it stands."""
    confidence = reference.confidence
    if confidence is Confidence.HIGH:
        confidence = Confidence.MEDIUM
    persona = reference.persona
    if persona is Persona.REGULAR and _is_filled_in(reference):
        persona = Persona.PEDANTIC
    return replace(reference, confidence=confidence, persona=persona)


def _is_filled_in(reference: Reference) -> bool:
    """Whether readers put a name of their own: an unknown one, a word that may be no repo's id."""
    words = _words(reference)
    is_word = bool(words) and not any("/" in one or one in _ONE_WORD for one in words)
    return isinstance(reference.repo_id, Unknown) or (is_word and reference.repo_type == "dataset")


def _is_no_repo(reference: Reference) -> bool:
    """Whether a model is named by a word that is no id of the first repos."""
    if reference.repo_type != "model" or reference.local is not None:
        return False
    words = [one for one in _words(reference) if "/" not in one]
    if not words or len(words) < len(_words(reference)):
        return False
    if reference.loader is TEXT and all(is_ambiguous(one) for one in words):
        return True
    return not reference.loader.bare_owner and not any(one in _ONE_WORD for one in words)


def _words(reference: Reference) -> list[str]:
    known = reference.repo_id
    return [str(one.value) for one in known.strings()] if isinstance(known, Known) else []
