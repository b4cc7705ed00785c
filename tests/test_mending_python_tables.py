"""Revisions that a dictionary gives for each id: what references are read off such a call."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from flake8_hfmodels.reference import Known
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.reading import references
from flake8_hfmodels.sources.source import PythonSource
from tests.doors import HEAD

ONE, TWO = "1" * 40, "2" * 40
PINS = f'{{"a/b": "{ONE}", "c/d": "{TWO}"}}'


def pins_in(text: str) -> Sequence[tuple[set[object], object]]:
    """The ids of each reference with the revisions that it may be loaded at."""
    source = parse("example.py", text.encode())
    assert isinstance(source, PythonSource)
    return [
        (
            {one.value for one in ref.repo_id.values} if isinstance(ref.repo_id, Known) else set(),
            {one.value for one in ref.revision.values}
            if isinstance(ref.revision, Known)
            else type(ref.revision).__name__,
        )
        for ref in references(source, False)
    ]


BOTH = [({"a/b"}, {ONE}), ({"c/d"}, {TWO})]
LOOP = 'for n in ("a/b", "c/d"):\n  AutoModel.from_pretrained(n, revision={})\n'


@pytest.mark.parametrize(
    ("revision", "found"),
    [
        pytest.param(f"{PINS}.get(n)", BOTH, id="get"),
        pytest.param(f"{PINS}[n]", BOTH, id="item"),
        pytest.param("PINS.get(n)", BOTH, id="constant"),
        pytest.param("PINS[n]", BOTH, id="item-of-a-constant"),
        pytest.param(f'{PINS}.get(n, "main")', BOTH, id="default-that-nobody-needs"),
        pytest.param(f"None or {PINS}.get(n)", BOTH, id="or"),
        pytest.param(f"x or {PINS}.get(n)", BOTH, id="unknown-or"),
        pytest.param(
            f'"v1" or {PINS}.get(n)', [({"a/b", "c/d"}, {"v1"})], id="what-comes-first-holds"
        ),
        pytest.param(
            f'{{"a/b": "{ONE}"}}.get(n)', [({"a/b"}, {ONE}), ({"c/d"}, {None})], id="none-for-one"
        ),
        pytest.param(
            f'{{"a/b": "{ONE}"}}.get(n, "v1")',
            [({"a/b"}, {ONE}), ({"c/d"}, {"v1"})],
            id="default-for-one",
        ),
        pytest.param(
            f'{{"a/b": "{ONE}"}}[n]', [({"a/b"}, {ONE}), ({"c/d"}, "Unknown")], id="error-for-one"
        ),
        pytest.param(f"{PINS}.get(m)", [({"a/b", "c/d"}, {ONE, TWO})], id="another-key"),
        pytest.param(
            f"{PINS}.get(n.lower())", [({"a/b", "c/d"}, {ONE, TWO})], id="key-that-is-changed"
        ),
        pytest.param("other.get(n)", [({"a/b", "c/d"}, "Unknown")], id="unknown-table"),
        pytest.param("{**x}.get(n)", [({"a/b", "c/d"}, "Unknown")], id="open-table"),
        pytest.param('"v1"', [({"a/b", "c/d"}, {"v1"})], id="no-table"),
    ],
)
def test_loop(revision: str, found: Sequence[tuple[set[str], object]]) -> None:
    assert sorted(pins_in(f"{HEAD}PINS = {PINS}\n{LOOP.format(revision)}"), key=str) == sorted(
        found, key=str
    )


def test_each_caller_gets_the_revision_of_its_id() -> None:
    load = f"def f(n):\n  AutoModel.from_pretrained(n, revision={PINS}.get(n))\n"
    assert pins_in(f'{HEAD}{load}f("a/b")\nf("c/d")\n') == BOTH


def test_key_of_another_function_is_another_key() -> None:
    text = f'{HEAD}n = "c/d"\nR = {{"revision": {PINS}.get(n)}}\n'
    text += 'def f(n="a/b"): AutoModel.from_pretrained(n, **R)\n'
    assert pins_in(text) == [({"a/b"}, {TWO})]


def test_attribute_and_item_are_keys() -> None:
    text = f'{HEAD}M = {{"x": "a/b"}}\nAutoModel.from_pretrained(M["x"], revision={PINS}[M["x"]])\n'
    assert pins_in(text) == [({"a/b"}, {ONE})]


def test_folders_are_left_out_of_what_has_no_pin() -> None:
    text = LOOP.replace('"c/d"', '"./x"').format(f'{{"a/b": "{ONE}"}}.get(n)')
    assert pins_in(f"{HEAD}{text}") == [({"a/b"}, {ONE})]


def test_id_that_is_not_known_has_all_revisions() -> None:
    text = f"AutoModel.from_pretrained(n, revision={PINS}.get(n))\n"
    assert pins_in(f"{HEAD}{text}") == [(set(), {ONE, TWO})]
