"""Values that are written far from the call: callers, options, classes, loops, partials."""

from __future__ import annotations

import pytest

from tests.reading import SHA, Plain, read

LOAD = "from huggingface_hub import snapshot_download as load\n"
MODEL = "from transformers import AutoModel\n"


def pairs(source: str) -> list[tuple[Plain, Plain]]:
    """Ids and revision of each reference."""
    return [(seen.ids, seen.revision) for seen in read(LOAD + source)]


def ids(source: str) -> list[Plain]:
    return [ids for ids, _revision in pairs(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("def f(n):\n load(n)\nf('o/m')", ("o/m",), id="positional"),
        pytest.param("def f(n):\n load(n)\nf(n='o/m')", ("o/m",), id="keyword"),
        pytest.param("def f(n):\n load(n)\nf(*('o/m',))", ("o/m",), id="starred"),
        pytest.param("def f(n):\n load(n)\nf(**{'n': 'o/m'})", ("o/m",), id="spread"),
        pytest.param("def f(n):\n load(n)\nf('o/a')\nf('o/b')", ("o/a", "o/b"), id="two-callers"),
        pytest.param("def f(n='o/a'):\n load(n)\nf('o/b')", ("o/b", "o/a"), id="beside-default"),
        pytest.param("def f(n):\n load(n)\ndef g(m):\n f(m)\ng('o/m')", ("o/m",), id="two-deep"),
        pytest.param("def f(n):\n load(n)\nf(x)", "unknown", id="unknown-argument"),
        pytest.param("def f(n):\n load(n)\nf(x)\nf('o/m')", ("o/m",), id="one-unknown-argument"),
        pytest.param("def f(n):\n load(n)\nf(*x)", "unknown", id="unknown-arguments"),
        pytest.param("def f(n):\n load(n)\nf()", "unknown", id="nothing-passed"),
        pytest.param("def f(n):\n load(n)\nx.f('o/m')", "unknown", id="somebody-elses-f"),
        pytest.param("def f(n):\n f(n)\n load(n)\nf('o/m')", ("o/m",), id="recursion"),
        pytest.param("def f(*n):\n load(n)\nf('o/m')", "unknown", id="rest"),
        pytest.param(
            "def f(n):\n load(n)\n" + "f('o/m')\n" * 33, "unknown", id="everybodys-function"
        ),
        pytest.param("class A:\n def f(self, n):\n  load(n)\nA().f('o/m')", ("o/m",), id="method"),
        pytest.param(
            "class A:\n def f(self, n):\n  load(n)\n def g(self):\n  self.f('o/m')",
            ("o/m",),
            id="own-method",
        ),
        pytest.param(
            "class A:\n @staticmethod\n def f(n):\n  load(n)\nA.f('o/m')", ("o/m",), id="static"
        ),
        pytest.param(
            "class A:\n @classmethod\n def f(cls, n):\n  load(n)\nA.f('o/m')",
            ("o/m",),
            id="class-method",
        ),
        pytest.param(
            "class A:\n def __init__(self, n):\n  load(n)\nA('o/m')", ("o/m",), id="constructor"
        ),
        pytest.param(
            "class A:\n def __init__(self, n):\n  self.n = n\n"
            " def f(self):\n  load(self.n)\nA('o/m')",
            ("o/m",),
            id="kept-by-constructor",
        ),
        pytest.param("def f(n):\n load(n)\nf(*(n for n in x))", "unknown", id="generator"),
    ],
)
def test_parameter_is_what_the_file_passes(source: str, expected: Plain) -> None:
    assert ids(source) == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            f"def f(n, r=None):\n load(n, revision=r)\nf('o/a', '{SHA}')\nf('o/b', 'dev')",
            [(("o/a",), (SHA,)), (("o/b",), ("dev",))],
            id="beside-each-other",
        ),
        pytest.param(
            f"def f(n='o/a', r=None):\n load(n, revision=r)\nf('o/b', '{SHA}')",
            [(("o/b",), (SHA,)), (("o/a",), (None,))],
            id="default-stays",
        ),
        pytest.param(
            "def f(n, **o):\n load(n, **o)\nf('o/a')", [(("o/a",), "absent")], id="no-options"
        ),
        pytest.param(
            "def f(n, **o):\n load(n, **o)\nf('o/a', revision='dev')",
            [(("o/a",), ("dev",))],
            id="option",
        ),
        pytest.param(
            "def f(n, **o):\n load(n, **o)\nf('o/a', **x)",
            [(("o/a",), "unknown")],
            id="unseen-options",
        ),
        pytest.param(
            "def f(n, **o):\n load(n, **o)\nf(**x)",
            [("unknown", "unknown")],
            id="nothing-in-sight",
        ),
        pytest.param(
            "class A:\n"
            " def __init__(self, n, r):\n"
            "  self.n, self.r = n, r\n"
            " def f(self):\n"
            "  load(self.n, revision=self.r)\n"
            f"A('o/a', '{SHA}')\nA('o/b', 'dev')",
            [(("o/a",), (SHA,)), (("o/b",), ("dev",))],
            id="kept-by-constructor",
        ),
    ],
)
def test_id_keeps_the_revision_that_is_passed_with_it(
    source: str, expected: list[tuple[Plain, Plain]]
) -> None:
    assert pairs(source) == expected


PARSER = "import argparse\np = argparse.ArgumentParser()\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            PARSER + "p.add_argument('--model', default='o/m')\na = p.parse_args()\nload(a.model)",
            ("o/m",),
            id="argparse",
        ),
        pytest.param(
            PARSER + "p.add_argument('-m', '--base-model', default='o/m')\n"
            "args = p.parse_args()\nload(args.base_model)",
            ("o/m",),
            id="dashes",
        ),
        pytest.param(
            PARSER + "p.add_argument('--model', dest='n', default='o/m')\n"
            "args, rest = p.parse_known_args()\nload(args.n)",
            ("o/m",),
            id="destination",
        ),
        pytest.param(
            PARSER + "p.add_argument('model', nargs='?', default='o/m')\n"
            "def main(args):\n load(args.model)",
            ("o/m",),
            id="passed-on",
        ),
        pytest.param(
            PARSER + "p.add_argument('--model', default='o/m')\n"
            "class A:\n def __init__(self, args):\n  self.args = args\n"
            " def f(self):\n  load(self.args.model)",
            ("o/m",),
            id="kept",
        ),
        pytest.param(
            PARSER + "p.add_argument('--model', default='o/m')\n"
            "args = vars(p.parse_args())\nload(args['model'])",
            ("o/m",),
            id="as-a-dictionary",
        ),
        pytest.param(
            PARSER + "p.add_argument('--model')\np.set_defaults(model='o/m')\n"
            "args = p.parse_args()\nload(args.model)",
            ("o/m",),
            id="set-defaults",
        ),
        pytest.param(
            PARSER + "p.add_argument('--model', required=True)\n"
            "args = p.parse_args()\nload(args.model)",
            "unknown",
            id="required",
        ),
        pytest.param(
            PARSER + "p.add_argument('--model', default='o/m')\nload(thing.model)",
            "unknown",
            id="attribute-of-something-else",
        ),
        pytest.param(
            "from absl import flags\nFLAGS = flags.FLAGS\n"
            "flags.DEFINE_string('model', 'o/m', 'help')\nload(FLAGS.model)",
            ("o/m",),
            id="absl",
        ),
        pytest.param(
            "from absl import flags\nflags.DEFINE_string('model')\nload(flags.FLAGS.model)",
            "unknown",
            id="absl-without-default",
        ),
        pytest.param(
            "import click\n@click.option('--model-id', default='o/m')\n"
            "def f(model_id):\n load(model_id)",
            ("o/m",),
            id="click",
        ),
        pytest.param(
            "import click\n@click.command()\n@click.option('--other', default='o/x')\n"
            "def f(model_id):\n load(model_id)",
            "unknown",
            id="another-option",
        ),
        pytest.param(
            "import typer\ndef f(model: str = typer.Option('o/m')):\n load(model)",
            ("o/m",),
            id="typer",
        ),
        pytest.param(
            "@dataclass\nclass ModelArguments:\n model: str = 'o/m'\n"
            "@dataclass\nclass DataArguments:\n model: str = 'o/d'\n"
            "model_args, data_args = parser.parse_args_into_dataclasses()\nload(model_args.model)",
            ("o/m",),
            id="dataclass-of-that-name",
        ),
        pytest.param(
            "@dataclass\nclass Script:\n model: str = field(default='o/m')\n"
            "from dataclasses import dataclass, field\n"
            "args = tyro.cli(Script)\nload(args.model)",
            ("o/m",),
            id="only-dataclass",
        ),
        pytest.param(
            "@dataclass\nclass A:\n model: str = 'o/a'\n@dataclass\nclass B:\n model: str = 'o/b'\n"
            "args = tyro.cli(C)\nload(args.model)",
            "unknown",
            id="one-of-two-dataclasses",
        ),
        pytest.param(
            "@dataclass\nclass Config:\n model: str = 'o/m'\ndef f(c: Config):\n load(c.model)",
            ("o/m",),
            id="annotated",
        ),
        pytest.param(
            "@dataclass\nclass Config:\n model: str = 'o/m'\n"
            "def f(c: Config | None):\n load(c.model)",
            ("o/m",),
            id="annotated-or-none",
        ),
        pytest.param(
            "@dataclass\nclass Config:\n model: str = 'o/m'\n"
            "def f(c: Optional[Config]):\n load(c.model)",
            ("o/m",),
            id="annotated-optional",
        ),
        pytest.param(
            "@dataclass\nclass Config:\n model: str = 'o/m'\ndef f(c: 'Config'):\n load(c.model)",
            ("o/m",),
            id="annotated-in-quotes",
        ),
        pytest.param("def f(c: Config):\n load(c.model)", "unknown", id="annotated-elsewhere"),
    ],
)
def test_option_is_its_default(source: str, expected: Plain) -> None:
    assert ids(source) == [expected]


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        pytest.param("'--trust', action='store_true'", (False,), id="store-true"),
        pytest.param("'--trust', action='store_false'", (True,), id="store-false"),
        pytest.param("'--trust', action='count'", "unknown", id="other-action"),
    ],
)
def test_flag_has_the_default_of_its_action(flag: str, expected: Plain) -> None:
    from tests.reading import plain, references

    source = f"{MODEL}{PARSER}p.add_argument({flag})\nargs = p.parse_args()\n"
    call = "AutoModel.from_pretrained('o/m', trust_remote_code=args.trust)"
    assert [plain(one.trust_remote_code) for one in references(source + call)] == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("class A:\n n: str\nload(A(n='o/m').n)", ("o/m",), id="keyword"),
        pytest.param("class A:\n x: int\n n: str\nload(A(1, 'o/m').n)", ("o/m",), id="position"),
        pytest.param("class A:\n n: str\nload(A(*x).n)", "unknown", id="starred"),
        pytest.param("class A:\n n: str = 'o/m'\nload(A().n)", ("o/m",), id="default"),
        pytest.param("class A:\n n: str\nload(A().n)", "unknown", id="nothing"),
        pytest.param("C = Meta(n='o/m')\nload(C.n)", ("o/m",), id="class-from-elsewhere"),
        pytest.param("C = Meta(n=x)\nD = C\nload(D.n)", "unknown", id="alias"),
        pytest.param("load(x().y.n)", "unknown", id="no-name"),
        pytest.param(
            "class A:\n m = Meta(n={'path': 'o/m'})\n def f(self):\n  load(self.m.n['path'])",
            ("o/m",),
            id="dictionary-in-a-call-in-a-class",
        ),
        pytest.param(
            "class A:\n n = 'o/a'\nclass B(A):\n def f(self):\n  load(self.n)",
            ("o/a",),
            id="inherited",
        ),
        pytest.param(
            "class A:\n n = None\n def f(self):\n  load(self.n)\nclass B(A):\n n = 'o/b'",
            ("o/b",),
            id="overridden",
        ),
        pytest.param(
            "class A:\n def f(self):\n  load(self.n)\nclass B(A): pass\nclass C(B):\n n = 'o/c'",
            ("o/c",),
            id="set-two-classes-down",
        ),
        pytest.param(
            "class A:\n @property\n def n(self):\n  return 'o/m'\n def f(self):\n  load(self.n)",
            ("o/m",),
            id="property",
        ),
        pytest.param(
            "class A:\n def n(self):\n  return 'o/m'\n def f(self):\n  load(self.n)",
            "unknown",
            id="method-that-is-not-called",
        ),
    ],
)
def test_attribute_of_an_object(source: str, expected: Plain) -> None:
    assert ids(source) == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("for n, r in [('o/a', 1), ('o/b', 2)]:\n load(n)", ("o/a", "o/b"), id="pairs"),
        pytest.param("for n, r in {'o/a': 1}.items():\n load(n)", ("o/a",), id="items"),
        pytest.param("M = {'x': 'o/a'}\nfor n in M.values():\n load(n)", ("o/a",), id="values"),
        pytest.param("M = {'o/a': 1}\nfor n in M.keys():\n load(n)", ("o/a",), id="keys"),
        pytest.param("for n in {'o/a': 1, **x}.items():\n load(n)", "unknown", id="open-items"),
        pytest.param("for i, n in enumerate(['o/a']):\n load(n)", ("o/a",), id="enumerate"),
        pytest.param("for n, r in zip(['o/a'], ['x']):\n load(n)", ("o/a",), id="zip"),
        pytest.param("for n, r in zip(['o/a'], x):\n load(n)", "unknown", id="zip-unknown"),
        pytest.param("for n in sorted(['o/a']):\n load(n)", ("o/a",), id="sorted"),
        pytest.param("for n in ['o/a'] + ['o/b']:\n load(n)", ("o/a", "o/b"), id="sum"),
        pytest.param("for n in ['o/a'] + x:\n load(n)", "unknown", id="sum-unknown"),
        pytest.param("A = ['o/a']\nfor n in [*A, 'o/b']:\n load(n)", ("o/a", "o/b"), id="starred"),
        pytest.param("for n in [*x, 'o/b']:\n load(n)", "unknown", id="starred-unknown"),
        pytest.param("for a, (b, n) in [(1, (2, 'o/a'))]:\n load(n)", ("o/a",), id="nested"),
        pytest.param("for a, n in [(1,)]:\n load(n)", "unknown", id="too-short"),
        pytest.param("for n in f():\n load(n)\ndef f():\n return ['o/a']", ("o/a",), id="function"),
        pytest.param("for n in 'ab':\n load(n)", "unknown", id="text"),
        pytest.param(
            "class A:\n L = ['o/a']\n def f(self):\n  for n in self.L:\n   load(n)",
            ("o/a",),
            id="attribute",
        ),
        pytest.param(
            "for c in [{'n': 'o/a'}, {'n': 'o/b'}]:\n load(c['n'])", ("o/a", "o/b"), id="dicts"
        ),
        pytest.param("for c in [{'n': 'o/a'}]:\n load(c['n'])", ("o/a",), id="one-dict"),
        pytest.param("[load(n) for n, _ in [('o/a', 1)]]", ("o/a",), id="comprehension"),
        pytest.param("P = ('o/a', 'x')\nn, r = P\nload(n)", ("o/a",), id="taken-apart"),
        pytest.param("n, *r = x\nload(n)", "unknown", id="starred-target"),
        pytest.param("L = ['o/a', 'o/b']\nload(L[1])", ("o/b",), id="index"),
        pytest.param("L = ['o/a', 'o/b']\nload(L[-1])", ("o/b",), id="last"),
        pytest.param("L = ['o/a', 'o/b']\nload(L[i])", ("o/a", "o/b"), id="any-index"),
        pytest.param("L = ['o/a', 'o/b']\nload(L[1:])", "unknown", id="slice"),
        pytest.param(
            "M = {'a': {'n': 'o/a'}, 'b': {'n': 'o/b'}}\nload(M[x]['n'])",
            ("o/a", "o/b"),
            id="any-of-the-inner",
        ),
        pytest.param("M = {1: 'o/a', 2: 'o/b'}\nload(M[2])", ("o/b",), id="number-as-key"),
        pytest.param(
            "import streamlit as st\nload(st.selectbox('x', ['o/a', 'o/b']))",
            ("o/a", "o/b"),
            id="choice",
        ),
        pytest.param(
            "import streamlit as st\nload(st.text_input('x', value='o/a'))", ("o/a",), id="input"
        ),
        pytest.param("import streamlit as st\nload(st.text_input('x'))", "unknown", id="no-value"),
    ],
)
def test_item_of_a_collection(source: str, expected: Plain) -> None:
    assert ids(source) == [expected]


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        pytest.param("'%s/%s' % ('o', N)", ("o/m",), id="percent"),
        pytest.param("'o/%s' % N", ("o/m",), id="percent-one"),
        pytest.param("'%s%%/m' % 'o'", ("o%/m",), id="percent-sign"),
        pytest.param("'%d/m' % 1", "unknown", id="percent-number"),
        pytest.param("'%s/%s' % 'o'", "unknown", id="percent-too-few"),
        pytest.param("'o/m' % N", "unknown", id="percent-too-many"),
        pytest.param("'{}/{}'.format('o', N)", ("o/m",), id="format"),
        pytest.param("'{1}/{0}'.format(N, 'o')", ("o/m",), id="format-by-number"),
        pytest.param("'o/{}-x'.format(N)", ("o/m-x",), id="format-and-more"),
        pytest.param("'{o}/{n}'.format(n=N, o='o')", ("o/m",), id="format-by-name"),
        pytest.param("'{:>3}/m'.format('o')", "unknown", id="format-spec"),
        pytest.param("'{!r}/m'.format('o')", "unknown", id="format-conversion"),
        pytest.param("'{}/{}'.format('o')", "unknown", id="format-too-few"),
        pytest.param("'{}/{}'.format(*x)", "unknown", id="format-starred"),
        pytest.param("'{o}/m'.format(**x)", "unknown", id="format-spread"),
        pytest.param("'{/m'.format(N)", "unknown", id="format-broken"),
        pytest.param("'/'.join(['o', N])", ("o/m",), id="join"),
        pytest.param("'/'.join(x)", "unknown", id="join-unknown"),
        pytest.param("' o/m '.strip()", ("o/m",), id="strip-literal"),
        pytest.param("F.strip().lower()", ("o/f",), id="strip-and-lower"),
        pytest.param("F.replace('O', 'p')", ("p/F",), id="replace"),
        pytest.param("F.replace('', 'p')", "unknown", id="replace-nothing"),
        pytest.param("F.replace('O')", "unknown", id="replace-too-few"),
        pytest.param("F.removeprefix(N)", "unknown", id="unknown-argument"),
        pytest.param("F.strip(1)", "unknown", id="wrong-argument"),
        pytest.param("x.strip()", "unknown", id="strip-unknown"),
        pytest.param("F.upper()", "unknown", id="other-method"),
        pytest.param("f'{F!s}'", ("O/F",), id="f-string-str"),
        pytest.param("f'{F!r}'", "unknown", id="f-string-repr"),
        pytest.param("g('o/m')", ("o/m",), id="function"),
        pytest.param("g()", ("o/d",), id="function-default"),
        pytest.param("REG[g('k')]", ("o/k",), id="registry"),
        pytest.param("look('k')", ("o/k",), id="registry-function"),
        pytest.param("h(1)", "unknown", id="function-without-return"),
        pytest.param("rec('o/m')", "unknown", id="recursive-function"),
        pytest.param("many()", "unknown", id="many-returns"),
        pytest.param("conf()['n']", ("o/c",), id="function-that-returns-a-dictionary"),
        pytest.param("copy.deepcopy({'n': 'o/c'})['n']", ("o/c",), id="copied-dictionary"),
        pytest.param("typing.cast(str, 'o/m')", ("o/m",), id="cast"),
    ],
)
def test_text_that_is_put_together(expression: str, expected: Plain) -> None:
    source = (
        "import copy, typing\nN = 'm'\nF = 'O/F'\nREG = {'k': 'o/k', 'l': 'o/l'}\n"
        "def g(x='o/d'):\n return x\n"
        "def look(key):\n return REG[key]\n"
        "def conf():\n return {'n': 'o/c'}\n"
        "def h(x): pass\n"
        "def rec(x):\n return rec(x)\n"
        "def many():\n" + " if x: return 'o/m'\n" * 17
    )
    found = read(f"{source}{LOAD}load({expression})")
    assert [one.ids for one in found if one.local is None or one.ids == expected] == [expected]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("partial(load, 'o/m')", [(("o/m",), "absent")], id="not-called"),
        pytest.param(
            "f = partial(load, 'o/m')\nf(revision='dev')",
            [(("o/m",), ("dev",))],
            id="completed-by-the-call",
        ),
        pytest.param(
            "f = functools.partial(load, revision='dev')\nf('o/m')",
            [(("o/m",), ("dev",))],
            id="completed-by-the-partial",
        ),
        pytest.param(
            "f = partial(load, revision='dev')\nf('o/m', revision='x')",
            [(("o/m",), ("x",))],
            id="overridden",
        ),
        pytest.param("partial(load, 'o/m')()", [(("o/m",), "absent")], id="called-at-once"),
        pytest.param("f = partial(print, 'o/m')\nf()\ng()", [], id="of-something-else"),
        pytest.param("f = mine.partial(load, 'o/m')", [], id="another-partial"),
        pytest.param("partial()", [], id="of-nothing"),
    ],
)
def test_partial(source: str, expected: list[tuple[Plain, Plain]]) -> None:
    assert pairs("import functools, mine\nfrom functools import partial\n" + source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("load(M[0])\nM = ['o/a']\nM.clear()", "unknown", id="list-cleared"),
        pytest.param("def f(c):\n load(c['n'])\nf({'n': 'o/a'})", ("o/a",), id="dictionary-passed"),
    ],
)
def test_collection_that_is_changed_or_passed(source: str, expected: Plain) -> None:
    assert ids(source) == [expected]


@pytest.mark.parametrize(
    ("source", "persona"),
    [
        pytest.param("def f(n):\n load(n)", "pedantic", id="parameter"),
        pytest.param("def f(c):\n load(c.model)", "pedantic", id="attribute-of-a-parameter"),
        pytest.param("def f(c):\n load(c['model'])", "pedantic", id="item-of-a-parameter"),
        pytest.param("def f(**o):\n load(o['model'])", "pedantic", id="item-of-the-rest"),
        pytest.param("def f(c):\n n = c.model\n load(n)", "pedantic", id="local-from-a-parameter"),
        pytest.param(
            "class A:\n def __init__(self, n):\n  self.n = n\n def f(self):\n  load(self.n)",
            "pedantic",
            id="kept-parameter",
        ),
        pytest.param("load(choose())", "regular", id="decided-here"),
        pytest.param("n = choose()\nload(n)", "regular", id="constant-decided-here"),
        pytest.param("load(config.model)", "regular", id="attribute"),
        pytest.param("for n in x:\n load(n)", "regular", id="loop"),
        pytest.param("def f(n):\n load(n)\nf('o/m')", "regular", id="parameter-with-a-caller"),
    ],
)
def test_code_that_passes_a_name_on_is_for_pedants(source: str, persona: str) -> None:
    assert [seen.persona for seen in read(LOAD + source)] == [persona]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("n = 'o/a'\nn = 'o/b'\nload(n)", [("o/b",)], id="assigned-twice"),
        pytest.param("n = 'o/a'\nload(n)\nn = 'o/b'\nload(n)", [("o/a",), ("o/b",)], id="in-turn"),
        pytest.param("n = 'o/a'\nload(n)\nn = x", [("o/a",)], id="unknown-later"),
        pytest.param("n = 'o/a'\nload(n)\nn += '-x'", [("o/a",)], id="grown-later"),
        pytest.param("n = 'o/a'\nload(n)\nn = n + '.json'", [("o/a",)], id="made-of-itself-later"),
        pytest.param("n = 'o/a'\nn += x\nload(n)", ["unknown"], id="grown-before"),
        pytest.param("n = 'o/a'\nn = n + '-b'\nload(n)", [("o/a-b",)], id="made-of-itself"),
        pytest.param("if c:\n n = 'o/a'\n n = 'o/b'\nload(n)", [("o/b",)], id="twice-in-one-arm"),
        pytest.param(
            "n = 'o/a'\nif c:\n n = 'o/b'\nload(n)", [("o/a", "o/b")], id="perhaps-replaced"
        ),
        pytest.param(
            "if c:\n n = 'o/a'\n load(n)\nelse:\n n = 'o/b'\n load(n)",
            [("o/a",), ("o/b",)],
            id="each-arm-its-own",
        ),
        pytest.param(
            "match c:\n case 1:\n  n = 'o/a'\n case _ if d:\n  n = 'o/b'\nload(n)",
            [("o/a", "o/b")],
            id="cases",
        ),
        pytest.param(
            "n = 'o/a'\nfor x in y:\n load(n)\n n = 'o/b'", [("o/a", "o/b")], id="round-a-loop"
        ),
        pytest.param(
            "for x in y:\n n = 'o/a'\n load(n)\n n = 'o/b'", [("o/a",)], id="set-in-each-round"
        ),
        pytest.param(
            "n = 'o/a'\nwhile load(n):\n n = 'o/b'", [("o/a", "o/b")], id="condition-of-a-loop"
        ),
        pytest.param("try:\n n = 'o/a'\nexcept E:\n load(n)\n n = 'o/b'", [("o/a",)], id="handler"),
        pytest.param(
            "def f(n):\n n = n or 'o/a'\n load(n)", [("o/a",)], id="default-of-a-parameter"
        ),
        pytest.param(
            "def f(n=None):\n if n is None:\n  n = 'o/a'\n load(n)", [("o/a",)], id="none-replaced"
        ),
        pytest.param("def f(n):\n n = load(n)", ["unknown"], id="replaced-by-what-it-loads"),
        pytest.param("n = 'o/a'\n[load(n) for _ in x]\nn = y", [("o/a",)], id="comprehension"),
        pytest.param("n = 'o/a'\ndef f():\n load(n)\nn = 'o/b'", ["unknown"], id="from-a-function"),
        pytest.param(
            "n = 'o/a'\nn = 'o/b'\ndef f():\n global n\n n = x\nload(n)",
            ["unknown"],
            id="set-by-a-function",
        ),
        pytest.param("load(n)\nn = 'o/a'\nn = 'o/b'", ["unknown"], id="both-below"),
        pytest.param("L = ['o/a']\nL.append('o/b')\nload(L[1])", [("o/b",)], id="appended"),
        pytest.param(
            "L = []\nL.append('o/a')\nfor n in L:\n load(n)", [("o/a",)], id="appended-to-nothing"
        ),
        pytest.param(
            "M = {'a': {'n': 'o/a'}, 'b': {'n': 'o/b'}}\ni = M[k]\nload(i['n'])",
            [("o/a", "o/b")],
            id="item-by-a-name",
        ),
        pytest.param(
            "M = {'a': {'n': 'o/a'}, 'b': {'n': 'o/b'}}\nload(M.get(k)['n'])",
            [("o/a", "o/b")],
            id="item-by-get",
        ),
        pytest.param(
            "M = {'a': {'n': 'o/a'}}\nload(M.get('a')['n'])", [("o/a",)], id="one-item-by-get"
        ),
        pytest.param(
            "class M(str, Enum):\n A = 'o/a'\nload(M.A.value)", [("o/a",)], id="enumeration"
        ),
        pytest.param("load(x.A.value)", ["unknown"], id="value-of-anything"),
        pytest.param(
            "from dataclasses import field\n"
            "class A:\n n: str = field(default_factory=lambda: 'o/a')\nload(A().n)",
            [("o/a",)],
            id="factory",
        ),
        pytest.param("def f(n=''):\n load(n)", ["unknown"], id="empty-default"),
        pytest.param("pool.submit(load, 'o/a')", [("o/a",)], id="submitted"),
        pytest.param("loop.run_in_executor(None, load, 'o/a')", [("o/a",)], id="in-an-executor"),
        pytest.param("pool.submit(load)", [], id="submitted-without-arguments"),
        pytest.param("pool.submit(f(), 'o/a')", [], id="submitted-result"),
    ],
)
def test_name_is_what_reaches_its_use(source: str, expected: list[Plain]) -> None:
    assert ids(source) == expected


def test_revision_in_sight_needs_no_default() -> None:
    source = f"D = {{'n': 'o/a', 'r': '{SHA}'}}\nload(D['n'], revision=D.get('r', 'main'))"
    assert pairs(source) == [(("o/a",), (SHA,))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("o['trust_remote_code'] = True", True, id="set-in-the-rest"),
        pytest.param("o.setdefault('trust_remote_code', True)", True, id="default-in-the-rest"),
        pytest.param("o = {'trust_remote_code': True} if c else {}", False, id="sometimes"),
        pytest.param("if c: o['trust_remote_code'] = True", False, id="passed-on"),
        pytest.param("o['trust_remote_code'] = False", False, id="switched-off"),
    ],
)
def test_flag_among_the_options(source: str, expected: bool) -> None:
    from flake8_hfmodels.reference import Known
    from tests.reading import references

    text = f"{MODEL}def f(n, c, x, **o):\n {source}\n AutoModel.from_pretrained(n, **o)"
    (flag,) = [one.trust_remote_code for one in references(text)]
    on = isinstance(flag, Known) and any(one.value is True for one in flag.values)
    assert on is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            "from vllm import AsyncEngineArgs as A, EngineArgs as E\nC = A if x else E\nC('o/m')",
            [("o/m",)],
            id="one-of-two-classes",
        ),
        pytest.param(
            "from sentence_transformers import SentenceTransformer\n"
            "class W(SentenceTransformer): pass\nW('o/m')",
            [("o/m",)],
            id="class-made-from-a-loader",
        ),
        pytest.param(
            "from sentence_transformers import SentenceTransformer\n"
            "class W(SentenceTransformer):\n def __init__(self): pass\nW('o/m')",
            [],
            id="class-with-a-constructor",
        ),
        pytest.param("class W(dict): pass\nW('o/m')", [], id="class-made-from-something-else"),
        pytest.param(
            "class W(Base):\n @classmethod\n def from_pretrained(cls, n):\n"
            "  return hf_hub_download(n, 'f')\nW.from_pretrained('o/m')",
            [("o/m",), ("o/m",)],
            id="own-method-that-downloads",
        ),
        pytest.param(
            "class W:\n @classmethod\n def from_pretrained(cls, n):\n  return open(n)\n"
            "W.from_pretrained('o/m')\nW.from_pretrained('o/n')",
            [],
            id="own-method-that-does-not",
        ),
        pytest.param(
            "from transformers.dynamic_module_utils import get_class_from_dynamic_module as get\n"
            "C = get('m.C', 'o/m')\nC.from_pretrained('o/m')",
            [("o/m",), ("o/m",)],
            id="class-from-the-hub",
        ),
        pytest.param(
            "from vllm.lora.request import LoRARequest\nLoRARequest('a', 1, lora_path='dummy')",
            [("dummy",)],
            id="one-word-for-a-path",
        ),
    ],
)
def test_loader_by_another_name(source: str, expected: list[Plain]) -> None:
    assert [seen.ids for seen in read(source)] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("def f(n):\n load(n)\nf('o/m')\ng()()", [("o/m",)], id="call-of-a-call"),
        pytest.param(
            "import click\n@click.option('--n', help='x', default='o/m')\ndef f(n):\n load(n)",
            [("o/m",)],
            id="default-behind-help",
        ),
        pytest.param("def f():\n n = load(n)", ["unknown"], id="made-of-nothing-but-itself"),
        pytest.param(
            "class A: pass\nclass B(A): pass\nclass C(A): pass\nclass D(B, C):\n n = 'o/m'\n"
            "def f(a: A):\n load(a.n)",
            [("o/m",)],
            id="diamond-of-heirs",
        ),
        pytest.param(
            "class A:\n n = 'o/m'\nclass B(A): pass\nclass C(A): pass\nclass D(B, C): pass\n"
            "class E(D): pass\nload(E.x)\nload(E.n)",
            ["unknown", ("o/m",)],
            id="diamond-of-bases",
        ),
        pytest.param(
            "x0 = A(n='o/m')\n"
            + "".join(f"x{n + 1} = x{n}\n" for n in range(6))
            + "load(x6.n)\nload(x4.n)",
            ["unknown", ("o/m",)],
            id="object-by-many-names",
        ),
        pytest.param("load(A(z=1, n='o/m').n)", [("o/m",)], id="second-keyword"),
        pytest.param(
            "def get():\n return\nargs = get()\nload(args.model)", ["unknown"], id="no-options"
        ),
        pytest.param("p.set_defaults(**x)\nload(args.model)", ["unknown"], id="unseen-defaults"),
        pytest.param(
            "def f(n=None):\n if c:\n  n = 'o/m'\n def g():\n  load(n)",
            [("o/m",)],
            id="from-an-inner-function",
        ),
        pytest.param(
            "def f(n):\n if c:\n  n = 'o/m'\n def g():\n  load(n)",
            [("o/m",)],
            id="parameter-from-an-inner-function",
        ),
        pytest.param("y.append(1)\nload('o/m')", [("o/m",)], id="growth-of-nothing"),
        pytest.param(
            "try:\n x = 1\nexcept E:\n pass\nelse:\n n = 'o/m'\nfinally:\n load(n)",
            [("o/m",)],
            id="else-and-finally",
        ),
        pytest.param("load('o/m'.strip('a', 'b'))", ["unknown"], id="too-many-arguments"),
        pytest.param("load('{a.b}'.format(a=x))", ["unknown"], id="attribute-in-a-template"),
        pytest.param(
            "class A:\n a: int\n n: str\nx = A(1, 'o/m')\nload(x.n)\nload(x.n)",
            [("o/m",), ("o/m",)],
            id="field-twice",
        ),
        pytest.param(
            "class A:\n def f(self, n):\n  load(n)\n def g(self):\n  self.f(n=self.f)\n"
            " def h(self):\n  A.f(self)",
            ["unknown"],
            id="method-with-nothing",
        ),
    ],
)
def test_odds_and_ends(source: str, expected: list[Plain]) -> None:
    assert ids(source) == expected


def test_name_that_is_made_of_itself_proves_nothing() -> None:
    found = read(MODEL + "def f():\n n = g(AutoModel.from_pretrained(n))")
    assert [(seen.ids, seen.local) for seen in found] == [("unknown", None)]


def test_path_that_a_caller_makes_is_local() -> None:
    source = "import os\ndef f(n):\n AutoModel.from_pretrained(n)\nf(os.path.join('a', 'b'))"
    assert [seen.local for seen in read(MODEL + source)] == ["the result of os.path.join()"]


@pytest.mark.parametrize(
    ("imports", "found"),
    [
        pytest.param("from transformers.agents import load_tool as f", 1, id="of-one-package"),
        pytest.param("from smolagents import load_tool as f", 0, id="of-two-packages"),
        pytest.param("from transformers import pipeline as f", 0, id="of-another-name"),
        pytest.param("def f(n): ...", 0, id="of-ones-own"),
    ],
)
def test_a_name_that_is_imported_twice(imports: str, found: int) -> None:
    source = f"from transformers import load_tool as f\nf('o/t')\n{imports}"
    assert len(read(source)) == found


@pytest.mark.parametrize(
    ("library", "found"),
    [pytest.param("import peft", 1, id="with"), pytest.param("import json", 0, id="without")],
)
def test_adapter_of_an_unknown_object_needs_the_hub_beside_it(library: str, found: int) -> None:
    assert len(read(f"{library}\nx.load_adapter('o/m')")) == found


@pytest.mark.parametrize("library", ["import peft", "from transformers import AutoModel"])
def test_adapter_without_an_owner_is_a_folder_or_a_language(library: str) -> None:
    assert not [one for one in read(f"{library}\nx.load_adapter('eng')") if not one.local]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("datasets/o/d/a.csv", [(("o/d",), "absent")], id="dataset"),
        pytest.param("o/m@v1/a.bin", [(("o/m",), ("v1",))], id="revision"),
        pytest.param("hf://o/m/a.bin", [(("o/m",), "absent")], id="address"),
        pytest.param("a.csv", [(("a.csv",), "absent")], id="no-repo"),
    ],
)
def test_path_of_the_hub_s_file_system(path: str, expected: list[tuple[Plain, Plain]]) -> None:
    found = read(f"from huggingface_hub import HfFileSystem\nHfFileSystem().open('{path}')")
    assert [(seen.ids, seen.revision) for seen in found] == expected


MANY = ", ".join(f"a{n}='o/{n}'" for n in range(500))


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(f"x = A({MANY})\nload(x.a1)", id="fields"),
        pytest.param("n = 'o'\nload(f'" + "{n}" * 500 + "')", id="parts-of-a-text"),
        pytest.param(f"def f(n, **o):\n load(n, **o)\nf('o/m', {MANY})", id="arguments"),
        pytest.param(
            "def f(n, **o):\n" + "".join(f" o['a{n}'] = 1\n" for n in range(500)) + " load(n, **o)",
            id="changes",
        ),
        pytest.param(
            "load('" + "%s" * 450 + "' % (" + "'o', " * 450 + "))", id="parts-of-a-template"
        ),
        pytest.param(
            "".join(f"class A{n}:\n a = 'o/{n}'\n" for n in range(20)) + "load(args.a)",
            id="classes-with-one-field",
        ),
    ],
)
def test_too_much_is_not_followed(source: str) -> None:
    assert set(ids(source)) <= {"unknown"}


HUGE = f"0x{'f' * 5000}"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(f"load({{{HUGE}: 'o/m'}}[1])", id="key"),
        pytest.param(f"load(**{{{HUGE}: 1}})", id="spread"),
        pytest.param(f"d = {{'a': 'o/m'}}\nload(d[{HUGE}])", id="index"),
        pytest.param(f"M = {{'google/bert': {HUGE}}}\nload(M)", id="value"),
        pytest.param(f"p.add_argument('--a', dest={HUGE})\nload(args.a)", id="destination"),
    ],
)
def test_number_that_cannot_be_written_out(source: str) -> None:
    assert set(ids(source)) <= {"unknown", "absent"}


def test_key_that_is_a_number_is_found_however_it_is_written() -> None:
    assert ids("M = {16: 'o/a', 1.5: 'o/b'}\nload(M[0x10])\nload(M[1.5])") == [("o/a",), ("o/b",)]


def test_module_of_an_endless_name_is_none() -> None:
    assert ids(f"from {'l' * 2000} import a\nload(a)") == ["unknown"]


@pytest.mark.parametrize("library", ["import a", "a = x"], ids=["imported", "unclear"])
def test_class_with_an_endless_name(library: str) -> None:
    source = f"import transformers\n{library}\na.{'b' * 300}.from_pretrained('o/m')"
    assert [seen.ids for seen in read(source)] == [("o/m",)]
