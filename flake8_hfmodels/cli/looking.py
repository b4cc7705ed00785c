"""One file, from its bytes to what is kept of it: its references, or why there are none."""

from __future__ import annotations

import os

from flake8_hfmodels.discover import File, folder_test, read
from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.prefilter import may_name, may_refer, may_silence
from flake8_hfmodels.record import dataclass, replace
from flake8_hfmodels.sources.decoding import Skipped, is_minified
from flake8_hfmodels.sources.trouble import Trouble

TYPE_CHECKING = False
if TYPE_CHECKING:
    from flake8_hfmodels.referring import Referring
    from flake8_hfmodels.settings import Settings
    from flake8_hfmodels.sources.source import PythonSource, SkimmedSource, Source


@dataclass(frozen=True, slots=True)
class Look:
    """What came of a look at one file.

    `mistake` is where it is not quite what it is called, `trouble` why it could not be looked at,
    `skipped` why it was passed over.
    """

    referring: Referring | None = None
    mistake: Trouble | None = None
    trouble: Trouble | None = None
    skipped: Skipped | None = None


NOTHING = Look()


def look_at(file: File, settings: Settings) -> Look:
    """Read one file and look for references."""
    return look(file, read(file.path, settings.max_size), settings)


def look(file: File, data: bytes | Trouble | Skipped, settings: Settings) -> Look:
    """Look for references in the bytes of a file, if they are there and may hold any."""
    if isinstance(data, Trouble):
        return Look(trouble=data)
    if not isinstance(data, bytes):
        return Look(skipped=data)
    if is_minified(file.kind, os.path.basename(file.path), data):
        return Look(skipped="minified")
    everything = settings.persona is not Persona.REGULAR
    if not (everything or _may_refer(file.kind, data) or may_silence(data)):
        return NOTHING
    from flake8_hfmodels.referring import refer
    from flake8_hfmodels.sources.reading import mistake

    source = _parsed(file, data, everything)
    if isinstance(source, Trouble):
        return Look(trouble=source)
    if isinstance(source, str):
        return Look(skipped=source)
    referring = refer(source, everything, settings.noqa, settings.per_file_ignores)
    return Look(referring, mistake(source))


def _may_refer(kind: KindName, data: bytes) -> bool:
    return may_refer(data) if kind == "python" else may_name(data)


def _parsed(file: File, data: bytes, everything: bool) -> Source | Trouble | Skipped:
    from flake8_hfmodels.project import project
    from flake8_hfmodels.sources.decoding import decode
    from flake8_hfmodels.sources.placed import split_lines, whole_file
    from flake8_hfmodels.sources.reading import trouble
    from flake8_hfmodels.sources.source import TextSource

    if file.kind == "python":
        return _python(file.path, data, everything)
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


def _python(path: str, data: bytes, everything: bool) -> PythonSource | SkimmedSource | Trouble:
    """A module; it is parsed only where that can make a difference."""
    from flake8_hfmodels.project import project
    from flake8_hfmodels.sources.python import skimmed
    from flake8_hfmodels.sources.python.parse import decode_source, parse_text

    text = decode_source(path, data)
    if isinstance(text, Trouble):
        return text
    is_folder = folder_test(path)
    found = None if everything else skimmed(path, text, is_folder)
    if found is not None:
        return found
    parsed = parse_text(path, text, is_folder)
    if isinstance(parsed, Trouble):
        return parsed
    return replace(parsed, find_module=project().finder(path))
