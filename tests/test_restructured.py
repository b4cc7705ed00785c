from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flake8_hfmodels.sources.placed import whole_file
from tests.test_markdown import LOAD, Said, found, regular, said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f".. code-block:: python\n\n   {LOAD}\n", [(3, "o/m")], id="code-block"),
        pytest.param(f".. code:: py\n   :linenos:\n\n   {LOAD}\n", [(4, "o/m")], id="options"),
        pytest.param(f".. sourcecode:: python\n\n   {LOAD}", [(3, "o/m")], id="sourcecode"),
        pytest.param(f".. note::\n\n   .. code:: py\n\n      {LOAD}\n", [(5, "o/m")], id="nested"),
        pytest.param(f".. testcode::\n\n   {LOAD}\n\nText.\n", [(3, "o/m")], id="testcode"),
        pytest.param(f".. highlight:: python\n\nSo::\n\n   {LOAD}\n", [(5, "o/m")], id="highlight"),
        pytest.param("So::\n\n   hf download o/m\n\nText", [(3, "o/m")], id="literal"),
        pytest.param(f">>> {LOAD}\nx\n\nText", [(1, "o/m")], id="doctest"),
        pytest.param(
            ".. prompt:: bash $\n\n   hf download o/m\n", [(3, "o/m")], id="prompt-directive"
        ),
        pytest.param(
            f".. code-block:: python\r\n\r\n   {LOAD}\r\n", [(3, "o/m")], id="carriage-returns"
        ),
    ],
)
def test_code_that_is_shown(text: str, expected: list[tuple[int, str]]) -> None:
    assert regular(text, "rst") == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(f".. literalinclude:: a.py\n\n   {LOAD}\n", id="another-file"),
        pytest.param(".. code-block:: python\n", id="nothing-in-it"),
        pytest.param("Text::\n\nNo block.", id="no-block"),
        pytest.param(f".. code-block:: cpp\n\n   {LOAD}\n", id="another-language"),
        pytest.param(f".. {LOAD}\n", id="comment"),
        pytest.param(f"``{LOAD}``", id="inline"),
    ],
)
def test_nothing_that_everybody_wants_to_hear_of(text: str) -> None:
    assert regular(text, "rst") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("`x <https://huggingface.co/o/m>`_", [(1, "o/m", "auditor")]),
        ("`Qwen/Qwen2-7B <https://hf.co/Qwen/Qwen2-7B>`_", [(1, "Qwen/Qwen2-7B", "auditor")]),
        ("`Qwen/Qwen2-7B <https://github.com/a/b>`__", []),
        ("the model ``Qwen/Qwen2-7B``", [(1, "Qwen/Qwen2-7B", "auditor")]),
        ("``hf download o/m``", [(1, "o/m", "pedantic")]),
        (".. the model Qwen/Qwen2-7B", [(1, "Qwen/Qwen2-7B", "auditor")]),
        (".. toctree::\n   :maxdepth: 1\n\n   train/any\n   alice/bert-base\n", []),
        (
            ".. toctree::\n\n   alice/bert-base\n\nThe model alice/t5-base.",
            [(5, "alice/t5-base", "auditor")],
        ),
    ],
)
def test_prose(text: str, expected: list[Said]) -> None:
    assert said(text, True, "rst") == expected


PIECES = st.sampled_from(
    [
        *(f".. code-block:: python\n\n   {LOAD}\n", "So::\n\n   $ hf download o/m\n", ">>> x\n"),
        *(".. highlight:: sh\n", "::\n", "`a <", ">`_", "``", "\n", "\r\n", "   ", "\t", "é"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=12), st.booleans())
def test_any_text_is_read(parts: list[str], everything: bool) -> None:
    text = "".join(parts)
    lines = [len(line.text) for line in whole_file(text).lines()]

    for one in found(text, everything, "rst"):
        assert 1 <= one.span.line <= one.span.end_line <= len(lines)
        assert one.span.end_column <= lines[one.span.end_line - 1] + 1
