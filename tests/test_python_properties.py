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
from flake8_hfmodels.sources.source import PythonSource
from flake8_hfmodels.sources.trouble import Trouble
from tests.reading import references, source_of

if TYPE_CHECKING:
    from _typeshed import TraceFunction

LOAD = "from huggingface_hub import snapshot_download as load\n"
IMPORTS = (
    "import argparse, functools, torch\nfrom dataclasses import dataclass, field\n"
    "from functools import partial\np = argparse.ArgumentParser()\n"
)
UNPICKLING = (
    "import torch\nfrom pathlib import Path\nfrom huggingface_hub import hf_hub_download as get\n"
)
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
        st.builds("('%s/%s' % ({}, {}))".format, inner, inner),
        st.builds("({} % {})".format, inner, inner),
        st.builds("'{{}}/{{a}}'.format({}, a={})".format, inner, inner),
        st.builds("{}.format(*{}, **{})".format, inner, inner, inner),
        st.builds("'/'.join({})".format, inner),
        st.builds("partial({}, {}, a={})".format, inner, inner, inner),
        st.builds("functools.partial(load, *{})()".format, inner),
        st.builds("({}, *{})".format, inner, inner),
        st.builds("[*{}][0]".format, inner),
        st.builds("[a for a, (b, *self) in {}]".format, inner),
        st.builds("{{a: b for a, b in {}.items()}}".format, inner),
        st.builds("p.parse_args({}).a".format, inner),
        st.builds("vars(p.parse_args()).get({})".format, inner),
        st.builds("{}(a={}, b={}).a".format, NAMES, inner, inner),
        st.builds("f({}, b={})".format, inner, inner),
        st.builds("torch.load({})".format, inner),
        st.builds("torch.load(open({}).read(), weights_only={})".format, inner, inner),
    ),
    max_leaves=8,
)
DOTTED = [".", "..", ".a", "...a.b", "transformers", "a.b"]
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
    st.builds("p.add_argument('--a', {}, default={})".format, EXPRESSIONS, EXPRESSIONS),
    st.builds("p.set_defaults(a={}, **{})".format, EXPRESSIONS, EXPRESSIONS),
    st.builds("a = p.parse_args({})\nload(a.b)".format, EXPRESSIONS),
    st.builds("{} = partial(load, {})".format, NAMES, EXPRESSIONS),
    st.builds("for a, b in {}.items():\n load(b, **a)".format, EXPRESSIONS),
    st.builds(
        "for a, (b, self) in [({}, ({}, {}))]:\n {} = load(b)".format, *[EXPRESSIONS] * 3, NAMES
    ),
    st.builds("*{}, b = {}, *{}".format, NAMES, EXPRESSIONS, EXPRESSIONS),
    st.builds("[{}, (a, *b)] = {}".format, NAMES, EXPRESSIONS),
    st.builds(
        "def f(a, /, b={}, *c, self={}, **d):\n if a: return {}\n return {{'a': {}}}[a]".format,
        *[EXPRESSIONS] * 4,
    ),
    st.builds("def {}(f):\n return f({})\nf({})".format, NAMES, EXPRESSIONS, EXPRESSIONS),
    st.builds("def a(b):\n load(b, revision={})\na({})".format, EXPRESSIONS, EXPRESSIONS),
    st.builds("@{}\ndef f(b={}):\n load(b)".format, EXPRESSIONS, EXPRESSIONS),
    st.builds(
        "@dataclass\nclass A:\n a: str = {}\n b: str = field(default={})\nload(A(b={}).b)".format,
        *[EXPRESSIONS] * 3,
    ),
    st.builds(
        "class A(A):\n def __init__(self, a={}):\n  super().__init__(a)\n  self.b = a\n"
        " def f(self):\n  load(self.b)\nA({}).f()".format,
        EXPRESSIONS,
        EXPRESSIONS,
    ),
    st.builds("from {} import {} as {}".format, st.sampled_from(DOTTED), NAMES, NAMES),
    st.builds("import {} as {}".format, st.sampled_from(["a.b", "transformers.x"]), NAMES),
    st.builds("{} += {}".format, NAMES, EXPRESSIONS),
    st.builds("{}[{}] = {}".format, NAMES, EXPRESSIONS, EXPRESSIONS),
    st.builds("async def f(a={}):\n return await load({})".format, EXPRESSIONS, EXPRESSIONS),
    st.builds(
        "match {}:\n case [a, *b] if {}: load(b)\n case {{'a': b, **self}}: b = a".format,
        EXPRESSIONS,
        EXPRESSIONS,
    ),
    st.builds("try:\n from .a import b\nexcept {} as a:\n b = {}".format, NAMES, EXPRESSIONS),
    st.builds("while {}:\n b = {}\nelse:\n load(b)".format, EXPRESSIONS, EXPRESSIONS),
)
PROGRAMS = st.lists(STATEMENTS, max_size=8).map(lambda lines: LOAD + IMPORTS + "\n".join(lines))


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
    pytest.param(
        "import torch\n"
        + "".join(f"x{n} = x{n + 1} if a else str(x{n + 1} or x{n + 1})\n" for n in range(60))
        + "x60 = load('o/m')\n"
        + "torch.load(x0)\n" * 50,
        id="unpickled-files-that-double",
    ),
    pytest.param(
        "import torch\ndef w0(x): return x\n"
        + "".join(f"def w{n + 1}(x): return w{n}(w{n}(x))\n" for n in range(200))
        + "torch.load(w200(load('o/m')))",
        id="unpickled-returns-that-double",
    ),
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
    pytest.param(
        "".join(
            f"x{n} = x{(n * 7 + 1) % 1000} if a else x{(n * 13 + 5) % 1000}\n" for n in range(1000)
        )
        + "load(x0)\n" * 50,
        id="circles-that-cross",
    ),
    pytest.param(
        "".join(f"def f{n}():\n return f{(n + 1) % 100}()\nload(f{n}())\n" for n in range(100)),
        id="functions-in-a-circle",
    ),
    pytest.param(
        "".join(
            f"def f{n}(a=1):\n if a: return f{(n * 7 + 1) % 100}(a)\n"
            f" return f{(n * 13 + 5) % 100}(a)\nload(f{n}())\n"
            for n in range(100)
        ),
        id="functions-in-circles-that-cross",
    ),
    pytest.param("def f(x):\n load(x)\n f(x + x)\n f('a' + x)\n f(f(x))\nf('o/m')", id="recursion"),
    *(
        pytest.param(
            f"def w0({takes}):\n load({passes})\n"
            + "".join(f"def w{n + 1}({takes}):\n" + f" w{n}({passes})\n" * 20 for n in range(200))
            + "w200(repo_id='o/m')\n",
            id=f"wrappers-of-wrappers-{takes}",
        )
        for takes, passes in (
            ("repo_id", "repo_id"),
            ("repo_id, revision=None", "repo_id, revision=revision"),
            ("**options", "**options"),
            ("*repo_id", "*repo_id"),
        )
    ),
    pytest.param(
        "def w0(x): return x\n"
        + "".join(f"def w{n + 1}(x): return w{n}(w{n}(x))\n" for n in range(200))
        + "load(w200('o/m'))",
        id="returns-that-double",
    ),
    pytest.param(
        "class A0:\n x = 'o/m'\n def __init__(self, y): load(y)\n def f(self): load(self.x)\n"
        + "".join(
            f"class A{n + 1}(A{n}):\n def __init__(self, y): super().__init__(y)\n"
            for n in range(500)
        )
        + "load(A500.x)\nA500.from_pretrained('o/m')\nA500('o/m').f()",
        id="deep-hierarchy",
    ),
    pytest.param(
        "class A0: pass\nclass B0: pass\n"
        + "".join(
            f"class A{n + 1}(A{n}, B{n}): pass\nclass B{n + 1}(A{n}, B{n}): pass\n"
            for n in range(30)
        )
        + "load(A30.x)\nA30.from_pretrained(A30().y)\nload(A30(x=1).x)",
        id="diamonds",
    ),
    pytest.param(
        "for "
        + "".join(f"a{n}, (" for n in range(40))
        + "b"
        + ")" * 40
        + " in ["
        + "('o/m', " * 40
        + "'o/x'"
        + ")" * 40
        + "]:\n load(b)\n load(a7)",
        id="nested-unpacking",
    ),
    pytest.param(
        "for "
        + ", ".join(f"a{n}" for n in range(1000))
        + " in [("
        + ", ".join(f"'o/{n}'" for n in range(1000))
        + ")] * 3:\n"
        + "".join(f" load(a{n})\n" for n in range(1000)),
        id="wide-unpacking",
    ),
    pytest.param(
        "d = {"
        + ",".join(f"'{n}': 'o/{n}'" for n in range(10_000))
        + "}\n"
        + "for a, b in d.items():\n load(b)\n" * 1000,
        id="loops-over-a-big-dictionary",
    ),
    pytest.param(
        "t0 = ('o/m',)\n"
        + "".join(f"t{n + 1} = (*t{n}, *t{n})\n" for n in range(40))
        + "load(t40)\nload(*t40)\nfor x in t40:\n load(x)",
        id="tuples-that-double",
    ),
    pytest.param("t = (" + "*a, " * 5000 + ")\nload(t)\nload(*t)", id="many-stars"),
    *(
        pytest.param(f"x0 = 'oo'\n{lines}load(x100)\n", id=f"texts-that-double-{n}")
        for n, lines in enumerate(
            "".join(step.format(new=n + 1, old=n) for n in range(100))
            for step in (
                "x{new} = '%s%s' % (x{old}, x{old})\n",
                "x{new} = '{{}}{{}}'.format(x{old}, x{old})\n",
                "x{new} = ''.join([x{old}, x{old}])\n",
                "x{new} = f'{{x{old}}}{{x{old}}}'\n",
                "x{new} = x{old}.replace('o', 'oo')\n",
            )
        )
    ),
    *(
        pytest.param(f"x = '{text}'\n" + f"load(x {use})\n" * 20, id=f"long-template-{name}")
        for name, text, use in (
            ("percent", "%s" + "x" * 1_000_000, "% 'o'"),
            ("percents", "%s" * 300_000, "% ('o',)"),
            ("format", "{}" + "x" * 1_000_000, ".format('o')"),
            ("formats", "{}" * 300_000, ".format('o')"),
            ("braces", "{" * 500_000 + "}" * 500_000, ".format('o')"),
        )
    ),
    *(
        pytest.param(f"load({text})", id=f"wide-field-{n}")
        for n, text in enumerate(
            (
                "'%999999999s' % 'o'",
                "'%.*f' % (999999999, 1.0)",
                "'{:>999999999}'.format('o')",
                "'{0:{1}}'.format('o', 999999999)",
                "f\"{'o':>999999999}\"",
                "'o' * 999999999",
            )
        )
    ),
    pytest.param("load(" + "'%s' % (" * 90 + "'o/m'" + ")" * 91, id="nested-templates"),
    pytest.param("load('" + "%s" * 5000 + "' % (" + "'o'," * 5000 + "))", id="many-fields"),
    pytest.param("o = 'o'\nload(f'" + "{o}" * 5000 + "')", id="long-f-string"),
    pytest.param(
        "o = 'o' if a else 'p'\nload(f'" + "{o}/" * 2000 + "')", id="f-string-that-branches"
    ),
    pytest.param(
        "def f(x):\n" + " load(x)\n" * 100 + "".join(f"f('o/{n}')\n" for n in range(5000)),
        id="many-callers",
    ),
    pytest.param(
        "".join(f"class A{n}:\n def f(self, x):\n  load(x)\n" for n in range(1000))
        + "".join(f"A{n}().f('o/{n}')\n" for n in range(1000)),
        id="callers-of-many-of-a-name",
    ),
    pytest.param(
        "def f(a):\n"
        + "".join(f" if a == {n}: return 'o/{n}'\n" for n in range(5000))
        + "load(f(1))\n" * 500,
        id="many-returns",
    ),
    pytest.param(
        IMPORTS
        + "".join(f"p.add_argument('--a{n}', default='o/{n}')\n" for n in range(5000))
        + "a = p.parse_args()\nload(**vars(a))\n"
        + "".join(f"load(a.a{n})\n" for n in range(5000)),
        id="many-options",
    ),
    pytest.param(
        IMPORTS
        + "@dataclass\nclass A:\n a: object = None\n b: str = 'o/m'\nx0 = A(b='o/m')\n"
        + "".join(f"x{n + 1} = A(a=x{n})\n" for n in range(300))
        + f"load(x300{'.a' * 300}.b)",
        id="fields-of-fields",
    ),
    pytest.param(
        "".join(f"def d{n}(f):\n def w(*a): return f(*a)\n return w\n" for n in range(300))
        + "".join(f"@d{n}\n" for n in range(300))
        + "def f(x):\n load(x)\nf('o/m')",
        id="many-decorators",
    ),
    pytest.param(
        IMPORTS
        + "p0 = partial(load, 'o/m')\n"
        + "".join(f"p{n + 1} = partial(p{n}, a{n}=1)\np{n + 1}()\n" for n in range(2000)),
        id="partials-of-partials",
    ),
    pytest.param(
        IMPORTS + "p = " + "partial(" * 90 + "load" + ")" * 90 + "\np('o/m')", id="nested-partials"
    ),
    pytest.param(
        "".join(
            f"from ..a{n} import b{n}\nfrom . import c{n}\nb{n}('o/m')\nload(c{n}.d)\n"
            for n in range(2000)
        ),
        id="many-relative-imports",
    ),
    pytest.param(
        IMPORTS
        + "p = partial(load, 'o/m')\np()\np()[0]('o/x')\n"
        + "set_defaults(a=1)\np.set_defaults(a='o/m')\nload(p.parse_args().a)",
        id="calls-of-what-has-no-name",
    ),
    pytest.param(
        "import subprocess\nself.a = a = ['vllm', 'serve']\n"
        "self.a.append('o/x')\na.append('o/m')\nsubprocess.run(a)",
        id="lists-that-grow-in-objects",
    ),
]


@pytest.mark.parametrize("source", HARD)
def test_hard_source_is_read_to_its_end(source: str) -> None:
    assert isinstance(references(LOAD + source), list)


def work(source: str) -> int:
    """How many of our own lines are run to read a program."""
    parsed = source_of((LOAD + source).encode())
    folder = str(Path(python.__file__).parents[1])
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


def grown(pieces: tuple[str, ...], number: int) -> str:
    """A program: its pieces with a `~`, which stands for a number, many times, the others once."""
    numbers = range(number)
    return "".join(
        "".join(one.replace("~", str(n)) for n in numbers) if "~" in one else one for one in pieces
    )


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param(("for a, b in [", "('o/~', x),", "]:\n", " load(a)#~\n"), id="pairs"),
        pytest.param(
            ("d = [", "('o/~', x),", "]\n", "for a, b in d: load(a)#~\n"), id="pairs-of-a-name"
        ),
        pytest.param(
            ("d = {", "'~': 'o/~',", "}\n", "for a, b in d.items(): load(b)#~\n"), id="items"
        ),
        pytest.param(
            ("d = [", "{'a': 'o/~'},", "]\n", "for a in d: load(a['a'])#~\n"), id="dictionaries"
        ),
        pytest.param(("a = (", "*b, *b#~\n,", ")\n", "load(*a)#~\n"), id="stars"),
        pytest.param(("x = '", "%s~", "' % (", "'o',#~\n", ")\n", "load(x)#~\n"), id="percent"),
        pytest.param(("x = '/'.join([", "'o~',", "])\n", "load(x)#~\n"), id="join"),
        pytest.param(("def f(x):\n", " if x == ~: return 'o/~'\n", "load(f(x))#~\n"), id="returns"),
        pytest.param(
            ("def f(x): return {", "'~': 'o/~',", "}[x]\n", "load(f(x))#~\n"),
            id="dictionary-that-is-returned",
        ),
        pytest.param(("def f(x):\n", " load(x)#~\n", "f('o/~')\n"), id="callers"),
        pytest.param(("def f~(x, y=1): load(x, **y)\nf~('o/m', y=x)\n",), id="functions"),
        pytest.param(
            ("class A~:\n def f(self, x): load(x)\n", "A~().f('o/~')\n"), id="methods-of-a-name"
        ),
        pytest.param(
            (IMPORTS, "p.add_argument('--a~', default='o/~')\n", "load(p.parse_args().a~)\n"),
            id="options",
        ),
        pytest.param(
            (IMPORTS, "p.add_argument('--a', default='o/~')\n", "load(p.parse_args().a)#~\n"),
            id="options-of-a-name",
        ),
        pytest.param(
            (IMPORTS, "p.add_argument('--a', choices=[", "'o/~',", "])\n", "load(args.a)#~\n"),
            id="choices",
        ),
        pytest.param(
            (IMPORTS, "p.set_defaults(", "a~=1,", ")\n", "load(args.a~)\n"), id="defaults"
        ),
        pytest.param((IMPORTS, "p~ = partial(load, 'o/~')\np~(a=1)\n"), id="partials"),
        pytest.param((IMPORTS, "p = partial(load, 'o/m')\n", "f~(x)\n"), id="calls-and-a-partial"),
        pytest.param(("load('o/m')\n", "f~(x, env=1).update(output_dir=2)\n"), id="other-calls"),
        pytest.param(("load('o/m')\n", "if x~:\n a.b = [c.d, 'x-~']\n"), id="other-statements"),
        pytest.param(
            (IMPORTS, "@dataclass\nclass A:\n a: str = x\n", "b~ = A(a='o/~')\nload(b~.a)\n"),
            id="objects",
        ),
        pytest.param(("from ..a~ import b~\nb~('o/m')\nload(b~.c)\n",), id="relative-imports"),
        pytest.param(("class A0: x = 'o/m'\n", "class B~(A0): pass\nload(B~.x)\n"), id="classes"),
        pytest.param(
            ("def d(f): return f\n", "@d\ndef f~(x): load(x)\nf~('o/m')\n"), id="decorators"
        ),
        pytest.param(
            ("x = ''\n", "def f~():\n global x\n x = 'o/~'\ndef g~(): load(x)\n"), id="globals"
        ),
        pytest.param(("match x:\n", " case ~: a = 'o/~'\n", "load(a)#~\n"), id="cases"),
        pytest.param(
            ("@dataclass\nclass A:\n", " a~: str = 'o/~'\n", "a = A()\n", "load(a.a~)\n"),
            id="fields-of-an-object",
        ),
        pytest.param(("x = A(", "a~='o/~', ", ")\n", "load(x.a~)\n"), id="arguments-of-an-object"),
        pytest.param(
            (IMPORTS, "p = partial(load, ", "a~=1, ", ")\n", "p('o/~')\n"),
            id="arguments-of-a-partial",
        ),
        pytest.param(
            ("def f(x, **k):\n", " load(x, **k)#~\n", "f('o/m', ", "a~=1, ", ")\n"),
            id="options-that-are-passed-on",
        ),
        pytest.param(
            ("def f(", "a~, ", "):\n", " load(a~)\n", "f(", "'o/~', ", ")\n"), id="parameters"
        ),
        pytest.param(
            ("@d#~\n", "def f(x):\n", " load(x)#~\n", "f('o/m')\n"), id="decorators-of-one"
        ),
        pytest.param(
            ("class A~:\n a = 'o/~'\n", "def f(args):\n", " load(args.a)#~\n"),
            id="classes-with-one-field",
        ),
        pytest.param(("from .a~ import *\n", "load(x~)\n"), id="star-imports"),
        pytest.param(
            ("class A~: pass\n", "class B(", "A~, ", "): pass\n", "load(B.x~)\n"), id="bases"
        ),
        pytest.param(("o = 'o'\nx = f'", "{o}~", "'\n", "load(x)#~\n"), id="parts-of-an-f-string"),
        pytest.param(("if c:\n n = 'o/~'\n load(n)\n",), id="arms"),
        pytest.param(("n~ = 'o/a'\nn~ = 'o/b'\nload(n~)\n",), id="assignments-in-turn"),
        pytest.param(("for x in y:\n", " n~ = 'o/a'\n load(n~)\n n~ = x\n"), id="long-loop"),
        pytest.param(("L = []\n", "L.append('o/~')\nload(L[0])\n"), id="growing-list"),
        pytest.param(("pool.submit(load, 'o/~')\n",), id="executor"),
        pytest.param(
            ("import subprocess\nsubprocess.run('", "sudo ~ ", "', shell=True)\n"), id="wrappers"
        ),
        pytest.param(
            ("import subprocess\nsubprocess.run('", "A=~ ", "', shell=True)\n"), id="variables"
        ),
        pytest.param(
            ("X = [", "~, ", "]\n", "def f~():\n X.from_pretrained('o/m')\n"), id="long-value"
        ),
        *(
            pytest.param((UNPICKLING, *pieces), id=f"unpickling-{name}")
            for name, pieces in (
                ("each", ("torch.load(get('o/m', '~'))\n",)),
                ("a-folder", ("d = load('o/m')\n", "torch.load(d + '~')\n")),
                ("by-callers", ("def f(p):\n", " torch.load(p)#~\n", "f(get('o/m', '~'))\n")),
                ("what-is-returned", ("def f(n): return get('o/m', n)\n", "torch.load(f('~'))\n")),
                ("one-of-many", ("p = (", "get('o/~', 'x') or ", "y)\n", "torch.load(p)#~\n")),
                ("parts", ("p = Path(load('o/m'), ", "a~, ", ")\n", "torch.load(p)#~\n")),
                ("an-f-string", ("p = f'{get}", "{b~}", "'\n", "torch.load(p)#~\n", "load(a)\n")),
                ("a-chain", ("p0 = load('o/m')\n", "p = p / '~'\ntorch.load(p)\n")),
                ("other-loads", ("load('o/m')\n", "f~ = x~.load(y)\n")),
                ("names", ("load('o/m')\n", "f~ = a\nf~(y)\n")),
            )
        ),
    ],
)
def test_work_grows_no_faster_than_a_source_of_many_parts(pieces: tuple[str, ...]) -> None:
    once, twice = (work(grown(pieces, number)) for number in (450, 900))
    assert twice <= 2.1 * once + 4 * STEPS
