"""The `hfmodels` command in real processes: what it says, where, and with which exit code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

from flake8_hfmodels.cli import parser
from flake8_hfmodels.cli.explain import said
from flake8_hfmodels.facts import Facts, Found, Lacking, Missing, Moved, Owner, Repo, Unavailable
from flake8_hfmodels.links import help_uri
from flake8_hfmodels.rules import codes, document
from tests.doors import HEAD, LOAD, Place
from tests.fakehub import FakeHub, Fault

SHA = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
UNPINNED = LOAD.format("openai-community/gpt2", "")
PINNED = LOAD.format("openai-community/gpt2", f', revision="{SHA}"')
PICKLED = LOAD.format("facebook/detr-resnet-50-panoptic", ', revision="main"')
ORPHAN = LOAD.format("dentalai/toothfairy", "")
UNKNOWN = HEAD + "AutoModel.from_pretrained(choose())\n"  # a finding, and nobody to ask
CLEAN = "print('nothing of the Hub here')\n"
ZERO = "1 file, 0 references, 0 repos (0 asked, 0 cached, 0 unanswered); online; 0.00 s\n"

SMALL = (
    HEAD
    + """
NAME = "openai-community/gpt2"
model = AutoModel.from_pretrained(
    NAME, trust_remote_code=True
)
AutoModel.from_pretrained("dentalai/toothfairy")  # hfmodels: ignore[HFM001] known
"""
)
GOLDEN = """\
app.py:4:9: HFM001 unpinned-revision: AutoModel.from_pretrained() loads \
'openai-community/gpt2' without a revision
3 |   NAME = "openai-community/gpt2"
  |          ----------------------- 'openai-community/gpt2' is written here
4 |   model = AutoModel.from_pretrained(
  |  _________^
5 | |     NAME, trust_remote_code=True
6 | | )
  | |_^
  = help: pin revision='{sha}'
  = note: medium severity, high confidence, fixable
  = see: hfmodels explain HFM001

app.py:4:9: HFM003 trust-remote-code: AutoModel.from_pretrained() runs code that comes with \
the model: trust_remote_code=True
4 |   model = AutoModel.from_pretrained(
  |  _________^
5 | |     NAME, trust_remote_code=True
6 | | )
  | |_^
  = help: not needed, there is no custom code in this revision
  = note: low severity, high confidence, fixable with care
  = see: hfmodels explain HFM003

app.py:7:1: HFM004 orphaned-namespace: nobody owns 'dentalai', and AutoModel.from_pretrained() \
loads 'dentalai/toothfairy': whoever registers the name serves the files
7 | AutoModel.from_pretrained("dentalai/toothfairy")  # hfmodels: ignore[HFM001] known
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  = help: the repo is not there: check the name, or load a copy that you control
  = note: high severity, high confidence
  = see: hfmodels explain HFM004

3 findings: 1 high, 1 medium, 1 low; 2 fixable
1 file, 2 references, 2 repos (2 asked, 0 cached, 0 unanswered), 1 suppressed; online; 0.00 s
"""


def test_text_as_a_whole(place: Place, hub: FakeHub) -> None:
    place.write("app.py", SMALL)
    ran = place.hfmodels("check", "app.py")
    sha = hub.world.repo("model", "openai-community/gpt2").head
    assert ran.untimed() == GOLDEN.format(sha=sha)
    assert ran.err == ""
    assert ran.code == 1


def footer(text: str) -> str:
    return text.splitlines()[-1]


def test_footer_cold_warm_and_offline(place: Place, hub: FakeHub) -> None:
    place.write("app.py", UNPINNED)
    place.write("more.py", UNPINNED + ORPHAN)
    counts = "2 files, 3 references, 2 repos"
    cold = place.hfmodels("check", ".")
    assert footer(cold.untimed()) == f"{counts} (2 asked, 0 cached, 0 unanswered); online; 0.00 s"
    hub.clear()
    warm = place.hfmodels("check", ".")
    assert footer(warm.untimed()) == f"{counts} (0 asked, 2 cached, 0 unanswered); online; 0.00 s"
    offline = place.hfmodels("check", "--offline", ".")
    assert footer(offline.untimed()) == footer(warm.untimed()).replace("online", "offline")
    assert hub.requests == []


def test_footer_offline_without_a_cache(place: Place) -> None:
    place.write("app.py", UNPINNED)
    ran = place.where(HF_HUB_OFFLINE="1").hfmodels("check", "app.py")
    assert footer(ran.untimed()) == (
        "1 file, 1 reference, 1 repo (0 asked, 0 cached, 1 unanswered); offline; 0.00 s"
    )
    assert ran.code == 1
    assert ran.err == ""


@pytest.mark.parametrize(
    ("content", "options", "code"),
    [
        pytest.param(CLEAN, (), 0, id="clean"),
        pytest.param("", (), 0, id="empty"),
        pytest.param(PINNED.replace(SHA, "{sha}"), (), 0, id="pinned"),
        pytest.param(UNPINNED, (), 1, id="finding"),
        pytest.param(UNPINNED, ("--offline", "--ignore", "HFM001"), 0, id="ignored"),
        pytest.param(PICKLED, ("--select", "HFM002"), 1, id="finding-of-the-hub"),
        pytest.param(PICKLED, ("--select", "HFM002", "--offline"), 0, id="nothing-known"),
        pytest.param(UNPINNED, ("--select", "HFM002", "--strict"), 0, id="strict-and-answered"),
        pytest.param(PINNED, ("--offline", "--strict"), 3, id="strict-and-offline"),
        pytest.param(UNPINNED, ("--offline", "--strict"), 1, id="strict-but-a-finding"),
        pytest.param(CLEAN, ("--offline", "--strict"), 0, id="strict-and-nothing-to-ask"),
        pytest.param(
            LOAD.format("no such id", ""),
            ("--ignore", "HFM001", "--strict"),
            0,
            id="strict-and-no-id-to-ask-about",
        ),
        pytest.param("def broken(:" + UNPINNED, (), 2, id="unreadable"),
    ],
)
def test_exit_code(
    place: Place, hub: FakeHub, content: str, options: tuple[str, ...], code: int
) -> None:
    sha = hub.world.repo("model", "openai-community/gpt2").head
    place.write("app.py", content.replace("{sha}", sha))
    assert place.hfmodels("check", *options, "app.py").code == code


@pytest.mark.parametrize(
    ("options", "mode", "code"),
    [
        pytest.param((), "online", 0, id="online"),
        pytest.param(("--strict",), "strict", 3, id="strict"),
    ],
)
def test_hub_down(lonely: Place, options: tuple[str, ...], mode: str, code: int) -> None:
    lonely.write("app.py", PINNED)
    ran = lonely.hfmodels("check", *options, "app.py")
    assert ran.complaints == [
        "hfmodels: the Hub cannot be reached: 1 repo unanswered, "
        "the rules that need it say nothing of them"
    ]
    assert footer(ran.untimed()).endswith(f"(0 asked, 0 cached, 1 unanswered); {mode}; 0.00 s")
    assert ran.code == code


def test_json_tells_what_could_not_be_checked(lonely: Place) -> None:
    lonely.write("app.py", PINNED)
    lonely.write("broken.py", UNPINNED + "def broken(:\n")
    ran = lonely.hfmodels("check", "--format", "json", "app.py", "broken.py", "missing.py")
    content = json.loads(ran.out)
    assert [(one["path"], one["line"]) for one in content["errors"]] == [
        ("missing.py", None),
        ("broken.py", 3),
    ]
    assert [line.partition(":")[0] for line in content["warnings"]] == ["the Hub cannot be reached"]
    assert ran.code == 2


def test_nothing_to_check_is_said(lonely: Place) -> None:
    lonely.write("notes.txt", "none")
    ran = lonely.hfmodels("check", ".")
    assert (ran.code, ran.complaints) == (0, ["hfmodels: no files to check in ."])


def test_slow_hub(place: Place, hub: FakeHub) -> None:
    hub.fault = Fault.hang(600)
    place.write("app.py", UNPINNED)
    ran = place.hfmodels("check", "--deadline", "0.3", "app.py")
    [line] = ran.complaints
    assert line.startswith("hfmodels: the Hub did not answer in time: 1 repo unanswered")
    assert ran.code == 1


def test_interrupt_stops_at_once(place: Place, hub: FakeHub) -> None:
    hub.fault = Fault.hang(600)
    place.write("app.py", UNPINNED)
    arguments = (
        "-m",
        "flake8_hfmodels",
        "check",
        "--deadline",
        "600",
        "--timeout",
        "600",
        "app.py",
    )
    ran = place.interrupted(*arguments, when=lambda: len(hub.requests) > 0)
    assert (ran.code, ran.out, ran.err) == (130, "", "")


NUMBER = (int, float)
TEXT_OR_NONE = (str, type(None))
FINDING_TYPES: dict[str, type | tuple[type, ...]] = {
    "code": str,
    "name": str,
    "path": str,
    "line": int,
    "column": int,
    "end_line": int,
    "end_column": int,
    "message": str,
    "severity": str,
    "confidence": str,
    "persona": str,
    "repo_id": TEXT_OR_NONE,
    "repo_type": str,
    "revision": (str, list, type(None)),
    "suggested_revision": TEXT_OR_NONE,
    "fixable": bool,
    "related": list,
    "help": str,
}
REFERENCE_TYPES: dict[str, type | tuple[type, ...]] = {
    "kind": str,
    "loader": str,
    "path": str,
    "line": int,
    "column": int,
    "end_line": int,
    "end_column": int,
    "repo_ids": list,
    "repo_type": str,
    "revision": (str, list, type(None)),
    "trust_remote_code": (str, bool, list, type(None)),
    "local": bool,
}
SUMMARY_TYPES: dict[str, type | tuple[type, ...]] = {
    "files": int,
    "references": int,
    "repos": int,
    "asked": int,
    "cached": int,
    "unanswered": int,
    "suppressed": int,
    "mode": str,
    "seconds": NUMBER,
}
RELATED_TYPES: dict[str, type | tuple[type, ...]] = {
    "path": str,
    "line": int,
    "column": int,
    "message": str,
}
LOCAL = 'AutoModel.from_pretrained("./here", revision=["a", "b"][0])\n'


def broken_promises(
    given: list[dict[str, object]], promised: dict[str, type | tuple[type, ...]]
) -> list[str]:
    """Keys that are missing, or hold another type of value than promised."""
    assert given
    return [
        key
        for one in given
        for key, kind in promised.items()
        if key not in one or not isinstance(one[key], kind)
    ]


def test_json_of_check_keeps_its_promises(place: Place) -> None:
    place.write("app.py", SMALL + PICKLED + LOCAL)
    ran = place.hfmodels("check", "--format", "json", "app.py")
    content = json.loads(ran.out)
    assert list(content) == [
        *("version", "findings", "suppressed", "errors", "warnings", "summary")
    ]
    assert content["version"] == 1
    assert broken_promises(content["findings"], FINDING_TYPES) == []
    related = [one for finding in content["findings"] for one in finding["related"]]
    assert broken_promises(related, RELATED_TYPES) == []
    assert broken_promises([content["summary"]], SUMMARY_TYPES) == []
    assert ran.code == 1


def test_json_of_list_keeps_its_promises(place: Place, hub: FakeHub) -> None:
    place.write("app.py", SMALL + PICKLED + LOCAL)
    ran = place.hfmodels("list", "--format", "json", "app.py")
    content = json.loads(ran.out)
    assert list(content) == [
        *("version", "findings", "suppressed", "references", "errors", "warnings", "summary")
    ]
    assert broken_promises(content["references"], REFERENCE_TYPES) == []
    assert broken_promises([content["summary"]], SUMMARY_TYPES) == []
    assert content["findings"] == []
    assert (ran.code, hub.requests) == (0, [])


def test_json_comes_in_one_order(place: Place) -> None:
    for name in ("b.py", "a.py", "src/c.py", "src/a.py"):
        place.write(name, SMALL + PICKLED)
    runs = [place.hfmodels("check", "--format", "json", ".") for _ in range(2)]
    first, second = (json.loads(ran.out)["findings"] for ran in runs)
    assert first == second
    places = [(one["path"], one["line"], one["column"], one["code"]) for one in first]
    assert places == sorted(places)


def test_list_as_text(place: Place) -> None:
    place.write("app.py", SMALL + PICKLED + LOCAL + "AutoModel.from_pretrained(name)\n")
    assert (
        place.hfmodels("list", "app.py").untimed()
        == """\
app.py:4:9: model openai-community/gpt2 @ - [AutoModel.from_pretrained]
app.py:7:1: model dentalai/toothfairy @ - [AutoModel.from_pretrained]
app.py:9:1: model facebook/detr-resnet-50-panoptic @ main [AutoModel.from_pretrained]
app.py:10:1: model ./here local (a local path) [AutoModel.from_pretrained]
app.py:11:1: model ? (name) @ - [AutoModel.from_pretrained]

1 file, 4 references, 3 repos (0 asked, 0 cached, 0 unanswered); offline; 0.00 s
"""
    )


@pytest.mark.parametrize("code", codes())
def test_explain(lonely: Place, code: str) -> None:
    ran = lonely.hfmodels("explain", code.lower())
    assert ran.code == 0
    assert ran.out.startswith(f"{code} ")
    assert document(code).strip() in ran.out
    assert ran.out.index("\n\nReported") < ran.out.index("\n\nNot reported")


def test_explain_says_what_the_hub_says_in_the_examples(lonely: Place) -> None:
    out = lonely.hfmodels("explain", "HFM004").out
    assert "\n\nReported, where the Hub has no such repo (its owner: gone):\n\n    from" in out
    assert "\n\nNot reported, where the repo holds model.safetensors:\n\n    from" in out


REPO = Repo("new/model", "621ffdc036468d709f17434d", SHA, ("config.json", "model.safetensors"))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param(Found(REPO), "the repo holds config.json, model.safetensors", id="found"),
        pytest.param(
            Moved(REPO, Owner.GONE),
            "the Hub redirects to new/model (the old owner: gone)",
            id="moved",
        ),
        pytest.param(
            Missing(Lacking.REPO, Owner.EXISTS),
            "the Hub has no such repo (its owner: exists)",
            id="missing",
        ),
        pytest.param(
            Missing(Lacking.REVISION, Owner.EXISTS),
            "the repo has no such revision",
            id="no-revision",
        ),
        pytest.param(Unavailable("offline"), "the Hub does not answer", id="unavailable"),
    ],
)
def test_facts_in_words(facts: Facts, words: str) -> None:
    assert said(facts) == words


def test_importing_the_main_module_runs_nothing(lonely: Place) -> None:
    ran = lonely.python("-c", "import flake8_hfmodels.__main__")
    assert (ran.code, ran.out, ran.err) == (0, "", "")


THERE_ARE = f"there are {', '.join(codes())}"
NAMES = (
    "check list pin update lock audit inspect lookalikes gate watch respond sbom mirror report "
    "explain cache completion"
).replace(" ", "'?, '?")
COMMANDS = rf"\(choose from '?{NAMES}'?\)"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        pytest.param(
            ("check", "--select", "HFM999"),
            f"hfmodels: --select: HFM999 is no rule; {THERE_ARE}",
            id="unknown-rule",
        ),
        pytest.param(
            ("check", "--ignore", "E501"),
            f"hfmodels: --ignore: E501 is no rule; {THERE_ARE}",
            id="rule-of-another",
        ),
        pytest.param(
            ("check", "--select", ""),
            f"hfmodels: --select: '' is no rule; {THERE_ARE}",
            id="no-rule",
        ),
        pytest.param(("explain", "X1"), f"hfmodels: X1 is no rule; {THERE_ARE}", id="explain"),
        pytest.param(
            ("explain",),
            "hfmodels explain: the following arguments are required: CODE; "
            "see hfmodels explain --help",
            id="explain-nothing",
        ),
        pytest.param(
            ("check", "--deadline", "0"),
            "hfmodels: --deadline: 0 is no number of seconds above 0, up to 86400",
            id="deadline",
        ),
        pytest.param(
            ("check", "--timeout", "soon"),
            "hfmodels check: argument --timeout: invalid float value: 'soon'; "
            "see hfmodels check --help",
            id="timeout",
        ),
        pytest.param(
            ("check", "--jobs", "0"),
            "hfmodels: --jobs: 0 is no number from 1 to 256",
            id="jobs",
        ),
        pytest.param(
            ("list", "--jobs", "many"),
            "hfmodels list: argument --jobs: invalid number value: 'many'; "
            "see hfmodels list --help",
            id="jobs-of-list",
        ),
        pytest.param(
            ("check", "--off"),
            "hfmodels check: unrecognized arguments: --off; did you mean --diff? "
            "see hfmodels check --help",
            id="abbreviation",
        ),
        pytest.param(
            ("list", "--strict"),
            "hfmodels list: unrecognized arguments: --strict; see hfmodels list --help",
            id="option-of-another-command",
        ),
        pytest.param(
            (),
            "hfmodels: the following arguments are required: COMMAND; see hfmodels --help",
            id="no-command",
        ),
        pytest.param(
            ("check", "nowhere.py"),
            "hfmodels: nowhere.py: does not exist; name a file or a folder",
            id="no-such-path",
        ),
        pytest.param(
            ("check", "a", "--ofline", "b"),
            "hfmodels check: unrecognized arguments: --ofline b; did you mean --offline? "
            "see hfmodels check --help",
            id="among-the-paths",
        ),
        pytest.param(
            ("audit", "--output", "deep/hfmodels.lock"),
            "hfmodels audit: argument --output: deep/hfmodels.lock is what runs go by; name "
            "another file; see hfmodels audit --help",
            id="report-over-the-lock",
        ),
        pytest.param(
            ("sbom", "--output", "pyproject.toml"),
            "hfmodels sbom: argument --output: pyproject.toml is what runs go by; name "
            "another file; see hfmodels sbom --help",
            id="bill-over-the-project",
        ),
        pytest.param(
            ("watch", "--markdown", "hfmodels-watch.json"),
            "hfmodels watch: argument --markdown: hfmodels-watch.json is what runs go by; name "
            "another file; see hfmodels watch --help",
            id="report-over-the-state",
        ),
    ],
)
def test_wrong_usage_is_one_line(lonely: Place, arguments: tuple[str, ...], line: str) -> None:
    ran = lonely.hfmodels(*arguments)
    assert ran.complaints == [line]
    assert ran.code == 2


@pytest.mark.parametrize(
    ("arguments", "pattern"),
    [
        pytest.param(
            ("zzz",), rf"argument COMMAND: invalid choice: 'zzz' {COMMANDS}", id="command"
        ),
        pytest.param(
            ("check", "--persona", "me"),
            r"argument --persona: invalid choice: 'me' \(choose from .*pedantic.*\)",
            id="persona",
        ),
        pytest.param(
            ("check", "--format", "xml"),
            r"argument --format: invalid choice: 'xml' \(choose from .*json.*\)",
            id="format",
        ),
    ],
)
def test_wrong_choice_is_one_line(lonely: Place, arguments: tuple[str, ...], pattern: str) -> None:
    ran = lonely.hfmodels(*arguments)
    [line] = ran.complaints
    assert re.fullmatch(rf"hfmodels(?: check)?: {pattern}; see hfmodels(?: check)? --help", line)
    assert (ran.code, ran.out) == (2, "")


def test_version(lonely: Place) -> None:
    assert re.fullmatch(r"hfmodels \d+\.\d+\.\d+\n", lonely.hfmodels("--version").out)


def test_help_of_check_says_the_exit_codes(lonely: Place) -> None:
    out = " ".join(lonely.hfmodels("check", "--help").out.split())
    assert "0 clean 1 findings 2 wrong usage or a file that could not be checked 3" in out
    assert "(default: )" not in out


@pytest.mark.parametrize("command", ["check", "list"])
def test_help_says_how_many_processes_there_are(lonely: Place, command: str) -> None:
    out = " ".join(lonely.hfmodels(command, "--help").out.split())
    assert "--jobs NUMBER how many processes read the files (default: as many as pay)" in out


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("a.py", "--offline", "b.py"), id="a-switch"),
        pytest.param(("--offline", "a.py", "--format", "text", "b.py"), id="an-option"),
        pytest.param(("a.py", "--offline", "--", "b.py"), id="after-the-end-of-options"),
    ],
)
def test_options_may_stand_among_the_paths(lonely: Place, arguments: tuple[str, ...]) -> None:
    for name in ("a.py", "b.py"):
        lonely.write(name, "")
    assert lonely.hfmodels("check", *arguments).out.startswith("2 files, ")


def test_stdin(place: Place) -> None:
    place.write("src/org/model/config.json", "{}")
    content = LOAD.format("org/model", "") + LOAD.format("org/other", "")
    arguments = ("check", "--offline", "--format", "json")
    named = place.hfmodels(*arguments, "-", "--stdin-filename", "src/app.py", stdin=content)
    assert [one[:3] for one in named.said()] == [("src/app.py", 4, 1)]
    plain = place.hfmodels(*arguments, "-", "-", stdin=content)
    assert [one[:3] for one in plain.said()] == [("stdin.py", 2, 1), ("stdin.py", 4, 1)]


def test_stdin_beside_a_file(place: Place) -> None:
    place.write("app.py", UNKNOWN)
    arguments = ("check", "--offline", "--format", "json", "app.py", "-")
    ran = place.hfmodels(*arguments, stdin=UNKNOWN)
    assert [one[:3] for one in ran.said()] == [("stdin.py", 2, 1), ("app.py", 2, 1)]


def test_bad_stdin(lonely: Place) -> None:
    ran = lonely.hfmodels("check", "-", stdin=UNKNOWN + "x = (")
    [line] = ran.complaints
    assert line.startswith("hfmodels: stdin.py:3: cannot be parsed as Python 3.")
    assert ran.code == 2


def test_repository(place: Place) -> None:
    for name in ("tracked.py", "untracked.py", "ignored.py", "src/tracked.py"):
        place.write(name, UNKNOWN)
    place.write(".gitignore", "ignored.py\n")
    hostile = place.write("hostile.sh", "#!/bin/sh\ntouch owned\n")
    hostile.chmod(0o755)
    place.git("init", "-q")
    place.git("add", "tracked.py", "src")
    place.git("config", "core.fsmonitor", str(hostile))
    ran = place.hfmodels("check", "--offline", "--format", "json")
    assert [one[0] for one in ran.said()] == ["src/tracked.py", "tracked.py", "untracked.py"]
    assert not (place.folder / "owned").exists()


def test_paths_that_overlap_and_loop(place: Place) -> None:
    place.write("src/app.py", UNKNOWN)
    (place.folder / "src/again").symlink_to("../src")
    (place.folder / "src/link.py").symlink_to("app.py")
    paths = ("src", "src/app.py", "./src/app.py", "src/link.py", ".")
    ran = place.hfmodels("check", "--offline", "--format", "json", *paths)
    assert [one[0] for one in ran.said()] == ["src/app.py"]
    assert json.loads(ran.out)["summary"]["files"] == 1


@pytest.mark.parametrize(
    ("content", "pattern"),
    [
        pytest.param(
            b"from_pretrained\0",
            r"bad.py: has null bytes, which no Python source has; is it a binary file\?",
            id="null-bytes",
        ),
        pytest.param(
            b"# coding: martian\n" + UNKNOWN.encode(),
            r"bad.py:1: cannot be decoded \(unknown encoding: martian\); correct its coding cookie",
            id="unknown-encoding",
        ),
        pytest.param(
            b"\xef\xbb\xbf# coding: latin-1\n" + UNKNOWN.encode(),
            r"bad.py:1: cannot be decoded \(.*\); correct its coding cookie",
            id="cookie-against-byte-order-mark",
        ),
        pytest.param(
            UNKNOWN.encode() + b"x = '\xff'\n",
            r"bad.py:3: cannot be decoded as utf-8; save it as UTF-8 or give it a coding cookie",
            id="undecodable",
        ),
        pytest.param(
            UNKNOWN.encode() + b"x = (\n",
            r"bad.py:3: cannot be parsed as Python 3\.\d+: '\(' was never closed",
            id="syntax-error",
        ),
        pytest.param(
            UNKNOWN.encode() + b"x = " + b"-" * 50_000 + b"1\n",
            r"bad.py.*(?:too deeply nested|cannot be parsed|too complex).*",
            id="nested-too-deeply",
        ),
        pytest.param(
            UNKNOWN.encode() + b"x = " + b"(" * 500 + b")" * 500 + b"\n",
            r"bad.py:3: cannot be parsed as Python 3\.\d+: too many nested parentheses",
            id="nested-parentheses",
        ),
        pytest.param(
            UNKNOWN.encode() + b"x = \x1b[31m\n",
            r"bad.py:3: cannot be parsed as Python 3\.\d+: invalid .+",
            id="control-character",
        ),
    ],
)
def test_bad_file_is_one_line_and_the_others_are_checked(
    place: Place, content: bytes, pattern: str
) -> None:
    place.write("bad.py", content)
    place.write("good.py", UNKNOWN)
    ran = place.hfmodels("check", "--offline", "--format", "json", "bad.py", "good.py")
    [line] = ran.complaints
    assert re.fullmatch(f"hfmodels: {pattern}", line)
    assert [one[0] for one in ran.said()] == ["good.py"]
    assert ran.code == 2


def test_bad_paths_are_a_line_each_and_the_others_are_checked(place: Place) -> None:
    place.write("good.py", UNKNOWN)
    os.mkfifo(place.folder / "pipe.py")
    (place.folder / "loop.py").symlink_to("loop.py")
    long = "x" * 300 + ".py"
    paths = ("pipe.py", "loop.py", "good.py/x.py", long, "gone.py", "good.py")
    ran = place.hfmodels("check", "--offline", "--format", "json", *paths)
    assert ran.complaints == [
        "hfmodels: loop.py: cannot be read (too many levels of symbolic links); "
        "mend it or leave it out",
        "hfmodels: good.py/x.py: does not exist; name a file or a folder",
        f"hfmodels: {long}: cannot be read (file name too long); mend it or leave it out",
        "hfmodels: gone.py: does not exist; name a file or a folder",
        "hfmodels: pipe.py: is no regular file; use - to read from standard input",
    ]
    assert [one[0] for one in ran.said()] == ["good.py"]
    assert ran.code == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_file_without_permission(place: Place) -> None:
    place.write("closed.py", UNKNOWN).chmod(0)
    ran = place.hfmodels("check", "--offline", "closed.py")
    assert ran.complaints == [
        "hfmodels: closed.py: cannot be read (permission denied); mend it or leave it out"
    ]
    assert ran.code == 2


@pytest.mark.parametrize("name", ["empty.py", "clean.py"])
def test_clean_file_as_text(place: Place, name: str) -> None:
    place.write("empty.py", "")
    place.write("clean.py", CLEAN)
    ran = place.hfmodels("check", name)
    assert (ran.code, ran.untimed(), ran.err) == (0, ZERO, "")


MODULE = ("-m", "flake8_hfmodels")
COLOURED = (
    "\x1b[1mapp.py:2:1\x1b[0m: "
    f"\x1b[1;35m\x1b]8;;{help_uri('HFM001')}\x1b\\HFM001\x1b]8;;\x1b\\ unpinned-revision"
    "\x1b[0m: "
)


def test_colour_on_a_terminal(place: Place) -> None:
    place.write("app.py", UNKNOWN)
    out = place.on_a_terminal(*MODULE, "check", "--offline", "app.py")
    assert out.startswith(COLOURED)


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
def test_no_colour_where_it_is_not_wanted(place: Place, variables: dict[str, str]) -> None:
    place.write("app.py", UNKNOWN)
    here = place.where(**variables)
    out = here.on_a_terminal(*MODULE, "check", "--offline", "app.py")
    assert out.startswith("app.py:2:1: HFM001")
    assert "\x1b" not in out


def test_no_colour_in_a_pipe(place: Place) -> None:
    place.write("app.py", UNKNOWN)
    assert "\x1b" not in place.hfmodels("check", "--offline", "app.py").out


@pytest.mark.parametrize("command", ["check", "list"])
def test_source_cannot_speak_to_the_terminal(place: Place, command: str) -> None:
    content = (
        HEAD + 'AutoModel.from_pretrained("a/b", revision="\\x1b]0;x\\x07")  # \x1b[2J\x9b1m\n'
    )
    place.write("app\x1b[31m.py", content)
    paths = ("app\x1b[31m.py", "gone\x1b[31m.py")
    ran = place.hfmodels(command, *paths)
    assert not set("\x1b\x07\x9b") & set(ran.out + ran.err)
    assert ran.out.startswith("app\ufffd[31m.py:2:1: ")
    assert ran.complaints[0].startswith("hfmodels: gone\ufffd[31m.py: does not exist")


@pytest.mark.parametrize("shell", ["| head -1", "2>&1 | head -1", "| true", "2>&1 | true"])
def test_broken_pipe_is_quiet_and_keeps_the_exit_code(place: Place, shell: str) -> None:
    more_than_a_pipe_holds = UNKNOWN.removeprefix(HEAD) * 500
    place.write("app.py", HEAD + more_than_a_pipe_holds)
    command = f'"$0" -m flake8_hfmodels check --offline app.py gone.py {shell}'
    ran = place.run("bash", "-c", command + '; echo "${PIPESTATUS[0]}"', place.interpreter)
    assert ran.out.splitlines()[-1] == "2"
    assert "Traceback" not in ran.out + ran.err
    assert "BrokenPipe" not in ran.out + ran.err


@pytest.mark.parametrize(
    ("redirection", "code", "complaints"),
    [
        pytest.param(
            "> /dev/full",
            2,
            ["hfmodels: the report cannot be written (No space left on device)"],
            id="full-disk",
        ),
        pytest.param(">&-", 1, [], id="closed-output"),
        pytest.param("2>&-", 1, [], id="closed-errors"),
    ],
)
def test_output_that_goes_nowhere(
    place: Place, redirection: str, code: int, complaints: list[str]
) -> None:
    place.write("app.py", UNKNOWN)
    command = f'"$0" -m flake8_hfmodels check --offline app.py {redirection}'
    ran = place.run("bash", "-c", command, place.interpreter)
    assert (ran.code, ran.complaints) == (code, complaints)


def test_closed_input(place: Place) -> None:
    ran = place.run("bash", "-c", '"$0" -m flake8_hfmodels check - <&-', place.interpreter)
    assert ran.complaints == [
        "hfmodels: stdin.py: standard input is closed; send a file there or name one"
    ]
    assert ran.code == 2


@pytest.mark.parametrize("form", ["text", "json"])
def test_ascii_terminal(place: Place, form: str) -> None:
    place.write("größe.py", HEAD + 'größe = AutoModel.from_pretrained("a/b")  # 漢\n')
    posix = place.where(LC_ALL="POSIX", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    ran = posix.hfmodels("check", "--offline", "--format", form, "größe.py")
    assert ran.code == 1
    assert ran.err == ""
    assert ran.out.isascii()


def test_json_for_an_ascii_terminal_is_json(place: Place) -> None:
    place.write("größe.py", UNKNOWN)
    posix = place.where(LC_ALL="POSIX", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    ran = posix.hfmodels("check", "--offline", "--format", "json", "größe.py")
    assert [one[0] for one in ran.said()] == ["größe.py"]


def test_name_that_is_no_text(place: Place) -> None:
    name = os.fsdecode(b"caf\xe9.py")
    place.write(name, UNKNOWN)
    ran = place.hfmodels("check", "--offline", "--format", "json", ".")
    assert [one[0] for one in ran.said()] == [name]
    assert place.hfmodels("check", "--offline", ".").out.startswith("caf\ufffd.py:2:1: ")


@pytest.mark.parametrize("name", ["--cache-dir=x.py", "-.py"])
def test_file_named_like_an_option(place: Place, name: str) -> None:
    place.write(name, UNPINNED)
    refused = place.hfmodels("check", name)
    taken = place.hfmodels("check", "--offline", "--format", "json", "--", name)
    assert (refused.code, refused.complaints) == (
        2,
        [
            f"hfmodels: {name} is a file named like an option; put -- before the paths; "
            "see hfmodels --help"
        ],
    )
    assert (taken.code, [one[0] for one in taken.said()]) == (1, [name])


def test_standard_input_that_is_for_writing(place: Place) -> None:
    command = f"{sys.executable} -m flake8_hfmodels check --offline - 0>/dev/null"
    ran = subprocess.run(
        ["sh", "-c", command], cwd=place.folder, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert ran.stderr == "hfmodels: stdin.py: standard input cannot be read (bad file descriptor)\n"


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param({"HF_ENDPOINT": "http://[::1"}, id="brackets"),
        pytest.param({"HF_HUB_ETAG_TIMEOUT": "abc"}, id="no-number"),
        pytest.param({"HF_ENDPOINT": "http://127.0.0.1:9\\@127.0.0.1"}, id="two-hosts"),
    ],
)
def test_environment_that_makes_no_sense(place: Place, environment: dict[str, str]) -> None:
    place.write("app.py", UNPINNED)
    ran = place.where(**environment).hfmodels("check", "app.py")
    assert (ran.code, len(ran.complaints)) == (1, 1)
    assert "HF_" in ran.err


def test_one_long_line_is_shown_around_its_spans(place: Place) -> None:
    place.write("app.py", UNPINNED + UNPINNED.splitlines()[-1] + ";x=1" * 9000)
    ran = place.hfmodels("check", "--offline", "app.py")
    assert max(map(len, ran.out.splitlines())) < 1000


def test_cache(place: Place) -> None:
    place.write("app.py", LOAD.format("openai-community/gpt2", ""))
    folder = str(place.folder / "answers")
    place.hfmodels("check", "--cache-dir", folder, "app.py")
    ran = [place.hfmodels("cache", action, "--cache-dir", folder) for action in ("dir", "clear")]
    assert (ran[0].code, ran[0].out) == (0, f"{folder}\n")
    assert ran[1].out.startswith(f"removed {folder}/hub.sqlite: ")


@pytest.mark.parametrize(
    ("columns", "terminal", "width"),
    [
        pytest.param("60", 100, 60, id="as-somebody-says"),
        pytest.param("", 100, 100, id="as-wide-as-the-terminal"),
        pytest.param("none", 100, 100, id="no-number"),
        pytest.param("0", 100, 100, id="nothing"),
        pytest.param("", None, 80, id="no-terminal"),
    ],
)
def test_width_of_the_help(
    monkeypatch: pytest.MonkeyPatch, columns: str, terminal: int | None, width: int
) -> None:
    def size() -> os.terminal_size:
        if terminal is None:
            raise OSError(25, "Inappropriate ioctl for device")
        return os.terminal_size((terminal, 24))

    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setattr(os, "get_terminal_size", size)
    parser.columns.cache_clear()
    found = parser.columns()
    parser.columns.cache_clear()
    assert found == width


@pytest.mark.parametrize("name", ["::error title=x::boo.py", "##[error]boo.py"])
@pytest.mark.parametrize("command", ["check", "list"])
def test_no_name_is_a_command_to_a_ci(lonely: Place, command: str, name: str) -> None:
    lonely.write(name, UNKNOWN)
    ran = lonely.hfmodels(command, *(["--offline"] if command == "check" else []), ".")
    assert ran.out.startswith(f"./{name}:2:1: ")


def test_wrong_usage_cannot_speak_to_the_terminal(lonely: Place) -> None:
    name = "-x\x1b[2Jy.py"
    lonely.write(name, UNKNOWN)
    [line] = lonely.hfmodels("check", name).complaints
    assert "\x1b" not in line


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param((), ["1 finding: 1 medium", "1 file, 1 reference"], id="log"),
        pytest.param(("--quiet",), [], id="quiet"),
    ],
)
def test_log_says_what_the_file_holds(
    lonely: Place, options: tuple[str, ...], said: list[str]
) -> None:
    lonely.write("app.py", UNKNOWN)
    output = ("--format", "sarif", "--output", "report.sarif")
    ran = lonely.hfmodels("check", "--offline", *output, *options, "app.py")
    assert [line.partition(", 0 repos")[0] for line in ran.out.splitlines()] == said
    assert json.loads((lonely.folder / "report.sarif").read_text())["runs"]


def test_upload_to_nobodys_namespace_is_for_pedants(place: Place) -> None:
    place.write("up.py", 'from huggingface_hub import create_repo\ncreate_repo("dentalai/new")\n')
    assert place.hfmodels("check", "--format", "json", "up.py").codes() == []
    ran = place.hfmodels("check", "--format", "json", "--persona", "pedantic", "up.py")
    [finding] = json.loads(ran.out)["findings"]
    assert (finding["code"], finding["severity"], finding["message"]) == (
        "HFM004",
        "low",
        "nobody owns 'dentalai', and create_repo() names 'dentalai/new': whoever registers the "
        "name has it; name an owner that exists",
    )
