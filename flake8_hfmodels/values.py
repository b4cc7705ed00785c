"""Values that somebody wrote, on a command line or in TOML, to those of `Settings`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flake8_hfmodels.loaders.kinds import KINDS
from flake8_hfmodels.options import Option, Sort
from flake8_hfmodels.path_pattern import anchored
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.regex import regex

LONGEST = 86_400.0
"""No wait is longer than a day, in seconds; far more is more than a clock can count."""

POLICIES = ("hash", "ref", "any")
"""A full commit hash; any revision, as long as there is one; nothing at all."""

SEVERITIES = ("low", "medium", "high")

SHOWN = 80
"""Characters of what somebody wrote that a line about it repeats."""

NAME = r"(?:[A-Za-z0-9_.\-*?]|\[!?[A-Za-z0-9_.\-]+\])+"
"""One half of a pattern of ids: a bracket that is not closed would match no id at all."""

ADDRESS = (
    r'https?://(?:[!"$-.0->A-\[\]-~]+@)?'
    r'(?:[A-Za-z0-9_.\-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?:/[!"$->@-\[\]-~]*)?'
)
"""An address on the web whose host all who read it agree on; without a query."""

_PATTERN = regex(f"{NAME}(?:/{NAME})?")
_ADDRESS = regex(ADDRESS)
_GAP = regex(r"[,\s]+")

Read = Callable[[Option, Any, str], object]


def read_value(option: Option, raw: object, base: str = "") -> Any:
    """What an option is set to, by what somebody wrote for it.

    Lists are texts with commas between on a command line, and lists in TOML; pairs are texts
    `KEY:VALUE`, or tables. `base` is the folder that relative paths begin in; empty, the current
    one. Raises `ValueError` with a line that names the option.
    """
    return _READ[option.sort](option, raw, base)


def quoted(raw: object) -> str:
    """What somebody wrote, in a line about it: as Python writes it, and not without end."""
    try:
        text = repr(raw)
    except ValueError:  # Python writes no number of more than 4300 digits
        return "a number without end"
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def nearest(name: str, known: Sequence[str]) -> str:
    """What somebody may have meant by a name that is none of those that there are."""
    from difflib import get_close_matches

    near = get_close_matches(name[:SHOWN].replace("_", "-").lower(), known, 1)
    return f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"


def _flag(option: Option, raw: object, _base: str) -> bool:
    if not isinstance(raw, bool):
        raise ValueError(f"{option.name}: {quoted(raw)} is neither true nor false")
    return raw


def _persona(option: Option, raw: object, _base: str) -> Persona:
    if raw not in option.choices:
        raise ValueError(f"persona: {quoted(raw)} is nobody; there are {', '.join(option.choices)}")
    return Persona(raw)


def _seconds(option: Option, raw: object, _base: str) -> float:
    seconds = _float(raw)
    if seconds is None or not 0 < seconds <= LONGEST:
        shown, most = _shown(raw, seconds), f"{LONGEST:g}"
        raise ValueError(f"{option.name}: {shown} is no number of seconds above 0, up to {most}")
    return seconds


def _number(option: Option, raw: object, _base: str) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= option.most:
        raise ValueError(f"{option.name}: {quoted(raw)} is no number from 1 to {option.most}")
    return raw


def _bytes(option: Option, raw: object, _base: str) -> int:
    megabytes = _float(raw)
    if megabytes is None or not 0 < megabytes <= option.most:
        shown = _shown(raw, megabytes)
        raise ValueError(f"{option.name}: {shown} is no number of MB from 0 to {option.most}")
    return max(1, round(megabytes * 1_000_000))


def _float(raw: object) -> float | None:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return None
    try:
        return float(raw)
    except OverflowError:
        return float("inf")


def _shown(raw: object, number: float | None) -> str:
    return quoted(raw) if number is None else f"{number:g}"


def _folder(option: Option, raw: object, base: str) -> str:
    if not isinstance(raw, str) or "://" in raw or "\0" in raw:
        raise ValueError(f"{option.name}: {quoted(raw)} is no folder; a URL is for cache-url")
    return _path(raw, base)


def _file(option: Option, raw: object, base: str) -> str:
    if not isinstance(raw, str) or not raw or "\0" in raw:
        raise ValueError(f"{option.name}: {quoted(raw)} is no name of a file")
    return _path(raw, base)


def _path(text: str, base: str) -> str:
    path = os.path.expanduser(text)
    return os.path.normpath(os.path.join(base, path)) if base and text else path


def _url(option: Option, raw: object, _base: str) -> str:
    if not isinstance(raw, str) or (raw and "://" not in raw):
        raise ValueError(f"{option.name}: {quoted(raw)} is no URL such as redis://host:6379")
    return raw


def _web(option: Option, raw: object, _base: str) -> str:
    if not isinstance(raw, str) or not _ADDRESS.fullmatch(raw):
        raise ValueError(f"{option.name}: {quoted(raw)} is no URL such as https://hub.example.org")
    return raw.rstrip("/")


def _ids(option: Option, raw: object, _base: str) -> tuple[str, ...]:
    """Patterns of ids in lower case. One that no id matches would let out what it is to keep."""
    return tuple(_id_pattern(option, one) for one in _items(option, raw) if one)


def _id_pattern(option: Option, text: str) -> str:
    pattern = text.rstrip("/")
    if not _PATTERN.fullmatch(pattern):
        raise ValueError(
            f"{option.name}: {quoted(pattern)} matches no repo; name an owner, or owner/name"
        )
    return pattern.casefold()


def _paths(option: Option, raw: object, base: str) -> tuple[str, ...]:
    if isinstance(raw, str):
        raw = [one.strip() for one in raw.split(",") if one.strip()]
    return tuple(anchored(one, base) for one in _listed(option, raw))


def _kinds(option: Option, raw: object, base: str) -> tuple[str, ...]:
    names = _paths(option, raw, "")
    known = [kind.name for kind in KINDS]
    stranger = next((name for name in names if name not in known), None)
    if stranger is not None:
        raise ValueError(f"{option.name}: {quoted(stranger)} is none; there are {', '.join(known)}")
    return tuple(kind for kind in known if kind in names)


def _codes(option: Option, raw: object, _base: str) -> tuple[str, ...]:
    """Prefixes of codes from `HFM001,HFM003`; each must be the beginning of a rule's code."""
    if isinstance(raw, str):
        given = [one.strip() for one in raw.split(",") if one.strip()]
    else:
        given = list(_listed(option, raw))
    from flake8_hfmodels.rules import codes

    prefixes = tuple(one.upper() for one in given)
    wrong = next((one for one in prefixes if not any(c.startswith(one) for c in codes())), None)
    if wrong is not None or (isinstance(raw, str) and not prefixes):
        shown = quoted(raw) if wrong is None else wrong[:SHOWN]
        raise ValueError(f"{option.name}: {shown} is no rule; there are {', '.join(codes())}")
    return prefixes


def _codes_by_path(
    option: Option, raw: object, base: str
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    pairs = _pairs(option, raw, "PATTERN:CODES")
    if isinstance(raw, Mapping):
        _listed(option, list(raw))
        pairs = [(pattern, list(_listed(option, codes))) for pattern, codes in pairs]
    return tuple((anchored(one, base), _codes(option, codes, "")) for one, codes in pairs)


def _codes_by_code(option: Option, raw: object, _base: str) -> tuple[tuple[str, str], ...]:
    found = []
    for code, value in _pairs(option, raw, "CODE:SEVERITY"):
        [prefix] = _codes(option, [code], "")
        found.append((prefix, _choice(option, value, SEVERITIES)))
    return tuple(found)


def _policies(option: Option, raw: object, _base: str) -> tuple[tuple[str, str], ...]:
    pairs = _pairs(option, raw, "PATTERN:POLICY")
    return tuple(
        (_id_pattern(option, pattern), _choice(option, value, POLICIES)) for pattern, value in pairs
    )


def _choice(option: Option, raw: object, choices: Sequence[str]) -> str:
    if raw not in choices:
        raise ValueError(f"{option.name}: {quoted(raw)} is none of {', '.join(choices)}")
    return str(raw)


def _pairs(option: Option, raw: object, form: str) -> list[tuple[str, Any]]:
    """Pairs from `KEY:VALUE KEY:VALUE`, or from a table."""
    if isinstance(raw, Mapping):
        return list(raw.items())
    if not isinstance(raw, str):
        raise ValueError(f"{option.name}: {quoted(raw)} is no table")
    pairs = [one.rpartition(":") for one in re.split(r"\s+", raw) if one]
    for key, _colon, value in pairs:
        if not key:
            raise ValueError(f"{option.name}: {quoted(value)} is not of the form {form}")
    return [(key, value) for key, _colon, value in pairs]


def _items(option: Option, raw: object) -> Sequence[str]:
    return _GAP.split(raw) if isinstance(raw, str) else _listed(option, raw)


def _listed(option: Option, raw: object) -> Sequence[str]:
    if not isinstance(raw, list) or not all(isinstance(one, str) and one for one in raw):
        raise ValueError(f"{option.name}: {quoted(raw)} is no list of texts")
    return raw


_READ: dict[Sort, Read] = {
    "codes": _codes,
    "codes by code": _codes_by_code,
    "codes by path": _codes_by_path,
    "file": _file,
    "flag": _flag,
    "folder": _folder,
    "ids": _ids,
    "kinds": _kinds,
    "megabytes": _bytes,
    "number": _number,
    "paths": _paths,
    "persona": _persona,
    "policies": _policies,
    "seconds": _seconds,
    "url": _url,
    "web": _web,
}
