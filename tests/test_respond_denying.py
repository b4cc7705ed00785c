"""The entry that denies a repo, put into pyproject.toml: nothing else in the file changes."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flake8_hfmodels.responding.denying import Denied, denied
from tests.telling import HOSTILE

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

NEW = '{ match = "o/m", reason = "why" }'


def deny(text: str, *names: str, reason: str = "why") -> Denied:
    return denied(text, names or ("o/m",), reason)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", f"[tool.hfmodels.policy]\ndeny = [\n    {NEW},\n]\n", id="empty"),
        pytest.param(
            "[project]\nname = 'x'",
            f"[project]\nname = 'x'\n\n[tool.hfmodels.policy]\ndeny = [\n    {NEW},\n]\n",
            id="no line end",
        ),
        pytest.param(
            "[tool.hfmodels]\r\n# said\r\n",
            "[tool.hfmodels]\r\n# said\r\n\r\n[tool.hfmodels.policy]\r\n"
            f"deny = [\r\n    {NEW},\r\n]\r\n",
            id="line ends of Windows",
        ),
        pytest.param(
            '[tool.hfmodels.policy] # ours\nallow = ["o"]\n',
            f'[tool.hfmodels.policy] # ours\ndeny = [\n    {NEW},\n]\nallow = ["o"]\n',
            id="policy without it",
        ),
        pytest.param(
            "[ tool . 'hfmodels' . \"policy\" ]",
            f"[ tool . 'hfmodels' . \"policy\" ]\ndeny = [\n    {NEW},\n]\n",
            id="policy at the very end",
        ),
        pytest.param(
            "[tool.hfmodels.policy]\ndeny = []\n",
            f"[tool.hfmodels.policy]\ndeny = [{NEW}]\n",
            id="empty list",
        ),
        pytest.param(
            '[tool.hfmodels.policy]\n"deny" = ["a/b"] # old\n[x]\ny = 1\n',
            f'[tool.hfmodels.policy]\n"deny" = [{NEW}, "a/b"] # old\n[x]\ny = 1\n',
            id="list in a line",
        ),
        pytest.param(
            '[tool.hfmodels.policy]\ndeny = [ # bad ones\n  # first\n  "a/b",\n]\n',
            f'[tool.hfmodels.policy]\ndeny = [ # bad ones\n  {NEW},\n  # first\n  "a/b",\n]\n',
            id="list in lines",
        ),
        pytest.param(
            "[tool.hfmodels.policy]\ndeny = [\n]\n",
            f"[tool.hfmodels.policy]\ndeny = [\n    {NEW},\n]\n",
            id="empty list in lines",
        ),
        pytest.param(
            "\ufeff[project]\n",
            f"\ufeff[project]\n\n[tool.hfmodels.policy]\ndeny = [\n    {NEW},\n]\n",
            id="byte order mark",
        ),
    ],
)
def test_written(before: str, after: str) -> None:
    said = deny(before)
    assert (said.text, said.why) == (after, "")
    assert deny(after) == Denied((NEW,))


@pytest.mark.parametrize(
    "item", ['"o/m"', '"O/M"', '{ match = "O/m" }', '{ match = "o/m", reason = "old" }']
)
def test_denied_already(item: str) -> None:
    assert deny(f"[tool.hfmodels.policy]\ndeny = [{item}]\n") == Denied((NEW,))


def test_several_names() -> None:
    said = deny('[tool.hfmodels.policy]\ndeny = ["a/b"]\n', "a/b", "c/d", "e/f")
    assert said.text is not None
    items = tomllib.loads(said.text)["tool"]["hfmodels"]["policy"]["deny"]
    assert [one if isinstance(one, str) else one["match"] for one in items] == ["c/d", "e/f", "a/b"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a = ", "it is no valid TOML ("),
        ("x = " + "[" * 5000, "it is no valid TOML ("),
        ("tool = 1\n", "tool is no table"),
        ("[tool]\nhfmodels = []\n", "hfmodels is no table"),
        ('[tool.hfmodels.policy]\ndeny = "o"\n', "deny is no list"),
        ("[tool.hfmodels]\npolicy = { deny = [] }\n", "in a way that we do not edit"),
        ("[tool.hfmodels]\npolicy.deny = []\n", "in a way that we do not edit"),
        ('[tool.hfmodels.policy]\nx = """\ndeny = [\n"""\n', "in a way that we do not edit"),
        ('x = """\n[tool.hfmodels.policy]\n"""\n', "in a way that we do not edit"),
        ("[tool.hfmodels.policy]\nx = [\n[1]]\ndeny = []\n", "in a way that we do not edit"),
    ],
)
def test_refused(text: str, why: str) -> None:
    said = deny(text)
    assert said.text is None
    assert why in said.why
    assert said.lines == (NEW,)


@given(HOSTILE)
@example('"]\n[tool]\nx = "')
@example("\x7f\t\\")
def test_hostile_reasons(reason: str) -> None:
    said = deny("", reason=reason)
    assert said.text is not None
    (item,) = tomllib.loads(said.text)["tool"]["hfmodels"]["policy"]["deny"]
    assert item["match"] == "o/m"
    assert len(item["reason"]) == min(len(reason), 500)
    assert said.text.count("\n") == 4


_VALUES = st.sampled_from(["1", "'x'", "[1, 2]", "{ a = 1 }", '["o/a", "o/b"]', '"""\n[t]\n"""'])
_KEYS = st.sampled_from(["deny", "allow", "a", "b"])
_HEADERS = st.sampled_from(
    ["[tool.hfmodels.policy]", "[tool.hfmodels]", "[[tool.hfmodels.policy.for]]", "[x]", "# c"]
)
_LINES = st.one_of(_HEADERS, st.builds("{} = {}".format, _KEYS, _VALUES))


@given(st.lists(_LINES, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_nothing_else_changes(lines: list[str], end: str) -> None:
    text = "".join(f"{one}{end}" for one in lines)
    said = deny(text)
    if said.text is not None:
        before, after = tomllib.loads(text), tomllib.loads(said.text)
        assert _without(after) == _without(before)
        assert all(one in said.text for one in lines)


def _without(data: dict[str, Any]) -> Any:
    """All but what is denied; tables that are empty then are no matter."""
    rest = dict(data)
    tool = {**rest.pop("tool", {})}
    own = {**tool.pop("hfmodels", {})}
    policy = {**own.pop("policy", {})}
    policy.pop("deny", None)
    return rest, tool, own, policy
