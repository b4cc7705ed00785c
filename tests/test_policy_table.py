"""`[tool.hfmodels.policy]` through both doors, as it is shown, and as its schema has it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.doors import DOORS, Place
from tests.fakehub import FakeHub
from tests.reference import POLICY
from tests.schema import POLICY as EXAMPLE
from tests.test_schema import VALIDATOR, complaint

HEADER = "[tool.hfmodels]\noffline = true\n"
LOAD = 'from transformers import AutoModel\nAutoModel.from_pretrained("evil/model", revision=x)\n'
DENY = '[tool.hfmodels.policy]\ndeny = [{ match = "evil/*", reason = "incident 12" }]\n'
SAID = (
    "AutoModel.from_pretrained() loads 'evil/model': denied as 'evil/*' (`deny` of the policy in "
    "pyproject.toml: incident 12); load another repo, or have the policy changed"
)


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_both_doors_say_the_same(lonely: Place, door: Any) -> None:
    lonely.write("pyproject.toml", HEADER + DENY)
    lonely.write("app.py", LOAD)
    assert door(lonely, "app.py").said() == [("app.py", 2, 1, f"HFM013 {SAID}")]


def test_pin_is_demanded_whatever_else_is_silenced(lonely: Place) -> None:
    table = 'ignore = ["HFM001"]\npolicies = { "*" = "any" }\n'
    lonely.write("pyproject.toml", f"{HEADER}{table}[tool.hfmodels.policy]\npinned = true\n")
    lonely.write("app.py", LOAD.replace(", revision=x", ""))
    assert lonely.hfmodels("check", "--format", "json", "app.py").codes() == ["HFM013"]


def test_publishers_are_asked_where_the_policy_wants_it(place: Place, hub: FakeHub) -> None:
    text = LOAD.replace("evil/model", "acme/forecaster")
    place.write("app.py", text)
    place.write("pyproject.toml", "[tool.hfmodels.policy]\nverified-publisher = true\n")
    ran = place.hfmodels("check", "--format", "json", "app.py")
    assert ran.codes() == ["HFM013"]
    assert "/api/organizations/acme/overview" in [one.path for one in hub.requests]


def test_what_is_shown_can_be_written(lonely: Place) -> None:
    lonely.write("pyproject.toml", POLICY)
    shown = lonely.hfmodels("check", "--show-settings", "app.py").out
    policy = shown[shown.index("\n[tool.hfmodels.policy]") + 1 :]
    assert policy == (
        POLICY.replace("policy]\nallow", "policy]  # pyproject.toml\nallow").replace(
            'match = "my-org/*"\nexempt', 'match = ["my-org/*"]\nexempt'
        )
    )
    lonely.write("pyproject.toml", policy)
    assert lonely.hfmodels("check", "--show-settings", "app.py").out == shown


def test_an_empty_policy_is_shown(lonely: Place) -> None:
    lonely.write("pyproject.toml", "[tool.hfmodels.policy]\n")
    shown = lonely.hfmodels("check", "--show-settings", "app.py").out
    assert shown.endswith("\n[tool.hfmodels.policy]  # pyproject.toml\n")


# The schema


PATTERNS = st.sampled_from(
    ("x", "x/*", "model:x", "space:x/y", "models:x", ":x", "a/b/c", "x\n", "", "a[b", "/", "x//")
)
SCALARS = st.one_of(
    PATTERNS,
    st.booleans(),
    st.integers(-1, 5),
    st.sampled_from((10**13, 0.5, "30d", "1y", "999999d", "forbid", "clean", "mit")),
)
VALUES = st.one_of(
    SCALARS,
    st.lists(SCALARS, max_size=2),
    st.lists(
        st.dictionaries(st.sampled_from(("match", "reason", "why")), SCALARS, max_size=3),
        max_size=2,
    ),
)
KEYS = st.sampled_from((*EXAMPLE, "match", "exempt", "alow"))
LIKELY = st.one_of(
    *(st.tuples(st.just(key), st.just(value)) for key, value in EXAMPLE.items()),
    st.tuples(KEYS, VALUES),
)
INNER = st.lists(LIKELY, max_size=2).map(lambda pairs: {"match": "x", **dict(pairs)})
TABLES = st.lists(LIKELY, max_size=4).map(dict)
WHOLE = st.one_of(
    VALUES,
    TABLES,
    st.tuples(TABLES, st.lists(INNER, max_size=2)).map(lambda both: {**both[0], "for": both[1]}),
)


@given(WHOLE)
@example({})
@example({"allow": [], "deny": [{"match": "x", "reason": ""}]})
@example({"for": [{"match": []}]})
@example({"for": [{"pinned": True}]})
@example({"min-downloads": True})
def test_what_the_schema_takes_the_reader_takes_and_no_more(policy: Any) -> None:
    table = {"policy": policy}
    assert VALIDATOR.is_valid(table) is (complaint(table) == "")


def test_example_of_every_key() -> None:
    VALIDATOR.validate({"policy": EXAMPLE})
    assert complaint({"policy": EXAMPLE}) == ""
