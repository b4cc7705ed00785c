"""Whatever the source: it is read to its end, with little work, and nothing in it is run."""

from __future__ import annotations

import sys
import sysconfig
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from flake8_hfmodels.sources import python
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.python.values import STEPS
from flake8_hfmodels.sources.source import PythonSource, Trouble
from tests.reading import references, source_of

if TYPE_CHECKING:
    from _typeshed import TraceFunction

LOAD = "from huggingface_hub import snapshot_download as load\n"
STDLIB_TESTS = Path(sysconfig.get_path("stdlib")) / "test"
PARTS = sorted(STDLIB_TESTS.glob("test_*.py"), key=lambda file: file.name)

NAMES = st.sampled_from(["a", "b", "self", "cls", "load", "A", "AutoModel", "transformers", "dict"])
TEXTS = st.sampled_from(["'o/m'", "''", "None", "True", "(1)", "'main'", "'./x'", "'é'"])
EXPRESSIONS = st.recursive(
    NAMES | TEXTS,
    lambda inner: st.one_of(
        st.builds("{}.from_pretrained({}, revision={})".format, inner, inner, inner),
        st.builds("load({}, **{})".format, inner, inner),
        st.builds("load(*{}, {})".format, inner, inner),
        st.builds("{}({})".format, NAMES, inner),
        st.builds("{}.{}".format, inner, NAMES),
        st.builds("{}[{}]".format, inner, inner),
        st.builds("{}.get({}, {})".format, inner, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("({} + {})".format, inner, inner),
        st.builds("({} | {})".format, inner, inner),
        st.builds("({} / {})".format, inner, inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("{{{}: {}, **{}}}".format, inner, inner, inner),
        st.builds("[{} for {} in {} if {}]".format, inner, NAMES, inner, inner),
        st.builds("(lambda {}={}: {})".format, NAMES, inner, inner),
        st.builds("({} := {})".format, NAMES, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("f'{{({})}}-x'".format, NAMES),
        st.builds("str({})".format, inner),
    ),
    max_leaves=8,
)
STATEMENTS = st.one_of(
    st.builds("{} = {}".format, NAMES, EXPRESSIONS),
    st.builds("{}.a = {}".format, NAMES, EXPRESSIONS),
    st.builds("{}['a'] = {}".format, NAMES, EXPRESSIONS),
    st.builds("{}.update({})".format, NAMES, EXPRESSIONS),
    st.builds("del {}, a['b']".format, NAMES),
    st.builds("{}, *b = {}".format, NAMES, EXPRESSIONS),
    st.builds("if {}:\n {} = {}\nelse:\n b = a".format, EXPRESSIONS, NAMES, EXPRESSIONS),
    st.builds("for {} in {}:\n a = {}".format, NAMES, EXPRESSIONS, EXPRESSIONS),
    st.builds("with {} as {}:\n load({})".format, EXPRESSIONS, NAMES, EXPRESSIONS),
    st.builds(
        "class A({}):\n a = {}\n def f(self, b={}):\n  self.a = {}".format, *[EXPRESSIONS] * 4
    ),
    st.builds("def f({}={}):\n global b\n b = {}".format, NAMES, EXPRESSIONS, EXPRESSIONS),
    st.builds("def a():\n def f():\n  nonlocal b\n  b = {}\n b = 1".format, EXPRESSIONS),
    st.sampled_from(["import transformers", "from .x import *", "from transformers import *"]),
    st.builds("load({})".format, EXPRESSIONS),
)
PROGRAMS = st.lists(STATEMENTS, max_size=8).map(lambda lines: LOAD + "\n".join(lines))


@given(PROGRAMS)
@settings(deadline=None, max_examples=100)
def test_any_program_is_read(program: str) -> None:
    first, again = references(program), references(program)
    assert first == again
    assert [one.span for one in first] == sorted(one.span for one in first)


@given(st.binary() | st.text().map(str.encode))
@example(b"# coding: idna\n\xff")
@example(b"# coding: punycode\n-\xff")
@example(b"# coding: unicode_escape\n'\\ud800'")
@settings(deadline=None)
def test_any_bytes_are_read_or_said_to_be_unreadable(data: bytes) -> None:
    assert isinstance(parse("example.py", data), (PythonSource, Trouble))


@pytest.mark.skipif(not PARTS, reason="this Python comes without its own tests")
@pytest.mark.parametrize("start", range(6))
def test_tests_of_the_standard_library_are_read(start: int) -> None:
    parsed = [parse(str(file), file.read_bytes()) for file in PARTS[start::50]]
    sources = [one for one in parsed if isinstance(one, PythonSource)]
    found = [python.references(one.tree, one.lines, one.path) for one in sources]
    assert [one for one in found if one] == []


def test_nothing_is_run(capsys: pytest.CaptureFixture[str]) -> None:
    source = (
        "from transformers import AutoModel\nimport this\nprint('run')\n"
        "class A(print('run')):\n x: print('run') = print('run')\n"
        "AutoModel.from_pretrained(print('run') or f'{print(1)}', **dict(a=print('run')))\n"
    )
    assert [one.repo_id for one in references(source)] != []
    assert capsys.readouterr() == ("", "")
    assert "this" not in sys.modules


def nested(beginning: str, end: str, core: str = "'o/m'") -> str:
    return f"load({beginning * 90}{core}{end * 90})"


HARD = [
    pytest.param("load(" + "a." * 900 + "a)", id="attributes"),
    pytest.param(nested("f(", ")"), id="calls"),
    pytest.param("load(x" + "()" * 900 + ")", id="calls-of-calls"),
    pytest.param("load(x" + "[0]" * 900 + ")", id="subscripts"),
    pytest.param("load(" + "+".join(["'o'"] * 900) + ")", id="sums"),
    pytest.param("load(" + " or ".join(["x"] * 5000) + ")", id="alternatives"),
    pytest.param(nested("{'a': ", "}"), id="dictionaries"),
    pytest.param(nested("{**", "}", "{}"), id="spread-dictionaries"),
    pytest.param(nested("(x if y else ", ")"), id="conditionals"),
    pytest.param(nested("[", "]"), id="lists"),
    pytest.param(nested("(lambda a=", ": a)"), id="lambdas"),
    pytest.param(nested("str(", ")"), id="str"),
    pytest.param("".join(f"{' ' * n}if x:\n" for n in range(90)) + " " * 90 + "load(x)", id="ifs"),
    pytest.param(
        "if x: pass\n" + "".join(f"elif x{n}:\n n = 'o/{n}'\n" for n in range(400)) + "load(n)",
        id="elif",
    ),
    pytest.param(f"load('{'x' * 1_000_000}')", id="long-text"),
    pytest.param(
        f"x = '{'x' * 1_000_000}'\n" + "y = " + "+".join("x" * 500) + "\nload(y)", id="sum"
    ),
    pytest.param("".join(f"c{n} = 'o/{n}'\n" for n in range(10_000)) + "load(c7)", id="constants"),
    pytest.param(
        "x0 = 'o/m'\n" + "".join(f"x{n + 1} = x{n}\n" for n in range(5000)) + "load(x5000)",
        id="chain",
    ),
    pytest.param(
        "x0 = x5000\n" + "".join(f"x{n + 1} = x{n}\n" for n in range(5000)) + "load(x5000)",
        id="circle",
    ),
    pytest.param(
        "".join(f"x{n} = x{n + 1} + x{n + 1}\n" for n in range(100)) + "load(x0)", id="doubling"
    ),
    pytest.param(
        "x30 = {}\n"
        + "".join(f"x{n} = {{**x{n + 1}, **x{n + 1}}}\n" for n in range(30))
        + "load(**x0)",
        id="doubling-dictionaries",
    ),
    pytest.param(
        "".join(
            f"if a{arm}:\n x{n} = x{n + 1} / y\n" if n == 12 else f"if a{arm}:\n x{n} = x{n + 1}\n"
            for n in range(13)
            for arm in range(9)
        )
        + "load(x0)",
        id="many-arms-at-every-step",
    ),
    pytest.param(
        "class A0: pass\n"
        + "".join(f"class A{n + 1}({', '.join([f'A{n}'] * 9)}): pass\n" for n in range(40))
        + "A40.from_pretrained(x)\nload(A40.x)",
        id="bases-that-double",
    ),
    pytest.param("x = x or y\nload(x)", id="itself-or"),
    pytest.param("def f(x):\n x = x or x or x or y\n load(x)", id="itself-or-itself"),
    pytest.param("x = 1\n" * 5000 + "load(x)\nx.from_pretrained(y)", id="bound-often"),
    pytest.param(
        "class A:\n x = 'o/m'\n" + "a.x = 1\n" * 5000 + "load(A.x)", id="attribute-set-often"
    ),
    pytest.param(
        "x0 = load\n" + "".join(f"x{n + 1} = x{n}.f()\nx{n + 1}('o/m')\n" for n in range(3000)),
        id="paths-that-grow",
    ),
    pytest.param(
        "def f(x0):\n" + "".join(f" x{n + 1} = x{n}.f()\n x{n + 1}('o/m')\n" for n in range(3000)),
        id="words-that-grow",
    ),
    pytest.param(
        "d = {" + ",".join(f"'{n}': 'o/{n}'" for n in range(10_000)) + "}\nload(d[x], **d)",
        id="big-dictionary",
    ),
    pytest.param(
        "d = dict(" + ",".join(f"a{n}=1" for n in range(10_000)) + ")\nload(**d)",
        id="big-call-of-dict",
    ),
    pytest.param(
        "d = {}\n" + "".join(f"d['{n}'] = {n}\n" for n in range(10_000)) + "load(**d)",
        id="many-items-set",
    ),
    pytest.param("load([" + ",".join(f"'o/{n}'" for n in range(10_000)) + "])", id="big-list"),
    pytest.param("".join(f"load('o/m{n}')\n" for n in range(5000)), id="many-calls"),
    pytest.param(
        "x = 'é'; " + "; ".join(f"load('o/m{n}')" for n in range(5000)), id="many-calls-on-a-line"
    ),
    pytest.param(
        "d = {"
        + ",".join(f"'{n}': 'o/{n}'" for n in range(10_000))
        + "}\n"
        + "load(d[x], **d)\n" * 2000,
        id="big-dictionary-in-many-calls",
    ),
    pytest.param("x = 1\n" * 5000 + "load(x)\n" * 3000, id="bound-often-in-many-calls"),
]


@pytest.mark.parametrize("source", HARD)
def test_hard_source_is_read_to_its_end(source: str) -> None:
    assert isinstance(references(LOAD + source), list)


def work(source: str) -> int:
    """How many of our own lines are run to read a program."""
    parsed = source_of((LOAD + source).encode())
    folder = str(Path(python.__file__).parent)
    lines = 0

    def count(frame: FrameType, event: str, _argument: object) -> TraceFunction | None:
        nonlocal lines
        lines += event == "line"
        return count if frame.f_code.co_filename.startswith(folder) else None

    before = sys.gettrace()
    sys.settrace(count)
    try:
        python.references(parsed.tree, parsed.lines, parsed.path)
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize(
    ("beginning", "each_time", "end"),
    [
        pytest.param("", "x = 'o/m'\n", "load(x)", id="bindings"),
        pytest.param("x = 'o/m'\n" * 70, "load(x)\n", "", id="calls-with-a-name-bound-often"),
        pytest.param("load('o'", "+'o'", ")", id="sum"),
        pytest.param("load(x", " or x", ")", id="alternatives"),
        pytest.param("load([", "'o/m',", "])", id="list"),
        pytest.param("load(**{", "'a': 'o/m', ", "})", id="dictionary"),
        pytest.param("d = {}\n", "d['a'] = x\n", "load(**d)", id="changes"),
        pytest.param("d = {}\n", "d['a'] = x\nload(**d)\n", "", id="changes-and-calls"),
        pytest.param("x = 1\n", "x = 'o/m'\nload(x)\n", "", id="bindings-and-calls"),
        pytest.param("class A:\n x = 1\n", "a.x = 1\nload(A.x)\n", "", id="attributes-and-calls"),
        pytest.param("def f(x):\n", " x = x.f()\n x('o/m')\n", "", id="aliases-and-calls"),
        pytest.param(
            "".join(f"x{n} = x{n + 1} + x{n + 1}\n" for n in range(40)),
            "load(x0)\n",
            "",
            id="doubling",
        ),
    ],
)
def test_work_grows_no_faster_than_the_source(beginning: str, each_time: str, end: str) -> None:
    once, twice = (work(f"{beginning}{each_time * number}{end}") for number in (450, 900))
    assert twice <= 2.1 * once + 4 * STEPS
