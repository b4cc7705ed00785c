"""Which pin an id needs, by what the project says of its owner."""

from __future__ import annotations

import pytest

from flake8_hfmodels.policy import suffices
from tests.doors import HEAD
from tests.reading import SHA, references

Policies = list[tuple[str, str]]


def suffices_in(call: str, policies: Policies) -> bool:
    [reference] = references(f"{HEAD}x = AutoModel.from_pretrained({call})\n")
    return suffices(reference, policies)


ANY, REF, HASH = "any", "ref", "hash"


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        pytest.param([], False, id="none"),
        pytest.param([("*", ANY)], True, id="star"),
        pytest.param([("acme", ANY)], True, id="owner"),
        pytest.param([("acme/*", ANY)], True, id="all-of-an-owner"),
        pytest.param([("*/one", ANY)], True, id="name"),
        pytest.param([("acme/one", ANY)], True, id="id"),
        pytest.param([("acme-labs/*", ANY)], False, id="another"),
        pytest.param([("acme/o", ANY)], False, id="beginning"),
        pytest.param([("*", ANY), ("acme", HASH)], False, id="owner-before-star"),
        pytest.param([("acme", HASH), ("*", ANY)], False, id="in-whatever-order"),
        pytest.param([("acme", HASH), ("acme/one", ANY)], True, id="id-before-owner"),
        pytest.param([("acme", ANY), ("acme/o*", HASH)], False, id="some-of-an-owner-before-all"),
        pytest.param([("acme/*", ANY), ("acme/o*", HASH)], False, id="longer-before-shorter"),
        pytest.param(
            [("acme/*", HASH), ("acme*/**************", ANY)], False, id="one-owner-first"
        ),
        pytest.param([("acme", HASH), ("*/one*********", ANY)], False, id="owner-before-name"),
        pytest.param([("acme/one", HASH), ("acme/*********", ANY)], False, id="id-before-longer"),
        pytest.param([("a*", ANY), ("ac*", HASH)], False, id="longer-star"),
        pytest.param([("acme/*", ANY), ("acme/*", HASH)], False, id="last-word"),
    ],
)
def test_pattern_that_says_most(policies: Policies, expected: bool) -> None:
    assert suffices_in('"Acme/One"', policies) is expected


@pytest.mark.parametrize(
    ("call", "policy", "expected"),
    [
        pytest.param('"a/b"', REF, False, id="no-revision"),
        pytest.param('"a/b", revision="main"', REF, True, id="branch"),
        pytest.param('"a/b", revision=""', REF, False, id="empty"),
        pytest.param('"a/b", revision=None', REF, False, id="none"),
        pytest.param('"a/b", revision=given', REF, False, id="unknown"),
        pytest.param('"a/b", revision="v1" if x else None', REF, False, id="perhaps-none"),
        pytest.param('"a/b", revision="v1"', HASH, False, id="branch-for-a-hash"),
        pytest.param('"a/b", revision="v1"', ANY, True, id="branch-for-anything"),
        pytest.param(f'"a/b", revision="{SHA}"', REF, True, id="hash-for-a-branch"),
    ],
)
def test_revision(call: str, policy: str, expected: bool) -> None:
    assert suffices_in(call, [("a/*", policy)]) is expected


@pytest.mark.parametrize(
    ("call", "policies", "expected"),
    [
        pytest.param('"a/b" if x else "c/d"', [("a", ANY)], False, id="one-of-two-ids"),
        pytest.param('"a/b" if x else "c/d"', [("a", ANY), ("c", ANY)], True, id="two-ids"),
        pytest.param("given", [("a", ANY)], False, id="unknown-id"),
        pytest.param("given", [("*", ANY)], True, id="unknown-id-and-star"),
        pytest.param("given", [("*", REF)], False, id="unknown-id-and-a-branch"),
        pytest.param('"gpt2"', [("gpt2", ANY)], True, id="word"),
    ],
)
def test_ids(call: str, policies: Policies, expected: bool) -> None:
    assert suffices_in(call, policies) is expected
