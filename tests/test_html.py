from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flake8_hfmodels.sources.manual.html import LONGEST_TAG
from flake8_hfmodels.sources.placed import whole_file
from tests.test_markdown import LOAD, Said, found, regular, said

JS = "import {pipeline} from '@xenova/transformers'; pipeline('x', 'o/m')"
CODE = LOAD.replace('"', "&quot;")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"<script>{JS}</script>", [(1, "o/m")], id="script"),
        pytest.param(f"<SCRIPT type=module>\n{JS}</SCRIPT>", [(2, "o/m")], id="module"),
        pytest.param(f"<script>{JS}", [(1, "o/m")], id="never-closed"),
        pytest.param(
            f'<pre><code class="language-python">{CODE}</code></pre>', [(1, "o/m")], id="language"
        ),
        pytest.param(
            f'<div class="highlight-python">\n<div><pre>\n<span>{CODE}</span></pre></div>',
            [(3, "o/m")],
            id="language-around",
        ),
        pytest.param(f'<pre class="brush: python">{CODE}', [(1, "o/m")], id="language-of-pre"),
        pytest.param(
            f'<pre class="lang-py">x = &quot;&quot;; {CODE}</pre>', [(1, "o/m")], id="entities"
        ),
        pytest.param(
            f'<a title="a > b" x=\'>\'><pre class="lang-py">{CODE}</pre>', [(1, "o/m")], id="quotes"
        ),
    ],
)
def test_scripts_and_code(text: str, expected: list[tuple[int, str]]) -> None:
    assert regular(text, "html") == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(f'<script type="importmap">{JS}</script>', id="no-javascript"),
        pytest.param(f"<!-- <script>{JS}</script> -->", id="comment"),
        pytest.param(f"<!-- <script>{JS}</script>", id="open-comment"),
        pytest.param(f"<style>{JS}</style>", id="style"),
        pytest.param(f"<pre>{CODE}</pre>", id="no-language"),
        pytest.param(f'<p class="language-python">x</p><pre>{CODE}</pre>', id="code-before"),
        pytest.param("<a x='y'", id="tag-at-the-end"),
        pytest.param("<a " + "x" * LONGEST_TAG + f"<script>{JS}</script>"[:8], id="no-end"),
        pytest.param("<pre class='lang-py'>x <", id="cut-off"),
    ],
)
def test_nothing_that_everybody_wants_to_hear_of(text: str) -> None:
    assert regular(text, "html") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a href="https://huggingface.co/o/m">x</a>', [(1, "o/m", "auditor")]),
        ('<img src="https://hf.co/o/m/resolve/main/a.png">', [(1, "o/m", "pedantic")]),
        ("<p>the model Qwen/Qwen2-7B</p>", [(1, "Qwen/Qwen2-7B", "auditor")]),
    ],
)
def test_prose(text: str, expected: list[Said]) -> None:
    assert said(text, True, "html") == expected


def test_code_is_at_its_place_in_the_file() -> None:
    (one,) = found(f'<pre class="lang-py">a = "&lt;"; {CODE}</pre>', kind="html")

    assert (one.span.column, one.span.end_column) == (34, 34 + len(CODE))


PIECES = st.sampled_from(
    [
        *(f"<script>{JS}</script>", f'<pre class="lang-py">{CODE}</pre>', "<!--", "-->", "<pre>"),
        *("<", ">", '"', "'", "&lt;", "&#0;", "&#xffffff;", "<script", "</pre>", "\n", "\r\n", "é"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=12), st.booleans())
def test_any_text_is_read(parts: list[str], everything: bool) -> None:
    text = "".join(parts)
    lines = [len(line.text) for line in whole_file(text).lines()]

    for one in found(text, everything, "html"):
        assert 1 <= one.span.line <= one.span.end_line <= len(lines)
        assert one.span.end_column <= lines[one.span.end_line - 1] + 1
