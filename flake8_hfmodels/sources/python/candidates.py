"""Whether code could load, start a program or turn a switch on: its words tell, before parsing.

The code is given without its comments and texts. A yes is cheap to be wrong about, a no is not:
what is called must be known by its name and by where it comes from, and both stand in the code.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from flake8_hfmodels.loaders import ANYWHERE, by_package, method_names, rows_named, worded
from flake8_hfmodels.loaders.row import Loader
from flake8_hfmodels.loaders.switches import IN_EVERY_NAME
from flake8_hfmodels.prefilter import may_start, words_in
from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex

_IMPORTS = regex(rb"import\b(?:[ \t]*\([^)]*\)?|[^\n]*)")


@dataclass(frozen=True, slots=True)
class _Need:
    """What has to stand in a file for a name to be a loader's; nothing, where that says enough.

    One of `words` in its code, or one that begins like `beginnings`; and one of `flags` anywhere.
    """

    words: frozenset[bytes] = frozenset()
    beginnings: tuple[bytes, ...] = ()
    flags: tuple[bytes, ...] = ()

    def is_met(self, words: frozenset[bytes], data: bytes) -> bool:
        """Whether a file with these words in its code has it."""
        if self.flags and not any(flag in data for flag in self.flags):
            return False
        return (
            not (self.words or self.beginnings)
            or not words.isdisjoint(self.words)
            or (bool(self.beginnings) and any(word.startswith(self.beginnings) for word in words))
        )


def may_run(code: bytes, data: bytes) -> bool:
    """Whether code could do what calls are read for; `data` is the whole file it stands in."""
    words = words_in(code)
    far = _far(words, data)
    return (
        far is None
        or (bool(far) and not far.isdisjoint(_imported(code)))
        or may_start(words, data)
        or IN_EVERY_NAME.encode() in data
    )


def _far(words: frozenset[bytes], data: bytes) -> frozenset[bytes] | None:
    """Loaders' names whose packages are not in sight: another module may import them for this one.

    `None` where one is in sight.
    """
    named = words & _names()
    for name in sorted(named, key=_known_anywhere, reverse=True):
        if any(need.is_met(words, data) for need in _needs(name.decode())):
            return None
    return named | {b"*"} if named else named


def _imported(code: bytes) -> frozenset[bytes]:
    """The words of the imports in code; a star stands for names that are not written."""
    imports = b" ".join(_IMPORTS.findall(code.replace(b"\\\n", b" ")))
    words = words_in(imports)
    return words | {b"*"} if b"*" in imports else words


@cache
def _names() -> frozenset[bytes]:
    """The names that end a row's name."""
    return frozenset(name.encode() for name in method_names())


def _known_anywhere(name: bytes) -> bool:
    """Whether a name is likely to need nothing beside it, and its rows need not be looked up."""
    return name.decode() in by_package()[""]


@cache
def _needs(method: str) -> tuple[_Need, ...]:
    """What a name that ends a row's name needs beside it."""
    return tuple(dict.fromkeys(_needs_of(method)))


def _needs_of(method: str) -> Iterator[_Need]:
    """What each row needs: its class, where that is spelled out and nobody else's; its package."""
    if method in ANYWHERE:
        flags = _flags(ANYWHERE[method])
        yield _Need(flags=flags)
        if not flags:
            return  # it is met by whatever there is, and the rows need not be imported
    for row in rows_named(method):
        owner = "".join(row.name.split(".")[-2:-1])
        beginning, star, _ = owner.partition("*")
        if row.bare:
            yield _Need(flags=_flags(row))
        elif not beginning or "(" in owner or worded(row.name.replace("*", "X")) is not row:
            yield _Need(frozenset({row.package.encode()}), flags=_flags(row))
        elif star:
            yield _Need(beginnings=(beginning.encode(),), flags=_flags(row))
        else:
            yield _Need(frozenset({owner.encode()}), flags=_flags(row))


def _flags(row: Loader) -> tuple[bytes, ...]:
    """What a row that is about a flag alone needs: that flag."""
    if row.repo_id or row.runs_code or row.trust_by_default or row.trust_remote_code is None:
        return ()
    return tuple(name.encode() for name in row.trust_remote_code.names)
