"""The variables of a shell text: what each can be by the time it is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from types import MappingProxyType

from flake8_hfmodels.record import dataclass, field, replace
from flake8_hfmodels.sources.shell.word import HOLE, Text, Word

MOST = 64
"""A word with more possible texts than this counts as unknown."""

MANY = 64
"""An array, or a variable of several words, that is longer than this is not followed."""

NO_WORDS: Mapping[str, Word] = MappingProxyType({})


@dataclass(slots=True)
class Variables:
    """Variables and arrays by their names; `@` is the array of the arguments."""

    values: MutableMapping[str, Word] = field(default_factory=dict)
    arrays: dict[str, Sequence[Word]] = field(default_factory=dict)

    def get(self, name: str) -> Word | None:
        """What a variable is; of an array, its first item."""
        known = self.values.get(name)
        return known if known is not None else next(iter(self.arrays.get(name, ())), None)

    def set(self, name: str, value: Word, maybe: bool = False) -> None:
        """Give a variable its value; `maybe`: it may keep the one that it has."""
        before = self.values.get(name)
        if maybe and before is not None:
            value = replace(value, choices=_different((*before.choices, *value.choices))[:MOST])
        self.values[name] = value

    def grow(self, name: str, items: Sequence[Word], added: bool) -> None:
        """Give an array its items, or more of them."""
        known = self.arrays.get(name)
        if not added:
            self.arrays[name] = items
        elif known is not None and len(known) + len(items) <= MANY:
            self.arrays[name] = (*known, *items)
        else:
            self.arrays[name] = ()

    def item(self, name: str, which: str) -> Word | None:
        """An item of an array; any of them where nobody knows which, if that is known."""
        items = self.arrays.get(name, ())
        if which.isdecimal() and int(which) < len(items):
            return items[int(which)]
        choices = tuple(choice for item in items[:MANY] for choice in item.choices)
        if not choices or len(items) > MANY or len(choices) > MOST:
            return None
        return Word(choices, all(item.closed for item in items))

    def called_with(self, arguments: Sequence[Word]) -> Variables:
        """What a function sees that is called with these arguments."""
        numbered = {str(number): word for number, word in enumerate(arguments, 1)}
        values = {name: word for name, word in self.values.items() if not name.isdecimal()}
        return Variables({**values, **numbered}, {**self.arrays, "@": arguments, "*": arguments})


def unknown(word: Word) -> Word:
    """What a variable is that something only known at run time is put in."""
    return Word((Text(HOLE, word.choices[0].written()),))


def _different(texts: Iterable[Text]) -> tuple[Text, ...]:
    found: dict[str, Text] = {}
    for one in texts:
        found.setdefault(one.text, one)
    return tuple(found.values())
