"""The documentation: what follows from the code, and what its commands print.

`python -m tests.documents` writes both. A page of `docs/rules` comes out of the rule's own file.
In every other page, and in README.md, the blocks are a story that is played from the top in an
empty folder, with the fake Hub of the tests as the Hub:

- `<!-- file: src/app.py -->` above a block: the block is that file from here on;
- `<!-- folder: examples -->`: that folder of the project is there from here on;
- `<!-- run: command -->`: something is done that the page does not show;
- lines of a `console` block are commands; where they begin with `$`, what stands below a command
  is what it prints.
"""

from __future__ import annotations

import re
import shutil
import sysconfig
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from pathlib import Path

from flake8_hfmodels.check import check
from flake8_hfmodels.cli.explain import offline, situation, telling
from flake8_hfmodels.facts import Facts
from flake8_hfmodels.finding import Finding, Severity
from flake8_hfmodels.reference import Target
from flake8_hfmodels.rules import codes, document, load
from flake8_hfmodels.rules.rule import Example, Rule
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource
from tests.doors import Place
from tests.fakehub import FakeHub, small_world
from tests.judging import BESIDE
from tests.readme import needs_the_hub

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
RULES = DOCS / "rules"
README = ROOT / "README.md"

DAY = "2026-11-22"
"""The day on which every page is played."""

SECONDS = "0.31 s"
"""How long every run takes in a page, as in the picture of README.md."""

FINE = (0, 1, 3)
"""Exit codes of a command that is not misused."""

MOST = 7
"""How many examples of a kind a page shows."""


@dataclass(frozen=True)
class Step:
    """A fenced block, or something that a page does without showing it.

    `begin` and `end` are where its text stands in the page; `doing` is `run` or `folder` for what
    is not shown, and `file` what a block is called in the folder of the story.
    """

    begin: int
    end: int
    text: str
    language: str = ""
    file: str = ""
    doing: str = ""

    @property
    def first(self) -> str:
        """Its first line, by which people name it."""
        return self.text.split("\n", 1)[0]


_STEP = re.compile(
    r"^<!-- (?P<doing>run|folder): (?P<what>[^\n]+) -->$"
    r"|(?:^<!-- file: (?P<file>\S+) -->\n+)?^```(?P<language>[a-z]*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def steps(page: str) -> Iterator[Step]:
    """All blocks of a page and all that it does, in order."""
    for match in _STEP.finditer(page):
        if match["doing"]:
            yield Step(*match.span("what"), match["what"], doing=match["doing"])
        else:
            yield Step(*match.span("text"), match["text"], match["language"], match["file"] or "")


def pages() -> list[Path]:
    """README.md, and every page that somebody writes by hand.

    `tests/reference.py` writes those of the reference.
    """
    return [README, *sorted(DOCS.glob("*.md"))]


def name_of(page: Path) -> str:
    """What a page is called from the top of the project."""
    return page.relative_to(ROOT).as_posix()


# Stories

_NO_ADDRESS = "the address of this repository is not known here"
_NO_EDITOR = "its editor is not here; tests/test_editor.py speaks to python-lsp-server"
_HOOK = "tests/test_pre_commit.py runs the hook as pre-commit installs it"
_PICTURE = "$ hfmodels check examples/clinic_letters/service/figures.py"
_ELSEWHERE = "a Hub, a proxy or a certificate that is not there"

NOT_RUN: Mapping[tuple[str, str], str] = {
    ("README.md", _PICTURE): "tests/readme.py writes it, tests/test_readme.py compares it",
    ("README.md", "python3 -m venv .venv && . .venv/bin/activate"): ".ci/run does that",
    ("README.md", "pytest    # all tests"): "that is what runs this",
    ("docs/ci.md", "hfmodels check --strict"): "the page shows its exit codes further down",
    ("docs/comparison.md", "python bench/corpus.py"): "it needs the corpus, and a network",
    ("docs/editors.md", "(add-hook 'python-mode-hook"): _NO_EDITOR,
    ("docs/editors.md", "(setq-default eglot-workspace-configuration"): _NO_EDITOR,
    ("docs/editors.md", "let g:ale_linters = {'python': ['flake8']}"): _NO_EDITOR,
    ("docs/editors.md", 'vim.lsp.config("pylsp", {'): _NO_EDITOR,
    ("docs/five-minutes.md", "python3 -m venv .venv && . .venv/bin/activate"): _NO_ADDRESS,
    ("docs/pre-commit.md", 'SKIP=hfmodels git commit -m "Load the demo model"'): _HOOK,
    ("docs/pre-commit.md", "pre-commit install"): _HOOK,
    ("docs/pre-commit.md", "pre-commit install --hook-type pre-push"): _HOOK,
    ("docs/private-hubs.md", "env -u HF_ENDPOINT hfmodels check \\"): _ELSEWHERE,
    ("docs/private-hubs.md", "export HF_ENDPOINT=https://hub.example.org"): _ELSEWHERE,
    ("docs/private-hubs.md", "export HTTPS_PROXY=http://proxy.example.org:3128"): _ELSEWHERE,
}
"""Blocks that are not tried here, by their page and first line, and why."""


def stage(folder: Path, hub: FakeHub) -> Place:
    """The folder that a story is played in; both doors are on the path."""
    place = Place.at(folder, hub.url).unmeasured()
    path = f"{sysconfig.get_path('scripts')}:{place.environment['PATH']}"
    return place.where(PATH=path)


def played(name: str, page: str, place: Place) -> str:
    """A page with what its commands print."""
    pieces, at = [], 0
    for step in steps(page):
        pieces += [page[at : step.begin], _played(name, step, place)]
        at = step.end
    return "".join((*pieces, page[at:]))


def _played(name: str, step: Step, place: Place) -> str:
    if (name, step.first) in NOT_RUN:
        return step.text
    if step.doing == "folder":
        shutil.copytree(ROOT / step.text, place.folder / step.text)
    elif step.doing == "run":
        _run(step.text, place)
    elif step.file:
        place.write(step.file, step.text)
    elif step.language == "console":
        return "".join(_said(step.text, place))
    return step.text


def _said(text: str, place: Place) -> Iterator[str]:
    """A console block with what its commands print, if it shows that."""
    if not text.startswith("$ "):
        for command in text.replace("\\\n", " ").splitlines():
            _run(command, place)
        yield text
        return
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        typed = re.match(r"(?:.*\\\n)*.*\n", part)
        assert typed is not None
        yield f"$ {typed[0]}{_run(typed[0], place)}"


def _run(command: str, place: Place) -> str:
    """What a command prints, with what no two runs share made equal."""
    ran = place.run("bash", "-c", f"{command}\n", stdin="")
    assert ran.code in FINE, f"{command}: {ran.code}\n{ran.out}{ran.err}"
    out = re.sub(r"\d+\.\d\d s$", SECONDS, ran.out + ran.err, flags=re.MULTILINE)
    out = out.replace(place.environment["HF_ENDPOINT"], "https://huggingface.co")
    out = out.replace(place.environment["HOME"], "/home/you")
    return out.replace(date.today().isoformat(), DAY)


# Pages of rules


@cache
def rule_pages() -> Mapping[Path, str]:
    """The pages of all rules and their index."""
    each = {RULES / f"{code}.md": rule_page(load(code)) for code in codes()}
    return {RULES / "README.md": index()} | each


def index() -> str:
    """The list of rules."""
    rows = [
        f"| [{rule.code}]({rule.code}.md) | {rule.name} | {_parts(rule)[0]} |"
        f" {needs_the_hub(rule)} |"
        for rule in map(load, codes())
    ]
    return "\n".join((*_INDEX, *rows, ""))


_INDEX = (
    "# Rules",
    "",
    "Each rule has a code that never changes, a name that says what is wrong, and a page.",
    "`hfmodels explain CODE` prints the same on a terminal.",
    "",
    "Severity says how bad a finding is if it is right; confidence says how sure it is.",
    "[Silencing](../silencing.md) says how to live with one.",
    "",
    "Without the Hub's answers a rule that needs them finds nothing, or only a part; some of the",
    "others say more with them. Its page has it.",
    "",
    "| code | name | what is wrong | needs the Hub |",
    "|---|---|---|---|",
)


def rule_page(rule: Rule) -> str:
    """All there is to say of one rule."""
    what, why, do = _parts(rule)
    found = [_finding(rule, example) for example in rule.bad]
    shown = list(_different(rule.bad, found))
    good = telling(rule)[:MOST]
    parts = (
        f"# {rule.code} {rule.name}",
        what,
        _facts(rule, found),
        f"## Why\n\n{why}",
        "## Reported",
        *(_shown(example, finding) for example, finding in shown[:MOST]),
        "## Not reported",
        *(_shown(example) for example in good),
        f"## What to do\n\n{do}",
        "## Configure it\n\nIn `pyproject.toml`; all keys are in the"
        " [reference](../reference/configuration.md).",
        f"<!-- file: pyproject.toml -->\n```toml\n{_configuration(rule)}```",
        "## Silence it\n\nOn one of its lines, with a reason ([more](../silencing.md)):",
        f"```python\n{silenced(rule)}\n```",
        "[All rules](README.md)",
    )
    return "\n\n".join(parts) + "\n"


def _parts(rule: Rule) -> tuple[str, str, str]:
    """What is wrong, why it hurts, what to do, by the rule's document."""
    what, *why, do = document(rule.code).strip().split("\n\n")
    return what, "\n\n".join(why), do


def _facts(rule: Rule, found: Sequence[Finding]) -> str:
    severities = [one for one in Severity if any(finding.severity is one for finding in found)]
    fixes = {("safe" if one.fix.is_safe else "unsafe") for one in found if one.fix is not None}
    keys = ["select", "ignore", "per-file-ignores", "severity"]
    keys += ["policies"] if rule.by_policy else []
    keys += ["offline", "never-ask"] if rule.needs_hub or rule.hears_hub else []
    rows = (
        ("severity", " or ".join(one.value for one in severities)),
        ("the Hub", offline(rule)),
        ("automatic fix", ", ".join(sorted(fixes)) or "none"),
        ("since version", _since(rule.code)),
        ("configuration", ", ".join(f"`{key}`" for key in keys)),
    )
    return "\n".join(("| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)))


def _since(code: str) -> str:
    """The oldest version whose changes name a code; the newest, where none does yet."""
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## (\S+)(.*?)(?=^## |\Z)", log, re.MULTILINE | re.DOTALL)
    naming = [version for version, text in versions if code in text]
    return str(naming[-1] if naming else versions[0][0])


def _finding(rule: Rule, example: Example) -> Finding:
    """The one finding that a rule has in a bad example."""
    source = parse("example.py", example.source.encode())
    assert isinstance(source, PythonSource)
    (finding,) = check([source], partial(_answers, example), [rule], beside=BESIDE).findings
    return finding


def _answers(example: Example, targets: Collection[Target]) -> Mapping[Target, Facts]:
    return {target: example.facts_of(target) for target in targets}


def _different(
    examples: Sequence[Example], found: Sequence[Finding]
) -> Iterator[tuple[Example, Finding]]:
    """Examples whose messages differ in more than in names and hashes."""
    seen = set()
    for example, finding in zip(examples, found, strict=True):
        words = re.sub(r"'[^']*'|[\w.]+\(\)|\b[0-9a-f]{40}\b", "", finding.message)
        if words not in seen:
            seen.add(words)
            yield example, finding


def _shown(example: Example, finding: Finding | None = None) -> str:
    says = situation(example)
    parts = [f"```python\n{example.source.strip()}\n```"]
    if says:
        parts.insert(0, f"Where {says}:")
    if finding is not None:
        place = f"{finding.span.line}:{finding.span.column}"
        line = f"{place}: {finding.code} {finding.message}"
        parts.append(f"```text\n{line}\n```\n\n{_weight(finding)}.")
    return "\n\n".join(parts)


def _weight(finding: Finding) -> str:
    words = f"{finding.severity.value} severity, {finding.confidence.value} confidence"
    words += ", fixable" if finding.fix is not None else ""
    return words[0].upper() + words[1:]


def _configuration(rule: Rule) -> str:
    lines = ["[tool.hfmodels]", f'severity = {{ {rule.code} = "low" }}']
    lines.append(f'per-file-ignores = {{ "notebooks/*" = ["{rule.code}"] }}')
    if rule.needs_hub or rule.hears_hub:
        lines.append('never-ask = ["my-org/secret-*"]  # nothing is asked about these, nor said')
    if rule.by_policy:
        lines += [
            "",
            "[tool.hfmodels.policies]",
            '"meta-llama/*" = "hash"  # a full commit hash, as for everything that is not named',
            '"my-org/*" = "ref"       # a branch or a tag is enough',
            '"my-org/nightly" = "any" # nothing is needed; the most specific pattern wins',
        ]
    return "".join(f"{line}\n" for line in lines)


def silenced(rule: Rule) -> str:
    """The first bad example with a comment that silences the rule."""
    return f"{rule.bad[0].source.strip()}  # hfmodels: ignore[{rule.code}] reason"


def write() -> None:
    """Write all pages as they should be."""
    RULES.mkdir(parents=True, exist_ok=True)
    for path, text in rule_pages().items():
        path.write_text(text, encoding="utf-8")
    with FakeHub(small_world(), rate_limit=None) as hub:
        for page in pages():
            with tempfile.TemporaryDirectory() as folder:
                hub.clear()
                place = stage(Path(folder) / "project", hub)
                text = played(name_of(page), page.read_text(encoding="utf-8"), place)
            page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
