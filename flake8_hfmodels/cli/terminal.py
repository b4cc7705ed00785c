"""What the terminal that a report goes to can show: colours, links, how many columns.

Nothing is done about consoles of Windows that take colours only once they are told to
(`ENABLE_VIRTUAL_TERMINAL_PROCESSING`): Windows Terminal is no such one, and `--color never` or
`NO_COLOR` helps with the others.
"""

from __future__ import annotations

import os
from typing import Literal, TextIO

from flake8_hfmodels.report.paint import Paint

When = Literal["auto", "always", "never"]
"""What `--color` can be."""


def paint_for(stream: TextIO | None, when: When) -> Paint:
    """How to paint what is written to a stream; `None` is a file, or nobody at all.

    The first that says something decides: `--color`; `NO_COLOR`, if it is not empty
    (https://no-color.org); `FORCE_COLOR`, likewise (https://force-color.org), which is about
    streams, and no file is painted for it; then the stream itself.
    """
    colour = _wants_colour(stream, when)
    return Paint(colour, links=colour and _shows_links(stream))


def columns_of(stream: TextIO | None) -> int | None:
    """How wide the terminal is that a stream goes to; `None`: it goes to none, or nobody knows."""
    if stream is None or not stream.isatty():
        return None
    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except OSError:  # it says that it is a terminal, and is not one of the system's
        return None


def _wants_colour(stream: TextIO | None, when: When) -> bool:
    if when != "auto":
        return when == "always"
    if stream is None or os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or _is_terminal(stream)


def _is_terminal(stream: TextIO) -> bool:
    """Whether a person looks on who sees more than mere text.

    A terminal of the type `dumb` knows no command but those that end a line (terminfo.src of
    ncurses); shells inside of editors say that they are one.
    """
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def _shows_links(stream: TextIO | None) -> bool:
    """Whether links (OSC 8) are of use: on a terminal, and not where they would stay as litter.

    Terminals that do not know them pass over them as over any command of that form
    (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda); the console of Linux is
    one without a mouse to click with. The log of a CI is read elsewhere, and most set `CI`.
    """
    if stream is None or os.environ.get("CI") or os.environ.get("TERM") == "linux":
        return False
    return _is_terminal(stream)
