"""Bytes of a file that is no Python to its text, or to why it is not looked at."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from typing import Literal

from flake8_hfmodels.loaders.kinds import KindName
from flake8_hfmodels.sources.recognition import kind_named

Skipped = Literal["binary", "large", "minified", "unknown"]
"""Why a file is passed over: no text, more bytes than are read, written by a tool in one line,
of no kind that is read."""

HEAD = 8192
"""Bytes in which a null shows that a file is no text, as git has it."""

LARGE_FOR_A_LINE = 50_000
WIDE = 500
"""Bytes of a file, and of its lines on average, from which on nobody has written it by hand."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes) -> str | None:
    """The text of a file: by its byte order mark, else UTF-8, else Latin 1; `None` for no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if b"\0" in data[:HEAD]:
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def is_minified(kind: KindName, name: str, data: bytes) -> bool:
    """Whether a tool has written a file of this kind in so few lines that nobody reads it."""
    if not kind_named(kind).minified:
        return False
    few_lines = len(data) >= LARGE_FOR_A_LINE and len(data) > WIDE * (data.count(b"\n") + 1)
    return few_lines or ".min." in name


def recoder(data: bytes, kind: KindName) -> tuple[str, Callable[[str], bytes]] | None:
    """The text of a file, and what makes the bytes of a file out of a text like it.

    `None` where the bytes that a file has would not come out again. Encoding raises `ValueError`
    for characters that the file's encoding does not have.
    """
    mark, encoding = next((one for one in _MARKS if data.startswith(one[0])), (b"", ""))
    try:
        encoding = encoding or _encoding(data, kind)
        text = data[len(mark) :].decode(encoding)

        def encoded(new: str) -> bytes:
            return mark + new.encode(encoding)

        return (text, encoded) if encoded(text) == data else None
    except (UnicodeError, LookupError, SyntaxError):
        return None


def _encoding(data: bytes, kind: KindName) -> str:
    """The encoding of a file without a mark. Raises `SyntaxError` for a cookie that names none."""
    if kind == "python":
        import io
        import tokenize

        return tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"
