"""What was found as an incident report in Markdown: eight chapters, with what is to be done.

Names are anybody's. They stand in spans and blocks of code alone, in which Markdown knows no links,
no HTML and nobody to be told (https://spec.commonmark.org/0.31.2/#code-spans).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from flake8_hfmodels.report.paint import printable
from flake8_hfmodels.responding.chapters import Chapter, Step, chapters
from flake8_hfmodels.responding.incident import Incident


def render(incident: Incident) -> str:
    """The whole report."""
    found = "traces were found" if incident.is_found else "no trace was found"
    lines = [
        f"# Incident: {code(incident.name)}",
        "",
        f"Written {incident.day} by `hfmodels respond`: {found}. "
        "Nothing was loaded, run or removed; the commands below are for you to run.",
    ]
    for number, one in enumerate(chapters(incident), 1):
        lines += ["", f"## {number}. {one.title}", "", *_chapter(one)]
    return "".join(f"{line}\n" for line in lines)


def code(text: str) -> str:
    """A text of one line as a span of code, whatever is in it."""
    shown = printable(text)
    mark = "`" * (_longest(shown) + 1)
    gap = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{mark}{gap}{shown or ' '}{gap}{mark}"


def _chapter(chapter: Chapter) -> Iterator[str]:
    for title, told in chapter.facts:
        yield f"{title}:" if told else f"{title}: none."
        yield ""
        yield from (f"- {code(one)}" for one in told)
        if told:
            yield ""
    for number, step in enumerate(chapter.steps):
        yield from [""] if number and chapter.steps[number - 1].commands else []
        yield from _step(step)


def _step(step: Step) -> Iterator[str]:
    yield f"- [ ] {step.words}"
    if step.commands:
        yield ""
        yield from _block(step.commands)


def _block(lines: Sequence[str]) -> Iterator[str]:
    """Commands as a block of code that belongs to an item of a list."""
    shown = [printable(one) for one in lines]
    mark = "`" * max(3, 1 + max(map(_longest, shown)))
    yield from (f"  {one}" for one in (f"{mark}sh", *shown, mark))


def _longest(text: str) -> int:
    """The most backticks in a row."""
    return max(map(len, re.findall("`+", text)), default=0)
