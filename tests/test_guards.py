"""Words that a test keeps away from the loader below it."""

from __future__ import annotations

import pytest

from tests.reading import Plain, read

LOAD = "from transformers import AutoModel as M\n"
FREE = "unknown"
"""What is left where the only value that is known does not come through."""


def ids(source: str) -> Plain:
    (seen,) = read(LOAD + source)
    return seen.ids


@pytest.mark.parametrize(
    ("test", "left"),
    [
        pytest.param("n == 'new'", FREE, id="equal"),
        pytest.param("'new' == n", FREE, id="equal-turned-round"),
        pytest.param("n != 'old'", FREE, id="not-another"),
        pytest.param("n in ('new', 'old')", FREE, id="one-of"),
        pytest.param("n not in ['old']", FREE, id="none-of"),
        pytest.param("n in {'new'}", FREE, id="one-of-a-set"),
        pytest.param("n.startswith('ne')", FREE, id="beginning"),
        pytest.param("n.startswith(('x', 'n'))", FREE, id="one-of-several-beginnings"),
        pytest.param("n", FREE, id="said-at-all"),
        pytest.param("not n == 'old'", FREE, id="not"),
        pytest.param("n == 'new' or x", FREE, id="or"),
        pytest.param("n == 'new' and n != 'old'", FREE, id="and"),
        pytest.param("n is not None", FREE, id="something"),
        pytest.param("n == 'old'", ("new",), id="another"),
        pytest.param("n == 'new' and x", ("new",), id="and-who-knows"),
        pytest.param("n == 'old' or x", ("new",), id="or-who-knows"),
        pytest.param("n == x", ("new",), id="who-knows"),
        pytest.param("not x", ("new",), id="not-who-knows"),
        pytest.param("n in x", ("new",), id="in-who-knows-what"),
        pytest.param("n in (x, 'new')", ("new",), id="in-what-is-known-in-part"),
        pytest.param("n.startswith(x)", ("new",), id="unknown-beginning"),
        pytest.param("m == 'new'", ("new",), id="another-name"),
        pytest.param("m", ("new",), id="another-name-alone"),
        pytest.param("m.startswith('new')", ("new",), id="beginning-of-another-name"),
        pytest.param("n < 'new'", ("new",), id="order"),
        pytest.param("f(n)", ("new",), id="a-function"),
        pytest.param("n().m == 'new'", ("new",), id="what-a-call-gives"),
    ],
)
def test_below_the_other_arm(test: str, left: Plain) -> None:
    assert ids(f"n = 'new'\nif {test}:\n pass\nelse:\n M.from_pretrained(n)") == left


@pytest.mark.parametrize(
    ("source", "left"),
    [
        pytest.param("if n == 'old':\n M.from_pretrained(n)", FREE, id="in-the-arm"),
        pytest.param("if n == 'new':\n M.from_pretrained(n)", ("new",), id="in-its-own-arm"),
        pytest.param(
            "if n == 'new':\n pass\nelif n.startswith('gpt2'):\n M.from_pretrained(n)",
            FREE,
            id="a-chain",
        ),
        pytest.param("while n == 'old':\n M.from_pretrained(n)", FREE, id="while"),
        pytest.param("m = M.from_pretrained(n) if n != 'new' else None", FREE, id="either-or"),
        pytest.param("m = None if n == 'new' else M.from_pretrained(n)", FREE, id="or-either"),
        pytest.param("m = x(n) if M.from_pretrained(n) else 1", ("new",), id="in-the-choice"),
        pytest.param("with x:\n if n != 'new':\n  M.from_pretrained(n)", FREE, id="in-a-block"),
        pytest.param(
            "try:\n pass\nexcept E:\n if n != 'new':\n  M.from_pretrained(n)",
            FREE,
            id="in-a-handler",
        ),
        pytest.param(
            "match x:\n case 1:\n  if n != 'new':\n   M.from_pretrained(n)", FREE, id="in-a-case"
        ),
        pytest.param(
            "for _ in x:\n if n == 'new':\n  continue\n M.from_pretrained(n)", FREE, id="left-above"
        ),
        pytest.param(
            "for _ in x:\n if n == 'new':\n  y()\n M.from_pretrained(n)", ("new",), id="not-left"
        ),
        pytest.param(
            "for _ in x:\n if n == 'new':\n  continue\n else:\n  y()\n M.from_pretrained(n)",
            ("new",),
            id="left-beside-another-arm",
        ),
        pytest.param(
            "if n == 'new':\n pass\nelse:\n n = 'new'\n M.from_pretrained(n)",
            ("new",),
            id="bound-behind-the-test",
        ),
        pytest.param("[M.from_pretrained(n) for _ in x if n != 'new']", ("new",), id="a-filter"),
        pytest.param(
            "if n == 'new':\n raise E\n@f(M.from_pretrained(n))\ndef g(): pass",
            FREE,
            id="decorator",
        ),
        pytest.param("f = lambda: M.from_pretrained(n)", ("new",), id="lambda"),
        pytest.param(
            "if n == 'new':\n pass\nelse:\n M.from_pretrained('new')", ("new",), id="text"
        ),
    ],
)
def test_where_it_stands(source: str, left: Plain) -> None:
    assert ids(f"n = 'new'\n{source}") == left


def test_some_are_left() -> None:
    source = "for n in ('new', 'gpt2', 'o/m'):\n if n != 'new':\n  M.from_pretrained(n)"
    assert ids(source) == ("gpt2", "o/m")


def test_who_has_an_owner_is_a_repo_in_any_case() -> None:
    assert ids("n = 'o/m'\nif n != 'o/m':\n M.from_pretrained(n)") == ("o/m",)


def test_default_of_an_option() -> None:
    source = (
        "import argparse\np = argparse.ArgumentParser()\np.add_argument('--init', default='new')\n"
        "a = p.parse_args()\nif a.init == 'new':\n pass\nelse:\n M.from_pretrained(a.init)"
    )
    assert ids(source) == FREE


def test_what_callers_pass() -> None:
    source = "def f(n):\n if n == 'new':\n  return\n M.from_pretrained(n)\nf('new')\nf('gpt2')"
    assert ids(source) == ("gpt2",)


def test_no_more_tests_than_anybody_writes() -> None:
    tests = "".join(f" if n == 'x{number}':\n  return\n" for number in range(60))
    source = f"def f(n='new'):\n{tests} if n == 'new':\n  return\n M.from_pretrained(n)\nf()"
    assert ids(source) == ("new",)
