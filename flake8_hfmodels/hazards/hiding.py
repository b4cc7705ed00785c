"""Text that people do not see in a file, and encodings that make of a text another one."""

from __future__ import annotations

import codecs
import io
import re
import tokenize
from collections.abc import Iterator

from flake8_hfmodels.facts import Danger
from flake8_hfmodels.regex import regex

# CVE-2021-42574: they turn the order around in which a line is shown.
_TURNS = regex("[\u202a-\u202e\u2066-\u2069]")
# What has no shape of its own; an emoji has one or two of these, a payload has one for each byte.
_SHAPELESS = regex(
    "[\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f\U000e0000-\U000e007f\U000e0100-\U000e01ef]{8,}"
)
# Of a line that stays in sight, and what follows; not where a comment does, which runs nothing.
_FAR = regex(r"^[^\n]{0,400}?[^\s\\][ \t]{100,}[^\s#\"'|]", re.MULTILINE)

# https://docs.python.org/3/library/codecs.html#standard-encodings
_READ_OTHERWISE = ("utf-7", "unicode_escape", "raw_unicode_escape", "punycode", "idna", "undefined")


def hidden(path: str, text: str) -> Iterator[Danger]:
    """Where a text holds what an editor does not show, or not where it stands; each kind once."""
    for pattern, what in (
        (_TURNS, "characters that turn the shown order of a line around"),
        (_SHAPELESS, "a run of characters that are not shown"),
        (_FAR, "code far to the right of its line"),
    ):
        found = pattern.search(text)
        if found is not None:
            line = text.count("\n", 0, found.end() - 1) + 1
            yield Danger(path, line, "hidden-text", what)


def decoded(path: str, data: bytes) -> tuple[str, Danger | None]:
    """The text of a file as Python reads it, and what is wrong with its encoding, if anything is.

    The text is empty where there is none that could be judged.
    """
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        return "", Danger(path, line, "no-python", "null bytes, which no Python source has")
    try:
        name, _lines = tokenize.detect_encoding(io.BytesIO(data).readline)
        if codecs.lookup(name).name.replace("-", "_") in _AS_LOOKED_UP:
            what = f"an encoding that makes other code of what is shown: {name}"
            return "", Danger(path, 1, "hidden-text", what)
        return data.decode(name).removeprefix("\ufeff"), None
    except (SyntaxError, UnicodeError, LookupError):
        return "", Danger(path, 1, "no-python", "bytes that its encoding does not have")


_AS_LOOKED_UP = frozenset(codecs.lookup(name).name.replace("-", "_") for name in _READ_OTHERWISE)
