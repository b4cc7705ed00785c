"""The schema of `[tool.hfmodels]`, from the table of options. `python -m tests.schema` writes it.

It says the same to readers of draft 7, in which most catalogues of schemas are kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

from flake8_hfmodels.configuration import IN_OVERRIDES
from flake8_hfmodels.governing.policy import REMOTE_CODE, SCANNED
from flake8_hfmodels.governing.reading import AGE, DEMANDS, MOST_DOWNLOADS, PATTERN
from flake8_hfmodels.links import DOCUMENTATION
from flake8_hfmodels.loaders.kinds import KINDS
from flake8_hfmodels.options import OPTIONS, Option, Sort
from flake8_hfmodels.rules import codes
from flake8_hfmodels.settings import Settings
from flake8_hfmodels.values import ADDRESS, LONGEST, NAME, POLICIES, SEVERITIES

Json: TypeAlias = dict[str, Any]

FILE = Path(__file__).parents[1] / "flake8_hfmodels" / "schemas" / "configuration.schema.json"

OWN = tuple(one for one in OPTIONS)

EXAMPLES: dict[str, Any] = {
    "select": ["HFM001", "HFM003"],
    "ignore": ["HFM010"],
    "per-file-ignores": {"tests/*": ["HFM001"], "*.ipynb": ["HFM001", "HFM003"]},
    "severity": {"HFM001": "low", "HFM003": "high"},
    "policies": {"my-org/*": "any", "meta-llama/*": "hash", "*": "ref"},
    "include": ["*.py", "deploy/*.yaml"],
    "exclude": ["vendored", "tests/data/*"],
    "kinds": ["python", "notebook"],
    "max-size": 0.5,
    "offline": True,
    "strict": True,
    "persona": "pedantic",
    "baseline": "hfmodels-baseline.json",
    "lock": "models.lock",
    "grace": 90,
    "deadline": 10,
    "timeout": 2.5,
    "jobs": 2,
    "never-ask": ["my-org", "my-org/*", "*/secret-*"],
    "watch": ["my-org", "my-org/flagship"],
    "threads": 4,
    "max-calls": 100,
    "endpoint": "https://hub.example.org",
    "cache-dir": ".cache/hfmodels",
    "cache-url": "redis://cache.example.org:6379/0",
}

DEMANDED: dict[str, Any] = {
    "pinned": True,
    "require-safetensors": True,
    "forbid-pickle": True,
    "remote-code": "listed",
    "remote-code-from": ["my-org/*", {"match": "space:other/app", "reason": "read 2026-10"}],
    "verified-publisher": True,
    "licences": ["apache-2.0", "cc-by-*"],
    "forbid-licences": ["cc-by-nc-*"],
    "min-age": "30d",
    "min-downloads": 1000,
    "scanned": "clean",
    "reason": "ask the security team",
}
"""What a policy can demand: an example of each key."""

POLICY: dict[str, Any] = {
    "allow": ["my-org/*", {"match": "model:meta-llama/*", "reason": "reviewed 2026-10"}],
    "deny": [{"match": "evil/*", "reason": "incident 12"}],
    **DEMANDED,
    "for": [{"match": ["my-org/*"], "exempt": True, "pinned": True}],
}

MORE = {
    "include": "Relative to the folder of this file; empty: all.",
    "exclude": "Relative to the folder of this file.",
    "per-file-ignores": "Relative to the folder of this file.",
    "kinds": "Empty: all.",
    "baseline": "Relative to the folder of this file.",
    "cache-dir": "Relative to the folder of this file; empty: the user's own.",
}
"""What is to be said of a key that is none of a command line."""


def schema() -> Json:
    """The schema of the table, for `tool.hfmodels` of that for pyproject.toml."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{DOCUMENTATION}/configuration.schema.json",
        "title": "hfmodels",
        "description": "References to the Hugging Face Hub: what is told, and who is asked.",
        "type": "object",
        "properties": {
            **{one.name: _own(one) for one in OWN},
            "policy": _policy(),
            "overrides": _overrides(),
        },
        "additionalProperties": False,
    }


def text() -> str:
    """The schema as its file has it."""
    return json.dumps(schema(), indent=2) + "\n"


def _own(option: Option) -> Json:
    value = _plain(getattr(Settings(), option.field), option)
    known = {} if value in ("", 0) and value is not False else {"default": value}
    return {**_described(option), **known, "examples": [EXAMPLES[option.name]]}


def _plain(value: Any, option: Option) -> Any:
    """A default as TOML writes it."""
    if option.sort in ("codes by code", "codes by path", "policies"):
        return dict(value)
    if option.sort == "megabytes":
        return value // 1_000_000
    return list(value) if isinstance(value, tuple) else getattr(value, "value", value)


def _described(option: Option) -> Json:
    help_text = re.sub(r"(, with commas between.*|: '.*)$", "", option.help)
    parts = [f"{help_text[0].upper()}{help_text[1:]}.", MORE.get(option.name, "")]
    if option.flake8_default is not None:
        parts.append(f"Set here, at most {option.flake8_default:g} in flake8.")
    title = option.name.replace("-", " ").capitalize()
    description = " ".join(filter(None, parts))
    return {"title": title, "description": description, **_VALUES[option.sort](option)}


def _overrides() -> Json:
    names = {one.name: one for one in OWN}
    files = {
        "title": "Files",
        "description": "Paths or names of files, with *. Relative to the folder of this file.",
        **_list({"type": "string", "minLength": 1}),
        "minItems": 1,
        "examples": [["tests/*", "*.ipynb"]],
    }
    return {
        "title": "Overrides",
        "description": "What is set for some files only; what comes later wins.",
        **_list(
            {
                "type": "object",
                "properties": {"files": files, **{n: _described(names[n]) for n in IN_OVERRIDES}},
                "required": ["files"],
                "additionalProperties": False,
            }
        ),
        "default": [],
        "examples": [[{"files": ["tests/*"], "ignore": ["HFM001"]}]],
    }


def _policy() -> Json:
    patterns = _list(_pattern_of_repos())
    about = {
        "allow": _of_policy("Nothing else may be loaded", patterns, POLICY["allow"]),
        "deny": _of_policy("May not be loaded, whatever is allowed", patterns, POLICY["deny"]),
        **{key: _demand(key) for key in DEMANDS},
    }
    match = {"anyOf": [_pattern(), {**_list(_pattern()), "minItems": 1}]}
    exempt = {"type": "boolean", "default": False}
    inner = {
        "match": _of_policy("Which repos are meant", match, ["my-org/*"]),
        "exempt": _of_policy("Nothing is demanded but what stands here", exempt, True),
        **{key: _demand(key) for key in DEMANDS},
    }
    several = {
        "title": "For",
        "description": "What is demanded otherwise of some repos; what comes later wins.",
        **_list(_closed(inner, ["match"])),
        "default": [],
        "examples": [POLICY["for"]],
    }
    return {
        "title": "Policy",
        "description": "What may be loaded from the Hub, for the rule HFM013 and hfmodels gate.",
        **_closed({**about, "for": several}, []),
        "examples": [POLICY],
    }


def _of_policy(words: str, value: Json, example: Any) -> Json:
    return {"description": f"{words}.", **value, "examples": [example]}


def _demand(key: str) -> Json:
    return _of_policy(WORDS[key], _DEMANDED[key], DEMANDED[key])


def _closed(properties: Json, required: list[str]) -> Json:
    found = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**found, "required": required} if required else found


def _pattern() -> Json:
    return {"type": "string", "pattern": f"^{PATTERN}$"}


def _pattern_of_repos() -> Json:
    """A pattern of repos, by itself or with the reason for it."""
    pair = {"match": _pattern(), "reason": {"type": "string"}}
    return {"anyOf": [_pattern(), _closed(pair, ["match"])]}


def _list(items: Json) -> Json:
    return {"type": "array", "items": items}


def _table(keys: Json, values: Json) -> Json:
    return {"type": "object", "propertyNames": keys, "additionalProperties": values}


def _begins_a_code() -> Json:
    """All of a code or its beginning, in upper case or not."""
    every = {code[:end] for code in codes() for end in range(1, len(code) + 1)}
    either = (re.sub("[A-Z]", lambda m: f"[{m[0]}{m[0].lower()}]", one) for one in sorted(every))
    return {"anyOf": [{"enum": list(codes())}, {"pattern": f"^(?:{'|'.join(either)})$"}]}


def _code() -> Json:
    return {"type": "string", **_begins_a_code()}


def _ids() -> Json:
    return {"type": "string", "pattern": f"^{NAME}(?:/{NAME})?/*$"}


WORDS = {
    "pinned": "Every reference bears a full commit hash, and so does code of other repos",
    "require-safetensors": "Weights are in safetensors",
    "forbid-pickle": "No pickle is fetched",
    "remote-code": "When code of a repo may run: always, at a full commit hash, of those in "
    "remote-code-from, never",
    "remote-code-from": "Whose code may run",
    "verified-publisher": "The owner is an organization that the Hub has verified",
    "licences": "The only licences, as the repo's card names them; * stands for any characters",
    "forbid-licences": "Licences that are not wanted",
    "min-age": "How old a repo is at least, in days",
    "min-downloads": "How often it was downloaded at least, in thirty days",
    "scanned": "What the Hub's scanners say: anything, nothing bad of any file (unflagged), that "
    "and they are done (clean)",
    "reason": "Why; it is said with each demand",
}
"""What each key of a policy demands."""

_FLAG: Json = {"type": "boolean"}
_DEMANDED: dict[str, Json] = {
    "pinned": _FLAG,
    "require-safetensors": _FLAG,
    "forbid-pickle": _FLAG,
    "verified-publisher": _FLAG,
    "remote-code": {"enum": list(REMOTE_CODE)},
    "remote-code-from": {"type": "array", "items": _pattern_of_repos()},
    "licences": {"type": "array", "items": {"type": "string", "minLength": 1}},
    "forbid-licences": {"type": "array", "items": {"type": "string", "minLength": 1}},
    "min-age": {"type": "string", "pattern": f"^{AGE}$"},
    "min-downloads": {"type": "integer", "minimum": 0, "maximum": MOST_DOWNLOADS},
    "scanned": {"enum": list(SCANNED)},
    "reason": {"type": "string"},
}

_NO_TEXT_OF_A_PATH = "\\x00"
_VALUES: dict[Sort, Callable[[Option], Json]] = {
    "codes": lambda _: _list(_code()),
    "codes by code": lambda _: _table(_code(), {"enum": list(SEVERITIES)}),
    "codes by path": lambda _: _table({"minLength": 1}, _list(_code())),
    "file": lambda _: {"type": "string", "pattern": f"^[^{_NO_TEXT_OF_A_PATH}]+$"},
    "flag": lambda _: {"type": "boolean"},
    "folder": lambda _: {
        "type": "string",
        "pattern": f"^[^{_NO_TEXT_OF_A_PATH}]*$",
        "not": {"pattern": "://"},
    },
    "ids": lambda _: _list(_ids()),
    "kinds": lambda _: _list({"enum": [one.name for one in KINDS]}),
    "megabytes": lambda option: {
        "type": "number",
        "exclusiveMinimum": 0,
        "maximum": option.most,
    },
    "number": lambda option: {"type": "integer", "minimum": 1, "maximum": option.most},
    "paths": lambda _: _list({"type": "string", "minLength": 1}),
    "persona": lambda option: {"enum": list(option.choices)},
    "policies": lambda _: _table(_ids(), {"enum": list(POLICIES)}),
    "seconds": lambda _: {"type": "number", "exclusiveMinimum": 0, "maximum": int(LONGEST)},
    "url": lambda _: {"type": "string", "anyOf": [{"maxLength": 0}, {"pattern": "://"}]},
    "web": lambda _: {"type": "string", "pattern": f"^{ADDRESS}$"},
}


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
