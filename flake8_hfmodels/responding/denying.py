"""The entry of the policy that forbids a repo, put into pyproject.toml; all else stays as it is.

The text is read again afterwards: where anything but the entry has changed, nothing is written.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from flake8_hfmodels.record import dataclass
from flake8_hfmodels.regex import regex
from flake8_hfmodels.report.paint import printable

HEADER = "[tool.hfmodels.policy]"
LONGEST = 500
"""Characters of a reason."""

_WORD = r"(?:{0}|\"{0}\"|'{0}')"
_DOTTED = r"[ \t]*\.[ \t]*".join(_WORD.format(one) for one in ("tool", "hfmodels", "policy"))
_HEADER = regex(rf"(?m)^[ \t]*\[[ \t]*{_DOTTED}[ \t]*\][ \t]*(?:#[^\r\n]*)?(?P<end>\r?\n|\Z)")
_NEXT = regex(r"(?m)^[ \t]*\[")
_DENY = regex(rf"(?m)^[ \t]*{_WORD.format('deny')}[ \t]*=[ \t]*\[")
_REST_OF_LINE = regex(r"[ \t]*(?:#[^\r\n]*)?\r?\n")
_INDENT = regex(r"[ \t]*")
_NOTHING_LEFT = regex(r"[ \t]*\]")

Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Denied:
    """What became of an entry: the new text of the file, or why there is none.

    `text` is `None` where nothing is to be written: everything is denied already, or `why` says
    what is in the way. `lines` are what somebody else would write by hand.
    """

    lines: tuple[str, ...]
    text: str | None = None
    why: str = ""


def denied(text: str, names: Sequence[str], reason: str) -> Denied:
    """The text of a pyproject.toml (empty: of none) in which the policy denies some names."""
    lines = tuple(_line(name, reason) for name in names)
    try:
        before = _parsed(text)
        old = _denied_in(before)
    except ValueError as error:
        return Denied(lines, why=str(error))
    known = {_match(one).casefold() for one in old}
    new = [name for name in names if name.casefold() not in known]
    if not new:
        return Denied(lines)
    written = _written(text, tuple(_line(name, reason) for name in new))
    wanted = _with(before, [*({"match": one, "reason": _short(reason)} for one in new), *old])
    try:
        after = _parsed(written)
    except ValueError:
        after = None
    if after != wanted:
        return Denied(lines, why="the table is written in a way that we do not edit")
    return Denied(lines, text=written)


def _parsed(text: str) -> dict[str, Any]:
    """Raises `ValueError` with words for people."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:  # pragma: no cover - Python 3.10 alone
        import tomli as tomllib
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is no valid TOML ({error})") from error


def _denied_in(data: Table) -> list[Any]:
    """What is denied already. Raises `ValueError` where the tables are none."""
    at: Any = data
    for name in ("tool", "hfmodels", "policy"):
        at = at.get(name, {})
        if not isinstance(at, dict):
            raise ValueError(f"{name} is no table")
    found = at.get("deny", [])
    if not isinstance(found, list):
        raise ValueError("deny is no list")
    return found


def _match(item: Any) -> str:
    """The pattern of an item, which stands alone or in a table."""
    return str(item.get("match", "")) if isinstance(item, dict) else str(item)


def _with(data: Table, items: list[Any]) -> Table:
    """The same data with another list of what is denied."""
    changed = deepcopy(dict(data))
    policy = changed.setdefault("tool", {}).setdefault("hfmodels", {}).setdefault("policy", {})
    policy["deny"] = items
    return changed


def _line(name: str, reason: str) -> str:
    return f"{{ match = {_quoted(name)}, reason = {_quoted(_short(reason))} }}"


def _short(reason: str) -> str:
    """A reason as one line that says nothing to a terminal."""
    return printable(reason[:LONGEST])


def _quoted(text: str) -> str:
    """A text in quotes, as TOML writes it."""
    import json

    return json.dumps(text, ensure_ascii=False)


def _written(text: str, lines: Sequence[str]) -> str:
    end = "\r\n" if "\r\n" in text else "\n"
    header = _HEADER.search(text)
    if header is None:
        before = text if not text or text.endswith("\n") else text + end
        gap = end if before.strip("\ufeff \t\r\n") else ""
        return f"{before}{gap}{HEADER}{end}{_array(lines, end)}"
    start = header.end()
    behind = _NEXT.search(text, start)
    section = text[start : behind.start() if behind else len(text)]
    deny = _DENY.search(section)
    if deny is None:
        gap = "" if header["end"] else end
        return f"{text[:start]}{gap}{_array(lines, end)}{text[start:]}"
    at = start + deny.end()
    rest = _REST_OF_LINE.match(text, at)
    if rest is not None:  # each item stands on a line of its own
        at = rest.end()
        first = _INDENT.match(text, at)
        indent = (first[0] if first else "") or "    "
        return text[:at] + "".join(f"{indent}{one},{end}" for one in lines) + text[at:]
    comma = "" if _NOTHING_LEFT.match(text, at) else ", "
    return f"{text[:at]}{', '.join(lines)}{comma}{text[at:]}"


def _array(lines: Sequence[str], end: str) -> str:
    items = "".join(f"    {one},{end}" for one in lines)
    return f"deny = [{end}{items}]{end}"
