"""Tables: a caption, heads for columns and rows; a script can sort and filter them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flake8_hfmodels.page.markup import Html, Inner, rows, tag
from flake8_hfmodels.record import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column, and how the style sheet has it: `number`, `date`, or as any text."""

    title: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and what it is sorted by, where that is something else."""

    content: Inner
    order: str | int | None = None


def grid(
    caption: str,
    columns: Sequence[Column],
    lines: Iterable[Iterable[Cell]],
    finds: str = "",
    prefix: str = "",
) -> Html:
    """A table whose first cells are the heads of their rows.

    `finds` is what its rows are called where the filter looks at them (empty: it does not);
    `prefix` and a number are the rows' ids.
    """
    heads = (tag("th", one.title, scope="col", class_=one.style or None) for one in columns)
    body = (
        _row(columns, [*cells], finds, f"{prefix}-{number}" if prefix else None)
        for number, cells in enumerate(lines, 1)
    )
    table = tag(
        "table",
        tag("caption", caption),
        tag("thead", tag("tr", *heads)),
        tag("tbody", rows(body)),
        data_sorts=bool(finds),
    )
    return tag("div", table, class_="wide-table", role="region", aria_label=caption, tabindex=0)


def _row(columns: Sequence[Column], cells: Sequence[Cell], finds: str, anchor: str | None) -> Html:
    made = (
        tag(
            "td" if number else "th",
            cell.content,
            scope=None if number else "row",
            class_=column.style or None,
            data_order=cell.order,
        )
        for number, (column, cell) in enumerate(zip(columns, cells, strict=True))
    )
    return tag("tr", *made, id=anchor, data_find=finds or None)
