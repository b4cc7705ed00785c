"""`[tool.hfmodels.policy]` read: what somebody wrote there to a `Policy`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from flake8_hfmodels.governing.policy import (
    REMOTE_CODE,
    SCANNED,
    TYPES,
    Demands,
    Otherwise,
    Pattern,
    Policy,
)
from flake8_hfmodels.regex import regex
from flake8_hfmodels.values import NAME, nearest, quoted

TABLE = "[tool.hfmodels.policy]"
FOR = "[[tool.hfmodels.policy.for]]"

AGE = "[0-9]{1,5}d"
"""What an age looks like."""

MOST_DOWNLOADS = 1_000_000_000_000

PATTERN = f"(?:(?:{'|'.join(TYPES)}):)?{NAME}(?:/{NAME})?/*"
"""What a pattern looks like: as one of `never-ask`, perhaps with a type in front."""

_PATTERN, _AGE = regex(PATTERN), regex(AGE)

At = tuple[str | int, ...]
"""The way to a value: keys, and places in lists."""


class PolicyError(ValueError):
    """Something is wrong with a policy: a line for people, and the way to the place."""

    def __init__(self, message: str, at: At) -> None:
        super().__init__(message)
        self.at = at


def policy_in(table: object, path: str) -> Policy:
    """The policy of a table that stands in a file. Raises `PolicyError`."""
    if not isinstance(table, Mapping):
        raise PolicyError(f"policy: {quoted(table)} is no table", ())
    _known(table, ("allow", "deny", "for", *DEMANDS), TABLE, ())
    own = {key: value for key, value in table.items() if key in DEMANDS}
    return Policy(
        path=path,
        allow=_patterns("allow", table["allow"], ("allow",)) if "allow" in table else None,
        deny=_patterns("deny", table.get("deny", []), ("deny",)),
        demands=Demands(**dict(_demands(own, ()))),
        otherwise=_otherwise(table.get("for", [])),
    )


def field_of(key: str) -> str:
    """The field of `Demands` that a key sets."""
    return key.replace("-", "_")


def _otherwise(given: object) -> tuple[Otherwise, ...]:
    if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
        raise PolicyError(f"policy.for: write {FOR}", ("for",))
    return tuple(_one_otherwise(one, ("for", number)) for number, one in enumerate(given))


def _one_otherwise(table: Mapping[str, object], at: At) -> Otherwise:
    _known(table, ("match", "exempt", *DEMANDS), FOR, at)
    if "match" not in table:
        raise PolicyError("policy.for: match is to say which repos are meant", at)
    match = table["match"]
    several = match if isinstance(match, list) else [match]
    if not several:
        raise PolicyError("policy.for: match is to say which repos are meant", (*at, "match"))
    own = {key: value for key, value in table.items() if key in DEMANDS}
    return Otherwise(
        tuple(_text_pattern("match", one, (*at, "match")) for one in several),
        _flag("exempt", table.get("exempt", False), (*at, "exempt")),
        _demands(own, at),
    )


def _known(table: Mapping[str, object], known: Sequence[str], where: str, at: At) -> None:
    stranger = next((key for key in table if key not in known), None)
    if stranger is not None:
        words = f"{where} has no key {quoted(stranger)}; {nearest(stranger, known)}"
        raise PolicyError(words, (*at, stranger))


def _demands(table: Mapping[str, object], at: At) -> tuple[tuple[str, Any], ...]:
    return tuple((field_of(key), DEMANDS[key](key, one, (*at, key))) for key, one in table.items())


def _flag(key: str, raw: object, at: At) -> bool:
    if not isinstance(raw, bool):
        _refuse(key, raw, "is neither true nor false", at)
    return raw


def _choice(choices: Sequence[str]) -> Callable[[str, object, At], str]:
    def read(key: str, raw: object, at: At) -> str:
        if not isinstance(raw, str) or raw not in choices:
            _refuse(key, raw, f"is none of {', '.join(choices)}", at)
        return raw

    return read


def _age(key: str, raw: object, at: At) -> int:
    if not isinstance(raw, str) or not _AGE.fullmatch(raw):
        _refuse(key, raw, 'is no age in days such as "30d"', at)
    return int(raw[:-1])


def _count(key: str, raw: object, at: At) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= MOST_DOWNLOADS:
        _refuse(key, raw, f"is no number from 0 to {MOST_DOWNLOADS}", at)
    return raw


def _text(key: str, raw: object, at: At) -> str:
    if not isinstance(raw, str):
        _refuse(key, raw, "is no text", at)
    return raw


def _names(key: str, raw: object, at: At) -> tuple[str, ...]:
    """Patterns of licences."""
    found = []
    for number, one in enumerate(_listed(key, raw, at)):
        if not isinstance(one, str) or not one:
            _refuse(key, one, "is no licence such as apache-2.0", (*at, number))
        found.append(one.casefold())
    return tuple(found)


def _patterns(key: str, raw: object, at: At) -> tuple[Pattern, ...]:
    return tuple(_pattern(key, one, (*at, n)) for n, one in enumerate(_listed(key, raw, at)))


def _pattern(key: str, raw: object, at: At) -> Pattern:
    """A pattern by itself, or a table that says why, too."""
    if not isinstance(raw, Mapping):
        return _text_pattern(key, raw, at)
    _known(raw, ("match", "reason"), f"policy.{key}", at)
    if "match" not in raw:
        raise PolicyError(f"policy.{key}: match is to say which repos are meant", at)
    reason = _text("reason", raw.get("reason", ""), (*at, "reason"))
    found = _text_pattern(key, raw["match"], (*at, "match"))
    return Pattern(found.match, found.repo_type, reason)


def _text_pattern(key: str, raw: object, at: At) -> Pattern:
    """One that no id matches would let in, or lock out, what is not meant."""
    if not isinstance(raw, str) or not _PATTERN.fullmatch(raw):
        _refuse(key, raw, "matches no repo; name an owner, or owner/name", at)
    before, colon, name = raw.rstrip("/").rpartition(":")
    repo_type: Any = before if colon else None
    return Pattern(name.casefold(), repo_type)


def _listed(key: str, raw: object, at: At) -> Sequence[object]:
    if not isinstance(raw, list):
        _refuse(key, raw, "is no list", at)
    return raw


def _refuse(key: str, raw: object, words: str, at: At) -> NoReturn:
    raise PolicyError(f"policy.{key}: {quoted(raw)} {words}", at)


DEMANDS: Mapping[str, Callable[[str, object, At], Any]] = {
    "pinned": _flag,
    "require-safetensors": _flag,
    "forbid-pickle": _flag,
    "remote-code": _choice(REMOTE_CODE),
    "remote-code-from": _patterns,
    "verified-publisher": _flag,
    "licences": _names,
    "forbid-licences": _names,
    "min-age": _age,
    "min-downloads": _count,
    "scanned": _choice(SCANNED),
    "reason": _text,
}
"""The keys that demand something, in the table and in each `for`, and how each is read."""
