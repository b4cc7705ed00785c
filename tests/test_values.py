"""What an argument can be: constants, conditionals, texts put together, dictionaries."""

from __future__ import annotations

import pytest

from flake8_hfmodels.reference import ABSENT, Known, Span, Unknown, Value, Written
from tests.reading import SHA, Plain, plain, read, references

LOAD = "from huggingface_hub import snapshot_download as load\n"


def ids(source: str) -> list[Plain]:
    return [seen.ids for seen in read(LOAD + source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("load('o/m')", ("o/m",), id="literal"),
        pytest.param("load('o/' 'm')", ("o/m",), id="implicit-concatenation"),
        pytest.param("load(repo_id='o/m')", ("o/m",), id="keyword"),
        pytest.param("N = 'o/m'\nload(N)", ("o/m",), id="module-constant"),
        pytest.param("N: str = 'o/m'\nload(N)", ("o/m",), id="annotated-constant"),
        pytest.param("load(N)\nN = 'o/m'", ("o/m",), id="constant-below"),
        pytest.param("A = B = 'o/m'\nload(A)", ("o/m",), id="two-targets"),
        pytest.param("A, (B, C) = 'o/a', ('o/b', 'o/c')\nload(B)", ("o/b",), id="unpacked"),
        pytest.param("A = 'o/m'\nB = A\nload(B)", ("o/m",), id="constant-of-a-constant"),
        pytest.param("def f():\n n = 'o/m'\n load(n)", ("o/m",), id="local"),
        pytest.param("N = 'o/m'\ndef f():\n load(N)", ("o/m",), id="constant-seen-from-a-function"),
        pytest.param(
            "N = 'o/x'\ndef f():\n N = 'o/m'\n load(N)", ("o/m",), id="shadowed-by-a-local"
        ),
        pytest.param("def f(n='o/m'):\n load(n)", ("o/m",), id="default"),
        pytest.param("def f(*, n='o/m'):\n load(n)", ("o/m",), id="keyword-only-default"),
        pytest.param("def f(a, n='o/m', /):\n load(n)", ("o/m",), id="positional-only-default"),
        pytest.param("lambda n='o/m': load(n)", ("o/m",), id="lambda-default"),
        pytest.param("n = 'o/m'\ndef f(n=n):\n load(n)", ("o/m",), id="default-of-the-same-name"),
        pytest.param(
            "class A:\n N = 'o/m'\n def f(self, n=N):\n  load(n)", ("o/m",), id="default-in-a-class"
        ),
        pytest.param("class A:\n N = 'o/m'\n def f(self):\n  load(self.N)", ("o/m",), id="self"),
        pytest.param("class A:\n N = 'o/m'\n def f(cls):\n  load(cls.N)", ("o/m",), id="cls"),
        pytest.param("class A:\n N = 'o/m'\nload(A.N)", ("o/m",), id="class-attribute"),
        pytest.param("class A:\n N = 'o/m'\nload(A().N)", ("o/m",), id="attribute-of-an-instance"),
        pytest.param(
            "class A:\n N = 'o/m'\na = A()\nload(a.N)", ("o/m",), id="of-a-named-instance"
        ),
        pytest.param("class A:\n N = 'o/m'\n x = load(N)", ("o/m",), id="in-the-class-body"),
        pytest.param(
            "class A:\n def __init__(self):\n  self.n = 'o/m'\n def f(self):\n  load(self.n)",
            ("o/m",),
            id="set-on-self",
        ),
        pytest.param(
            "class A:\n def f(self):\n  self.n = 'o/m'\n  def g():\n   load(self.n)",
            ("o/m",),
            id="self-in-an-inner-function",
        ),
        pytest.param("load(x := 'o/m')", ("o/m",), id="walrus"),
        pytest.param("if (n := 'o/m'):\n load(n)", ("o/m",), id="walrus-then-name"),
        pytest.param(
            "[(n := m) for m in ['o/m']]\nload(n)", ("o/m",), id="walrus-in-a-comprehension"
        ),
        pytest.param("load(str('o/m'))", ("o/m",), id="str"),
        pytest.param("def f():\n global N\n N = 'o/m'\nload(N)", ("o/m",), id="global"),
        pytest.param("global N\nN = 'o/m'\nload(N)", ("o/m",), id="global-in-the-module"),
        pytest.param(
            "N = 'o/m'\ndef f():\n global N\n load(N)", ("o/m",), id="global-that-is-only-read"
        ),
        pytest.param(
            "N = 'o/m'\ndef f():\n N = 'o/x'\n def g():\n  global N\n  load(N)",
            ("o/m",),
            id="global-past-a-local",
        ),
    ],
)
def test_one_value(source: str, expected: Plain) -> None:
    assert ids(source)[-1] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("load('o/a' if c else 'o/b')", ("o/a", "o/b"), id="conditional"),
        pytest.param(
            "n = 'o/a' if c else 'o/b'\nload(n)", ("o/a", "o/b"), id="conditional-constant"
        ),
        pytest.param("load('o/a' if c else x)", ("o/a",), id="conditional-with-an-unknown-arm"),
        pytest.param("load(x or 'o/d')", ("o/d",), id="or"),
        pytest.param("load(x or y or 'o/d')", ("o/d",), id="or-or"),
        pytest.param("load(None or '' or 'o/d')", ("o/d",), id="or-after-false-values"),
        pytest.param("load('o/a' or 'o/b')", ("o/a",), id="or-after-a-true-value"),
        pytest.param("N = 'o/a' if c else ''\nload(N or 'o/b')", ("o/a", "o/b"), id="or-maybe"),
        pytest.param("def f(n=None):\n n = n or 'o/d'\n load(n)", ("o/d",), id="or-in-place"),
        pytest.param(
            "def f(n='o/a'):\n n = n + 'b'\n load(n)", ("o/ab",), id="parameter-changed-in-place"
        ),
        pytest.param(
            "def f(n=None):\n if n is None:\n  n = 'o/d'\n load(n)", ("o/d",), id="if-none"
        ),
        pytest.param(
            "def f(n='o/a'):\n if c:\n  n = 'o/b'\n load(n)", ("o/a", "o/b"), id="if-with-a-default"
        ),
        pytest.param("if c:\n n = 'o/a'\nelse:\n n = 'o/b'\nload(n)", ("o/a", "o/b"), id="if-else"),
        pytest.param(
            "if c:\n n = 'o/a'\nelif d:\n n = 'o/b'\nelse:\n n = 'o/c'\nload(n)",
            ("o/a", "o/b", "o/c"),
            id="elif",
        ),
        pytest.param(
            "n = 'o/a'\nif c:\n n = 'o/b'\nload(n)", ("o/a", "o/b"), id="replaced-in-an-if"
        ),
        pytest.param(
            "try:\n n = 'o/a'\nexcept E as e:\n n = 'o/b'\nload(n)", ("o/a", "o/b"), id="try"
        ),
        pytest.param("for n in ['o/a', 'o/b']:\n load(n)", ("o/a", "o/b"), id="loop-over-a-list"),
        pytest.param("for n in ('o/a', 'o/b'):\n load(n)", ("o/a", "o/b"), id="loop-over-a-tuple"),
        pytest.param("for n in {'o/a'}:\n load(n)", ("o/a",), id="loop-over-a-set"),
        pytest.param(
            "M = ['o/a', 'o/b']\nfor n in M:\n load(n)", ("o/a", "o/b"), id="over-a-constant"
        ),
        pytest.param("M = {'o/a': 1, **x}\nfor n in M:\n load(n)", ("o/a",), id="over-keys"),
        pytest.param("[load(n) for n in ['o/a', 'o/b']]", ("o/a", "o/b"), id="list-comprehension"),
        pytest.param("{load(n) for n in ['o/a']}", ("o/a",), id="set-comprehension"),
        pytest.param("{1: load(n) for n in ['o/a']}", ("o/a",), id="dict-comprehension"),
        pytest.param("list(load(n) for n in ['o/a'] if n)", ("o/a",), id="generator"),
        pytest.param("n = ['o/a']\n[load(n) for n in n]", ("o/a",), id="loop-over-its-own-name"),
        pytest.param(
            "class A:\n M = ['o/a']\n x = [load(n) for n in M]", ("o/a",), id="iterable-in-a-class"
        ),
        pytest.param("[load(n) for x in y for n in ['o/a']]", ("o/a",), id="second-loop"),
        pytest.param(
            "async def f():\n async for n in ['o/a']:\n  load(n)", ("o/a",), id="async-for"
        ),
        pytest.param("load(f'o/{x}')", "unknown", id="f-string-with-an-unknown"),
        pytest.param("o = 'o'\nload(f'{o}/m')", ("o/m",), id="f-string"),
        pytest.param("load(f'{x!r}')", "unknown", id="f-string-with-a-conversion"),
        pytest.param("o = 'o'\nload(f'{o:>5}')", "unknown", id="f-string-with-a-format"),
        pytest.param("load(f'o/m-{7}b')", "unknown", id="f-string-with-a-number"),
        pytest.param(
            "for s in ['a', 'b']:\n load(f'o/m-{s}')", ("o/m-a", "o/m-b"), id="f-string-in-a-loop"
        ),
        pytest.param("o = 'o/'\nload(o + 'm')", ("o/m",), id="concatenation"),
        pytest.param("load('o/' + x)", "unknown", id="concatenation-with-an-unknown"),
        pytest.param("load('o/' + (None if c else 'm'))", ("o/m",), id="concatenation-with-none"),
        pytest.param("load('o/' + None)", "unknown", id="concatenation-with-nothing"),
        pytest.param("import os\nload(os.getenv('M', 'o/d'))", ("o/d",), id="getenv"),
        pytest.param(
            "import os\nload(os.getenv('M', default='o/d'))", ("o/d",), id="getenv-keyword"
        ),
        pytest.param("import os\nload(os.getenv('M'))", "unknown", id="getenv-without-a-default"),
        pytest.param("import os\nload(os.environ.get('M', 'o/d'))", ("o/d",), id="environ"),
        pytest.param(
            "from os import environ\nload(environ.get('M', default='o/d'))",
            ("o/d",),
            id="environ-keyword",
        ),
        pytest.param("import os\nload(os.environ['M'])", "unknown", id="environ-item"),
        pytest.param("load(getattr(x, 'name', 'o/d'))", ("o/d",), id="getattr"),
        pytest.param("load(getattr(x, 'name'))", "unknown", id="getattr-without-a-default"),
        pytest.param(
            "from dataclasses import field\nclass A:\n n: str = field(default='o/m')\nload(A().n)",
            ("o/m",),
            id="dataclass-field",
        ),
        pytest.param(
            "from pydantic import Field\nclass A:\n n: str = Field('o/m', alias='x')\nload(A().n)",
            ("o/m",),
            id="pydantic-field",
        ),
        pytest.param("load(call())", "unknown", id="call"),
        pytest.param("load(5)", "unknown", id="number"),
        pytest.param("load(x)", "unknown", id="unbound-name"),
        pytest.param("load(x.y)", "unknown", id="unbound-attribute"),
        pytest.param("load([])", "unknown", id="empty-list"),
        pytest.param("load(not x)", "unknown", id="not"),
        pytest.param("N = None\nload(N)", "unknown", id="none"),
        pytest.param("import N\nload(N)", "unknown", id="import"),
    ],
)
def test_several_values(source: str, expected: Plain) -> None:
    assert ids(source) == [expected]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("n = 'o/a'\nn += 'b'\nload(n)", id="augmented"),
        pytest.param("n = 'o/a'\ndel n\nload(n)", id="deleted"),
        pytest.param("n = 'o/a'\nwith x as n:\n load(n)", id="with"),
        pytest.param(
            "async def f():\n n = 'o/a'\n async with x as (n, m):\n  load(n)", id="async-with"
        ),
        pytest.param("with x:\n load(n)", id="with-without-a-name"),
        pytest.param("for n, m in x:\n load(n)", id="loop-over-pairs"),
        pytest.param("for n in 'o/m':\n load(n)", id="loop-over-letters"),
        pytest.param("for n in f():\n load(n)", id="loop-over-a-call"),
        pytest.param("n = 'o/a'\nfor n in x:\n load(n)", id="loop-over-an-unknown"),
        pytest.param("n, *m = 'o/m', x\nload(n)", id="starred-target"),
        pytest.param("[n, m] = x\nload(n)", id="unpacked-from-an-unknown"),
        pytest.param("n: str\nload(n)", id="annotation-without-a-value"),
        pytest.param("try:\n pass\nexcept E as n:\n load(n)", id="exception"),
        pytest.param("n = 'o/m'\nmatch x:\n case {'a': n}:\n  load(n)", id="capture"),
        pytest.param("n = 'o/m'\nmatch x:\n case [*n]:\n  load(n)", id="capture-star"),
        pytest.param("n = 'o/m'\nmatch x:\n case {'a': 1, **n}:\n  load(n)", id="capture-rest"),
        pytest.param("match x:\n case [*_] | {'a': _}:\n  load(n)", id="capture-nothing"),
        pytest.param("def f(n):\n load(n)", id="parameter"),
        pytest.param("n = 'o/m'\ndef f(n):\n load(n)", id="parameter-of-the-same-name"),
        pytest.param("def f(*n):\n load(n)", id="rest"),
        pytest.param("def f(**n):\n load(n)", id="options"),
        pytest.param("n = 'o/m'\n[load(n) for n in x]", id="loop-variable-of-the-same-name"),
        pytest.param(
            "class A:\n N = 'o/m'\n def f(self):\n  load(N)", id="class-scope-from-a-method"
        ),
        pytest.param("class A:\n N = 'o/m'\nload(N)", id="class-scope-from-outside"),
        pytest.param(
            "class A:\n N = 'o/m'\n x = [load(N) for _ in y]", id="class-scope-from-a-comprehension"
        ),
        pytest.param("n = 'o/a'\ndef f():\n global n\n n = x\nload(n)", id="assigned-by-a-global"),
        pytest.param(
            "def f():\n n = 'o/m'\n def g():\n  nonlocal n\n  n = x\n load(n)", id="nonlocal"
        ),
        pytest.param(
            "def f():\n n = 'o/m'\n def g():\n  def h():\n   nonlocal n\n   n = x\n load(n)",
            id="nonlocal-from-further-in",
        ),
        pytest.param(
            "def f():\n def g():\n  nonlocal n\n  load(n)\n n = 'o/m'", id="nonlocal-that-is-read"
        ),
        pytest.param(
            "class A:\n n = 'o/a'\n def g(self):\n  self.n = x\n def f(self):\n  load(self.n)",
            id="class-attribute-that-self-replaces",
        ),
        pytest.param(
            "class A:\n def f(self):\n  self.n = 'o/m'\n  self.n += 'x'\n  load(self.n)",
            id="attribute-augmented",
        ),
        pytest.param("class A:\n n = 'o/a'\nA.n = x\nload(A.n)", id="class-attribute-set-outside"),
        pytest.param(
            "class A:\n n = 'o/a'\na = A()\na.n = x\nload(a.n)", id="attribute-set-on-an-instance"
        ),
        pytest.param(
            "class A:\n n = 'o/a'\n" + "x.n = 1\n" * 20 + "load(A.n)", id="attribute-set-very-often"
        ),
        pytest.param("class A: pass\nload(A.n)", id="attribute-that-is-not-there"),
        pytest.param("class A:\n def f(self):\n  load(self.n)", id="attribute-of-self-never-set"),
        pytest.param(
            "class A:\n def f(self):\n  load(self.x.n)", id="attribute-of-such-an-attribute"
        ),
        pytest.param("def f(self):\n self.n = 'o/m'\n load(self.n)", id="self-of-no-class"),
        pytest.param("def f(): ...\nload(f.n)", id="attribute-of-a-function"),
        pytest.param("a = b\nb = a\nload(a)", id="circle"),
        pytest.param("n = n\nload(n)", id="itself"),
        pytest.param("load(" + "(x := " * 30 + "'o/m'" + ")" * 31, id="too-deep"),
        pytest.param("load([" + ",".join(f"'o/{n}'" for n in range(70)) + "])", id="too-many"),
        pytest.param(
            "".join(f"if a{n}:\n n = 'o/{n}'\n" for n in range(70)) + "load(n)", id="too-many-arms"
        ),
        pytest.param(
            "for a in '0', '1', '2', '3', '4', '5', '6', '7', '8':\n"
            " for b in '0', '1', '2', '3', '4', '5', '6', '7', '8':\n  load(f'o/{a}{b}')",
            id="too-many-products",
        ),
        pytest.param("s = 'o/" + "m" * 600 + "'\nload(s + s)", id="too-long"),
        pytest.param("load(" + " or ".join(["x"] * 70) + " or 'o/m')", id="too-many-alternatives"),
    ],
)
def test_unknown_rather_than_a_guess(source: str) -> None:
    assert ids(source) == ["unknown"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("M = {'a': 'o/a', 'b': 'o/b'}\nload(M['a'])", ("o/a",), id="item"),
        pytest.param("M = {'a': 'o/a', 'b': 'o/b'}\nload(M[x])", ("o/a", "o/b"), id="any-item"),
        pytest.param("M = {1: 'o/a', 2: 'o/b'}\nload(M[x])", ("o/a", "o/b"), id="number-keys"),
        pytest.param("M = {'a': 'o/a'}\nload(M.get('a'))", ("o/a",), id="get"),
        pytest.param("M = {'a': 'o/a'}\nload(M.get(x, 'o/d'))", ("o/a", "o/d"), id="get-default"),
        pytest.param("def f(c):\n load(c.get('m', 'o/d'))", ("o/d",), id="get-default-of-unknown"),
        pytest.param("load({'a': 'o/a'}['a'])", ("o/a",), id="literal"),
        pytest.param("K = 'a'\nM = {K: 'o/a'}\nload(M[K])", ("o/a",), id="constant-key"),
        pytest.param("M = {'a': {'id': 'o/a'}}\nload(M['a']['id'])", ("o/a",), id="nested"),
        pytest.param("M = dict(a='o/a')\nload(M['a'])", ("o/a",), id="dict-call"),
        pytest.param(
            "B = {'a': 'o/a'}\nM = dict(B, b=1)\nload(M['a'])", ("o/a",), id="dict-of-dict"
        ),
        pytest.param("M = dict(**{'a': 'o/a'})\nload(M['a'])", ("o/a",), id="dict-spread"),
        pytest.param("B = {'a': 'o/a'}\nM = B.copy()\nload(M['a'])", ("o/a",), id="copy"),
        pytest.param("B = {'a': 'o/a'}\nM = {**B, 'b': 1}\nload(M['a'])", ("o/a",), id="spread"),
        pytest.param(
            "B = {'a': 'o/a'}\nM = {**B, 'a': 'o/b'}\nload(M['a'])", ("o/b",), id="replaced"
        ),
        pytest.param("M = {'a': 'o/a'} | {'b': 'o/b'}\nload(M['b'])", ("o/b",), id="merged"),
        pytest.param("M = {'a': 'o/a'} or {}\nload(M['a'])", ("o/a",), id="or-empty"),
        pytest.param("class A:\n M = {'a': 'o/a'}\nload(A.M['a'])", ("o/a",), id="class-attribute"),
        pytest.param("M = {}\nM['a'] = 'o/a'\nload(M['a'])", ("o/a",), id="item-set"),
        pytest.param("M = {'a': 'o/a'}\nload(M['b'])", "unknown", id="no-such-item"),
        pytest.param("M = {'a': 'o/a', **x}\nload(M['a'])", "unknown", id="spread-of-unknown"),
        pytest.param("M = {x: 'o/a'}\nload(M['a'])", "unknown", id="unknown-key"),
        pytest.param(
            "K = 'a' if c else 'b'\nM = {K: 'o/a'}\nload(M['a'])", "unknown", id="one-of-two-keys"
        ),
        pytest.param("M = {'a': 'o/a'} | x\nload(M['a'])", "unknown", id="merged-with-unknown"),
        pytest.param(
            "M = {'a': 'o/a'}\nM['a'] = 'o/b'\nload(M['a'])", "unknown", id="item-replaced"
        ),
        pytest.param("M = {'a': 'o/a'}\nM.update(x)\nload(M['a'])", "unknown", id="updated"),
        pytest.param("M = {'a': 'o/a'}\nM.clear()\nload(M['a'])", "unknown", id="cleared"),
        pytest.param("M = {'a': 'o/a'}\nM.pop('a')\nload(M['a'])", "unknown", id="popped"),
        pytest.param("M = {'a': 'o/a'}\ndel M['a']\nload(M['a'])", "unknown", id="item-deleted"),
        pytest.param("M = {'a': 'o/a'}\nM[x] = y\nload(M['a'])", "unknown", id="unknown-item-set"),
        pytest.param("M = {'a': 'o/a'}\nM |= x\nload(M['a'])", "unknown", id="merged-in-place"),
        pytest.param("M = ['o/a']\nM[0] = y\nload(M[0])", "unknown", id="changed-list"),
        pytest.param(
            "M = {" + "".join(f"'{n}': 'o/{n}', " for n in range(70)) + "}\nload(M[x])",
            "unknown",
            id="any-of-too-many",
        ),
        pytest.param("M = M | M\nload(M['a'])", "unknown", id="itself"),
        pytest.param("load(({'a': 'o/a'} if x else {})['b'])", "unknown", id="neither-has-it"),
        pytest.param("load(({'a': 'o/a'} if x else y)['a'])", "unknown", id="one-unknown"),
    ],
)
def test_items(source: str, expected: Plain) -> None:
    assert ids(source) == [expected]


def revision(source: str) -> Plain:
    return plain(references(LOAD + source)[0].revision)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("load('o/m')", "absent", id="nothing"),
        pytest.param("load('o/m', revision='main')", ("main",), id="keyword"),
        pytest.param("load('o/m', revision=None)", (None,), id="none"),
        pytest.param("load('o/m', revision=x)", "unknown", id="unknown"),
        pytest.param("load('o/m', **options)", "unknown", id="unknown-options"),
        pytest.param("load('o/m', **None)", "absent", id="no-options"),
        pytest.param("def f(**options):\n load('o/m', **options)", "unknown", id="passed-on"),
        pytest.param("load('o/m', *rest)", "unknown", id="unknown-rest"),
        pytest.param("load('o/m', **{'revision': 'v1'})", ("v1",), id="literal-options"),
        pytest.param("o = {'revision': 'v1'}\nload('o/m', **o)", ("v1",), id="options"),
        pytest.param("o = dict(revision='v1')\nload('o/m', **o)", ("v1",), id="options-by-dict"),
        pytest.param("o = {'x': 1}\nload('o/m', **o)", "absent", id="options-without"),
        pytest.param("load('o/m', **dict(x=1))", "absent", id="dict-without"),
        pytest.param("load('o/m', **dict(x, y))", "unknown", id="dict-of-two"),
        pytest.param("o = {}\no['revision'] = 'v1'\nload('o/m', **o)", ("v1",), id="set-later"),
        pytest.param(
            "o = {}\nif c:\n o['revision'] = 'v1'\nload('o/m', **o)", "unknown", id="sometimes-set"
        ),
        pytest.param(
            "o = {}\nif c:\n o['revision'] = 'v1'\np = {**o}\nload('o/m', **p)",
            "unknown",
            id="sometimes-set-then-spread",
        ),
        pytest.param(
            "o = {}\ndef f():\n o['revision'] = 'v1'\nload('o/m', **o)",
            "unknown",
            id="set-by-a-function",
        ),
        pytest.param(
            "def f():\n o['revision'] = 'v1'\no = {}\nload('o/m', **o)",
            "unknown",
            id="set-by-a-function-above",
        ),
        pytest.param(
            "def f():\n o.update(x)\no = {}\nload('o/m', **o)",
            "unknown",
            id="updated-by-a-function-above",
        ),
        pytest.param("o = {}\no.update(x)\nload('o/m', **o)", "unknown", id="updated"),
        pytest.param(
            "o = {}\no.update(revision='v1')\nload('o/m', **o)", ("v1",), id="update-keyword"
        ),
        pytest.param(
            "o = {}\no.update({'revision': 'v1'})\nload('o/m', **o)", ("v1",), id="update-literal"
        ),
        pytest.param(
            "o = {}\no.update({'x': 1})\nload('o/m', **o)", "absent", id="update-of-another"
        ),
        pytest.param(
            "o = {}\no.update({**x})\nload('o/m', **o)", "unknown", id="update-with-a-spread"
        ),
        pytest.param(
            "o = {}\no.update(**x)\nload('o/m', **o)", "unknown", id="update-with-options"
        ),
        pytest.param(
            "o = {}\no.setdefault('revision', 'v1')\nload('o/m', **o)", ("v1",), id="setdefault"
        ),
        pytest.param(
            "o = {}\no.setdefault(x, 'v1')\nload('o/m', **o)", "unknown", id="set-unknown"
        ),
        pytest.param(
            "o = {}\no.pop('revision', None)\nload('o/m', **o)", "absent", id="popped-anyway"
        ),
        pytest.param(
            "class A:\n def f(self):\n  self.o = {}\n  self.o['revision'] = 'v1'\n"
            "  load('o/m', **self.o)",
            ("v1",),
            id="set-on-self",
        ),
        pytest.param(
            "class A:\n def f(self):\n  self.o = {}\n  self.o.update(x)\n  load('o/m', **self.o)",
            "unknown",
            id="updated-on-self",
        ),
        pytest.param(
            "x.o = {}\nx.o.update(y)\nload('o/m', **x.o)", "unknown", id="options-of-an-object"
        ),
        pytest.param("q.update(y)\nload('o/m')", "absent", id="update-of-nothing"),
        pytest.param(
            "o = {'revision': 'v1'}\nif c:\n o['revision'] = 'v2'\nload('o/m', **o, revision='v3')",
            ("v3",),
            id="keyword-beside-options",
        ),
        pytest.param(
            "o = {}\nfor o['revision'] in x:\n load('o/m', **o)",
            "unknown",
            id="item-as-loop-variable",
        ),
    ],
)
def test_arguments(source: str, expected: Plain) -> None:
    assert revision(source) == expected


def code_revision(source: str) -> Plain:
    text = "from sentence_transformers import SentenceTransformer as load\n" + source
    return plain(references(text)[0].code_revision)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("load('o/m')", "absent", id="nothing"),
        pytest.param("load('o/m', model_kwargs={'code_revision': 'v1'})", ("v1",), id="literal"),
        pytest.param(
            "k = {'code_revision': 'v1'}\nload('o/m', model_kwargs=k)", ("v1",), id="name"
        ),
        pytest.param("load('o/m', model_kwargs={})", "absent", id="empty"),
        pytest.param("load('o/m', model_kwargs=None)", "absent", id="none"),
        pytest.param("load('o/m', model_kwargs=x)", "unknown", id="unknown"),
        pytest.param("load('o/m', model_kwargs={**x})", "unknown", id="open"),
        pytest.param("load('o/m', **x)", "unknown", id="hidden"),
        pytest.param("load('o/m', code_revision='v1')", ("v1",), id="beside"),
        pytest.param(
            "k = {}\nif c:\n k['code_revision'] = 'v1'\nload('o/m', model_kwargs=k)",
            "unknown",
            id="sometimes",
        ),
        pytest.param(
            "o = {}\nif c:\n o['model_kwargs'] = {}\nload('o/m', **o)",
            "unknown",
            id="dictionary-sometimes",
        ),
    ],
)
def test_argument_within_a_dictionary(source: str, expected: Plain) -> None:
    assert code_revision(source) == expected


def trust(source: str) -> Value:
    return references("from transformers import AutoModel\n" + source)[0].trust_remote_code


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("AutoModel.from_pretrained('o/m')", ABSENT, id="absent"),
        pytest.param(
            "AutoModel.from_pretrained('o/m', trust_remote_code=True)",
            Known((Written(True, Span(2, 52, 2, 56)),)),
            id="true",
        ),
        pytest.param(
            "T = False\nAutoModel.from_pretrained('o/m', trust_remote_code=T)",
            Known((Written(False, Span(2, 5, 2, 10)),)),
            id="constant",
        ),
        pytest.param(
            "AutoModel.from_pretrained('o/m', trust_remote_code=args.trust)",
            Unknown("args.trust"),
            id="attribute",
        ),
        pytest.param(
            "AutoModel.from_pretrained('o/m', trust_remote_code=a(b)[c].d.e.f.g.h)",
            Unknown("…[…].d.e.f.g.h"),
            id="many-words",
        ),
        pytest.param(
            "AutoModel.from_pretrained('o/m', trust_remote_code=x or True)",
            Unknown("x"),
            id="or-true",
        ),
        pytest.param(
            "def f(t):\n AutoModel.from_pretrained('o/m', trust_remote_code=t)",
            Unknown("the parameter t"),
            id="parameter",
        ),
        pytest.param(
            "o = {}\nif c:\n o['trust_remote_code'] = True\nAutoModel.from_pretrained('o/m', **o)",
            Unknown("trust_remote_code, which is not always passed"),
            id="sometimes",
        ),
    ],
)
def test_flag_is_known_where_the_source_says_it(source: str, expected: Value) -> None:
    assert trust(source) == expected


def test_value_knows_where_it_is_written() -> None:
    source = LOAD + f"é = 'o/é' if x else 'o/m'; R = '{SHA}'\nload(é, revision=R)"
    (reference,) = references(source)
    assert (reference.repo_id, reference.revision) == (
        Known((Written("o/m", Span(2, 21, 2, 26)),)),
        Known((Written(SHA, Span(2, 32, 2, 74)),)),
    )
