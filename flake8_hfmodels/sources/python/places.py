"""Where a piece of a syntax tree stands, in characters."""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from flake8_hfmodels.reference import Span


def span_of(node: ast.expr | ast.keyword, lines: Sequence[str]) -> Span:
    """Turn the byte offsets of a node into a span that counts characters from 1.

    `lines` are the file's lines; a line that is not there is taken for plain ASCII.
    """
    end_line = node.end_lineno or node.lineno
    end = node.end_col_offset if node.end_col_offset is not None else node.col_offset
    return Span(
        node.lineno,
        _characters(lines, node.lineno, node.col_offset) + 1,
        end_line,
        _characters(lines, end_line, end) + 1,
    )


def _characters(lines: Sequence[str], line: int, offset: int) -> int:
    if not 0 < line <= len(lines):
        return offset
    text = lines[line - 1]
    return offset if text.isascii() else offset - bisect_left(_continued(text), offset)


@lru_cache(maxsize=8)
def _continued(text: str) -> Sequence[int]:
    """Where the second and later bytes of characters stand; a long line is encoded only once."""
    encoded = text.encode("utf-8", "surrogatepass")
    return [offset for offset, byte in enumerate(encoded) if byte & 0xC0 == 0x80]
