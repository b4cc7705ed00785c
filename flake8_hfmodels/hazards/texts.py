"""Texts that are made of texts, as Python makes them, where little can come of little."""

from __future__ import annotations

import base64
import binascii
import codecs
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

Text: TypeAlias = str | bytes

LONGEST = 4096
"""Characters of the longest text that is put together."""


def joined(parts: Sequence[Text | None], between: Text = "") -> Text | None:
    """The parts as one text, where each is known, and all are of one kind."""
    if all(isinstance(part, str) for part in parts) and isinstance(between, str):
        return between.join(str(part) for part in parts)
    whole = [part for part in parts if isinstance(part, bytes)]
    if whole and len(whole) == len(parts):
        return (between if isinstance(between, bytes) else b"").join(whole)
    return None


def filled(template: Text | None, parts: Sequence[str | None], places: Sequence[str]) -> str | None:
    """A template with the parts in its places, unless it is more than texts and plain places."""
    if not isinstance(template, str):
        return None
    for number, part in enumerate(parts):
        place = next((one.format(number) for one in places if one.format(number) in template), None)
        if part is None or place is None:
            return None
        template = template.replace(place, part.replace(place[0], _HELD), 1)
    return None if places[0][0] in template else template.replace(_HELD, places[0][0])


_HELD = "\0"
PERCENT = ("%s",)
BRACES = ("{{}}", "{{{0}}}")
"""Places in a template, by the number of what is put there."""


def repeated(text: Text | None, times: int | None) -> Text | None:
    """A text several times, unless it becomes too long."""
    if text is None or times is None or len(text) * times > LONGEST:
        return None
    return text * times


def _codec(text: Text, name: str) -> Text:
    """What `codecs.decode` makes of a text, by the codecs that cannot make much of little."""
    match name.lower().replace("_", "").replace("-", ""):
        case "rot13" if isinstance(text, str):
            return codecs.decode(text, "rot13")
        case "hex":
            return binascii.unhexlify(text)
        case "base64":
            return base64.b64decode(text)
        case _:
            raise ValueError(name)


def _rotated(text: Text, name: str) -> Text:
    """What `codecs.encode` makes of a text, by the codec that is its own inverse."""
    if "rot" in name:
        return _codec(text, name)
    raise ValueError(name)


MAKERS: Mapping[str, Callable[..., Text]] = {
    "base64.b64decode": base64.b64decode,
    "base64.urlsafe_b64decode": base64.urlsafe_b64decode,
    "base64.b32decode": base64.b32decode,
    "base64.b16decode": base64.b16decode,
    "base64.b85decode": base64.b85decode,
    "binascii.unhexlify": binascii.unhexlify,
    "binascii.a2b_hex": binascii.unhexlify,
    "binascii.a2b_base64": binascii.a2b_base64,
    "builtins.bytes.fromhex": bytes.fromhex,
    "builtins.bytearray.fromhex": bytes.fromhex,
    "builtins.str": str,
    "codecs.decode": _codec,
    "codecs.encode": _rotated,
    "os.path.expanduser": str,
    "os.path.expandvars": str,
    "os.path.normpath": str,
    "os.fspath": str,
    "pathlib.Path": str,
    "pathlib.PurePath": str,
    "pathlib.PosixPath": str,
}
"""Calls that make a text of one; a path stands for itself."""

METHODS = frozenset("lower upper strip lstrip rstrip replace encode decode expanduser".split())
"""Methods of texts that make a text."""


def tried(make: Callable[[], Text]) -> Text | None:
    """What is made, unless it cannot be made of that."""
    try:
        return make()
    except (ValueError, TypeError, AttributeError, OverflowError, LookupError):
        return None
