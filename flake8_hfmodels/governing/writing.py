"""A policy in the form of pyproject.toml: each key with its value as Python has it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flake8_hfmodels.governing.policy import Pattern, Policy

Key = tuple[str, Any]


def keys_of(policy: Policy) -> Iterator[Key]:
    """The keys of the table that says it, but for its exceptions."""
    if policy.allow is not None:
        yield "allow", [_pattern(one) for one in policy.allow]
    if policy.deny:
        yield "deny", [_pattern(one) for one in policy.deny]
    yield from (_key(*one) for one in policy.demands.made())


def exceptions_of(policy: Policy) -> Iterator[list[Key]]:
    """The keys of each `for`."""
    for one in policy.otherwise:
        exempt = [("exempt", True)] if one.exempt else []
        match = [str(each) for each in one.match]
        yield [("match", match), *exempt, *(_key(*each) for each in one.changes)]


def _key(field: str, value: Any) -> Key:
    name = field.replace("_", "-")
    if field == "min_age":
        return name, f"{value}d"
    if field == "remote_code_from":
        return name, [_pattern(one) for one in value]
    return name, [*value] if isinstance(value, tuple) else value


def _pattern(pattern: Pattern) -> str | dict[str, str]:
    if not pattern.reason:
        return str(pattern)
    return {"match": str(pattern), "reason": pattern.reason}
