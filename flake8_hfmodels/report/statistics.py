"""How many findings there are of each rule: a table for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flake8_hfmodels.finding import Finding
from flake8_hfmodels.links import help_uri
from flake8_hfmodels.report.paint import Paint, printable


def table(findings: Sequence[Finding], paint: Paint) -> str:
    """A line a rule, the most frequent one first: how many, which, and how many can be mended."""
    counts = Counter((finding.code, finding.name) for finding in findings)
    fixable = Counter(finding.code for finding in findings if finding.fix is not None)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    numbers, codes, names = (
        max(len(one) for one in column)
        for column in zip(*((str(number), *rule) for rule, number in ranked), strict=True)
    )
    lines = []
    for (code, name), number in ranked:
        linked = paint.link(help_uri(code), paint("1", printable(code)))
        mended = f"{fixable[code]} fixable" if fixable[code] else ""
        line = f"{number:>{numbers}}  {linked}{' ' * (codes - len(code))}"
        lines.append(f"{line}  {printable(name):<{names}}  {mended}".rstrip())
    return "\n".join(lines)
