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
    "threads": 4,
    "max-calls": 100,
    "endpoint": "https://hub.example.org",
    "cache-dir": ".cache/hfmodels",
    "cache-url": "redis://cache.example.org:6379/0",
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
        "properties": {one.name: _own(one) for one in OWN} | {"overrides": _overrides()},
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
