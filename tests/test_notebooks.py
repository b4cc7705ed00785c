"""Notebooks: what cells load, in whatever language, at places of the file and of the cell."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flake8_hfmodels.reference import Span
from flake8_hfmodels.sources import notebook
from flake8_hfmodels.sources.manual.sifting import MOST_LINES
from flake8_hfmodels.sources.placed import whole_file
from flake8_hfmodels.sources.reading import references
from flake8_hfmodels.sources.source import TextSource
from flake8_hfmodels.sources.trouble import Trouble
from tests.reading import SHA, Plain, plain

Cells: TypeAlias = Sequence["str | dict[str, object]"]

IMPORT = "from transformers import AutoModel\n"
LOAD = "AutoModel.from_pretrained('org/m')"

EMPTY = "is empty, and so no notebook; save it in Jupyter or delete it"
NO_CELLS = (
    "is JSON without cells, and so no notebook; save it in Jupyter, or leave it out (--exclude)"
)
NO_JSON = "is no valid JSON"
MEND = "mend it there, or restore a saved version"


class Seen(NamedTuple):
    """One reference in a notebook, in short."""

    cell: tuple[int, int] | None
    kind: str
    ids: Plain
    revision: Plain = "absent"
    persona: str = "regular"


def source_of(text: str) -> TextSource:
    return TextSource("x.ipynb", "notebook", whole_file(text), tuple(text.split("\n")))


def code(text: str, **about: object) -> dict[str, object]:
    return {"cell_type": "code", "source": text.splitlines(keepends=True), **about}


def cell(kind: str, text: str) -> dict[str, object]:
    return {"cell_type": kind, "source": text.splitlines(keepends=True)}


def notebook_of(cells: Cells, **metadata: object) -> TextSource:
    nodes = [code(one) if isinstance(one, str) else one for one in cells]
    return source_of(json.dumps({"cells": nodes, "metadata": metadata, "nbformat": 4}, indent=1))


def read(source: TextSource, everything: bool = False) -> list[Seen]:
    return [
        Seen(one.cell, one.kind, plain(one.repo_id), plain(one.revision), one.persona.value)
        for one in references(source, everything)
    ]


def test_names_carry_over_cells() -> None:
    source = notebook_of(
        [
            IMPORT + "name = 'org/m'",
            cell("markdown", "# Now"),
            "x = 1\n" + LOAD.replace("'org/m'", "name"),
        ]
    )
    assert read(source) == [Seen((3, 2), "call", ("org/m",))]


def test_places_in_the_file_and_in_the_cell() -> None:
    source = notebook_of([IMPORT, 'm = AutoModel.from_pretrained(\n\t"org/é",\n)'])
    (found,) = references(source, False)
    line = next(number for number, text in enumerate(source.lines, 1) if "org" in text)
    assert found.span == Span(line - 1, 10, line + 1, 7)
    assert plain(found.repo_id) == ("org/é",)
    assert notebook.excerpt(source, found.span) == (
        "m = AutoModel.from_pretrained(",
        Span(1, 5, 3, 2),
    )


def test_place_behind_escapes() -> None:
    source = notebook_of([IMPORT + 'print("\\n"); ' + LOAD.replace("'", '"')])
    (found,) = references(source, False)
    assert notebook.excerpt(source, found.span)[1] == Span(2, 14, 2, 48)
    shown = source.lines[found.span.line - 1]
    assert shown[found.span.column - 1 :].startswith("AutoModel")
    assert shown[: found.span.end_column - 1].endswith('")')


def test_notebook_in_one_line() -> None:
    source = source_of(
        json.dumps({"cells": [{"cell_type": "code", "source": f"a = 1\n{IMPORT}\n{LOAD}"}]})
    )
    (found,) = references(source, False)
    assert (found.span.line, found.cell) == (1, (1, 4))
    assert notebook.excerpt(source, found.span) == (LOAD, Span(4, 1, 4, 35))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_line_ends(end: str) -> None:
    text = notebook_of([IMPORT + f"!hf download org/a\n  {LOAD}", LOAD]).text.text
    in_file = source_of(text.replace("\n", end))
    in_cell = source_of(text.replace("\\n", end.replace("\r", "\\r").replace("\n", "\\n")))
    loads = [Seen((1, 3), "call", ("org/m",)), Seen((2, 1), "call", ("org/m",))]
    cells = [Seen((1, 2), "command", ("org/a",)), *loads]
    assert read(in_cell) == cells
    assert read(in_file) == cells


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        pytest.param("!hf download org/a", ("org/a",), id="command"),
        pytest.param("!!hf download org/a", ("org/a",), id="captured"),
        pytest.param("out = !hf download org/a", ("org/a",), id="assigned"),
        pytest.param("a['x'], b.c = !hf download org/a", ("org/a",), id="assigned-to-several"),
        pytest.param("%system hf download org/a", ("org/a",), id="system"),
        pytest.param("x = %sx hf download org/a", ("org/a",), id="sx-assigned"),
        pytest.param("!hf download {repo!s:>20}", ("org/name",), id="with-format"),
        pytest.param("!hf download {repos['a'][0:7]}", "unknown", id="with-colon"),
        pytest.param("!hf download {nobody}", "unknown", id="of-nobody"),
        pytest.param("%time !hf download org/a", ("org/a",), id="timed"),
        pytest.param("!hf download \\\n  org/a", ("org/a",), id="of-two-lines"),
        pytest.param("!hf download org/a \\", ("org/a",), id="goes-on-to-nowhere"),
        pytest.param("if x:\n    !hf download org/a", ("org/a",), id="in-a-block"),
        pytest.param("!hf download {repo}", ("org/name",), id="in-braces"),
        pytest.param("!hf download $repo", ("org/name",), id="behind-dollar"),
        pytest.param("!hf download \"$repo\"  'x'", ("org/name",), id="in-quotes"),
        pytest.param("!hf download {repos['a']}", ("org/one",), id="expression"),
        pytest.param('!hf download {repos["a"]} \\\n --quiet', ("org/one",), id="quotes-in-it"),
        pytest.param("out = !hf download {repo}", ("org/name",), id="assigned-with-value"),
        pytest.param("%pip install git+https://huggingface.co/org/a", ("org/a",), id="pip"),
        pytest.param("!pip install git+https://huggingface.co/org/a", ("org/a",), id="pip-command"),
        pytest.param("pip install git+https://huggingface.co/org/a", ("org/a",), id="bare-pip"),
        pytest.param("%time AutoModel.from_pretrained('org/a')", ("org/a",), id="time"),
        pytest.param(
            "%timeit -n 1 -r2 AutoModel.from_pretrained('org/a')", ("org/a",), id="timeit"
        ),
        pytest.param(
            "m = %time AutoModel.from_pretrained('org/a')", ("org/a",), id="time-assigned"
        ),
        pytest.param(
            "  AutoModel.from_pretrained('org/a')\n  x = 1", ("org/a",), id="indented-cell"
        ),
        pytest.param("m = await f()\nAutoModel.from_pretrained('org/a')", ("org/a",), id="await"),
        pytest.param(
            "m?\nAutoModel??\n?m\nAutoModel.from_pretrained('org/a');", ("org/a",), id="help"
        ),
        pytest.param(
            "%load_ext x\n%matplotlib inline\n%time\nAutoModel.from_pretrained('org/a')",
            ("org/a",),
            id="other-magics",
        ),
    ],
)
def test_forms_of_ipython(line: str, ids: Plain) -> None:
    names = f"{IMPORT}repo = 'org/name'\nrepos = {{'a': 'org/one'}}"
    assert [one.ids for one in read(notebook_of([names, line]))] == [ids]


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("!echo {nobody,there} {", id="braces"),
        pytest.param("!hf download $nobody", id="dollar"),
        pytest.param("!hf download ${repo}", id="of-the-shell"),
        pytest.param("!hf download $$repo", id="two-dollars"),
        pytest.param("!echo {repo there} hf download", id="no-expression"),
        pytest.param("!echo {'org'} {} {{repo}}", id="no-name"),
    ],
)
def test_names_that_python_does_not_fill_in(line: str) -> None:
    found = read(notebook_of([IMPORT + "repo = 'org/name'", line]))
    assert [one.ids for one in found if one.ids != "unknown"] == []


def test_value_of_python_at_its_place() -> None:
    source = notebook_of(
        ["repo = 'org/a'\nrepos = 1", '!hf download {repo} --dry "x" --cache y\n1']
    )
    (found,) = references(source, False)
    assert notebook.excerpt(source, found.span) == (
        '!hf download {repo} --dry "x" --cache y',
        Span(1, 2, 1, 40),
    )


def test_many_values_are_left_to_the_shell() -> None:
    source = notebook_of(["x = 'org/a'", "!echo " + "{x}" * 100 + "; hf download {x}"])
    assert read(source) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "%%bash\nset -e\nhf download org/a", [Seen((1, 3), "command", ("org/a",))], id="bash"
        ),
        pytest.param(
            "\n# why\n%%sh -e\nhf download org/a", [Seen((1, 4), "command", ("org/a",))], id="sh"
        ),
        pytest.param("%%!\nhf download org/a", [Seen((1, 2), "command", ("org/a",))], id="mark"),
        pytest.param(
            "%%script --bg bash\nhf download org/a",
            [Seen((1, 2), "command", ("org/a",))],
            id="script",
        ),
        pytest.param(
            "%%script false --no-raise-error\nhf download org/a", [], id="script-that-is-not-run"
        ),
        pytest.param(
            "%%capture out\n%%time\n!hf download org/a",
            [Seen((1, 3), "command", ("org/a",))],
            id="within",
        ),
        pytest.param(
            "%%nobody knows\n" + IMPORT + LOAD, [Seen((1, 3), "call", ("org/m",))], id="other"
        ),
        pytest.param("%%python\n" + IMPORT + LOAD, [Seen((1, 3), "call", ("org/m",))], id="python"),
        pytest.param(
            "%%writefile 'a/b.py'\n" + IMPORT + LOAD,
            [Seen((1, 3), "call", ("org/m",))],
            id="file-python",
        ),
        pytest.param(
            "%%writefile -a b.sh\nhf download org/a",
            [Seen((1, 2), "command", ("org/a",))],
            id="file-shell",
        ),
        pytest.param(
            "%%file c.yaml\nmodel_name_or_path: org/a",
            [Seen((1, 2), "config", ("org/a",))],
            id="file-yaml",
        ),
        pytest.param("%%writefile\n" + IMPORT + LOAD, [], id="file-without-name"),
        pytest.param("%%writefile notes\n" + IMPORT + LOAD, [], id="file-of-no-kind"),
        pytest.param("%%html\n<a>org/a</a>", [], id="html"),
        pytest.param("%%R\n" + IMPORT + LOAD, [], id="other-language"),
        pytest.param(
            "%sh\nhf download org/a", [Seen((1, 2), "command", ("org/a",))], id="databricks"
        ),
        pytest.param("%sql select org/a", [], id="databricks-sql"),
        pytest.param("%%bash", [], id="empty"),
    ],
)
def test_cell_magics(text: str, found: list[Seen]) -> None:
    assert read(notebook_of([text])) == found


def test_python_of_its_own_shares_no_names() -> None:
    load = IMPORT + "AutoModel.from_pretrained(name)"
    assert [one.ids for one in read(notebook_of(["name = 'org/a'", "%%python\n" + load]))] == [
        "unknown"
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = '''\n!hf download org/a\n'''", id="long-text"),
        pytest.param('x = """\n!hf download org/a\n\\""" "\n"""', id="long-text-with-quotes"),
        pytest.param("x = (7\n% y)\n", id="bracket"),
        pytest.param("x = 7 \\\n% y\n", id="goes-on"),
        pytest.param("x = 'it\\\n!hf download org/a'", id="text-that-goes-on"),
        pytest.param("x != y\nx %= 3\nx = y % z", id="operators"),
        pytest.param("# !hf download org/a", id="comment"),
        pytest.param("pip = conda = 1\npip (x)\nuv = pip", id="own-names"),
        pytest.param("%env\n%env NAME\n%%nothing", id="nothing-set"),
    ],
)
def test_what_looks_like_a_command(text: str) -> None:
    assert read(notebook_of([text])) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("x = '(' # it's [\n", id="brackets-in-texts"),
        pytest.param("x = '''a''' # \\\n", id="comment-with-backslash"),
        pytest.param("f(\n)\n", id="closed"),
        pytest.param(")\n", id="one-too-many"),
        pytest.param("x = r'\\'\n", id="backslash"),
        pytest.param("x = 'it\n", id="open-text"),
    ],
)
def test_command_behind(text: str) -> None:
    found = read(notebook_of([text + "!hf download org/a"]))
    assert found == [Seen((1, text.count("\n") + 1), "command", ("org/a",))]


def test_environment_of_the_notebook() -> None:
    source = notebook_of(
        ["%env MODEL=org/a\n%set_env OTHER org/b", "!vllm serve $MODEL", "!vllm serve $OTHER"]
    )
    assert [one.ids for one in read(source)] == [("org/a",), ("org/b",)]


def test_commands_are_one_script() -> None:
    source = notebook_of(["!git clone https://huggingface.co/org/a", f"%cd a\n!git checkout {SHA}"])
    assert read(source) == [Seen((1, 1), "command", ("org/a",), (SHA,))]


@pytest.mark.parametrize("odd", ["!echo it's", "!cat << END", '!echo "', "!echo `"])
def test_odd_command_spoils_no_other(odd: str) -> None:
    source = notebook_of([odd, "!hf download org/a"])
    assert read(source) == [Seen((2, 1), "command", ("org/a",))]


def test_script_with_its_arguments() -> None:
    (found,) = read(notebook_of(["%run train.py --model_name_or_path org/a"]))
    assert (found.cell, found.ids) == ((1, 1), ("org/a",))


def test_cell_that_is_no_python_as_a_whole() -> None:
    broken = "print 'x'\n!hf download org/a\n" + LOAD
    assert read(notebook_of([IMPORT, broken, LOAD])) == [
        Seen((2, 2), "command", ("org/a",)),
        Seen((2, 3), "call", ("org/m",)),
        Seen((3, 1), "call", ("org/m",)),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(f"x = = 3\n{LOAD}", id="line-before"),
        pytest.param(f"{LOAD}\nmodel.fit(", id="open-bracket-behind"),
        pytest.param(f"<your code>\n    {LOAD}\n", id="indented"),
        pytest.param(f"def f():\n{LOAD}\n", id="not-indented"),
        pytest.param("AutoModel.from_pretrained(\n  'org/m',\n  ...)\n= =", id="left-out"),
    ],
)
def test_statement_in_a_cell_that_is_no_python(broken: str) -> None:
    assert [one.ids for one in read(notebook_of([IMPORT, broken]))] == [("org/m",)]


def test_name_from_a_cell_that_is_no_python() -> None:
    source = notebook_of([IMPORT, "name = 'org/m'\n= =", "AutoModel.from_pretrained(name)"])
    assert [one.ids for one in read(source)] == [("org/m",)]


def test_line_that_is_no_python_is_prose() -> None:
    found = read(notebook_of(["x = 3\nthe model `google/bert-base` is\n"]), everything=True)
    assert found == [Seen((1, 2), "mention", ("google/bert-base",), persona="auditor")]


def test_long_notebook_that_is_no_python() -> None:
    """Where many lines are broken the later cells are read as prose."""
    broken = "x = = 3\n" * MOST_LINES
    source = notebook_of([IMPORT, broken, f"= =\n{LOAD}"])
    assert read(source) == []


@pytest.mark.parametrize(
    "writing",
    [
        pytest.param("model.save_pretrained('mine')", id="saved"),
        pytest.param("model.save_pretrained('./mine/')", id="path"),
        pytest.param("model.save('mine')", id="plainly-saved"),
        pytest.param("model.save_adapter('mine', 'name')", id="adapter"),
        pytest.param("TrainingArguments(output_dir='mine')", id="argument"),
        pytest.param("{'output_dir': 'mine'}", id="entry"),
        pytest.param('!python train.py --output_dir="mine" --x', id="option"),
        pytest.param("!hf download org/a --local-dir mine", id="downloaded"),
        pytest.param("!mkdir -p mine", id="made"),
        pytest.param("!git clone https://example.org/a/mine.git", id="cloned"),
    ],
)
@pytest.mark.parametrize("load", ["AutoModel.from_pretrained('mine')", "!vllm serve mine"])
def test_folder_that_the_notebook_writes(writing: str, load: str) -> None:
    found = references(notebook_of([IMPORT, writing, load]), False)
    assert [one.ids for one in read(notebook_of([IMPORT, load]))] == [("mine",)]
    assert ("mine",) not in [plain(one.repo_id) for one in found if one.local is None]


@pytest.mark.parametrize(
    "repo_id",
    [pytest.param("google/bert-x", id="with-owner"), pytest.param("gpt2", id="first-repo")],
)
def test_folder_with_the_name_of_a_repo(repo_id: str) -> None:
    load = f"AutoModel.from_pretrained('{repo_id}')"
    found = read(notebook_of([IMPORT, f"!mkdir {repo_id}", load]))
    assert [one.ids for one in found] == [(repo_id,)]


def test_folder_is_not_named() -> None:
    source = notebook_of(
        [IMPORT, "model.save('output/mine')", LOAD.replace("org/m", "output/mine")]
    )
    assert [one.local is None for one in references(source, True)] == [False]


@pytest.mark.parametrize("owner", ["your-name", "Your-Hugging-Face-Hub-Account", "username"])
def test_what_readers_are_to_replace(owner: str) -> None:
    source = notebook_of([IMPORT, LOAD.replace("org", owner)])
    assert read(source, everything=True) == []


def test_addresses_in_what_is_not_read() -> None:
    cells: Cells = [
        "1 2 # https://huggingface.co/org/a/resolve/main/x.bin",
        cell("raw", "https://huggingface.co/org/model-b"),
    ]
    assert read(notebook_of(cells), everything=True) == [
        Seen((1, 1), "mention", ("org/a",), ("main",), "pedantic"),
        Seen((2, 1), "mention", ("org/model-b",), persona="auditor"),
    ]


def test_markdown() -> None:
    text = "Read this:\n```bash\nhf download org/a\n```\n[x](https://huggingface.co/org/model-b)"
    assert read(notebook_of([cell("markdown", text)]), everything=True) == [
        Seen((1, 3), "command", ("org/a",)),
        Seen((1, 5), "mention", ("org/model-b",), persona="auditor"),
    ]


def test_answers_and_attachments_are_not_read() -> None:
    answer = {"text/plain": ["!hf download org/a https://huggingface.co/org/model-b"]}
    cells = [
        code("x", outputs=[{"output_type": "display_data", "data": answer}]),
        {**cell("markdown", "x"), "attachments": {"x.png": answer}},
    ]
    assert read(notebook_of(cells, title="https://huggingface.co/org/model-b"), True) == []


@pytest.mark.parametrize(
    ("metadata", "found"),
    [
        pytest.param({}, True, id="nothing-said"),
        pytest.param({"kernelspec": {"name": "python3"}}, True, id="kernel"),
        pytest.param({"kernelspec": {"name": "my-env"}}, True, id="made-up"),
        pytest.param(
            {"kernelspec": {"name": "x", "language": "Python"}}, True, id="kernel-language"
        ),
        pytest.param(
            {"language_info": {"name": "python"}, "kernelspec": {"language": "R"}}, True, id="both"
        ),
        pytest.param({"language_info": {"name": "julia"}}, False, id="julia"),
        pytest.param({"kernelspec": {"language": "R"}}, False, id="r"),
        pytest.param({"kernelspec": {"name": "bash"}}, False, id="bash"),
        pytest.param({"language_info": None}, True, id="null"),
    ],
)
def test_language_of_the_notebook(metadata: dict[str, object], found: bool) -> None:
    source = notebook_of([IMPORT + LOAD], **metadata)
    assert [one.ids for one in read(source)] == [("org/m",)] * found


def test_notebook_for_a_shell() -> None:
    source = notebook_of(["x=1\nhf download org/a"], kernelspec={"language": "bash"})
    assert read(source) == [Seen((1, 2), "command", ("org/a",))]


def test_cell_of_another_language() -> None:
    metadata = {"vscode": {"languageId": "shellscript"}}
    source = notebook_of([code("hf download org/a", metadata=metadata)])
    assert read(source) == [Seen((1, 1), "command", ("org/a",))]


def test_older_format() -> None:
    cells = [
        {"cell_type": "heading", "level": 1, "source": ["Title"]},
        {"cell_type": "code", "language": "python", "input": [IMPORT], "outputs": []},
        {"cell_type": "code", "language": "python", "input": LOAD},
        {"cell_type": "other", "input": LOAD},
    ]
    text = json.dumps({"worksheets": [{"cells": cells[:2]}, {"cells": cells[2:]}], "nbformat": 3})
    assert read(source_of(text)) == [Seen((3, 1), "call", ("org/m",))]


def test_pieces_of_a_source_that_are_no_texts() -> None:
    cells = [{"cell_type": "code", "source": [IMPORT, None, ["x"], LOAD]}, {"cell_type": "code"}, 3]
    source = source_of(json.dumps({"cells": cells}))
    assert read(source) == [Seen((1, 2), "call", ("org/m",))]


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        pytest.param("", (0, EMPTY), id="empty"),
        pytest.param(" \n", (0, EMPTY), id="blank"),
        pytest.param(
            "version https://git-lfs.github.com/spec/v1\noid sha256:0\n",
            (0, "is no notebook but a pointer of Git LFS; run git lfs pull"),
            id="pointer",
        ),
        pytest.param(
            '{"cells": [\n {"source": "x"\n',
            (3, f"{NO_JSON}: it ends before its last bracket is closed; {MEND}"),
            id="half",
        ),
        pytest.param(
            '{"cells": [\n<<<<<<< HEAD\n],',
            (2, f"{NO_JSON}: it holds the marks of a merge; resolve the conflict (nbdime can)"),
            id="merge",
        ),
        pytest.param("{}", (0, NO_CELLS), id="no-cells"),
        pytest.param("[]", (0, NO_CELLS), id="list"),
        pytest.param('{"cells": 1}', (0, NO_CELLS), id="number"),
    ],
)
def test_trouble(text: str, trouble: tuple[int, str]) -> None:
    source = source_of(text)
    line, message = trouble
    assert notebook.trouble(source) == Trouble("x.ipynb", message, line)
    assert notebook.cell_lines(source) == [] or line


def test_no_trouble() -> None:
    assert notebook.trouble(source_of('{"cells": []}')) is None


def test_trouble_in_other_line_ends() -> None:
    found = notebook.trouble(TextSource("x.ipynb", "notebook", whole_file("[\r\r<"), ("[",)))
    assert found is not None
    assert found.line == 3


def test_what_stands_before_a_mistake_is_read() -> None:
    text = notebook_of([IMPORT + LOAD, "x"]).text.text
    assert read(source_of(text[: text.index('"x"')])) == [Seen((1, 2), "call", ("org/m",))]


def test_lines_of_cells() -> None:
    source = notebook_of(["a = 1\n\nb = 2  # noqa\n", cell("markdown", "# Title"), ""])
    lines = {
        text.strip().strip(",").strip('"'): number for number, text in enumerate(source.lines, 1)
    }
    assert notebook.cell_lines(source) == [
        (lines["a = 1\\n"], "a = 1"),
        (lines["a = 1\\n"] + 1, ""),
        (lines["b = 2  # noqa\\n"], "b = 2  # noqa"),
        (lines["# Title"], "# Title"),
    ]


def test_statements() -> None:
    source = notebook_of(["a = 1\n\nb = f(\n  1,\n)\n!x\n", "%%python\nc = (\n)", "d = (", "'''\n"])
    first = source.lines.index('    "a = 1\\n",') + 1
    last = source.lines.index('    "c = (\\n",') + 1
    assert notebook.statements(source) == {
        first: (first, first),
        **dict.fromkeys(range(first + 2, first + 5), (first + 2, first + 4)),
        first + 5: (first + 5, first + 5),
        last: (last, last + 1),
        last + 1: (last, last + 1),
    }


def test_statements_of_python_that_cannot_be_cut_up() -> None:
    assert notebook.statements(notebook_of(["%%python\nx = (", "%%python\n if:\nx"])) != {0: (0, 0)}


SEED = notebook_of(
    [
        IMPORT
        + "repo = 'org/a'\n!hf download {repo} \\\n  --quiet\nx = !ls $repo\n%time f('''\n''')",
        cell("markdown", "`hf download org/b`\n![é](https://huggingface.co/org/model-c)"),
        "%%writefile a.yaml\nmodel: org/d",
        cell("raw", "x"),
        "  %env A=b\n  " + LOAD + "??\n",
    ],
    kernelspec={"language": "python"},
).text.text
LINES = st.sampled_from(
    [
        *(
            "!",
            "!!",
            "%",
            "%%",
            "%%bash\n",
            "%%time\n",
            "%%writefile ",
            "a.py",
            "?",
            "\\\n",
            "\n",
            "\r",
        ),
        *(
            "{",
            "}",
            "$",
            "repo",
            "'",
            '"',
            "'''",
            "(",
            ")",
            "#",
            " ",
            "=",
            "x",
            "pip install ",
            "é",
            "\0",
        ),
        *("hf download org/a", "AutoModel.from_pretrained('org/a')", "import os", "\ud83d", "\\"),
    ]
)


def assert_inside(source: TextSource) -> None:
    lines = source.text.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    trouble = notebook.trouble(source)
    assert trouble is None or 0 <= trouble.line <= len(lines)
    for number, _text in notebook.cell_lines(source):
        assert 1 <= number <= len(lines)
    for first, last in notebook.statements(source).values():
        assert 1 <= first <= last <= len(lines)
    for one in references(source, True):
        span = one.span
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1
        text, place = notebook.excerpt(source, span)
        assert one.cell is not None
        assert one.cell[1] == place.line
        assert 1 <= place.column <= len(text) + 1


@given(st.lists(st.lists(LINES, max_size=8).map("".join), max_size=3))
def test_any_cells_are_read(texts: list[str]) -> None:
    assert_inside(notebook_of([IMPORT + "repo = 'org/a'", *texts]))


@given(
    st.integers(0, len(SEED)),
    st.integers(0, 8),
    st.text(alphabet="{}[]:,\"'\\/*!%?$\n\rnu0 a", max_size=6),
)
def test_any_text_is_read(at: int, gone: int, put: str) -> None:
    assert_inside(source_of(SEED[:at] + put + SEED[at + gone :]))


@pytest.mark.parametrize("owner", ["acme", "test", "foo", "example"])
def test_name_that_anybody_may_have_is_loaded_where_it_is_run(owner: str) -> None:
    found = read(notebook_of([IMPORT, LOAD.replace("org", owner)]))
    assert [one.ids for one in found] == [(f"{owner}/m",)]
