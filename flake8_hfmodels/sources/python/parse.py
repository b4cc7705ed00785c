"""From bytes to a parsed source, or to the one line that says why not."""

from __future__ import annotations

import ast
import codecs
import io
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress

from flake8_hfmodels.sources.placed import split_lines
from flake8_hfmodels.sources.source import PythonSource, no_folder
from flake8_hfmodels.sources.trouble import Trouble


def parse(
    path: str, data: bytes, is_folder: Callable[[str], bool] = no_folder
) -> PythonSource | Trouble:
    """Decode and parse one file."""
    text = decode_source(path, data)
    return text if isinstance(text, Trouble) else parse_text(path, text, is_folder)


def decode_source(path: str, data: bytes) -> str | Trouble:
    """The text of one file, by its coding cookie or BOM, else as UTF-8."""
    if b"\0" in data:
        return Trouble(path, "has null bytes, which no Python source has; is it a binary file?")
    if _is_plain(data):
        with suppress(UnicodeDecodeError):
            return data.decode()
    import tokenize

    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding)
    except SyntaxError as error:
        return Trouble(path, f"cannot be decoded ({error.msg}); correct its coding cookie", 1)
    except (UnicodeError, LookupError) as error:
        line = data.count(b"\n", 0, error.start) + 1 if isinstance(error, UnicodeDecodeError) else 1
        message = f"cannot be decoded as {encoding}; save it as UTF-8 or give it a coding cookie"
        return Trouble(path, message, line)
    return text.removeprefix("\ufeff")


def _is_plain(data: bytes) -> bool:
    """Whether nothing names a coding in the first two lines, the only ones that may (PEP 263)."""
    end = data.find(b"\n", data.find(b"\n") + 1)
    head = data[: end if end > 0 else None]
    return not data.startswith(codecs.BOM_UTF8) and b"coding" not in head


def parse_text(
    path: str, text: str, is_folder: Callable[[str], bool] = no_folder
) -> PythonSource | Trouble:
    """Parse one decoded file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its author's business, not ours
            tree = ast.parse(text)
    except SyntaxError as error:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        message = f"cannot be parsed as Python {version}: {error.msg}"
        return Trouble(path, message, error.lineno or 0)
    except ValueError:
        # A codec such as utf-7 can decode to what is no text: a null, half a surrogate pair.
        return Trouble(path, "holds characters that no Python source has")
    except (RecursionError, MemoryError):
        return Trouble(path, "is too deeply nested for Python's parser")
    return PythonSource(path, split_lines(text), tree, is_folder)
