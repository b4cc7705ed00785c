"""A module that is not parsed says the same as one that is."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flake8_hfmodels.loaders.row import Loader
from flake8_hfmodels.prefilter import may_refer
from flake8_hfmodels.reference import Known, Reference
from flake8_hfmodels.sources import python
from flake8_hfmodels.sources.python.comments import MANY, comments_in, pieces_of
from flake8_hfmodels.sources.python.parse import decode_source, parse_text
from flake8_hfmodels.sources.python.pieces import LONGEST
from flake8_hfmodels.sources.source import PythonSource
from tests.catalogue import by_method

PROBE = Path(__file__).parents[2] / "shared" / "probe"
ROWS = [row for found in by_method().values() for row in found]

URL = "https://huggingface.co/own/m/resolve/main/x.bin"
CALL = "AutoModel.from_pretrained('own/m')"
FENCE = f"```\n{CALL}\n```"
DOC = f'"""\n{FENCE}\n"""'
LITERAL = f"'''Example::\n\n    {CALL}\n'''"

Short = tuple[int, int, str, str]
"""Line, column, what is called, and how sure it is."""


def skimmed(source: str) -> list[Reference] | None:
    """What is found in a module without parsing it; `None` where it has to be parsed."""
    found = python.skimmed("example.py", source)
    return None if found is None else list(found.references)


def parsed(source: str) -> list[Reference]:
    """What is found in a module that is parsed, but for what nothing depends on.

    `from_config` reads no repo, and without the flag it runs nothing.
    """
    module = parse_text("example.py", source)
    assert isinstance(module, PythonSource)
    found = python.references(module.tree, module.lines, module.path)
    return [
        one
        for one in found
        if one.kind != "call" or one.loader.repo_id or isinstance(one.trust_remote_code, Known)
    ]


def in_short(found: Sequence[Reference]) -> list[Short]:
    return [(one.span.line, one.span.column, one.call, one.confidence.value) for one in found]


def after(line: int, how: str = "high") -> list[Short]:
    """The call that `DOC` shows, which begins in this line."""
    return [(line + 2, 1, "AutoModel.from_pretrained", how)]


SKIMMED = [
    pytest.param("", [], id="nothing"),
    pytest.param("x = 1\n", [], id="no-text"),
    pytest.param("x = '::'\n", [], id="mark-alone"),
    # docstrings
    pytest.param(DOC, after(1, "medium"), id="docstring"),
    pytest.param(f"u{DOC}", after(1, "medium"), id="u"),
    pytest.param(f"R{DOC}", after(1, "medium"), id="raw"),
    pytest.param(f"b{DOC}", [], id="bytes"),
    pytest.param(f"rb{DOC}", [], id="raw-bytes"),
    pytest.param(f"{DOC}\n{DOC}", after(1, "medium") + after(6, "medium"), id="two-docstrings"),
    pytest.param(f"def f():\n\f    pass\n{DOC}", after(3, "medium"), id="form-feed"),
    pytest.param(f"{DOC}  # note", after(1, "medium"), id="comment-behind"),
    pytest.param(f"# it's ''' not\n{DOC}", after(2, "medium"), id="quotes-in-a-comment"),
    pytest.param(f"X = r{DOC}", after(1, "medium"), id="constant"),
    pytest.param(f"X = {DOC}.format(x)", after(1, "medium"), id="constant-that-is-filled-in"),
    pytest.param(
        LITERAL, [(3, 5, "AutoModel.from_pretrained", "medium")], id="docstring-indented-block"
    ),
    pytest.param(
        "'\\n```\\nAutoModel.from_pretrained(\"own/m\")\\n```'",
        [(1, 1, "AutoModel.from_pretrained", "medium")],
        id="escapes",
    ),
    pytest.param(
        f"class C:\n    x = 1\n    '''{URL}'''\n", [(3, 8, URL, "high")], id="attribute-docstring"
    ),
    pytest.param(f"é = 1\n'é {URL}'", [(2, 4, URL, "high")], id="other-letters"),
    pytest.param(f"f('hf://')\nf({URL[:23]!r})", [], id="address-that-leads-nowhere"),
    pytest.param(f"f(# )\n1)\n'{URL}'", [(3, 2, URL, "high")], id="bracket-in-a-comment"),
    pytest.param(f"'x' \\\n'y'\n'{URL}'", [(3, 2, URL, "high")], id="texts-above"),
    # comments
    pytest.param(f"# {CALL}", [(1, 3, "AutoModel.from_pretrained", "medium")], id="comment"),
    pytest.param(
        "# AutoModel.from_pretrained(\n#   'own/m'\n# )",
        [(1, 3, "AutoModel.from_pretrained", "medium")],
        id="block-of-comments",
    ),
    pytest.param(f"x = 1  # {URL}", [(1, 10, URL, "high")], id="comment-beside-code"),
    pytest.param(
        f"#    {CALL}\n# and\nx = 1  # {CALL}",
        [
            (1, 6, "AutoModel.from_pretrained", "medium"),
            (3, 10, "AutoModel.from_pretrained", "medium"),
        ],
        id="blocks-of-comments",
    ),
    pytest.param("f'{x} it\\'s {y[\"a\"]}'  # " + URL, [(1, 26, URL, "high")], id="f-string"),
    pytest.param("f'{x}::y'", [], id="f-string-with-a-mark"),
    pytest.param(f"x = f# {URL}", [(1, 8, URL, "high")], id="letter-before-a-comment"),
    pytest.param(f"x = 1 if'a'else'b'\n# {URL}", [(2, 3, URL, "high")], id="word-before-a-quote"),
    # names that the module gives a meaning
    pytest.param(f"from transformers import AutoModel\n{DOC}", after(2), id="import"),
    pytest.param(f"from transformers import(AutoModel)\n{DOC}", after(2), id="no-space"),
    pytest.param(
        f"from transformers import (  # )\n  AutoModel,\n)\n{DOC}", after(4), id="brackets"
    ),
    pytest.param(f"from transformers \\\n  import AutoModel\n{DOC}", after(3), id="continued"),
    pytest.param(f"from .models import AutoModel\n{DOC}", after(2, "medium"), id="relative"),
    pytest.param(f"from .import AutoModel\n{DOC}", after(2, "medium"), id="no-space-behind-a-dot"),
    pytest.param(f"from transformers import \uff21utoModel\n{DOC}", after(2), id="wide-letter"),
    pytest.param(
        f"import os\nimport transformers\nfrom transformers import AutoModel\n{DOC}",
        after(4),
        id="imports-of-others",
    ),
    pytest.param(
        f"if x:\n\ttry:\n\t    from transformers import AutoModel\n\texcept E:\n\t    pass\n{DOC}",
        after(6),
        id="import-in-blocks",
    ),
    pytest.param(
        f"if (a and\n   b):\n    from transformers import AutoModel\n{DOC}",
        after(4),
        id="import-behind-a-long-condition",
    ),
    pytest.param(
        f"match x:\n    case 1:\n        from transformers import AutoModel\n{DOC}",
        after(4),
        id="import-in-a-case",
    ),
    pytest.param(
        f"def f():\n    from transformers import AutoModel\n{DOC}",
        after(3, "medium"),
        id="import-in-a-function",
    ),
    pytest.param(
        f"class C:\n    if x:\n        from transformers import AutoModel\n{DOC}",
        after(4, "medium"),
        id="import-in-a-class",
    ),
    pytest.param(
        f"def f(\n    a,\n) -> x:\n    from transformers import AutoModel\n{DOC}",
        after(5, "medium"),
        id="import-behind-many-parameters",
    ),
    pytest.param(
        f"def f():\n    x = [a\nfor a in g(b)]\n    from transformers import AutoModel\n{DOC}",
        after(5, "medium"),
        id="import-behind-a-line-further-left",
    ),
    pytest.param(
        f"class C: pass\nif x:\n    from transformers import AutoModel\n{DOC}",
        after(4),
        id="import-behind-a-class",
    ),
    pytest.param(
        f"try:\n    from transformers import AutoModel\nexcept E:\n    AutoModel = None\n{DOC}",
        after(5),
        id="import-or-nothing",
    ),
    # another module may import the name, though this one does not seem to
    pytest.param(f"load_dataset('own/m')\n'{URL}'", [(2, 2, URL, "high")], id="name-of-nowhere"),
    pytest.param(
        f"from os import (path)\nload_dataset('own/m')\n'{URL}'",
        [(3, 2, URL, "high")],
        id="name-of-no-import",
    ),
    pytest.param(f"x.from_config(c)\n'{URL}'", [(2, 2, URL, "high")], id="no-flag"),
    # what does not parse is let be
    pytest.param(f"def\n'{URL}'", [(2, 2, URL, "high")], id="syntax-error"),
]

PARSED = [
    # code
    pytest.param(f"{CALL}\n", id="call"),
    pytest.param("x.from_pretraine\uff44('own/m')", id="wide-letter-in-a-call"),
    pytest.param("f'{x.from_pretrained(1)}'", id="call-in-an-f-string"),
    pytest.param("f'{x:{y.from_pretrained(1)}}'", id="call-in-a-format"),
    pytest.param("import datasets as d\nf = d.load_dataset\nf('own/m')", id="alias"),
    pytest.param("from .far import load_dataset\nload_dataset('own/m')", id="far"),
    pytest.param("from .far import \\\n load_dataset\nload_dataset('own/m')", id="far-continued"),
    pytest.param("from .far import *\nload_dataset('own/m')", id="star"),
    pytest.param("from datasets import load_dataset\nf(load_dataset)", id="handed-on"),
    pytest.param("import os\nos.system('hf download own/m')", id="program"),
    pytest.param(f"import subprocess\n'{URL}'", id="program-perhaps"),
    pytest.param("import os\nos.environ['TRUST_REMOTE_CODE'] = '1'", id="switch"),
    pytest.param("x.from_config(c, trust_remote_code=True)", id="flag"),
    # addresses in code
    pytest.param(f"f('{URL}')", id="argument"),
    pytest.param(f"f(  # note\n'{URL}'\n)", id="argument-in-a-line-behind-a-comment"),
    pytest.param(f"x = [\n'{URL}',\n]", id="item"),
    pytest.param(f"return'{URL}'", id="behind-a-keyword"),
    pytest.param(f"x: '{URL}'", id="annotation"),
    pytest.param(f"x = {{'a': '{URL}'}}", id="value-of-a-key"),
    pytest.param(f"f'{URL}'", id="f-string"),
    pytest.param("x = 'hf://own/' + name", id="sum"),
    pytest.param("x = 'https://huggingface.co/api/' 'models/own/m'", id="two-texts"),
    pytest.param("x = ('https://huggingface.co/api/'\n'models/own/m')", id="two-lines"),
    pytest.param("x = ('https://huggingface.co/api/'  # x\n'models/o/m')", id="comment-between"),
    pytest.param("x = 'https://huggingface.co/api/' \\\n'models/o/m'", id="two-texts-continued"),
    pytest.param("x = 'see' f'{x}' 'https://huggingface.co/api/'", id="text-before"),
    pytest.param("x = ('see'  # x\n'https://huggingface.co/api/')", id="comment-before"),
    # texts of which it is hard to tell whether anybody reads them
    pytest.param(f"def f(): '{URL}'", id="behind-a-colon"),
    pytest.param(f"x = 1; '{URL}'", id="behind-a-semicolon"),
    pytest.param(f"'{URL}'; x = 1", id="before-a-semicolon"),
    pytest.param(f"X = {LITERAL}", id="constant-with-an-indented-block"),
    pytest.param(f"x = \\\n'{URL}'", id="continued"),
    pytest.param(f"'{URL}' \\\n.strip()", id="goes-on"),
    pytest.param(f"({LITERAL})", id="in-brackets"),
    pytest.param(f"(\n{LITERAL}\n)", id="in-brackets-of-their-own-line"),
    pytest.param(f"f({DOC})", id="shown-to-a-call"),
    pytest.param(f"def f(x: Annotated[str, Doc({DOC})]): pass", id="annotation-of-a-parameter"),
    pytest.param(f"def f() -> {DOC}: pass", id="annotation-of-a-result"),
    pytest.param(f"f{DOC}", id="f-string-that-shows-code"),
    pytest.param("f'```\\nload_dataset(1)\\n``` {x}'", id="f-string-with-escapes"),
    pytest.param("x = ('```\\n'\n'load_dataset(1)\\n'\n'```')", id="fence-of-many-texts"),
    pytest.param("'Example::\\n\\n' '  load_dataset(1)'", id="docstring-of-two-texts"),
    # f-strings with quotes of their kind within: Python 3.12
    pytest.param("f'{x['a']}'", id="quotes"),
    pytest.param("f'}}{ {x['#']} }'; load_dataset(1)", id="braces-that-seem-closed"),
    pytest.param("f'{\"}\" + x['#']}'; load_dataset(1)", id="brace-in-a-text"),
    pytest.param('f"""{x # } """ \n}"""; load_dataset(1)', id="comment-within"),
    pytest.param("f'{\nx}'", id="line-end-within"),
    pytest.param("f'{" + "x" * LONGEST + "}'", id="long"),
    # names whose meaning is hard to tell
    pytest.param(f"AutoModel = 1\nfrom transformers import AutoModel\n{DOC}", id="bound-before"),
    pytest.param(
        f"def f():\n    global AutoModel\n    from transformers import AutoModel\n{DOC}",
        id="bound-elsewhere",
    ),
    pytest.param(f"import os; from transformers import AutoModel\n{DOC}", id="second-import"),
    pytest.param(f"if x: from transformers import AutoModel\n{DOC}", id="import-behind-a-colon"),
    pytest.param(f"\ffrom transformers import AutoModel\n{DOC}", id="import-behind-a-form-feed"),
    # syntax errors
    pytest.param(f"{DOC}\nfrom transformers import (AutoModel\n", id="open-bracket"),
    pytest.param(f"'\\x {URL}'", id="escape-that-is-none"),
    pytest.param(f"x = '\\N{{DASHED}} {URL}'", id="character-that-is-none"),
]


@pytest.mark.parametrize(("source", "expected"), SKIMMED)
def test_skimmed(source: str, expected: list[Short]) -> None:
    found = skimmed(source)
    assert found is not None
    assert in_short(found) == expected


@pytest.mark.parametrize("source", PARSED)
def test_is_left_to_the_parser(source: str) -> None:
    assert skimmed(source) is None


def parses(source: object) -> bool:
    return isinstance(source, str) and isinstance(parse_text("example.py", source), PythonSource)


@pytest.mark.parametrize(
    "source", [pytest.param(one.values[0], id=one.id) for one in SKIMMED if parses(one.values[0])]
)
def test_is_what_the_parser_leads_to(source: str) -> None:
    assert skimmed(source) == parsed(source)


STATEMENTS = (
    "pass",
    DOC,
    f"'see {URL}'",
    LITERAL,
    f"X = {DOC}",
    f"X = {DOC} if x else {DOC}",
    f"f({DOC})",
    f"(  # c\n{DOC})",
    f"x = {{\n'a':\n{DOC}\n}}",
    f'u"""\\x60``\n{FENCE}\n"""',
    f"x = ['{URL}']",
    f"x = (\n'see {URL}'\n)",
    f"x = f'{{a}}' '{URL}'",
    f"x = 1  # {URL}",
    f"# {CALL}\npass",
    f"# try\n#   {CALL}\npass",
    "from transformers import AutoModel",
    "from transformers import (  # )\n  AutoModel,\n)",
    "from os import path as AutoModel",
    "import transformers as AutoModel, os",
    "import os; import AutoModel",
    "from \\\n  transformers \\\n  import AutoModel",
    "AutoModel = None",
    "global AutoModel",
    "del AutoModel",
    "for AutoModel in x: pass",
    "x = [a\nfor a in b]",
    "load_dataset('own/m')",
    "x.from_config(c)",
)
HEADS = (
    "def f():",
    f"async def f(a: x = {DOC}):",
    f"@d({DOC})\nclass C:",
    f"def f(\n    a: Annotated[x, {DOC}],\n) -> x:",
    "if x:",
    "if (x and\n    y):",
    "for a in b:",
    "with a:",
    "while a:",
    "if x:\n    pass\nelse:",
    "try:\n    pass\nfinally:",
)


def block(head: str, body: str) -> str:
    return head + "\n" + textwrap.indent(body, "    ")


def together(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(parts, min_size=1, max_size=4).map("\n".join)


MODULES = st.recursive(
    together(st.sampled_from(STATEMENTS)),
    lambda inner: together(inner | st.builds(block, st.sampled_from(HEADS), inner)),
    max_leaves=6,
)
TOKENS = (*"'\"#\n(){}[]:;=\\ fr", '"""', "'''", "\n    ", URL, DOC, "import AutoModel", "if x:")


@settings(max_examples=300)
@given(MODULES)
def test_a_module_says_the_same_by_every_road(source: str) -> None:
    expected = parsed(source)
    assert skimmed(source) in (None, expected)
    assert may_refer(source.encode()) or not expected


@settings(max_examples=500)
@given(st.lists(st.sampled_from(TOKENS), min_size=2, max_size=12).map("".join))
def test_whatever_parses_says_the_same_by_every_road(source: str) -> None:
    found = skimmed(source)
    assert found is None or not parses(source) or found == parsed(source)


FORMS = (
    "import {package} as p\np.sub.{name}({given})",
    "from {package} import {first} as Z\nZ{rest}({given})",
    "from elsewhere import {first}\n{name}({given})",
    "from {package} import {first}\nclass A({name}): pass\nA({given})",
)


def in_form(row: Loader, form: str) -> str:
    """A call of what a row is about."""
    name = row.name.replace("*", "X")
    first, _, _ = name.partition(".")
    given = [f"{param.names[0]}='own/m'" for param in row.repo_id[:1]]
    if row.trust_remote_code is not None:
        given.append(f"{row.trust_remote_code.names[0]}=True")
    return form.format(
        package=row.package,
        name=name,
        first=first,
        rest=name.removeprefix(first),
        given=", ".join(given),
    )


@pytest.mark.parametrize("form", FORMS)
def test_calls_of_every_row_are_left_to_the_parser(form: str) -> None:
    sources = [in_form(row, form) for row in ROWS]
    skipped = [one for one in sources if parses(one) and skimmed(one) is not None]
    assert [one for one in skipped if parsed(one)] == []


@pytest.mark.skipif(not PROBE.is_dir(), reason="the probe stands beside the project, not in it")
def test_the_probe_says_the_same_by_every_road() -> None:
    texts = [decode_source(file.name, file.read_bytes()) for file in PROBE.glob("*.py")]
    sources = [text for text in texts if isinstance(text, str)]
    assert sources
    found = {one: skimmed(one) for one in sources}
    assert [one for one, seen in found.items() if seen is not None and seen != parsed(one)] == []


# Whoever takes the square of their length takes minutes.
SHAPES = [
    pytest.param("# hf.co/\n" + "'" * 500_000, id="quotes"),
    pytest.param("# hf.co/\n'''" + "\\n" * 500_000, id="open-text"),
    pytest.param("# hf.co/\n" + "(" * 500_000, id="brackets"),
    pytest.param("# hf.co/\nload_dataset\n" + "import (\n" * 200_000, id="imports"),
    pytest.param("# hf.co/\na" + "\u0301\u0327" * 200_000, id="accents"),
    pytest.param("x = [" + "'hf.co/'," * 50_000, id="texts-in-one-line"),
    pytest.param("'hf.co/'" + "\\\n" * 300_000, id="continued-lines"),
]


@pytest.mark.parametrize("source", SHAPES)
def test_long_modules_are_read_once(source: str) -> None:
    assert may_refer(source.encode())
    assert skimmed(source) == []


SHAPES_WITH_CODE = [
    pytest.param(f"{DOC}\ndef f():\n" + " import AutoModel\n" * 50_000, id="imports-inside"),
    pytest.param(f"{DOC}\n" + "from .import AutoModel\n" * 50_000, id="imports"),
    pytest.param(f"{DOC}\n" + "from a import (x\n" * 200_000, id="open-imports"),
    pytest.param(f"{DOC}\nx = 1\n" + "if x:\n" * 200_000 + " from x import AutoModel", id="blocks"),
]


@pytest.mark.parametrize("source", SHAPES_WITH_CODE)
def test_imports_are_read_once(source: str) -> None:
    found = skimmed(source)
    assert found is None or len(found) == 1


PIECES = [
    pytest.param("'a' # b", ["'a'", "# b"], id="comment"),
    pytest.param("'#' \"#\" '''#''' '\\'#'", ["'#'", '"#"', "'''#'''", "'\\'#'"], id="no-comment"),
    pytest.param("'a\n'b'", ["'a", "'b'"], id="open"),
    pytest.param('"""a\n', ['"""a\n'], id="open-to-the-end"),
    pytest.param("'a\\", ["'a"], id="backslash-at-the-end"),
    pytest.param("'''a\\", ["'''a"], id="backslash-at-the-end-of-lines"),
]


@pytest.mark.parametrize(("text", "expected"), PIECES)
def test_pieces(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in pieces_of(text)] == expected


@pytest.mark.parametrize("quotes", ["'", '"', "'''", '"""'])
@pytest.mark.parametrize("times", [MANY - 1, MANY, MANY + 1, 3 * MANY, 3 * MANY + 1])
@pytest.mark.parametrize("written", ["\\n", "\\\n", "\\'\\\"#"])
def test_literal_of_many_escapes(quotes: str, times: int, written: str) -> None:
    literal = quotes + written * times + quotes
    text = f"{literal} # {quotes}"
    assert list(pieces_of(text)) == [(0, len(literal)), (len(literal) + 1, len(text))]


def test_open_literal_of_many_escapes() -> None:
    literal = "'" + "\\n" * 2 * MANY
    assert list(pieces_of(f"{literal}\n#")) == [
        (0, len(literal)),
        (len(literal) + 1, len(literal) + 2),
    ]


def test_no_comments_where_none_is_worth_a_look() -> None:
    assert comments_in(["x = 1  # note", "y = '#'"]) == []


def test_comments_where_one_is_worth_a_look() -> None:
    found = comments_in(["x = '# a/b'  # note", "# a/b"])
    assert [(one.line, one.column, one.text, one.alone) for one in found] == [
        (1, 15, " note", False),
        (2, 2, " a/b", True),
    ]
