"""Options to settings: the table, and values that argparse lets pass."""

from __future__ import annotations

import os
import re
from argparse import ArgumentParser, BooleanOptionalAction, Namespace

import pytest

from flake8_hfmodels.loaders.kinds import KINDS
from flake8_hfmodels.options import OPTIONS, Option
from flake8_hfmodels.persona import Persona
from flake8_hfmodels.rules import codes
from flake8_hfmodels.settings import Settings, given

GIVEN = {
    "persona": "regular",
    "deadline": 30.0,
    "timeout": 5.0,
    "threads": 8,
    "max_calls": 1000,
    "cache_dir": "",
    "cache_url": "",
}
RANGE = "is no number of seconds above 0, up to 86400"
CODES = ", ".join(codes())
PERSONAS = tuple(one.value for one in Persona)


def parsed(*arguments: str) -> Settings:
    """Settings as the `hfmodels` command makes them."""
    parser = ArgumentParser()
    for option in OPTIONS:
        parser.add_argument(f"--{option.name}", **option.for_argparse())
    return Settings(**given(parser.parse_args(arguments)))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param([], Settings(), id="defaults"),
        pytest.param(["--offline"], Settings(offline=True), id="offline"),
        pytest.param(["--strict"], Settings(strict=True), id="strict"),
        pytest.param(["--persona", "auditor"], Settings(persona=Persona.AUDITOR), id="persona"),
        pytest.param(["--select", "HFM001"], Settings(select=("HFM001",)), id="select"),
        pytest.param(
            ["--select", " hfm001 ,, HFM003,"], Settings(select=("HFM001", "HFM003")), id="spaces"
        ),
        pytest.param(["--ignore", "HFM00"], Settings(ignore=("HFM00",)), id="beginning"),
        pytest.param(["--deadline", "0.5"], Settings(deadline=0.5), id="deadline"),
        pytest.param(["--timeout", "86400"], Settings(timeout=86400.0), id="timeout-of-a-day"),
        pytest.param(["--cache-dir", "/x"], Settings(cache_dir="/x"), id="cache-dir"),
        pytest.param(["--threads", "64"], Settings(threads=64), id="threads"),
        pytest.param(["--max-calls", "1"], Settings(max_calls=1), id="max-calls"),
        pytest.param(["--jobs", "1"], Settings(jobs=1), id="one-job"),
        pytest.param(["--jobs", "256"], Settings(jobs=256), id="many-jobs"),
        pytest.param(["--cache-url", "redis://x"], Settings(cache_url="redis://x"), id="cache-url"),
        pytest.param(
            ["--never-ask", " My-Org/*,,secret-* "],
            Settings(never_ask=("my-org/*", "secret-*")),
            id="never-ask",
        ),
        pytest.param(
            ["--never-ask", "\nacme/\n  other b/c[12]\n"],
            Settings(never_ask=("acme", "other", "b/c[12]")),
            id="never-ask-line-by-line",
        ),
        pytest.param(
            ["--include", "*.yaml, src/*", "--exclude", "docs,"],
            Settings(include=("*.yaml", "src/*"), exclude=("docs",)),
            id="include-and-exclude",
        ),
        pytest.param(
            ["--kinds", "yaml, python"], Settings(kinds=("python", "yaml")), id="kinds-in-order"
        ),
        pytest.param(["--max-size", "0.5"], Settings(max_size=500_000), id="max-size"),
        pytest.param(
            ["--per-file-ignores", " *.json:HFM001,hfm003\nC:/x:HFM "],
            Settings(
                per_file_ignores=(("*.json", ("HFM001", "HFM003")), ("C:/x", ("HFM",))),
            ),
            id="per-file-ignores",
        ),
        pytest.param(["--max-size", "0.0000001"], Settings(max_size=1), id="at-least-a-byte"),
        pytest.param(
            ["--severity", "hfm001:low HFM:high"],
            Settings(severity=(("HFM001", "low"), ("HFM", "high"))),
            id="severity",
        ),
        pytest.param(
            ["--policies", "My-Org/*:any\n*:ref"],
            Settings(policies=(("my-org/*", "any"), ("*", "ref"))),
            id="policies",
        ),
        pytest.param(
            ["--endpoint", "http://me:word@[::1]:8080/hub/"],
            Settings(endpoint="http://me:word@[::1]:8080/hub"),
            id="endpoint",
        ),
        pytest.param(["--baseline", "a/b.json"], Settings(baseline="a/b.json"), id="baseline"),
        pytest.param(["--cache-dir", "~"], Settings(cache_dir=os.path.expanduser("~")), id="home"),
    ],
)
def test_settings(arguments: list[str], expected: Settings) -> None:
    assert parsed(*arguments) == expected


@pytest.mark.parametrize(
    ("said", "line"),
    [
        pytest.param(
            {"persona": "me"},
            "persona: 'me' is nobody; there are regular, pedantic, auditor",
            id="persona",
        ),
        pytest.param(
            {"kinds": "python,cobol"},
            "kinds: 'cobol' is none; there are " + ", ".join(kind.name for kind in KINDS),
            id="kinds",
        ),
        pytest.param(
            {"max_size": 0.0}, "max-size: 0 is no number of MB from 0 to 1000", id="max-size"
        ),
        pytest.param(
            {"per_file_ignores": "HFM001"},
            "per-file-ignores: 'HFM001' is not of the form PATTERN:CODES",
            id="per-file-ignores-without-a-pattern",
        ),
        pytest.param(
            {"per_file_ignores": "a.json:E501"},
            f"per-file-ignores: E501 is no rule; there are {CODES}",
            id="per-file-ignores-of-another",
        ),
        pytest.param(
            {"never_ask": "'acme'"},
            "never-ask: \"'acme'\" matches no repo; name an owner, or owner/name",
            id="quotes",
        ),
        pytest.param(
            {"never_ask": "acme, https://huggingface.co/acme/*"},
            "never-ask: 'https://huggingface.co/acme/*' matches no repo; "
            "name an owner, or owner/name",
            id="address",
        ),
        pytest.param(
            {"never_ask": "datasets/acme/*"},
            "never-ask: 'datasets/acme/*' matches no repo; name an owner, or owner/name",
            id="three-parts",
        ),
        pytest.param(
            {"cache_url": "127.0.0.1:6379"},
            "cache-url: '127.0.0.1:6379' is no URL such as redis://host:6379",
            id="cache-url",
        ),
        pytest.param(
            {"cache_dir": "redis://x"},
            "cache-dir: 'redis://x' is no folder; a URL is for cache-url",
            id="cache-dir",
        ),
        pytest.param(
            {"cache_dir": []}, "cache-dir: [] is no folder; a URL is for cache-url", id="no-text"
        ),
        pytest.param(
            {"never_ask": "acme, /"},
            "never-ask: '' matches no repo; name an owner, or owner/name",
            id="slash",
        ),
        pytest.param(
            {"never_ask": "acme[1/x"},
            "never-ask: 'acme[1/x' matches no repo; name an owner, or owner/name",
            id="open-bracket",
        ),
        pytest.param(
            {"severity": "HFM001"},
            "severity: 'HFM001' is not of the form CODE:SEVERITY",
            id="severity-without-a-code",
        ),
        pytest.param(
            {"policies": "acme/*:tag"},
            "policies: 'tag' is none of hash, ref, any",
            id="policy",
        ),
        pytest.param(
            {"endpoint": "hub.example.org"},
            "endpoint: 'hub.example.org' is no URL such as https://hub.example.org",
            id="endpoint-without-a-scheme",
        ),
        pytest.param({"baseline": ""}, "baseline: '' is no name of a file", id="baseline"),
        pytest.param(
            {"never_ask": "a b/c/" + "d" * 200},
            f"never-ask: 'b/c/{'d' * 75}… matches no repo; name an owner, or owner/name",
            id="long",
        ),
        pytest.param({"threads": 0}, "threads: 0 is no number from 1 to 64", id="no-threads"),
        pytest.param({"threads": 65}, "threads: 65 is no number from 1 to 64", id="many-threads"),
        pytest.param(
            {"max_calls": -1}, "max-calls: -1 is no number from 1 to 1000000", id="negative-calls"
        ),
        pytest.param({"jobs": 0}, "jobs: 0 is no number from 1 to 256", id="no-jobs"),
        pytest.param({"jobs": 257}, "jobs: 257 is no number from 1 to 256", id="too-many-jobs"),
        pytest.param({"deadline": 0.0}, f"deadline: 0 {RANGE}", id="zero"),
        pytest.param({"deadline": -1.0}, f"deadline: -1 {RANGE}", id="negative"),
        pytest.param({"timeout": float("nan")}, f"timeout: nan {RANGE}", id="nan"),
        pytest.param({"timeout": float("inf")}, f"timeout: inf {RANGE}", id="infinity"),
        pytest.param(
            {"select": "HFM999"}, f"select: HFM999 is no rule; there are {CODES}", id="code"
        ),
        pytest.param(
            {"ignore": "HFM001,E501"},
            f"ignore: E501 is no rule; there are {CODES}",
            id="code-of-another",
        ),
        pytest.param(
            {"select": " , "}, f"select: ' , ' is no rule; there are {CODES}", id="nothing"
        ),
    ],
)
def test_bad_value_raises_the_line_to_print(said: dict[str, object], line: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(line)}$"):
        given(Namespace(**{**GIVEN, **said}))


def test_prefix_keeps_other_options_out() -> None:
    own = {f"hfmodels_{key}": value for key, value in GIVEN.items()}
    foreign = {"select": "E999", "offline": True}
    assert Settings(**given(Namespace(**own, **foreign), "hfmodels_")) == Settings()


@pytest.mark.parametrize(
    ("option", "default", "expected"),
    [
        pytest.param(
            Option("x", "do it", "flag"),
            None,
            {"action": BooleanOptionalAction, "default": None, "help": "do it"},
            id="flag",
        ),
        pytest.param(
            Option("x", "name", "file", metavar="NAME"),
            None,
            {"type": str, "default": None, "help": "name", "metavar": "NAME"},
            id="no-default",
        ),
        pytest.param(
            Option("x", "wait", "seconds", 3.0, "SECONDS"),
            None,
            {"type": float, "default": None, "help": "wait (default: 3.0)", "metavar": "SECONDS"},
            id="default",
        ),
        pytest.param(
            Option("x", "who", "persona", "regular"),
            "auditor",
            {"default": "auditor", "help": "who (default: auditor)", "choices": PERSONAS},
            id="choices-and-another-default",
        ),
    ],
)
def test_keywords_for_argparse(
    option: Option, default: str | None, expected: dict[str, object]
) -> None:
    assert option.for_argparse(default) == expected
