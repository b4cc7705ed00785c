"""The map as a picture, and the same as a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flake8_hfmodels.page.chart import NOBODY, Chart, Node, chart_of
from flake8_hfmodels.page.content import Content, Held
from flake8_hfmodels.page.grid import Cell, Column, grid
from flake8_hfmodels.page.markup import Html, code, name, rows, tag, together
from flake8_hfmodels.page.words import listed
from flake8_hfmodels.report.cells import cells
from flake8_hfmodels.report.footer import count

WIDTH = 1080
ROW = 34
"""Units from one node to the next one, where they stand closest."""

BOX = 28
COLUMNS = ((0, 330), (410, 310), (800, 280))
"""Where each column begins, and how wide it is."""

HEADS = ("Files", "Repos", "Owners")
HEAD = 30
_LETTER = 7.4
"""The width of a cell of text, in the font of the style sheet."""

_BEFORE, _MARK = 12, 26
"""Room in a box before its words, and for the mark behind them."""

_TABLE = (Column("Owner"), Column("Repo"), Column("Type"), Column("Files"))


def mapping(content: Content) -> Html:
    """The map."""
    chart = chart_of(content)
    if not chart.edges:
        return tag(
            "section",
            tag("h2", "From code to owners", id="map"),
            tag("p", "No file names a repo."),
            aria_labelledby="map",
        )
    words = "The map from files to repos to their owners. The table below it says the same."
    return tag(
        "section",
        tag("h2", "From code to owners", id="map"),
        tag(
            "p",
            "Whoever owns a repo decides what is loaded, unless it is pinned. "
            "The mark in a box is the worst finding about it: H high, M medium, L low. ",
            tag(
                "span", "Arrow keys go from box to box; Enter leads to more.", class_="with-script"
            ),
            id="map-help",
        ),
        tag(
            "div",
            _picture(chart),
            class_="chart",
            role="group",
            aria_label=words,
            aria_describedby="map-help",
        ),
        tag(
            "details",
            tag("summary", "The map as a table"),
            grid(
                "Owners, their repos, and the files that name them",
                _TABLE,
                _lines(content),
                "rows of the map",
            ),
            id="owners",
        ),
        aria_labelledby="map",
    )


def _lines(content: Content) -> Iterator[tuple[Cell, ...]]:
    for owner, repos in content.owners.items():
        for one in repos:
            yield (
                Cell(code(owner) if owner else NOBODY, owner),
                Cell(code(one.repo_id)),
                Cell(one.repo_type),
                Cell(_files(one)),
            )


def _files(held: Held) -> Html:
    if held.beside:
        return together(("comes with ", listed(held.beside)))
    return listed(held.files)


def _picture(chart: Chart) -> Html:
    most = max(map(len, chart.columns))
    height = HEAD + most * ROW
    middles = {
        node.key: HEAD + (number + 0.5) * most * ROW / len(column)
        for column in chart.columns
        for number, node in enumerate(column)
    }
    columns = {node.key: at for at, some in enumerate(chart.columns) for node in some}
    edges = (_edge(left, right, columns, middles) for left, right in chart.edges)
    heads = (
        tag("text", head, x=left + _BEFORE, y=16, class_="head")
        for head, (left, _width) in zip(HEADS, COLUMNS, strict=True)
    )
    return tag(
        "svg",
        *heads,
        tag("g", rows(edges), class_="edges", aria_hidden="true"),
        *(
            tag("g", rows(_node(one, at, middles[one.key], chart) for one in some))
            for at, some in enumerate(chart.columns)
        ),
        viewBox=f"0 0 {WIDTH} {height}",
        width=WIDTH,
        height=height,
    )


def _edge(left: str, right: str, columns: Mapping[str, int], middles: Mapping[str, float]) -> Html:
    begin, width = COLUMNS[columns[left]]
    start, end = begin + width, COLUMNS[columns[right]][0]
    bend = (start + end) // 2
    at, to = round(middles[left]), round(middles[right])
    curve = f"M{start} {at}C{bend} {at} {bend} {to} {end} {to}"
    return tag("path", d=curve, data_from=left, data_to=right)


def _node(node: Node, column: int, middle: float, chart: Chart) -> Html:
    left, width = COLUMNS[column]
    top = round(middle) - BOX // 2
    mark = _mark(node, left + width - _MARK, top) if node.worst is not None else None
    room = int((width - _BEFORE - _MARK - 6) / _LETTER)
    worst = f"; worst finding: {node.worst.value}" if node.worst is not None else ""
    said = f"{name(node.words)} ({node.about}){worst}; {_leads(node, column, chart)}"
    return tag(
        "a",
        tag("title", f"{name(node.words)} ({node.about})"),
        tag("rect", x=left + 1, y=top, width=width - 2, height=BOX, rx=6),
        tag("text", _shortened(_label(node), room), x=left + _BEFORE, y=top + 18),
        mark,
        href=node.href,
        aria_label=said,
        data_node=node.key,
        data_column=column,
    )


def _label(node: Node) -> str:
    words = name(node.words)
    return words if node.about in _PLAIN else f"{words} ({node.about})"


_PLAIN = ("file", "model")
"""What goes without saying."""


def _leads(node: Node, column: int, chart: Chart) -> str:
    """How many nodes it is joined with, in words."""
    left = sum(right == node.key for _left, right in chart.edges)
    right = sum(left == node.key for left, _right in chart.edges)
    words = (
        (f"loads {count(right, 'repo')}",),
        (f"named by {left} on the left", f"owned by {right} on the right"),
        (f"owns {left} on the left",),
    )[column]
    return ", ".join(words)


def _mark(node: Node, left: int, top: int) -> Html:
    assert node.worst is not None
    return tag(
        "g",
        tag("rect", x=left, y=top + 5, width=18, height=18, rx=4),
        tag("text", node.worst.value[0].upper(), x=left + 9, y=top + 18),
        class_=f"mark {node.worst.value}",
    )


def _shortened(text: str, room: int) -> str:
    """A text with a gap in its middle, where there is no room for all of it."""
    if cells(text) <= room:
        return text
    half = (room - 1) // 2
    return f"{_fitting(text, half)}\u2026{_fitting(text[::-1], room - 1 - half)[::-1]}"


def _fitting(text: str, room: int) -> str:
    """As much of a text as there is room for, of one that is longer."""
    end = len(text)
    while cells(text[:end]) > room:
        end -= 1
    return text[:end]
