"""The schema of `[tool.hfmodels]`: current, and of one mind with the reader.

JSON Schema cannot tell what the reader can: that a number is written as `8.0`, and no whole one in
TOML. JSON, which has no `nan`, cannot hold one that TOML may. No such values are drawn here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from flake8_hfmodels.configuration import ConfigurationError, _Reader
from flake8_hfmodels.links import DOCUMENTATION
from flake8_hfmodels.options import Option
from flake8_hfmodels.settings import Settings
from flake8_hfmodels.values import read_value
from tests.schema import EXAMPLES, FILE, OWN, Json, schema, text

SCHEMA = schema()
NAMES = [one.name for one in OWN]


def _pattern(_: Validator, pattern: str, instance: object, _schema: Json) -> Iterator[Any]:
    """As JSON Schema has it: to Python, `$` is before a line feed at the end as well."""
    whole = pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern
    if isinstance(instance, str) and not re.search(whole, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


_Ours: type[Draft202012Validator] = extend(  # type: ignore[no-untyped-call]  # its stubs lack it
    Draft202012Validator, {"pattern": _pattern}
)
VALIDATOR = _Ours(SCHEMA)


def toml(value: Any) -> str:
    """A value as TOML writes it, on one line."""
    match value:
        case dict():
            pairs = (f"{toml(key)} = {toml(one)}" for key, one in value.items())
            return "{ " + ", ".join(pairs) + " }"
        case list():
            return "[" + ", ".join(map(toml, value)) + "]"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case bool():
            return str(value).lower()
        case _:
            return repr(value)


def complaint(table: Json) -> str:
    """What the reader has against a table; nothing where it takes it."""
    lines = "".join(f"{toml(key)} = {toml(value)}\n" for key, value in table.items())
    try:
        _Reader("pyproject.toml", f"[tool.hfmodels]\n{lines}".encode()).configuration()
    except ConfigurationError as error:
        return str(error)
    return ""


def test_the_file_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == text()


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$id"].startswith(DOCUMENTATION)


def test_it_is_one_of_draft_7_too() -> None:
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", [*NAMES, "overrides"])
def test_every_key_is_explained(name: str) -> None:
    about = SCHEMA["properties"][name]
    assert {"title", "description", "examples"} <= set(about)
    assert re.fullmatch(r"[A-Z][^\n]*\.", about["description"])


@pytest.mark.parametrize("option", OWN, ids=NAMES)
def test_default_is_that_of_the_settings(option: Option) -> None:
    unset = getattr(Settings(), option.field)
    about = SCHEMA["properties"][option.name]
    assert "default" in about or unset in ("", 0)
    assert "default" not in about or read_value(option, about["default"]) == unset


@pytest.mark.parametrize("name", [*NAMES, "overrides"])
def test_examples(name: str) -> None:
    for one in SCHEMA["properties"][name]["examples"]:
        VALIDATOR.validate({name: one})
        assert complaint({name: one}) == ""


def test_example_of_every_key() -> None:
    VALIDATOR.validate(EXAMPLES)
    assert complaint(EXAMPLES) == ""


TEXTS = st.one_of(
    st.sampled_from(
        (
            *("", "HFM001", "hfm", "HFM001\n", "E501", "low", "high", "ref", "any", "regular"),
            *("python", "yaml", "acme", "acme/*", "acme//", "a/b/c", "a[b", "a[!b]c", "/", "a\n"),
            *("https://hub.example.org", "https://", "http://[::1]:8080/x/", "https://a?b", "a b"),
            *("redis://host", "x", "a/b", "://", "a\0b", "\x7f", "https://me:word@host/", "é"),
        )
    ),
    st.text(st.characters(codec="utf-8"), max_size=8),
)
SCALARS = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-1, 100_000),
    st.sampled_from((0.5, 1e-9, 86400.5, -1.5, float("inf"), 10**400)),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=4,
)
KEYS = st.one_of(st.sampled_from([*NAMES, "files", "overrides"]), TEXTS)
LIKELY = st.one_of(
    *(st.tuples(st.just(name), st.just(value)) for name, value in EXAMPLES.items()),
    st.tuples(KEYS, VALUES),
    st.tuples(st.sampled_from(NAMES), st.one_of(TEXTS.map(lambda one: [one]), SCALARS)),
    st.tuples(
        st.sampled_from(("severity", "policies", "per-file-ignores")),
        st.dictionaries(TEXTS, st.one_of(TEXTS, st.lists(TEXTS, max_size=2)), max_size=2),
    ),
)
TABLES = st.lists(LIKELY, max_size=3).map(dict)
INNER = st.tuples(TABLES, st.lists(TEXTS, max_size=2)).map(
    lambda pair: {"files": pair[1], **pair[0]}
)
WHOLE = st.one_of(
    TABLES,
    st.tuples(TABLES, st.lists(INNER, max_size=2)).map(lambda p: {**p[0], "overrides": p[1]}),
)


@given(WHOLE)
@example({"never-ask": ["acme\n"]})
@example({"select": ["hFm00"]})
@example({"select": []})
@example({"threads": True})
@example({"overrides": {}})
@example({"overrides": [{"files": ["a"], "persona": "auditor"}]})
@example({"per-file-ignores": {"": []}})
@example({"cache-dir": ""})
def test_what_the_schema_takes_the_reader_takes_and_no_more(table: Json) -> None:
    told = complaint(table)
    assert re.fullmatch(r"|pyproject\.toml:\d+: [^\n]+", told)
    assert VALIDATOR.is_valid(table) is (told == "")


@pytest.mark.parametrize("table", [{"threads": 8.0}, {"deadline": float("nan")}])
def test_what_the_schema_cannot_say(table: Json) -> None:
    assert VALIDATOR.is_valid(table)
    assert complaint(table)
