from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import NamedTuple

import pytest

from flake8_hfmodels.reference import Known, Reference, Span
from flake8_hfmodels.sources import python
from flake8_hfmodels.sources.python.comments import comments_in
from flake8_hfmodels.sources.python.layout import Layout
from flake8_hfmodels.sources.python.mentions import LONGEST, mentions
from flake8_hfmodels.sources.python.parse import parse_text
from flake8_hfmodels.sources.python.survey import survey
from flake8_hfmodels.sources.source import PythonSource
from tests.reading import SHA, Plain, plain, source_of

HUB = "https://huggingface.co"


class Heard(NamedTuple):
    """One mention, in short: `at` is where its id is written."""

    line: int
    kind: str
    persona: str
    ids: Plain
    repo_type: str = "model"
    revision: Plain = "absent"


def read_code(text: str) -> Sequence[Reference]:
    source = parse_text("example.py", text)
    if not isinstance(source, PythonSource):
        return ()
    return [
        one
        for one in python.references(source.tree, source.lines, source.path)
        if one.kind == "call"
    ]


def found(text: str, *claimed: Span) -> list[Reference]:
    source = source_of(text.encode())
    seen = survey(source.tree, source.lines, source.path)
    return sorted(mentions(seen, read_code, claimed, everything=True), key=lambda one: one.span)


def heard(text: str, *claimed: Span) -> list[Heard]:
    return [
        Heard(
            one.span.line,
            one.kind,
            one.persona.value,
            plain(one.repo_id),
            one.repo_type,
            plain(one.revision),
        )
        for one in found(text, *claimed)
    ]


def written(text: str) -> list[str]:
    """What the source holds where an id is said to be written, and what is said as a whole."""
    lines = text.split("\n")
    return [
        lines[span.line - 1][span.column - 1 : span.end_column - 1]
        for one in found(text)
        if isinstance(one.repo_id, Known)
        for span in (one.span, *(value.span for value in one.repo_id.values))
    ]


# --- addresses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f('hf://a/b/x')", Heard(1, "uri", "regular", ("a/b",))),
        (f"f('hf://a/b@{SHA}/x')", Heard(1, "uri", "regular", ("a/b",), "model", (SHA,))),
        (f"f('{HUB}/a/b/resolve/v1/x')", Heard(1, "uri", "regular", ("a/b",), "model", ("v1",))),
        (f"f('{HUB}/a/b/raw/v1/x.png')", Heard(1, "uri", "pedantic", ("a/b",), "model", ("v1",))),
        (f"f('{HUB}/a/b/blob/v1/x.bin')", Heard(1, "uri", "regular", ("a/b",), "model", ("v1",))),
        *(
            (
                f"f(license='{HUB}/a/b/blob/v1/{name}')",
                Heard(1, "mention", "auditor", ("a/b",), "model", ("v1",)),
            )
            for name in ("LICENSE", "LICENSE.md", "docs/train.py", "licence_agreement.txt")
        ),
        (f"f('{HUB}/spaces/a/b')", Heard(1, "mention", "auditor", ("a/b",), "space")),
        (f"'{HUB}/a/b/resolve/v1/x'", Heard(1, "mention", "auditor", ("a/b",), "model", ("v1",))),
        ("# hf://a/b", Heard(1, "mention", "auditor", ("a/b",))),
        ("f(f'hf://a/b/{x}')", Heard(1, "uri", "regular", ("a/b",))),
        ("f(f'hf://a/b@{x}/y{z}')", Heard(1, "uri", "regular", ("a/b",), "model", "unknown")),
        (
            "R = 'a/b'\nf(f'hf://{R}@v1/{x}')",
            Heard(2, "uri", "regular", ("a/b",), "model", ("v1",)),
        ),
        ("f('hf://a/b/' + x)", Heard(1, "uri", "regular", ("a/b",))),
    ],
)
def test_an_address_in_a_module(text: str, expected: Heard) -> None:
    assert expected in heard(text)


@pytest.mark.parametrize(
    "text",
    [
        "f('hf://a/b' + x)",
        "f(f'hf://a/b{x}')",
        "f(f'hf://{a}/{b}')",
        "f(f'{HUB}/a')",
    ],
)
def test_an_address_that_is_cut_off_names_nothing(text: str) -> None:
    assert heard(text) == []


def test_a_text_that_a_call_has_named_is_not_named_again() -> None:
    assert heard("f('hf://a/b')", Span(1, 3, 1, 13)) == []


def test_a_very_long_text_is_searched_for_addresses_only() -> None:
    text = "'meta-llama/llama-7b hf://a/b" + " x" * LONGEST + "'\n"

    assert heard(f"x = {text}{text}") == [
        Heard(1, "uri", "regular", ("a/b",)),
        Heard(2, "mention", "auditor", ("a/b",)),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("f('x hf://a/b/c')", ["hf://a/b/c", "a/b"]),
        ("ü = f('hf://a/b')", ["hf://a/b", "a/b"]),
        ('f("""\n x hf://a/b""")', ["hf://a/b", "a/b"]),
        ("f('\\n hf://a/b')", ["hf://a/b", "a/b"]),
        ("f('x '\n  'hf://a/b ' 'y')", ["hf://a/b", "a/b"]),
        ("f(f'{x} hf://a/b')", ["hf://a/b", "a/b"]),
        ("x = 1  # see hf://a/b", ["hf://a/b", "a/b"]),
        ("f(f'{x} BAAI/bge-m3 {y} BAAI/bge-m4')", [*["BAAI/bge-m3"] * 2, *["BAAI/bge-m4"] * 2]),
        ("x = '''\n  (`meta-llama/llama-7b`)'''", ["meta-llama/llama-7b"] * 2),
    ],
)
def test_where_it_is_written(text: str, expected: list[str]) -> None:
    assert written(text) == expected


def test_what_is_put_together_stands_where_the_text_stands() -> None:
    (one,) = found("f('x hf://'\n  'a/b ' 'hf://c')")

    assert one.span == Span(1, 3, 2, 18)


def test_what_is_not_found_once_is_not_searched_for_again() -> None:
    first, second = found("f('hf://'\n  'a/b hf://c/d')")

    assert first.span == second.span == Span(1, 3, 2, 17)


def piece(line: str, value: str) -> Layout:
    """A part of an f-string, which has a place of its own from Python 3.12 on."""
    part = ast.Constant(value)
    part.lineno = part.end_lineno = 1
    part.col_offset, part.end_col_offset = 5, len(line) - 1
    return Layout.of(part, value, (line,))


def test_a_part_of_an_f_string_is_at_its_place() -> None:
    assert piece("f'{x}a/b'", "a/b").span(2, 3) == Span(1, 8, 1, 9)


def test_a_part_that_is_written_otherwise_is_searched_for() -> None:
    assert piece("f'{x}{{a/b'", "{a/b").span(1, 4) == Span(1, 8, 1, 11)


def test_without_lines_columns_are_those_of_the_parser() -> None:
    seen = survey(source_of(b"f('hf://a/b')").tree)

    assert [one.span for one in mentions(seen, read_code, (), everything=True)] == [
        Span(1, 3, 1, 13)
    ]


# --- docstrings and comments

_LOAD = "AutoModel.from_pretrained('{}')"
_IMPORT = "from transformers import AutoModel\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'"""\n>>> {_IMPORT}>>> {_LOAD.format("a/b")}\n"""', (3, 5, 3, 37)),
        (f'{_IMPORT}"""X\n\n    >>> {_LOAD.format("a/b")}\n"""', (4, 9, 4, 41)),
        (f'{_IMPORT}"""```py\n{_LOAD.format("a/b")}\n```"""', (3, 1, 3, 33)),
        (f'{_IMPORT}"""X::\n\n  \\\\x\n  {_LOAD.format("a/b")}\n"""', (5, 3, 5, 35)),
        (f'{_IMPORT}""">>> {_LOAD.format("a/b")}"""', (2, 8, 2, 40)),
        (f'{_IMPORT}DOC = """\n>>> {_LOAD.format("a/b")}"""', (3, 5, 3, 37)),
        (f"{_IMPORT}# {_LOAD.format('a/b')}", (2, 3, 2, 35)),
        (f"{_IMPORT}x = 1  # {_LOAD.format('a/b')}", (2, 10, 2, 42)),
        (f"{_IMPORT}# of old:\n#   {_LOAD.format('a/b')}\n# so", (3, 5, 3, 37)),
        (f"{_IMPORT}# AutoModel.from_pretrained(\n#   'a/b'\n# )", (2, 3, 4, 4)),
        (f"{_IMPORT}# so:\n# AutoModel.from_pretrained(\n#   'a/b'\n# )\n# !", (3, 3, 5, 4)),
        ("import transformers as t\n# t.AutoModel.from_pretrained('a/b')", (2, 3, 2, 37)),
    ],
)
def test_code_that_is_only_shown(text: str, expected: tuple[int, int, int, int]) -> None:
    (one,) = [one for one in found(text) if one.persona.value == "pedantic"]

    assert (one.kind, plain(one.repo_id), one.span) == ("mention", ("a/b",), Span(*expected))


@pytest.mark.parametrize(
    "text",
    [
        f"{_IMPORT}# {_LOAD.format('my-org/model')}",
        f"{_IMPORT}# {_LOAD.format('./model')}",
        f"{_IMPORT}# AutoModel.from_pretrained(x)",
        f"{_IMPORT}# AutoModel.from_pretrained('a/b'",
        f"{_IMPORT}# AutoModel.from_pretrained('a/b') {'x' * 2000}",
        f"{_IMPORT}x = '# {_LOAD.format('a/b')}'".replace("'a/b'", '"a/b"'),
        f"{_IMPORT}x = b'''\n# {_LOAD.format('a/b')}\n'''",
        '"""\n>>> 1 + 1\n"""',
    ],
)
def test_what_is_shown_loads_nothing(text: str) -> None:
    assert [one for one in heard(text) if one.persona == "pedantic"] == []


def test_the_revision_that_is_shown_is_at_its_place() -> None:
    (one,) = found(f"{_IMPORT}# AutoModel.from_pretrained('a/b', revision='v1')")

    assert isinstance(one.revision, Known)
    assert one.revision.values[0].span == Span(2, 45, 2, 49)


def test_what_a_piece_imports_itself_comes_before_the_module() -> None:
    text = f'from x import AutoModel\n"""\n>>> {_IMPORT}>>> {_LOAD.format("a/b")}\n"""'

    assert heard(text) == [Heard(4, "mention", "pedantic", ("a/b",))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"""Uses `BAAI/bge-m3`."""', Heard(1, "mention", "auditor", ("BAAI/bge-m3",))),
        ("x = 1  # was BAAI/bge-m3", Heard(1, "mention", "auditor", ("BAAI/bge-m3",))),
        ("f('such as BAAI/bge-m3')", Heard(1, "mention", "auditor", ("BAAI/bge-m3",))),
        ("f(f'such as BAAI/bge-m3 {x}')", Heard(1, "mention", "auditor", ("BAAI/bge-m3",))),
        (f"# {HUB}/alice/it\n# alice/it", Heard(2, "mention", "auditor", ("alice/it",))),
    ],
)
def test_ids_in_prose(text: str, expected: Heard) -> None:
    assert expected in heard(text)


def test_an_id_counts_once_in_a_line() -> None:
    assert len(heard("# BAAI/bge-m3 and BAAI/bge-m3")) == 1


def test_each_comment_beside_code_is_read_alone() -> None:
    text = f"{_IMPORT}x = 1  # {_LOAD.format('a/b')}\ny = 2  # {_LOAD.format('c/d')}"

    assert [one.ids for one in heard(text)] == [("a/b",), ("c/d",)]


@pytest.mark.parametrize(
    "text",
    [
        "# train/test and/or TCP/IP (x)",
        "x = 1  # see n/a, I/O",
        "x = '#' + y",
        '"""Reads and/or writes text/plain."""',
    ],
)
def test_prose_without_ids(text: str) -> None:
    assert heard(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1", []),
        ("x = 1 # y", []),
        ("# (a)\nx = '# (b)' # c\n", [(1, 2, " (a)", True), (2, 14, " c", False)]),
        ("x = '''\n# (a)\n'''  # (b)", [(3, 7, " (b)", False)]),
        ('x = """\n# \\""" (a)\n"""  # (b)', [(3, 7, " (b)", False)]),
        ("x = 'it\\'s #' # (b)", [(1, 16, " (b)", False)]),
        ('x = "\'" # (b)', [(1, 10, " (b)", False)]),
    ],
)
def test_comments(text: str, expected: list[tuple[int, int, str, bool]]) -> None:
    comments = comments_in(text.split("\n"))

    assert [(one.line, one.column, one.text, one.alone) for one in comments] == expected


# --- constants


@pytest.mark.parametrize(
    "text",
    [
        "MODEL_ID = '{}'",
        "self.model_name = '{}'",
        "config.model.pretrained = '{}'",
        "model: str = '{}'",
        "(model := '{}')",
        "x['model'] = '{}'",
        "def f(model='{}'): ...",
        "def f(x, *, y, tokenizer='{}'): ...",
        "lambda model='{}': 1",
        "f(model_name='{}')",
        "load_model('{}')",
        "x = {{'model_name_or_path': '{}'}}",
        "MODELS = ['{}']",
        "MODELS = {{'small': '{}'}}",
        "MODELS = {{'small': ('{}', 1)}}",
        "x = model or '{}'",
        "if model_name == '{}': ...",
        "if '{}' == model_name: ...",
        "if model() == '{}': ...",
        "def f(x='{}', model='{}'): ...",
        "x = model if model else '{}'",
        "MODELS['{}']",
        "def default_model():\n    return '{}'",
        "parser.add_argument('--model', default='{}')",
        "os.getenv('MODEL_NAME', '{}')",
        "parser.add_argument('--base-model', default='{}')",
        "x = Field('{}')\nmodel: str = Field('{}')",
        "baseModel = '{}'",
    ],
)
def test_a_name_says_that_a_model_is_meant(text: str) -> None:
    mentioned = heard(text.format("alice/thing", "alice/thing"))

    assert mentioned[-1][1:] == ("mention", "pedantic", ("alice/thing",), "model", "absent")


@pytest.mark.parametrize(
    ("text", "repo_type"),
    [
        ("dataset_id = 'alice/thing-1'", "dataset"),
        ("SPACE_ID = REPO = 'alice/thing-1'", "space"),
        ("repo = 'alice/thing-1'", "model"),
    ],
)
def test_a_name_says_what_kind_of_repo_is_meant(text: str, repo_type: str) -> None:
    assert [one.repo_type for one in heard(text)] == [repo_type]


@pytest.mark.parametrize(
    "text",
    [
        "x = 'meta-llama/llama-7b'",
        "print('google-bert/bert-base-uncased')",
        "x = {'meta-llama/llama-7b': 1}",
        "x = ['alice/thing', 'meta-llama/llama-7b'][0:1]",
        "import datasets\nx = 'alice/thing-1'",
        f"y = '{HUB}/alice/thing'\nx = 'alice/thing'",
        "x = image or 'meta-llama/llama-7b'",
    ],
)
def test_the_form_alone_is_for_auditors(text: str) -> None:
    assert [one.persona for one in heard(text)][-1] == "auditor"


@pytest.mark.parametrize(
    "text",
    [
        "x = 'alice/thing'",
        "x = 'alice/thing-1'",
        "import datasets\nx = 'alice/thing'",
        "import datasets\nx = {'alice/thing-1': 1}",
        "MODELS = {'alice/thing': 1}",
        "TYPES = ['text/html', 'image/png']",
        "docker_image = 'someco/bert-base'",
        "GH = 'someco/bert-base'",
        "model_type = 'alice/thing'",
        "import modelscope\nmodelscope.load('qwen/qwen-7b')",
        "torch.device('data/model')\nmodel = './x'",
        "return_value = f'{x}/y'",
        "def f(): return 'a/b'",
        "class A:\n    'data/x'",
        "x = y['a/b':2]",
        "x = -'a/b'",
        "MODELS = [[[[[[[[['alice/thing']]]]]]]]]",
        "model = 'org/model'",
    ],
)
def test_what_looks_like_an_id_and_is_none(text: str) -> None:
    assert heard(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("model_name = 'gpt2'", ["gpt2"]),
        ("f(model='bert-base-uncased')", ["bert-base-uncased"]),
        ("tokenizer = {'model': 'all-MiniLM-L6-v2'}", ["all-MiniLM-L6-v2"]),
        ("dataset_name = 'glue'", ["glue"]),
        ("load_dataset(path, 'glue')", []),
        ("load_dataset('glue', name)", ["glue"]),
        ("model_name = 'glue'", []),
        ("dataset_name = 'gpt2'", []),
        ("model_type = 'gpt2'", []),
        ("x = ['gpt2', 'roberta']", []),
        ("MODELS = {'gpt2': 1}", []),
        ("model_name = 'something'", []),
        ("f('gpt2')", []),
    ],
)
def test_one_word_is_an_id_only_where_a_name_says_so(text: str, expected: list[str]) -> None:
    assert [str(one.ids[0]) for one in heard(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MODEL = 'alice/thing'", "absent"),
        ("MODEL = 'alice/thing@v1'", ("v1",)),
        (f"Model(path='alice/thing', revision='{SHA}')", (SHA,)),
        (f"MODEL = {{'repo': 'alice/thing', 'commit_sha': '{SHA}', **x}}", (SHA,)),
        ("Model(path='alice/thing', revision=x(), **y)", "unknown"),
        ("Model(path='alice/thing', size='x')", "absent"),
        (f"Model(path='alice/thing', {', '.join(f'a{n}=1' for n in range(99))})", "absent"),
    ],
)
def test_the_revision_beside_an_id(text: str, expected: Plain) -> None:
    assert [one.revision for one in heard(text)] == [expected]


def test_the_revisions_that_ids_are_the_keys_to() -> None:
    text = f"MODELS = {{'BAAI/bge-m3': '{SHA}', 'Qwen/Qwen-7B-Chat': '{SHA[::-1]}'}}"

    assert [one.revision for one in heard(text)] == [(SHA,), (SHA[::-1],)]


def test_a_prefix_is_not_of_the_id() -> None:
    assert heard("x = 'hf-hub:timm/resnet50.a1_in1k'") == [
        Heard(1, "mention", "auditor", ("timm/resnet50.a1_in1k",))
    ]


# --- time


@pytest.mark.parametrize(
    "text",
    [
        "x = '" + "/" * 1_000_000 + "'",
        "x = '" + "hf://" * 200_000 + "'",
        "x = '" + "a/" * 50_000 + "'",
        "# " + "#" * 1_000_000,
        "# (a\n" * 10_000,
        "# AutoModel.from_pretrained(\n" * 2_000,
        "def f():\n    '''Loads `BAAI/bge-m3`.'''\n" * 2_000,
        "x = '''" + "\\'" * 500_000 + "'''  # (a)",
        "x = [" + "'BAAI/bge-m3', " * 5_000 + "]",
        "x = f'" + "BAAI/bge-m3 {x} " * 5_000 + "'",
        "x = f'" + f"{HUB}/a/b{{x}} {HUB}/spaces/a/b " * 2_000 + "'",
    ],
    ids="slashes uris pairs hashes comments calls docstrings quotes list parts fields".split(),
)
def test_the_work_grows_with_the_text_and_no_faster(text: str) -> None:
    assert {one.persona.value for one in found(text)} <= {"auditor"}
