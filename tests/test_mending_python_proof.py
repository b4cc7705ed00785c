"""What may change in a program that is pinned, and nothing else."""

from __future__ import annotations

import pytest

from flake8_hfmodels.mending.python_proof import differs_only_in_pins

SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
NEXT = "0123456789012345678901234567890123456789"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("f(1)", "f(1)", id="nothing"),
        pytest.param("f(1)", "f(1)  # main", id="comment"),
        pytest.param("f('a/b')", "f('a/b', revision='@')", id="keyword"),
        pytest.param("f('a/b', x=1)", "f('a/b', revision='@', x=1)", id="keyword-before"),
        pytest.param("f(**o)", "f(**o, revision='@')", id="keyword-behind-options"),
        pytest.param("f(r='main')", "f(r='@')", id="text"),
        pytest.param("f(r=None)", "f(r='@')", id="none"),
        pytest.param("f(r=REV)", "f(r='@')", id="name"),
        pytest.param("f(r=a.rev)", "f(r='@')", id="attribute"),
        pytest.param("f(r=o['rev'])", "f(r='@')", id="item"),
        pytest.param("f(n)", "f(n, revision={'a/b': '@'}.get(n))", id="table"),
        pytest.param("f(n, r='main')", "f(n, r={'a/b': '@'}.get(n, 'main'))", id="table-over-text"),
        pytest.param("f(n, r=None)", "f(n, r={'a/b': '@'}.get(n))", id="table-over-none"),
        pytest.param("f(n, r=r)", "f(n, r=r or '@')", id="or"),
        pytest.param("f(n, r=r)", "f(n, r=r or {'a/b': '@'}.get(n))", id="or-table"),
        pytest.param("f(n, r={'x': y}.get(n))", "f(n, r={'x': y, 'a': '@'}.get(n))", id="entry"),
        pytest.param("f(n)", "f(n, model_kwargs={'revision': '@'})", id="dictionary"),
        pytest.param("o = {'x': 1, **y}", "o = {'x': 1, **y, 'revision': '@'}", id="entry-behind"),
        pytest.param("f(n, trust_remote_code=True)", "f(n)", id="flag"),
        pytest.param("r = ['hf', 'a/b']", "r = ['hf', 'a/b', '--revision', '@']", id="words"),
        pytest.param("r = ('hf', 'a/b')", "r = ('hf', 'a/b', '--revision', '@')", id="tuple"),
        pytest.param("r = ['--revision=main']", "r = ['--revision=@']", id="word"),
        pytest.param("r('hf download a/b x')", "r('hf download a/b --revision @ x')", id="command"),
        pytest.param("r('hf a/b; hf c/d')", "r('hf a/b -r @; hf c/d -r @')", id="two-commands"),
        pytest.param(f"r('{NEXT} v1')", f"r('{NEXT} @')", id="beside-another-hash"),
        pytest.param("r('a/b')", "r('a/b@#')", id="behind-the-name"),
        pytest.param("r('a/b@v1')", "r('a/b@#')", id="over-what-was-behind-the-name"),
        pytest.param("r('h/resolve/main/x')", "r('h/resolve/@/x')", id="address"),
        pytest.param("r(f'h/resolve/main/{x}')", "r(f'h/resolve/@/{x}')", id="filled-in"),
    ],
)
def test_pin(before: str, after: str) -> None:
    pinned = after.replace("#", SHA) if "#" in after else after.replace("@", SHA)
    assert differs_only_in_pins(before, pinned.replace("  " + SHA, "  #"), {SHA})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("f(", f"f('{SHA}')", id="no-program-before"),
        pytest.param("f()", f"f('{SHA}'", id="no-program-after"),
        pytest.param("f()", f"g(r='{SHA}')", id="another-name"),
        pytest.param("f(1)", f"f(2, r='{SHA}')", id="another-number"),
        pytest.param("f()", f"f('{SHA}')", id="argument-by-place"),
        pytest.param("f()", f"f(r='{NEXT}')", id="another-hash"),
        pytest.param("f()", f"f(r=g('{SHA}'))", id="call"),
        pytest.param("f()", f"f(r='{SHA}', r='{SHA}')", id="keyword-twice"),
        pytest.param("f(r=1)", f"f(r=1, r='{SHA}')", id="keyword-once-more"),
        pytest.param("f(x=1)", "f()", id="keyword-gone"),
        pytest.param("f(r=g())", f"f(r='{SHA}')", id="call-gone"),
        pytest.param("f(r='main')", f"f(r={{'a': '{SHA}'}}.get(n))", id="default-gone"),
        pytest.param("f(r='main')", f"f(r={{'a': '{SHA}'}}.get(n, 'v1'))", id="default-changed"),
        pytest.param("f(r=x)", f"f(r=y or '{SHA}')", id="other-first"),
        pytest.param("f(r=x)", f"f(r={{'a': '{SHA}'}}.get(g()))", id="call-in-a-table"),
        pytest.param("f(r=x)", f"f(r={{'a': '{SHA}'}}.get('a', x))", id="constant-in-a-table"),
        pytest.param("f(r=x)", f"f(r={{**y, 'a': '{SHA}'}}.get(n, x))", id="spread-in-a-table"),
        pytest.param("f(r=x)", f"f(r={{y: '{SHA}'}}.get(n, x))", id="name-in-a-table"),
        pytest.param("f()", "f(r={})", id="empty-table"),
        pytest.param("f({})", "f({'a': 1})", id="entry"),
        pytest.param("f(['a'])", f"f(['a', '{SHA}'])", id="word-alone"),
        pytest.param("f(['a'])", f"f(['a', 'b', '{SHA}'])", id="word-without-a-flag"),
        pytest.param("f(['a'])", "f(['a', '--x', 'b'])", id="flag-without-a-hash"),
        pytest.param("f('a b')", f"f('a {SHA} c')", id="more-than-the-hash"),
        pytest.param("f('a b c')", f"f('a {SHA}')", id="words-gone"),
        pytest.param("f('a')", "f('b')", id="another-text"),
        pytest.param("f('1')", "f(1)", id="another-type"),
        pytest.param("x = 1", "x = 1\ny = 2", id="another-line"),
        pytest.param("x = 1", "x += 1", id="another-statement"),
        pytest.param("-" * 3000 + "1", "-" * 3000 + "2", id="too-deep"),
        pytest.param("(" + "a." * 900 + "b)", "(" + "a." * 900 + "c)", id="deep"),
    ],
)
def test_other_change(before: str, after: str) -> None:
    assert not differs_only_in_pins(before, after, {SHA})
