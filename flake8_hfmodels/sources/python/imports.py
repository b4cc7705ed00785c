"""The imports that give names their meaning in a module, found in its code without parsing it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence, Set

from flake8_hfmodels.prefilter import words_in
from flake8_hfmodels.regex import regex
from flake8_hfmodels.sources.python.pieces import Unclear, depth_of

_IMPORT = regex(
    rb"\n([ \t]*)((?:from\b[ \t]*[\w.]+[ \t]*\bimport|import)\b[ \t]*(?:\([^)]*\)?|[^\n;]*))"
)
_ANY_IMPORT = regex(rb"import(?<!\wimport)\b")
_OPENING = regex(
    rb"\n([ \t]*)(import|from|def|class|async|if|elif|else|try|except|finally|with|for|while"
    rb"|match|case)\b"
)
_KEYWORDS = frozenset({b"from", b"import", b"as"})


def imports_of(code: bytes, texts: Sequence[str]) -> ast.Module:
    """The imports that give names in these texts their meaning in a module.

    Of a name only the first binding counts, in the module and not in a function or a class.
    """
    wanted = words_in(" ".join(texts).encode("utf-8", "surrogatepass"))
    if not wanted:
        return ast.Module([], [])
    statements = _at_top(b"\n" + code.replace(b"\\\n", b"  "), wanted - _KEYWORDS)
    try:
        return ast.parse(b"\n".join(statements).decode())
    except SyntaxError as error:
        raise Unclear from error


def _at_top(code: bytes, wanted: Set[bytes]) -> Iterator[bytes]:
    """The imports of these names that are the first in the module to bind them."""
    imports = list(_IMPORT.finditer(code))
    if len(imports) != len(_ANY_IMPORT.findall(code)):
        raise Unclear
    between: list[bytes] = []
    bound: set[bytes] = set()
    local: Set[int] | None = None
    elsewhere = b"global" in code
    behind = 0
    for one in imports:
        between.append(code[behind : one.start()])
        behind = one.end()
        names = wanted & words_in(one.group(2))
        if names and one.group(1):
            local = _local_lines(code) if local is None else local
            if one.start() in local:
                names = frozenset()
                if elsewhere:
                    raise Unclear
        if names:
            bound |= words_in(b" ".join(between))
            between.clear()
            if not bound.isdisjoint(names):
                raise Unclear
            yield one.group(2)


def _local_lines(code: bytes) -> Set[int]:
    """Where the lines of imports begin that stand in a function or a class."""
    found: set[int] = set()
    around: list[tuple[int, bool]] = []
    depth = behind = 0
    for line in _OPENING.finditer(code):
        depth += depth_of(code[behind : line.start()].decode())
        behind = line.start()
        if depth:
            continue
        indent, word = len(line.group(1).expandtabs()), line.group(2)
        while around and around[-1][0] >= indent:
            around.pop()
        is_local = bool(around) and around[-1][1]
        if word not in _KEYWORDS:
            around.append((indent, is_local or word in (b"def", b"class", b"async")))
        elif is_local:
            found.add(line.start())
    return found
