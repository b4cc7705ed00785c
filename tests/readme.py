"""The parts of README.md that follow from the code. `python -m tests.readme` writes them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from flake8_hfmodels.check import check
from flake8_hfmodels.cli.explain import offline
from flake8_hfmodels.hub.client import Client, Limits
from flake8_hfmodels.hub.identity import identity
from flake8_hfmodels.hub.lookup import Hub
from flake8_hfmodels.options import OPTIONS
from flake8_hfmodels.report.paint import Paint
from flake8_hfmodels.report.report import Report, Summary
from flake8_hfmodels.report.text import render_findings
from flake8_hfmodels.rules import chosen, codes, document, load
from flake8_hfmodels.rules.rule import Rule
from flake8_hfmodels.sources.python.parse import parse
from flake8_hfmodels.sources.source import PythonSource
from tests.fakehub import FakeHub, small_world

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PICTURED = "examples/clinic_letters/service/figures.py"


def rules() -> str:
    """The table of rules, from the rules themselves."""
    rows = ["| code | name | what is wrong | needs the Hub |", "|---|---|---|---|"]
    for code in codes():
        rule = load(code)
        what = document(code).strip().splitlines()[0]
        rows.append(f"| {code} | {rule.name} | {what} | {needs_the_hub(rule)} |")
    return "\n".join(rows)


def needs_the_hub(rule: Rule) -> str:
    """Whether a rule finds nothing without the Hub's answers, in the word that tables have."""
    return _NEEDS[offline(rule)]


_NEEDS = {
    "needs the Hub's answers": "yes",
    "works in part without the Hub": "in part",
    "works without the Hub": "no",
    "works without the Hub, says more with its answers": "no",
}


def options() -> str:
    """The table of options, from the table that both doors register."""
    rows = ["| `hfmodels check` | flake8 | what | default |", "|---|---|---|---|"]
    for option in OPTIONS:
        value = "|".join(option.choices or ()) or option.metavar or ""
        flag = f"`--{option.name} {value}`".replace(" `", "`").replace("|", "\\|")
        flake8 = f"`--hfmodels-{option.name}`" if option.in_flake8 else "-"
        default = str(option.default or "")
        if option.flake8_default is not None:
            default += f" (flake8: {option.flake8_default})"
        rows.append(f"| {flag} | {flake8} | {option.help} | {default} |")
    return "\n".join(rows)


def picture() -> str:
    """What a check of one file of the example prints, asked of the fake Hub."""
    source = parse(PICTURED, (ROOT / PICTURED).read_bytes())
    assert isinstance(source, PythonSource)
    with FakeHub(small_world()) as fake, tempfile.TemporaryDirectory() as folder:
        client = Client(identity(fake.url, None), Limits(), Path(folder))
        hub = Hub(client, 30.0)
        checked = check([source], hub, chosen(["HFM"], []))
        client.close()
    summary = Summary(
        files=1,
        references=sum(reference.local is None for reference in checked.references),
        repos=len({target.repo_id for target in checked.targets}),
        asked=hub.tally.asked,
        cached=hub.tally.cached,
        unanswered=hub.tally.unanswered,
        suppressed=0,
        fixable=sum(finding.fix is not None for finding in checked.findings),
        mode="online",
        seconds=0.31,
    )
    report = Report(checked.findings, checked.references, checked.lines, summary)
    text = render_findings(report, Paint(colour=False))
    return f"```console\n$ hfmodels check {PICTURED}\n{text}```"


def written(readme: str) -> str:
    """README with its generated parts as they should be."""
    for name, part in (("rules", rules()), ("options", options()), ("picture", picture())):
        begin, end = (
            f"<!-- {name}: written by `python -m tests.readme` -->\n",
            f"<!-- end of {name} -->",
        )
        before, _, rest = readme.partition(begin)
        readme = f"{before}{begin}{part}\n{end}{rest.partition(end)[2]}"
    return readme


if __name__ == "__main__":
    README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
