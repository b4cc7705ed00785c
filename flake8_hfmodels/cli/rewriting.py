"""Files that are changed in place: byte for byte as they were, but for what is to change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import StringIO

from flake8_hfmodels.cli.writing import write_bytes
from flake8_hfmodels.discover import File, read
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.sources.decoding import recoder
from flake8_hfmodels.sources.placed import split_lines
from flake8_hfmodels.sources.trouble import Trouble


@dataclass(frozen=True, slots=True)
class Change:
    """The bytes of a file, before and after, and the texts in them."""

    path: str
    before: bytes
    after: bytes
    old: str
    new: str

    @property
    def diff(self) -> str:
        """A unified diff, as `git apply` takes it."""
        return "".join(_diff(self))

    def write(self) -> str | None:
        """Put the new bytes in the place of the old ones, or say why that is not possible."""
        return write_bytes(self.path, self.after, self.before)


def changed(
    file: File,
    lines: Sequence[str],
    rewritten: Callable[[str, Callable[[str], bytes]], str],
) -> Change | Trouble:
    """What a new text does to a file whose lines were read before.

    `rewritten` is given the text and what encodes a text like it.
    """
    data = read(file.path, len("\n".join(lines).encode("utf-8", "surrogatepass")) * 4 + 1024)
    if isinstance(data, Trouble):
        return data
    found = recoder(data, file.kind) if isinstance(data, bytes) else None
    if found is None or not isinstance(data, bytes):
        return Trouble(file.path, "its encoding is not sure; save it as UTF-8")
    text, encoded = found
    if [*split_lines(text)] != [*lines]:
        return Trouble(file.path, "has changed meanwhile; left as it is")
    new = rewritten(text, encoded)
    return Change(file.path, data, encoded(new), text, new)


def _diff(change: Change) -> Sequence[str]:
    from difflib import unified_diff

    old, new = ([*StringIO(text, newline="\n")] for text in (change.old, change.new))
    lines: list[str] = []
    for line in unified_diff(old, new, f"a/{change.path}", f"b/{change.path}"):
        lines.append(line)
        if not line.endswith("\n"):
            lines.append("\n\\ No newline at end of file\n")
    return lines
