"""What several parts of the page say in the same way: severities, pins, places, values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flake8_hfmodels.finding import Severity
from flake8_hfmodels.links import help_uri
from flake8_hfmodels.page.content import Pin
from flake8_hfmodels.page.markup import Html, Inner, code, name, tag, together
from flake8_hfmodels.reference import Known, Reference, Unknown, Value
from flake8_hfmodels.repo_id import is_commit_hash

PIN_CLASSES: Mapping[Pin, str] = {
    Pin.COMMIT: "commit",
    Pin.REF: "ref",
    Pin.NONE: "none",
    Pin.IMPOSSIBLE: "impossible",
    Pin.RUN_TIME: "run-time",
    Pin.NOTHING: "nothing",
}
"""What the style sheet calls them."""

SHORT = 12
"""Digits that are shown of a commit hash."""


def severity_badge(severity: Severity) -> Html:
    """How bad it is, in a word."""
    return tag("span", severity.value, class_=f"badge {severity.value}")


def pin_badge(pin: Pin) -> Html:
    """What holds a reference, in words."""
    return tag("span", pin.value, class_=f"pin {PIN_CLASSES[pin]}")


def rule_link(rule_code: str) -> Html:
    """The code of a rule, which leads to what explains it."""
    return tag("a", rule_code, href=help_uri(rule_code), rel="noreferrer")


def place_of(reference: Reference) -> str:
    """File and line; in a notebook also the cell."""
    where = f"{name(reference.path)}:{reference.span.line}"
    return where if reference.cell is None else f"{where} (cell {reference.cell[0]})"


def ids_of(reference: Reference) -> Html:
    """The ids that a reference has."""
    known = reference.repo_id
    if isinstance(known, Known):
        return listed(str(one.value) for one in known.strings())
    return _unsaid(known)


def revision_of(reference: Reference) -> Html:
    """The revisions that a reference has; commit hashes are shortened."""
    known = reference.revision
    if isinstance(known, Known):
        return listed("None" if one.value is None else str(one.value) for one in known.values)
    return _unsaid(known)


def listed(texts: Iterable[str]) -> Html:
    """Names with commas between them, each once."""
    parts: list[Inner] = []
    for text in dict.fromkeys(texts):
        parts += [", ", commit(text)] if parts else [commit(text)]
    return together(parts)


def commit(revision: str) -> Html:
    """A name; a commit hash is shortened, and has all of its digits as its title."""
    if is_commit_hash(revision):
        return code(revision[:SHORT], title=revision, class_="hash")
    return code(revision)


def _unsaid(value: Value) -> Html:
    if isinstance(value, Unknown):
        return tag("span", f"at run time: {value.reason}", class_="quiet")
    return tag("span", "none", class_="quiet")
