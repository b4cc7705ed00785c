"""What reaches a terminal: colours and links where they are wanted, commands of others never."""

from __future__ import annotations

from unicodedata import category

from flake8_hfmodels.record import dataclass

_BEGIN, _END = "\x1b]8;;", "\x1b\\"


@dataclass(frozen=True, slots=True)
class Paint:
    """Wraps text in terminal colours and links, or leaves it as it is."""

    colour: bool
    links: bool = False

    def __call__(self, code: str, text: str) -> str:
        """The text in the colour of an SGR code such as `1;31`."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def link(self, uri: str, text: str) -> str:
        """The text as a link (OSC 8), which terminals that know of none show as mere text.

        https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda: an address may hold
        characters from 32 to 126 only; what holds others is no link.
        """
        if not (self.links and uri.isascii() and uri.isprintable()):
            return text
        return f"{_BEGIN}{uri}{_END}{text}{_BEGIN}{_END}"


def printable(text: str) -> str:
    """A line that cannot speak to the terminal: files and their names may hold its commands."""
    if text.isprintable():
        return text
    return "".join(one if _is_harmless(one) else "\ufffd" for one in text)


def _is_harmless(character: str) -> bool:
    return character.isprintable() or character == "\t" or category(character) == "Zs"
