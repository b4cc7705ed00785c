"""The escapes in texts of JSON and JSON5, and the places of what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flake8_hfmodels.record import replace
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.placed import Placed, Stretch

ESCAPE = regex(
    r"\\(?:u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|u(?P<code>[0-9a-fA-F]{4})|x(?P<byte>[0-9a-fA-F]{2})"
    r"|(?P<short>\r\n|.))",
    re.DOTALL,
)
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "\0"}
_SHORT |= dict.fromkeys(("\n", "\r", "\r\n", "\u2028", "\u2029"), "")


def without_escapes(raw: Placed) -> Placed:
    """A text without its escapes; a run of them stands where its first one does."""
    pieces: list[str] = []
    stretches: list[Stretch] = []
    length = position = 0
    for escape in ESCAPE.finditer(raw.text):
        start = escape.start()
        if start > position or not pieces:
            stretches.extend(_stretches(raw, position, start, length))
            pieces.append(raw.text[position:start])
            length += start - position
            stretches.append(Stretch(length, *raw.at(start), fixed=True))
        pieces.append(_meant(escape))
        length += len(pieces[-1])
        position = escape.end()
    stretches.extend(_stretches(raw, position, len(raw.text), length))
    return Placed("".join((*pieces, raw.text[position:])), tuple(stretches))


def _stretches(raw: Placed, start: int, end: int, shift: int) -> Iterable[Stretch]:
    """The places of what stands between two escapes, which comes to stand at `shift`."""
    if start == end:
        return ()
    if len(raw.stretches) == 1:
        return (Stretch(shift, *raw.at(start), raw.stretches[0].fixed),)
    part = raw.part(start, end)
    return (replace(one, start=one.start + shift) for one in part.stretches)


def _meant(escape: re.Match[str]) -> str:
    """What an escape stands for; half a surrogate pair is no character."""
    if escape["high"]:
        high, low = int(escape["high"], 16), int(escape["low"], 16)
        return chr(0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF))
    if digits := escape["code"] or escape["byte"]:
        number = int(digits, 16)
        return "\ufffd" if 0xD800 <= number < 0xE000 else chr(number)
    return _SHORT.get(escape["short"], escape["short"])
