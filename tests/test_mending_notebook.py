"""Fixes in notebooks: only the lines of code that are meant are changed."""

from __future__ import annotations

import json

import pytest

from flake8_hfmodels.finding import Edit, Fix
from flake8_hfmodels.mending import notebook as mender
from flake8_hfmodels.mending.notebook_text import Code
from flake8_hfmodels.mending.text_ground import Change, Ground
from flake8_hfmodels.reference import Span
from flake8_hfmodels.sources.notebook.pieces import pieces_in
from flake8_hfmodels.sources.placed import split_lines, whole_file
from flake8_hfmodels.sources.source import TextSource
from tests.test_mending_text import fixed, refusals

HEAD = ["from transformers import AutoModel\n"]


def notebook(*cells: str | list[str], indent: int | None = 1, ascii_only: bool = False) -> str:
    """A notebook of code cells, each of which has answered something."""
    made: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "execution_count": 1,
            "id": f"cell-{number}",
            "metadata": {},
            "outputs": [{"name": "stdout", "output_type": "stream", "text": ["a/b é\n"]}],
            "source": source,
        }
        for number, source in enumerate(cells)
    ]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    whole = {"cells": made, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=indent, ensure_ascii=ascii_only) + "\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            ['m = AutoModel.from_pretrained("a/b")\n', "m"],
            ['m = AutoModel.from_pretrained("a/b", revision="@")  # main\n', "m"],
            id="double-quotes",
        ),
        pytest.param(
            ["m = AutoModel.from_pretrained('a/b')"],
            ["m = AutoModel.from_pretrained('a/b', revision='@')  # main"],
            id="last-line",
        ),
        pytest.param(
            ['m = AutoModel.from_pretrained("a/b", revision="v1")\n', "'é'"],
            ['m = AutoModel.from_pretrained("a/b", revision="@")  # v1\n', "'é'"],
            id="value",
        ),
        pytest.param(
            ["!hf download a/b\n", '!vllm serve "a/b" --port 1'],
            ["!hf download a/b --revision @\n", '!vllm serve "a/b" --revision @ --port 1'],
            id="commands",
        ),
        pytest.param(
            ["%%bash\n", "hf download a/b x.bin\n"],
            ["%%bash\n", "hf download --revision @ a/b x.bin\n"],
            id="magic",
        ),
    ],
)
@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("indent", [None, 1, 4])
def test_cells(before: list[str], after: list[str], indent: int | None, ascii_only: bool) -> None:
    told = fixed(
        "notebook", notebook(HEAD, before, indent=indent, ascii_only=ascii_only), "x.ipynb"
    )
    assert told == notebook(HEAD, after, indent=indent, ascii_only=ascii_only)


def test_a_source_that_is_one_text() -> None:
    code = 'from transformers import AutoModel\nAutoModel.from_pretrained(\n    "a/b",\n)\n'
    told = json.loads(fixed("notebook", notebook(code), "x.ipynb"))
    source = told["cells"][0].pop("source")
    assert source.splitlines()[-2:] == ['    revision="@",  # main', ")"]


def test_a_new_line_is_an_item_of_its_own() -> None:
    code = ["AutoModel.from_pretrained(\n", '    "a/b",\n', ")\n"]
    told = json.loads(fixed("notebook", notebook(HEAD, code), "x.ipynb"))
    expected = [
        "AutoModel.from_pretrained(\n",
        '    "a/b",\n',
        '    revision="@",  # main\n',
        ")\n",
    ]
    assert told["cells"][1].pop("source") == expected


def test_python_that_cannot_be_pinned_says_why() -> None:
    code = ["AutoModel.from_pretrained(choose())\n"]
    assert refusals("notebook", notebook(HEAD, code), "x.ipynb") == [
        "the name is decided at run time"
    ]


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([Edit(Span(3, 1, 4, 2), "x")], id="two-texts"),
        pytest.param([Edit(Span(3, 1, 3, 5), "x"), Edit(Span(3, 2, 3, 7), "y")], id="overlap"),
        pytest.param([Edit(Span(3, 1, 3, 1), "%%bash\n")], id="no-python-any-more"),
    ],
)
def test_what_does_not_come_out_is_left_alone(
    edits: list[Edit], monkeypatch: pytest.MonkeyPatch
) -> None:
    code = ['AutoModel.from_pretrained("a/b")\n', "x = 1\n"]
    monkeypatch.setattr(mender, "mend_text", lambda *_: {0: Fix("x", tuple(edits))})
    assert refusals("notebook", notebook(HEAD, code), "x.ipynb") == [mender.APART]


def code_of(text: str) -> Code:
    source = TextSource("x.ipynb", "notebook", whole_file(text), split_lines(text))
    (piece,) = [one.text for one in pieces_in(source) if one.kind == "python"]
    return Code(piece, Ground("x.ipynb", "notebook", text))


RAW = '{"cells": [{"cell_type": "code", "source": ["x = \\"\\u00e9\\"\\n", "y = !ls"]}]}'


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        pytest.param(Span(1, 1, 1, 2), RAW.index("x ="), id="letter"),
        pytest.param(Span(1, 6, 1, 7), RAW.index("\\u00e9"), id="escape"),
        pytest.param(Span(1, 8, 1, 8), RAW.index("\\n"), id="before-a-line-end"),
        pytest.param(Span(2, 1, 2, 1), RAW.index("y ="), id="behind-a-line-end"),
        pytest.param(Span(1, 1, 1, 1), RAW.index("x ="), id="begin"),
        pytest.param(Span(2, 8, 2, 9), None, id="not-in-the-file"),
        pytest.param(Span(2, 8, 2, 8), None, id="within-what-is-not-in-the-file"),
        pytest.param(Span(1, 1, 2, 2), None, id="two-texts"),
    ],
)
def test_places_of_code(span: Span, expected: int | None) -> None:
    change = code_of(RAW).change(Edit(span, "z"))
    assert (change.start if isinstance(change, Change) else None) == expected


@pytest.mark.parametrize(
    ("span", "follows"),
    [
        pytest.param(None, "main", id="no-place"),
        pytest.param(Span(1, 8, 1, 8), 'a"b', id="quotes"),
        pytest.param(Span(2, 8, 2, 8), "main", id="not-in-the-file"),
    ],
)
def test_no_comment(span: Span | None, follows: str) -> None:
    assert code_of(RAW).comment(span, follows) is None


def test_each_piece_of_python_is_read_by_itself() -> None:
    alone = ["%%writefile x.py\n", *HEAD, "AutoModel.from_pretrained('a/b')\n"]
    code = ["AutoModel.from_pretrained('c/d')\n"]
    told = json.loads(fixed("notebook", notebook(HEAD, alone, code), "x.ipynb"))
    lines = [cell.pop("source")[-1] for cell in told["cells"]]
    assert lines[1:] == [
        "AutoModel.from_pretrained('a/b', revision='@')  # main\n",
        "AutoModel.from_pretrained('c/d', revision='%')  # main\n",
    ]
