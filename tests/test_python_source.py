"""From bytes to references: decoding, places, ids as loaders read them, several repos."""

from __future__ import annotations

import ast
import sys

import pytest

from flake8_hfmodels.reference import Span
from flake8_hfmodels.sources import python
from flake8_hfmodels.sources.python.parse import parse, parse_text
from flake8_hfmodels.sources.python.places import span_of
from flake8_hfmodels.sources.source import PythonSource
from flake8_hfmodels.sources.trouble import Trouble
from tests.reading import SHA, Plain, Seen, plain, read, references

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"x\0", "has null bytes", id="null"),
        pytest.param(b"x = 1\ny = '\xe9'", "cannot be decoded as utf-8;", id="not-utf-8"),
        pytest.param(b"# coding: nonsense\n", "cannot be decoded (unknown encoding", id="no-codec"),
        pytest.param(b"# coding: hex\n", "cannot be decoded as hex;", id="codec-of-bytes"),
        pytest.param(b"# coding: rot13\n", "cannot be decoded as rot13;", id="codec-of-text"),
        pytest.param(b"# coding: undefined\n", "cannot be decoded as undefined;", id="undefined"),
        pytest.param(b"# coding: utf-7\n# +2AA-", "holds characters that no", id="half-a-pair"),
        pytest.param(
            b"\xef\xbb\xbf# coding: latin-1\n", "cannot be decoded (", id="bom-and-cookie"
        ),
        pytest.param(b"x = (", f"cannot be parsed as Python {VERSION}: '(' was", id="syntax"),
        pytest.param(
            b"if x:\npass", f"cannot be parsed as Python {VERSION}: expected", id="indent"
        ),
        pytest.param(b"print 'x'", f"cannot be parsed as Python {VERSION}: Missing", id="python-2"),
        pytest.param(b"(" * 300 + b")" * 300, "cannot be parsed as", id="too-many-brackets"),
        pytest.param(b"-" * 100_000 + b"1", "is too deeply nested for Python's parser", id="deep"),
    ],
)
def test_file_that_cannot_be_read(data: bytes, expected: str) -> None:
    trouble = parse("example.py", data)
    assert isinstance(trouble, Trouble)
    assert (trouble.path, trouble.message[: len(expected)]) == ("example.py", expected)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        pytest.param(b"x = 1\ny = '\xe9'", 2, id="decoding"),
        pytest.param(b"# coding: nonsense\n", 1, id="cookie"),
        pytest.param(b"# coding: hex\n", 1, id="codec"),
        pytest.param(b"x\n\n(", 3, id="syntax"),
        pytest.param(b"x\0", 0, id="whole-file"),
    ],
)
def test_line_that_cannot_be_read(data: bytes, line: int) -> None:
    trouble = parse("example.py", data)
    assert isinstance(trouble, Trouble)
    assert trouble.line == line


def test_text_with_a_null_cannot_be_parsed() -> None:
    assert isinstance(parse_text("example.py", "x = '\0'"), Trouble)


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        pytest.param(b"", ("",), id="empty"),
        pytest.param(b"a\nb", ("a", "b"), id="line-feed"),
        pytest.param(b"a\r\nb\r\n", ("a", "b", ""), id="carriage-return-and-line-feed"),
        pytest.param(b"a\rb", ("a", "b"), id="carriage-return"),
        pytest.param(b"a\x0c\nb", ("a\x0c", "b"), id="form-feed"),
        pytest.param(
            "a # \x85\u2028\x1c\nb".encode(), ("a # \x85\u2028\x1c", "b"), id="no-line-ends"
        ),
        pytest.param(b"\xef\xbb\xbfa", ("a",), id="bom"),
        pytest.param(b"# coding: latin-1\n'\xe9'", ("# coding: latin-1", "'é'"), id="cookie"),
        pytest.param(
            b"\n# vim: fileencoding=cp1252\n'\x80'",
            ("", "# vim: fileencoding=cp1252", "'€'"),
            id="second-line",
        ),
        pytest.param(b"x = '\\d'", ("x = '\\d'",), id="warning-of-the-parser"),
    ],
)
def test_lines_are_those_of_the_parser(data: bytes, lines: tuple[str, ...]) -> None:
    source = parse("example.py", data)
    assert isinstance(source, PythonSource)
    assert source.lines == lines


FROM = b"from huggingface_hub import snapshot_download as f\n"


@pytest.mark.parametrize(
    ("data", "span"),
    [
        pytest.param(FROM + b"f('o/m')", Span(2, 1, 2, 9), id="plain"),
        pytest.param(
            FROM + "x = 'é€𝄞'; f('o/m')".encode(), Span(2, 12, 2, 20), id="letters-before"
        ),
        pytest.param(FROM + "f('o/é')".encode(), Span(2, 1, 2, 9), id="letters-within"),
        pytest.param(
            FROM + "f(\n'é'); 'é'".encode(), Span(2, 1, 3, 5), id="letters-on-the-last-line"
        ),
        pytest.param(FROM + "x = 'e\u0301'; f(1)".encode(), Span(2, 11, 2, 15), id="combining"),
        pytest.param(FROM + b"if x:\n\tf('o/m')", Span(3, 2, 3, 10), id="tab"),
        pytest.param(FROM + b"\x0c\nf('o/m')", Span(3, 1, 3, 9), id="form-feed-on-its-own"),
        pytest.param(FROM + b"\x0cf('o/m')", Span(2, 2, 2, 10), id="form-feed-before"),
        pytest.param(FROM + b"x = '''\r\n'''\r\nf('o/m')\r\n", Span(4, 1, 4, 9), id="crlf"),
        pytest.param(FROM.replace(b"\n", b"\r") + b"f('o/m')", Span(2, 1, 2, 9), id="cr"),
        pytest.param(b"\xef\xbb\xbf" + FROM + b"f('o/m')", Span(2, 1, 2, 9), id="bom"),
        pytest.param(
            b"\xef\xbb\xbffrom huggingface_hub import snapshot_download as f; f(1)",
            Span(1, 53, 1, 57),
            id="bom-on-the-line",
        ),
        pytest.param(
            b"# coding: latin-1\n" + FROM + b"x = '\xe9'; f(1)", Span(3, 10, 3, 14), id="cookie"
        ),
        pytest.param(FROM + b"x = 1; \\\nf(1)", Span(3, 1, 3, 5), id="continued"),
        pytest.param(FROM + b"(f\n(\n1))", Span(2, 2, 4, 3), id="several-lines"),
    ],
)
def test_span_counts_characters(data: bytes, span: Span) -> None:
    assert [reference.span for reference in references(data)] == [span]


def test_span_of_a_node_without_an_end_or_a_line() -> None:
    node = ast.Name("x", lineno=7, col_offset=3)
    assert span_of(node, ("é",)) == Span(7, 4, 7, 4)


def test_folders_are_not_looked_for_unless_told_how() -> None:
    source = parse("example.py", FROM + b"f('tests')")
    assert isinstance(source, PythonSource)
    assert source.is_folder("tests") is False
    found = python.references(source.tree, source.lines, source.path)
    assert [one.local for one in found] == [None]


def test_references_are_in_the_order_of_the_source() -> None:
    source = FROM + b"def g(x=f('o/1')):\n f(f('o/3'))\nf('o/4')\n@f('o/5')\nclass A: pass"
    assert [(one.line, one.ids) for one in read(source)] == [
        (2, ("o/1",)),
        (3, "unknown"),
        (3, ("o/3",)),
        (4, ("o/4",)),
        (5, ("o/5",)),
    ]


TIMM = "timm.create_model"
SENTENCES = "sentence_transformers.SentenceTransformer"
DATASET = "datasets.load_dataset"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("timm.create_model('hf-hub:o/m')", Seen(1, TIMM, ("o/m",)), id="prefix"),
        pytest.param("timm.create_model('hf_hub:o/m')", Seen(1, TIMM, ("o/m",)), id="other-prefix"),
        pytest.param(
            f"timm.create_model('hf-hub:o/m@{SHA}')",
            Seen(1, TIMM, ("o/m",), (SHA,)),
            id="at-revision",
        ),
        pytest.param(
            "timm.create_model('hf-hub:o/a@v1' if c else 'hf-hub:o/b')",
            Seen(1, TIMM, ("o/a", "o/b"), ("v1", None)),
            id="sometimes-at-a-revision",
        ),
        pytest.param(
            "timm.create_model('resnet18')",
            Seen(1, TIMM, ("resnet18",), local="a name of the library's own"),
            id="without-the-prefix",
        ),
        pytest.param(
            "timm.create_model('resnet18' if c else 'hf-hub:o/m')",
            Seen(1, TIMM, ("o/m",)),
            id="sometimes-with-the-prefix",
        ),
        pytest.param(
            "sentence_transformers.SentenceTransformer('m')",
            Seen(1, SENTENCES, ("sentence-transformers/m",)),
            id="bare-name",
        ),
        pytest.param(
            "sentence_transformers.SentenceTransformer('o/m')",
            Seen(1, SENTENCES, ("o/m",)),
            id="name-with-an-owner",
        ),
        pytest.param(
            "sentence_transformers.SentenceTransformer('here')",
            Seen(1, SENTENCES, ("here",), local="a local path"),
            id="bare-name-of-a-folder",
        ),
        pytest.param(
            "datasets.load_dataset('csv', data_files='x')",
            Seen(1, DATASET, ("csv",), local="a builder of local files"),
            id="builder",
        ),
        pytest.param(
            "datasets.load_dataset('csv' if c else 'o/d')",
            Seen(1, DATASET, ("o/d",)),
            id="builder-or-id",
        ),
        pytest.param(
            "datasets.load_dataset('./d' if c else 'o/d')",
            Seen(1, DATASET, ("o/d",)),
            id="path-or-id",
        ),
        pytest.param(
            "datasets.load_dataset(None if c else True)",
            Seen(1, DATASET, "unknown", confidence="medium"),
            id="no-text",
        ),
    ],
)
def test_id_as_its_loader_reads_it(source: str, expected: Seen) -> None:
    imports = "import datasets, sentence_transformers, timm; "
    assert read(imports + source, folders=("here",)) == [expected]


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        pytest.param("", "model", id="absent"),
        pytest.param(", repo_type='dataset'", "dataset", id="dataset"),
        pytest.param(", repo_type='space'", "space", id="space"),
        pytest.param(", repo_type=None", "model", id="none"),
        pytest.param(", repo_type='nonsense'", "model", id="nonsense"),
        pytest.param(", repo_type=x", "model", id="unknown"),
    ],
)
def test_type_of_the_repo(argument: str, expected: str) -> None:
    source = FROM.decode() + f"f('o/m'{argument})"
    assert [one.repo_type for one in references(source)] == [expected]


def test_call_that_downloads_nothing_but_code() -> None:
    source = "from transformers import AutoModel\nAutoModel.from_config(c, trust_remote_code=True)"
    assert [(seen.ids, seen.local) for seen in read(source)] == [("absent", None)]
    assert [plain(one.trust_remote_code) for one in references(source)] == [(True,)]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param("p", [], id="absent"),
        pytest.param("p, custom_pipeline=False", [], id="false"),
        pytest.param("p, custom_pipeline=None", [], id="none"),
        pytest.param("p, custom_pipeline='o/m'", [("o/m",)], id="given"),
        pytest.param("p, custom_pipeline=x", ["unknown"], id="unknown"),
    ],
)
def test_call_that_loads_only_if_it_is_told_to(arguments: str, expected: list[Plain]) -> None:
    source = f"from diffusers import DiffusionPipeline as D; D.from_pipe({arguments})"
    assert [seen.ids for seen in read(source)] == expected
