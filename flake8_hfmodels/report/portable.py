"""What programs of others can take from us: paths, addresses of files, JSON, one-line messages."""

from __future__ import annotations

import json
import os
import re
from urllib.parse import quote

from flake8_hfmodels.finding import Finding
from flake8_hfmodels.report.paint import printable

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def message(finding: Finding) -> str:
    """What is wrong and what to do, in one printable line; in a notebook also the cell."""
    if finding.cell is None:
        return printable(finding.message)
    number, line = finding.cell
    return f"{printable(finding.message)} (cell {number}, line {line})"


def slashed(path: str, separator: str = os.sep) -> str:
    """A path with forward slashes, without `.` and empty parts.

    `..` stays: what it leads to, only the file system knows.
    """
    slashes = path.replace(separator, "/")
    root = "/" if slashes.startswith("/") else ""
    if separator != "/" and slashes.startswith("//"):
        root = "//"  # a server's name follows
    return (root + "/".join(part for part in slashes.split("/") if part not in ("", "."))) or "."


def uri(path: str, separator: str = os.sep) -> str:
    """The address of a file (RFC 3986, RFC 8089): relative, or with the scheme `file`."""
    plain = slashed(path, separator)
    if separator != "/" and plain[1:2] == ":":
        return f"file:///{plain[:2]}{_quoted(plain[2:])}"
    if plain.startswith("//"):
        return f"file:{_quoted(plain)}"
    return f"file://{_quoted(plain)}" if plain.startswith("/") else _quoted(plain)


def _quoted(path: str) -> str:
    """Percent-encoded bytes of a name, which need not be text to the system it comes from."""
    try:
        return quote(path.encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:  # a name as Windows has them
        return quote(path.encode("utf-8", "surrogatepass"))


def ascii_json(content: object) -> str:
    """JSON that every reader takes: ASCII, and no half of a surrogate pair even as an escape."""
    text = json.dumps(content, ensure_ascii=False, indent=2)
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return _NOT_ASCII.sub(_escape, whole) + "\n"


def _escape(character: re.Match[str]) -> str:
    return json.dumps(character[0])[1:-1]
